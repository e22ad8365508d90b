"""Minutes faster than the runner's own usual fast pace."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate

from lumbago.exposure.history import History, Run
from lumbago.exposure.rises import rise
from lumbago.model.activities import Change
from lumbago.model.levels import Weight

Timed = Sequence[tuple[float, float]]  # (m/s, s)


def fast_minutes(history: History) -> Iterator[Change]:
    """Weekly minutes above the speed that the runner passed in a tenth of the earlier time.

    By seconds at each speed where enough earlier weeks have them; else by the mean speed of whole runs, and then weak and only
    when several runs show it. Treadmills are left out: their speed is a guess.
    """
    split = _bands if _tell_bands(history) else _whole
    usual = sorted(pair for run in history.earlier for pair in split(run) or ())
    if not usual:
        return
    fast_mps = _fast_mps(usual, history.rules("speed-change")["fast_share"])
    for change in rise(history, "speed-change", history.weekly(lambda run: _minutes_above(split(run), fast_mps))):
        fast = [run for run in history.runs if run.date >= change.date and _minutes_above(split(run), fast_mps)]
        shown = replace(change, activities=tuple(name for run in fast for name in run.exposure.ids), count=len(fast))
        if split is _bands:
            yield shown
        elif len(fast) >= history.rules("speed-change")["whole_runs_at_least"]:
            yield replace(shown, strength=Weight.WEAK)


def _tell_bands(history: History) -> bool:
    weeks = history.weeks[history.window_weeks :]
    return sum(any(map(_bands, week)) for week in weeks) >= int(history.rules("speed-change")["band_weeks_at_least"])


def _bands(run: Run) -> Timed | None:
    pairs = [(band.speed_mps, band.seconds) for part in run.parts for band in part.bands]
    return pairs if pairs and not run.on_treadmill else None


def _whole(run: Run) -> Timed | None:
    minutes = run.exposure.minutes
    return [(run.exposure.distance_m / (minutes * 60), minutes * 60)] if minutes and not run.on_treadmill else None


def _fast_mps(usual: Timed, share: float) -> float:
    """The speed that this share of the time was above. usual: slowest first, not empty."""
    passed = tuple(accumulate(seconds for _, seconds in usual))
    return usual[bisect_left(passed, (1 - share) * passed[-1])][0]


def _minutes_above(pairs: Timed | None, fast_mps: float) -> float | None:
    return None if pairs is None else sum(seconds for speed, seconds in pairs if speed > fast_mps) / 60
