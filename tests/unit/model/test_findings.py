"""Findings: one per id and time, answers before stories, doubt takes nothing back."""

from __future__ import annotations

import pytest

from lumbago.model.findings import Finding, Findings, Quote
from lumbago.model.levels import Origin, Status, When

WORDS = (Quote("no fever", 0, 8),)


def of(status: Status, origin: Origin = Origin.STORY, quotes: tuple[Quote, ...] = ()) -> Finding:
    return Finding("fever", status, origin=origin, quotes=quotes)


def test_one_id_stands_once_at_a_time() -> None:
    with pytest.raises(ValueError, match="once"):
        Findings((of(Status.PRESENT), of(Status.ABSENT)))
    assert len(Findings((of(Status.PRESENT), Finding("fever", Status.PRESENT, When.PAST)))) == 2


def test_an_answer_wins_over_the_story_keeps_its_words_and_the_conflict() -> None:
    told, answer = Findings((of(Status.ABSENT, quotes=WORDS),)), Findings((of(Status.PRESENT, Origin.ANSWER),))
    merged = told.merge(answer)
    found = merged.get("fever")
    assert found and (found.status, found.origin, found.quotes) == (Status.PRESENT, Origin.ANSWER, WORDS)
    assert [conflict.id for conflict in merged.conflicts] == ["fever"]


def test_not_sure_takes_back_nothing_that_was_told() -> None:
    merged = Findings((of(Status.PRESENT),)).merge(Findings((of(Status.UNSURE, Origin.ANSWER),)))
    assert merged.is_present("fever")
    assert len(merged.conflicts) == 1
    doubted = Findings((of(Status.ABSENT),)).merge(Findings((of(Status.UNSURE, Origin.ANSWER),)))
    assert doubted.status("fever") is Status.UNSURE
    assert not doubted.conflicts


def test_a_number_is_told_or_not() -> None:
    findings = Findings((Finding("age", Status.PRESENT, value=41.0), of(Status.PRESENT)))
    assert (findings.number("age"), findings.number("fever"), findings.number("temperature")) == (41.0, None, None)
