"""Strava's list: the same rows in every language of the account, and what they add to the files."""

from __future__ import annotations

import csv
import hashlib
import io
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decided import SHARED
from lumbago.activities.strava import StravaRow, is_index, read_index
from lumbago.errors import ActivityUnreadable, InputError, NotAnActivity
from lumbago.model.activities import Activity, Ground, Source, Sport
from recordings import activity

LIST = SHARED / "activities" / "files" / "strava-insights" / "data__activities.csv"
needs_files = pytest.mark.skipif(not LIST.exists(), reason="the shared training files are not beside this checkout")
START = datetime(2026, 1, 27, 13, 57, 47, tzinfo=UTC)
ENGLISH = {
    "Activity ID": "7",
    "Activity Date": "Jan 27, 2026, 1:57:47 PM",
    "Activity Name": "Lunch Run",
    "Activity Type": "Run",
    "Activity Description": "",
    "Elapsed Time": "1800",
    "Distance": "5.10",
    "Max Heart Rate": "170",
    "Relative Effort": "38",
    "Commute": "true",
    "Activity Private Note": "knee felt odd",
    "Activity Gear": "Blue shoes",
    "Filename": "activities/7.fit.gz",
    "Athlete Weight": "",
    "Bike Weight": "",
    "Elapsed Time ": "1800.0",
    "Moving Time": "1700.0",
    "Distance ": "5098.7",
    "Max Speed": "4.2",
    "Average Speed": "3.0",
    "Elevation Gain": "41.5",
    "Elevation Loss": "40.0",
    "Average Cadence": "85.0",
    "Average Heart Rate": "151.5",
    "Perceived Exertion": "7.0",
    '<span class="translation_missing">Type</span>': "1.0",
}
GERMAN = (
    "Aktivitäts-ID,Aktivitätsdatum,Name der Aktivität,Aktivitätsart,Aktivitätsbeschreibung,Verstrichene Zeit,Distanz,"
    "Max. Herzfrequenz,Relative Leistung,Pendeln,Hinweis zur Privatsphäre für Aktivitäten,Aktivitätsausrüstung,Dateiname,"
    "Sportlergewicht,Fahrradgewicht,Verstrichene Zeit,Bewegungszeit,Distanz,Höchstgeschw.,Durchschnittliche Geschwindigkeit,"
    "Höhenzunahme,Höhenunterschied,Durchschnittliche Trittfrequenz,Durchschnittliche Herzfrequenz,Gefühlte Anstrengung,Art"
)


