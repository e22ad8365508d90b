"""How old a reader must be for a sentence: the Flesch-Kincaid grade plus five, with a small syllable counter of our own."""

from __future__ import annotations

import re

_WORD = re.compile(r"[A-Za-zÀ-ÿ]+(?:['’][A-Za-z]+)?")
_END = re.compile(r"[.!?:;]+(?:\s|$)")
_VOWELS = re.compile(r"[aeiouyà-ÿ]+")
_SILENT = re.compile(r"(?<![aeiouyl])e$|(?<=[aeiouy]l)e$|(?<![aeiouydtszx])es$|(?<![aeiouydtl])ed$")


def reading_age(text: str) -> float:
    """Years of age at which a text is read with ease: 0.39 words a sentence + 11.8 syllables a word - 15.59, plus 5.

    Colons and semicolons end a sentence too: a list of short parts reads like short sentences.
    """
    words = _WORD.findall(text)
    if not words:
        return 0.0
    sentences = max(1, sum(1 for part in _END.split(text) if _WORD.search(part)))
    syllables = sum(map(count_syllables, words))
    return 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59 + 5.0


def count_syllables(word: str) -> int:
    """Groups of vowels, without a silent e at the end; at least one.

    >>> [count_syllables(w) for w in ("back", "move", "table", "walked", "painful", "numbness")]
    [1, 1, 2, 1, 2, 2]
    """
    plain = _SILENT.sub("", word.lower())
    return max(1, len(_VOWELS.findall(plain)))
