"""Made-up training before a day on which pain began, for the tests of what changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from decided import knowledge
from lumbago.exposure.changes import what_changed
from lumbago.exposure.history import History, gather
from lumbago.exposure.runs import expose
from lumbago.model.activities import Activity, Change, Source, SpeedBand, Sport

ONSET = date(2026, 11, 22)
WEEKS = 34  # six of the window, twenty-six of the contrast, and the first month, which is no evidence
S_PER_KM = 360


def activity(days_before: int, sport: Sport = Sport.RUNNING, *, hour: int = 7, **fields: Any) -> Activity:
    """Something done so many days before the onset."""
    day = ONSET - timedelta(days=days_before)
    start = datetime.combine(day, time(hour), UTC)
    name = f"{sport}-{days_before}-{hour}"
    return Activity(**{"id": name, "source": Source.FIT, "sport": sport, "start": start, "local_date": day, **fields})


def run(days_before: int, km: float = 8.0, *, s_per_km: float = S_PER_KM, **fields: Any) -> Activity:
    """A run so many days before the onset; level unless told otherwise."""
    seconds = km * s_per_km
    told = {"distance_m": km * 1000, "elapsed_s": seconds, "timer_s": seconds, "moving_s": seconds}
    return activity(days_before, **{**told, "ascent_m": 40.0, "descent_m": 40.0, **fields})


def steady(weeks: int = WEEKS, *, since: int = 0, **fields: Any) -> list[Activity]:
    """Three runs a week, 8, 8 and 12 km, the last weeks of them left out when `since` says so many."""
    days = (7 * week + day for week in range(since, weeks) for day in (1, 3, 6))
    return [run(day, 12.0 if day % 7 == 6 else 8.0, **fields) for day in days]


def history(activities: Sequence[Activity], onset: date = ONSET) -> History:
    """The record as it stood on a day."""
    return gather(activities, expose(activities, knowledge()), onset, knowledge())


def changes(activities: Iterable[Activity], onset: date = ONSET) -> tuple[Change, ...]:
    """What changed before a day."""
    told = tuple(activities)
    return what_changed(told, expose(told, knowledge()), onset, knowledge())


def named(activities: Iterable[Activity], quantity: str, onset: date = ONSET) -> Change | None:
    """The change of this quantity, if it is named."""
    return next((change for change in changes(activities, onset) if change.quantity == quantity), None)


def band(speed_mps: float, minutes: float, cadence_spm: float | None = None) -> SpeedBand:
    """So many minutes at one speed."""
    return SpeedBand(speed_mps, minutes * 60, cadence_spm)
