"""The program's own source, as the architecture tests read it."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "lumbago"


def core_rooms() -> list[str]:
    """The rooms that must stay pure, as the import contract names them: the list stands once, in pyproject.toml."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    forbidden = next(contract for contract in contracts if contract["type"] == "forbidden")
    return [module.removeprefix("lumbago.") for module in forbidden["source_modules"]]


def files_of(rooms: list[str]) -> list[Path]:
    """Every module of these rooms; a room is a folder or a single file."""
    return sorted(
        path for room in rooms for path in [*(PACKAGE / room).rglob("*.py"), PACKAGE / f"{room}.py"] if path.exists()
    )


def modules() -> list[Path]:
    """Every module of the package."""
    return sorted(PACKAGE.rglob("*.py"))


@cache
def tree(path: Path) -> ast.Module:
    """The parsed module."""
    return ast.parse(path.read_text(encoding="utf-8"))


def place(path: Path, line: int) -> str:
    """Where something stands, as an editor opens it."""
    return f"{path.relative_to(ROOT)}:{line}"


def dotted(node: ast.expr) -> str:
    """`datetime.date.today` for such an expression; empty for anything that is not a plain dotted name."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute) and (before := dotted(node.value)):
        return f"{before}.{node.attr}"
    return ""


def calls(path: Path) -> Iterator[tuple[str, int]]:
    """Each call of a plain name and each dotted name read, with its line."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and (name := dotted(node.func)):
            yield f"{name}()", node.lineno
        if isinstance(node, ast.Attribute) and (name := dotted(node)):
            yield name, node.lineno
