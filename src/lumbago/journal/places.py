"""Where things are kept: one private folder on this machine, or a PostgreSQL database that its owner names."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from lumbago.errors import JournalUnusable

DATABASE = "journal.sqlite3"
_PRIVATE_FOLDER, _PRIVATE_FILE = 0o700, 0o600
_SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA secure_delete=ON",
}


def home() -> Path:
    """LUMBAGO_HOME, else `lumbago` in the platform's user data folder. Raises JournalUnusable when there is no home at all."""
    if named := os.environ.get("LUMBAGO_HOME"):
        return Path(named).expanduser().absolute()
    if base := os.environ.get("XDG_DATA_HOME"):
        return Path(base) / "lumbago"
    try:
        user = Path.home()
    except RuntimeError:
        raise JournalUnusable(
            "There is no home folder to keep things in. Nothing was changed; name a folder in LUMBAGO_HOME."
        ) from None
    if sys.platform == "darwin":
        return user / "Library" / "Application Support" / "Lumbago"
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", user / "AppData" / "Local")) / "Lumbago"
    return user / ".local" / "share" / "lumbago"


def make_private(folder: Path) -> None:
    """A folder that only its owner can open; made when missing."""
    folder.mkdir(parents=True, exist_ok=True, mode=_PRIVATE_FOLDER)
    if folder.stat().st_mode & 0o077:
        folder.chmod(_PRIVATE_FOLDER)


def make_private_file(path: Path) -> None:
    """An empty file that only its owner can open, where there is none yet."""
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, _PRIVATE_FILE))


def database(folder: Path) -> dict[str, Any]:
    """The database as Django's settings name it: LUMBAGO_DATABASE, else a SQLite file in the folder. Raises JournalUnusable."""
    if url := os.environ.get("LUMBAGO_DATABASE"):
        return _postgres(url)
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": str(folder / DATABASE), "OPTIONS": _SQLITE_OPTIONS}


def _postgres(url: str) -> dict[str, Any]:
    """postgresql://user:password@host:5432/name?sslmode=require in the parts that Django wants."""
    try:
        told = urlsplit(url)
        port = told.port
    except ValueError:
        raise _not_a_database() from None
    if told.scheme not in ("postgres", "postgresql") or not told.path.strip("/"):
        raise _not_a_database()
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(told.path.strip("/")),
        "USER": unquote(told.username or ""),
        "PASSWORD": unquote(told.password or ""),
        "HOST": unquote(told.hostname or ""),
        "PORT": str(port or ""),
        "OPTIONS": dict(parse_qsl(told.query)),
    }


def _not_a_database() -> JournalUnusable:
    return JournalUnusable(
        "LUMBAGO_DATABASE must be an address such as postgresql://name@host/database. Nothing was changed; "
        "write it so, or leave it out to keep everything in a file."
    )
