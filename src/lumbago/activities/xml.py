"""XML that strangers wrote, read safely: nothing is fetched or expanded, and only one point is held in memory at a time."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import Enum, auto
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Any, TypeVar, cast
from xml.etree.ElementTree import Element, ParseError, XMLParser, iterparse
from xml.parsers.expat import ExpatError, ParserCreate
from xml.parsers.expat import errors as expat

import numpy as np

from lumbago.errors import ActivityUnreadable

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from lumbago.model.activities import Column

Event = tuple[str, list[str], Element]
Read = TypeVar("Read")

_DEEPEST = 50  # levels of nesting; the deepest format here has nine
_MOST_PARTS = 1_000  # elements of one point
LONGEST_VALUE = 64  # signs of one number or time
_LONGEST_WORDS = 200  # signs of a name
_PROLOG = 1_000_000  # bytes in which a document type must end; Apple's takes 10,000
_BLANK = b" \t\r\n\0"
_FORBIDDEN = bytes(sign for sign in range(32) if sign not in b"\t\r\n")
_DECLARATION = re.compile(rb"<\?xml\b([^>]{0,500}?)\?>")
_ENCODING = re.compile(rb"""encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_TEXT_ENCODINGS = re.compile(r"(iso-?8859|latin|windows-|cp125|gb|big5|euc|shift_?jis|koi8)", re.IGNORECASE)
_TYPE_END = re.compile(rb"\]\s*>")
_CUT_SHORT = {
    expat.codes[text]
    for text in (
        expat.XML_ERROR_NO_ELEMENTS,
        expat.XML_ERROR_UNCLOSED_TOKEN,
        expat.XML_ERROR_PARTIAL_CHAR,
        expat.XML_ERROR_UNCLOSED_CDATA_SECTION,
    )
}

_LATEST_S = 2**33  # a time later than that, of the year 2242, is a mistake
_FORMS = [b"0000-00-00T00:00:00Z", *(b"0000-00-00T00:00:00." + b"0" * digits + b"Z" for digits in range(1, 10))]
_FORM_OF_LENGTH = {len(form): np.frombuffer(form, np.uint8) for form in _FORMS}
_PARTS = [slice(*place) for place in ((0, 4), (5, 7), (8, 10), (11, 13), (14, 16), (17, 19), (20, -1))]
_SECONDS = re.compile(r"(?:[0-5]\d|60)(?:\.\d+)?Z", re.ASCII)

_SAFELY: dict[str, Any] = {  # for lxml, which reads on past damage
    "recover": True,
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}


class Damage(Enum):
    """What is wrong with a file that could be read nevertheless."""

    BROKEN_OFF = auto()
    IN_PLACES = auto()


class BuiltTooDeeply(ActivityUnreadable):
    def __init__(self) -> None:
        super().__init__(
            "This file is built far more deeply than any training file. Nothing was read from it; export it again."
        )


def parse(data: bytes, whole: str | None, build: Callable[[Iterator[Event]], Read]) -> tuple[Read, Damage | None]:
    """What `build` makes of the elements of a file; it is called again, from the beginning, when they turn out to be damaged.

    Events are ("start" or "end", names of the open elements from the root to this one, the element). Names have no namespace; the
    list changes as reading goes on. Elements named `whole` come once, at their end, with all that is in them; of any other only the
    attributes, and at its end the text, are there. Raises ActivityUnreadable.
    """
    text = as_utf8(data)
    try:
        return build(_walk(_strict(text), whole)), None
    except ParseError as error:
        cut_short = error.code in _CUT_SHORT
    except BuiltTooDeeply:  # perhaps only for want of an end tag
        cut_short = False
    if cut_short:
        return build(_walk(_up_to_the_break(text), whole)), Damage.BROKEN_OFF
    return build(_walk(_forgiving(_without_the_damaged(text, whole)), whole)), Damage.IN_PLACES


