"""A second reader: a linear model over words and letters that may doubt or ask, but never finds.

The phrases read what their authors thought of. This looks at a stretch of a story as a whole and says how much it resembles
sentences in which people told a danger sign. Its weights are learnt (benchmarks/learn_hunches.py), so nobody can say why it thinks
so: therefore it only raises a question that quotes the stretch, and turns a weak reading into one (docs/decisions/0012, 0013).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from math import exp, log, sqrt
from typing import Any

from lumbago.language.tokens import Text, Token

SHORTEST, LONGEST = 12, 26  # words of a stretch that is cut out of a long sentence, at a clause where there is one
_GRAMS = (3, 4, 5)  # letters
_MOST_REMEMBERED = 20_000  # words whose letter groups are kept
_STEPS = 8  # weights are stored as whole numbers of this part
_UNDER, _OVER = 18, 50  # years: what matters of most numbers that are an age


@dataclass(frozen=True, slots=True, order=True)
class Stretch:
    """Tokens `first` to `last` (inclusive) of a story."""

    first: int
    last: int


Weighed = tuple[float, tuple[tuple[int, float], ...]]  # idf of a feature, and its weight for each finding, by place


@dataclass(slots=True)
class Hunches:
    """The weights. findings: what is guessed at, in the order of `bias` and of the numbers in the tables. words, letters: a
    feature to "idf finding weight finding weight ...", as text, since that loads ten times as fast."""

    findings: tuple[str, ...]
    bias: tuple[float, ...]
    words: Mapping[str, str]
    letters: Mapping[str, str]
    _read: tuple[dict[str, Weighed], dict[str, Weighed]] = field(default_factory=lambda: ({}, {}), repr=False)
    _grams: dict[str, list[str]] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> Hunches:
        """From the JSON of the data file."""
        return cls(tuple(plain["findings"]), tuple(plain["bias"]), plain["words"], plain["letters"])

    def of_text(self, text: Text) -> Iterator[tuple[Stretch, tuple[float, ...]]]:
        """For every stretch the likelihood (0 to 1) of each finding, in the order of `findings`."""
        for stretch in stretches(text.tokens):
            yield stretch, self.of_words([token.norm for token in text.tokens[stretch.first : stretch.last + 1]])

    def of_words(self, norms: list[str]) -> tuple[float, ...]:
        sums = list(self.bias)
        read_words, read_letters = self._read
        self._add(self.words, read_words, word_features(norms), sums)
        self._add(self.letters, read_letters, self._letter_features(norms), sums)
        return tuple(1 / (1 + exp(-total)) for total in sums)

    @staticmethod
    def _add(table: Mapping[str, str], read: dict[str, Weighed], features: Iterable[str], sums: list[float]) -> None:
        """Add what the features say to the sum of each finding. read: what was taken from the table already."""
        counts: dict[str, int] = {}
        for feature in features:
            if feature in table:
                counts[feature] = counts.get(feature, 0) + 1
        known = []
        squares = 0.0
        for feature, count in counts.items():
            if feature not in read:
                read[feature] = _weighed(table[feature])
            idf, weights = read[feature]
            share = idf if count == 1 else idf * (1 + log(count))
            squares += share * share
            known.append((share, weights))
        length = sqrt(squares)
        for share, weights in known:
            part = share / length
            for place, weight in weights:
                sums[place] += weight * part

    def _letter_features(self, norms: Iterable[str]) -> Iterator[str]:
        for norm in norms:
            grams = self._grams.get(norm)
            if grams is None:
                if len(self._grams) > _MOST_REMEMBERED:
                    self._grams.clear()
                grams = self._grams[norm] = [gram for gram in letter_groups(norm) if gram in self.letters]
            yield from grams


def stretches(tokens: tuple[Token, ...]) -> Iterator[Stretch]:
    """A text by sentences; long ones by clauses."""
    first = 0
    for place in range(1, len(tokens) + 1):
        if place == len(tokens) or tokens[place].sentence != tokens[place - 1].sentence:
            cut = True
        else:
            length = place - first
            cut = length >= LONGEST or (length >= SHORTEST and tokens[place].clause != tokens[place - 1].clause)
        if cut:
            yield Stretch(first, place - 1)
            first = place


def word_features(norms: list[str]) -> Iterator[str]:
    """Words, pairs and threes; numbers by what they could be an age of."""
    words = [_plain(norm) for norm in norms]
    for size in (1, 2, 3):
        for place in range(len(words) - size + 1):
            yield " ".join(words[place : place + size])


def letter_groups(norm: str) -> list[str]:
    """Groups of three to five letters within a word and its edges."""
    edged = f" {_plain(norm)} "
    groups = [edged[at : at + size] for size in _GRAMS if len(edged) > size for at in range(len(edged) - size + 1)]
    return groups or [edged]


def _weighed(line: str) -> Weighed:
    idf, *pairs = line.split()
    return float(idf), tuple(
        (int(place), int(steps) / _STEPS) for place, steps in zip(pairs[::2], pairs[1::2], strict=True)
    )


def _plain(norm: str) -> str:
    if not norm[0].isdigit():
        return norm
    number = float(norm) if norm.isdecimal() and len(norm) <= 3 else 1000.0
    return "#young" if number < _UNDER else "#adult" if number < _OVER else "#old" if number < 100 else "#many"
