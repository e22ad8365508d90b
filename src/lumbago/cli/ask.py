"""`lumbago ask`: a story in, an answer out; at a terminal the open safety questions are asked first."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TextIO

from lumbago.cli import options
from lumbago.cli.given import each_once, given, read_answers
from lumbago.errors import FileNotFound, InputError, LumbagoError, NotBuiltYet, OptionUnreadable
from lumbago.knowledge.load import load_knowledge
from lumbago.model.answer import Answer
from lumbago.model.findings import Given
from lumbago.model.knowledge import Knowledge
from lumbago.model.levels import Units
from lumbago.model.request import Goal, Locale, Request
from lumbago.pipeline import answer

_LONGEST_LINE = 2_000_000  # characters of one batch line


def add_to(commands: options.Commands) -> None:
    """Declare the command and its options (names fixed by the contract)."""
    command = commands.add_parser(
        "ask",
        help="tell what hurts and get an answer",
        description="Read a runner's story and answer: how serious, why, what may contribute, what to do this week.",
    )
    command.add_argument("story_file", nargs="?", metavar="STORY_FILE", help="a text file; - reads standard input")
    command.add_argument("--story", metavar="TEXT", help="the story itself")
    command.add_argument(
        "--answers",
        metavar="FILE",
        help="answers to questions, YAML or JSON: finding id and yes, no, unsure or a number",
    )
    command.add_argument(
        "--activities",
        metavar="PATH",
        nargs="+",
        help="training files, folders or exports, read and not kept; or the word `kept` for what was imported",
    )
    options.add_hints(command)
    command.add_argument("--onset", metavar="DATE", help="the day the pain began, such as 2026-11-10")
    command.add_argument(
        "--goal", metavar="RACE", help="5k, 10k, half-marathon, marathon, or a distance such as 8km or 5mi"
    )
    command.add_argument("--goal-date", metavar="DATE", help="the day of that race")
    command.add_argument("--days", metavar="DAYS", help="your running days, such as mon,wed,sat")
    command.add_argument("--today", metavar="DATE", help="answer as of this day (default: today)")
    command.add_argument(
        "--units",
        choices=[u.value for u in Units],
        default=Units.KM.value,
        help="km or miles, shown and for tables that do not tell",
    )
    command.add_argument("--emergency", metavar="NUMBER", default="112", help="your emergency number (default: 112)")
    command.add_argument(
        "--format",
        choices=["text", "json", "html", "pdf"],
        default="text",
        help="form of the answer (pdf: not in this version)",
    )
    command.add_argument("--out", metavar="FILE", help="write the answer to this file")
    command.add_argument("--no-input", action="store_true", help="ask nothing; say what is unknown")
    command.add_argument(
        "--batch", metavar="STORIES.jsonl", help='one {"id", "story", "answers"} a line in, one answer a line out'
    )
    command.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Answer one story, or a batch of them."""
    if arguments.format == "pdf":
        raise NotBuiltYet(
            "A PDF is not made in this version. Use --format html: that page prints well from any browser."
        )
    if arguments.batch:
        if arguments.activities:
            raise OptionUnreadable("--activities belongs to one runner's story, so it does not go with --batch.")
        return _batch(arguments)
    asking = sys.stdin.isatty() and sys.stdout.isatty() and not arguments.no_input and arguments.format == "text"
    request, warnings = _request(arguments, asking)
    knowledge = load_knowledge()
    if asking:
        from lumbago.cli.conversation import ask_open_questions

        request = ask_open_questions(request, knowledge)
    found = answer(request, knowledge)
    _write(show(replace(found, warnings=(*warnings, *found.warnings)), knowledge, arguments.format), arguments.out)
    if asking:
        from lumbago.cli.conversation import in_short

        print(f"\n{in_short(found, knowledge)}")
    return 0


def _request(arguments: argparse.Namespace, asking: bool) -> tuple[Request, tuple[str, ...]]:
    if arguments.story is not None and arguments.story_file is not None:
        raise OptionUnreadable("Give the story once: as a file or with --story.")
    story = arguments.story or ""
    if arguments.story_file is not None:
        story = options.text_of(arguments.story_file)
    elif arguments.story is None and asking and not arguments.answers:
        from lumbago.cli.conversation import ask_story

        story = ask_story()
    elif arguments.story is None and not arguments.answers and not sys.stdin.isatty():
        story = options.text_of("-")
    answers: tuple[Given, ...] = ()
    warnings: tuple[str, ...] = ()
    if arguments.answers:
        answers, warnings = read_answers(options.text_of(arguments.answers), arguments.answers)
    as_of = _today(arguments)
    activities, unread = options.activities(arguments.activities, arguments) if arguments.activities else ((), ())
    request = Request(
        as_of=as_of,
        story=options.clean(story),
        answers=answers,
        onset=_onset(arguments, as_of),
        goal=_goal(arguments, as_of),
        days=options.running_days(arguments.days) if arguments.days else (),
        locale=_locale(arguments),
        activities=activities,
    )
    return request, (*warnings, *unread)


