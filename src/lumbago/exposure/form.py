"""How somebody ran, against the same runner at like speed: steps, drift late in a run, left and right."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, median

from lumbago.exposure.history import History, Run
from lumbago.model.activities import Change
from lumbago.model.levels import Weight

Steps = Mapping[float, tuple[float, float]]  # speed in m/s -> seconds, mean steps a minute
Told = Callable[[Run], float | None]


@dataclass(frozen=True, slots=True)
class Compared:
    """Steps a minute now and before, each speed counted by its seconds now."""

    seconds: float
    now: float
    before: float

    @property
    def drop(self) -> float:
        """A fraction: 0.05 when a twentieth fewer steps."""
        return 1 - self.now / self.before


def steps(history: History) -> Iterator[Change]:
    """Fewer steps a minute at like speed on level ground; without such data, longer steps over whole runs of like speed.

    Source for what a watch counts: garmin-630-cadence-validation.
    """
    fewer = tuple(_fewer_steps(history))
    yield from fewer or _longer_steps(history)


def _fewer_steps(history: History) -> Iterator[Change]:
    rules, recent = history.rules("form"), history.rules("form")["recent_weeks"]
    now, before = _newest(history), history.earlier
    weeks_told = sum(bool(_steps(week)) for week in history.weeks[history.window_weeks :])
    found = _compare(history, now, before)
    if found is None or weeks_told < rules["weeks_at_least"] or found.seconds < rules["minutes"] * 60:
        return
    if found.drop >= rules["cadence_drop"] and _is_rare_drop(history, recent, found.drop):
        shown = [run for run in now if _steps([run])]
        yield history.change(
            "cadence-change",
            shown[0].date,
            found.now,
            Weight.MODERATE if found.drop >= rules["cadence_moderate"] else Weight.WEAK,
            baseline=found.before,
            ratio=found.now / found.before,
            activities=tuple(name for run in shown for name in run.exposure.ids),
            count=len(shown),
        )


def _is_rare_drop(history: History, weeks: int, drop: float) -> bool:
    """Whether few blocks of the earlier weeks stood as far below the rest."""
    starts = range(history.window_weeks, len(history.weeks) - weeks)
    blocks = (_block(history, start, weeks) for start in starts)
    as_large = sum(found is not None and found.drop >= drop for found in blocks)
    return as_large <= float(history.rules("form")["usual_share"]) * len(starts)


def _block(history: History, start: int, weeks: int) -> Compared | None:
    """A block of earlier weeks against the other earlier weeks."""
    within = range(start, start + weeks)
    now = [run for week in within for run in history.weeks[week]]
    rest = range(history.window_weeks, len(history.weeks))
    return _compare(history, now, [run for week in rest if week not in within for run in history.weeks[week]])


def _compare(history: History, now: Sequence[Run], before: Sequence[Run]) -> Compared | None:
    """Speeds run long enough both now and before; None without one."""
    least = history.rules("form")["band_minutes"] * 60
    mine, usual = _steps(now), _steps(before)
    shared = [speed for speed in mine if min(mine[speed][0], usual.get(speed, (0.0, 0.0))[0]) >= least]
    seconds = sum(mine[speed][0] for speed in shared)
    if not seconds:
        return None
    mean_now = sum(mine[speed][0] * mine[speed][1] for speed in shared) / seconds
    return Compared(seconds, mean_now, sum(mine[speed][0] * usual[speed][1] for speed in shared) / seconds)


def _steps(runs: Sequence[Run]) -> Steps:
    """Seconds and mean steps a minute at each speed; the treadmill is left out, since its speed is a guess."""
    seconds: dict[float, float] = {}
    counted: dict[float, float] = {}
    for band in (band for run in runs if not run.on_treadmill for part in run.parts for band in part.bands):
        if band.cadence_spm is not None:
            seconds[band.speed_mps] = seconds.get(band.speed_mps, 0.0) + band.seconds
            counted[band.speed_mps] = counted.get(band.speed_mps, 0.0) + band.seconds * band.cadence_spm
    return {speed: (all_, counted[speed] / all_) for speed, all_ in seconds.items() if all_}


def _longer_steps(history: History) -> Iterator[Change]:
    """Mean step length of whole runs against earlier runs of like mean speed: a proxy, since hills and stops are in it."""
    rules = history.rules("form")
    pairs = [(run, speed, step) for run in _newest(history) if (told := _step_m(run)) for speed, step in [told]]
    earlier = [told for run in history.earlier if (told := _step_m(run))]
    ratios = {run: _against(speed, step, earlier, rules["like_speed"]) for run, speed, step in pairs}
    known = {run: found for run, found in ratios.items() if found}
    if len(known) < rules["runs_now"] or len(earlier) < rules["runs_before"] or not history.has_contrast:
        return
    rise = median(step / usual for step, usual in known.values())
    spread = [
        step / found[1] for speed, step in earlier if (found := _against(speed, step, earlier, rules["like_speed"]))
    ]
    as_long = sum(each >= rise for each in spread)
    if rise >= 1 + rules["step_rise"] and as_long <= rules["usual_share"] * len(spread):
        shown = sorted(known, key=lambda run: (run.date, run.exposure.id))
        usual = fmean(usual for _, usual in known.values())
        yield history.change(
            "step-length-for-speed",
            shown[0].date,
            usual * rise,
            Weight.WEAK,
            baseline=usual,
            ratio=rise,
            activities=tuple(name for run in shown for name in run.exposure.ids),
            count=len(shown),
        )


def _step_m(run: Run) -> tuple[float, float] | None:
    """Mean speed in m/s and mean step in metres of a whole run outdoors."""
    main = run.parts[0] if run.parts else None
    seconds = main and (main.moving_s or main.timer_s)
    if main is None or not seconds or not main.distance_m or not main.cadence_spm or run.on_treadmill:
        return None
    speed = main.distance_m / seconds
    return speed, speed * 60 / main.cadence_spm


def _against(
    speed: float, step: float, earlier: Sequence[tuple[float, float]], like: float
) -> tuple[float, float] | None:
    alike = [other for of, other in earlier if abs(of / speed - 1) <= like]
    return (step, fmean(alike)) if alike else None


def drift(history: History) -> Iterator[Change]:
    """Steps that slow, or contact that lengthens, earlier in the run than they used to; the value in minutes."""
    yield from _told(history, "late-run-drift", lambda run: _first(run, "drift_min"), _is_earlier)


def _is_earlier(history: History, now: float, before: float) -> bool:
    return now <= before * float(history.rules("form")["drift_ratio"])


def left_right(history: History) -> Iterator[Change]:
    """The share of ground contact on the left foot, moved to either side: a sign of pain as much as a reason for it."""
    yield from _told(history, "left-right-contact-change", lambda run: _first(run, "balance_pct"), _is_shifted)


def _is_shifted(history: History, now: float, before: float) -> bool:
    return abs(now - before) >= float(history.rules("form")["balance_points"])


def _told(
    history: History, quantity: str, tell: Told, differs: Callable[[History, float, float], bool]
) -> Iterator[Change]:
    """The middle value of the newest runs against that of the earlier ones, where such a difference is rare among those."""
    rules = history.rules("form")
    shown = [run for run in _newest(history) if tell(run) is not None]
    earlier = [value for run in history.earlier if (value := tell(run)) is not None]
    if len(shown) < rules["runs_now"] or len(earlier) < rules["runs_before"] or not history.has_contrast:
        return
    now, before = median(tell(run) or 0.0 for run in shown), median(earlier)
    if differs(history, now, before) and _is_rare_shift(history, earlier, now, before):
        yield history.change(
            quantity,
            shown[0].date,
            now,
            Weight.WEAK,
            baseline=before,
            activities=tuple(name for run in shown for name in run.exposure.ids),
            count=len(shown),
        )


def _is_rare_shift(history: History, earlier: Sequence[float], now: float, before: float) -> bool:
    as_far = sum(abs(value - before) >= abs(now - before) and (value < before) == (now < before) for value in earlier)
    return as_far <= float(history.rules("form")["usual_share"]) * len(earlier)


def _newest(history: History) -> list[Run]:
    """The runs of the last weeks, oldest first."""
    weeks = history.weeks[: history.rules("form")["recent_weeks"]]
    return [run for week in reversed(weeks) for run in week]


def _first(run: Run, field: str) -> float | None:
    values = (getattr(part, field) for part in run.parts)
    return next((float(value) for value in values if value is not None), None)
