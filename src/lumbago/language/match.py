"""One pass over the tokens finds the word families; phrases are then joined within sentence and clause."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lumbago.language.lexicon import CUE, SHORTEST_BEGINNING
from lumbago.language.numbers import shapes
from lumbago.language.tokens import Text, Token

NEAR = 3  # words that may stand between two parts of a phrase
FAR = 14  # and for `..` and `&`
_APART = 20  # and for `&&`, since a clause of somebody who sets no commas may be long
_ASIDE = 8  # words that may stand between two clauses joined by `&&`: an aside, or a clause that is hardly one
_SHORTEST_MISSPELT, _LONGEST_WORD = 6, 40  # letters; longer ones are no words


@dataclass(frozen=True, slots=True)
class Hit:
    """A word or words of a family, at tokens `first` to `last` (inclusive)."""

    first: int
    last: int


Hits = Mapping[int, Sequence[Hit]]  # of one sentence: by the number of a family


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase found: what it is about, what it states, and the hits that make it, in the order of the phrase."""

    target: str
    state: str
    hits: tuple[Hit, ...]

    @property
    def first(self) -> int:
        return min(hit.first for hit in self.hits)

    @property
    def last(self) -> int:
        return max(hit.last for hit in self.hits)

    def covers(self, token: int) -> bool:
        return any(hit.first <= token <= hit.last for hit in self.hits)


@dataclass(frozen=True, slots=True)
class Seen:
    """A text with its family hits, by sentence and family, and every phrase match."""

    text: Text
    hits: Mapping[int, Mapping[str, tuple[Hit, ...]]]
    matches: tuple[Match, ...]

    def family_at(self, family: str, sentence: int) -> tuple[Hit, ...]:
        return self.hits.get(sentence, {}).get(family, ())


def see(text: Text, lexicon: Mapping[str, Any]) -> Seen:
    """All phrase matches of a text, and the family hits that say how they stand (cues, numbers).

    Linear in the length of the text, and lean: phrases look at one sentence and its neighbours, so the other hits of a
    sentence are let go once its neighbours have been read.
    """
    asked_for: Mapping[str, int] = lexicon["asked_for"]
    spans = _sentences(text.tokens)
    shaped: dict[int, list[tuple[int, Hit]]] = {}
    for shape, first, last in shapes(text):
        shaped.setdefault(text.tokens[first].sentence, []).append((asked_for[shape], Hit(first, last)))
    hits: dict[int, Hits] = {}
    kept: dict[int, dict[str, tuple[Hit, ...]]] = {}
    matches: list[Match] = []
    for sentence in spans:
        for near in (sentence, sentence + 1):
            if near in spans and near not in hits:
                hits[near] = found = _hits(spans[near], text.tokens, lexicon, shaped.get(near, ()))
                kept[near] = {name: tuple(found[place]) for name, place in asked_for.items() if place in found}
        for match in _matches(sentence, hits, text, lexicon):
            if match.target.startswith(CUE):
                cues = kept[text.tokens[match.first].sentence]
                name = match.target.removeprefix(CUE)
                cues[name] = tuple(dict.fromkeys((*cues.get(name, ()), Hit(match.first, match.last))))
            else:
                matches.append(match)
        hits.pop(sentence - 1, None)
    return Seen(text, {s: found for s, found in kept.items() if found}, tuple(_without_duplicates(matches)))


def _sentences(tokens: tuple[Token, ...]) -> dict[int, range]:
    """Sentence to the places of its tokens, in order."""
    spans: dict[int, range] = {}
    for place, token in enumerate(tokens):
        spans[token.sentence] = range(spans.get(token.sentence, range(place, place)).start, place + 1)
    return spans


def _hits(
    places: range, tokens: tuple[Token, ...], lexicon: Mapping[str, Any], shaped: Iterable[tuple[int, Hit]]
) -> Hits:
    families: defaultdict[int, list[Hit]] = defaultdict(list)
    for place in places:
        for numbers, last in _terms_from(place, tokens, lexicon):
            hit = Hit(place, last)
            for number in numbers:
                families[number].append(hit)
    for number, hit in shaped:
        families[number].append(hit)
    return families


def _terms_from(place: int, tokens: tuple[Token, ...], lexicon: Mapping[str, Any]) -> Iterator[tuple[list[int], int]]:
    """(numbers of the families, last token) of every term that begins here; none reaches over a comma or full stop."""
    terms, longest = lexicon["terms"], lexicon["longest"]
    norm = tokens[place].norm
    starred = False
    beginnings = lexicon["beginnings"]
    for letters in range(SHORTEST_BEGINNING, len(norm) + 1):
        if norm[:letters] in beginnings:
            starred = True
            yield beginnings[norm[:letters]], place
    for words, number in lexicon["starred"].get(norm[:SHORTEST_BEGINNING], ()):
        if _runs(words, place, tokens):
            starred = True
            yield [number], place + len(words) - 1
    firsts = [norm] if norm in longest else [] if starred else _meant(norm, longest)
    for first in firsts:
        so_far = first
        for last in range(place, min(place + longest[first], len(tokens))):
            if last > place:
                if tokens[last].after_mark:
                    break
                so_far = f"{so_far} {tokens[last].norm}"
            if so_far in terms:
                yield terms[so_far], last


