"""The chart as a picture: one SVG element, for a page or a file of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from html import escape
from itertools import groupby

from lumbago.model.activities import Exposures, RunExposure, SpikeBand
from lumbago.model.knowledge import Knowledge
from lumbago.model.levels import Units
from lumbago.report.chart.span import (
    WEEKS_SHOWN,
    Span,
    describe,
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
from lumbago.report.text import clean
from lumbago.report.words import METRES_PER, day_words, number_words

# What the page's own rules say of it; without them (a file of its own) the attributes hold.
CHART_STYLE = """
.chart{display:block;width:100%;max-width:36rem;height:auto;margin:.75rem 0;color:var(--ink)}
.chart .grid{stroke:var(--line)}
.chart .longest{stroke:var(--link)}
.chart .words{fill:var(--soft)}
@media (min-width:40rem){.chart .words{font-size:9.5px}}
@media print{.chart{break-inside:avoid}.chart .words{font-size:9.5px}}
""".strip()


_WIDTH, _LEFT, _RIGHT = 320.0, 28.0, 316.0
_TOP, _FLOOR = 38.0, 168.0  # of the tallest bar; above it is room for marks, and for the words of the onset
_FONT, _ROW = 13.0, 19.0
_SIGN = 7.0  # how wide a mark is
_LETTER = 7.6  # as wide as a letter of a wide font, so that words do not run into each other


def svg(
    exposures: Exposures,
    knowledge: Knowledge,
    *,
    until: date,
    onset: date | None,
    units: Units,
    weeks: int = WEEKS_SHOWN,
    name: str = "load-chart",
) -> str:
    """The chart as one SVG element for a page or a file of its own. name: what its ids begin with, unique in the page.

    Bars are runs by day, the line is the longest run of the days before. What stands out is told by the shape of a mark.
    """
    shown = span(exposures, knowledge, until, onset, weeks)
    key = tuple(key_of(shown, knowledge))
    height = _FLOOR + _ROW * (1 + len(key)) + 6
    parts = (
        f'<title id="{name}-title">{_safe(title_words(shown, knowledge))}</title>',
        f'<desc id="{name}-desc">{_safe(describe(shown, knowledge, units))}</desc>',
        *_scale(shown, units),
        _bars(shown),
        _longest_line(shown),
        _floor(shown),
        *_no_record(shown, knowledge),
        *_marks(shown),
        *_onset_line(shown, knowledge),
        *_dates(shown),
        *_key_rows(key),
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" viewBox="0 0 {_n(_WIDTH)} {_n(height)}" role="img" '
        f'aria-labelledby="{name}-title {name}-desc" fill="currentColor" font-family="system-ui,sans-serif" '
        f'font-size="{_n(_FONT)}">\n' + "\n".join(part for part in parts if part) + "\n</svg>"
    )


def _safe(words: str) -> str:
    return escape(clean(words))


def _n(number: float) -> str:
    """A coordinate to a tenth."""
    return f"{round(number, 1):g}"


def _x(shown: Span, place: float) -> float:
    return _LEFT + (_RIGHT - _LEFT) * place / shown.days


def _y(shown: Span, distance_m: float) -> float:
    return _FLOOR - (_FLOOR - _TOP) * distance_m / shown.highest_m


def _label(x: float, y: float, words: str, anchor: str = "start") -> str:
    return f'<text class="words" x="{_n(x)}" y="{_n(y)}" text-anchor="{anchor}">{_safe(words)}</text>'


def _scale(shown: Span, units: Units) -> Iterator[str]:
    """The unit, and a thin line with its number for each round distance."""
    yield _label(_LEFT - 5, _TOP - 9, unit_words(units), "end")
    for tick in ticks(shown.highest_m, units):
        y = _y(shown, tick * METRES_PER[units])
        line = f"M{_n(_LEFT)} {_n(y)}H{_n(_RIGHT)}"
        yield f'<path class="grid" d="{line}" stroke="currentColor" stroke-width=".5" stroke-opacity=".5"/>'
        yield _label(_LEFT - 5, y + 4, number_words(tick), "end")


def _bars(shown: Span) -> str:
    """Runs that stand out are solid, all others half as dark; runs of one day stand side by side."""
    shapes: dict[bool, list[str]] = {False: [], True: []}
    for run, x, width in _places(shown):
        height = _FLOOR - _y(shown, run.distance_m)
        shapes[is_marked(run)].append(f"M{_n(x)} {_n(_FLOOR)}v-{_n(height)}h{_n(width)}v{_n(height)}z")
    usual, marked = "".join(shapes[False]), "".join(shapes[True])
    return (f'<path class="run" d="{usual}" fill-opacity=".5"/>' if usual else "") + (
        f'<path class="beyond" d="{marked}"/>' if marked else ""
    )


def _places(shown: Span) -> Iterator[tuple[RunExposure, float, float]]:
    """Each run with the left edge and the width of its bar."""
    slot = (_RIGHT - _LEFT) / shown.days
    for day, of_day in groupby(shown.runs, key=lambda run: run.date):
        runs = tuple(of_day)
        width = slot * 0.8 / len(runs)
        for place, run in enumerate(runs):
            yield run, _x(shown, shown.place(day)) + slot * 0.1 + width * place, width


def _longest_line(shown: Span) -> str:
    """A step a day, broken where no run lies in the days before."""
    steps = ""
    before: int | None = None
    for place, longest in enumerate(shown.longest_m):
        if longest is not None:
            y = _n(_y(shown, longest))
            steps += f"M{_n(_x(shown, place))} {y}" if before is None else f"V{y}" if longest != before else ""
            steps += f"H{_n(_x(shown, place + 1))}"
        before = longest
    if not steps:
        return ""
    return f'<path class="longest" d="{steps}" fill="none" stroke="currentColor" stroke-width="1.6"/>'


def _floor(shown: Span) -> str:
    """The line that bars stand on, dotted on days of which no file speaks."""
    lines = ""
    for known, first, last in _stretches(shown):
        dots = "" if known else ' stroke-dasharray="1 3"'
        lines += f'<path d="M{_n(_x(shown, first))} {_n(_FLOOR)}H{_n(_x(shown, last))}" stroke="currentColor"{dots}/>'
    return lines


def _stretches(shown: Span) -> Iterator[tuple[bool, int, int]]:
    """Stretches of days with and without a record: (known, first, one past the last)."""
    for known, group in groupby(range(shown.days), key=lambda place: shown.known[place]):
        places = tuple(group)
        yield known, places[0], places[-1] + 1


def _no_record(shown: Span, knowledge: Knowledge) -> Iterator[str]:
    words = words_of(knowledge, "load-key-no-record")
    for known, first, last in _stretches(shown):
        if not known and _x(shown, last) - _x(shown, first) >= len(words) * _LETTER:
            yield _label((_x(shown, first) + _x(shown, last)) / 2, _FLOOR - 6, words, "middle")


def _marks(shown: Span) -> Iterator[str]:
    for run, x, width in _places(shown):
        if is_marked(run):
            yield _mark(run.band.value, x + width / 2, _y(shown, run.distance_m) - 3)


def _mark(band: str, x: float, y: float) -> str:
    """An open triangle, a full one, two full ones, or a ring; y is where it ends below."""
    if band == SpikeBand.NO_BASELINE:
        return f'<circle cx="{_n(x)}" cy="{_n(y - 3.5)}" r="3" fill="none" stroke="currentColor" stroke-width="1.4"/>'
    triangle = f"M{_n(x - _SIGN / 2)} {_n(y)}h{_n(_SIGN)}l-{_n(_SIGN / 2)}-{_n(_SIGN)}z"
    if band == SpikeBand.SMALL:
        return f'<path d="{triangle}" fill="none" stroke="currentColor" stroke-width="1.2"/>'
    second = f"M{_n(x - _SIGN / 2)} {_n(y - _SIGN - 1)}h{_n(_SIGN)}l-{_n(_SIGN / 2)}-{_n(_SIGN)}z"
    return f'<path d="{triangle}{second if band == SpikeBand.LARGE else ""}"/>'


def _onset_line(shown: Span, knowledge: Knowledge) -> Iterator[str]:
    """A dashed line from a diamond, with the day beside it."""
    if shown.onset_place is None or shown.onset is None:
        return
    x = _x(shown, shown.onset_place + 0.5)
    yield f'<path class="onset" d="M{_n(x)} 16V{_n(_FLOOR)}" stroke="currentColor" stroke-width="1.4" stroke-dasharray="4 3"/>'
    yield f'<path d="M{_n(x)} 3l5 6-5 6-5-6z"/>'
    words = words_of(knowledge, "load-key-onset", day=day_words(shown.onset, shown.last))
    is_right = x > _WIDTH / 2
    yield _label(x - 9 if is_right else x + 9, 13, words, "end" if is_right else "start")


def _dates(shown: Span) -> Iterator[str]:
    """The first and the last day, and the months that begin between them."""
    first, last = ends(shown).values()
    y = _FLOOR + _FONT + 3
    yield _label(_LEFT, y, first)
    yield _label(_RIGHT, y, last, "end")
    free = (_LEFT + (len(first) + 1) * _LETTER, _RIGHT - (len(last) + 1) * _LETTER)
    for place, month in months(shown):
        x = _x(shown, place)
        yield f'<path d="M{_n(x)} {_n(_FLOOR)}v4" stroke="currentColor"/>'
        if free[0] <= x <= free[1] - len(month) * _LETTER:
            yield _label(x, y, month)


def _key_rows(key: Iterable[tuple[str, str]]) -> Iterator[str]:
    for number, (sign, words) in enumerate(key):
        y = _FLOOR + _ROW * (2 + number)
        yield _key_sign(sign, y)
        yield _label(_LEFT, y, words)


def _key_sign(sign: str, y: float) -> str:
    x = _LEFT / 2
    if sign == "run":
        return f'<path class="run" d="M{_n(x - 2)} {_n(y)}v-10h4v10z" fill-opacity=".5"/>'
    if sign == "longest":
        line = f"M{_n(x - 8)} {_n(y - 4)}h16"
        return f'<path class="longest" d="{line}" fill="none" stroke="currentColor" stroke-width="1.6"/>'
    return _mark(sign, x, y + 2 if sign == SpikeBand.LARGE else y - 1)
