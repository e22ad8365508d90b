"""`lumbago load`: every run against the longest of the days before it, what changed before the pain, and the room of today."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from lumbago.cli import options
from lumbago.errors import FileNotFound, OptionUnreadable
from lumbago.knowledge.load import load_knowledge
from lumbago.model.levels import Units

if TYPE_CHECKING:
    from lumbago.model.activities import Activity
    from lumbago.model.knowledge import Knowledge
    from lumbago.report.load import Load

_WIDEST = 100


def add_to(commands: options.Commands) -> None:
    """Declare the command and its options."""
    command = commands.add_parser(
        "load",
        help="compare each run with the longest of the 30 days before it",
        description="Compare each run with the longest of the 30 days before it: from what is kept, or from files.",
    )
    command.add_argument(
        "--activities",
        metavar="PATH",
        nargs="+",
        default=[options.KEPT],
        help="training files, folders or exports, read and not kept (default: `kept`, what was imported)",
    )
    options.add_hints(command)
    command.add_argument("--onset", metavar="DATE", help="the day the pain began: tell what changed before it")
    command.add_argument("--room", action="store_true", help="how far a run may go today")
    command.add_argument("--today", metavar="DATE", help="answer as of this day (default: today)")
    command.add_argument(
        "--units",
        choices=[u.value for u in Units],
        default=Units.KM.value,
        help="km or miles, shown and for tables that do not tell",
    )
    command.add_argument("--svg", metavar="FILE", help="write the chart to this file as a picture")
    command.add_argument("--ascii", action="store_true", help="draw the chart with plain signs")
    command.add_argument("--json", action="store_true", help="machine-readable")
    command.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print the load as text or JSON, and write the chart where asked."""
    from lumbago.report.load import draw, render, to_json

    knowledge = load_knowledge()
    load = _load(arguments, knowledge)
    if arguments.svg:
        _write(draw(load, knowledge), arguments.svg)
    if arguments.json:
        print(options.inert(json.dumps(to_json(load, knowledge), ensure_ascii=False, indent=2)))
    else:
        width = min(shutil.get_terminal_size().columns, _WIDEST)
        sys.stdout.write(render(load, knowledge, width, arguments.ascii))
    return 0


def _load(arguments: argparse.Namespace, knowledge: Knowledge) -> Load:
    from lumbago.exposure.changes import what_changed
    from lumbago.exposure.room import room_today
    from lumbago.exposure.runs import expose
    from lumbago.report.load import Load

    today = options.day(arguments.today) if arguments.today else date.today()
    onset = _onset(arguments, today)
    activities, warnings = options.activities(arguments.activities, arguments)
    if not activities and arguments.activities != [options.KEPT]:
        raise OptionUnreadable(" ".join(warnings))
    exposures = expose(activities, knowledge, today)
    return Load(
        exposures=exposures,
        today=today,
        units=Units(arguments.units),
        onset=onset,
        changes=what_changed(activities, exposures, onset, knowledge) if onset and exposures.runs else (),
        room=room_today(exposures, today, knowledge) if arguments.room else None,
        warnings=(*warnings, *_left_out(activities, today, knowledge)),
    )


def _onset(arguments: argparse.Namespace, today: date) -> date | None:
    onset = options.day(arguments.onset) if arguments.onset else None
    if onset and onset > today:
        raise OptionUnreadable("--onset lies in the future. Give the day the pain began, up to today.")
    return onset


def _left_out(activities: tuple[Activity, ...], today: date, knowledge: Knowledge) -> Iterator[str]:
    """A word on what is no run of the days asked about, though it may look like one."""
    from lumbago.model.activities import Sport
    from lumbago.report.view import fill
    from lumbago.report.words import count_words, long_day_words

    later = sum(a.sport is Sport.RUNNING and a.local_date is not None and a.local_date > today for a in activities)
    if later:
        yield from fill(knowledge, "load-later", count=count_words(later, "run"), day=long_day_words(today))


def _write(text: str, file: str) -> None:
    try:
        Path(file).write_text(text, encoding="utf-8")
    except (OSError, ValueError) as error:
        raise FileNotFound(
            f"The chart could not be written to that file ({options.reason(error)}). Choose another with --svg."
        ) from None
