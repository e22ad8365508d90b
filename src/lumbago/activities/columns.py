"""Text tables: bytes -> header and rows; columns of cells -> numbers, moments and seconds, decided from the whole column."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from itertools import islice

from lumbago.activities.sports import bare
from lumbago.errors import ActivityUnreadable, NotAnActivity

_MOST_BYTES = 64 * 2**20
_HEAD = 100_000  # characters in which a header is looked for
_MOST_ROWS = 100_000  # a session an hour for ten years
_MOST_COLUMNS = 1_000
_HEADER_WITHIN = 20  # rows; titles and notes may stand above it
_DELIMITERS = ",;\t|"
_NOTE_LINES = 200  # a cell with more line breaks is a quotation mark that nobody closed
_LONGEST_VALUE = 80  # characters of a number, date or duration
_YEARS = range(1900, 2200)
_PICTURES = (b"%PDF", b"\x89PNG", b"PK\x03\x04", b"\xff\xd8", b"\x1f\x8b", b"SQLite format 3")
_OTHER = {".": ",", ",": "."}
_ROWS_SHOWN = 8
_MISSING = ("", "--", "-", "—", "n/a", "na", "nan", "none", "null")


@dataclass(frozen=True, slots=True)
class Table:
    """rows: each with its number as a spreadsheet counts them, from 1 for the first line. delimiter: what parts the cells."""

    header: tuple[str, ...]
    rows: tuple[tuple[int, list[str]], ...]
    delimiter: str

    def column(self, place: int | None) -> list[str]:
        """The cells below one heading, trimmed; empty where a row is too short, or everywhere without such a heading."""
        if place is None:
            return [""] * len(self.rows)
        return [cells[place].strip() if place < len(cells) else "" for _, cells in self.rows]


def read_table(data: bytes, known: Callable[[Sequence[str]], int]) -> Table:
    """The table in a CSV, TSV or semicolon file. known: of a row, how many headings it holds if it can be the header, else 0.

    Raises NotAnActivity when no row can be the header, ActivityUnreadable when the file is no text or too large.
    """
    text = decode(data)
    head = text[:_HEAD].rpartition("\n")[0] if len(text) > _HEAD else text
    shown = {
        sign: max((known(cells) for _, cells in _rows(head, sign)[:_HEADER_WITHIN]), default=0) for sign in _DELIMITERS
    }
    delimiter = max(shown, key=lambda sign: shown[sign])
    rows = [row for row in _rows(text, delimiter) if any(cell.strip() for cell in row[1])] if shown[delimiter] else []
    place, header = max(
        (row for row in rows if row[0] <= _HEADER_WITHIN), key=lambda row: known(row[1]), default=(0, [])
    )
    if not known(header):
        raise NotAnActivity(
            "This table does not say which of its columns are the date and the distance or time of a session. Nothing was kept. "
            "Name its columns in the first line, such as: date, distance, time."
        )
    if len(rows) > _MOST_ROWS:
        raise ActivityUnreadable(
            f"This table has more than {_MOST_ROWS:,} rows. Nothing was kept. Split it into smaller tables."
        )
    below = tuple(row for row in rows if row[0] > place)
    return Table(tuple(cell.strip() for cell in header), below, delimiter)


def decode(data: bytes) -> str:
    """A text file's text: UTF-8 or UTF-16, with or without its mark, else Western European. Raises ActivityUnreadable."""
    if len(data) > _MOST_BYTES:
        raise ActivityUnreadable("This table is larger than 64 MB. Nothing was kept. Split it into smaller tables.")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    if data.startswith(_PICTURES):
        raise ActivityUnreadable(
            "This file is not a table in text form. Nothing was kept. Save the table as CSV and send that."
        )
    zeros = data[:1000].count(0)
    if zeros * 4 > len(data[:1000]):  # every second byte of Western text in UTF-16
        return data.decode("utf-16-le" if data[1:2] == b"\x00" else "utf-16-be", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _rows(text: str, delimiter: str) -> list[tuple[int, list[str]]]:
    """Numbered rows; where a quotation mark was never closed, every line for itself, so that only one line is lost."""
    text = text.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n")
    try:
        rows = list(islice(csv.reader(io.StringIO(text), delimiter=delimiter), _MOST_ROWS + _HEADER_WITHIN + 1))
    except csv.Error:
        rows = []
    if not rows or any(cell.count("\n") > _NOTE_LINES for cells in rows for cell in cells):
        rows = [_line(line, delimiter) for line in text.split("\n")]
    return [(number, cells[:_MOST_COLUMNS]) for number, cells in enumerate(rows, start=1)]


def _line(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:  # a cell longer than the module takes
        return line.split(delimiter)


# Numbers


def tidy(cell: str) -> str:
    """A cell without what spreadsheets and people put around its value; empty where it says that there is none."""
    if len(cell) > _LONGEST_VALUE:
        return ""
    text = unicodedata.normalize("NFKC", cell).strip().removeprefix("'").strip()
    return "" if text.lower() in _MISSING or not text.strip("-:. ") else text


def decimal_sign(cells: Iterable[str]) -> str | None:
    """`,` or `.`, whichever most cells of a column show to begin the decimals; None where no cell shows it."""
    shown = Counter(sign for cell in cells if (sign := _shown_sign(tidy(cell))))
    return max(shown, key=lambda sign: shown[sign], default=None)


def _shown_sign(text: str) -> str | None:
    digits = re.match(r"[-+]?([0-9][0-9.,' ]*)", text)
    if digits is None or ":" in text:
        return None
    signs: list[str] = re.findall(r"[.,]", digits[1].rstrip("., "))
    if len(set(signs)) == 2:
        return signs[-1]
    if len(signs) > 1:
        return _OTHER[signs[0]]  # 1.234.567: the sign parts thousands
    if len(signs) == 1 and re.search(r"[.,]([0-9]{1,2}|[0-9]{4,})(?![0-9])|^0[.,]", digits[1]):
        return signs[0]
    return None


def number(text: str, sign: str) -> tuple[float, str] | None:
    """A tidied cell as (value, what is written behind it); sign: what begins the decimals.

    None for what is no number, and for one that contradicts the sign: a value ten times too large would be worse than none.
    """
    found = re.match(r"([-+]?[0-9](?:[0-9.,' ]*[0-9])?)\s*(.*)$", text, re.DOTALL)
    if not found or _shown_sign(text) not in (None, sign):
        return None
    digits = re.sub(r"[' ]", "", found[1])
    plain = digits.replace(_OTHER[sign], "").replace(",", ".")
    return (float(plain), found[2].strip()) if plain.count(".") <= 1 else None


def numbers(cells: Sequence[str], sign: str) -> list[float | None]:
    """A column's values, whatever unit is written behind them; None where there is none."""
    return [told[0] if (told := number(tidy(cell), sign)) else None for cell in cells]


# Durations

_PARTS = {
    **dict.fromkeys(
        "h hr hrs hour hours std stunde stunden heure heures hora horas ora ore uur u 小时 小時 时 時間 時".split(),
        3600.0,
    ),
    **dict.fromkeys("m min mins minute minutes minuten minutos minuti minuut 分 分钟 分鐘 '".split(), 60.0),
    **dict.fromkeys('s sec secs second seconds sek sekunden seg segundos secondi sec. 秒 "'.split(), 1.0),
}
_PART = re.compile(r"([0-9]+(?:[.,][0-9]+)?)\s*([^\W\d_]+\.?|['\"])\s*")


def seconds(text: str, *, two_parts: float, plain: float, sign: str) -> float | None:
    """A tidied duration in seconds; None for what is none.

    `1:02:03`, or `62:03` (two_parts: seconds in its first part, 60 or 3600), `1 h 2 min`, or a number (plain: seconds in one).
    """
    clock = re.fullmatch(r"([0-9]{1,4}):([0-9]{1,2})(?::([0-9]{1,2})(?:[.,]([0-9]+))?)?", text)
    if clock and clock[3] is None:
        return int(clock[1]) * two_parts + int(clock[2]) * two_parts / 60
    if clock:
        return int(clock[1]) * 3600.0 + int(clock[2]) * 60 + float(f"{clock[3]}.{clock[4] or 0}")
    tenths = re.fullmatch(r"([0-9]{1,4}):([0-9]{1,2})[.,]([0-9]+)", text)
    if tenths:
        return int(tenths[1]) * 60.0 + float(f"{tenths[2]}.{tenths[3]}")
    parts = _PART.findall(text)
    if parts and not _PART.sub("", text) and all(unit.lower() in _PARTS for _, unit in parts):
        return sum(float(amount.replace(",", ".")) * _PARTS[unit.lower()] for amount, unit in parts)
    told = number(text, sign)
    return told[0] * plain if told and not told[1] and told[0] >= 0 else None


# Moments


@dataclass(frozen=True, slots=True)
class Moment:
    """A day and, where the cell tells, the time of day; zone: of the clock, where told."""

    day: date
    clock: time | None = None
    zone: timezone | None = None

    @property
    def local(self) -> datetime:
        """Naive; the day's first moment where no time is told."""
        return datetime.combine(self.day, self.clock or time())


_MONTHS = {
    stem: month
    for month, stems in enumerate(
        (
            "jan ene gen sty янв",
            "feb fev fév lut фев",
            "mar mae mrt maa мар",
            "apr avr abr kwi апр",
            "mai may mei mag maj мая май",
            "jun juin giu cze июн",
            "jul juil lug lip июл",
            "aug aou ago sie авг",
            "sep set wrz сен",
            "oct okt ott out paz окт",
            "nov lis ноя",
            "dec dez dic des gru дек",
        ),
        start=1,
    )
    for stem in stems.split()
}
_AFTERNOON = ("pm", "p.m.", "下午", "午後", "오후")
_MORNING = ("am", "a.m.", "上午", "午前", "오전")
_YEAR_FIRST = re.compile(r"([0-9]{4})\s*[-/.年]\s*([0-9]{1,2})\s*[-/.月]\s*([0-9]{1,2})日?\.?")
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})(?=$|T)")
_YEAR_LAST = re.compile(r"([0-9]{1,2})\s*([-/.])\s*([0-9]{1,2})\s*[-/.]\s*([0-9]{4}|[0-9]{2})(?![0-9])")
_MONTH_FIRST = re.compile(r"([^\W\d_]{3,})\.?\s+([0-9]{1,2})(?:st|nd|rd|th)?,?\s+([0-9]{4})")
_DAY_FIRST = re.compile(r"([0-9]{1,2})\.?[\s-]+(?:de\s+)?([^\W\d_]{3,})\.?,?[\s-]+(?:de\s+)?([0-9]{4})")
_CLOCK = re.compile(r"([0-9]{1,2})[:h.]([0-9]{2})(?:[:.]([0-9]{2}))?(?:[.,]([0-9]{1,9}))?")
_ZONE = re.compile(r"(?:\s*(Z|UTC|GMT)|\s?([+-])([0-9]{2}):?([0-9]{2}))$")


