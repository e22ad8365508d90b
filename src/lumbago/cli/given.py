"""Answers as people and programs write them (YAML, JSON, a mapping) as `Given` values."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from lumbago.errors import AnswersUnreadable
from lumbago.model.findings import Given, Value
from lumbago.model.levels import Status, When

_WORDS = {
    "yes": Status.PRESENT, "true": Status.PRESENT, "present": Status.PRESENT, "y": Status.PRESENT,
    "no": Status.ABSENT, "false": Status.ABSENT, "absent": Status.ABSENT, "n": Status.ABSENT,
    "unsure": Status.UNSURE, "not sure": Status.UNSURE, "maybe": Status.UNSURE, "?": Status.UNSURE,
}  # fmt: skip
_FIELDS = {"status", "when", "value", "unit", "onset"}


def read_answers(text: str, name: str) -> tuple[tuple[Given, ...], tuple[str, ...]]:
    """(answers, warnings) of a YAML or JSON file. Raises AnswersUnreadable when the whole file makes no sense."""
    if name.lower().endswith(".json"):
        try:
            mapping = json.loads(text)
        except json.JSONDecodeError as error:
            raise AnswersUnreadable(
                f"The answers file breaks off at line {error.lineno}: it is not JSON. Nothing was used. "
                "Mend that line and try again."
            ) from None
    else:
        mapping = _from_yaml(text)
    return given(mapping)


def _from_yaml(text: str) -> Any:
    import yaml  # here, so that an answer without an answers file needs no YAML

    try:
        return yaml.safe_load(text)
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        at = f" at line {mark.line + 1}" if mark else ""
        raise AnswersUnreadable(
            f"The answers file cannot be read{at}: it is not YAML. Write one answer a line, such as `fever: no`."
        ) from None


def given(mapping: Any) -> tuple[tuple[Given, ...], tuple[str, ...]]:
    """(answers, warnings) of a mapping of finding id to yes, no, unsure, a number, a date or an object."""
    if mapping is None:
        return (), ()
    if not isinstance(mapping, Mapping):
        raise AnswersUnreadable(
            "Answers are written as finding id and answer, one a line, such as `fever: no`. Nothing was used."
        )
    answers: list[Given] = []
    warnings: list[str] = []
    for key, raw in mapping.items():
        try:
            answers.append(_one(str(key), raw))
        except ValueError:
            warnings.append(
                f"`{str(key)[:60]}`: this answer is not yes, no, unsure, a number or a date. It was left out; the rest was used."
            )
    return tuple(answers), tuple(warnings)


def _one(name: str, raw: Any) -> Given:
    if not isinstance(raw, Mapping):
        status, value = _plain(raw)
        return Given(name, status, value=value)
    if set(raw) - _FIELDS:
        raise ValueError(name)
    status = _plain(raw["status"])[0] if raw.get("status") is not None else None
    value = _plain(raw["value"])[1] if raw.get("value") is not None else None
    if status is None and value is None:
        raise ValueError(name)
    when = When("other-person" if raw.get("when") == "other" else raw.get("when") or "now")
    unit = raw.get("unit")
    return Given(name, status, when, value, str(unit) if unit is not None else None, _date(raw.get("onset")))


def _plain(raw: Any) -> tuple[Status | None, Value]:
    """(status, None) for yes and no, (None, value) for a number, date or choice."""
    if isinstance(raw, bool):
        return (Status.PRESENT if raw else Status.ABSENT), None
    if isinstance(raw, int | float):
        return None, float(raw)
    if isinstance(raw, date):
        return None, date(raw.year, raw.month, raw.day)
    if isinstance(raw, str):
        word = raw.strip().lower()
        if word in _WORDS:
            return _WORDS[word], None
        if word[:4].isdigit() and word.count("-") == 2:
            return None, date.fromisoformat(word)
        try:
            return None, float(word)
        except ValueError:
            return None, word
    raise ValueError(type(raw).__name__)


def _date(raw: Any) -> date | None:
    if raw is None:
        return None
    return date(raw.year, raw.month, raw.day) if isinstance(raw, date) else date.fromisoformat(str(raw))
