"""The second reader's arithmetic on weights small enough to reckon by hand, and how it cuts a text."""

from __future__ import annotations

from math import exp, log, sqrt

import pytest

from lumbago.language.hunch import LONGEST, Hunches, letter_groups, stretches, word_features
from lumbago.language.tokens import tokenise


def likely(total: float) -> float:
    return 1 / (1 + exp(-total))


def test_weights_are_shared_out_over_the_known_features_of_words_and_of_letters() -> None:
    hunches = Hunches.of(
        {
            "findings": ["green-toes", "sore-ears"],
            "bias": [-1.0, -2.0],
            "words": {"green": "2.0 0 16 1 -8", "green toes": "1.5 0 8"},
            "letters": {" toe": "1.0 1 24"},
        }
    )
    length = sqrt(2.0**2 + 1.5**2)
    green = -1 + 2 * 2.0 / length + 1 * 1.5 / length
    ears = -2 - 1 * 2.0 / length + 3
    assert hunches.of_words(["green", "toes"]) == pytest.approx((likely(green), likely(ears)))


def test_a_feature_met_again_counts_by_its_logarithm() -> None:
    hunches = Hunches(("a",), (0.0,), {"x": "1.0 0 8", "y": "1.0"}, {})
    twice = 1 + log(2)
    assert hunches.of_words(["x", "x", "y"]) == pytest.approx((likely(twice / sqrt(twice**2 + 1)),))


def test_unknown_words_leave_the_bias() -> None:
    assert Hunches(("a",), (-3.0,), {}, {}).of_words(["whatever"]) == pytest.approx((likely(-3),))


def test_asking_again_gives_the_same() -> None:
    hunches = Hunches(("a",), (-3.0,), {"x": "1.0 0 8"}, {" x ": "1.0 0 8"})
    assert hunches.of_words(["x"]) == hunches.of_words(["x"])


def test_numbers_are_told_apart_only_by_what_age_they_could_be() -> None:
    assert list(word_features(["im", "16"])) == ["im", "#young", "im #young"]
    assert [next(word_features([number])) for number in ("44", "66", "5000", "3.5")] == [
        "#adult",
        "#old",
        "#many",
        "#many",
    ]


def test_letter_groups_know_the_edges_of_a_word() -> None:
    assert letter_groups("toe") == [" to", "toe", "oe ", " toe", "toe "]
    assert letter_groups("a") == [" a "]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("", []),
        ("One. Two three.", ["One", "Two three"]),
        (
            "word " * 60,
            [" ".join(["word"] * LONGEST), " ".join(["word"] * LONGEST), " ".join(["word"] * (60 - 2 * LONGEST))],
        ),
        ("a b c d e f g h i j k l, m n", ["a b c d e f g h i j k l", "m n"]),
        ("a b, c d", ["a b, c d"]),
    ],
)
def test_a_text_is_cut_by_sentences_and_a_long_one_by_clauses(text: str, pieces: list[str]) -> None:
    read = tokenise(text)
    assert [text[read.tokens[s.first].start : read.tokens[s.last].end] for s in stretches(read.tokens)] == pieces
