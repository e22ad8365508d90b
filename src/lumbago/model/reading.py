"""What was understood of a story, before anything is decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from lumbago.model.findings import Findings, Quote


@dataclass(frozen=True, slots=True)
class StoryGoal:
    race: str | None = None
    distance_m: float | None = None
    weeks: float | None = None
    date: date | None = None


@dataclass(frozen=True, slots=True)
class Quantities:
    """Numbers the story states; None where it does not. Names and units of cases/stories.yaml."""

    weekly_km: float | None = None
    longest_run_km: float | None = None
    runs_per_week: float | None = None
    pain_now: float | None = None
    duration_days: float | None = None
    age: float | None = None
    sex: str | None = None
    goal: StoryGoal | None = None
    cadence: float | None = None
    weight_kg: float | None = None
    temperature_c: float | None = None
    days_off: float | None = None  # full days without a run up to today, which only training files tell


@dataclass(frozen=True, slots=True)
class Ask:
    """Words that may be about a finding but do not tell: to be asked, quoting them."""

    finding: str
    quote: Quote


@dataclass(frozen=True, slots=True)
class Reading:
    """Findings and numbers read from a story, who it is about, and the words that look like danger but form no finding."""

    findings: Findings
    quantities: Quantities
    subject: str | None = None  # None: the writer; else the word for the person ("daughter")
    asks: tuple[Ask, ...] = ()  # in the order of the story, one a finding
    warnings: tuple[str, ...] = ()
    in_scope: bool = True
