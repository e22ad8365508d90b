"""What happened on one day: long runs, breaks, races and strength sessions."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lumbago.model.activities import Activity, Sport
from lumbago.model.levels import Weight
from training import activity, changes, named, run, steady


def without(activities: list[Activity], first: int, last: int) -> list[Activity]:
    """The same with nothing from so many days before to so many days before."""
    gone = {each.local_date for day in range(first, last + 1) for each in [run(day)]}
    return [each for each in activities if each.local_date not in gone]


def test_steady_training_shows_no_change() -> None:
    assert changes(steady()) == ()


def test_a_much_longer_run_three_days_before_is_strong_and_first() -> None:
    change = changes([*without(steady(), 3, 3), run(3, 19.2)])[0]
    assert (change.id, change.quantity, change.strength) == ("long-run-spike", "longest-ratio", Weight.STRONG)
    assert (change.value, change.baseline, change.ratio, change.count) == (19200, 12000, pytest.approx(1.6), 1)
    assert change.activities == ("running-3-7",)
    assert set(change.findings) == {"long-run-jump", "recent-load-change"}


@pytest.mark.parametrize(("km", "is_named"), [(13.2, False), (13.3, True)])
def test_a_run_just_a_tenth_longer_is_none(km: float, is_named: bool) -> None:
    assert bool(named([*without(steady(), 3, 3), run(3, km)], "longest-ratio")) is is_named


@pytest.mark.parametrize(
    ("days_before", "km", "strength"),
    [
        (3, 14.0, Weight.MODERATE),
        (8, 14.0, Weight.WEAK),
        (7, 19.2, Weight.STRONG),
        (8, 19.2, Weight.MODERATE),
        (22, 19.2, Weight.WEAK),
        (14, 25.0, Weight.STRONG),
        (28, 14.0, Weight.WEAK),
        (29, 14.0, None),
        (41, 19.2, Weight.WEAK),
        (42, 19.2, None),
    ],
)
def test_a_longer_run_counts_more_the_nearer_it_lies(days_before: int, km: float, strength: Weight | None) -> None:
    change = named([*without(steady(), days_before, days_before), run(days_before, km)], "longest-ratio")
    assert (change.strength if change else None) == strength


def test_the_plainest_of_several_leads_and_the_others_are_counted() -> None:
    change = named([*steady(), run(40, 19.2), run(5, 17.0)], "longest-ratio")
    assert change is not None
    assert (change.value, change.count, change.activities) == (17000, 2, ("running-5-7", "running-40-7"))


def test_a_long_run_as_usual_is_one_step_less_plain() -> None:
    every_five_weeks = [run(day, 19.2) for day in (51, 86, 121, 156)]
    change = named([*without(steady(), 3, 3), *every_five_weeks, run(3, 19.2)], "longest-ratio")
    assert change is not None and change.strength is Weight.MODERATE
    assert named([*without(steady(), 9, 9), *every_five_weeks, run(9, 14.0)], "longest-ratio") is None


def test_a_long_run_in_the_first_month_on_record_is_no_evidence() -> None:
    assert named([*steady(4), run(2, 19.2)], "longest-ratio") is None


def test_twenty_days_off_and_a_full_return_is_strong() -> None:
    change = changes(without(steady(), 7, 26))[0]
    assert (change.id, change.quantity, change.strength) == ("return-after-break", "days-off", Weight.STRONG)
    assert (change.value, change.activities) == (20, ("running-6-7",))
    assert change.findings == ("return-after-break",)


def test_a_gentle_return_is_less_plain() -> None:
    gentle = [run(day, 4.0) for day in (6, 3, 1)]
    change = named([*without(steady(), 0, 26), *gentle], "days-off")
    assert change is not None and change.strength is Weight.MODERATE


@pytest.mark.parametrize(("last", "is_named"), [(14, False), (15, True)])
def test_seven_days_off_are_no_break(last: int, is_named: bool) -> None:
    assert bool(named([*without(steady(), 7, last), run(last)], "days-off")) is is_named


def test_a_short_break_is_less_plain_and_with_a_gentle_return_later_none() -> None:
    """Thirteen days off: over a fortnight ago, at once back to the old distances, or not beyond four fifths of them."""
    full = named(without(steady(), 20, 29), "days-off")
    assert full is not None and (full.value, full.strength) == (13, Weight.WEAK)
    eased = [run(day, 6.0) for day in (8, 10, 13, 15, 17)]
    assert named([*without(steady(), 6, 29), *eased], "days-off") is None


def test_on_and_off_running_makes_a_break_usual() -> None:
    on_and_off = [each for each in steady() if int(each.id.split("-")[1]) // 14 % 2 == 0]
    change = named(without(on_and_off, 7, 26), "days-off")
    assert change is not None and change.strength is Weight.MODERATE


def test_a_break_that_often_happens_is_less_plain() -> None:
    often = without(without(without(steady(), 7, 26), 60, 78), 120, 138)
    change = named(often, "days-off")
    assert change is not None and change.strength is Weight.MODERATE


def test_a_break_that_ended_before_the_window_is_none() -> None:
    assert named(without(steady(), 49, 66), "days-off") is None


def test_after_more_than_a_month_off_there_is_no_baseline() -> None:
    change = changes(without(steady(), 7, 44))[0]
    assert (change.quantity, change.value, change.strength) == ("no-baseline", 38, Weight.STRONG)
    assert change.findings == ("return-after-break",)  # whoever ran before is not new


def test_the_first_run_on_record_comes_after_no_break() -> None:
    assert [change.id for change in changes([run(3)])] == ["new-to-running"]


def test_a_marked_race_is_strong_within_a_week() -> None:
    near = changes([replace(each, race=each.id == "running-3-7") for each in steady()])[0]
    assert (near.id, near.quantity, near.strength, near.value) == ("race-effort", "race-flag", Weight.STRONG, 8000)
    later = named([replace(each, race=each.id == "running-24-7") for each in steady()], "race-flag")
    assert later is not None and later.strength is Weight.WEAK


def test_a_race_each_month_is_one_step_less_plain() -> None:
    raced = {f"running-{day}-7" for day in (3, 45, 73, 101, 129, 157)}
    change = named([replace(each, race=each.id in raced) for each in steady()], "race-flag")
    assert change is not None and change.strength is Weight.MODERATE
    later = [replace(each, race=each.id in raced - {"running-3-7"} | {"running-24-7"}) for each in steady()]
    assert named(later, "race-flag") is None


@pytest.mark.parametrize(("s_per_km", "is_named"), [(345.0, True), (350.0, False)])
def test_the_fastest_of_half_a_year_is_named_by_a_margin(s_per_km: float, is_named: bool) -> None:
    change = named([*without(steady(), 3, 3), run(3, s_per_km=s_per_km)], "race-flag")
    assert bool(change) is is_named
    assert change is None or (change.detail, change.strength) == ("fastest", Weight.WEAK)


def test_the_fastest_of_few_runs_is_not_named() -> None:
    assert named([*without(steady(), 3, 3), run(3, 25.0, s_per_km=300)], "race-flag") is None


def test_a_first_strength_session_two_days_before_is_named() -> None:
    change = named([*steady(), activity(2, Sport.STRENGTH)], "strength-session-before")
    assert change is not None
    assert (change.id, change.value, change.strength) == ("heavy-lifting", 48, Weight.MODERATE)
    assert named([*steady(), activity(3, Sport.STRENGTH)], "strength-session-before") is None


def test_a_strength_session_that_was_done_before_is_weak() -> None:
    change = named([*steady(), activity(2, Sport.STRENGTH), activity(100, Sport.STRENGTH)], "strength-session-before")
    assert change is not None and change.strength is Weight.WEAK


def test_a_weekly_strength_session_is_no_change() -> None:
    weekly = [activity(7 * week + 2, Sport.STRENGTH) for week in range(30)]
    assert named([*steady(), *weekly], "strength-session-before") is None


def test_a_strength_session_needs_a_record_to_be_new() -> None:
    assert named([*steady(10), activity(2, Sport.STRENGTH)], "strength-session-before") is None
