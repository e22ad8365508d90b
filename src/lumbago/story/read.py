"""A story becomes findings, each pointing at the words it came from."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from datetime import date

from lumbago.language.context import Frame, Stance, frame, has_no_before, is_answered, stance
from lumbago.language.match import Hit, Match, Seen, see
from lumbago.language.numbers import Amount, tokens_of
from lumbago.language.pages import Page, read_page
from lumbago.language.tokens import tokenise
from lumbago.model.findings import Finding, Findings, Quote
from lumbago.model.knowledge import FindingSpec, Knowledge
from lumbago.model.levels import Status, When
from lumbago.model.reading import Ask, Reading
from lumbago.story.profile import ages
from lumbago.story.quantities import findings_by_number, measure, number_findings
from lumbago.story.second_opinion import Likely, doubted, further_asks, hunches_about, stands
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
    page = read_page(text)
    return read_seen(see(tokenise(page.story), knowledge.lexicon), page, knowledge, as_of)


def read_seen(seen: Seen, page: Page, knowledge: Knowledge, as_of: date) -> Reading:
    """The same for a text whose words were looked up already."""
    subject = subject_of(seen, knowledge)
    age = next((told.value for told in ages(seen.text, subject is not None)), None)
    around = frame(seen, as_of, about_other=subject is not None, age=age, signs=_signs_of_danger(knowledge))
    read = [
        found
        for match in seen.matches
        if match.target.startswith(PREFIX)
        if not _is_generally_denied(match, seen, knowledge)
        for found in _found(match, stance(match, around), seen, knowledge)
    ]
    read += _denied_topics(seen, around, knowledge)
    quantities, amounts = measure(seen, as_of, subject is not None, around.over_clauses)
    told = {name: amount for name, amount in amounts.items() if name != "temperature" or _is_of_now(amount, around)}
    by_number = findings_by_number(seen.text, around.over_clauses, knowledge)
    numbers = (*number_findings(told, seen, knowledge), *by_number)
    likely = hunches_about(seen.text, knowledge)
    measured = [quote for found in numbers for quote in found.quotes]
    words = (found for found in read if not any(_overlap(q, other) for q in found.quotes for other in measured))
    weak = dict(doubted(words, likely, knowledge))
    read = [found for found in read if found not in weak]
    findings = _over_if_gone(Findings(tuple(_without_yielding(_one_each([*read, *numbers]), knowledge))))
    return Reading(
        findings=findings,
        quantities=quantities,
        subject=subject,
        asks=tuple(_questions(seen, around, findings, weak, likely, knowledge)),
        warnings=page.warnings,
        in_scope=_in_scope(findings),
    )


def _overlap(one: Quote, other: Quote) -> bool:
    return one.start < other.end and other.start < one.end


def _signs_of_danger(knowledge: Knowledge) -> frozenset[str]:
    """Targets of phrases about the critical findings and their parts, and about what goes down a leg."""
    critical = {spec.id for spec in knowledge.findings.values() if spec.critical}
    return frozenset(
        PREFIX + spec.id
        for spec in knowledge.findings.values()
        if spec.critical or spec.group == "radiation" or critical.intersection((*spec.part_of, *spec.implies))
    )


def _is_of_now(amount: Amount, around: Frame) -> bool:
    """Whether a number is the runner's and of now: "39.1 for three days, fully resolved" is not."""
    first, last = tokens_of(around.seen.text, amount.start, amount.end)
    how = stance(Match("", "present", (Hit(first, last),)), around)
    return not (how.over or how.resolved or how.passed or how.other_person or how.supposed)


def _without_yielding(read: Iterable[Finding], knowledge: Knowledge) -> Iterable[Finding]:
    found = tuple(read)
    present = {(f.id, f.when) for f in found if f.status is Status.PRESENT}
    return (f for f in found if not any((other, f.when) in present for other in knowledge.findings[f.id].yields_to))


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
    over = how.over or (how.dated and spec.event)
    resolved = how.resolved or (how.passed and not spec.once_counts)
    quotes = (_quote(match, seen, how.denied_from),)
    if how.other_person and not spec.of_relatives:
        yield Finding(spec.id, status, When.OTHER_PERSON, quotes=quotes)
    elif match.state in ("now", "now-absent") or (status is Status.ABSENT and not over):
        yield Finding(spec.id, status, When.NOW, quotes=quotes)
    elif status is not Status.ABSENT and spec.history and match.state == "present":
        yield Finding(spec.id, status, When.PAST, quotes=quotes)
    elif status is Status.PRESENT and resolved and not over and match.state == "present":
        yield Finding(spec.id, Status.PRESENT, When.PAST, quotes=quotes)
        yield Finding(spec.id, Status.ABSENT, When.NOW, quotes=quotes)
    elif status is Status.ABSENT:
        return  # "had no numbness then" says nothing of now
    elif over or match.state == "past":
        yield Finding(spec.id, status, When.PAST, quotes=quotes)
    else:
        yield Finding(spec.id, status, When.NOW, quotes=quotes)