def events(text: bytes, whole: str) -> Iterator[Event]:
    """The events of `parse` for a sound document in UTF-8. Raises ParseError, BuiltTooDeeply."""
    return _walk(_strict(text), whole)


def what_was_lost(damage: Damage, data: bytes, name: str, kept: int) -> str:
    """A sentence for the runner. name: of the elements that are points; kept: how many of them were read."""
    if damage is Damage.BROKEN_OFF:
        return f"The file breaks off after {kept:,} points; what came before was kept."
    held = len(re.findall(_opening(name), as_utf8(data)))
    if held > kept:
        return f"The file is damaged: {held - kept:,} of its {held:,} points could not be read; the others were kept."
    return f"The file is damaged in places; all of its {kept:,} points could still be read."


def as_utf8(data: bytes) -> bytes:
    """A document as UTF-8, from its first element on. Raises ActivityUnreadable where it declares entities."""
    text = _decoded(data).lstrip(_BLANK)
    if b"<!ENTITY" in text:
        raise ActivityUnreadable(
            "This file defines its own text blocks (XML entities), which no sports watch does and which can do harm. "
            "Nothing was read from it; export it again."
        )
    declaration = _DECLARATION.match(text)
    text = text[declaration.end() :].lstrip(_BLANK) if declaration else text
    return _without_type(text)


def _decoded(data: bytes) -> bytes:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace").encode()
    if data.startswith((b"<\0", b"\0<")):
        return data.decode("utf-16-le" if data[1] == 0 else "utf-16-be", "replace").encode()
    data = data.removeprefix(b"\xef\xbb\xbf")
    declaration = _DECLARATION.match(data.lstrip(_BLANK))
    told = _ENCODING.search(declaration[1]) if declaration else None
    encoding = told[1].decode() if told else "utf-8"
    if data.isascii() and encoding.lower() in ("utf-8", "us-ascii"):
        return data
    try:
        return data.decode(encoding if _TEXT_ENCODINGS.match(encoding) else "utf-8", "replace").encode()
    except LookupError:
        return data.decode("utf-8", "replace").encode()


def _without_type(text: bytes) -> bytes:
    """The document without its type: nothing here needs it, and a mistake in it would cost the whole file."""
    begin = text.find(b"<!DOCTYPE", 0, _PROLOG)
    if begin < 0:
        return text
    simple_end, subset = text.find(b">", begin), text.find(b"[", begin)
    if simple_end < 0:
        return text
    if subset < 0 or simple_end < subset:
        return text[:begin] + text[simple_end + 1 :]
    end = _TYPE_END.search(text, subset, begin + _PROLOG)
    return text[:begin] + text[end.end() :] if end else text


def _strict(text: bytes) -> Iterator[tuple[str, Element]]:
    return cast(
        "Iterator[tuple[str, Element]]", iterparse(BytesIO(text), ("start", "end"), XMLParser(encoding="utf-8"))
    )


def _up_to_the_break(text: bytes) -> Iterator[tuple[str, Element]]:
    try:
        yield from _strict(text)
    except ParseError:
        return


def _forgiving(text: bytes) -> Iterator[tuple[str, Element]]:
    from lxml import etree

    try:
        yield from etree.iterparse(BytesIO(text), ("start", "end"), encoding="utf-8", **_SAFELY)
    except etree.XMLSyntaxError:
        return


def _without_the_damaged(text: bytes, whole: str | None) -> bytes:
    """The text without signs that XML forbids and without the points that are damaged in themselves.

    For all its leniency lxml closes the whole document at the first end tag that does not fit, and would lose every later point.
    """
    text = text.translate(None, _FORBIDDEN)
    if whole is None:
        return text
    head, *points = re.split(rb"(?=%s)" % _opening(whole), text)
    end = re.compile(rb"</(?:\w+:)?%s\s*>|\A<[^<>]*/>" % whole.encode())
    return head + b"".join(_point_or_nothing(point, end) for point in points)


