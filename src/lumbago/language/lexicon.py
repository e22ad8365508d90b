"""Word families and phrases, compiled once into an index that one pass over the tokens can use.

A phrase is a line of a knowledge file:

    {cant} {feel} .. {saddle}      families in this order; a blank leaves room for three words, `..` for any within the sentence
    {numb} & {both-legs}           both in one clause, in any order; `&&` in the same or neighbouring clauses
    (waterworks|going to the loo) {fine} => absent      words in brackets are alternatives; `=>` says what the phrase states
    {leg} {weak} !{muscle-work}    not when that family stands in its clause (`!!` or the next one, `!!!` or its sentence)
    {knee} {pain}? (swoll*)        `x?` may be missing; `word*` is a beginning

Words of a family may hold brackets too (`like (a|some) (wet|damp)? rag`): they stand for the terms written out, word beside word.

What a phrase may state: present (default), absent, unsure, past, topic (a subject that only a general denial turns into "absent"),
now (present, though the words tell of a time: "my periods stopped a year ago"), now-absent (denied for now whatever else is told),
ask (words that may be about it: where nothing else tells, they become a question that quotes them).
"""

from __future__ import annotations

import difflib
import hashlib
import re
from collections.abc import Iterable, Mapping
from itertools import product
from typing import Any

from lumbago.errors import KnowledgeError
from lumbago.language.tokens import WORD, spelt_out
from lumbago.model.knowledge import WordFamily

STATES = frozenset({"present", "absent", "unsure", "past", "now", "topic", "now-absent", "ask"})
# Families that numbers.py finds by shape rather than by word.
SHAPES = frozenset({"number", "distance", "duration", "score", "score-low", "score-high", "date"})
_PART = re.compile(r"!{0,3}\{[a-z0-9-]+\}\??|!{0,3}\(|\)\??|\||&&|&|\.\.|[\w'*]+\??")
_PLAIN = re.compile(r"[\w' *]+")
_TERM_WORD = re.compile(rf"(?:{WORD})\*?")
_TERM_PART = re.compile(r"\([^()]+\)\??|[^()|]+")
_MOST_VARIANTS = 400
_WORDS_OF_A_SHAPE = 50  # how common a number is taken to be beside families of words
# Families that context.py and read.py ask for by name, whether or not a phrase does.
CUES = ("cue-",)
CUE = "cue:"  # before the name of a family, the target of its phrases
SHORTEST_BEGINNING = 2  # letters by which starred terms of several words are looked up

Slot = tuple[str, str]  # link to the one before (" ", "..", "&", "&&"), family


def compile_lexicon(words: Mapping[str, WordFamily], phrases: Mapping[str, Iterable[str]]) -> dict[str, Any]:
    """The index as plain JSON data, families by their number in `families`.

    `phrases`: [target, state, families, links, excluded as [marks, family]]; `anchors`: for each family the phrases whose rarest
    it is, as [the next rarest, whether neighbouring sentences count, phrase]; `asked_for`: families that others than phrases
    ask for, by name.

    phrases: "finding:<id>" or "claim:<id>" to its phrase lines; those of cue families are added. Raises KnowledgeError naming the
    phrase that cannot be read.
    """
    families = {name: written_out(family) for name, family in words.items()}
    composed = {CUE + name: family.phrases for name, family in words.items() if family.phrases}
    phrases = {**phrases, **composed}
    parsed: list[tuple[str, str, list[str], list[str], list[str]]] = []
    for target in sorted(phrases):
        for line in phrases[target]:
            parsed.extend((target, *variant) for variant in _parse(line, target, families))
    used = {name.lstrip("!") for _, _, elements, _, excluded in parsed for name in (*elements, *excluded)}
    kept = {name: terms for name, terms in families.items() if name.startswith(CUES) or name in used}
    names = sorted({*kept, *SHAPES})
    number = {name: place for place, name in enumerate(names)}
    sizes = {name: len(terms) for name, terms in families.items()} | dict.fromkeys(SHAPES, _WORDS_OF_A_SHAPE)
    compiled: list[list[Any]] = []
    anchors: list[list[tuple[int, bool, int]]] = [[] for _ in names]
    for target, state, elements, links, excluded in parsed:
        rarest, *others = sorted(dict.fromkeys(elements), key=lambda name: sizes[name])
        gate = number[others[0]] if others else number[rarest]
        anchors[number[rarest]].append((gate, "&&" in links, len(compiled)))
        marked = [[len(name) - len(name.lstrip("!")), number[name.lstrip("!")]] for name in excluded]
        compiled.append([target, state, [number[n] for n in elements], links, marked])
    asked_for = {name: place for name, place in number.items() if name.startswith(CUES) or name in SHAPES}
    return {"families": names, "asked_for": asked_for, "phrases": compiled, "anchors": anchors} | _terms(kept, number)


