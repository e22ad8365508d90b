"""`lumbago import` at its edges: what it says, in which form, with which exit code."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from lumbago.cli import main
from unit.journal.made import MONDAY, export, tcx
from unit.journal.opened import opened


@pytest.fixture(autouse=True)
def journal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty journal; files are read in this very process."""
    with opened(tmp_path / "kept", monkeypatch) as folder:
        from lumbago.journal import importing, worker

        def read_here(tasks: Any, reading: Any, _: int, **told: Any) -> Any:
            return worker.read_all(tasks, reading, 0, **told)

        monkeypatch.setattr(importing, "read_all", read_here)
        yield folder


def run(capsys: pytest.CaptureFixture[str], *argv: str) -> tuple[int, str, str]:
    """(exit code, what it said, what it complained of)."""
    code = main(["import", *argv])
    out, err = capsys.readouterr()
    return code, out, err


def test_a_table_of_what_became_of_each_file(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    files = export(tmp_path / "ada" / "files", 3)
    (files / "photo.jpg").write_bytes(b"\xff\xd8")
    code, out, _ = run(capsys, str(files))
    assert code == 0
    lines = [" ".join(line.split()) for line in out.splitlines()]
    assert "3 imported" in lines and "2 skipped:" in lines
    assert "1 not a training file (photo.jpg)" in lines
    assert str(tmp_path / "ada") not in out


def test_a_second_time_everything_is_already_there(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    files = str(export(tmp_path / "files", 3))
    run(capsys, files)
    code, out, _ = run(capsys, files)
    assert code == 0
    assert "4  already there" in out and "imported" not in out.replace("imports", "")


def test_one_json_object_a_file(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, out, _ = run(capsys, str(export(tmp_path / "files", 1)), "--json")
    rows = {row["file"]: row for row in map(json.loads, out.splitlines())}
    assert code == 0
    assert sorted(rows) == ["0.gpx", "0.tcx", "notes.gpx"]
    outcomes = sorted(rows[name]["outcome"] for name in ("0.gpx", "0.tcx"))
    assert outcomes in (["imported", "poorer copy noted"], ["imported", "replaced a poorer copy"])
    assert rows["notes.gpx"]["outcome"] == "skipped" and rows["notes.gpx"]["why"].endswith(".")
    assert rows["notes.gpx"]["activities"] == {}


def test_a_name_that_would_steer_a_terminal_does_not(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "a\x1b[31mb.tcx").write_bytes(b"no run")
    for form in ([], ["--json"]):
        _, out, _ = run(capsys, str(tmp_path / "a\x1b[31mb.tcx"), *form)
        assert "\x1b" not in out and "[31mb.tcx" in out


def test_where_no_activity_is_the_exit_code_says_so(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, out, _ = run(capsys, str(tmp_path / "missing"))
    assert code == 2 and "No activity was found" in out


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        (["--zone", "Europe"], "Europe/Berlin"),
        (["--zone", "../../etc/passwd"], "Europe/Berlin"),
        (["--zone", ""], None),
        (["--watch"], "one folder"),
    ],
)
def test_options_that_cannot_be(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, argv: list[str], words: str | None
) -> None:
    file = tmp_path / "run.tcx"
    file.write_bytes(tcx())
    code, _, err = run(capsys, str(file), *argv)
    assert (code, words is None or words in err) == (0 if words is None else 2, True)


def test_a_time_zone_moves_the_day(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    from lumbago.journal import fetch

    file = tmp_path / "run.tcx"
    file.write_bytes(tcx(MONDAY.replace(hour=23)))
    run(capsys, str(file), "--zone", "Asia/Tokyo")
    assert [str(activity.local_date) for activity in fetch.activities()] == ["2026-03-03"]


def test_without_originals(capsys: pytest.CaptureFixture[str], tmp_path: Path, journal: Path) -> None:
    run(capsys, str(export(tmp_path / "files", 1)), "--no-originals")
    assert not [path for path in (journal / "originals").rglob("*") if path.is_file()]


def test_what_was_stopped_says_how_to_go_on(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import signal

    from lumbago.journal import worker

    read_task = worker.read_task

    def interrupted(*told: Any) -> Any:
        signal.raise_signal(signal.SIGINT)
        return read_task(*told)

    monkeypatch.setattr(worker, "read_task", interrupted)
    code, _, err = run(capsys, str(export(tmp_path / "files", 3)))
    assert code == 130
    assert "4 files are left" in err and "same command again" in err


def test_counts_where_there_is_no_terminal(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    _, _, err = run(capsys, str(export(tmp_path / "files", 3)))
    assert err.splitlines()[-1] == "5 of 5 files"


def test_a_bar_at_a_terminal(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    code, out, err = run(capsys, str(export(tmp_path / "files", 3)))
    assert code == 0 and "3  imported" in out
    assert "of 5 files\n" not in err


def test_watching_ends_quietly(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks = iter(range(3))

    def pause(_: float) -> None:
        if next(looks) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr("lumbago.journal.watch.watch.__defaults__", (pause,))
    code, out, err = run(capsys, str(export(tmp_path / "files", 2)), "--watch")
    assert code == 0
    assert "2  imported" in out and "What was imported is kept" in err
