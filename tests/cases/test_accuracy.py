"""What is promised of the shared stories, and what must not be lost on the others, from the text alone, one pass over each.

The aims for `build` and `check` are not reached yet (docs/explanation/safety-sheet.md): red flags read or asked 93 %, precision
85 %, traps 6 %, one urgent story of 40 below its level and not asked. Until then their figures may only rise.

The bounds of stories that are not asked about stand higher than before (6 of 196 and 6 of 63, on 618 stories): such a story now
counts as asked about only when true answers bring it to its level, and both sets are others. The two cannot be compared.

`check` is closed: whatever fails, only figures are printed of it. `once` is never measured here.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from measured import measured, scoring
from stories import needs_shared

AT_LEAST = {
    "shared": {
        "accepted": 0.96,
        "sensitivity": 1.0,
        "flag-recall": 0.97,
        "flag-precision": 0.93,
        "f1": 0.85,
        "contributor": 0.92,
        "must-ask": 0.55,
    },
    "build": {"flag-recall-asked": 0.97, "flag-precision": 0.9},
    "check": {"flag-recall-asked": 0.84, "flag-precision": 0.84},
}
AT_MOST = {
    "shared": {"traps": 0.03},
    "build": {"traps": 0.02, "trap-stories": 0.04},
    "check": {"traps": 0.03, "trap-stories": 0.26},
}
URGENT_AT_LEAST = 40
BELOW_AT_MOST = {"build": 17, "check": 7}


def broken(result: scoring.Result) -> Iterator[str]:
    """The promises that a set does not keep, each with its figure; nothing measured keeps no promise."""
    for figure, bound in AT_LEAST[result.name].items():
        if result.figures[figure].value < bound:
            yield f"{figure} {scoring.shown(figure, result.figures[figure])}, promised at least {bound:.0%}"
    for figure, bound in AT_MOST[result.name].items():
        if not result.figures[figure].whole or result.figures[figure].value > bound:
            yield f"{figure} {scoring.shown(figure, result.figures[figure])}, promised at most {bound:.0%}"
    below = result.figures["below-unasked"]
    if result.name != "shared" and (below.whole < URGENT_AT_LEAST or below.part > BELOW_AT_MOST[result.name]):
        yield f"below their level and not asked {below.part} of {below.whole}, at most {BELOW_AT_MOST[result.name]}"


@pytest.mark.parametrize("name", [pytest.param("shared", marks=needs_shared), "build", "check"])
def test_the_promised_figures_hold(name: str) -> None:
    fallen_short = "; ".join(broken(measured(name)))
    if fallen_short:
        pytest.fail(f"{name}: {fallen_short}", pytrace=False)


def test_the_figures_of_closed_pieces_hold() -> None:
    figures = scoring.piece_figures(scoring.read_pieces("pieces-check"))
    fallen_short = [
        f"{figure} {scoring.shown(figure, figures[figure])}"
        for figure, kept in (
            ("flag-recall-asked", figures["flag-recall-asked"].value >= 0.71),
            ("flag-precision", figures["flag-precision"].value >= 0.85),
            ("harmless-flagged", figures["harmless-flagged"].value <= 0.14),
        )
        if not kept
    ]
    if fallen_short:
        pytest.fail(f"pieces-check: {'; '.join(fallen_short)}", pytrace=False)
