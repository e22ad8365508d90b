"""`lumbago load` at its edges: files or what is kept, the day asked about, the picture, and refusals."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from lumbago.cli import main

TODAY = date(2026, 11, 22)
_TCX = """<?xml version="1.0"?>
<TrainingCenterDatabase xmlns="http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2"><Activities>
<Activity Sport="{sport}"><Id>{day}T08:00:00Z</Id><Lap StartTime="{day}T08:00:00Z"><TotalTimeSeconds>{seconds}</TotalTimeSeconds>
<DistanceMeters>{metres}</DistanceMeters><Intensity>Active</Intensity><TriggerMethod>Manual</TriggerMethod></Lap></Activity>
</Activities></TrainingCenterDatabase>
"""


@pytest.fixture
def runs(tmp_path: Path) -> Path:
    """A folder of made-up runs: 8 km every third day of three months, and 13 km four days ago."""
    folder = tmp_path / "runs"
    folder.mkdir()
    for ago in (*range(90, 5, -3), 4):
        written(folder, TODAY - timedelta(days=ago), 13_000 if ago == 4 else 8_000)
    return folder


def written(folder: Path, day: date, metres: int, sport: str = "Running") -> Path:
    file = folder / f"{day}-{sport}.tcx"
    file.write_text(_TCX.format(sport=sport, day=day, metres=metres, seconds=metres / 3), encoding="utf-8")
    return file


def load(capsys: pytest.CaptureFixture[str], *argv: str) -> tuple[int, str, str]:
    """(exit code, what it said, what it complained of)."""
    code = main(["load", "--today", str(TODAY), *argv])
    out, err = capsys.readouterr()
    return code, out, err


def as_json(capsys: pytest.CaptureFixture[str], *argv: str) -> dict[str, Any]:
    code, out, _ = load(capsys, "--json", *argv)
    assert code == 0
    told: dict[str, Any] = json.loads(out)
    return told


def test_files_are_read_and_compared(capsys: pytest.CaptureFixture[str], runs: Path) -> None:
    told = as_json(capsys, "--activities", str(runs))
    assert len(told["runs"]) == 30
    newest = told["runs"][-1]
    assert (newest["date"], newest["distance_m"], newest["longest_before_m"]) == ("2026-11-18", 13_000, 8_000)
    assert (newest["ratio"], newest["band"], newest["days_off"]) == (1.625, "moderate", 1)
    assert [run["early"] for run in told["runs"]].count(True) == 10
    assert (told["changes"], told["room"], told["warnings"]) == ([], None, [])


def test_an_onset_brings_what_changed_before_it(capsys: pytest.CaptureFixture[str], runs: Path) -> None:
    told = as_json(capsys, "--activities", str(runs), "--onset", "2026-11-20")
    spike = next(change for change in told["changes"] if change["id"] == "long-run-spike")
    assert spike["says"].startswith("On Wed 18 Nov you ran 13 km: 62 % farther")
    assert spike["activities"] == [told["runs"][-1]["id"]]


def test_the_room_of_today(capsys: pytest.CaptureFixture[str], runs: Path) -> None:
    assert as_json(capsys, "--activities", str(runs), "--room")["room"]["up_to_m"] == 14_300
    code, out, _ = load(capsys, "--activities", str(runs), "--room", "--units", "miles")
    assert code == 0
    assert "Up to 8.8 miles today" in out
    assert "13.0 mi" not in out


def test_the_day_asked_about_leaves_later_runs_out_and_says_so(capsys: pytest.CaptureFixture[str], runs: Path) -> None:
    written(runs, TODAY + timedelta(days=1), 9_000)
    told = as_json(capsys, "--activities", str(runs))
    assert told["runs"][-1]["date"] == "2026-11-18"
    assert told["warnings"] == ["Left out: 1 run after Sun 22 Nov 2026, since you asked about that day."]


def test_what_names_no_sport_is_left_out_and_counted(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    track = "".join(f'<trkpt lat="0" lon="{n / 1000}"><time>2026-11-20T08:0{n}:00Z</time></trkpt>' for n in range(9))
    file = tmp_path / "unnamed.gpx"
    file.write_text(
        f'<gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1"><trk><trkseg>{track}</trkseg></trk></gpx>'
    )
    told = as_json(capsys, "--activities", str(file))
    assert told["runs"] == []
    assert any("1 activity of no named sport" in warning for warning in told["warnings"])
    assert len(as_json(capsys, "--activities", str(file), "--sport", "running")["runs"]) == 1


def test_a_broken_file_costs_only_itself(capsys: pytest.CaptureFixture[str], runs: Path) -> None:
    (runs / "broken.fit").write_bytes(b"\x0e\x10\x00\x00\x00\x00\x00\x00.FIT junk")
    told = as_json(capsys, "--activities", str(runs))
    assert len(told["runs"]) == 30
    assert any(warning.startswith("broken.fit: ") for warning in told["warnings"])


def test_the_picture_goes_into_a_file(capsys: pytest.CaptureFixture[str], runs: Path, tmp_path: Path) -> None:
    file = tmp_path / "load.svg"
    code, out, _ = load(capsys, "--activities", str(runs), "--svg", str(file))
    assert code == 0
    assert "YOUR RUNS" in out
    assert file.read_text(encoding="utf-8").startswith("<svg ")
    code, _, err = load(capsys, "--activities", str(runs), "--svg", str(tmp_path / "missing" / "load.svg"))
    assert code == 2
    assert "could not be written" in err


def test_plain_signs_on_request(capsys: pytest.CaptureFixture[str], runs: Path) -> None:
    _, fine, _ = load(capsys, "--activities", str(runs))
    _, plain, _ = load(capsys, "--activities", str(runs), "--ascii")
    assert "█" in fine
    assert plain.isascii()


@pytest.mark.parametrize("argv", [[], ["--activities", "kept"]])
def test_without_files_what_is_kept_is_read(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, argv: list[str]
) -> None:
    monkeypatch.setenv("LUMBAGO_HOME", str(tmp_path / "home"))
    code, out, _ = load(capsys, *argv)
    assert code == 0
    assert "keep them first with lumbago import" in " ".join(out.split())


def test_what_was_imported_gives_the_same_as_its_files(
    capsys: pytest.CaptureFixture[str], runs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LUMBAGO_HOME", str(tmp_path / "home"))
    assert main(["import", str(runs)]) == 0
    capsys.readouterr()
    asked = ("--room", "--onset", "2026-11-20")
    from_files = as_json(capsys, "--activities", str(runs), *asked)
    assert as_json(capsys, *asked) == from_files


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        (["--onset", "2026-11-23"], "future"),
        (["--onset", "lately"], "2026-11-22"),
        (["--today", "lately"], "2026-11-22"),
        (["--activities", "no-such-folder"], "no-such-folder"),
    ],
)
def test_refusals_say_what_would_be_right(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, argv: list[str], words: str
) -> None:
    monkeypatch.setenv("LUMBAGO_HOME", str(tmp_path / "home"))
    code, out, err = load(capsys, *argv)
    assert (code, out) == (2, "")
    assert err.startswith("lumbago: ")
    assert words in err or "could not be" in err
