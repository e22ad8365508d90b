"""Points of a plain file taken out all at once, with the same result as `xml.parse`, to which anything unusual is left.

Nearly every file writes all its points with the same tags in the same order. Such a shape is learned from the first point that has
it, and becomes a regular expression by which the others are taken out of the text in one go. A sample of each shape is put where
points stood, and what then remains of the document, some kilobytes, is walked as ever. That shows that the whole was sound, since
points of one shape differ in nothing but plain text, and it finds all that is told outside of points.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TypeVar
from xml.etree.ElementTree import ParseError

from lumbago.activities import xml

Read = TypeVar("Read")

_LARGEST = 60_000_000  # bytes of a file, which is held together with its text and its columns
_PIECE = 1_000_000  # signs of the text that are taken apart at a time
_LONGEST_POINT = 3_000  # signs
_MOST_SHAPES = 12
_BLANKS = " \t\r\n"
_NAME = r"[A-Za-z_][\w.-]*+(?::[A-Za-z_][\w.-]*+)?"
# No reference, no end of a line that XML would change, and no sign that it forbids.
_PLAIN = r"[^<>&\x00-\x08\x0b-\x1f\x7f-\xff]"
_PLAIN_LINE = r"""[^<>&"'\x00-\x1f\x7f-\xff]"""
_TAG = re.compile(rf"<(/?)({_NAME})([^<>]*+)>([^<]*+)", re.ASCII)
_ATTRIBUTE = re.compile(rf"""([{_BLANKS}]+({_NAME})[{_BLANKS}]*+=[{_BLANKS}]*+)(["'])([^"'<>]*+)\3""", re.ASCII)


class _NotPlain(Exception):
    """Something is unusual, so that the points have to be walked one by one."""


@dataclass(frozen=True, slots=True)
class _Shape:
    """How points are written. sample: one of them. columns: what each group of the pattern tells."""

    sample: str
    pattern: str
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Outline:
    """A document without its points. text: with a sample of each shape where points stood. rows: (begin, end) of those points."""

    text: str
    shapes: int
    rows: list[tuple[int, int]]
    table: xml.Table


def parse(
    data: bytes, wanted: xml.Wanted, build: Callable[[Iterator[xml.Event]], Read]
) -> tuple[Read, xml.Damage | None]:
    """As xml.parse, with the same result; `build` may be handed many points at once, as xml.Points. Raises ActivityUnreadable."""
    if len(data) <= _LARGEST:
        try:
            return build(_events(_outline(xml.as_utf8(data), wanted), wanted.point)), None
        except (_NotPlain, ParseError, xml.BuiltTooDeeply):
            pass
    return xml.parse(data, wanted.point, build)


def _events(outline: _Outline, point: str) -> Iterator[xml.Event]:
    """The events of the whole document, the points in rows."""
    met = 0
    for event, path, element in xml.events(outline.text.encode("latin-1"), point):
        if path[-1] != point:
            yield event, path, element
            continue
        if len(path) == 1:
            raise _NotPlain
        met += 1
        if met % outline.shapes == 0:
            yield event, path, xml.Points(outline.table, *outline.rows[met // outline.shapes - 1])
    if met != outline.shapes * len(outline.rows):  # some stood in a comment or the like
        raise _NotPlain


def _outline(data: bytes, wanted: xml.Wanted) -> _Outline:
    """data: UTF-8. Raises _NotPlain."""
    text = data.decode("latin-1")  # one sign a byte: what is taken is ASCII, and the rest becomes the same bytes again
    opening = _opening(wanted.point)
    first = opening.search(text)
    if not first or "<!DOCTYPE" in text:
        raise _NotPlain
    table = xml.Table(text.count(first[0]), wanted.attributes.values())
    shapes: list[_Shape] = []
    between = [(0, text[: first.start()])]  # how many points come before it
    count = 0
    for begin, end in pairwise(_places(text, first.start(), opening)):
        parts, width = _taken_apart(text[begin:end], first[0], wanted, shapes)
        between += _told_between(parts[::width], count)
        columns = [column for shape in shapes for column in shape.columns]
        for place, column in enumerate(columns, start=1):
            table.put(column, count, parts[place::width])
        count += (len(parts) - 1) // width
    return _joined([*between, (count, "")], shapes, table, len(text))


def _told_between(parts: list[str], count: int) -> list[tuple[int, str]]:
    """What is not blank, with the number of points before it."""
    told = {part for part in set(parts) if part.strip(_BLANKS)}
    return [(count + place, part) for place, part in enumerate(parts) if part in told] if told else []


@lru_cache(maxsize=64)
def _opening(point: str) -> re.Pattern[str]:
    return re.compile(rf"<(?:[A-Za-z_][\w.-]*+:)?{point}(?=[{_BLANKS}/>])", re.ASCII)


def _places(text: str, first: int, opening: re.Pattern[str]) -> Iterator[int]:
    """The points at which the text is cut into pieces, and its end."""
    yield first
    while found := opening.search(text, first + _PIECE):
        first = found.start()
        yield first
    yield len(text)


def _taken_apart(piece: str, opening: str, wanted: xml.Wanted, shapes: list[_Shape]) -> tuple[list[str], int]:
    """(what stands before, between and behind the points, with the groups of each point in their places; how many go together).

    shapes: those known, to which new ones are added. Raises _NotPlain.
    """
    while True:
        parts = re.split("|".join(shape.pattern for shape in shapes), piece) if shapes else [piece]
        width = 1 + sum(len(shape.columns) for shape in shapes)
        left = "".join(parts[::width])
        if wanted.point not in left:
            return parts, width
        if len(shapes) == _MOST_SHAPES:
            raise _NotPlain
        shapes.append(_shape(_next_point(left, opening, wanted.point), wanted))


def _next_point(text: str, opening: str, point: str) -> str:
    """The first point, whole. Raises _NotPlain."""
    begin = text.find(opening)
    tag = _TAG.match(text, begin, begin + _LONGEST_POINT) if begin >= 0 else None
    if not tag or tag[2] != opening[1:]:
        raise _NotPlain
    if tag[3].endswith("/"):
        return text[begin : tag.start(4)]
    closing = text.find(f"</{tag[2]}", begin, begin + _LONGEST_POINT)
    end = text.find(">", closing) + 1 if closing >= 0 else 0
    if text.count(point, begin, end) != 2:  # of its opening and closing tag; not of one within
        raise _NotPlain
    return text[begin:end]


def _shape(sample: str, wanted: xml.Wanted) -> _Shape:
    """Raises _NotPlain."""
    tags = list(_TAG.finditer(sample))
    written, columns = _head(tags[0], wanted.attributes)
    for tag, following in zip(tags, [*tags[1:], None], strict=True):
        closing, name, inside, text = tag.groups()
        opens = not closing and not inside.endswith("/")
        column = wanted.names.get(name.rpartition(":")[2]) if opens else None
        if tag is not tags[0]:
            written.append(re.escape(sample[tag.start() : tag.start(4)]))
        if not (opens and following and following[1]):
            if column:  # with elements in it
                raise _NotPlain
            written.append(re.escape(text))
        elif column:
            written.append(_value(_PLAIN))
            columns.append(column)
        else:
            written.append(f"{_PLAIN}*+")
    pattern = "".join(written)
    if not re.fullmatch(pattern, sample) or columns.count("time") > 1:
        raise _NotPlain
    return _Shape(sample, pattern, tuple(columns))


def _value(sign: str) -> str:
    """A pattern of one group."""
    return f"({sign}{{0,{xml.LONGEST_VALUE}}}+)"


def _head(tag: re.Match[str], attributes: Mapping[str, str]) -> tuple[list[str], list[str]]:
    """The opening tag of a point as a pattern in parts, and what each of its groups tells. Raises _NotPlain."""
    written, columns, end = [re.escape(f"<{tag[2]}")], [], 0
    for found in _ATTRIBUTE.finditer(tag[3]):
        before, name, quote, value = found.groups()
        end = found.end()
        if name in attributes:
            value = _value(_PLAIN_LINE)
            columns.append(attributes[name])
        else:
            value = re.escape(value)
        written.append(f"{re.escape(before)}{quote}{value}{quote}")
    rest = tag[3][end:]
    if rest.strip(_BLANKS) not in ("", "/"):
        raise _NotPlain
    return [*written, re.escape(f"{rest}>")], columns


def _joined(between: list[tuple[int, str]], shapes: list[_Shape], table: xml.Table, longest: int) -> _Outline:
    """between: (how many points come before, what stands there), to the end. Raises _NotPlain."""
    samples = "".join(shape.sample for shape in shapes)
    written: list[str] = []
    rows: list[tuple[int, int]] = []
    last = 0
    for place, text in between:
        if place > last:
            rows.append((last, place))
            written.append(samples)
            last = place
        written.append(text)
    if len(rows) * len(samples) > longest:
        raise _NotPlain
    return _Outline("".join(written), len(shapes), rows, table)
