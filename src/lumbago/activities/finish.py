"""From what a file tells to an Activity: missing totals worked out from samples, cadence in steps, the local day."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from typing import TYPE_CHECKING

import numpy as np

from lumbago.activities.form import FASTEST_MPS, STILL_MPS, bands, drift, longest_unbroken
from lumbago.activities.recording import Recording
from lumbago.activities.signals import climb, speed, step_metres, step_seconds
from lumbago.model.activities import Activity, Sport

if TYPE_CHECKING:
    from lumbago.model.activities import Column

_CLOCKS_FROM = 2000  # no watch or phone recorded runs before; such a year is a clock that was never set
_SPORT_FROM_SAMPLES = 20
_RUN_MPS = (1.8, 5.5)  # 9:15 to 3:00 a km; slower may be a walk, faster a bicycle
_SPRINT_MPS = 8.0  # who is faster than that for a tenth of the way is not on foot
_BY_SPEED = "The file names no sport. By its speed it is a run, and it was counted as one."
_BOTH_FEET_WALKING_FROM = 80  # walking takes 90 to 130 steps a minute
_BOTH_FEET_FROM = 120  # a mean of at least so many a minute counts both feet already (readers.md, oddity 1)


def finish(recording: Recording, identity: str, part: int = 1, zone: tzinfo | None = None) -> Activity:
    """An Activity of a Recording. identity: SHA-256 of the file, unless the recording brings its own; part: its place in the file.

    zone: the runner's, used where the file does not tell an offset and has no position; UTC without one.
    """
    samples = {name: column for name, column in recording.columns.items() if not np.isnan(column).all()}
    recording = _with_sport(recording, samples)
    time = samples.get("time")
    steps = step_seconds(time, recording)
    metres = step_metres(samples, recording.breaks)
    start = _start(recording, time, zone)
    elapsed = _first_told(recording.elapsed_s, _span(time))
    cadence, factor = _cadence(recording, samples)
    pace = speed(samples, steps, metres)
    rise = climb(samples, steps)
    running = recording.sport is Sport.RUNNING
    activity = Activity(
        id=_id(recording.identity or identity, part),
        source=recording.source,
        sport=recording.sport,
        start=start,
        local_date=_local_date(recording, start, samples, zone),
        ground=recording.ground,
        elapsed_s=elapsed,
        timer_s=_first_told(recording.timer_s, None if steps is None else float(steps.sum()), elapsed),
        moving_s=_first_told(
            recording.moving_s, None if pace is None or steps is None else float(steps[pace[1:] >= STILL_MPS].sum())
        ),
        distance_m=_distance(recording, samples, metres),
        ascent_m=_first_told(recording.ascent_m, rise and rise[0]),
        descent_m=_first_told(recording.descent_m, rise and rise[1]),
        heart_rate_bpm=_first_told(recording.heart_rate_bpm, _mean(samples.get("heart_rate"), positive=True)),
        cadence_spm=cadence,
        effort_cr10=recording.effort_cr10,
        temperature_c=_first_told(recording.temperature_c, _mean(samples.get("temperature"))),
        balance_pct=_mean(samples.get("stance_balance"), positive=True),
        longest_unbroken_s=longest_unbroken(samples, steps, pace, factor) if running else None,
        drift_min=drift(samples, steps, pace, factor) if running else None,
        bands=bands(samples, steps, pace, metres, factor, recording.ground) if running else (),
        laps=recording.laps,
        records=recording.records if recording.records is not None else _length(recording),
        name=recording.name,
        gear=recording.gear,
        race=recording.race,
        manual=recording.manual,
        device=recording.device,
        samples=_frozen(samples) if samples else None,
    )
    return _checked(activity, recording)


def _with_sport(recording: Recording, samples: dict[str, Column]) -> Recording:
    """The same, called a run where the file names no sport and most of it went at the speed of one; the warning says so."""
    if recording.sport is not Sport.UNKNOWN or recording.planned:
        return recording
    steps = step_seconds(samples.get("time"), recording)
    pace = speed(samples, steps, step_metres(samples, recording.breaks))
    moving = pace[pace >= STILL_MPS] if pace is not None else np.array([])
    if len(moving) < _SPORT_FROM_SAMPLES:
        return recording
    if not _RUN_MPS[0] <= float(np.median(moving)) <= _RUN_MPS[1] or float(np.quantile(moving, 0.9)) > _SPRINT_MPS:
        return recording
    return replace(recording, sport=Sport.RUNNING, warnings=[*recording.warnings, _BY_SPEED])


def _id(identity: str, part: int) -> str:
    return identity if part == 1 else f"{identity}-{part}"


def _first_told(*values: float | None) -> float | None:
    return next((float(value) for value in values if value is not None and np.isfinite(value)), None)


def _length(recording: Recording) -> int:
    return len(next(iter(recording.columns.values()), ()))


def _frozen(samples: dict[str, Column]) -> dict[str, Column]:
    for column in samples.values():
        column.flags.writeable = False
    return samples


# Time


def _span(time: Column | None) -> float | None:
    if time is None or np.isnan(time).all():
        return None
    return float(np.nanmax(time) - np.nanmin(time))


def _start(recording: Recording, time: Column | None, zone: tzinfo | None) -> datetime | None:
    if recording.start is not None:
        return recording.start.astimezone(UTC)
    if recording.day_only:
        return None
    if recording.local_start is not None:
        offset = recording.utc_offset_s
        place = timezone(timedelta(seconds=offset)) if offset is not None else zone or UTC
        return recording.local_start.replace(tzinfo=place).astimezone(UTC)
    if time is None:
        return None
    first = float(np.nanmin(time))
    return datetime.fromtimestamp(first, UTC) if 0 < first < 2**33 else None


def _local_date(
    recording: Recording, start: datetime | None, samples: dict[str, Column], zone: tzinfo | None
) -> date | None:
    """The calendar day where the runner was: by the file's own clock, else the given zone, else the meridian, else UTC."""
    if recording.local_start is not None:
        return recording.local_start.date()
    if start is None or start.year < _CLOCKS_FROM:
        return None
    if recording.utc_offset_s is not None:
        return (start + timedelta(seconds=recording.utc_offset_s)).date()
    if zone is not None:
        return start.astimezone(zone).date()
    longitude = samples.get("longitude")
    hours = 0 if longitude is None else round(float(longitude[~np.isnan(longitude)][0]) / 15)
    return (start + timedelta(hours=hours)).date()


