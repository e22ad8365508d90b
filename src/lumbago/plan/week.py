"""A first real plan for seven days, from the day of the request; read this one first in the room."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from lumbago.model.explanation import Explanation
from lumbago.model.findings import Findings
from lumbago.model.knowledge import Knowledge
from lumbago.model.levels import Activity
from lumbago.model.plan import ExerciseDose, Plan, PlanWithheld, Session, SessionKind, Step, Week
from lumbago.model.reading import Quantities
from lumbago.model.request import Request
from lumbago.model.triage import Triage
from lumbago.plan.case import Case, is_masters
from lumbago.plan.days import own_days, spaced, strength_days
from lumbago.plan.dose import WEEK, Dose, is_settled_runner, one_round_fewer, total_s, week_dose
from lumbago.plan.exercises import DAY, choose_exercises, named_by_contributors
from lumbago.plan.feasibility import judge_goal
from lumbago.plan.holds import Hold, holds
from lumbago.plan.withheld import is_untold, is_withheld, withhold, withhold_untold
from lumbago.plan.words import first_do, leave_out, stop_and_ask


def build_plan(
    findings: Findings,
    quantities: Quantities,
    triage: Triage,
    explanation: Explanation,
    request: Request,
    knowledge: Knowledge,
) -> Plan | PlanWithheld:
    """Seven dated days from request.as_of that never exceed triage.activity, or the reason why there are none."""
    case = Case(findings, quantities, triage, explanation, request, knowledge)
    if is_withheld(triage):
        return withhold(case)
    if is_untold(case):
        return withhold_untold(case)
    reasons = holds(case)
    dose = None if reasons else week_dose(case)
    if not reasons and (dose is None or not _run_days(case, dose)):
        why = ("session-caps", "plan-why-too-short") if dose is None else (WEEK, "plan-why-no-day")
        return _plan(case, (Hold(why[0], case.line(why[1]), gentle=False, until="week"),), None)
    return _plan(case, reasons, dose)


def _plan(case: Case, reasons: Sequence[Hold], dose: Dose | None) -> Plan:
    bouts = _walks(case) if dose is None else _runs(case, dose)
    locked = any(case.has(finding) for finding in case.value(WEEK, "gentle_when"))
    gentle = locked or any(reason.gentle for reason in reasons)
    exercises = choose_exercises(case, gentle)
    sessions = _in_order(bouts, _exercise_sessions(case, bouts, exercises, gentle))
    why, limit = (dose.why, dose.limit) if dose else (reasons[0].why, reasons[0].id)
    left_out = leave_out(case, running=dose is not None)
    goal = judge_goal(case, reasons)
    rests_on = [limit, *(reason.id for reason in reasons), *_limits_used(case, dose), *left_out.ids]
    rests_on += [fit.id for fit in case.explanation.patterns] + _contributors_used(case, exercises)
    rests_on += [exercise.id for exercise in exercises] + ([goal.limit] if goal and goal.limit else [])
    return Plan(
        start=case.request.as_of,
        weeks=(Week(case.request.as_of, why, limit, sessions),),
        because=tuple(dict.fromkeys(rests_on)),
        goal=goal,
        first_do=first_do(case, reasons),
        leave_out=left_out.lines,
        stop_and_ask=stop_and_ask(case),
    )


def _limits_used(case: Case, dose: Dose | None) -> list[str]:
    used = [WEEK, DAY, "leave-out", "pain-bands"]
    if dose is not None:
        used += ["week-shape", "session-caps", *(["masters"] if is_masters(case) else [])]
        used += [] if is_settled_runner(case) else ["entry-gate"]
    return used


def _runs(case: Case, dose: Dose) -> tuple[Session, ...]:
    """The runs of the week, the longest one last; after a warning sign two days of walking come before the first."""
    days = _run_days(case, dose)
    runs = [_run(case, dose, _day(case, n), longest=n == days[-1]) for n in days]
    return (*([_walk(case, 0)] if _settles_first(case) else []), *runs)


def _run_days(case: Case, dose: Dose) -> tuple[int, ...]:
    first = 0 if case.request.days else case.value(WEEK, "first_run_after_days")
    first = _whole_days(case.value("pain-bands", "red_rest_h")) if _settles_first(case) else first
    gap = max(
        case.value("week-shape", "run_gap_days"), case.value("masters", "run_gap_days") if is_masters(case) else 0
    )
    return spaced(own_days(case.request.as_of, case.request.days, first), dose.runs, gap)


def _settles_first(case: Case) -> bool:
    return any(case.has(finding) for finding in case.value(WEEK, "settle_when"))


def _run(case: Case, dose: Dose, day: date, longest: bool) -> Session:
    if dose.longest_m is None:
        steps = dose.steps if longest else one_round_fewer(dose.steps)
        say = "plan-say-run-walk" if longest else "plan-say-run-walk-short"
        return _bout(case, SessionKind.RUN_WALK, day, say, total_s(steps), None, steps)
    distance_m = dose.longest_m if longest else dose.easy_m
    return _bout(case, SessionKind.RUN, day, "plan-say-longest" if longest else "plan-say-run", None, distance_m)


def _walks(case: Case) -> tuple[Session, ...]:
    """Walks on the runner's own days, filled up with other days where those are few."""
    count, gap = case.value(WEEK, "walks"), case.value("week-shape", "run_gap_days")
    own = spaced(own_days(case.request.as_of, case.request.days, 0), count, gap)
    days = own if len(own) == count else spaced(own_days(case.request.as_of, (), 0), count, gap)
    return tuple(_walk(case, n) for n in days)


