"""The committed reference says what the program and its knowledge say today."""

from __future__ import annotations

import importlib.util

from architecture.source import ROOT


def test_generated_pages_are_fresh() -> None:
    spec = importlib.util.spec_from_file_location("generate", ROOT / "docs" / "generate.py")
    assert spec and spec.loader
    generate = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(generate)
    names = generate.stale()
    assert not names, f"Out of date: {', '.join(names)}. Run `make reference` and commit what it writes."
