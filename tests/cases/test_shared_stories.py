"""The whole path over the shared stories: from their words, and from their labels alone."""

from __future__ import annotations

from typing import Any

import pytest

from decided import AS_OF, dossier, knowledge
from lumbago.cli.given import given
from lumbago.model.levels import Level
from lumbago.model.request import Request
from lumbago.pipeline import answer
from stories import accepted, answered, answered_fully, needs_shared, stories

pytestmark = needs_shared
NUMBERED = list(enumerate(stories()))
NAMES = [case["id"] for case in stories()]


def rank(level: str) -> int:
    return Level(level).rank


@pytest.mark.parametrize(("index", "case"), NUMBERED, ids=NAMES)
def test_no_danger_is_missed(index: int, case: dict[str, Any]) -> None:
    level = answered(index).triage.level
    if rank(case["triage"]) > Level.ROUTINE.rank:
        assert level.rank >= min(map(rank, accepted(case))), case["why"]
    if case["triage"] in (Level.SAME_DAY, Level.EMERGENCY_NOW):
        assert level.rank >= Level.SAME_DAY.rank, case["why"]


@pytest.mark.parametrize(("index", "case"), NUMBERED, ids=NAMES)
def test_nobody_is_frightened_for_nothing(index: int, case: dict[str, Any]) -> None:
    if case["triage"] == Level.SELF_CARE:
        assert answered(index).triage.level.rank < Level.SAME_DAY.rank, case["why"]


def test_nine_in_ten_stories_get_an_accepted_level() -> None:
    within = sum(answered(index).triage.level in accepted(case) for index, case in NUMBERED)
    assert within / len(NUMBERED) >= 0.90


@pytest.mark.parametrize("case", stories(), ids=NAMES)
def test_complete_answers_without_the_story_give_an_accepted_level(case: dict[str, Any]) -> None:
    assert answered_fully(case).triage.level in accepted(case), case["why"]


@pytest.mark.parametrize(
    "case", dossier()["dossier_cases"] if stories() else [], ids=lambda c: f"{c['case']}-{c['level']}"
)
def test_the_cases_of_the_dossier_get_their_level(case: dict[str, Any]) -> None:
    answers, _ = given(case["given"] | case.get("assumed", {}))
    assert answer(Request(AS_OF, answers=answers), knowledge()).triage.level == case["level"]
