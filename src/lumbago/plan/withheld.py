"""When no plan is given: the reason in the deciding rule's words, and what to do instead."""

from __future__ import annotations

from collections.abc import Sequence

from lumbago.model.levels import Activity, Level, Status, When
from lumbago.model.plan import PlanWithheld
from lumbago.model.triage import Triage
from lumbago.plan.case import Case
from lumbago.plan.holds import deciding_rules


def is_withheld(triage: Triage) -> bool:
    """Danger allows nothing: rest, or a clinician today or sooner."""
    return triage.activity is Activity.REST or triage.level.rank >= Level.SAME_DAY.rank


def is_untold(case: Case) -> bool:
    """A story without a word about the runner, and no answers: another language, or a question about something else."""
    told = any(f.when is When.NOW and f.status is not Status.ABSENT for f in case.findings)
    return bool(case.request.story.strip()) and not case.request.answers and not told


def withhold_untold(case: Case) -> PlanWithheld:
    """No plan from nothing: the reason, and how to get one."""
    text = str(case.value("withheld", "nothing_told"))
    reason, *do_instead = case.lines(text)
    return PlanWithheld(reason, case.triage.level, tuple(do_instead), because=(text,))


def withhold(case: Case) -> PlanWithheld:
    """The refusal, with the rules that decided it and what to do now."""
    level = case.triage.level
    at_level = [f.rule for f in case.triage.fired if f.level is level and f.rule in case.knowledge.rules]
    rules = tuple(dict.fromkeys((*at_level, *deciding_rules(case, Activity.REST))))
    text = _text_for(case, at_level)
    do_instead = case.lines(text, emergency=case.request.locale.emergency_number)
    reason = case.knowledge.rules[rules[0]].say if rules else do_instead[0]
    return PlanWithheld(reason, level, do_instead, because=rules or (text,))


def _text_for(case: Case, at_level: Sequence[str]) -> str:
    """A rule's own words only when every rule of the level has some: the general words must never be lost beside them."""
    own, levels = case.value("withheld", "rules"), case.value("withheld", "levels")
    if at_level and all(rule in own for rule in at_level):
        return str(own[at_level[0]])
    return str(levels.get(case.triage.level.value, case.value("withheld", "otherwise")))
