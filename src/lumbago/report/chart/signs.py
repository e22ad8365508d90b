"""The chart as signs for a terminal: a column a day where they fit, else a week."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from lumbago.model.activities import Exposures, SpikeBand
from lumbago.model.knowledge import Knowledge
from lumbago.model.levels import Units
from lumbago.report.chart.span import (
    WEEKS_SHOWN,
    Span,
    ends,
    is_marked,
    key_of,
    months,
    span,
    ticks,
    title_words,
    unit_words,
    words_of,
)
from lumbago.report.text import wrap
from lumbago.report.words import METRES_PER, day_words, number_words

_LINES_HIGH = 8
_PARTS = 8  # of a line, that a sign can fill
_NARROWEST = 20
_WIDEST_WEEK = 4  # columns, the blank between two weeks among them
_MARK_SIGNS = {SpikeBand.NO_BASELINE: "o", SpikeBand.SMALL: "+", SpikeBand.MODERATE: "*", SpikeBand.LARGE: "X"}


@dataclass(frozen=True, slots=True)
class _Signs:
    """What to draw with. fills: a line filled by none to all of its eighths."""

    fills: str
    line: str
    corner: str
    floor: str
    unknown: str


_BLOCKS = _Signs(" ▁▂▃▄▅▆▇█", "─", "└", "─", "·")
_ASCII = _Signs(" ...#####", "-", "+", "-", "~")


@dataclass(frozen=True, slots=True)
class _Column:
    """A day, or a week: the longest run, the longest before it, and the mark that stands out most. Lines count from the floor."""

    fill: int  # eighths of a line
    line: int  # in which the longest before ends, 0 without one
    mark: str
    known: bool
    is_onset: bool


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A chart laid out for a terminal. margin: columns before the first day. each: columns of a day or week."""

    shown: Span
    knowledge: Knowledge
    units: Units
    signs: _Signs
    width: int
    margin: int
    days: int
    each: int

    @property
    def columns(self) -> tuple[_Column, ...]:
        """Groups of days, the last of which ends with the last day."""
        ends = range((self.shown.days - 1) % self.days + 1, self.shown.days + 1, self.days)
        return tuple(_column(self.shown, range(max(0, end - self.days), end)) for end in ends)

    def cell(self, sign: str) -> str:
        """A sign over the width of a day or week, with a blank behind it where there is room."""
        return sign if self.each == 1 else sign * (self.each - 1) + " "


