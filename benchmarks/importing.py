"""How quick an import is: a Strava-style export of 3,000 activities, against reading its bytes and against the usual readers.

The export is made of the shared activity files, each used several times with all its times moved by whole days, so that no two are
one run. Run `python benchmarks/importing.py` (or `make timing`); it prints a table, ratios first, since machines differ.
"""

from __future__ import annotations

import argparse
import gzip
import io
import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import yaml

SHARED = Path(__file__).resolve().parents[2] / "shared" / "activities"
KINDS = ("fit", "gpx", "tcx")
LEAST_RECORDS = 100  # fewer is a fragment made for a parser's tests
DAYS_APART = 300  # of copies of one file, so that they seldom overlap those of another
SAMPLE = 40  # files that the slow readers decode; the rest is reckoned by bytes
_STAMP = re.compile(rb"(20\d\d-\d\d-\d\d)(?=T\d\d:\d\d)")


@dataclass(frozen=True)
class Original:
    name: str
    kind: str
    data: bytes
    sport: str


def originals() -> list[Original]:
    """Shared files that hold a whole activity with a start."""
    manifest = yaml.load((SHARED / "MANIFEST.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader)
    found = []
    for entry in manifest["entries"]:
        expected = entry.get("expected", {})
        whole = expected.get("start_utc") and (expected.get("records") or 0) >= LEAST_RECORDS
        broken = any("BROKEN" in note for note in entry.get("notes", []))
        if broken or entry["format"] not in KINDS or not whole or expected["start_utc"] < "2000":
            continue
        data = (SHARED / entry["file"]).read_bytes()
        data = gzip.decompress(data) if entry["file"].endswith(".gz") else data
        if entry["format"] == "fit" and not _is_plain(data):
            continue
        found.append(Original(entry["file"], entry["format"], data, entry.get("sport") or "running"))
    return found


def _is_plain(data: bytes) -> bool:
    """One whole FIT sequence, so that its times can be moved and its checksum made anew."""
    return data[8:12] == b".FIT" and data[0] + int.from_bytes(data[4:8], "little") + 2 == len(data)


def moved(original: Original, days: int) -> bytes:
    """The same activity so many days later."""
    if original.kind == "fit":
        return _moved_fit(original.data, days * 86_400)

    def later(found: re.Match[bytes]) -> bytes:
        day = datetime.strptime(found[1].decode(), "%Y-%m-%d").replace(tzinfo=UTC) + timedelta(days=days)
        return day.strftime("%Y-%m-%d").encode()

    return _STAMP.sub(later, original.data)


_TIMES = {0: (4,), 18: (253, 2), 19: (253, 2), 20: (253,), 21: (253,), 23: (253,), 34: (253, 5)}


def _moved_fit(data: bytes, seconds: int) -> bytes:
    """Every known time of a FIT file moved; seconds must be a multiple of 32, so that compressed times stay right."""
    out = bytearray(data)
    at, end = data[0], data[0] + int.from_bytes(data[4:8], "little")
    layouts: dict[int, tuple[int, list[tuple[int, str]]]] = {}
    while at < end:
        head = data[at]
        at += 1
        if head & 0xC0 == 0x40:
            order = "big" if data[at + 1] else "little"
            number = int.from_bytes(data[at + 2 : at + 4], order)
            places, size = [], 0
            fields = data[at + 4]
            for field in range(fields):
                which, length, _ = data[at + 5 + 3 * field : at + 8 + 3 * field]
                if which in _TIMES.get(number, (253,)) and length == 4:
                    places.append((size, order))
                size += length
            at += 5 + 3 * fields
            if head & 0x20:
                own = data[at]
                size += sum(data[at + 2 + 3 * field] for field in range(own))
                at += 1 + 3 * own
            layouts[head & 0x0F] = (size, places)
            continue
        size, places = layouts[(head >> 5) & 3 if head & 0x80 else head & 0x0F]
        for place, order in places:
            told = int.from_bytes(data[at + place : at + place + 4], order)
            if told != 0xFFFFFFFF:
                out[at + place : at + place + 4] = (told + seconds).to_bytes(4, order)
        at += size
    out[-2:] = _checksum(bytes(out[:-2])).to_bytes(2, "little")
    return bytes(out)


def _checksum(data: bytes) -> int:
    from lumbago.activities.fit import _crc

    return _crc(data)


def build(path: Path, count: int, kinds: Sequence[str] = KINDS) -> None:
    """A zip as Strava makes it: activities.csv, and each file packed by gzip in the folder activities/."""
    sources = [original for original in originals() if original.kind in kinds]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        rows = ["Activity ID,Activity Date,Activity Name,Activity Type,Elapsed Time,Distance,Activity Gear,Filename"]
        for number in range(count):
            original = sources[number % len(sources)]
            days = number // len(sources) * DAYS_APART
            data = moved(original, days) if days else original.data
            name = f"activities/{number}.{original.kind}.gz"
            archive.writestr(name, gzip.compress(data, 6), zipfile.ZIP_STORED)
            kind = "Ride" if "cycl" in original.sport.lower() or "bik" in original.sport.lower() else "Run"
            rows.append(f'{number},"Jan 1, 2020, 1:00:00 PM",Activity {number},{kind},,,,{name}')
        archive.writestr("activities.csv", "\n".join(rows) + "\n")


def bytes_alone(path: Path) -> float:
    """Seconds to read and decompress every member in one process: the floor that no import can go below."""
    begun = time.perf_counter()
    with zipfile.ZipFile(path) as archive:
        for info in archive.infolist():
            data = archive.read(info)
            if info.filename.endswith(".gz"):
                gzip.decompress(data)
    return time.perf_counter() - begun


def usual_readers(path: Path) -> tuple[float, str]:
    """(seconds, how) that fitdecode and gpxpy take for the FIT and GPX files in one process, reckoned from a sample."""
    import fitdecode
    import gpxpy

    seconds, parts = 0.0, []
    with zipfile.ZipFile(path) as archive:
        for kind in ("fit", "gpx"):
            files = [info for info in archive.infolist() if info.filename.endswith(f".{kind}.gz")]
            if not files:
                continue
            step = max(len(files) // SAMPLE, 1)
            taken = [gzip.decompress(archive.read(info)) for info in files[::step][:SAMPLE]]
            whole = sum(len(gzip.decompress(archive.read(info))) for info in files)
            begun = time.perf_counter()
            for data in taken:
                if kind == "fit":
                    with warnings.catch_warnings():
                        warnings.simplefilter("ignore")
                        for _ in fitdecode.FitReader(io.BytesIO(data)):
                            pass
                else:
                    gpxpy.parse(data.decode("utf-8", "replace"))
            rate = (time.perf_counter() - begun) / max(sum(map(len, taken)), 1)
            seconds += rate * whole
            parts.append(f"{kind}: {len(taken)} of {len(files)} files")
    return seconds, ", ".join(parts)


def run_import(path: Path, home: Path) -> tuple[float, float, dict[str, Any]]:
    """(seconds, peak MB of the largest process, counts by outcome) of one `lumbago import` as a process of its own."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    begun = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "lumbago", "import", str(path), "--json"],
        env=os.environ | {"LUMBAGO_HOME": str(home)},
        capture_output=True,
        text=True,
        check=True,
    )
    seconds = time.perf_counter() - begun
    peak = max(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, before) / 1024
    outcomes: dict[str, int] = {}
    for line in done.stdout.splitlines():
        row = json.loads(line)
        outcome = row.get("outcome", row.get("state", "?"))
        outcomes[outcome] = outcomes.get(outcome, 0) + 1
    return seconds, peak, outcomes


def table(count: int, rounds: int, kinds: Sequence[str]) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "export.zip"
        build(path, count, kinds)
        size = path.stat().st_size / 1e6
        floor = min(bytes_alone(path) for _ in range(max(rounds, 3)))
        usual, how = usual_readers(path)
        firsts, seconds, peaks = [], [], []
        for number in range(rounds):
            home = Path(folder) / f"home{number}"
            first, peak, outcomes = run_import(path, home)
            again, _, outcomes_again = run_import(path, home)
            firsts.append(first)
            seconds.append(again)
            peaks.append(peak)
        first, again = sorted(firsts)[rounds // 2], sorted(seconds)[rounds // 2]
        yield f"{count:,} activities ({', '.join(kinds)}), {size:.0f} MB of zip; {os.cpu_count()} cores; middle of {rounds} rounds"
        yield f"(a) reading and decompressing alone, one process: {floor:.2f} s"
        yield f"(b) fitdecode and gpxpy decoding alone, one process: {usual:.0f} s, reckoned from {how}"
        yield f"import, all included: {first:.1f} s = {first / floor:.1f} x (a) = 1/{usual / first:.0f} of (b)   {outcomes}"
        yield f"the same zip again: {again:.2f} s = {again / floor:.2f} x (a)   {outcomes_again}"
        yield f"peak memory of the largest process: {max(peaks):.0f} MB"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=3_000)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument(
        "--kinds", default=",".join(KINDS), help="formats to make the export of, such as fit (default: all)"
    )
    arguments = parser.parse_args()
    for line in table(arguments.count, arguments.rounds, arguments.kinds.split(",")):
        print(line, flush=True)
