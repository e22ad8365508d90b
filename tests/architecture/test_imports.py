"""Imports go down, and the core knows no framework, file, clock, chance or network."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from architecture.source import ROOT


def test_import_contracts_hold() -> None:
    lint = Path(sys.executable).with_name("lint-imports")
    run = subprocess.run([lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, (
        f"{run.stdout[-3000:]}\n"
        "Rooms on one line of pyproject.toml's contract are strangers: let them meet through a type of lumbago.model, "
        "or let the room above pass the value in."
    )
