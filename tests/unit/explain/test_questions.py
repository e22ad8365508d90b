"""The telling questions: open, askable, worth asking, and never in the way of danger."""

from __future__ import annotations

from explained import explained, knowledge, told, triaged
from lumbago.model.levels import Level


def test_whether_the_low_back_hurts_at_all_is_asked_first() -> None:
    assert explained(told("buttock-pain")).ask[0] == "low-back-pain"


def test_a_load_change_that_could_name_many_contributors_comes_early() -> None:
    assert explained(told("low-back-pain", "dull-ache-stiffness")).ask[0] == "recent-load-change"


def test_what_was_answered_is_not_asked_again_but_what_was_doubted_is() -> None:
    ask = explained(told("low-back-pain", "mileage-jump", absent=["night-pain"], unsure=["arching-worse"])).ask
    assert not {"low-back-pain", "recent-load-change", "night-pain"} & set(ask)
    assert "arching-worse" in explained(told("low-back-pain", "downhill-worse", unsure=["arching-worse"])).ask


def test_what_triage_asks_is_not_asked_twice() -> None:
    triage = triaged(ask=("previous-stress-fracture", "below-knee-pain"))
    assert not set(triage.ask) & set(explained(told("low-back-pain"), triage).ask)


def test_a_man_is_not_asked_about_periods() -> None:
    man = told("low-back-pain", "sij-pain", numbers={"sex": "male"})
    explanation = explained(man)
    asked = {*explanation.ask, *(name for fit in explanation.patterns for name in fit.missing)}
    assert not {"missed-periods", "pregnant", "postpartum"} & asked


def test_nothing_worked_out_by_the_program_is_asked() -> None:
    ask = explained(told("low-back-pain", "hopping-impact-worse", "walking-hurts")).ask
    assert all(knowledge().findings[name].group != "set-by-program" for name in ask)


def test_beside_danger_no_other_question_is_asked() -> None:
    assert (
        explained(told("low-back-pain", "saddle-numbness"), triaged(Level.EMERGENCY_NOW, "saddle-numbness")).ask == ()
    )


def test_without_pain_only_that_is_asked() -> None:
    assert explained(told(past=["low-back-pain"])).ask == ("low-back-pain",)
    assert explained(told(absent=["low-back-pain"])).ask == ()


def test_not_too_many() -> None:
    assert len(explained(told("low-back-pain")).ask) <= knowledge().limits["telling-questions"].values["most_asked"]
