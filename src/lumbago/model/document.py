"""An answer as blocks of words with ids, before it becomes bytes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class TraceKind(StrEnum):
    FINDING = "finding"
    RULE = "rule"
    PATTERN = "pattern"
    CONTRIBUTOR = "contributor"
    CLAIM = "claim"
    EXERCISE = "exercise"
    LIMIT = "limit"
    TEXT = "text"
    SOURCE = "source"
    ACTIVITY = "activity"


@dataclass(frozen=True, slots=True)
class Trace:
    """What a statement rests on: an id of one kind."""

    kind: TraceKind
    id: str


class BlockKind(StrEnum):
    PARAGRAPH = "paragraph"
    BULLETS = "bullets"
    STEPS = "steps"  # numbered
    QUOTE = "quote"
    CALLOUT = "callout"  # what must not be overlooked
    TABLE = "table"
    FIGURE = "figure"


@dataclass(frozen=True, slots=True)
class Line:
    """One statement. `note` is small print beside it (evidence, source). `children` are indented below it."""

    text: str
    traces: tuple[Trace, ...]
    note: str = ""
    children: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """One drawing in two forms. svg: an element that names and describes itself. text: the same in signs, lines as they stand."""

    svg: str
    text: str


@dataclass(frozen=True, slots=True)
class Block:
    id: str
    kind: BlockKind
    lines: tuple[Line, ...] = ()
    head: tuple[str, ...] = ()  # column heads of a table
    rows: tuple[tuple[Line, ...], ...] = ()
    figure: Figure | None = None  # lines: what stands below it


@dataclass(frozen=True, slots=True)
class Section:
    id: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Document:
    title: str
    level: str  # the triage level's id, for styling beside its words
    sections: tuple[Section, ...]
    footer: tuple[Line, ...] = ()
    language: str = "en"
