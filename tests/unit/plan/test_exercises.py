"""Which exercises: within the menu, never against a finding, at least three."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lumbago.model.knowledge import Knowledge
from lumbago.model.levels import Fit
from lumbago.plan.exercises import allowed, choose_exercises
from weeks import case_of, explained, said, triaged


def test_every_menu_line_names_known_exercises(knowledge: Knowledge) -> None:
    values = knowledge.limits["strength-day"].values
    named = [e for line in (*values["menu"], *values["menu_gentle"], values["spare"]) for e in line]
    assert set(named) <= set(knowledge.exercises)


def test_the_doses_are_those_of_the_knowledge(knowledge: Knowledge) -> None:
    for chosen in choose_exercises(case_of(knowledge), gentle=False):
        dose = knowledge.exercises[chosen.id].dose
        assert (chosen.sets, chosen.reps, chosen.hold_s) == (dose.plan_sets, dose.plan_reps, dose.plan_hold_s)


@pytest.mark.parametrize("status", ["present", "unsure"])
def test_a_finding_rules_an_exercise_out(knowledge: Knowledge, status: str) -> None:
    case = case_of(knowledge, said(pregnant=status))
    assert not allowed(case, "front-plank", gentle=False)
    assert allowed(case, "clamshell", gentle=False)


def test_an_unknown_exercise_is_not_allowed(knowledge: Knowledge) -> None:
    assert not allowed(case_of(knowledge), "no-such-exercise", gentle=False)


@pytest.mark.parametrize("pattern", ["radicular", "bone-stress", "extension-related", "flexion-related", "sij"])
@pytest.mark.parametrize("gentle", [True, False])
def test_three_remain_beside_any_pattern(knowledge: Knowledge, pattern: str, gentle: bool) -> None:
    case = case_of(knowledge, explanation=explained({pattern: Fit.FAIR}))
    assert 3 <= len(choose_exercises(case, gentle)) <= 6


def test_spares_fill_up_to_three_and_no_further(knowledge: Knowledge) -> None:
    ruled_out = said(pregnant="present", low_bone_density="present", bone_weakening_condition="present")
    patterns = explained({"extension-related": Fit.FAIR, "radicular": Fit.FAIR, "hip-joint": Fit.FAIR})
    case = case_of(knowledge, ruled_out, triage=triaged(provisional=True), explanation=patterns)
    assert len(choose_exercises(case, gentle=True)) >= 3


def test_a_menu_that_ends_before_enough_are_found_gives_what_there_is(knowledge: Knowledge) -> None:
    day = knowledge.limits["strength-day"]
    wanting = replace(day, values={**day.values, "fewest": 99, "most": 99})
    case = case_of(replace(knowledge, limits={**knowledge.limits, "strength-day": wanting}))
    chosen = [dose.id for dose in choose_exercises(case, gentle=False)]
    assert len(chosen) == len(set(chosen)) > 6
