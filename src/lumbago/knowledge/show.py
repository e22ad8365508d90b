"""One item of the knowledge as readable text: every field, how far it is trusted, and everything that points at it."""

from __future__ import annotations

import dataclasses
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from lumbago.knowledge.load import KINDS
from lumbago.model.conditions import Condition, Operator
from lumbago.model.knowledge import Knowledge, Limit, Program, Rule, RuleCase, Source, Weighed

NAMES: Mapping[str, str] = {
    "findings": "finding",
    "rules": "rule",
    "patterns": "pattern",
    "contributors": "possible contributor",
    "claims": "claim",
    "sources": "source",
    "exercises": "exercise",
    "protocols": "protocol",
    "programs": "program",
    "words": "word family",
    "limits": "limit",
    "texts": "text",
    "quantities": "quantity",
}
# Fields whose strings are ids. In other fields a word may read like an id by chance ("hills", "stress").
ID_FIELDS = frozenset(
    "finding part_of implies also set_when_unsure unless sources source claims exercises tried avoid_findings "
    "quantity shows ask given asks against for_ easier harder".split()
)
WIDTH = 96


def show(knowledge: Knowledge, id: str) -> str:  # noqa: A002 - it is the name of the field
    """Everything known under an id, one part per kind that has it; what points at it comes last.

    Raises KeyError when no kind has it.
    """
    kinds = [kind for kind in KINDS if id in getattr(knowledge, kind)]
    if not kinds:
        raise KeyError(id)
    parts = ["\n".join(_item(knowledge, kind, id)) for kind in kinds]
    pointing = [*pointers(knowledge, id)]
    parts.append("\n".join(["Pointed at by", *(f"  {line}" for line in pointing or ["nothing"])]))
    return "\n\n".join(parts) + "\n"


def _item(knowledge: Knowledge, kind: str, id_: str) -> Iterator[str]:
    row = getattr(knowledge, kind)[id_]
    yield f"{id_} ({NAMES[kind]})"
    yield from (f"  ! {mark}" for mark in _marks(knowledge, row))
    for field in dataclasses.fields(row):
        value = getattr(row, field.name)
        if field.name != "id" and value not in (None, (), False, {}):
            yield from _field(field.name.rstrip("_").replace("_", " "), value)


def _marks(knowledge: Knowledge, row: Any) -> Iterator[str]:
    """How far it is to be trusted."""
    if isinstance(row, Rule) and not row.reviewed_by_clinician:
        yield "not reviewed by a clinician"
    if isinstance(row, Rule) and row.added:
        yield "our own rule: not a row of the dossier"
    if isinstance(row, Limit) and row.basis == "O":
        yield "our own working rule"
    if isinstance(row, Source) and not row.verified:
        yield "unverified: the finding was not seen in a page"
    if isinstance(row, Program) and not row.table_verified:
        yield "unverified: not every number of its table was read in a page"
    if isinstance(row, Program) and row.derived:
        yield "our own construction"
    unseen = [s for s in getattr(row, "sources", ()) if not knowledge.sources[s].verified]
    if unseen:
        yield f"rests on unverified sources: {', '.join(unseen)}"


def _field(name: str, value: Any) -> Iterator[str]:
    lines = list(_value(value))
    if len(lines) == 1 and len(name) + len(lines[0]) < WIDTH:
        yield f"  {name}: {lines[0]}"
        return
    yield f"  {name}:"
    for line in lines:
        indent = " " * (4 + len(line) - len(line.lstrip()))
        yield from textwrap.wrap(
            line.strip(), WIDTH, initial_indent=indent, subsequent_indent=indent + "  ", break_on_hyphens=False
        )


def _value(value: Any) -> Iterator[str]:
    """A value as lines; what lies inside another is set two steps in."""
    match value:
        case Condition():
            yield in_words(value)
        case Weighed():
            yield f"{in_words(value.when)} ({value.weight})"
        case RuleCase():
            given = ", ".join(f"{finding} {_plain(said)}" for finding, said in value.given.items())
            expected = value.expect if isinstance(value.expect, str) else f"asks {', '.join(value.expect['asks'])}"
            yield f"{value.name}: {given or 'nothing given'} -> {expected}"
        case Mapping():
            yield from _mapping(value)
        case tuple() | list():
            yield from _several(value)
        case _ if dataclasses.is_dataclass(value):
            yield from _mapping({f.name: getattr(value, f.name) for f in dataclasses.fields(value)})
        case _:
            yield _plain(value)


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, float) else "none" if value is None else str(value)


