"""Garmin's account export: centimetres, milliseconds and steps of one foot or both; hostile JSON ends in a refusal."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lumbago.activities.garmin_export import read
from lumbago.activities.recording import Recording
from lumbago.errors import ActivityUnreadable, InputError, NotAnActivity
from lumbago.model.activities import Ground, Source, Sport

RUN = {
    "activityId": 101,
    "name": "Treadmill Running",
    "activityType": "treadmill_running",
    "sportType": "RUNNING",
    "startTimeGmt": 1767525480000.0,
    "startTimeLocal": 1767529080000.0,
    "distance": 1000000.0,
    "duration": 2953512.0,
    "elapsedDuration": 3000000.0,
    "elevationGain": 4200.0,
    "elevationLoss": 4100.0,
    "avgHr": 141.0,
    "avgDoubleCadence": 168.6,
    "avgRunCadence": 84.3,
    "workoutRpe": 60,
    "eventTypeId": 1,
    "splits": [{"measurements": [{"value": 1}]}],
}


def exported(*records: dict[str, Any]) -> bytes:
    return json.dumps([{"summarizedActivitiesExport": list(records)}]).encode()


def only(**changes: Any) -> Recording:
    ((recording,), _) = read(exported(RUN | changes))
    return recording


def test_a_run_is_read_in_metres_and_seconds() -> None:
    run = only()
    assert (run.source, run.sport, run.ground) == (Source.GARMIN, Sport.RUNNING, Ground.TREADMILL)
    assert (run.start, run.utc_offset_s) == (datetime(2026, 1, 4, 11, 18, tzinfo=UTC), 3600)
    assert (run.distance_m, run.timer_s, run.elapsed_s) == (10_000, 2953.512, 3000)
    assert (run.ascent_m, run.descent_m, run.heart_rate_bpm) == (42, 41, 141)
    assert (run.cadence, run.steps, run.effort_cr10, run.race) == (168.6, True, 6, True)


def test_cadence_of_one_foot_is_said_to_be_that() -> None:
    assert (only(avgDoubleCadence=None).cadence, only(avgDoubleCadence=None).steps) == (84.3, False)
    assert only(avgDoubleCadence=None, avgRunCadence=None).steps is None


def test_the_start_is_found_under_its_other_names() -> None:
    assert only(startTimeGmt=None, beginTimestamp=1767525480000).start == datetime(2026, 1, 4, 11, 18, tzinfo=UTC)
    at_home = only(startTimeGmt=None)
    assert (at_home.start, at_home.local_start) == (None, datetime(2026, 1, 4, 12, 18))
    assert only(startTimeLocal=0).utc_offset_s is None


@pytest.mark.parametrize(
    ("activity_type", "sport_type", "sport"),
    [
        ({"typeKey": "trail_running"}, None, Sport.RUNNING),
        ("strength_training", "TRAINING", Sport.STRENGTH),
        (None, "RUNNING", Sport.RUNNING),
        ("something_new", "CYCLING", Sport.CYCLING),
        ("something_new", "GENERIC", Sport.UNKNOWN),
        (["running"], 5, Sport.UNKNOWN),
    ],
)
def test_the_sport_is_its_type_or_the_sport_the_type_belongs_to(
    activity_type: Any, sport_type: Any, sport: Sport
) -> None:
    assert only(activityType=activity_type, sportType=sport_type).sport is sport


def test_what_is_missing_or_of_a_wrong_kind_is_not_told() -> None:
    run = only(
        distance="far",
        duration=-1,
        avgHr=True,
        elevationGain=float("nan"),
        elevationLoss=10**400,
        workoutRpe=65,
        eventTypeId=None,
    )
    assert (run.distance_m, run.timer_s, run.heart_rate_bpm) == (None, None, None)
    assert (run.ascent_m, run.descent_m, run.effort_cr10, run.race) == (None, None, None, None)


def test_a_multisport_day_counts_once_by_its_parts() -> None:
    whole = RUN | {"activityId": 1, "activityType": "multi_sport", "parent": True}
    parts = [
        RUN | {"activityId": 2, "parentId": 1},
        RUN | {"activityId": 3, "parentId": 1, "activityType": "road_biking"},
    ]
    found, _ = read(exported(whole, *parts))
    assert [recording.sport for recording in found] == [Sport.RUNNING, Sport.CYCLING]
    assert len(read(exported(whole))[0]) == 1


def test_the_same_activity_keeps_its_identity_and_counts_once() -> None:
    found, _ = read(exported(RUN, RUN | {"name": "renamed"}, RUN | {"activityId": 102}))
    assert [recording.name for recording in found] == ["Treadmill Running", "Treadmill Running"]
    assert found[0].identity == only(name="renamed", distance=5).identity != found[1].identity


def test_an_activity_without_a_start_is_left_out_and_counted() -> None:
    undated = RUN | {"activityId": 2, "startTimeGmt": None, "startTimeLocal": "today"}
    found, warned = read(exported(RUN, undated))
    assert (len(found), warned) == (1, ("1 activity of the list was left out: no time of start.",))
    with pytest.raises(ActivityUnreadable, match="Nothing was kept"):
        read(exported(undated))


@pytest.mark.parametrize(
    "shape", [[RUN], RUN, {"summarizedActivitiesExport": [RUN]}, [{"summarizedActivitiesExport": [None, 3, RUN]}]]
)
def test_looser_shapes_of_the_list_are_read_too(shape: Any) -> None:
    assert len(read(json.dumps(shape).encode())[0]) == 1


@pytest.mark.parametrize(
    "data", [b"[]", b"{}", b"3", b'"text"', b'[{"sleep": 1}]', b'[{"summarizedActivitiesExport": {"activityId": 1}}]']
)
def test_other_json_is_no_activity(data: bytes) -> None:
    with pytest.raises(NotAnActivity):
        read(data)


@pytest.mark.parametrize(
    "data", [b"", b"[{", b"\xff\xfe\x00", b"[" * 200_000, b"[" + b"9" * 5000 + b"]", exported(RUN)[:-40]], ids=range(6)
)
def test_damaged_or_hostile_json_is_refused(data: bytes) -> None:
    with pytest.raises(ActivityUnreadable):
        read(data)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(sorted(RUN)), inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from(sorted(RUN)), JSON), JSON)
def test_any_json_ends_in_sound_recordings_or_a_refusal(changes: dict[str, Any], other: Any) -> None:
    for data in (exported(RUN | changes), json.dumps(other).encode()):
        try:
            found, _ = read(data)
        except InputError:
            continue
        assert all(recording.start or recording.local_start for recording in found)
        assert all(recording.distance_m is None or 0 <= recording.distance_m <= 1_000_000 for recording in found)


@given(st.binary(max_size=300))
def test_any_bytes_end_in_recordings_or_a_refusal(data: bytes) -> None:
    try:
        read(data)
    except InputError as refusal:
        assert refusal.message
