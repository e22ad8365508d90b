"""Any bytes: told apart by content, read or refused; account exports put together from their list and files."""

from __future__ import annotations

import gzip
import hashlib
import zipfile
from datetime import date, timedelta, timezone
from pathlib import Path

import pytest

from fitfiles import fit, run
from fuzz.test_activity_files import CSV, GPX, TCX
from lumbago.activities import fit as fit_reader
from lumbago.activities.archive import members
from lumbago.activities.exports import read_paths, read_task, survey
from lumbago.activities.read import Hints, hash_of, kind_of, read_bytes
from lumbago.errors import ActivityUnreadable, NotAnActivity
from lumbago.model.activities import Sport
from lumbago.model.levels import Units

APPLE = (
    '<?xml version="1.0"?><!DOCTYPE HealthData [<!ELEMENT HealthData ANY>]><HealthData>'
    '<Record type="HKQuantityTypeIdentifierStepCount" value="3"/>'
    '<Workout workoutActivityType="HKWorkoutActivityTypeRunning" duration="10" durationUnit="min" '
    'startDate="2026-10-04 09:00:00 +0200" endDate="2026-10-04 09:10:00 +0200">'
    '<WorkoutStatistics type="HKQuantityTypeIdentifierDistanceWalkingRunning" sum="2" unit="km"/>'
    '<WorkoutRoute><FileReference path="/workout-routes/a.gpx"/></WorkoutRoute></Workout></HealthData>'
)
LIST = (
    "Activity ID,Activity Date,Activity Name,Activity Type,Elapsed Time,Distance,Activity Gear,Filename\n"
    '1,"Oct 4, 2026, 7:30:00 AM",Along the river,Run,600,1.80,Blue shoes,activities/1.fit.gz\n'
    '2,"Oct 6, 2026, 6:00:00 AM",Typed in,Run,1800,5.00,,\n'
    '3,"Oct 8, 2026, 6:00:00 AM",Lost,Run,1800,5.00,,activities/3.gpx\n'
    '4,"Oct 9, 2026, 6:00:00 AM",Hurt,Run,1500,4.00,,activities/4.fit\n'
)


def packed(path: Path, files: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as made:
        for name, data in files.items():
            made.writestr(name, data)
    return path


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (fit(run(20)), "fit"),
        (GPX.encode(), "gpx"),
        (("\ufeff\n " + GPX).encode(), "gpx"),
        (GPX.encode("utf-16"), "gpx"),
        (TCX.encode(), "trainingcenterdatabase"),
        (APPLE.encode(), "healthdata"),
        (CSV.encode(), "table"),
        (CSV.replace(",", ";").encode("utf-16-le"), "table"),
        (LIST.encode(), "strava"),
        (b"[]", "json"),
        (b"<html><body>no</body></html>", None),
        (b"\x89PNG\r\n\x1a\n", None),
        (b"%PDF-1.7, x", None),
        (b"just words", None),
        (b"", None),
    ],
)
def test_files_are_told_apart_by_what_they_hold(data: bytes, kind: str | None) -> None:
    assert kind_of(data) == kind


def test_the_id_is_the_hash_of_the_unpacked_bytes() -> None:
    data = fit(run(60))
    wanted = hashlib.sha256(data).hexdigest()
    for bytes_ in (data, gzip.compress(data)):
        read = read_bytes(bytes_)
        assert read.sha256 == read.activities[0].id == hash_of(bytes_) == wanted


def test_parts_of_one_file_have_ids_of_their_own() -> None:
    read = read_bytes(fit(run(60)) + fit(run(90, start_s=500)))
    assert [activity.id for activity in read.activities] == [read.sha256, f"{read.sha256}-2"]


