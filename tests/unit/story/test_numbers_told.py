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
        ("Sore since Friday.", [3.0]),
        ("My back went last Tuesday, on the stairs.", [6.0]),
        ("It has been sore since March.", [253.0]),
        ("Sore since Thursday, November 5.", [18.0]),
        ("Sore since Thu the 5th of November.", [18.0]),
        ("It began on 5.11.2026, my lower back.", [18.0]),
        ("It began 31/10/2026, my lower back.", [23.0]),
        ("It began 11/05/2026, my lower back.", []),  # May or November, nobody can tell
        ("Sore since 2026-11-05.", [18.0]),
        ("It started Nov 3.", [20.0]),
        ("I began running on 3 November. My lower back aches.", []),
        ("Couch to 5k, started 3 March. My back is sore.", []),
        ("On Tuesday 3 Nov it began, my lower back.", [20.0]),
        ("Began on 3 November.", [20.0]),
        ("Sore since last Christmas.", [333.0]),
        ("Sore from 31 June.", []),
        ("I race on Sunday and hurt.", []),
        ("I ran in the sun. Sore since the fall off my bike.", []),
        ("Low back ache x 12 days.", [12.0]),
        ("3.5 weeks of sciatica.", [24.0]),
        ("It hurts when I lean back. Five weeks.", [35.0]),
        ("My back has hurt for a month and a half.", [45.0]),
        ("I drove a bus for thirty years. My back went on Friday.", [3.0]),
        ("I have jogged for ten years.", []),
        ("I have had a sore back for ten years.", [3650.0]),
        ("On steroids for five weeks.", []),
        ("No period for five months.", []),
        ("The baby is five months now. My back aches.", []),
        ("Did my back Wednesday putting the bins out.", [5.0]),
        ("I race on Wednesday, and my back is sore since the weekend.", [3.0]),
        ("My back started last week.", [7.0]),
        ("Third week of it now.", [18.0]),
        ("2nd month of this.", [45.0]),
        ("My back has been sore all week.", [7.0]),
        ("I have been busy all week.", []),
        ("3/52 hx of low back pain.", [21.0]),
        ("It is going to be a great race on 3/12.", []),
        ("It hurts this evening.", [0.0]),
    ],
)
def test_the_length_of_a_spell(text: str, days: list[float]) -> None:
    assert [amount.value for amount in spell_lengths(tokenise(text), AS_OF)] == days


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
