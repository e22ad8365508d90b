"""Reading in processes of their own, so that a file which hangs, bursts or kills its reader costs itself alone.

Each worker has a short queue of files and answers in order, so the file at its head is the one it is busy with. Workers never
touch the database. They end by themselves when the import that started them is gone.
"""

from __future__ import annotations

import multiprocessing
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, fields, replace
from math import isfinite
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lumbago.activities import archive
from lumbago.activities.exports import Task, read_task
from lumbago.activities.read import NO_HINTS, Hints
from lumbago.errors import InputError, JournalUnusable
from lumbago.journal import originals
from lumbago.journal.pack import pack

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess

    from lumbago.model.activities import Activity

LONGEST_S = 30.0  # a file of a few MB takes a tenth of a second
SECONDS_A_MB = 1.0  # on top, for account exports of many hundred MB
MOST_MEMORY = 2_000_000_000  # bytes on top of what the program itself needs
LARGEST_ORIGINAL = 100_000_000  # what is larger is a whole account's export, and is read as a stream
_AHEAD = 3  # files in a worker's queue
_MOST_HELD = 200  # files that may be done before one that takes long
_LOOK_S = 0.2
_LEAVE_S = 2.0
_HUNG = "This file took longer than {:.0f} seconds to read. It was left out and the rest was read; export it again."
_DIED = (
    "This file broke its reader. It was left out and the rest was read; the file may be damaged, so export it again."
)
_FAULT = "This file broke our reader ({}). It was left out and the rest was read; the file may be damaged, so export it again."
_BURST = "This file needs more memory than any activity should. It was left out and the rest was read."


@dataclass(frozen=True, slots=True)
class Reading:
    """How files are read. hints: for files that do not tell; originals: the folder to keep files in, None to keep none."""

    hints: Hints = NO_HINTS
    originals: Path | None = None


@dataclass(frozen=True, slots=True)
class Packed:
    """An activity without samples, and these packed (None without any). columns: how many kinds of samples there are."""

    activity: Activity
    samples: bytes | None
    columns: int


@dataclass(frozen=True, slots=True)
class Decoded:
    """What a file gave. why: the reason it was skipped, None when it was read. lasting: whether it would fail again."""

    activities: tuple[Packed, ...] = ()
    sha256: str | None = None
    warnings: tuple[str, ...] = ()
    original: bool = False
    why: str | None = None
    lasting: bool = True


Read = Callable[[Task, Reading], Decoded]


def decode(task: Task, reading: Reading) -> Decoded:
    """Read one file: its activities with their samples packed, and the file itself put among the originals. Never raises."""
    try:
        found = read_task(task, reading.hints)
        original = reading.originals is not None and _keep_original(task, reading.originals, found.sha256)
        packed = tuple(map(_packed, found.activities))
    except InputError as error:
        return Decoded(why=error.message)
    except MemoryError:
        return Decoded(why=_BURST)
    except OSError as error:
        why = f"This file could not be read or kept ({error.strerror}). It was left out; try again."
        return Decoded(why=why, lasting=False)
    except Exception as error:  # a fault of ours, met by one odd file, must not take the others down; its kind is told
        return Decoded(why=_FAULT.format(type(error).__name__))
    return Decoded(packed, found.sha256, found.warnings, original)


def _keep_original(task: Task, folder: Path, sha256: str) -> bool:
    """Whether there is a file of its own to keep, and it was: a line of a list, and a workout of a long export, have none."""
    if task.bare or task.workout is not None or task.member.size > LARGEST_ORIGINAL:
        return False
    originals.keep(folder, sha256, archive.fetch(task.member.address))
    return True


def weight(task: Task) -> int:
    """About how many bytes have to be read for it, unpacked or not."""
    if task.workout is not None:
        return len(task.workout)
    return 0 if task.bare else task.member.size


def _packed(activity: Activity) -> Packed:
    samples = activity.samples
    return Packed(sound(replace(activity, samples=None)), pack(samples) if samples else None, len(samples or ()))


def sound(activity: Activity) -> Activity:
    """The activity as a database can hold it: numbers that are none are not told, and text has no half characters."""
    plain = {f.name: getattr(activity, f.name) for f in fields(activity)}
    kept = {name: _sound(value) for name, value in plain.items() if isinstance(value, float | str)}
    bands = tuple(
        replace(b, **_sound_parts(b)) for b in activity.bands if isfinite(b.speed_mps) and isfinite(b.seconds)
    )
    laps = tuple(replace(lap, **_sound_parts(lap)) for lap in activity.laps if isfinite(lap.start_s))
    return replace(activity, **kept, bands=bands, laps=laps)


