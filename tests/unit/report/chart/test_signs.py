"""The signs for a terminal: bars, marks and words within the width asked for."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from decided import knowledge
from lumbago.model.activities import Exposures
from lumbago.model.levels import Units
from lumbago.report.chart.signs import blocks
from lumbago.report.text import columns
from runs import ran
from unit.report.chart.histories import BANDS, HISTORIES, ONSET, STEADY, TODAY, USUAL


def signs(exposures: Exposures, onset: date | None = None, width: int = 100, plain: bool = False) -> str:
    return blocks(exposures, knowledge(), until=TODAY, onset=onset, units=Units.KM, width=width, plain=plain)


@pytest.mark.parametrize("name", HISTORIES)
@pytest.mark.parametrize("width", [20, 30, 40, 60, 80, 91, 100, 200])
def test_no_line_is_wider_than_asked(name: str, width: int) -> None:
    for plain in (False, True):
        text = signs(HISTORIES[name], ONSET, width, plain)
        assert max(columns(line) for line in text.splitlines()) <= width
        assert text.isascii() or not plain


def test_a_day_is_a_column_where_they_fit_else_a_week_is() -> None:
    wide, narrow = (signs(STEADY, width=width).splitlines() for width in (100, 40))
    floors = [next(line for line in lines if "└" in line) for lines in (wide, narrow)]
    assert [floor.count("─") for floor in floors] == [84, 36]


def test_a_bar_is_as_high_as_its_run() -> None:
    text = signs(ran(TODAY, *USUAL, (80, 10_000), (40, 5_000)), width=100).splitlines()
    top, floor = 2, next(n for n, line in enumerate(text) if "└" in line)
    heights = {}
    for ago in (80, 40):
        at = text[floor].index("└") + 84 - ago
        heights[ago] = sum(line[at : at + 1] == "█" for line in text[top:floor])
    assert heights == {80: 8, 40: 4}


def test_marks_stand_above_their_runs_and_are_explained() -> None:
    lines = signs(BANDS, width=100).splitlines()
    floor = next(line for line in lines if "└" in line)
    today = floor.index("└") + 84
    assert [lines[1][today - ago] for ago in (83, 80, 77, 3)] == ["+", "*", "X", "o"]
    for key in (
        "+ more than 10 %",
        "* more than 30 %",
        "X more than 2 times",
        "o no run in the 30 days",
        "· no record",
    ):
        assert any(line.startswith(key) for line in lines)


@pytest.mark.parametrize("days_ago", [80, 4])
def test_the_onset_is_marked_below_its_day(days_ago: int) -> None:
    onset = TODAY - timedelta(days=days_ago)
    lines = signs(STEADY, onset, width=100).splitlines()
    floor = next(line for line in lines if "└" in line)
    marked = next(line for line in lines if "^" in line)
    assert marked.index("^") == floor.index("└") + 84 - days_ago
    assert "pain began" in marked


def test_a_narrow_screen_names_the_onset_on_a_line_of_its_own() -> None:
    lines = signs(STEADY, TODAY - timedelta(days=40), width=24).splitlines()
    assert any(line.strip() == "^" for line in lines)
    assert any(line.startswith("^ pain began") for line in lines)
