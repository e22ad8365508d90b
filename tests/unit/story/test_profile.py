"""Age and sex as runners tell them, and numbers that are neither."""

from __future__ import annotations

import pytest

from lumbago.language.tokens import tokenise
from lumbago.story.profile import ages, sex


def age(text: str, about_other: bool = False) -> float | None:
    return next((amount.value for amount in ages(tokenise(text), about_other)), None)


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("I'm 41 and my back hurts.", 41),
        ("A 41 year old runner.", 41),
        ("41yo, sore back", 41),
        ("41f, sore back", 41),
        ("Male, 41, sore back", 41),
        ("41, sore back", 41),
        ("Sixty-one. Sore back.", 61),
        ("I'm pushing 60 and sore.", 59),
        ("I'm in my late 40s.", 48),
        ("I'm in my early forties.", 42),
        ("I'm in my fifties.", 50),
        ("I'm in year 9.", 13),
        ("I'm 3 and sore.", None),
        ("I ran 41 km.", None),
        ("71 here, sore back.", 71),
        ("Sore back. 74 and still jogging.", 74),
        ("Sore back. 40 and a bit miles.", None),
        ("Nothing is told.", None),
        ("I have 64 years and I run.", 64),
        ("I am man with 66 years, from Poland.", 66),
        ("Gidday, 71, still plodding.", 71),
        ("Hey folks, 66 here.", 66),
        ("Roofer, 41. Came off a roof at 19.", 41),
        ("Ran for the bus at the age of 70.", 70),
        ("I took up running at sixty.", 60),
        ("So being 16 is over.", 16),
        ("Started at 81 kg, now 76.5, stopping at 76.", None),
        ("My shoes are 5 years old.", None),
        ("New mattress, it's 14 years old.", None),
        ("I fell at the age of 12.", None),
        ("I have 20 years of running behind me.", None),
    ],
)
def test_the_age_of_the_writer(text: str, years: float | None) -> None:
    assert age(text) == years


@pytest.mark.parametrize(
    ("text", "years"),
    [("My son is 15.", 15), ("He's 14 and sore.", 14), ("She is in year 8.", 12), ("He is 2 km away.", None)],
)
def test_the_age_of_the_one_told_of(text: str, years: float | None) -> None:
    assert age(text, about_other=True) == years


def test_another_persons_age_is_not_the_writers() -> None:
    assert age("He's 14 and sore.") is None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("41f, sore back", "female"),
        ("M 41 with a sore back", "male"),
        ("Woman with a sore back", "female"),
        ("I'm a bloke with a sore back", "male"),
        ("My periods stopped.", "female"),
        ("A sore back.", None),
    ],
)
def test_sex_where_the_words_say_it(text: str, told: str | None) -> None:
    assert sex(tokenise(text)) == told
