"""Which questions come first, which are never asked, and the tick-lists they come in."""

from __future__ import annotations

import pytest

from decided import AS_OF, SHARED, finding, knowledge, labelled, stories, told, triage_of, triaged
from lumbago.model.findings import Finding, Findings
from lumbago.model.levels import Level, Origin, Status
from lumbago.triage.ask import groups
from lumbago.triage.decide import decide

ORDER = knowledge().limits["ask-order"].values
LISTED = [name for group in knowledge().ask_first if group.only_after is None for name in group.ask]


def test_a_plain_story_is_asked_about_bladder_saddle_numbness_and_strength_first() -> None:
    asked = triaged("low-back-pain", "mileage-jump", "dull-ache-stiffness").ask
    assert asked[:5] == ("bladder-change", "saddle-numbness", "leg-numbness-tingling", "leg-weakness", "night-pain")
    assert set(LISTED) <= set(asked)


def test_nothing_is_asked_twice() -> None:
    asked = triaged("hopping-impact-worse", "fever", "leg-pain", "over-six-weeks", given={"age": 70}).ask
    assert len(asked) == len(set(asked))


def test_what_was_told_is_not_asked() -> None:
    asked = triaged("night-pain", given={"bladder-change": "absent", "age": 40}).ask
    assert asked[0] == "saddle-numbness"
    assert not {"night-pain", "bladder-change", "age"} & set(asked)


def test_a_danger_sign_that_was_told_is_not_asked_but_its_neighbours_are() -> None:
    asked = triaged("saddle-numbness").ask
    assert "saddle-numbness" not in asked
    assert asked[:3] == ("bladder-change", "bowel-change", "both-legs-symptoms")


def test_doubt_about_what_is_no_hard_stop_is_not_asked_again() -> None:
    triage = triaged(given={"walking-hurts": "unsure", "fever": "unsure"})
    assert "walking-hurts" not in triage.ask
    assert triage.ask_again == ("fever",)


def test_a_finer_question_waits_for_its_whole() -> None:
    assert not {"leaking-pee", "both-legs-weak", "foot-slaps", "groin-pain-on-weight"} & set(triaged().ask)
    assert "both-legs-weak" in triaged("both-legs-symptoms").ask
    assert "groin-pain-on-weight" in triaged("groin-pain").ask
    assert "groin-pain-on-weight" not in triaged("walking-hurts-most", given={"groin-pain": "absent"}).ask
    asked = triaged("walking-hurts-most").ask
    assert "groin-pain" in asked and "groin-pain-on-weight" not in asked


def test_questions_beyond_the_lists_need_a_rule_that_is_partly_met() -> None:
    assert "sepsis-signs" not in triaged().ask
    assert "sepsis-signs" in triaged("fever").ask
    assert "one-kidney" in triaged("colicky-pain").ask
    assert "regular-tightenings" not in triaged().ask
    assert "psoriasis" not in triaged("over-three-months").ask, "routine already: it could not raise the level"


def test_a_rule_that_could_not_raise_the_level_asks_nothing() -> None:
    assert triaged("colicky-pain", "vomiting").level is Level.EMERGENCY_NOW
    assert "one-kidney" not in triaged("colicky-pain", "vomiting").ask


def test_counts_that_are_partly_met_ask_for_the_rest() -> None:
    asked = triaged("low-energy-eating").ask
    assert {"often-cold-ill-tired", "low-sex-drive-months", "missed-periods"} <= set(asked)
    assert "often-cold-ill-tired" not in triaged().ask


def test_a_finding_that_is_worked_out_is_asked_by_its_parts() -> None:
    asked = triaged("arching-worse", "left-sided", "stops-run").ask
    assert "age" in asked and "age-under-18" not in asked
    asked = triaged("walking-hurts-most", "one-sided-deep-spot").ask
    assert "low-energy-sign" not in asked and {"low-energy-eating", "previous-stress-fracture"} <= set(asked)


def test_what_the_program_sets_is_never_asked() -> None:
    own = {spec.id for spec in knowledge().findings.values() if spec.ask.startswith(("(Set by", "(Worked out"))}
    assert own == {spec.id for spec in knowledge().findings.values() if spec.group == "set-by-program"}
    for name in (*LISTED, "severe-pain", "leg-pain", "cancer-history"):
        if knowledge().findings[name].kind == "yes_no":
            assert not own & set(triaged(name, given={"saddle-numbness": "unsure"}).ask), name


