"""The checker sees a plan that breaks a limit, whoever made it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from lumbago.model.findings import Findings
from lumbago.model.knowledge import Knowledge
from lumbago.model.levels import Activity, Level
from lumbago.model.plan import ExerciseDose, Plan, Session, SessionKind
from lumbago.model.reading import Quantities
from lumbago.model.triage import Triage
from lumbago.plan.caps import violations
from weeks import MONDAY, answered, planned, said, sessions, triaged, with_numbers

TOLD = Quantities(longest_run_km=10, runs_per_week=3, pain_now=2)


def with_sessions(plan: Plan, change: Callable[[tuple[Session, ...]], tuple[Session, ...]]) -> Plan:
    return replace(plan, weeks=(replace(plan.weeks[0], sessions=change(sessions(plan))),))


def checked(
    knowledge: Knowledge,
    plan: Plan,
    findings: Findings | None = None,
    quantities: Quantities = TOLD,
    triage: Triage | None = None,
) -> str:
    return "; ".join(violations(plan, findings or Findings(), quantities, triage or triaged(), knowledge))


@pytest.fixture
def plan(knowledge: Knowledge) -> Plan:
    return planned(knowledge, quantities=TOLD)


def test_a_plan_within_its_limits_breaks_none(knowledge: Knowledge, plan: Plan) -> None:
    assert checked(knowledge, plan) == ""


def test_a_refusal_breaks_none(knowledge: Knowledge) -> None:
    triage = triaged(Level.EMERGENCY_NOW, Activity.REST)
    refusal = answered(knowledge, triage=triage)
    assert violations(refusal, Findings(), TOLD, triage, knowledge) == ()


@pytest.mark.parametrize(
    ("triage", "broken"),
    [
        (triaged(Level.SAME_DAY, Activity.REST), "a plan stands although"),
        (triaged(activity=Activity.WALK), "walking at most"),
        (triaged(provisional=True), "does not begin with it"),
        (triaged(provisional=True), "strength stands"),
        (triaged(Level.WITHIN_DAYS), "walking at most"),
    ],
)
def test_beyond_triage(knowledge: Knowledge, plan: Plan, triage: Triage, broken: str) -> None:
    assert broken in checked(knowledge, plan, triage=triage)


@pytest.mark.parametrize(
    "findings",
    [said(pregnant="unsure"), said(age_under_18="present"), with_numbers(Findings(), age=15)],
)
def test_beyond_what_the_person_may(knowledge: Knowledge, plan: Plan, findings: Findings) -> None:
    assert "other care first" in checked(knowledge, plan, findings)


@pytest.mark.parametrize("findings", [said(severe_pain="present"), with_numbers(Findings(), pain_now=6)])
def test_beyond_pain(knowledge: Knowledge, plan: Plan, findings: Findings) -> None:
    assert "pain is over" in checked(knowledge, plan, findings)


def test_beyond_the_longest_run(knowledge: Knowledge, plan: Plan) -> None:
    assert "longer than the longest" in checked(knowledge, plan, quantities=Quantities(longest_run_km=7))
    ladder = planned(knowledge)
    assert "longer than the longest" in checked(knowledge, ladder, quantities=Quantities(longest_run_km=0.1))


def test_too_many_runs_or_too_close(knowledge: Knowledge, plan: Plan) -> None:
    daily = with_sessions(
        plan, lambda s: tuple(replace(s[0], date=MONDAY + timedelta(days=n)) for n in range(4)) + s[1:2]
    )
    assert "4 runs" in checked(knowledge, daily)
    assert "without a day between" in checked(knowledge, daily)


def test_strength_near_the_longest_run_or_itself(knowledge: Knowledge, plan: Plan) -> None:
    def moved(days: int) -> Plan:
        return with_sessions(
            plan,
            lambda s: tuple(
                replace(x, date=x.date + timedelta(days=days)) if x.kind is SessionKind.STRENGTH else x for x in s
            ),
        )

    assert "day of the longest run or the day before" in checked(knowledge, moved(1))
    twice = with_sessions(plan, lambda s: (*s, replace(s[1], date=s[1].date + timedelta(days=1))))
    assert "within 48 hours" in checked(knowledge, twice)


def test_too_few_exercises_or_a_wrong_one(knowledge: Knowledge, plan: Plan) -> None:
    none = with_sessions(plan, lambda s: tuple(replace(x, exercises=()) for x in s))
    assert "0 exercises" in checked(knowledge, none)
    wrong = with_sessions(plan, lambda s: (replace(s[0], exercises=(ExerciseDose("front-plank", 1),)), *s[1:]))
    assert "front-plank stands" in checked(knowledge, wrong, said(pregnant="present"))


def test_a_day_out_of_place(knowledge: Knowledge, plan: Plan) -> None:
    late = with_sessions(plan, lambda s: (*s[1:], replace(s[0], date=MONDAY + timedelta(days=7))))
    assert "out of place" in checked(knowledge, late)
