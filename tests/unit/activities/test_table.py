"""Tables of sessions: each column read as a whole, whatever its language, signs and units; what cannot be read is said by row."""

from __future__ import annotations

import csv
import io
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decided import SHARED
from lumbago.activities.columns import moments
from lumbago.activities.recording import Recording
from lumbago.activities.table import read
from lumbago.errors import ActivityUnreadable, InputError, NotAnActivity
from lumbago.model.activities import Ground, Source, Sport
from lumbago.model.levels import Units

FILES = SHARED / "activities" / "files"
needs_files = pytest.mark.skipif(not FILES.exists(), reason="the shared training files are not beside this checkout")
GARMIN = """Activity Type,Date,Favorite,Title,Distance,Time,Avg HR,Avg Run Cadence,Total Ascent,Steps,Moving Time,Elapsed Time
Treadmill Running,2026-01-04 12:38:59,false,"Lunch, easy","3,40","00:17:01","153","172","--","2.932","00:16:51","00:17:30"
Trail Running,2026-01-02 08:00:00,false,Hills,"10,25","01:02:03,5","--","85","56","5.194","--:--:--","01:05:00"
Strength Training,2026-01-01 18:00:00,false,Gym,"0,00","00:45:00","--","--","--","--","00:45:00","00:45:00"
"""


def rows(text: str, units: Units | None = None) -> tuple[Recording, ...]:
    return read(text.encode(), units)[0]


def only(text: str, units: Units | None = None) -> Recording:
    (row,) = rows(text, units)
    return row


def said(text: str, units: Units | None = None) -> str:
    return " ".join(read(text.encode(), units)[1])


def told(*lines: str) -> str:
    """A table that leaves nothing open."""
    return "\n".join(("date,sport,distance (km),time", *lines))


def test_garmins_list_is_read_with_decimal_commas_and_missing_values() -> None:
    easy, hills, gym = rows(GARMIN)
    assert (easy.source, easy.sport, easy.ground) == (Source.CSV, Sport.RUNNING, Ground.TREADMILL)
    assert (easy.start, easy.local_start) == (None, datetime(2026, 1, 4, 12, 38, 59))
    assert (easy.distance_m, easy.timer_s, easy.elapsed_s) == (3400, 1021, 1050)
    assert (easy.heart_rate_bpm, easy.cadence, easy.steps, easy.name) == (153, 172, True, "Lunch, easy")
    assert easy.ascent_m is None
    assert (hills.ground, hills.distance_m, hills.timer_s) == (Ground.TRAIL, 10_250, 3723.5)
    assert (hills.ascent_m, hills.heart_rate_bpm) == (56, None)
    assert (gym.sport, gym.distance_m, gym.timer_s) == (Sport.STRENGTH, None, 2700)


def test_a_start_in_utc_beside_the_runners_own_time_tells_the_zone() -> None:
    row = only(
        "id,name,distance,moving_time,elapsed_time,type,subtype,start_date,start_date_local,average_heartrate\n"
        "1,Run,2355.4,00:20:46,00:21:46,Run,trail,2022-10-13 23:37:47,2022-10-14 07:37:47,130.0\n"
    )
    assert (row.start, row.utc_offset_s) == (datetime(2022, 10, 13, 23, 37, 47, tzinfo=UTC), 8 * 3600)
    assert (row.distance_m, row.timer_s, row.elapsed_s, row.heart_rate_bpm) == (2355.4, 1246, 1306, 130)
    assert (row.sport, row.ground) == (Sport.RUNNING, Ground.TRAIL)


