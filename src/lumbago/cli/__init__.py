"""The command line: a door that takes in, calls the path and shows. `main` is the entry point."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from io import UnsupportedOperation
from pathlib import Path

from lumbago.errors import InputError, LumbagoError


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command. Returns 0 when answered (whatever the level), 2 when the request could not be understood, 1 on a fault."""
    _speak_utf8()
    arguments = parser().parse_args(argv)
    if not hasattr(arguments, "run"):
        parser().print_help(sys.stderr)
        return 2
    try:
        return int(arguments.run(arguments))
    except InputError as error:
        print(f"lumbago: {error.message}", file=sys.stderr)
        return error.exit_code
    except BrokenPipeError:
        # the reader of our output has gone (as in `| head`); keep Python from complaining about it at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        print("\nlumbago: stopped. Nothing was kept.", file=sys.stderr)
        return 130
    except LumbagoError as error:
        print(f"lumbago: {error.message}", file=sys.stderr)
        return 1
    except Exception as error:  # a fault is ours: name its kind and place, never the story
        print(
            f"lumbago: a fault in the program ({_where(error)}). Nothing was kept; please report these words.",
            file=sys.stderr,
        )
        return 1


def _speak_utf8() -> None:
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            with suppress(UnsupportedOperation):  # input that somebody began to read keeps its ways
                reconfigure(encoding="utf-8", errors="replace")


def _where(error: Exception) -> str:
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    place = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else "?"
    return f"{type(error).__name__} at {place}"


def parser() -> argparse.ArgumentParser:
    """The whole command line; the reference page is made from it."""
    top = argparse.ArgumentParser(
        prog="lumbago",
        description="A runner's lower back hurts: is it serious, what may contribute, and what to do this week.",
        epilog="Everything happens on this machine. Not a diagnosis.",
    )
    from lumbago.cli import activities, ask, claim, import_, knowledge, load, read, schema

    commands = top.add_subparsers(title="commands", metavar="COMMAND")
    for module in (ask, read, import_, activities, load, claim, knowledge, schema):
        module.add_to(commands)
    return top
