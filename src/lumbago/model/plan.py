"""Dated sessions, or the reason why there are none."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from lumbago.model.levels import Level


class SessionKind(StrEnum):
    RUN = "run"
    RUN_WALK = "run-walk"
    WALK = "walk"
    CROSS = "cross"
    STRENGTH = "strength"
    MOBILITY = "mobility"
    RACE = "race"
    REST = "rest"


@dataclass(frozen=True, slots=True)
class Step:
    """Either one bout (kind, duration_s) or `repeat` times the inner steps."""

    kind: SessionKind | None = None
    duration_s: float | None = None
    repeat: int = 1
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class ExerciseDose:
    id: str
    sets: int
    reps: int | None = None
    hold_s: int | None = None
    a_side: bool = False


@dataclass(frozen=True, slots=True)
class Session:
    date: date
    kind: SessionKind
    duration_s: float | None = None
    distance_m: float | None = None
    steps: tuple[Step, ...] = ()
    exercises: tuple[ExerciseDose, ...] = ()
    effort_cr10: float | None = None
    stop_if: tuple[str, ...] = ()
    say: str = ""


@dataclass(frozen=True, slots=True)
class Week:
    start: date
    why: str
    limit: str  # id of the limit, rule or pattern that bound it
    sessions: tuple[Session, ...]


@dataclass(frozen=True, slots=True)
class PlanGoal:
    distance_m: float
    date: datetime.date | None = None
    verdict: str | None = None  # comfortable | tight | not-safe
    earliest: datetime.date | None = None
    limit: str | None = None
    earliest_without_buffer: datetime.date | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """first_do: what comes before any session (an open hard-stop question). leave_out: what to drop. Sentences in plain words."""

    start: date
    weeks: tuple[Week, ...]
    because: tuple[str, ...]  # ids of rules, patterns, contributors, limits it rests on
    goal: PlanGoal | None = None
    first_do: tuple[str, ...] = ()
    leave_out: tuple[str, ...] = ()
    stop_and_ask: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanWithheld:
    """A refusal is a value: no door can forget why."""

    reason: str
    level: Level
    do_instead: tuple[str, ...]
    because: tuple[str, ...] = ()
