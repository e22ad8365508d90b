"""The five texts it began with: the advice in them is found, and every verdict hangs on words that are there."""

from __future__ import annotations

from pathlib import Path

import pytest

from decided import SHARED, knowledge
from lumbago.advice.check import find_claims

SEEDS = sorted((SHARED / "seeds").glob("*.txt")) if (SHARED / "seeds").exists() else []
pytestmark = pytest.mark.skipif(not SEEDS, reason="the seed texts are not beside this checkout")


@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.stem)
def test_four_in_five_of_the_advice_in_a_seed_is_found(seed: Path) -> None:
    text = seed.read_text(encoding="utf-8")
    listed = {claim.id for claim in knowledge().claims.values() if seed.name in claim.heard_in}
    found = find_claims(text, knowledge())
    assert len(listed & {advice.claim for advice in found}) / len(listed) >= 0.8
    for advice in found:
        assert advice.quotes
        assert all(text[quote.start : quote.end] == quote.text for quote in advice.quotes)