def _sound_parts(part: Any) -> dict[str, Any]:
    return {f.name: _sound(getattr(part, f.name)) for f in fields(part)}


def _sound(value: Any) -> Any:
    if isinstance(value, float):
        return float(value) if isfinite(value) else None
    if type(value) is str:
        return value.replace("\0", "").encode("utf-8", "replace").decode()
    return value


# The pool


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    line: Connection
    queue: deque[int] = field(default_factory=deque)  # places of its files in the list
    since: float | None = None  # when it began with the file at the head; None while it starts
    is_broken: bool = False


def read_all(
    tasks: Sequence[Task],
    reading: Reading,
    workers: int,
    read: Read = decode,
    is_stopped: Callable[[], bool] = lambda: False,
) -> Generator[tuple[Task, Decoded]]:
    """Every file with what it gave, in their order, so that the same files always end as the same activities; until `is_stopped`.

    workers: how many processes, at least one; 0 reads in this very process. Raises JournalUnusable when none can be started.
    """
    if not workers:
        yield from ((task, read(task, reading)) for task in tasks if not is_stopped())
        return
    waiting, done, next_ = deque(range(len(tasks))), dict[int, Decoded](), 0
    crew = [_start(reading, read) for _ in range(min(workers, len(tasks)))]
    try:
        while next_ < len(tasks) and not is_stopped():
            for worker in crew:
                while waiting and waiting[0] < next_ + _MOST_HELD and len(worker.queue) < _AHEAD:
                    _give(worker, waiting.popleft(), tasks)
            wait([worker.line for worker in crew if worker.queue], _LOOK_S)
            for place, worker in enumerate(crew):
                _collect(worker, tasks, done)
                if worker.is_broken:
                    waiting.extendleft(reversed(worker.queue))
                    _end(worker)
                    crew[place] = _start(reading, read)
            while next_ in done:
                yield tasks[next_], done.pop(next_)
                next_ += 1
    finally:
        for worker in crew:
            _end(worker)


def _collect(worker: _Worker, tasks: Sequence[Task], done: dict[int, Decoded]) -> None:
    while worker.queue and not worker.is_broken and (answer := _answer(worker, tasks[worker.queue[0]])):
        done[worker.queue.popleft()] = answer


def _start(reading: Reading, read: Read) -> _Worker:
    """A new process that already ignores Ctrl-C, which is for the import to answer."""
    context = multiprocessing.get_context("spawn")  # a fork would inherit the database's connection and locks
    here, there = context.Pipe()
    process = context.Process(target=_work, args=(there, reading, read), daemon=True)
    with _ctrl_c_ignored():
        process.start()
    there.close()
    return _Worker(process, here)


@contextmanager
def _ctrl_c_ignored() -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _work(line: Connection, reading: Reading, read: Read) -> None:
    """The life of a worker: say that it is there, then answer one file after another until nobody asks any more."""
    _limit_memory()
    with suppress(EOFError, OSError, MemoryError):
        line.send(None)
        while True:
            task = line.recv()
            line.send(read(task, reading))


def _limit_memory() -> None:
    """Only Linux keeps to such a limit; elsewhere the time limit and the bounds of the readers remain."""
    if sys.platform == "linux":
        import resource

        pages = int(Path("/proc/self/statm").read_text().split()[0])
        most = pages * resource.getpagesize() + MOST_MEMORY
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _give(worker: _Worker, number: int, tasks: Sequence[Task]) -> None:
    with suppress(OSError):  # one that has died is found out by `_answer`
        worker.line.send(tasks[number])
    worker.queue.append(number)


def _answer(worker: _Worker, task: Task) -> Decoded | None:
    """What the file at the head gave, or why it cannot be had; None while there is time left."""
    try:
        while worker.line.poll():
            done: Decoded | None = worker.line.recv()
            worker.since = time.monotonic()
            if done:
                return done
    except (EOFError, OSError):
        if worker.since is None:
            raise JournalUnusable(
                "The processes that read files end at once. Nothing was changed; start again, with less else running."
            ) from None
        worker.is_broken = True
        return Decoded(why=_DIED, lasting=False)
    allowed = LONGEST_S + SECONDS_A_MB * weight(task) / 1_000_000
    if worker.since is None or time.monotonic() - worker.since < allowed:
        return None
    worker.is_broken = True
    return Decoded(why=_HUNG.format(allowed), lasting=False)


def _end(worker: _Worker) -> None:
    """One with nothing to do ends by itself once nobody speaks to it; any other is killed."""
    worker.line.close()
    if worker.queue or worker.is_broken:
        worker.process.kill()
    worker.process.join(_LEAVE_S)
    worker.process.kill()
    worker.process.join()
    worker.process.close()
