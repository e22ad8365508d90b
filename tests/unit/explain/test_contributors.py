"""Which possible contributors are named, in what order and how strongly, and what speaks against each."""

from __future__ import annotations

import pytest

from explained import AS_OF, contributor, explained, knowledge, named, told, triaged
from lumbago.explain.explain import explain
from lumbago.model.activities import Change
from lumbago.model.explanation import Explanation
from lumbago.model.findings import Finding, Findings
from lumbago.model.levels import Level, Origin, Status, Weight
from lumbago.story.settle import settle


def test_a_change_of_training_comes_before_how_somebody_lives() -> None:
    both = told("low-back-pain", "desk-sitting", "mileage-jump", "forward-lean")
    assert named(explained(both)) == ["load-spike", "posture-lean", "prolonged-sitting"]


def test_the_jump_comes_before_being_new() -> None:
    assert named(explained(told("low-back-pain", "new-runner", "mileage-jump")))[:2] == ["load-spike", "new-to-running"]


def test_new_shoes_come_after_what_is_better_supported() -> None:
    assert named(explained(told("low-back-pain", "new-shoes", "desk-sitting"))) == ["prolonged-sitting", "shoe-change"]


def test_a_contributor_carries_its_findings_and_the_claims_people_make_of_it() -> None:
    found = contributor(explained(told("low-back-pain", "hills")), "hills")
    assert found.for_ == ("hills",)
    assert found.claims == knowledge().contributors["hills"].claims


def test_a_hint_alone_names_nothing_but_adds_to_what_was_told() -> None:
    assert named(explained(told("low-back-pain", "late-in-run", "sitting-worse", "downhill-worse"))) == []
    assert contributor(explained(told("low-back-pain", "weak-core", "late-in-run")), "trunk-endurance").for_ == (
        "weak-core",
        "late-in-run",
    )


def test_not_sure_is_named_weakly() -> None:
    doubted = contributor(explained(told("low-back-pain", unsure=["mileage-jump"])), "load-spike")
    assert doubted.strength is Weight.WEAK
    assert contributor(explained(told("low-back-pain", "mileage-jump")), "load-spike").strength is Weight.MODERATE


def test_two_doubts_are_not_more_than_weak() -> None:
    doubted = told("low-back-pain", unsure=["heavy-lifting", "onset-lifting-bending", "gym-lifting"])
    assert contributor(explained(doubted), "heavy-lifting").strength is Weight.WEAK


def test_weak_evidence_is_called_weak_however_plainly_it_was_told() -> None:
    assert contributor(
        explained(told("low-back-pain", "overstriding", "heel-strike")), "overstriding-low-cadence"
    ).strength is (Weight.WEAK)
    assert (
        contributor(explained(told("low-back-pain", "weak-core", "late-in-run")), "trunk-endurance").strength
        is Weight.WEAK
    )


def test_strong_needs_moderate_evidence_and_more_than_one_plain_finding() -> None:
    once = contributor(explained(told("low-back-pain", "previous-back-pain")), "previous-back-pain")
    again = contributor(
        explained(told("low-back-pain", "previous-back-pain", "recurrent-episodes")), "previous-back-pain"
    )
    assert (once.strength, again.strength) == (Weight.MODERATE, Weight.STRONG)


def test_one_answer_counts_once_although_it_makes_its_whole_present() -> None:
    found = contributor(explained(told("low-back-pain", "minor-fall")), "fall-impact")
    assert found.for_ == ("minor-fall",)
    assert found.strength is Weight.MODERATE


def test_what_was_denied_or_speaks_against_is_told() -> None:
    found = contributor(
        explained(told("low-back-pain", "desk-sitting", absent=["long-drive-flight"])), "prolonged-sitting"
    )
    assert found.against == ("long-drive-flight",)
    trained = contributor(
        explained(told("low-back-pain", "weak-core", "strong-core", "late-in-run")), "trunk-endurance"
    )
    assert "strong-core" in trained.against


def test_what_speaks_against_can_take_a_contributor_away() -> None:
    assert "trunk-endurance" not in named(explained(told("low-back-pain", "strong-core", unsure=["weak-core"])))


def test_nothing_told_names_nothing() -> None:
    assert named(explained(told("low-back-pain"))) == []
    assert "none-stated" not in named(explained(told("low-back-pain", "hills")))


def test_no_pain_no_contributor() -> None:
    assert named(explained(told("new-runner", "hills", absent=["low-back-pain"]))) == []


def test_pain_that_is_over_had_contributors_which_are_over_too_and_weak() -> None:
    explanation = explained(told(past=["low-back-pain", "hills", "new-runner", "recurrent-episodes"]))
    assert named(explanation) == ["hills", "new-to-running"]
    assert {each.strength for each in explanation.contributors} == {Weight.WEAK}


