"""From a recording to an activity: what the file states wins, what it leaves out is worked out, what cannot be stays None."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import numpy as np
import pytest

from lumbago.activities.finish import finish
from lumbago.model.activities import Activity, Ground, Sport
from recordings import START, columns, recording

LATE = datetime(2026, 10, 4, 23, 30, tzinfo=UTC)


def finished(made: dict[str, Any] | None = None, **fields: Any) -> Activity:
    return finish(recording(made, **fields), "0" * 64)


def test_what_the_file_states_is_kept() -> None:
    found = finished(columns(600), distance_m=1750.0, elapsed_s=700.0, timer_s=610.0, ascent_m=5.0, descent_m=6.0)
    assert (found.distance_m, found.elapsed_s, found.timer_s) == (1750, 700, 610)
    assert (found.ascent_m, found.descent_m) == (5, 6)


def test_what_the_file_leaves_out_comes_from_the_samples() -> None:
    found = finished(columns(600))
    assert (found.distance_m, found.elapsed_s, found.timer_s, found.moving_s) == (1800, 600, 600, 600)
    assert found.start == START
    assert found.records == 601


def test_a_total_of_zero_is_no_distance_when_the_samples_moved() -> None:
    assert finished(columns(600), distance_m=0.0).distance_m == 1800
    assert finished(distance_m=0.0).distance_m == 0


def test_distance_from_positions_leaves_out_the_way_between_two_pieces() -> None:
    made = {
        "time": START.timestamp() + np.arange(5.0),
        "latitude": np.array([0.0, 0.001, 0.002, 0.102, 0.103]),
        "longitude": np.zeros(5),
    }
    assert finished(dict(made), breaks=(3,)).distance_m == pytest.approx(3 * 111.195, rel=1e-4)
    assert finished(dict(made)).distance_m == pytest.approx(103 * 111.195, rel=1e-4)


def test_nothing_told_stays_unknown() -> None:
    found = finished()
    assert (found.start, found.local_date, found.distance_m, found.timer_s) == (None, None, None, None)
    assert (found.cadence_spm, found.ascent_m, found.bands, found.records) == (None, None, (), 0)


@pytest.mark.parametrize(
    ("sport", "raw", "steps", "expected"),
    [
        (Sport.RUNNING, 85.0, None, 170.0),
        (Sport.RUNNING, 168.0, None, 168.0),
        (Sport.RUNNING, 119.9, None, 239.8),
        (Sport.RUNNING, 120.0, None, 120.0),
        (Sport.RUNNING, 100.0, True, 100.0),
        (Sport.WALKING, 55.0, None, 110.0),
        (Sport.CYCLING, 85.0, None, 85.0),
    ],
)
def test_cadence_is_steps_on_foot_and_turns_elsewhere(sport: Sport, raw: float, steps: bool, expected: float) -> None:
    assert finished(columns(60, cadence=raw), sport=sport, steps=steps).cadence_spm == pytest.approx(expected)
    assert finished(cadence=raw, sport=sport, steps=steps).cadence_spm == pytest.approx(expected)


def test_standing_still_is_left_out_of_the_cadence() -> None:
    made = columns(99)
    made["cadence"] = np.where(np.arange(100) < 50, 0.0, 80.0)
    assert finished(made).cadence_spm == 160


@pytest.mark.parametrize(
    ("fields", "zone", "expected"),
    [
        ({"utc_offset_s": 7200}, None, date(2026, 10, 5)),
        ({"utc_offset_s": -3600}, timezone(timedelta(hours=5)), date(2026, 10, 4)),
        ({}, timezone(timedelta(hours=5)), date(2026, 10, 5)),
        ({}, None, date(2026, 10, 4)),
    ],
)
def test_the_day_is_the_runners_own(fields: dict[str, Any], zone: timezone, expected: date) -> None:
    assert finish(recording(start=LATE, **fields), "x", zone=zone).local_date == expected


def test_without_a_zone_the_meridian_tells_the_day() -> None:
    made = {"time": np.full(2, LATE.timestamp()), "latitude": np.zeros(2), "longitude": np.full(2, 121.0)}
    assert finished(made).local_date == date(2026, 10, 5)


def test_a_local_time_without_a_zone_keeps_its_day() -> None:
    found = finish(recording(local_start=datetime(2026, 10, 4, 23, 50)), "x", zone=timezone(timedelta(hours=2)))
    assert found.local_date == date(2026, 10, 4)
    assert found.start == datetime(2026, 10, 4, 21, 50, tzinfo=UTC)


def test_a_clock_that_was_never_set_tells_no_day() -> None:
    found = finished(start=datetime(1990, 1, 5, tzinfo=UTC))
    assert found.local_date is None
    assert "clock" in found.warnings[0]


def test_pauses_gaps_and_clocks_running_backwards_are_not_run() -> None:
    begin = START.timestamp()
    assert finished(columns(600), pauses=((begin + 100, begin + 200),)).timer_s == 500
    gap = columns(600)
    gap["time"][300:] += 1000
    assert finished(gap).timer_s == 599
    back = columns(600)
    back["time"][300:] -= 2000
    assert finished(back).timer_s == 599


def test_climbs_are_summed_from_smoothed_heights() -> None:
    hill = np.concatenate((np.linspace(100, 150, 301), np.linspace(150, 110, 300)))
    noise = np.random.default_rng(3).normal(0, 1.0, 601)
    found = finished(columns(600, altitude=hill + noise))
    assert found.ascent_m == pytest.approx(50, abs=4)
    assert found.descent_m == pytest.approx(40, abs=4)
    flat = finished(columns(600, altitude=100 + noise))
    assert (flat.ascent_m, flat.descent_m) == (0, 0)


def test_a_run_faster_than_anybody_is_read_and_doubted() -> None:
    assert "faster than anybody" in finished(distance_m=42195.0, timer_s=600.0).warnings[0]


def test_parts_of_a_file_have_ids_of_their_own_and_rows_bring_theirs() -> None:
    assert finish(recording(), "abc", 2).id == "abc-2"
    assert finish(recording(identity="row"), "abc").id == "row"


def test_samples_are_read_only_and_empty_columns_are_dropped() -> None:
    found = finished(columns(60, power=np.nan))
    assert found.samples is not None
    assert "power" not in found.samples
    with pytest.raises(ValueError, match="read-only"):
        found.samples["time"][0] = 0


def test_a_treadmill_run_has_form_without_a_single_position() -> None:
    found = finished(columns(1200, 2.9, cadence=84.0), ground=Ground.TREADMILL)
    (band,) = found.bands
    assert (band.speed_mps, band.seconds, band.cadence_spm) == (2.875, 1200, 168)


@pytest.mark.parametrize(
    ("speed_mps", "expected"),
    [(1.2, Sport.UNKNOWN), (2.2, Sport.RUNNING), (4.5, Sport.RUNNING), (6.5, Sport.UNKNOWN)],
)
def test_a_file_without_a_sport_is_a_run_by_its_speed_and_says_so(speed_mps: float, expected: Sport) -> None:
    found = finished(columns(600, speed_mps), sport=Sport.UNKNOWN)
    assert found.sport is expected
    assert ("counted as one" in " ".join(found.warnings)) is (expected is Sport.RUNNING)


def test_a_course_to_follow_is_no_run() -> None:
    assert finished(columns(600, 3.0), sport=Sport.UNKNOWN, planned=True).sport is Sport.UNKNOWN
