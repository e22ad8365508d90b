"""Which patterns are shown, how well they fit, and what is kept back beside a level of urgency."""

from __future__ import annotations

import pytest

from explained import explained, knowledge, pattern, shown, told, triaged
from lumbago.model.levels import Fit, Level


def test_a_band_of_dull_ache_is_ordinary_back_pain() -> None:
    found = pattern(explained(told("low-back-pain", "both-sides", "dull-ache-stiffness")), "nonspecific-mechanical")
    assert found.fit is Fit.FAIR
    assert found.for_ == ("low-back-pain", "both-sides", "dull-ache-stiffness")


def test_back_pain_and_no_more_fits_ordinary_back_pain_weakly() -> None:
    explanation = explained(told("low-back-pain"))
    assert shown(explanation) == ["nonspecific-mechanical"]
    assert pattern(explanation, "nonspecific-mechanical").fit is Fit.WEAK


def test_pain_below_the_knee_that_shoots_is_nerve_root_pain_and_not_ordinary() -> None:
    explanation = explained(told("low-back-pain", "shooting-pain", "below-knee-pain", "sitting-worse"))
    assert shown(explanation)[0] == "radicular"
    assert "nonspecific-mechanical" not in shown(explanation)


def test_sitting_and_bending_against_arching_and_standing() -> None:
    assert shown(explained(told("low-back-pain", "sitting-worse", "bending-worse")))[0] == "flexion-related"
    assert shown(explained(told("low-back-pain", "arching-worse", "standing-worse")))[0] == "extension-related"


def test_what_speaks_against_is_told_present_or_denied() -> None:
    found = pattern(
        explained(told("below-knee-pain", "shooting-pain", "hip-rotation-hurts", absent=["leg-numbness-tingling"])),
        "radicular",
    )
    assert set(found.against) == {"hip-rotation-hurts", "leg-numbness-tingling"}


def test_a_denial_never_lowers_a_pattern_that_limits_running() -> None:
    one_sign = told("low-back-pain", "hopping-impact-worse", absent=["bone-tenderness", "one-leg-loading-hurts"])
    assert "bone-stress" in shown(explained(one_sign))


def test_not_sure_counts_half_and_is_missing_not_for() -> None:
    doubted = pattern(explained(told("downhill-worse", "low-back-pain", unsure=["arching-worse"])), "extension-related")
    assert doubted.for_ == ("downhill-worse",)
    assert "arching-worse" in doubted.missing


def test_missing_names_the_few_answers_that_would_change_the_view_most() -> None:
    found = pattern(explained(told("below-knee-pain")), "radicular")
    assert found.missing[:2] == ("leg-worse-than-back", "shooting-pain")
    assert len(found.missing) <= 4
    assert "below-knee-pain" not in found.missing


def test_expert_opinion_never_fits_well() -> None:
    everything = told(
        "low-back-pain",
        "varies-with-position",
        "both-sides",
        "dull-ache-stiffness",
        "eases-within-a-day",
        "recurrent-episodes",
        "mileage-jump",
    )
    assert pattern(explained(everything), "nonspecific-mechanical").fit is Fit.FAIR


def test_a_pattern_with_accuracy_data_may_fit_well() -> None:
    walker = told("no-pain-sitting", "leaning-sitting-helps", "both-legs-on-walking-only", numbers={"age": 72})
    assert pattern(explained(walker), "stenosis").fit is Fit.GOOD


def test_every_grade_has_a_cap_and_d_never_reaches_good() -> None:
    caps = knowledge().limits["pattern-fit"].values["best_by_grade"]
    assert {each.grade for each in knowledge().patterns.values()} <= set(caps)
    assert Fit.GOOD not in (caps["D"], caps["C/D"])


@pytest.mark.parametrize(
    ("pattern_id", "findings"),
    [
        ("stenosis", told("both-legs-symptoms", "leaning-sitting-helps", numbers={"age": 30})),
        ("muscle-soreness", told("low-back-pain", "recent-race", "both-sides", "over-six-weeks")),
        ("sij", told("sij-pain", "one-leg-loading-hurts", "recent-load-change")),
        (
            "extension-related",
            told("low-back-pain", "arching-worse", "standing-worse", "downhill-worse", "age-under-18"),
        ),
        ("thoracic", told("upper-back-pain", "chest-breath")),
        ("hip-joint", told("groin-pain-on-weight", "stiff-or-clicking-hip", "low-chair-or-socks-hurt")),
    ],
)
def test_what_must_never_be_shown_then_is_not(pattern_id: str, findings: object) -> None:
    explanation = explained(findings)  # type: ignore[arg-type]
    assert pattern_id not in shown(explanation)
    assert pattern_id not in explanation.hidden


