"""The days of a chart, and its words and table."""

from __future__ import annotations

from datetime import date, timedelta

from decided import knowledge
from lumbago.model.activities import Exposures
from lumbago.model.levels import Units
from lumbago.report.chart.span import band_words, describe, last_day, rows, span
from runs import ran
from unit.report.chart.histories import BANDS, FIRST_DAYS, NONE, ONE, ONSET, STEADY, TODAY, USUAL

# --- which days


def test_a_short_record_makes_a_short_chart() -> None:
    assert span(STEADY, knowledge(), TODAY, None).days == 84
    assert span(STEADY, knowledge(), TODAY, None, weeks=8).days == 56
    assert span(ONE, knowledge(), TODAY, None).days == 35
    assert span(NONE, knowledge(), TODAY, None).runs == ()


def test_the_chart_ends_after_the_onset_or_today_or_where_runs_end() -> None:
    later = TODAY + timedelta(days=60)
    assert last_day(STEADY, TODAY) == TODAY
    assert last_day(STEADY, later, ONSET) == ONSET + timedelta(days=14)
    assert last_day(STEADY, TODAY, ONSET) == TODAY
    assert last_day(STEADY, later) == later
    assert last_day(STEADY, TODAY + timedelta(days=400)) == STEADY.runs[-1].date
    assert last_day(NONE, TODAY) == TODAY


def test_each_day_has_the_longest_of_the_30_days_before_it() -> None:
    shown = span(ran(TODAY, (100, 8_000), (60, 12_000), (59, 5_000)), knowledge(), TODAY, None)
    by_day = {TODAY - timedelta(days=shown.days - 1 - place): longest for place, longest in enumerate(shown.longest_m)}
    expected = {83: 8_000, 70: 8_000, 69: None, 60: None, 59: 12_000, 30: 12_000, 29: 5_000, 28: None}
    assert {ago: by_day[TODAY - timedelta(days=ago)] for ago in expected} == expected


# --- words and table


def described(exposures: Exposures, onset: date | None = None) -> str:
    return describe(span(exposures, knowledge(), TODAY, onset), knowledge(), Units.KM)


def test_the_description_tells_the_longest_run_those_that_stand_out_and_the_onset() -> None:
    words = described(BANDS, ONSET)
    assert words.startswith("4 runs. The longest was 40 km on Sun 13 Sep.")
    assert "12 km on Mon 7 Sep (+20 %), 18 km on Thu 10 Sep (+50 %), 40 km on Sun 13 Sep (+122 %)" in words
    assert words.endswith("The pain began on Wed 25 Nov.")
    assert "None was more than 10 % longer" in described(STEADY)
    assert "pain" not in described(STEADY)


def test_only_the_largest_of_many_are_told_and_the_rest_counted() -> None:
    growing = ran(TODAY, *USUAL, *((83 - 3 * n, 10_000 * 1.2 ** (n + 1)) for n in range(7)))
    words = described(growing)
    assert words.count("(+") == 5
    assert "And 2 more." in words


def test_each_band_in_words() -> None:
    said = [band_words(run, knowledge()) for run in BANDS.runs[-4:]]
    assert said == ["longer: +20 %", "much longer: +50 %", "more than double: +122 %", "no run in the 30 days before"]
    assert band_words(STEADY.runs[-1], knowledge()) == "usual"
    assert band_words(FIRST_DAYS.runs[-1], knowledge()) == "record too short to say"


def test_the_table_holds_the_same_runs_newest_first() -> None:
    table = rows(BANDS, knowledge(), until=TODAY, units=Units.KM)
    assert table[0] == ("Thu 26 Nov", "5.0 km", "-", "no run in the 30 days before")
    assert table[1] == ("Sun 13 Sep", "40.0 km", "18.0 km", "more than double: +122 %")
    assert len(table) == 4
    assert rows(BANDS, knowledge(), until=TODAY, units=Units.MILES)[0][1] == "3.1 mi"
