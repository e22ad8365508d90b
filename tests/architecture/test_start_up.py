"""An answer starts quickly: a second `ask` loads nothing that it does not need."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from architecture.source import ROOT

HEAVY = ("django", "duckdb", "mcp", "typst", "yaml")
ASK = """
import sys
from lumbago.cli import main
code = main(["ask", sys.argv[1], "--no-input", "--today", "2026-11-23", "--out", sys.argv[2]])
print(code, *sorted({name.split(".")[0] for name in sys.modules}))
"""


def _ask(home: Path) -> list[str]:
    folders = {"HOME": home, "XDG_CACHE_HOME": home / "cache", "LUMBAGO_HOME": home / "kept"}
    run = subprocess.run(
        [sys.executable, "-c", ASK, ROOT / "examples" / "story.txt", home / "answer.txt"],
        env=os.environ | {name: str(folder) for name, folder in folders.items()},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return run.stdout.split()


def test_the_second_ask_loads_no_heavy_package(tmp_path: Path) -> None:
    _ask(tmp_path)
    code, *loaded = _ask(tmp_path)
    assert code == "0"
    heavy = [name for name in HEAVY if name in loaded]
    assert not heavy, (
        f"{heavy} came along. Import them inside the function that needs them, or read the compiled knowledge."
    )
