"""What a drop of files is: an account export with an index beside its files, or just files; and the tasks that reading it takes."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import islice
from pathlib import Path

from lumbago.activities import apple_health, strava
from lumbago.activities.archive import MOST_MEMBERS, Member, fetch, members, opened
from lumbago.activities.read import HEAD, NO_HINTS, FileRead, Hints, completed, finished, kind_of, read_bytes
from lumbago.activities.recording import Recording
from lumbago.errors import ActivityUnreadable, InputError
from lumbago.model.activities import Activity, Sport

_SUFFIXES = (
    ".fit",
    ".gpx",
    ".tcx",
    ".csv",
    ".tsv",
    ".xml",
    ".fit.gz",
    ".gpx.gz",
    ".tcx.gz",
    ".csv.gz",
    ".tsv.gz",
    ".xml.gz",
)
_GARMIN_SUMMARIES = "_summarizedactivities.json"
_STRAVA_INDEX = "activities.csv"
_APPLE_FOLDER = "apple_health_export"
_SPREADSHEETS = (".xlsx", ".xls", ".ods", ".numbers")
_NO_TRAINING = "not a training file"
_BROKEN = (OSError, zipfile.BadZipFile, zlib.error, EOFError)
_SAVE_AS_CSV = "a spreadsheet, which is not read: save it as CSV and give that"
_NO_ROW = "the list of this export names a file that is not in it; what the list says of it was kept"


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to read, small enough to be handed to another process.

    member: the file. row: what Strava's list says of it, or all there is to an activity without a file (`bare`). workout:
    one of an Apple Health export as XML, whose routes lie at `routes` (name in the export, address).
    """

    member: Member
    row: strava.StravaRow | None = None
    bare: bool = False
    workout: bytes | None = None
    routes: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Survey:
    """kinds: of the exports met, for people. skipped: (name, why) of files that are no training files."""

    tasks: tuple[Task, ...]
    skipped: tuple[tuple[str, str], ...]
    kinds: tuple[str, ...]


def survey(found: Iterable[Member]) -> Survey:
    """The tasks that reading these members takes, in their order. Indexes of exports are read at once, files later."""
    listed = list(found)
    tasks: list[Task] = []
    skipped: list[tuple[str, str]] = []
    kinds: list[str] = []
    done: set[tuple[str, ...]] = set()
    for member in [each for each in listed if each.refused is None]:
        told = _of_index(member, listed)
        if told is None:
            continue
        kind, more, covered = told
        kinds.append(kind)
        tasks += more
        done |= covered
    for member in listed:
        if member.address in done:
            continue
        if member.refused is not None:
            skipped.append((member.name, member.refused))
            continue
        if member.base.endswith(_SUFFIXES) or member.base.endswith(_GARMIN_SUMMARIES):
            tasks.append(Task(member))
        else:
            skipped.append((member.name, _SAVE_AS_CSV if member.base.endswith(_SPREADSHEETS) else _NO_TRAINING))
    return Survey(tuple(tasks), tuple(skipped), tuple(dict.fromkeys(kinds or ["files"])))


def _of_index(member: Member, listed: Sequence[Member]) -> tuple[str, list[Task], set[tuple[str, ...]]] | None:
    """(kind of export, its tasks, addresses they cover) when this member is the index of one."""
    if member.base == _STRAVA_INDEX:
        return _of_strava(member, listed)
    folder, _, name = member.name.replace("\\", "/").rpartition("/")
    if name.lower().endswith(".xml") and (
        folder.rsplit("/", 1)[-1].lower() == _APPLE_FOLDER or name.lower() == "export.xml"
    ):
        return _of_apple(member, listed)
    return None


def _of_strava(member: Member, listed: Sequence[Member]) -> tuple[str, list[Task], set[tuple[str, ...]]] | None:
    rows = _rows_of(member)
    if rows is None:
        return None
    top = member.name[: -len(_STRAVA_INDEX)]
    by_name = {other.name: other for other in listed}
    tasks, covered = [], {member.address}
    for other in listed:  # followers, shoes, log-ins and the like, in tables of their own
        if other.name.startswith(top) and "/" not in other.name[len(top) :] and other.base.endswith((".csv", ".json")):
            covered.add(other.address)
    for row in rows:
        file = by_name.get(top + row.filename) if row.filename else None
        if file is None:
            tasks.append(Task(member, row, bare=True))
        elif file.address not in covered:
            tasks.append(Task(file, row))
            covered.add(file.address)
    return "Strava export", tasks, covered


