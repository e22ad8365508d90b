"""Files as they came, each once."""

from __future__ import annotations

import gzip
import hashlib
from pathlib import Path

from lumbago.journal import originals

TEXT = b"<gpx>made up</gpx>" * 20
HASH = hashlib.sha256(TEXT).hexdigest()


def stored(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_a_plain_file_is_packed_and_comes_back(tmp_path: Path) -> None:
    originals.keep(tmp_path, HASH, TEXT)
    assert originals.read(tmp_path, HASH) == TEXT
    (path,) = stored(tmp_path)
    assert gzip.decompress(path.read_bytes()) == TEXT
    assert path.name == f"{HASH}.gz" and path.parent.name == HASH[:2]


def test_a_gzip_keeps_its_very_bytes(tmp_path: Path) -> None:
    came = gzip.compress(TEXT, 9, mtime=5)
    originals.keep(tmp_path, HASH, came)
    assert stored(tmp_path)[0].read_bytes() == came
    assert originals.read(tmp_path, HASH) == TEXT


def test_a_second_copy_is_not_written_again(tmp_path: Path) -> None:
    originals.keep(tmp_path, HASH, TEXT)
    before = stored(tmp_path)[0].stat().st_mtime_ns
    originals.keep(tmp_path, HASH, gzip.compress(TEXT))
    assert [path.stat().st_mtime_ns for path in stored(tmp_path)] == [before]


def test_only_the_owner_may_read_them(tmp_path: Path) -> None:
    originals.keep(tmp_path / "originals", HASH, TEXT)
    (path,) = stored(tmp_path)
    assert path.stat().st_mode & 0o077 == 0
    assert path.parent.stat().st_mode & 0o077 == 0


def test_what_is_missing_or_damaged_is_none(tmp_path: Path) -> None:
    assert originals.read(tmp_path, HASH) is None
    originals.keep(tmp_path, HASH, TEXT)
    stored(tmp_path)[0].write_bytes(gzip.compress(b"something else"))
    assert originals.read(tmp_path, HASH) is None


def test_what_a_killed_process_left_is_removed(tmp_path: Path) -> None:
    originals.keep(tmp_path, HASH, TEXT)
    half = tmp_path / "coming" / "half"
    half.write_bytes(b"ha")
    originals.forget_unfinished(tmp_path)
    assert not half.exists()
    assert originals.read(tmp_path, HASH) == TEXT
