"""Our own stories, from their words to the plan: each folder is a story and what must hold of its answer, and why.

Keys of case.yaml, all but `why` optional:

    why             one line: what this story is about
    answers         answers given besides the story, as in an answers file
    denied          true: every danger question still open is answered no
    level           the level; or at_least, at_most where more than one is right
    plan            withheld | walk (a plan without running) | run (a plan with some)
    findings        finding id -> present, absent or unsure, as settled, now (or ever, where the past counts)
    not_present     finding ids that must not be read as present now
    asks            finding ids among the open questions
    contributors    contributor ids among those shown
    rules           ids of rules that fire, with or without a level
    subject         true: told for somebody else
    out_of_scope    true: a warning says what the program did not find or cannot judge
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from decided import AS_OF, knowledge
from lumbago.cli.given import given
from lumbago.model.answer import Answer
from lumbago.model.findings import Given
from lumbago.model.levels import Level, Status, When
from lumbago.model.plan import Plan, PlanWithheld, SessionKind
from lumbago.model.request import Request
from lumbago.pipeline import answer

HERE = Path(__file__).parent
CASES = sorted(path.parent.name for path in HERE.glob("*/case.yaml"))
KEYS = {
    "why", "answers", "denied", "level", "at_least", "at_most", "plan", "findings", "not_present", "asks", "contributors",
    "rules", "subject", "out_of_scope",
}  # fmt: skip
RUNS = {SessionKind.RUN, SessionKind.RUN_WALK, SessionKind.RACE}
each = pytest.mark.parametrize("slug", CASES)


@cache
def case(slug: str) -> dict[str, Any]:
    told: dict[str, Any] = yaml.safe_load((HERE / slug / "case.yaml").read_text(encoding="utf-8"))
    return told


@cache
def answered(slug: str) -> Answer:
    story = (HERE / slug / "story.txt").read_text(encoding="utf-8")
    answers, warnings = given(case(slug).get("answers"))
    assert not warnings
    found = answer(Request(AS_OF, story, answers), knowledge())
    while case(slug).get("denied") and (open_ := denials(found)):
        answers = (*answers, *open_)
        found = answer(Request(AS_OF, story, answers), knowledge())
    return found


def denials(found: Answer) -> tuple[Given, ...]:
    """No to every danger question that is still open."""
    specs = knowledge().findings
    return tuple(Given(name, Status.ABSENT) for name in found.triage.ask if specs[name].kind == "yes_no")


@each
def test_a_case_says_only_what_can_be_checked(slug: str) -> None:
    told = case(slug)
    assert told["why"].endswith(".")
    assert set(told) <= KEYS
    names = {*told.get("findings", ()), *told.get("not_present", ()), *told.get("asks", ())}
    assert names <= set(knowledge().findings)
    assert set(told.get("contributors", ())) <= set(knowledge().contributors)
    assert set(told.get("rules", ())) <= set(knowledge().rules)


@each
def test_the_level_is_right(slug: str) -> None:
    told, level = case(slug), answered(slug).triage.level
    low, high = told.get("at_least", told.get("level")), told.get("at_most", told.get("level"))
    if low:
        assert level.rank >= Level(low).rank, told["why"]
    if high:
        assert level.rank <= Level(high).rank, told["why"]


@each
def test_the_plan_holds_no_more_and_no_less(slug: str) -> None:
    plan, wanted = answered(slug).plan, case(slug).get("plan")
    if wanted == "withheld":
        assert isinstance(plan, PlanWithheld)
    elif wanted:
        assert isinstance(plan, Plan)
        runs = any(session.kind in RUNS for week in plan.weeks for session in week.sessions)
        assert runs == (wanted == "run")


@each
def test_what_was_told_is_read(slug: str) -> None:
    found, specs = answered(slug).findings, knowledge().findings
    wanted = case(slug).get("findings", {})
    read = {name: found.status(name) for name in wanted}
    for name in wanted:
        if read[name] is None and specs[name].past_counts:
            read[name] = found.status(name, When.PAST)
    assert read == {name: Status(status) for name, status in wanted.items()}


@each
def test_nothing_is_read_that_was_not_told(slug: str) -> None:
    present = {name for name in case(slug).get("not_present", ()) if answered(slug).findings.is_present(name)}
    assert present == set()


@each
def test_what_stays_open_is_asked(slug: str) -> None:
    assert set(case(slug).get("asks", ())) <= set(answered(slug).ask)


@each
def test_contributors_and_rules_are_shown(slug: str) -> None:
    found, told = answered(slug), case(slug)
    assert set(told.get("contributors", ())) <= {c.id for c in found.explanation.contributors}
    assert set(told.get("rules", ())) <= {f.rule for f in (*found.triage.fired, *found.triage.notes)}


@each
def test_who_and_what_it_is_about_is_said(slug: str) -> None:
    found, told = answered(slug), case(slug)
    assert (found.reading.subject is not None) == told.get("subject", False)
    if told.get("out_of_scope"):
        assert any("low back" in warning for warning in found.warnings)
