"""What stands around a phrase: an answering "no", a turn of the story, who is spoken of."""

from __future__ import annotations

import pytest

from decided import AS_OF, knowledge
from lumbago.model.levels import Status, When
from lumbago.story.read import read_story


def status(text: str, finding: str, when: When = When.NOW) -> Status | None:
    return read_story(text, knowledge(), AS_OF).findings.status(finding, when)


@pytest.mark.parametrize(
    ("text", "finding", "expected"),
    [
        ("No I don't have a fever.", "fever", Status.ABSENT),
        ("Nope, no fever.", "fever", Status.ABSENT),
        ("No, I have a fever.", "fever", Status.PRESENT),
        ("No fever.", "fever", Status.ABSENT),
    ],
)
def test_a_no_that_answers_is_no_second_denial(text: str, finding: str, expected: Status) -> None:
    assert status(text, finding) is expected


def test_the_first_turn_to_now_ends_the_past_also_where_another_follows() -> None:
    story = (
        "In 2019 I had sciatica and a numb foot. It cleared up. What I've got now is different. My lower back aches when I "
        "run. It is getting worse. No leg pain this time."
    )
    assert status(story, "low-back-pain") is Status.PRESENT
    assert status(story, "getting-worse") is Status.PRESENT
    assert status(story, "leg-numbness-tingling") is None
    assert status(story, "leg-numbness-tingling", When.PAST) is Status.PRESENT


def test_what_a_relative_has_is_not_the_writers_and_the_writer_comes_back() -> None:
    story = "My sister has a numb foot and leaks pee. I have an aching lower back."
    assert status(story, "leg-numbness-tingling") is None
    assert status(story, "bladder-change") is None
    assert status(story, "low-back-pain") is Status.PRESENT


def test_an_old_spell_long_ago_is_over_and_a_long_one_that_began_then_is_not() -> None:
    assert status("Three years ago I had a numb foot.", "leg-numbness-tingling") is None
    assert status("My lower back pain started three years ago.", "low-back-pain") is Status.PRESENT
