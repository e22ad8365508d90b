"""Apple Health: the workouts of an export.xml, however large, each joined with the route files that it names."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO
from zoneinfo import ZoneInfo

import numpy as np

from lumbago.activities import gpx, xml
from lumbago.activities.geo import haversine_m
from lumbago.activities.recording import Recording
from lumbago.activities.sports import sport_of
from lumbago.errors import ActivityUnreadable, NotAnActivity
from lumbago.model.activities import Ground, Source, Sport

if TYPE_CHECKING:
    from lumbago.model.activities import Column

_CHUNK = 1 << 20
_LARGEST_WORKOUT = 16 << 20  # bytes; an ultramarathon with its segments takes 100,000
_LARGEST_TAG = 1 << 16
_TAG = b"<Workout"  # also begins WorkoutEvent and the like, hence the patterns below
_MARK = re.compile(rb"""<Workout\s(?:[^<>"']++|"[^<"]*+"|'[^<']*+')*+>|</Workout>""")
_ROUTE = re.compile(rb"""<FileReference\s[^>]*?path=["']([^"']*)["']""")
_GAP_S = 60.0  # a route that goes on later than this after the one before was begun anew
_METRES = {"m": 1.0, "cm": 0.01, "km": 1000.0, "mi": 1609.344, "yd": 0.9144, "ft": 0.3048}
_SECONDS = {"s": 1.0, "sec": 1.0, "min": 60.0, "hr": 3600.0, "h": 3600.0}
_QUANTITY = "HKQuantityTypeIdentifier"
_DEVICE = re.compile(r"\bname:([^,>]{1,100})")
# Nobody has run so far so fast: metres and m/s. The world records (9.58 s, 2:11.96, 26:11.00, 2:00:35) with a little room.
_FASTEST_MPS = ((100.0, 10.6), (1_000.0, 7.8), (10_000.0, 6.6), (42_195.0, 6.1))

Attributes = dict[str, str]
Routes = Callable[[str], bytes | None]


def read(data: bytes) -> tuple[Recording, ...]:
    """The workouts of a small export.xml or of a lone Workout, without routes. Raises ActivityUnreadable, NotAnActivity."""
    return tuple(read_export(BytesIO(xml.as_utf8(data)), lambda _: None))


def read_export(
    workouts: BinaryIO, routes: Routes, keep_sports: Collection[Sport] | None = None
) -> Iterator[Recording]:
    """The workouts of an export.xml, one by one, in its order; memory does not grow with its size.

    routes: the bytes of a route file by the path that the export names, None when there is no such file. keep_sports: only these;
    None for all. Raises ActivityUnreadable, and NotAnActivity for an export without workouts.
    """
    for text in elements(workouts):
        recording = _recording(text, routes, keep_sports)
        if recording is not None:
            yield recording


def elements(source: BinaryIO) -> Iterator[bytes]:
    """Each workout of an export.xml as XML of its own, which `read_export` reads; errors as there."""
    head = source.read(_CHUNK)
    if b"<!ENTITY" in head:
        xml.as_utf8(head)  # says why it is refused
    count = 0
    for text in _workouts(head, source):
        count += 1
        yield text
    if not count:
        raise _nothing(head)


def routes_of(workout: bytes) -> tuple[str, ...]:
    """The route files that a workout names, as paths within the export."""
    return tuple(dict.fromkeys(found[1].decode("utf-8", "replace") for found in _ROUTE.finditer(workout)))


def _nothing(head: bytes) -> ActivityUnreadable:
    if b"<HealthData" in head:
        return NotAnActivity("This Apple Health export holds no workouts, so there is nothing in it to count.")
    return ActivityUnreadable(
        "This is not an Apple Health export. Nothing was read from it; export it again from the Health app."
    )


def _workouts(held: bytes, source: BinaryIO) -> Iterator[bytes]:
    """Each Workout element as it stands. Whatever lies between them, nearly all of an export, is passed over unparsed.

    An element that is never closed ends where the next one begins, at the end of the file, or when it grows beyond all reason.
    """
    begin: int | None = None  # of the open Workout, in `held`
    while held:
        searched = 0 if begin is None else begin + len(_TAG)
        for mark in _MARK.finditer(held, searched) if begin is not None or _TAG in held else ():
            searched = mark.end()
            if mark[0] == b"</Workout>":
                if begin is not None:
                    yield held[begin : mark.end()]
                begin = None
                continue
            if begin is not None:
                yield held[begin : mark.start()]
            begin = mark.start()
            if mark[0].endswith(b"/>"):
                yield mark[0]
                begin = None
        if begin is not None and len(held) - begin > _LARGEST_WORKOUT:
            yield held[begin:]
            begin, searched = None, len(held)
        chunk = source.read(_CHUNK)
        if not chunk and begin is not None:
            yield held[begin:]
        keep = begin if begin is not None else _unfinished(held, searched)
        begin = None if begin is None else 0
        held = held[keep:] + chunk if chunk else b""


def _unfinished(held: bytes, searched: int) -> int:
    """Where a tag may begin that the next chunk ends."""
    begin = held.rfind(_TAG, max(searched, len(held) - _LARGEST_TAG))
    return begin if begin >= 0 else max(searched, len(held) - len(_TAG))


@dataclass(slots=True)
class _Workout:
    """The attributes of a Workout and of what stands directly in it, not in its intervals; metadata by their keys."""

    told: Attributes = field(default_factory=dict)
    metadata: dict[str, str] = field(default_factory=dict)
    statistics: list[Attributes] = field(default_factory=list)
    events: list[Attributes] = field(default_factory=list)
    routes: list[str] = field(default_factory=list)


def _find(events: Iterator[xml.Event]) -> _Workout:
    workout = _Workout()
    for event, path, element in events:
        if event == "end":
            continue
        told = {str(name): str(value) for name, value in element.items()}
        match path:
            case ["Workout"]:
                workout.told = told
            case ["Workout", "MetadataEntry"]:
                workout.metadata[told.get("key", "")] = told.get("value", "")
            case ["Workout", "WorkoutStatistics"]:
                workout.statistics.append(told)
            case ["Workout", "WorkoutEvent"]:
                workout.events.append(told)
            case ["Workout", "WorkoutRoute", "FileReference"] if "path" in told:
                workout.routes.append(told["path"])
    return workout


def _recording(text: bytes, routes: Routes, keep_sports: Collection[Sport] | None) -> Recording | None:
    """One workout; None when its sport is not wanted."""
    workout, damage = xml.parse(text, None, _find)
    told, metadata = workout.told, workout.metadata
    sport, ground = sport_of(told.get("workoutActivityType", ""))
    if keep_sports is not None and sport not in keep_sports:
        return None
    if sport is Sport.RUNNING and metadata.get("HKIndoorWorkout") == "1":
        ground = Ground.TREADMILL
    start, end = _moment(told.get("startDate")), _moment(told.get("endDate"))
    device = _DEVICE.search(told.get("device", ""))
    recording = Recording(
        source=Source.APPLE,
        sport=sport,
        ground=ground,
        start=start.astimezone(UTC) if start else None,
        utc_offset_s=_offset_s(start, metadata.get("HKTimeZone")),
        elapsed_s=max((end - start).total_seconds(), 0.0) if start and end else None,
        timer_s=_converted(told.get("duration"), told.get("durationUnit", "min"), _SECONDS),
        distance_m=_distance_m(workout),
        ascent_m=_measured(metadata.get("HKElevationAscended"), _METRES),
        descent_m=_measured(metadata.get("HKElevationDescended"), _METRES),
        heart_rate_bpm=_statistic(workout, "HeartRate", "average"),
        temperature_c=_temperature_c(metadata.get("HKWeatherTemperature")),
        pauses=_pauses(workout.events, end),
        manual=metadata.get("HKWasUserEntered") == "1",
        device=device[1].strip() if device else None,
        identity=_identity(told.get("workoutActivityType", ""), start, end),
    )
    if damage:
        recording.warnings.append("This workout is damaged in the export; what could be read of it was kept.")
    _count_steps(recording, workout)
    _join_routes(recording, workout.routes, routes)
    _doubt(recording)
    return recording


# Totals


def _statistic(workout: _Workout, kind: str, which: str) -> float | None:
    """A number of the whole workout, not of its intervals, in the unit of the export."""
    for statistic in workout.statistics:
        if statistic.get("type") == _QUANTITY + kind:
            return xml.number(statistic.get(which))
    return None


def _distance_m(workout: _Workout) -> float | None:
    """The distance among the statistics, the longest of several; else the attribute by which older exports told it."""
    told = [
        _converted(statistic.get("sum"), statistic.get("unit"), _METRES)
        for statistic in workout.statistics
        if statistic.get("type", "").startswith(f"{_QUANTITY}Distance")
    ]
    known = [metres for metres in told if metres is not None]
    if known:
        return max(known)
    return _converted(workout.told.get("totalDistance"), workout.told.get("totalDistanceUnit"), _METRES)


def _count_steps(recording: Recording, workout: _Workout) -> None:
    """Cadence from all steps of a workout, which count both feet."""
    steps = _statistic(workout, "StepCount", "sum")
    if steps and recording.timer_s and recording.sport in (Sport.RUNNING, Sport.WALKING):
        recording.cadence, recording.steps = steps / recording.timer_s * 60, True


def _converted(text: str | None, unit: str | None, factors: dict[str, float]) -> float | None:
    """A quantity in SI; None without a number or in a unit not known."""
    value, factor = xml.number(text), factors.get(unit or "")
    return None if value is None or factor is None or value < 0 else value * factor


def _measured(text: str | None, factors: dict[str, float]) -> float | None:
    """A quantity written with its unit, such as "6575 cm"."""
    value, _, unit = (text or "").partition(" ")
    return _converted(value, unit, factors)


def _temperature_c(text: str | None) -> float | None:
    written, _, unit = (text or "").partition(" ")
    value = xml.number(written)
    if value is None or unit not in ("degC", "degF"):
        return None
    return value if unit == "degC" else (value - 32) / 1.8


# Time


def _moment(text: str | None) -> datetime | None:
    """A date as Apple writes it, 2025-09-16 16:14:50 +0100."""
    try:
        found = datetime.strptime(text or "", "%Y-%m-%d %H:%M:%S %z")
        return found if 0 < found.timestamp() < 2**33 else None
    except (ValueError, OverflowError):
        return None


def _offset_s(start: datetime | None, zone: str | None) -> int | None:
    """Of the runner's clock: of the zone that the workout names, else as the date is written.

    Exports write all dates by the phone's clock on the day of the export, so that the second can be an hour out.
    """
    if start is None:
        return None
    offset: timedelta | None = None
    if zone:
        try:
            offset = start.astimezone(ZoneInfo(zone)).utcoffset()
        except (KeyError, ValueError, OSError):
            offset = None
    offset = offset if offset is not None else start.utcoffset()
    return None if offset is None else int(offset.total_seconds())


def _pauses(events: list[Attributes], end: datetime | None) -> tuple[tuple[float, float], ...]:
    """Stopped timers. `MotionPaused` stops none: the watch saw no movement and counted on."""
    pauses: list[tuple[float, float]] = []
    stopped: float | None = None
    for event in events:
        kind, when = event.get("type"), _moment(event.get("date"))
        if when is None:
            continue
        if kind == "HKWorkoutEventTypePause" and stopped is None:
            stopped = when.timestamp()
        elif kind == "HKWorkoutEventTypeResume" and stopped is not None:
            pauses.append((stopped, when.timestamp()))
            stopped = None
    if stopped is not None and end is not None and end.timestamp() > stopped:
        pauses.append((stopped, end.timestamp()))
    return tuple(pauses)


def _identity(kind: str, start: datetime | None, end: datetime | None) -> str | None:
    """The same in every export that holds this workout, while the rest of the file changes from export to export."""
    if start is None:
        return None
    times = [when.astimezone(UTC).isoformat() if when else "" for when in (start, end)]
    return hashlib.sha256("|".join((Source.APPLE, kind, *times)).encode()).hexdigest()


# Routes


def _join_routes(recording: Recording, named: list[str], routes: Routes) -> None:
    """The samples of all route files of a workout, in order of time, as one track."""
    paths = tuple(dict.fromkeys(named))
    tracks = [track for path in paths if (track := _route(path, routes)) is not None]
    if len(tracks) < len(paths):
        recording.warnings.append(
            f"Route files of this workout that could not be read: {len(paths) - len(tracks):,} of {len(paths):,}. "
            "Its totals were kept."
        )
    tracks.sort(key=lambda track: track.start.timestamp() if track.start else 0.0)
    length, last = 0, np.nan
    breaks: list[int] = []
    for track in tracks:
        time = track.columns["time"]
        if time[0] - last > _GAP_S:
            breaks.append(length)
        breaks += [length + place for place in track.breaks]
        length, last = length + len(time), time[-1]
        recording.warnings += track.warnings
    names = dict.fromkeys(name for track in tracks for name in track.columns)
    recording.columns = {name: np.concatenate([_column(track, name) for track in tracks]) for name in names}
    recording.breaks = tuple(breaks)


def _route(path: str, routes: Routes) -> Recording | None:
    data = routes(path)
    if data is None:
        return None
    try:
        return gpx.read(data)[0]
    except ActivityUnreadable:
        return None


def _column(track: Recording, name: str) -> Column:
    return track.columns.get(name, np.full(len(track.columns["time"]), np.nan))


def _doubt(recording: Recording) -> None:
    """Says so where a run was faster than anybody has run: by its totals, or by its track. Nothing is changed."""
    if recording.sport is not Sport.RUNNING:
        return
    if _is_impossible(recording.distance_m or 0.0, recording.timer_s or 0.0):
        recording.warnings.append(
            "This run is faster than anybody has run, so its distance or time is wrong. It was read as it stands."
        )
    if {"latitude", "longitude"} <= set(recording.columns):
        columns = recording.columns
        metres = np.nan_to_num(haversine_m(columns["latitude"], columns["longitude"]))
        if _is_impossible(float(metres.sum()), float(np.nanmax(columns["time"]) - np.nanmin(columns["time"]))):
            recording.warnings.append(
                "The positions of this run jump about faster than anybody has run, so its track is wrong. "
                "It was kept as it stands; the totals of the workout do not depend on it."
            )


def _is_impossible(distance_m: float, seconds: float) -> bool:
    limit = next((speed for reach, speed in reversed(_FASTEST_MPS) if distance_m >= reach), None)
    return limit is not None and seconds > 0 and distance_m / seconds > limit
