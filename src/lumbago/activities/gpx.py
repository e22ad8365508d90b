"""GPX: the tracks of a file as one activity, with the extensions by which watches and apps add heart rate, cadence and the like."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lumbago.activities import quick_xml, xml
from lumbago.activities.recording import Recording
from lumbago.activities.sports import sport_of
from lumbago.errors import ActivityUnreadable, NotAnActivity
from lumbago.model.activities import Source

# Local names: of GPX itself, Garmin's TrackPointExtension, Cluetrust's gpxdata, Strava's and Apple's extensions.
_NAMES = {
    "time": "time",
    "ele": "altitude",
    "speed": "speed",
    "hr": "heart_rate",
    "heartrate": "heart_rate",
    "cad": "cadence",
    "cadence": "cadence",
    "power": "power",
    "PowerInWatts": "power",
    "atemp": "temperature",
    "temp": "temperature",
}
_POINTS = xml.Wanted("trkpt", _NAMES, {"lat": "latitude", "lon": "longitude"})
# Strava wrote its own numbers for a while, and never said which; these are seen in files of known sport.
_STRAVA = {"1": "ride", "4": "hike", "9": "run", "10": "walk", "16": "swim", "17": "virtual ride"}


@dataclass(slots=True)
class _Found:
    """What a file holds. pieces: how many points came before each track and segment."""

    samples: xml.Samples = field(default_factory=lambda: xml.Samples(_POINTS))
    pieces: list[int] = field(default_factory=list)
    root: str = ""
    device: str | None = None
    name: str | None = None
    sport: str | None = None
    waypoints: bool = False
    routes: bool = False


def read(data: bytes) -> tuple[Recording, ...]:
    """All tracks of a GPX file as one Recording. Raises ActivityUnreadable, NotAnActivity."""
    found, damage = quick_xml.parse(data, _POINTS, _find)
    if not len(found.samples):
        raise _nothing(found, damage)
    columns = found.samples.columns()
    sport, ground = sport_of(_STRAVA.get(found.sport or "", found.sport or ""))
    recording = Recording(
        source=Source.GPX,
        sport=sport,
        ground=ground,
        start=xml.start(columns),
        utc_offset_s=found.samples.utc_offset_s(),
        columns=columns,
        breaks=xml.breaks(columns, found.pieces),
        name=found.name,
        device=found.device,
    )
    if damage:
        recording.warnings.append(xml.what_was_lost(damage, data, "trkpt", len(found.samples)))
    return (recording,)


def _find(events: Iterator[xml.Event]) -> _Found:
    found = _Found()
    for event, path, element in events:
        name = path[-1]
        if name == "trkpt":
            found.samples.add(element)
        elif event == "end":
            if path[-2:-1] == ["trk"]:
                _describe(found, name, xml.words(element))
        elif len(path) == 1:
            found.root, found.device = name, element.get("creator")
        elif name in ("trk", "trkseg"):
            found.pieces.append(len(found.samples))
        elif name == "wpt":
            found.waypoints = True
        elif name == "rte":
            found.routes = True
    return found


def _describe(found: _Found, name: str, words: str | None) -> None:
    """Name and sport of the first track that tells them."""
    if name == "name":
        found.name = found.name or words
    elif name == "type":
        found.sport = found.sport or words


def _nothing(found: _Found, damage: xml.Damage | None) -> ActivityUnreadable:
    if damage and found.root == "gpx":
        return ActivityUnreadable("This GPX file is damaged: no track point of it could be read. Export it again.")
    if found.routes or found.waypoints:
        what = "a planned route" if found.routes else "single places (waypoints)"
        return NotAnActivity(
            f"This GPX file holds {what}, not something that was recorded, so there is nothing in it to count."
        )
    if found.root == "gpx":
        return NotAnActivity(
            "This GPX file holds no track points, so there is nothing in it to count. Export it again."
        )
    return ActivityUnreadable("This is not a GPX file. Nothing was read from it; export it again.")
