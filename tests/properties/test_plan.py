"""Whatever was told: a plan keeps its limits, more pain never means more running, and a week later it is the same week later."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lumbago.knowledge.load import load_knowledge
from lumbago.model.findings import Finding, Findings
from lumbago.model.levels import Activity, Fit, Level, Status
from lumbago.model.plan import Plan, PlanWithheld, SessionKind
from lumbago.model.reading import Quantities
from lumbago.model.request import Goal, Request
from lumbago.model.triage import Triage
from lumbago.plan.caps import violations
from lumbago.plan.case import Case
from lumbago.plan.week import build_plan
from weeks import MONDAY, answered, case_of, explained, running_m, runs, sessions, triaged

KNOWLEDGE = load_knowledge()
YES_NO = sorted(f.id for f in KNOWLEDGE.findings.values() if f.kind == "yes_no")
# What the plan room itself reads: drawn more often than the rest, so that the examples are not spent on what changes nothing.
READ = sorted(
    {
        *KNOWLEDGE.limits["walking-only"].values["findings"],
        *KNOWLEDGE.limits["walking-only"].values["gate_closed_when"],
        *KNOWLEDGE.limits["first-week"].values["cut_most_when"],
        *("age-under-18", "age-over-50", "severe-pain", "mild-pain", "new-runner", "stopped-running", "postpartum"),
        *(f for e in KNOWLEDGE.exercises.values() for f in e.avoid_findings),
    }
)

some = st.one_of(st.none(), st.floats(0, 60, width=16))
pains = st.one_of(st.none(), st.integers(0, 10).map(float))
findings = st.builds(
    lambda one, two: Findings(tuple(Finding(name, status) for name, status in {**one, **two}.items())),
    st.dictionaries(st.sampled_from(YES_NO), st.sampled_from(Status), max_size=6),
    st.dictionaries(st.sampled_from(READ), st.sampled_from(Status), max_size=5),
)
quantities = st.builds(
    Quantities,
    weekly_km=some,
    longest_run_km=some,
    runs_per_week=st.one_of(st.none(), st.integers(0, 10).map(float)),
    pain_now=pains,
    duration_days=st.one_of(st.none(), st.integers(0, 200).map(float)),
    age=st.one_of(st.none(), st.integers(8, 90).map(float)),
)
triages = st.builds(
    triaged,
    st.sampled_from(Level),
    st.sampled_from(Activity),
    provisional=st.booleans(),
    rules=st.dictionaries(st.sampled_from(sorted(KNOWLEDGE.rules)), st.sampled_from([None, *Level]), max_size=3),
    ask=st.lists(st.sampled_from(YES_NO), min_size=1, max_size=4, unique=True).map(tuple),
    open_hard_stops=st.lists(st.sampled_from(sorted(KNOWLEDGE.rules)), max_size=2, unique=True).map(tuple),
)
explanations = st.builds(
    explained,
    st.dictionaries(st.sampled_from(sorted(KNOWLEDGE.patterns)), st.sampled_from(Fit), max_size=3),
    st.lists(st.sampled_from(sorted(KNOWLEDGE.contributors)), max_size=4, unique=True).map(tuple),
    st.lists(st.sampled_from(sorted(KNOWLEDGE.patterns)), max_size=2, unique=True).map(tuple),
)
goals = st.one_of(
    st.none(),
    st.builds(
        Goal,
        st.sampled_from([5000.0, 10000.0, 21097.5, 42195.0]),
        st.one_of(st.none(), st.integers(-5, 400).map(lambda n: MONDAY + timedelta(days=n))),
    ),
)
requests = st.builds(
    lambda offset, days, goal: Request(MONDAY + timedelta(days=offset), days=tuple(sorted(days)), goal=goal),
    st.integers(0, 6),
    st.frozensets(st.integers(0, 6)),
    goals,
)
cases = st.builds(
    lambda f, q, t, e, r: Case(f, q, t, e, r, KNOWLEDGE), findings, quantities, triages, explanations, requests
)
free = st.builds(lambda q, r, f: case_of(KNOWLEDGE, f, q, request=r), quantities, requests, findings)


def build(case: Case) -> Plan | PlanWithheld:
    return build_plan(case.findings, case.quantities, case.triage, case.explanation, case.request, case.knowledge)


@given(cases)
def test_a_plan_keeps_its_limits(case: Case) -> None:
    plan = build(case)
    assert violations(plan, case.findings, case.quantities, case.triage, KNOWLEDGE) == ()


@given(free)
def test_a_plan_keeps_its_limits_when_triage_allows_running(case: Case) -> None:
    assert violations(build(case), case.findings, case.quantities, case.triage, KNOWLEDGE) == ()


@given(cases)
def test_a_plan_never_goes_beyond_triage(case: Case) -> None:
    plan = build(case)
    if case.triage.activity is Activity.REST or case.triage.level.rank >= Level.SAME_DAY.rank:
        assert isinstance(plan, PlanWithheld)
        assert plan.reason
        assert plan.do_instead
    else:
        assert isinstance(plan, Plan)
        if case.triage.activity is Activity.WALK or case.triage.provisional:
            assert not runs(plan)


@given(free, st.integers(0, 10), st.integers(0, 10))
def test_more_pain_never_gives_more_running(case: Case, one: int, other: int) -> None:
    def distance(pain: int) -> float:
        told = replace(case.quantities, pain_now=float(pain))
        plan = build(replace(case, quantities=told))
        assert isinstance(plan, Plan)
        return running_m(plan, KNOWLEDGE.limits["first-week"].values["bout_speed_m_per_min"])

    assert distance(max(one, other)) <= distance(min(one, other))


@given(cases, st.integers(1, 60))
def test_weeks_later_it_is_the_same_plan_weeks_later(case: Case, weeks: int) -> None:
    by = timedelta(weeks=weeks)
    goal = case.request.goal
    moved_goal = goal and replace(goal, date=goal.date + by if goal.date else None)
    request = replace(case.request, as_of=case.request.as_of + by, goal=moved_goal)
    triage = replace(case.triage, recheck_on=case.triage.recheck_on + by)
    plan, later = build(case), build(replace(case, request=request, triage=triage))
    if isinstance(plan, PlanWithheld) or isinstance(later, PlanWithheld):
        assert plan == later
        return
    assert [(s.date + by, s.kind, s.distance_m, s.steps, s.exercises) for s in sessions(plan)] == [
        (s.date, s.kind, s.distance_m, s.steps, s.exercises) for s in sessions(later)
    ]
    assert (plan.goal and plan.goal.verdict) == (later.goal and later.goal.verdict)
    if plan.goal and plan.goal.earliest:
        assert later.goal and later.goal.earliest == plan.goal.earliest + by


@given(cases)
def test_the_same_input_gives_the_same_plan(case: Case) -> None:
    assert build(case) == build(case)


@given(cases)
def test_a_plan_rests_only_on_what_is_known_and_says_why(case: Case) -> None:
    plan = build(case)
    known = {
        *KNOWLEDGE.rules,
        *KNOWLEDGE.patterns,
        *KNOWLEDGE.contributors,
        *KNOWLEDGE.limits,
        *KNOWLEDGE.exercises,
        *KNOWLEDGE.programs,
        *KNOWLEDGE.texts,
    }
    assert set(plan.because) <= known
    if isinstance(plan, Plan):
        assert plan.weeks[0].why
        assert plan.weeks[0].limit in known
        assert plan.stop_and_ask
        assert all(s.stop_if and s.say and "{" not in s.say for s in sessions(plan))


@given(cases)
def test_runs_stand_on_the_runners_own_days(case: Case) -> None:
    plan = build(case)
    if isinstance(plan, Plan) and case.request.days:
        assert {run.date.weekday() for run in runs(plan)} <= set(case.request.days)


@given(free)
def test_one_more_danger_never_adds_running(case: Case) -> None:
    told = answered(KNOWLEDGE, **{name: getattr(case, name) for name in ("findings", "quantities", "request")})
    held = build(replace(case, triage=_walking(case.triage)))
    assert isinstance(told, Plan)
    assert isinstance(held, Plan)
    assert not any(s.kind in (SessionKind.RUN, SessionKind.RUN_WALK) for s in sessions(held))


def _walking(triage: Triage) -> Triage:
    return replace(triage, activity=Activity.WALK)


@pytest.mark.parametrize("seed", range(3))
def test_the_real_triage_and_explanation_fit_in(seed: int) -> None:
    """The stages before, as they are, on a few hand-made sets of findings."""
    decide = pytest.importorskip("lumbago.triage.decide").decide
    explain = pytest.importorskip("lumbago.explain.explain").explain
    told = Findings(
        tuple(
            Finding(name, Status.PRESENT) for name in ("low-back-pain", "hills", "pain-during-run", *YES_NO[seed::110])
        )
    )
    triage = decide(told, KNOWLEDGE, MONDAY)
    explanation = explain(told, triage, KNOWLEDGE, MONDAY)
    plan = build_plan(told, Quantities(longest_run_km=8), triage, explanation, Request(MONDAY), KNOWLEDGE)
    assert violations(plan, told, Quantities(longest_run_km=8), triage, KNOWLEDGE) == ()
