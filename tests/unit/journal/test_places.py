"""Where things are kept on each platform."""

from __future__ import annotations

from pathlib import Path

import pytest

from lumbago.errors import JournalUnusable
from lumbago.journal import places


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    for name in ("LUMBAGO_HOME", "LUMBAGO_DATABASE", "XDG_DATA_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize(
    ("platform", "folder"),
    [
        ("linux", ".local/share/lumbago"),
        ("darwin", "Library/Application Support/Lumbago"),
        ("win32", "AppData/Local/Lumbago"),
    ],
)
def test_the_platform_decides(monkeypatch: pytest.MonkeyPatch, bare: Path, platform: str, folder: str) -> None:
    monkeypatch.setattr("sys.platform", platform)
    assert places.home() == bare / folder


def test_what_is_named_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", "/data")
    assert places.home() == Path("/data/lumbago")
    monkeypatch.setenv("LUMBAGO_HOME", "/kept")
    assert places.home() == Path("/kept")


def test_a_database_by_its_address(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("LUMBAGO_DATABASE", "postgresql://ada:p%40ss@db.example:5433/back%20pain?sslmode=require")
    told = places.database(tmp_path)
    assert told["ENGINE"].endswith("postgresql")
    assert [told[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")] == [
        *("back pain", "ada", "p@ss", "db.example", "5433"),
    ]
    assert told["OPTIONS"] == {"sslmode": "require"}


@pytest.mark.parametrize("url", ["mysql://x/y", "postgresql://host", "postgresql://host:port/x", "nonsense"])
def test_any_other_address_is_refused_without_repeating_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, url: str
) -> None:
    monkeypatch.setenv("LUMBAGO_DATABASE", url)
    with pytest.raises(JournalUnusable) as refused:
        places.database(tmp_path)
    assert url not in refused.value.message
