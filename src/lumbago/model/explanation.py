"""What fits, and what may have contributed: never a diagnosis, never a cause."""

from __future__ import annotations

from dataclasses import dataclass

from lumbago.model.activities import Change
from lumbago.model.findings import Quote
from lumbago.model.levels import Fit, Verdict, Weight


@dataclass(frozen=True, slots=True)
class PatternFit:
    id: str
    fit: Fit
    for_: tuple[str, ...]
    against: tuple[str, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Contributor:
    id: str
    strength: Weight
    for_: tuple[str, ...]
    against: tuple[str, ...]
    claims: tuple[str, ...]
    evidence: tuple[Change, ...] = ()  # what training files show of it, best supported first


@dataclass(frozen=True, slots=True)
class Explanation:
    """patterns: the two or three to show, best first. hidden: ids that fit but that triage forbids to show.

    ask: telling questions, which the pipeline puts behind triage's.
    """

    patterns: tuple[PatternFit, ...] = ()
    hidden: tuple[str, ...] = ()
    contributors: tuple[Contributor, ...] = ()
    ask: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Advice:
    """A claim met in a text, with the words that say it."""

    claim: str
    verdict: Verdict
    quotes: tuple[Quote, ...]
