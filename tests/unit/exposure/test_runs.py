"""Every run against the longest of its 30 days before: what is one run, what is one outing, which band, how many days off."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from itertools import permutations
from typing import Any

import pytest

from decided import knowledge
from lumbago.exposure.runs import distinct, expose, is_possible, outings, same_run
from lumbago.model.activities import Activity, DayExposure, Exposures, Ground, RunExposure, Source, SpikeBand, Sport

FIRST = date(2025, 3, 1)
SOON = 40  # days: the first 30 are early


def run(day: int, metres: float | None = 5000, at: str = "07:00", minutes: float | None = 30, **more: Any) -> Activity:
    """A run that begins so many days after FIRST, at this time of day, UTC."""
    local = FIRST + timedelta(days=day)
    hour, minute = map(int, at.split(":"))
    start = datetime(local.year, local.month, local.day, hour, minute, tzinfo=UTC)
    told: dict[str, Any] = {
        "id": f"{day}-{at}-{metres}",
        "start": start,
        "local_date": local,
        "elapsed_s": None if minutes is None else minutes * 60,
        "distance_m": metres,
    }
    return Activity(**({"source": Source.FIT, "sport": Sport.RUNNING} | told | more))


def exposed(*activities: Activity, until: int | None = None) -> Exposures:
    return expose(activities, knowledge(), None if until is None else FIRST + timedelta(days=until))


def last(*activities: Activity) -> RunExposure:
    return exposed(*activities).runs[-1]


def on(exposures: Exposures, day: int) -> DayExposure:
    return next(each for each in exposures.days if each.date == FIRST + timedelta(days=day))


# Against the days before


@pytest.mark.parametrize(
    ("metres", "band"),
    [
        (5000, SpikeBand.REFERENCE),
        (11000, SpikeBand.REFERENCE),
        (11001, SpikeBand.SMALL),
        (13000, SpikeBand.SMALL),
        (13001, SpikeBand.MODERATE),
        (20000, SpikeBand.MODERATE),
        (20001, SpikeBand.LARGE),
    ],
)
def test_a_run_is_set_against_the_longest_before_and_a_tie_is_the_band_below(metres: int, band: SpikeBand) -> None:
    found = last(run(0, 10000), run(5, 8000), run(9, metres))
    assert (found.longest_before_m, found.ratio, found.band) == (10000, metres / 10000, band)


@pytest.mark.parametrize(("days", "longest"), [(1, 10000), (30, 10000), (31, None)])
def test_the_window_is_the_30_days_before_the_date(days: int, longest: int | None) -> None:
    assert last(run(0, 10000), run(days, 9000)).longest_before_m == longest


def test_another_run_of_the_same_date_is_no_baseline() -> None:
    morning, evening = exposed(run(0, 4000), run(1, 8000, "07:00"), run(1, 9000, "18:00")).runs[1:]
    assert (morning.longest_before_m, evening.longest_before_m) == (4000, 4000)


def test_without_a_run_in_the_window_there_is_no_baseline_and_no_ratio() -> None:
    found = last(run(0, 2000), run(SOON, 20000))
    assert (found.band, found.longest_before_m, found.ratio) == (SpikeBand.NO_BASELINE, None, None)


def test_metres_are_whole_before_they_are_compared() -> None:
    assert last(run(0, 10000.4), run(1, 11000.4)).band is SpikeBand.REFERENCE


@pytest.mark.parametrize(("day", "early"), [(29, True), (30, False)])
def test_the_first_30_days_of_a_history_are_early(day: int, early: bool) -> None:
    assert last(run(0), run(day)).early is early


@pytest.mark.parametrize(("day", "days_off"), [(1, 0), (2, 1), (8, 7)])
def test_days_off_are_full_days_without_a_run(day: int, days_off: int) -> None:
    assert last(run(0), run(day)).days_off == days_off


def test_the_first_run_has_no_days_off_and_a_second_one_of_the_day_has_none_of_them() -> None:
    assert [each.days_off for each in exposed(run(0), run(0, 6000, "18:00"), run(4), run(4, 6000, "18:00")).runs] == [
        None, 0, 3, 0,
    ]  # fmt: skip


def test_only_running_counts_the_treadmill_too() -> None:
    ride = run(1, 40000, sport=Sport.CYCLING)
    found = exposed(run(0, 5000, ground=Ground.TREADMILL), ride, run(2, 6000))
    assert [each.distance_m for each in found.runs] == [5000, 6000]
    assert found.runs[-1].longest_before_m == 5000


def test_a_run_counts_on_the_date_of_the_runners_own_clock() -> None:
    tokyo = timezone(timedelta(hours=9))
    early_there = datetime(2025, 3, 2, 5, 0, tzinfo=tokyo).astimezone(UTC)  # still the 1st in UTC
    there = run(1, 6000, start=early_there, id="tokyo")
    assert last(run(0, 5000, "08:00"), there).longest_before_m == 5000


# One run


def test_recordings_that_share_more_than_half_of_the_shorter_are_one_run_and_the_richer_stays() -> None:
    watch = run(0, 10000, minutes=60, records=3600, id="watch")
    phone = run(0, 9700, "07:10", minutes=40, records=300, id="phone", gear="Blue shoes", effort_cr10=4.0)
    (kept,) = distinct([phone, watch], knowledge())
    assert (kept.id, kept.distance_m, kept.gear, kept.effort_cr10) == ("watch", 10000, "Blue shoes", 4.0)


@pytest.mark.parametrize(("at", "same"), [("07:29", True), ("07:30", False), ("07:31", False)])
def test_just_half_shared_is_not_yet_one_run(at: str, same: bool) -> None:
    assert same_run(run(0, minutes=60), run(0, 3000, at, minutes=60), knowledge()) is same


def test_one_run_on_two_dates_is_still_one() -> None:
    late = run(0, 10000, "23:55", minutes=60, id="by the runner's clock")
    other_clock = run(0, 10000, "23:55", minutes=60, id="by the other", local_date=FIRST + timedelta(days=1), records=9)
    assert [each.id for each in distinct([late, other_clock], knowledge())] == ["by the other"]


@pytest.mark.parametrize(
    ("at", "metres", "same"),
    [("07:02", 5100, True), ("07:03", 5000, False), ("07:00", 5103, False), ("07:00", None, False)],
)
def test_without_a_length_the_starts_and_distances_tell(at: str, metres: float | None, same: bool) -> None:
    assert same_run(run(0, 5000), run(0, metres, at, minutes=None), knowledge()) is same


@pytest.mark.parametrize(("day", "metres", "same"), [(0, 5100, True), (0, 5103, False), (1, 5000, False)])
def test_without_a_start_the_date_and_distance_tell(day: int, metres: float, same: bool) -> None:
    row = run(day, metres, start=None, elapsed_s=None, id="row")
    assert same_run(run(0, 5000), row, knowledge()) is same
    assert len(distinct([row, run(0, 5000)], knowledge())) == (1 if same else 2)


def test_the_same_activity_twice_is_one_run_even_without_a_date() -> None:
    undated = run(0, None, start=None, local_date=None, id="a")
    assert [each.id for each in distinct([undated, undated, run(0), run(0)], knowledge())] == [run(0).id, "a"]


def test_a_recording_that_never_moved_does_not_stand_for_one_that_did() -> None:
    stuck = run(0, 0, records=9999, id="stuck")
    assert [each.id for each in distinct([stuck, run(0, 5000, records=10, id="moved")], knowledge())] == ["moved"]


def test_what_is_kept_does_not_depend_on_the_order() -> None:
    recordings = [
        run(0, 10000, minutes=60, records=50, id="a"),
        run(0, 5000, minutes=30, records=100, id="b"),
        run(0, 5000, "07:31", minutes=29, records=20, id="c"),
    ]
    results = {tuple(each.id for each in distinct(order, knowledge())) for order in permutations(recordings)}
    assert results == {("b", "c")}


# One outing


def test_pieces_with_a_short_gap_are_one_outing_summed() -> None:
    warm_up = run(
        0, 2000.4, "07:00", minutes=15, id="a", ascent_m=10.0, descent_m=5.0, longest_unbroken_s=600, moving_s=840
    )
    race = run(0, 10000.4, "07:44", minutes=45, id="b", ascent_m=50.0, longest_unbroken_s=2700, timer_s=2640)
    (found,) = exposed(race, warm_up).runs
    assert (found.id, found.ids, found.distance_m) == ("b", ("b", "a"), 12000)
    assert (found.ascent_m, found.descent_m, found.minutes, found.unbroken_minutes) == (60.0, 5.0, 58.0, 45.0)


@pytest.mark.parametrize(("at", "pieces"), [("07:59", 1), ("08:00", 2)])
def test_a_gap_of_30_minutes_parts_two_outings(at: str, pieces: int) -> None:
    assert len(exposed(run(0, 3000), run(0, 4000, at)).runs) == pieces


def test_gaps_are_counted_from_the_latest_end_not_from_a_piece_of_unknown_length_within() -> None:
    long = run(0, 9000, "07:00", 60, id="long")
    within, after = run(0, 900, "07:10", None, id="within"), run(0, 2000, "08:20", 10, id="after")
    assert [each.ids for each in exposed(after, within, long).runs] == [("long", "after", "within")]


def test_pieces_on_two_dates_are_two_outings() -> None:
    midnight = run(0, 3000, "23:50", minutes=5)
    assert len(exposed(midnight, run(1, 3000, "00:05")).runs) == 2


def test_a_run_without_a_start_stands_alone() -> None:
    found = outings([run(0, 3000), run(0, 8000, start=None, id="row")], knowledge())
    assert [each.ids for each in found] == [(run(0, 3000).id,), ("row",)]


# What is left out


def test_a_run_under_100_m_is_left_out_with_a_warning_and_ends_no_break() -> None:
    found = exposed(run(0), run(10, 99.4), run(12, 100))
    assert [(each.distance_m, each.days_off) for each in found.runs] == [(5000, None), (100, 11)]
    assert found.warnings == ("Left out of the comparison of runs: 1 run under 100 m.",)


def test_pieces_under_100_m_that_make_an_outing_are_kept() -> None:
    assert [each.distance_m for each in exposed(run(0, 80), run(0, 80, "07:40")).runs] == [160]


def test_a_run_without_a_distance_is_left_out_but_ends_a_break() -> None:
    found = exposed(run(0), run(10, None), run(12, 5200))
    assert [(each.distance_m, each.days_off) for each in found.runs] == [(5000, None), (5200, 1)]
    assert found.warnings == ("Left out of the comparison of runs: 1 run without a distance.",)
    assert (on(found, 10).runs, on(found, 10).distance_m, on(found, 10).minutes) == (1, None, 30)
    assert on(found, 12).week_m is None


def test_a_history_begins_with_the_first_distance() -> None:
    assert exposed(run(0, None), run(40, 5000)).runs[0].early


def test_runs_without_a_date_are_left_out_with_their_count_and_nothing_else() -> None:
    undated = [run(0, 5000, start=None, local_date=None, id=name) for name in "ab"]
    found = exposed(run(0), *undated, *undated)
    assert len(found.runs) == 1
    assert found.warnings == ("Left out of the comparison of runs: 2 runs without a date.",)


def test_an_activity_of_unknown_sport_is_left_out_with_a_warning_and_other_sports_without_one() -> None:
    unknown = [run(1, sport=Sport.UNKNOWN, id=name) for name in "ab"]
    found = exposed(run(0), *unknown, *unknown, run(2, sport=Sport.CYCLING))
    assert len(found.runs) == 1
    assert found.warnings == (
        "Left out of the comparison of runs: 2 activities of no named sport; say --sport running if they are runs.",
    )


def test_what_came_after_the_last_day_asked_about_is_not_there() -> None:
    assert exposed(run(0), run(5), run(9), until=5) == exposed(run(0), run(5))


def test_no_runs_give_nothing() -> None:
    assert exposed() == exposed(run(0, sport=Sport.WALKING)) == Exposures()
    assert exposed(run(9), until=5) == Exposures()


# Every day


def test_every_day_from_the_first_run_to_the_day_asked_about_has_a_row() -> None:
    found = exposed(run(0, 5000, ascent_m=30.0), run(2, 6000), run(2, 4000, "18:00", ascent_m=20.0), until=4)
    assert [(each.runs, each.distance_m) for each in found.days] == [(1, 5000), (0, 0), (2, 10000), (0, 0), (0, 0)]
    assert [each.ascent_m for each in found.days] == [30, 0, 20, 0, 0]
    assert [each.descent_m for each in found.days] == [None, 0, None, 0, 0]
    assert [each.minutes for each in found.days] == [30, 0, 60, 0, 0]
    assert len(exposed(run(0), run(2)).days) == 3


def test_a_week_is_the_last_seven_days_once_there_are_seven() -> None:
    found = exposed(*(run(day, 1000 + day) for day in range(9)))
    assert [on(found, day).week_m for day in (5, 6, 7)] == [None, 7021, 7028]


def test_a_week_is_set_against_the_four_weeks_before_it() -> None:
    found = exposed(*(run(day, 1000) for day in range(28)), *(run(day, 1250) for day in range(28, 36)))
    assert on(found, 33).ratio_to_four_weeks is None
    assert on(found, 34).ratio_to_four_weeks == 1.25
    assert on(found, 35).ratio_to_four_weeks == 8750 * 4 / (27 * 1000 + 1250)


@pytest.mark.parametrize(("day", "distance"), [(29, 0), (30, None)])
def test_over_28_days_of_silence_nobody_knows_who_rested(day: int, distance: int | None) -> None:
    found = exposed(run(0), run(day))
    between = found.days[1:-1]
    assert len(between) == day - 1
    assert {(each.runs, each.distance_m, each.ascent_m, each.minutes) for each in between} == {
        (0, distance, distance, distance)
    }
    assert found.runs[-1].days_off == day - 1
    assert on(found, day).week_m == (None if distance is None else 5000)


def test_a_ride_shows_that_the_watch_was_there() -> None:
    ride = run(20, 30000, sport=Sport.CYCLING)
    assert {each.distance_m for each in exposed(run(0), ride, run(40)).days} == {5000, 0}


@pytest.mark.parametrize(("until", "distance"), [(28, 0), (29, None)])
def test_silence_after_the_last_run_is_judged_alike(until: int, distance: int | None) -> None:
    assert on(exposed(run(0), until=until), until).distance_m == distance


def test_a_filled_recording_keeps_its_own_values() -> None:
    watch = run(0, 5000, records=10, id="watch", ascent_m=40.0)
    phone = replace(watch, id="phone", records=1, ascent_m=90.0, descent_m=80.0)
    (kept,) = distinct([phone, watch], knowledge())
    assert (kept.ascent_m, kept.descent_m) == (40.0, 80.0)


def test_a_run_that_nobody_could_run_is_compared_and_told() -> None:
    found = exposed(run(0, 8000, minutes=50), run(3, 20000, minutes=20))
    assert [is_possible(each, knowledge()) for each in found.runs] == [True, False]
    assert "1 run is faster than anybody has run" in found.warnings[0]


@pytest.mark.parametrize(
    ("hours", "metres", "one"), [(2, 8000, True), (2, 8300, True), (2, 8600, False), (2.1, 8000, False)]
)
def test_a_row_of_a_table_is_the_run_whose_clock_lies_quarters_of_an_hour_away(
    hours: float, metres: float, one: bool
) -> None:
    track, row = run(1, 8000, id="gpx"), run(1, metres, id="row", source=Source.CSV)
    assert track.start is not None
    moved = replace(row, start=track.start + timedelta(hours=hours))
    assert (len(distinct([track, moved], knowledge())) == 1) is one


def test_two_runs_of_a_day_are_not_one_because_a_table_tells_of_both() -> None:
    morning = run(1, 8000, at="05:00", id="fit")
    rows = [run(1, 8000, at="07:00", id="a", source=Source.CSV), run(1, 8200, at="18:01", id="b", source=Source.CSV)]
    assert sorted(each.distance_m for each in exposed(morning, *rows).runs) == [8000, 8200]
