"""The modules of benchmarks/, and one pass over each set of stories for all tests."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "benchmarks"))

import accuracy
import scoring

__all__ = ["accuracy", "measured", "scoring"]


@cache
def measured(name: str) -> scoring.Result:
    """The result of a set. A failure says its kind only: a traceback of pytest would show the story it came from."""
    try:
        return scoring.measure(name)
    except SystemExit as stop:
        said = str(stop)
    except Exception as error:
        said = f"{name} could not be measured: {type(error).__name__}"
    pytest.fail(said, pytrace=False)
