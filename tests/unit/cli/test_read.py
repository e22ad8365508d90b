"""`lumbago read`: one line a file in the fields of the contract, a refusal in words, nothing kept."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from fitfiles import fit, run
from fuzz.test_activity_files import CSV, GPX
from lumbago.cli import main

FIELDS = {
    "file", "ok", "sport", "start", "local_date", "elapsed_s", "timer_s", "distance_m", "records", "cadence_spm", "ascent_m",
    "descent_m", "sha256", "warnings", "error",
}  # fmt: skip


def read(capsys: pytest.CaptureFixture[str], *paths: Path) -> list[dict[str, Any]]:
    assert main(["read", *map(str, paths), "--json"]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_file_is_one_line_in_the_fields_of_the_contract(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "run.fit"
    path.write_bytes(fit(run(600, 3.0, 85, local_h=2)))
    (row,) = read(capsys, path)
    assert set(row) >= FIELDS
    assert (row["file"], row["ok"], row["sport"], row["error"]) == (str(path), True, "running", None)
    assert (row["start"], row["local_date"]) == ("2026-10-04T07:30:00Z", "2026-10-04")
    assert (row["elapsed_s"], row["timer_s"], row["distance_m"], row["records"]) == (600, 600, 1800, 601)
    assert row["cadence_spm"] == 170
    assert "parts" not in row


def test_a_multi_sport_file_has_parts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "duathlon.fit"
    path.write_bytes(fit(run(300)) + fit(run(600, 8.0, 90, sport=2, start_s=400)))
    (row,) = read(capsys, path)
    assert row["sport"] == "multi-sport"
    assert [part["sport"] for part in row["parts"]] == ["running", "cycling"]
    assert (row["distance_m"], row["records"], row["timer_s"]) == (900 + 4800, 902, 900)
    assert row["parts"][0]["cadence_spm"] == 170
    assert row["parts"][1]["cadence_spm"] == 90


def test_a_refusal_is_a_line_too_and_the_rest_is_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.fit").write_bytes(b"no fit at all")
    (tmp_path / "b.gpx").write_text(GPX)
    refused, sound, missing = read(capsys, tmp_path / "a.fit", tmp_path / "b.gpx", tmp_path / "c.gpx")
    assert set(refused) >= FIELDS
    assert (refused["ok"], refused["records"], refused["start"]) == (False, 0, None)
    assert refused["error"].endswith(".")
    assert refused["sha256"]
    assert sound["ok"]
    assert "could not be opened" in missing["error"]


def test_tables_and_zips_are_read_with_all_they_hold(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "runs.csv").write_text(CSV)
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as made:
        made.writestr("a.gpx", GPX)
        made.writestr("bad.fit", b"x")
    table, zipped = read(capsys, tmp_path / "runs.csv", tmp_path / "all.zip")
    assert len(table["parts"]) == 28
    assert zipped["records"] == 600
    assert any(warning.startswith("bad.fit: ") for warning in zipped["warnings"])


def test_in_words_each_activity_is_a_line_and_warnings_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "run.fit"
    path.write_bytes(fit(run(600))[:-400])
    (tmp_path / "no.fit").write_bytes(b"x")
    assert main(["read", str(path), str(tmp_path / "no.fit")]) == 0
    out = capsys.readouterr().out
    assert "run.fit: 1 activity" in out
    assert "Note: This file is damaged" in out
    assert "no.fit: " in out


def test_ask_takes_files_and_what_was_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "runs.csv"
    path.write_text(CSV)
    story = [
        "--story",
        "My lower back aches.",
        "--no-input",
        "--today",
        "2026-10-01",
        "--onset",
        "2026-09-29",
        "--format",
        "json",
    ]
    assert main(["ask", *story, "--activities", str(path)]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["quantities"]["longest_run_km"] == 7.8
    assert found["quantities"]["weekly_km"] > 0
