"""What stands around a phrase: denied, doubted, only supposed, over, or about somebody else.

The cues are word families of the knowledge (words/cue-*.yaml); the way they reach is here.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from lumbago.language.dates import dates_named
from lumbago.language.match import NEAR, Hit, Match, Seen
from lumbago.language.numbers import durations
from lumbago.language.tokens import Token

REACH = 7  # words over which "no" and "not" still deny
_ONE_PERSON = frozenset("he she hes shes him her his hers himself herself".split())
_PLAIN_NO = frozenset("no nope nah nae naw none nil neg negative".split())
_NO_NOUN = frozenset("no zero without nil nae denies denied".split())
_COMPLAINTS = ("present", "now", "unsure")
_CLAUSES_ON = 3  # clauses on that "gone now" may still speak of a complaint
_SENTENCES_ON = 2  # and sentences on that tell when it had gone: "Next morning they were back to normal."
_MAKE_A_LIST = 3  # short questions in one text
_SHORT = 10  # words of a sentence that goes on with the one before: "Gone within the hour."
_AT_AN_AGE = re.compile(r"\b(?:at|aged|when i was) (?P<n>[1-9]\d?)\b(?! ?(?:k|km|mi|%|min|/|:|\.\d|am|pm|o.?clock))")
_YEARS_SINCE = 2  # between an age that is told of and the age now
LONG_AGO_DAYS = 180  # "ago" before this many days speaks of now


@dataclass(frozen=True, slots=True)
class Stance:
    """How the writer stands to one phrase. denied_from: the token at which the denial begins, so that it can be quoted."""

    denied: bool = False
    denied_from: int | None = None
    doubted: bool = False
    supposed: bool = False
    asked: bool = False  # "anyone else get ...?"
    over: bool = False
    dated: bool = False  # on a day long ago: over for what happens on a day, such as a fall
    resolved: bool = False
    passed: bool = False  # told to be gone, a clause later
    listed: bool = False  # a question of a list that the writer goes through ("Numb bits? Not that I know.")
    other_person: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """Every cue of a text by sentence, with who each clause is about and which clauses speak of a time that is over."""

    seen: Seen
    other_from: tuple[tuple[int, bool], ...]  # (token, is somebody else) in order; holds until the next one
    over_clauses: frozenset[int]
    dated_clauses: frozenset[int]
    denied_clauses: frozenset[int]
    supposed_clauses: frozenset[int]
    resolved: Mapping[int, tuple[Hit, ...]]
    complaining: frozenset[int]  # clauses that a phrase stands in
    signs: Container[str]  # targets of phrases that tell a sign of danger
    telling: frozenset[int]  # clauses that such a phrase stands in
    checklist: frozenset[int]  # sentences that are questions of a list


def frame(
    seen: Seen,
    as_of: date,
    about_other: bool = False,
    age: float | None = None,
    signs: Container[str] = frozenset(),
) -> Frame:
    """Work out the cues of a text once.

    about_other: the whole story is told for somebody else, so nobody is "other". age: in years, where it is told. signs: targets
    of phrases that tell a sign of danger.
    """
    people = () if about_other else people_named(seen)
    return Frame(
        seen,
        people,
        frozenset(_over_clauses(seen, as_of, age)),
        frozenset(_dated_long_ago(seen, as_of)),
        frozenset(_carried(seen, "list-negation")),
        frozenset(_carried(seen, "supposed")),
        _resolved_cues(seen),
        _clauses_of(seen, seen.matches),
        signs,
        _clauses_of(seen, (match for match in seen.matches if match.target in signs)),
        _checklist(seen),
    )


def _clauses_of(seen: Seen, matches: Iterable[Match]) -> frozenset[int]:
    complaints = (match for match in matches if match.state in _COMPLAINTS)
    return frozenset(seen.text.tokens[hit.first].clause for match in complaints for hit in match.hits)


def _checklist(seen: Seen) -> frozenset[int]:
    """Short questions that the writer goes through one by one: "Bladder? Fine. Numb bits? No. Weak leg? Ha." """
    words: dict[int, int] = {}
    for token in seen.text.tokens:
        if token.sentence in seen.text.questions:
            words[token.sentence] = words.get(token.sentence, 0) + 1
    short = {
        sentence for sentence, count in words.items() if count <= REACH and not any(_cues(seen, sentence, "writer"))
    }
    yes = {
        sentence
        for sentence in short
        if any(_opens_sentence(cue, seen) for cue in _cues(seen, sentence + 1, "bare-yes"))
    }
    return frozenset(short - yes) if len(short) >= _MAKE_A_LIST else frozenset()


def _opens_sentence(cue: Hit, seen: Seen) -> bool:
    tokens = seen.text.tokens
    return cue.first == 0 or tokens[cue.first - 1].sentence != tokens[cue.first].sentence


def stance(match: Match, around: Frame) -> Stance:
    """How the writer stands to what a phrase says."""
    clause = around.seen.text.tokens[match.first].clause
    denied, denied_from = _denial(match, around)
    return Stance(
        denied=denied,
        denied_from=denied_from,
        doubted=_is_doubted(match, around),
        supposed=_is_supposed(match, around),
        asked=_is_asked(match, around),
        over=clause in around.over_clauses or around.seen.text.tokens[match.last].clause in around.over_clauses,
        dated=clause in around.dated_clauses,
        resolved=_is_resolved(match, around),
        passed=_has_passed(match, around),
        listed=around.seen.text.tokens[match.first].sentence in around.checklist,
        other_person=is_somebody_else(match, around.other_from, around.seen),
    )


def _cues(seen: Seen, sentence: int, *families: str) -> Iterator[Hit]:
    for family in families:
        yield from seen.family_at(f"cue-{family}", sentence)


def _negations(match: Match, seen: Seen, sentence: int) -> Iterator[Hit]:
    """Negations outside the phrase that deny something: not those inside "not only", "no idea", "why not".

    "Doesn't help" denies only a phrase that speaks of helping, not the pain it was tried for.
    """
    idle = list(_cues(seen, sentence, "idle-negation"))
    for hit in _cues(seen, sentence, "negation"):
        if any(match.covers(n) for n in range(hit.first, hit.last + 1)):
            continue
        around = [i for i in idle if i.first <= hit.first <= i.last]
        if _is_an_answer(hit, seen):
            continue
        if all(match.covers(i.last) for i in around):
            yield hit


def _is_an_answer(no: Hit, seen: Seen) -> bool:
    """The "no" of "no I don't have chest pain": it opens the clause and answers; the rest says for itself what is denied."""
    tokens = seen.text.tokens
    if no.first != no.last or tokens[no.first].norm not in ("no", "nope", "nah", "naw") or no.last + 1 >= len(tokens):
        return False
    opens = no.first == 0 or tokens[no.first - 1].clause != tokens[no.first].clause
    after = tokens[no.last + 1]
    return opens and after.clause == tokens[no.first].clause and after.norm in ("i", "im", "ive", "it", "its", "there")


def _denial(match: Match, around: Frame) -> tuple[bool, int | None]:
    """Whether a phrase is denied, and the token of the "no" before it; two in one clause cancel out.

    Each clause of a phrase stands for itself: "both hamstrings, not past the knee, no tingling" tells of no tingling.
    """
    tokens = around.seen.text.tokens
    clause = tokens[match.first].clause
    denying = [
        (tokens[no.first].clause, no.first)
        for near in {tokens[hit.first].sentence for hit in match.hits}
        for no in _negations(match, around.seen, near)
        if _reaches(no, match, tokens)
    ]
    odd = [place for of, place in denying if sum(other == of for other, _ in denying) % 2]
    if odd:
        return True, min((place for place in odd if place < match.first), default=match.first)
    in_list = clause in around.denied_clauses and match.state not in ("absent", "now-absent")  # "no pain, bladder fine"
    listed = not denying and (in_list or _is_answered_no(match, around))
    return listed, None


def _reaches(no: Hit, match: Match, tokens: tuple[Token, ...]) -> bool:
    """Whether a "no" stands before a part of the phrase in the clause of that part, near enough to deny it."""
    return any(
        tokens[hit.first].clause == tokens[no.first].clause and 0 < hit.first - no.last <= REACH for hit in match.hits
    )


def _is_answered_no(match: Match, around: Frame) -> bool:
    """ "Numbness: none." "Any fever? No." "fever no, cant wee no" "Fever, cancer, a fall: no to the lot." """
    seen = around.seen
    tokens = seen.text.tokens
    here = tokens[match.last].sentence
    for hit in (no for near in (here, here + 1) for no in _cues(seen, near, "bare-no", "deny-all")):
        if hit.first <= match.last or not _ends_its_clause(hit, tokens):
            continue
        same_clause = tokens[hit.first].clause == tokens[match.last].clause and tokens[hit.first].norm in _PLAIN_NO
        if hit.first == match.last + 1 or (same_clause and hit.first - match.last <= NEAR):
            return True
        if _answers(hit, here, seen):
            return True
    return any(_answers_a_word(no, match, seen) for no in _cues(seen, here, "bare-no"))


def _answers_a_word(no: Hit, match: Match, seen: Seen) -> bool:
    """ "Numb between the legs: no, checked": the "no" after a colon answers the word before, though the phrase goes on."""
    beside = any(hit.last + 1 == no.first for hit in match.hits)
    return beside and _is_after_a_mark(no, seen) and _ends_its_clause(no, seen.text.tokens)


def is_answered(match: Match, around: Frame) -> bool:
    """Whether a subject that is named is answered at once: "Wee: normal.", "Steroids? Never." """
    seen = around.seen
    here = seen.text.tokens[match.last].sentence
    return _is_answered_no(match, around) or any(
        fine.first == match.last + 1 and _ends_its_clause(fine, seen.text.tokens) and _is_after_a_mark(fine, seen)
        for near in (here, here + 1)
        for fine in _cues(seen, near, "bare-fine")
    )


def has_no_before(match: Match, around: Frame) -> bool:
    """ "No numbness in that area": "no" stands straight before; a "not" may belong to a sign ("not possible to step on it")."""
    tokens = around.seen.text.tokens
    no = match.first - 1
    return no >= 0 and tokens[no].norm in _NO_NOUN and tokens[no].clause == tokens[match.first].clause


def _is_after_a_mark(cue: Hit, seen: Seen) -> bool:
    tokens = seen.text.tokens
    return any(
        mark in seen.text.raw[tokens[cue.first - 1].end : tokens[cue.first].start] for mark in ":?=-\u2013\u2014"
    )


def _ends_its_clause(cue: Hit, tokens: tuple[Token, ...]) -> bool:
    return cue.last + 1 == len(tokens) or tokens[cue.last + 1].clause != tokens[cue.first].clause


def _answers(no: Hit, asked: int, seen: Seen) -> bool:
    """Whether a "no" answers all of a sentence: "cancer: no", "cancer? I wish, no.", "cancer - no" where nothing follows."""
    tokens = seen.text.tokens
    sentence = tokens[no.first].sentence
    rest = [token.norm for token in tokens[no.last + 1 : no.last + 1 + NEAR] if token.sentence == sentence]
    before = no.first
    while not rest and before > max(0, no.first - NEAR) and tokens[before - 1].sentence == sentence != asked:
        before -= 1
    if before == 0 or tokens[before - 1].sentence != asked:
        return False
    gap = seen.text.raw[tokens[before - 1].end : tokens[before].start]
    dashed = any(mark in gap for mark in "-\u2013\u2014") and all(norm in _PLAIN_NO for norm in rest)
    return dashed or any(mark in gap for mark in ":?")


def _carried(seen: Seen, family: str) -> Iterator[int]:
    """Clauses of a list under one cue: the clause before had it, and this one has no verb or subject of its own."""
    tokens = seen.text.tokens
    last: tuple[int, int] | None = None  # (clause, sentence)
    places: dict[int, list[int]] = {}
    for place, token in enumerate(tokens):
        places.setdefault(token.clause, []).append(place)
    for clause, inside in places.items():
        sentence = tokens[inside[0]].sentence
        idle = list(_cues(seen, sentence, "idle-negation"))
        if any(
            tokens[hit.first].clause == clause and not any(i.first <= hit.first <= i.last for i in idle)
            for hit in _cues(seen, sentence, family)
        ):
            last = (clause, sentence)
            continue
        own = (*_cues(seen, sentence, "verb", "contrast"), *seen.family_at("score", sentence))
        has_verb = any(tokens[hit.first].clause == clause for hit in own)
        if last == (clause - 1, sentence) and not has_verb and len(inside) <= REACH:
            last = (clause, sentence)
            yield clause
        elif last and last[0] < clause - 1:
            last = None


def _is_doubted(match: Match, around: Frame) -> bool:
    tokens = around.seen.text.tokens
    clause, sentence = tokens[match.first].clause, tokens[match.first].sentence
    for hit in _cues(around.seen, sentence, "hedge"):
        if any(match.covers(n) for n in range(hit.first, hit.last + 1)):
            continue
        at = tokens[hit.first].clause
        if at == clause and (hit.last < match.first or hit.first - match.last <= 3):
            return True
    return any(
        tokens[hit.first].clause == tokens[match.last].clause + 1
        and hit.first - match.last <= NEAR
        and (hit.last + 1 == len(tokens) or tokens[hit.last + 1].clause != tokens[hit.last].clause)
        for hit in _cues(around.seen, sentence, "afterthought")
    )


def _is_supposed(match: Match, around: Frame) -> bool:
    tokens = around.seen.text.tokens
    clause, sentence = tokens[match.first].clause, tokens[match.first].sentence
    for hit in _cues(around.seen, sentence, "supposed"):
        if any(match.covers(n) for n in range(hit.first, hit.last + 1)):
            continue
        if tokens[hit.first].clause == clause and hit.last < match.first:
            return True
    return clause in around.supposed_clauses


def _is_asked(match: Match, around: Frame) -> bool:
    tokens = around.seen.text.tokens
    return any(
        tokens[hit.first].clause == tokens[match.first].clause and hit.last < match.first
        for hit in _cues(around.seen, tokens[match.first].sentence, "asking")
    )


def _is_resolved(match: Match, around: Frame) -> bool:
    """ "The leg pain is gone": over, and denied for now. "Has gone numb", "the feeling has gone": not over but lost."""
    tokens = around.seen.text.tokens
    clauses = (tokens[match.first].clause, tokens[match.last].clause)
    cues = around.resolved.get(tokens[match.first].sentence, ())
    return any(tokens[cue.first].clause in clauses and not match.covers(cue.first) for cue in cues)


def _has_passed(match: Match, around: Frame) -> bool:
    """A clause after it, or a short sentence, that has no complaint of its own: "a numb foot, gone in a minute"."""
    tokens = around.seen.text.tokens
    clause, sentence = tokens[match.last].clause, tokens[match.last].sentence
    if _has_passed_later(match, around):
        return True
    return any(
        clause < tokens[cue.first].clause <= clause + _CLAUSES_ON
        and tokens[cue.first].clause not in around.complaining
        and not match.covers(cue.first)
        for cue in around.resolved.get(sentence, ())
    )


def _has_passed_later(match: Match, around: Frame) -> bool:
    """ "Legs like jelly at the finish. They had to steer me. Next morning back to normal": told of one day, over by the next."""
    seen = around.seen
    tokens = seen.text.tokens
    clause, sentence = tokens[match.last].clause, tokens[match.last].sentence
    if match.target not in around.signs:
        return False
    if any(tokens[still.first].clause <= clause for still in _cues(seen, sentence, "still")):
        return False
    for cue in (cue for on in range(_SENTENCES_ON + 1) for cue in _cues(seen, sentence + on, "passed")):
        told = set(range(tokens[cue.first].clause, tokens[cue.last].clause + 1)) - {clause}
        if match.last < cue.first and not _denied_cue(cue, seen) and not around.telling & told:
            return True
    return False


def _resolved_cues(seen: Seen) -> Mapping[int, tuple[Hit, ...]]:
    """By sentence the words for "it has gone" that may speak of it; a short sentence without complaint speaks of the one before."""
    tokens = seen.text.tokens
    found: dict[int, tuple[Hit, ...]] = {}
    for sentence in seen.hits:
        lost = list(_cues(seen, sentence, "lost"))
        cues = tuple(
            cue
            for cue in _cues(seen, sentence, "resolved")
            if not _denied_cue(cue, seen)
            and not any(each.first <= cue.last and cue.first <= each.last for each in lost)
        )
        if cues:
            found[sentence] = (*found.get(sentence, ()), *cues)
            around = tokens[max(0, cues[0].first - _SHORT) : cues[0].first + _SHORT]
            short = sum(token.sentence == sentence for token in around) <= _SHORT
            if short and not any(_cues(seen, sentence, "still")):
                found[sentence - 1] = (*found.get(sentence - 1, ()), *cues)
    return found


def _denied_cue(cue: Hit, seen: Seen) -> bool:
    """ "It hasn't cleared up", "not gone"."""
    tokens = seen.text.tokens
    return any(
        tokens[hit.first].clause == tokens[cue.first].clause and 0 < cue.first - hit.last <= NEAR
        for hit in _cues(seen, tokens[cue.first].sentence, "negation")
    )


def people_named(seen: Seen) -> tuple[tuple[int, bool], ...]:
    """(token, is somebody else) wherever the person spoken of changes. A relative who says or advises something is no change."""
    return tuple(_people(seen))


def _people(seen: Seen) -> Iterator[tuple[int, bool]]:
    somebody = named = False
    for sentence in sorted(seen.hits):
        relations = _outermost(_cues(seen, sentence, "relation"))
        said = [hit.first for hit in _cues(seen, sentence, "said")]
        events = [(place, "relation") for place in relations]
        for kind in ("third-person", "first-person"):
            events += [(hit.first, kind) for hit in _cues(seen, sentence, kind)]
        for place, kind in sorted(set(events)):
            if kind == "relation":
                advising = any(relations[place] < s <= relations[place] + NEAR for s in said)
                last = relations[place]
                thing = _is_a_thing_of(last, seen)
                touching = any(last < hit.first <= last + NEAR for hit in _cues(seen, sentence, "examines"))
                somebody = (
                    not advising
                    and not touching
                    and not thing
                    and not _is_object(place, seen)
                    and not _acts_on_the_writer(last, seen)
                )
                named = named or not (touching or thing or _is_object(place, seen))
            elif kind == "third-person":
                # "she" is whoever was named, however long ago; "they" may be anybody
                somebody = named if seen.text.tokens[place].norm in _ONE_PERSON else somebody
            else:
                if any(first <= place <= last for first, last in relations.items()):
                    continue
                somebody = False
            yield place, somebody


def _outermost(relations: Iterable[Hit]) -> dict[int, int]:
    """First and last token of each person named; in "lifted my eldest" the "eldest" is no second one."""
    hits = sorted(relations, key=lambda hit: (hit.first, -hit.last))
    return {
        hit.first: max(other.last for other in hits if other.first == hit.first)
        for hit in hits
        if not any(other.first < hit.first and hit.last <= other.last for other in hits)
    }


def _is_object(place: int, seen: Seen) -> bool:
    """ "Lifted my eldest", "at my mum's": somebody something is done to or with."""
    tokens = seen.text.tokens
    return any(
        hit.last == place - 1 and tokens[hit.first].clause == tokens[place].clause
        for hit in _cues(seen, tokens[place].sentence, "before-object")
    )


def _is_a_thing_of(last: int, seen: Seen) -> bool:
    """ "Got on my mum's scales", "my brother's van": a thing of somebody, and nothing that is told about them."""
    token = seen.text.tokens[last]
    return any(hit.first == last + 1 for hit in _cues(seen, token.sentence, "belongings"))


def _acts_on_the_writer(place: int, seen: Seen) -> bool:
    """ "Someone rear-ended me", "my wife felt my head": the writer is in the rest of the clause."""
    tokens = seen.text.tokens
    sentence = tokens[place].sentence
    relatives = [n for hit in _cues(seen, sentence, "relation") for n in range(hit.first, hit.last + 1)]
    return any(
        tokens[hit.first].clause == tokens[place].clause
        and 0 < hit.first - place <= REACH
        and tokens[hit.first].norm in ("me", "my")
        and hit.first not in relatives
        for hit in _cues(seen, sentence, "writer")
    )


def is_somebody_else(match: Match, people: tuple[tuple[int, bool], ...], seen: Seen) -> bool:
    """The last person named before the phrase in its sentence; a sentence that names nobody is the writer's own.

    A person inside the phrase is what it is about ("my dad has ankylosing spondylitis"): then it is the writer's own. "Both
    her legs" are hers.
    """
    tokens = seen.text.tokens
    sentence = tokens[match.first].sentence
    at = bisect_right(people, match.first, key=lambda named: named[0])
    begins = bisect_left(people, match.first, key=lambda named: named[0])
    inside = people[begins : bisect_right(people, match.last, key=lambda named: named[0])]
    if any(somebody and tokens[place].norm in _ONE_PERSON for place, somebody in inside):
        return True
    while at and tokens[people[at - 1][0]].sentence == sentence:
        at -= 1
        place, somebody = people[at]
        if not match.first <= place <= match.last:
            return somebody
    return False


def _over_clauses(seen: Seen, as_of: date, age: float | None) -> Iterator[int]:
    """Clauses that tell of a time that is over, and those after them that have no present of their own."""
    tokens = seen.text.tokens
    marked = set(_past_marks(seen, as_of, age))
    present = {tokens[hit.first].clause for sentence in seen.hits for hit in _cues(seen, sentence, "still")}
    told_before = _before_the_turn(seen, {token.sentence for token in tokens if token.clause in marked})
    running = False
    last_sentence = -1
    for clause, sentence in dict.fromkeys((t.clause, t.sentence) for t in tokens):
        if sentence != last_sentence:
            running = sentence in told_before or (running and _is_fragment(seen, sentence))
        last_sentence = sentence
        if clause in present:
            running = False
            continue
        if clause in marked:
            running = True
        elif running and _has_present(seen, clause, sentence) and sentence not in told_before:
            running = False
        if running:
            yield clause


def _is_fragment(seen: Seen, sentence: int) -> bool:
    """A sentence without subject, verb or time of its own goes on with the one before ("In 2014 ... . Numb saddle.")."""
    own = any(_cues(seen, sentence, "verb", "present-verb", "writer", "third-person", "still", "began"))
    return not own and not seen.family_at("duration", sentence)


def _has_present(seen: Seen, clause: int, sentence: int) -> bool:
    tokens = seen.text.tokens
    return any(tokens[hit.first].clause == clause for hit in _cues(seen, sentence, "present-verb", "contrast"))


def _before_the_turn(seen: Seen, past: set[int]) -> frozenset[int]:
    """Sentences from the first that speaks of the past up to the one that turns to now ("What I've got now is different")."""
    first = min(past, default=len(seen.text.tokens))
    turn = next((s for s in sorted(seen.hits) if s > first and seen.family_at("cue-pivot", s)), first)
    return frozenset(range(first, turn))


def _past_marks(seen: Seen, as_of: date, age: float | None) -> Iterator[int]:
    tokens = seen.text.tokens
    dated: dict[int, list[float]] = {}
    for _, amount in dates_named(seen.text, as_of):
        place = bisect_left(tokens, amount.start, key=lambda token: token.start)
        dated.setdefault(tokens[min(place, len(tokens) - 1)].sentence, []).append(amount.value)
    for sentence in seen.hits:
        idle = list(_cues(seen, sentence, "idle-past"))
        for hit in _cues(seen, sentence, "past"):
            since = tokens[hit.last].norm == "ago" and _says_since(seen, hit.first)
            if not since and not any(i.first <= hit.first <= i.last for i in idle):
                yield tokens[hit.first].clause
        if any(gone_by >= LONG_AGO_DAYS for gone_by in dated.get(sentence, ())):
            yield from (tokens[hit.first].clause for hit in _cues(seen, sentence, "background"))
        for hit in seen.family_at("date", sentence):
            began = any(0 < hit.first - b.last <= 2 for b in _cues(seen, sentence, "began"))
            if not began and int(tokens[hit.first].norm) < as_of.year:
                yield tokens[hit.first].clause
    yield from _at_an_age(seen, age or 0)
    for amount in durations(seen.text):
        after = seen.text.lower[amount.end : amount.end + 12]
        if amount.value >= LONG_AGO_DAYS and re.match(r"\s+(?:ago|back|before)\b", after):
            place = bisect_left(tokens, amount.start, key=lambda token: token.start)
            if place < len(tokens) and not _began_near(seen, place):
                yield tokens[place].clause


def _at_an_age(seen: Seen, age: float) -> Iterator[int]:
    """ "Came off a roof at 19", told at 41."""
    tokens = seen.text.tokens
    for found in _AT_AN_AGE.finditer(seen.text.lower):
        if int(found["n"]) <= age - _YEARS_SINCE:
            yield tokens[min(bisect_left(tokens, found.start(), key=lambda token: token.start), len(tokens) - 1)].clause


def _dated_long_ago(seen: Seen, as_of: date) -> Iterator[int]:
    """ "In March I tripped", told in November; what is there since March goes on."""
    tokens = seen.text.tokens
    for lead, gone_by in dates_named(seen.text, as_of):
        if lead in ("since", "from", "until", "till") or gone_by.value < LONG_AGO_DAYS:
            continue
        place = bisect_left(tokens, gone_by.start, key=lambda token: token.start)
        if place < len(tokens) and not _began_near(seen, place):
            yield tokens[place].clause


def _says_since(seen: Seen, place: int) -> bool:
    """ "Since my son 2 years ago", "started years ago": the time is long past, what began then is not."""
    tokens = seen.text.tokens
    return any(
        tokens[n].norm in ("since", "started", "began") and tokens[n].clause == tokens[place].clause
        for n in range(max(0, place - REACH), place)
    )


def _began_near(seen: Seen, place: int) -> bool:
    token = seen.text.tokens[place]
    return any(seen.text.tokens[hit.first].clause == token.clause for hit in _cues(seen, token.sentence, "began"))
