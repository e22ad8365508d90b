"""What a database or disk complains of, in a runner's words."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from lumbago.errors import JournalUnusable

_FULL = (errno.ENOSPC, errno.EDQUOT)
_WORDS = {
    "locked": "Another program is writing to the journal. Nothing was changed just now; try again in a minute.",
    "disk is full": "The disk is full. What was kept before is still there; make room and run the same command again.",
    "readonly": "The journal may not be written to. Nothing was changed; check who owns the folder LUMBAGO_HOME names.",
    "unable to open": "The journal could not be opened. Nothing was changed; check the folder that LUMBAGO_HOME names.",
    "malformed": "The journal's file is damaged. Nothing was changed; put back a copy of it, and import your files again.",
    "not a database": "The journal's file is no journal. Nothing was changed; move it away, or name another LUMBAGO_HOME.",
}
_OTHERWISE = "The journal could not be read or written ({}). What was kept before is still there; try again."


@contextmanager
def in_words() -> Iterator[None]:
    """Turn what the database and the disk raise within into JournalUnusable; no value of a row is told."""
    from django.db import Error

    try:
        yield
    except Error as error:
        raise JournalUnusable(_of_database(error)) from None
    except OSError as error:
        told = _WORDS["disk is full"] if error.errno in _FULL else _OTHERWISE.format(error.strerror)
        raise JournalUnusable(told) from None


def _of_database(error: Exception) -> str:
    said = str(error).lower()
    return next((words for sign, words in _WORDS.items() if sign in said), _OTHERWISE.format(type(error).__name__))
