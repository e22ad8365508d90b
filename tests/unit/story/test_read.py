"""What is read in a story: statuses, times, persons, numbers, and exact places."""

from __future__ import annotations

from datetime import date

import pytest

from decided import knowledge
from lumbago.model.levels import Status, When
from lumbago.model.reading import Reading
from lumbago.story.read import read_story

AS_OF = date(2026, 11, 22)


def read(text: str) -> Reading:
    return read_story(text, knowledge(), AS_OF)


def status(text: str, finding: str, when: When = When.NOW) -> Status | None:
    return read(text).findings.status(finding, when)


def test_every_quote_stands_where_it_says() -> None:
    text = (
        "I’m 43. My lower back hurts when I run – and it’s getting worse! No numbness, tingling or weakness in my legs."
    )
    findings = read(text).findings
    assert len(findings) > 3
    for finding in findings:
        for quote in finding.quotes:
            assert text[quote.start : quote.end] == quote.text


@pytest.mark.parametrize(
    ("text", "finding", "expected"),
    [
        ("My lower back hurts.", "low-back-pain", Status.PRESENT),
        ("No numbness, tingling or weakness in my legs.", "leg-numbness-tingling", Status.ABSENT),
        ("No numbness, tingling or weakness in my legs.", "leg-weakness", Status.ABSENT),
        ("My back hurts but I don't have a fever.", "fever", Status.ABSENT),
        ("Any fever? No.", "fever", Status.ABSENT),
        ("I think my leg might be weak.", "leg-weakness", Status.UNSURE),
        ("I can't pee.", "unable-to-pee", Status.PRESENT),
        ("What if I get a fever?", "fever", None),
        ("Stretching doesn't help my lower back pain.", "low-back-pain", Status.PRESENT),
    ],
)
def test_status(text: str, finding: str, expected: Status | None) -> None:
    assert status(text, finding) is expected


def test_a_general_no_answers_what_was_asked_before_it() -> None:
    text = "My sister (nurse) asked about wee and poo and numb bits and it's a no to all of those."
    assert status(text, "bladder-change") is Status.ABSENT
    assert status(text, "bowel-change") is Status.ABSENT


def test_what_is_over_is_past_and_what_is_gone_is_denied_for_now() -> None:
    assert status("In 2019 I had a stress fracture.", "previous-stress-fracture", When.PAST) is Status.PRESENT
    gone = "The leg pain is gone."
    assert status(gone, "leg-pain", When.PAST) is Status.PRESENT
    assert status(gone, "leg-pain") is Status.ABSENT


def test_a_relative_is_somebody_else_until_the_post_is_about_them() -> None:
    other = "My dad had numbness in his foot. I just have a sore lower back."
    assert status(other, "leg-numbness-tingling") is None
    assert status(other, "leg-numbness-tingling", When.OTHER_PERSON) is Status.PRESENT
    assert read(other).subject is None
    theirs = read("Posting for my daughter, 14. Her lower back hurts and her foot is numb.")
    assert theirs.subject == "my daughter"
    assert theirs.findings.status("leg-numbness-tingling") is Status.PRESENT
    assert theirs.quantities.age == 14


def test_danger_words_that_form_no_finding_are_quoted_to_be_asked() -> None:
    reading = read("My lower back aches. Something about my bladder, hard to explain.")
    assert [(ask.finding, ask.quote.text) for ask in reading.asks] == [("bladder-change", "bladder")]
    assert reading.findings.status("bladder-change") is None


@pytest.mark.parametrize(
    "story",
    [
        "My lower back aches. No bladder trouble.",
        "My lower back aches. My dad has bladder trouble.",
        "My lower back aches. What if my bladder stops working?",
        "My lower back aches. My bladder is fine.",
    ],
)
def test_what_is_read_or_is_not_the_writers_is_not_asked(story: str) -> None:
    assert read(story).asks == ()


def test_nothing_said_is_nothing_known() -> None:
    assert len(read("Lovely weather, and the dog came along.").findings) == 0


def test_of_a_pasted_page_the_first_post_is_the_story() -> None:
    page = (
        "My lower back aches after every run and I have had enough of it.\n\n2 ANSWERS\n\n"
        "1. I had numbness in both legs and could not pee."
    )
    reading = read(page)
    assert reading.findings.status("low-back-pain") is Status.PRESENT
    assert reading.findings.status("both-legs-symptoms") is None
    assert reading.warnings


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("I'm 52 and my back hurts", "age", 52),
        ("30F, low back pain", "age", 30),
        ("71 yr old, still jog", "age", 71),
        ("my back, 6/10 at worst", "pain_now", 6),
        ("low back pain for 3 weeks", "duration_days", 21),
        ("it began two days ago", "duration_days", 2),
        ("running 25 mpw", "weekly_km", 40.2),
        ("I do about 40 km a week", "weekly_km", 40),
        ("my longest run is 8 miles", "longest_run_km", 12.9),
        ("I run 3 times a week", "runs_per_week", 3),
        ("cadence 154", "cadence", 154),
        ("temp 38.6 today", "temperature_c", 38.6),
        ("fever of 101.3 F", "temperature_c", 38.5),
        ("I weigh 70kg", "weight_kg", 70),
    ],
)
def test_quantities(text: str, name: str, value: float) -> None:
    assert getattr(read(text).quantities, name) == pytest.approx(value)


def test_a_goal_and_its_weeks() -> None:
    goal = read("Training for a half marathon in 12 weeks, lower back sore").quantities.goal
    assert goal is not None
    assert (goal.race, goal.weeks) == ("half-marathon", 12)


def test_twenty_years_of_running_is_no_spell_of_pain() -> None:
    assert read("I have been running for 20 years. My lower back hurts.").quantities.duration_days is None


def test_a_general_no_denies_what_was_asked_and_nothing_after_it() -> None:
    text = "My physio asked about fever and numbness and it's a no to all of those, but my left foot is numb."
    assert status(text, "fever") is Status.ABSENT
    assert status(text, "leg-numbness-tingling") is Status.PRESENT
    assert status(text, "tried-manual") is not Status.ABSENT


def test_a_phrase_may_hold_the_words_of_supposing() -> None:
    assert status("My family would be better off without me.", "suicidal-thoughts") is Status.PRESENT
