"""A file that hangs, bursts or kills its reader costs itself alone."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from lumbago.activities.archive import Member
from lumbago.activities.exports import Task
from lumbago.activities.read import FileRead
from lumbago.errors import NotAnActivity
from lumbago.journal import originals, worker
from lumbago.journal.pack import unpack
from lumbago.journal.worker import Decoded, Reading, decode, read_all, sound, weight
from lumbago.model.activities import Lap, SpeedBand
from unit.journal import misbehaving
from unit.journal.made import activity, samples


def tasks(*names: str) -> list[Task]:
    return [Task(Member(name, (name,), 1000)) for name in names]


def outcomes(*names: str, workers: int = 2) -> dict[str, Decoded]:
    done = list(read_all(tasks(*names), Reading(), workers, misbehaving.read))
    assert [task.member.name for task, _ in done] == list(names)
    return {task.member.name: decoded for task, decoded in done}


def test_every_file_is_read_once_in_its_order_by_several_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "_MOST_HELD", 5)
    names = [f"run {number}{' slow' if number % 7 == 0 else ''}" for number in range(40)]
    assert all(decoded.sha256 == name for name, decoded in outcomes(*names).items())


def test_a_reader_that_dies_costs_its_file_alone() -> None:
    names = ["a", "b dies", "c", "d", "e dies", "f", "g", "h"]
    found = outcomes(*names, workers=1)
    dead = {name for name, decoded in found.items() if decoded.why}
    assert dead == {"b dies", "e dies"}
    assert not any(found[name].lasting for name in dead)


def test_a_reader_that_hangs_costs_its_file_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "LONGEST_S", 0.3)
    found = outcomes("a", "b hangs", "c", workers=1)
    why = found["b hangs"].why
    assert why and "longer than" in why
    assert (found["a"].why, found["c"].why) == (None, None)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps to a limit of memory")
def test_a_reader_may_not_use_all_memory() -> None:
    found = outcomes("a", "b bursts", "c", workers=1)
    assert [found[name].why for name in ("a", "b bursts", "c")] == [None, "memory", None]


def test_it_ends_when_it_is_stopped() -> None:
    assert list(read_all(tasks("a", "b"), Reading(), 1, misbehaving.read, lambda: True)) == []


def test_a_closed_iterator_leaves_no_process_behind() -> None:
    import multiprocessing

    running = read_all(tasks(*map(str, range(50))), Reading(), 2, misbehaving.read)
    next(running)
    running.close()
    assert not multiprocessing.active_children()


# Reading one file


def reads(monkeypatch: pytest.MonkeyPatch, answer: Any) -> None:
    def read_task(*_: Any) -> Any:
        if isinstance(answer, BaseException):
            raise answer
        return answer

    monkeypatch.setattr(worker, "read_task", read_task)


def test_an_activity_comes_without_samples_and_these_packed(monkeypatch: pytest.MonkeyPatch) -> None:
    reads(monkeypatch, FileRead((activity(samples=samples(50)), activity("b")), "hash", ("odd",)))
    decoded = decode(*tasks("x"), Reading())
    first, second = decoded.activities
    assert (decoded.why, decoded.sha256, decoded.warnings, decoded.original) == (None, "hash", ("odd",), False)
    assert first.activity.samples is None and first.columns == 3 and first.samples
    assert np.array_equal(unpack(first.samples)["heart_rate"], samples(50)["heart_rate"])
    assert (second.samples, second.columns) == (None, 0)


@pytest.mark.parametrize(
    ("error", "words", "lasting"),
    [
        (NotAnActivity("A page."), "A page.", True),
        (MemoryError(), "more memory", True),
        (OSError(28, "No space left on device"), "No space left", False),
        (ZeroDivisionError("of a runner's value"), "ZeroDivisionError", True),
    ],
)
def test_what_cannot_be_read_says_why(
    monkeypatch: pytest.MonkeyPatch, error: Exception, words: str, lasting: bool
) -> None:
    reads(monkeypatch, error)
    decoded = decode(*tasks("x"), Reading())
    assert decoded.why and words in decoded.why and "runner's value" not in decoded.why
    assert decoded.lasting is lasting


def test_the_file_itself_is_kept_when_wanted(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import hashlib

    file = tmp_path / "run.gpx"
    file.write_bytes(b"made up")
    sha256 = hashlib.sha256(b"made up").hexdigest()
    reads(monkeypatch, FileRead((activity(),), sha256))
    (task,) = (Task(Member("run.gpx", (str(file),), 7)),)
    assert decode(task, Reading(originals=tmp_path / "originals")).original
    assert originals.read(tmp_path / "originals", sha256) == b"made up"
    assert not decode(replace(task, bare=True), Reading(originals=tmp_path / "others")).original


def test_what_no_database_can_hold_is_left_out() -> None:
    odd = activity(
        name="half \ud800 and \0",
        distance_m=float("inf"),
        bands=(SpeedBand(2.5, float("nan")),),
        laps=(Lap(0.0, float("inf"), 1.0),),
    )
    kept = sound(odd)
    assert (kept.name, kept.distance_m, kept.elapsed_s) == ("half ? and ", None, 3600.0)
    assert kept.laps == (Lap(0.0, None, 1.0),)
    assert kept.bands == ()


def test_the_bytes_of_a_line_of_a_list_are_not_those_of_the_list() -> None:
    member = Member("activities.csv", ("activities.csv",), 5_000_000)
    assert [weight(Task(member)), weight(Task(member, bare=True)), weight(Task(member, workout=b"<w/>"))] == [
        5_000_000,
        0,
        4,
    ]
