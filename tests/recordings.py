"""Recordings and activities made up for the tests: a steady run by default, changed where a test says so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lumbago.activities.recording import Recording
from lumbago.model.activities import Activity, Source, Sport

START = datetime(2026, 10, 4, 7, 30, tzinfo=UTC)


def columns(seconds: int, speed_mps: float | Sequence[float] = 3.0, **more: Any) -> dict[str, NDArray[np.float64]]:
    """A sample a second: time, distance, speed, and what else is given (a number for all samples, or one each)."""
    speed = np.broadcast_to(np.asarray(speed_mps, float), (seconds + 1,)).copy()
    made = {
        "time": START.timestamp() + np.arange(seconds + 1, dtype=float),
        "distance": np.concatenate(([0.0], np.cumsum(speed[1:]))),
        "speed": speed,
    }
    return made | {
        name: np.broadcast_to(np.asarray(value, float), (seconds + 1,)).copy() for name, value in more.items()
    }


def recording(made: Mapping[str, NDArray[np.float64]] | None = None, **fields: Any) -> Recording:
    """A run of Source.FIT with these columns."""
    told: dict[str, Any] = {"source": Source.FIT, "sport": Sport.RUNNING, "columns": dict(made or {})}
    return Recording(**(told | fields))


def activity(day: date, km: float | None = 8.0, number: int = 0, **fields: Any) -> Activity:
    """A run of so many kilometres on a day, at seven in the morning, 6 min/km, without samples."""
    start = datetime(day.year, day.month, day.day, 7, tzinfo=UTC) + timedelta(hours=3 * number)
    seconds = None if km is None else km * 360
    told: dict[str, Any] = {
        "id": f"{day.isoformat()}-{number}",
        "source": Source.FIT,
        "sport": Sport.RUNNING,
        "start": start,
        "local_date": day,
        "distance_m": None if km is None else km * 1000,
        "elapsed_s": seconds,
        "timer_s": seconds,
    }
    return Activity(**(told | fields))