@pytest.mark.parametrize(
    ("sex", "not_asked", "asked"),
    [("female", "sudden-testicle-pain", "pregnant"), ("male", "pregnant", "sudden-testicle-pain")],
)
def test_what_the_other_sex_has_is_not_asked(sex: str, not_asked: str, asked: str) -> None:
    questions = triage_of(Findings((Finding("sex", Status.PRESENT, value=sex),))).ask
    assert not_asked not in questions and asked in questions
    untold = triage_of(Findings((Finding("sex", Status.PRESENT, value="rather-not-say"),))).ask
    assert {not_asked, asked} <= set(untold)


def test_pregnancy_is_asked_up_to_its_age() -> None:
    limit = ORDER["not_asked_from_age"]["pregnant"]
    assert "pregnant" in triaged(given={"age": limit - 1}).ask
    assert "pregnant" not in triaged(given={"age": limit}).ask


def test_a_bone_that_hurts_on_landing_leads_to_the_other_bone_questions() -> None:
    asked = triaged("low-back-pain", "hopping-impact-worse", "walking-hurts").ask
    assert {"previous-stress-fracture", "night-pain", "missed-periods"} <= set(asked[:6])


def test_fever_leads_to_nerves_and_defences() -> None:
    assert set(triaged("low-back-pain", "fever").ask[:5]) == {
        "bladder-change",
        "saddle-numbness",
        "leg-weakness",
        "immune-risk",
        "recent-infection",
    }


def test_a_half_met_danger_comes_before_what_is_only_useful() -> None:
    asked = triaged("low-back-pain", "fever", given={"leg-weakness": "absent"}).ask
    assert asked.index("sepsis-signs") < asked.index("night-pain") < asked.index("cant-take-weight-on-leg")


def test_an_overruled_part_is_asked_itself() -> None:
    story = told({"complete-foot-drop-new": "present"})
    triage = triage_of(story.merge(told({"complete-foot-drop-new": "absent"}, origin=Origin.ANSWER)))
    assert triage.ask[0] == "complete-foot-drop-new"


def test_all_ids_of_the_order_are_findings() -> None:
    leads = [name for lead in ORDER["leads"] for name in (*lead["when"], *lead["ask"])]
    by_sex = [name for names in ORDER["not_asked_when_sex"].values() for name in names]
    named = [*ORDER["first"], *ORDER["next"], *leads, *by_sex, *ORDER["not_asked_from_age"]]
    assert set(named) <= set(knowledge().findings)


def test_lists_stand_in_the_order_of_their_gravest_question_and_the_rest_comes_last() -> None:
    ask = triaged("low-back-pain", "fever").ask
    lists = groups(ask, knowledge())
    assert [g.heading for g in lists][-1] == ORDER["rest_heading"]
    assert lists[0].ask[0] == "bladder-change"
    assert "toilet" in lists[0].heading
    assert sorted(x for g in lists for x in g.ask) == sorted(ask)
    for group in lists:
        assert list(group.ask) == [x for x in ask if x in group.ask]
    assert {"night-pain", "sepsis-signs"} <= set(lists[-1].ask)


def test_no_questions_no_lists() -> None:
    assert groups((), knowledge()) == ()


def test_answering_comes_to_an_end() -> None:
    for said in ("absent", "present"):
        findings, rounds = told({"low-back-pain": "present", "severe-pain": "present"}), 0
        while ask := triage_of(findings).ask:
            rounds += 1
            specs = [knowledge().findings[x] for x in ask]
            values = {s.id: said if s.kind == "yes_no" else 40.0 for s in specs}
            findings = findings.merge(Findings(tuple(finding(x, v, origin=Origin.ANSWER) for x, v in values.items())))
        assert rounds <= 5, said


def test_an_unknown_finding_is_no_question() -> None:
    order = dict(ORDER) | {"first": ["no-such-finding"]}
    limit = knowledge().limits["ask-order"]
    changed = type(limit)(limit.id, limit.label, limit.basis, order, limit.sources)
    other = type(knowledge())(
        **{name: getattr(knowledge(), name) for name in knowledge().__dataclass_fields__ if name != "limits"},
        limits=dict(knowledge().limits) | {"ask-order": changed},
    )
    assert "no-such-finding" not in decide(Findings(), other, AS_OF).ask


@pytest.mark.skipif(not SHARED.exists(), reason="needs the labelled stories")
def test_most_of_what_the_labels_want_asked_is_among_the_first_five(capsys: pytest.CaptureFixture[str]) -> None:
    wanted = [(set(story["must_ask"]), set(triage_of(labelled(story)).ask[:5])) for story in stories()]
    hit = sum(len(must & first) for must, first in wanted)
    total = sum(len(must) for must, _ in wanted)
    with capsys.disabled():
        print(f"\nmust-ask findings among the first five: {hit}/{total}")
    assert hit / total > 0.8
