"""A story becomes findings, each pointing at the words it came from."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from datetime import date

from lumbago.language.context import Stance, frame, stance
from lumbago.language.match import Hit, Match, Seen, see
from lumbago.language.pages import Part, asker_part
from lumbago.language.tokens import tokenise
from lumbago.model.findings import Finding, Findings, Quote
from lumbago.model.knowledge import FindingSpec, Knowledge
from lumbago.model.levels import Status, When
from lumbago.model.reading import Reading
from lumbago.story.quantities import findings_by_number, measure, number_findings
from lumbago.story.subject import subject_of

PREFIX = "finding:"
# A supposed symptom is no finding ("what if I get numb?"); a supposed habit or cause is a doubtful one ("is it my shoes?").
_SIGNS = frozenset({"red-flag", "radiation"})  # what a physio or a checklist asks about
_SUPPOSED_COUNTS = frozenset({"training", "life", "strength-flexibility", "history"})


def read_story(text: str, knowledge: Knowledge, as_of: date) -> Reading:
    """Read a runner's own words.

    Findings carry exact spans of `text`, a status (present, absent, unsure) and when (now, past, other-person).
    Of a pasted page only the asker's part is read as the story. Nothing here ever clears a danger sign: what is not
    explicitly denied stays unknown.
    """
    part = asker_part(text)
    return read_seen(see(tokenise(part.text), knowledge.lexicon), part, knowledge, as_of)


def read_seen(seen: Seen, part: Part, knowledge: Knowledge, as_of: date) -> Reading:
    """The same for a text whose words were looked up already."""
    subject = subject_of(seen, knowledge)
    around = frame(seen, as_of, about_other=subject is not None)
    read = [
        found
        for match in seen.matches
        if match.target.startswith(PREFIX)
        if not _is_generally_denied(match, seen, knowledge)
        for found in _found(match, stance(match, around), seen, knowledge)
    ]
    read += _denied_topics(seen, knowledge)
    quantities, amounts = measure(seen, subject is not None, around.over_clauses)
    numbers = (*number_findings(amounts, seen, knowledge), *findings_by_number(quantities, knowledge))
    findings = _over_if_gone(Findings(tuple(_one_each([*read, *numbers]))))
    return Reading(
        findings=findings,
        quantities=quantities,
        subject=subject,
        unread=_unread(seen, findings),
        warnings=part.warnings,
        in_scope=_in_scope(findings),
    )


_OF_A_SPELL = ("duration-days", "over-six-weeks", "over-three-months", "pain-now")


def _over_if_gone(findings: Findings) -> Findings:
    """ "It kept me out for two months and is gone now": how long it lasted is no length of a spell that goes on."""
    if findings.status("low-back-pain") is not Status.ABSENT or any(
        findings.is_present(name) for name in ("leg-pain", "leg-numbness-tingling", "buttock-pain", "upper-back-pain")
    ):
        return findings
    return Findings(tuple(f for f in findings if f.id not in _OF_A_SPELL), findings.conflicts)


def _found(match: Match, how: Stance, seen: Seen, knowledge: Knowledge) -> Iterable[Finding]:
    """What one phrase says: usually one finding; two where it is over ("the leg pain is gone": past yes, now no)."""
    spec = knowledge.findings[match.target.removeprefix(PREFIX)]
    status = _status(match.state, how, spec)
    if status is None:
        return
    quotes = (_quote(match, seen, how.denied_from),)
    if how.other_person and not spec.of_relatives:
        yield Finding(spec.id, status, When.OTHER_PERSON, quotes=quotes)
    elif match.state in ("now", "now-absent") or (status is Status.ABSENT and not how.over):
        yield Finding(spec.id, status, When.NOW, quotes=quotes)
    elif status is Status.PRESENT and how.resolved and match.state == "present":
        yield Finding(spec.id, Status.PRESENT, When.PAST, quotes=quotes)
        yield Finding(spec.id, Status.ABSENT, When.NOW, quotes=quotes)
    elif status is Status.ABSENT:
        return  # "had no numbness then" says nothing of now
    elif how.over or match.state == "past":
        yield Finding(spec.id, status, When.PAST, quotes=quotes)
    else:
        yield Finding(spec.id, status, When.NOW, quotes=quotes)


def _status(state: str, how: Stance, spec: FindingSpec) -> Status | None:
    """What a phrase states after its surroundings had their say; None when it states nothing."""
    if state == "topic":
        return None
    if how.asked and state == "present":
        return Status.UNSURE
    if how.supposed:
        return Status.UNSURE if spec.group in _SUPPOSED_COUNTS and state == "present" and not how.denied else None
    if state in ("absent", "now-absent"):
        return None if how.denied else Status.UNSURE if how.doubted else Status.ABSENT
    if state == "unsure":
        return None if how.denied else Status.UNSURE
    if how.doubted:
        return Status.UNSURE
    return Status.ABSENT if how.denied else Status.PRESENT


def _quote(match: Match, seen: Seen, denied_from: int | None = None) -> Quote:
    """The words of a phrase, with the "no" that denies it."""
    return _words(match.first if denied_from is None else min(denied_from, match.first), match.last, seen)


def _words(first: int, last: int, seen: Seen) -> Quote:
    start, end = seen.text.tokens[first].start, seen.text.tokens[last].end
    return Quote(seen.text.raw[start:end], start, end)


def _denied_topics(seen: Seen, knowledge: Knowledge) -> Iterable[Finding]:
    """ "Asked about wee and poo and numb bits and it's a no to all of those": subjects named before a general no."""
    for match in seen.matches:
        name, here = match.target.removeprefix(PREFIX), seen.text.tokens[match.first].sentence
        for hit in (*seen.family_at("cue-deny-all", here), *seen.family_at("cue-deny-all", here + 1)):
            if name in knowledge.findings and _is_meant_by(hit, match, seen, knowledge):
                yield Finding(name, Status.ABSENT, quotes=(_words(hit.first, hit.last, seen), _quote(match, seen)))


def _is_generally_denied(match: Match, seen: Seen, knowledge: Knowledge) -> bool:
    sentence = seen.text.tokens[match.first].sentence
    return match.state == "present" and any(
        _is_meant_by(no, match, seen, knowledge)
        for near in (sentence, sentence + 1)
        for no in seen.family_at("cue-deny-all", near)
    )


def _is_meant_by(no: Hit, match: Match, seen: Seen, knowledge: Knowledge) -> bool:
    """A subject named just before; a sign itself only where the sentence says that it was asked about."""
    tokens = seen.text.tokens
    here = tokens[match.first].sentence
    if not (match.first < no.first and 0 <= tokens[no.first].sentence - here <= 1):
        return False
    spec = knowledge.findings[match.target.removeprefix(PREFIX)]
    asked = match.state == "present" and spec.group in _SIGNS and bool(seen.family_at("cue-asked", here))
    return match.state == "topic" or asked


_STRENGTH = {Status.PRESENT: 2, Status.UNSURE: 1, Status.ABSENT: 0}


def _one_each(read: Iterable[Finding]) -> Iterable[Finding]:
    """One finding per id and when: what was said wins over what was doubted, and that over what was denied."""
    best: dict[tuple[str, When], list[Finding]] = {}
    for found in read:
        best.setdefault((found.id, found.when), []).append(found)
    for several in best.values():
        top = max(_STRENGTH[f.status] for f in several)
        kept = [f for f in several if _STRENGTH[f.status] == top]
        quotes = _plainest(q for f in kept for q in f.quotes)
        first = next((f for f in kept if f.value is not None), kept[0])
        yield Finding(first.id, first.status, first.when, first.value, first.unit, first.onset, first.origin, quotes)


_A_FEW_WORDS = 6
_QUOTES_SHOWN = 3
_UNREAD_SHOWN = 5


def _plainest(quotes: Iterable[Quote]) -> tuple[Quote, ...]:
    """Of quotes that overlap, the one that says most in a few words; else the shortest."""
    kept: list[Quote] = []  # in the order of the story, so that only neighbours can overlap
    for quote in sorted(dict.fromkeys(quotes), key=_plainness):
        at = bisect_left(kept, quote.start, key=lambda q: q.start)
        if not any(quote.start < other.end and other.start < quote.end for other in kept[max(0, at - 1) : at + 1]):
            kept.insert(at, quote)
    return tuple(kept[:_QUOTES_SHOWN])


def _plainness(quote: Quote) -> tuple[bool, int]:
    words = len(quote.text.split())
    return words > _A_FEW_WORDS, -words if words <= _A_FEW_WORDS else words


def _unread(seen: Seen, findings: Findings) -> tuple[Quote, ...]:
    """Words that look like danger but form no finding: they become a question that quotes them."""
    covered = [(q.start, q.end) for f in findings for q in f.quotes]
    said = []
    for sentence in sorted(seen.hits):
        for hit in seen.family_at("danger-anchor", sentence):
            start, end = seen.text.tokens[hit.first].start, seen.text.tokens[hit.last].end
            if not any(a < end and start < b for a, b in covered):
                said.append(Quote(seen.text.raw[start:end], start, end))
                if len(said) == _UNREAD_SHOWN:
                    return tuple(said)
    return tuple(said)


def _in_scope(findings: Findings) -> bool:
    return any(f.when is When.NOW and f.status is not Status.ABSENT for f in findings)
