"""Which days hold what."""

from __future__ import annotations

from lumbago.plan.days import own_days, spaced, strength_days
from weeks import MONDAY


def test_own_days_fall_on_the_named_weekdays_from_the_first_day_on() -> None:
    assert own_days(MONDAY, (0, 2, 6), 0) == (0, 2, 6)
    assert own_days(MONDAY, (0, 2, 6), 1) == (2, 6)
    assert own_days(MONDAY, (), 5) == (5, 6)


def test_as_many_days_as_fit_the_earliest_first() -> None:
    assert spaced((0, 1, 2, 3, 4), 3, 2) == (0, 2, 4)
    assert spaced((5, 6), 3, 2) == (5,)
    assert spaced((), 3, 2) == ()


def test_strength_prefers_run_days_but_not_around_the_longest_run() -> None:
    assert strength_days((1, 3, 5), 5, 2, 2) == (1, 3)
    assert strength_days((2, 4, 6), 6, 2, 2) == (2, 4)
    assert strength_days((0,), 0, 2, 2) == (1, 3)
    assert strength_days((), None, 2, 2) == (0, 2)
