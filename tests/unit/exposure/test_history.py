"""The record as it stood on the day the pain began."""

from __future__ import annotations

from datetime import timedelta

import pytest

from lumbago.exposure.history import strength_by_day, weaker
from lumbago.model.activities import Sport
from lumbago.model.levels import Weight
from training import ONSET, activity, history, run, steady


def test_weeks_are_counted_back_from_the_onset_with_its_own_day_in_the_first() -> None:
    told = history([run(0), run(6), run(7), run(13)])
    assert [[each.date for each in week] for week in told.weeks] == [
        [ONSET - timedelta(days=6), ONSET],
        [ONSET - timedelta(days=13), ONSET - timedelta(days=7)],
    ]


def test_a_week_that_is_only_partly_on_record_is_not_counted() -> None:
    assert len(history([run(12), run(3)]).weeks) == 1


def test_no_more_weeks_than_window_and_contrast() -> None:
    assert len(history(steady(60)).weeks) == 32


def test_what_came_after_the_onset_is_not_there() -> None:
    told = history([run(-1), run(2), activity(-2, Sport.STRENGTH), activity(3, Sport.STRENGTH)])
    assert [each.date for each in told.runs] == [ONSET - timedelta(days=2)]
    assert [each.id for each in told.others] == ["strength-3-7"]


@pytest.mark.parametrize(("weeks", "enough"), [(13, False), (14, True)])
def test_eight_earlier_weeks_with_running_say_what_is_usual(weeks: int, enough: bool) -> None:
    assert history(steady(weeks)).has_contrast is enough


def test_weeks_without_a_run_or_with_few_that_tell_are_not_known() -> None:
    told = history([run(1, descent_m=None), run(3, descent_m=None), run(5), run(20)])
    assert told.weekly(lambda each: each.exposure.descent_m) == [None, None, 40.0]
    assert told.weekly(lambda each: each.exposure.distance_m) == [24000, None, 8000]


def test_what_happened_once_in_so_many_weeks_is_usual() -> None:
    told = history(steady())
    assert not told.is_usual(0, 26)
    assert not told.is_usual(1, 25)
    assert told.is_usual(1, 26)


def test_strength_falls_with_the_days_since() -> None:
    within = {"weak": 41, "moderate": 28, "strong": 14}
    found = [strength_by_day(days, within) for days in (14, 15, 28, 29, 41, 42)]
    strong, moderate, weak = Weight.STRONG, Weight.MODERATE, Weight.WEAK
    assert found == [strong, moderate, moderate, weak, weak, None]


def test_nothing_is_weaker_than_weak() -> None:
    assert [weaker(strength) for strength in (None, *Weight)] == [None, None, Weight.WEAK, Weight.MODERATE]
