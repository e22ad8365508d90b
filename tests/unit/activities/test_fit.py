"""FIT: totals, samples, pauses and zones as the watch wrote them; damage costs what is damaged, and is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from fitfiles import START, Message, fit, run, stamp
from lumbago.activities.fit import read
from lumbago.errors import ActivityUnreadable, NotAnActivity
from lumbago.model.activities import Ground, Sport


def test_a_run_is_read_with_its_totals_and_samples() -> None:
    (found,) = read(fit(run(600, 3.0, 85.5, heights=(10, 20), total_ascent=12, total_descent=3)))
    assert (found.sport, found.start, found.elapsed_s, found.timer_s) == (Sport.RUNNING, START, 600, 600)
    assert (found.distance_m, found.ascent_m, found.descent_m) == (1800, 12, 3)
    assert len(found.columns["time"]) == 601
    assert found.columns["distance"][-1] == 1800
    assert found.columns["cadence"][0] == 85.5
    assert found.columns["altitude"][0] == pytest.approx(10, abs=0.2)
    assert not found.warnings


@pytest.mark.parametrize(
    ("sport", "sub_sport", "expected"),
    [
        (1, 1, (Sport.RUNNING, Ground.TREADMILL)),
        (1, 45, (Sport.RUNNING, Ground.TREADMILL)),
        (1, 3, (Sport.RUNNING, Ground.TRAIL)),
        (1, 4, (Sport.RUNNING, Ground.TRACK)),
        (4, 1, (Sport.RUNNING, Ground.TREADMILL)),
        (4, 14, (Sport.OTHER, None)),
        (10, 20, (Sport.STRENGTH, None)),
        (2, 0, (Sport.CYCLING, None)),
        (5, 17, (Sport.SWIMMING, None)),
        (11, 0, (Sport.WALKING, None)),
        (17, 0, (Sport.WALKING, None)),
        (0, 0, (Sport.UNKNOWN, None)),
        (200, 0, (Sport.UNKNOWN, None)),
    ],
)
def test_the_sport_is_the_one_the_watch_was_set_to(sport: int, sub_sport: int, expected: tuple[Sport, Ground]) -> None:
    (found,) = read(fit(run(20, sport=sport, sub_sport=sub_sport)))
    assert (found.sport, found.ground) == expected


@pytest.mark.parametrize(("local_h", "offset_s"), [(2, 7200), (-9.5, -34200), (0, None), (40, None), (None, None)])
def test_the_zone_is_the_watchs_own_unless_it_cannot_be(local_h: float | None, offset_s: int | None) -> None:
    (found,) = read(fit(run(20, local_h=local_h)))
    assert found.utc_offset_s == offset_s


def test_a_pause_lies_between_a_stop_and_the_next_start() -> None:
    messages = [
        *run(600, total_timer_time=500),
        Message("event", {"timestamp": stamp(0), "event": 0, "event_type": 0}),
        Message("event", {"timestamp": stamp(200), "event": 0, "event_type": 4}),
        Message("event", {"timestamp": stamp(300), "event": 0, "event_type": 0}),
        Message("event", {"timestamp": stamp(600), "event": 0, "event_type": 4}),
    ]
    (found,) = read(fit(messages))
    assert found.pauses == ((stamp(200), stamp(300)),)
    assert (found.elapsed_s, found.timer_s) == (600, 500)


def test_laps_are_counted_from_the_start() -> None:
    laps = [
        Message(
            "lap", {"timestamp": stamp(end), "start_time": stamp(begin), "total_timer_time": 300, "total_distance": 900}
        )
        for begin, end in ((0, 300), (300, 600))
    ]
    (found,) = read(fit([*run(600), *laps]))
    assert [(lap.start_s, lap.timer_s, lap.distance_m) for lap in found.laps] == [(0, 300, 900), (300, 300, 900)]


def test_a_duathlon_is_as_many_recordings_as_it_has_sessions() -> None:
    first, second = run(300, start_s=0), run(600, speed_mps=8, sport=2, start_s=400)
    found = read(fit([*first[:-1], *second[1:-1], first[-1], second[-1]]))
    assert [each.sport for each in found] == [Sport.RUNNING, Sport.CYCLING]
    assert [len(each.columns["time"]) for each in found] == [301, 601]
    assert found[1].start == START + timedelta(seconds=400)


def test_files_written_one_behind_another_are_all_read() -> None:
    found = read(fit(run(60)) + fit(run(90, start_s=500)))
    assert [each.elapsed_s for each in found] == [60, 90]


def test_a_header_without_a_checksum_is_no_reason_to_doubt() -> None:
    (found,) = read(fit(run(60), header_crc=False))
    assert found.elapsed_s == 60
    assert not found.warnings


def test_a_wrong_checksum_is_told_and_everything_read() -> None:
    data = bytearray(fit(run(60)))
    data[-1] ^= 0xFF
    (found,) = read(bytes(data))
    assert len(found.columns["time"]) == 61
    assert "checksum" in found.warnings[0]


def test_a_file_that_breaks_off_gives_what_came_before() -> None:
    data = fit(run(600))
    (found,) = read(data[: len(data) // 2])
    assert 200 < len(found.columns["time"]) < 400
    assert f"{len(found.columns['time'])} samples could be recovered" in found.warnings[0]
    assert "worked out from the samples" in found.warnings[0]


def test_a_recording_that_was_never_finished_is_recovered() -> None:
    data = bytearray(fit(run(120, session=False)))
    data[4:8] = bytes(4)
    (found,) = read(bytes(data[:-2]))
    assert len(found.columns["time"]) >= 120


def test_what_hangs_on_behind_is_left_out_and_told_unless_it_is_empty() -> None:
    sound = fit(run(60))
    assert "Behind the activity stand 5 bytes" in read(sound + b"hello")[0].warnings[0]
    assert not read(sound + bytes(100))[0].warnings


def test_samples_without_a_session_are_an_activity_of_unknown_sport() -> None:
    (found,) = read(fit(run(60, session=False)))
    assert found.sport is Sport.UNKNOWN
    assert "names no sport" in found.warnings[0]


def test_settings_hold_nothing_to_count() -> None:
    with pytest.raises(NotAnActivity, match="settings"):
        read(fit([Message("file_id", {"type": 2, "time_created": stamp()})]))


@pytest.mark.parametrize("data", [b"", b"<gpx/>", b"\x0e\x20\x00\x00\xff\xff\xff\xff.FIT", fit(run(60))[:14]])
def test_what_is_no_fit_file_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(ActivityUnreadable):
        read(data)


def test_a_course_is_not_something_that_was_done() -> None:
    messages = run(60, session=False)
    messages[0] = replace(messages[0], values={"type": 6, "time_created": stamp()})
    (found,) = read(fit(messages))
    assert "course to follow" in found.warnings[0]
    assert not np.isnan(found.columns["distance"]).any()
