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


@pytest.mark.parametrize(
    ("story", "expected"),
    [
        ("Numb foot after sitting on it. Normal within a minute.", None),
        ("My foot went numb on the sofa. I shook it about a bit. Next morning it was back to normal.", None),
        ("My foot went numb on the sofa. Next morning it was still numb.", Status.PRESENT),
        ("My foot has been numb since Sunday. Next day my back was fine.", Status.PRESENT),
    ],
)
def test_a_sign_that_is_told_to_be_gone_by_a_time_is_past(story: str, expected: Status | None) -> None:
    read = status(story, "leg-numbness-tingling")
    assert (read is Status.PRESENT) is (expected is Status.PRESENT)


def test_what_happened_at_an_age_is_over_for_somebody_older() -> None:
    assert status("I'm 41. I came off a garage roof at 19. My back aches.", "major-trauma") is None
    assert status("I'm 41. I came off a garage roof at 19. My back aches.", "major-trauma", When.PAST) is Status.PRESENT


def test_questions_of_a_list_are_no_findings_and_are_asked_unless_answered() -> None:
    story = "My back aches. Bladder gone rogue? No. Numb bits? Ha. Leg weakness? No more than my 5k time. Fever? No."
    reading = read_story(story, knowledge(), AS_OF)
    assert not any(reading.findings.is_present(name) for name in ("saddle-numbness", "leg-weakness", "fever"))
    assert reading.findings.status("fever") is Status.ABSENT
    yes = "My back aches. Bladder? Fine. Numb between the legs? Yes, since Monday. Fever? No."
    assert status(yes, "saddle-numbness") is Status.PRESENT


@pytest.mark.parametrize("story", ["Steroids? Never.", "Bladder: normal.", "There is no numbness in the saddle parts."])
def test_what_is_answered_at_once_is_not_asked(story: str) -> None:
    asked = {ask.finding for ask in read_story(f"My back aches. {story}", knowledge(), AS_OF).asks}
    assert not asked & {"steroid-use", "bladder-change", "saddle-numbness"}


def test_both_her_legs_are_hers() -> None:
    story = "A woman at our club had it. Both her legs went weak. My back aches."
    assert status(story, "leg-weakness") is None


def test_cancer_that_one_had_is_past_and_cancer_that_one_has_is_now() -> None:
    assert status("I'm a lymphoma survivor and my back aches.", "cancer-history", When.PAST) is Status.PRESENT
    assert status("I'm halfway through chemo and my back aches.", "cancer-history") is Status.PRESENT
