"""TCX: every real file as several readers agree on it, laps and tracks joined, treadmills kept."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime
from typing import Any

import numpy as np
import pytest
import yaml

from decided import SHARED
from lumbago.activities.tcx import read
from lumbago.errors import ActivityUnreadable, NotAnActivity
from lumbago.model.activities import Lap, Sport

ACTIVITIES = SHARED / "activities"
needs_files = pytest.mark.skipif(
    not ACTIVITIES.exists(), reason="the shared activity files are not beside this checkout"
)
START = datetime(2024, 3, 1, 6, 30, tzinfo=UTC)


def entries() -> list[dict[str, Any]]:
    """What the manifest says of each TCX file; none where the folder is absent."""
    if not ACTIVITIES.exists():
        return []
    manifest = yaml.load((ACTIVITIES / "MANIFEST.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader)
    return [entry for entry in manifest["entries"] if entry["format"] == "tcx"]


def bytes_of(entry: dict[str, Any]) -> bytes:
    data = (ACTIVITIES / entry["file"]).read_bytes()
    return gzip.decompress(data) if "stored" in entry else data


@needs_files
@pytest.mark.parametrize(
    "entry", [pytest.param(e, id=e["file"].rpartition("__")[2]) for e in entries() if "expected" in e]
)
def test_a_real_file_is_read_as_others_read_it(entry: dict[str, Any]) -> None:
    expected = entry["expected"]
    (found,) = read(bytes_of(entry))
    time = found.columns["time"]
    first, last, start = (
        datetime.fromisoformat(expected[key]).timestamp()
        for key in ("first_record_utc", "last_record_utc", "start_utc")
    )
    assert len(time) == expected["records"]
    assert (np.nanmin(time), np.nanmax(time)) == pytest.approx((first, last), abs=1)
    assert found.start is not None
    assert found.start.timestamp() == pytest.approx(start, abs=1)
    assert (found.timer_s or 0.0) == pytest.approx(expected["timer_s"], abs=0.5)
    assert (found.distance_m or 0.0) == pytest.approx(expected["distance_m"], abs=1)
    assert len(found.laps) == expected["laps"]
    assert not found.warnings
    if "record_distance_m" in expected:
        assert np.nanmax(found.columns["distance"]) == pytest.approx(expected["record_distance_m"], abs=1)
    if "cadence_raw_mean" in expected:
        cadence = found.columns["cadence"]
        assert cadence[cadence > 0].mean() == pytest.approx(expected["cadence_raw_mean"], abs=0.2)
    assert found.sport in {"Running": (Sport.RUNNING,), "Biking": (Sport.CYCLING,)}.get(entry["sport"], (Sport.OTHER,))


@needs_files
def test_the_real_file_that_strict_readers_refuse_is_read_whole() -> None:
    (entry,) = (entry for entry in entries() if "expected" not in entry)
    (found,) = read(bytes_of(entry))
    assert len(found.columns["time"]) == bytes_of(entry).count(b"<Trackpoint>")
    assert found.sport is Sport.RUNNING
    assert found.timer_s
    assert "all of its" in found.warnings[0]


def point(second: float, *, metres: float | None = None, inside: str = "", position: bool = True) -> str:
    stamp = datetime.fromtimestamp(START.timestamp() + second, UTC).isoformat().replace("+00:00", "Z")
    where = f"<Position><LatitudeDegrees>{second / 10_000}</LatitudeDegrees><LongitudeDegrees>7.5</LongitudeDegrees></Position>"
    far = "" if metres is None else f"<DistanceMeters>{metres}</DistanceMeters>"
    return f"<Trackpoint><Time>{stamp}</Time>{where if position else ''}{far}{inside}</Trackpoint>"


def track(begin: int, end: int, **more: Any) -> str:
    return "<Track>" + "".join(point(second, metres=3 * second, **more) for second in range(begin, end)) + "</Track>"


def lap(*inside: str, start: int = 0, totals: str = "") -> str:
    stamp = datetime.fromtimestamp(START.timestamp() + start, UTC).isoformat().replace("+00:00", "Z")
    return f'<Lap StartTime="{stamp}">{totals}{"".join(inside)}</Lap>'


def totals(seconds: float, metres: float, heart_rate: int | None = None, cadence: int | None = None) -> str:
    beats = "" if heart_rate is None else f"<AverageHeartRateBpm><Value>{heart_rate}</Value></AverageHeartRateBpm>"
    turns = "" if cadence is None else f"<Cadence>{cadence}</Cadence>"
    return (
        f"<TotalTimeSeconds>{seconds}</TotalTimeSeconds><DistanceMeters>{metres}</DistanceMeters>"
        f"<Calories>9</Calories>{beats}<MaximumHeartRateBpm><Value>199</Value></MaximumHeartRateBpm>{turns}"
    )


def activity(*laps: str, sport: str = "Running", more: str = "") -> str:
    return f'<Activity Sport="{sport}"><Id>2024-03-01T06:29:55Z</Id>{"".join(laps)}{more}</Activity>'


def tcx(*activities: str) -> bytes:
    inside = "".join(activities)
    return (
        "<TrainingCenterDatabase xmlns='http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2'>"
        f"<Activities>{inside}</Activities></TrainingCenterDatabase>"
    ).encode()


def test_laps_are_joined_and_their_totals_added() -> None:
    first = lap(track(0, 60), totals=totals(60, 180, 120, 80))
    second = lap(track(60, 180), start=60, totals=totals(120.5, 360, 150, 86))
    creator = "<Creator><Name>Some watch</Name><UnitId>1</UnitId></Creator>"
    (found,) = read(tcx(activity(first, second, more=creator)))
    assert (found.sport, found.start, found.device) == (Sport.RUNNING, START, "Some watch")
    assert (found.timer_s, found.distance_m, found.elapsed_s) == (180.5, 540, None)
    assert found.heart_rate_bpm == pytest.approx((60 * 120 + 120.5 * 150) / 180.5)
    assert found.cadence == pytest.approx((60 * 80 + 120.5 * 86) / 180.5)
    assert found.laps == (Lap(0, 60, 180), Lap(60, 120.5, 360))
    assert len(found.columns["time"]) == 180
    assert found.breaks == ()


def test_a_track_that_begins_after_a_gap_is_a_new_piece() -> None:
    (found,) = read(tcx(activity(lap(track(0, 60), track(65, 90), track(200, 220)), lap(track(220, 230), start=220))))
    assert found.breaks == (85,)


def test_points_without_a_position_are_kept() -> None:
    (found,) = read(tcx(activity(lap(track(0, 60, position=False), totals=totals(60, 180)))))
    assert found.columns["distance"][-1] == 177
    assert "latitude" not in found.columns


def test_what_extensions_add_is_read_and_cadence_left_as_it_is() -> None:
    extensions = (
        "<HeartRateBpm><Value>150</Value></HeartRateBpm><Extensions><n:TPX xmlns:n='u:v'><n:Speed>3.5</n:Speed>"
        "<n:RunCadence>84</n:RunCadence><n:Watts>240</n:Watts></n:TPX></Extensions>"
    )
    (found,) = read(
        tcx(activity(lap("<Track>", point(0, inside=extensions), point(1, inside="<Cadence>83</Cadence>"), "</Track>")))
    )
    assert {name: found.columns[name][0] for name in ("heart_rate", "speed", "power")} == {
        "heart_rate": 150, "speed": 3.5, "power": 240,
    }  # fmt: skip
    assert list(found.columns["cadence"]) == [84, 83]


def test_totals_of_a_watchs_summary_are_read_from_extensions_of_laps_only() -> None:
    lx = (
        "<Extensions><n:LX xmlns:n='u:v'><n:AvgRunCadence>85</n:AvgRunCadence>"
        "<n:DistanceMeters>1</n:DistanceMeters></n:LX></Extensions>"
    )
    (found,) = read(tcx(activity(lap(track(0, 5), lx, totals=totals(5, 15)))))
    assert (found.cadence, found.distance_m) == (85, 15)


def test_each_activity_of_a_file_is_a_recording() -> None:
    found = read(tcx(activity(lap(track(0, 30))), activity(lap(track(500, 520)), sport="Biking")))
    assert [(each.sport, len(each.columns["time"])) for each in found] == [(Sport.RUNNING, 30), (Sport.CYCLING, 20)]


def test_an_activity_that_was_only_summed_up_is_kept() -> None:
    (found,) = read(tcx(activity(lap(totals=totals(1800, 5000)))))
    assert (found.timer_s, found.distance_m) == (1800, 5000)
    assert found.start == datetime(2024, 3, 1, 6, 29, 55, tzinfo=UTC)
    assert not found.columns


def test_a_total_that_nobody_stated_is_not_zero() -> None:
    (found,) = read(tcx(activity(lap(track(0, 5)))))
    assert (found.timer_s, found.distance_m, found.heart_rate_bpm) == (None, None, None)


def test_a_lap_that_opens_before_the_first_point_starts_with_it() -> None:
    (found,) = read(tcx(activity(lap(track(3, 30), start=-2))))
    assert found.laps[0].start_s == 0


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (
            b"<TrainingCenterDatabase><Courses><Course><Track><Trackpoint/></Track></Course></Courses></TrainingCenterDatabase>",
            "course",
        ),
        (b"<TrainingCenterDatabase><Workouts><Workout/></Workouts></TrainingCenterDatabase>", "planned workout"),
        (tcx(activity(lap(totals=totals(0, 0)))), "no points and no laps"),
        (tcx(), "no points and no laps"),
    ],
)
def test_a_sound_file_without_an_activity_says_what_it_holds(data: bytes, words: str) -> None:
    with pytest.raises(NotAnActivity, match=words):
        read(data)


def test_other_xml_is_no_tcx() -> None:
    with pytest.raises(ActivityUnreadable, match="not a TCX file"):
        read(b"<gpx/>")


def test_a_file_that_breaks_off_keeps_what_came_before() -> None:
    whole = tcx(activity(lap(track(0, 60), totals=totals(60, 180)), lap(track(60, 100), totals=totals(40, 120))))
    (found,) = read(whole[: whole.index(point(70, metres=210).encode()) + 30])
    assert len(found.columns["time"]) == 70
    assert found.warnings == ["The file breaks off after 70 points; what came before was kept."]


def test_damage_of_one_point_leaves_the_later_laps() -> None:
    whole = tcx(activity(lap(track(0, 60), totals=totals(60, 180)), lap(track(60, 100), totals=totals(40, 120))))
    place = whole.index(point(30, metres=90).encode())
    (found,) = read(whole[:place] + b"<Trackpoint><<" + whole[place + 12 :])
    assert (len(found.columns["time"]), found.timer_s, len(found.laps)) == (99, 100, 2)
    assert found.warnings == ["The file is damaged: 1 of its 100 points could not be read; the others were kept."]
