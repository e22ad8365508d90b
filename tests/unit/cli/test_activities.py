"""`lumbago activities`: what is kept, for people and for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from lumbago.cli import main
from unit.journal.made import MONDAY, gpx, tcx
from unit.journal.opened import opened


@pytest.fixture(autouse=True)
def journal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    with opened(tmp_path / "kept", monkeypatch) as folder:
        yield folder


def keep(tmp_path: Path) -> None:
    from lumbago.journal.importing import Options, import_paths

    (tmp_path / "a.tcx").write_bytes(tcx())
    (tmp_path / "a.gpx").write_bytes(gpx(name="Round \x1b[31m the lake " + "and on " * 20))
    (tmp_path / "b.tcx").write_bytes(tcx(MONDAY.replace(day=1), metres=8000))
    import_paths([tmp_path / name for name in ("a.tcx", "a.gpx", "b.tcx")], Options(workers=0))


def said(capsys: pytest.CaptureFixture[str], *argv: str) -> str:
    assert main(["activities", *argv]) == 0
    out, err = capsys.readouterr()
    assert not err
    return out


def test_nothing_is_kept_yet(capsys: pytest.CaptureFixture[str]) -> None:
    assert "lumbago import PATH" in said(capsys)
    assert said(capsys, "--json") == ""


def test_a_table_oldest_first(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    keep(tmp_path)
    heading, first, second = said(capsys).splitlines()
    assert heading.split() == ["date", "sport", "distance", "time", "name", "from"]
    assert first.split() == ["2026-03-01", "running", "8", "km", "0:25:00", "tcx"]
    assert second.startswith("2026-03-02  running  5 km") and second.endswith("…  tcx+gpx")
    assert "\x1b" not in second and len(second) < 100


def test_in_miles(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    keep(tmp_path)
    assert "3.1 miles" in said(capsys, "--units", "miles")


def test_one_json_object_an_activity_in_the_fields_of_read(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    keep(tmp_path)
    rows = [json.loads(line) for line in said(capsys, "--json").splitlines()]
    assert [row["local_date"] for row in rows] == ["2026-03-01", "2026-03-02"]
    row = rows[1]
    assert row["id"] == row["sha256"] == row["sources"][0]["sha256"]
    assert [(source["file"], source["kept"]) for source in row["sources"]] == [("a.tcx", True), ("a.gpx", False)]
    assert main(["read", str(tmp_path / "a.tcx"), "--json"]) == 0
    read = json.loads(capsys.readouterr().out)
    shared = set(read) - {"file", "ok", "error"}
    assert {name: row[name] for name in shared} == {name: read[name] for name in shared}
