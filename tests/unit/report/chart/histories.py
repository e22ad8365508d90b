"""The histories that the tests of the chart draw."""

from __future__ import annotations

from datetime import date

from lumbago.model.activities import Exposures
from runs import ran

TODAY = date(2026, 11, 29)
ONSET = date(2026, 11, 25)

# a long history of 10 km runs, then one of each band, a break, and a run with nothing to compare with
USUAL = tuple((ago, 10_000) for ago in range(200, 84, -3))
STEADY = ran(TODAY, *USUAL, *((ago, 10_000) for ago in range(83, 0, -3)))
BANDS = ran(TODAY, *USUAL, (83, 12_000), (80, 18_000), (77, 40_000), (3, 5_000))
FIRST_DAYS = ran(TODAY, (20, 3_000), (10, 9_000))
ONE = ran(TODAY, (0, 5_000))
NONE = Exposures()
HISTORIES = {"steady": STEADY, "bands": BANDS, "first-days": FIRST_DAYS, "one": ONE, "none": NONE}
