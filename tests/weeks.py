"""Hand-made findings, triage and plans, for every test of the plan room."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from lumbago.model.explanation import Contributor, Explanation, PatternFit
from lumbago.model.findings import Finding, Findings
from lumbago.model.knowledge import Knowledge
from lumbago.model.levels import Activity, Fit, Level, Status, Weight
from lumbago.model.plan import Plan, PlanWithheld, Session, SessionKind, Step
from lumbago.model.reading import Quantities
from lumbago.model.request import Request
from lumbago.model.triage import Fired, Triage
from lumbago.plan.case import Case
from lumbago.plan.week import build_plan

MONDAY = date(2026, 11, 23)
RUNNING = (SessionKind.RUN, SessionKind.RUN_WALK)


def said(**told: str) -> Findings:
    """Findings by id, underscores for dashes: said(pregnant="unsure", severe_pain="present")."""
    return Findings(tuple(Finding(name.replace("_", "-"), Status(status)) for name, status in told.items()))


def with_numbers(findings: Findings, **numbers: float) -> Findings:
    """The same with number findings: with_numbers(findings, pain_now=4, age=30)."""
    return findings.with_items(
        Finding(name.replace("_", "-"), Status.PRESENT, value=number) for name, number in numbers.items()
    )


def triaged(
    level: Level = Level.SELF_CARE,
    activity: Activity = Activity.RUN,
    *,
    rules: Mapping[str, Level | None] | None = None,
    provisional: bool = False,
    ask: tuple[str, ...] = (),
    ask_again: tuple[str, ...] = (),
    open_hard_stops: tuple[str, ...] = (),
    as_of: date = MONDAY,
) -> Triage:
    """A triage as the stage before would give it; rules without a level are notes."""
    told = [Fired(rule, of, ()) for rule, of in (rules or {}).items()]
    return Triage(
        level=level,
        fired=tuple(f for f in told if f.level is not None),
        notes=tuple(f for f in told if f.level is None),
        ask=ask,
        ask_again=ask_again,
        open_hard_stops=open_hard_stops,
        provisional=provisional,
        activity=activity,
        recheck_on=as_of + timedelta(days=7),
    )


def explained(
    patterns: Mapping[str, Fit] | None = None, contributors: tuple[str, ...] = (), hidden: tuple[str, ...] = ()
) -> Explanation:
    """An explanation with these patterns, best first, and possible contributors."""
    fits = tuple(PatternFit(p, fit, (), (), ()) for p, fit in (patterns or {}).items())
    return Explanation(fits, hidden, tuple(Contributor(c, Weight.MODERATE, (), (), ()) for c in contributors))


def case_of(
    knowledge: Knowledge,
    findings: Findings | None = None,
    quantities: Quantities | None = None,
    triage: Triage | None = None,
    explanation: Explanation | None = None,
    request: Request | None = None,
) -> Case:
    """A case in which nothing was told except what is given here."""
    return Case(
        findings or Findings(),
        quantities or Quantities(),
        triage or triaged(),
        explanation or Explanation(),
        request or Request(MONDAY),
        knowledge,
    )


def planned(knowledge: Knowledge, **given: object) -> Plan:
    """The plan for such a case; fails when none is given."""
    plan = answered(knowledge, **given)
    assert isinstance(plan, Plan)
    return plan


def answered(knowledge: Knowledge, **given: object) -> Plan | PlanWithheld:
    """The plan or refusal for such a case."""
    case = replace(case_of(knowledge), **given)  # type: ignore[arg-type]
    return build_plan(case.findings, case.quantities, case.triage, case.explanation, case.request, case.knowledge)


def sessions(plan: Plan) -> tuple[Session, ...]:
    """All sessions of a plan."""
    return tuple(session for week in plan.weeks for session in week.sessions)


def runs(plan: Plan) -> tuple[Session, ...]:
    """Its sessions with running."""
    return tuple(session for session in sessions(plan) if session.kind in RUNNING)


def kinds(plan: Plan) -> set[SessionKind]:
    """The kinds of session it holds."""
    return {session.kind for session in sessions(plan)}


def exercise_ids(plan: Plan) -> list[str]:
    """Its exercises, each once, in order."""
    return list(dict.fromkeys(exercise.id for session in sessions(plan) for exercise in session.exercises))


def running_s(steps: tuple[Step, ...]) -> float:
    """Seconds of running in these steps."""
    return sum(
        step.repeat * (running_s(step.steps) if step.steps else (step.duration_s or 0) * (step.kind is SessionKind.RUN))
        for step in steps
    )


def running_m(plan: Plan, speed_m_per_min: float) -> float:
    """How far its runs go, the bouts of run-walk at this speed."""
    return sum(run.distance_m or running_s(run.steps) / 60 * speed_m_per_min for run in runs(plan))