def moments(cells: Sequence[str]) -> list[Moment | None]:
    """A column's days and times, None for what is none.

    3/4/2026 is read by the other rows: the side that goes above 12 is the day; between dots the day stands first, as wherever dots
    are used. Raises ActivityUnreadable when no row shows which side the day is.
    """
    texts = [tidy(cell) for cell in cells]
    day_first = _day_first([found for text in texts if (found := _numeric(text))])
    return [_moment(text, day_first) for text in texts]


def _numeric(text: str) -> re.Match[str] | None:
    return None if _YEAR_FIRST.match(text) else _YEAR_LAST.match(_without_weekday(text))


def _day_first(found: list[re.Match[str]]) -> bool:
    """Whether the first number is the day, shown by a number above 12 in one of the two places."""
    first = any(int(date_[1]) > 12 for date_ in found)
    second = any(int(date_[3]) > 12 for date_ in found)
    dots = bool(found) and all(date_[2] == "." for date_ in found)
    if found and first == second and not (dots and not second):
        raise ActivityUnreadable(
            "The dates of this table can be read in two ways: day before month, or month before day. Nothing was kept. "
            "Write the dates as year-month-day, such as 2026-11-22, and try again."
        )
    return first or dots


def _without_weekday(text: str) -> str:
    """The date without the name of a weekday before it."""
    named = re.match(r"([^\W\d_]{2,})\.?,?\s+(?=\S)", text)
    return text[named.end() :] if named and _month(named[1]) is None else text


