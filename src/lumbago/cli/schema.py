"""`lumbago schema answer`: the JSON Schema of an answer."""

from __future__ import annotations

import argparse
import json

from lumbago.cli import options


def add_to(commands: options.Commands) -> None:
    """Declare the command and its options."""
    command = commands.add_parser(
        "schema", help="print a JSON Schema", description="Print the JSON Schema of an answer."
    )
    command.add_argument("name", choices=["answer"])
    command.set_defaults(run=run)


def run(_: argparse.Namespace) -> int:
    """Print the schema."""
    from lumbago.report.contract import schema

    print(json.dumps(schema(), indent=2))
    return 0
