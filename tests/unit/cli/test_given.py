"""Answers as they are written: what is taken, what is left out with a word, and what is refused as a whole."""

from __future__ import annotations

from datetime import date

import pytest

from lumbago.cli.given import given, read_answers
from lumbago.errors import AnswersUnreadable
from lumbago.model.findings import Given
from lumbago.model.levels import Status, When


@pytest.mark.parametrize("name", ["answers.yaml", "answers.json"])
def test_each_way_to_write_an_answer(name: str) -> None:
    text = """{"fever": "yes", "night-pain": "no", "leg-pain": "unsure", "age": 41, "pain-now": "3.5", "sex": "female",
        "pain-began-on": "2026-11-01", "weight-loss": {"status": "yes", "when": "past", "onset": "2025-05-01"},
        "temperature": {"value": 38.4, "unit": "Cel"}, "chills-sweats": true}"""
    answers, warnings = read_answers(text, name)
    assert not warnings
    assert answers == (
        Given("fever", Status.PRESENT),
        Given("night-pain", Status.ABSENT),
        Given("leg-pain", Status.UNSURE),
        Given("age", value=41.0),
        Given("pain-now", value=3.5),
        Given("sex", value="female"),
        Given("pain-began-on", value=date(2026, 11, 1)),
        Given("weight-loss", Status.PRESENT, When.PAST, onset=date(2025, 5, 1)),
        Given("temperature", value=38.4, unit="Cel"),
        Given("chills-sweats", Status.PRESENT),
    )


def test_yaml_words_are_read_as_people_mean_them() -> None:
    answers, warnings = read_answers(
        "fever: no\nage: 41\npain-began-on: 2026-11-01\nother:\n  when: other\n  status: yes\n", "a"
    )
    assert not warnings
    assert [a.status or a.value for a in answers] == [Status.ABSENT, 41.0, date(2026, 11, 1), Status.PRESENT]
    assert answers[-1].when is When.OTHER_PERSON
    assert read_answers("", "answers.yaml") == ((), ())


@pytest.mark.parametrize(
    "raw",
    ["2026-13-45", {"status": "yes", "colour": 1}, {}, {"status": "yes", "when": "never"}, {"status": "yes", "unit": [1]},
     {"status": "yes", "onset": [1]}, [1], 10**400, {"value": [1]}],
)  # fmt: skip
def test_one_answer_that_makes_no_sense_is_named_and_the_rest_is_used(raw: object) -> None:
    answers, warnings = given({"age": raw, "fever": "yes"})
    assert answers == (Given("fever", Status.PRESENT),)
    assert len(warnings) == 1 and warnings[0].startswith("`age`")


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("a.json", '{"fever": "yes",', "breaks off at line 1"),
        ("a.json", '{"age": ' + "9" * 5000 + "}", "cannot be read"),
        ("a.json", "[" * 50_000, "cannot be read"),
        ("a.json", '{"fever": "yes", "fever": "no"}', "`fever` twice"),
        ("a.json", "[1]", "finding id and answer"),
        ("a.yaml", "fever: [", "cannot be read at line"),
        ("a.yaml", "fever: yes\nage: 4\nfever: no\n", "`fever` twice"),
        ("a.yaml", "my own words: yes\nmy own words: no\n", "one thing twice"),
        ("a.yaml", "fever: &a yes\nage: *a\n", "anchors"),
        ("a.yaml", "[" * 50, "not YAML"),
        ("a.yaml", "just words", "finding id and answer"),
        ("a.yaml", "fever: no\n" * 20_000, "100,000 characters"),
    ],
)
def test_a_file_that_cannot_be_trusted_is_refused_whole(name: str, text: str, words: str) -> None:
    with pytest.raises(AnswersUnreadable, match=words) as refused:
        read_answers(text, name)
    assert "my own words" not in refused.value.message


def test_half_a_letter_in_a_name_does_not_get_through() -> None:
    answers, warnings = given({"\ud800": "yes", "\udfff" * 100: []})
    (answers[0].id + warnings[0]).encode()