def blocks(
    exposures: Exposures,
    knowledge: Knowledge,
    *,
    until: date,
    onset: date | None,
    units: Units,
    weeks: int = WEEKS_SHOWN,
    width: int = 80,
    plain: bool = False,
) -> str:
    """The chart in lines of at most `width` columns (20 at least): a column a day where they fit, else a week. plain: ASCII."""
    shown = span(exposures, knowledge, until, onset, weeks)
    sheet = _sheet(shown, knowledge, units, _ASCII if plain else _BLOCKS, max(width, _NARROWEST))
    drawn = sheet.columns
    lines = (
        *wrap(title_words(shown, knowledge), sheet.width),
        unit_words(units).rjust(sheet.margin - 1) + " " + "".join(sheet.cell(column.mark) for column in drawn),
        *_lines(sheet, drawn),
        "0".rjust(sheet.margin - 1) + sheet.signs.corner + sheet.signs.floor * (len(drawn) * sheet.each),
        *_date_lines(sheet, len(drawn) * sheet.each),
        *_onset_lines(sheet, drawn),
        *_key_lines(sheet),
    )
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _sheet(shown: Span, knowledge: Knowledge, units: Units, signs: _Signs, width: int) -> _Sheet:
    labels = (unit_words(units), *map(number_words, ticks(shown.highest_m, units)))
    margin = max(map(len, labels)) + 2
    if shown.days <= width - margin:
        return _Sheet(shown, knowledge, units, signs, width, margin, days=1, each=1)
    each = min(_WIDEST_WEEK, max(1, (width - margin) // -(-shown.days // 7)))
    return _Sheet(shown, knowledge, units, signs, width, margin, days=7, each=each)


def _column(shown: Span, places: range) -> _Column:
    runs = [run for run in shown.runs if shown.place(run.date) in places]
    longest = max(runs, key=lambda run: run.distance_m, default=None)
    before_m = shown.longest_m[shown.place(longest.date) if longest else places[-1]]
    bands = {run.band for run in runs if is_marked(run)}
    return _Column(
        fill=max(1, _eighths(longest.distance_m, shown)) if longest else 0,
        line=_line(before_m, shown) if before_m else 0,
        mark=next((sign for band, sign in reversed(_MARK_SIGNS.items()) if band in bands), " "),
        known=any(shown.known[place] for place in places),
        is_onset=shown.onset_place in places,
    )


def _eighths(distance_m: float, shown: Span) -> int:
    return round(distance_m / shown.highest_m * _LINES_HIGH * _PARTS)


def _line(distance_m: float, shown: Span) -> int:
    return max(1, -(-_eighths(distance_m, shown) // _PARTS))


def _lines(sheet: _Sheet, drawn: tuple[_Column, ...]) -> Iterator[str]:
    """The chart above its floor, from the top down, with a number at each round distance."""
    metres = METRES_PER[sheet.units]
    labels = {
        _line(tick * metres, sheet.shown): number_words(tick) for tick in ticks(sheet.shown.highest_m, sheet.units)
    }
    for line in range(_LINES_HIGH, 0, -1):
        signs = "".join(_cell(sheet, column, line) for column in drawn)
        yield labels.get(line, "").rjust(sheet.margin - 1) + " " + signs


def _cell(sheet: _Sheet, column: _Column, line: int) -> str:
    fill = min(max(column.fill - _PARTS * (line - 1), 0), _PARTS)
    if fill:
        return sheet.cell(sheet.signs.fills[fill])
    if column.line == line:
        return sheet.signs.line * sheet.each
    return sheet.cell(sheet.signs.unknown if line == 1 and not column.known else " ")


def _date_lines(sheet: _Sheet, drawn: int) -> Iterator[str]:
    """The first and the last day below the floor, and the months between them where there is room."""
    first, last = ends(sheet.shown).values()
    if len(first) + len(last) + 1 > drawn:
        yield from wrap(f"{first} - {last}", sheet.width)
        return
    line = first.ljust(drawn - len(last)) + last
    for place, month in months(sheet.shown):
        at = place // sheet.days * sheet.each
        if not line[max(at - 1, 0) : at + len(month) + 1].strip():
            line = line[:at] + month + line[at + len(month) :]
    yield " " * sheet.margin + line


def _onset_lines(sheet: _Sheet, drawn: tuple[_Column, ...]) -> Iterator[str]:
    place = next((place for place, column in enumerate(drawn) if column.is_onset), None)
    if place is None or sheet.shown.onset is None:
        return
    at = sheet.margin + place * sheet.each
    words = words_of(sheet.knowledge, "load-key-onset", day=day_words(sheet.shown.onset, sheet.shown.last))
    if at + 2 + len(words) <= sheet.width:
        yield f"{' ' * at}^ {words}"
    elif len(words) + 1 <= at:
        yield f"{words} ^".rjust(at + 1)
    else:
        yield " " * at + "^"
        yield from wrap(words, sheet.width, "^ ", "  ")


def _key_lines(sheet: _Sheet) -> Iterator[str]:
    signs = {"run": sheet.signs.fills[-1], "longest": sheet.signs.line}
    signs |= {band.value: sign for band, sign in _MARK_SIGNS.items()}
    key = [(signs[name], words) for name, words in key_of(sheet.shown, sheet.knowledge)]
    if not all(sheet.shown.known):
        key.append((sheet.signs.unknown, words_of(sheet.knowledge, "load-key-no-record")))
    for sign, words in key:
        yield from wrap(words, sheet.width, f"{sign} ", "  ")
