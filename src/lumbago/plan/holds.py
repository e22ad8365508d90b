"""What keeps a week at walking: triage, age, a birth, a pattern, an open danger question, pain, and the gate before running."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lumbago.model.knowledge import Pattern
from lumbago.model.levels import Activity, Fit, Level
from lumbago.plan.case import Case, in_words
from lumbago.plan.dose import is_settled_runner


@dataclass(frozen=True, slots=True)
class Hold:
    """One reason for no running: the id it rests on and its sentence. gentle: exercises stay gentle as well.

    until: when it ends, "cleared" (a clinician or an answer clears running first, so no goal date can be counted yet), "week" (a
    walking week, then a new look) or "answered" (as soon as the open danger question is).
    """

    id: str
    why: str
    gentle: bool = True
    until: str = "cleared"


def holds(case: Case) -> tuple[Hold, ...]:
    """Every reason for a week without running, the binding one first; empty when running is allowed."""
    reasons = (_triage, _age, _said, _birth, _pattern, _open_question, _pain, _gate, _no_more_load)
    return tuple(hold for reason in reasons for hold in reason(case))


def deciding_rules(case: Case, activity: Activity) -> tuple[str, ...]:
    """The fired rules that allow no more than this activity, gravest first."""
    told = (*case.triage.fired, *case.triage.notes)
    known = [f.rule for f in told if f.rule in case.knowledge.rules]
    return tuple(rule for rule in known if case.knowledge.rules[rule].activity is activity)


def _triage(case: Case) -> Iterator[Hold]:
    waits = case.triage.level.rank >= Level.WITHIN_DAYS.rank
    if case.triage.activity is Activity.RUN and not waits:
        return
    level_rules = tuple(f.rule for f in case.triage.fired if f.level is case.triage.level)
    rule = next(iter((*deciding_rules(case, Activity.WALK), *level_rules)), "walking-only")
    text = case.value("walking-only", "rule_texts").get(rule, "plan-why-seen" if waits else "plan-why-recheck")
    yield Hold(rule, case.line(text, recheck=in_words(case.triage.recheck_on)))


def _age(case: Case) -> Iterator[Hold]:
    rule = case.value("walking-only", "age_rule")
    if case.age is None and case.may_have("age-under-18"):
        yield Hold(rule, case.line(case.value("walking-only", "age_unknown_text")))
    if case.age is not None and case.age < case.value("walking-only", "lowest_age"):
        yield Hold(rule, case.line(case.value("walking-only", "age_text")))


def _said(case: Case) -> Iterator[Hold]:
    for finding, text in case.value("walking-only", "findings").items():
        if case.may_have(finding):
            yield Hold("walking-only", case.line(text))


def _birth(case: Case) -> Iterator[Hold]:
    cleared = all(case.denies(finding) for finding in case.value("walking-only", "birth_clear_when_denied"))
    if case.findings.is_present(case.value("walking-only", "birth")) and not cleared:
        yield Hold("walking-only", case.line(case.value("walking-only", "birth_text")))


def _pattern(case: Case) -> Iterator[Hold]:
    """A pattern that allows walking at most, when it leads or fits more than weakly; a bone pattern also once pain is amber."""
    bands = case.knowledge.limits["pain-bands"].values
    amber = case.pain is not None and case.pain > bands["green_up_to"]
    for place, fit in enumerate(case.explanation.patterns):
        pattern = case.knowledge.patterns[fit.id]
        matters = place == 0 or fit.fit is not Fit.WEAK or (amber and fit.id in bands["no_amber_when_suspected"])
        if pattern.plan.limit is not Activity.RUN and matters:
            yield Hold(pattern.id, _pattern_words(case, pattern))


def _pattern_words(case: Case, pattern: Pattern) -> str:
    return case.line("plan-why-pattern", pattern=pattern.label)


def _open_question(case: Case) -> Iterator[Hold]:
    if case.triage.provisional:
        yield Hold("walking-only", case.line("plan-why-provisional"), until="answered")


def _pain(case: Case) -> Iterator[Hold]:
    strong = case.pain is not None and case.pain > case.value("pain-bands", "amber_up_to")
    if strong or case.has("severe-pain"):
        usual = case.value("entry-gate", "usual_pain")
        yield Hold("pain-bands", case.line("plan-why-pain", usual=usual), until="week")


def _gate(case: Case) -> Iterator[Hold]:
    """The gate before running: closed by what was told, never by what was not; that stays a condition in words."""
    usual = case.value("entry-gate", "usual_pain")
    mild = case.has("mild-pain") or (case.pain is not None and case.pain <= usual)
    closed = any(case.has(f) for f in case.value("walking-only", "gate_closed_when"))
    sore = any(case.has(f) for f in case.value("walking-only", "gate_closed_unless_mild")) and not mild
    starting_sore = case.pain is not None and case.pain > usual and not is_settled_runner(case)
    if closed or sore or starting_sore:
        words = case.line("plan-why-gate", minutes=case.value("entry-gate", "walk_minutes"))
        yield Hold("entry-gate", words, gentle=False, until="week")


def _no_more_load(case: Case) -> Iterator[Hold]:
    for fired in case.triage.fired:
        rule = case.knowledge.rules.get(fired.rule)
        if rule is not None and rule.hold and not is_settled_runner(case):
            yield Hold(rule.id, case.line("plan-why-hold"), gentle=False)
