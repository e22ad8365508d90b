"""How far one run may go today: a tenth beyond the longest of the days before, and less during and soon after a break."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from math import floor

from lumbago.exposure.runs import is_possible
from lumbago.model.activities import Exposures, Room, RunExposure, TimeOff
from lumbago.model.knowledge import Knowledge


def room_today(exposures: Exposures, today: date, knowledge: Knowledge) -> Room:
    """How far one run may go today: at most a tenth beyond the longest of the days before, and less after a break."""
    window = _window(knowledge)
    before = [run for run in exposures.runs if run.date < today and is_possible(run, knowledge)]
    longest = _longest([run for run in before if run.date >= today - window])
    days_off = (today - before[-1].date).days - 1 if before else None
    record_days = (today - before[0].date).days if before else 0
    time_off = _time_off(before, today, days_off, knowledge) if longest else None
    cap_m = _cap_m(longest, knowledge) if longest else None
    is_lower = time_off is not None and cap_m is not None and time_off.up_to_m < cap_m
    return Room(
        longest_m=longest.distance_m if longest else None,
        longest_on=longest.date if longest else None,
        up_to_m=time_off.up_to_m if time_off and is_lower else cap_m,
        small_from_m=_from_m("small", longest, knowledge),
        moderate_from_m=_from_m("moderate", longest, knowledge),
        large_from_m=_from_m("large", longest, knowledge),
        days_off=days_off,
        done_m=sum(run.distance_m for run in exposures.runs if run.date == today),
        record_days=record_days,
        early=record_days < window.days,
        time_off=time_off if is_lower else None,
        because=("session-caps", "time-off") if is_lower else ("session-caps",),
    )


def _time_off(before: list[RunExposure], today: date, days_off: int | None, knowledge: Knowledge) -> TimeOff | None:
    """The least that a break allows: one that lasts until today, or one that a run ended a few days ago. None without such a break.

    Source: evidence/settled.md 9; how long a break counts after the first run back is our own.
    """
    kept = timedelta(days=knowledge.limits["time-off"].values["kept_for_days"])
    breaks = [(today, days_off), *((run.date, run.days_off) for run in before if today - run.date < kept)]
    found = (_allowed(before, until, today, days or 0, knowledge) for until, days in breaks)
    return min((each for each in found if each), key=lambda each: each.up_to_m, default=None)


def _allowed(
    before: list[RunExposure], until: date, today: date, days_off: int, knowledge: Knowledge
) -> TimeOff | None:
    """What a break that ended on a day allows today; None when it was none to speak of, or no run before it is on record."""
    rows = knowledge.limits["time-off"].values["rows"]
    row = next((row for row in rows if row["up_to_days"] is None or days_off <= row["up_to_days"]), rows[-1])
    old = [run for run in before if run.date < until]
    longest = _longest([run for run in old if run.date > old[-1].date - _window(knowledge)])
    if row["percent"] >= 100 or longest is None:
        return None
    share_m = longest.distance_m * row["percent"] // 100
    since = _longest([run for run in before if run.date >= until])
    beyond_m = _cap_m(since, knowledge) if since else 0
    return TimeOff(
        days_off=days_off,
        back_on=until if until < today else None,
        percent=row["percent"],
        run_walk=row["run_walk"],
        longest=longest,
        since=since if beyond_m > share_m else None,
        up_to_m=max(share_m, beyond_m),
    )


def _longest(runs: list[RunExposure]) -> RunExposure | None:
    """The longest; of two as long the later one."""
    return max(runs, key=lambda run: (run.distance_m, run.date), default=None)


def _window(knowledge: Knowledge) -> timedelta:
    return timedelta(days=knowledge.limits["session-caps"].values["window_days"])


def _cap_m(longest: RunExposure, knowledge: Knowledge) -> int:
    ratio = knowledge.limits["session-caps"].values["longest_ratio"]
    return floor(Fraction(str(ratio)) * longest.distance_m)


def _from_m(band: str, longest: RunExposure | None, knowledge: Knowledge) -> int | None:
    """The first whole metre of a band; a tie belongs to the band below."""
    ratio = knowledge.limits["session-caps"].values["bands"][band]
    return None if longest is None else floor(Fraction(str(ratio)) * longest.distance_m) + 1
