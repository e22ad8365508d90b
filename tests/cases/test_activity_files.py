"""`lumbago read --json` on every shared training file against its manifest: the same start, records, distance, time and cadence,
or refused in words."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any

import pytest
import yaml

from decided import SHARED
from lumbago.cli.read import row_of

FOLDER = SHARED / "activities"
NO_ACTIVITY = {"everyday movement", "settings", "a weight", "a workout to follow"}
# The table is the manifest's; what differs from it stands here, with the reason.
BY_ITS_OWN_TOTAL = {
    # The damage lost 94 % of its samples, whose distance is all that the manifest can give; its own total came through whole.
    "files/python-fitparse/tests__files__strava-android-app-201.10-b1218918.fit": 11274.04,
}


@cache
def entries() -> dict[str, dict[str, Any]]:
    """Manifest entries by file; none where the folder is absent."""
    if not FOLDER.exists():
        return {}
    manifest = yaml.load((FOLDER / "MANIFEST.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader)
    return {entry["file"]: entry for entry in manifest["entries"]}


def seconds_apart(one: str, other: str) -> float:
    return abs((datetime.fromisoformat(one) - datetime.fromisoformat(other)).total_seconds())


def wanted_distance(entry: dict[str, Any]) -> float | None:
    expected = entry["expected"]
    if entry["file"] in BY_ITS_OWN_TOTAL:
        return BY_ITS_OWN_TOTAL[entry["file"]]
    total = expected.get("distance_m")
    return total or expected.get("record_distance_m", total)  # a stated 0 beside samples that moved is no total


def problems(row: dict[str, Any], entry: dict[str, Any]) -> list[str]:
    expected, found = entry["expected"], []
    if expected.get("records") is not None and row["records"] != expected["records"]:
        found.append(f"records {row['records']}, not {expected['records']}")
    if expected.get("start_utc") and (row["start"] is None or seconds_apart(row["start"], expected["start_utc"]) > 1):
        found.append(f"start {row['start']}, not {expected['start_utc']}")
    distance = wanted_distance(entry)
    if distance is not None:
        allowed = max(1.0, 0.005 * distance if entry["format"] in ("gpx", "zip") else 0.0)
        if row["distance_m"] is None or abs(row["distance_m"] - distance) > allowed:
            found.append(f"distance {row['distance_m']}, not {distance}")
    for ours, theirs, allowed in (
        ("timer_s", "timer_s", 0.5),
        ("elapsed_s", "elapsed_s", 0.5),
        ("cadence_spm", "cadence_spm", 0.2),
    ):
        wanted = expected.get(theirs)
        if wanted and (row[ours] is None or abs(row[ours] - wanted) > allowed):
            found.append(f"{ours} {row[ours]}, not {wanted}")
    return found


@pytest.mark.skipif(not FOLDER.exists(), reason="the shared activity files are not beside this checkout")
@pytest.mark.parametrize("name", [name for name, entry in entries().items() if "expected" in entry] or ["none"])
def test_every_file_is_read_as_its_manifest_has_it_or_refused_in_words(name: str) -> None:
    entry = entries()[name]
    row = row_of(str(FOLDER / name))
    if entry["expected"].get("records") == 0:
        assert not row["ok"]
        assert row["records"] == 0
        assert row["error"].endswith(".")
        return
    assert row["ok"], row["error"]
    assert not problems(row, entry)


@pytest.mark.skipif(not FOLDER.exists(), reason="the shared activity files are not beside this checkout")
@pytest.mark.parametrize(
    "name", [n for n, e in entries().items() if any("BROKEN" in note for note in e.get("notes", []))] or ["none"]
)
def test_a_broken_file_says_what_was_lost(name: str) -> None:
    row = row_of(str(FOLDER / name))
    assert row["ok"]
    assert any(word in " ".join(row["warnings"]) for word in ("lost", "checksum", "left out"))


@pytest.mark.skipif(not FOLDER.exists(), reason="the shared activity files are not beside this checkout")
@pytest.mark.parametrize("name", [n for n, e in entries().items() if "expected" not in e] or ["none"])
def test_what_the_manifest_gives_no_values_for_is_read_or_refused_in_words(name: str) -> None:
    row = row_of(str(FOLDER / name))
    assert row["ok"] or row["error"].endswith(".")
