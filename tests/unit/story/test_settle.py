"""What told findings entail, and whose words the entailed ones carry."""

from __future__ import annotations

import random

import pytest

from decided import AS_OF, SHARED, dossier, finding, knowledge, reference, settled, told
from lumbago.model.findings import Finding, Findings, Quote
from lumbago.model.levels import Origin, Status, When
from lumbago.story.settle import settle


def test_a_present_part_makes_its_whole_present_and_lends_it_its_words() -> None:
    words = (Quote("leaking when I pee", 10, 28),)
    findings = settle(Findings((Finding("leaking-pee", Status.PRESENT, quotes=words),)), knowledge(), AS_OF)
    whole = findings.get("bladder-change")
    assert whole == Finding("bladder-change", Status.PRESENT, quotes=words, implied_by=("leaking-pee",))
    assert findings.get("leaking-pee") == Finding("leaking-pee", Status.PRESENT, quotes=words)


def test_what_follows_from_an_answer_counts_as_answered() -> None:
    whole = settled({"leaking-pee": "present"}, origin=Origin.ANSWER).get("bladder-change")
    assert whole and whole.origin is Origin.ANSWER


def test_wholes_of_wholes_follow_too() -> None:
    findings = settled({"newly-dense-numbness": "present"})
    assert findings.is_present("marked-numbness")
    numb = findings.get("leg-numbness-tingling")
    assert numb and numb.status is Status.PRESENT and numb.implied_by == ("marked-numbness",)


def test_an_unsure_part_leaves_its_whole_unsure_unless_it_is_present() -> None:
    assert settled({"leaking-pee": "unsure"}).status("bladder-change") is Status.UNSURE
    assert settled({"leaking-pee": "unsure", "bladder-change": "present"}).is_present("bladder-change")
    assert settled({"leaking-pee": "unsure", "unable-to-pee": "present"}).is_present("bladder-change")


def test_a_denied_whole_denies_its_silent_parts_and_theirs() -> None:
    findings = settled({"leg-numbness-tingling": "absent"})
    assert findings.status("marked-numbness") is Status.ABSENT
    assert findings.status("newly-dense-numbness") is Status.ABSENT
    held = findings.get("newly-dense-numbness")
    assert held and held.implied_by == ("marked-numbness",)


def test_a_part_that_is_told_outweighs_the_denied_whole_and_the_denial_is_kept_to_be_asked() -> None:
    denial = Finding("foot-drop", Status.ABSENT, quotes=(Quote("no foot drop", 0, 12),))
    sign = Finding("foot-slaps", Status.PRESENT, quotes=(Quote("foot slaps", 20, 30),))
    findings = settle(Findings((denial, sign)), knowledge(), AS_OF)
    kept = findings.get("foot-drop")
    assert kept == Finding("foot-drop", Status.PRESENT, quotes=sign.quotes, implied_by=("foot-slaps",))
    assert [(c.id, c.kept, c.other) for c in findings.conflicts] == [("foot-drop", kept, denial)]
    assert findings.status("cant-tiptoe") is None, "the overturned denial must not deny the other parts"


def test_a_hedged_whole_keeps_its_own_words_beside_those_of_its_part() -> None:
    hedge, sign = Quote("maybe weak", 0, 10), Quote("knee buckles", 12, 24)
    items = (
        Finding("leg-weakness", Status.UNSURE, quotes=(hedge,)),
        Finding("knee-gives-way", Status.PRESENT, quotes=(sign,)),
    )
    findings = settle(Findings(items), knowledge(), AS_OF)
    whole = findings.get("leg-weakness")
    assert whole and whole.status is Status.PRESENT and whole.quotes == (hedge, sign)
    assert not findings.conflicts


def test_doubt_in_the_story_does_not_unsettle_an_answer_but_doubt_in_an_answer_does() -> None:
    no = finding("bladder-change", "absent", origin=Origin.ANSWER)
    for origin, status in ((Origin.STORY, Status.ABSENT), (Origin.ANSWER, Status.UNSURE)):
        part = finding("leaking-pee", "unsure", origin=origin)
        assert settle(Findings((no, part)), knowledge(), AS_OF).status("bladder-change") is status
    deep = finding("newly-dense-numbness", "unsure", origin=Origin.ANSWER)
    numb = finding("leg-numbness-tingling", "absent", origin=Origin.ANSWER)
    assert settle(Findings((deep, numb)), knowledge(), AS_OF).status("leg-numbness-tingling") is Status.UNSURE


def test_implies_goes_upwards_only() -> None:
    assert settled({"foot-drop": "present"}).is_present("leg-weakness")
    assert settled({"leg-weakness": "absent"}).status("foot-drop") is None


