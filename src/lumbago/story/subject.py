"""Who a story is about: the writer, or somebody they post for."""

from __future__ import annotations

from lumbago.language.context import REACH, is_somebody_else, people_named
from lumbago.language.match import Hit, Match, Seen
from lumbago.model.knowledge import Knowledge

# Groups of findings that only the person with the pain has.
_BODILY = frozenset(
    {"location", "radiation", "onset", "course", "timing", "severity", "aggravating", "easing", "red-flag"}
)
_PARENTS = frozenset("mum mom mam mother dad father".split())
_OWN_WEIGHS = 3  # clauses about somebody else that outweigh one that seems to be about the writer
_PREFIX = "finding:"


def subject_of(seen: Seen, knowledge: Knowledge) -> str | None:
    """The words for the person ("My daughter"), or None when the writer tells of themselves.

    Somebody else it is when the writer says so ("posting for a mate"), or when symptoms are told of a relative and none of
    the writer's own.
    """
    for sentence in sorted(seen.hits):
        for child in seen.family_at("cue-parent-of", sentence):
            return _raw(child, seen)
    relation = _first_relation(seen)
    if relation is None:
        return None
    if any(seen.family_at("cue-proxy", sentence) for sentence in seen.hits):
        return relation
    people = people_named(seen)
    bodily = [match for match in seen.matches if _is_bodily(match, knowledge)]
    others = {match for match in bodily if is_somebody_else(match, people, seen)}
    own = {match for match in bodily if match not in others and _says_i(match, seen)}
    theirs, mine = (len({seen.text.tokens[match.first].clause for match in each}) for each in (others, own))
    told_of = theirs > 1 or (theirs and _has_an_age(seen))
    return relation if told_of and mine * _OWN_WEIGHS <= theirs else None


def _first_relation(seen: Seen) -> str | None:
    for sentence in sorted(seen.hits):
        crowd = {hit.first for hit in seen.family_at("cue-crowd", sentence)}
        for hit in seen.family_at("cue-relation", sentence):
            if hit.first in crowd or _is_a_parent_of(hit, seen):
                continue
            return _raw(hit, seen)
    return None


def _raw(hit: Hit, seen: Seen) -> str:
    return seen.text.raw[seen.text.tokens[hit.first].start : seen.text.tokens[hit.last].end]


def _is_a_parent_of(hit: Hit, seen: Seen) -> bool:
    """ "Mum of 3": the writer."""
    tokens = seen.text.tokens
    return (
        tokens[hit.last].norm in _PARENTS and hit.last + 1 < len(tokens) and tokens[hit.last + 1].norm in ("of", "to")
    )


def _has_an_age(seen: Seen) -> bool:
    """ "My daughter, 13, has ...", "my 13 year old son": people who are introduced by their age are who the post is about."""
    tokens = seen.text.tokens
    for hit in (hit for sentence in seen.hits for hit in seen.family_at("cue-relation", sentence)):
        before = [token.norm for token in tokens[max(0, hit.first - REACH) : hit.last + 1]]
        if "old" in before and any(norm.isdigit() for norm in before[: before.index("old")]):
            return True
    return any(
        0 < number.first - hit.last <= 2
        for sentence in seen.hits
        for hit in seen.family_at("cue-relation", sentence)
        if not _is_a_parent_of(hit, seen)
        for number in seen.family_at("number", sentence)
        if seen.text.tokens[number.first].norm.isdigit() and not _is_measured(number, sentence, seen)
    )


def _is_measured(number: Hit, sentence: int, seen: Seen) -> bool:
    """ "30 weeks", "5 km", "3/10": a number of something."""
    measures = (hit for shape in ("duration", "distance", "score") for hit in seen.family_at(shape, sentence))
    return any(hit.first <= number.first <= hit.last for hit in measures)


def _is_bodily(match: Match, knowledge: Knowledge) -> bool:
    spec = knowledge.findings.get(match.target.removeprefix(_PREFIX))
    return spec is not None and spec.group in _BODILY and match.state not in ("topic", "ask")


def _says_i(match: Match, seen: Seen) -> bool:
    """Whether the sentence of a phrase has the writer in it ("my back", "I can't"), and the phrase is not about "my daughter"."""
    sentence = seen.text.tokens[match.first].sentence
    relations = seen.family_at("cue-relation", sentence)
    if any(r.first <= match.last and match.first <= r.last for r in relations):
        return False
    return any(
        not any(r.first <= hit.first <= r.last for r in relations) for hit in seen.family_at("cue-writer", sentence)
    )
