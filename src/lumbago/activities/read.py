"""Any training file as activities: what it is is told by its content, not by its name."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import tzinfo

from lumbago.activities import apple_health, fit, garmin_export, gpx, strava, table, tcx
from lumbago.activities.archive import unpacked
from lumbago.activities.finish import finish
from lumbago.activities.recording import Recording
from lumbago.errors import ActivityUnreadable, InputError, NotAnActivity
from lumbago.model.activities import Activity, Sport
from lumbago.model.levels import Units

HEAD = 8_192  # bytes in which a file says what it is
_ROOT = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?(gpx|TrainingCenterDatabase|Activities|HealthData|Workout)[\s>/]")
_UNEXPECTED = "This file broke our reader ({}). It was left out and the rest was read; the file may be damaged, so export it again."


@dataclass(frozen=True, slots=True)
class Hints:
    """What the runner tells where files do not. zone: of their clock. units: of distances in tables. sport: of what names none."""

    zone: tzinfo | None = None
    units: Units | None = None
    sport: Sport | None = None


NO_HINTS = Hints()
Told = tuple[tuple[Recording, ...], tuple[str, ...]]  # recordings, and warnings about the file as a whole


@dataclass(frozen=True, slots=True)
class FileRead:
    """The activities of one file. sha256: of its bytes, unpacked. warnings: about the file; each activity has its own besides."""

    activities: tuple[Activity, ...]
    sha256: str
    warnings: tuple[str, ...] = ()


def _alone(read: Callable[[bytes], tuple[Recording, ...]]) -> Callable[[bytes, Hints], Told]:
    return lambda data, _: (read(data), ())


def _of_strava_index(data: bytes, _: Hints) -> Told:
    """The list of a Strava export without its files."""
    index = strava.read_index(data)
    return tuple(row.recording() for row in index.rows), index.warnings


_READERS: dict[str, Callable[[bytes, Hints], Told]] = {
    "fit": _alone(fit.read),
    "gpx": _alone(gpx.read),
    "trainingcenterdatabase": _alone(tcx.read),
    "activities": _alone(tcx.read),  # a TCX that lost its first line
    "healthdata": _alone(apple_health.read),
    "workout": _alone(apple_health.read),
    "json": lambda data, _: garmin_export.read(data),
    "strava": _of_strava_index,
    "table": lambda data, hints: table.read(data, hints.units),
}


def read_bytes(data: bytes, hints: Hints = NO_HINTS) -> FileRead:
    """The activities of a file's bytes, gzip or not. Raises ActivityUnreadable, NotAnActivity; never anything else."""
    data, broken_off = unpacked(data)
    sha256 = hashlib.sha256(data).hexdigest()
    recordings, warnings = _recordings(data, hints)
    if broken_off:
        warnings = (
            *warnings,
            "The packed file breaks off before its end. What came before was read; the rest is lost.",
        )
    return FileRead(finished(recordings, sha256, hints), sha256, warnings)


def hash_of(data: bytes) -> str:
    """SHA-256 of a file's bytes, unpacked."""
    return hashlib.sha256(unpacked(data)[0]).hexdigest()


def finished(recordings: Iterable[Recording], sha256: str, hints: Hints) -> tuple[Activity, ...]:
    """Each recording as an activity; its place in the file counts only where it brings no identity of its own."""
    return tuple(
        finish(_with_hint(recording, hints), sha256, 1 if recording.identity else place, hints.zone)
        for place, recording in enumerate(recordings, start=1)
    )


def _with_hint(recording: Recording, hints: Hints) -> Recording:
    told = recording.sport is not Sport.UNKNOWN or recording.planned
    return recording if told or hints.sport is None else replace(recording, sport=hints.sport)


def _recordings(data: bytes, hints: Hints) -> Told:
    kind = kind_of(data)
    if kind is None:
        raise NotAnActivity(
            "This is no training file that can be read: no FIT, GPX, TCX, table of sessions or account export."
        )
    try:
        return _READERS[kind](data, hints)
    except InputError:
        raise
    except (MemoryError, RecursionError, ArithmeticError, LookupError, TypeError, ValueError) as error:
        # a fault of ours, met by one odd file: it must not take the others down, and nothing of its content is told
        raise ActivityUnreadable(_UNEXPECTED.format(type(error).__name__)) from None


def kind_of(data: bytes) -> str | None:
    """A key of _READERS; None for anything else."""
    if data[8:12] == b".FIT":
        return "fit"
    head = data[:HEAD]
    text = head.replace(b"\x00", b"") if head[:2] in (b"\xff\xfe", b"\xfe\xff") else head
    start = text.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if start.startswith(b"<"):
        root = _ROOT.search(text)
        return root[1].decode().lower() if root else None
    if start[:1] in (b"[", b"{"):
        return "json"
    if _is_binary(text) or start.startswith((b"%PDF", b"\x89PNG", b"PK\x03\x04", b"\xff\xd8", b"GIF8")):
        return None
    if strava.is_index(data):
        return "strava"
    return "table" if any(sign in start for sign in (b",", b";", b"\t")) else None


def _is_binary(head: bytes) -> bool:
    """Zeros among the signs; every other one is how a text in UTF-16 without a mark looks."""
    zeros = head.count(b"\x00")
    return bool(zeros) and not 0.4 < zeros / len(head) < 0.6


def completed(read: FileRead, complete: Callable[[Activity], Activity]) -> FileRead:
    """The same with each activity completed by what an account export tells beside its file."""
    return replace(read, activities=tuple(complete(activity) for activity in read.activities))
