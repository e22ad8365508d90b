"""What was run on: a move to or from the treadmill, or to other ground."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from lumbago.exposure.history import History, Run
from lumbago.model.activities import Change, Ground
from lumbago.model.levels import Weight

_OUTDOORS = (Ground.TRAIL, Ground.TRACK, Ground.ROAD)
Weeks = Sequence[Sequence[Run]]
IsOn = Callable[[Run], bool]


@dataclass(frozen=True, slots=True)
class Move:
    """The runs on a ground in some weeks. share and before: of all runs compared, in those weeks and before them. is_first: none
    before the window."""

    on: tuple[Run, ...]
    share: float
    before: float
    is_first: bool


def treadmill(history: History) -> Iterator[Change]:
    """The share of runs on a treadmill, up or down, or the first ones on record. Source: van-hooren-2020-treadmill."""
    weeks = _comparable(history)
    if to := _move(history, weeks, lambda run: run.on_treadmill):
        is_plain = to.is_first and to.share >= history.rules("ground")["share_more"]
        yield _told(history, "treadmill-change", to, Weight.MODERATE if is_plain else Weight.WEAK)
    elif back := _move(history, weeks, lambda run: not run.on_treadmill):
        away = Move(back.on, 1 - back.share, 1 - back.before, back.is_first)
        yield _told(history, "treadmill-change", away, Weight.WEAK, detail="off", findings=("surface-change",))


def grounds(history: History) -> Iterator[Change]:
    """The share of outdoor runs on trail, track or road, where the files say so; the one that grew most."""
    outdoors = [[run for run in week if not run.on_treadmill] for week in _comparable(history)]
    found = [(ground, move) for ground in _OUTDOORS if (move := _move(history, outdoors, _is_on(ground)))]
    if found:
        ground, move = max(found, key=lambda each: each[1].share - each[1].before)
        yield _told(history, "ground-change", move, Weight.WEAK, detail=ground.value)


def _is_on(ground: Ground) -> IsOn:
    return lambda run: run.ground is ground


def _comparable(history: History) -> Weeks:
    """The runs of each week, only of the sources that the newest ones come from: another source may not tell the ground."""
    newest = [run for week in history.weeks[: max(history.rules("weekly")["blocks_weeks"])] for run in week]
    sources = {run.source for run in newest}
    return [[run for run in week if run.source in sources] for week in history.weeks]


def _move(history: History, weeks: Weeks, is_on: IsOn) -> Move | None:
    """The largest move of the newest weeks that is large, or the first of its kind, and rare among the runner's own weeks."""
    blocks = history.rules("weekly")["blocks_weeks"] if history.has_contrast else ()
    found = [(count, move) for count in blocks if (move := _block(history, weeks, 0, count, is_on))]
    moves = [move for count, move in found if _is_large(history, move) and _is_rare(history, weeks, count, move, is_on)]
    return max(moves, key=lambda move: (move.share - move.before, len(move.on)), default=None)


def _block(history: History, weeks: Weeks, start: int, count: int, is_on: IsOn) -> Move | None:
    """A block of weeks against all before it; None where either holds too few runs."""
    now = [run for week in weeks[start : start + count] for run in week]
    before = [run for week in weeks[start + count :] for run in week]
    if min(len(now), len(before)) < history.rules("ground")["runs_at_least"]:
        return None
    on = tuple(filter(is_on, now))
    is_first = not any(is_on(run) for run in before if not history.in_window(run.date))
    return Move(on, len(on) / len(now), sum(map(is_on, before)) / len(before), is_first)


def _is_large(history: History, move: Move) -> bool:
    rules = history.rules("ground")
    is_new = move.is_first and len(move.on) >= int(rules["first_runs_at_least"])
    return is_new or move.share - move.before >= float(rules["share_more"])


def _is_rare(history: History, weeks: Weeks, count: int, move: Move, is_on: IsOn) -> bool:
    starts = range(history.window_weeks, len(weeks) - count)
    blocks = [block for start in starts if (block := _block(history, weeks, start, count, is_on))]
    as_large = sum(block.share - block.before >= move.share - move.before for block in blocks)
    return as_large <= float(history.rules("ground")["usual_share"]) * len(starts)


def _told(history: History, quantity: str, move: Move, strength: Weight, **more: object) -> Change:
    shown = sorted(move.on, key=lambda run: (run.date, run.exposure.id))
    return history.change(
        quantity,
        shown[0].date,
        move.share,
        strength,
        baseline=move.before,
        activities=tuple(name for run in shown for name in run.exposure.ids),
        count=len(shown),
        **more,
    )