def _opening(whole: str) -> bytes:
    return rb"<(?:\w+:)?%s[\s/>]" % whole.encode()


def _point_or_nothing(text: bytes, end: re.Pattern[bytes]) -> bytes:
    """From one point to before the next, the point itself left out when it is damaged."""
    found = end.search(text)
    if not found:
        return b""
    try:
        ParserCreate("utf-8").Parse(text[: found.end()], True)
    except ExpatError:
        return text[found.end() :]
    return text


def _walk(source: Iterator[tuple[str, Element]], whole: str | None) -> Iterator[Event]:
    """The events of `parse`; what was handed over is let go."""
    path: list[str] = []
    elements: list[Element] = []
    depth = parts = 0  # within a whole element
    for event, found in source:
        if depth:
            if event == "start":
                depth += 1
                parts += 1
                if depth > _DEEPEST or parts > _MOST_PARTS:
                    raise BuiltTooDeeply
                continue
            depth -= 1
            if depth:
                continue
        elif event == "start":
            path.append(local_name(found.tag))
            elements.append(found)
            if len(path) > _DEEPEST:
                raise BuiltTooDeeply
            if path[-1] == whole:
                depth, parts = 1, 0
            else:
                yield event, path, found
            continue
        yield event, path, found
        path.pop()
        elements.pop()
        if elements:
            del elements[-1][:-1]  # not the element itself, which lxml has yet to finish


@lru_cache(maxsize=1024)
def local_name(tag: object) -> str:
    """A tag without its namespace, also one whose prefix was never declared; "" for what is no element."""
    return tag.rpartition("}")[2].rpartition(":")[2] if isinstance(tag, str) else ""


