"""What a door takes in."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from lumbago.model.activities import Activity
from lumbago.model.findings import Given
from lumbago.model.levels import Units


@dataclass(frozen=True, slots=True)
class Locale:
    units: Units = Units.KM
    emergency_number: str = "112"


@dataclass(frozen=True, slots=True)
class Goal:
    distance_m: float
    date: date | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """A story or answers or both; `days` are the running days, 0 Monday to 6 Sunday, empty when not told."""

    as_of: date
    story: str = ""
    answers: tuple[Given, ...] = ()
    onset: date | None = None
    goal: Goal | None = None
    days: tuple[int, ...] = ()
    locale: Locale = field(default_factory=Locale)
    id: str | None = None
    activities: tuple[Activity, ...] = ()
