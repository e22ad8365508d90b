"""What samples show step by step: seconds, metres, speed, slope and climb, with pauses and gaps left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from lumbago.activities.geo import haversine_m
from lumbago.activities.recording import Recording
from lumbago.model.activities import Ground

if TYPE_CHECKING:
    from lumbago.model.activities import Column

# What no source fixes is ours; evidence/running.md (b3, e) says where one does.
_GAP_S = 60  # without a sample for longer the watch was off or paused
_SMOOTH_S = 30.0  # of altitude, before it is summed
_CLIMB_M = 3.0  # smaller rises are noise
_GRADE_OVER_M = 30.0  # running.md e: grade over at least 20 to 30 m of smoothed altitude
_SPEED_S = 10.0  # of speed, before it is sorted into bands


def step_seconds(time: Column | None, recording: Recording) -> Column | None:
    """Seconds from each sample to the next, (n-1,): 0 over pauses, gaps, breaks, and where a clock runs backwards."""
    if time is None or len(time) < 2:
        return None
    steps: Column = np.nan_to_num(np.diff(time))
    steps[(steps < 0) | (steps > max(_GAP_S, 3 * float(np.median(steps))))] = 0
    steps[[place - 1 for place in recording.breaks if 0 < place < len(time)]] = 0
    for begin, end in recording.pauses:
        steps[(time[:-1] >= begin) & (time[1:] <= end)] = 0
    return steps


def step_metres(samples: dict[str, Column], breaks: tuple[int, ...]) -> Column | None:
    """Metres from each sample to the next, (n-1,): by the device's count, else by position; 0 over breaks."""
    distance = samples.get("distance")
    if distance is not None and len(distance) > 1:
        known = np.fmax.accumulate(np.nan_to_num(distance, nan=float(np.nanmin(distance))))
        return np.asarray(np.diff(known))
    latitude, longitude = samples.get("latitude"), samples.get("longitude")
    if latitude is None or longitude is None:
        return None
    metres = np.nan_to_num(haversine_m(latitude, longitude))
    metres[[place - 1 for place in breaks if 0 < place <= len(metres)]] = 0
    return metres


def speed(samples: dict[str, Column], steps: Column | None, metres: Column | None) -> Column | None:
    """Speed at each sample, (n,), smoothed over seconds: as recorded, else from distance and time; NaN before the first step."""
    if steps is None:
        return None
    told = samples.get("speed")
    if told is not None and np.isfinite(told).mean() > 0.5:
        return smoothed(told, steps, _SPEED_S)
    if metres is None:
        return None
    # metres and seconds are each smoothed before they are divided: two points a moment apart would make any speed
    moved = np.where(steps > 0, metres, 0.0)
    ahead, took = (smoothed(np.concatenate(([np.nan], each)), steps, _SPEED_S) for each in (moved, steps))
    pace: Column = np.divide(ahead, took, out=np.full(len(took), np.nan), where=took > 0)
    return pace


def smoothed(values: Column, steps: Column, seconds: float) -> Column:
    """The mean over about so many seconds around each sample; NaN are left out of it."""
    spacing = float(np.median(steps[steps > 0])) if (steps > 0).any() else 1.0
    half = int(seconds / spacing / 2)
    if half < 1:
        return values
    known = np.isfinite(values)
    sums = np.cumsum(np.concatenate(([0.0], np.where(known, values, 0.0))))
    counts = np.cumsum(np.concatenate(([0], known)))
    at = np.arange(len(values))
    low, high = np.maximum(at - half, 0), np.minimum(at + half + 1, len(values))
    number = counts[high] - counts[low]
    divided: Column = np.divide(sums[high] - sums[low], number, out=np.full(len(values), np.nan), where=number > 0)
    return divided


def climb(samples: dict[str, Column], steps: Column | None) -> tuple[float, float] | None:
    """(ascent, descent) in metres of smoothed altitude, rises and falls under a few metres left out as noise."""
    altitude = samples.get("altitude")
    if altitude is None or steps is None or np.isfinite(altitude).sum() < 2:
        return None
    smooth = smoothed(altitude, steps, _SMOOTH_S)
    smooth = smooth[np.isfinite(smooth)]
    turns = np.flatnonzero(np.diff(np.sign(np.diff(smooth)), prepend=0)) if len(smooth) > 2 else np.array([], int)
    heights = smooth[np.unique(np.concatenate(([0], turns, [len(smooth) - 1])).astype(int))]
    return _zigzag(heights.tolist())


def _zigzag(heights: list[float]) -> tuple[float, float]:
    """(up, down) between the turning points that stand out from their neighbours by more than noise."""
    up = down = 0.0
    pivot = high = low = heights[0]
    trend = 0  # 1 rising, -1 falling, 0 not known yet
    for height in heights:
        high, low = max(high, height), min(low, height)
        if trend >= 0 and high - height >= _CLIMB_M:
            up += high - pivot
            pivot, low, trend = high, height, -1
        elif trend <= 0 and height - low >= _CLIMB_M:
            down += pivot - low
            pivot, high, trend = low, height, 1
    return up + max(high - pivot, 0.0) * (trend > 0), down + max(pivot - low, 0.0) * (trend < 0)


def grade(samples: dict[str, Column], steps: Column, metres: Column | None, ground: Ground | None) -> Column | None:
    """Rise over run at each sample, (n,); zero on a treadmill, whose altitude no watch knows; None when nothing tells."""
    count = len(steps) + 1
    if ground is Ground.TREADMILL:
        return np.zeros(count)
    altitude = samples.get("altitude")
    if altitude is None or metres is None:
        return None
    smooth = smoothed(altitude, steps, _SMOOTH_S)
    along = np.concatenate(([0.0], np.cumsum(metres)))
    ahead = np.minimum(np.searchsorted(along, along + _GRADE_OVER_M / 2), count - 1)
    behind = np.maximum(np.searchsorted(along, along - _GRADE_OVER_M / 2), 0)
    run = along[ahead] - along[behind]
    divided: Column = np.divide(smooth[ahead] - smooth[behind], run, out=np.full(count, np.nan), where=run > 0)
    return divided
