"""Words, clauses and sentences keep their places in the original."""

from __future__ import annotations

from itertools import pairwise

from lumbago.language.tokens import lower_same_length, tokenise


def norms(text: str) -> list[str]:
    return [token.norm for token in tokenise(text).tokens]


def clauses(text: str) -> list[list[str]]:
    seen: dict[int, list[str]] = {}
    for token in tokenise(text).tokens:
        seen.setdefault(token.clause, []).append(token.norm)
    return list(seen.values())


def test_offsets_point_into_the_original() -> None:
    text = "İt’s my “lower back”, can’t run"
    for token in tokenise(text).tokens:
        assert token.norm == lower_same_length(text[token.start : token.end]).replace("'", "")


def test_lower_case_keeps_the_length_of_odd_letters() -> None:
    odd = "İSTANBUL ﬁ ẞ Straße"
    assert len(lower_same_length(odd)) == len(odd)


def test_apostrophes_of_every_kind_are_dropped() -> None:
    assert norms("can't can’t can`t cant") == ["cant"] * 4


def test_commas_and_turns_make_clauses() -> None:
    assert clauses("my back aches, not the leg, but I run") == [
        ["my", "back", "aches"],
        ["not", "the", "leg"],
        ["but", "i", "run"],
    ]


def test_and_opens_a_clause_only_before_a_new_subject() -> None:
    assert clauses("hips and back hurt and i cannot run") == [
        ["hips", "and", "back", "hurt"],
        ["and", "i", "cannot", "run"],
    ]


def test_a_short_line_ends_a_sentence_and_a_wrapped_one_does_not() -> None:
    short = tokenise("sore back\nno numbness")
    assert short.tokens[1].sentence != short.tokens[2].sentence
    wrapped = tokenise("the pain in my lower back has been there since the long run on\nsunday morning")
    assert len({token.sentence for token in wrapped.tokens}) == 1


def test_a_decimal_is_one_number_and_a_glued_full_stop_ends_a_sentence() -> None:
    tokens = tokenise("ran 18.5 miles.then it hurt").tokens
    assert tokens[1].norm == "18.5"
    assert tokens[2].sentence != tokens[3].sentence


def test_a_question_is_known_as_one() -> None:
    assert tokenise("It aches. Is it my shoes?").questions == frozenset({1})


def test_a_text_without_full_stops_is_cut_at_a_clause_and_at_the_latest_within_one() -> None:
    with_clauses = tokenise("my back hurts and my leg too, " * 60).tokens
    without = tokenise("pain " * 1000).tokens
    for tokens, longest in ((with_clauses, 210), (without, 400)):
        sizes = [sum(t.sentence == n for t in tokens) for n in range(tokens[-1].sentence + 1)]
        assert len(sizes) > 1 and max(sizes) <= longest
        assert [t.clause for t in tokens] == sorted(t.clause for t in tokens)
    last = [t for t, after in pairwise(with_clauses) if t.sentence != after.sentence]
    assert {t.norm for t in last} <= {"hurts", "too"}
