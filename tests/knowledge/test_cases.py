"""Every case of every rule, and every example of every finding and claim, as a test of its own."""

from __future__ import annotations

from datetime import date

import pytest

from lumbago.advice.check import find_claims
from lumbago.knowledge.check import is_met, verdict
from lumbago.knowledge.load import load_for_authors
from lumbago.model.findings import Finding
from lumbago.model.knowledge import Example, Rule, RuleCase
from lumbago.model.levels import Status, When
from lumbago.story.read import read_story

KNOWLEDGE = load_for_authors()
AS_OF = date(2026, 11, 22)
CASES = [
    pytest.param(rule, case, id=f"{rule.id}::{case.name}") for rule in KNOWLEDGE.rules.values() for case in rule.cases
]
SAID = [
    pytest.param(spec.id, example, id=f"{spec.id}::{example.text}")
    for spec in KNOWLEDGE.findings.values()
    for example in spec.examples
]
CLAIMED = [
    pytest.param(spec.id, example, id=f"{spec.id}::{example.text}")
    for spec in KNOWLEDGE.claims.values()
    for example in spec.examples
]


@pytest.mark.parametrize(("rule", "case"), CASES)
def test_the_rule_does_what_its_case_says(rule: Rule, case: RuleCase) -> None:
    got = verdict(rule, case.given, KNOWLEDGE)
    assert is_met(rule, case, KNOWLEDGE), f"rules/{rule.id}.yaml, `{case.name}`: it is {got}, not {case.expect}"


@pytest.mark.parametrize(("finding", "example"), SAID)
def test_the_words_are_read_as_the_example_says(finding: str, example: Example) -> None:
    read = [found for found in read_story(example.text, KNOWLEDGE, AS_OF).findings if found.id == finding]
    now = [found for found in read if found.when is When.NOW]
    told = next(iter(now or read), None)
    assert _status(told) == example.status
    if example.value is not None:
        assert told is not None
        assert told.value == example.value


def _status(found: Finding | None) -> str:
    """As examples say it: a status now, `past`, `other-person`, or `unknown` when nothing was read."""
    if found is None:
        return "unknown"
    if found.when is When.NOW:
        return found.status.value
    return found.when.value if found.status is Status.PRESENT else f"{found.status.value} ({found.when.value})"


@pytest.mark.parametrize(("claim", "example"), CLAIMED)
def test_the_claim_is_heard_as_the_example_says(claim: str, example: Example) -> None:
    heard = {advice.claim for advice in find_claims(example.text, KNOWLEDGE)}
    assert ("present" if claim in heard else "unknown") == example.status