def _rows_of(member: Member) -> tuple[strava.StravaRow, ...] | None:
    """The rows of Strava's list; None for another table, or one that cannot be read, whose files are then read by themselves."""
    try:
        data = fetch(member.address)
        return strava.read_index(data).rows if strava.is_index(data) else None
    except InputError:
        return None


def _of_apple(member: Member, listed: Sequence[Member]) -> tuple[str, list[Task], set[tuple[str, ...]]] | None:
    try:
        with opened(member.address) as stream:
            if kind_of(stream.read(HEAD)) != "healthdata":
                return None
    except (InputError, *_BROKEN):
        return None
    top = member.name[: len(member.name) - len(member.base)]
    files = {other.name[len(top) :]: other.address for other in listed if other.name.startswith(top)}
    tasks, covered = [], {member.address}
    with suppress(InputError, *_BROKEN), opened(member.address) as stream:  # what came before damage is kept
        for workout in islice(apple_health.elements(stream), MOST_MEMBERS):
            named = ((name, name.lstrip("/")) for name in apple_health.routes_of(workout))
            routes = tuple((name, files[place]) for name, place in named if place in files)
            tasks.append(Task(member, workout=workout, routes=routes))
            covered |= {address for _, address in routes}
    return ("Apple Health export", tasks, covered) if tasks else None


def read_task(task: Task, hints: Hints = NO_HINTS) -> FileRead:
    """The activities of one task. Raises ActivityUnreadable, NotAnActivity."""
    if task.workout is not None:
        routes = dict(task.routes)
        told = apple_health.read_export(
            BytesIO(task.workout), lambda name: fetch(routes[name]) if name in routes else None
        )
        return _of_recordings(tuple(told), hints)
    if task.row is not None and task.bare:
        read = _of_recordings((task.row.recording(),), hints)
        return read if not task.row.filename else FileRead(read.activities, read.sha256, (_NO_ROW,))
    if task.row is not None and task.row.sport is not Sport.UNKNOWN:
        hints = replace(hints, sport=task.row.sport)
    try:
        read = read_bytes(fetch(task.member.address), hints)
    except InputError as error:
        if task.row is None:
            raise
        read = _of_recordings((task.row.recording(),), hints)  # the list still knows day, distance and time
        return FileRead(
            read.activities, read.sha256, (f"{error.message} What the list of the export says of it was kept.",)
        )
    return completed(read, task.row.complete) if task.row is not None else read


def _of_recordings(recordings: Sequence[Recording], hints: Hints) -> FileRead:
    activities = finished(recordings, "", hints)
    return FileRead(activities, activities[0].id if activities else "")


def read_paths(paths: Iterable[Path], hints: Hints = NO_HINTS) -> tuple[tuple[Activity, ...], tuple[str, ...]]:
    """(activities, warnings) of files, folders and exports, nothing kept. A file that cannot be read costs only itself.

    Raises FileNotFound, ArchiveRefused for a path that gives nothing at all.
    """
    activities: list[Activity] = []
    warnings: list[str] = []
    for name, outcome in _outcomes(paths, hints):
        if isinstance(outcome, InputError):
            warnings.append(f"{name}: {outcome.message}")
        else:
            activities += outcome.activities
            warnings += (f"{name}: {warning}" for warning in outcome.warnings)
    return tuple(activities), tuple(warnings)


def _outcomes(paths: Iterable[Path], hints: Hints) -> Iterator[tuple[str, FileRead | InputError]]:
    for path in paths:
        surveyed = survey(members(path))
        for name, why in surveyed.skipped:
            if why != _NO_TRAINING:
                yield name, ActivityUnreadable(f"This is {why}." if why == _SAVE_AS_CSV else why)
        for task in surveyed.tasks:
            try:
                yield task.member.base, read_task(task, hints)
            except InputError as error:
                yield task.member.base, error
