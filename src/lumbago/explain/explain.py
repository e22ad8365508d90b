"""What fits and what may have contributed, from settled findings: never a diagnosis, never a cause."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from lumbago.explain.contributors import rank_contributors
from lumbago.explain.patterns import choose, fitting, is_urgent
from lumbago.explain.presence import pain_told
from lumbago.explain.questions import View, telling_questions
from lumbago.model.activities import Change
from lumbago.model.conditions import Facts
from lumbago.model.explanation import Explanation, PatternFit
from lumbago.model.findings import Findings
from lumbago.model.knowledge import Knowledge
from lumbago.model.triage import Triage


def explain(
    findings: Findings, triage: Triage, knowledge: Knowledge, as_of: date, changes: Sequence[Change] = ()
) -> Explanation:
    """The two or three patterns that fit, the possible contributors in order, the questions that would tell most."""
    facts = Facts.of(findings, knowledge.past_counts, as_of)
    pain = pain_told(findings, knowledge)
    ranked = fitting(facts, pain, knowledge)
    shown, hidden = choose(ranked, pain, triage, facts, knowledge)
    if _only_an_organ(shown, knowledge):
        return Explanation(patterns=shown, hidden=hidden)
    contributors = rank_contributors(findings, pain, triage, facts, knowledge, changes)
    if is_urgent(triage.level, knowledge):  # danger first: nothing else is asked beside it
        return Explanation(shown, hidden, contributors)
    view = View(shown, tuple(each.pattern for each in ranked), contributors, triage.ask)
    return Explanation(shown, hidden, contributors, telling_questions(view, pain, facts, knowledge))


def _only_an_organ(shown: tuple[PatternFit, ...], knowledge: Knowledge) -> bool:
    """Pain from an organ has nothing to do with the training, and to blame the training would take the edge off."""
    silent = knowledge.limits["contributor-rank"].values["silent_beside"]
    return bool(shown) and all(each.id in silent for each in shown)
