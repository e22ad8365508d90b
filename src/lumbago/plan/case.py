"""What the plan room reads: the stages before it, the request, and what the program knows, in one value."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from lumbago.model.explanation import Explanation
from lumbago.model.findings import Findings
from lumbago.model.knowledge import Knowledge
from lumbago.model.levels import Status, Units, When
from lumbago.model.reading import Quantities
from lumbago.model.request import Request
from lumbago.model.triage import Triage


@dataclass(frozen=True, slots=True)
class Case:
    """One runner's week to plan."""

    findings: Findings
    quantities: Quantities
    triage: Triage
    explanation: Explanation
    request: Request
    knowledge: Knowledge

    def has(self, finding: str) -> bool:
        """Present now, or in the past where the past counts."""
        spec = self.knowledge.findings.get(finding)
        over = spec is not None and spec.past_counts and self.findings.is_present(finding, When.PAST)
        return self.findings.is_present(finding) or over

    def may_have(self, finding: str) -> bool:
        """Present, or not sure; a plan takes neither lightly."""
        return self.has(finding) or self.findings.status(finding) is Status.UNSURE

    def denies(self, finding: str) -> bool:
        """Said outright not to be so; silence is not a denial."""
        return self.findings.status(finding) is Status.ABSENT

    def value(self, limit: str, name: str) -> Any:
        """A number or list of the knowledge limits."""
        return self.knowledge.limits[limit].values[name]

    def lines(self, text: str, **fill: object) -> tuple[str, ...]:
        """The lines of a text with their placeholders filled."""
        return tuple(line.format(**fill) for line in self.knowledge.texts[text].lines)

    def line(self, text: str, **fill: object) -> str:
        """The lines of a text as one."""
        return " ".join(self.lines(text, **fill))

    @property
    def pain(self) -> float | None:
        """Pain now, 0 to 10; the higher one when the story and an answer differ."""
        return _highest(self.findings.number("pain-now"), self.quantities.pain_now)

    @property
    def age(self) -> float | None:
        """Age in years; the answered one first."""
        return _first(self.findings.number("age"), self.quantities.age)

    @property
    def duration_days(self) -> float | None:
        """Days since this spell began; the longer one, since it bounds the days off."""
        return _highest(self.findings.number("duration-days"), self.quantities.duration_days)


def is_masters(case: Case) -> bool:
    """From the 50th birthday."""
    from_age = case.value("masters", "from_age")
    return case.has("age-over-50") or (case.age is not None and case.age >= from_age)


def is_symptom_free(case: Case) -> bool:
    """No pain told, and the pattern that leads is the one for nothing wrong now."""
    leading = next((fit.id for fit in case.explanation.patterns), None)
    return leading == case.value("first-week", "symptom_free_pattern") and not case.pain


def _highest(*numbers: float | None) -> float | None:
    return max((n for n in numbers if n is not None), default=None)


def _first(*numbers: float | None) -> float | None:
    return next((n for n in numbers if n is not None), None)


def in_words(day: date) -> str:
    """A day as people say it: 24 November 2026."""
    return f"{day.day} {day:%B %Y}"


def distance_in_words(distance_m: float, units: Units, metres_per_mile: float) -> str:
    """A distance in the runner's own unit, to a tenth: 6.2 miles."""
    if units is Units.MILES:
        return f"{distance_m / metres_per_mile:.1f} miles"
    return f"{distance_m / 1000:.1f} km"