def written_out(family: WordFamily) -> tuple[str, ...]:
    """Every term of a family, brackets multiplied out. Raises KnowledgeError naming the line that cannot be read."""
    terms: list[str] = []
    for line in family.words:
        if "(" not in line and "|" not in line and ")" not in line:
            terms.append(line)
            continue
        parts = _TERM_PART.findall(line)
        if "".join(parts).replace(" ", "") != line.replace(" ", ""):
            raise KnowledgeError(
                f"words/{family.id}.yaml: «{line}» has a bracket that is not closed, or stands in another"
            )
        choices = [_choices(part) for part in parts]
        terms += (" ".join(word for word in one if word) for one in product(*choices))
    return tuple(dict.fromkeys(terms))


def _choices(part: str) -> list[str]:
    """What may stand in one place of a term."""
    if not part.startswith("("):
        return [part.strip()]
    several = [each.strip() for each in part.rstrip("?").strip("()").split("|")]
    return [*several, ""] if part.endswith("?") else several


def _parse(
    line: str, target: str, families: dict[str, tuple[str, ...]]
) -> Iterable[tuple[str, list[str], list[str], list[str]]]:
    """The variants of one line as (state, families, links, excluded families with their marks)."""
    body, _, state = line.partition("=>")
    state = state.strip() or "present"
    if state not in STATES:
        raise KnowledgeError(f"{target}: phrase «{line}»: after => must stand one of {', '.join(sorted(STATES))}")
    parts = _PART.findall(body)
    if "".join(parts) != re.sub(r"\s+", "", body):
        raise KnowledgeError(f"{target}: phrase «{line}» holds a sign that the phrase language does not know")
    excluded: list[str] = []
    try:
        variants = _Reader(parts, families, excluded).whole()
    except IndexError:
        raise KnowledgeError(
            f"{target}: phrase «{line}» has a bracket that is not closed, or nothing where words should be"
        ) from None
    except LookupError as error:
        raise KnowledgeError(f"{target}: phrase «{line}» cannot be read: {error}") from None
    if len(variants) > _MOST_VARIANTS:
        raise KnowledgeError(
            f"{target}: phrase «{line}» stands for {len(variants)} phrases; write a word family instead"
        )
    for variant in dict.fromkeys(variants):
        if variant:
            yield state, [name for _, name in variant], [link for link, _ in variant], sorted(set(excluded))


