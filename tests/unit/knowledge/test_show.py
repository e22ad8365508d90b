"""One item, every field, its marks, and what points at it."""

from __future__ import annotations

import pytest

from lumbago.knowledge.load import KINDS, load_for_authors
from lumbago.knowledge.show import in_words, show
from lumbago.model.conditions import Condition, Operator

KNOWLEDGE = load_for_authors()


def test_an_id_that_two_kinds_share_shows_both() -> None:
    shown = show(KNOWLEDGE, "hills")
    assert "hills (finding)" in shown
    assert "hills (possible contributor)" in shown
    assert "pattern muscle-soreness: for" in shown


def test_an_unknown_id_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        show(KNOWLEDGE, "green-toes")


def test_a_rule_shows_its_condition_its_cases_and_that_nobody_reviewed_it() -> None:
    shown = show(KNOWLEDGE, "night-unrelenting")
    assert "! not reviewed by a clinician" in shown
    assert "unrelenting-night-pain for 14" in shown
    assert "unrelenting-night-pain present 14 d -> fires" in shown


@pytest.mark.parametrize(
    ("id_", "mark"),
    [
        ("both-loading-signs", "our own rule: not a row of the dossier"),
        ("time-off", "our own working rule"),
        ("lumbago-ladder-derived", "our own construction"),
        ("asteroid-facts", "unverified: not every number"),
    ],
)
def test_how_far_it_is_trusted_is_marked(id_: str, mark: str) -> None:
    assert f"! {mark}" in show(KNOWLEDGE, id_)


def test_an_unverified_source_is_marked_and_so_is_what_rests_on_it() -> None:
    unverified = [source.id for source in KNOWLEDGE.sources.values() if not source.verified]
    assert unverified
    for source in unverified:
        assert "! unverified" in show(KNOWLEDGE, source)
    resting = [claim.id for claim in KNOWLEDGE.claims.values() if set(claim.sources) & set(unverified)]
    for claim in resting:
        assert "! rests on unverified sources" in show(KNOWLEDGE, claim)


def test_what_points_at_it_is_listed() -> None:
    shown = show(KNOWLEDGE, "fever")
    assert "rule fever-with-back-pain: when, cases" in shown
    assert "tick-list: How it started, and feeling ill" in shown
    assert "  nothing" in show(KNOWLEDGE, "night-unrelenting").split("Pointed at by")[1]


def test_a_word_family_names_the_findings_that_use_it() -> None:
    assert "finding night-pain: phrases" in show(KNOWLEDGE, "the-pain")


def test_a_table_of_steps_is_one_line_a_session() -> None:
    assert "8 x (run 0.25 minutes, walk 2.25 minutes)" in show(KNOWLEDGE, "lumbago-ladder-derived")


def test_a_sample_of_every_kind_is_shown_within_the_width() -> None:
    for kind in KINDS:
        for id_ in list(getattr(KNOWLEDGE, kind))[::20]:
            lines = show(KNOWLEDGE, id_).splitlines()
            assert all(len(line) <= 130 or "http" in line or " " not in line.strip() for line in lines), id_


def test_conditions_read_as_one_line() -> None:
    fever = Condition(Operator.PRESENT, "fever")
    count = Condition(Operator.COUNT, value=2.0, of=(fever, Condition(Operator.UNSURE, "chills")))
    assert in_words(count) == "at least 2 of (fever, not sure of chills)"
    assert in_words(Condition(Operator.ANY, of=(fever, Condition(Operator.AT_MOST, "age", 17.0, "a")))) == (
        "(fever or age at most 17 a)"
    )
    assert in_words(Condition(Operator.ALL)) == "always"
