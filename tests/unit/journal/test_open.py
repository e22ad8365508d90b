"""The journal opens in a private folder, quickly, and refuses what it cannot use in words."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from lumbago.errors import JournalUnusable
from lumbago.journal import home, open_journal, places


def run(path: Path, sql: str) -> None:
    with closing(sqlite3.connect(path)) as database, database:
        database.execute(sql)


def test_only_the_owner_may_look_in(journal: Path) -> None:
    assert home() == journal
    paths = [journal, *journal.rglob("*")]
    assert journal / places.DATABASE in paths
    assert [path.name for path in paths if path.stat().st_mode & 0o077] == []


def test_a_folder_that_was_open_is_closed(tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    folder.mkdir(mode=0o755)
    places.make_private(folder)
    assert folder.stat().st_mode & 0o777 == 0o700


def test_opening_again_changes_nothing(journal: Path) -> None:
    before = (journal / places.DATABASE).read_bytes()
    open_journal()
    assert (journal / places.DATABASE).read_bytes() == before
    assert not (journal / "backups").exists()


def test_another_folder_is_another_journal(journal: Path, tmp_path: Path) -> None:
    from lumbago.journal.models import ImportRun
    from unit.journal.made import MONDAY

    ImportRun.objects.create(started=MONDAY)
    open_journal(tmp_path / "other")
    assert home() == tmp_path / "other"
    assert not ImportRun.objects.exists()
    open_journal(journal)
    assert ImportRun.objects.count() == 1


def test_an_older_journal_is_copied_before_its_tables_change(journal: Path) -> None:
    database = journal / places.DATABASE
    for table in ("importrun", "fileseen", "samplesrow", "sourcerow", "activityrow"):
        run(database, f"DROP TABLE journal_{table}")
    run(database, "UPDATE django_migrations SET app = 'elder'")
    open_journal()
    (copy,) = (journal / "backups").iterdir()
    with closing(sqlite3.connect(copy)) as old:
        assert old.execute("SELECT app FROM django_migrations").fetchall() == [("elder",)]
    assert copy.stat().st_mode & 0o077 == 0
    with closing(sqlite3.connect(database)) as new:
        assert new.execute("SELECT count(*) FROM journal_activityrow").fetchall() == [(0,)]


def test_a_newer_journal_is_refused_unchanged(journal: Path) -> None:
    database = journal / places.DATABASE
    run(database, "INSERT INTO django_migrations (app, name, applied) VALUES ('journal', '0099_later', '2030-01-01')")
    with pytest.raises(JournalUnusable, match="newer version"):
        open_journal()


@pytest.mark.parametrize(
    "content", [b"this is no database at all, but a text of some length" * 50, b"SQLite format 3\x00" + b"\xff" * 4000]
)
def test_a_file_that_is_no_journal_is_refused_and_left_alone(journal: Path, tmp_path: Path, content: bytes) -> None:
    other = tmp_path / "other"
    places.make_private(other)
    (other / places.DATABASE).write_bytes(content)
    with pytest.raises(JournalUnusable):
        open_journal(other)
    assert (other / places.DATABASE).read_bytes() == content


def test_a_folder_that_is_a_file_is_refused(journal: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(JournalUnusable, match="LUMBAGO_HOME"):
        open_journal(tmp_path / "file" / "kept")


def test_the_tables_are_as_the_models_say(journal: Path) -> None:
    from django.apps import apps
    from django.db import connection
    from django.db.migrations.autodetector import MigrationAutodetector
    from django.db.migrations.executor import MigrationExecutor
    from django.db.migrations.state import ProjectState

    loader = MigrationExecutor(connection).loader
    changes = MigrationAutodetector(loader.project_state(), ProjectState.from_apps(apps)).changes(loader.graph)
    assert changes == {}, "a model was changed without a migration"


def test_the_database_waits_for_others_and_writes_beside_readers(journal: Path) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        told = {
            name: cursor.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "secure_delete")
        }
    assert told == {"journal_mode": "wal", "synchronous": 1, "secure_delete": 1}
    assert connection.settings_dict["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_postgresql_without_what_speaks_to_it_is_refused(tmp_path: Path) -> None:
    if _has_psycopg():
        pytest.skip("psycopg is installed here")
    code = """
from lumbago.errors import JournalUnusable
from lumbago.journal import open_journal
try:
    open_journal()
except JournalUnusable as refused:
    print(refused)
"""
    env = os.environ | {"LUMBAGO_HOME": str(tmp_path), "LUMBAGO_DATABASE": "postgresql://ada@localhost/lumbago"}
    ran = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
    assert "Install psycopg" in ran.stdout
    assert not (tmp_path / places.DATABASE).exists()


def _has_psycopg() -> bool:
    from importlib.util import find_spec

    return find_spec("psycopg") is not None
