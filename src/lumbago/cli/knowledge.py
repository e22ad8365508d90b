"""`lumbago knowledge`: what the program knows, and whether it holds together."""

from __future__ import annotations

import argparse

from lumbago.cli import options
from lumbago.errors import OptionUnreadable


def add_to(commands: options.Commands) -> None:
    """Declare the command and its options."""
    command = commands.add_parser(
        "knowledge", help="check or show what the program knows", description="What the program knows."
    )
    parts = command.add_subparsers(required=True, metavar="PART")
    check = parts.add_parser("check", help="prove references, ids, units, cases and reading age")
    check.set_defaults(run=run_check)
    show = parts.add_parser("show", help="print one item and everything that points at it")
    show.add_argument("id", metavar="ID", help="such as saddle-numbness, bird-dog or foam-roll-low-back")
    show.set_defaults(run=run_show)


def run_check(_: argparse.Namespace) -> int:
    """Print the counts of every kind and every problem; 0 without problems, 1 with."""
    from lumbago.knowledge.check import check_knowledge, count
    from lumbago.knowledge.load import HERE, load_for_authors

    knowledge = load_for_authors()
    problems = check_knowledge(knowledge, HERE)
    for kind, number in count(knowledge).items():
        print(f"{number:6d} {kind}")
    for problem in problems:
        print(problem)
    errors = [problem for problem in problems if problem.is_error]
    print(f"{'ok' if not errors else str(len(errors)) + ' problems'} - knowledge {knowledge.version}")
    return 1 if errors else 0


def run_show(arguments: argparse.Namespace) -> int:
    """Print one item of any kind."""
    from lumbago.knowledge.load import load_for_authors
    from lumbago.knowledge.show import show

    try:
        print(show(load_for_authors(), arguments.id))
    except KeyError:
        raise OptionUnreadable(
            "Nothing is known under that id. Ids are small words with dashes, such as saddle-numbness; the docs list them all."
        ) from None
    return 0
