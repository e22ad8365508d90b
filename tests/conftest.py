"""How much is tried: a small fixed sample on every change, the full counts at night (LUMBAGO_NIGHTLY=1)."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, settings

NIGHTLY = os.environ.get("LUMBAGO_NIGHTLY") == "1"

_SLOW_MACHINES = [HealthCheck.too_slow, HealthCheck.data_too_large]
settings.register_profile(
    "small", max_examples=25, derandomize=True, deadline=None, database=None, suppress_health_check=_SLOW_MACHINES
)
settings.register_profile(
    "nightly", max_examples=1000, deadline=None, print_blob=True, suppress_health_check=_SLOW_MACHINES
)
settings.load_profile("nightly" if NIGHTLY else "small")


def pytest_report_header() -> str:
    kind = "the full counts" if NIGHTLY else "a small fixed sample; make nightly tries the full counts"
    return f"sample: {settings.default.max_examples} examples a property ({kind})"


@pytest.fixture(scope="session")
def nightly() -> bool:
    """True when the full counts are wanted."""
    return NIGHTLY
