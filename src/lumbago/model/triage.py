"""How soon, and because of what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from lumbago.model.levels import Activity, Level


@dataclass(frozen=True, slots=True)
class Fired:
    """A rule that fired, and the findings that made it."""

    rule: str
    level: Level | None
    findings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Triage:
    """level: the highest any rule gives. fired: rules with a level, gravest first. notes: watch lines and cautions that fired.

    ask: finding ids, most important first; ask_again: those among them that were answered "not sure".
    provisional: a hard-stop question is still open. activity: the most a plan may hold. safety_net: a text id.
    """

    level: Level
    fired: tuple[Fired, ...]
    notes: tuple[Fired, ...]
    ask: tuple[str, ...]
    ask_again: tuple[str, ...]
    open_hard_stops: tuple[str, ...]  # rule ids
    provisional: bool
    activity: Activity
    recheck_on: date
    safety_net: str = "safety-net"
