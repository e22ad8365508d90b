"""Which days of the week hold what: runs a day apart on the runner's own days, strength well away from the longest run."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import combinations, pairwise

DAYS = 7


def own_days(as_of: date, weekdays: Sequence[int], first: int) -> tuple[int, ...]:
    """Days from as_of (0 is as_of itself) within a week that fall on these weekdays (0 Monday); all of them when none was told."""
    return tuple(
        n for n in range(first, DAYS) if not weekdays or (as_of + timedelta(days=n)).weekday() in frozenset(weekdays)
    )


def spaced(days: Sequence[int], count: int, gap: int) -> tuple[int, ...]:
    """As many of these days as fit, at most `count`, at least `gap` apart, the earliest such."""
    return min(_choices(days, count, gap), key=lambda chosen: (-len(chosen), chosen))


def strength_days(runs: Sequence[int], longest: int | None, count: int, gap: int) -> tuple[int, ...]:
    """Days for strength: after a run where possible, never on the day of the longest run nor the day before it.

    Source: evidence/settled.md 7.
    """
    kept_free = () if longest is None else (longest - 1, longest)
    free = [n for n in range(DAYS) if n not in kept_free]
    return min(
        _choices(free, count, gap),
        key=lambda chosen: (-len(chosen), -len(frozenset(chosen) & frozenset(runs)), chosen),
    )


def _choices(days: Sequence[int], count: int, gap: int) -> Iterable[tuple[int, ...]]:
    sizes = range(min(count, len(days)) + 1)
    return (
        chosen
        for size in sizes
        for chosen in combinations(sorted(days), size)
        if all(later - earlier >= gap for earlier, later in pairwise(chosen))
    )
