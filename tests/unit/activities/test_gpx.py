"""GPX: every real file as several readers agree on it, and the oddities of watches and apps, made up."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pytest
import yaml

from decided import SHARED
from lumbago.activities.geo import haversine_m
from lumbago.activities.gpx import read
from lumbago.activities.recording import Recording
from lumbago.errors import ActivityUnreadable, NotAnActivity
from lumbago.model.activities import Ground, Sport

ACTIVITIES = SHARED / "activities"
needs_files = pytest.mark.skipif(
    not ACTIVITIES.exists(), reason="the shared activity files are not beside this checkout"
)
START = datetime(2024, 3, 1, 6, 30, tzinfo=UTC).timestamp()


def entries() -> list[dict[str, Any]]:
    """What the manifest says of each GPX file; none where the folder is absent."""
    if not ACTIVITIES.exists():
        return []
    manifest = yaml.load((ACTIVITIES / "MANIFEST.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader)
    return [entry for entry in manifest["entries"] if entry["format"] == "gpx"]


def bytes_of(entry: dict[str, Any]) -> bytes:
    data = (ACTIVITIES / entry["file"]).read_bytes()
    return gzip.decompress(data) if "stored" in entry else data


def track_m(found: Recording) -> float:
    """Length of a track, its breaks left out."""
    steps = np.nan_to_num(haversine_m(found.columns["latitude"], found.columns["longitude"]))
    steps[[place - 1 for place in found.breaks]] = 0
    return float(steps.sum())


@needs_files
@pytest.mark.parametrize("entry", [pytest.param(entry, id=entry["file"].rpartition("/")[2]) for entry in entries()])
def test_a_real_file_is_read_as_others_read_it(entry: dict[str, Any]) -> None:
    expected = {key: value for key, value in entry["expected"].items() if value is not None}
    if not expected["records"]:
        with pytest.raises(NotAnActivity):
            read(bytes_of(entry))
        return
    (found,) = read(bytes_of(entry))
    time = found.columns["time"]
    assert len(time) == expected["records"]
    assert track_m(found) == pytest.approx(expected["record_distance_m"], rel=0.005, abs=1)
    assert not found.warnings
    if "first_record_utc" in expected:
        first, last = (
            datetime.fromisoformat(expected[f"{which}_record_utc"]).timestamp() for which in ("first", "last")
        )
        assert (np.nanmin(time), np.nanmax(time)) == pytest.approx((first, last), abs=1)
        assert found.start is not None
        assert found.start.timestamp() == pytest.approx(first, abs=1)
    if "cadence_raw_mean" in expected:
        cadence = found.columns["cadence"]
        assert cadence[cadence > 0].mean() == pytest.approx(expected["cadence_raw_mean"], abs=0.2)


def point(number: int, extensions: str = "", time: str | None = None) -> str:
    """One of a row of points a second and some 11 metres apart."""
    told = datetime.fromtimestamp(START + number, UTC).isoformat() if time is None else time
    stamp = f"<time>{told}</time>" if told else ""
    return f'<trkpt lat="{number / 10_000}" lon="7.5"><ele>{number}</ele>{stamp}{extensions}</trkpt>'


def gpx(*segments: str, before: str = "", head: str = "<gpx creator='A watch'>") -> bytes:
    inside = "".join(f"<trkseg>{segment}</trkseg>" for segment in segments)
    return f"{head}<trk>{before}{inside}</trk></gpx>".encode()


def row(begin: int, end: int) -> str:
    return "".join(point(number) for number in range(begin, end))


def test_a_track_is_read_with_its_name_sport_and_device() -> None:
    (found,) = read(gpx(row(0, 10), before="<name>Morning run</name><type>trail_running</type>"))
    assert (found.name, found.sport, found.ground, found.device) == (
        "Morning run",
        Sport.RUNNING,
        Ground.TRAIL,
        "A watch",
    )
    assert found.start == datetime.fromtimestamp(START, UTC)
    assert list(found.columns["altitude"]) == list(range(10))
    assert track_m(found) == pytest.approx(9 * 11.12, abs=0.1)
    assert "distance" not in found.columns
    assert found.utc_offset_s is None


@pytest.mark.parametrize(
    ("word", "sport"),
    [
        ("9", Sport.RUNNING),
        ("1", Sport.CYCLING),
        ("17", Sport.CYCLING),
        ("10", Sport.WALKING),
        ("Run", Sport.RUNNING),
        ("running", Sport.RUNNING),
        ("Other", Sport.OTHER),
        ("99", Sport.UNKNOWN),
        ("", Sport.UNKNOWN),
    ],
)
def test_the_type_of_a_track_is_its_sport(word: str, sport: Sport) -> None:
    assert read(gpx(row(0, 2), before=f"<type>{word}</type>"))[0].sport is sport


def test_the_name_of_the_author_is_not_the_name_of_the_run() -> None:
    head = "<gpx><metadata><author><name>Somebody</name></author><name>A file</name></metadata>"
    assert read(gpx(row(0, 2), head=head))[0].name is None


def test_no_distance_is_counted_between_segments_and_tracks() -> None:
    second_track = gpx(row(90, 100)).decode().partition(">")[2].removesuffix("</gpx>")
    (found,) = read(gpx(row(0, 10), "", row(50, 60)).replace(b"</gpx>", second_track.encode() + b"</gpx>"))
    assert found.breaks == (10, 20)
    assert len(found.columns["time"]) == 30
    assert track_m(found) == pytest.approx(27 * 11.12, abs=0.2)


@pytest.mark.parametrize(
    "extensions",
    [
        "<n:TrackPointExtension><n:atemp>21.5</n:atemp><n:hr>150</n:hr><n:cad>84</n:cad></n:TrackPointExtension><power>240</power>",
        "<n:hr>150</n:hr><n:cadence>84</n:cadence><n:temp>21.5</n:temp><n:power>240</n:power>",
        "<heartrate>150</heartrate><cadence>84</cadence><temp>21.5</temp><n:PowerExtension><n:PowerInWatts>240</n:PowerInWatts>"
        "</n:PowerExtension>",
    ],
)
@pytest.mark.parametrize(
    "head", ["<gpx xmlns='http://www.topografix.com/GPX/1/1' xmlns:n='http://example.org/n'>", "<gpx>"]
)
def test_what_watches_add_is_read_by_its_name_even_where_prefixes_are_undeclared(extensions: str, head: str) -> None:
    points = point(0, f"<extensions>{extensions}<speed>3.5</speed></extensions>") + point(1)
    (found,) = read(gpx(points, head=head))
    assert {name: column[0] for name, column in found.columns.items() if name not in ("time", "latitude", "longitude")} == {
        "altitude": 0, "speed": 3.5, "heart_rate": 150, "cadence": 84, "temperature": 21.5, "power": 240,
    }  # fmt: skip
    assert np.isnan(found.columns["heart_rate"][1])


def test_points_without_time_are_kept() -> None:
    (found,) = read(gpx(point(0, time="") + point(1) + point(2, time="soon")))
    assert list(np.isnan(found.columns["time"])) == [True, False, True]
    assert found.start == datetime.fromtimestamp(START + 1, UTC)


def test_a_track_without_any_time_has_no_start() -> None:
    (found,) = read(gpx(point(0, time="") + point(1, time="")))
    assert found.start is None
    assert len(found.columns["time"]) == 2


def test_the_offset_of_the_runners_clock_is_kept_where_times_are_local() -> None:
    (found,) = read(gpx(point(0, time="2024-03-01T08:30:00+02:00")))
    assert (found.start, found.utc_offset_s) == (datetime.fromtimestamp(START, UTC), 7200)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"<gpx><rte><rtept lat='1' lon='2'/></rte></gpx>", "planned route"),
        (b"<gpx><wpt lat='1' lon='2'/></gpx>", "waypoints"),
        (b"<gpx><trk><trkseg/></trk></gpx>", "no track points"),
    ],
)
def test_a_sound_file_without_a_recorded_track_says_what_it_holds(data: bytes, words: str) -> None:
    with pytest.raises(NotAnActivity, match=words):
        read(data)


def test_other_xml_is_no_gpx() -> None:
    with pytest.raises(ActivityUnreadable, match="not a GPX file"):
        read(b"<kml><Placemark/></kml>")


def test_a_file_that_breaks_off_keeps_what_came_before() -> None:
    whole = gpx(row(0, 1500), before="<type>9</type>")
    place = whole.index(point(1412).encode())
    (found,) = read(whole[: place + 40])
    assert len(found.columns["time"]) == 1412
    assert found.warnings == ["The file breaks off after 1,412 points; what came before was kept."]
    assert found.sport is Sport.RUNNING


def test_damage_in_the_middle_costs_what_is_damaged_and_is_counted() -> None:
    whole = gpx(row(0, 500))
    place = whole.index(point(200).encode())
    (found,) = read(whole[: place + 30] + b"\x00\xff<<&" + whole[place + 60 :])
    assert len(found.columns["time"]) == 499
    assert found.warnings == ["The file is damaged: 1 of its 500 points could not be read; the others were kept."]


def test_a_file_damaged_before_its_first_point_says_so() -> None:
    with pytest.raises(ActivityUnreadable, match="no track point of it could be read"):
        read(gpx(row(0, 5))[:60])
