"""`lumbago activities`: what is kept."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from lumbago.cli import options
from lumbago.model.levels import Units

if TYPE_CHECKING:
    from lumbago.journal.fetch import Origin
    from lumbago.model.activities import Activity

_NAME_SHOWN = 40
_HEADINGS = ("date", "sport", "distance", "time", "name", "from")


def add_to(commands: options.Commands) -> None:
    """Declare the command and its options (names fixed by the contract)."""
    command = commands.add_parser(
        "activities", help="list what is kept", description="List the activities that were imported, oldest first."
    )
    command.add_argument("--json", action="store_true", help="one JSON object a line, one line an activity")
    command.add_argument(
        "--units", choices=[u.value for u in Units], default=Units.KM.value, help="show distances in km or miles"
    )
    command.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print every kept activity."""
    from lumbago.journal import open_journal

    open_journal()
    from lumbago.journal import fetch

    kept, origins = fetch.activities(), fetch.all_sources()
    if arguments.json:
        for activity in kept:
            print(options.inert(json.dumps(_row(activity, origins.get(activity.id, ())), ensure_ascii=False)))
        return 0
    if not kept:
        print("Nothing is kept yet. Keep training files with: lumbago import PATH")
        return 0
    rows = [_cells(activity, origins.get(activity.id, ()), Units(arguments.units)) for activity in kept]
    print(options.inert("\n".join(_table([_HEADINGS, *rows]))))
    return 0


def _row(activity: Activity, origins: Sequence[Origin]) -> dict[str, Any]:
    """The fields of `lumbago read --json`, what people told, and where it came from, first the copy that stands."""
    from lumbago.report.activity import activity_row

    return {
        **activity_row(activity),
        "sha256": origins[0].sha256 if origins else None,
        "name": activity.name,
        "gear": activity.gear,
        "race": activity.race,
        "effort_cr10": activity.effort_cr10,
        "sources": [
            {
                "file": origin.name,
                "source": str(origin.source),
                "sha256": origin.sha256,
                "part": origin.part,
                "kept": origin.kept,
                "original": origin.original,
            }
            for origin in origins
        ],
    }


def _cells(activity: Activity, origins: Sequence[Origin], units: Units) -> tuple[str, ...]:
    from lumbago.report.words import distance_words

    seconds = activity.timer_s if activity.timer_s is not None else activity.elapsed_s
    return (
        activity.local_date.isoformat() if activity.local_date else "day unknown",
        str(activity.ground or activity.sport),
        distance_words(activity.distance_m, units) if activity.distance_m is not None else "",
        _clock(seconds) if seconds is not None else "",
        _short(activity.name or ""),
        "+".join(dict.fromkeys(str(origin.source) for origin in origins)),
    )


def _short(name: str) -> str:
    line = " ".join(name.split())
    return line if len(line) <= _NAME_SHOWN else f"{line[: _NAME_SHOWN - 1]}…"


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}"


def _table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
