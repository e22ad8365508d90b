"""How often the level is right: on the stories of independent writers, and on the shared ones where they are at hand.

usage: python benchmarks/accuracy.py [build check] [--missed]      --missed names the misses of the build set, worst first
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from lumbago.knowledge.load import load_knowledge
from lumbago.model.levels import Level
from lumbago.model.request import Request
from lumbago.pipeline import answer

STORIES = Path(__file__).resolve().parent / "stories"
AS_OF = date(2026, 11, 22)


def rows(name: str) -> Iterator[tuple[dict[str, Any], Level]]:
    """Every story of a set with the level it gets."""
    knowledge = load_knowledge()
    for line in (STORIES / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        yield row, answer(Request(AS_OF, row["story"]), knowledge).triage.level


def steps_short(row: dict[str, Any], level: Level) -> int:
    """How many levels below the lowest accepted one; negative above the highest."""
    accepted = [Level(name).rank for name in row["accepted"]]
    return max(min(accepted) - level.rank, 0) or min(max(accepted) - level.rank, 0)


def report(name: str, missed: bool) -> None:
    """One line of figures; on request the misses, the most dangerous first."""
    told = [(row, level, steps_short(row, level)) for row, level in rows(name)]
    danger = [steps for row, _, steps in told if row["danger"]]
    calm = [level for row, level, _ in told if not row["danger"]]
    print(
        f"{name:6s} {len(told):4d} stories: level accepted {sum(s == 0 for *_, s in told) / len(told):5.0%};"
        f" danger below its level {sum(s > 0 for s in danger)}/{len(danger)};"
        f" harmless above routine {sum(level.rank > Level.ROUTINE.rank for level in calm)}/{len(calm)}"
    )
    for row, level, steps in sorted(told, key=lambda each: -abs(each[2])) if missed and name == "build" else ():
        if steps:
            print(f"  {row['id']} wants {' or '.join(row['accepted'])}, got {level}: {row['story'][:110]}")


def main() -> None:
    """Print the figures of the sets named."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("sets", nargs="*", metavar="SET", help="build, check or once (default: build check)")
    arguments.add_argument("--missed", action="store_true")
    said = arguments.parse_args()
    for name in said.sets or ("build", "check"):
        report(name, said.missed)


if __name__ == "__main__":
    main()
