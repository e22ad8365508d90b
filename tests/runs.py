"""Runs made up for the tests of rooms that compare them."""

from __future__ import annotations

from datetime import date, timedelta

from decided import knowledge
from lumbago.exposure.runs import expose
from lumbago.model.activities import Activity, Exposures, Source, Sport


def ran(today: date, *runs: tuple[int, float | None]) -> Exposures:
    """Exposures of runs, each told as days before today and metres."""
    activities = [
        Activity(f"run-{n}", Source.GPX, Sport.RUNNING, local_date=today - timedelta(days=ago), distance_m=metres)
        for n, (ago, metres) in enumerate(runs)
    ]
    return expose(activities, knowledge(), today)
