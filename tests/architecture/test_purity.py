"""Same request and same knowledge give the same answer: the core reads no clock, file, screen or environment."""

from __future__ import annotations

from pathlib import Path

import pytest

from architecture.source import calls, core_rooms, files_of, place

INSTEAD = {
    "open()": "take the text as an argument; a door or knowledge/load.py reads files",
    "print()": "return a value; a door shows it",
    "input()": "put the question into `ask`; a door asks it",
    "exec()": "write the rule as data and evaluate it with lumbago.model.conditions",
    "eval()": "write the rule as data and evaluate it with lumbago.model.conditions",
    "__import__()": "import at the top of the module, so that the import contracts can see it",
}
CLOCKS = ("today()", "now()", "utcnow()")


def _instead(name: str) -> str | None:
    if name.split(".")[-1] in CLOCKS and "." in name:
        return "take the day from `request.as_of`"
    if name.startswith(("os.environ", "os.getenv", "sys.argv", "sys.stdin", "sys.stdout")):
        return "take it as an argument; doors read the environment"
    return INSTEAD.get(name)


@pytest.mark.parametrize("path", files_of(core_rooms()), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_the_core_is_pure(path: Path) -> None:
    wrong = [f"{place(path, line)}: {name} - {advice}" for name, line in calls(path) if (advice := _instead(name))]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("name", ["date.today()", "datetime.datetime.now()", "open()", "os.environ.get", "input()"])
def test_the_check_itself_sees_what_it_must(name: str) -> None:
    assert _instead(name)


@pytest.mark.parametrize("name", ["today()", "sorted()", "findings.get()", "knowledge.rules"])
def test_the_check_itself_lets_plain_code_pass(name: str) -> None:
    assert _instead(name) is None