def test_a_past_jump_may_have_started_pain_that_stayed() -> None:
    found = contributor(explained(told("low-back-pain", past=["mileage-jump"])), "load-spike")
    assert found.strength is Weight.WEAK


def test_other_past_things_and_other_people_do_not_count() -> None:
    assert named(explained(told("low-back-pain", past=["stress", "gym-lifting"], other_person=["hills"]))) == []


def test_old_back_trouble_counts_although_it_is_over() -> None:
    assert named(explained(told("low-back-pain", past=["sciatica-history"]))) == ["previous-back-pain"]


def test_the_belt_is_named_before_the_ground_and_the_birth_before_the_break() -> None:
    belt = named(explained(told("low-back-pain", "treadmill", "surface-change")))
    assert belt.index("treadmill-change") < belt.index("surface-change")
    mother = named(explained(told("low-back-pain", "postpartum", "return-after-break")))
    assert mother.index("postpartum") < mother.index("return-after-break")


@pytest.mark.parametrize("level", [Level.SAME_DAY, Level.EMERGENCY_NOW])
def test_beside_danger_doubts_are_dropped_and_nothing_is_strong(level: Level) -> None:
    findings = told(
        "low-back-pain", "saddle-numbness", "previous-back-pain", "recurrent-episodes", unsure=["desk-sitting"]
    )
    explanation = explained(findings, triaged(level, "saddle-numbness"))
    assert named(explanation) == ["previous-back-pain"]
    assert explanation.contributors[0].strength is Weight.MODERATE


def test_pain_from_an_organ_is_not_held_against_the_training() -> None:
    kidney = told("low-back-pain", "fever", "urinary-burning", "heavy-lifting", "mileage-jump")
    assert named(explained(kidney, triaged(Level.SAME_DAY, "urinary-burning"))) == []
    assert named(explained(kidney, triaged(Level.SELF_CARE))) != []


def test_every_contributor_has_a_kind_and_every_grade_a_cap() -> None:
    rules = knowledge().limits["contributor-rank"].values
    placed = [name for kind in rules["kinds"] for name in kind["contributors"]]
    assert sorted(placed) == sorted(set(knowledge().contributors) - {"none-stated"})
    grades = {each.evidence_for_back for each in knowledge().contributors.values()}
    assert grades <= set(rules["evidence_points"])
    assert grades <= set(rules["most_by_evidence"])


def test_what_is_called_partial_or_a_hint_belongs_to_its_contributor() -> None:
    rules = knowledge().limits["contributor-rank"].values
    for kind in ("partial", "hint"):
        for name, findings in rules[kind].items():
            assert set(findings) <= set(knowledge().contributors[name].for_), (kind, name)


def _change(strength: Weight, *findings: str, of: str = "hills", quantity: str = "descent-change") -> Change:
    return Change(of, quantity, AS_OF, 900, 300, 3.0, strength, ("a",), findings)


def _with_changes(findings: Findings, *changes: Change) -> Explanation:
    return explain(findings, triaged(), knowledge(), AS_OF, changes)


def test_a_plain_change_names_a_contributor_with_its_evidence() -> None:
    change = _change(Weight.MODERATE, "hills")
    found = contributor(_with_changes(told("low-back-pain"), change), "hills")
    assert found.evidence == (change,)
    assert found.for_ == ("hills",)


def test_a_weak_change_names_nothing_but_supports_what_was_told() -> None:
    weak = _change(Weight.WEAK, "hills")
    assert "hills" not in named(_with_changes(told("low-back-pain"), weak))
    assert contributor(_with_changes(told("low-back-pain", "hills"), weak), "hills").evidence == (weak,)


def test_what_only_files_show_does_not_count_twice() -> None:
    shown = Finding("long-run-jump", Status.PRESENT, origin=Origin.ACTIVITY)
    findings = settle(told("low-back-pain").with_items([shown]), knowledge(), AS_OF)
    change = _change(Weight.MODERATE, "long-run-jump", of="long-run-spike", quantity="longest-ratio")
    once = contributor(_with_changes(findings, change), "long-run-spike")
    assert once.strength is Weight.MODERATE
    assert _strengths(findings, change) == _strengths(told("low-back-pain"), change)


def _strengths(findings: Findings, change: Change) -> list[Weight]:
    return [each.strength for each in _with_changes(findings, change).contributors]


def test_evidence_for_backs_bounds_what_files_show() -> None:
    strong = _change(Weight.STRONG, "hills")
    assert contributor(_with_changes(told("low-back-pain"), strong), "hills").strength is Weight.WEAK


def test_a_denial_stands_against_what_files_show() -> None:
    findings = told("low-back-pain", absent=["mileage-jump"])
    change = _change(Weight.MODERATE, "mileage-jump", of="load-spike", quantity="week-change")
    assert contributor(_with_changes(findings, change), "load-spike").evidence == (change,)
