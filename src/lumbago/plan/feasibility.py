"""Whether a goal distance can be reached by its date: capped steps, easy weeks, taper and buffer, never a steeper plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from lumbago.model.knowledge import Knowledge
from lumbago.model.plan import PlanGoal
from lumbago.model.request import Goal
from lumbago.plan.case import Case, distance_in_words, in_words, is_masters, is_symptom_free
from lumbago.plan.dose import week_dose
from lumbago.plan.holds import Hold

GOALS = "goal-dates"


@dataclass(frozen=True, slots=True)
class Weeks:
    """Weeks until a distance can be raced, as `tight` when they just fit and `comfortable` when there is time to spare."""

    without_buffer: int
    earliest: int
    comfortable: float


def growth_steps(longest_m: float, distance_m: float, growth: float) -> int:
    """How many weekly steps of `growth` lead from one longest run to another.

    >>> growth_steps(1609.344, 5000, 1.1)
    12
    """
    steps, reach = 0, longest_m
    while round(reach) < round(distance_m):
        steps, reach = steps + 1, reach * growth
    return steps


def with_easy_weeks(steps: int, between: int) -> int:
    """Weeks for so many steps when a week without progress follows every `between` of them.

    >>> with_easy_weeks(12, 3)
    15
    """
    return steps + max(steps - 1, 0) // between


def weeks_to_goal(longest_m: float | None, distance_m: float, knowledge: Knowledge, masters: bool = False) -> Weeks:
    """Weeks from a longest run (None: from no running) to a goal distance whose race day itself obeys the cap.

    Source: evidence/plans.md section 3, settled.md 10 and 11.
    """
    if longest_m is None:
        return _from_nothing(distance_m, knowledge, masters)
    growth = knowledge.limits["session-caps"].values["longest_ratio"]
    steps = growth_steps(longest_m, distance_m / growth, growth)
    if steps == 0:
        return Weeks(0, 0, 0)
    goals, easy = knowledge.limits[GOALS].values, knowledge.limits["deload"].values["every_weeks"]
    every = knowledge.limits["masters"].values["deload_every_weeks"] if masters else easy
    weeks = with_easy_weeks(steps, every - 1) + _taper_weeks(distance_m, knowledge)
    earliest = weeks + weeks // goals["buffer_per_weeks"] * goals["buffer_weeks"]
    return Weeks(weeks, earliest, earliest * goals["comfortable_ratio"])


def _taper_weeks(distance_m: float, knowledge: Knowledge) -> int:
    """Whole weeks that the taper fills."""
    taper = knowledge.limits["taper"].values
    days = max(taper["short_race_days"]) if distance_m <= taper["short_race_m"] else taper["days"]
    return -int(-days // 7)


def _from_nothing(distance_m: float, knowledge: Knowledge, masters: bool) -> Weeks:
    """The ladder first; 5 km at its end is tight, and later goals are counted from the distance that its last step reaches."""
    goals = knowledge.limits[GOALS].values
    first, spare = goals["from_nothing_weeks"], goals["from_nothing_weeks_comfortable"]
    if distance_m <= knowledge.limits["taper"].values["short_race_m"]:
        return Weeks(first, first, spare)
    then = weeks_to_goal(goals["from_nothing_m"], distance_m, knowledge, masters)
    earliest = spare + then.earliest
    return Weeks(first + then.without_buffer, earliest, earliest * goals["comfortable_ratio"])


def told_goal(case: Case) -> Goal | None:
    """The goal of the request, else the one the story tells with a distance."""
    told = case.quantities.goal
    if case.request.goal is not None or told is None or told.distance_m is None:
        return case.request.goal
    weeks_on = case.request.as_of + timedelta(days=round(told.weeks * 7)) if told.weeks is not None else None
    return Goal(told.distance_m, told.date or weeks_on)


def judge_goal(case: Case, holds: Sequence[Hold]) -> PlanGoal | None:
    """The verdict on a goal, with the earliest day and the sentence that says why; None when no goal was told."""
    goal = told_goal(case)
    if goal is None:
        return None
    if goal.distance_m >= case.value(GOALS, "out_of_scope_m") and not is_symptom_free(case):
        return PlanGoal(goal.distance_m, goal.date, "not-safe", limit=GOALS, why=_marathon_words(case, goal))
    for hold in holds:
        if hold.until == "cleared":
            why = case.line("plan-goal-not-yet")
            return PlanGoal(goal.distance_m, goal.date, "not-safe", limit=hold.id, why=why)
    return _counted(case, goal, walking=any(hold.until == "week" for hold in holds))


def _marathon_words(case: Case, goal: Goal) -> str:
    return case.line("plan-goal-marathon", needed=_needed_words(case, goal.distance_m))


def _needed_words(case: Case, distance_m: float) -> str:
    needed_m = distance_m / case.value("session-caps", "longest_ratio")
    return distance_in_words(needed_m, case.request.locale.units, case.value(GOALS, "metres_per_mile"))


def _counted(case: Case, goal: Goal, walking: bool) -> PlanGoal:
    dose = week_dose(case)
    weeks = weeks_to_goal(dose.longest_m if dose else None, goal.distance_m, case.knowledge, is_masters(case))
    lost = case.value(GOALS, "weeks_lost_walking") if walking else 0
    start = case.request.as_of + timedelta(weeks=lost)
    earliest, bare = start + timedelta(weeks=weeks.earliest), start + timedelta(weeks=weeks.without_buffer)
    verdict = _verdict(goal.date, start, earliest, weeks.comfortable)
    text = "plan-goal-too-soon" if verdict == "not-safe" else f"plan-goal-{verdict}"
    why = case.line(text, date=in_words(earliest))
    return PlanGoal(goal.distance_m, goal.date, verdict, earliest, "session-caps", bare, why)


def _verdict(day: date | None, start: date, earliest: date, comfortable_weeks: float) -> str:
    """Comfortable, tight or not-safe; a goal without a date has all the time it needs."""
    if day is None:
        return "comfortable"
    if day < earliest:
        return "not-safe"
    return "comfortable" if (day - start).days >= comfortable_weeks * 7 else "tight"
