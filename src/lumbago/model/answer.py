"""The whole answer: every intermediate, so any screen can explain itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from lumbago.model.activities import Change, Difference, Exposures
from lumbago.model.explanation import Advice, Explanation
from lumbago.model.findings import Findings
from lumbago.model.plan import Plan, PlanWithheld
from lumbago.model.reading import Quantities, Reading
from lumbago.model.request import Request
from lumbago.model.triage import Triage


@dataclass(frozen=True, slots=True)
class Answer:
    """id: the request's own, else its digest. ask: triage's questions, then the telling ones.

    exposures: of the training files; None without any. changes: what differed before `onset`, the day the pain began;
    none when that day is not known. differences: where story and files disagree.
    """

    id: str
    knowledge: str
    request: Request
    reading: Reading
    findings: Findings
    quantities: Quantities
    triage: Triage
    explanation: Explanation
    advice: tuple[Advice, ...]
    plan: Plan | PlanWithheld
    ask: tuple[str, ...]
    warnings: tuple[str, ...]
    exposures: Exposures | None = None
    changes: tuple[Change, ...] = ()
    onset: date | None = None
    differences: tuple[Difference, ...] = ()