def words(found: Element) -> str | None:
    """The text of an element as one line, cut to a sensible length; None when empty."""
    return " ".join((found.text or "")[: 10 * _LONGEST_WORDS].split())[:_LONGEST_WORDS] or None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is taken of a point. point: local name of its element. names: local names of elements in it -> columns. attributes: of
    the point itself -> columns. Where a column is told twice the later counts."""

    point: str
    names: Mapping[str, str]
    attributes: Mapping[str, str] = field(default_factory=dict)


class Table:
    """What all points of a file tell. most: at least as many as there are points. columns: those that come first."""

    def __init__(self, most: int, columns: Iterable[str]) -> None:
        self._most = most
        self._values: dict[str, Column] = {}
        self._told: dict[str, NDArray[np.bool_]] = {}
        for column in columns:
            self._begin(column)
        self.local_times: dict[int, str] = {}  # as written, of the points whose time is not in UTC

    def put(self, column: str, first: int, texts: Sequence[str | None]) -> None:
        """texts: of the points from `first` on; a point whose text is empty or None does not tell it."""
        told = list(filter(None, texts))
        if not told:
            return
        rows = np.arange(first, first + len(texts))
        if len(told) < len(texts):
            rows = rows[np.fromiter(map(bool, texts), np.bool_)]
        if column not in self._values:
            self._begin(column)
        self._values[column][rows] = _read(column, told)
        self._told[column][rows] = True
        if column == "time":
            self.local_times |= {row: text for row, text in zip(rows.tolist(), told, strict=True) if text[-1] != "Z"}

    def _begin(self, column: str) -> None:
        self._values[column] = np.full(self._most, np.nan)
        self._told[column] = np.zeros(self._most, dtype=np.bool_)

    def columns(self, begin: int, end: int) -> dict[str, Column]:
        """Of those points: the columns that any of them tells."""
        return {name: self._values[name][begin:end] for name, told in self._told.items() if told[begin:end].any()}

    def first(self, column: str, begin: int, end: int) -> int | None:
        """Which of those points tells it first."""
        told = np.flatnonzero(self._told.get(column, np.zeros(0))[begin:end])
        return begin + int(told[0]) if len(told) else None


class Points(Element):
    """Points that follow each other, handed over in place of their elements: those of a table from `begin` to before `end`."""

    def __init__(self, table: Table, begin: int, end: int) -> None:
        super().__init__("")
        self.table, self.begin, self.end = table, begin, end


class Samples:
    """The points of one activity, gathered into columns: element by element, or many at once."""

    def __init__(self, wanted: Wanted) -> None:
        self._names = wanted.names
        self._told: dict[str, list[tuple[int, str]]] = {}
        self._by_tag: dict[str, list[tuple[int, str]] | None] = {}
        self._attributes = [(name, self._column(column)) for name, column in wanted.attributes.items()]
        self._rows: list[Points] = []  # where there are any, no point comes as an element
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def add(self, point: Element) -> None:
        if isinstance(point, Points):
            self._add_all(point)
        else:
            self._add_one(point)

    def _add_all(self, points: Points) -> None:
        self._count += points.end - points.begin
        if self._rows and self._rows[-1].end == points.begin:
            points = Points(points.table, self._rows.pop().begin, points.end)
        self._rows.append(points)

    def _add_one(self, point: Element) -> None:
        for name, column in self._attributes:
            value = point.get(name)
            if value and len(value) <= LONGEST_VALUE:
                column.append((self._count, value))
        by_tag = self._by_tag
        for part in point.iter():
            tag = part.tag
            told = by_tag[tag] if tag in by_tag else self._learn(tag)
            if told is not None:
                value = part.text
                if value and len(value) <= LONGEST_VALUE:
                    told.append((self._count, value))
        self._count += 1

    def _learn(self, tag: str) -> list[tuple[int, str]] | None:
        name = self._names.get(local_name(tag))
        self._by_tag[tag] = None if name is None else self._column(name)
        return self._by_tag[tag]

    def _column(self, name: str) -> list[tuple[int, str]]:
        return self._told.setdefault(name, [])

    def utc_offset_s(self) -> int | None:
        """Of the clock by which the first time was written; None where it was written in UTC, as nearly all are."""
        when = _moment(self._first_time() or "")
        offset = when.utcoffset() if when else None
        return int(offset.total_seconds()) if offset else None

    def _first_time(self) -> str | None:
        for points in self._rows:
            first = points.table.first("time", points.begin, points.end)
            if first is not None:
                return points.table.local_times.get(first)
        told = self._told.get("time")
        return told[0][1] if told else None

    def columns(self) -> dict[str, Column]:
        """Float columns of equal length, NaN where a point is silent; `time` always, any other where a point tells it."""
        columns: dict[str, Column] = {}
        if self._count:
            columns["time"] = np.full(self._count, np.nan)
        for name, told in self._told.items():
            if not told:
                continue
            rows, texts = zip(*told, strict=True)
            column = np.full(self._count, np.nan)
            column[list(rows)] = _read(name, texts)
            columns[name] = column
        row = 0
        for points in self._rows:
            end = row + points.end - points.begin
            for name, values in points.table.columns(points.begin, points.end).items():
                columns.setdefault(name, np.full(self._count, np.nan))[row:end] = values
            row = end
        return _plausible(columns)


def _read(column: str, texts: Sequence[str]) -> Column:
    return _times(texts) if column == "time" else _numbers(texts)


def _plausible(columns: dict[str, Column]) -> dict[str, Column]:
    """Positions off the globe and speeds below zero, by which some apps say that they do not know, become NaN."""
    if {"latitude", "longitude"} <= set(columns):
        latitude, longitude = columns["latitude"], columns["longitude"]
        off = ~((np.abs(latitude) <= 90) & (np.abs(longitude) <= 180))
        latitude[off] = longitude[off] = np.nan
    if "speed" in columns:
        columns["speed"][columns["speed"] < 0] = np.nan
    return columns


def breaks(columns: dict[str, Column], places: Collection[int]) -> tuple[int, ...]:
    """The places that may stand in a Recording: within 1..n-1, ascending, each once."""
    count = len(next(iter(columns.values()), ()))
    return tuple(sorted({place for place in places if 0 < place < count}))


def number(text: str | None) -> float | None:
    """A finite number, also with a comma; None for anything else."""
    try:
        value = float((text or "").replace(",", "."))
    except ValueError:
        return None
    return value if np.isfinite(value) else None


def start(columns: dict[str, Column]) -> datetime | None:
    """The earliest time of a point; points of some files go back in time."""
    time = columns.get("time", np.array([]))
    known = time[np.isfinite(time)]
    return datetime.fromtimestamp(float(known.min()), UTC) if len(known) else None


def instant(text: str | None) -> datetime | None:
    """A time as GPX and TCX write it, aware; both say that it is UTC where it names no zone."""
    found = _moment(text or "")
    return None if found is None else found.astimezone(UTC)


def _numbers(texts: Sequence[str]) -> Column:
    try:
        values: Column = np.array(list(map(float, texts)))
    except ValueError:
        values = np.array([np.nan if (value := number(text)) is None else value for text in texts])
    values[~np.isfinite(values)] = np.nan
    return values


def _times(texts: Sequence[str]) -> Column:
    """Seconds since the epoch. What one text tells does not depend on the others."""
    times = _usual_times(texts)
    return np.array(_unusual_times(texts)) if times is None else times


def _usual_times(texts: Sequence[str]) -> Column | None:
    """Of texts all written like 2024-03-01T06:30:05.25Z, with equally many decimals; None where one is not, or is no time."""
    form = _FORM_OF_LENGTH.get(len(texts[0]))
    if form is None or set(map(len, texts)) != {len(form)}:
        return None
    digits = np.frombuffer("".join(texts).encode("ascii", "replace"), np.uint8).reshape(-1, len(form)) - form
    if (digits > np.where(form == ord("0"), 9, 0)).any():  # a sign below the expected one wraps round and is large too
        return None
    year, month, day, hour, minute, second, fraction = (_whole(digits[:, part]) for part in _PARTS)
    months = ((year - 1970) * 12 + month - 1).astype("datetime64[M]")
    days = months.astype("datetime64[D]") + (day - 1)
    minutes = days.astype(np.int64) * 86_400 + hour * 3_600 + minute * 60
    usual = (month >= 1) & (month <= 12) & (days.astype("datetime64[M]") == months) & (hour < 24) & (minute < 60)
    if not (usual & (second <= 60) & (minutes > 0) & (minutes < _LATEST_S)).all():
        return None
    whole = 10 ** (max(len(form) - len(_FORMS[0]) - 1, 0))
    return np.asarray(minutes + (second * whole + fraction) / whole)


def _whole(digits: NDArray[np.uint8]) -> NDArray[np.int64]:
    """digits: shape (n, d), one number a row."""
    number = np.zeros(len(digits), dtype=np.int64)
    for column in digits.T:
        number = 10 * number + column
    return number


def _unusual_times(texts: Sequence[str]) -> list[float]:
    """All but the seconds repeat from point to point, so that a minute is read once."""
    minutes: dict[str, float] = {}
    times = []
    for text in texts:
        minute = text[:17]
        if minute not in minutes:
            minutes[minute] = _seconds(f"{minute}00Z")
        if _SECONDS.fullmatch(text, 17) and np.isfinite(minutes[minute]):
            times.append(minutes[minute] + float(text[17:-1]))
        else:
            times.append(_seconds(text))
    return times


def _seconds(text: str) -> float:
    found = _moment(text)
    return np.nan if found is None else found.timestamp()


def _moment(text: str) -> datetime | None:
    """Aware, in the zone as written, UTC without one; None for what is no time from 1970 to 2242."""
    try:
        found = datetime.fromisoformat(text.strip())
        found = found if found.tzinfo else found.replace(tzinfo=UTC)
        return found if 0 < found.timestamp() < _LATEST_S else None
    except (ValueError, OverflowError):
        return None
