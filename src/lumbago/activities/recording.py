"""What a format module hands over: one session as its file tells it, before anything is worked out from it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from lumbago.model.activities import Ground, Lap, Source, Sport

if TYPE_CHECKING:
    from lumbago.model.activities import Column


@dataclass(slots=True)
class Recording:
    """One session of one file. None: the file does not tell. `finish.finish` makes an Activity of it.

    start: aware; a time without a zone is put into `local_start` instead (naive). utc_offset_s: of the runner's clock, if told.
    distance_m, ascent_m, descent_m, elapsed_s, timer_s, moving_s, cadence, heart_rate_bpm: totals that the file states itself.
    cadence: in the file's own unit (see `steps`). steps: True when the file says that cadence counts both feet, None when it does
    not say. columns: float64 arrays of equal length, by the names of SAMPLE_COLUMNS, NaN where nothing was recorded.
    breaks: indices (ascending, within 1..n-1) of samples that begin a new piece, so that no distance is counted towards them.
    pauses: (begin, end), seconds since the epoch, of stopped timers.
    """

    source: Source
    sport: Sport
    start: datetime | None = None
    local_start: datetime | None = None
    day_only: bool = False  # local_start tells the day, and its time means nothing
    utc_offset_s: int | None = None
    ground: Ground | None = None
    elapsed_s: float | None = None
    timer_s: float | None = None
    moving_s: float | None = None
    distance_m: float | None = None
    ascent_m: float | None = None
    descent_m: float | None = None
    heart_rate_bpm: float | None = None
    cadence: float | None = None
    steps: bool | None = None
    effort_cr10: float | None = None
    temperature_c: float | None = None
    columns: dict[str, Column] = field(default_factory=dict)
    breaks: tuple[int, ...] = ()
    pauses: tuple[tuple[float, float], ...] = ()
    laps: tuple[Lap, ...] = ()
    name: str | None = None
    gear: str | None = None
    race: bool | None = None
    manual: bool = False
    planned: bool = False  # a course to follow, not something that was done
    device: str | None = None
    records: int | None = None  # when it differs from the length of the columns
    identity: str | None = None  # of a table's line: its own hash, in place of the file's
    warnings: list[str] = field(default_factory=list)
