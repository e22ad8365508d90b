"""An open journal in a folder of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture
def journal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder of an open, empty journal."""
    from unit.journal.opened import opened

    with opened(tmp_path / "kept", monkeypatch) as folder:
        yield folder
