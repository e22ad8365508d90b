"""Where every rule stands on the findings: it fires, is still open, or is quiet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from lumbago.model.conditions import Condition, Facts, Operator, bounds
from lumbago.model.findings import Finding, Findings
from lumbago.model.knowledge import Knowledge, Rule
from lumbago.model.levels import Origin, Status, Tier, When
from lumbago.model.triage import Fired

_OPENING = (Status.PRESENT, Status.UNSURE)
_LEAVES = (Operator.PRESENT, Operator.UNSURE, Operator.AT_LEAST, Operator.AT_MOST, Operator.LASTING)


class Standing(StrEnum):
    FIRES = "fires"
    OPEN = "open"
    QUIET = "quiet"


@dataclass(frozen=True, slots=True)
class Weighed:
    """A rule and where it stands. confirm: findings that only the story's words put in place of its danger signs."""

    rule: Rule
    standing: Standing
    confirm: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scale:
    """What rules are weighed on. `facts` count for firing, `open_facts` for staying open: there a doubted denial is unknown.

    doubted: hard-stop findings that an answer denies and the story tells, so that only asking again settles them.
    opened: finer findings nobody spoke of, whose coarse one is present or in doubt.
    """

    facts: Facts
    open_facts: Facts
    doubted: frozenset[str]
    opened: frozenset[str]


def lay_out(findings: Findings, knowledge: Knowledge, as_of: date) -> Scale:
    """The facts of settled findings; what is out of the question and was not told is absent, so that nothing waits for it."""
    told = Facts.of(findings, knowledge.past_counts, as_of)
    unasked = dict.fromkeys(_out_of_the_question(findings, knowledge), Status.ABSENT)
    facts = Facts({**unasked, **told.statuses}, told.values, told.onsets, as_of)
    doubted = _doubted(findings, knowledge)
    statuses = {finding: status for finding, status in facts.statuses.items() if finding not in doubted}
    open_facts = Facts(statuses, told.values, told.onsets, as_of)
    return Scale(facts, open_facts, doubted, _opened(knowledge, statuses))


def _opened(knowledge: Knowledge, statuses: Mapping[str, Status]) -> frozenset[str]:
    silent = (spec for spec in knowledge.findings.values() if spec.part_of and spec.id not in statuses)
    return frozenset(spec.id for spec in silent if any(statuses.get(x) in _OPENING for x in spec.part_of))


def _out_of_the_question(findings: Findings, knowledge: Knowledge) -> Iterator[str]:
    """What is never asked: what the program alone sets, and what neither this sex nor this age can have."""
    order = knowledge.limits["ask-order"].values
    sex, age = findings.get("sex"), findings.number("age")
    yield from (x.id for x in knowledge.findings.values() if x.group == "set-by-program" and x.derived is None)
    yield from order["not_asked_when_sex"].get(sex.value, ()) if sex else ()
    yield from (x for x, limit in order["not_asked_from_age"].items() if age is not None and age >= limit)


def _doubted(findings: Findings, knowledge: Knowledge) -> frozenset[str]:
    disputed = {
        c.id for c in findings.conflicts if c.kept.status is not Status.PRESENT and c.other.status is Status.PRESENT
    }
    disputed = {x for x in disputed if findings.status(x) is not Status.PRESENT}
    if not disputed:
        return frozenset()
    stops = hard_stop_findings(knowledge.rules.values())
    return frozenset(x for x in disputed if x in stops or (x in knowledge.findings and knowledge.findings[x].critical))


def hard_stop_findings(rules: Iterable[Rule]) -> frozenset[str]:
    """Every finding that a hard stop reads."""
    return frozenset(x for rule in rules if rule.level and rule.tier is Tier.HARD_STOP for x in rule.when.leaves())


def reads_something(rule: Rule) -> bool:
    """False for a rule that always fires."""
    return next(rule.when.leaves(), None) is not None


def weigh(findings: Findings, knowledge: Knowledge, scale: Scale) -> tuple[Weighed, ...]:
    """Every rule, in the order of the knowledge."""
    return tuple(_weigh(rule, findings, scale) for rule in knowledge.rules.values())


def _weigh(rule: Rule, findings: Findings, scale: Scale) -> Weighed:
    low, high = bounds(rule.when, scale.facts, rule.tier)
    if scale.doubted:
        high = max(high, bounds(rule.when, scale.open_facts, rule.tier)[1])
    in_place = [f for x in rule.unless if (f := findings.get(x)) and f.status is Status.PRESENT]
    if high < 1.0 or any(f.origin is Origin.ANSWER for f in in_place):
        return Weighed(rule, Standing.QUIET)
    if low >= 1.0 and in_place:
        return Weighed(rule, Standing.OPEN, tuple(f.id for f in in_place))
    if low >= 1.0:
        return Weighed(rule, Standing.FIRES)
    return Weighed(rule, Standing.QUIET if rule.tier is Tier.WATCH else Standing.OPEN)


def still_asks(weighed: Weighed, scale: Scale) -> bool:
    """Open, and worth a question: of what must hold together, at least one thing holds already or has begun to."""
    if weighed.standing is not Standing.OPEN:
        return False
    return bool(weighed.confirm) or is_reachable(weighed.rule.when, scale, weighed.rule.tier)


def is_reachable(condition: Condition, scale: Scale, tier: Tier) -> bool:
    """Whether the next answers could make it hold; what needs several things must have begun with one of them."""
    if bounds(condition, scale.open_facts, tier)[1] < 1.0:
        return False
    if condition.operator in (Operator.ALL, Operator.COUNT):
        return any(has_begun(part, scale, tier) for part in condition.of)
    return condition.operator in _LEAVES or any(is_reachable(part, scale, tier) for part in condition.of)


def has_begun(part: Condition, scale: Scale, tier: Tier) -> bool:
    """It holds; or it is a finer question that its coarse one has opened; or some of those it counts hold."""
    if bounds(part, scale.open_facts, tier)[0] >= 1.0 or part.finding in scale.opened:
        return True
    return part.operator is Operator.COUNT and any(has_begun(each, scale, tier) for each in part.of)


def fired(weighed: Weighed, findings: Findings, facts: Facts) -> Fired:
    """A rule that fired, with the findings that made it and what those follow from."""
    rule = weighed.rule
    made = dict.fromkeys(_made_by(rule.when, facts, rule.tier))
    return Fired(rule.id, rule.level, tuple(_with_reasons(made, findings)))


def _made_by(condition: Condition, facts: Facts, tier: Tier) -> Iterator[str]:
    """The leaves that hold, in the parts that count: of alternatives those that hold, of a count also the halves."""
    if condition.finding:
        yield condition.finding
        return
    for part in condition.of:
        low, _ = bounds(part, facts, tier)
        if low >= 1.0 or (low > 0.0 and condition.operator is Operator.COUNT):
            yield from _made_by(part, facts, tier)


def _with_reasons(made: Iterable[str], findings: Findings) -> dict[str, None]:
    """Each finding, then those it follows from, down to what was told."""
    seen: dict[str, None] = {}
    waiting = list(made)
    while waiting:
        finding = waiting.pop(0)
        if finding not in seen:
            seen[finding] = None
            held: Finding | None = findings.get(finding) or findings.get(finding, When.PAST)
            waiting.extend(held.implied_by if held else ())
    return seen
