"""`lumbago claim`: is that piece of advice any good?"""

from __future__ import annotations

import argparse
import json
import sys

from lumbago.advice.check import find_claims
from lumbago.cli import options
from lumbago.errors import NothingAsked, OptionUnreadable
from lumbago.knowledge.load import load_knowledge


def add_to(commands: options.Commands) -> None:
    """Declare the command and its options."""
    command = commands.add_parser(
        "claim",
        help="check a piece of advice",
        description="Find the claims in any text about running and sore backs: what is known of each, and what to do instead.",
    )
    command.add_argument("text", nargs="?", metavar="TEXT", help='such as "foam rolling my lower back"')
    command.add_argument("--file", metavar="FILE", help="a text file, such as a pasted thread; - reads standard input")
    command.add_argument("--json", action="store_true", help="machine-readable")
    command.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print every claim found, or say that none is known."""
    if (arguments.text is None) == (arguments.file is None):
        raise OptionUnreadable(
            'Give the advice to check: lumbago claim "foam rolling my lower back", or --file THREAD.txt.'
        )
    text = options.clean(arguments.text if arguments.text is not None else options.text_of(arguments.file))
    if not text.strip():
        raise NothingAsked('There is nothing to check. Write the advice, such as "foam rolling my lower back".')
    knowledge = load_knowledge()
    found = find_claims(text, knowledge)
    if arguments.json:
        from lumbago.report.contract import advice_rows

        print(options.inert(json.dumps({"claims": advice_rows(found, knowledge)}, ensure_ascii=False, indent=2)))
        return 0
    from lumbago.report.document import compose_claims
    from lumbago.report.text import render_text

    sys.stdout.write(render_text(compose_claims(found, knowledge)))
    return 0
