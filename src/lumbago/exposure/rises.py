"""What grew from week to week: distance, run days, hills, fast minutes and other sport, against the runner's own earlier weeks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import fmean, median
from typing import Any

from lumbago.exposure.history import History, Run, Series, rank
from lumbago.model.activities import Change, Sport
from lumbago.model.levels import Weight

_ELSEWHERE = (Sport.CYCLING, Sport.SWIMMING, Sport.OTHER)


@dataclass(frozen=True, slots=True)
class Rise:
    """A block of the newest weeks against what was usual: value and baseline a week, and over how many weeks."""

    weeks: int
    value: float
    baseline: float
    ratio: float


def distance(history: History) -> Iterator[Change]:
    """Weekly running distance. Weak by itself: cloosterman-2024-acwr-methods finds a third of all weeks flagged."""
    yield from rise(history, "week-change", history.weekly(lambda run: float(run.exposure.distance_m)))


def run_days(history: History) -> Iterator[Change]:
    """Days of a week with a run."""
    days = [float(len({run.date for run in week})) if week else None for week in history.weeks]
    yield from rise(history, "run-days-change", days)


def climbs(history: History) -> Iterator[Change]:
    """Weekly metres up."""
    yield from rise(history, "ascent-change", history.weekly(ascent_m))


def descents(history: History) -> Iterator[Change]:
    """Weekly metres down, or one run with far more of them than any before. Source: gottschall-2005-hills."""
    weekly = tuple(rise(history, "descent-change", history.weekly(descent_m)))
    yield from weekly or _one_descent(history)


def ascent_m(run: Run) -> float | None:
    """A treadmill climbs nothing, whatever its file leaves out."""
    return 0.0 if run.on_treadmill else run.exposure.ascent_m


def descent_m(run: Run) -> float | None:
    """The same on the way down."""
    return 0.0 if run.on_treadmill else run.exposure.descent_m


def _one_descent(history: History) -> Iterator[Change]:
    rules = history.rules("one-descent")
    near = [run for run in history.recent if history.days_before(run.date) <= rules["within_days"]]
    most = max(near, key=lambda run: (descent_m(run) or 0.0, run.date), default=None)
    value = (descent_m(most) if most else None) or 0.0
    known = [down for run in (*history.recent, *history.earlier) if run not in near and (down := descent_m(run))]
    if most is None or not known or not _has_usual(history, history.weekly(descent_m)):
        return
    before = max(known)
    if value >= before * rules["ratio_from"] and value - before >= rules["least_more"]:
        yield history.change(
            "descent-change",
            most.date,
            value,
            Weight.WEAK,
            baseline=before,
            ratio=value / before,
            activities=most.exposure.ids,
            detail="one-run",
        )


def other_sport(history: History) -> Iterator[Change]:
    """Weekly minutes of sports that are neither running, walking nor strength."""
    sessions = [(a, a.local_date) for a in history.others if a.sport in _ELSEWHERE and a.local_date]
    weeks = [0.0] * len(history.weeks)
    for each, day in sessions:
        if (week := history.days_before(day) // 7) < len(weeks):
            weeks[week] += (each.timer_s or each.elapsed_s or 0.0) / 60
    yield from rise(history, "other-sport-minutes", weeks, {each.id: day for each, day in sessions})


def rise(history: History, quantity: str, weeks: Series, shown: Mapping[str, date] | None = None) -> Iterator[Change]:
    """The plainest rise of the last weeks, when it is large, more than a little, and rare among the runner's own weeks.

    weeks: the amount of each week, the newest first; None = not known. shown: the activities that may show it with their days, when
    they are not the runs.
    """
    rules = history.rules(quantity)
    if not _has_usual(history, weeks):
        return
    found = [each for count in history.rules("weekly")["blocks_weeks"] if (each := _rise(history, weeks, count, rules))]
    best = max(found, key=lambda each: (rank(_strength(each, rules)), each.ratio, each.weeks), default=None)
    if best:
        first = history.onset - timedelta(days=7 * best.weeks - 1)
        days = {name: run.date for run in history.runs for name in run.exposure.ids} if shown is None else shown
        activities = tuple(name for name, day in days.items() if first <= day <= history.onset)
        yield history.change(
            quantity,
            first,
            best.value,
            _strength(best, rules),
            baseline=best.baseline,
            ratio=best.value / best.baseline if best.baseline else None,
            activities=activities,
            count=len(activities),
        )


def _has_usual(history: History, weeks: Series) -> bool:
    known = sum(week is not None for week in weeks[history.window_weeks :])
    return history.has_contrast and known >= int(history.rules("contrast_weeks_at_least"))


def _strength(found: Rise, rules: Mapping[str, Any]) -> Weight:
    is_plain = found.ratio >= rules["moderate_from"] and found.weeks >= rules["moderate_weeks"]
    return Weight.MODERATE if is_plain else Weight.WEAK


def _rise(history: History, weeks: Series, count: int, rules: Mapping[str, Any]) -> Rise | None:
    """The newest block of so many weeks as a rise, unless it is small or the same happened in the weeks before."""
    known = [week for week in weeks[history.window_weeks :] if week is not None]
    usual = max(median(known), fmean(known))  # what is done in few weeks has a middle one of nothing
    now = _block(history, weeks, 0, count, usual, rules)
    if now.ratio < rules["ratio_from"] or now.value - now.baseline < rules["least_more"]:
        return None
    weekly, starts = history.rules("weekly"), range(history.window_weeks, len(weeks) - count)
    alike = 1 + weekly["alike"] * (now.ratio - 1)
    as_large = sum(_block(history, weeks, at, count, usual, rules).ratio >= alike for at in starts)
    return now if as_large <= weekly["usual_share"] * len(starts) else None


def _block(history: History, weeks: Series, start: int, count: int, usual: float, rules: Mapping[str, Any]) -> Rise:
    """A block against the larger of the usual week and the middle one of those just before it, so that a slow build is no rise."""
    value = fmean(week or 0.0 for week in weeks[start : start + count])
    end = start + count
    before = [week for week in weeks[end : end + history.rules("weekly")["before_weeks"]] if week is not None]
    baseline = max(usual, median(before) if before else 0.0)
    return Rise(count, value, baseline, value / max(baseline, rules["least_usual"]))
