"""A journal that is open for the length of a test."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from lumbago.journal import open_journal


@contextmanager
def opened(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty journal in this folder; its connection is closed afterwards."""
    monkeypatch.setenv("LUMBAGO_HOME", str(folder))
    monkeypatch.delenv("LUMBAGO_DATABASE", raising=False)
    open_journal()
    from django.db import connections

    try:
        yield folder
    finally:
        connections.close_all()