def _status(state: str, how: Stance, spec: FindingSpec) -> Status | None:
    """What a phrase states after its surroundings had their say; None when it states nothing."""
    if state in ("topic", "ask"):
        return None
    if how.listed and state in ("present", "unsure") and not how.denied:
        return None  # and `_asks` asks about it
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


def _denied_topics(seen: Seen, around: Frame, knowledge: Knowledge) -> Iterable[Finding]:
    """ "Asked about wee and poo and numb bits and it's a no to all of those", "Wee: normal": subjects named before a no."""
    for match in seen.matches:
        name, here = match.target.removeprefix(PREFIX), seen.text.tokens[match.first].sentence
        if name in knowledge.findings and match.state == "topic" and is_answered(match, around):
            yield Finding(name, Status.ABSENT, quotes=(_quote(match, seen),))
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


def _plainest(quotes: Iterable[Quote]) -> tuple[Quote, ...]:
    """Of quotes that overlap, the one that says most in a few words; else the shortest."""
    kept: list[Quote] = []  # in the order of the story, so that only neighbours can overlap
    for quote in sorted(dict.fromkeys(quotes), key=_plainness):
        at = bisect_left(kept, quote.start, key=lambda q: q.start)
        if not any(_overlap(quote, other) for other in kept[max(0, at - 1) : at + 1]):
            kept.insert(at, quote)
    return tuple(kept[:_QUOTES_SHOWN])


def _plainness(quote: Quote) -> tuple[bool, int]:
    words = len(quote.text.split())
    return words > _A_FEW_WORDS, -words if words <= _A_FEW_WORDS else words


def _questions(
    seen: Seen, around: Frame, findings: Findings, weak: Mapping[Finding, str], likely: Likely, knowledge: Knowledge
) -> Iterable[Ask]:
    """What the words leave open, each finding once: signs that the second reader doubts, broad words, and what it suspects."""
    told = {found.id for found in findings if found.when is When.NOW}
    asked: set[str] = set()
    doubts = (Ask(about, found.quotes[0]) for found, about in weak.items())
    broad = (ask for ask in _asks(seen, around, findings, knowledge) if stands(ask.finding, likely, knowledge))
    for ask in (*doubts, *broad):
        if ask.finding not in told | asked:
            asked.add(ask.finding)
            yield ask
    yield from further_asks(findings, asked, likely, seen.text, knowledge)


def _asks(seen: Seen, around: Frame, findings: Findings, knowledge: Knowledge) -> Iterable[Ask]:
    """Words that look like danger but form no finding: one question a finding, quoting the first such words.

    Words within a danger sign that was read are understood already; those that are supposed, over, or about somebody else
    are not asked about, nor those with "no" straight before or as an answer. A "not" near them is no reason to be silent:
    "it's not possible to step on that leg".
    """
    read = [range(q.start, q.end) for f in findings if knowledge.findings[f.id].critical for q in f.quotes]
    told = {f.id for f in findings if f.when is When.NOW}
    for match in seen.matches:
        name = match.target.removeprefix(PREFIX)
        if match.state not in ("ask", "present") or name in told or not match.target.startswith(PREFIX):
            continue
        how = stance(match, around)
        if match.state == "present" and not (how.listed and knowledge.findings[name].critical):
            continue
        spec = knowledge.findings[name]
        over = (how.over and not spec.past_counts) or ((how.resolved or how.passed) and not spec.once_counts)
        if how.supposed or over or how.other_person or _is_within(match, read, seen):
            continue
        if is_answered(match, around) or has_no_before(match, around):
            continue
        told.add(name)
        yield Ask(name, _quote(match, seen))


def _is_within(match: Match, read: list[range], seen: Seen) -> bool:
    tokens = seen.text.tokens
    return all(any(tokens[hit.first].start in r and tokens[hit.last].end - 1 in r for r in read) for hit in match.hits)


def _in_scope(findings: Findings) -> bool:
    return any(f.when is When.NOW and f.status is not Status.ABSENT for f in findings)
