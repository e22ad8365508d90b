"""What grew from week to week."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lumbago.model.activities import Activity, Change, Ground, Sport
from lumbago.model.levels import Weight
from training import activity, changes, named, run, steady


def last_weeks(weeks: int, **fields: object) -> list[Activity]:
    """Steady training with other runs in the last weeks."""
    return [*steady(since=weeks), *(replace(each, **fields) for each in steady(weeks))]


def extra(weeks: int, km: float, days: tuple[int, ...] = (0, 4), start: int = 0) -> list[Activity]:
    """Further runs in so many weeks, on days that have none."""
    return [run(7 * week + day, km) for week in range(start, start + weeks) for day in days]


def test_two_weeks_of_twice_the_distance_are_moderate_at_most() -> None:
    change = named([*steady(), *extra(2, 10.0, (0, 2, 4))], "week-change")
    assert change is not None
    assert (change.id, change.strength, change.count) == ("load-spike", Weight.MODERATE, 12)
    assert (change.value, change.baseline) == (58000, 28000)
    assert set(change.findings) == {"mileage-jump", "recent-load-change"}


@pytest.mark.parametrize(("km", "is_named"), [(5.5, False), (5.7, True)])
def test_a_small_rise_in_weekly_distance_is_none(km: float, is_named: bool) -> None:
    """1.39 and 1.41 times 28 km."""
    assert bool(named([*steady(), *extra(3, km)], "week-change")) is is_named


def test_a_rise_that_comes_every_month_is_no_news() -> None:
    monthly = [each for start in (0, 7, 12, 17, 22, 27) for each in extra(2, 8.0, start=start)]
    assert named([*steady(), *monthly], "week-change") is None


def test_a_slow_build_is_no_rise() -> None:
    build = [run(7 * week + 0, max(0.5, 12.0 - week)) for week in range(12)]
    assert named([*steady(), *build], "week-change") is None


def test_weeks_are_not_compared_with_a_short_record() -> None:
    assert named([*steady(13), *extra(2, 8.0)], "week-change") is None
    assert named([*steady(14), *extra(2, 8.0)], "week-change") is not None


def test_weeks_off_are_not_what_is_usual() -> None:
    """Every other month off: the weeks with running say what is usual."""
    on_and_off = [each for each in steady() if (int(each.id.split("-")[1]) // 28) % 2 == 0]
    assert named(on_and_off, "week-change") is None


@pytest.mark.parametrize(("km", "is_named"), [(2.0, True), (0.5, True)])
def test_more_run_days_are_weak(km: float, is_named: bool) -> None:
    change = named([*steady(), *extra(3, km, (0, 2, 4))], "run-days-change")
    assert bool(change) is is_named
    assert change is None or (change.value, change.baseline, change.strength) == (6.0, 3.0, Weight.WEAK)


def test_one_more_run_day_is_none() -> None:
    assert named([*steady(), *extra(3, 2.0, (0,))], "run-days-change") is None


def test_three_times_the_downhill_is_named() -> None:
    change = named(last_weeks(2, descent_m=120.0), "descent-change")
    assert change is not None
    assert (change.id, change.strength, change.value, change.baseline) == ("hills", Weight.MODERATE, 360.0, 120.0)
    assert change.findings == ("hills",)


@pytest.mark.parametrize(("descent_m", "is_named"), [(89.0, False), (91.0, True)])
def test_a_little_more_downhill_is_none(descent_m: float, is_named: bool) -> None:
    """147 and 153 m a week more than the usual 120."""
    assert bool(named(last_weeks(3, descent_m=descent_m), "descent-change")) is is_named


def test_hills_every_month_are_no_news() -> None:
    hilly = {week for start in (0, 7, 12, 17, 22, 27) for week in (start, start + 1)}
    runs = [replace(e, descent_m=120.0) if int(e.id.split("-")[1]) // 7 in hilly else e for e in steady()]
    assert named(runs, "descent-change") is None


def test_hills_are_not_judged_where_files_do_not_tell_them() -> None:
    blind = [replace(each, descent_m=None, ascent_m=None) for each in steady(since=2)]
    assert named([*blind, *(replace(each, descent_m=300.0) for each in steady(2))], "descent-change") is None


def test_a_treadmill_climbs_nothing() -> None:
    belt = [replace(each, descent_m=None, ground=Ground.TREADMILL) for each in steady(since=2)]
    change = named([*belt, *(replace(each, descent_m=120.0) for each in steady(2))], "descent-change")
    assert change is not None and change.baseline == 0.0


@pytest.mark.parametrize(("descent_m", "is_named"), [(245.0, False), (255.0, True)])
def test_one_run_with_the_most_downhill_by_far_is_weak(descent_m: float, is_named: bool) -> None:
    hilly = steady(descent_m=100.0)
    change = named(
        [replace(each, descent_m=descent_m) if each.id == "running-3-7" else each for each in hilly], "descent-change"
    )
    assert bool(change) is is_named
    assert change is None or (change.detail, change.strength, change.baseline) == ("one-run", Weight.WEAK, 100.0)


def test_more_uphill_alone_is_weak() -> None:
    change = named(last_weeks(2, ascent_m=120.0), "ascent-change")
    assert change is not None and change.strength is Weight.WEAK


def cycling(weeks: int, minutes: float, start: int = 0) -> list[Activity]:
    return [
        activity(7 * week + 5, Sport.CYCLING, timer_s=minutes * 60, elapsed_s=minutes * 90)
        for week in range(start, start + weeks)
    ]


@pytest.mark.parametrize(("minutes", "is_named"), [(85.0, False), (95.0, True)])
def test_other_sport_that_was_not_done_before_is_named(minutes: float, is_named: bool) -> None:
    change = named([*steady(), *cycling(2, minutes)], "other-sport-minutes")
    assert bool(change) is is_named
    assert change is None or (change.id, change.value) == ("cross-training-load", minutes)
    assert change is None or set(change.activities) == {"cycling-5-7", "cycling-12-7"}


def test_other_sport_as_usual_is_none() -> None:
    assert named([*steady(), *cycling(34, 200.0)], "other-sport-minutes") is None


def test_walking_is_no_other_sport() -> None:
    walks = [activity(7 * week + 5, Sport.WALKING, timer_s=9000.0) for week in range(3)]
    assert named([*steady(), *walks], "other-sport-minutes") is None


def test_distance_and_run_days_speak_once() -> None:
    found: list[Change] = [c for c in changes([*steady(), *extra(2, 10.0, (0, 2, 4))]) if c.id == "load-spike"]
    assert [change.quantity for change in found] == ["week-change"]