def _month(word: str) -> int | None:
    plain = bare(word)
    return _MONTHS.get(plain[:4]) or _MONTHS.get(plain[:3])


def _moment(text: str, day_first: bool) -> Moment | None:
    text = _without_weekday(text)
    if found := _YEAR_FIRST.match(text) or _COMPACT.match(text):
        year, month, day = int(found[1]), int(found[2]), int(found[3])
    elif found := _YEAR_LAST.match(text):
        day, month = (int(found[1]), int(found[3])) if day_first else (int(found[3]), int(found[1]))
        year = int(found[4]) + (2000 if len(found[4]) == 2 else 0)
    elif found := _DAY_FIRST.match(text):
        day, month, year = int(found[1]), _month(found[2]) or 0, int(found[3])
    elif found := _MONTH_FIRST.match(text):
        day, month, year = int(found[2]), _month(found[1]) or 0, int(found[3])
    else:
        return None
    try:
        on = date(year, month, day)
    except ValueError:
        return None
    clock, zone = clock_of(text[found.end() :])
    return Moment(on, clock, zone) if year in _YEARS else None


def clock_of(text: str) -> tuple[time | None, timezone | None]:
    """The time of day in a text, and its zone where told; (None, None) without one."""
    found = _CLOCK.search(text)
    if not found:
        return None, None
    hour, minute, second = int(found[1]), int(found[2]), int(found[3] or 0)
    words = text.lower()
    if hour <= 12 and any(mark in words for mark in _AFTERNOON):
        hour = hour % 12 + 12
    elif hour == 12 and any(mark in words for mark in _MORNING):
        hour = 0
    if hour > 23 or minute > 59 or second > 59:
        return None, None
    return time(hour, minute, second, int((found[4] or "0")[:6].ljust(6, "0"))), _zone(text[found.end() :])


def _zone(text: str) -> timezone | None:
    told = _ZONE.search(text.strip())
    if not told:
        return None
    minutes = 0 if told[1] else int(told[3]) * 60 + int(told[4])
    return timezone(timedelta(minutes=-minutes if told[2] == "-" else minutes)) if minutes < 24 * 60 else None


# What is said of rows


def rows_said(places: Sequence[int]) -> str:
    """'Row 5', or 'Rows 5, 8 and 11', the first few of many by number."""
    shown = [str(place) for place in places[:_ROWS_SHOWN]]
    if len(places) == 1:
        return f"Row {shown[0]}"
    if len(places) > _ROWS_SHOWN:
        return f"Rows {', '.join(shown)} and {len(places) - _ROWS_SHOWN} more"
    return f"Rows {', '.join(shown[:-1])} and {shown[-1]}"
