"""Whether something hurts now, hurt once, or was denied; and which findings stand for others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum

from lumbago.model.conditions import Facts
from lumbago.model.findings import Findings, Value
from lumbago.model.knowledge import Knowledge
from lumbago.model.levels import Status, When

LOW_BACK = "low-back-pain"
SET_BY_PROGRAM = "set-by-program"
HEARD = (Status.PRESENT, Status.UNSURE)


class Pain(StrEnum):
    NOW = "now"
    OVER = "over"
    DENIED = "denied"
    UNTOLD = "untold"


def pain_told(findings: Findings, knowledge: Knowledge) -> Pain:
    """What was said of pain: there now (anywhere it could come from the back), over, denied, or nothing."""
    felt = (LOW_BACK, *knowledge.limits["pattern-fit"].values["felt_now"])
    if any(findings.status(each) in HEARD for each in felt):
        return Pain.NOW
    if findings.is_present(LOW_BACK, When.PAST):
        return Pain.OVER
    return Pain.DENIED if findings.status(LOW_BACK) is Status.ABSENT else Pain.UNTOLD


def finest(ids: Iterable[str], knowledge: Knowledge) -> tuple[str, ...]:
    """These findings without those that only stand there because a finer one of them does: one answer counts once."""
    kept = tuple(dict.fromkeys(ids))
    wholes = {whole for each in kept for whole in knowledge.findings[each].part_of}
    return tuple(each for each in kept if each not in wholes)


def is_open(finding: str, facts: Facts) -> bool:
    """Nobody spoke of it yet, or the runner was not sure."""
    return finding not in facts.values and facts.statuses.get(finding) in (None, Status.UNSURE)


def is_askable(finding: str, facts: Facts, knowledge: Knowledge) -> bool:
    """Whether this person can be asked it: not worked out by the program, and not a question for the other sex."""
    of_other_sex: Mapping[Value, list[str]] = knowledge.limits["ask-order"].values["not_asked_when_sex"]
    others = of_other_sex.get(facts.values.get("sex"), [])
    return knowledge.findings[finding].group != SET_BY_PROGRAM and finding not in others
