"""An import keeps every activity once, whatever came before it, and says what became of each file."""

from __future__ import annotations

import hashlib
import os
import signal
import sqlite3
import threading
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from lumbago.activities.read import Hints
from lumbago.errors import JournalUnusable
from lumbago.journal import fetch, open_journal, places
from lumbago.journal.lock import alone
from lumbago.journal.matching import Outcome
from unit.journal.made import MONDAY, export, gpx, tcx, zipped
from unit.journal.opened import opened


def importing(*paths: Path, **wishes: Any) -> Any:
    """The report of an import that reads in this very process."""
    from lumbago.journal.importing import Options, import_paths

    return import_paths(paths, Options(**({"workers": 0} | wishes)))


def words(report: Any) -> Counter[str]:
    return Counter(result.word for result in report.files)


def table(journal: Path, columns: str, name: str) -> list[Any]:
    with sqlite3.connect(journal / places.DATABASE) as database:
        found = database.execute(f"SELECT {columns} FROM journal_{name} ORDER BY 1").fetchall()
    database.close()
    return found


def test_files_of_one_run_are_one_activity_with_several_sources(journal: Path, tmp_path: Path) -> None:
    report = importing(export(tmp_path / "files", 6))
    assert sum(report.outcomes.values()) == 8
    assert report.outcomes[Outcome.IMPORTED] == 6
    assert [result.name for result in report.skipped] == ["notes.gpx"]
    kept = fetch.activities()
    assert [activity.local_date for activity in kept] == [(MONDAY + timedelta(days=n)).date() for n in range(6)]
    assert all(activity.source == "tcx" and activity.heart_rate_bpm == 150 for activity in kept)
    assert [len(fetch.sources(activity.id)) for activity in kept] == [2, 1, 1, 2, 1, 1]
    assert [origin.kept for origin in fetch.sources(kept[0].id)] == [True, False]


