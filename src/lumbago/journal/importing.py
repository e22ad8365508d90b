"""`lumbago import`: files in, activities kept; nothing is lost, nothing stands twice, and a second time costs next to nothing.

The way of a file: it is listed (survey), passed over when it was seen before, read by a worker, placed among what is kept, and
written with its batch. Only then does the log say so.
"""

from __future__ import annotations

import hashlib
import os
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from typing import TextIO

from lumbago.activities.archive import Member, members
from lumbago.activities.exports import Task, survey
from lumbago.activities.read import NO_HINTS, Hints
from lumbago.errors import InputError
from lumbago.journal import home, originals, places
from lumbago.journal.keep import Arrival, Writer
from lumbago.journal.lock import alone, alone_in_database
from lumbago.journal.matching import Outcome
from lumbago.journal.models import FileSeen, ImportRun
from lumbago.journal.troubles import in_words
from lumbago.journal.worker import Decoded, Reading, read_all, weight

READER = 1  # one more whenever the readers would make another activity of the same bytes
_BATCH_FILES, _BATCH_S = 32, 1.0


@dataclass(frozen=True, slots=True)
class Options:
    """originals: keep the files too. hints: for files that do not tell. workers: processes, None for one a core."""

    originals: bool = True
    hints: Hints = NO_HINTS
    workers: int | None = None

    @property
    def read_by(self) -> str:
        """What values depend on besides the bytes they are read from."""
        told = (self.hints.zone, self.hints.units, self.hints.sport)
        return " ".join([str(READER), *(str(each) for each in told if each is not None)])


@dataclass(frozen=True, slots=True)
class FileResult:
    """What became of one file, or of one line of an export's list. name: without folders. why: the reason it was skipped."""

    name: str
    outcomes: Counter[Outcome]
    why: str | None = None
    warnings: tuple[str, ...] = ()

    @property
    def word(self) -> str:
        """All outcomes in a few words, such as `imported` or `2 imported, 1 already there`."""
        if self.why is not None:
            return "skipped"
        told = [(outcome, count) for outcome in Outcome if (count := self.outcomes[outcome])]
        if len(told) == 1:
            return str(told[0][0])
        return ", ".join(f"{count} {outcome}" for outcome, count in told)


@dataclass(frozen=True, slots=True)
class Progress:
    """done and total: files. size_done, size_total: bytes of those that have to be read, a measure of the time left."""

    done: int
    total: int
    size_done: int
    size_total: int


@dataclass(frozen=True, slots=True)
class ImportReport:
    """files: in the order in which they were done. left: files not reached because somebody stopped the import."""

    files: tuple[FileResult, ...]
    kinds: tuple[str, ...]
    left: int
    log: Path

    @property
    def outcomes(self) -> Counter[Outcome]:
        """Activities by what became of them."""
        return sum((result.outcomes for result in self.files), Counter())

    @property
    def skipped(self) -> tuple[FileResult, ...]:
        """The files of which nothing was kept."""
        return tuple(result for result in self.files if result.why is not None)


def import_paths(
    paths: Sequence[Path],
    options: Options | None = None,
    progress: Callable[[Progress], None] = lambda _: None,
    wanted: Callable[[Member], bool] = lambda _: True,
) -> ImportReport:
    """Keep every activity of these files, folders and exports; the journal must be open.

    wanted: which files to look at. Ctrl-C ends it after the files at hand are written. Raises JournalUnusable when another import
    is running or the journal cannot be written; what was written before stays, and the same import goes on from there.
    """
    options = options or Options()
    with alone(home() / "import.lock"), in_words(), alone_in_database():
        places.make_private(home() / "originals")
        originals.forget_unfinished(home() / "originals")
        ImportRun.objects.filter(state=ImportRun.State.RUNNING).update(state=ImportRun.State.BROKEN_OFF)
        tasks, skipped, kinds = _survey(paths, wanted)
        run = ImportRun.objects.create(started=datetime.now(UTC), files=len(tasks) + len(skipped))
        with _open_log(run.started) as log:
            work = _Import(run, options, progress, log)
            work.pass_over(skipped)
            work.read(work.without_seen(tasks))
            work.finish()
        return ImportReport(tuple(work.results), kinds, run.files - run.files_done, Path(log.name))


def _survey(
    paths: Sequence[Path], wanted: Callable[[Member], bool]
) -> tuple[list[Task], list[tuple[str, str]], tuple[str, ...]]:
    """(tasks, what is skipped and why, kinds of exports) of all paths; a path that gives nothing costs only itself."""
    tasks: list[Task] = []
    skipped: list[tuple[str, str]] = []
    kinds: list[str] = []
    for path in paths:
        try:
            found = survey(filter(wanted, members(path)))
        except InputError as error:
            skipped.append((path.name, error.message))
            continue
        tasks += found.tasks
        skipped += found.skipped
        kinds += found.kinds
    return tasks, skipped, tuple(dict.fromkeys(kinds))


def fingerprint(task: Task) -> str:
    """What tells a file that was met before without opening it: name, size and check sum or time of change; and what the list of
    an export says of it, so that a new title or other shoes count. Of what has no file of its own: all that there is of it."""
    told: list[object]
    if task.workout is not None:
        told = [hashlib.sha256(task.workout).hexdigest(), *sorted(name for name, _ in task.routes)]
    elif task.bare:
        told = [repr(task.row)]
    else:
        member = task.member
        where = (
            str(member.address) if member.crc is None else member.base
        )  # two folders may hold files of one name and size
        told = [where, member.size, member.modified if member.crc is None else member.crc, repr(task.row)]
    return hashlib.sha256(repr(told).encode("utf-8", "backslashreplace")).hexdigest()


