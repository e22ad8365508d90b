"""Who a story is about, how old they are, and which words of danger are kept to be asked about."""

from __future__ import annotations

from dataclasses import replace

import pytest

from decided import AS_OF, knowledge
from lumbago.model.levels import Status, When
from lumbago.model.reading import Reading
from lumbago.model.request import Request
from lumbago.pipeline import answer
from lumbago.story.read import read_story


def read(text: str) -> Reading:
    return read_story(text, knowledge(), AS_OF)


@pytest.mark.parametrize(
    ("story", "subject"),
    [
        ("My lower back hurts when I run.", None),
        ("Posting for my husband, he will not see anybody. His lower back hurts.", "my husband"),
        ("My daughter, 13, has an ache in the lower back.", "My daughter"),
        ("My son has low back pain. He says his left leg is numb as well. He is 15.", "My son"),
        ("My sister had a numb foot. Her back hurt too. My own lower back aches after I run.", None),
        ("My mum says I should stretch. My lower back aches.", None),
        ("My mate ran 5 km and had a numb foot.", None),
        ("Mum of 3 here, my lower back hurts.", None),
        ("Mama of a 15 year old. She has had pain in her low back for five weeks.", "Mama of a 15 year old"),
        ("I write for my daughter, she is 15. Her lower back hurts.", "my daughter"),
        ("Asking for myself, not a friend. My back aches.", None),
        (
            "I am 70. My granddaughter is 24. Her back hurts low down, and she has belly pain. She feels sick.",
            "My granddaughter",
        ),
        ("Some people get numb feet, somebody said theirs went at 40. My back aches.", None),
        (
            "It is my younger brother I am asking about. He is 58 and his back wakes him. He says it is sore.",
            "my younger brother",
        ),
    ],
)
def test_who_the_story_is_about(story: str, subject: str | None) -> None:
    told = read(story).subject
    assert (told or "").lower() == (subject or "").lower()


def test_what_is_told_of_the_one_posted_for_is_now_and_theirs() -> None:
    told = read("My son has low back pain. He says his left leg is numb as well. He is 15.")
    assert told.findings.status("leg-numbness-tingling") is Status.PRESENT
    assert told.findings.status("leg-numbness-tingling", When.OTHER_PERSON) is None
    assert told.quantities.age == 15


@pytest.mark.parametrize(
    ("story", "age"),
    [
        ("My son has low back pain. He says his left leg is numb. She's 3 and he is 2 km away.", None),
        ("Posting for my husband. He's 52 and his lower back hurts.", 52),
        ("Sixty-one. My lower back hurts.", 61),
        ("I'm in my late 40s and my back hurts.", 48),
        ("My back hurts and he is 15 at most.", None),
    ],
)
def test_an_age_is_read_for_the_one_it_belongs_to(story: str, age: float | None) -> None:
    assert read(story).quantities.age == age


def test_at_most_five_questions_quote_words_the_gravest_first() -> None:
    words = ("wiping", "confused", "sex", "tiptoe", "prostate", "prednisolone", "bladder", "poo")
    story = "My lower back hurts. " + " ".join(f"The talk was of {word} again." for word in words)
    asks = answer(Request(AS_OF, story), replace(knowledge(), hunches={}, version="words alone")).reading.asks
    assert len(asks) == 5
    assert {"bladder-change", "cancer-history"} <= {ask.finding for ask in asks}
    assert all(story[ask.quote.start : ask.quote.end] == ask.quote.text for ask in asks)


@pytest.mark.parametrize("mark", ["3 replies", "On 3 May 2026, Ann wrote:", "-----Original Message-----"])
def test_only_the_askers_part_of_a_page_is_the_story(mark: str) -> None:
    asked = "My lower back has been aching since my last long run."
    told = read(f"Comments:\n{asked}\n{mark}\nMy leg is numb and I have a fever.")
    assert told.findings.is_present("low-back-pain")
    assert told.findings.get("fever") is None
    assert len(told.warnings) == 1 and "only searched for advice" in told.warnings[0]
