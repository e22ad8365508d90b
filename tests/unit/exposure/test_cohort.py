"""Many runners in one SQL text: runners do not mix, the unknown stays unknown, and outings are made there too."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
import pytest

from decided import knowledge
from lumbago.exposure.cohort import expose_all

FIRST = datetime(2025, 3, 1, 7)
NAMES = (
    (
        "runner_id id start local_date distance_m elapsed_s ascent_m descent_m minutes unbroken_minutes"  # as expose_all takes them
    ).split()
)


def row(
    runner: str | int, id_: str | int, day: int, metres: float | None, at_min: int | None = 0, **more: Any
) -> tuple[Any, ...]:
    """A run of half an hour so many days and minutes after FIRST; at_min None: its start is not known."""
    begin = FIRST + timedelta(days=day)
    start = None if at_min is None else begin + timedelta(minutes=at_min)
    told = {"elapsed_s": 1800.0, "ascent_m": None, "descent_m": None, "minutes": None, "unbroken_minutes": None} | more
    return runner, id_, start, begin.date(), metres, *told.values()


def exposed(*rows: tuple[Any, ...]) -> dict[str, list[Any]]:
    """Each column as a list, None where masked."""
    columns = dict(zip(NAMES, map(list, zip(*rows, strict=True)), strict=True))
    return {name: np.ma.asarray(column).tolist() for name, column in expose_all(columns, knowledge()).items()}


def test_each_runner_is_set_against_own_runs_alone() -> None:
    found = exposed(
        row("ben", "b1", 0, 20000), row("ada", "a1", 1, 4000), row("ada", "a2", 2, 5000), row("ben", "b2", 3, 21000)
    )
    assert found["runner_id"] == ["ada", "ada", "ben", "ben"]
    assert found["longest_before_m"] == [None, 4000, None, 20000]
    assert found["ratio"] == [None, 1.25, None, 1.05]
    assert found["band"] == ["no-baseline", "small", "no-baseline", "reference"]
    assert found["days_off"] == [None, 0, None, 2]
    assert found["early"] == [True] * 4


@pytest.mark.parametrize(("metres", "band"), [(11000, "reference"), (11001, "small"), (13000, "small"), (13001, "moderate"),
                                              (20000, "moderate"), (20001, "large")])  # fmt: skip
def test_ties_are_the_band_below(metres: int, band: str) -> None:
    assert exposed(row("ada", "a", 0, 10000), row("ada", "b", 30, metres))["band"][-1] == band


def test_the_window_is_by_date() -> None:
    rows = [
        row("ada", "a", 0, 9000),
        row("ada", "b", 30, 4000),
        row("ada", "c", 30, 5000, 600),
        row("ada", "d", 61, 6000),
    ]
    assert exposed(*rows)["longest_before_m"] == [None, 9000, 9000, None]


def test_pieces_with_a_short_gap_are_one_outing() -> None:
    found = exposed(
        row("ada", "a", 0, 2000.4, 0, ascent_m=10.0, minutes=20.0, unbroken_minutes=9.0),
        row("ada", "b", 0, 7000.4, 59, ascent_m=None, minutes=30.0, unbroken_minutes=21.0),
        row("ada", "c", 0, 3000, 119),
        row("ada", "d", 0, 3000, None),
    )
    assert [list(ids) for ids in found["ids"]] == [["b", "a"], ["c"], ["d"]]
    assert (found["id"][0], found["distance_m"][0]) == ("b", 9000)
    assert [found[name][0] for name in NAMES[-4:]] == [10.0, None, 50.0, 21.0]


def test_gaps_are_counted_from_the_latest_end() -> None:
    rows = [
        row("ada", "a", 0, 9000, 0, elapsed_s=3600.0),
        row("ada", "b", 0, 900, 10, elapsed_s=None),
        row("ada", "c", 0, 2000, 80),
    ]
    assert [list(ids) for ids in exposed(*rows)["ids"]] == [["a", "c", "b"]]


def test_short_runs_are_dropped_and_unknown_distances_only_end_a_break() -> None:
    rows = [row("ada", "a", 0, 5000), row("ada", "b", 5, 99.4), row("ada", "c", 10, None), row("ada", "d", 12, 6000)]
    found = exposed(*rows, row("ada", "e", 13, 60), row("ada", "f", 13, 60, 40))
    assert (found["id"], found["days_off"]) == (["a", "d", "e"], [None, 1, 0])
    assert found["longest_before_m"] == [None, 5000, 6000]


def test_a_run_of_unknown_distance_between_two_pieces_does_not_part_them() -> None:
    rows = [row("ada", "a", 0, 5000), row("ada", "b", 0, None, 35), row("ada", "c", 0, 3000, 40)]
    assert [list(ids) for ids in exposed(*rows)["ids"]] == [["a", "c"]]


def test_rows_without_a_date_are_left_out() -> None:
    undated = ("ada", "b", None, None, 9000.0, 1800.0, None, None, None, None)
    assert exposed(row("ada", "a", 0, 5000), undated)["id"] == ["a"]


def test_arrays_are_taken_as_they_are() -> None:
    known = {"distance_m": np.array([4000, 5000]), "elapsed_s": np.array([1800, np.nan])}
    days = np.array(["2025-03-01", "2025-03-02"], dtype="datetime64[D]")
    empty = dict.fromkeys(("ascent_m", "descent_m", "minutes", "unbroken_minutes"), np.full(2, np.nan))
    found = expose_all(
        {"runner_id": np.array([7, 7]), "id": np.array([1, 2]), "start": days, "local_date": days, **known, **empty},
        knowledge(),
    )
    assert found["runner_id"].tolist() == [7, 7]
    assert found["date"].astype("datetime64[D]").tolist() == [date(2025, 3, 1), date(2025, 3, 2)]
    assert found["ratio"][1] == 1.25
    assert found["ascent_m"].mask.all()
