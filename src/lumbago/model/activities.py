"""What a training file tells: one activity, its samples, and every run set against the 30 days before it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from lumbago.model.levels import Weight

if TYPE_CHECKING:  # an answer without training files needs no numpy
    from numpy import float64
    from numpy.typing import NDArray

    Column = NDArray[float64]


class Sport(StrEnum):
    """What was done. `unknown` is said when a file does not tell or names a sport we do not know."""

    RUNNING = "running"
    WALKING = "walking"
    CYCLING = "cycling"
    SWIMMING = "swimming"
    STRENGTH = "strength"
    OTHER = "other"
    UNKNOWN = "unknown"


class Ground(StrEnum):
    """What was run on, where the file says so."""

    ROAD = "road"
    TRAIL = "trail"
    TRACK = "track"
    TREADMILL = "treadmill"


class Source(StrEnum):
    """Where an activity was read from."""

    FIT = "fit"
    GPX = "gpx"
    TCX = "tcx"
    CSV = "csv"
    STRAVA = "strava"
    GARMIN = "garmin"
    APPLE = "apple-health"


SAMPLE_COLUMNS = (
    "time",  # s since the epoch, UTC
    "distance",  # m from the start, as the device counted it
    "latitude",  # degrees
    "longitude",
    "altitude",  # m
    "speed",  # m/s
    "heart_rate",  # bpm
    "cadence",  # as the file has it: strides a minute of one leg, or steps, or turns of a crank
    "power",  # W
    "temperature",  # degrees Celsius
    "stance",  # ms of ground contact
    "stance_balance",  # % of contact on the left foot
    "step_length",  # m
)


@dataclass(frozen=True, slots=True)
class Lap:
    """start_s: from the start of the activity."""

    start_s: float
    timer_s: float | None
    distance_m: float | None


@dataclass(frozen=True, slots=True)
class SpeedBand:
    """How somebody ran at one speed. speed_mps: the band's middle. seconds: moving time in it. The rest are means over those
    samples of it that lay on level ground; None where fewer than a minute did."""

    speed_mps: float
    seconds: float
    cadence_spm: float | None = None
    stance_ms: float | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Activity:
    """One activity. What the source does not tell, and samples do not show, is None.

    id: SHA-256 of the decompressed source bytes, plus `-2` and so on for the further parts of one file; of the normalised row for
    a line of a table. start: aware, UTC. local_date: in the runner's own zone. elapsed_s counts pauses, timer_s does not, moving_s
    leaves out standing still as well. longest_unbroken_s: the longest stretch of running without a stop or a walk break.
    cadence_spm: steps a minute (of sports without steps, turns). effort_cr10: 0 to 10, as the runner told it. balance_pct: share of
    ground contact on the left foot. drift_min: minute of a run from which steps slow or contact lengthens at like speed.
    samples: arrays of equal length by the names of SAMPLE_COLUMNS, read-only, NaN = not recorded; None once only the summary is at
    hand. records: how many samples the file holds.
    """

    id: str
    source: Source
    sport: Sport
    start: datetime | None = None
    local_date: date | None = None
    ground: Ground | None = None
    elapsed_s: float | None = None
    timer_s: float | None = None
    moving_s: float | None = None
    distance_m: float | None = None
    ascent_m: float | None = None
    descent_m: float | None = None
    heart_rate_bpm: float | None = None
    cadence_spm: float | None = None
    effort_cr10: float | None = None
    temperature_c: float | None = None
    balance_pct: float | None = None
    longest_unbroken_s: float | None = None
    drift_min: float | None = None
    bands: tuple[SpeedBand, ...] = ()
    laps: tuple[Lap, ...] = ()
    records: int = 0
    name: str | None = None
    gear: str | None = None
    race: bool | None = None
    manual: bool = False
    device: str | None = None
    warnings: tuple[str, ...] = ()
    samples: Mapping[str, Column] | None = field(default=None, repr=False)


class SpikeBand(StrEnum):
    """A run against the longest of the 30 days before (evidence/running.md a1)."""

    REFERENCE = "reference"  # up to a tenth longer
    SMALL = "small"
    MODERATE = "moderate"
    LARGE = "large"
    NO_BASELINE = "no-baseline"


@dataclass(frozen=True, slots=True)
class RunExposure:
    """One outing against what came before. ids: the activities it was pieced together from, the longest first.

    longest_before_m: whole metres, the longest outing of the 30 days before its date, that date left out; None without one.
    ratio: distance over that; None likewise. days_off: full days without a run since the run before; None for the first run.
    early: in the first 30 days of the history, so never used as evidence.
    """

    id: str
    ids: tuple[str, ...]
    date: date
    distance_m: int
    longest_before_m: int | None
    ratio: float | None
    band: SpikeBand
    days_off: int | None
    early: bool
    ascent_m: float | None = None
    descent_m: float | None = None
    minutes: float | None = None
    unbroken_minutes: float | None = None


@dataclass(frozen=True, slots=True)
class DayExposure:
    """One calendar day. A day without a run has distance 0; a day no file speaks of (a gap in the record) has None."""

    date: date
    runs: int
    distance_m: float | None
    ascent_m: float | None
    descent_m: float | None
    minutes: float | None
    week_m: float | None  # this day and the six before it
    ratio_to_four_weeks: (
        float | None
    )  # that week over the mean week of the 28 days before it; described, never an alarm


@dataclass(frozen=True, slots=True)
class Exposures:
    """runs: oldest first. days: every day from the first run to the last day asked about. warnings: what was left out, and why."""

    runs: tuple[RunExposure, ...] = ()
    days: tuple[DayExposure, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TimeOff:
    """What a break allows: a share of the longest run before it (evidence/settled.md 9).

    days_off: its full days without a run. back_on: the day of the first run after it; None while it lasts until today.
    longest: of the 30 days before it. since: the longest run since then, where a tenth more than that is beyond the share and so
    counts in its place; None where the share does.
    """

    days_off: int
    back_on: date | None
    percent: int
    run_walk: bool
    longest: RunExposure
    since: RunExposure | None
    up_to_m: int


@dataclass(frozen=True, slots=True)
class Room:
    """How far one run may go today, in whole metres. Without a run in the days before all distances are None.

    longest_m, longest_on: of the window before today. up_to_m: the lower of the cap and what a break allows; time_off is
    None where the cap is lower. small_from_m and so on: the first distance of each band. days_off: full days since the last run
    before today. done_m: run today already. record_days: since the first run on record. because: ids of limits.
    """

    longest_m: int | None
    longest_on: date | None
    up_to_m: int | None
    small_from_m: int | None
    moderate_from_m: int | None
    large_from_m: int | None
    days_off: int | None
    done_m: int
    record_days: int
    early: bool
    time_off: TimeOff | None
    because: tuple[str, ...]

    @property
    def left_m(self) -> int | None:
        """What the runs of today left of it."""
        return None if self.up_to_m is None else max(0, self.up_to_m - self.done_m)


@dataclass(frozen=True, slots=True)
class Change:
    """Something that differed in the weeks before a day. id: a contributor's; quantity: what the files show of it.

    date: the day it happened or began. value and baseline: in the unit of the quantity; ratio: of the two, where that makes sense.
    strength: how plainly the files show it, not how likely it is to matter. findings: ids of the vocabulary that it shows.
    count: how many runs or days show it, where one alone does not. detail: a word the sentence needs, such as a shoe's name.
    """

    id: str
    quantity: str
    date: date
    value: float
    baseline: float | None
    ratio: float | None
    strength: Weight
    activities: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()
    count: int | None = None
    detail: str | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """A number that story and files tell differently. quantity: longest_run_km, weekly_km, or last_run (a run of late
    though the story says that there is none). used: the one the plan goes by."""

    quantity: str
    told: float
    shown: float
    used: float
    date: date | None = None
