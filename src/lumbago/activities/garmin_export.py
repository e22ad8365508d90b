"""The lists of activities in Garmin's account export: `*_summarizedActivities.json` of DI_CONNECT/DI-Connect-Fitness.

Shape, as programs that read real exports agree on it (no export itself was at hand): a list with one object, whose
`summarizedActivitiesExport` lists the activities. Distances and heights in centimetres, durations in milliseconds, times in
milliseconds since 1970 (`startTimeLocal` shifted to the runner's clock), `avgDoubleCadence` counting both feet, `avgRunCadence`
one. That `eventTypeId` is 1 for races and `workoutRpe` ten times the effort rests on one program each. Energy and speed, which come
in units of their own, are not read.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from lumbago.activities.recording import Recording
from lumbago.activities.sports import sport_of
from lumbago.activities.table import identity
from lumbago.errors import ActivityUnreadable, NotAnActivity
from lumbago.model.activities import Source, Sport

_LIST = "summarizedActivitiesExport"
_HEAVY = (
    "splits",
    "splitSummaries",
    "summarizedDiveInfo",
    "summarizedExerciseSets",
)  # dropped while reading: most of the bytes
_MOST_BYTES = 256 * 2**20
_CM_A_METRE = 100.0
_MS_A_SECOND = 1000.0
_RACE = 1
_LONGEST_TEXT = 300
_EFFORTS = range(10, 101, 10)  # CR10 times ten
_LONGEST_S = 30 * 86_400.0
_FARTHEST_M = 1_000_000.0
_HIGHEST_M = 30_000.0
_MOST_BPM = 250.0
_MOST_STEPS = 400.0
_FARTHEST_ZONE_S = 14 * 3600
_LAST_S = 2.0**33  # since 1970


def read(data: bytes) -> tuple[tuple[Recording, ...], tuple[str, ...]]:
    """(recordings, warnings) of one list of the export.

    What a record lacks, or tells in a wrong kind of value, is None; one without a time of start is left out. Of a multisport
    activity that the list gives both whole and in parts, the parts are kept. Raises NotAnActivity for other JSON,
    ActivityUnreadable for a file that is none.
    """
    records = list(_records(_parsed(data)))
    if not records:
        raise NotAnActivity("This file is no list of activities from a Garmin export. Nothing was kept.")
    wholes = {_text(record.get("parentId")) for record in records}
    kept: dict[str, Recording] = {}
    undated = 0
    for record in records:
        if _text(record.get("activityId")) in wholes - {None}:
            continue
        recording = _recording(record)
        if recording.start is None and recording.local_start is None:
            undated += 1
        elif recording.identity is not None:
            kept.setdefault(recording.identity, recording)
    if not kept:
        raise ActivityUnreadable(
            "No activity of this Garmin list tells when it began. Nothing was kept. Ask Garmin for the export again."
        )
    return tuple(kept.values()), (_undated(undated),) if undated else ()


def _undated(count: int) -> str:
    which = "1 activity of the list was" if count == 1 else f"{count} activities of the list were"
    return f"{which} left out: no time of start."


def _parsed(data: bytes) -> Any:
    if len(data) > _MOST_BYTES:
        raise ActivityUnreadable("This list of activities is larger than 256 MB. Nothing was kept.")
    try:
        return json.loads(data, object_hook=_lean)
    except (ValueError, RecursionError):
        raise ActivityUnreadable(
            "This Garmin list of activities breaks off or is damaged. Nothing was kept. Unpack the export again and try again."
        ) from None


def _lean(record: dict[str, Any]) -> dict[str, Any]:
    for name in _HEAVY:
        record.pop(name, None)
    return record


def _records(payload: Any) -> Iterator[dict[str, Any]]:
    """The activities of a list of the export, or of a plain list of them."""
    for part in payload if isinstance(payload, list) else [payload]:
        listed = part.get(_LIST, [part]) if isinstance(part, dict) else []
        for record in listed if isinstance(listed, list) else []:
            if isinstance(record, dict) and "activityId" in record:
                yield record


def _recording(record: dict[str, Any]) -> Recording:
    start, local_start, offset_s = _start(record)
    kind = record.get("activityType")
    sport, ground = sport_of(_text(kind.get("typeKey") if isinstance(kind, dict) else kind) or "")
    if sport is Sport.UNKNOWN:
        sport = sport_of(_text(record.get("sportType")) or "")[0]
    metres = _number(record, "distance", _CM_A_METRE, _FARTHEST_M) or None
    timer_s = _number(record, "duration", _MS_A_SECOND, _LONGEST_S)
    both_feet, one_foot = (_number(record, name, 1, _MOST_STEPS) for name in ("avgDoubleCadence", "avgRunCadence"))
    effort, event = _number(record, "workoutRpe", 1, _EFFORTS[-1]), _number(record, "eventTypeId", 1, math.inf)
    number = _text(record.get("activityId"))
    return Recording(
        source=Source.GARMIN,
        sport=sport,
        ground=ground,
        start=start,
        local_start=local_start,
        utc_offset_s=offset_s,
        elapsed_s=_number(record, "elapsedDuration", _MS_A_SECOND, _LONGEST_S),
        timer_s=timer_s,
        distance_m=metres,
        ascent_m=_number(record, "elevationGain", _CM_A_METRE, _HIGHEST_M),
        descent_m=_number(record, "elevationLoss", _CM_A_METRE, _HIGHEST_M),
        heart_rate_bpm=_number(record, "avgHr", 1, _MOST_BPM) or None,
        cadence=both_feet or one_foot or None,
        steps=bool(both_feet) if both_feet or one_foot else None,
        effort_cr10=effort / 10 if effort is not None and effort in _EFFORTS else None,
        name=_text(record.get("name")),
        race=None if event is None else event == _RACE,
        identity=_hash(number) if number else identity(start, local_start, sport, metres, timer_s),
    )


def _start(record: dict[str, Any]) -> tuple[datetime | None, datetime | None, int | None]:
    """(start, local start where that is all there is, offset of the runner's clock in seconds)."""
    utc_s = _number(record, "startTimeGmt", _MS_A_SECOND, _LAST_S) or _number(
        record, "beginTimestamp", _MS_A_SECOND, _LAST_S
    )
    local_s = _number(record, "startTimeLocal", _MS_A_SECOND, _LAST_S)
    if utc_s is None:
        return None, None if local_s is None else datetime.fromtimestamp(local_s, UTC).replace(tzinfo=None), None
    ahead_s = None if local_s is None else round(local_s - utc_s)
    return (
        datetime.fromtimestamp(utc_s, UTC),
        None,
        ahead_s if ahead_s is None or abs(ahead_s) <= _FARTHEST_ZONE_S else None,
    )


def _number(record: dict[str, Any], name: str, divisor: float, most: float) -> float | None:
    """A number from 0 to `most` after division; None for anything else."""
    value = record.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= most * divisor:
        return None
    return value / divisor


def _text(value: Any) -> str | None:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return str(value).strip()[:_LONGEST_TEXT] or None


def _hash(number: str) -> str:
    return hashlib.sha256(f"garmin|{number}".encode()).hexdigest()