@pytest.mark.parametrize(
    "table",
    [
        "date,distance (km),time\n2026-01-25,10.5,55:30",
        "Datum;Distanz (km);Dauer\n25.01.2026;10,5;55:30",
        "Datum;Strecke [km];Zeit\n25.01.26;10,5;0:55:30",
        "Date;Distance (km);Durée\n25/01/2026;10,5;55 min 30 s",
        "Fecha;Distancia (km);Tiempo\n25 ene 2026;10,5;55:30",
        "Data;Distanza (km);Tempo\n25 gennaio 2026;10,5;55:30",
        "Datum;Afstand (km);Tijd\n25-01-2026;10,5;55:30",
        "Data;Distância (km);Tempo\n25 de janeiro de 2026;10,5;55:30",
        "日期,距离（公里）,时长\n2026年1月25日,10.5,55分30秒",
        "date\tkm\tminutes\n2026-01-25\t10.5\t55.5",
        "day,distance_m,duration_s\n2026/01/25,10500,3330",
        "date,Distance (m),Time (h:mm:ss)\n1/25/2026,10500,0:55:30",
        "date,distance,time\n2026-01-25,10.5 km,55.5 min",
        "sep=;\nMy runs\n\ndate;km;time\n2026-01-25;10,5;55:30",
        '"date","distance (km)","time"\r\n"2026-01-25","10.5","55:30"\r\n',
    ],
)
def test_a_table_kept_by_hand_is_read_in_many_languages_and_forms(table: str) -> None:
    row = only(table)
    assert row.local_start == datetime(2026, 1, 25)
    assert (row.distance_m, row.timer_s) == (10_500, 3330)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_every_usual_encoding_is_read(encoding: str) -> None:
    table = "Datum;Aktivität;Distanz (km);Zeit;Titel\n25.01.2026;Laufen;10,5;55:30;Große Runde\n"
    ((row,), _) = read(table.encode(encoding))
    assert (row.sport, row.name) == (Sport.RUNNING, "Große Runde")


# Numbers


def test_a_columns_sign_is_shown_by_any_of_its_cells() -> None:
    metres = [
        row.distance_m
        for row in rows('date,sport,distance (m),time\n2026-01-04,run,"5.194",30:00\n2026-01-05,run,"10.250,5",59:00')
    ]
    assert metres == [5194, 10_250.5]


def test_a_column_that_does_not_show_its_sign_takes_the_tables() -> None:
    table = 'date,sport,distance (km),time,total ascent\n2026-01-04,run,"5,19",30:00,"1.250"\n'
    assert only(table).ascent_m == 1250
    assert only(table.replace('"5,19"', '"5.19"').replace('"1.250"', '"1,250"')).ascent_m == 1250


def test_a_number_against_its_columns_sign_is_left_out_rather_than_read_tenfold() -> None:
    table = told("2026-01-04,run,10.5,55:00", "2026-01-05,run,11.25,60:00", '2026-01-06,run,"8,2",44:00')
    assert [row.distance_m for row in rows(table)] == [10_500, 11_250]
    assert said(table) == "Row 4 was left out: no distance that could be read."


# Dates


@pytest.mark.parametrize(
    ("other", "day"),
    [("25/01/2026", datetime(2026, 4, 3)), ("1/25/2026", datetime(2026, 3, 4))],
    ids=["day first", "month first"],
)
def test_another_row_shows_which_side_is_the_day(other: str, day: datetime) -> None:
    first, _ = rows(told("3/4/2026,run,10,55:00", f"{other},run,8,44:00"))
    assert first.local_start == day


