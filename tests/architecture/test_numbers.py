"""What is a little and what is a lot stands in a knowledge file with its source, not in the code that decides."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from architecture.source import files_of, place, tree

DECIDERS = ["exposure", "triage", "explain", "advice", "plan"]
STRUCTURAL = {
    0: "nothing, or the first",
    1: "one, the next, or all of it",
    -1: "the last",
    2: "a pair",
    7: "days of a week",
    60: "seconds of a minute",
    100: "hundredths, for a percentage in words",
    1000: "metres of a kilometre",
}


def _numbers(path: Path) -> list[tuple[float, int]]:
    return [
        (node.value, node.lineno)
        for top in tree(path).body
        if not _says_how_many_are_shown(top)
        for node in ast.walk(top)
        if isinstance(node, ast.Constant) and isinstance(node.value, int | float) and not isinstance(node.value, bool)
    ]


def _says_how_many_are_shown(node: ast.stmt) -> bool:
    """A constant such as _QUOTES_SHOWN = 3 lays out an answer, and decides nothing."""
    return isinstance(node, ast.Assign) and all(
        isinstance(t, ast.Name) and t.id.endswith("_SHOWN") for t in node.targets
    )


@pytest.mark.parametrize("path", files_of(DECIDERS), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_no_threshold_in_decider_code(path: Path) -> None:
    wrong = [f"{place(path, line)}: {number}" for number, line in _numbers(path) if number not in STRUCTURAL]
    assert not wrong, (
        "\n".join(wrong)
        + "\nA threshold, weight, dose or cap belongs in src/lumbago/knowledge/limits/<id>.yaml, with its basis and source: "
        + "read it as knowledge.limits['<id>'].values['<name>']. A number that only counts structure goes into STRUCTURAL "
        + "here, with what it counts; how many rows are shown is a constant named _..._SHOWN."
    )
