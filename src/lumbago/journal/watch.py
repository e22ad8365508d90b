"""`lumbago import --watch`: look at a folder now and then, and import what has come to rest."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

from lumbago.activities.archive import Member
from lumbago.journal.importing import ImportReport, Options, import_paths

EVERY_S = 3.0

State = tuple[int, int]  # bytes, and ns since the epoch of the last change


def watch(
    folder: Path,
    options: Options,
    tell: Callable[[ImportReport], None],
    pause: Callable[[float], None] = time.sleep,
) -> None:
    """Import the files of a folder as they come, each once it looks the same twice, until Ctrl-C. tell: of each import."""
    before: dict[Path, State] = {}
    done: dict[Path, State] = {}
    while True:
        now = dict(_states(folder))
        still = {path: state for path, state in now.items() if before.get(path) == state}
        if any(done.get(path) != state for path, state in still.items()):
            tell(import_paths([folder], options, wanted=_among(still)))
            done = still
        before = now
        pause(EVERY_S)


def _among(still: dict[Path, State]) -> Callable[[Member], bool]:
    return lambda member: Path(member.address[0]) in still


def _states(folder: Path) -> Iterator[tuple[Path, State]]:
    for path in sorted(folder.rglob("*")):
        try:
            told = path.stat()
        except OSError:  # gone between the list and the look
            continue
        if path.is_file():
            yield path, (told.st_size, told.st_mtime_ns)
