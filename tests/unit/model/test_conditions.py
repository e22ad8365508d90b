"""Conditions: what is known of a fact bounds what a rule may conclude."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from lumbago.model.conditions import Condition, Facts, Operator, bounds
from lumbago.model.findings import Finding, Findings
from lumbago.model.levels import Status, Tier, When

AS_OF = date(2026, 11, 23)


def facts(*findings: Finding) -> Facts:
    return Facts.of(Findings(findings), frozenset({"cancer-history"}), AS_OF)


@pytest.mark.parametrize("now", [Status.ABSENT, Status.UNSURE, None])
def test_what_was_ever_so_is_not_taken_back_by_a_denial_for_now(now: Status | None) -> None:
    past = Finding("cancer-history", Status.PRESENT, When.PAST)
    told = facts(past, *([Finding("cancer-history", now)] if now else []))
    wanted = Status.UNSURE if now is Status.UNSURE else Status.PRESENT
    assert told.statuses["cancer-history"] is wanted


def test_the_past_of_other_findings_and_other_people_count_for_nothing() -> None:
    told = facts(Finding("fever", Status.PRESENT, When.PAST), Finding("leg-pain", Status.PRESENT, When.OTHER_PERSON))
    assert not told.statuses


@pytest.mark.parametrize(
    ("status", "expected"),
    [(Status.UNSURE, (1.0, 1.0)), (Status.PRESENT, (0.0, 0.0)), (Status.ABSENT, (0.0, 0.0)), (None, (0.0, 0.0))],
)
@pytest.mark.parametrize("tier", Tier)
def test_only_an_answer_not_sure_is_unsure(status: Status | None, expected: tuple[float, float], tier: Tier) -> None:
    told = facts(*([Finding("fever", status)] if status else []))
    assert bounds(Condition(Operator.UNSURE, "fever"), told, tier) == expected


@pytest.mark.parametrize(
    ("status", "days_ago", "expected"),
    [
        (Status.PRESENT, 14, (1.0, 1.0)),
        (Status.PRESENT, 13, (0.0, 0.0)),
        (Status.PRESENT, None, (0.0, 0.0)),  # an onset nobody told is recent
        (Status.UNSURE, 14, (0.5, 1.0)),
        (Status.ABSENT, 14, (0.0, 0.0)),
        (None, None, (0.0, 1.0)),
    ],
)
def test_what_lasts_has_a_beginning_long_enough_ago(
    status: Status | None, days_ago: int | None, expected: tuple[float, float]
) -> None:
    onset = AS_OF - timedelta(days_ago) if days_ago else None
    told = facts(*([Finding("fever", status, onset=onset)] if status else []))
    assert bounds(Condition(Operator.LASTING, "fever", value=14.0), told) == expected


@pytest.mark.parametrize(
    ("operator", "value", "expected"),
    [
        (Operator.AT_LEAST, 60.0, (1.0, 1.0)),
        (Operator.AT_LEAST, 59.0, (0.0, 0.0)),
        (Operator.AT_MOST, 60.0, (1.0, 1.0)),
        (Operator.AT_MOST, 61.0, (0.0, 0.0)),
        (Operator.AT_LEAST, None, (0.0, 1.0)),
    ],
)
def test_a_number_not_told_leaves_a_comparison_open(
    operator: Operator, value: float | None, expected: tuple[float, float]
) -> None:
    told = facts(Finding("age", Status.PRESENT, value=value)) if value else facts()
    assert bounds(Condition(operator, "age", value=60.0), told) == expected
