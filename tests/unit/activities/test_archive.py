"""Files, folders and zips as members: everything is found, nothing is trusted."""

from __future__ import annotations

import gzip
import io
import os
import zipfile
from pathlib import Path

import pytest

from lumbago.activities import archive
from lumbago.activities.archive import fetch, members, opened, unpacked
from lumbago.errors import ActivityUnreadable, ArchiveRefused, FileNotFound


def packed(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in files.items():
            made.writestr(name, data)
    return out.getvalue()


def test_a_file_a_folder_and_a_zip_give_the_same_bytes(tmp_path: Path) -> None:
    (tmp_path / "in" / "deep").mkdir(parents=True)
    (tmp_path / "in" / "deep" / "a.gpx").write_bytes(b"one")
    (tmp_path / "in" / "b.zip").write_bytes(packed({"c/d.fit": b"two", "e.zip": packed({"f.tcx": b"three"})}))
    found = list(members(tmp_path / "in"))
    assert [member.name for member in found] == ["b.zip/c/d.fit", "b.zip/e.zip/f.tcx", "deep/a.gpx"]
    assert [fetch(member.address) for member in found] == [b"two", b"three", b"one"]
    assert [member.size for member in found] == [3, 5, 3]
    (alone,) = members(tmp_path / "in" / "deep" / "a.gpx")
    assert (alone.name, fetch(alone.address)) == ("a.gpx", b"one")


def test_hidden_files_clutter_and_links_are_passed_over(tmp_path: Path) -> None:
    outside = tmp_path / "outside.gpx"
    outside.write_bytes(b"x")
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / ".hidden.gpx").write_bytes(b"x")
    (folder / "link.gpx").symlink_to(outside)
    (folder / "z.zip").write_bytes(packed({"__MACOSX/._a.gpx": b"x", "a.gpx": b"y"}))
    assert [member.name for member in members(folder)] == ["z.zip/a.gpx"]


def test_names_that_climb_out_of_a_zip_are_only_names(tmp_path: Path) -> None:
    path = tmp_path / "evil.zip"
    path.write_bytes(packed({"../../evil.gpx": b"x", "/etc/evil.gpx": b"y"}))
    before = set(tmp_path.rglob("*"))
    assert sorted(fetch(member.address) for member in members(path)) == [b"x", b"y"]
    assert set(tmp_path.rglob("*")) == before


def test_zips_within_zips_end_somewhere(tmp_path: Path) -> None:
    inner = packed({"a.gpx": b"x"})
    for depth in range(archive._MOST_NESTED):
        inner = packed({f"{depth}.zip": inner})
    path = tmp_path / "deep.zip"
    path.write_bytes(inner)
    with pytest.raises(ArchiveRefused, match="Zips lie within zips"):
        list(members(path))


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "bomb.zip"
    path.write_bytes(packed({"a.gpx": bytes(60_000_000)}))
    with pytest.raises(ArchiveRefused, match="size that no training file has"):
        list(members(path))


def test_a_zip_that_lies_about_its_size_costs_only_that_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "liar.zip"
    path.write_bytes(packed({"a.gpx": b"x" * 5_000, "b.gpx": b"fine"}))
    monkeypatch.setattr(archive, "MOST_BYTES", 1_000)
    large, small = members(path)
    with pytest.raises(ActivityUnreadable, match="larger than"):
        fetch(large.address)
    assert fetch(small.address) == b"fine"


def test_too_many_files_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_MEMBERS", 3)
    for number in range(4):
        (tmp_path / f"{number}.gpx").write_bytes(b"x")
    with pytest.raises(ArchiveRefused, match="More than 3 files"):
        list(members(tmp_path))


@pytest.mark.parametrize("data", [b"PK\x03\x04rubbish", packed({"a.gpx": b"x"})[:-10]])
def test_a_damaged_zip_is_refused_in_words(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "damaged.zip"
    path.write_bytes(data)
    with pytest.raises(ArchiveRefused, match="download it again"):
        list(members(path))


def test_a_member_damaged_inside_its_zip_costs_only_itself(tmp_path: Path) -> None:
    data = bytearray(packed({"a.gpx": os.urandom(3_000), "b.gpx": b"fine"}))
    data[200:220] = bytes(20)
    path = tmp_path / "hurt.zip"
    path.write_bytes(bytes(data))
    hurt, sound = members(path)
    with pytest.raises(ActivityUnreadable, match="damaged inside its zip"):
        fetch(hurt.address)
    assert fetch(sound.address) == b"fine"


def test_a_locked_zip_says_so(tmp_path: Path) -> None:
    data = bytearray(packed({"a.gpx": b"secret"}))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + at] |= 1
    path = tmp_path / "locked.zip"
    path.write_bytes(bytes(data))
    with pytest.raises(ArchiveRefused, match="password"):
        list(members(path))


def test_a_path_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileNotFound, match="No such file"):
        list(members(tmp_path / "nothing"))
    with pytest.raises(ActivityUnreadable, match="could not be opened"):
        fetch((str(tmp_path / "nothing"),))


def test_gzip_is_taken_off_whole_or_up_to_its_damage() -> None:
    text = os.urandom(200_000)
    whole = gzip.compress(text)
    assert unpacked(whole) == (text, False)
    assert unpacked(gzip.compress(b"a") + gzip.compress(b"b")) == (b"ab", False)
    assert unpacked(b"plain") == (b"plain", False)
    part, broken_off = unpacked(whole[:100_000])
    assert broken_off
    assert len(part) > 90_000
    assert text.startswith(part)


def test_a_gzip_bomb_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_BYTES", 100_000)
    with pytest.raises(ActivityUnreadable, match="unpacks to more"):
        unpacked(gzip.compress(bytes(1_000_000)))


def test_a_member_can_be_streamed(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(packed({"export.xml": b"<x/>"}))
    with opened((str(path), "export.xml")) as stream:
        assert stream.read(2) == b"<x"
