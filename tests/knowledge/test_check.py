"""The knowledge of this program passes its own check, and people can read it."""

from __future__ import annotations

import lumbago.knowledge.load
from lumbago.knowledge.check import HIGHEST_MEAN_AGE, check_knowledge, mean_reading_ages
from lumbago.knowledge.load import load_for_authors

KNOWLEDGE = load_for_authors()


def test_nothing_is_wrong() -> None:
    problems = check_knowledge(KNOWLEDGE, lumbago.knowledge.load.HERE)
    assert [str(problem) for problem in problems if problem.is_error] == []


def test_people_of_about_eleven_can_read_what_is_shown() -> None:
    hard = {kind: age for kind, age in mean_reading_ages(KNOWLEDGE).items() if age > HIGHEST_MEAN_AGE}
    assert not hard


def test_no_rule_says_that_you_have_something() -> None:
    for rule in KNOWLEDGE.rules.values():
        assert "you have" not in rule.say.lower().replace("you have had", ""), rule.id
