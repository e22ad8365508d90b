"""What `lumbago load` says: every run against the longest before it, what changed before the pain, and the room of today."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from math import floor
from typing import Any

from lumbago.exposure.changes import Reach, reach, text_of
from lumbago.model.activities import Change, Exposures, Room, RunExposure, TimeOff
from lumbago.model.document import Block, BlockKind, Document, Figure, Line, Section, Trace, TraceKind
from lumbago.model.knowledge import Knowledge
from lumbago.model.levels import Units
from lumbago.report.chart import picture, signs
from lumbago.report.chart.span import last_day, row, span
from lumbago.report.text import render_text
from lumbago.report.view import fill
from lumbago.report.words import METRES_PER, count_words, day_words, distance_words, long_day_words, number_words

_RUNS_SHOWN = 30
_NOTES_SHOWN = 8
_HEAD = ("Day", "Run", "Longest before", "Compared")
_METRES_A_FOOT = 0.3048


@dataclass(frozen=True, slots=True)
class Load:
    """Everything the command tells. room: None when nobody asked. warnings: what could not be read or was left out."""

    exposures: Exposures
    today: date
    units: Units
    onset: date | None = None
    changes: tuple[Change, ...] = ()
    room: Room | None = None
    warnings: tuple[str, ...] = ()


# --- room today


def room_lines(room: Room, knowledge: Knowledge, today: date, units: Units) -> tuple[Line, ...]:
    """The room of today in sentences, with absolute numbers beside the relative ones."""
    return tuple(_said(knowledge, text, (), **names) for text, names in _room_texts(room, knowledge, today, units))


def _room_texts(room: Room, knowledge: Knowledge, today: date, units: Units) -> Iterator[tuple[str, dict[str, str]]]:
    days = str(knowledge.limits["session-caps"].values["window_days"])
    if room.longest_m is None or room.longest_on is None or room.up_to_m is None:
        yield "load-room-no-run", {"days": days}
        yield "load-room-pain", {}
        return
    if room.time_off:
        yield from _time_off_texts(room.time_off, knowledge, today, units)
    else:
        yield (
            "load-room-up-to",
            {
                "up_to": _at_most(room.up_to_m, units),
                "percent": _percent("small", knowledge),
                "days": days,
                "longest": distance_words(room.longest_m, units),
                "day": day_words(room.longest_on, today),
            },
        )
    if room.done_m:
        names = {"done": distance_words(room.done_m, units), "left": _at_most(room.left_m or 0, units)}
        yield "load-room-done" if room.left_m else "load-room-used", names
    if room.early:
        yield "load-room-early", {"count": count_words(room.record_days, "day")}
    yield "load-room-risk", {"small": _below(room.small_from_m, units), "large": _below(room.large_from_m, units)}
    yield (
        "load-room-moderate",
        {"moderate": _below(room.moderate_from_m, units), "percent": _percent("moderate", knowledge)},
    )
    yield "load-room-not-proven", {}
    yield "load-room-pain", {}


def _time_off_texts(
    time_off: TimeOff, knowledge: Knowledge, today: date, units: Units
) -> Iterator[tuple[str, dict[str, str]]]:
    longest = time_off.since or time_off.longest
    names = {
        "count": count_words(time_off.days_off, "day"),
        "up_to": _at_most(time_off.up_to_m, units),
        "percent": _percent("small", knowledge) if time_off.since else str(time_off.percent),
        "longest": distance_words(longest.distance_m, units),
        "day": day_words(longest.date, today),
    }
    if time_off.back_on is None:
        yield "load-room-time-off", names
    else:
        kept = {
            "back": day_words(time_off.back_on, today),
            "kept": str(knowledge.limits["time-off"].values["kept_for_days"]),
        }
        yield "load-room-back-since" if time_off.since else "load-room-back", names | kept
    if time_off.run_walk:
        yield "load-room-run-walk", {}
    yield "load-room-rule-of-ours", {}


def _percent(band: str, knowledge: Knowledge) -> str:
    return str(round((knowledge.limits["session-caps"].values["bands"][band] - 1) * 100))


def _at_most(distance_m: int, units: Units) -> str:
    """A distance rounded down to a tenth, so that keeping to the words keeps to the limit."""
    tenths = floor(distance_m / METRES_PER[units] * 10 + 1e-9)
    return distance_words(tenths / 10 * METRES_PER[units], units)


def _below(from_m: int | None, units: Units) -> str:
    return _at_most((from_m or 1) - 1, units)


# --- what changed

# how to say a value, by its unit in limits/changes.yaml; "spm" and "runs" are bare numbers
_DECIMALS = {"height-m": 0, "step-m": 2}
_PERCENT = {"share": 100, "percent": 1}
_THINGS = {"d": "day", "wk": "week", "min": "minute", "h": "hour"}


def says(change: Change, knowledge: Knowledge, units: Units, as_of: date | None = None) -> str:
    """A change in a sentence or two. Values come with their unit, in the runner's own; {percent} is how far the ratio lies from 1.

    as_of: the day of the answer, so that a day of its year needs no year.
    """
    text = text_of(change, knowledge)
    several = f"{text}-count" if change.count and change.count > 1 and f"{text}-count" in knowledge.texts else None
    names = {
        "day": day_words(change.date, as_of or change.date),
        "value": _amount(change.value, change, knowledge, units),
        "baseline": "" if change.baseline is None else _amount(change.baseline, change, knowledge, units),
        "percent": "" if change.ratio is None else str(abs(round((change.ratio - 1) * 100))),
        "count": "" if change.count is None else str(change.count),
        "detail": change.detail or "",
    }
    return " ".join(line for each in (text, several) if each for line in fill(knowledge, each, **names))


def _amount(amount: float, change: Change, knowledge: Knowledge, units: Units) -> str:
    """A value or baseline with its unit: distances in km or miles, climbs and steps in m or feet; a rate is named by its text."""
    unit = knowledge.limits["changes"].values["value_unit"][change.quantity]
    if unit == "m":
        return distance_words(amount, units)
    if unit in _DECIMALS:
        is_feet = units is Units.MILES
        return f"{amount / _METRES_A_FOOT if is_feet else amount:,.{_DECIMALS[unit]}f} {'feet' if is_feet else 'm'}"
    if unit in _PERCENT:
        return f"{number_words(amount * _PERCENT[unit])} %"
    number = number_words(amount if unit == "d" else round(amount))
    return f"{number} {_THINGS[unit]}{'' if number == '1' else 's'}" if unit in _THINGS else number


# --- the machine-readable form


def to_json(load: Load, knowledge: Knowledge) -> dict[str, Any]:
    """The fields of the contract, as plain data; runs oldest first."""
    return {
        "runs": [_run_row(run) for run in load.exposures.runs],
        "changes": [change_row(change, knowledge, load.units, load.today) for change in load.changes],
        "room": None if load.room is None else _room_row(load.room),
        "warnings": list(dict.fromkeys((*load.warnings, *load.exposures.warnings))),
    }


def _run_row(run: RunExposure) -> dict[str, Any]:
    return {
        "id": run.id,
        "date": run.date.isoformat(),
        "distance_m": run.distance_m,
        "longest_before_m": run.longest_before_m,
        "ratio": run.ratio,
        "band": run.band.value,
        "days_off": run.days_off,
        "early": run.early,
        "activities": list(run.ids),
    }


def change_row(change: Change, knowledge: Knowledge, units: Units, as_of: date | None = None) -> dict[str, Any]:
    """One change in the fields of the contract."""
    return {
        "id": change.id,
        "quantity": change.quantity,
        "date": change.date.isoformat(),
        "says": says(change, knowledge, units, as_of),
        "value": change.value,
        "baseline": change.baseline,
        "ratio": change.ratio,
        "strength": change.strength.value,
        "activities": list(change.activities),
    }


def _room_row(room: Room) -> dict[str, Any]:
    return {
        "longest_m": room.longest_m,
        "longest_on": room.longest_on.isoformat() if room.longest_on else None,
        "up_to_m": room.up_to_m,
        "small_from_m": room.small_from_m,
        "moderate_from_m": room.moderate_from_m,
        "large_from_m": room.large_from_m,
        "days_off": room.days_off,
        "done_m": room.done_m,
        "left_m": room.left_m,
        "run_walk": room.time_off.run_walk if room.time_off else False,
        "early": room.early,
        "because": list(room.because),
    }


# --- the words


def render(load: Load, knowledge: Knowledge, width: int = 80, plain: bool = False) -> str:
    """The whole in lines of at most `width` columns. plain: the chart in ASCII signs only."""
    return render_text(compose(load, knowledge, width, plain), width)


def draw(load: Load, knowledge: Knowledge) -> str:
    """The same chart as a picture of its own."""
    return picture.svg(load.exposures, knowledge, until=_until(load), onset=load.onset, units=load.units)


def compose(load: Load, knowledge: Knowledge, width: int = 80, plain: bool = False) -> Document:
    """The whole as a document: room, runs with their chart, what changed, and how far all this goes. width, plain: of its signs."""
    sections = (
        Section("room", "Room today", (_room_block(load, knowledge),)),
        Section("runs", "Your runs", tuple(_run_blocks(load, knowledge, width, plain))),
        Section("changes", "What changed before the pain", tuple(_change_blocks(load, knowledge))),
        Section("notes", "Left out, or read in part", (_notes_block(load, knowledge),)),
    )
    days = str(knowledge.limits["session-caps"].values["window_days"])
    return Document(
        title=" ".join(fill(knowledge, "load-title", days=days)),
        level="",
        sections=tuple(tidied for section in sections if (tidied := _tidy(section)).blocks),
        footer=(_said(knowledge, "load-limit"),),
    )


def _tidy(section: Section) -> Section:
    """Without blocks that say nothing."""
    kept = (block for block in section.blocks if block.lines or block.rows or block.figure)
    return Section(section.id, section.title, tuple(kept))


def _until(load: Load) -> date:
    return last_day(load.exposures, load.today, load.onset)


def _said(knowledge: Knowledge, text: str, more: Iterable[Trace] = (), **names: str) -> Line:
    return Line(" ".join(fill(knowledge, text, **names)), (Trace(TraceKind.TEXT, text), *more))


def _room_block(load: Load, knowledge: Knowledge) -> Block:
    lines = room_lines(load.room, knowledge, load.today, load.units) if load.room else ()
    return Block("room", BlockKind.BULLETS, lines)


def _run_blocks(load: Load, knowledge: Knowledge, width: int, plain: bool) -> Iterator[Block]:
    runs = load.exposures.runs
    if not runs:
        yield Block("no-runs", BlockKind.PARAGRAPH, (_said(knowledge, "load-none"),))
        return
    shown = span(load.exposures, knowledge, _until(load), load.onset).runs[-_RUNS_SHOWN:]
    yield Block("chart", BlockKind.FIGURE, figure=_figure(load, knowledge, width, plain))
    yield Block("runs", BlockKind.TABLE, head=_HEAD, rows=tuple(_row(run, load, knowledge) for run in reversed(shown)))
    yield Block("runs-notes", BlockKind.PARAGRAPH, tuple(_run_notes(load, knowledge, shown)))


def _figure(load: Load, knowledge: Knowledge, width: int, plain: bool) -> Figure:
    drawn = signs.blocks(
        load.exposures,
        knowledge,
        until=_until(load),
        onset=load.onset,
        units=load.units,
        width=width,
        plain=plain,
    )
    return Figure(draw(load, knowledge), drawn)


def _row(run: RunExposure, load: Load, knowledge: Knowledge) -> tuple[Line, ...]:
    traces = tuple(Trace(TraceKind.ACTIVITY, name) for name in run.ids)
    return tuple(Line(cell, traces) for cell in row(run, knowledge, load.today, load.units))


def _run_notes(load: Load, knowledge: Knowledge, shown: tuple[RunExposure, ...]) -> Iterator[Line]:
    if len(shown) < len(load.exposures.runs):
        yield _said(knowledge, "load-rest", count=count_words(len(load.exposures.runs) - len(shown), "run"))
    if any(run.early for run in shown):
        yield _said(knowledge, "load-early", days=str(knowledge.limits["session-caps"].values["window_days"]))
    if load.onset is None:
        yield from _week(load, knowledge)


def _week(load: Load, knowledge: Knowledge) -> Iterator[Line]:
    """The last week beside the mean of the four before it: a description, never an alarm."""
    day = next((day for day in load.exposures.days if day.date == load.today), None)
    if day is None or day.week_m is None:
        return
    week = distance_words(day.week_m, load.units)
    if not day.ratio_to_four_weeks:
        yield _said(knowledge, "load-week-only", week=week)
    else:
        usual = distance_words(day.week_m / day.ratio_to_four_weeks, load.units)
        yield _said(knowledge, "load-week", week=week, usual=usual)


def _change_blocks(load: Load, knowledge: Knowledge) -> Iterator[Block]:
    if load.onset is None or not load.exposures.runs:
        return
    far, first = reach(load.exposures, load.onset, knowledge), load.exposures.runs[0].date
    if far is Reach.NOTHING:
        yield Block(
            "changes-none", BlockKind.PARAGRAPH, (_said(knowledge, "change-none", day=long_day_words(load.onset)),)
        )
    elif not load.changes:
        yield Block("changes", BlockKind.PARAGRAPH, (_said(knowledge, "change-nothing"),))
    if far is Reach.SHORT:
        yield Block(
            "changes-short", BlockKind.PARAGRAPH, (_said(knowledge, "change-short", first=long_day_words(first)),)
        )
    if not load.changes:
        return
    yield Block("changes-lead", BlockKind.PARAGRAPH, (_said(knowledge, "load-changes"),))
    yield Block("changes", BlockKind.BULLETS, tuple(_change_line(change, load, knowledge) for change in load.changes))
    if any(change.quantity == "longest-ratio" for change in load.changes):
        yield Block("change-risk", BlockKind.PARAGRAPH, (_said(knowledge, "change-risk"),))


def _change_line(change: Change, load: Load, knowledge: Knowledge) -> Line:
    """ "Possible, strong: On Wed 11 Nov you ran ..." """
    words = says(change, knowledge, load.units, load.today)
    traces = (Trace(TraceKind.CONTRIBUTOR, change.id), *(Trace(TraceKind.ACTIVITY, name) for name in change.activities))
    return Line(f"Possible, {_PLAIN[change.strength.value]}: {words}", traces)


_PLAIN = {"strong": "plain in your files", "moderate": "fairly plain in your files", "weak": "faint in your files"}


def _notes_block(load: Load, knowledge: Knowledge) -> Block:
    warnings = tuple(dict.fromkeys((*load.warnings, *load.exposures.warnings)))
    here = (Trace(TraceKind.TEXT, "report-warnings"),)
    lines = [Line(words, here) for words in warnings[:_NOTES_SHOWN]]
    if len(warnings) > _NOTES_SHOWN:
        lines.append(_said(knowledge, "load-more-notes", count=count_words(len(warnings) - _NOTES_SHOWN, "note")))
    return Block("notes", BlockKind.BULLETS, tuple(lines))
