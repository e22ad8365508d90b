"""How far one run may go today: at every threshold, during a break, and soon after it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from decided import knowledge
from lumbago.exposure.room import room_today
from lumbago.model.activities import Room
from runs import ran

TODAY = date(2026, 11, 23)
OLD = (60, 7_000)  # so that the record is long enough


def room_of(*runs: tuple[int, float | None]) -> Room:
    return room_today(ran(TODAY, *runs), TODAY, knowledge())


def test_a_tenth_more_than_the_longest_of_30_days_is_the_room() -> None:
    room = room_of(OLD, (20, 8_000), (14, 5_000), (8, 5_000), (2, 5_000))
    assert (room.longest_m, room.longest_on) == (8_000, date(2026, 11, 3))
    assert room.up_to_m == 8_800
    assert (room.small_from_m, room.moderate_from_m, room.large_from_m) == (8_801, 10_401, 16_001)
    assert (room.days_off, room.early, room.because) == (1, False, ("session-caps",))


@pytest.mark.parametrize(("ago", "counts"), [(30, True), (31, False)])
def test_the_window_is_the_30_days_before_today(ago: int, counts: bool) -> None:
    assert (room_of((ago, 20_000), (1, 5_000)).longest_m == 20_000) is counts


@pytest.mark.parametrize("longest", [4_999, 7_777, 12_345, 21_098])
def test_no_room_is_a_spike(longest: int) -> None:
    room = room_of(OLD, (5, longest))
    assert room.up_to_m is not None
    assert room.up_to_m * 10 <= longest * 11 < (room.up_to_m + 1) * 10
    assert room.small_from_m == room.up_to_m + 1


@pytest.mark.parametrize(
    ("days_off", "up_to"),
    [(0, 11_000), (6, 11_000), (7, 8_000), (14, 8_000), (15, 6_000), (28, 6_000), (29, 4_000)],
)
def test_after_a_break_the_lower_of_the_two_holds(days_off: int, up_to: int) -> None:
    room = room_of(OLD, (days_off + 1, 10_000))
    assert room.days_off == days_off
    assert room.up_to_m == up_to
    assert room.because == (("session-caps", "time-off") if days_off > 6 else ("session-caps",))
    assert bool(room.time_off and room.time_off.run_walk) is (days_off == 29)


def test_the_share_is_of_the_longest_before_the_break_even_outside_the_window() -> None:
    room = room_of((90, 5_000), (40, 15_000), (20, 10_000))
    assert room.time_off
    assert (room.longest_m, room.time_off.longest.distance_m, room.up_to_m) == (10_000, 15_000, 9_000)
    lower_cap = room_of((90, 5_000), (40, 20_000), (20, 10_000))
    assert (lower_cap.time_off, lower_cap.up_to_m, lower_cap.because) == (None, 11_000, ("session-caps",))


# --- soon after a break: 10 km, then 20 days off, then the first run back

BEFORE = (OLD, (40, 8_000))


def back(ago: int, *since: tuple[int, float | None], days_off: int = 20) -> Room:
    """The room when the run that ended a break lies so many days before today; `since`: the runs from then on."""
    return room_of(*BEFORE, (ago + days_off + 1, 10_000), *since)


def test_a_first_short_run_back_does_not_end_what_the_break_allows() -> None:
    room = back(1, (1, 5_000))
    assert (room.longest_m, room.days_off, room.up_to_m) == (10_000, 0, 6_000)
    assert room.because == ("session-caps", "time-off")
    assert room.time_off
    assert (room.time_off.days_off, room.time_off.back_on) == (20, TODAY - timedelta(days=1))
    assert (room.time_off.percent, room.time_off.longest.distance_m, room.time_off.since) == (60, 10_000, None)


@pytest.mark.parametrize(
    ("days_off", "up_to"),
    [(6, 11_000), (7, 8_000), (14, 8_000), (15, 6_000), (28, 6_000)],
)
def test_the_share_of_each_break_goes_on_after_it(days_off: int, up_to: int) -> None:
    assert back(1, (1, 2_000), days_off=days_off).up_to_m == up_to


@pytest.mark.parametrize(("ago", "up_to"), [(13, 8_000), (14, 11_000)])
def test_a_break_counts_for_14_days_from_the_first_run_back(ago: int, up_to: int) -> None:
    runs = tuple((day, 5_000) for day in range(ago, 0, -1))
    assert back(ago, *runs, days_off=10).up_to_m == up_to


@pytest.mark.parametrize(("since", "up_to"), [(5_454, 6_000), (5_455, 6_000), (5_456, 6_001), (9_000, 9_900)])
def test_a_tenth_more_than_the_longest_since_counts_once_it_is_beyond_the_share(since: int, up_to: int) -> None:
    room = back(3, (3, since), (1, 2_000))
    assert room.up_to_m == up_to
    assert room.time_off
    assert (room.time_off.since is None) is (up_to == 6_000)


@pytest.mark.parametrize(("since", "by"), [(9_999, True), (10_000, False), (12_000, False)])
def test_the_cap_of_30_days_holds_where_it_is_no_higher(since: int, by: bool) -> None:
    room = back(1, (1, since))
    assert room.longest_m is not None
    assert room.up_to_m == (since if by else room.longest_m) * 11 // 10
    assert bool(room.time_off) is by


def test_the_share_stays_that_of_the_longest_before_the_break() -> None:
    room = room_of(OLD, (42, 15_000), (22, 10_000), (1, 5_000))
    assert room.time_off
    assert (room.longest_m, room.time_off.longest.distance_m, room.up_to_m) == (10_000, 15_000, 9_000)


def test_after_a_break_as_long_as_the_window_the_first_run_back_is_all_there_is_to_go_by() -> None:
    room = back(1, (1, 2_000), days_off=35)
    assert (room.longest_m, room.up_to_m, room.time_off) == (2_000, 2_200, None)


def test_a_run_of_today_ends_no_break_before_it_is_done() -> None:
    room = room_of(*BEFORE, (21, 10_000), (0, 4_000))
    assert room.time_off
    assert (room.time_off.back_on, room.up_to_m, room.left_m) == (None, 6_000, 2_000)


@pytest.mark.parametrize(("first_back", "up_to"), [(13, 6_000), (14, 8_000)])
def test_a_second_break_does_not_end_the_first_one(first_back: int, up_to: int) -> None:
    room = back(first_back, (first_back, 5_000), days_off=15)
    assert room.days_off == first_back - 1
    assert room.up_to_m == up_to


def test_a_run_without_a_distance_before_the_record_is_no_break_to_go_by() -> None:
    assert room_of((40, None), (10, 5_000), (9, 5_000), (5, 5_000)).up_to_m == 5_500


@pytest.mark.parametrize("days_off", [7, 14, 20, 28])
def test_a_short_run_back_takes_no_room_away(days_off: int) -> None:
    during = room_of(*BEFORE, (days_off + 1, 10_000)).up_to_m
    assert during is not None
    after = [back(1, (1, metres), days_off=days_off).up_to_m for metres in range(500, 10_000, 500)]
    assert during == after[0]
    assert after == sorted(after, key=lambda metres: metres or 0)
