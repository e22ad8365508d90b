"""How somebody ran: longest stretch, speeds, steps on the level, and drift late in a run."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from lumbago.activities.finish import finish
from lumbago.model.activities import Activity, Ground, Sport
from recordings import columns, recording


def run(seconds: int, speed: Any = 3.0, **more: Any) -> Activity:
    fields = {name: more.pop(name) for name in ("ground", "sport", "pauses") if name in more}
    return finish(recording(columns(seconds, speed, **more), **fields), "x")


def speeds(*parts: tuple[int, float]) -> np.ndarray[Any, Any]:
    return np.concatenate([[parts[0][1]], *(np.full(seconds, speed) for seconds, speed in parts)])


def test_a_walk_of_a_quarter_of_a_minute_breaks_a_run() -> None:
    broken = speeds((300, 3.0), (40, 1.2), (500, 3.0))
    assert run(840, broken).longest_unbroken_s == pytest.approx(500, abs=10)
    whole = speeds((300, 3.0), (8, 1.5), (500, 3.0))
    assert run(808, whole).longest_unbroken_s == pytest.approx(800, abs=12)


def test_steps_tell_running_from_walking_better_than_speed() -> None:
    shuffle = run(600, 1.6, cadence=80.0)
    assert shuffle.longest_unbroken_s == 600
    walk = run(600, 1.9, cadence=60.0)
    assert walk.longest_unbroken_s == 0


def test_a_pause_breaks_a_run() -> None:
    made = columns(600)
    begin = made["time"][0]
    found = finish(recording(made, pauses=((begin + 200, begin + 300),)), "x")
    assert found.longest_unbroken_s == pytest.approx(300, abs=2)


def test_steps_are_counted_on_the_level_only() -> None:
    heights = np.concatenate((np.full(600, 100.0), 100 + np.arange(601) * 0.3))  # then one in ten
    steps = np.concatenate((np.full(600, 84.0), np.full(601, 88.0)))
    (band,) = run(1200, 3.0, altitude=heights, cadence=steps).bands
    assert band.seconds == 1200
    assert band.cadence_spm == pytest.approx(168, abs=1)


def test_less_than_a_minute_on_the_level_tells_nothing_of_steps() -> None:
    (band,) = run(50, 3.0, cadence=84.0, ground=Ground.TREADMILL).bands
    assert (band.seconds, band.cadence_spm) == (50, None)


def test_bands_are_for_runs() -> None:
    assert run(600, 3.0, sport=Sport.CYCLING).bands == ()
    assert run(600, 3.0, sport=Sport.CYCLING).longest_unbroken_s is None


@pytest.mark.parametrize(("late", "expected"), [(84.0, None), (82.5, None), (80.0, 40.0)])
def test_drift_begins_where_steps_slow_for_good_at_like_speed(late: float, expected: float | None) -> None:
    steps = np.concatenate((np.full(2400, 84.0), np.full(1201, late)))
    assert run(3600, 3.0, cadence=steps).drift_min == expected


def test_slower_steps_at_a_slower_pace_are_no_drift() -> None:
    pace = speeds((2400, 3.0), (1200, 2.4))
    steps = np.concatenate((np.full(2400, 84.0), np.full(1201, 80.0)))
    assert run(3600, pace, cadence=steps).drift_min is None


def test_a_spell_that_passes_is_no_drift() -> None:
    steps = np.concatenate((np.full(1800, 84.0), np.full(600, 80.0), np.full(1201, 84.0)))
    assert run(3600, 3.0, cadence=steps).drift_min is None


def test_longer_contact_is_drift_too() -> None:
    contact = np.concatenate((np.full(2400, 240.0), np.full(1201, 255.0)))
    assert run(3600, 3.0, stance=contact).drift_min == 40


def test_a_short_run_says_nothing_of_drift() -> None:
    steps = np.concatenate((np.full(900, 84.0), np.full(601, 76.0)))
    assert run(1500, 3.0, cadence=steps).drift_min is None
