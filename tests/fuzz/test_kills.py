"""A kill at any moment of an import: nothing is lost, nothing stands twice, and the next import completes it."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from lumbago.journal import originals, places
from lumbago.journal.pack import unpack
from unit.journal.made import export

RUNS = 45  # with the copies of every third, 61 files
MOMENTS, MOMENTS_AT_NIGHT = 10, 200
TOTALS = """
SELECT 'activities', count(*), sum(distance_m) FROM journal_activityrow UNION ALL
SELECT 'samples', count(*), sum(length(packed)) FROM journal_samplesrow UNION ALL
SELECT 'sources', count(*), sum(kept) FROM journal_sourcerow UNION ALL
SELECT 'seen', count(*), sum(activities) FROM journal_fileseen
"""


@dataclass(frozen=True)
class Undisturbed:
    """An import that nobody killed."""

    files: Path
    totals: list[tuple[object, ...]]
    seconds: float


def start(files: Path, kept: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "lumbago", "import", str(files)]
    return subprocess.Popen(
        command,
        env=os.environ | {"LUMBAGO_HOME": str(kept)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


@contextmanager
def database(kept: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(kept / places.DATABASE)) as connection:
        yield connection


def totals(kept: Path) -> list[tuple[object, ...]]:
    with database(kept) as connection:
        return connection.execute(TOTALS).fetchall()


def check_whole(kept: Path) -> None:
    """Every activity that is there is there with its samples, its source and its file."""
    if not (kept / places.DATABASE).exists():
        return
    with database(kept) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'journal_fileseen'").fetchone():
            return  # killed before there were tables
        rows = connection.execute(
            "SELECT a.id, a.records, s.packed FROM journal_activityrow a LEFT JOIN journal_samplesrow s ON s.activity_id = a.id"
        ).fetchall()
        standing = connection.execute("SELECT activity_id, own_id FROM journal_sourcerow WHERE kept").fetchall()
        hashes = connection.execute("SELECT sha256 FROM journal_sourcerow WHERE original").fetchall()
        assert connection.execute("SELECT count(*) FROM journal_sourcerow").fetchone()[0] == len(hashes)
        seen = connection.execute("SELECT count(*) FROM journal_fileseen WHERE why IS NULL").fetchone()[0]
        assert seen == len(hashes), "a file was noted without its activity, or the other way round"
    assert sorted(standing) == sorted((id_, id_) for id_, *_ in rows)
    assert all(len(unpack(packed)["time"]) == records for _, records, packed in rows)
    assert all(originals.read(kept / "originals", sha256) for (sha256,) in hashes)


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Undisturbed:
    folder = tmp_path_factory.mktemp("undisturbed")
    files = export(folder / "files", RUNS)
    began = time.monotonic()
    assert start(files, folder / "kept").wait() == 0
    seconds = time.monotonic() - began
    check_whole(folder / "kept")
    counts = {name: count for name, count, _ in totals(folder / "kept")}
    assert counts == {"activities": RUNS, "samples": RUNS, "sources": RUNS + RUNS // 3, "seen": RUNS + RUNS // 3 + 1}
    return Undisturbed(files, totals(folder / "kept"), seconds)


def moments(nightly: bool) -> Iterator[tuple[bool, float]]:
    """Whether to wait for the first batch, and for which fraction of an import then; the same ones each time."""
    count = MOMENTS_AT_NIGHT if nightly else MOMENTS
    chance = random.Random(20261122)
    for place in range(count):
        among_batches = place % 2 == 1
        yield among_batches, chance.random() / 20 if among_batches else (place + chance.random()) / count


def await_first_batch(process: subprocess.Popen[bytes], kept: Path) -> None:
    """Until the log tells of a file that was read and written (its first line is the heading)."""
    while process.poll() is None:
        if any(log.read_bytes().count(b"\n") > 1 for log in kept.glob("imports/*.tsv")):
            return
        time.sleep(0.001)


def test_a_kill_at_any_moment_costs_nothing(undisturbed: Undisturbed, tmp_path: Path, nightly: bool) -> None:
    kept = tmp_path / "kept"
    halfway = 0
    for among_batches, moment in moments(nightly):
        shutil.rmtree(kept, ignore_errors=True)
        process = start(undisturbed.files, kept)
        if among_batches:
            await_first_batch(process, kept)
        time.sleep(moment * undisturbed.seconds)
        process.send_signal(signal.SIGKILL)
        process.wait()
        check_whole(kept)
        halfway += _is_halfway(kept)
        assert start(undisturbed.files, kept).wait() == 0, f"after a kill at {moment:.3f} of it"
        check_whole(kept)
        assert totals(kept) == undisturbed.totals, f"after a kill at {moment:.3f} of it"
    assert halfway, "no kill fell among the batches: the moments must be chosen anew"


def _is_halfway(kept: Path) -> bool:
    try:
        counts = {name: count for name, count, _ in totals(kept)}
    except sqlite3.OperationalError:
        return False
    return 0 < int(str(counts["activities"])) < RUNS


def test_ctrl_c_keeps_what_is_written_and_the_next_import_goes_on(undisturbed: Undisturbed, tmp_path: Path) -> None:
    process = start(undisturbed.files, tmp_path / "kept")
    await_first_batch(process, tmp_path / "kept")
    process.send_signal(signal.SIGINT)
    assert process.wait() in (130, 0, -signal.SIGINT)  # 0 and the signal itself: it was just done
    check_whole(tmp_path / "kept")
    assert start(undisturbed.files, tmp_path / "kept").wait() == 0
    assert totals(tmp_path / "kept") == undisturbed.totals


def test_two_imports_at_once_do_no_harm(undisturbed: Undisturbed, tmp_path: Path) -> None:
    both = [start(undisturbed.files, tmp_path / "kept") for _ in range(2)]
    assert sorted(process.wait() for process in both) in ([0, 0], [0, 2])
    check_whole(tmp_path / "kept")
    assert totals(tmp_path / "kept") == undisturbed.totals
