"""What holds of every triage, whatever was told."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from decided import AS_OF, SHARED, dossier, knowledge, reference, settled, told, triage_of
from lumbago.model.conditions import Facts
from lumbago.model.findings import Finding, Findings
from lumbago.model.levels import Level, Origin, Status, When
from lumbago.model.triage import Triage
from lumbago.story.settle import settle
from lumbago.triage.decide import decide
from lumbago.triage.weigh import reads_something

SPECS = knowledge().findings
YES_NO = sorted(spec.id for spec in SPECS.values() if spec.kind == "yes_no")
READ = sorted({x for rule in knowledge().rules.values() for x in rule.when.leaves() if SPECS[x].kind == "yes_no"})
RED_FLAGS = sorted(x for x in YES_NO if SPECS[x].group == "red-flag")
ORDER = knowledge().limits["ask-order"].values
SAFETY = {
    *ORDER["first"],
    *ORDER["next"],
    *(x for group in knowledge().ask_first if group.only_after is None for x in group.ask),
}
NUMBERS = {
    "age": st.integers(8, 90),
    "duration-days": st.integers(0, 120),
    "pain-now": st.integers(0, 10),
    "temperature": st.sampled_from([36.6, 37.9, 38.0, 39.5]),
    "weight-bearing-pain-days": st.integers(0, 14),
}
ORIGINS = st.sampled_from([Origin.STORY, Origin.ANSWER])
SAID = st.builds(
    Finding,
    st.sampled_from(READ) | st.sampled_from(YES_NO),
    st.sampled_from(Status),
    st.sampled_from([When.NOW, When.NOW, When.NOW, When.PAST, When.OTHER_PERSON]),
    origin=ORIGINS,
)


@st.composite
def some_told(draw: st.DrawFn) -> Findings:
    """Findings as told, with a few numbers."""
    items = draw(st.lists(SAID, max_size=14, unique_by=lambda f: (f.id, f.when)))
    names = draw(st.sets(st.sampled_from(sorted(NUMBERS)), max_size=3))
    numbers = [Finding(name, Status.PRESENT, value=float(draw(NUMBERS[name]))) for name in sorted(names)]
    return Findings((*items, *numbers))


def without(findings: Findings, taken: Finding) -> Findings:
    return Findings(tuple(f for f in findings if f != taken), findings.conflicts)


@given(some_told(), st.sampled_from(RED_FLAGS), ORIGINS)
def test_one_more_danger_sign_never_lowers_the_level_nor_frees_the_plan(
    findings: Findings, sign: str, origin: Origin
) -> None:
    before = triage_of(findings)
    after = triage_of(findings.with_items([Finding(sign, Status.PRESENT, origin=origin)]))
    assert after.level.rank >= before.level.rank
    assert after.activity.caution >= before.activity.caution


@given(some_told(), st.data())
def test_taking_back_a_denial_removes_no_question(findings: Findings, data: st.DataObject) -> None:
    """Denied -> unknown: whatever was asked is still asked."""
    denied = [f for f in findings if f.status is Status.ABSENT and f.when is When.NOW]
    assume(denied)
    taken = data.draw(st.sampled_from(denied))
    assert set(triage_of(findings).ask) <= set(triage_of(without(findings, taken)).ask)


@given(some_told(), st.data())
def test_taking_back_anything_removes_no_safety_question(findings: Findings, data: st.DataObject) -> None:
    """Known -> unknown: of what was asked only follow-ups of the finding itself may go, never a question of the safety lists.

    A safety question that is asked although it is known (text stands in place of a danger sign) is such a follow-up.
    """
    assume(len(findings))
    taken = data.draw(st.sampled_from(findings.items))
    before, after = triage_of(findings), triage_of(without(findings, taken))
    stands_in = {x for rule in knowledge().rules.values() for x in rule.unless}
    assert set(before.ask) & SAFETY - stands_in <= set(after.ask)


@given(some_told(), st.data())
def test_what_becomes_unknown_is_asked_if_it_is_a_safety_question(findings: Findings, data: st.DataObject) -> None:
    known = [f for f in findings if f.id in SAFETY and f.when is When.NOW]
    assume(known)
    taken = data.draw(st.sampled_from(known))
    rest = without(findings, taken)
    follows = Facts.of(settle(rest, knowledge(), AS_OF), knowledge().past_counts).statuses.get(taken.id) is not None
    too_old = (rest.number("age") or 0) >= ORDER["not_asked_from_age"].get(taken.id, 1000)
    assert follows or too_old or taken.id in triage_of(rest).ask


@given(some_told(), st.randoms(use_true_random=False))
def test_the_order_of_findings_is_irrelevant(findings: Findings, chance: random.Random) -> None:
    items = list(findings.items)
    chance.shuffle(items)
    assert triage_of(Findings(tuple(items))) == triage_of(findings)


PARTS = sorted((spec.id, whole) for spec in SPECS.values() for whole in spec.part_of if spec.kind == "yes_no")


@given(some_told(), st.sampled_from(PARTS), ORIGINS)
def test_doubt_about_the_whole_weighs_no_less_than_doubt_about_a_part(
    findings: Findings, pair: tuple[str, str], origin: Origin
) -> None:
    """Among findings that are otherwise certain."""
    part, whole = pair
    certain = Findings(tuple(f for f in findings if f.status is not Status.UNSURE and f.id not in pair))
    coarse = triage_of(certain.with_items([Finding(whole, Status.UNSURE, origin=origin)]))
    fine = triage_of(certain.with_items([Finding(part, Status.UNSURE, origin=origin)]))
    assert coarse.level.rank >= fine.level.rank


@given(some_told())
def test_a_triage_is_well_formed(findings: Findings) -> None:
    triage = triage_of(findings)
    assert triage.level is max((f.level for f in triage.fired if f.level), key=lambda level: level.rank)
    assert len(set(triage.ask)) == len(triage.ask)
    assert set(triage.ask_again) <= set(triage.ask)
    assert triage.provisional is bool(triage.open_hard_stops)
    assert all(knowledge().rules[x].level for x in triage.open_hard_stops)
    assert 1 <= (triage.recheck_on - AS_OF).days <= 21
    assert all(SPECS[x].group != "set-by-program" for x in triage.ask)


def _random_given(chance: random.Random) -> dict[str, str | float]:
    names = chance.sample(READ if chance.random() < 0.7 else YES_NO, chance.choice([1, 3, 8, 20]))
    said: dict[str, str | float] = {name: chance.choice([s.value for s in Status]) for name in names}
    numbers: list[tuple[str, list[float]]] = [
        ("age", [9, 15, 17, 18, 30, 44, 50, 51, 55, 60, 65, 70]),
        ("duration-days", [3, 4, 5, 13, 14, 20, 21, 28, 42, 43, 91]),
        ("pain-now", [2, 6, 7]),
        ("temperature", [37.5, 38]),
        ("weight-bearing-pain-days", [6, 7]),
    ]
    return said | {name: chance.choice(values) for name, values in numbers if chance.random() < 0.4}


def _reference_fires(rule: dict[str, Any], facts: dict[str, Any]) -> bool:
    """The reference has no `unless`: there the stand-in is recorded in place of the findings the rule reads, never beside them.

    So where a stand-in is present, those findings are dropped before the reference weighs this rule.
    """
    if any(facts.get(x) == "present" for x in knowledge().rules[rule["id"]].unless):
        dropped = set(reference().leaves(rule["when"]))
        facts = {name: value for name, value in facts.items() if name not in dropped}
    return bool(reference().bounds(rule["when"], facts, rule["tier"])[0] >= 1)


def _own(triage: Triage) -> tuple[Level, set[str]]:
    """The level and the rules that fired, but for the one that always fires and is told only when none is graver."""
    rules = {f.rule for f in (*triage.fired, *triage.notes)}
    return triage.level, {x for x in rules if reads_something(knowledge().rules[x])}


@pytest.mark.skipif(not SHARED.exists(), reason="needs the dossier")
def test_level_and_rules_are_those_of_the_reference(nightly: bool, capsys: pytest.CaptureFixture[str]) -> None:
    chance, sample = random.Random(2026), 10_000 if nightly else 300
    rules, specs = dossier()["rules"], dossier()["findings"]
    for _ in range(sample):
        said = _random_given(chance)
        facts = reference().close(said, specs)
        firing = [rule for rule in rules if _reference_fires(rule, facts)]
        level = max((Level(rule["level"]) for rule in firing if rule["level"]), key=lambda each: each.rank)
        names = {rule["id"] for rule in firing if reads_something(knowledge().rules[rule["id"]])}
        origin = chance.choice([Origin.STORY, Origin.ANSWER])
        assert _own(triage_of(told(said, origin=origin))) == (level, names), said
    with capsys.disabled():
        print(f"\ntriage held against the reference on {sample} random sets of findings")


def _asked_for(name: str) -> set[str]:
    """A finding, the coarser ones that are asked in its place, and what it is worked out of."""
    derived = SPECS[name].derived
    found = {x for whole in SPECS[name].part_of for x in _asked_for(whole)}
    return {name} | found | (set(derived.leaves()) if derived else set())


@given(st.lists(st.sampled_from(RED_FLAGS), max_size=3, unique=True), st.sampled_from(["female", "male"]))
def test_no_hard_stop_stays_open_without_a_question_that_could_close_it(signs: list[str], sex: str) -> None:
    denied = {x: "absent" for x in SAFETY if SPECS[x].kind == "yes_no"}
    denied |= dict.fromkeys(signs, "present")
    denied = {name: said for name, said in denied.items() if said == "present" or sex in _sexes(name)}
    profile = told({"age": 40.0}).with_items([Finding("sex", Status.PRESENT, value=sex)])
    triage = triage_of(profile.merge(told(denied, origin=Origin.ANSWER)))
    for rule in triage.open_hard_stops:
        needed = {x for leaf in knowledge().rules[rule].when.leaves() for x in _asked_for(leaf)}
        assert needed & set(triage.ask), rule


def _sexes(name: str) -> set[str]:
    return {sex for sex in ("female", "male") if name not in ORDER["not_asked_when_sex"][sex]}


def test_rules_without_findings_change_nothing_but_the_fallback() -> None:
    bare = replace(knowledge(), rules={r.id: r for r in knowledge().rules.values() if reads_something(r)})
    assert decide(settled({}), bare, AS_OF).level is triage_of(Findings()).level
