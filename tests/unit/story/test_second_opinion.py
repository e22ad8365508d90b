"""The second reader asks and doubts, within bounds, and never finds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from decided import AS_OF, knowledge
from lumbago.knowledge.load import load_knowledge
from lumbago.model.levels import Level, Status, When
from lumbago.model.reading import Reading
from lumbago.model.request import Request
from lumbago.pipeline import answer
from lumbago.story.read import read_story

SURE, NEVER = 100.0, -100.0


def weights(words: Mapping[str, Mapping[str, float]], bias: Mapping[str, float]) -> dict[str, Any]:
    """Weights for findings: what a single word adds to each."""
    names = list(bias)
    table = {
        word: " ".join(["1.0", *(f"{names.index(name)} {round(8 * add)}" for name, add in adds.items())])
        for word, adds in words.items()
    }
    return {"findings": names, "bias": list(bias.values()), "words": table, "letters": {}}


def read(story: str, hunches: dict[str, Any], version: str) -> Reading:
    return read_story(story, replace(knowledge(), hunches=hunches, version=version), AS_OF)


PANTRY = weights({"pantry": {"saddle-numbness": SURE}}, {"saddle-numbness": -10})


def test_what_it_suspects_is_asked_with_the_words_and_is_no_finding() -> None:
    reading = read("My back aches. I have lost my pantry. What now?", PANTRY, "a")
    assert [(ask.finding, ask.quote.text) for ask in reading.asks] == [("saddle-numbness", "I have lost my pantry")]
    assert reading.findings.status("saddle-numbness") is None


@pytest.mark.parametrize(
    "story",
    [
        "My back aches. I have lost my pantry. No numbness between my legs.",
        "My back aches. I have lost my pantry. It was numb between my legs two years ago, long gone.",
        "My back aches. I have lost my pantry. My brother was numb between the legs.",
        "My back aches. The kitchen is lost.",
    ],
)
def test_it_does_not_ask_about_what_was_told_or_not_suspected(story: str) -> None:
    assert "saddle-numbness" not in [ask.finding for ask in read(story, PANTRY, "a").asks]


def test_at_most_two_suspicions_are_asked_the_likeliest_first() -> None:
    bias = {"fever": -9.0, "vaginal-bleeding": -8.0, "weight-loss": -7.0, "colicky-pain": -60.0}
    hunches = weights({"pantry": dict.fromkeys(bias, 20.0)}, bias)
    assert [ask.finding for ask in read("I have lost my pantry.", hunches, "b").asks] == [
        "weight-loss",
        "vaginal-bleeding",
    ]


def test_what_it_cannot_believe_is_asked_about_and_not_taken() -> None:
    story = "My back aches. I can't feel it when I wipe."
    without = read_story(story, replace(knowledge(), hunches={}, version="c"), AS_OF)
    assert without.findings.is_present("saddle-numbness")
    doubting = read(story, weights({}, {"saddle-numbness": NEVER}), "d")
    assert doubting.findings.status("saddle-numbness") is None
    assert [(ask.finding, ask.quote.text) for ask in doubting.asks] == [
        ("saddle-numbness", without.findings.get("saddle-numbness", When.NOW).quotes[0].text)
    ]


def test_a_part_is_doubted_by_its_whole() -> None:
    story = "My back aches and I can't pee at all since last night."
    assert read_story(story, replace(knowledge(), hunches={}, version="c"), AS_OF).findings.is_present("unable-to-pee")
    doubting = read(story, weights({}, {"bladder-change": NEVER}), "e")
    assert doubting.findings.status("unable-to-pee") is None
    assert "bladder-change" in [ask.finding for ask in doubting.asks]


def test_denials_and_numbers_are_never_doubted() -> None:
    story = "My back aches. No numbness between my legs. My temperature is 39.2."
    doubting = read(story, weights({}, {"saddle-numbness": NEVER, "fever": NEVER}), "f")
    assert doubting.findings.status("saddle-numbness") is Status.ABSENT
    assert doubting.findings.is_present("fever")


def test_broad_words_about_an_unlikely_sign_stay_silent() -> None:
    story = "My back aches. Something about my bladder, hard to explain."
    assert "bladder-change" in [
        a.finding for a in read_story(story, replace(knowledge(), hunches={}, version="c"), AS_OF).asks
    ]
    assert "bladder-change" not in [a.finding for a in read(story, weights({}, {"bladder-change": NEVER}), "g").asks]


def test_the_shipped_weights_know_the_gravest_signs() -> None:
    known = set(load_knowledge().hunches["findings"])
    assert {
        "bladder-change",
        "bowel-change",
        "saddle-numbness",
        "leg-weakness",
        "foot-drop",
        "fever",
        "chest-breath",
    } <= known
    assert known <= knowledge().findings.keys()


def test_a_suspicion_alone_raises_no_level() -> None:
    plain = answer(Request(AS_OF, "My lower back aches after I run."), knowledge())
    suspecting = replace(knowledge(), hunches=PANTRY, version="a")
    told = answer(Request(AS_OF, "My lower back aches after I run. I have lost my pantry."), suspecting)
    assert told.triage.level is plain.triage.level is Level.SELF_CARE
