"""What is kept, as a Django application. Call `open_journal` first; after it, any module of this package can be imported."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from lumbago.errors import JournalUnusable
from lumbago.journal import places
from lumbago.journal.lock import alone
from lumbago.journal.troubles import in_words

if TYPE_CHECKING:
    from django.db.migrations import Migration
    from django.db.migrations.executor import MigrationExecutor

__all__ = ["home", "open_journal"]


def open_journal(folder: Path | None = None) -> None:
    """Make the folder and the tables when missing, and bring older tables up to date after taking a copy of them.

    folder: where to keep everything (LUMBAGO_HOME, else the platform's user data folder). Raises JournalUnusable.
    """
    folder = folder or places.home()
    try:
        places.make_private(folder)
        if not os.environ.get("LUMBAGO_DATABASE"):
            places.make_private_file(folder / places.DATABASE)
    except OSError as error:
        raise JournalUnusable(
            f"The folder for what is kept cannot be used ({error.strerror}). Nothing was changed; "
            "name another folder in LUMBAGO_HOME."
        ) from None
    _set_up(folder)
    with in_words():
        _bring_up_to_date(folder)


def home() -> Path:
    """The folder of the open journal."""
    from django.conf import settings

    return Path(settings.JOURNAL_HOME)


def _set_up(folder: Path) -> None:
    """Django as settings.py says, with its database in this folder."""
    import django
    from django.apps import apps
    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lumbago.journal.settings")
    if not apps.ready:
        try:
            django.setup()
        except ImproperlyConfigured:
            raise JournalUnusable(
                "LUMBAGO_DATABASE names a PostgreSQL database, but what speaks to it is not installed. "
                "Install psycopg, or leave LUMBAGO_DATABASE out to keep everything in a file."
            ) from None
    from django.db import connection

    wanted = places.database(folder)
    if connection.settings_dict["NAME"] != wanted["NAME"]:
        connection.close()
        connection.settings_dict.update(wanted)
    settings.JOURNAL_HOME = folder


def _bring_up_to_date(folder: Path) -> None:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    _refuse_newer(executor)
    if not _missing(executor):
        return
    with alone(folder / "migrate.lock", wait=True):
        executor = MigrationExecutor(connection)  # another process may have done it meanwhile
        if plan := _missing(executor):
            if executor.loader.applied_migrations:
                _copy_database(folder)
            executor.migrate(executor.loader.graph.leaf_nodes(), plan=plan)


def _missing(executor: MigrationExecutor) -> list[tuple[Migration, bool]]:
    return list(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _refuse_newer(executor: MigrationExecutor) -> None:
    known = executor.loader.disk_migrations
    if any(app == "journal" and (app, name) not in known for app, name in executor.loader.applied_migrations):
        raise JournalUnusable(
            "This journal was written by a newer version of Lumbago. Nothing was changed; install that version again to open it."
        )


def _copy_database(folder: Path) -> None:
    """A SQLite journal as it is now, into backups/. The copies of a PostgreSQL database are its owner's business."""
    path = folder / places.DATABASE
    if os.environ.get("LUMBAGO_DATABASE"):
        return
    places.make_private(folder / "backups")
    copy = folder / "backups" / f"{datetime.now(UTC):%Y%m%d-%H%M%S}.sqlite3"
    places.make_private_file(copy)
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
