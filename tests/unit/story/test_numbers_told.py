"""Numbers a story tells: how long the pain has been there, and what lies outside all bounds."""

from __future__ import annotations

import pytest

from decided import AS_OF, knowledge
from lumbago.language.tokens import tokenise
from lumbago.story.read import read_story
from lumbago.story.running import goal
from lumbago.story.spell import spell_lengths


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("My back hurts since this morning. Yesterday I ran, and today again.", [0.0, 0.0, 1.0]),
        ("It started last night.", [1.0]),
        ("My back has hurt for three weeks, and today more.", [21.0]),
        ("I've been running 20 km a week for a year.", []),
        ("No time is told here.", []),
    ],
)
def test_the_length_of_a_spell(text: str, days: list[float]) -> None:
    assert [amount.value for amount in spell_lengths(tokenise(text))] == days


def test_a_number_that_no_life_holds_is_no_finding() -> None:
    findings = read_story("My lower back has hurt for 200 years.", knowledge(), AS_OF).findings
    assert findings.get("duration-days") is None
    assert findings.is_present("low-back-pain")


@pytest.mark.parametrize("number", ["9" * 7, "9" * 400])
def test_numbers_beyond_counting_are_let_go(number: str) -> None:
    story = f"My lower back has hurt for {number} weeks. I ran {number} km. Marathon in {number} weeks."
    told = read_story(story, knowledge(), AS_OF).quantities
    assert (told.duration_days, told.longest_run_km) == (None, None)
    race = goal(tokenise(story))
    assert race is None or race.weeks is None


def test_a_child_told_of_has_an_age() -> None:
    story = "Posting for my son who is 15. His lower back hurts when he lands."
    assert read_story(story, knowledge(), AS_OF).quantities.age == 15
