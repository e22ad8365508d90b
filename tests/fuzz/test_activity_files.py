"""Damaged training files are read or refused: no crash, no hang over ten seconds, none over its memory."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decided import SHARED
from fitfiles import fit, run
from lumbago.activities.read import read_bytes
from lumbago.errors import InputError

ACTIVITIES = SHARED / "activities" / "files"
MUTATOR = Path(__file__).with_name("mutate_files.py")
SEED = 20261122
GPX = (
    '<gpx version="1.1" creator="x"><trk><name>a</name><type>running</type><trkseg>'
    + "".join(
        f'<trkpt lat="{50 + n / 1e4}" lon="8.5"><ele>{100 + n % 7}</ele>'
        f"<time>2026-10-04T07:{n // 60:02d}:{n % 60:02d}Z</time></trkpt>"
        for n in range(600)
    )
    + "</trkseg></trk></gpx>"
)
TCX = (
    '<TrainingCenterDatabase><Activities><Activity Sport="Running"><Id>2026-10-04T07:00:00Z</Id>'
    '<Lap StartTime="2026-10-04T07:00:00Z">'
    "<TotalTimeSeconds>300</TotalTimeSeconds><DistanceMeters>900</DistanceMeters><Track>"
    + "".join(
        f"<Trackpoint><Time>2026-10-04T07:{n // 60:02d}:{n % 60:02d}Z</Time><DistanceMeters>{3 * n}</DistanceMeters>"
        f"<Cadence>84</Cadence></Trackpoint>"
        for n in range(300)
    )
    + "</Track></Lap></Activity></Activities></TrainingCenterDatabase>"
)
CSV = "Date,Activity Type,Distance,Time\n" + "".join(
    f"2026-09-{day:02d},Running,{5 + day / 10},0:{30 + day}:00\n" for day in range(1, 29)
)
MADE_UP = {
    "a.fit": fit(run(400, heights=(10, 60, 20), local_h=2)),
    "b.gpx": GPX.encode(),
    "c.tcx": TCX.encode(),
    "d.csv": CSV.encode(),
}


def real_files() -> list[Path]:
    """Some of every kind among the shared files; none where they are absent."""
    if not ACTIVITIES.exists():
        return []
    found = sorted(path for path in ACTIVITIES.rglob("*") if path.is_file() and path.suffix != ".zip")
    return [path for path in found if path.stat().st_size < 700_000][::7]


def test_no_damage_crashes_hangs_or_fills_the_memory(tmp_path: Path, nightly: bool) -> None:
    for name, data in MADE_UP.items():
        (tmp_path / name).write_bytes(data)
    paths = [*sorted(tmp_path.iterdir()), *real_files()]
    count = 2_000 if nightly else 100
    done = subprocess.run(
        [sys.executable, MUTATOR, str(count), str(SEED), *map(str, paths)],
        capture_output=True,
        text=True,
        check=False,
        timeout=count * 11,
    )
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    last = rows[-1] if rows else None
    assert done.returncode == 0, f"the reader died after {last}: {done.stderr[-2000:]}"
    assert len(rows) == count
    assert not [row for row in rows if row["outcome"].startswith("crash")]
    assert len({row["outcome"] for row in rows}) > 1, "neither only read nor only refused: else nothing was damaged"
    assert len({row["mutation"] for row in rows}) > 3


@pytest.mark.parametrize("name", MADE_UP)
def test_the_files_are_sound_before_they_are_damaged(name: str) -> None:
    assert read_bytes(MADE_UP[name]).activities


@given(
    data=st.binary(max_size=400),
    head=st.sampled_from([b"", b"\x0e\x20\x00\x00\x10\x00\x00\x00.FIT", b"<gpx>", b"a,b\n", b"[{"]),
)
def test_any_bytes_are_read_or_refused(data: bytes, head: bytes) -> None:
    try:
        found = read_bytes(head + data)
    except InputError as error:
        assert error.message.endswith(".")
    else:
        assert found.activities
