"""What training files tell the deciders: findings, and the numbers of the last month, set beside what the story said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from lumbago.exposure.room import room_today
from lumbago.exposure.runs import is_possible
from lumbago.model.activities import Change, Difference, Exposures, RunExposure
from lumbago.model.findings import Finding, Findings
from lumbago.model.knowledge import Knowledge
from lumbago.model.levels import Origin, Status, Weight
from lumbago.model.reading import Quantities

_STRENGTHS = tuple(Weight)


def findings_of(changes: Iterable[Change], as_of: date, knowledge: Knowledge) -> Findings:
    """The findings that changes show plainly enough, and of late; others are told to the runner, but decide nothing."""
    since = as_of - timedelta(days=_values(knowledge)["findings_within_days"])
    least = _STRENGTHS.index(Weight(_values(knowledge)["findings_from"]))
    found: dict[str, Finding] = {}
    for change in changes:
        if _STRENGTHS.index(change.strength) >= least and change.date >= since:
            for name in change.findings:
                found.setdefault(name, Finding(name, Status.PRESENT, onset=change.date, origin=Origin.ACTIVITY))
    return Findings(tuple(found.values()))


def with_runs(
    told: Quantities, exposures: Exposures, as_of: date, knowledge: Knowledge, stopped: bool = False
) -> tuple[Quantities, tuple[Difference, ...]]:
    """(numbers, where story and files disagree): the files fill in what the story left out; where both speak and are far apart, the
    lower number counts until the runner says which is right. stopped: the story says that there is no running now."""
    runs = [run for run in exposures.runs if run.date <= as_of and is_possible(run, knowledge)]
    if not runs:
        return told, ()
    time_off = room_today(exposures, as_of, knowledge).time_off  # a break counts for some days after its end
    days_off = time_off.days_off if time_off else max((as_of - runs[-1].date).days - 1, 0)
    longest = _longest(runs, knowledge)
    weekly_m, weekly_runs = _usual_week(runs, knowledge)
    longest_km, longest_apart = _settled("longest_run_km", told.longest_run_km, longest.distance_m, knowledge, longest)
    weekly_km, weekly_apart = _settled("weekly_km", told.weekly_km, weekly_m, knowledge)
    numbers = replace(
        told,
        longest_run_km=longest_km,
        weekly_km=weekly_km,
        runs_per_week=told.runs_per_week if told.runs_per_week is not None else weekly_runs,
        days_off=float(days_off),
    )
    running = stopped and (as_of - runs[-1].date).days < _values(knowledge)["stopped_days"]
    still = (Difference("last_run", 0, runs[-1].distance_m / 1000, 0, runs[-1].date),) if running else ()
    return numbers, (*longest_apart, *weekly_apart, *still)


def _longest(runs: list[RunExposure], knowledge: Knowledge) -> RunExposure:
    """The longest of the 30 days up to the last run; after a break that is the longest of the 30 days before it."""
    window = timedelta(days=knowledge.limits["session-caps"].values["window_days"])
    return max((run for run in runs if runs[-1].date - run.date < window), key=lambda run: run.distance_m)


def _usual_week(runs: list[RunExposure], knowledge: Knowledge) -> tuple[float | None, float | None]:
    """(metres, runs) of the mean week of the month up to the last run; None while the record is shorter than that."""
    weeks = knowledge.limits["session-caps"].values["week_window_weeks"]
    since = runs[-1].date - timedelta(weeks=weeks)
    if runs[0].date > since + timedelta(days=1):
        return None, None
    month = [run for run in runs if run.date > since]
    return sum(run.distance_m for run in month) / weeks, len(month) / weeks


def _settled(
    quantity: str, told: float | None, shown_m: float | None, knowledge: Knowledge, run: RunExposure | None = None
) -> tuple[float | None, tuple[Difference, ...]]:
    if shown_m is None:
        return told, ()
    shown = shown_m / 1000
    if told is None:
        return shown, ()
    lower, higher = sorted((told, shown))
    if higher <= lower * _values(knowledge)["apart_from_ratio"]:
        return shown, ()
    return lower, (Difference(quantity, told, shown, lower, run.date if run else None),)


def _values(knowledge: Knowledge) -> Mapping[str, Any]:
    return knowledge.limits["files-and-story"].values
