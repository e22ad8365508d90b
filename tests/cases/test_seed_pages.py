"""The five texts it began with, given whole: the asker's story and findings, the repliers' advice, and none of their backs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import pytest

from decided import AS_OF, SHARED, knowledge
from lumbago.language.pages import read_page
from lumbago.model.answer import Answer
from lumbago.model.request import Request
from lumbago.pipeline import answer

SEEDS = SHARED / "seeds"
pytestmark = pytest.mark.skipif(not SEEDS.exists(), reason="the seed texts are not beside this checkout")


@dataclass(frozen=True)
class Wanted:
    """own: findings present now or in the past. never: findings of repliers' backs, with any status. advice: claims of repliers.

    lines: the asker's (first, last), as the shared labels tell them. people: what the warning says.
    """

    own: str
    never: str
    advice: str
    lines: tuple[tuple[int, int], ...]
    people: str
    others: tuple[tuple[int, int], ...] = ()


WANTED = {
    "000_5584a76093fe871c.txt": Wanted(
        own="new-runner mileage-jump low-back-pain buttock-pain left-sided pain-during-run over-six-weeks",
        never="age sex race-goal shooting-pain weak-core high-mileage  aspirin-asthma stress",
        advice="sciatica-diagnosis sciatica-nothing-helps heat-steam-baths abs-for-sciatica pilates "
            "specialist-shop-gait shoes-cause",
        lines=((6, 9),),
        others=((12, 101),),
        people="of “Virginia” and of one other person",
    ),
    "001_ca0fb59786d34a75.txt": Wanted(
        own="",
        never="low-back-pain leg-pain severe-pain new-runner weak-core tight-hamstrings",
        advice="longer-strides-170-190 see-doctor-if-severe hamstring-tightness muscle-strain-main-cause "
            "no-universal-technique",
        lines=(),
        others=((1, 37),),
        people="looks like an article",
    ),
    "002_5fd916d7f097c472.txt": Wanted(
        own="mileage-jump low-back-pain onset-after-run right-sided pain-during-run new-shoes desk-sitting "
            "seen-doctor tried-stretching",
        never="other-sport overweight dull-ache-stiffness tried-foam-roller getting-better minimalist-barefoot "
            "treadmill",
        advice="buds-plan arch-supports-magic couch-to-5k barefoot-grass foam-roll-low-back reverse-hypers "
            "pose-running overhead-squat hip-flexor-psoas",
        lines=((6, 12), (38, 46), (58, 62), (85, 97), (109, 111)),
        others=((15, 35), (49, 55), (65, 82), (100, 106), (114, 140)),
        people="several people that does not say who wrote what",
    ),
    "003_05553df55e55dfa0.txt": Wanted(
        own="low-back-pain severe-pain woke-with-pain onset-after-run mileage-jump race-goal tailbone-pain "
            "minor-fall",
        never="tense-running return-after-break recurrent-episodes gym-lifting tried-manual forward-lean "
            "getting-better treadmill onset-during-run",
        advice="tension-breathing calf-tightness run-less massage warmup-walk weekly-mileage-slow "
            "quad-ham-imbalance treadmill-incline",
        lines=((4, 6),),
        others=((8, 60),),
        people="of 10 other people",
    ),
    "004_e52a1ec4e5969a69.txt": Wanted(
        own="low-back-pain pain-after-run settles-quickly severe-pain getting-worse tried-stretching",
        never="high-mileage weak-core getting-better foot-type leg-length-difference",
        advice="chiropractor-align advil avoid-uphill reps-to-50 walk-burns-more sada-dand swiss-ball-roll "
            "sports-insoles surgery-disc",
        lines=((3, 9),),
        others=((15, 94),),
        people="of 6 other people",
    ),
}  # fmt: skip
each = pytest.mark.parametrize("seed", WANTED)


@cache
def text_of(seed: str) -> str:
    return (SEEDS / seed).read_text(encoding="utf-8")


@cache
def answered(seed: str) -> Answer:
    return answer(Request(AS_OF, text_of(seed)), knowledge())


def words_of(text: str, lines: tuple[tuple[int, int], ...]) -> list[str]:
    kept = text.split("\n")
    return " ".join(" ".join(kept[first - 1 : last]) for first, last in lines).split()


@each
def test_what_is_wanted_has_its_names_from_the_knowledge(seed: str) -> None:
    wanted = WANTED[seed]
    assert {*wanted.own.split(), *wanted.never.split()} <= set(knowledge().findings)
    assert set(wanted.advice.split()) <= set(knowledge().claims)


@each
def test_the_askers_lines_are_the_story_and_the_repliers_are_not(seed: str) -> None:
    text, page, wanted = text_of(seed), read_page(text_of(seed)), WANTED[seed]
    marks = {"0", "LIKES", "UnLike"}  # a button between the asker's words
    assert [w for w in words_of(page.story, wanted.lines) if w not in marks] == [
        w for w in words_of(text, wanted.lines) if w not in marks
    ]
    assert words_of(page.story, wanted.others) == []


@each
def test_what_the_asker_told_is_found(seed: str) -> None:
    found = {finding.id for finding in answered(seed).findings if finding.status == "present"}
    assert set(WANTED[seed].own.split()) <= found


@each
def test_no_repliers_back_is_the_askers(seed: str) -> None:
    assert {finding.id for finding in answered(seed).findings} & set(WANTED[seed].never.split()) == set()
    others = read_page(text_of(seed)).others
    for finding in answered(seed).findings:
        for quote in finding.quotes:
            assert text_of(seed)[quote.start : quote.end] == quote.text
            assert not others[quote.start : quote.end].strip()


@each
def test_what_the_repliers_advise_is_answered_with_their_words(seed: str) -> None:
    others, heard = read_page(text_of(seed)).others, set()
    for advice in answered(seed).advice:
        for quote in advice.quotes:
            assert text_of(seed)[quote.start : quote.end] == quote.text
            heard |= {advice.claim} if others[quote.start : quote.end] == quote.text else set()
    assert set(WANTED[seed].advice.split()) <= heard


@each
def test_one_warning_says_who_was_read(seed: str) -> None:
    warnings = dict.fromkeys(answered(seed).warnings)
    assert len(warnings) == 1 and WANTED[seed].people in next(iter(warnings))


def test_a_whole_page_is_read_as_the_askers_lines_alone_are() -> None:
    """Beyond the titles, which tell where it hurts and when."""
    for seed, wanted in WANTED.items():
        alone = (
            answer(
                Request(AS_OF, "\n".join("\n".join(text_of(seed).split("\n")[a - 1 : b]) for a, b in wanted.lines)),
                knowledge(),
            )
            if wanted.lines
            else None
        )
        if alone:
            assert answered(seed).triage.level == alone.triage.level
            assert {f.id for f in alone.findings} - {f.id for f in answered(seed).findings} == set()
