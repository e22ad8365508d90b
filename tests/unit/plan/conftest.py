"""The real knowledge, read once."""

from __future__ import annotations

import pytest

from lumbago.knowledge.load import load_knowledge
from lumbago.model.knowledge import Knowledge


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return load_knowledge()
