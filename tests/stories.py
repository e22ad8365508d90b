"""The shared stories with their gold labels, and answers to them; a test that needs them skips where they are absent."""

from __future__ import annotations

import importlib.util
from functools import cache
from types import ModuleType
from typing import Any

import pytest
import yaml

from decided import SHARED, knowledge
from lumbago.cli.given import given
from lumbago.model.answer import Answer
from lumbago.model.request import Request
from lumbago.pipeline import answer

CASES = SHARED / "cases"
needs_shared = pytest.mark.skipif(not CASES.exists(), reason="the shared stories are not beside this checkout")
STATUS = {"yes": "present", "no": "absent", "unsure": "unsure"}


@cache
def scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", CASES / "score.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@cache
def stories() -> tuple[dict[str, Any], ...]:
    """Every gold case, its text filled in; none where the folder is absent."""
    if not CASES.exists():
        return ()
    cases = yaml.safe_load((CASES / "stories.yaml").read_text(encoding="utf-8"))["cases"]
    return tuple({**case, "story": scorer().text_of(case)} for case in cases)


def accepted(case: dict[str, Any]) -> set[str]:
    return {case["triage"], *case["also_acceptable"]}


@cache
def answered(index: int) -> Answer:
    """The answer to the text of a story alone."""
    from decided import AS_OF

    return answer(Request(AS_OF, stories()[index]["story"]), knowledge())


def gold_answers(case: dict[str, Any]) -> dict[str, Any]:
    """Every gold label of a story as an answers mapping; where now and past are both told, now stands."""
    told: dict[str, Any] = {}
    past_counts = knowledge().past_counts
    for label in case["findings"]:
        if label["when"] == "now" or (label["when"] == "past" and label["name"] in past_counts):
            told.setdefault(label["name"], {"status": STATUS[label["value"]], "when": label["when"]})
    for name, quantity in (("age", "age"), ("pain-now", "pain_now"), ("duration-days", "duration_days")):
        if isinstance(case["quantities"].get(quantity), int | float):
            told[name] = case["quantities"][quantity]
    if isinstance(case["quantities"].get("temperature_c"), int | float):
        told["temperature"] = case["quantities"]["temperature_c"]
    return told


def answered_fully(case: dict[str, Any]) -> Answer:
    """The answer to the gold labels alone, without the story: the rules apart from the reading."""
    from decided import AS_OF

    answers, warnings = given(gold_answers(case))
    assert not warnings
    return answer(Request(AS_OF, answers=answers), knowledge())
