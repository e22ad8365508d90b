"""The sentences of the plan room: each one named is there, and none lies unused."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import lumbago.plan
from lumbago.model.knowledge import Knowledge

CODE = "".join(path.read_text(encoding="utf-8") for path in Path(lumbago.plan.__file__).parent.glob("*.py"))


def _named(value: Any) -> Iterator[str]:
    if isinstance(value, str) and value.startswith("plan-"):
        yield value
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ():
        yield from _named(part)


def test_every_text_named_is_there_and_none_lies_unused(knowledge: Knowledge) -> None:
    in_limits = {text for limit in knowledge.limits.values() for text in _named(dict(limit.values))}
    in_code = set(re.findall(r'"(plan-[a-z0-9-]+)"', CODE))
    verdicts = {"plan-goal-comfortable", "plan-goal-tight"}  # put together from the verdict
    assert in_limits | in_code | verdicts == {text for text in knowledge.texts if text.startswith("plan-")}


def test_limits_name_known_findings_rules_and_patterns(knowledge: Knowledge) -> None:
    walking, leave = knowledge.limits["walking-only"].values, knowledge.limits["leave-out"].values
    week = knowledge.limits["first-week"].values
    findings = {
        *walking["findings"],
        walking["birth"],
        *walking["birth_clear_when_denied"],
        *walking["gate_closed_when"],
        *walking["gate_closed_unless_mild"],
        *week["settle_when"],
        *week["cut_most_when"],
        *week["sore_when"],
    }
    assert findings <= set(knowledge.findings)
    assert {walking["age_rule"], *walking["rule_texts"], *leave["cautions"]} <= set(knowledge.rules)
    assert set(leave["contributors"]) <= set(knowledge.contributors)
    assert week["symptom_free_pattern"] in knowledge.patterns
    assert week["ladder"] in knowledge.programs
