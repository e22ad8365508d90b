"""No plan while there is danger: the reason, and what to do instead."""

from __future__ import annotations

import pytest

from lumbago.model.findings import Given
from lumbago.model.knowledge import Knowledge
from lumbago.model.levels import Activity, Level, Status
from lumbago.model.plan import PlanWithheld
from lumbago.model.request import Locale, Request
from weeks import MONDAY, answered, triaged


def refused(knowledge: Knowledge, **given: object) -> PlanWithheld:
    plan = answered(knowledge, **given)
    assert isinstance(plan, PlanWithheld)
    return plan


def test_an_emergency_withholds_the_plan_in_the_rules_words(knowledge: Knowledge) -> None:
    triage = triaged(Level.EMERGENCY_NOW, Activity.REST, rules={"pelvic-nerve-change": Level.EMERGENCY_NOW})
    plan = refused(knowledge, triage=triage, request=Request(MONDAY, locale=Locale(emergency_number="999")))
    assert plan.reason == knowledge.rules["pelvic-nerve-change"].say
    assert plan.level is Level.EMERGENCY_NOW
    assert plan.because == ("pelvic-nerve-change",)
    assert "Call 999" in plan.do_instead[0]
    assert any("not run" in line for line in plan.do_instead)
    assert "come back" in plan.do_instead[-1].lower()


@pytest.mark.parametrize(
    ("level", "activity"),
    [(Level.SAME_DAY, Activity.RUN), (Level.SAME_DAY, Activity.REST), (Level.ROUTINE, Activity.REST)],
)
def test_same_day_or_rest_withholds_the_plan(knowledge: Knowledge, level: Level, activity: Activity) -> None:
    plan = refused(knowledge, triage=triaged(level, activity))
    assert any("not run" in line for line in plan.do_instead)
    assert plan.reason
    assert plan.because


def test_a_rule_for_rest_explains_a_lower_level(knowledge: Knowledge) -> None:
    triage = triaged(Level.WITHIN_DAYS, Activity.REST, rules={"fever-with-back-pain": Level.SAME_DAY})
    assert refused(knowledge, triage=triage).because == ("fever-with-back-pain",)


def test_thoughts_of_suicide_are_met_with_other_words(knowledge: Knowledge) -> None:
    triage = triaged(Level.SAME_DAY, Activity.REST, rules={"suicidal-thoughts": Level.SAME_DAY})
    assert "Talk to a crisis line" in refused(knowledge, triage=triage).do_instead[0]


def test_a_rules_own_words_never_hide_the_general_ones(knowledge: Knowledge) -> None:
    both = {"suicidal-plan": Level.EMERGENCY_NOW, "pelvic-nerve-change": Level.EMERGENCY_NOW}
    plan = refused(knowledge, triage=triaged(Level.EMERGENCY_NOW, Activity.REST, rules=both))
    assert "emergency department" in plan.do_instead[0]
    lesser = {"pelvic-nerve-change": Level.EMERGENCY_NOW, "groin-bone-stress": Level.SAME_DAY}
    plan = refused(knowledge, triage=triaged(Level.EMERGENCY_NOW, Activity.REST, rules=lesser))
    assert "emergency department" in plan.do_instead[0]


def test_every_special_case_names_a_rule_and_a_text(knowledge: Knowledge) -> None:
    for rule, text in knowledge.limits["withheld"].values["rules"].items():
        assert rule in knowledge.rules
        assert text in knowledge.texts


def test_a_story_in_which_nothing_was_understood_gets_no_plan(knowledge: Knowledge) -> None:
    plan = refused(knowledge, request=Request(MONDAY, story="Hola, me duele la espalda baja."))
    assert "no plan from nothing" in plan.reason
    assert "where it hurts" in plan.do_instead[0]


def test_answers_alone_are_told_enough_for_a_plan(knowledge: Knowledge) -> None:
    request = Request(MONDAY, story="Hola.", answers=(Given("fever", Status.ABSENT),))
    assert not isinstance(answered(knowledge, request=request), PlanWithheld)