class _Reader:
    """Reads the parts of one phrase, left to right; brackets may hold words, families and further brackets."""

    def __init__(self, parts: list[str], families: dict[str, tuple[str, ...]], excluded: list[str]) -> None:
        self.parts, self.families, self.excluded = parts, families, excluded
        self.at = 0

    def whole(self) -> list[tuple[Slot, ...]]:
        """Every variant of the whole phrase. Raises LookupError at a | or bracket that has no partner."""
        variants = self.sequence()
        if self.at < len(self.parts):
            raise LookupError(f"{self.parts[self.at]} stands outside brackets")
        return variants

    def sequence(self) -> list[tuple[Slot, ...]]:
        """Every variant of what stands up to the next | or closing bracket."""
        variants: list[tuple[Slot, ...]] = [()]
        link = " "
        while self.at < len(self.parts) and self.parts[self.at][0] not in "|)":
            part = self.parts[self.at]
            self.at += 1
            if part in ("&", "&&", ".."):
                link = part
                continue
            choices = self._item(part)
            variants = [one + _linked(link, other) for one, other in product(variants, choices)]
            link = " "
        return variants

    def _item(self, part: str) -> list[tuple[Slot, ...]]:
        if part.startswith("!"):
            name = part.lstrip("!")
            wide = part[: -len(name)][1:]
            inner = self._bracket()[0] if name == "(" else [((" ", self._named(name)),)]
            self.excluded.extend(wide + name for variant in inner for _, name in variant)
            return [()]
        if part == "(":
            variants, optional = self._bracket()
        else:
            optional = part.endswith("?")
            word = part.removesuffix("?")
            name = self._named(word) if word.startswith("{") else nameless((word,), self.families)
            variants = [((" ", name),)]
        return [*variants, ()] if optional else variants

    def _bracket(self) -> tuple[list[tuple[Slot, ...]], bool]:
        """The alternatives of a bracket: plain words become one nameless family, the rest stay variants of their own."""
        words: list[str] = []
        variants: list[tuple[Slot, ...]] = []
        while True:
            start = self.at
            inner = self.sequence()
            text = " ".join(self.parts[start : self.at])
            if _PLAIN.fullmatch(text):
                words.append(text)
            else:
                variants.extend(inner)
            closing = self.parts[self.at]
            self.at += 1
            if closing != "|":
                break
        if words:
            variants.append(((" ", nameless(tuple(words), self.families)),))
        return variants, closing.endswith("?")

    def _named(self, part: str) -> str:
        name = part[1:-1]
        if name not in self.families and name not in SHAPES:
            alike = difflib.get_close_matches(name, self.families, n=1)
            raise LookupError(f"there is no word family {name}" + (f"; perhaps {alike[0]}" if alike else ""))
        return name


def _linked(link: str, slots: tuple[Slot, ...]) -> tuple[Slot, ...]:
    return ((link, slots[0][1]), *slots[1:]) if slots else ()


def nameless(terms: tuple[str, ...], families: dict[str, tuple[str, ...]]) -> str:
    """The id of a family without a file: bare words and brackets of alternatives in a phrase."""
    name = (
        "=" + hashlib.sha256("|".join(terms).encode()).hexdigest()[:10]
    )  # short, since the index repeats it at each term
    families.setdefault(name, terms)
    return name


def _terms(families: Mapping[str, tuple[str, ...]], number_of: Mapping[str, int]) -> dict[str, Any]:
    """`terms`: each whole term to the number of its family, or numbers; `longest`: words in the longest term that a first word
    opens; `beginnings`: single words with a star, without it, likewise; `starred`: longer terms with a star by the beginning of
    their first word, as [words, number].

    A flat mapping, since a tree of as many words takes three times as long to read from disk.
    """
    terms: dict[str, list[int]] = {}
    longest: dict[str, int] = {}
    beginnings: dict[str, list[int]] = {}
    starred: dict[str, list[list[Any]]] = {}
    for name in sorted(families):
        number = number_of[name]
        for term in families[name]:
            words = _words_of(term)
            if not words:
                continue
            if len(words) == 1 and "*" in term:
                beginnings.setdefault(words[0].rstrip("*"), []).append(number)
                continue
            if "*" in term:
                starred.setdefault(words[0].rstrip("*")[:SHORTEST_BEGINNING], []).append([words, number])
                continue
            numbers = terms.setdefault(" ".join(words), [])
            if not numbers:
                longest[words[0]] = max(longest.get(words[0], 0), len(words))
            if not numbers or numbers[-1] != number:
                numbers.append(number)
    return {"terms": terms, "longest": longest, "beginnings": beginnings, "starred": starred}


def _words_of(term: str) -> list[str]:
    """A term cut as the tokeniser cuts a text; most terms are plain words, which need no pattern."""
    if term.isascii() and term.replace(" ", "").isalpha():
        return [spelt_out(word) for word in term.lower().split()]
    return [spelt_out(word.replace("'", "")) for word in _TERM_WORD.findall(term.lower().replace("\u2019", "'"))]
