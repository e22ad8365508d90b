"""Which patterns a story fits, how well, and which of them may be shown beside a level of urgency."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lumbago.explain.presence import HEARD, LOW_BACK, Pain, finest, is_askable, is_open
from lumbago.model.conditions import Condition, Facts, Operator, bounds
from lumbago.model.explanation import PatternFit
from lumbago.model.knowledge import Knowledge, Pattern, Weighed
from lumbago.model.levels import Activity, Fit, Level, Status, Tier, Weight
from lumbago.model.triage import Triage

REASON_ONLY = "reason-for-a-level-only"
_FITS = tuple(Fit)


@dataclass(frozen=True, slots=True)
class Scored:
    """A pattern and its points. for_: present findings. against: present ones, and denied ones expected for it."""

    pattern: Pattern
    points: float
    for_: tuple[str, ...]
    against: tuple[str, ...]


def score(pattern: Pattern, facts: Facts, knowledge: Knowledge) -> Scored:
    """Points for less points against, "not sure" counting half."""
    points = 0.0
    for_: list[str] = []
    against: list[str] = []
    for weighed in _counted(pattern.for_, facts, knowledge):
        points += _worth(weighed, facts, knowledge)
        for_ += _met(weighed.when, facts)
        if _is_denied(weighed, facts):
            points -= _worth_of_denial(weighed, pattern, knowledge)
            against.append(weighed.when.finding)
    for weighed in _counted(pattern.against, facts, knowledge):
        points -= _worth(weighed, facts, knowledge)
        against += _met(weighed.when, facts)
    return Scored(pattern, points, tuple(dict.fromkeys(for_)), tuple(dict.fromkeys(against)))


def fitting(facts: Facts, pain: Pain, knowledge: Knowledge) -> tuple[Scored, ...]:
    """What may be considered, best first, the default last among equals; reasons for a level need no pain."""
    rules = _rules(knowledge)
    felt = (p for p in knowledge.patterns.values() if pain is Pain.NOW or p.shown == REASON_ONLY)
    open_to = (p for p in felt if is_considered(p, facts, knowledge))
    scored = (score(p, facts, knowledge) for p in open_to)
    return tuple(
        sorted(
            (each for each in scored if each.points >= rules["near_from"]),
            key=lambda s: (-s.points, s.pattern.id == rules["default"], s.pattern.id),
        )
    )


def is_considered(pattern: Pattern, facts: Facts, knowledge: Knowledge) -> bool:
    """False when a hallmark is wanting, the low back was denied, or the pattern (or its whole) must never be shown."""
    rules = _rules(knowledge)
    marks = rules["hallmarks"].get(pattern.id)
    if marks is not None and not any(facts.statuses.get(mark) in HEARD for mark in marks):
        return False
    if pattern.id in rules["about_the_low_back"] and facts.statuses.get(LOW_BACK) is Status.ABSENT:
        return False
    return pattern.id != rules["nothing_now"] and not is_barred(pattern, facts, knowledge)


def is_barred(pattern: Pattern, facts: Facts, knowledge: Knowledge) -> bool:
    """Whether a condition holds under which this pattern, or one that it is a part of, is never shown."""
    family = (pattern, *(knowledge.patterns[whole] for whole in pattern.part_of))
    return any(bounds(never, facts, Tier.CLUSTER)[0] >= 1 for each in family for never in each.never_show_when)


def choose(
    ranked: tuple[Scored, ...], pain: Pain, triage: Triage, facts: Facts, knowledge: Knowledge
) -> tuple[tuple[PatternFit, ...], tuple[str, ...]]:
    """The two or three patterns to show, and the ids of those that fit but that the level of urgency forbids."""
    worth = tuple(each for each in ranked if each.points >= _rules(knowledge)["shown_from"])
    allowed = tuple(each for each in worth if _is_allowed(each, triage, knowledge))
    explaining = _explaining(allowed, triage, knowledge)
    shown = _leading(_parts_or_wholes(explaining, knowledge), knowledge)
    hidden = (each for each in worth if each not in explaining)
    fits = tuple(_fit(each, facts, knowledge) for each in shown)
    return fits or _fallback(pain, triage, facts, knowledge), tuple(each.pattern.id for each in hidden)


def is_urgent(level: Level, knowledge: Knowledge) -> bool:
    """Whether only the reasons for a level may be shown, so that nothing reassures."""
    return level.rank >= Level(_rules(knowledge)["reasons_only_from"]).rank


def is_calm(level: Level, knowledge: Knowledge) -> bool:
    """Whether nothing presses: the level needs no explaining."""
    return level.rank <= Level(_rules(knowledge)["calm_up_to"]).rank


def missing(pattern: Pattern, facts: Facts, knowledge: Knowledge) -> tuple[str, ...]:
    """What nobody told yet and could be asked, that would change the view of this pattern most."""
    weights: dict[str, float] = {}
    for weighed in (*pattern.for_, *pattern.against):
        for leaf in weighed.when.leaves():
            if is_open(leaf, facts) and is_askable(leaf, facts, knowledge):
                weights[leaf] = max(weights.get(leaf, 0.0), _points(weighed.weight, knowledge))
    ordered = sorted(weights, key=lambda leaf: -weights[leaf])
    return tuple(ordered[: _rules(knowledge)["most_missing"]])


def could_move(pattern: Pattern, finding: str, knowledge: Knowledge) -> float:
    """The points that an answer about this finding could add to or take from a pattern."""
    return sum(
        _points(weighed.weight, knowledge)
        for weighed in (*pattern.for_, *pattern.against)
        if finding in weighed.when.leaves()
    )


def _counted(weighed: Collection[Weighed], facts: Facts, knowledge: Knowledge) -> Iterator[Weighed]:
    """Each condition, but for one that is met only because a finer one of the same list is."""
    named = [each.when.finding for each in weighed if each.when.operator is Operator.PRESENT]
    kept = finest((name for name in named if facts.statuses.get(name) is Status.PRESENT), knowledge)
    for each in weighed:
        name = each.when.finding
        if each.when.operator is Operator.PRESENT and facts.statuses.get(name) is Status.PRESENT and name not in kept:
            continue
        yield each


def _met(condition: Condition, facts: Facts) -> list[str]:
    """The present findings of a condition that holds."""
    if bounds(condition, facts, Tier.CLUSTER)[0] < 1:
        return []
    return [leaf for leaf in condition.leaves() if facts.statuses.get(leaf) is Status.PRESENT]


def _is_denied(weighed: Weighed, facts: Facts) -> bool:
    plain = weighed.when.operator is Operator.PRESENT and weighed.weight is not Weight.WEAK
    return plain and facts.statuses.get(weighed.when.finding) is Status.ABSENT


def _worth_of_denial(weighed: Weighed, pattern: Pattern, knowledge: Knowledge) -> float:
    """A part of the points, but nothing where the pattern limits running: a denial does not clear those."""
    if pattern.plan.limit is not Activity.RUN:
        return 0.0
    share: float = _rules(knowledge)["denied_share"]
    return share * _points(weighed.weight, knowledge)


def _worth(weighed: Weighed, facts: Facts, knowledge: Knowledge) -> float:
    return bounds(weighed.when, facts, Tier.CLUSTER)[0] * _points(weighed.weight, knowledge)


def _points(weight: Weight, knowledge: Knowledge) -> float:
    return float(_rules(knowledge)["points"][weight])


def _is_allowed(scored: Scored, triage: Triage, knowledge: Knowledge) -> bool:
    """Beside an urgent level only its reasons; a reason only above a calm one, and only for what raised the level."""
    if scored.pattern.shown != REASON_ONLY:
        return not is_urgent(triage.level, knowledge)
    return _explains(scored, triage, knowledge)


def _explains(scored: Scored, triage: Triage, knowledge: Knowledge) -> bool:
    """Whether a finding that raised the level above a calm one speaks for this pattern."""
    raised = (f for f in triage.fired if f.level is not None and not is_calm(f.level, knowledge))
    return any(finding in scored.for_ for fired in raised for finding in fired.findings)


def _parts_or_wholes(scored: tuple[Scored, ...], knowledge: Knowledge) -> tuple[Scored, ...]:
    """A part in place of its whole when it is clearly ahead, else the whole: never both, for they say the same."""
    ahead: float = _rules(knowledge)["part_ahead_by"]
    points = {each.pattern.id: each.points for each in scored}
    dropped: set[str] = set()
    for each in scored:
        for whole in each.pattern.part_of:
            if whole in points:
                dropped.add(whole if each.points >= points[whole] + ahead else each.pattern.id)
    return tuple(each for each in scored if each.pattern.id not in dropped)


def _leading(scored: tuple[Scored, ...], knowledge: Knowledge) -> tuple[Scored, ...]:
    """The first two or three, without those far behind the first."""
    rules = _rules(knowledge)
    enough = scored[0].points * rules["beside_leader"] if scored else 0.0
    return tuple(each for each in scored if each.points >= enough)[: rules["most_shown"]]


def _explaining(allowed: tuple[Scored, ...], triage: Triage, knowledge: Knowledge) -> tuple[Scored, ...]:
    """Above a calm level only what explains it, if anything does: a harmless one beside it takes the edge off."""
    if is_calm(triage.level, knowledge):
        return allowed
    default = _rules(knowledge)["default"]
    explaining = tuple(each for each in allowed if _explains(each, triage, knowledge))
    return explaining or tuple(each for each in allowed if each.pattern.id != default) or allowed


def _fit(scored: Scored, facts: Facts, knowledge: Knowledge) -> PatternFit:
    """Weak, fair or good by its points, and never better than the evidence grade of the pattern allows."""
    rules = _rules(knowledge)
    reached = Fit.WEAK
    for fit, least in ((Fit.FAIR, rules["fair_from"]), (Fit.GOOD, rules["good_from"])):
        reached = fit if scored.points >= least else reached
    best = Fit(rules["best_by_grade"][scored.pattern.grade])
    fit = min(reached, best, key=_FITS.index)
    return PatternFit(scored.pattern.id, fit, scored.for_, scored.against, missing(scored.pattern, facts, knowledge))


def _fallback(pain: Pain, triage: Triage, facts: Facts, knowledge: Knowledge) -> tuple[PatternFit, ...]:
    """When nothing leads: no pain now, or ordinary back pain that fits weakly; beside an urgent level, silence."""
    rules = _rules(knowledge)
    if is_urgent(triage.level, knowledge) or pain is Pain.UNTOLD:
        return ()
    if pain is Pain.NOW:
        default = knowledge.patterns[rules["default"]]
        return (_weak(default, facts, knowledge),) if is_considered(default, facts, knowledge) else ()
    nothing = knowledge.patterns[rules["nothing_now"]]
    calm = is_calm(triage.level, knowledge) and not is_barred(nothing, facts, knowledge)
    fit = Fit(rules["best_by_grade"][nothing.grade]) if pain is Pain.DENIED else Fit.FAIR
    return (PatternFit(nothing.id, fit, (), (), missing(nothing, facts, knowledge)),) if calm else ()


def _weak(pattern: Pattern, facts: Facts, knowledge: Knowledge) -> PatternFit:
    scored = score(pattern, facts, knowledge)
    return PatternFit(pattern.id, Fit.WEAK, scored.for_, scored.against, missing(pattern, facts, knowledge))


def _rules(knowledge: Knowledge) -> Mapping[str, Any]:
    return knowledge.limits["pattern-fit"].values