def test_a_part_hidden_with_its_whole() -> None:
    weight_on_groin = told("groin-pain-on-weight", "hip-pain", "lying-on-side-hurts", "stairs-worse")
    assert "gluteal-tendon" not in shown(explained(weight_on_groin))


def test_a_part_takes_the_place_of_its_whole_only_when_clearly_ahead() -> None:
    assert shown(explained(told("buttock-pain", "sitting-worse")))[:1] != ["deep-gluteal"]
    clear = shown(explained(told("buttock-pain", "sitting-worse", "deep-buttock-tender", "back-of-thigh-pain")))
    assert "deep-gluteal" in clear
    assert "hip-gluteal" not in clear


def test_at_most_three_are_shown() -> None:
    mixed = told(
        "low-back-pain",
        "both-sides",
        "arching-worse",
        "sitting-worse",
        "buttock-pain",
        "shooting-pain",
        "recent-race",
        "onset-after-run",
        "dull-ache-stiffness",
        "hopping-impact-worse",
    )
    assert len(explained(mixed).patterns) <= 3


def test_pain_denied_is_no_pattern_but_none() -> None:
    explanation = explained(told(absent=["low-back-pain"]))
    assert shown(explanation) == ["none"]


def test_pain_that_is_over_is_none_and_less_sure_of_it() -> None:
    found = pattern(explained(told("getting-better", past=["low-back-pain"])), "none")
    assert found.fit is Fit.FAIR
    assert found.missing == ("low-back-pain",)


def test_nothing_said_of_pain_shows_nothing() -> None:
    assert explained(told("race-goal")).patterns == ()


def test_a_race_or_a_pregnancy_without_pain_is_no_pattern() -> None:
    assert explained(told("recent-race", "hills", "pregnant")).patterns == ()
    assert shown(explained(told("recent-race", "long-run-jump", past=["low-back-pain"]))) == ["none"]


def test_what_makes_it_worse_tells_that_it_hurts_although_nobody_said_where() -> None:
    assert shown(explained(told("sitting-worse", "bending-worse"))) == ["flexion-related"]


def test_upper_back_only_is_thoracic() -> None:
    assert shown(explained(told("upper-back-pain", "both-sides", absent=["low-back-pain"]))) == ["thoracic"]


def test_somebody_elses_pain_is_not_the_runners() -> None:
    theirs = told(absent=["low-back-pain"], other_person=["shooting-pain", "below-knee-pain"])
    assert shown(explained(theirs)) == ["none"]


@pytest.mark.parametrize("level", [Level.SAME_DAY, Level.EMERGENCY_NOW])
def test_beside_danger_only_the_reason_is_shown(level: Level) -> None:
    danger = told("low-back-pain", "both-sides", "dull-ache-stiffness", "saddle-numbness", "shooting-pain")
    explanation = explained(danger, triaged(level, "saddle-numbness"))
    assert shown(explanation) == ["serious-spinal"]
    assert "radicular" in explanation.hidden


def test_danger_without_a_named_reason_shows_nothing_rather_than_something_harmless() -> None:
    explanation = explained(told("low-back-pain", "both-sides"), triaged(Level.SAME_DAY, "both-sides"))
    assert explanation.patterns == ()
    assert "nonspecific-mechanical" in explanation.hidden


@pytest.mark.parametrize("level", [Level.SELF_CARE, Level.ROUTINE])
def test_a_reason_for_a_level_is_not_shown_where_nothing_raised_the_level(level: Level) -> None:
    explanation = explained(told("low-back-pain", "weight-loss", "cancer-history"), triaged(level))
    assert "serious-spinal" not in shown(explanation)
    assert "serious-spinal" in explanation.hidden


def test_above_routine_what_explains_the_level_stands_alone() -> None:
    both = told("low-back-pain", "recent-race", "leg-numbness-tingling", "dull-ache-stiffness")
    explanation = explained(both, triaged(Level.WITHIN_DAYS, "leg-numbness-tingling"))
    assert shown(explanation) == ["radicular"]
    assert "muscle-soreness" in explanation.hidden


def test_a_level_that_no_pattern_explains_still_shows_what_fits() -> None:
    explanation = explained(told("low-back-pain", "dull-ache-stiffness"), triaged(Level.WITHIN_DAYS, "not-improving"))
    assert shown(explanation) == ["nonspecific-mechanical"]


def test_no_back_pain_now_is_not_said_beside_a_raised_level() -> None:
    explanation = explained(told("weight-loss", absent=["low-back-pain"]), triaged(Level.WITHIN_DAYS, "weight-loss"))
    assert "none" not in shown(explanation)
