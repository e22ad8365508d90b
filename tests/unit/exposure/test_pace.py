"""Minutes above the runner's own usual fast pace."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lumbago.model.activities import Activity, Ground
from lumbago.model.levels import Weight
from training import band, named, run, steady

EASY = (band(2.5, 12.0), band(2.75, 30.0), band(3.0, 6.0))  # the fastest tenth of the time: above 3 m/s none


def banded(fast_minutes: float, weeks: int = 2, start: int = 0) -> list[Activity]:
    """Steady runs with bands, and so many fast minutes in each run of some weeks."""
    fast = (*EASY, band(4.0, fast_minutes))
    days = range(7 * start, 7 * (start + weeks))
    return [replace(each, bands=fast if int(each.id.split("-")[1]) in days else EASY) for each in steady()]


@pytest.mark.parametrize(
    ("minutes", "strength"), [(9.9, Weight.WEAK), (10.1, Weight.MODERATE), (8.2, None), (8.4, Weight.WEAK)]
)
def test_new_fast_minutes_are_named(minutes: float, strength: Weight | None) -> None:
    """24.6 and 25.2 minutes a week, of which ten count as usual where there were none; thrice that is moderate."""
    change = named(banded(minutes), "speed-change")
    assert (change.strength if change else None) == strength
    if change:
        assert (change.id, change.findings, change.value) == ("speedwork", ("speedwork",), pytest.approx(3 * minutes))


def test_fast_minutes_each_month_are_no_news() -> None:
    fast = {week for start in (0, 7, 12, 17, 22, 27) for week in (start, start + 1)}
    runs = [
        replace(e, bands=(*EASY, band(4.0, 12.0)) if int(e.id.split("-")[1]) // 7 in fast else EASY) for e in steady()
    ]
    assert named(runs, "speed-change") is None


def test_fast_minutes_need_earlier_weeks() -> None:
    assert named([each for each in banded(12.0) if int(each.id.split("-")[1]) < 80], "speed-change") is None


def test_without_bands_whole_runs_are_compared_and_stay_weak() -> None:
    fast = [run(day, s_per_km=300.0) for day in (2, 9, 4, 11)]
    change = named([*steady(), *fast], "speed-change")
    assert change is not None and (change.strength, change.count) == (Weight.WEAK, 4)
    assert named([*steady(), *fast[:2]], "speed-change") is None


def test_speed_on_a_treadmill_is_a_guess() -> None:
    fast = [run(day, s_per_km=300.0, ground=Ground.TREADMILL) for day in (2, 9, 4, 11)]
    assert named([*steady(), *fast], "speed-change") is None