def _today(arguments: argparse.Namespace) -> date:
    return options.day(arguments.today) if arguments.today else date.today()


def _onset(arguments: argparse.Namespace, as_of: date) -> date | None:
    onset = options.day(arguments.onset) if arguments.onset else None
    if onset and onset > as_of:
        raise OptionUnreadable("--onset lies in the future. Give the day the pain began, up to today.")
    return onset


def _goal(arguments: argparse.Namespace, as_of: date) -> Goal | None:
    if not arguments.goal:
        if arguments.goal_date:
            raise OptionUnreadable("--goal-date needs --goal: say which race is on that day.")
        return None
    on = options.day(arguments.goal_date) if arguments.goal_date else None
    if on and on < as_of:
        raise OptionUnreadable("--goal-date lies in the past. Give the day of a race to come.")
    return Goal(options.distance_m(arguments.goal), on)


def _locale(arguments: argparse.Namespace) -> Locale:
    number = arguments.emergency.strip()
    if not (number.isascii() and number.replace(" ", "").isdigit()) or len(number) > 16:
        raise OptionUnreadable("--emergency takes a telephone number, such as 112, 999 or 911.")
    return Locale(Units(arguments.units), number)


def show(found: Answer, knowledge: Knowledge, form: str) -> str:
    """An answer as text, JSON or HTML."""
    if form == "json":
        from lumbago.report.contract import to_contract

        return options.inert(json.dumps(to_contract(found, knowledge), ensure_ascii=False, indent=2)) + "\n"
    from lumbago.report.document import compose

    document = compose(found, knowledge)
    if form == "html":
        from lumbago.report.html import render_html

        return render_html(document)
    from lumbago.report.text import render_text

    return render_text(document)


def _write(text: str, out: str | None) -> None:
    if out is None:
        sys.stdout.write(text)
        sys.stdout.flush()
        return
    try:
        Path(out).write_text(text, encoding="utf-8")
    except (OSError, ValueError) as error:
        raise FileNotFound(
            f"The answer could not be written to that file ({options.reason(error)}). Choose another with --out."
        ) from None


def _batch(arguments: argparse.Namespace) -> int:
    """One line in, one line out, in the same order; a line that cannot be answered does not stop the rest."""
    knowledge = load_knowledge()
    as_of, locale = _today(arguments), _locale(arguments)
    out = Path(arguments.out).open("w", encoding="utf-8") if arguments.out else sys.stdout  # noqa: SIM115
    try:
        for number, line in enumerate(_lines(arguments.batch), 1):
            if line.strip():
                out.write(_answer_line(line, number, as_of, locale, knowledge) + "\n")
        out.flush()
    finally:
        if arguments.out:
            out.close()
    return 0


def _lines(path: str) -> Iterator[str]:
    if path == "-":
        yield from _bounded(sys.stdin)
        return
    try:
        with Path(path).open(encoding="utf-8-sig", errors="replace") as file:
            yield from _bounded(file)
    except (OSError, ValueError) as error:
        raise FileNotFound(
            f"The batch file could not be opened ({options.reason(error)}). Check its name and try again."
        ) from None


def _bounded(file: TextIO) -> Iterator[str]:
    """Its lines, a longer one cut just past the limit, so that no line can fill the memory."""
    while line := file.readline(_LONGEST_LINE + 1):
        yield line
        while len(line) > _LONGEST_LINE and not line.endswith("\n"):
            line = file.readline(_LONGEST_LINE + 1)


def _answer_line(line: str, number: int, as_of: date, locale: Locale, knowledge: Knowledge) -> str:
    from lumbago.report.contract import error_line, to_contract

    name = f"line-{number}"
    try:
        if len(line) > _LONGEST_LINE:
            raise InputError(f"Line {number} is too long to read. It was skipped.")
        try:
            row = json.loads(line, object_pairs_hook=each_once)
        except (ValueError, RecursionError):
            raise InputError(f"Line {number} is not JSON. It was skipped; the rest was answered.") from None
        if not isinstance(row, dict):
            raise InputError(
                f'Line {number} is not an object with "id" and "story". It was skipped; the rest was answered.'
            )
        name = name if row.get("id") is None else str(row["id"])
        answers, warnings = given(row.get("answers"))
        story = row.get("story") or ""
        if not isinstance(story, str):
            raise InputError(f"The story of line {number} is not a text. It was skipped; the rest was answered.")
        found = answer(Request(as_of, options.clean(story), answers, locale=locale, id=options.clean(name)), knowledge)
        line_out = to_contract(replace(found, warnings=(*warnings, *found.warnings)), knowledge)
    except LumbagoError as error:
        line_out = error_line(options.clean(name), error.message)
    except Exception as error:  # one story must not take the others down; its kind is told, never its words
        line_out = error_line(
            options.clean(name), f"A fault in the program ({type(error).__name__}). The rest was answered."
        )
    return options.inert(json.dumps(line_out, ensure_ascii=False))
