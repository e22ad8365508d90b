"""Answers as people and programs write them (YAML, JSON, a mapping) as `Given` values."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from lumbago.cli.options import clean
from lumbago.errors import AnswersUnreadable
from lumbago.model.findings import Given, Value
from lumbago.model.levels import Status, When

_WORDS = {
    "yes": Status.PRESENT, "true": Status.PRESENT, "present": Status.PRESENT, "y": Status.PRESENT,
    "no": Status.ABSENT, "false": Status.ABSENT, "absent": Status.ABSENT, "n": Status.ABSENT,
    "unsure": Status.UNSURE, "not sure": Status.UNSURE, "maybe": Status.UNSURE, "?": Status.UNSURE,
}  # fmt: skip
_FIELDS = {"status", "when", "value", "unit", "onset"}
_LONGEST_ANSWERS = 100_000  # characters; an answer to every question, with all its fields, is half of that
_MOST_NESTED = 8  # an answer with fields is two deep
_NO_ALIASES = (
    "The answers file uses YAML anchors (& and *), which are not read. Write each answer out, such as `fever: no`."
)
_TWICE = "The answers name {} twice. Nothing was used: keep the answer that is right and try again."


def read_answers(text: str, name: str) -> tuple[tuple[Given, ...], tuple[str, ...]]:
    """(answers, warnings) of a YAML or JSON file. Raises AnswersUnreadable when the whole file makes no sense."""
    if len(text) > _LONGEST_ANSWERS:
        raise AnswersUnreadable(
            f"The answers file is longer than the {_LONGEST_ANSWERS:,} characters that can be read. Nothing was used. "
            "Write one answer a line, such as `fever: no`, and the story in a file of its own."
        )
    return given(_from_json(text) if name.lower().endswith(".json") else _from_yaml(text))


def _from_json(text: str) -> Any:
    try:
        return json.loads(text, object_pairs_hook=each_once)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", None)
        at = f"breaks off at line {line}" if line else "cannot be read"
        raise AnswersUnreadable(
            f"The answers file {at}: it is not JSON. Nothing was used. Mend that line and try again."
        ) from None


def each_once(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """A JSON object as a mapping. Raises AnswersUnreadable where a name stands twice: which answer counts is not ours to guess."""
    mapping: dict[str, Any] = {}
    for key, value in pairs:
        if key in mapping:
            raise AnswersUnreadable(_TWICE.format(_named(key)))
        mapping[key] = value
    return mapping


def _named(key: str) -> str:
    """The id of a question, to be shown; anything else may be a runner's own words."""
    return f"`{key}`" if len(key) <= 60 and all(c.isascii() and (c.isalnum() or c == "-") for c in key) else "one thing"


def _from_yaml(text: str) -> Any:
    import yaml  # here, so that an answer without an answers file needs no YAML

    depth = 0
    try:
        for event in yaml.parse(text, Loader=yaml.BaseLoader):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if isinstance(event, yaml.AliasEvent):
                raise AnswersUnreadable(_NO_ALIASES)  # a few lines of them can stand for gigabytes
            if depth > _MOST_NESTED:
                raise yaml.YAMLError
        loader = yaml.BaseLoader(
            text
        )  # words only: what is a number or a date is told apart below, and told if it is neither
        node = loader.get_single_node()
        if isinstance(node, yaml.MappingNode):
            each_once((str(key.value), None) for key, _ in node.value)
        return loader.construct_document(node) if node else None
    except yaml.YAMLError as error:
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
        name = clean(str(key))
        try:
            answers.append(_one(name, raw))
        except (ValueError, OverflowError):
            warnings.append(
                f"`{name[:60]}`: this answer is not yes, no, unsure, a number or a date. It was left out; the rest was used."
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
    unit = raw.get("unit")
    if (status is None and value is None) or not isinstance(unit, str | None):
        raise ValueError(name)
    when = When("other-person" if raw.get("when") == "other" else raw.get("when") or "now")
    return Given(name, status, when, value, unit, _date(raw.get("onset")))


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
    if isinstance(raw, date):
        return date(raw.year, raw.month, raw.day)
    if not isinstance(raw, str):
        raise ValueError(type(raw).__name__)
    return date.fromisoformat(raw)