def _mapping(value: Mapping[str, Any]) -> Iterator[str]:
    for key, part in value.items():
        if part in (None, (), {}, []):
            continue
        inside, name = list(_value(part)), key.rstrip("_").replace("_", " ")
        yield from [f"{name}: {inside[0]}"] if len(inside) == 1 else [f"{name}:", *(f"  {line}" for line in inside)]


def _several(value: Sequence[Any]) -> Iterator[str]:
    """Words in a row when they fit; rows of a table one to a line; sentences one to a line."""
    if all(isinstance(part, str | int | float) for part in value) and sum(len(str(part)) for part in value) < WIDTH:
        yield ", ".join(map(_plain, value))
        return
    for part in value:
        yield _row(part) if isinstance(part, Mapping) else "; ".join(_value(part))


def _row(row: Mapping[str, Any]) -> str:
    """A row of a table on one line, a repeat as "8 x (walk 1.5 minutes, run 1 minutes)"."""
    if {"repeat", "steps"} <= set(row):
        return f"{row['repeat']} x ({', '.join(map(_row, row['steps']))})"
    kind = f"{row['kind']} " if "kind" in row else ""
    return kind + ", ".join(_cell(key, part) for key, part in row.items() if key != "kind")


def _cell(key: str, part: Any) -> str:
    if isinstance(part, list):
        inside = [_row(each) if isinstance(each, Mapping) else _plain(each) for each in part]
        return f"{key.replace('_', ' ')}: {', '.join(inside)}"
    return f"{_plain(part)} {key}" if key in ("minutes", "metres") else f"{key.replace('_', ' ')} {_plain(part)}"


def in_words(condition: Condition) -> str:
    """A condition as one line: `fever and (leg-weakness or age at least 60 a)`."""
    match condition.operator:
        case Operator.PRESENT:
            return condition.finding
        case Operator.UNSURE:
            return f"not sure of {condition.finding}"
        case Operator.AT_LEAST | Operator.AT_MOST:
            limit = condition.operator.value.replace("_", " ")
            return f"{condition.finding} {limit} {condition.value:g} {condition.unit or ''}".rstrip()
        case Operator.LASTING:
            return f"{condition.finding} for {condition.value:g} days"
    parts = [in_words(part) for part in condition.of]
    if condition.operator is Operator.COUNT:
        return f"at least {condition.value:g} of ({', '.join(parts)})"
    joined = (" and " if condition.operator is Operator.ALL else " or ").join(parts)
    return f"({joined})" if len(parts) > 1 else joined or "always"


def pointers(knowledge: Knowledge, id_: str) -> Iterator[str]:
    """`rule fever-with-back-pain: when` for every field of every item that names this id."""
    for kind in KINDS:
        for other, row in getattr(knowledge, kind).items():
            fields = [f.name for f in dataclasses.fields(row) if _names(getattr(row, f.name), id_, f.name)]
            if fields and other != id_:
                yield f"{NAMES[kind]} {other}: {', '.join(name.rstrip('_').replace('_', ' ') for name in fields)}"
    for group in knowledge.ask_first:
        if id_ in group.ask:
            yield f"tick-list: {group.heading}"


def _names(value: Any, id_: str, field: str) -> bool:
    if isinstance(value, Condition):
        return id_ in value.leaves()
    if isinstance(value, str) and field == "phrases":
        return f"{{{id_}}}" in value
    if isinstance(value, str):
        return value == id_ and (field in ID_FIELDS or (field == "values" and "-" in id_))
    if isinstance(value, Mapping):
        return any(_names(key, id_, field) or _names(part, id_, field) for key, part in value.items())
    if isinstance(value, tuple | list):
        return any(_names(part, id_, field) for part in value)
    if dataclasses.is_dataclass(value):
        return any(_names(getattr(value, f.name), id_, f.name) for f in dataclasses.fields(value))
    return False