def written(columns: dict[str, str]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([columns.keys(), columns.values()])
    return text.getvalue().encode()


def in_words(head: str, *values: str) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([head.split(","), values])
    return text.getvalue().encode()


def only(data: bytes) -> StravaRow:
    (row,) = read_index(data).rows
    return row


def row(**changes: str) -> StravaRow:
    return only(written(ENGLISH | changes))


def test_a_row_tells_everything_the_list_knows() -> None:
    told = row()
    assert (told.activity_id, told.filename, told.start) == ("7", "activities/7.fit.gz", START)
    assert (told.name, told.sport, told.gear, told.commute) == ("Lunch Run", Sport.RUNNING, "Blue shoes", True)
    assert (told.elapsed_s, told.moving_s, told.distance_m) == (1800, 1700, 5098.7)
    assert (told.ascent_m, told.descent_m, told.heart_rate_bpm, told.cadence) == (41.5, 40, 151.5, 85)
    assert (told.effort_cr10, told.race, told.note) == (7, True, "knee felt odd")


def test_the_private_note_is_not_shown_with_the_row() -> None:
    assert "knee" not in repr(row())


def test_german_headings_mean_the_same() -> None:
    values = list(ENGLISH.values())
    values[1], values[3], values[6] = "27.01.2026, 13:57:47", "Lauf", "5,10"
    assert only(in_words(GERMAN, *values)) == row()


@pytest.mark.parametrize(
    ("head", "day", "kind"),
    [
        ("ID de l'activité,Date de l'activité,Nom de l'activité,Type d'activité,Temps écoulé,Distance,Nom du fichier,"
         "Durée de déplacement", "27 janv. 2026 à 13:57:47", "Course à pied"),
        ("ID de actividad,Fecha de la actividad,Nombre de la actividad,Tipo de actividad,Tiempo transcurrido,Distancia,"
         "Nombre del archivo,Tiempo en movimiento", "27 ene 2026, 13:57:47", "Carrera"),
        ("ID attività,Data dell’attività,Nome attività,Tipo attività,Tempo trascorso,Distanza,Nome del file,Tempo in movimento",
         "27 gen 2026, 13:57:47", "Corsa"),
        ("ID da atividade,Data da atividade,Nome da atividade,Tipo de atividade,Tempo decorrido,Distância,Nome do arquivo,"
         "Tempo de movimentação", "27 de jan. de 2026, 13:57:47", "Corrida"),
        ("Activiteits-ID,Datum van activiteit,Naam van activiteit,Activiteitstype,Verstreken tijd,Afstand,Bestandsnaam,Beweegtijd",
         "27 jan. 2026 13:57:47", "Hardloopsessie"),
        ("アクティビティID,アクティビティ実行日,アクティビティ名,アクティビティタイプ,経過時間,距離,ファイル名,移動時間",
         "2026/01/27 13:57:47", "ランニング"),
        ("活动 ID,活动日期,活动名称,活动类型,全程耗时,距离,文件名,移动时间", "2026年1月27日 13:57:47", "跑步"),
    ],
    ids=["fr", "es", "it", "pt", "nl", "ja", "zh"],
)  # fmt: skip
def test_other_languages_mean_the_same(head: str, day: str, kind: str) -> None:
    told = only(in_words(head, "7", day, "Lunch Run", kind, "1800", "5,10", "activities/7.fit.gz", "1700"))
    assert (told.activity_id, told.start, told.sport, told.filename) == (
        "7",
        START,
        Sport.RUNNING,
        "activities/7.fit.gz",
    )
    assert (told.name, told.moving_s) == ("Lunch Run", 1700)


def test_an_unknown_language_is_read_by_place() -> None:
    values = {f"x{place}": "" for place in range(60)} | {
        "x0": "7", "x1": "2026-01-27 13:57:47", "x2": "Lõuna", "x3": "Run", "x5": "1800", "x6": "5.10", "x12": "activities/7.gpx",
        "x15": "1800.0", "x16": "1700.0", "x17": "5098.7", "x31": "150.0", "x43": "6.0",
    }  # fmt: skip
    told = only(written(values))
    assert (told.start, told.distance_m, told.heart_rate_bpm, told.effort_cr10) == (START, 5098.7, 150, 6)
    assert not is_index(written(values | {"x12": "elsewhere.gpx"}))


def test_an_export_from_before_2019_counts_metres() -> None:
    head = "id,date,name,type,description,elapsed_time,distance,commute,gear,filename"
    told = only(
        in_words(
            head, "7", "2026-01-27 13:57:47", "Run", "Run", "", "1800", "5098.7", "false", "Blue", "activities/7.gpx"
        )
    )
    assert (told.start, told.distance_m, told.gear, told.commute, told.sport) == (
        START,
        5098.7,
        "Blue",
        False,
        Sport.RUNNING,
    )


def test_a_single_distance_of_a_later_export_counts_kilometres() -> None:
    single = {name: value for name, value in ENGLISH.items() if name != "Distance "}
    assert only(written(single)).distance_m == 5100


@pytest.mark.parametrize(("kind", "race"), [("1.0", True), ("0.0", False), ("3", False), ("", None), ("11", None)])
def test_only_a_run_marked_as_a_race_is_one(kind: str, race: bool | None) -> None:
    assert row(**{'<span class="translation_missing">Type</span>': kind}).race is race
    assert row(**{'<span class="translation_missing">Type</span>': "1.0", "Activity Type": "Ride"}).race is None


def test_an_activity_typed_in_by_hand_becomes_a_recording() -> None:
    made = row(Filename="").recording()
    assert (made.source, made.sport, made.start, made.manual) == (Source.STRAVA, Sport.RUNNING, START, True)
    assert (made.distance_m, made.elapsed_s, made.timer_s, made.effort_cr10) == (5098.7, 1800, 1700, 7)
    assert (made.name, made.gear, made.race) == ("Lunch Run", "Blue shoes", True)
    assert made.identity == hashlib.sha256(b"strava|7").hexdigest()
    assert not row().recording().manual


def test_the_row_completes_its_file_and_changes_no_measurement() -> None:
    watch: Activity = activity(date(2026, 1, 27), km=5.05, sport=Sport.RUNNING, ascent_m=50.0, name="Morning")
    done = row().complete(watch)
    assert (done.name, done.gear, done.effort_cr10, done.race) == ("Lunch Run", "Blue shoes", 7, True)
    assert (done.distance_m, done.ascent_m, done.elapsed_s, done.start) == (5050, 50, watch.elapsed_s, watch.start)
    assert (done.descent_m, done.heart_rate_bpm, done.moving_s) == (40, 151.5, 1700)


def test_the_row_tells_a_sport_and_ground_that_the_file_does_not() -> None:
    trail = row(**{"Activity Type": "Trail Run"})
    unknown = activity(date(2026, 1, 27), km=None, sport=Sport.UNKNOWN)
    done = trail.complete(unknown)
    assert (done.sport, done.ground, done.distance_m) == (Sport.RUNNING, Ground.TRAIL, 5098.7)
    ride = trail.complete(replace(unknown, sport=Sport.CYCLING))
    assert (ride.sport, ride.ground) == (Sport.CYCLING, None)


def test_an_empty_row_takes_nothing_away() -> None:
    bare = row(
        **dict.fromkeys(
            ("Activity Name", "Activity Gear", "Perceived Exertion", '<span class="translation_missing">Type</span>'),
            "",
        )
    )
    watch = activity(date(2026, 1, 27), name="Morning", gear="Red", effort_cr10=4.0, race=True)
    done = bare.complete(watch)
    assert (done.name, done.gear, done.effort_cr10, done.race) == ("Morning", "Red", 4, True)


def test_a_row_without_a_readable_date_is_kept_for_its_file_and_said() -> None:
    text = (
        written(ENGLISH).decode()
        + written(ENGLISH | {"Activity ID": "8", "Activity Date": "soon"}).decode().splitlines()[1]
    )
    index = read_index(text.encode())
    assert [row.start for row in index.rows] == [START, None]
    assert index.warnings == ("Row 3 of the list had no date that could be read.",)
    with pytest.raises(ActivityUnreadable, match="English"):
        read_index(written(ENGLISH | {"Activity Date": "soon"}))


@pytest.mark.parametrize("data", [b"date,distance\n2026-01-01,5\n", b"", b"\x00\x01", written(ENGLISH).splitlines()[0]])
def test_another_table_is_no_list_of_strava(data: bytes) -> None:
    with pytest.raises(NotAnActivity):
        read_index(data)


@needs_files
def test_a_real_list_gives_its_known_totals() -> None:
    index = read_index(LIST.read_bytes())
    runs = [row for row in index.rows if row.sport is Sport.RUNNING]
    assert (len(index.rows), len(runs), index.warnings) == (112, 89, ())
    assert round(sum(row.distance_m or 0 for row in runs) / 1000, 1) == 408.3
    starts = [row.start for row in runs if row.start is not None]
    assert min(starts) == datetime(2008, 4, 6, 20, tzinfo=UTC)
    assert max(starts) == datetime(2023, 8, 14, 11, 59, 20, tzinfo=UTC)
    assert sum(row.recording().manual for row in index.rows) == 112 - 93


@given(st.binary(max_size=300), st.integers(0, 12))
def test_any_bytes_end_in_rows_or_a_refusal(data: bytes, place: int) -> None:
    lines = written(ENGLISH).split(b"\r\n")
    cells = lines[1].split(b",")
    cells[place] = data
    for attempt in (data, lines[0] + b"\r\n" + b",".join(cells)):
        try:
            rows = read_index(attempt).rows
        except InputError:
            continue
        assert all(row.distance_m is None or row.distance_m > 0 for row in rows)
        assert len({row.recording().identity for row in rows}) <= len(rows)


@pytest.mark.parametrize(
    ("source", "file_m", "warnings", "believed"),
    [
        (Source.GPX, 250.0, (), True),
        (Source.GPX, 4950.0, (), False),  # as far
        (Source.GPX, 6000.0, (), True),
        (Source.FIT, 4000.0, (), False),  # a watch counts for itself
        (Source.FIT, 4000.0, ("what came after the damage is lost.",), True),
        (Source.FIT, 6000.0, ("what came after the damage is lost.",), False),
    ],
)
def test_the_list_is_believed_over_bare_tracks_and_what_damage_left(
    source: Source, file_m: float, warnings: tuple[str, ...], believed: bool
) -> None:
    activity = Activity("x", source, Sport.RUNNING, distance_m=file_m, timer_s=11.0, warnings=warnings)
    done = replace(row(), distance_m=5000.0, moving_s=1500.0).complete(activity)
    assert (done.distance_m, done.timer_s) == ((5000, 1500) if believed else (file_m, 11))
    assert any("believed" in warning for warning in done.warnings) is believed