@pytest.mark.parametrize(("degrees", "status"), [(38, Status.PRESENT), (38.5, Status.PRESENT), (37.9, None)])
def test_a_temperature_tells_of_fever_but_never_denies_it(degrees: float, status: Status | None) -> None:
    assert settled({"temperature": degrees}).status("fever") is status


def test_an_age_works_both_ways() -> None:
    assert settled({"age": 17}).status("age-under-18") is Status.PRESENT
    grown = settled({"age": 18}).get("age-under-18")
    assert grown and grown.status is Status.ABSENT and grown.implied_by == ("age",)
    assert settled({}).status("age-under-18") is None


def test_what_is_worked_out_of_several_is_unsure_while_one_is_and_absent_only_when_all_are() -> None:
    signs = ["missed-periods", "low-energy-eating", "low-sex-drive-months", "often-cold-ill-tired"]
    assert settled({signs[0]: "unsure"}).status("low-energy-sign") is Status.UNSURE
    assert settled(dict.fromkeys(signs[:3], "absent")).status("low-energy-sign") is None
    assert settled(dict.fromkeys(signs, "absent")).status("low-energy-sign") is Status.ABSENT
    assert settled({signs[0]: "unsure", "low-energy-sign": "absent"}).status("low-energy-sign") is Status.ABSENT
    assert settled({signs[0]: "present", "low-energy-sign": "absent"}).is_present("low-energy-sign")


def test_one_unsure_pelvic_answer_sets_its_finding_and_three_clear_ones_deny_it() -> None:
    clear = dict.fromkeys(["bladder-change", "bowel-change", "saddle-numbness"], "absent")
    doubt = settled(clear | {"leaking-pee": "unsure"}).get("pelvic-answer-unsure")
    assert doubt and doubt.status is Status.PRESENT and doubt.implied_by == ("bladder-change",)
    assert settled(clear).status("pelvic-answer-unsure") is Status.ABSENT
    assert settled({"fever": "absent"}).status("pelvic-answer-unsure") is None


def test_a_history_that_counts_when_over_raises_its_whole_and_others_do_not() -> None:
    findings = settle(told({}, past=["steroid-use", "leaking-pee"]), knowledge(), AS_OF)
    whole = findings.get("bone-weakening-condition")
    assert whole and whole.when is When.NOW and whole.implied_by == ("steroid-use",)
    assert findings.status("bladder-change") is None


def test_what_others_have_entails_nothing() -> None:
    theirs = finding("leaking-pee", "present", When.OTHER_PERSON)
    assert settle(Findings((theirs,)), knowledge(), AS_OF).items == (theirs,)


def test_a_finding_without_a_file_is_carried_along() -> None:
    stray = finding("not-in-the-vocabulary", "present")
    assert settle(Findings((stray,)), knowledge(), AS_OF).items == (stray,)


def _random_told(chance: random.Random) -> dict[str, str | float]:
    names = chance.sample(sorted(knowledge().findings), chance.choice([2, 8, 30]))
    kinds = {name: knowledge().findings[name].kind for name in names}
    days: list[float] = [4, 9, 17, 18, 36, 43, 51, 60, 91]
    numbers: dict[str, str | float] = {name: chance.choice(days) for name, kind in kinds.items() if kind == "number"}
    return numbers | {n: chance.choice(list(Status)).value for n, kind in kinds.items() if kind == "yes_no"}


def test_settling_twice_changes_nothing() -> None:
    chance = random.Random(5)
    for _ in range(40):
        once = settled(_random_told(chance))
        assert settle(once, knowledge(), AS_OF) == once


def _is_part_of_an_overturned_denial(name: str, given: dict[str, str | float], found: Findings) -> bool:
    return any(
        found.status(whole) is not Status.ABSENT
        and (given.get(whole) == "absent" or _is_part_of_an_overturned_denial(whole, given, found))
        for whole in knowledge().findings[name].part_of
    )


@pytest.mark.skipif(not SHARED.exists(), reason="needs the dossier")
def test_facts_are_those_of_the_reference(nightly: bool) -> None:
    """But for parts of a denied whole that was overturned: the reference denies them on the way, here they stay unknown."""
    chance = random.Random(11)
    for _ in range(2000 if nightly else 80):
        given = _random_told(chance)
        found = settled(given)
        facts = reference().close(given, dossier()["findings"])
        own = {f.id: f.value if f.value is not None else f.status.value for f in found}
        assert own.items() <= facts.items(), given
        more = facts.keys() - own.keys()
        assert {facts[name] for name in more} <= {"absent"}
        assert all(_is_part_of_an_overturned_denial(name, given, found) for name in more), given
