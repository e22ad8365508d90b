"""Activities and training files made up for the tests of what is kept."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from lumbago.model.activities import Activity, Source, Sport

MONDAY = datetime(2026, 3, 2, 6, 30, tzinfo=UTC)


def activity(id_: str = "a", start: datetime | None = MONDAY, **told: Any) -> Activity:
    """A run of 10 km in an hour, told by a FIT file with a record a second, unless told otherwise."""
    plain: dict[str, Any] = {"source": Source.FIT, "sport": Sport.RUNNING, "elapsed_s": 3600.0, "distance_m": 10_000.0}
    day = {"local_date": start.date()} if start else {}
    return Activity(id_, start=start, **(plain | {"records": 3600} | day | told))


def samples(n: int = 50) -> dict[str, Any]:
    """What a watch records in n seconds of even running."""
    time = MONDAY.timestamp() + np.arange(n)
    return {"time": time, "distance": np.arange(n) * 2.8, "heart_rate": np.full(n, 150.0)}


def tcx(start: datetime = MONDAY, metres: float = 5000.0, seconds: int = 1500, points: int = 6) -> bytes:
    """A run with a heart rate, evenly paced, northwards over the sea far from anybody."""
    rows = "".join(
        f"<Trackpoint><Time>{_zulu(start + timedelta(seconds=seconds * k / (points - 1)))}</Time>"
        f"<Position><LatitudeDegrees>{_degrees(metres * k / (points - 1))}</LatitudeDegrees>"
        "<LongitudeDegrees>-30</LongitudeDegrees></Position><AltitudeMeters>0</AltitudeMeters>"
        f"<DistanceMeters>{metres * k / (points - 1)}</DistanceMeters>"
        "<HeartRateBpm><Value>150</Value></HeartRateBpm></Trackpoint>"
        for k in range(points)
    )
    return (
        '<?xml version="1.0"?><TrainingCenterDatabase xmlns="http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2">'
        f'<Activities><Activity Sport="Running"><Id>{_zulu(start)}</Id><Lap StartTime="{_zulu(start)}">'
        f"<TotalTimeSeconds>{seconds}</TotalTimeSeconds><DistanceMeters>{metres}</DistanceMeters>"
        f"<Track>{rows}</Track></Lap></Activity></Activities></TrainingCenterDatabase>"
    ).encode()


def gpx(
    start: datetime = MONDAY, metres: float = 5000.0, seconds: int = 1500, points: int = 6, name: str = ""
) -> bytes:
    """The same as a bare track."""
    rows = "".join(
        f'<trkpt lat="{_degrees(metres * k / (points - 1))}" lon="-30"><ele>0</ele>'
        f"<time>{_zulu(start + timedelta(seconds=seconds * k / (points - 1)))}</time></trkpt>"
        for k in range(points)
    )
    title = f"<name>{name}</name>" if name else ""
    return (
        '<?xml version="1.0"?><gpx version="1.1" creator="made up" xmlns="http://www.topografix.com/GPX/1/1">'
        f"<trk>{title}<type>running</type><trkseg>{rows}</trkseg></trk></gpx>"
    ).encode()


def _degrees(metres: float) -> str:
    return f"{np.degrees(metres / 6_371_000):.9f}"


def _zulu(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def export(folder: Path, runs: int) -> Path:
    """So many runs on as many days as TCX, every third as GPX too, and one file that is none."""
    folder.mkdir(parents=True, exist_ok=True)
    for day in range(runs):
        start = MONDAY + timedelta(days=day)
        (folder / f"{day}.tcx").write_bytes(tcx(start, metres=5000 + day))
        if day % 3 == 0:
            (folder / f"{day}.gpx").write_bytes(gpx(start, metres=5000 + day))
    (folder / "notes.gpx").write_bytes(b"no track at all")
    return folder


def zipped(path: Path, files: Mapping[str, bytes]) -> Path:
    """A zip of these files."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path
