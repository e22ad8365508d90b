"""Conditions of rules and patterns: data, evaluated between a floor and a ceiling.

Every condition has a floor (unknown taken as no) and a ceiling (unknown taken as yes): it holds when the floor reaches 1,
is refuted when the ceiling stays below 1, and is open in between. There is no negation, so one more danger sign can only raise.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from lumbago.model.findings import Findings, Value
from lumbago.model.levels import Status, Tier, When


class Operator(StrEnum):
    PRESENT = "present"
    UNSURE = "unsure"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    LASTING = "lasting"
    ALL = "all"
    ANY = "any"
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class Condition:
    """One node: a leaf names a `finding` (with a `value` for thresholds; days for `lasting`), a branch holds `of`."""

    operator: Operator
    finding: str = ""
    value: float = 0.0
    unit: str | None = None
    of: tuple[Condition, ...] = ()

    def leaves(self) -> Iterator[str]:
        """The finding ids it reads, left to right."""
        if self.finding:
            yield self.finding
        for part in self.of:
            yield from part.leaves()


@dataclass(frozen=True, slots=True)
class Facts:
    """What conditions read: statuses that count now, numbers, and onsets, as of a day."""

    statuses: Mapping[str, Status] = field(default_factory=dict)
    values: Mapping[str, Value] = field(default_factory=dict)
    onsets: Mapping[str, date] = field(default_factory=dict)
    as_of: date | None = None

    @staticmethod
    def of(findings: Findings, past_counts: frozenset[str], as_of: date | None = None) -> Facts:
        """Now-findings, and past ones of ids for which the past counts ("ever had cancer") when nothing newer denies them."""
        statuses: dict[str, Status] = {}
        values: dict[str, Value] = {}
        onsets: dict[str, date] = {}
        for f in findings:
            if f.when is When.PAST and f.id in past_counts and f.status is Status.PRESENT:
                statuses.setdefault(f.id, f.status)
        for f in findings:
            if f.when is not When.NOW:
                continue
            if not (f.status is Status.ABSENT and statuses.get(f.id) is Status.PRESENT):
                statuses[f.id] = f.status
            if f.value is not None:
                values[f.id] = f.value
            if f.onset is not None:
                onsets[f.id] = f.onset
        return Facts(statuses, values, onsets, as_of)


_UNSURE = {Tier.HARD_STOP: (0.0, 1.0), Tier.CLUSTER: (0.5, 1.0), Tier.WATCH: (0.0, 0.0)}
_YES, _NO, _OPEN = (1.0, 1.0), (0.0, 0.0), (0.0, 1.0)


def bounds(condition: Condition, facts: Facts, tier: Tier = Tier.CLUSTER) -> tuple[float, float]:
    """(floor, ceiling) of a condition, each from 0 to 1; `tier` says what "not sure" is worth.

    Source: evidence/triage.md section 1; held against evidence/check_vocabulary.py.
    """
    match condition.operator:
        case Operator.PRESENT:
            return _present(condition.finding, facts, tier)
        case Operator.UNSURE:
            return _YES if facts.statuses.get(condition.finding) is Status.UNSURE else _NO
        case Operator.AT_LEAST | Operator.AT_MOST:
            return _compared(condition, facts)
        case Operator.LASTING:
            return _lasting(condition, facts, tier)
    parts = [bounds(part, facts, tier) for part in condition.of]
    if condition.operator is Operator.COUNT:
        return (
            float(sum(low for low, _ in parts) >= condition.value),
            float(sum(high for _, high in parts) >= condition.value),
        )
    pick = min if condition.operator is Operator.ALL else max
    return pick((low for low, _ in parts), default=1.0), pick((high for _, high in parts), default=1.0)


def _present(finding: str, facts: Facts, tier: Tier) -> tuple[float, float]:
    status = facts.statuses.get(finding)
    if status is None:
        return _OPEN
    return {Status.PRESENT: _YES, Status.ABSENT: _NO, Status.UNSURE: _UNSURE[tier]}[status]


def _compared(condition: Condition, facts: Facts) -> tuple[float, float]:
    number = facts.values.get(condition.finding)
    if not isinstance(number, int | float):
        return _OPEN
    met = number >= condition.value if condition.operator is Operator.AT_LEAST else number <= condition.value
    return _YES if met else _NO


def _lasting(condition: Condition, facts: Facts, tier: Tier) -> tuple[float, float]:
    """Present, and since at least so many days; an onset nobody told is recent."""
    low, high = _present(condition.finding, facts, tier)
    began = facts.onsets.get(condition.finding)
    if high == 0.0 or began is None or facts.as_of is None:
        return 0.0, high if low < 1.0 else 0.0
    return (low, high) if (facts.as_of - began).days >= condition.value else _NO
