"""Apple Health: workouts out of an export of any size, joined with their routes; units, zones and pauses as Apple writes them."""

from __future__ import annotations

import gzip
import tracemalloc
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import BinaryIO, cast

import numpy as np
import pytest

from decided import SHARED
from lumbago.activities.apple_health import read, read_export
from lumbago.activities.recording import Recording
from lumbago.errors import ActivityUnreadable, NotAnActivity
from lumbago.model.activities import Ground, Sport

EXPORTS = SHARED / "activities" / "files" / "apple-health-analyzer"
PREFIX = "tests__fixtures__exports__"
needs_files = pytest.mark.skipif(not EXPORTS.exists(), reason="the shared activity files are not beside this checkout")
START = datetime(2024, 7, 1, 6, 30, tzinfo=UTC)
HEAD = (
    b'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE HealthData [\n<!ELEMENT HealthData (Record|Workout)*>\n]>\n'
    b"<HealthData>\n"
)
RECORD = (
    b' <Record type="HKQuantityTypeIdentifierHeartRate" unit="count/min" value="61">\n'
    b'  <MetadataEntry key="HKMetadataKeyHeartRateMotionContext" value="0"/>\n </Record>\n'
)


def clock(seconds: float) -> str:
    """As an export writes it, by the phone's clock."""
    return (START + timedelta(seconds=seconds, hours=1)).strftime("%Y-%m-%d %H:%M:%S +0100")


def workout(*inside: str, kind: str = "Running", minutes: float = 30, more: str = "") -> bytes:
    return (
        f'<Workout workoutActivityType="HKWorkoutActivityType{kind}" duration="{minutes}" durationUnit="min" '
        f'startDate="{clock(0)}" endDate="{clock(60 * minutes)}" {more}>{"".join(inside)}</Workout>'
    ).encode()


def entry(key: str, value: str) -> str:
    return f'<MetadataEntry key="{key}" value="{value}"/>'


def statistic(kind: str, unit: str, **values: float) -> str:
    told = " ".join(f'{name}="{value}"' for name, value in values.items())
    return f'<WorkoutStatistics type="HKQuantityTypeIdentifier{kind}" {told} unit="{unit}"/>'


def export(*inside: bytes) -> bytes:
    return HEAD + b"".join(inside) + b"</HealthData>\n"


def one(*inside: str, **more: str) -> Recording:
    (found,) = read(export(workout(*inside, **more)))  # type: ignore[arg-type]
    return found


def route(begin: int, end: int) -> bytes:
    """A point a second, some 3 metres apart."""
    points = "".join(
        f'<trkpt lat="{second * 0.00003}" lon="7.5"><time>{(START + timedelta(seconds=second)).isoformat()}</time></trkpt>'
        for second in range(begin, end)
    )
    return f"<gpx><trk><trkseg>{points}</trkseg></trk></gpx>".encode()


def reference(path: str) -> str:
    return f'<WorkoutRoute><FileReference path="{path}"/></WorkoutRoute>'


def shared_route(path: str) -> bytes | None:
    stored = EXPORTS / f"{PREFIX}workout-routes__{path.rpartition('/')[2]}"
    if stored.exists():
        return stored.read_bytes()
    packed = stored.with_name(f"{stored.name}.gz")
    return gzip.decompress(packed.read_bytes()) if packed.exists() else None


def shared_workout(name: str) -> Recording:
    with (EXPORTS / f"{PREFIX}{name}.xml").open("rb") as file:
        (found,) = read_export(file, shared_route)
    return found


# Real files


@needs_files
@pytest.mark.parametrize(
    ("name", "sport", "timer_min", "distance_m", "points"),
    [
        ("workout_running", Sport.RUNNING, 60.8875, 8955.12, 3654),
        ("workout_running_long_distance", Sport.RUNNING, 172.3566, 21132.8, 10341),
        ("workout_running_multiple_parts", Sport.RUNNING, 38.3479, 5963.38, 2301),
        ("workout_running_too_fast", Sport.RUNNING, 35.9051, 5552.15, 1914),
        ("workout_running_usaint_bolt", Sport.RUNNING, 80.5430, 8822.38, 4830),
        ("workout_strength", Sport.STRENGTH, 20.2517, None, 0),
    ],
)
def test_a_real_workout_has_the_totals_that_it_states(
    name: str, sport: Sport, timer_min: float, distance_m: float | None, points: int
) -> None:
    found = shared_workout(name)
    assert found.sport is sport
    assert found.timer_s == pytest.approx(60 * timer_min, abs=0.5)
    assert found.distance_m == (None if distance_m is None else pytest.approx(distance_m, abs=0.01))
    assert len(found.columns.get("time", ())) == points
    assert found.device == "Apple Watch"
    assert found.ground is None


