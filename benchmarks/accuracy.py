"""How well Lumbago reads and triages labelled stories, beside simple baselines; writes the safety sheet.

usage: python benchmarks/accuracy.py [SET ...] [--missed N] [--json FILE]
       python benchmarks/accuracy.py once --open-once        (a single time: the result is kept, and shown from then on)

SET is shared (where it lies beside this checkout), build, check or once; without any, the first three. Of check and once only
figures and ids are ever shown. The pieces are measured when all of those are, and then
docs/explanation/safety-sheet.md is written anew when the first three are measured together.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from pydantic import TypeAdapter
from scoring import (
    PIECES,
    READING,
    STORIES,
    TRIAGE,
    Fault,
    Figures,
    Result,
    Said,
    has_shared,
    measure,
    piece_figures,
    read_pieces,
    shown,
)
from sheet import SHEET, safety_sheet

ONCE = STORIES / "once-result.json"
SETS = ("shared", "build", "check", "once")
PIECE_SETS = ("pieces", "pieces-check")
FOR_THE_SHEET = {"shared", "build", "check"}
ONE, SEVERAL = TypeAdapter(Result), TypeAdapter(list[Result])


def once_result() -> Result | None:
    """What the single opening of `once` gave; None while it is closed."""
    return ONE.validate_json(ONCE.read_bytes()) if ONCE.exists() else None


def open_once() -> Result:
    """Measure `once`, the single time, and keep the result."""
    if ONCE.exists():
        raise SystemExit(f"once was opened already, and its result is kept in {ONCE.name}: it measures nothing twice.")
    result = measure("once")
    with ONCE.open("xb") as file:
        file.write(ONE.dump_json(result, indent=1) + b"\n")
    return result


def result_of(name: str) -> Result:
    """A set measured now; of `once` the result that was kept."""
    if name == "shared" and not has_shared():
        raise SystemExit("The shared stories are not beside this checkout.")
    if name != "once":
        return measure(name)
    if kept := once_result():
        return kept
    raise SystemExit("once is still closed. `once --open-once` opens it, a single time, and keeps the result.")


def figures(result: Result) -> Iterator[str]:
    """Lumbago's figures of a set; beside those of the level, those of the baselines."""
    who = {"Lumbago": result.figures, **result.baselines}
    yield f"{result.name}: {result.stories} stories ({', '.join(f'{n} {level}' for level, n in result.levels.items())})"
    yield f"  {'':56s}" + "".join(f"{name:27s}" for name in who)
    for figure, words in TRIAGE.items():
        yield f"  {words:56s}" + "".join(f"{shown(figure, each[figure]):27s}" for each in who.values())
    for figure, words in READING.items():
        yield f"  {words:56s}{shown(figure, result.figures[figure])}"
    for miss in result.misses:
        asked = "asked with a quote" if miss.asked else "NOT asked"
        yield f"  below: {miss.id} is {miss.gold}, got {miss.given}, {asked}; not read: {', '.join(miss.flags) or '-'}"
    yield ""


def figures_of_pieces(name: str, measured: Figures) -> Iterator[str]:
    """The figures of a set of pieces."""
    yield f"{name}:"
    for figure, words in PIECES.items():
        yield f"  {words:56s}{shown(figure, measured[figure])}"
    yield ""


def worst(result: Result, sentences: int) -> Iterator[str]:
    """Finding by finding what was missed and what was wrongly read, with a few sentences where the set is open."""
    yield f"{result.name}: labels missed and wrongly read, finding by finding, red flags (!) first"
    for fault in result.faults:
        yield _counts(fault)
        for kind, said in (("missed", fault.missed), ("wrong", fault.wrong)):
            yield from _examples(kind, said, sentences)
    yield ""


def _counts(fault: Fault) -> str:
    asked = sum(said.asked for said in fault.missed)
    return f"  {'!' if fault.red else ' '} {fault.finding:28s} missed {len(fault.missed)} ({asked} asked), wrong {len(fault.wrong)}"


def _examples(kind: str, said: tuple[Said, ...], sentences: int) -> Iterator[str]:
    if any(each.words for each in said):
        for each in said[:sentences]:
            yield f"      {kind:7s}{each.id} {each.value}, {each.when}: {each.words}"
    elif said and sentences:
        yield f"      {kind:7s}{', '.join(f'{each.id} {each.value} {each.when}' for each in said)}"


def main(arguments: list[str] | None = None) -> None:
    """Measure the sets named, print, and write what is to be written."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "sets", nargs="*", metavar="SET", help="shared, build, check or once (default: the first three)"
    )
    parser.add_argument("--missed", type=int, default=2, metavar="N", help="sentences shown a finding (default: 2)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all results there as well")
    parser.add_argument("--open-once", action="store_true", help="with `once`: open it, a single time")
    said = parser.parse_args(arguments)
    if unknown := set(said.sets) - set(SETS):
        parser.error(f"no such set: {', '.join(sorted(unknown))}; there are {', '.join(SETS)}")
    if said.open_once and said.sets != ["once"]:
        parser.error("--open-once goes with `once` alone")
    names = said.sets or [name for name in SETS[:3] if name != "shared" or has_shared()]
    results = [open_once()] if said.open_once else [result_of(name) for name in names]
    for part in (*map(figures, results), *(worst(each, said.missed) for each in results)):
        print("\n".join(part))
    if said.json:
        said.json.write_bytes(SEVERAL.dump_json(results, indent=1) + b"\n")
    if set(names) >= FOR_THE_SHEET:
        kept = once_result()
        measured = {each.name: each for each in [*results, *([kept] if kept else [])]}
        pieces = {name: piece_figures(read_pieces(name)) for name in PIECE_SETS}
        for name, found in pieces.items():
            print("\n".join(figures_of_pieces(name, found)))
        SHEET.write_text(safety_sheet([measured[name] for name in SETS if name in measured], pieces), encoding="utf-8")
    else:
        print(f"{SHEET.name} was left as it is: it wants shared, build and check measured together.")


if __name__ == "__main__":
    main()
