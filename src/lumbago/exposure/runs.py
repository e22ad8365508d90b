"""Activities -> every outing against the longest of the 30 days before it, and every day; read this one first in the room.

`cohort` says the same in SQL for many runners; a property test holds the two equal.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta
from fractions import Fraction
from itertools import accumulate, groupby, pairwise
from operator import attrgetter
from typing import Any

from lumbago.model.activities import Activity, DayExposure, Exposures, RunExposure, Source, SpikeBand, Sport
from lumbago.model.knowledge import Knowledge

WEEK = 7
_DAY = timedelta(days=1)
_TOLD = tuple(each.name for each in fields(Activity) if each.default is None and each.name != "samples")
_told = attrgetter(*_TOLD)


@dataclass(frozen=True, slots=True)
class Outing:
    """One time out, pieced together from its recordings. ids: the longest piece first. distance_m: None where no file tells it."""

    ids: tuple[str, ...]
    start: datetime | None
    date: date
    distance_m: int | None
    ascent_m: float | None
    descent_m: float | None
    minutes: float | None
    unbroken_minutes: float | None


def expose(activities: Iterable[Activity], knowledge: Knowledge, until: date | None = None) -> Exposures:
    """Every outing, and every day from the first one to `until` (or to the last run); warnings count the runs that were left out.

    Other sports are not compared; they show that a record goes on.
    """
    activities = tuple(activities)
    asked = [a for a in activities if until is None or a.local_date is None or a.local_date <= until]
    runs = distinct((a for a in asked if a.sport is Sport.RUNNING), knowledge)
    shortest_m = knowledge.limits["exposures"].values["shortest_run_m"]
    found = outings(runs, knowledge)
    long_enough = [each for each in found if each.distance_m is None or each.distance_m >= shortest_m]
    left_out = (
        (
            len({a.id for a in asked if a.sport is Sport.UNKNOWN}),
            "activity",
            "activities",
            "of no named sport; say --sport running if they are runs",
        ),
        (sum(run.local_date is None for run in runs), "run", "runs", "without a date"),
        (sum(each.distance_m is None for each in found), "run", "runs", "without a distance"),
        (len(found) - len(long_enough), "run", "runs", f"under {shortest_m} m"),
    )
    recorded = sorted({a.local_date for a in asked if a.local_date is not None})
    compared = compare(long_enough, knowledge)
    return Exposures(
        runs=compared,
        days=_days(long_enough, recorded, until, knowledge),
        warnings=(*(_left_out(*each) for each in left_out if each[0]), *_impossible(compared, knowledge)),
    )


def is_possible(run: RunExposure, knowledge: Knowledge) -> bool:
    """Whether anybody could have run it. One that nobody could is compared as it stands, but nothing is advised by it."""
    fastest: float = knowledge.limits["exposures"].values["fastest_run_mps"]
    return not run.minutes or run.distance_m <= fastest * 60 * run.minutes


def _impossible(runs: Iterable[RunExposure], knowledge: Knowledge) -> Iterator[str]:
    count = sum(not is_possible(run, knowledge) for run in runs)
    if count:
        are = "run is" if count == 1 else "runs are"
        yield f"{count} {are} faster than anybody has run, so a distance or time is wrong. No advice rests on that."


def _left_out(count: int, one: str, many: str, why: str) -> str:
    return f"Left out of the comparison of runs: {count} {one if count == 1 else many} {why}."


# One run from several recordings


def distinct(activities: Iterable[Activity], knowledge: Knowledge) -> tuple[Activity, ...]:
    """Each run once: its richest recording, with what only others of it tell filled in. Source: evidence/settled.md 1."""
    kept: dict[date | None, list[Activity]] = defaultdict(list)
    rows_of: set[str] = set()  # recordings that a row of a table tells of already; a day may hold two runs alike
    for activity in sorted(activities, key=_richest_first):
        near = [kept[day] for day in _near(activity.local_date) if day in kept]
        place = next(
            (
                (runs, n)
                for runs in near
                for n, run in enumerate(runs)
                if same_run(run, activity, knowledge) and not (activity.source is Source.CSV and run.id in rows_of)
            ),
            None,
        )
        if place is None:
            kept[activity.local_date].append(activity)
        else:
            runs, n = place
            if activity.source is Source.CSV and runs[n].source is not Source.CSV:
                rows_of.add(runs[n].id)
            runs[n] = _filled(runs[n], activity)
    return tuple(run for runs in kept.values() for run in runs)


def same_run(one: Activity, other: Activity, knowledge: Knowledge) -> bool:
    """Whether two recordings share more than half the time of the shorter one.

    Where one tells no length, both must begin together and be as far; where one tells no start, be of one date and as far.
    """
    if one.id == other.id:
        return True
    values, here, there = knowledge.limits["exposures"].values, _span(one), _span(other)
    if here is None or there is None:
        return one.local_date is not None and one.local_date == other.local_date and _is_as_far(one, other, values)
    if shorter := min(here[1] - here[0], there[1] - there[0]):
        shared = min(here[1], there[1]) - max(here[0], there[0])
        return bool(shared > values["same_run_overlap"] * shorter) or _is_its_row(one, other, values)
    together = abs(here[0] - there[0]) <= timedelta(minutes=values["same_run_start_min"])
    return (together and _is_as_far(one, other, values)) or _is_its_row(one, other, values)


def _is_its_row(one: Activity, other: Activity, values: Mapping[str, Any]) -> bool:
    """Whether one is the row of a table, which tells no zone, that tells of the other."""
    if (one.source is Source.CSV) is (other.source is Source.CSV) or one.local_date != other.local_date:
        return False
    if one.start is None or other.start is None or not one.distance_m or not other.distance_m:
        return False
    quarter, within = timedelta(minutes=values["table_clock_min"]), timedelta(minutes=values["same_run_start_min"])
    beyond = (one.start - other.start + within) % quarter
    apart, longer = abs(one.distance_m - other.distance_m), max(one.distance_m, other.distance_m)
    near = abs(one.start - other.start) <= timedelta(hours=values["farthest_zone_h"])
    return near and beyond <= 2 * within and apart * 100 <= values["table_distance_percent"] * longer


def _richest_first(activity: Activity) -> tuple[bool, bool, int, int, str]:
    nowhere = not activity.distance_m  # a watch that never found itself may hold many samples
    return activity.start is None, nowhere, -activity.records, _told(activity).count(None), activity.id


def _near(day: date | None) -> tuple[date | None, ...]:
    """The dates on which another clock may have begun the same run."""
    return (None,) if day is None else (day, day - _DAY, day + _DAY)


def _span(run: Activity) -> tuple[datetime, datetime] | None:
    """Start and end; the end is the start where no length is told."""
    seconds = run.elapsed_s or run.timer_s or run.moving_s or 0
    return None if run.start is None else (run.start, run.start + timedelta(seconds=seconds))


def _is_as_far(one: Activity, other: Activity, values: Mapping[str, Any]) -> bool:
    if one.distance_m is None or other.distance_m is None:
        return False
    apart, longer = abs(one.distance_m - other.distance_m), max(one.distance_m, other.distance_m)
    return bool(apart * 100 <= values["same_run_distance_percent"] * longer)


def _filled(richer: Activity, poorer: Activity) -> Activity:
    missing = {name: getattr(poorer, name) for name in _TOLD if getattr(richer, name) is None}
    return replace(richer, **missing)


# One outing from several pieces


def outings(runs: Iterable[Activity], knowledge: Knowledge) -> tuple[Outing, ...]:
    """Pieces of one date with a short gap between them, summed, oldest first; a run without a date is not among them.

    A run without a start or a distance stands alone. Source: evidence/settled.md 1.
    """
    gap = timedelta(minutes=knowledge.limits["exposures"].values["outing_gap_min"])
    by_date: dict[date, list[Activity]] = defaultdict(list)
    for run in runs:
        if run.local_date is not None:
            by_date[run.local_date].append(run)
    pieced = (_outing(day, pieces) for day, of_day in by_date.items() for pieces in _pieces(of_day, gap))
    return tuple(sorted(pieced, key=lambda each: (each.date, each.start is None, each.start, each.ids)))


def _pieces(runs: Sequence[Activity], gap: timedelta) -> Iterator[list[Activity]]:
    """The runs of one date, cut wherever nobody ran for that long."""
    timed = [(span, run) for run in runs if (span := _span(run)) and run.distance_m is not None]
    joined: list[Activity] = []
    latest: datetime | None = None
    for (start, end), run in sorted(timed, key=lambda each: (each[0], each[1].id)):
        if latest is not None and start - latest >= gap:
            yield joined
            joined = []
        joined.append(run)
        latest = max(latest or end, end)
    yield from [joined] if joined else []
    yield from ([run] for run in runs if run.start is None or run.distance_m is None)


def _outing(day: date, pieces: Sequence[Activity]) -> Outing:
    longest_first = sorted(pieces, key=lambda run: -_metres(run))  # stable: of two as long, the earlier one
    whole = pieces[0].distance_m is not None
    return Outing(
        ids=tuple(run.id for run in longest_first),
        start=pieces[0].start,
        date=day,
        distance_m=sum(map(_metres, pieces)) if whole else None,
        ascent_m=_total(run.ascent_m for run in pieces),
        descent_m=_total(run.descent_m for run in pieces),
        minutes=_total(map(_minutes, pieces)),
        unbroken_minutes=max(
            (run.longest_unbroken_s / 60 for run in pieces if run.longest_unbroken_s is not None), default=None
        ),
    )


def _metres(run: Activity) -> int:
    return round(run.distance_m or 0)


def _minutes(run: Activity) -> float | None:
    """Minutes on the move; with the stops in them where the file does not show these."""
    told = next((s for s in (run.moving_s, run.timer_s, run.elapsed_s) if s is not None), None)
    return None if told is None else told / 60


def _total(parts: Iterable[float | None]) -> float | None:
    """The sum of what is known; None where nothing is."""
    known = [part for part in parts if part is not None]
    return sum(known) if known else None


# Each outing against those before it


def compare(outings: Sequence[Outing], knowledge: Knowledge) -> tuple[RunExposure, ...]:
    """Each outing of known distance against the longest of the days before its date. outings: sorted by date.

    One of unknown distance ends a break, and that is all. Source: evidence/running.md a1; settled.md 2, 3 and 5.
    """
    window = timedelta(days=knowledge.limits["session-caps"].values["window_days"])
    first = next((each.date for each in outings if each.distance_m is not None), date.max)
    longest = _longest_before(outings, window)
    limits = _limits(knowledge)
    before: Iterable[Outing | None] = (None, *outings)
    return tuple(
        RunExposure(
            id=each.ids[0],
            ids=each.ids,
            date=each.date,
            distance_m=metres,
            longest_before_m=(baseline := longest[each.date]),
            ratio=None if baseline is None else metres / baseline,
            band=_band(metres, baseline, limits),
            days_off=None if last is None else max(0, (each.date - last.date).days - 1),
            early=each.date - first < window,
            ascent_m=each.ascent_m,
            descent_m=each.descent_m,
            minutes=each.minutes,
            unbroken_minutes=each.unbroken_minutes,
        )
        for last, each in zip(before, outings, strict=False)
        if (metres := each.distance_m) is not None
    )


def _longest_before(outings: Iterable[Outing], window: timedelta) -> dict[date, int | None]:
    """For each date of an outing the longest distance of the days before it, itself left out; in one pass."""
    found: dict[date, int | None] = {}
    longest: deque[tuple[date, int]] = deque()  # ever shorter: the first one still in the window is the longest
    for day, of_day in groupby(outings, key=attrgetter("date")):
        while longest and longest[0][0] < day - window:
            longest.popleft()
        found[day] = longest[0][1] if longest else None
        metres = max(each.distance_m or 0 for each in of_day)
        while longest and longest[-1][1] <= metres:
            longest.pop()
        if metres:
            longest.append((day, metres))
    return found


def _limits(knowledge: Knowledge) -> list[tuple[SpikeBand, int, int]]:
    """Each band above the reference with its limit as a fraction of whole numbers, the highest first, so that ties are exact."""
    told = knowledge.limits["session-caps"].values["bands"]
    exact = sorted(((Fraction(str(limit)), SpikeBand(name)) for name, limit in told.items()), reverse=True)
    return [(band, limit.numerator, limit.denominator) for limit, band in exact]


def _band(metres: int, baseline_m: int | None, limits: Iterable[tuple[SpikeBand, int, int]]) -> SpikeBand:
    if baseline_m is None:
        return SpikeBand.NO_BASELINE
    above = (band for band, of, parts in limits if metres * parts > baseline_m * of)
    return next(above, SpikeBand.REFERENCE)


# Every day


def _days(
    outings: Sequence[Outing], recorded: Sequence[date], until: date | None, knowledge: Knowledge
) -> tuple[DayExposure, ...]:
    """Every day from the first outing on. recorded: the dates of activities of any sport, sorted.

    A day has no distance where nobody knows it: in a gap of the record, or where no file tells it of a run.
    """
    if not outings:
        return ()
    values = knowledge.limits["exposures"].values
    first, last = outings[0].date, until or outings[-1].date
    dates = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    silent = frozenset(_silent([*recorded, last + _DAY], values["gap_days"]))
    ran = {day: tuple(of_day) for day, of_day in groupby(outings, key=attrgetter("date"))}
    known = [None if day in silent else ran.get(day, ()) for day in dates]
    metres = [_distance(of_day) for of_day in known]
    weeks = _sums(metres, WEEK)
    usual = [None] * WEEK + _sums(metres, WEEK * values["usual_weeks"])
    return tuple(
        DayExposure(
            date=day,
            runs=len(of_day or ()),
            distance_m=distance,
            ascent_m=_of_day(of_day, "ascent_m"),
            descent_m=_of_day(of_day, "descent_m"),
            minutes=_of_day(of_day, "minutes"),
            week_m=week,
            ratio_to_four_weeks=week * values["usual_weeks"] / base if base and week is not None else None,
        )
        for day, of_day, distance, week, base in zip(dates, known, metres, weeks, usual, strict=False)
    )


def _silent(recorded: Sequence[date], longest_days: int) -> Iterator[date]:
    """The days between two recorded ones that lie too far apart for all of them to be rest."""
    for before, after in pairwise(recorded):
        between = (after - before).days - 1
        if between > longest_days:
            yield from (before + timedelta(days=n + 1) for n in range(between))


def _distance(outings: Sequence[Outing] | None) -> int | None:
    metres = [None] if outings is None else [each.distance_m for each in outings]
    return None if None in metres else sum(each or 0 for each in metres)


def _of_day(outings: Sequence[Outing] | None, name: str) -> float | None:
    if outings is None:
        return None
    return _total(getattr(each, name) for each in outings) if outings else 0


def _sums(metres: Sequence[int | None], width: int) -> list[int | None]:
    """At each day the sum of so many days up to it; None before there are so many, and where one of them is unknown."""
    totals = [0, *accumulate(each or 0 for each in metres)]
    unknown = [0, *accumulate(each is None for each in metres)]
    return [
        totals[end] - totals[end - width] if end >= width and unknown[end] == unknown[end - width] else None
        for end in range(1, len(metres) + 1)
    ]
