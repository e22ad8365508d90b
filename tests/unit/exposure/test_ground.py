"""A move to or from the treadmill, or to other ground."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lumbago.model.activities import Activity, Ground, Source
from lumbago.model.levels import Weight
from training import named, steady


def on(ground: Ground | None, days: range, runs: list[Activity] | None = None) -> list[Activity]:
    """Steady runs, those of these days before on this ground."""
    return [replace(each, ground=ground) if int(each.id.split("-")[1]) in days else each for each in runs or steady()]


def test_a_first_month_on_the_treadmill_is_named() -> None:
    change = named(on(Ground.TREADMILL, range(28)), "treadmill-change")
    assert change is not None
    assert (change.id, change.value, change.strength) == ("treadmill-change", 1.0, Weight.MODERATE)
    assert set(change.findings) == {"surface-change", "treadmill"}
    assert change.baseline is not None and change.baseline < 0.2


def test_the_first_two_treadmill_runs_are_weak_and_one_is_nothing() -> None:
    two = named(on(Ground.TREADMILL, range(1, 4)), "treadmill-change")
    assert two is not None and (two.strength, two.count, two.baseline) == (Weight.WEAK, 2, 0.0)
    assert named(on(Ground.TREADMILL, range(1, 2)), "treadmill-change") is None


@pytest.mark.parametrize(("days", "is_named"), [((1, 3), False), ((1, 3, 6, 8, 10), True)])
def test_a_share_moved_by_less_than_half_is_none(days: tuple[int, ...], is_named: bool) -> None:
    """One earlier treadmill run, so that these are not the first."""
    runs = [replace(e, ground=Ground.TREADMILL) if int(e.id.split("-")[1]) in (*days, 101) else e for e in steady()]
    assert bool(named(runs, "treadmill-change")) is is_named


def test_a_treadmill_used_every_other_month_is_no_news() -> None:
    runs = steady()
    for start in (0, 56, 112, 168):
        runs = on(Ground.TREADMILL, range(start, start + 28), runs)
    assert named(runs, "treadmill-change") is None


def test_leaving_the_treadmill_is_told_as_such() -> None:
    change = named(on(Ground.TREADMILL, range(21, 240)), "treadmill-change")
    assert change is not None
    assert (change.value, change.baseline, change.detail, change.findings) == (0.0, 1.0, "off", ("surface-change",))


def test_new_trails_are_weak() -> None:
    change = named(on(Ground.TRAIL, range(21)), "ground-change")
    assert change is not None
    assert (change.id, change.detail, change.strength) == ("surface-change", "trail", Weight.WEAK)


def test_ground_is_compared_only_where_the_same_source_could_tell_it() -> None:
    other = [replace(each, source=Source.GPX) for each in steady(since=3)]
    told = [replace(each, ground=Ground.TRAIL) for each in steady(3)]
    assert named([*other, *told], "ground-change") is None


def test_ground_needs_earlier_weeks() -> None:
    assert named(on(Ground.TREADMILL, range(21), steady(12)), "treadmill-change") is None
