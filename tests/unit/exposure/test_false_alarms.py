"""The benchmark of false alarms: changes are put where it says, and real histories keep the bound."""

from __future__ import annotations

from random import Random

import pytest

from lumbago.exposure.changes import what_changed
from lumbago.exposure.runs import expose
from lumbago.model.activities import Activity, Ground, Sport
from measured import scoring  # puts the benchmarks on the path
from training import ONSET, steady

import false_alarms  # isort: skip

assert scoring
needs_files = pytest.mark.skipif(
    not false_alarms.FILES.exists(), reason="the shared activities are not beside this checkout"
)
KM_A_WEEK = 28.0


def planted(kind: str, activities: list[Activity] | None = None) -> list[Activity]:
    _, plant, _ = false_alarms.PLANTS[kind]
    changed = plant(tuple(activities or steady()), ONSET, Random(1))
    assert changed is not None
    return list(changed)


def km(activities: list[Activity], weeks: int) -> float:
    near = [a for a in activities if a.local_date and 0 <= (ONSET - a.local_date).days < 7 * weeks]
    return sum((a.distance_m or 0.0) for a in near) / 1000


@pytest.mark.parametrize("kind", sorted(false_alarms.PLANTS))
def test_a_change_put_into_steady_training_is_named(kind: str) -> None:
    contributor = false_alarms.PLANTS[kind][0]
    changed = planted(kind)
    found = what_changed(changed, expose(changed, false_alarms.knowledge()), ONSET, false_alarms.knowledge())
    assert contributor in {change.id for change in found}


def test_twice_the_distance_is_twice_the_distance() -> None:
    assert km(planted("twice the weekly distance for 2 weeks"), 2) == pytest.approx(4 * KM_A_WEEK)


def test_twenty_days_off_are_twenty() -> None:
    changed = planted("20 days off, then at once as far as ever")
    runs = expose(changed, false_alarms.knowledge()).runs
    assert max(run.days_off or 0 for run in runs) == 20


def test_a_change_that_cannot_be_put_is_not() -> None:
    belt = [a for a in steady() if a.sport is Sport.RUNNING]
    assert false_alarms.first_treadmill_month((), ONSET, Random(1)) is None
    assert false_alarms.much_longer_run((), ONSET, Random(1)) is None
    on_belt = tuple(false_alarms.replace(a, ground=Ground.TREADMILL) for a in belt)
    assert false_alarms.first_treadmill_month(on_belt, ONSET, Random(1)) is None


@needs_files
def test_real_histories_keep_the_bound_on_strong_changes(nightly: bool) -> None:
    """At most a tenth of dates with a strong change apart from true single-run spikes; by day the table of 1,131 runs alone."""
    for name in false_alarms.HISTORIES if nightly else ("Garmin list",):
        history = false_alarms.read_history(name)
        counts = false_alarms.false_alarms(history, history.weekly("even"))
        assert counts["dates"] > 30
        assert counts["strong-apart"] <= counts["dates"] / 10, name
