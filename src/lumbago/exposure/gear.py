"""Shoes, by the names that files or their owners give them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lumbago.exposure.history import History, Run, strength_by_day, weaker
from lumbago.model.activities import Change
from lumbago.model.levels import Weight


def new_shoes(history: History) -> Iterator[Change]:
    """The newest pair that was first worn in the window, when an older pair had been worn before; the value in days since."""
    rules, worn = history.rules("shoes"), _worn(history)
    fresh = [pair for pair, runs in worn.items() if history.in_window(runs[0].date)]
    if not fresh:
        return
    pair = max(fresh, key=lambda each: (worn[each][0].date, each))
    first = worn[pair][0]
    older = sum(run.date < first.date for other, runs in worn.items() if other not in fresh for run in runs)
    strength = strength_by_day(history.days_before(first.date), rules["within_days"])
    known_since = min(runs[0].date for runs in worn.values())
    bought = sum(history.in_contrast(runs[0].date) and runs[0].date > known_since for runs in worn.values())
    if history.is_usual(bought, rules["usual_every_weeks"]):
        strength = weaker(strength)
    if strength and older >= rules["runs_before"]:
        yield history.change(
            "shoe-change",
            first.date,
            history.days_before(first.date),
            strength,
            activities=tuple(name for run in worn[pair] for name in run.exposure.ids),
            count=len(worn[pair]),
            detail=pair,
        )


def worn_shoes(history: History) -> Iterator[Change]:
    """How far the pair worn last has come, when that is far and no other pair came as far. No limit is supported by back data."""
    worn = _worn(history)
    last = next((run for run in reversed(history.runs) if history.in_window(run.date) and _pair(run)), None)
    pair = _pair(last) if last else None
    if last is None or pair is None:
        return
    distance = _distance_m(worn[pair])
    others = [_distance_m(runs) for other, runs in worn.items() if other != pair]
    if distance >= history.rules("shoes")["distance_m"] and distance > max(others, default=0):
        yield history.change(
            "shoe-distance", last.date, distance, Weight.WEAK, activities=last.exposure.ids, detail=pair
        )


def _worn(history: History) -> Mapping[str, list[Run]]:
    """Each pair with its runs, oldest first."""
    worn: dict[str, list[Run]] = {}
    for run in history.runs:
        if pair := _pair(run):
            worn.setdefault(pair, []).append(run)
    return worn


def _pair(run: Run) -> str | None:
    return next((part.gear for part in run.parts if part.gear), None)


def _distance_m(runs: list[Run]) -> int:
    return sum(run.exposure.distance_m for run in runs)
