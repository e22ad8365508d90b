"""Whatever the history: the function, the SQL and the definition agree, and order, copies and the calendar change nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from itertools import accumulate
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from decided import knowledge
from lumbago.exposure.cohort import expose_all
from lumbago.exposure.runs import distinct, expose
from lumbago.model.activities import Activity, RunExposure, Source, SpikeBand, Sport

FIRST = datetime(2024, 1, 20, tzinfo=UTC)  # a leap year
STEPS = [
    0,
    0,
    0,
    1,
    1,
    1,
    2,
    3,
    7,
    14,
    28,
    29,
    30,
    31,
    60,
]  # days from one run to the next, on both sides of each limit
TIES_M = [1000, 1100, 1101, 1300, 1301, 2000, 2001, 10000, 11000, 13000, 14300, 20000, 22000]
ODD_M = [None, 0, 60, 99, 99.5, 100, 100.5, 4999.5]

distances = st.one_of(st.sampled_from(TIES_M), st.sampled_from(ODD_M), st.integers(500, 30000).map(lambda n: n / 2))
climbs = st.one_of(st.none(), st.integers(0, 400).map(float))


@st.composite
def histories(draw: st.DrawFn, by_day: bool = False) -> list[Activity]:
    """Runs and a few rides, several on some days, by clocks of several zones; some without a start, a length or a distance.

    by_day: in one zone, and nobody is out at midnight.
    """
    steps = draw(st.lists(st.sampled_from(STEPS), max_size=30))
    return [draw(_activity(f"{n:02}", day, by_day)) for n, day in enumerate(accumulate(steps))]


@st.composite
def _activity(draw: st.DrawFn, name: str, day: int, by_day: bool) -> Activity:
    start = FIRST + timedelta(days=day, minutes=15 * draw(st.integers(0, 80 if by_day else 95)))
    zone = timedelta(hours=0 if by_day else draw(st.sampled_from([0, 0, 0, 9, -8])))
    elapsed = draw(st.sampled_from([None, 900.0, 1800.0, 3600.0, 7200.0]))
    return Activity(
        id=name,
        source=Source.FIT,
        sport=draw(st.sampled_from([*[Sport.RUNNING] * 6, Sport.CYCLING])),
        start=draw(st.sampled_from([start, start, start, None])),
        local_date=(start + zone).date(),
        elapsed_s=elapsed,
        distance_m=draw(distances),
        ascent_m=draw(climbs),
        descent_m=draw(climbs),
        longest_unbroken_s=draw(climbs),
        records=draw(st.integers(1, 3)),
    )


# The definition, written out


def defined(runs: Sequence[Activity]) -> list[RunExposure]:
    """Straight from evidence/running.md a1 and settled.md, comparing everything with everything."""
    outs = [_summed(group) for group in _groups(runs)]
    long_enough = [each for each in outs if each.distance_m is None or each.distance_m >= 100]
    known = [each for each in long_enough if each.distance_m is not None]
    ran = {each.local_date for each in long_enough}
    first_of_day = {min((r for r in long_enough if r.local_date == day), key=_order).id for day in ran}
    return [_defined(each, known, ran, each.id in first_of_day) for each in sorted(known, key=_order)]


def _groups(runs: Sequence[Activity]) -> list[list[Activity]]:
    """The runs that hang together by gaps under half an hour, through whichever run between."""
    groups = [[run] for run in runs]
    while pair := next(
        ((a, b) for a in groups for b in groups if a is not b and any(_joins(x, y) for x in a for y in b)), None
    ):
        pair[0].extend(pair[1])
        groups = [group for group in groups if group is not pair[1]]
    return groups


def _joins(one: Activity, other: Activity) -> bool:
    if None in (one.start, other.start, one.distance_m, other.distance_m) or one.local_date != other.local_date:
        return False
    assert one.start and other.start
    end = one.start + timedelta(seconds=one.elapsed_s or 0)
    return one.start <= other.start and other.start - end < timedelta(minutes=30)


def _summed(group: list[Activity]) -> Activity:
    """The longest piece, with the sums of all; the ids of all in its name."""
    pieces = sorted(group, key=lambda run: (-(round(run.distance_m or 0)), run.start or FIRST, run.id))
    return replace(
        pieces[0],
        name=" ".join(run.id for run in pieces),
        start=min((run.start for run in group if run.start), default=None),
        distance_m=None if pieces[0].distance_m is None else sum(round(run.distance_m or 0) for run in group),
        ascent_m=_known_sum([run.ascent_m for run in group]),
        descent_m=_known_sum([run.descent_m for run in group]),
        elapsed_s=_known_sum([run.elapsed_s for run in group]),
        longest_unbroken_s=max(
            (run.longest_unbroken_s for run in group if run.longest_unbroken_s is not None), default=None
        ),
    )


def _known_sum(values: list[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def _order(run: Activity) -> tuple[Any, ...]:
    return run.local_date, run.start is None, run.start or FIRST, run.id


def _defined(run: Activity, known: list[Activity], ran: set[date | None], first_of_day: bool) -> RunExposure:
    assert run.local_date and run.distance_m is not None and run.name
    day, metres = run.local_date, int(run.distance_m)
    window = [each.distance_m for each in known if each.local_date and 1 <= (day - each.local_date).days <= 30]
    longest = max((int(each) for each in window if each is not None), default=None)
    earlier = [each for each in ran if each and each < day]
    off = None if not earlier else sum(max(earlier) < day - timedelta(days=n) < day for n in range(1000))
    return RunExposure(
        id=run.id,
        ids=tuple(run.name.split()),
        date=day,
        distance_m=metres,
        longest_before_m=longest,
        ratio=None if longest is None else metres / longest,
        band=SpikeBand.NO_BASELINE if longest is None else _band(Fraction(metres, longest)),
        days_off=off if first_of_day else 0,
        early=(day - min(each.local_date for each in known if each.local_date)).days < 30,
        ascent_m=run.ascent_m,
        descent_m=run.descent_m,
        minutes=None if run.elapsed_s is None else run.elapsed_s / 60,
        unbroken_minutes=None if run.longest_unbroken_s is None else run.longest_unbroken_s / 60,
    )


def _band(ratio: Fraction) -> SpikeBand:
    if ratio <= Fraction(11, 10):
        return SpikeBand.REFERENCE
    if ratio <= Fraction(13, 10):
        return SpikeBand.SMALL
    return SpikeBand.MODERATE if ratio <= 2 else SpikeBand.LARGE


# The SQL


def in_sql(runners: dict[str, Sequence[Activity]]) -> dict[str, list[RunExposure]]:
    rows = [(runner, run) for runner, runs in runners.items() for run in runs]
    columns = {
        "runner_id": [runner for runner, _ in rows],
        "id": [run.id for _, run in rows],
        "start": [run.start and run.start.replace(tzinfo=None) for _, run in rows],
        "minutes": [None if run.elapsed_s is None else run.elapsed_s / 60 for _, run in rows],
        "unbroken_minutes": [
            None if run.longest_unbroken_s is None else run.longest_unbroken_s / 60 for _, run in rows
        ],
    }
    same = ("local_date", "distance_m", "elapsed_s", "ascent_m", "descent_m")
    found = expose_all(columns | {name: [getattr(run, name) for _, run in rows] for name in same}, knowledge())
    told = {name: np.ma.asarray(column).tolist() for name, column in found.items()}
    by_runner: dict[str, list[RunExposure]] = {runner: [] for runner in runners}
    for n, runner in enumerate(told["runner_id"]):
        row = {each.name: told[each.name][n] for each in fields(RunExposure)}
        exact = {"ids": tuple(row["ids"]), "date": row["date"].date(), "band": SpikeBand(row["band"])}
        by_runner[runner].append(RunExposure(**(row | exact)))
    return by_runner


def assert_alike(some: Sequence[RunExposure], others: Sequence[RunExposure]) -> None:
    """Equal; only minutes, sums of fractions, may differ in their last digits by the order of summing."""
    assert [replace(each, minutes=None, unbroken_minutes=None) for each in some] == [
        replace(each, minutes=None, unbroken_minutes=None) for each in others
    ]
    for one, other in zip(some, others, strict=True):
        assert (one.minutes, one.unbroken_minutes) == pytest.approx((other.minutes, other.unbroken_minutes))


def runs_of(history: Sequence[Activity]) -> tuple[Activity, ...]:
    return distinct((each for each in history if each.sport is Sport.RUNNING), knowledge())


@given(histories())
def test_the_function_is_the_definition(history: list[Activity]) -> None:
    assert_alike(expose(history, knowledge()).runs, defined(runs_of(history)))


@given(histories(), histories())
def test_the_function_is_the_sql(one: list[Activity], other: list[Activity]) -> None:
    found = in_sql({"one": runs_of(one), "other": runs_of(other)})
    for name, history in (("one", one), ("other", other)):
        assert_alike(expose(history, knowledge()).runs, found[name])


@given(histories(), st.randoms(use_true_random=False))
def test_order_and_copies_change_nothing(history: list[Activity], chance: Any) -> None:
    plain = expose(history, knowledge())
    telling = [each for each in history if each.distance_m is not None]  # else nothing tells that it is the same run
    poorer = [replace(each, id=f"{each.id} again", records=0) for each in telling]
    more = [*history, *history, *poorer]
    chance.shuffle(more)
    assert expose(more, knowledge()) == plain


@given(histories(), st.integers(-4000, 4000))
def test_the_same_history_on_other_dates_gives_the_same_on_other_dates(history: list[Activity], days: int) -> None:
    shift = timedelta(days=days)
    plain = expose(history, knowledge())
    moved = expose(
        [
            replace(
                each, start=each.start and each.start + shift, local_date=each.local_date and each.local_date + shift
            )
            for each in history
        ],
        knowledge(),
    )
    assert moved.runs == tuple(replace(each, date=each.date + shift) for each in plain.runs)
    assert moved.days == tuple(replace(each, date=each.date + shift) for each in plain.days)
    assert moved.warnings == plain.warnings


@given(histories(by_day=True))
def test_what_comes_later_changes_nothing_of_what_was(history: list[Activity]) -> None:
    whole = expose(history, knowledge())
    for each in whole.runs[-3:]:
        upto = expose(history, knowledge(), each.date)
        assert upto.runs == tuple(run for run in whole.runs if run.date <= each.date)


@given(histories())
def test_days_hold_every_run_once(history: list[Activity]) -> None:
    found = expose(history, knowledge())
    known = sum(day.distance_m or 0 for day in found.days)
    unknown = {day.date for day in found.days if day.distance_m is None}
    assert known == sum(run.distance_m for run in found.runs if run.date not in unknown)
    assert [later.date - day.date for day, later in zip(found.days, found.days[1:], strict=False)] == (
        [timedelta(days=1)] * max(0, len(found.days) - 1)
    )


@given(st.datetimes(datetime(2024, 1, 1), datetime(2025, 12, 31)), st.sampled_from([-11, -8, 0, 5, 9, 14]))
def test_a_run_counts_on_its_local_date_wherever_it_was(moment: datetime, hours: int) -> None:
    """Two runs a day apart by the runner's clock: the first is the baseline of the second, whatever the date was in UTC."""
    local = [moment, moment + timedelta(days=1)]
    pair = [
        Activity(
            id=str(n),
            source=Source.FIT,
            sport=Sport.RUNNING,
            start=(each - timedelta(hours=hours)).replace(tzinfo=UTC),
            local_date=each.date(),
            elapsed_s=600.0,
            distance_m=5000.0,
        )
        for n, each in enumerate(local)
    ]
    for found in (expose(pair, knowledge()).runs, in_sql({"one": pair})["one"]):
        assert [each.date for each in found] == [each.date() for each in local]
        assert [each.longest_before_m for each in found] == [None, 5000]
