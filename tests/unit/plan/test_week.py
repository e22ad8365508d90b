"""A first week: what it holds for whom, and what it never holds."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest

from lumbago.model.findings import Findings
from lumbago.model.knowledge import Knowledge
from lumbago.model.levels import Activity, Fit, Level
from lumbago.model.plan import SessionKind
from lumbago.model.reading import Quantities
from lumbago.model.request import Request
from lumbago.plan.caps import violations
from weeks import (
    MONDAY,
    exercise_ids,
    explained,
    kinds,
    planned,
    running_m,
    running_s,
    runs,
    said,
    sessions,
    triaged,
    with_numbers,
)

REGULAR = Quantities(longest_run_km=10, weekly_km=30, runs_per_week=3, pain_now=2)


def test_without_pain_nothing_is_cut_and_nothing_grows(knowledge: Knowledge) -> None:
    told = Quantities(longest_run_km=10, weekly_km=25, runs_per_week=3)
    plan = planned(knowledge, quantities=told, explanation=explained({"none": Fit.GOOD}))
    assert runs(plan)[-1].distance_m == 10000
    assert not any("hills" in line for line in plan.leave_out)
    sore = Quantities(longest_run_km=10, runs_per_week=3, pain_now=1)
    assert runs(planned(knowledge, quantities=sore, explanation=explained({"none": Fit.GOOD})))[-1].distance_m == 8000


def test_a_regular_runner_keeps_running_but_shorter(knowledge: Knowledge) -> None:
    plan = planned(knowledge, quantities=REGULAR)
    assert [run.kind for run in runs(plan)] == [SessionKind.RUN] * 3
    assert [run.distance_m for run in runs(plan)] == [5600, 5600, 8000]
    assert "20 %" in plan.weeks[0].why
    assert plan.first_do == ()
    assert any("hills" in line for line in plan.leave_out)


@pytest.mark.parametrize(("pain", "longest"), [(2, 8000), (3, 8000), (4, 6000), (5, 6000)])
def test_more_pain_cuts_more(knowledge: Knowledge, pain: float, longest: float) -> None:
    plan = planned(knowledge, quantities=Quantities(longest_run_km=10, runs_per_week=3, pain_now=pain))
    assert runs(plan)[-1].distance_m == longest


def test_pain_that_nobody_told_is_cut_by_the_middle_amount(knowledge: Knowledge) -> None:
    plan = planned(knowledge, quantities=Quantities(longest_run_km=10, runs_per_week=3))
    assert runs(plan)[-1].distance_m == 7000


def test_a_week_never_holds_more_runs_than_the_runner_did(knowledge: Knowledge) -> None:
    plan = planned(knowledge, quantities=Quantities(longest_run_km=10, runs_per_week=1, pain_now=1))
    assert len(runs(plan)) == 1
    assert len(runs(planned(knowledge, quantities=Quantities(longest_run_km=10, runs_per_week=6, pain_now=1)))) == 3


def test_the_week_together_is_cut_as_well(knowledge: Knowledge) -> None:
    plan = planned(knowledge, quantities=Quantities(longest_run_km=8, weekly_km=10, runs_per_week=2, pain_now=2))
    assert sum(run.distance_m or 0 for run in runs(plan)) <= 8000


def test_a_weekly_distance_alone_bounds_the_longest_run_from_below(knowledge: Knowledge) -> None:
    plan = planned(knowledge, quantities=Quantities(weekly_km=35, pain_now=2))
    assert runs(plan)[-1].distance_m == 4000  # 35 km in at most seven runs: one of them was at least 5 km


def test_short_runs_are_made_shorter_and_not_swapped_for_the_ladder(knowledge: Knowledge) -> None:
    plan = planned(knowledge, quantities=Quantities(longest_run_km=1.6, runs_per_week=3, pain_now=3))
    assert [run.distance_m for run in runs(plan)] == [800, 800, 1200]


@pytest.mark.parametrize(("pain", "run_minutes"), [(None, 2), (3, 4), (1, 6)])
def test_a_new_or_unknown_runner_starts_on_a_low_rung(
    knowledge: Knowledge, pain: float | None, run_minutes: float
) -> None:
    plan = planned(knowledge, findings=said(new_runner="present"), quantities=Quantities(pain_now=pain))
    assert [run.kind for run in runs(plan)] == [SessionKind.RUN_WALK] * 3
    assert running_s(runs(plan)[-1].steps) == run_minutes * 60
    assert running_s(runs(plan)[0].steps) < running_s(runs(plan)[-1].steps)
    assert "walk 30 minutes" in plan.first_do[0]


def test_who_told_no_distance_is_asked_for_it(knowledge: Knowledge) -> None:
    assert "do not know how far" in planned(knowledge).weeks[0].why


def test_a_rung_stays_within_the_longest_run_known(knowledge: Knowledge) -> None:
    plan = planned(
        knowledge, findings=said(new_runner="present"), quantities=Quantities(longest_run_km=0.5, pain_now=1)
    )
    assert running_s(runs(plan)[-1].steps) == 120
    none = planned(knowledge, findings=said(new_runner="present"), quantities=Quantities(longest_run_km=0.2))
    assert not runs(none)
    assert none.weeks[0].limit == "session-caps"


@pytest.mark.parametrize(("days", "longest"), [(5, 8000), (10, 8000), (20, 6000)])
def test_after_time_off_the_table_or_the_cut_holds_whichever_is_less(
    knowledge: Knowledge, days: float, longest: float
) -> None:
    quantities = Quantities(longest_run_km=10, duration_days=days, pain_now=2)
    plan = planned(knowledge, findings=said(stopped_running="present"), quantities=quantities)
    assert runs(plan)[-1].distance_m == longest


@pytest.mark.parametrize("days", [40, 100, None])
def test_after_a_month_off_or_an_unknown_time_the_ladder_comes_first(knowledge: Knowledge, days: float | None) -> None:
    quantities = Quantities(longest_run_km=10, duration_days=days, pain_now=2)
    plan = planned(knowledge, findings=said(stopped_running="present"), quantities=quantities)
    assert {run.kind for run in runs(plan)} == {SessionKind.RUN_WALK}


def test_back_from_a_break_with_regular_runs_gets_the_largest_cut(knowledge: Knowledge) -> None:
    back = said(return_after_break="present")
    assert runs(planned(knowledge, findings=back, quantities=REGULAR))[-1].distance_m == 6000
    unknown = planned(knowledge, findings=back, quantities=Quantities(longest_run_km=10, pain_now=2))
    assert {run.kind for run in runs(unknown)} == {SessionKind.RUN_WALK}


def test_a_run_cut_short_by_pain_means_two_days_of_walking_first(knowledge: Knowledge) -> None:
    plan = planned(knowledge, findings=said(stops_run="present"), quantities=REGULAR)
    assert sessions(plan)[0].kind is SessionKind.WALK
    assert runs(plan)[0].date >= MONDAY + timedelta(days=2)


def test_without_a_running_day_after_those_two_the_week_is_walking(knowledge: Knowledge) -> None:
    request = Request(MONDAY, days=(0, 1))
    plan = planned(knowledge, findings=said(stops_run="present"), quantities=REGULAR, request=request)
    assert not runs(plan)
    assert plan.weeks[0].limit == "first-week"


def test_runs_stand_on_the_runners_own_days_with_a_day_between(knowledge: Knowledge) -> None:
    plan = planned(knowledge, quantities=REGULAR, request=Request(MONDAY, days=(1, 2, 4, 5)))
    assert [run.date.weekday() for run in runs(plan)] == [1, 4]
    assert [run.date.weekday() for run in runs(planned(knowledge, quantities=REGULAR))] == [1, 3, 5]


def test_strength_keeps_away_from_the_longest_run(knowledge: Knowledge) -> None:
    plan = planned(knowledge, quantities=REGULAR)
    longest = runs(plan)[-1].date
    strength = [s for s in sessions(plan) if s.kind is SessionKind.STRENGTH]
    assert [s.date.weekday() for s in strength] == [1, 3]
    assert all(s.date not in (longest, longest - timedelta(days=1)) for s in strength)
    assert "after the run" in strength[0].say
    assert [s.kind for s in sessions(plan)][:2] == [SessionKind.RUN, SessionKind.STRENGTH]


def test_legs_come_first_and_every_session_says_when_to_stop(knowledge: Knowledge) -> None:
    plan = planned(knowledge, quantities=REGULAR)
    assert exercise_ids(plan)[:2] == ["squat", "split-squat"]
    assert "calf-raise" in exercise_ids(plan)
    assert all(session.stop_if and session.say for session in sessions(plan))


def test_somebody_over_fifty_has_calf_work_and_days_between(knowledge: Knowledge) -> None:
    plan = planned(knowledge, findings=with_numbers(Findings(), age=55), quantities=REGULAR)
    assert "calf-raise" in exercise_ids(plan)
    assert "masters" in plan.because
    dates = [run.date for run in runs(plan)]
    assert all((b - a).days >= 2 for a, b in pairwise(dates))


def test_what_a_contributor_names_comes_before_the_menu(knowledge: Knowledge) -> None:
    plan = planned(knowledge, quantities=REGULAR, explanation=explained({}, ("hills", "prolonged-sitting")))
    assert "step-up" in exercise_ids(plan)
    assert {"hills", "prolonged-sitting"} <= set(plan.because)


def test_what_a_pattern_avoids_is_left_out(knowledge: Knowledge) -> None:
    plan = planned(knowledge, quantities=REGULAR, explanation=explained({"flexion-related": Fit.FAIR}))
    assert "squat" not in exercise_ids(plan)
    assert any("bend" in line for line in plan.leave_out)


def test_what_a_hidden_pattern_avoids_is_not_chosen_either(knowledge: Knowledge) -> None:
    plan = planned(knowledge, quantities=REGULAR, explanation=explained({}, hidden=("flexion-related",)))
    assert "squat" not in exercise_ids(plan)


def test_a_caution_about_tablets_is_said(knowledge: Knowledge) -> None:
    plan = planned(knowledge, quantities=REGULAR, triage=triaged(rules={"nsaid-around-runs": None}))
    assert knowledge.rules["nsaid-around-runs"].say in plan.leave_out
    assert "nsaid-around-runs" in plan.because


def test_the_plan_says_when_to_stop_and_ask_again(knowledge: Knowledge) -> None:
    plan = planned(knowledge, quantities=REGULAR)
    assert "numb" in plan.stop_and_ask[0]
    assert "30 November 2026" in plan.stop_and_ask[-1]


def test_every_id_it_rests_on_is_known(knowledge: Knowledge) -> None:
    explanation = explained({"nonspecific-mechanical": Fit.FAIR}, ("hills", "trunk-endurance"))
    plan = planned(knowledge, quantities=REGULAR, explanation=explanation)
    known = {
        *knowledge.rules,
        *knowledge.patterns,
        *knowledge.contributors,
        *knowledge.limits,
        *knowledge.exercises,
        *knowledge.programs,
    }
    assert set(plan.because) <= known
    assert plan.weeks[0].limit in known


WALKING = {
    "triage allows walking": {
        "triage": triaged(activity=Activity.WALK, rules={"build-spot-load-only": Level.SELF_CARE})
    },
    "to be seen within days": {"triage": triaged(Level.WITHIN_DAYS, Activity.WALK)},
    "a danger question is open": {"triage": triaged(provisional=True, ask=("fever",))},
    "strong pain": {"findings": with_numbers(Findings(), pain_now=6)},
    "severe pain": {"findings": said(severe_pain="present")},
    "fifteen": {"findings": with_numbers(Findings(), age=15)},
    "under eighteen, age not told": {"findings": said(age_under_18="present")},
    "pregnant": {"findings": said(pregnant="present")},
    "perhaps pregnant": {"findings": said(pregnant="unsure")},
    "a birth two months ago": {"findings": said(postpartum="present", under_three_months_after_birth="present")},
    "a birth, not told when": {"findings": said(postpartum="present")},
    "pelvic floor": {"findings": said(pelvic_floor_symptoms="present")},
    "nerve pain leads": {"explanation": explained({"radicular": Fit.WEAK})},
    "bone stress fits": {"explanation": explained({"nonspecific-mechanical": Fit.FAIR, "bone-stress": Fit.FAIR})},
    "the leg is worse": {"findings": said(leg_worse_than_back="present")},
    "the leg tingles": {"findings": said(leg_numbness_tingling="present")},
    "landing hurts": {"findings": said(hopping_impact_worse="present")},
    "walking hurts, pain not told": {
        "findings": said(walking_hurts="present"),
        "quantities": Quantities(longest_run_km=10),
    },
}


@pytest.mark.parametrize("why", WALKING)
def test_walking_only_when(knowledge: Knowledge, why: str) -> None:
    given = {"quantities": REGULAR} | WALKING[why]
    plan = planned(knowledge, **given)
    assert not runs(plan)
    assert SessionKind.WALK in kinds(plan)
    assert plan.weeks[0].why
    assert 3 <= len(exercise_ids(plan)) <= 6


def test_seventeen_runs_within_the_caps(knowledge: Knowledge) -> None:
    findings = with_numbers(said(age_under_18="present"), age=17)
    assert runs(planned(knowledge, findings=findings, quantities=REGULAR))


def test_a_birth_long_enough_ago_with_nothing_wrong_allows_running(knowledge: Knowledge) -> None:
    cleared = said(postpartum="present", under_three_months_after_birth="absent", pelvic_floor_symptoms="absent")
    assert runs(planned(knowledge, findings=cleared, quantities=REGULAR))


def test_a_weak_third_pattern_does_not_stop_running(knowledge: Knowledge) -> None:
    explanation = explained({"nonspecific-mechanical": Fit.FAIR, "radicular": Fit.WEAK})
    assert runs(planned(knowledge, quantities=REGULAR, explanation=explanation))


def test_a_beginner_with_pain_of_four_walks_first(knowledge: Knowledge) -> None:
    plan = planned(knowledge, quantities=Quantities(pain_now=4))
    assert not runs(plan)
    assert plan.weeks[0].limit == "entry-gate"
    assert SessionKind.STRENGTH in kinds(plan)


def test_walking_that_hurts_a_little_does_not_close_the_gate(knowledge: Knowledge) -> None:
    findings = said(walking_hurts="present", mild_pain="present")
    assert runs(planned(knowledge, findings=findings, quantities=Quantities(longest_run_km=10)))


def test_no_new_running_while_a_rule_holds_the_load(knowledge: Knowledge) -> None:
    triage = triaged(Level.ROUTINE, rules={"underfuelling": Level.ROUTINE})
    assert not runs(planned(knowledge, triage=triage))
    assert runs(planned(knowledge, triage=triage, quantities=REGULAR))


def test_the_plan_begins_with_the_open_danger_question(knowledge: Knowledge) -> None:
    triage = triaged(
        provisional=True,
        ask=("fever", "bladder-change", "saddle-numbness", "duration-days"),
        ask_again=("saddle-numbness",),
        open_hard_stops=("pelvic-nerve-change",),
    )
    plan = planned(knowledge, quantities=REGULAR, triage=triage)
    again = knowledge.findings["saddle-numbness"]
    assert plan.first_do[:2] == (knowledge.findings["bladder-change"].ask, again.ask_again or again.ask)
    assert "walking at most" in plan.first_do[2]
    assert plan.weeks[0].limit == "walking-only"
    assert "pelvic-nerve-change" not in plan.because  # it has not fired
    assert kinds(plan) == {SessionKind.WALK, SessionKind.MOBILITY}
    assert {knowledge.exercises[e].kind for e in exercise_ids(plan)} <= {"mobility", "control"}


def test_to_be_seen_within_days_is_said_first(knowledge: Knowledge) -> None:
    triage = triaged(Level.WITHIN_DAYS, Activity.WALK, rules={"bone-stress-cluster": Level.WITHIN_DAYS})
    plan = planned(knowledge, quantities=REGULAR, triage=triage)
    assert "See a clinician within days" in plan.first_do[0]
    assert plan.weeks[0].limit == "bone-stress-cluster"
    assert all(s.duration_s == 600 for s in sessions(plan) if s.kind is SessionKind.WALK)


def test_a_walking_week_after_a_birth_speaks_of_the_birth(knowledge: Knowledge) -> None:
    plan = planned(knowledge, triage=triaged(activity=Activity.WALK, rules={"no-running-soon-after-birth": None}))
    assert "three months after a birth" in plan.weeks[0].why


def test_walks_fill_up_when_the_runner_named_few_days(knowledge: Knowledge) -> None:
    plan = planned(knowledge, findings=said(pregnant="present"), request=Request(MONDAY, days=(6,)))
    assert sum(s.kind is SessionKind.WALK for s in sessions(plan)) == 3


def test_the_same_case_gives_the_same_plan(knowledge: Knowledge) -> None:
    assert planned(knowledge, quantities=REGULAR) == planned(knowledge, quantities=REGULAR)


def test_the_checker_agrees(knowledge: Knowledge) -> None:
    for given in ({"quantities": REGULAR}, {}, *WALKING.values()):
        case = {"findings": Findings(), "quantities": Quantities(), "triage": triaged(), **given}
        plan = planned(knowledge, **case)
        assert violations(plan, case["findings"], case["quantities"], case["triage"], knowledge) == ()


def test_running_distance_falls_with_pain(knowledge: Knowledge) -> None:
    speed = knowledge.limits["first-week"].values["bout_speed_m_per_min"]
    totals = [
        running_m(planned(knowledge, quantities=Quantities(longest_run_km=6, runs_per_week=3, pain_now=p)), speed)
        for p in range(11)
    ]
    assert totals == sorted(totals, reverse=True)
    assert totals[-1] == 0


def test_a_back_in_spasm_starts_with_walks_and_gentle_exercises(knowledge: Knowledge) -> None:
    plan = planned(knowledge, findings=said(muscle_spasm="present"), quantities=REGULAR)
    kinds = [session.kind for session in sessions(plan)]
    assert kinds[0] is SessionKind.WALK
    assert SessionKind.MOBILITY in kinds and SessionKind.STRENGTH not in kinds


@pytest.mark.parametrize(("days", "longest"), [(0, 8000), (6, 8000), (7, 8000), (20, 6000)])
def test_days_off_that_files_tell_hold_whatever_was_said(knowledge: Knowledge, days: float, longest: float) -> None:
    quantities = Quantities(longest_run_km=10, duration_days=3, pain_now=2, days_off=days)
    assert runs(planned(knowledge, quantities=quantities))[-1].distance_m == longest


def test_a_month_off_by_the_files_means_the_ladder(knowledge: Knowledge) -> None:
    quantities = Quantities(longest_run_km=10, runs_per_week=3, pain_now=2, days_off=29)
    assert {run.kind for run in runs(planned(knowledge, quantities=quantities))} == {SessionKind.RUN_WALK}
