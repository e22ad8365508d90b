"""A newcomer can read any module from its first line, and any public function by its docstring."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from architecture.source import modules, place, tree


def _public_functions(path: Path) -> list[ast.FunctionDef]:
    return [node for node in tree(path).body if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")]


@pytest.mark.parametrize("path", modules(), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_modules_and_public_functions_say_what_they_are_for(path: Path) -> None:
    silent = [
        f"{place(path, node.lineno)}: {node.name}" for node in _public_functions(path) if not ast.get_docstring(node)
    ]
    if not ast.get_docstring(tree(path)):
        silent.insert(0, f"{place(path, 1)}: the module")
    assert not silent, (
        "\n".join(silent)
        + "\nWrite one line in the field's words (what it gives, in which unit), or start the name with _ if nobody else needs it."
    )


@pytest.mark.parametrize("path", modules(), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_line_left_out_of_coverage_says_why(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    silent = [
        place(path, number)
        for number, line in enumerate(lines, start=1)
        if re.search(r"pragma:\s*no (cover|branch)", line) and not re.search(r"no (cover|branch) - \w", line)
    ]
    assert not silent, (
        "\n".join(silent) + "\nWrite `# pragma: no cover - <why no test can get here>`, or write the test."
    )