@contextmanager
def _open_log(started: datetime) -> Iterator[TextIO]:
    """imports/<time>.tsv: a line a file, written as the import goes."""
    folder = home() / "imports"
    places.make_private(folder)
    path = folder / f"{started:%Y%m%d-%H%M%S-%f}.tsv"
    places.make_private_file(path)
    with path.open("w", encoding="utf-8", errors="backslashreplace") as log:
        log.write("file\toutcome\twhy\twarnings\n")
        yield log


@contextmanager
def _ctrl_c_noted() -> Iterator[Callable[[], bool]]:
    """Whether Ctrl-C was pressed meanwhile: the first time it is only noted, the second time it interrupts."""
    pressed: list[int] = []

    def note(number: int, _frame: FrameType | None) -> None:
        if pressed:
            raise KeyboardInterrupt
        pressed.append(number)

    if threading.current_thread() is not threading.main_thread():
        yield lambda: False
        return
    before = signal.signal(signal.SIGINT, note)
    try:
        yield lambda: bool(pressed)
    finally:
        signal.signal(signal.SIGINT, before)


class _Import:
    """One import under way: what became of each file, in memory, in the log and in the journal's row of this import."""

    def __init__(self, run: ImportRun, options: Options, progress: Callable[[Progress], None], log: TextIO) -> None:
        self.results: list[FileResult] = []
        self._run, self._options, self._progress, self._log = run, options, progress, log
        self._size_done = self._size_total = 0

    def pass_over(self, skipped: Iterable[tuple[str, str]]) -> None:
        """Note what no reader is needed for."""
        self._note([FileResult(_base(name), Counter(), why) for name, why in skipped])

    def without_seen(self, tasks: Iterable[Task]) -> list[Task]:
        """The tasks not met before, the biggest first; the others are noted as they were met then."""
        met = FileSeen.objects.filter(read_by=self._options.read_by)
        if self._options.originals:
            met = met.filter(originals=True)
        seen = {name: (count, why) for name, count, why in met.values_list("fingerprint", "activities", "why")}
        new: list[Task] = []
        again: list[FileResult] = []
        for task in tasks:
            if known := seen.get(fingerprint(task)):
                count, why = known
                again.append(FileResult(_base(task.member.name), Counter({Outcome.ALREADY_THERE: count}), why))
            else:
                new.append(task)
        self._note(again)
        return sorted(new, key=weight, reverse=True)

    def read(self, tasks: Sequence[Task]) -> None:
        """Read these and write them, a batch at a time, until all are done or Ctrl-C is pressed."""
        if not tasks:
            return
        self._size_total = sum(map(weight, tasks))
        writer = Writer()
        reading = Reading(self._options.hints, home() / "originals" if self._options.originals else None)
        workers = self._options.workers if self._options.workers is not None else os.cpu_count() or 1
        batch: list[FileResult] = []
        began = time.monotonic()
        with _ctrl_c_noted() as pressed, closing(read_all(tasks, reading, workers, is_stopped=pressed)) as done:
            for task, decoded in done:
                batch.append(self._take(writer, task, decoded))
                if len(batch) >= _BATCH_FILES or time.monotonic() - began > _BATCH_S:
                    self._write(writer, batch)
                    batch, began = [], time.monotonic()
            self._write(writer, batch)

    def finish(self) -> None:
        """Say in the journal how it ended."""
        self._run.state = (
            ImportRun.State.STOPPED if self._run.files_done < self._run.files else ImportRun.State.FINISHED
        )
        self._run.finished = datetime.now(UTC)
        self._run.save()

    def _take(self, writer: Writer, task: Task, decoded: Decoded) -> FileResult:
        self._size_done += weight(task)
        base = _base(task.member.name)
        options = self._options
        outcomes = writer.take(Arrival(base, fingerprint(task), options.read_by, options.originals, decoded))
        warnings = (*decoded.warnings, *(words for packed in decoded.activities for words in packed.activity.warnings))
        return FileResult(base, outcomes, decoded.why, tuple(dict.fromkeys(warnings)))

    def _write(self, writer: Writer, batch: list[FileResult]) -> None:
        self._count(batch)
        writer.write(self._run)
        self._tell(batch)

    def _note(self, results: list[FileResult]) -> None:
        self._count(results)
        self._run.save()
        self._tell(results)

    def _count(self, results: list[FileResult]) -> None:
        for result in results:
            for outcome, count in result.outcomes.items():
                column = outcome.name.lower()
                setattr(self._run, column, getattr(self._run, column) + count)
            self._run.skipped += result.why is not None
        self._run.files_done += len(results)

    def _tell(self, results: list[FileResult]) -> None:
        """In the log, and to whoever watches."""
        self._log.writelines(_log_line(result) for result in results)
        self._log.flush()
        self.results += results
        self._progress(Progress(self._run.files_done, self._run.files, self._size_done, self._size_total))


def _log_line(result: FileResult) -> str:
    cells = (result.name, result.word, result.why or "", " ".join(result.warnings))
    return "\t".join(" ".join(cell.split()) for cell in cells) + "\n"


def _base(name: str) -> str:
    return name.replace("\\", "/").rsplit("/", 1)[-1]