@needs_files
def test_seventeen_route_files_are_one_track() -> None:
    found = shared_workout("workout_running_multiple_parts")
    assert (np.diff(found.columns["time"]) >= 0).all()
    assert found.breaks == ()
    assert not found.warnings


@needs_files
@pytest.mark.parametrize("name", ["workout_running_too_fast", "workout_running_usaint_bolt"])
def test_a_real_track_that_nobody_could_have_run_is_doubted_and_kept(name: str) -> None:
    found = shared_workout(name)
    assert len(found.warnings) == 1
    assert "positions of this run jump" in found.warnings[0]


# Totals


def test_what_a_workout_tells_of_itself() -> None:
    found = one(
        entry("HKTimeZone", "Europe/Paris"),
        entry("HKElevationAscended", "6575 cm"),
        entry("HKElevationDescended", "12.5 m"),
        entry("HKWeatherTemperature", "68 degF"),
        statistic("DistanceWalkingRunning", "km", sum=5.5),
        statistic("HeartRate", "count/min", average=151.5, maximum=180),
        statistic("StepCount", "count", sum=4950),
    )
    assert (found.sport, found.start, found.utc_offset_s) == (Sport.RUNNING, START, 7200)
    assert (found.elapsed_s, found.timer_s, found.distance_m) == (1800, 1800, 5500)
    assert (found.ascent_m, found.descent_m, found.heart_rate_bpm) == (65.75, 12.5, 151.5)
    assert found.temperature_c == pytest.approx(20)
    assert (found.cadence, found.steps) == (165, True)
    assert (found.manual, found.warnings) == (False, [])


@pytest.mark.parametrize(
    ("unit", "value", "metres"), [("km", 8.0, 8000), ("mi", 5.0, 8046.72), ("m", 400.0, 400), ("furlong", 4.0, None)]
)
def test_distances_of_any_unit_and_age(unit: str, value: float, metres: float | None) -> None:
    new = one(statistic("DistanceWalkingRunning", unit, sum=value))
    old = one(more=f'totalDistance="{value}" totalDistanceUnit="{unit}"')
    assert new.distance_m == old.distance_m == (None if metres is None else pytest.approx(metres))


def test_an_interval_does_not_count_for_the_whole() -> None:
    interval = f"<WorkoutActivity>{statistic('DistanceWalkingRunning', 'km', sum=1.0)}</WorkoutActivity>"
    assert one(interval, statistic("DistanceWalkingRunning", "km", sum=5.5)).distance_m == 5500
    assert one(interval).distance_m is None


@pytest.mark.parametrize(("unit", "minutes"), [("min", 30), ("hr", 0.5), ("s", 1800)])
def test_durations_of_any_unit(unit: str, minutes: float) -> None:
    text = workout(minutes=minutes).replace(b'durationUnit="min"', f'durationUnit="{unit}"'.encode())
    assert read(export(text))[0].timer_s == 1800


@pytest.mark.parametrize(
    ("kind", "indoor", "expected"),
    [
        ("Running", "1", (Sport.RUNNING, Ground.TREADMILL)),
        ("Running", "0", (Sport.RUNNING, None)),
        ("Walking", "1", (Sport.WALKING, None)),
        ("Cycling", "1", (Sport.CYCLING, None)),
        ("TraditionalStrengthTraining", "1", (Sport.STRENGTH, None)),
        ("SomethingNew", "0", (Sport.UNKNOWN, None)),
    ],
)
def test_indoors_a_run_is_on_a_treadmill(kind: str, indoor: str, expected: tuple[Sport, Ground | None]) -> None:
    found = one(entry("HKIndoorWorkout", indoor), kind=kind)
    assert (found.sport, found.ground) == expected


