"""How somebody ran, against the same runner."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from lumbago.model.activities import Activity
from lumbago.model.levels import Weight
from training import band, named, steady


def days_of(activity: Activity) -> int:
    return int(activity.id.split("-")[1])


def stepping(cadence_spm: Callable[[int], float]) -> list[Activity]:
    """Steady runs at two speeds; steps a minute by the days before, more at the higher speed, a little unsteady."""
    return [
        replace(
            each,
            bands=(
                band(2.5, 20.0, cadence_spm(days_of(each)) + days_of(each) % 3),
                band(3.0, 20.0, cadence_spm(days_of(each)) + 6),
            ),
        )
        for each in steady()
    ]


@pytest.mark.parametrize(
    ("share", "strength"), [(0.98, None), (0.965, Weight.WEAK), (0.95, Weight.MODERATE), (1.05, None)]
)
def test_fewer_steps_at_the_same_speed(share: float, strength: Weight | None) -> None:
    change = named(stepping(lambda day: 170 * (share if day < 21 else 1)), "cadence-change")
    assert (change.strength if change else None) == strength
    if change:
        assert (change.id, change.findings) == ("overstriding-low-cadence", ("overstriding",))
        assert change.ratio == pytest.approx(share, abs=0.005)


def test_slower_running_is_not_fewer_steps() -> None:
    """Fewer steps a minute because of a lower speed: each speed is compared with itself."""
    runs = stepping(lambda _: 170.0)
    slow = [replace(e, bands=(band(2.5, 38.0, 171.0), band(3.0, 2.0, 176.0))) if days_of(e) < 21 else e for e in runs]
    assert named(slow, "cadence-change") is None


def test_fewer_steps_for_a_few_minutes_are_nothing() -> None:
    brief = [
        replace(e, bands=(band(2.5, 1.0, 150.0),) if days_of(e) < 21 else e.bands) for e in stepping(lambda _: 170.0)
    ]
    assert named(brief, "cadence-change") is None


def test_steps_that_vary_as_much_are_no_news() -> None:
    varied = stepping(lambda day: 162.0 if day // 21 % 3 == 0 else 170.0)
    assert named(varied, "cadence-change") is None


def test_steps_need_earlier_weeks() -> None:
    few = [each for each in stepping(lambda day: 160.0 if day < 21 else 170.0) if days_of(each) < 80]
    assert named(few, "cadence-change") is None


def whole(cadence_spm: Callable[[int], float]) -> list[Activity]:
    return [replace(each, cadence_spm=cadence_spm(days_of(each)) + days_of(each) % 2) for each in steady()]


@pytest.mark.parametrize(("cadence", "is_named"), [(166.0, False), (161.0, True)])
def test_longer_steps_over_whole_runs_are_weak(cadence: float, is_named: bool) -> None:
    change = named(whole(lambda day: cadence if day < 21 else 170.0), "step-length-for-speed")
    assert bool(change) is is_named
    assert change is None or (change.id, change.strength) == ("overstriding-low-cadence", Weight.WEAK)


def test_step_length_that_varies_as_much_is_no_news() -> None:
    assert named(whole(lambda day: 161.0 if day // 21 % 3 == 0 else 170.0), "step-length-for-speed") is None


def test_step_length_needs_earlier_runs() -> None:
    few = [each for each in whole(lambda day: 161.0 if day < 21 else 170.0) if days_of(each) < 80]
    assert named(few, "step-length-for-speed") is None


@pytest.mark.parametrize(("minute", "is_named"), [(36.0, False), (34.0, True)])
def test_drift_earlier_in_a_run(minute: float, is_named: bool) -> None:
    """Seven tenths of the usual fifty minutes are thirty-five."""
    runs = [replace(each, drift_min=minute if days_of(each) < 21 else 50.0) for each in steady()]
    change = named(runs, "late-run-drift")
    assert bool(change) is is_named
    assert change is None or (change.id, change.baseline, change.findings) == ("trunk-endurance", 50.0, ())


def test_drift_as_early_as_often_is_no_news() -> None:
    runs = [replace(each, drift_min=30.0 if days_of(each) % 70 < 21 else 50.0) for each in steady()]
    assert named(runs, "late-run-drift") is None


@pytest.mark.parametrize(("percent", "is_named"), [(51.4, False), (51.6, True), (48.4, True)])
def test_a_shift_between_left_and_right(percent: float, is_named: bool) -> None:
    runs = [replace(each, balance_pct=percent if days_of(each) < 21 else 50.0) for each in steady()]
    change = named(runs, "left-right-contact-change")
    assert bool(change) is is_named
    assert change is None or (change.id, change.strength, change.findings) == ("strength-imbalance", Weight.WEAK, ())


def test_a_shift_needs_earlier_runs() -> None:
    runs = [replace(each, balance_pct=52.0 if days_of(each) < 21 else 50.0) for each in steady(12)]
    assert named(runs, "left-right-contact-change") is None
