"""`lumbago import`: training files in, activities kept."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from lumbago.cli import options
from lumbago.errors import OptionUnreadable
from lumbago.model.levels import Units

if TYPE_CHECKING:
    from lumbago.journal.importing import FileResult, ImportReport, Options, Progress

_NAMES_SHOWN = 3
_STOPPED = 130
_TENTHS = 10


def add_to(commands: options.Commands) -> None:
    """Declare the command and its options (names fixed by the contract)."""
    command = commands.add_parser(
        "import",
        help="keep training files",
        description="Keep the activities of training files, folders and account exports (Strava, Garmin, Apple Health) on this "
        "machine. A second time adds nothing; a richer copy of an activity takes the place of a poorer one.",
    )
    command.add_argument("paths", metavar="PATH", nargs="+", help="a training file, folder or zip")
    command.add_argument(
        "--no-originals", action="store_true", help="keep what the files tell, not the files themselves"
    )
    options.add_hints(command)
    command.add_argument(
        "--units", choices=[u.value for u in Units], help="of distances in tables that do not tell (default: km)"
    )
    command.add_argument("--watch", action="store_true", help="go on looking at the folder until Ctrl-C")
    command.add_argument("--json", action="store_true", help="one JSON object a line, one line a file")
    command.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Import, and say what became of every file. Returns 2 when no activity was found, 130 when it was stopped."""
    paths = [Path(path) for path in arguments.paths]
    hints = options.hints(arguments)
    if arguments.watch and (len(paths) != 1 or not paths[0].is_dir()):
        raise OptionUnreadable(
            "--watch looks at one folder. Give the folder into which your watch or phone puts its files."
        )
    from lumbago.journal import open_journal

    open_journal()
    from lumbago.journal.importing import Options

    wishes = Options(originals=not arguments.no_originals, hints=hints)
    tell = _tell_json if arguments.json else _tell
    try:
        return _watch(paths[0], wishes, tell) if arguments.watch else _import(paths, wishes, tell)
    except KeyboardInterrupt:
        print(
            "\nlumbago: stopped. What was written before is kept; run the same command again to go on.", file=sys.stderr
        )
        return _STOPPED


def _import(paths: list[Path], wishes: Options, tell: Callable[[ImportReport], None]) -> int:
    from lumbago.journal.importing import import_paths

    with _shown() as progress:
        report = import_paths(paths, wishes, progress)
    tell(report)
    if report.left:
        words = f"stopped. {report.left:,} files are left and what was read before is kept; run the same command again to go on."
        print(f"lumbago: {words}", file=sys.stderr)
        return _STOPPED
    return 0 if report.outcomes else 2


def _watch(folder: Path, wishes: Options, tell: Callable[[ImportReport], None]) -> int:
    from lumbago.journal.watch import watch

    print("Watching this folder; Ctrl-C ends it.", file=sys.stderr)
    try:
        watch(folder, wishes, tell)
    except KeyboardInterrupt:
        print("\nNo longer watching. What was imported is kept.", file=sys.stderr)
    return 0


# How far it is


@contextmanager
def _shown() -> Iterator[Callable[[Progress], None]]:
    """A bar with rate and time left at a terminal; elsewhere a line for every tenth of a long import."""
    if not sys.stderr.isatty():
        yield _count_tenths()
        return
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn, TimeRemainingColumn, TransferSpeedColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}"), BarColumn(), TransferSpeedColumn(), TimeRemainingColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Looking", total=None)

        def show(progress: Progress) -> None:
            words = f"{progress.done:,} of {progress.total:,} files"
            bar.update(task, description=words, total=progress.size_total or None, completed=progress.size_done)

        yield show


def _count_tenths() -> Callable[[Progress], None]:
    told = 0

    def show(progress: Progress) -> None:
        nonlocal told
        tenth = _TENTHS * progress.done // max(progress.total, 1)
        if progress.size_total and tenth > told:
            told = tenth
            print(f"{progress.done:,} of {progress.total:,} files", file=sys.stderr)

    return show


# What became of it


def _tell_json(report: ImportReport) -> None:
    for result in report.files:
        print(options.inert(json.dumps(_row(result), ensure_ascii=False)))


def _row(result: FileResult) -> dict[str, object]:
    return {
        "file": options.clean(result.name),
        "outcome": result.word,
        "activities": {str(outcome): count for outcome, count in result.outcomes.items() if count},
        "why": result.why,
        "warnings": list(result.warnings),
    }


def _tell(report: ImportReport) -> None:
    from lumbago.journal.matching import Outcome

    lines = [f"From: {', '.join(report.kinds)}."] if report.kinds else []
    lines += [f"{count:>9,}  {outcome}" for outcome in Outcome if (count := report.outcomes[outcome])]
    if report.skipped:
        lines.append(f"{len(report.skipped):>9,}  skipped:")
        lines += _reasons(report.skipped)
    noted = sum(bool(result.warnings) for result in report.files)
    if noted:
        lines.append(
            f"{noted:,} of the files that were read have a note, because something in them was odd or missing."
        )
    if not report.outcomes:
        lines.append("No activity was found there.")
    lines.append(f"What became of each file stands in {report.log}")
    print(options.inert("\n".join(lines)))


def _reasons(skipped: tuple[FileResult, ...]) -> Iterator[str]:
    """Each reason once, with how many files and the names of a few; the most frequent first."""
    names: dict[str, list[str]] = {}
    for result in skipped:
        names.setdefault(result.why or "", []).append(options.clean(result.name))
    for why, files in sorted(names.items(), key=lambda item: (-len(item[1]), item[0])):
        more = len(files) - _NAMES_SHOWN
        listed = ", ".join(files[:_NAMES_SHOWN]) + (f" and {more:,} more" if more > 0 else "")
        yield f"{len(files):>12,}  {why} ({listed})"
