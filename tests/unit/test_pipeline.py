"""The path as a whole: when the pain began, what a story cannot be, and what the answer is called."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from decided import AS_OF, knowledge
from lumbago.errors import NothingAsked, StoryEmpty, StoryNotText, StoryTooLong
from lumbago.model.answer import Answer
from lumbago.model.findings import Given
from lumbago.model.levels import Origin, Status
from lumbago.model.request import Request
from lumbago.pipeline import LONGEST_STORY, answer, digest

STORY = "My lower back has hurt for three weeks. It aches after runs."
BEGAN = AS_OF - timedelta(days=50)


def ask(story: str = STORY, *answers: Given, onset: date | None = None) -> Answer:
    return answer(Request(AS_OF, story, answers, onset=onset), knowledge())


@pytest.mark.parametrize(
    "found", [ask(onset=BEGAN), ask(STORY, Given("pain-began-on", value=BEGAN))], ids=["option", "answer"]
)
def test_the_day_it_began_outweighs_the_story(found: Answer) -> None:
    lasted = found.findings.get("duration-days")
    assert lasted and (lasted.value, lasted.onset, lasted.origin) == (50.0, BEGAN, Origin.ANSWER)
    assert found.quantities.duration_days == 50
    assert found.findings.is_present("over-six-weeks")


def test_a_day_to_come_is_no_beginning() -> None:
    found = ask(onset=AS_OF + timedelta(days=1))
    assert found.quantities.duration_days == 21


@pytest.mark.parametrize(
    ("request_", "error"),
    [
        (Request(AS_OF), NothingAsked),
        (Request(AS_OF, "  \n"), StoryEmpty),
        (Request(AS_OF, "x" * (LONGEST_STORY + 1)), StoryTooLong),
        (Request(AS_OF, "My back \ufffd\ufffd\x01\x02"), StoryNotText),
    ],
)
def test_what_cannot_be_read_is_refused_without_its_words(request_: Request, error: type[Exception]) -> None:
    with pytest.raises(error) as refused:
        answer(request_, knowledge())
    assert "My back" not in str(refused.value)


def test_answers_without_a_story_are_enough() -> None:
    found = ask("", Given("fever", Status.PRESENT), Given("sex", value="male"), Given("temperature", value=38.4))
    assert not found.warnings
    assert (found.quantities.sex, found.quantities.temperature_c) == ("male", 38.4)


def test_an_answer_is_called_by_its_request_or_by_the_name_given() -> None:
    request = Request(AS_OF, STORY)
    assert answer(request, knowledge()).id == digest(request) == digest(Request(AS_OF, STORY, id="other"))
    assert answer(Request(AS_OF, STORY, id="mine"), knowledge()).id == "mine"
    assert digest(request) != digest(Request(AS_OF, STORY + " "))


def test_each_question_is_asked_once() -> None:
    asked = ask().ask
    assert len(asked) == len(set(asked))


@pytest.mark.parametrize(
    ("story", "words"),
    [
        ("Es tut weh.", "another language"),
        ("I have pain between my shoulder blades.", "No low back pain"),
        (STORY, ""),
    ],
)
def test_what_lies_outside_is_said(story: str, words: str) -> None:
    warnings = " ".join(ask(story).warnings)
    assert words in warnings and bool(words) == bool(warnings)


REPLIES = "\n\nAnswer by Marcus:\nI had a fever with it. You should foam roll your lower back.\n"


def test_of_a_page_others_words_are_searched_for_advice_only() -> None:
    found = ask(STORY + REPLIES)
    assert found.findings.get("fever") is None and found.findings.is_present("low-back-pain")
    quotes = {advice.claim: advice.quotes for advice in found.advice}["foam-roll-low-back"]
    assert all((STORY + REPLIES)[quote.start : quote.end] == quote.text for quote in quotes)
    assert len(set(found.warnings)) == 1 and "one other person" in found.warnings[0]


def test_an_article_has_nobodys_back_in_it() -> None:
    article = "When you run, your back works, so you should warm up and foam roll your lower back. " * 12
    found = ask(f"{article}\n\nBook an appointment with our clinic.")
    assert not list(found.findings) and found.triage.provisional
    assert [advice.claim for advice in found.advice if advice.claim == "foam-roll-low-back"]
    assert len(set(found.warnings)) == 1 and "looks like an article" in found.warnings[0]
