"""Distances, times and scores as runners write them."""

from __future__ import annotations

import pytest

from lumbago.language.numbers import distances, durations, number_of, scores, shapes, temperatures
from lumbago.language.tokens import tokenise


@pytest.mark.parametrize(
    ("text", "metres"),
    [
        ("ran 5k", 5000),
        ("a 10 km run", 10000),
        ("seven miles", 11265.408),
        ("half a mile in", 804.672),
        ("6-8 miles", 12874.752),
        ("18.5mi", 29772.864),
        ("a couple of miles", 3218.688),
        ("12 miler", 19312.128),
        ("twenty-one km", 21000),
    ],
)
def test_distances(text: str, metres: float) -> None:
    assert [a.value for a in distances(tokenise(text))] == pytest.approx([metres])


@pytest.mark.parametrize("text", ["I am 5", "5kg", "at km/h pace", "walked home"])
def test_what_is_no_distance(text: str) -> None:
    assert list(distances(tokenise(text))) == []


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("for 3 weeks", 21),
        ("two days ago", 2),
        ("a fortnight", 14),
        ("couple of months", 60),
        ("5-7 days", 6),
        ("an hour", 1 / 24),
        ("10 yrs", 3650),
        ("18 mths", 540),
    ],
)
def test_durations(text: str, days: float) -> None:
    assert [a.value for a in durations(tokenise(text))] == pytest.approx([days])


@pytest.mark.parametrize(
    ("text", "score"), [("7/10", 7), ("about 3 out of 10", 3), ("4-5/10", 5), ("a 6 outta ten", 6)]
)
def test_scores(text: str, score: float) -> None:
    assert [a.value for a in scores(tokenise(text))] == [score]


def test_a_date_is_no_score() -> None:
    assert list(scores(tokenise("on 23/10/2026"))) == []


@pytest.mark.parametrize(("word", "number"), [("a", 1), ("a few", 3), ("3,5", 3.5), ("sixty two", 62)])
def test_numbers_in_words(word: str, number: float) -> None:
    assert number_of(word) == number


def test_a_bare_fortnight_is_two_weeks() -> None:
    assert [a.value for a in durations(tokenise("sore all fortnight long"))] == [14]


def test_a_shape_knows_its_tokens() -> None:
    text = tokenise("It was 8/10 after 5 km for two weeks in 2019")
    found = {(family, text.lower[text.tokens[a].start : text.tokens[b].end]) for family, a, b in shapes(text)}
    assert {
        ("score", "8/10"),
        ("score-high", "8/10"),
        ("distance", "5 km"),
        ("duration", "two weeks"),
        ("date", "2019"),
    } <= found


@pytest.mark.parametrize(
    ("text", "celsius"),
    [
        ("temp of 38.9", [38.9]),
        ("his temperature was thirty eight point six, later thirty eight point four", [38.6, 38.4]),
        ("I had the fever last night, a hundred and three", [39.4]),
        ("fever of a hundred and two point four", [38.9]),
        ("temp thirty nine", [39.0]),
        ("102.4 F", [39.1]),
        ("forty two miles in thirty eight weeks", []),
        ("a hundred and three burpees", []),
    ],
)
def test_temperatures(text: str, celsius: list[float]) -> None:
    assert [round(a.value, 1) for a in temperatures(tokenise(text))] == celsius