def test_a_gzip_that_breaks_off_is_read_up_to_there() -> None:
    whole = gzip.compress(GPX.encode())
    read = read_bytes(whole[: len(whole) // 2])
    assert 0 < read.activities[0].records < 600
    assert "packed file breaks off" in read.warnings[0]


def test_hints_tell_what_the_file_does_not() -> None:
    table = b"date,distance,time\n2026-10-04 23:30,5,0:40:00\n2026-10-05 23:30,5,0:42:00\n"
    assert read_bytes(table, Hints(units=Units.MILES)).activities[0].distance_m == pytest.approx(8046.72)
    assert read_bytes(table, Hints(units=Units.KM)).activities[0].distance_m == 5000
    east = Hints(zone=timezone(timedelta(hours=18)))
    assert read_bytes(fit(run(60)), east).activities[0].local_date == date(2026, 10, 5)


def test_a_fault_of_a_reader_is_told_by_its_kind_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: bytes) -> None:
        raise KeyError("a runner's secret")

    monkeypatch.setattr(fit_reader, "_split", broken)
    with pytest.raises(ActivityUnreadable, match="KeyError") as refused:
        read_bytes(fit(run(20)))
    assert "secret" not in refused.value.message


def test_what_is_no_training_file_is_refused() -> None:
    with pytest.raises(NotAnActivity, match="no training file"):
        read_bytes(b"just words")


def test_a_strava_export_is_its_list_and_its_files(tmp_path: Path) -> None:
    files = {
        "activities.csv": LIST.encode(),
        "activities/1.fit.gz": gzip.compress(fit(run(600))),
        "activities/4.fit": b"rubbish",
    }
    path = packed(tmp_path / "export.zip", {**files, "media/photo.jpg": b"x", "profile.jpg": b"y"})
    found = survey(members(path))
    assert found.kinds == ("Strava export",)
    assert [name for name, _ in found.skipped] == ["media/photo.jpg", "profile.jpg"]
    with_file, typed_in, lost, hurt = (read_task(task) for task in found.tasks)
    (first,) = with_file.activities
    assert (first.name, first.gear, first.records, first.distance_m) == ("Along the river", "Blue shoes", 601, 1800)
    assert (typed_in.activities[0].manual, typed_in.activities[0].distance_m) == (True, 5000)
    assert "names a file that is not in it" in lost.warnings[0]
    assert hurt.activities[0].distance_m == 4000
    assert "What the list of the export says of it was kept" in hurt.warnings[0]


def test_a_list_without_its_files_still_tells_the_runs(tmp_path: Path) -> None:
    (tmp_path / "activities.csv").write_text(LIST)
    activities, _ = read_paths([tmp_path / "activities.csv"])
    assert [activity.distance_m for activity in activities] == [1800, 5000, 5000, 4000]


def test_an_apple_export_joins_workouts_and_routes(tmp_path: Path) -> None:
    folder = "apple_health_export"
    path = packed(
        tmp_path / "export.zip",
        {
            f"{folder}/export.xml": APPLE.encode(),
            f"{folder}/workout-routes/a.gpx": GPX.encode(),
            f"{folder}/export_cda.xml": b"<x/>",
        },
    )
    found = survey(members(path))
    assert found.kinds == ("Apple Health export",)
    (activity,) = read_task(found.tasks[0]).activities
    assert (activity.sport, activity.distance_m, activity.timer_s, activity.records) == (Sport.RUNNING, 2000, 600, 600)
    assert activity.local_date == date(2026, 10, 4)
    with pytest.raises(NotAnActivity):
        read_task(found.tasks[1])


def test_one_bad_file_costs_only_itself(tmp_path: Path) -> None:
    (tmp_path / "a.gpx").write_bytes(GPX.encode())
    (tmp_path / "b.fit").write_bytes(b"rubbish, and more of it")
    activities, warnings = read_paths([tmp_path])
    assert len(activities) == 1
    assert len(warnings) == 1
    assert warnings[0].startswith("b.fit: ")


def test_a_damaged_zip_in_a_folder_costs_only_itself(tmp_path: Path) -> None:
    (tmp_path / "a.gpx").write_bytes(GPX.encode())
    (tmp_path / "z.zip").write_bytes(b"PK\x03\x04rubbish")
    (tmp_path / "book.xlsx").write_bytes(b"PK\x03\x04rubbish")
    activities, warnings = read_paths([tmp_path])
    assert len(activities) == 1
    assert any(warning.startswith("z.zip: ") and "download it again" in warning for warning in warnings)
    assert any(warning.startswith("book.xlsx: ") and "save it as CSV" in warning for warning in warnings)


def test_a_flipped_byte_in_an_apple_export_is_no_fault_of_ours(tmp_path: Path) -> None:
    path = packed(tmp_path / "export.zip", {"apple_health_export/export.xml": APPLE.encode()})
    data = bytearray(path.read_bytes())
    data[data.index(b"HKWorkoutActivity")] ^= 1
    path.write_bytes(bytes(data))
    _, warnings = read_paths([path])
    assert warnings


def test_the_list_of_an_export_knows_the_sport_that_a_track_does_not(tmp_path: Path) -> None:
    row = LIST.splitlines()[1].replace("Run", "Ride").replace("activities/1.fit.gz", "activities/1.gpx")
    untyped = GPX.replace("<type>running</type>", "").encode()
    path = packed(
        tmp_path / "e.zip", {"activities.csv": f"{LIST.splitlines()[0]}\n{row}\n".encode(), "activities/1.gpx": untyped}
    )
    (activity,) = read_paths([path])[0]
    assert activity.sport is Sport.CYCLING


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_one_bad_file_of_a_chain_does_not_cost_the_good_one(order: tuple[int, int]) -> None:
    bad = bytearray(fit(run(60, start_s=500)))
    bad[14:40] = bytes(26)
    chain = (fit(run(60)), bytes(bad))
    assert read_bytes(chain[order[0]] + chain[order[1]]).activities[0].distance_m == 180


def test_a_gzip_in_thousands_of_pieces_is_refused() -> None:
    with pytest.raises(ActivityUnreadable, match="more pieces"):
        read_bytes(gzip.compress(b"x") * 2_000)
