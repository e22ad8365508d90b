"""Conditions: what is known of a fact bounds what a rule may conclude."""

from __future__ import annotations

from datetime import date

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