def test_what_was_typed_in_is_marked_so() -> None:
    assert one(entry("HKWasUserEntered", "1")).manual


@pytest.mark.parametrize("text", ["20 degC", "68 degF"])
def test_temperatures(text: str) -> None:
    assert one(entry("HKWeatherTemperature", text)).temperature_c == pytest.approx(20)


@pytest.mark.parametrize("zone", ["", "Mars/Olympus", "../../etc/passwd", "Europe"])
def test_without_a_zone_the_clock_of_the_export_has_to_do(zone: str) -> None:
    assert one(entry("HKTimeZone", zone)).utc_offset_s == 3600


def test_numbers_and_dates_that_are_none_are_left_out() -> None:
    text = workout(
        entry("HKElevationAscended", "high"), statistic("HeartRate", "count/min"), more='totalDistance="far"'
    )
    (found,) = read(export(text.replace(clock(0).encode(), b"yesterday").replace(b'"30"', b'"nan"')))
    assert (found.start, found.elapsed_s, found.timer_s, found.distance_m, found.ascent_m) == (None,) * 5
    assert found.heart_rate_bpm is None


# Time


def event(kind: str, seconds: float) -> str:
    return f'<WorkoutEvent type="HKWorkoutEventType{kind}" date="{clock(seconds)}"/>'


def test_pauses_lie_between_pause_and_resume_or_the_end() -> None:
    found = one(event("Pause", 300), event("Segment", 310), event("Resume", 400), event("Pause", 1700))
    began = START.timestamp()
    assert found.pauses == ((began + 300, began + 400), (began + 1700, began + 1800))


def test_a_watch_that_saw_no_movement_counted_on() -> None:
    assert one(event("MotionPaused", 300), event("MotionResumed", 400), event("Pause", 1800)).pauses == ()


def test_a_workout_is_the_same_one_in_the_next_export() -> None:
    first = one(entry("HKTimeZone", "Europe/Paris"))
    text = workout(more='device="another address"').replace(b"+0100", b"+0000").replace(b" 07:30:00", b" 06:30:00")
    (second,) = read(export(RECORD, text.replace(b" 08:00:00", b" 07:00:00")))
    assert second.start == first.start
    assert first.identity == second.identity
    assert len(first.identity or "") == 64
    assert one(kind="Walking").identity != first.identity


# Routes


def joined(routes: dict[str, bytes | None], *paths: str) -> Recording:
    data = export(workout(*map(reference, paths), statistic("DistanceWalkingRunning", "km", sum=5.5)))
    (found,) = read_export(BytesIO(data), routes.get)
    return found


def test_route_files_are_joined_in_order_of_time() -> None:
    routes = {"/b": route(60, 120), "/a": route(0, 60), "/c": route(400, 430)}
    found = joined(routes, "/b", "/c", "/a", "/a")
    assert len(found.columns["time"]) == 150
    assert (np.diff(found.columns["time"]) > 0).all()
    assert found.breaks == (120,)
    assert not found.warnings


def test_route_files_that_are_missing_or_damaged_are_counted() -> None:
    found = joined({"/a": route(0, 60), "/b": None, "/c": b"nothing"}, "/a", "/b", "/c")
    assert len(found.columns["time"]) == 60
    assert found.distance_m == 5500
    assert found.warnings == ["Route files of this workout that could not be read: 2 of 3. Its totals were kept."]


def test_a_route_that_breaks_off_is_kept_so_far() -> None:
    found = joined({"/a": route(0, 60)[:-40]}, "/a")
    assert len(found.columns["time"]) == 59
    assert "breaks off after 59 points" in found.warnings[0]


# Doubt


