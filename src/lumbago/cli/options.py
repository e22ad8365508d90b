"""What people type, as values: dates, days, distances; each refusal says what would be right."""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from lumbago.errors import FileNotFound, InputError, OptionUnreadable, StoryNotText, StoryTooLong
from lumbago.language import numbers
from lumbago.model.levels import Units
from lumbago.pipeline import LONGEST_STORY
from lumbago.story import running

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace, _SubParsersAction
    from datetime import tzinfo

    from lumbago.activities.read import Hints
    from lumbago.model.activities import Activity

    Commands = _SubParsersAction[ArgumentParser]

KEPT = "kept"
DAY_NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
RACES_M = {name: running.RACES_M[kind] for kind, name in running.NAMES.items() if kind in running.RACES_M}
METRES = {"km": numbers.METRES["km"], "mi": numbers.METRES["mile"], "m": 1.0}
_BYTES_A_SIGN = 4
_FARTHEST_M = 1_000_000  # of a race; farther is a slip of the keys
_YEARS = range(1900, 2200)
_STEERING = ("Cc", "Cf", "Cs", "Co")  # what a terminal could take for a command or a change of direction


def day(text: str) -> date:
    """2026-11-22 as a date. Raises OptionUnreadable."""
    try:
        told = date.fromisoformat(text.strip())
    except ValueError:
        told = date.min
    if told.year not in _YEARS:
        raise OptionUnreadable(
            f"A date is written year-month-day, such as 2026-11-22, from {_YEARS[0]} to {_YEARS[-1]}."
        )
    return told


def running_days(text: str) -> tuple[int, ...]:
    """'mon,wed,sat' as (0, 2, 5). Raises OptionUnreadable."""
    names = [part.strip().lower()[:3] for part in text.split(",") if part.strip()]
    if not names or any(name not in DAY_NAMES for name in names):
        raise OptionUnreadable("Running days are written mon,wed,sat (any of mon tue wed thu fri sat sun).")
    return tuple(sorted({DAY_NAMES.index(name) for name in names}))


def distance_m(text: str) -> float:
    """'8km', '5mi', '400m', '10k' or a race's name in metres. Raises OptionUnreadable."""
    word = text.strip().lower()
    if word in RACES_M:
        return RACES_M[word]
    found = re.fullmatch(r"(\d+(?:\.\d+)?)\s*(km|mi|m)", word)
    if not found or not 0 < float(found[1]) * METRES[found[2]] <= _FARTHEST_M:
        raise OptionUnreadable("A distance is written 8km, 5mi or 400m, or 5k, 10k, half-marathon, marathon.")
    return float(found[1]) * METRES[found[2]]


def text_of(path: str) -> str:
    """The text of a file, or of standard input for '-'. Raises FileNotFound, StoryTooLong, StoryNotText."""
    try:
        data = sys.stdin.buffer.read(LONGEST_STORY * _BYTES_A_SIGN + 1) if path == "-" else _bytes_of(Path(path))
    except (OSError, ValueError) as error:
        raise FileNotFound(
            f"The file could not be opened ({reason(error)}). Nothing was read; check its name and try again."
        ) from None
    if len(data) > LONGEST_STORY * _BYTES_A_SIGN:
        raise StoryTooLong(
            f"This text is longer than the {LONGEST_STORY:,} characters that can be read. Nothing was kept. "
            "Send the part where you tell what hurts and how you run."
        )
    return decode(data)


_NOTHING_FOUND = "No activity was found in the training files given, so nothing here rests on them."


def add_hints(command: ArgumentParser) -> None:
    """Declare what the runner can tell where training files do not."""
    command.add_argument(
        "--zone", metavar="ZONE", help="your time zone, for files that do not tell, such as Europe/Berlin"
    )
    command.add_argument(
        "--sport", choices=("running", "walking", "cycling", "other"), help="what files that name no sport hold"
    )


def hints(arguments: Namespace) -> Hints:
    """What the runner told for files that do not. Raises OptionUnreadable."""
    from lumbago.activities.read import Hints
    from lumbago.model.activities import Sport

    units = Units(arguments.units) if arguments.units else None
    return Hints(
        zone=time_zone(arguments.zone) if arguments.zone else None,
        units=None if units is Units.KM else units,  # km is what is taken anyway
        sport=Sport(arguments.sport) if arguments.sport else None,
    )


def time_zone(text: str) -> tzinfo:
    """Europe/Berlin as a time zone. Raises OptionUnreadable."""
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(text.strip())
    except (ValueError, OSError, LookupError):
        raise OptionUnreadable("A time zone is written Europe/Berlin, America/New_York or UTC.") from None


def activities(paths: Sequence[str], arguments: Namespace) -> tuple[tuple[Activity, ...], tuple[str, ...]]:
    """(activities, warnings) of training files, which are not kept; the word `kept` stands for everything that was imported.

    A path that cannot be read is a warning: it must keep nobody from an answer. arguments: with the options of `add_hints`.
    """
    from lumbago.activities.exports import read_paths

    told = hints(arguments)
    found: list[Activity] = []
    warnings: list[str] = []
    for path in paths:
        try:
            more, why = (_kept(), ()) if path == KEPT else read_paths([Path(path)], told)
        except InputError as error:
            warnings.append(error.message)
            continue
        found += more
        warnings += why
    return tuple(found), (*warnings, *(() if found else (_NOTHING_FOUND,)))


def _kept() -> tuple[Activity, ...]:
    from lumbago.journal import open_journal
    from lumbago.journal.fetch import activities as kept

    open_journal()
    return kept()


def reason(error: OSError | ValueError) -> str:
    """Why a file cannot be had, in the system's words."""
    return (isinstance(error, OSError) and error.strerror) or "no file can have that name"


def _bytes_of(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(LONGEST_STORY * _BYTES_A_SIGN + 1)


def decode(data: bytes) -> str:
    """Bytes as text: UTF-8 or UTF-16 with its mark, else Western European; pictures and programs are refused."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    if b"\x00" in data or data.startswith((b"%PDF", b"\x89PNG", b"PK\x03\x04", b"\xff\xd8")):
        raise StoryNotText(
            "This file is not a text (it may be a picture, a PDF or a zip). Nothing was kept. Send your story as plain text."
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def inert(text: str) -> str:
    """JSON that steers no terminal: the same values, with such signs written as escapes."""
    return "".join(
        json.dumps(char)[1:-1] if char != "\n" and unicodedata.category(char) in _STEERING else char for char in text
    )


def clean(text: str) -> str:
    """A text without half characters that no file could hold; length and places stay the same."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace") if _is_broken(text) else text


def _is_broken(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False
