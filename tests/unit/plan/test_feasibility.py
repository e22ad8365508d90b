"""Goal dates: the worked table of the plan dossier, and the verdicts."""

from __future__ import annotations

import math
from datetime import date, timedelta

import pytest

from lumbago.model.knowledge import Knowledge
from lumbago.model.levels import Activity, Level, Units
from lumbago.model.plan import PlanGoal
from lumbago.model.reading import Quantities, StoryGoal
from lumbago.model.request import Goal, Locale, Request
from lumbago.plan.feasibility import growth_steps, weeks_to_goal, with_easy_weeks
from weeks import MONDAY, planned, said, triaged

MILE = 1609.344
HALF = 21097.5

# from, to, steps, weeks with easy weeks, race-ready weeks (evidence/plans.md section 3; settled.md 15)
TABLE = [
    (MILE, 5000, 12, 15, 14),
    (MILE, 10000, 20, 26, 25),
    (MILE, HALF, 27, 35, 34),
    (2 * MILE, 5000, 5, 6, 5),
    (2 * MILE, 10000, 12, 15, 14),
    (2 * MILE, HALF, 20, 26, 25),
    (5000, 10000, 8, 10, 9),
    (5000, HALF, 16, 21, 19),
    (10000, HALF, 8, 10, 9),
    (6 * MILE, HALF, 9, 11, 10),
]


@pytest.mark.parametrize(("start", "goal", "steps", "weeks", "race_ready"), TABLE)
def test_the_worked_table(start: float, goal: float, steps: int, weeks: int, race_ready: int) -> None:
    assert growth_steps(start, goal, 1.1) == steps
    assert steps == math.ceil(math.log(goal / start) / math.log(1.1))
    assert with_easy_weeks(steps, 3) == weeks
    assert with_easy_weeks(growth_steps(start, goal / 1.1, 1.1), 3) == race_ready


def test_no_step_needed_is_no_week(knowledge: Knowledge) -> None:
    weeks = weeks_to_goal(10000, 5000, knowledge)
    assert (weeks.without_buffer, weeks.earliest) == (0, 0)
    assert growth_steps(10000, 11000 / 1.1, 1.1) == 0  # a tie at a tenth more is no step


def test_taper_and_buffer_are_added(knowledge: Knowledge) -> None:
    weeks = weeks_to_goal(5000, HALF, knowledge)
    assert weeks.without_buffer == 19 + 2
    assert weeks.earliest == 19 + 2 + 2


def judged(knowledge: Knowledge, goal: Goal, longest_km: float | None = None, **given: object) -> PlanGoal:
    quantities = Quantities(longest_run_km=longest_km, runs_per_week=3 if longest_km else None, pain_now=2)
    request = Request(MONDAY, goal=goal)
    plan = planned(knowledge, **{"quantities": quantities, "request": request, **given})
    assert plan.goal is not None
    return plan.goal


def in_weeks(distance_m: float, weeks: float) -> Goal:
    return Goal(distance_m, MONDAY + timedelta(days=round(weeks * 7)))


@pytest.mark.parametrize(
    ("weeks", "verdict"), [(8, "not-safe"), (9, "tight"), (10, "tight"), (11, "tight"), (12, "comfortable")]
)
def test_five_kilometres_from_nothing(knowledge: Knowledge, weeks: int, verdict: str) -> None:
    assert judged(knowledge, in_weeks(5000, weeks)).verdict == verdict


def test_from_nothing_a_longer_goal_comes_after_the_ladder(knowledge: Knowledge) -> None:
    goal = judged(knowledge, in_weeks(10000, 20))
    assert goal.verdict == "not-safe"
    assert goal.earliest and goal.earliest_without_buffer
    assert goal.earliest_without_buffer < goal.earliest


def test_half_a_month_after_six_miles_is_not_safe(knowledge: Knowledge) -> None:
    goal = judged(knowledge, in_weeks(HALF, 2), longest_km=9.66)
    assert goal.verdict == "not-safe"
    assert "steeper plan is not" in goal.why


def test_the_start_cut_for_pain_counts(knowledge: Knowledge) -> None:
    goal = judged(knowledge, in_weeks(HALF, 40), longest_km=5)
    assert goal.earliest == MONDAY + timedelta(weeks=weeks_to_goal(4000, HALF, knowledge).earliest)
    assert goal.verdict == "comfortable"


def test_just_enough_time_is_tight(knowledge: Knowledge) -> None:
    earliest = judged(knowledge, Goal(10000), longest_km=5).earliest
    assert earliest
    assert judged(knowledge, Goal(10000, earliest), longest_km=5).verdict == "tight"
    assert judged(knowledge, Goal(10000, earliest - timedelta(days=1)), longest_km=5).verdict == "not-safe"


def test_a_goal_without_a_date_has_time(knowledge: Knowledge) -> None:
    goal = judged(knowledge, Goal(10000), longest_km=5)
    assert goal.verdict == "comfortable"
    assert goal.earliest is not None


@pytest.mark.parametrize(("units", "needed"), [(Units.KM, "38.4 km"), (Units.MILES, "23.8 miles")])
def test_no_marathon_while_it_hurts(knowledge: Knowledge, units: Units, needed: str) -> None:
    request = Request(MONDAY, goal=Goal(42195, date(2028, 4, 1)), locale=Locale(units))
    goal = judged(knowledge, Goal(42195), longest_km=30, request=request)
    assert goal.verdict == "not-safe"
    assert needed in goal.why
    assert goal.earliest is None


def test_no_date_is_counted_before_a_clinician_has_cleared_running(knowledge: Knowledge) -> None:
    triage = triaged(Level.WITHIN_DAYS, Activity.WALK, rules={"bone-stress-cluster": Level.WITHIN_DAYS})
    goal = judged(knowledge, in_weeks(5000, 52), longest_km=10, triage=triage)
    assert (goal.verdict, goal.earliest, goal.limit) == ("not-safe", None, "bone-stress-cluster")


def test_a_walking_week_moves_the_date_by_a_week(knowledge: Knowledge) -> None:
    free = judged(knowledge, Goal(10000), longest_km=5)
    held = judged(knowledge, Goal(10000), longest_km=5, findings=said(walking_hurts_most="present"))
    assert free.earliest and held.earliest
    assert held.earliest - free.earliest == timedelta(days=7)


def test_an_open_question_does_not_move_the_date(knowledge: Knowledge) -> None:
    triage = triaged(provisional=True, ask=("fever",))
    assert (
        judged(knowledge, Goal(10000), longest_km=5, triage=triage).earliest
        == judged(knowledge, Goal(10000), longest_km=5).earliest
    )


def test_the_goal_of_the_story_counts_when_the_request_names_none(knowledge: Knowledge) -> None:
    told = Quantities(longest_run_km=5, runs_per_week=3, pain_now=2, goal=StoryGoal(distance_m=10000, weeks=30))
    goal = planned(knowledge, quantities=told).goal
    assert goal is not None
    assert goal.date == MONDAY + timedelta(weeks=30)
    dated = Quantities(goal=StoryGoal(distance_m=5000, date=date(2027, 6, 1)))
    assert (planned(knowledge, quantities=dated).goal or PlanGoal(0)).date == date(2027, 6, 1)
    assert planned(knowledge, quantities=Quantities(goal=StoryGoal(race="a fun run"))).goal is None
