"""One at a time: a lock that the system takes back by itself when its holder dies, however it dies."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lumbago.errors import JournalUnusable
from lumbago.journal.places import make_private_file

if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int, wait: bool) -> None:
        msvcrt.locking(handle, msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(handle: int, wait: bool) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)


_TAKEN = "Another import is running into the same journal. Nothing was changed; wait until it is done, then try again."
_OURS = 0x1B_AC_C0  # among the locks of a PostgreSQL server; any fixed number does


@contextmanager
def alone(path: Path, wait: bool = False) -> Iterator[None]:
    """Hold the lock of this name. wait: until it is free; otherwise JournalUnusable is raised when somebody has it."""
    make_private_file(path)
    handle = os.open(path, os.O_RDWR)
    try:
        try:
            _lock(handle, wait)
        except OSError:
            raise JournalUnusable(_TAKEN) from None
        yield
    finally:
        os.close(handle)


@contextmanager
def alone_in_database() -> Iterator[None]:
    """The same among all machines that share a PostgreSQL database; a SQLite file is on one machine, where `alone` does.

    Raises JournalUnusable when somebody has it.
    """
    from django.db import connection

    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_OURS])
        if cursor.fetchone() != (True,):
            raise JournalUnusable(_TAKEN)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_OURS])
