"""TCX: the activities of a file, each with its laps and tracks joined. Points without a position, as on a treadmill, are kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

import numpy as np

from lumbago.activities import quick_xml, xml
from lumbago.activities.recording import Recording
from lumbago.activities.sports import sport_of
from lumbago.errors import ActivityUnreadable, NotAnActivity
from lumbago.model.activities import Lap, Source

if TYPE_CHECKING:
    from lumbago.model.activities import Column

_NAMES = {
    "Time": "time",
    "LatitudeDegrees": "latitude",
    "LongitudeDegrees": "longitude",
    "AltitudeMeters": "altitude",
    "DistanceMeters": "distance",
    "Value": "heart_rate",  # of HeartRateBpm, the only one that a Trackpoint holds
    "Cadence": "cadence",
    "RunCadence": "cadence",
    "Speed": "speed",
    "Watts": "power",
    "Temperature": "temperature",
}
_POINTS = xml.Wanted("Trackpoint", _NAMES)
_GAP_S = 10.0  # a track that begins later than this after the point before was begun anew


@dataclass(slots=True)
class _Lap:
    """Totals as the file states them. start: as written."""

    start: str | None
    timer_s: float | None = None
    distance_m: float | None = None
    heart_rate_bpm: float | None = None
    cadence: float | None = None


@dataclass(slots=True)
class _Session:
    """One Activity element. pieces: how many points came before each of its tracks."""

    sport: str
    samples: xml.Samples = field(default_factory=lambda: xml.Samples(_POINTS))
    laps: list[_Lap] = field(default_factory=list)
    pieces: list[int] = field(default_factory=list)
    id: str | None = None
    device: str | None = None

    def is_empty(self) -> bool:
        return not len(self.samples) and not any(lap.timer_s or lap.distance_m for lap in self.laps)


@dataclass(slots=True)
class _Found:
    sessions: list[_Session] = field(default_factory=list)
    names: set[str] = field(default_factory=set)  # of the elements on the way


def read(data: bytes) -> tuple[Recording, ...]:
    """Every activity of a TCX file, in its order. Raises ActivityUnreadable, NotAnActivity."""
    found, damage = quick_xml.parse(data, _POINTS, _find)
    sessions = [session for session in found.sessions if not session.is_empty()]
    if not sessions:
        raise _nothing(found.names, damage)
    recordings = tuple(_recording(session) for session in sessions)
    if damage:
        kept = sum(len(session.samples) for session in sessions)
        recordings[-1].warnings.append(xml.what_was_lost(damage, data, "Trackpoint", kept))
    return recordings


def _find(events: Iterator[xml.Event]) -> _Found:
    found = _Found()
    session: _Session | None = None
    for event, path, element in events:
        name = path[-1]
        if name == "Trackpoint":
            if session:
                session.samples.add(element)
        elif event == "start":
            found.names.add(name)
            if name == "Activity":
                session = _Session(element.get("Sport", ""))
                found.sessions.append(session)
            elif session and name == "Lap":
                session.laps.append(_Lap(element.get("StartTime")))
            elif session and name == "Track":
                session.pieces.append(len(session.samples))
        elif name == "Activity":
            session = None
        elif session and (describe := _DETAILS.get((path[-2], name))):
            describe(session, element)
    return found


def _of_lap(name: str) -> Callable[[_Session, Element], None]:
    def describe(session: _Session, element: Element) -> None:
        if session.laps:
            setattr(session.laps[-1], name, xml.number(element.text))

    return describe


def _of_session(name: str) -> Callable[[_Session, Element], None]:
    return lambda session, element: setattr(session, name, xml.words(element))


_DETAILS = {  # by parent and name
    ("Activity", "Id"): _of_session("id"),
    ("Creator", "Name"): _of_session("device"),
    ("Lap", "TotalTimeSeconds"): _of_lap("timer_s"),
    ("Lap", "DistanceMeters"): _of_lap("distance_m"),
    ("AverageHeartRateBpm", "Value"): _of_lap("heart_rate_bpm"),
    ("Lap", "Cadence"): _of_lap("cadence"),
    ("LX", "AvgRunCadence"): _of_lap("cadence"),
}


def _recording(session: _Session) -> Recording:
    columns = session.samples.columns()
    sport, ground = sport_of(session.sport)
    began = xml.start(columns) or _first_instant([session.id, *(lap.start for lap in session.laps)])
    return Recording(
        source=Source.TCX,
        sport=sport,
        ground=ground,
        start=began,
        utc_offset_s=session.samples.utc_offset_s(),
        timer_s=_sum([lap.timer_s for lap in session.laps]),
        distance_m=_sum([lap.distance_m for lap in session.laps]),
        heart_rate_bpm=_mean(session.laps, [lap.heart_rate_bpm for lap in session.laps]),
        cadence=_mean(session.laps, [lap.cadence for lap in session.laps]),
        columns=columns,
        breaks=xml.breaks(columns, _begun_anew(columns, session.pieces)),
        laps=tuple(Lap(_since(began, lap.start), lap.timer_s, lap.distance_m) for lap in session.laps),
        device=session.device,
    )


def _begun_anew(columns: dict[str, Column], pieces: list[int]) -> list[int]:
    """The tracks that begin after a gap; those of the next lap go on where the last one ended."""
    time = columns.get("time", np.array([]))
    inner = [piece for piece in pieces if 0 < piece < len(time)]
    return [piece for piece in inner if time[piece] - time[piece - 1] > _GAP_S]


def _first_instant(texts: list[str | None]) -> datetime | None:
    return next((found for text in texts if (found := xml.instant(text))), None)


def _since(began: datetime | None, start: str | None) -> float:
    """Seconds from the start of the activity; watches open the first lap a little before its first point."""
    found = xml.instant(start)
    return max((found - began).total_seconds(), 0.0) if found and began else 0.0


def _sum(values: list[float | None]) -> float | None:
    told = [value for value in values if value is not None]
    return sum(told) if told else None


def _mean(laps: list[_Lap], values: list[float | None]) -> float | None:
    """The mean of the laps that tell a value, by their time."""
    told = [(value, lap.timer_s or 0.0) for lap, value in zip(laps, values, strict=True) if value]
    seconds = sum(weight for _, weight in told)
    return sum(value * weight for value, weight in told) / seconds if seconds > 0 else None


def _nothing(names: set[str], damage: xml.Damage | None) -> ActivityUnreadable:
    if damage and "Activity" in names:
        return ActivityUnreadable("This TCX file is damaged: no point and no lap of it could be read. Export it again.")
    if names & {"Courses", "Course"}:
        return NotAnActivity(
            "This TCX file holds a course to follow, not something that was recorded, so there is nothing to count."
        )
    if names & {"Workouts", "Workout"}:
        return NotAnActivity(
            "This TCX file holds a planned workout, not something that was recorded, so there is nothing to count."
        )
    if names & {"TrainingCenterDatabase", "Activities", "Activity"}:
        return NotAnActivity(
            "This TCX file holds no points and no laps, so there is nothing in it to count. Export it again."
        )
    return ActivityUnreadable("This is not a TCX file. Nothing was read from it; export it again.")
