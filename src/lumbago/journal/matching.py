"""Which recordings are one activity, and which copy of it stands (settled reading 1). Pure: knows no database and no file.

Two recordings are one when they overlap in time by more than half of the shorter, or when their starts lie within 2 minutes and
their distances within 2 %. Where only a date is known, the date is the same instead of the start. A line of a table tells local
time without its zone, so there starts may also lie whole quarters of an hour apart, on the same day and as far.
Two activities of one file are never one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from math import log
from typing import Any

from lumbago.model.activities import Activity, Ground, Source, Sport

START_S = 120
DISTANCE_SHARE = 0.02
TABLE_SHARE = 0.05  # of a row of a table, which tells no zone either
OVERLAP_SHARE = 0.5
QUARTER_S = 900  # clocks of the world differ by whole quarters of an hour
FARTHEST_ZONES_S = 26 * 3600
LIKE_CLOCKS_S = 60  # tables that tell no seconds
DAY_S = 86_400
MOST_DAYS = 14  # of one recording; a watch that was never stopped
LIKE_RECORDS = 1.1  # copies of which one has a tenth more records are as rich; what they record decides

TOLD = ("sport", "ground", "name", "gear", "effort_cr10", "race", "temperature_c")
TOTALS = (
    "distance_m",
    "timer_s",
)  # as an app or watch states them; a bare track states none, and what it shows is less sure
_SUMMARY = (
    *("start", "elapsed_s", "timer_s", "moving_s", "distance_m", "ascent_m", "descent_m", "heart_rate_bpm"),
    *("cadence_spm", "effort_cr10", "temperature_c", "balance_pct", "drift_min", "name", "gear", "race", "device"),
)
# between copies that are as rich in all else
_RICHEST_LAST = (Source.CSV, Source.STRAVA, Source.GARMIN, Source.GPX, Source.APPLE, Source.TCX, Source.FIT)


class Outcome(StrEnum):
    """What became of an activity that an import brought."""

    IMPORTED = "imported"
    ALREADY_THERE = "already there"
    REPLACED = "replaced a poorer copy"
    POORER = "poorer copy noted"


@dataclass(frozen=True, slots=True)
class Copy:
    """One reading of an activity: where it came from, how rich it is, and what it tells that a richer copy may lack.

    id: the activity's, as this copy alone gives it. sha256, part, name: the file, its place in it, and its name without folders.
    columns: how many kinds of samples. fields: how many values of the summary. told: what it knows of TOLD, and of TOTALS where the
    file states them.
    read_by: what the values depend on besides the bytes: the reader's version and the time zone given.
    """

    id: str
    sha256: str
    part: int
    name: str
    source: Source
    records: int
    columns: int
    fields: int
    told: Mapping[str, Any]
    read_by: str
    original: bool


def copy_of(activity: Activity, columns: int, sha256: str, part: int, name: str, read_by: str, original: bool) -> Copy:
    """The copy that an activity is, as a file brought it."""
    told = {key: value for key in TOLD if (value := getattr(activity, key)) is not None and value != Sport.UNKNOWN}
    if activity.source is not Source.GPX:
        told |= {key: value for key in TOTALS if (value := getattr(activity, key))}
    fields = sum(getattr(activity, key) is not None for key in _SUMMARY)
    return Copy(
        activity.id,
        sha256,
        part,
        name,
        activity.source,
        activity.records,
        columns,
        fields,
        told,
        read_by,
        original,
    )


def rank(copy: Copy) -> tuple[int, int, int, int]:
    """How rich: records (to a tenth), kinds of samples, values of the summary, and last the format."""
    tenths = int(log(copy.records) / log(LIKE_RECORDS)) if copy.records > 0 else -1
    return tenths, copy.columns, copy.fields, _RICHEST_LAST.index(copy.source)


@dataclass(frozen=True, slots=True)
class Span:
    """What recordings are compared by. start, end: seconds since the epoch; day: the local one."""

    sport: Sport
    source: Source
    start: float | None
    end: float | None
    day: date | None
    distance_m: float | None

    def days(self) -> Iterator[int]:
        """The days it could be looked for under: those it lasts, in UTC, and its local one."""
        found = set() if self.day is None else {self.day.toordinal()}
        if self.start is not None:
            first = _day(self.start - START_S)
            last = _day((self.end or self.start) + START_S)
            found.update(range(first, min(last, first + MOST_DAYS) + 1))
        yield from found


def _day(seconds: float) -> int:
    return date(1970, 1, 1).toordinal() + int(seconds // DAY_S)


def span_of(
    sport: Sport,
    source: Source,
    start: datetime | None,
    elapsed_s: float | None,
    local_date: date | None,
    distance_m: float | None,
) -> Span:
    """When and how far an activity was."""
    begin = start.timestamp() if start else None
    end = begin + elapsed_s if begin is not None and elapsed_s is not None and elapsed_s > 0 else None
    return Span(sport, source, begin, end, local_date, distance_m)


def is_one(a: Span, b: Span) -> bool:
    """Whether these are two recordings of one activity."""
    if a.sport != b.sport and Sport.UNKNOWN not in (a.sport, b.sport):
        return False
    if a.start is None or b.start is None:
        return a.day is not None and a.day == b.day and _as_far(a, b)
    if _overlap(a, b):
        return True
    apart = a.start - b.start
    table = Source.CSV in (a.source, b.source) and a.day == b.day
    return (_as_far(a, b) and abs(apart) <= START_S) or (
        table and _differ_by_zone(apart) and _as_far(a, b, TABLE_SHARE)
    )


def _overlap(a: Span, b: Span) -> bool:
    if a.start is None or b.start is None or a.end is None or b.end is None:
        return False
    shared = min(a.end, b.end) - max(a.start, b.start)
    return shared > OVERLAP_SHARE * min(a.end - a.start, b.end - b.start)


def _as_far(a: Span, b: Span, share: float = DISTANCE_SHARE) -> bool:
    if not a.distance_m or not b.distance_m:
        return False
    return abs(a.distance_m - b.distance_m) <= share * max(a.distance_m, b.distance_m)


def _differ_by_zone(seconds: float) -> bool:
    beyond = (seconds + LIKE_CLOCKS_S) % QUARTER_S
    return abs(seconds) <= FARTHEST_ZONES_S and beyond <= 2 * LIKE_CLOCKS_S


@dataclass(slots=True, eq=False)
class Kept:
    """An activity of the journal: its id is that of the copy that stands; copies by their own ids."""

    id: str
    span: Span
    copies: dict[str, Copy] = field(default_factory=dict)

    @property
    def standing(self) -> Copy:
        """The copy whose values and samples are kept."""
        return self.copies[self.id]

    def told(self) -> dict[str, Any]:
        """What copies tell, by field: the standing one, then the others, the richest first."""
        first = sorted(self.copies.values(), key=lambda copy: (copy.id != self.id, [-n for n in rank(copy)], copy.id))
        return {key: value for copy in reversed(first) for key, value in copy.told.items()}

    def settle(self) -> None:
        """Be compared by what all copies together tell."""
        told = self.told()
        sport, distance_m = told.get("sport", self.span.sport), told.get("distance_m", self.span.distance_m)
        self.span = replace(self.span, sport=Sport(sport), distance_m=distance_m)


def completed(activity: Activity, kept: Kept) -> Activity:
    """The standing activity with what only its other copies tell."""
    told = kept.told()
    made = {key: kind(told[key]) for key, kind in (("sport", Sport), ("ground", Ground)) if key in told}
    return replace(activity, **(told | made))


@dataclass(frozen=True, slots=True)
class Placement:
    """What became of a copy. stands: its values and samples are now the ones to keep. was: the id that the activity had before
    (its own when that did not change). noted: its source is new or changed."""

    outcome: Outcome
    kept: Kept
    stands: bool
    was: str | None
    noted: bool


class Shelf:
    """Every kept activity, found by the id of any of its copies, or by when and how far it was."""

    def __init__(self, kept: Iterable[Kept] = ()) -> None:
        self._by_copy: dict[str, Kept] = {}
        self._by_day: defaultdict[int, list[Kept]] = defaultdict(list)
        for one in kept:
            self._by_copy.update(dict.fromkeys(one.copies, one))
            self._put(one)

    def place(self, activity: Activity, copy: Copy) -> Placement:
        """Take an activity in: as a new one, as a copy of one that is there, or as that very copy again."""
        a = activity
        span = span_of(a.sport, a.source, a.start, a.elapsed_s or a.timer_s, a.local_date, a.distance_m)
        if known := self._by_copy.get(copy.id):
            return self._again(known, span, copy)
        if match := self._find(span, copy):
            return self._beside(match, span, copy)
        kept = Kept(copy.id, span, {copy.id: copy})
        self._by_copy[copy.id] = kept
        self._put(kept)
        return Placement(Outcome.IMPORTED, kept, stands=True, was=None, noted=True)

    def _again(self, kept: Kept, span: Span, copy: Copy) -> Placement:
        """The same copy: it stands anew when it was read by another reader, and is noted when more is told of it now."""
        before = kept.copies[copy.id]
        told = {**before.told, **copy.told}
        now = replace(copy, told=told, name=before.name, sha256=before.sha256, part=before.part)
        now = replace(now, original=before.original or copy.original)
        kept.copies[copy.id] = now
        is_row = copy.source is Source.CSV  # which somebody may have corrected
        corrected = is_row and any(copy.told.get(name) != before.told.get(name) for name in TOTALS)
        was, anew = kept.id, corrected or copy.read_by != before.read_by
        stands = anew and (copy.id == kept.id or rank(now) > rank(kept.standing))
        if stands:
            self._stand(kept, span, copy.id)
        kept.settle()
        return Placement(Outcome.ALREADY_THERE, kept, stands, was, noted=now != before)

    def _beside(self, kept: Kept, span: Span, copy: Copy) -> Placement:
        was, stands = kept.id, rank(copy) > rank(kept.standing)
        kept.copies[copy.id] = copy
        self._by_copy[copy.id] = kept
        if stands:
            self._stand(kept, span, copy.id)
        kept.settle()
        return Placement(Outcome.REPLACED if stands else Outcome.POORER, kept, stands, was, noted=True)

    def _stand(self, kept: Kept, span: Span, id_: str) -> None:
        for day in kept.span.days():
            self._by_day[day].remove(kept)
        kept.id, kept.span = id_, span
        self._put(kept)

    def _put(self, kept: Kept) -> None:
        for day in kept.span.days():
            self._by_day[day].append(kept)

    def _find(self, span: Span, copy: Copy) -> Kept | None:
        """Of those that are the same activity and have no copy of this file yet: one as far before others, then the nearest."""
        near = {id(kept): kept for day in span.days() for kept in self._by_day.get(day, ())}
        same = [
            kept
            for kept in near.values()
            if is_one(span, kept.span) and all(other.sha256 != copy.sha256 for other in kept.copies.values())
        ]
        return min(
            same,
            key=lambda kept: (not _as_far(span, kept.span), _apart(span, kept.span), kept.id),
            default=None,
        )


def _apart(a: Span, b: Span) -> float:
    return abs(a.start - b.start) if a.start is not None and b.start is not None else 0.0
