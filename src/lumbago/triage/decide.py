"""Findings -> Triage: the highest level any rule gives, and what is still to be asked. Rules only ever raise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from lumbago.model.findings import Findings
from lumbago.model.knowledge import Knowledge
from lumbago.model.levels import Activity, Level, Status, Tier
from lumbago.model.triage import Fired, Triage
from lumbago.triage.ask import questions
from lumbago.triage.weigh import Scale, Standing, Weighed, fired, lay_out, reads_something, still_asks, weigh

_NO_PLAN = (Level.EMERGENCY_NOW, Level.SAME_DAY)


def decide(findings: Findings, knowledge: Knowledge, as_of: date, hinted: tuple[str, ...] = ()) -> Triage:
    """How soon to be seen, because of which rules, and which questions could still change that.

    findings: settled ones. hinted: findings that words of the story may be about; they are asked first.
    A hard stop that is still open above the level makes the result provisional.
    """
    scale = lay_out(findings, knowledge, as_of)
    weighed = weigh(findings, knowledge, scale)
    firing = _firing(weighed)
    level = max((w.rule.level for w in firing if w.rule.level), key=lambda x: x.rank, default=Level.SELF_CARE)
    ask = questions(knowledge, scale, weighed, level, hinted)
    stops = _open_hard_stops(weighed, scale, level)
    return Triage(
        level=level,
        fired=_gravest_first(firing, findings, scale, leveled=True),
        notes=_gravest_first(firing, findings, scale, leveled=False),
        ask=ask,
        ask_again=tuple(x for x in ask if x in scale.doubted or scale.facts.statuses.get(x) is Status.UNSURE),
        open_hard_stops=stops,
        provisional=bool(stops),
        activity=_activity(firing, level),
        recheck_on=as_of + timedelta(days=_recheck_days(firing, level, knowledge.limits["recheck"].values)),
    )


def _firing(weighed: Sequence[Weighed]) -> list[Weighed]:
    """The rules that fire; one that reads nothing ("nothing you told us points to a serious cause") only when none is graver."""
    firing = [w for w in weighed if w.standing is Standing.FIRES]
    ranks = [w.rule.level.rank for w in firing if w.rule.level]
    return [w for w in firing if reads_something(w.rule) or w.rule.level is None or w.rule.level.rank == max(ranks)]


def _gravest_first(firing: Sequence[Weighed], findings: Findings, scale: Scale, leveled: bool) -> tuple[Fired, ...]:
    """Rules with a level (or watch lines and cautions, without), gravest first, then by id."""
    made = [fired(w, findings, scale.facts) for w in firing if (w.rule.level is not None) is leveled]
    return tuple(sorted(made, key=lambda f: (-f.level.rank if f.level else 0, f.rule)))


def _open_hard_stops(weighed: Sequence[Weighed], scale: Scale, level: Level) -> tuple[str, ...]:
    """Hard stops above the level that the next answers could still make fire, gravest first."""
    stops = [
        w.rule
        for w in weighed
        if w.rule.tier is Tier.HARD_STOP and w.rule.level and w.rule.level.rank > level.rank and still_asks(w, scale)
    ]
    return tuple(rule.id for rule in sorted(stops, key=lambda rule: (-rule.level.rank if rule.level else 0, rule.id)))


def _activity(firing: Sequence[Weighed], level: Level) -> Activity:
    """The most a plan may hold: the most cautious word of any rule; danger allows nothing."""
    if level in _NO_PLAN:
        return Activity.REST
    return max((w.rule.activity for w in firing if w.rule.activity), key=lambda x: x.caution, default=Activity.RUN)


def _recheck_days(firing: Sequence[Weighed], level: Level, limits: Mapping[str, Any]) -> int:
    """The earliest day asked for by a rule of this level or a watch line; else the level's own.

    A rule may put it later than the level's own day only at the levels named for that.
    """
    deciding = [w.rule for w in firing if w.rule.level in (level, None) and reads_something(w.rule)]
    said = [rule.recheck_days for rule in deciding if rule.recheck_days]
    own = int(limits["days"][level])
    if said and level in limits["rules_may_lengthen"]:
        return min(said)
    return min((own, *said))
