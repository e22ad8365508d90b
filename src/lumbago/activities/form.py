"""How somebody ran: how long without a break, at what speeds, with how many steps, and whether that changed on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from lumbago.activities.signals import grade
from lumbago.model.activities import Ground, SpeedBand

if TYPE_CHECKING:
    from numpy import bool_
    from numpy.typing import NDArray

    from lumbago.model.activities import Column

# What no source fixes is ours; evidence/running.md b3 says where one does.
STILL_MPS = 0.5  # slower is standing
FASTEST_MPS = 12.5  # nobody has run faster
_RUN_FROM_MPS = 1.8  # 9:15 a km; slower is walking unless the steps say otherwise
_RUN_FROM_SPM = 140  # nobody walks so quickly (running.md b3)
_BREAK_S = 15  # a walk or stop this long breaks a run
_BAND_MPS = 0.25
_BAND_LEAST_S = 60.0
_LEVEL_GRADE = 0.02
_DRIFT_FROM_S = 1800.0  # a shorter run says nothing of drift
_DRIFT_WINDOW_S = 300.0
_DRIFT_LEAST = 10  # samples of a window at like speed
_DRIFT_CADENCE = 0.97  # of the steps a minute of the first part, at like speed
_DRIFT_STANCE = 1.04
_LIKE_SPEED = 0.05


def _is_running(samples: dict[str, Column], speed: Column | None, factor: float) -> NDArray[bool_] | None:
    """At each sample, (n,), whether it was run rather than walked: by steps where they are counted, else by speed."""
    raw = samples.get("cadence")
    if raw is not None and np.isfinite(raw).mean() > 0.5:
        by_steps: NDArray[bool_] = np.nan_to_num(raw) * factor >= _RUN_FROM_SPM
        return by_steps if speed is None else by_steps & ~(np.nan_to_num(speed, nan=np.inf) < STILL_MPS)
    return None if speed is None else np.asarray(np.nan_to_num(speed) >= _RUN_FROM_MPS)


def longest_unbroken(
    samples: dict[str, Column], steps: Column | None, speed: Column | None, factor: float
) -> float | None:
    """Seconds of the longest stretch of running; a stop, pause or walk of a quarter of a minute ends it."""
    runs = _is_running(samples, speed, factor)
    time = samples.get("time")
    if runs is None or steps is None or time is None:
        return None
    real = np.nan_to_num(np.diff(time))
    idle = np.where(runs[1:] & (steps > 0), 0.0, real)
    longest = current = waiting = 0.0
    for rested, ran in zip(idle.tolist(), np.where(runs[1:], steps, 0.0).tolist(), strict=True):
        waiting = waiting + rested if rested else 0.0
        if waiting >= _BREAK_S:
            current = 0.0
        else:
            current += ran
            longest = max(longest, current)
    return longest


def bands(
    samples: dict[str, Column],
    steps: Column | None,
    speed: Column | None,
    metres: Column | None,
    factor: float,
    ground: Ground | None,
) -> tuple[SpeedBand, ...]:
    """Moving time by speed, with steps and ground contact on the level."""
    if steps is None or speed is None:
        return ()
    held = np.concatenate(([0.0], steps))
    counts = np.isfinite(speed) & (speed >= STILL_MPS) & (speed <= FASTEST_MPS) & (held > 0)
    if not counts.any():
        return ()
    slope = grade(samples, steps, metres, ground)
    level = np.zeros(len(speed), bool) if slope is None else np.abs(np.nan_to_num(slope, nan=np.inf)) <= _LEVEL_GRADE
    places = (np.nan_to_num(speed) / _BAND_MPS).astype(int)
    length = int(places[counts].max()) + 1
    seconds = np.bincount(places[counts], held[counts], length)
    means = {
        name: _band_means(samples.get(name), counts & level, places, held, length) for name in ("cadence", "stance")
    }
    return tuple(
        SpeedBand(
            speed_mps=float(place + 0.5) * _BAND_MPS,
            seconds=round(float(seconds[place]), 1),
            cadence_spm=None
            if np.isnan(means["cadence"][place])
            else round(float(means["cadence"][place]) * factor, 1),
            stance_ms=None if np.isnan(means["stance"][place]) else round(float(means["stance"][place]), 1),
        )
        for place in np.flatnonzero(seconds)
    )


def _band_means(
    column: Column | None, counts: NDArray[bool_], places: NDArray[np.int_], held: Column, length: int
) -> Column:
    """Mean of a column in each band, weighted by time; NaN where less than a minute was recorded."""
    if column is None:
        return np.full(length, np.nan)
    known = counts & np.isfinite(column) & (column > 0)
    weights = np.bincount(places[known], held[known], length)
    sums = np.bincount(places[known], held[known] * column[known], length)
    divided: Column = np.divide(sums, weights, out=np.full(length, np.nan), where=weights >= _BAND_LEAST_S)
    return divided


def drift(samples: dict[str, Column], steps: Column | None, speed: Column | None, factor: float) -> float | None:
    """Minute from which, to the end, steps slowed or contact lengthened at like speed; None when not, or untold."""
    if steps is None or speed is None or float(steps.sum()) < _DRIFT_FROM_S:
        return None
    clock = np.concatenate(([0.0], np.cumsum(steps)))
    window = (clock // _DRIFT_WINDOW_S).astype(int)
    drifts = [
        _drifts_from(samples[name], speed, window, limit, name == "stance")
        for name, limit in (("cadence", _DRIFT_CADENCE), ("stance", _DRIFT_STANCE))
        if name in samples
    ]
    begun = [drift for drift in drifts if drift is not None]
    return min(begun) * _DRIFT_WINDOW_S / 60 if begun else None


def _drifts_from(column: Column, speed: Column, window: NDArray[np.int_], limit: float, rises: bool) -> int | None:
    """The first window from which every later one lies beyond the limit, against the second and third window at like speed."""
    counts = np.isfinite(column) & (column > 0) & np.isfinite(speed)
    first = counts & (window >= 1) & (window <= 2)
    if not first.any():
        return None
    usual_speed, usual = float(np.median(speed[first])), float(np.mean(column[first]))
    like = counts & (np.abs(speed - usual_speed) <= _LIKE_SPEED * usual_speed)
    begun = None
    for place in range(3, int(window.max())):  # the last window is a piece, and often a cool-down
        here = like & (window == place)
        if here.sum() < _DRIFT_LEAST:
            continue
        share = float(np.mean(column[here])) / usual
        beyond = share >= limit if rises else share <= limit
        begun = (begun if begun is not None else place) if beyond else None
    return begun