def _runs(words: list[str], place: int, tokens: tuple[Token, ...]) -> bool:
    """Whether a term with stars stands here."""
    for step, word in enumerate(words):
        at = place + step
        if at >= len(tokens) or (step and tokens[at].after_mark):
            return False
        norm = tokens[at].norm
        if not (norm.startswith(word[:-1]) if word[-1] == "*" else norm == word):
            return False
    return True


def _meant(norm: str, known: Mapping[str, Any]) -> list[str]:
    """The words that a word nobody knows was probably meant to be."""
    if not (_SHORTEST_MISSPELT <= len(norm) <= _LONGEST_WORD and norm.isalpha()):
        return []
    return [meant for meant in sorted(_slips(norm)) if meant in known]


def _slips(norm: str) -> set[str]:
    """The words that one dropped, doubled or swapped letter would turn into this one; the first letter is trusted."""
    dropped = {norm[:n] + norm[n + 1 :] for n in range(1, len(norm))}
    swapped = {norm[:n] + norm[n + 1] + norm[n] + norm[n + 2 :] for n in range(1, len(norm) - 1)}
    missing = {norm[:n] + letter + norm[n:] for n in range(1, len(norm) + 1) for letter in "abcdefghijklmnopqrstuvwxyz"}
    return dropped | swapped | missing


def _matches(sentence: int, hits: Mapping[int, Hits], text: Text, lexicon: Mapping[str, Any]) -> Iterator[Match]:
    here = hits[sentence]
    near = [hits[place] for place in (sentence - 1, sentence, sentence + 1) if place in hits]
    around = {number for each in near for number in each}
    phrases, anchors = lexicon["phrases"], lexicon["anchors"]
    for family in here:
        for gate, crosses, place in anchors[family]:
            there = around if crosses else here
            if gate not in there:
                continue
            target, state, elements, links, excluded = phrases[place]
            if not all(number in there for number in elements):
                continue
            pools = [
                [hit for each in near for hit in each.get(number, ())] if crosses else here[number]
                for number in elements
            ]
            for chosen in _join(pools, links, (), text.tokens):
                if not _excluded(excluded, chosen, hits, text.tokens):
                    yield Match(target, state, chosen)


def _join(
    pools: Sequence[Sequence[Hit]], links: list[str], chosen: tuple[Hit, ...], tokens: tuple[Token, ...]
) -> Iterator[tuple[Hit, ...]]:
    """Every way to pick one hit a slot so that each stands to the one before as its link asks; nearest first."""
    if len(chosen) == len(pools):
        yield chosen
        return
    link = links[len(chosen)]
    for hit in pools[len(chosen)]:
        if not chosen or _linked(chosen, hit, link, tokens):
            found = list(_join(pools, links, (*chosen, hit), tokens))
            if found:
                yield from found[:1] if chosen else found
                if chosen:
                    return


def _linked(chosen: tuple[Hit, ...], hit: Hit, link: str, tokens: tuple[Token, ...]) -> bool:
    before = chosen[-1]
    one, other = tokens[before.last], tokens[hit.first]
    overlap = any(hit.first <= c.last and c.first <= hit.last for c in chosen)
    if overlap:
        return False
    if link == "&&":
        return _between(before, hit) <= (_APART if abs(one.clause - other.clause) <= 1 else _ASIDE)
    if one.sentence != other.sentence:
        return False
    if link == "&":
        return one.clause == other.clause and _between(before, hit) <= FAR
    between = hit.first - before.last - 1
    if link == "..":
        return 0 <= between <= FAR
    return 0 <= between <= NEAR and one.clause == other.clause


def _between(one: Hit, other: Hit) -> int:
    """Words between two hits, whichever comes first."""
    return max(one.first, other.first) - min(one.last, other.last) - 1


def _excluded(
    excluded: Iterable[tuple[int, int]],
    chosen: tuple[Hit, ...],
    hits: Mapping[int, Hits],
    tokens: tuple[Token, ...],
) -> bool:
    """Whether a family that must not be there is: in a clause of the phrase, with a mark also next to it, with two in its
    sentence."""
    if not excluded:
        return False
    clauses = {tokens[hit.first].clause for hit in chosen}
    nearby = clauses | {c + step for c in clauses for step in (-1, 1)}
    within = {tokens[hit.first].sentence for hit in chosen}
    around = {place + step for place in within for step in (-1, 0, 1)}

    def reached(hit: Hit, marks: int) -> bool:
        token = tokens[hit.first]
        reaches = token.clause in (nearby if marks else clauses) or (marks > 1 and token.sentence in within)
        return reaches and not any(c.first <= hit.first and hit.last <= c.last for c in chosen)

    return any(
        reached(hit, marks)
        for marks, family in excluded
        for near in (around if marks else within)
        for hit in hits.get(near, {}).get(family, ())
    )


def _length(match: Match) -> int:
    return sum(hit.last - hit.first + 1 for hit in match.hits)


def _without_duplicates(matches: list[Match]) -> Iterator[Match]:
    seen: set[tuple[str, str, int, int]] = set()
    # of two over the same stretch, the one whose words cover more of it: what it covers is no cue of denial
    for match in sorted(matches, key=lambda m: (m.first, m.last, m.target, m.state, -_length(m))):
        key = (match.target, match.state, match.first, match.last)
        if key not in seen:
            seen.add(key)
            yield match