@pytest.mark.parametrize(
    "dates", [("3/4/2026", "5/4/2026"), ("25/1/2026", "1/25/2026")], ids=["no row shows", "rows disagree"]
)
def test_dates_that_can_be_read_two_ways_are_asked_for_anew(dates: tuple[str, str]) -> None:
    with pytest.raises(ActivityUnreadable, match="year-month-day") as refusal:
        rows(told(f"{dates[0]},run,10,55:00", f"{dates[1]},run,8,44:00"))
    assert dates[0] not in refusal.value.message


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("2026-01-27T13:57:47Z", datetime(2026, 1, 27, 13, 57, 47)),
        ("20260127", datetime(2026, 1, 27)),
        ("2026-01-27 13:57", datetime(2026, 1, 27, 13, 57)),
        ("Jan 27, 2026, 1:57:47 PM", datetime(2026, 1, 27, 13, 57, 47)),
        ("Jan 27, 2026, 12:05:00\u202fAM", datetime(2026, 1, 27, 0, 5)),
        ("27.01.2026, 13:57:47", datetime(2026, 1, 27, 13, 57, 47)),
        ("27 janv. 2026 à 13:57:47", datetime(2026, 1, 27, 13, 57, 47)),
        ("27 juil. 2026", datetime(2026, 7, 27)),
        ("27 juin 2026", datetime(2026, 6, 27)),
        ("6 mrt. 2026 14:23:15", datetime(2026, 3, 6, 14, 23, 15)),
        ("2 ago 2026, 17:43:26", datetime(2026, 8, 2, 17, 43, 26)),
        ("4. März 2026", datetime(2026, 3, 4)),
        ("5 de out. de 2026 08:00:00", datetime(2026, 10, 5, 8)),
        ("2026年8月16日 09:01:41", datetime(2026, 8, 16, 9, 1, 41)),
        ("2026. 8. 16. 오후 1:05:00", datetime(2026, 8, 16, 13, 5)),
        ("Monday, 4 May 2026", datetime(2026, 5, 4)),
        ("31.02.2026", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_dates_are_read_as_many_programs_write_them(cell: str, expected: datetime | None) -> None:
    (moment,) = moments([cell])
    assert (moment.local if moment is not None else None) == expected


def test_a_zone_behind_the_time_is_kept_and_z_is_nobodys_zone() -> None:
    zoned, utc = rows(told("2026-01-27T13:57:47+02:00,run,10,55:00", "2026-01-28T13:57:47Z,run,10,55:00"))
    assert zoned.start is not None and zoned.start.utcoffset() == timedelta(hours=2)
    assert (zoned.utc_offset_s, zoned.local_start) == (7200, None)
    assert (utc.start, utc.utc_offset_s) == (datetime(2026, 1, 28, 13, 57, 47, tzinfo=UTC), None)


def test_a_time_of_day_in_a_column_of_its_own_belongs_to_the_date() -> None:
    row = only("Date,Time,Sport,Distance (km),Duration\n2026-01-27,07:30,Run,10.2,55:00\n")
    assert (row.local_start, row.timer_s) == (datetime(2026, 1, 27, 7, 30), 3300)


def test_a_start_with_its_day_needs_no_date_beside_it() -> None:
    row = only("type,startTime,sportTime(s),distance(m)\nrunning,2026-01-27 07:30:00+0100,3300,10200\n")
    assert (row.start, row.utc_offset_s) == (datetime(2026, 1, 27, 6, 30, tzinfo=UTC), 3600)
    assert (row.distance_m, row.timer_s) == (10_200, 3300)


# Units and durations


@pytest.mark.parametrize(
    ("heading", "metres"),
    [("Distance (km)", 10_000), ("km", 10_000), ("Distance [mi]", 16_093.44), ("miles", 16_093.44), ("m", 10)],
)
def test_the_heading_tells_the_unit(heading: str, metres: float) -> None:
    assert only(f"date,sport,{heading},minutes\n2026-01-27,run,10,85").distance_m == pytest.approx(metres)
    assert "taken as" not in said(f"date,sport,{heading},minutes\n2026-01-27,run,10,85")


@pytest.mark.parametrize(
    ("distance", "time"),
    [("10000", "3300"), ("10000", "55"), ("10000", "0:55:00")],
    ids=["seconds", "minutes", "a clock"],
)
def test_one_likely_pace_tells_both_units(distance: str, time: str) -> None:
    table = f"date,sport,distance,time\n2026-01-27,run,{distance},{time}"
    assert (only(table).distance_m, only(table).timer_s) == (10_000, 3300)
    assert said(table) == ""


def test_kilometres_are_assumed_aloud_unless_the_units_are_known() -> None:
    table = "date,sport,distance,time\n2026-01-27,run,6,50:00"
    assert only(table).distance_m == 6000
    assert "taken as kilometres" in said(table)
    assert only(table, Units.MILES).distance_m == pytest.approx(9656.06, abs=0.01)
    assert said(table, Units.MILES) == said(table, Units.KM) == ""


@pytest.mark.parametrize(
    ("cell", "seconds"),
    [
        ("1:02:03", 3723),
        ("62:03", 3723),
        ("62.5", 3750),
        ("1 h 2 min", 3720),
        ("1h02m03s", 3723),
        ("01:02:03,5", 3723.5),
    ],
)
def test_durations_are_read_as_people_write_them(cell: str, seconds: float) -> None:
    assert only(told(f'2026-01-27,run,10,"{cell}"')).timer_s == seconds


def test_hours_and_minutes_are_known_by_the_pace_they_give() -> None:
    first, second = rows(told("2026-01-27,run,10,0:55", "2026-01-28,run,20,1:50"))
    assert (first.timer_s, second.timer_s) == (3300, 6600)


def test_tempo_is_a_time_only_in_languages_where_it_is() -> None:
    assert only("Data;Sport;km;Tempo\n2026-01-27;Corsa;10;55:00").timer_s == 3300
    assert only("Datum;Sport;km;Tempo\n2026-01-27;Lauf;10;5:30").timer_s is None


def test_accounts_in_miles_count_heights_in_feet() -> None:
    row = only("date,sport,distance (mi),time,total ascent,avg temp\n2026-01-27,run,10,85:00,100,50")
    assert row.ascent_m == pytest.approx(30.48)
    assert row.temperature_c is None


# What is left out, and what is said of it


def test_a_row_of_totals_and_rows_without_date_or_distance_are_left_out_by_number() -> None:
    table = told("2026-01-04,run,10,55:00", "", "someday,run,5,30:00", "2026-01-06,run,--,30:00", "Total,,15,1:25:00")
    assert len(rows(table)) == 1
    assert said(table) == (
        "Row 4 was left out: no date that could be read. Row 5 was left out: no distance that could be read. "
        "Row 6 was left out: totals of other rows."
    )


def test_many_rows_left_out_are_counted_after_the_first() -> None:
    table = told("2026-01-04,run,10,55:00", *(f"2026-02-{day:02d},run,,55:00" for day in range(1, 13)))
    assert said(table) == "Rows 3, 4, 5, 6, 7, 8, 9, 10 and 4 more were left out: no distance that could be read."


def test_a_table_beyond_all_use_is_refused() -> None:
    with pytest.raises(ActivityUnreadable, match="100,000 rows"):
        rows("date,km\n" + "2026-01-04,5\n" * 100_001)


def test_a_row_that_stands_twice_counts_once() -> None:
    table = told("2026-01-04 08:00,run,10,55:00", "2026-01-04 08:00,run,10,55:00", "2026-01-04 18:00,run,10,55:00")
    assert len(rows(table)) == 2
    assert said(table) == "Row 3 was left out: the same session stands further up."


def test_a_sport_that_is_not_known_is_kept_apart_from_runs_and_said() -> None:
    table = told("2026-01-04,run,10,55:00", "2026-01-05,quidditch,8,44:00")
    assert [row.sport for row in rows(table)] == [Sport.RUNNING, Sport.UNKNOWN]
    assert said(table).startswith("Row 3 named no sport that is known here")


def test_a_table_without_sports_is_taken_as_runs_aloud() -> None:
    table = "date,km,minutes\n2026-01-04,10,55"
    assert only(table).sport is Sport.RUNNING
    assert said(table) == "The table does not name the sport; every session was taken as a run."


def test_effort_counts_only_on_the_scale_to_ten() -> None:
    head, row = "date,sport,km,minutes,rpe,gear,race", "2026-01-04,run,10,55"
    found = only(f"{head}\n{row},7,Blue shoes,yes")
    assert (found.effort_cr10, found.gear, found.race) == (7, "Blue shoes", True)
    assert only(f"{head}\n{row},15,,").effort_cr10 is None
    assert "0 to 10" in said(f"{head}\n{row},15,,")


@pytest.mark.parametrize(
    "text", ["name,price\napple,2\n", "a text, with a comma\nand more", "2026-01-04,10.2,55:00", "", "date,distance\n"]
)
def test_a_table_of_something_else_is_no_activity(text: str) -> None:
    with pytest.raises(NotAnActivity):
        rows(text)


@pytest.mark.parametrize("data", [b"%PDF-1.7 1,2", b"PK\x03\x04date,distance", b"date,distance\nsecret,secret\n"])
def test_a_file_without_one_readable_row_is_refused_without_its_content(data: bytes) -> None:
    with pytest.raises(ActivityUnreadable) as refusal:
        read(data)
    assert "Nothing was kept" in refusal.value.message
    assert "secret" not in refusal.value.message


def test_no_warning_repeats_what_a_row_holds() -> None:
    table = told("2026-01-04,run,10,55:00", "notadate,mysport,33.3,44:00", "2026-01-05,mysport,44.4,11:11")
    assert not any(word in said(table) for word in ("notadate", "mysport", "33.3", "44.4", "11:11"))


def test_quoted_line_breaks_stay_in_their_cell_and_an_open_quote_costs_one_row() -> None:
    notes = 'date,km,minutes,name\n2026-01-04,10,55,"two\nlines"\n2026-01-05,8,44,\n'
    assert [row.name for row in rows(notes)] == ["two\nlines", None]
    many = "".join(f"2026-{1 + day // 28:02d}-{1 + day % 28:02d},10,55,\n" for day in range(300))
    assert len(rows(f'date,km,minutes,name\n2025-12-31,10,55,"open\n{many}')) >= 300


# Identity


def test_the_same_row_keeps_its_identity_in_a_later_export() -> None:
    later = rows(
        "\n".join(
            [
                GARMIN.splitlines()[0],
                'Running,2026-02-01 09:00:00,true,New,"5,00","00:30:00",,,,,,',
                *GARMIN.splitlines()[1:],
            ]
        )
    )
    assert [row.identity for row in later[1:]] == [row.identity for row in rows(GARMIN)]
    assert len({row.identity for row in later}) == 4


def test_a_changed_title_or_distance_does_not_make_another_session() -> None:
    first = only(GARMIN.splitlines()[0] + "\n" + GARMIN.splitlines()[1])
    renamed = only(GARMIN.splitlines()[0] + "\n" + GARMIN.splitlines()[1].replace("Lunch, easy", "Lunch"))
    longer = only(GARMIN.splitlines()[0] + "\n" + GARMIN.splitlines()[1].replace("3,40", "3,41"))
    assert first.identity == renamed.identity == longer.identity


# Real lists


@needs_files
def test_a_real_garmin_list_gives_its_known_totals() -> None:
    found, _ = read((FILES / "grunt" / "Activities.csv").read_bytes())
    metres = [row.distance_m or 0.0 for row in found]
    starts = [row.local_start for row in found if row.local_start is not None]
    assert (len(found), round(sum(metres) / 1000, 1), max(metres)) == (1131, 11_564.3, 110_980)
    assert (min(starts), max(starts)) == (datetime(2019, 2, 1, 15, 21, 47), datetime(2026, 1, 4, 12, 38, 59))
    assert {row.sport for row in found} == {Sport.RUNNING}
    assert Counter(row.ground for row in found) == {None: 774 + 11, Ground.TRAIL: 158, Ground.TREADMILL: 188}


@needs_files
def test_a_real_running_page_list_gives_its_rows_in_metres() -> None:
    data = (FILES / "running_page-chensoul" / "assets__running.csv").read_bytes()
    found, warned = read(data)
    assert (len(found), warned) == (202, ())
    expected = [float(row["distance"]) for row in csv.DictReader(io.StringIO(data.decode("utf-8-sig")))]
    assert [row.distance_m for row in found] == expected
    assert {row.utc_offset_s for row in found} == {8 * 3600}


# Anything at all

CELLS = st.sampled_from(
    [
        "2026-01-04",
        "1/2/2026",
        "31/12/99",
        "10,5",
        "1.234.567",
        "1:2:3",
        "--",
        "9" * 90,
        "NaN",
        "1e9",
        '"',
        "Total",
        "run",
        "\x00",
        "",
    ]
)
HEADS = st.sampled_from(
    ["date", "Datum", "km", "Distance (mi)", "time", "elapsed", "start_date", "start_date_local", "rpe", "m", "(", "h"]
)


@given(
    st.one_of(st.binary(max_size=400), st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")))
)
def test_any_bytes_end_in_recordings_or_a_refusal(data: bytes) -> None:
    try:
        assert read(b"date,distance,time\n" + data)[0]
        read(data)
    except InputError as refusal:
        assert refusal.message


@given(
    st.lists(HEADS, min_size=2, max_size=6), st.lists(st.lists(CELLS, max_size=6), max_size=5), st.sampled_from(",;\t")
)
def test_any_table_ends_in_sound_recordings_or_a_refusal(head: list[str], body: list[list[str]], sign: str) -> None:
    text = "\n".join(sign.join(cells) for cells in [head, *body])
    try:
        found, _ = read(text.encode())
    except InputError:
        return
    assert all(row.start or row.local_start for row in found)
    assert all(row.distance_m is None or 0 < row.distance_m <= 1_000_000 for row in found)
    assert len({row.identity for row in found}) == len(found)


def test_two_sessions_of_one_day_are_told_apart_by_their_order() -> None:
    table = "date,distance (km),time\n2026-10-04,5,0:30:00\n2026-10-04,{},0:40:00\n"
    one, other = rows(table.format(6))
    assert one.identity != other.identity
    assert [row.identity for row in rows(table.format(7))] == [one.identity, other.identity]
