"""Activities as plain data: one row a file for `lumbago read`, one an activity for what is kept; names fixed by the contract."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC
from typing import Any

from lumbago.model.activities import Activity, Source, Sport

_BOTH_FEET_FROM = 120  # as activities/finish.py


def file_row(file: str, activities: Sequence[Activity], sha256: str, warnings: Iterable[str] = ()) -> dict[str, Any]:
    """One file that was read. What several activities of it share is summed, and each stands in `parts` besides.

    warnings: all of them, those of the activities too.
    """
    own = tuple(dict.fromkeys((*warnings, *(warning for activity in activities for warning in activity.warnings))))
    row: dict[str, Any] = {
        "file": file,
        "ok": True,
        **_whole(activities),
        "sha256": sha256,
        "warnings": list(own),
        "error": None,
    }
    if len(activities) > 1:
        row["parts"] = [activity_row(activity) for activity in activities]
    return row


def refused_row(file: str, sha256: str | None, error: str) -> dict[str, Any]:
    """One file that could not be read, with the reason in words."""
    empty: dict[str, Any] = dict.fromkeys(activity_row(Activity("", Source.CSV, Sport.UNKNOWN)))
    row: dict[str, Any] = {
        "file": file,
        "ok": False,
        **empty,
        "records": 0,
        "sha256": sha256,
        "warnings": [],
        "error": error,
    }
    del row["id"], row["source"]
    return row


def activity_row(activity: Activity) -> dict[str, Any]:
    """One activity. start: UTC, ISO 8601; distances in m, times in s; None: not told and not to be worked out."""
    return {
        "id": activity.id,
        "source": str(activity.source),
        "sport": str(activity.sport),
        "ground": str(activity.ground) if activity.ground else None,
        "start": _instant(activity),
        "local_date": activity.local_date.isoformat() if activity.local_date else None,
        "elapsed_s": _rounded(activity.elapsed_s, 3),
        "timer_s": _rounded(activity.timer_s, 3),
        "moving_s": _rounded(activity.moving_s, 3),
        "distance_m": _rounded(activity.distance_m, 2),
        "records": activity.records,
        "cadence_spm": _rounded(activity.cadence_spm, 2),
        "heart_rate_bpm": _rounded(activity.heart_rate_bpm, 1),
        "ascent_m": _rounded(activity.ascent_m, 1),
        "descent_m": _rounded(activity.descent_m, 1),
        "warnings": list(activity.warnings),
    }


def _whole(activities: Sequence[Activity]) -> dict[str, Any]:
    """All activities of a file as one; a file of one activity is that one."""
    rows = [activity_row(activity) for activity in activities]
    for row in rows:
        for name in ("id", "source", "warnings"):
            del row[name]
    if len(rows) == 1:
        return rows[0]
    whole: dict[str, Any] = {name: _shared([row[name] for row in rows]) for name in ("sport", "ground")}
    whole["start"] = min((row["start"] for row in rows if row["start"]), default=None)
    whole["local_date"] = min((row["local_date"] for row in rows if row["local_date"]), default=None)
    for name in ("elapsed_s", "timer_s", "moving_s", "distance_m", "records"):
        whole[name] = _sum(row[name] for row in rows)
    whole["cadence_spm"] = _cadence(activities)
    whole["heart_rate_bpm"] = None
    for name in ("ascent_m", "descent_m"):
        whole[name] = _sum(row[name] for row in rows)
    return whole


def _shared(values: Sequence[Any]) -> Any:
    """What all of them say; "multi-sport" where they differ."""
    distinct = list(dict.fromkeys(values))
    return distinct[0] if len(distinct) == 1 else ("multi-sport" if None not in distinct else None)


def _cadence(activities: Sequence[Activity]) -> float | None:
    """Of all samples that counted something, doubled when a run is among them: steps and turns of a crank together, so read `parts`
    for what was run."""
    counts = [a.samples["cadence"] for a in activities if a.samples is not None and "cadence" in a.samples]
    told = [float(count) for column in counts for count in column if count > 0]
    if not told:
        return None
    mean = sum(told) / len(told)
    return round(mean * (2 if mean < _BOTH_FEET_FROM and any(a.sport is Sport.RUNNING for a in activities) else 1), 2)


def _sum(values: Iterable[float | None]) -> float | None:
    told = [value for value in values if value is not None]
    return round(sum(told), 3) if told else None


def _instant(activity: Activity) -> str | None:
    return activity.start.astimezone(UTC).isoformat().replace("+00:00", "Z") if activity.start else None


def _rounded(value: float | None, places: int) -> float | None:
    return None if value is None else round(float(value), places)
