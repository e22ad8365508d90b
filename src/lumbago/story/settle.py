"""What the told findings entail: a part its whole, a denied whole its parts, a number its age group.

First what is so, then what is not: presence and doubt only ever travel from told findings outwards, so a denial is
carried over only once nothing can overturn it any more. Held against evidence/check_vocabulary.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from lumbago.model.conditions import Condition, Facts, bounds
from lumbago.model.findings import Conflict, Finding, Findings, Quote
from lumbago.model.knowledge import FindingSpec, Knowledge
from lumbago.model.levels import Origin, Status, When

Reason = tuple[Status, tuple[str, ...]]  # what follows, and from which findings
Entailed = dict[str, Reason]


@dataclass(frozen=True, slots=True)
class _So:
    """What holds so far: facts with their live `statuses`, the ids that were told, and those that rest on an answer."""

    facts: Facts
    statuses: dict[str, Status]
    told: frozenset[str]
    answered: set[str]


def settle(findings: Findings, knowledge: Knowledge, as_of: date) -> Findings:
    """The told findings with all that follows from them, each new one naming in `implied_by` what it follows from.

    A whole that was denied while one of its parts is present becomes present, and the denial is kept as a conflict.
    Doubt read in a story does not unsettle an outright answer.
    """
    so = _told(findings, knowledge, as_of)
    linked = [spec for spec in knowledge.findings.values() if _is_linked(spec)]
    entailed: Entailed = {}
    for step in (_what_is_so, _what_doubt_sets, _what_is_so, _what_is_not):
        while news := step(linked, so):
            for finding, (status, because) in news.items():
                so.statuses[finding] = status
                entailed.pop(finding, None)  # put in anew, so that what it follows from stands before it
                entailed[finding] = (status, because)
                if not so.answered.isdisjoint(because):
                    so.answered.add(finding)
    return _written(findings, entailed, knowledge)


def _told(findings: Findings, knowledge: Knowledge, as_of: date) -> _So:
    told = Facts.of(findings, knowledge.past_counts, as_of)
    statuses = dict(told.statuses)
    facts = Facts(statuses, told.values, told.onsets, told.as_of)
    answered = {f.id for f in findings if f.origin is Origin.ANSWER and f.when is not When.OTHER_PERSON}
    return _So(facts, statuses, frozenset(statuses), answered)


def _is_linked(spec: FindingSpec) -> bool:
    return bool(spec.part_of or spec.implies or spec.implied_by or spec.derived or spec.set_when_unsure)


def _what_is_so(linked: Iterable[FindingSpec], so: _So) -> Entailed:
    """Present or unsure: from parts to wholes, and from what a condition reads to what it entails."""
    news: Entailed = {}
    for spec in linked:
        for finding, (status, because) in _entailed_by(spec, so):
            held = (so.statuses.get(finding), news[finding][0] if finding in news else None)
            if status not in held and Status.PRESENT not in held:
                news[finding] = (status, because)
    return news


def _entailed_by(spec: FindingSpec, so: _So) -> Iterator[tuple[str, Reason]]:
    yield from _worked_out(spec, so)
    status = so.statuses.get(spec.id)
    if status is None or status is Status.ABSENT:
        return
    for whole in (*spec.part_of, *spec.implies):
        if status is Status.PRESENT or not _is_denied_outright(whole, so) or spec.id in so.answered:
            yield whole, (status, (spec.id,))


def _is_denied_outright(finding: str, so: _So) -> bool:
    return so.statuses.get(finding) is Status.ABSENT and finding in so.answered


def _worked_out(spec: FindingSpec, so: _So) -> Iterator[tuple[str, Reason]]:
    """By a condition: what is implied can only be present; what is derived can be unsure too, unless it was told."""
    for condition in (spec.implied_by, spec.derived):
        low = bounds(condition, so.facts)[0] if condition else 0.0
        if condition and low >= 1.0:
            yield spec.id, (Status.PRESENT, _behind(condition, so))
        elif condition and low > 0.0 and condition is spec.derived and spec.id not in so.told:
            yield spec.id, (Status.UNSURE, _behind(condition, so))


def _behind(condition: Condition, so: _So) -> tuple[str, ...]:
    """The findings that hold in a condition: those present, or if none is, those in doubt."""
    leaves = tuple(dict.fromkeys(condition.leaves()))
    present = tuple(x for x in leaves if so.statuses.get(x) is Status.PRESENT)
    return present or tuple(x for x in leaves if so.statuses.get(x) is Status.UNSURE)


def _what_doubt_sets(linked: Iterable[FindingSpec], so: _So) -> Entailed:
    """Findings that are present as soon as one of several answers is unsure."""
    news: Entailed = {}
    for spec in linked:
        doubted = tuple(x for x in spec.set_when_unsure if so.statuses.get(x) is Status.UNSURE)
        if doubted and so.statuses.get(spec.id) is not Status.PRESENT:
            news[spec.id] = (Status.PRESENT, doubted)
    return news


def _what_is_not(linked: Iterable[FindingSpec], so: _So) -> Entailed:
    """Absent: the silent parts of a denied whole, and what is worked out of denials alone."""
    silent = (spec for spec in linked if spec.id not in so.statuses)
    return {spec.id: (Status.ABSENT, because) for spec in silent if (because := _denied_by(spec, so))}


def _denied_by(spec: FindingSpec, so: _So) -> tuple[str, ...]:
    denied = tuple(x for x in spec.part_of if so.statuses.get(x) is Status.ABSENT)
    if denied:
        return denied
    if spec.derived is not None and bounds(spec.derived, so.facts)[1] == 0.0:
        return tuple(dict.fromkeys(spec.derived.leaves()))
    if spec.set_when_unsure and all(x in so.statuses for x in spec.set_when_unsure):
        return spec.set_when_unsure
    return ()


def _written(findings: Findings, entailed: Entailed, knowledge: Knowledge) -> Findings:
    """Findings for what follows, each after what it follows from; an overturned denial is kept as a conflict."""
    past_counts = knowledge.past_counts
    past = {f.id: f for f in findings if f.when is When.PAST and f.id in past_counts}
    now = {f.id: f for f in findings if f.when is When.NOW}
    conflicts = list(findings.conflicts)
    for finding, (status, because) in entailed.items():
        told = now.get(finding)
        parents = [parent for x in because if (parent := now.get(x) or past.get(x))]
        now[finding] = _implied(told or Finding(finding, status), status, parents)
        if told and told.status is Status.ABSENT and status is Status.PRESENT:
            conflicts.append(Conflict(finding, now[finding], told))
    return Findings(findings.with_items(now.values()).items, tuple(conflicts))


def _implied(told: Finding, status: Status, parents: Sequence[Finding]) -> Finding:
    """Origin and words of what it follows from; words of its own that hedged stay, words that denied it do not."""
    own = told.quotes if told.status is not Status.ABSENT else ()
    quotes: dict[Quote, None] = dict.fromkeys((*own, *(quote for parent in parents for quote in parent.quotes)))
    origins = [parent.origin for parent in parents]
    origin = Origin.ANSWER if Origin.ANSWER in origins else next(iter(origins), told.origin)
    because = tuple(parent.id for parent in parents)
    return replace(told, status=status, origin=origin, quotes=tuple(quotes), implied_by=because)
