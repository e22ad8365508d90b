"""Shoes, by their names."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lumbago.model.activities import Activity
from lumbago.model.levels import Weight
from training import named, steady


def shod(*changes: tuple[int, str], runs: list[Activity] | None = None) -> list[Activity]:
    """Steady runs in shoes: (days before, name), each worn from that day on."""
    return [replace(each, gear=_worn(int(each.id.split("-")[1]), changes)) for each in runs or steady()]


def _worn(day: int, changes: tuple[tuple[int, str], ...]) -> str | None:
    worn = [(since, name) for since, name in changes if since >= day]
    return min(worn)[1] if worn else None


@pytest.mark.parametrize(
    ("days", "strength"), [(10, Weight.MODERATE), (20, Weight.WEAK), (41, Weight.WEAK), (43, None)]
)
def test_a_new_pair_is_named_by_when_it_was_first_worn(days: int, strength: Weight | None) -> None:
    change = named(shod((400, "old"), (days, "new")), "shoe-change")
    assert (change.strength if change else None) == strength
    if change:
        assert (change.id, change.detail, change.findings) == (
            "shoe-change",
            "new",
            ("new-shoes", "recent-load-change"),
        )
        assert change.value <= days and change.activities


def test_the_first_shoes_that_anybody_noted_are_not_new() -> None:
    assert named(shod((10, "first")), "shoe-change") is None
    assert named(shod((17, "first"), (10, "second")), "shoe-change") is None


def test_a_new_pair_needs_no_long_record() -> None:
    assert named(shod((400, "old"), (10, "new"), runs=steady(8)), "shoe-change") is not None


def test_a_new_pair_every_two_months_is_less_plain() -> None:
    pairs = ((400, "a"), (180, "b"), (120, "c"), (60, "d"), (10, "e"))
    change = named(shod(*pairs), "shoe-change")
    assert change is not None and change.strength is Weight.WEAK


def test_shoes_that_came_far_are_described() -> None:
    change = named(shod((400, "old")), "shoe-distance")
    assert change is not None
    assert (change.id, change.value, change.strength) == ("worn-shoes", 34 * 28000, Weight.WEAK)


def test_shoes_that_came_less_far_or_no_farther_than_others_are_not() -> None:
    assert named(shod((400, "old"), runs=steady(28)), "shoe-distance") is None
    farther = shod((800, "older"), (210, "old"), runs=steady(80))
    assert named(farther, "shoe-distance") is None
