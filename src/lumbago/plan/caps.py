"""An independent check of a finished plan against its limits: it knows the sessions, not how they were chosen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import pairwise

from lumbago.model.findings import Findings
from lumbago.model.knowledge import Knowledge
from lumbago.model.levels import Activity, Level, Status
from lumbago.model.plan import Plan, PlanWithheld, Session, SessionKind, Step
from lumbago.model.reading import Quantities
from lumbago.model.triage import Triage

RUNNING = (SessionKind.RUN, SessionKind.RUN_WALK, SessionKind.RACE)


def violations(
    plan: Plan | PlanWithheld, findings: Findings, quantities: Quantities, triage: Triage, knowledge: Knowledge
) -> tuple[str, ...]:
    """Every limit that a plan breaks, each in a sentence; empty when it keeps them all. A refusal breaks none."""
    if isinstance(plan, PlanWithheld):
        return ()
    checks: tuple[Callable[[Plan, Findings, Quantities, Triage, Knowledge], Iterator[str]], ...] = (
        _beyond_triage,
        _beyond_people,
        _beyond_pain,
        _beyond_distance,
        _run_days,
        _strength_days,
        _exercises,
        _dates,
    )
    return tuple(broken for check in checks for broken in check(plan, findings, quantities, triage, knowledge))


def _beyond_triage(plan: Plan, _f: Findings, _q: Quantities, triage: Triage, _k: Knowledge) -> Iterator[str]:
    if triage.activity is Activity.REST or triage.level.rank >= Level.SAME_DAY.rank:
        yield f"a plan stands although triage says {triage.activity} at {triage.level}"
    walk_only = triage.activity is Activity.WALK or triage.provisional or triage.level is Level.WITHIN_DAYS
    if walk_only and _runs(plan):
        yield "a run stands where triage allows walking at most"
    if triage.provisional and any(s.kind is SessionKind.STRENGTH for s in _sessions(plan)):
        yield "strength stands while a danger question is open"
    if triage.provisional and not plan.first_do:
        yield "a danger question is open and the plan does not begin with it"


def _beyond_people(plan: Plan, findings: Findings, quantities: Quantities, _t: Triage, k: Knowledge) -> Iterator[str]:
    values = k.limits["walking-only"].values
    told = findings.number("age")
    age = told if told is not None else quantities.age
    too_young = age < values["lowest_age"] if age is not None else _maybe(findings, "age-under-18")
    if _runs(plan) and (too_young or any(_maybe(findings, finding) for finding in values["findings"])):
        yield "a run stands for somebody who needs other care first"


def _beyond_pain(plan: Plan, findings: Findings, quantities: Quantities, _t: Triage, k: Knowledge) -> Iterator[str]:
    pain = max(findings.number("pain-now") or 0, quantities.pain_now or 0)
    strong = pain > k.limits["pain-bands"].values["amber_up_to"] or findings.is_present("severe-pain")
    if strong and _runs(plan):
        yield "a run stands although pain is over the limit"


def _beyond_distance(plan: Plan, _f: Findings, quantities: Quantities, _t: Triage, k: Knowledge) -> Iterator[str]:
    if not quantities.longest_run_km:
        return
    speed = k.limits["first-week"].values["bout_speed_m_per_min"]
    for session in _runs(plan):
        reach = session.distance_m or _run_s(session.steps) / 60 * speed
        if reach > quantities.longest_run_km * 1000:
            yield f"{session.date}: a run longer than the longest one known"


def _run_days(plan: Plan, _f: Findings, _q: Quantities, _t: Triage, k: Knowledge) -> Iterator[str]:
    runs, values = _runs(plan), k.limits["week-shape"].values
    if len(runs) > values["runs"]:
        yield f"{len(runs)} runs in a first week"
    for before, after in pairwise(runs):
        if after.date - before.date < timedelta(days=values["run_gap_days"]):
            yield f"{after.date}: a run without a day between"


def _strength_days(plan: Plan, _f: Findings, _q: Quantities, _t: Triage, k: Knowledge) -> Iterator[str]:
    strength = [s for s in _sessions(plan) if s.kind is SessionKind.STRENGTH]
    longest = max(_runs(plan), key=lambda s: (s.distance_m or 0.0, _run_s(s.steps)), default=None)
    for session in strength:
        if longest is not None and longest.date - session.date in (timedelta(0), timedelta(days=1)):
            yield f"{session.date}: strength on the day of the longest run or the day before"
    for before, after in pairwise(strength):
        if after.date - before.date < timedelta(hours=k.limits["week-shape"].values["strength_gap_h"]):
            yield f"{after.date}: strength again within 48 hours"


def _exercises(plan: Plan, findings: Findings, _q: Quantities, _t: Triage, k: Knowledge) -> Iterator[str]:
    chosen = {exercise.id for session in _sessions(plan) for exercise in session.exercises}
    values = k.limits["strength-day"].values
    if not values["fewest"] <= len(chosen) <= values["most"]:
        yield f"{len(chosen)} exercises"
    for exercise in sorted(chosen):
        if any(findings.is_present(finding) for finding in k.exercises[exercise].avoid_findings):
            yield f"{exercise} stands although a finding rules it out"


def _dates(plan: Plan, _f: Findings, _q: Quantities, _t: Triage, _k: Knowledge) -> Iterator[str]:
    for week in plan.weeks:
        days = [session.date for session in week.sessions]
        if days != sorted(days) or any(not 0 <= (day - week.start).days < 7 for day in days):
            yield f"the week of {week.start} holds a day out of place"


def _maybe(findings: Findings, finding: str) -> bool:
    return findings.status(finding) in (Status.PRESENT, Status.UNSURE)


def _sessions(plan: Plan) -> list[Session]:
    return [session for week in plan.weeks for session in week.sessions]


def _runs(plan: Plan) -> list[Session]:
    return [session for session in _sessions(plan) if session.kind in RUNNING]


def _run_s(steps: tuple[Step, ...]) -> float:
    """Seconds of running in these steps; counted here anew, so that a fault in the planner does not hide itself."""
    inner = (_run_s(step.steps) if step.steps else step.duration_s or 0.0 for step in steps if not _is_walk(step))
    outer = (step.repeat for step in steps if not _is_walk(step))
    return sum(times * seconds for times, seconds in zip(outer, inner, strict=True))


def _is_walk(step: Step) -> bool:
    return step.kind is SessionKind.WALK
