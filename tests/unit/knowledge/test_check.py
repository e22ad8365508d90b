"""The check finds each kind of slip that loading cannot see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from lumbago.errors import KnowledgeError
from lumbago.knowledge.check import check_knowledge, count, verdict
from lumbago.knowledge.load import load_for_authors
from lumbago.knowledge.readability import count_syllables, reading_age
from lumbago.model.conditions import Condition, Operator
from lumbago.model.knowledge import Example, Knowledge, Rule, RuleCase, WordFamily
from lumbago.model.levels import Activity, Level, Tier

KNOWLEDGE = load_for_authors()
FEVER = KNOWLEDGE.rules["fever-with-back-pain"]
LATE = KNOWLEDGE.rules["night-unrelenting"]


NO_FOLDER = Path("no-such-folder")  # what is checked here is in the types; the files are another test's
FEW = {rule.id: rule for rule in (FEVER, LATE, KNOWLEDGE.rules["nothing-serious-found"])}
SMALL = replace(KNOWLEDGE, rules=FEW)


def _with(room: str, id_: str, /, **changes: Any) -> Knowledge:
    rows: Mapping[str, Any] = getattr(SMALL, room)
    return replace(SMALL, **{room: {**rows, id_: replace(rows[id_], **changes)}})


def _found(knowledge: Knowledge) -> str:
    return "\n".join(str(p) for p in check_knowledge(knowledge, NO_FOLDER) if p.is_error)


def test_a_word_family_that_nothing_names_is_found() -> None:
    idle = replace(SMALL, words={**SMALL.words, "green-toes": WordFamily("green-toes", "toes", ("toe",))})
    assert "words/green-toes.yaml: no phrase names this family" in _found(idle)
    assert "no phrase names" not in _found(SMALL)


def test_only_a_cue_family_may_have_phrases() -> None:
    odd = replace(SMALL, words={**SMALL.words, "numb": WordFamily("numb", "numbness", ("numb",), ("no {numb}",))})
    assert "words/numb.yaml: only a family whose name begins with cue- can have phrases" in _found(odd)


def test_an_example_with_a_status_that_does_not_exist_is_found() -> None:
    example = Example("It wakes me.", "presnt")
    assert "findings/night-pain.yaml: «It wakes me.»: `status` must be one of absent, " in _found(
        _with("findings", "night-pain", examples=(example,))
    )


def test_phrases_without_an_example_are_found() -> None:
    assert "phrases need `examples`" in _found(_with("findings", "night-pain", examples=()))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"level": Level.SAME_DAY, "tier": Tier.WATCH}, "tier C is never above routine"),
        ({"level": None, "shown_as": "watch"}, "a rule of tier A or B has a level"),
        ({"level": None, "tier": Tier.WATCH}, "shown as watch or caution"),
        ({"shown_as": "watch"}, "`shown_as` is for rules without a level"),
        ({"activity": None}, "says which activity it allows"),
        ({"activity": Activity.WALK}, "a plan may hold nothing"),
        ({"level": Level.WITHIN_DAYS, "activity": Activity.RUN}, "nobody runs"),
        ({"sources": ()}, "cites at least one source"),
        ({"unless": ("shaking-chills",)}, "`unless` names shaking-chills, a red flag"),
        ({"cases": FEVER.cases[:1]}, "no case shows that it stays quiet"),
        ({"cases": (*FEVER.cases, FEVER.cases[0])}, "two cases are called"),
        ({"cases": (replace(FEVER.cases[0], expect="quiet"),)}, "it is fires, not quiet"),
        ({"cases": (RuleCase("odd", {"temperature": "present"}, "fires"),)}, "number findings are given as numbers"),
    ],
)
def test_a_rule_that_makes_no_sense_is_found(changes: dict[str, Any], said: str) -> None:
    found = _found(_with("rules", FEVER.id, **changes))
    assert said in found
    assert f"rules/{FEVER.id}.yaml" in found


def test_a_threshold_needs_a_case_on_each_side() -> None:
    below = tuple(case for case in LATE.cases if case.given.get("duration-days") != 13)
    assert "no case stands below the threshold `duration-days` 14" in _found(_with("rules", LATE.id, cases=below))
    at = tuple(case for case in LATE.cases if case.given.get("duration-days") != 14)
    assert "no case stands at the threshold `duration-days` 14" in _found(_with("rules", LATE.id, cases=at))


def test_days_since_an_onset_are_told_in_a_case() -> None:
    """`present 14 d` for `lasting`; without days the onset is recent."""
    assert verdict(LATE, {"unrelenting-night-pain": "present 14 d"}, KNOWLEDGE) == "fires"
    assert verdict(LATE, {"unrelenting-night-pain": "present 13 d", "duration-days": 13}, KNOWLEDGE) == "quiet"
    assert verdict(LATE, {"unrelenting-night-pain": "present", "duration-days": 13}, KNOWLEDGE) == "quiet"
    with pytest.raises(KnowledgeError, match="present 7 d"):
        verdict(LATE, {"unrelenting-night-pain": "for weeks"}, KNOWLEDGE)


def test_an_unless_keeps_a_rule_quiet_only_when_it_is_present() -> None:
    rule = KNOWLEDGE.rules["pelvic-nerve-change"]
    change = {"bladder-change": "present"}
    assert verdict(rule, change, KNOWLEDGE) == "fires"
    assert verdict(rule, change | {"danger-sign-old-unchecked": "unsure"}, KNOWLEDGE) == "fires"
    assert verdict(rule, change | {"danger-sign-old-unchecked": "present"}, KNOWLEDGE) == "quiet"


def test_a_rule_may_name_the_findings_it_must_ask() -> None:
    asks = RuleCase("asks for the stay", {"night-pain": "present"}, {"asks": ("unrelenting-night-pain",)})
    assert not _found(_with("rules", LATE.id, cases=(*LATE.cases, asks)))
    wrong = RuleCase("asks for the fever", {"night-pain": "present"}, {"asks": ("fever",)})
    assert "asks for the fever" in _found(_with("rules", LATE.id, cases=(*LATE.cases, wrong)))


def test_a_rule_that_always_fires_needs_no_quiet_case() -> None:
    always = replace(KNOWLEDGE.rules["nothing-serious-found"], when=Condition(Operator.ALL))
    assert "stays quiet" not in _found(_with("rules", always.id, when=always.when))


@pytest.mark.parametrize(
    ("id_", "changes", "said"),
    [
        ("fever", {"group": "hot"}, "`group` must be one of"),
        ("age", {"maximum": None}, "a number needs"),
        ("fever", {"unit": "Cel"}, "only a number has a unit"),
        ("sex", {"options": ()}, "a choice needs `options`"),
        ("fever", {"kind": "perhaps"}, "`kind` must be"),
        ("low-back-pain", {"critical": True}, "a critical finding is in the group red-flag"),
        ("fever", {"ask": "Fever."}, "ends in a question mark"),
        ("leg-pain", {"part_of": ("back-of-thigh-pain",)}, "it is a part of itself"),
    ],
)
def test_a_finding_that_makes_no_sense_is_found(id_: str, changes: dict[str, Any], said: str) -> None:
    assert said in _found(_with("findings", id_, **changes))


def test_patterns_and_exercises_speak_the_same_words() -> None:
    sij = KNOWLEDGE.patterns["sij"]
    asked = replace(sij.plan, prefer=("target:ears",))
    assert "no exercise has the property target:ears" in _found(_with("patterns", "sij", plan=asked))
    assert "must not be claimed" in _found(_with("patterns", "sij", must_not_claim=()))
    assert "`shown` must be" in _found(_with("patterns", "sij", shown="sometimes"))
    assert "must name kind:mobility" in _found(_with("exercises", "cat-cow", properties=("target:trunk",)))
    assert "unlike trunk" in _found(_with("exercises", "cat-cow", properties=("kind:mobility", "trunk")))
    no_dose = replace(KNOWLEDGE.exercises["cat-cow"].dose, plan_reps=None)
    assert "what a session prints" in _found(_with("exercises", "cat-cow", dose=no_dose))


def test_a_tick_list_asks_each_finding_once_and_nothing_that_is_worked_out() -> None:
    first = KNOWLEDGE.ask_first[0]
    twice = replace(SMALL, ask_first=(replace(first, ask=("age", "age", "low-energy-sign")),))
    assert "age stands twice" in _found(twice)
    assert "never asked" in _found(twice)


def test_hard_sentences_are_notes_and_a_hard_kind_is_an_error() -> None:
    hard = "Considerable musculoskeletal deterioration necessitates immediate multidisciplinary evaluation."
    notes = check_knowledge(_with("rules", FEVER.id, say=hard), NO_FOLDER)
    assert any(not p.is_error and hard in p.what for p in notes)
    all_hard = {id_: replace(rule, say=hard) for id_, rule in FEW.items()}
    assert "reasons: mean reading age" in _found(replace(SMALL, rules=all_hard))


def test_a_stray_file_and_a_slip_behind_a_kept_compilation_are_found(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "notes.txt").write_text("?", encoding="utf-8")
    (tmp_path / "rules" / "odd.yaml").write_text("id: odd\n", encoding="utf-8")
    found = [str(p) for p in check_knowledge(SMALL, tmp_path)]
    assert any(line.startswith("rules/notes.txt: nobody reads this file") for line in found)
    assert any(line.startswith("rules/odd.yaml: line 1: ") for line in found)


def test_counts_name_every_kind() -> None:
    counts = count(KNOWLEDGE)
    assert counts["rules"] == len(KNOWLEDGE.rules)
    assert counts["cases"] == sum(len(rule.cases) for rule in KNOWLEDGE.rules.values())


def test_longer_words_and_sentences_need_an_older_reader() -> None:
    assert reading_age("The cat sat on the mat.") < 8
    assert reading_age("Degenerative deterioration necessitates radiological evaluation.") > 20
    assert reading_age("Rest. Walk. Eat.") < reading_age("Rest and walk and eat and sleep and then get up again.")
    assert reading_age("...") == 0.0


@pytest.mark.parametrize(
    ("word", "syllables"),
    [("back", 1), ("move", 1), ("table", 2), ("walked", 1), ("started", 2), ("numbness", 2), ("the", 1), ("doctor", 2)],
)
def test_syllables_are_counted_as_they_sound(word: str, syllables: int) -> None:
    assert count_syllables(word) == syllables


def _rule(**changes: Any) -> Rule:
    return replace(FEVER, **changes)


def test_verdict_of_a_watch_line_never_asks() -> None:
    assert verdict(_rule(tier=Tier.WATCH), {}, KNOWLEDGE) == "quiet"
    assert verdict(_rule(), {}, KNOWLEDGE) == "asks"
