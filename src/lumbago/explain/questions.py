"""The telling questions: what is worth asking once danger was asked about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lumbago.explain.patterns import could_move
from lumbago.explain.presence import LOW_BACK, Pain, is_askable, is_open
from lumbago.model.conditions import Facts
from lumbago.model.explanation import Contributor, PatternFit
from lumbago.model.knowledge import Knowledge, Pattern

AFTER_TRIAGE = "triage"


@dataclass(frozen=True, slots=True)
class View:
    """What is on the table: the patterns shown, those that are near, the contributors named, and what triage asks."""

    shown: tuple[PatternFit, ...]
    near: tuple[Pattern, ...]
    contributors: tuple[Contributor, ...]
    asked_already: tuple[str, ...]


def telling_questions(view: View, pain: Pain, facts: Facts, knowledge: Knowledge) -> tuple[str, ...]:
    """Open questions, first the one whose answer could move most; where nothing hurts now, only whether that is so."""
    candidates = dict.fromkeys((*_listed(knowledge), *(name for fit in view.shown for name in fit.missing)))
    new = (name for name in candidates if name not in view.asked_already)
    asked = [name for name in new if is_open(name, facts) and is_askable(name, facts, knowledge)]
    if pain is not Pain.NOW:
        asked = [name for name in asked if name == LOW_BACK or pain is Pain.UNTOLD]
    asked.sort(key=lambda name: (name != LOW_BACK, -_information(name, view, knowledge)))
    return tuple(asked[: knowledge.limits["telling-questions"].values["most_asked"]])


def _listed(knowledge: Knowledge) -> Iterator[str]:
    return (name for group in knowledge.ask_first if group.only_after == AFTER_TRIAGE for name in group.ask)


def _information(finding: str, view: View, knowledge: Knowledge) -> float:
    """The points of the patterns near by that the answer could move, and of the contributors it could name."""
    worth: float = knowledge.limits["telling-questions"].values["contributor_points"]
    named = {each.id for each in view.contributors}
    sayings = {finding, *_parts(finding, knowledge)}
    news = [c for c in knowledge.contributors.values() if c.id not in named and not sayings.isdisjoint(c.for_)]
    return sum(could_move(pattern, finding, knowledge) for pattern in view.near) + worth * len(news)


def _parts(finding: str, knowledge: Knowledge) -> Iterable[str]:
    return (spec.id for spec in knowledge.findings.values() if finding in spec.part_of)
