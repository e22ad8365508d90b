"""Answered questions become findings; what cannot be used is named, and the rest is kept."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from lumbago.model.findings import Finding, Findings, Given
from lumbago.model.knowledge import FindingSpec, Knowledge
from lumbago.model.levels import Origin, Status, When

_LONGEST_ID = 60  # characters shown of a name that is no question of ours


def from_answers(given: Iterable[Given], knowledge: Knowledge, as_of: date) -> tuple[Findings, tuple[str, ...]]:
    """(findings, warnings). An unknown id or an impossible value is named in a warning; everything else is used.

    Where one id is answered twice, the more worrying answer stands (present, then unsure, then absent) and a warning says so.
    """
    found: dict[tuple[str, When], Finding] = {}
    warnings: list[str] = []
    for answer in given:
        spec = knowledge.findings.get(answer.id)
        problem = _problem(answer, spec, as_of)
        if spec is None or problem:
            warnings.append(problem or "")
            continue
        new = _finding(answer, spec)
        old = found.get((new.id, new.when))
        if old and old != new:
            warnings.append(f"`{answer.id}` was answered twice, and not alike. The more worrying answer was used.")
            new = max(old, new, key=_worry)
        found[new.id, new.when] = new
    return Findings(tuple(found.values())), tuple(warnings)


_WORRY = {Status.PRESENT: 2, Status.UNSURE: 1, Status.ABSENT: 0}


def _worry(finding: Finding) -> int:
    return _WORRY[finding.status]


def _finding(answer: Given, spec: FindingSpec) -> Finding:
    status = answer.status or Status.PRESENT
    unit = spec.unit if answer.value is not None else None
    return Finding(spec.id, status, answer.when, answer.value, unit, answer.onset, Origin.ANSWER)


def _problem(answer: Given, spec: FindingSpec | None, as_of: date) -> str | None:
    """One clear sentence about an answer that cannot be used; never the value itself, only the id and what must be true."""
    if spec is None:
        return (
            f"The answers name `{answer.id[:_LONGEST_ID]}`, which is no question of this program. "
            "It was left out; the rest was used."
        )
    if answer.onset and answer.onset > as_of:
        return f"`{spec.id}`: a start in the future was told. It was left out; give a date up to today."
    if answer.unit and answer.unit != spec.unit:
        asked_in = spec.unit or "yes or no"
        return f"`{spec.id}` is asked in {asked_in}, and another unit was given. It was left out; the rest was used."
    if spec.kind == "number":
        return _number_problem(answer, spec)
    if spec.kind == "choice":
        if answer.value not in spec.options:
            return f"`{spec.id}` must be one of {', '.join(spec.options)}. It was left out; the rest was used."
    elif spec.kind == "date":
        if not isinstance(answer.value, date) or answer.value > as_of:
            return f"`{spec.id}` must be a date up to today, such as 2026-11-22. It was left out; the rest was used."
    elif answer.value is not None or answer.status is None:
        return f"`{spec.id}` is answered yes, no or unsure. It was left out; the rest was used."
    return None


def _number_problem(answer: Given, spec: FindingSpec) -> str | None:
    if answer.status is Status.UNSURE and answer.value is None:
        return None
    low, high = spec.minimum, spec.maximum
    number = answer.value
    if not isinstance(number, int | float) or isinstance(number, bool) or number != number:
        return f"`{spec.id}` must be a number. It was left out; the rest was used."
    if (low is not None and number < low) or (high is not None and number > high):
        return f"`{spec.id}` must be from {low:g} to {high:g}. It was left out; the rest was used."
    return None
