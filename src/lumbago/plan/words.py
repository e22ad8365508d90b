"""The sentences around the sessions: what comes first, what to leave out, when to stop and ask again. All from knowledge texts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lumbago.model.levels import Level
from lumbago.plan.case import Case, in_words, is_symptom_free
from lumbago.plan.dose import is_settled_runner
from lumbago.plan.holds import Hold


@dataclass(frozen=True, slots=True)
class Said:
    """Sentences, and the ids they rest on."""

    lines: tuple[str, ...]
    ids: tuple[str, ...]


def first_do(case: Case, holds: Sequence[Hold]) -> tuple[str, ...]:
    """What comes before any session: the open danger question, the clinician, the walk before the first run."""
    lines: list[str] = []
    if case.triage.provisional:
        lines += [*open_questions(case), *case.lines("plan-first-hold")]
    if case.triage.level is Level.WITHIN_DAYS:
        lines += case.lines("plan-first-seen")
    if not holds and not is_settled_runner(case):
        gate = case.knowledge.limits["entry-gate"].values
        lines += case.lines("plan-first-gate", minutes=gate["walk_minutes"], pain=gate["walk_pain"])
    return tuple(lines)


def open_questions(case: Case) -> tuple[str, ...]:
    """The questions of the open hard stops, most important first, no more than the first tick-list of them."""
    rules = [case.knowledge.rules[r] for r in case.triage.open_hard_stops if r in case.knowledge.rules]
    of_rules = {finding for rule in rules for finding in rule.when.leaves()}
    open_ids = [f for f in case.triage.ask if f in of_rules] or list(case.triage.ask)
    groups = (group.ask for group in case.knowledge.ask_first)
    group = next((ids for ids in groups if set(open_ids[:1]) & set(ids)), tuple(open_ids[:1]))
    return tuple(_question(case, f) for f in open_ids if f in group)


def leave_out(case: Case, running: bool) -> Said:
    """What to drop: by the kind of week, the possible contributors, what the fitting patterns avoid, and cautions that fired."""
    texts: dict[str, str] = {}
    for text in case.value("leave-out", _kind_of_week(case, running)):
        texts.setdefault(text, "leave-out")
    for text, of in (*_contributor_texts(case), *_pattern_texts(case)):
        if running or text not in case.value("leave-out", "only_for_runs"):
            texts.setdefault(text, of)
    cautions = _cautions(case)
    lines = (*(case.line(text) for text in texts), *(case.knowledge.rules[r].say for r in cautions))
    return Said(lines, (*texts.values(), *cautions))


def _kind_of_week(case: Case, running: bool) -> str:
    if not running:
        return "every_walking_week"
    return "every_symptom_free_week" if is_symptom_free(case) else "every_running_week"


def stop_and_ask(case: Case) -> tuple[str, ...]:
    """When to stop the plan and ask again, the danger signs first."""
    pain = case.value("pain-bands", "amber_up_to")
    return case.lines("plan-stop-and-ask", pain=pain, recheck=in_words(case.triage.recheck_on))


def _question(case: Case, finding: str) -> str:
    spec = case.knowledge.findings[finding]
    return (spec.ask_again if finding in case.triage.ask_again else None) or spec.ask


def _contributor_texts(case: Case) -> list[tuple[str, str]]:
    of = case.value("leave-out", "contributors")
    return [(of[c.id], c.id) for c in case.explanation.contributors if c.id in of]


def _pattern_texts(case: Case) -> list[tuple[str, str]]:
    of, known = case.value("leave-out", "properties"), case.knowledge.patterns
    return [(of[w], fit.id) for fit in case.explanation.patterns for w in known[fit.id].plan.avoid if w in of]


def _cautions(case: Case) -> tuple[str, ...]:
    """The cautions about painkillers among the notes."""
    listed = case.value("leave-out", "cautions")
    return tuple(f.rule for f in case.triage.notes if f.rule in listed and f.rule in case.knowledge.rules)
