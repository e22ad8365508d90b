"""Which recordings are one activity, and which copy stands."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lumbago.journal.matching import Copy, Outcome, Placement, Shelf, Span, completed, copy_of, is_one, rank, span_of
from lumbago.model.activities import Activity, Ground, Source, Sport
from unit.journal.made import MONDAY, activity


def copy(one: Activity, **told: Any) -> Copy:
    plain = {"columns": 5, "sha256": f"file of {one.id}", "part": 1, "name": "x", "read_by": "1", "original": True}
    return copy_of(one, **(plain | told))


def place(shelf: Shelf, one: Activity, **told: Any) -> Placement:
    return shelf.place(one, copy(one, **told))


def span(one: Activity) -> Span:
    return span_of(one.sport, one.source, one.start, one.elapsed_s, one.local_date, one.distance_m)


def later(seconds: float, **told: Any) -> Activity:
    return activity("b", MONDAY + timedelta(seconds=seconds), **told)


@pytest.mark.parametrize(
    ("other", "one"),
    [
        (later(0), True),
        (later(1799), True),  # they share 1,801 of 3,600 s
        (later(1800), False),
        (later(3000, elapsed_s=500.0), True),  # the shorter lies within the longer
        (later(3000, elapsed_s=1300.0), False),  # they share 600 of 1,300 s
        (later(119, elapsed_s=None), True),
        (later(121, elapsed_s=None), False),
        (later(0, elapsed_s=None, distance_m=10_200.0), True),
        (later(0, elapsed_s=None, distance_m=10_210.0), False),
        (later(0, elapsed_s=None, distance_m=None), False),
        (later(50, elapsed_s=-100.0, distance_m=1.0), False),
        (later(0, sport=Sport.CYCLING), False),
        (later(0, sport=Sport.UNKNOWN), True),
        (activity("b", None, local_date=MONDAY.date()), True),
        (activity("b", None, local_date=MONDAY.date(), distance_m=9_000.0), False),
        (activity("b", None, local_date=MONDAY.date() + timedelta(days=1)), False),
        (activity("b", None, local_date=None), False),
    ],
)
def test_two_recordings_of_one_activity(other: Activity, one: bool) -> None:
    assert is_one(span(activity()), span(other)) is one
    assert is_one(span(other), span(activity())) is one


@pytest.mark.parametrize(
    ("seconds", "told", "one"),
    [
        (2 * 3600 + 30, {}, True),  # local time taken for UTC
        (5.75 * 3600, {}, True),
        (1800, {}, True),
        (2 * 3600 + 200, {}, False),
        (2 * 3600, {"distance_m": 10_400.0}, True),
        (2 * 3600, {"distance_m": 10_600.0}, False),
        (600, {"distance_m": 9_000.0}, True),  # they overlap
        (2 * 3600, {"local_date": date(2026, 3, 3)}, False),
    ],
)
def test_a_line_of_a_table_tells_local_time_without_its_zone(seconds: float, told: dict[str, Any], one: bool) -> None:
    row = later(seconds, source=Source.CSV, records=0, **told)
    assert is_one(span(activity()), span(row)) is one


def test_a_richer_copy_replaces_a_poorer_and_takes_what_people_told() -> None:
    shelf = Shelf()
    row = activity("row", source=Source.CSV, records=0, name="Easy", gear="Red", effort_cr10=4.0, race=False)
    assert place(shelf, row, columns=0).outcome is Outcome.IMPORTED
    file = activity("file", ground=Ground.TRAIL)
    placed = place(shelf, file)
    assert (placed.outcome, placed.stands, placed.was, placed.kept.id) == (Outcome.REPLACED, True, "row", "file")
    whole = completed(file, placed.kept)
    assert (whole.name, whole.gear, whole.effort_cr10, whole.race, whole.ground) == ("Easy", "Red", 4.0, False, "trail")


def test_a_poorer_copy_is_noted_and_only_fills_gaps() -> None:
    shelf = Shelf()
    file = activity("file", name="By the watch")
    place(shelf, file)
    placed = place(shelf, activity("row", source=Source.CSV, records=0, name="By hand", gear="Red"), columns=0)
    assert (placed.outcome, placed.stands, placed.kept.id) == (Outcome.POORER, False, "file")
    whole = completed(file, placed.kept)
    assert (whole.name, whole.gear) == ("By the watch", "Red")


def test_like_numbers_of_records_are_alike_and_kinds_of_samples_decide() -> None:
    watch = copy(activity("fit", records=3600), columns=11)
    phone = copy(activity("gpx", records=3601, source=Source.GPX), columns=4)
    assert rank(watch) > rank(phone)
    assert rank(copy(activity(records=3600), columns=4)) > rank(copy(activity(records=1800), columns=11))


def test_as_rich_a_copy_changes_nothing() -> None:
    shelf = Shelf()
    place(shelf, activity("a"))
    assert place(shelf, activity("b")).outcome is Outcome.POORER


def test_the_same_copy_again_is_already_there_whichever_stands() -> None:
    shelf = Shelf()
    place(shelf, activity("row", source=Source.CSV, records=0), columns=0)
    place(shelf, activity("file"))
    for id_, told in (("row", {"source": Source.CSV, "records": 0}), ("file", {})):
        placed = place(shelf, activity(id_, **told), columns=0 if id_ == "row" else 5)
        assert (placed.outcome, placed.stands, placed.noted) == (Outcome.ALREADY_THERE, False, False)


def test_the_same_copy_with_more_told_is_noted() -> None:
    shelf = Shelf()
    file = activity("file")
    place(shelf, file)
    placed = place(shelf, activity("file", gear="Red"))
    assert (placed.outcome, placed.stands, placed.noted) == (Outcome.ALREADY_THERE, False, True)
    assert completed(file, placed.kept).gear == "Red"


def test_a_copy_read_by_a_newer_reader_stands_anew() -> None:
    shelf = Shelf()
    place(shelf, activity("file"))
    placed = place(shelf, activity("file", MONDAY + timedelta(days=1)), read_by="2")
    assert (placed.outcome, placed.stands, placed.was) == (Outcome.ALREADY_THERE, True, "file")
    moved = place(shelf, activity("other", MONDAY + timedelta(days=1), records=10))
    assert moved.kept is placed.kept


def test_two_activities_of_one_file_are_never_one() -> None:
    shelf = Shelf()
    place(shelf, activity("t-1", None, local_date=MONDAY.date()), sha256="table")
    assert place(shelf, activity("t-2", None, local_date=MONDAY.date()), sha256="table").outcome is Outcome.IMPORTED


def test_of_two_alike_the_nearer_in_time_is_taken() -> None:
    shelf = Shelf()
    morning, evening = activity("am"), activity("pm", MONDAY + timedelta(hours=10))
    place(shelf, morning)
    place(shelf, evening)
    row = activity("row", MONDAY + timedelta(hours=9), source=Source.CSV, records=0)
    assert place(shelf, row, columns=0).kept.id == "pm"


def test_one_as_far_goes_before_one_that_only_overlaps() -> None:
    shelf = Shelf()
    place(shelf, activity("early"))
    place(shelf, activity("late", MONDAY + timedelta(hours=2), distance_m=6_000.0))
    row = activity("row", MONDAY + timedelta(hours=2), source=Source.CSV, records=0)  # local time, two hours east
    assert place(shelf, row, columns=0).kept.id == "early"


def test_a_stated_total_goes_before_one_worked_out_of_a_bare_track() -> None:
    shelf = Shelf()
    row = activity("row", source=Source.CSV, records=0, distance_m=5_000.0, timer_s=1_600.0)
    place(shelf, row, columns=0)
    track = activity("track", source=Source.GPX, distance_m=700.0, timer_s=1_700.0)
    placed = place(shelf, track, columns=4)
    whole = completed(track, placed.kept)
    assert (placed.outcome, whole.distance_m, whole.timer_s) == (Outcome.REPLACED, 5_000.0, 1_600.0)
    assert placed.kept.span.distance_m == 5_000.0
    watch = activity("watch", distance_m=5_100.0)
    assert completed(watch, place(shelf, watch, columns=11).kept).distance_m == 5_100.0


@given(st.permutations(["row", "phone", "watch"]))
def test_the_order_in_which_copies_come_is_irrelevant(order: list[str]) -> None:
    kinds = {
        "row": (activity("row", source=Source.CSV, records=0, gear="Red", name="By hand"), 0),
        "phone": (activity("phone", source=Source.GPX, records=900, name="Morning"), 4),
        "watch": (activity("watch"), 11),
    }
    shelf = Shelf()
    placed = [place(shelf, kinds[name][0], columns=kinds[name][1]) for name in order]
    kept = placed[-1].kept
    assert all(one.kept is kept for one in placed) and kept.id == "watch"
    whole = completed(kinds["watch"][0], kept)
    assert (whole.name, whole.gear) == ("Morning", "Red")


def test_a_corrected_row_of_a_table_stands_anew() -> None:
    shelf = Shelf()
    place(shelf, activity("row", source=Source.CSV, distance_m=10_000.0))
    again = place(shelf, activity("row", source=Source.CSV, distance_m=10_000.0))
    corrected = place(shelf, activity("row", source=Source.CSV, distance_m=6_000.0))
    assert (again.stands, corrected.stands) == (False, True)
    assert corrected.outcome is Outcome.ALREADY_THERE
