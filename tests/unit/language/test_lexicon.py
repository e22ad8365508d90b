"""The phrase language: what each sign means, and what is refused."""

from __future__ import annotations

import json
from collections.abc import Iterable

import pytest

from lumbago.errors import KnowledgeError
from lumbago.language.lexicon import compile_lexicon, written_out
from lumbago.language.match import see
from lumbago.language.tokens import tokenise
from lumbago.model.knowledge import WordFamily

WORDS = {
    "toe": WordFamily("toe", "toes", ("toe", "toes", "big toe")),
    "green": WordFamily("green", "green colours", ("green", "greenish", "lime*")),
    "paint": WordFamily("paint", "what paints", ("paint", "varnish")),
}


def matches(phrase: str | Iterable[str], text: str) -> list[tuple[str, str]]:
    """(state, words) of what a phrase finds in a text."""
    phrases = {"finding:green-toes": (phrase,) if isinstance(phrase, str) else tuple(phrase)}
    lexicon = json.loads(json.dumps(compile_lexicon(WORDS, phrases)))
    seen = see(tokenise(text), lexicon)
    return [(m.state, text[seen.text.tokens[m.first].start : seen.text.tokens[m.last].end]) for m in seen.matches]


def test_parts_in_order_with_room_for_three_words() -> None:
    assert matches("{toe} {green}", "my toe is a bit green") == [("present", "toe is a bit green")]
    assert matches("{toe} {green}", "my toe is one or two green") == []
    assert matches("{toe} {green}", "green toe") == []


def test_two_dots_reach_through_the_sentence_but_not_beyond() -> None:
    assert matches("{toe} .. {green}", "my toe, since the race on sunday, looks green")
    assert not matches("{toe} .. {green}", "my toe hurts. The grass is green")


def test_ampersand_takes_any_order_in_a_clause_and_two_of_them_the_next_clause_too() -> None:
    assert matches("{toe} & {green}", "green is my toe")
    assert not matches("{toe} & {green}", "green grass, sore toe")
    assert matches("{toe} && {green}", "it went green, the toe I mean")


def test_brackets_hold_words_families_and_brackets() -> None:
    assert matches("(left|right) ({toe}|thumb nail) {green}", "left thumb nail green")
    assert matches("(left|right) ({toe}|thumb (nail|tip)) {green}", "right thumb tip green")


def test_optional_parts_and_beginnings_of_words() -> None:
    assert matches("{toe} (quite)? {green}", "toes limeish")
    assert matches("bruis* {toe}", "bruising toe")


def test_an_excluded_family_silences_only_its_clause() -> None:
    assert not matches("{toe} {green} !{paint}", "toe green from varnish")
    assert matches("{toe} {green} !{paint}", "I took the varnish off, toe still green")


def test_a_phrase_may_state_absence() -> None:
    assert matches("{toe} pink => absent", "toes pink") == [("absent", "toes pink")]


def test_a_slip_of_one_letter_is_forgiven_in_long_words() -> None:
    assert matches("{toe} {green}", "toe greeenish")
    assert matches("{toe} {green}", "toe grenish")
    assert not matches("{toe} {green}", "toe gren")


@pytest.mark.parametrize(
    "phrase", ["{toe} {nobody}", "{toe} => perhaps", "{toe} 10/10", "({toe} {green}", "{toe} ) {green}"]
)
def test_what_cannot_be_read_is_refused_by_name(phrase: str) -> None:
    with pytest.raises(KnowledgeError, match="green-toes"):
        compile_lexicon(WORDS, {"finding:green-toes": (phrase,)})


@pytest.mark.parametrize(
    ("phrase", "said"),
    [
        ("({toe} {green}", "a bracket that is not closed"),
        ("{toes} {green}", "there is no word family toes; perhaps toe"),
        ("{nobody}", "there is no word family nobody$"),
    ],
)
def test_the_refusal_says_what_is_wrong(phrase: str, said: str) -> None:
    with pytest.raises(KnowledgeError, match=said):
        compile_lexicon(WORDS, {"finding:green-toes": (phrase,)})


def test_a_cue_family_may_be_told_by_phrases() -> None:
    words = {**WORDS, "cue-gone": WordFamily("cue-gone", "it has gone", (), ("{paint} .. off",))}
    seen = see(tokenise("Green toe. The varnish came off."), compile_lexicon(words, {}))
    assert [(hit.first, hit.last) for hit in seen.family_at("cue-gone", 1)] == [(3, 5)]
    assert seen.matches == ()


def test_an_exclusion_looks_at_the_sentences_of_the_phrase() -> None:
    assert not matches("{toe} && {green} !{paint}", "A toe. Green with paint.")
    assert matches("{toe} && {green} !{paint}", "A toe. Green. No paint.")


def test_a_phrase_that_stands_for_too_many_is_refused() -> None:
    phrase = " ".join("({toe}|{green} x|y)" for _ in range(8))
    with pytest.raises(KnowledgeError, match="word family"):
        compile_lexicon(WORDS, {"finding:green-toes": (phrase,)})


def test_a_phrase_that_may_be_missing_altogether_finds_only_its_words() -> None:
    assert matches("{toe}?", "My toes are green.") == [("present", "toes")]
    assert matches("{toe}?", "Nothing to see.") == []


def test_a_term_without_a_word_and_one_told_twice_do_no_harm() -> None:
    words = {"toe": WordFamily("toe", "toes", ("toe", "Toe", "?!"))}
    lexicon = compile_lexicon(words, {"finding:toes": ("{toe}",)})
    assert [m.target for m in see(tokenise("my toe ?!"), lexicon).matches] == ["finding:toes"]


def test_words_beyond_all_length_are_looked_up_at_no_cost() -> None:
    """Not by the thousands of spellings that each might be meant for, nor by each of its beginnings."""
    assert matches("{green}", "a" * 100_000 + " varnih") == []
    assert len(matches("{green}", "lime" + "y" * 100_000)) == 1


def test_words_of_a_family_may_hold_brackets() -> None:
    family = WordFamily("like-rag", "like cloth", ("like (a|some) (wet|stone cold)? rag", "clothlike"))
    assert written_out(family) == (
        "like a wet rag",
        "like a stone cold rag",
        "like a rag",
        "like some wet rag",
        "like some stone cold rag",
        "like some rag",
        "clothlike",
    )


@pytest.mark.parametrize("line", ["like (a|some rag", "like a|some rag", "like (a|(wet|dry)) rag", "like a) rag"])
def test_brackets_of_a_word_that_do_not_close_are_refused_by_name(line: str) -> None:
    with pytest.raises(KnowledgeError, match=r"words/like-rag\.yaml: «like"):
        written_out(WordFamily("like-rag", "like cloth", (line,)))
