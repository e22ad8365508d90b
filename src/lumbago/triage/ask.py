"""Which questions to ask next, most important first, and the tick-lists they are asked in.

The order is data: knowledge/limits/ask-order.yaml for what comes early, knowledge/ask_first.yaml for the safety lists.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from lumbago.model.conditions import Condition, Operator, bounds
from lumbago.model.knowledge import AskGroup, Knowledge
from lumbago.model.levels import Level, Status, Tier
from lumbago.triage.weigh import (
    Scale,
    Standing,
    Weighed,
    hard_stop_findings,
    has_begun,
    is_reachable,
    still_asks,
)


@dataclass(frozen=True, slots=True)
class _Desk:
    """What choosing questions reads. listed: the safety lists in order; again: doubtful findings that are worth asking again."""

    knowledge: Knowledge
    order: Mapping[str, Any]
    scale: Scale
    listed: tuple[str, ...]
    again: frozenset[str]


def questions(
    knowledge: Knowledge, scale: Scale, weighed: Sequence[Weighed], level: Level, hinted: Sequence[str] = ()
) -> tuple[str, ...]:
    """Finding ids to ask: first what text and answers leave in doubt, then in the order of the limits file.

    hinted: findings that words of the story may be about.
    """
    asking = [w for w in weighed if still_asks(w, scale)]
    desk = _desk(knowledge, scale, weighed)
    order = desk.order
    raising = [w for w in asking if w.rule.level and w.rule.level.rank > level.rank]
    in_doubt = (
        *(x for w in _gravest(asking) for x in w.confirm),
        *(x for x in knowledge.findings if x in scale.doubted),
    )
    half = [w for w in raising if _is_half_met(w.rule.when, w.rule.tier, desk)]
    grave = [w for w in raising if _is_grave(w, order)]
    wanted = chain(
        _led_to(order["leads"], desk),
        order["first"],
        _for_rules([w for w in half if _is_grave(w, order)], desk),
        order["next"],
        desk.listed,
        _for_rules([*grave, *half], desk),
    )
    return tuple(dict.fromkeys((*in_doubt, *hinted, *_askable(wanted, desk))))


def groups(ask: Sequence[str], knowledge: Knowledge) -> tuple[AskGroup, ...]:
    """The questions as tick-lists: those of `ask_first` by their most important line, then one for all others."""
    lists = [g for g in knowledge.ask_first if g.only_after is None]
    home = {x: g.heading for g in lists for x in g.ask}
    rest: str = knowledge.limits["ask-order"].values["rest_heading"]
    lines: dict[str, list[str]] = {}
    for finding in ask:
        lines.setdefault(home.get(finding, rest), []).append(finding)
    in_order = sorted(lines.items(), key=lambda item: item[0] == rest)  # stable: the others stay by importance
    return tuple(AskGroup(heading, tuple(found)) for heading, found in in_order)


def _desk(knowledge: Knowledge, scale: Scale, weighed: Sequence[Weighed]) -> _Desk:
    order = knowledge.limits["ask-order"].values
    listed = tuple(x for g in knowledge.ask_first if g.only_after is None for x in g.ask)
    stops = hard_stop_findings(w.rule for w in weighed if w.standing is not Standing.QUIET)
    unsure = {x for x, status in scale.facts.statuses.items() if status is Status.UNSURE}
    again = frozenset(unsure & stops) | scale.doubted
    return _Desk(knowledge, order, scale, listed, again)


def _gravest(asking: Iterable[Weighed]) -> list[Weighed]:
    return sorted(asking, key=lambda w: -w.rule.level.rank if w.rule.level else 0)


def _led_to(leads: Iterable[Mapping[str, Any]], desk: _Desk) -> Iterator[str]:
    """The questions that told findings lead to, in the order of the leads."""
    for lead in leads:
        if any(desk.scale.open_facts.statuses.get(x) is Status.PRESENT for x in lead["when"]):
            yield from lead["ask"]


def _is_grave(weighed: Weighed, order: Mapping[str, Any]) -> bool:
    return weighed.rule.level is not None and weighed.rule.level.rank >= Level(order["grave_from"]).rank


def _is_half_met(condition: Condition, tier: Tier, desk: _Desk) -> bool:
    """As much of what must hold together has begun as is missing."""
    if condition.operator is Operator.ANY:
        return any(_is_half_met(part, tier, desk) for part in condition.of)
    if condition.finding:
        return condition.finding in desk.scale.opened or condition.finding in desk.again
    needed = condition.value or len(condition.of)
    return 2 * sum(has_begun(part, desk.scale, tier) for part in condition.of) >= needed


def _for_rules(asking: Iterable[Weighed], desk: _Desk) -> tuple[str, ...]:
    """What rules that could raise the level still need beyond the lists: gravest level first, then what fewest rules read."""
    rank: dict[str, int] = {}
    for w in _gravest(asking):
        for finding in _missing(w.rule.when, w.rule.tier, desk, touched=False):
            rank.setdefault(finding, w.rule.level.rank if w.rule.level else 0)
    reads = Counter(x for rule in desk.knowledge.rules.values() for x in set(rule.when.leaves()))
    beyond = [x for x in rank if x not in desk.listed]
    return tuple(sorted(beyond, key=lambda x: (-rank[x], reads[x])))


def _missing(condition: Condition, tier: Tier, desk: _Desk, touched: bool) -> Iterator[str]:
    """The unknown leaves of a condition that could still make it hold; untouched alternatives are left to the lists."""
    low, high = bounds(condition, desk.scale.open_facts, tier)
    if low >= 1.0 or high < 1.0:
        return
    if condition.finding:
        if touched or condition.finding in desk.again or condition.finding in desk.scale.opened:
            yield condition.finding
        return
    if condition.operator is not Operator.ANY:
        if not touched and not is_reachable(condition, desk.scale, tier):
            return
        touched = True
    for part in condition.of:
        yield from _missing(part, tier, desk, touched)


def _askable(wanted: Iterable[str], desk: _Desk) -> Iterator[str]:
    for finding in wanted:
        for question in _asked_as(finding, desk):
            status = desk.scale.open_facts.statuses.get(question)
            if status is None or question in desk.again:
                yield question


def _asked_as(finding: str, desk: _Desk) -> Iterator[str]:
    """Itself; the coarser question while that one is unknown; or the findings it is worked out of."""
    spec = desk.knowledge.findings.get(finding)
    if spec is None:
        return
    if spec.derived is not None:
        for part in dict.fromkeys(spec.derived.leaves()):
            yield from _asked_as(part, desk)
    elif spec.part_of and _waits_for_its_whole(finding, desk):
        for whole in spec.part_of:
            yield from _asked_as(whole, desk)
    else:
        yield finding


def _waits_for_its_whole(finding: str, desk: _Desk) -> bool:
    return not (finding in desk.listed or finding in desk.scale.opened or finding in desk.scale.open_facts.statuses)