# Distance and speed


def _distance(recording: Recording, samples: dict[str, Column], metres: Column | None) -> float | None:
    """The file's own total; where it states none, or 0 although the samples moved, what the samples show."""
    counted = None if metres is None else float(metres.sum())
    if "distance" in samples:
        counted = float(np.nanmax(samples["distance"]))
    if recording.distance_m is None or (recording.distance_m == 0 and counted):
        return counted
    return recording.distance_m


def _cadence(recording: Recording, samples: dict[str, Column]) -> tuple[float | None, float]:
    """(mean cadence, factor from the file's unit): steps a minute on foot; standing still is left out of the mean."""
    raw = samples.get("cadence")
    moving = raw[raw > 0] if raw is not None else np.array([])
    mean = float(moving.mean()) if len(moving) else recording.cadence
    if mean is None:
        return None, 1.0
    on_foot = recording.sport in (Sport.RUNNING, Sport.WALKING)
    from_ = _BOTH_FEET_FROM if recording.sport is Sport.RUNNING else _BOTH_FEET_WALKING_FROM
    one_foot = recording.steps is False or (recording.steps is None and mean < from_)
    factor = 2.0 if on_foot and one_foot else 1.0
    return mean * factor, factor


def _mean(column: Column | None, positive: bool = False) -> float | None:
    """The mean of what was recorded. positive: zeros are a missing sensor."""
    if column is None:
        return None
    known = column[column > 0] if positive else column[np.isfinite(column)]
    return float(known.mean()) if len(known) else None


def _checked(activity: Activity, recording: Recording) -> Activity:
    """The activity with the warnings of its file, and one where a run would have been faster than anybody has run."""
    warnings = list(recording.warnings)
    seconds = activity.timer_s or activity.elapsed_s
    if activity.start is not None and activity.start.year < _CLOCKS_FROM:
        warnings.append(
            "The clock of this device was not set, so the day of this activity is not known. The rest was read."
        )
    metres = activity.distance_m
    if activity.sport is Sport.RUNNING and metres and seconds and metres / seconds > FASTEST_MPS:
        warnings.append(
            "This run is faster than anybody has run: its distance or time is wrong. It was read as it stands."
        )
    if activity.distance_m is not None and not np.isfinite(activity.distance_m):
        activity = replace(activity, distance_m=None)
    return replace(activity, warnings=tuple(dict.fromkeys(warnings)))