@pytest.mark.parametrize(
    ("km", "minutes", "doubted"),
    [
        (10, 25, True),
        (10, 27, False),
        (1.5, 3, True),
        (1.5, 4, False),
        (42.195, 112, True),
        (42.195, 125, False),
        (0.05, 0.01, False),
    ],
)
def test_a_run_faster_than_anybody_has_run_is_doubted_and_kept(km: float, minutes: float, doubted: bool) -> None:
    (found,) = read(export(workout(statistic("DistanceWalkingRunning", "km", sum=km), minutes=minutes)))
    assert found.distance_m == pytest.approx(1000 * km)
    assert any("faster than anybody" in warning for warning in found.warnings) is doubted


def test_a_ride_may_be_faster() -> None:
    assert not one(statistic("DistanceCycling", "km", sum=25.0), kind="Cycling").warnings


# The export as a whole


def test_every_workout_comes_in_order_and_records_do_not_matter() -> None:
    inside = [
        RECORD * 50,
        workout(),
        RECORD,
        workout(kind="Cycling"),
        b'<Workout workoutActivityType="Walk" startDate="x"/>',
        workout(),
    ]
    found = list(read_export(BytesIO(export(*inside)), lambda _: None))
    assert [each.sport for each in found] == [Sport.RUNNING, Sport.CYCLING, Sport.WALKING, Sport.RUNNING]


def test_other_sports_can_be_left_out_with_their_routes_unread() -> None:
    asked: list[str] = []
    data = export(workout(reference("/a")), workout(reference("/b"), kind="Cycling"))
    found = list(read_export(BytesIO(data), lambda path: asked.append(path), keep_sports={Sport.RUNNING}))  # type: ignore[func-returns-value]
    assert [each.sport for each in found] == [Sport.RUNNING]
    assert asked == ["/a"]


@pytest.mark.parametrize("size", [1, 7, 64, 1000])
def test_it_does_not_matter_where_the_reading_is_cut(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lumbago.activities.apple_health._CHUNK", size)
    inside = [
        RECORD,
        workout(entry("a", "b"), more='device="a > b"'),
        RECORD,
        b"<Workout a='1'/>",
        workout(event("Pause", 3)),
        RECORD,
    ]
    found = list(read_export(BytesIO(export(*inside)), lambda _: None))
    assert [each.timer_s for each in found] == [1800, None, 1800]
    assert not any(each.warnings for each in found)


def test_a_workout_that_is_never_closed_costs_no_other() -> None:
    first = workout(statistic("DistanceWalkingRunning", "km", sum=5.5)).removesuffix(b"</Workout>")
    found = read(export(RECORD, first, workout(kind="Cycling")))
    assert [each.sport for each in found] == [Sport.RUNNING, Sport.CYCLING]
    assert found[0].distance_m == 5500
    assert "damaged" in found[0].warnings[0]
    assert not found[1].warnings


def test_an_export_that_breaks_off_keeps_the_workouts_before() -> None:
    data = export(workout(), workout(statistic("HeartRate", "count/min", average=150), entry("a", "b")))
    found = read(data[: data.index(b'<MetadataEntry key="a"') + 10])
    assert [each.heart_rate_bpm for each in found] == [None, 150]
    assert "damaged" in found[1].warnings[0]


def test_a_malformed_document_type_does_no_harm() -> None:
    assert len(read(export(workout()).replace(b"(Record|Workout)*>", b"(Record|>\n <!ATTLIST a b c"))) == 1


class Endless:
    """An export made while it is read: so many megabytes of records, a workout after each."""

    def __init__(self, megabytes: int) -> None:
        self._left = megabytes
        self._block = workout() + RECORD * (1_000_000 // len(RECORD))

    def read(self, _size: int) -> bytes:
        self._left -= 1
        return self._block if self._left >= 0 else b""


def test_memory_does_not_grow_with_the_export() -> None:
    tracemalloc.start()
    try:
        count = sum(1 for _ in read_export(cast("BinaryIO", Endless(30)), lambda _: None))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert count == 30
    assert peak < 10_000_000


def test_an_export_without_workouts_says_so() -> None:
    with pytest.raises(NotAnActivity, match="holds no workouts"):
        read(export(RECORD))


def test_entities_are_refused() -> None:
    with pytest.raises(ActivityUnreadable, match="text blocks"):
        list(read_export(BytesIO(export(workout()).replace(b"<!ELEMENT", b'<!ENTITY a "b"><!ELEMENT')), lambda _: None))
