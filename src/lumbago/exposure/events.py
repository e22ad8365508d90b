"""What happened on one day: a run much longer than those before it, the way back from a break, a race, a strength session."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from lumbago.exposure.history import History, Run, rank, strength_by_day, weaker
from lumbago.model.activities import Change, SpikeBand, Sport
from lumbago.model.levels import Weight

_SPIKES = (SpikeBand.SMALL, SpikeBand.MODERATE, SpikeBand.LARGE)


def spikes(history: History) -> Iterator[Change]:
    """The plainest run of the window beyond a tenth more than the longest of its 30 days before, and how many there were.

    Source: frandsen-2025-single-session.
    """
    found = [
        (strength, run) for run in history.recent if _is_spike(run) and (strength := _spike_strength(history, run))
    ]
    found.sort(key=lambda each: (-rank(each[0]), -_ratio(each[1]), history.days_before(each[1].date)))
    if found:
        strength, run = found[0]
        yield history.change(
            "longest-ratio",
            run.date,
            run.exposure.distance_m,
            strength,
            baseline=run.exposure.longest_before_m,
            ratio=run.exposure.ratio,
            activities=tuple(name for _, each in found for name in each.exposure.ids),
            count=len(found),
        )


def _is_spike(run: Run) -> bool:
    return not run.exposure.early and run.exposure.band in _SPIKES


def _ratio(run: Run) -> float:
    return run.exposure.ratio or 0.0


def _spike_strength(history: History, run: Run) -> Weight | None:
    """By its band and its day; one step less where the earlier weeks often held one as large."""
    rules = history.rules("spike")
    strength = strength_by_day(history.days_before(run.date), rules["within_days"][run.exposure.band])
    as_large = sum(_is_spike(each) and _ratio(each) >= _ratio(run) for each in history.earlier)
    return weaker(strength) if history.is_usual(as_large, rules["usual_every_weeks"]) else strength


def breaks(history: History) -> Iterator[Change]:
    """The plainest break that ended in the window with a run.

    After more than 30 days off no run lies in the days before, so the run has no baseline and is never called a spike.
    """
    found = [(strength, run) for run in history.recent if _is_back(history, run) and (strength := _back(history, run))]
    found.sort(key=lambda each: (-rank(each[0]), -(each[1].exposure.days_off or 0), history.days_before(each[1].date)))
    if found:
        strength, run = found[0]
        quantity = "no-baseline" if run.exposure.band is SpikeBand.NO_BASELINE else "days-off"
        yield history.change(
            quantity, run.date, run.exposure.days_off or 0, strength, activities=run.exposure.ids, count=len(found)
        )


def _is_back(history: History, run: Run) -> bool:
    return not run.exposure.early and (run.exposure.days_off or 0) > int(history.rules("break")["days_above"])


def _back(history: History, run: Run) -> Weight | None:
    """By how near it is; each less plain: a short break, first runs within time-off, breaks that are usual."""
    rules = history.rules("break")
    strength = strength_by_day(history.days_before(run.date), rules["within_days"])
    is_short = (run.exposure.days_off or 0) < rules["long_from_days"]
    for milder in (is_short, not _went_too_far(history, run), _are_breaks_usual(history, run)):
        strength = weaker(strength) if milder else strength
    return strength


def _are_breaks_usual(history: History, run: Run) -> bool:
    rules = history.rules("break")
    long = min(run.exposure.days_off or 0, rules["long_from_days"])
    as_long = sum(_is_back(history, each) and (each.exposure.days_off or 0) >= long for each in history.earlier)
    weeks = history.weeks[history.window_weeks :]
    is_on_and_off = bool(weeks) and sum(not week for week in weeks) >= rules["usual_empty_share"] * len(weeks)
    return is_on_and_off or history.is_usual(as_long, rules["usual_every_weeks"])


def _went_too_far(history: History, run: Run) -> bool:
    """Whether a run soon after the break went beyond the share of the old longest that time-off allows."""
    days_off, old = run.exposure.days_off or 0, _old_longest_m(history, run)
    rows = history.knowledge.limits["time-off"].values["rows"]
    row = next((row for row in rows if row["up_to_days"] is None or days_off <= row["up_to_days"]), rows[-1])
    until = run.date + timedelta(days=history.knowledge.limits["time-off"].values["kept_for_days"] - 1)
    first = max(each.exposure.distance_m for each in history.runs if run.date <= each.date <= until)
    return old > 0 and first * 100 > old * row["percent"]


def _old_longest_m(history: History, run: Run) -> int:
    """The longest run of the 30 days that end with the last one before the break."""
    last = run.date - timedelta(days=(run.exposure.days_off or 0) + 1)
    first = last - timedelta(days=history.knowledge.limits["time-off"].values["window_days"])
    return max((each.exposure.distance_m for each in history.runs if first < each.date <= last), default=0)


def races(history: History) -> Iterator[Change]:
    """The newest race of the window; without one, a run that was the fastest of its length in half a year."""
    raced = [run for run in history.recent if any(part.race for part in run.parts)]
    if raced:
        yield from _raced(history, raced)
    elif history.has_contrast:
        yield from _fastest(history)


def _raced(history: History, raced: Sequence[Run]) -> Iterator[Change]:
    rules, run = history.rules("race"), max(raced, key=lambda each: (each.date, each.exposure.id))
    strength = strength_by_day(history.days_before(run.date), rules["within_days"])
    before = sum(any(part.race for part in each.parts) for each in history.earlier)
    if history.is_usual(before, rules["usual_every_weeks"]):
        strength = weaker(strength)
    if strength:
        ids = tuple(name for each in sorted(raced, key=lambda each: each is not run) for name in each.exposure.ids)
        yield history.change("race-flag", run.date, run.exposure.distance_m, strength, activities=ids, count=len(raced))


def _fastest(history: History) -> Iterator[Change]:
    within = history.rules("race")["fastest_within_days"]
    found = [run for run in history.recent if history.days_before(run.date) <= within and _is_fastest(history, run)]
    for run in found[-1:]:
        yield history.change(
            "race-flag",
            run.date,
            run.exposure.distance_m,
            Weight.WEAK,
            activities=run.exposure.ids,
            detail="fastest",
        )


def _is_fastest(history: History, run: Run) -> bool:
    """Faster by a margin than every run of like length in the half year before; treadmills measure speed too poorly."""
    rules, speed = history.rules("race"), _speed_mps(run)
    if speed is None or run.exposure.distance_m < rules["fastest_m"]:
        return False
    alike = [
        other
        for each in history.runs
        if 0 < (run.date - each.date).days <= rules["fastest_days"]
        and abs(each.exposure.distance_m / run.exposure.distance_m - 1) <= rules["fastest_alike"]
        and (other := _speed_mps(each)) is not None
    ]
    return len(alike) >= int(rules["fastest_of"]) and speed >= max(alike) * float(rules["fastest_by"])


def _speed_mps(run: Run) -> float | None:
    minutes = run.exposure.minutes
    return run.exposure.distance_m / (minutes * 60) if minutes and not run.on_treadmill else None


def strength_sessions(history: History) -> Iterator[Change]:
    """A strength session in the two days before, unless the runner lifted before most days anyway; the value in hours, by the day.

    Source: steffens-2015-triggers.
    """
    rules = history.rules("strength_session")
    reach = int(rules["within_days"])
    lifted = {
        history.days_before(a.local_date): a for a in history.others if a.sport is Sport.STRENGTH and a.local_date
    }
    near = min((day for day in lifted if day <= reach), default=None)
    if near is None or not history.has_contrast:
        return
    earlier = range(int(history.rules("window_days")), 7 * len(history.weeks))
    often = sum(any(day + before in lifted for before in range(reach + 1)) for day in earlier)
    if often <= rules["usual_share"] * len(earlier):
        days = timedelta(days=near)
        yield history.change(
            "strength-session-before",
            history.onset - days,
            days / timedelta(hours=1),
            Weight.WEAK if often else Weight.MODERATE,
            activities=(lifted[near].id,),
        )