def test_a_second_import_adds_nothing_and_opens_nothing(
    journal: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = export(tmp_path / "files", 6)
    importing(files)
    before = [table(journal, "*", name) for name in ("activityrow", "samplesrow", "sourcerow", "fileseen")]

    def opens(*_: Any) -> Any:
        raise AssertionError("a file was opened again")

    monkeypatch.setattr("lumbago.journal.worker.read_task", opens)
    report = importing(files)
    assert words(report) == {"already there": 8, "skipped": 1}
    assert "notes.gpx" in [result.name for result in report.skipped]
    assert [table(journal, "*", name) for name in ("activityrow", "samplesrow", "sourcerow", "fileseen")] == before


def test_files_that_were_moved_are_read_and_add_nothing(journal: Path, tmp_path: Path) -> None:
    importing(export(tmp_path / "files", 3))
    again = export(tmp_path / "elsewhere", 3)
    for file in again.iterdir():
        os.utime(file, (1, 1))
    report = importing(again)
    assert report.outcomes == {Outcome.ALREADY_THERE: 4}
    assert len(fetch.activities()) == 3


def test_several_processes_keep_the_same_as_one(journal: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = export(tmp_path / "files", 12)
    with opened(tmp_path / "other", monkeypatch) as other:
        one = importing(files)
        told = "own_id, activity_id, kept, original, name"
        expected = [table(other, "*", "activityrow"), table(other, told, "sourcerow")]
    open_journal(journal)
    several = importing(files, workers=3)
    assert several.files == one.files
    assert [table(journal, "*", "activityrow"), table(journal, told, "sourcerow")] == expected
    assert all(fetch.original(activity.id) for activity in fetch.activities())


def test_samples_and_originals_come_back(journal: Path, tmp_path: Path) -> None:
    file = tmp_path / "run.tcx"
    file.write_bytes(tcx())
    importing(file)
    (kept,) = fetch.activities()
    samples = fetch.samples(kept.id)
    assert samples is not None
    assert np.array_equal(samples["time"] - MONDAY.timestamp(), np.linspace(0, 1500, 6))
    assert fetch.original(kept.id) == tcx()
    assert kept.id == hashlib.sha256(tcx()).hexdigest()
    assert kept.samples is None


def test_an_older_id_still_leads_to_the_activity(journal: Path, tmp_path: Path) -> None:
    poorer, richer = tmp_path / "run.gpx", tmp_path / "run.tcx"
    poorer.write_bytes(gpx(name="Round the lake"))
    importing(poorer)
    (before,) = fetch.activities()
    richer.write_bytes(tcx())
    assert words(importing(richer)) == {"replaced a poorer copy": 1}
    (after,) = fetch.activities()
    assert after.id != before.id and after.name == "Round the lake"
    older = fetch.samples(before.id)
    assert older is not None and "heart_rate" in older
    assert fetch.original(before.id) == poorer.read_bytes()
    assert [origin.name for origin in fetch.sources(before.id)] == ["run.tcx", "run.gpx"]


def test_originals_only_when_wanted_and_later_all_the_same(journal: Path, tmp_path: Path) -> None:
    file = tmp_path / "run.tcx"
    file.write_bytes(tcx())
    importing(file, originals=False)
    (kept,) = fetch.activities()
    assert fetch.original(kept.id) is None
    assert words(importing(file, originals=False)) == {"already there": 1}
    assert words(importing(file)) == {"already there": 1}
    assert fetch.original(kept.id) == tcx()


def test_another_time_zone_moves_the_day(journal: Path, tmp_path: Path) -> None:
    file = tmp_path / "run.tcx"
    file.write_bytes(tcx(MONDAY.replace(hour=23)))
    importing(file)
    before = fetch.activities()[0].local_date
    report = importing(file, hints=Hints(ZoneInfo("Asia/Tokyo")))
    after = fetch.activities()[0].local_date
    assert report.outcomes == {Outcome.ALREADY_THERE: 1}
    assert before and after and after - before == timedelta(days=1)
    assert fetch.samples(fetch.activities()[0].id) is not None


def test_a_newer_reader_reads_anew(journal: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "run.tcx"
    file.write_bytes(tcx())
    importing(file)
    monkeypatch.setattr("lumbago.journal.importing.READER", 2)
    with sqlite3.connect(journal / places.DATABASE) as database:
        database.execute("UPDATE journal_activityrow SET distance_m = 1")
    database.close()
    assert words(importing(file)) == {"already there": 1}
    assert fetch.activities()[0].distance_m == 5000


def test_a_zip_is_known_by_its_list(journal: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {f"activities/{n}.tcx": tcx(MONDAY + timedelta(days=n)) for n in range(3)}
    importing(zipped(tmp_path / "march.zip", files))
    monkeypatch.setattr("lumbago.journal.worker.read_task", lambda *_: pytest.fail("a file was opened again"))
    report = importing(zipped(tmp_path / "april.zip", files | {"photo.jpg": b"\xff\xd8"}))
    assert words(report) == {"already there": 3, "skipped": 1}


def test_a_path_that_gives_nothing_costs_only_itself(journal: Path, tmp_path: Path) -> None:
    report = importing(tmp_path / "missing.zip", export(tmp_path / "files", 1))
    assert report.outcomes[Outcome.IMPORTED] == 1
    assert report.skipped[0].name == "missing.zip"


def test_every_file_stands_in_the_log(journal: Path, tmp_path: Path) -> None:
    report = importing(export(tmp_path / "files", 1))
    header, *lines = report.log.read_text().splitlines()
    assert header.split("\t") == ["file", "outcome", "why", "warnings"]
    assert {line.split("\t")[0] for line in lines} == {"0.tcx", "0.gpx", "notes.gpx"}
    assert str(tmp_path) not in report.log.read_text()
    assert report.log.stat().st_mode & 0o077 == 0


def test_the_journal_tells_how_an_import_went(journal: Path, tmp_path: Path) -> None:
    importing(export(tmp_path / "files", 3))
    columns = "state, files, files_done, imported, already_there, replaced + poorer, skipped"
    assert table(journal, columns, "importrun") == [("finished", 5, 5, 3, 0, 1, 1)]


def test_an_import_that_was_killed_is_said_to_be_broken_off(journal: Path, tmp_path: Path) -> None:
    from lumbago.journal.models import ImportRun

    ImportRun.objects.create(started=MONDAY)
    importing(tmp_path)
    assert table(journal, "state", "importrun") == [("broken-off",), ("finished",)]


def test_only_one_import_at_a_time(journal: Path, tmp_path: Path) -> None:
    with alone(journal / "import.lock"), pytest.raises(JournalUnusable, match="Another import"):
        importing(export(tmp_path / "files", 1))
    assert fetch.activities() == ()


def test_a_batch_that_cannot_be_written_leaves_what_was_there(
    journal: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.db import OperationalError

    from lumbago.journal.models import FileSeen

    importing(export(tmp_path / "files", 1))

    def full(*_: Any, **__: Any) -> None:
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(FileSeen._default_manager, "bulk_create", full)
    with pytest.raises(JournalUnusable, match="disk is full"):
        importing(export(tmp_path / "more", 5))
    monkeypatch.undo()
    assert len(fetch.activities()) == 1
    assert len(table(journal, "*", "sourcerow")) == 2


def test_ctrl_c_writes_what_is_at_hand_and_the_next_import_goes_on(
    journal: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from lumbago.journal import worker

    files = export(tmp_path / "files", 9)
    read_task, count = worker.read_task, iter(range(100))

    def third_is_interrupted(*told: Any) -> Any:
        if next(count) == 2:
            signal.raise_signal(signal.SIGINT)
        return read_task(*told)

    monkeypatch.setattr(worker, "read_task", third_is_interrupted)
    report = importing(files)
    assert (len(report.files), report.left) == (3, 10)
    assert table(journal, "state", "importrun") == [("stopped",)]
    assert len(table(journal, "*", "fileseen")) == 3
    assert importing(files).left == 0
    assert len(fetch.activities()) == 9


def test_an_import_outside_the_main_thread_leaves_ctrl_c_alone(journal: Path, tmp_path: Path) -> None:
    from django.db import connections

    files, reports = export(tmp_path / "files", 2), []

    def work() -> None:
        reports.append(importing(files))
        connections.close_all()

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert reports[0].outcomes[Outcome.IMPORTED] == 2


def test_progress_reaches_the_end(journal: Path, tmp_path: Path) -> None:
    from lumbago.journal.importing import Options, Progress, import_paths

    seen: list[Progress] = []
    import_paths([export(tmp_path / "files", 3)], Options(workers=0), seen.append)
    assert (seen[-1].done, seen[-1].total) == (5, 5)
    assert seen[-1].size_done == seen[-1].size_total > 0
