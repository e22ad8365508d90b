"""The files as they came, each once: originals/ab/<SHA-256 of the unpacked bytes>.gz, which any gzip opens.

Several processes may keep at the same time: a file appears under its name only when it is whole.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import tempfile
from contextlib import suppress
from pathlib import Path

from lumbago.activities.archive import unpacked
from lumbago.errors import InputError
from lumbago.journal.places import make_private

_GZIP = b"\x1f\x8b"
_QUICK = 1
_COMING = "coming"  # files that are being written


def keep(folder: Path, sha256: str, stored: bytes) -> None:
    """stored: the bytes as they came, which stay so when they were gzip already. Raises OSError when there is no room."""
    path = _place(folder, sha256)
    if path.exists():
        return
    make_private(path.parent)
    make_private(folder / _COMING)
    handle, beside = tempfile.mkstemp(dir=folder / _COMING)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(stored if stored.startswith(_GZIP) else gzip.compress(stored, _QUICK, mtime=0))
        Path(beside).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(beside).unlink()
        raise


def forget_unfinished(folder: Path) -> None:
    """Remove what was being written when a process was killed. Only while nobody else keeps files here."""
    for left in (folder / _COMING).glob("*"):
        left.unlink(missing_ok=True)


def read(folder: Path, sha256: str) -> bytes | None:
    """The unpacked bytes of that hash; None when they were not kept, or are damaged."""
    try:
        found, _ = unpacked(_place(folder, sha256).read_bytes())
    except (OSError, InputError):
        return None
    return found if hashlib.sha256(found).hexdigest() == sha256 else None


def _place(folder: Path, sha256: str) -> Path:
    return folder / sha256[:2] / f"{sha256}.gz"
