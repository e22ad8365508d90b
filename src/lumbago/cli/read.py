"""`lumbago read`: what training files tell, nothing kept."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lumbago.cli import options
from lumbago.errors import InputError

if TYPE_CHECKING:
    from lumbago.model.activities import Activity


def add_to(commands: options.Commands) -> None:
    """Declare the command and its options (names fixed by the contract)."""
    command = commands.add_parser(
        "read",
        help="show what training files tell, and keep nothing",
        description="Read training files (FIT, GPX, TCX, tables, account exports, zips of these) and show what they tell.",
    )
    command.add_argument("files", metavar="FILE", nargs="+", help="a training file, zip or folder")
    command.add_argument("--json", action="store_true", help="one JSON object a line, one line a file")
    command.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """One line a file. Returns 2 when nothing at all could be read; each line says why."""
    ok = False
    for file in arguments.files:
        row = row_of(file)
        ok |= row["ok"]
        print(
            options.inert(json.dumps(row, ensure_ascii=False)) if arguments.json else "\n".join(_words(row)), flush=True
        )
    return 0 if ok else 2


def row_of(file: str) -> dict[str, Any]:
    """What one file, zip or folder tells, in the fields of the contract; a refusal is a row with an error."""
    from lumbago.activities.archive import fetch, members
    from lumbago.activities.exports import read_task, survey
    from lumbago.activities.read import hash_of
    from lumbago.report.activity import file_row, refused_row

    path = Path(file)
    try:
        found = list(members(path))
    except InputError as error:
        return refused_row(file, None, error.message)
    sha256 = None
    with suppress(InputError):  # a file too large to be hashed at once may hold smaller ones that can be read
        sha256 = hash_of(fetch((str(path),))) if path.is_file() else None
    surveyed = survey(found)
    alone = len(surveyed.tasks) == 1
    activities: list[Activity] = []
    warnings: list[str] = []
    errors: list[str] = []
    for task in surveyed.tasks:
        name = "" if alone else f"{task.member.name}: "
        try:
            read = read_task(task)
        except InputError as error:
            errors.append(f"{name}{error.message}")
            continue
        warnings += (
            f"{name}{why}" for why in (*read.warnings, *(w for each in read.activities for w in each.warnings))
        )
        activities += read.activities
    if not activities:
        return refused_row(file, sha256, errors[0] if errors else _nothing(surveyed.skipped))
    return file_row(file, activities, sha256 or "", (*warnings, *errors))


def _nothing(skipped: tuple[tuple[str, str], ...]) -> str:
    """Why none of these is a training file."""
    if len(skipped) == 1:
        return f"This is {skipped[0][1]}."
    return "Nothing in it is a training file that can be read."


def _words(row: dict[str, Any]) -> Iterator[str]:
    if not row["ok"]:
        yield f"{row['file']}: {row['error']}"
        return
    parts = row.get("parts", [row])
    yield f"{row['file']}: {len(parts)} {'activity' if len(parts) == 1 else 'activities'}"
    for part in parts:
        metres, seconds = part["distance_m"], part["timer_s"]
        told = (
            part["local_date"] or "day unknown",
            str(part["sport"]),
            f"{metres / 1000:.2f} km" if metres is not None else "distance unknown",
            _clock(seconds) if seconds is not None else "time unknown",
        )
        yield f"  {'  '.join(told)}"
    for warning in row["warnings"]:
        yield f"  Note: {warning}"


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}"