def _walk(case: Case, day: int) -> Session:
    strong = case.pain is not None and case.pain > case.value("pain-bands", "amber_up_to")
    sore = strong or any(case.has(finding) for finding in case.value(WEEK, "sore_when"))
    careful = sore or case.triage.activity is not Activity.RUN
    minutes = case.value(WEEK, "walk_minutes_sore" if careful else "walk_minutes")
    steps = (Step(SessionKind.WALK, minutes * 60.0),)
    return _bout(case, SessionKind.WALK, _day(case, day), "plan-say-walk", minutes * 60.0, None, steps)


def _bout(
    case: Case,
    kind: SessionKind,
    day: date,
    say: str,
    duration_s: float | None,
    distance_m: float | None,
    steps: tuple[Step, ...] = (),
) -> Session:
    walking = kind is SessionKind.WALK
    effort = case.value(WEEK, "walk_effort_cr10" if walking else "run_effort_cr10")
    stop = case.lines("plan-stop-walk" if walking else "plan-stop-run", pain=case.value("pain-bands", "amber_up_to"))
    return Session(day, kind, duration_s, distance_m, steps, (), effort, stop, case.line(say))


def _exercise_sessions(
    case: Case, bouts: Sequence[Session], exercises: tuple[ExerciseDose, ...], gentle: bool
) -> tuple[Session, ...]:
    offsets = [(bout.date - case.request.as_of).days for bout in bouts]
    runs = [n for n, bout in zip(offsets, bouts, strict=True) if bout.kind is not SessionKind.WALK]
    count = case.value(DAY, "days_gentle") if gentle else case.value("week-shape", "strength_days")
    gap = _whole_days(case.value("week-shape", "strength_gap_h"))
    days = strength_days(offsets, runs[-1] if runs else None, count, gap)
    minutes = case.value(DAY, "minutes_gentle") if gentle else max(case.value("week-shape", "strength_minutes"))
    kind = SessionKind.MOBILITY if gentle else SessionKind.STRENGTH
    stop = (
        *case.lines("plan-stop-exercise", pain=case.value("pain-bands", "amber_up_to")),
        *_own_stops(case, exercises),
    )
    return tuple(
        Session(_day(case, n), kind, minutes * 60.0, None, (), exercises, None, stop, _say(case, n in runs, gentle))
        for n in days
    )


def _say(case: Case, after_run: bool, gentle: bool) -> str:
    if gentle:
        return case.line("plan-say-gentle")
    return case.line("plan-say-strength-after" if after_run else "plan-say-strength")


def _own_stops(case: Case, exercises: Iterable[ExerciseDose]) -> Iterable[str]:
    for exercise in exercises:
        spec = case.knowledge.exercises[exercise.id]
        if spec.stop_if:
            yield case.line("plan-stop-named", name=spec.name, words=" or ".join(spec.stop_if))


def _contributors_used(case: Case, exercises: Iterable[ExerciseDose]) -> list[str]:
    """Contributors that named one of the chosen exercises."""
    chosen = {exercise.id for exercise in exercises} & set(named_by_contributors(case))
    known = case.knowledge.contributors
    return [c.id for c in case.explanation.contributors if c.id in known and chosen & set(known[c.id].exercises)]


def _in_order(*parts: Sequence[Session]) -> tuple[Session, ...]:
    """By date, and on one day the run before the strength."""
    return tuple(sorted((session for part in parts for session in part), key=lambda session: session.date))


def _whole_days(hours: float) -> int:
    return timedelta(hours=hours).days


def _day(case: Case, offset: int) -> date:
    return case.request.as_of + timedelta(days=offset)
