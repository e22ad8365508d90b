"""Answered questions: what is used, what is named and left out, and which of two answers stands."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from decided import AS_OF, knowledge
from lumbago.model.findings import Findings, Given
from lumbago.model.levels import Origin, Status, When
from lumbago.story.answers import from_answers


def answered(*given: Given) -> tuple[Findings, tuple[str, ...]]:
    return from_answers(given, knowledge(), AS_OF)


@pytest.mark.parametrize(
    ("given", "status", "value", "unit"),
    [
        (Given("fever", Status.PRESENT), Status.PRESENT, None, None),
        (Given("fever", Status.ABSENT), Status.ABSENT, None, None),
        (Given("fever", Status.UNSURE), Status.UNSURE, None, None),
        (Given("age", value=41.0), Status.PRESENT, 41.0, "a"),
        (Given("age", Status.UNSURE), Status.UNSURE, None, None),
        (Given("pain-now", value=0.0), Status.PRESENT, 0.0, "{score}"),
        (Given("sex", value="female"), Status.PRESENT, "female", None),
        (Given("pain-began-on", value=AS_OF), Status.PRESENT, AS_OF, None),
    ],
)
def test_a_good_answer_becomes_a_finding_of_its_own_origin(given: Given, status: Status, value: Any, unit: str) -> None:
    findings, warnings = answered(given)
    found = findings.get(given.id)
    assert not warnings
    assert found and (found.status, found.value, found.unit, found.origin) == (status, value, unit, Origin.ANSWER)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (Given("no-such-question", Status.PRESENT), "no question of this program"),
        (Given("fever", value=3.0), "yes, no or unsure"),
        (Given("fever"), "yes, no or unsure"),
        (Given("fever", Status.PRESENT, onset=date(2199, 1, 1)), "start in the future"),
        (Given("fever", Status.PRESENT, unit="km"), "asked in yes or no"),
        (Given("age", value=41.0, unit="mo"), "asked in a"),
        (Given("age", value=240.0), "from 3 to 110"),
        (Given("age", value=-1.0), "from 3 to 110"),
        (Given("age", value=float("nan")), "must be a number"),
        (Given("age", value=float("inf")), "from 3 to 110"),
        (Given("age", value="old"), "must be a number"),
        (Given("age", Status.PRESENT), "must be a number"),
        (Given("sex", value="yes"), "must be one of"),
        (Given("pain-began-on", value="soon"), "a date up to today"),
        (Given("pain-began-on", value=date(2199, 1, 1)), "a date up to today"),
    ],
)
def test_an_impossible_answer_is_named_and_the_rest_is_used(given: Given, words: str) -> None:
    findings, warnings = answered(given, Given("night-pain", Status.ABSENT))
    assert findings.get(given.id) is None
    assert findings.status("night-pain") is Status.ABSENT
    assert len(warnings) == 1 and given.id in warnings[0] and words in warnings[0]


def test_a_warning_never_repeats_the_value_and_cuts_a_long_name() -> None:
    _, warnings = answered(Given("age", value="a secret"), Given("x" * 5000, Status.PRESENT))
    assert "secret" not in " ".join(warnings)
    assert all(len(warning) < 200 for warning in warnings)


@pytest.mark.parametrize("order", [1, -1])
@pytest.mark.parametrize(
    ("milder", "graver"),
    [(Status.ABSENT, Status.PRESENT), (Status.ABSENT, Status.UNSURE), (Status.UNSURE, Status.PRESENT)],
)
def test_of_two_answers_the_more_worrying_stands(milder: Status, graver: Status, order: int) -> None:
    findings, warnings = answered(*[Given("fever", milder), Given("fever", graver)][::order])
    assert findings.status("fever") is graver
    assert len(warnings) == 1 and "twice" in warnings[0]


def test_the_same_answer_twice_is_one_answer_and_other_times_are_others() -> None:
    findings, warnings = answered(
        Given("fever", Status.PRESENT), Given("fever", Status.PRESENT), Given("fever", Status.ABSENT, When.PAST)
    )
    assert not warnings
    assert findings.status("fever") is Status.PRESENT
    assert findings.status("fever", When.PAST) is Status.ABSENT
