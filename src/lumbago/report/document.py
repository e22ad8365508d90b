"""A whole answer in words: danger first, then questions, what was understood, what fits, what to do, and where it comes from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lumbago.model.answer import Answer
from lumbago.model.document import Block, BlockKind, Document, Line, Section, Trace, TraceKind
from lumbago.model.explanation import Advice, Contributor, PatternFit
from lumbago.model.findings import Conflict, Finding
from lumbago.model.knowledge import Knowledge, Rule
from lumbago.model.levels import Level, Origin, Status, Verdict, When
from lumbago.model.triage import Fired
from lumbago.report.view import (
    Shelf,
    View,
    fill,
    finding_line,
    heard,
    heard_all,
    label_of,
    say,
    say_each,
    sources_note,
    trace,
)
from lumbago.report.week import week_section
from lumbago.report.words import (
    BASIS_WORDS,
    EVIDENCE_WORDS,
    FIT_WORDS,
    LEVEL_WORDS,
    PATTERN_GRADE_WORDS,
    SOURCE_KIND_WORDS,
    STRENGTH_WORDS,
    VERDICT_WORDS,
    capital,
    count_words,
    day_words,
    distance_words,
    grade_words,
    long_day_words,
    number_words,
    quoted,
    sentence,
    uncapital,
)

_QUESTIONS_SHOWN = 12
_TELLING_SHOWN = 4
_NOTHING = "none-stated"
_NO_PAIN = "out-of-scope-no-pain"
_TEXT_OF_RULE = {
    "suicidal-plan": "crisis-line",
    "suicidal-thoughts": "crisis-line",
    "no-adult-plan-under-16": "under-16",
    "young-child": "under-16",
    "danger-unsure-plain": "report-unsure",
}
_TEXT_OF_PATTERN = {"none": _NO_PAIN, "thoracic": "out-of-scope-upper-back"}


def compose(answer: Answer, knowledge: Knowledge) -> Document:
    """The report of an answer. Sources are numbered in the order in which the report first rests on them."""
    numbers = _numbered(_sections(View(knowledge, {}, answer)))
    view = View(knowledge, numbers, answer)
    title = f"Your back and your running: answer of {long_day_words(answer.request.as_of)}"
    return Document(title, answer.triage.level.value, _sections(view), _footer(view))


def compose_claims(advice: tuple[Advice, ...], knowledge: Knowledge) -> Document:
    """What is known of the claims met in any text."""
    if not advice:
        nothing = tuple(Line(words, (_text("report-no-claims"),)) for words in fill(knowledge, "report-no-claims"))
        section = Section("advice", "Nothing we know", (Block("no-claims", BlockKind.PARAGRAPH, nothing),))
        return Document("Advice, checked", "", (section,))
    numbers = _numbered((_advice_section(Shelf(knowledge, {}), advice),))
    shelf = Shelf(knowledge, numbers)
    sections = (_advice_section(shelf, advice), _sources_section(shelf))
    return Document("Advice, checked", "", tuple(s for s in map(_tidy, sections) if s.blocks))


def _numbered(sections: tuple[Section, ...]) -> dict[str, int]:
    """Sources in the order in which they are first used."""
    used = (each.id for line in _lines_in(sections) for each in line.traces if each.kind is TraceKind.SOURCE)
    return {name: place for place, name in enumerate(dict.fromkeys(used), start=1)}


def _text(text: str) -> Trace:
    return Trace(TraceKind.TEXT, text)


def untraced(document: Document) -> tuple[str, ...]:
    """The statements that rest on nothing; a report must have none."""
    lines = [*_lines_in(document.sections), *_flat(document.footer)]
    return tuple(line.text for line in lines if not line.traces)


def _lines_in(sections: Iterable[Section]) -> Iterator[Line]:
    for section in sections:
        for block in section.blocks:
            yield from _flat(block.lines)
            for row in block.rows:
                yield from _flat(row)


def _flat(lines: Iterable[Line]) -> Iterator[Line]:
    for line in lines:
        yield line
        yield from _flat(line.children)


def _sections(view: View) -> tuple[Section, ...]:
    made = (
        _level_section(view),
        _questions_section(view),
        _understood_section(view),
        _fits_section(view),
        _training_section(view),
        _contributors_section(view),
        _advice_section(view, view.answer.advice),
        week_section(view),
        _notes_section(view),
        _safety_section(view),
        _sources_section(view),
    )
    return tuple(section for section in map(_tidy, made) if section.blocks)


def _tidy(section: Section) -> Section:
    """Without the blocks that hold nothing."""
    kept = (block for block in section.blocks if block.lines or block.rows or block.figure)
    return Section(section.id, section.title, tuple(kept))


# 1 How serious


def _level_section(view: View) -> Section:
    triage = view.answer.triage
    provisional = (_provisional_line(view),) if triage.provisional else ()
    blocks = (
        *(Block(text, BlockKind.CALLOUT, say_each(view, text)) for text in _beside(view)),
        Block("level", BlockKind.CALLOUT, (_level_line(view),)),
        Block("quoted", BlockKind.CALLOUT, _quoted(view)),
        Block("provisional", BlockKind.CALLOUT, provisional),
        Block("fired", BlockKind.BULLETS, tuple(_rule_line(view, fired) for fired in _shown_rules(view))),
    )
    return Section("level", "How serious is this?", blocks)


def _beside(view: View) -> tuple[str, ...]:
    """Texts that come before anything else: despair, a child, a danger sign still not sure, or a story about something else."""
    rules = [fired.rule for fired in (*view.answer.triage.fired, *view.answer.triage.notes)]
    texts = [_TEXT_OF_RULE[rule] for rule in rules if rule in _TEXT_OF_RULE]
    texts += [_TEXT_OF_PATTERN[fit.id] for fit in view.answer.explanation.patterns if fit.id in _TEXT_OF_PATTERN]
    if _is_about_something_else(view):
        denied = view.answer.findings.status("low-back-pain") is Status.ABSENT
        texts.append(_NO_PAIN if denied else "report-out-of-scope")
    return tuple(dict.fromkeys(texts))


def _is_about_something_else(view: View) -> bool:
    told = any(f.when is When.NOW and f.status is not Status.ABSENT for f in view.answer.findings)
    return not view.answer.reading.in_scope and not told


def _level_line(view: View) -> Line:
    level = view.answer.triage.level
    text = f"level-{level}"
    denied = view.answer.findings.status("low-back-pain") is Status.ABSENT
    if _is_open(view) and _is_about_something_else(view) and not denied and not view.answer.request.answers:
        unknown = say_each(view, "report-level-unknown")
        return Line(unknown[0].text, unknown[0].traces, children=unknown[1:])
    return Line(
        f"So far, {uncapital(LEVEL_WORDS[level])}" if _is_open(view) else LEVEL_WORDS[level],
        (_text(text), *trace(TraceKind.RULE, (fired.rule for fired in _deciding(view)))),
        children=(*say_each(view, text), *_phone(view)),
    )


def _is_open(view: View) -> bool:
    """A danger question is open and could still raise the level by much."""
    return view.answer.triage.provisional and not _is_urgent(view)


def _deciding(view: View) -> tuple[Fired, ...]:
    triage = view.answer.triage
    return tuple(fired for fired in triage.fired if fired.level is triage.level)


def _is_urgent(view: View) -> bool:
    return view.answer.triage.level.rank >= Level.SAME_DAY.rank


def _shown_rules(view: View) -> tuple[Fired, ...]:
    """Beside danger only what decided it: a calmer rule ("rarely harms") would take the edge off."""
    return _deciding(view) if _is_urgent(view) else view.answer.triage.fired


def _phone(view: View) -> tuple[Line, ...]:
    """What to say on the phone: the signs that decided, by name."""
    text = f"report-phone-{view.answer.triage.level}"
    signs = tuple(dict.fromkeys(name for fired in _deciding(view) for name in fired.findings))
    if text not in view.knowledge.texts or not signs or "crisis-line" in _beside(view):
        return ()
    words = "; ".join(label_of(view, name) for name in signs)
    return (say(view, text, more=trace(TraceKind.FINDING, signs), signs=words),)


def _provisional_line(view: View) -> Line:
    triage = view.answer.triage
    groups = [group.heading for group in view.knowledge.ask_first if group.only_after is None]
    open_ids = {group: _of_group(view, group) for group in groups}
    about = tuple(Line(group, trace(TraceKind.FINDING, ids)) for group, ids in open_ids.items() if ids)
    more = trace(TraceKind.RULE, triage.open_hard_stops)
    if not about:
        return say(view, "report-provisional-few", more=more)
    return say(view, "report-provisional", children=about, more=more, lists=count_words(len(about), "short list"))


def _quoted(view: View) -> tuple[Line, ...]:
    """Words that look like danger but could not be read, each with its question; an emergency stands whatever they mean."""
    asks = view.answer.reading.asks
    if not asks or view.answer.triage.level is Level.EMERGENCY_NOW:
        return ()
    lines = tuple(
        Line(
            f"You wrote {quoted(ask.quote.text)}. {view.knowledge.findings[ask.finding].ask}",
            trace(TraceKind.FINDING, (ask.finding,)),
        )
        for ask in asks
    )
    return (say(view, "report-quoted", children=lines),)


def _rule_line(view: View, fired: Fired) -> Line:
    rule = view.knowledge.rules[fired.rule]
    told = f"You told us: {heard_all(view, fired.findings)}"
    if all(view.answer.findings.is_present(f) and _is_by_files(view.answer.findings.get(f)) for f in fired.findings):
        told = f"Your training files show: {'; '.join(label_of(view, name) for name in fired.findings)}"
    because = Line(sentence(told), trace(TraceKind.FINDING, fired.findings))
    return Line(
        sentence(rule.say),
        (Trace(TraceKind.RULE, rule.id), *trace(TraceKind.SOURCE, rule.sources)),
        note=f"{BASIS_WORDS[rule.basis]} {sources_note(view, rule.sources)}",
        children=(because,) if fired.findings else (),
    )


def _is_by_files(finding: Finding | None) -> bool:
    return finding is not None and finding.origin is Origin.ACTIVITY


# 2 Questions


def _group_of(view: View, finding: str) -> str:
    return next((group.heading for group in view.knowledge.ask_first if finding in group.ask), "")


def _of_group(view: View, heading: str) -> tuple[str, ...]:
    return tuple(name for name in view.answer.triage.ask if _group_of(view, name) == heading)


def _open_groups(view: View) -> tuple[str, ...]:
    """The lists that hold an open question, in the order of the questions."""
    return tuple(dict.fromkeys(_group_of(view, name) for name in view.answer.triage.ask))


def _questions_section(view: View) -> Section:
    """What could still change the level; an emergency stands, and nothing is put between it and the telephone."""
    asked = view.answer.triage.ask
    telling = tuple(name for name in view.answer.ask if name not in asked)[:_TELLING_SHOWN]
    blocks = (*_safety_questions(view), *_telling_questions(view, telling, bool(asked)))
    if view.answer.triage.level is Level.EMERGENCY_NOW:
        blocks = ()
    return Section("questions", "Questions that could change this", blocks)


def _safety_questions(view: View) -> tuple[Block, ...]:
    """The first open group, in the order that matters most; the rest is only counted, so that the list stays short."""
    asked = view.answer.triage.ask
    if not asked:
        return ()
    first = _of_group(view, _group_of(view, asked[0]))[:_QUESTIONS_SHOWN]
    rest = (say(view, "report-questions-more"),) if len(_open_groups(view)) > 1 else ()
    return (
        Block("questions-how", BlockKind.PARAGRAPH, (say(view, "report-questions"),)),
        Block("questions-safety", BlockKind.BULLETS, tuple(_question(view, name) for name in first)),
        Block("questions-more", BlockKind.PARAGRAPH, rest),
    )


def _telling_questions(view: View, telling: tuple[str, ...], after: bool) -> tuple[Block, ...]:
    if not telling:
        return ()
    text = "report-questions-telling-after" if after else "report-questions-telling"
    return (
        Block("questions-telling-how", BlockKind.PARAGRAPH, (say(view, text),)),
        Block("questions-telling", BlockKind.BULLETS, tuple(_question(view, name) for name in telling)),
    )


def _question(view: View, finding: str) -> Line:
    spec = view.knowledge.findings.get(finding)
    again = finding in view.answer.triage.ask_again
    words = (spec.ask_again if again and spec.ask_again else spec.ask) if spec else sentence(label_of(view, finding))
    return Line(
        words, trace(TraceKind.FINDING, (finding,)), note="You were not sure, so we ask again." if again else ""
    )


# 3 What was understood


def _understood_section(view: View) -> Section:
    reading = view.answer.reading
    opening = [say(view, "report-understood")] if len(view.answer.findings) else []
    if reading.subject:
        opening.append(say(view, "report-subject", person=_person(reading.subject)))
    blocks = (
        Block("understood", BlockKind.PARAGRAPH, tuple(opening)),
        Block("findings", BlockKind.BULLETS, _finding_groups(view)),
        Block("numbers", BlockKind.BULLETS, _numbers(view)),
        Block("conflicts", BlockKind.BULLETS, _conflicts(view)),
        Block("warnings", BlockKind.BULLETS, _warnings(view)),
    )
    return Section("understood", "What we understood", blocks)


def _person(subject: str) -> str:
    words = " ".join(subject.split())
    return f"your {words[3:]}" if words.lower().startswith("my ") else words


def _finding_groups(view: View) -> tuple[Line, ...]:
    found = [f for f in view.answer.findings if _is_told(view, f)]
    now = [f for f in found if f.when is When.NOW and not _denies_a_no(view, f)]
    groups = (
        ("You told us", [f for f in now if f.status is Status.PRESENT and not _is_by_files(f)]),
        ("Your training files show", [f for f in now if f.status is Status.PRESENT and _is_by_files(f)]),
        ("You are not sure of", [f for f in now if f.status is Status.UNSURE]),
        ("You said no to", [f for f in now if f.status is Status.ABSENT]),
        ("In the past", [f for f in found if f.when is When.PAST]),
        ("About somebody else", [f for f in found if f.when is When.OTHER_PERSON]),
    )
    lines = [_group_line(view, title, tuple(members)) for title, members in groups if members]
    follows = [f.id for f in view.answer.findings if _follows(view, f)]
    if follows:
        words = "; ".join(label_of(view, name) for name in follows)
        lines.append(Line(sentence(f"From these it follows: {words}"), trace(TraceKind.FINDING, follows)))
    return tuple(lines)


def _is_told(view: View, finding: Finding) -> bool:
    return not finding.implied_by


def _denies_a_no(view: View, finding: Finding) -> bool:
    """A denied "no pain while sitting": a double no that puzzles, and what was told stands in its own line."""
    return finding.status is Status.ABSENT and label_of(view, finding.id).startswith("no ")


def _follows(view: View, finding: Finding) -> bool:
    """Present because of something else that was told; what the program sets for itself is not shown."""
    spec = view.knowledge.findings.get(finding.id)
    own = spec is not None and spec.group == "set-by-program"
    by_age = set(finding.implied_by) == {"age"}  # the age itself stands above
    shown = finding.status is Status.PRESENT and finding.when is When.NOW
    return bool(finding.implied_by) and shown and not own and not by_age


def _group_line(view: View, title: str, members: tuple[Finding, ...]) -> Line:
    """Findings with quoted words a line each; bare answers together in one, which keeps a long list of "no" short."""
    quoted_ones = tuple(f for f in members if f.quotes or f.value is not None)
    bare = tuple(f for f in members if f not in quoted_ones)
    lines = [_told_line(view, f) for f in quoted_ones]
    if bare:
        words = "; ".join(uncapital(_told_line(view, f).text) for f in bare)
        by = "By your answers: " if all(f.origin is Origin.ANSWER for f in bare) else ""
        lines.append(Line(sentence(f"{by}{words}"), trace(TraceKind.FINDING, (f.id for f in bare))))
    return Line(title, trace(TraceKind.FINDING, (f.id for f in members)), children=tuple(lines))


def _told_line(view: View, finding: Finding) -> Line:
    line = finding_line(view, finding)
    if finding.when is When.NOW or finding.status is Status.PRESENT:
        return line
    ending = ", denied" if finding.status is Status.ABSENT else ", not sure"
    return Line(line.text + ending, line.traces)


def _numbers(view: View) -> tuple[Line, ...]:
    """The running numbers that are no findings, in the runner's own unit."""
    told, units = view.answer.quantities, view.answer.request.locale.units
    parts = [
        f"{distance_words(told.weekly_km * 1000, units)} a week" if told.weekly_km is not None else "",
        f"longest run {distance_words(told.longest_run_km * 1000, units)}" if told.longest_run_km is not None else "",
        f"{number_words(told.runs_per_week)} runs a week" if told.runs_per_week is not None else "",
        f"{number_words(told.cadence)} steps a minute" if told.cadence is not None else "",
        f"goal: {told.goal.race.replace('-', ' ')}" if told.goal and told.goal.race else "",
        f"in {count_words(round(told.goal.weeks), 'week')}" if told.goal and told.goal.weeks is not None else "",
    ]
    words = ", ".join(part for part in parts if part)
    return (say(view, "report-numbers", numbers=words),) if words else ()


def _conflicts(view: View) -> tuple[Line, ...]:
    return tuple(
        say(view, _conflict_text(c), more=trace(TraceKind.FINDING, (c.id,)), finding=label_of(view, c.id))
        for c in view.answer.findings.conflicts
    )


def _conflict_text(conflict: Conflict) -> str:
    return "report-conflict-files" if conflict.other.origin is Origin.ACTIVITY else "report-conflict"


def _warnings(view: View) -> tuple[Line, ...]:
    warnings = tuple(dict.fromkeys((*view.answer.reading.warnings, *view.answer.warnings)))
    text = (_text("report-warnings"),)
    return (say(view, "report-warnings", tuple(Line(w, text) for w in warnings)),) if warnings else ()


# 4 What fits


def _fits_section(view: View) -> Section:
    patterns = tuple(fit for fit in view.answer.explanation.patterns if _TEXT_OF_PATTERN.get(fit.id) != _NO_PAIN)
    opening = (say(view, "report-fits"),) if patterns else ()
    blocks = (
        Block("fits-how", BlockKind.PARAGRAPH, opening),
        Block("patterns", BlockKind.BULLETS, tuple(_pattern_line(view, fit) for fit in patterns)),
    )
    return Section("fits", "What your story fits", blocks)


def _pattern_line(view: View, fit: PatternFit) -> Line:
    pattern = view.knowledge.patterns[fit.id]
    here = (Trace(TraceKind.PATTERN, fit.id),)
    children = [
        Line(sentence(f"{title}: {words}"), here + trace(TraceKind.FINDING, ids))
        for title, ids, words in (
            ("Speaks for it", fit.for_, heard_all(view, fit.for_)),
            ("Speaks against it", fit.against, _against(view, fit.against)),
            ("We do not know", fit.missing, "; ".join(label_of(view, name) for name in fit.missing)),
        )
        if ids
    ]
    children.append(Line(sentence(f"Would change this view: {pattern.would_change_it}"), here))
    grade = grade_words(pattern.grade, PATTERN_GRADE_WORDS)
    return Line(
        f"{capital(pattern.label)}: {FIT_WORDS[fit.fit]}",
        here + trace(TraceKind.SOURCE, pattern.sources),
        note=f"{grade} {sources_note(view, pattern.sources)}".strip(),
        children=tuple(children),
    )


def _against(view: View, findings: tuple[str, ...]) -> str:
    """What speaks against: told outright, or expected and denied."""
    denied = [name for name in findings if view.answer.findings.status(name) is Status.ABSENT]
    told = [heard(view, name) for name in findings if name not in denied]
    return "; ".join([*told, *(f"you said no to {heard(view, name)}" for name in denied)])


# 5 Training files, and possible contributors


def _training_section(view: View) -> Section:
    if view.answer.exposures is None:
        return Section("training", "", ())
    from lumbago.report.training import (
        training_section,
    )  # here, since most answers have no files and start quicker without

    return training_section(view)


def _evidence_lines(view: View, found: Contributor) -> list[Line]:
    if not found.evidence:
        return []
    from lumbago.report.training import change_line

    return [change_line(view, change) for change in found.evidence]


def _contributors_section(view: View) -> Section:
    contributors = view.answer.explanation.contributors
    named = tuple(c for c in contributors if c.id != _NOTHING)
    calm = view.answer.triage.level.rank <= Level.ROUTINE.rank and not {_NO_PAIN, "report-out-of-scope"} & {
        *_beside(view)
    }
    opening: tuple[Line, ...] = (say(view, "report-contributors"),) if named else ()
    if _is_urgent(view):
        opening, named = (), ()  # what to change in training can wait until a clinician has looked
    elif not named and (contributors or calm):
        opening = (say(view, "report-nothing-stands-out", more=trace(TraceKind.CONTRIBUTOR, (_NOTHING,))),)
    blocks = (
        Block("contributors-how", BlockKind.PARAGRAPH, opening),
        Block("contributors", BlockKind.BULLETS, tuple(_contributor_line(view, c) for c in named)),
    )
    return Section("contributors", "What may have contributed", blocks)


def _contributor_line(view: View, found: Contributor) -> Line:
    spec = view.knowledge.contributors[found.id]
    here = (Trace(TraceKind.CONTRIBUTOR, found.id),)
    graded = EVIDENCE_WORDS.get(spec.evidence_for_back, spec.evidence_for_back.replace("-", " "))
    children = [
        Line(sentence(f"{title}: {heard_all(view, ids)}"), here + trace(TraceKind.FINDING, ids))
        for title, ids in (("Why we name it", found.for_), ("Speaks against it", found.against))
        if ids
    ]
    children += _evidence_lines(view, found)
    children.append(Line(sentence(f"Evidence for backs: {graded}. {capital(spec.evidence_note)}"), here))
    children.append(Line(sentence(f"What to do: {spec.do}"), here))
    claims = tuple(name for name in found.claims if name in view.knowledge.claims)[:1]
    sources = (*spec.sources, *(name for claim in claims for name in view.knowledge.claims[claim].sources))
    studies = "".join(f"What studies found: {sentence(view.knowledge.claims[claim].why)} " for claim in claims)
    return Line(
        f"{capital(spec.label)}: {STRENGTH_WORDS[found.strength].format(support=_support(view, found))}",
        here + trace(TraceKind.CLAIM, claims) + trace(TraceKind.SOURCE, sources),
        note=f"{studies}{sources_note(view, sources)}",
        children=tuple(children),
    )


def _support(view: View, found: Contributor) -> str:
    """Who speaks for it: the runner's words, their training files, or both."""
    told = [view.answer.findings.get(name) or view.answer.findings.get(name, When.PAST) for name in found.for_]
    by_words = any(each is not None and each.origin is not Origin.ACTIVITY for each in told)
    if not found.evidence:
        return "your words support"
    return "your words and runs support" if by_words else "your runs support"


# 6 Advice met in the story


def _advice_section(shelf: Shelf, advice: tuple[Advice, ...]) -> Section:
    worst_first = (Verdict.UNSAFE, Verdict.CONTRADICTED)
    ordered = sorted(
        advice, key=lambda a: worst_first.index(a.verdict) if a.verdict in worst_first else len(worst_first)
    )
    block = Block("advice", BlockKind.BULLETS, tuple(_advice_line(shelf, each) for each in ordered))
    return Section("advice", "Advice you mentioned", (block,))


def _advice_line(shelf: Shelf, advice: Advice) -> Line:
    claim = shelf.knowledge.claims[advice.claim]
    here = (Trace(TraceKind.CLAIM, claim.id),)
    said = ", ".join(dict.fromkeys(quoted(quote.text) for quote in advice.quotes))
    children = [Line(f"Your words: {said}", here)] if said else []
    children.append(Line(f"{VERDICT_WORDS[advice.verdict]} {sentence(claim.why)}", here))
    if claim.do_instead:
        children.append(Line(sentence(f"What to do: {claim.do_instead}"), here))
    return Line(
        sentence(claim.claim),
        here + trace(TraceKind.SOURCE, claim.sources),
        note=sources_note(shelf, claim.sources),
        children=tuple(children),
    )


# 8 Cautions, safety net, sources, footer


def _notes_section(view: View) -> Section:
    rules, notes = view.knowledge.rules, view.answer.triage.notes
    told = {rule for rule, text in _TEXT_OF_RULE.items() if text in _beside(view)}
    notes = tuple(fired for fired in notes if fired.rule not in told)
    shown = [fired for fired in notes if not _is_urgent(view) or rules[fired.rule].shown_as == "caution"]
    lines = tuple(_rule_line(view, fired) for fired in shown)
    return Section("notes", "Also good to know", (Block("notes", BlockKind.BULLETS, lines),))


def _safety_section(view: View) -> Section:
    triage = view.answer.triage
    day = day_words(triage.recheck_on, view.answer.request.as_of)
    blocks = (
        Block("safety-net", BlockKind.CALLOUT, say_each(view, triage.safety_net)),
        Block("recheck", BlockKind.PARAGRAPH, (say(view, "report-recheck", date=day),)),
    )
    return Section("safety-net", "Watch for these", blocks)


def _sources_section(shelf: Shelf) -> Section:
    known = [name for name in shelf.numbers if name in shelf.knowledge.sources]
    lines = tuple(_source_line(shelf, name) for name in known)
    return Section("sources", "Where this comes from", (Block("sources", BlockKind.STEPS, lines),))


def _source_line(shelf: Shelf, name: str) -> Line:
    source = shelf.knowledge.sources[name]
    kind = SOURCE_KIND_WORDS.get(source.kind, source.kind.replace("-", " "))
    told = ", ".join(part for part in (source.year, kind, f"doi {source.doi}" if source.doi else "") if part)
    checked = "checked by us" if source.verified else "not checked by us"
    words = f"{sentence(source.title)} {capital(told)}; {checked}."
    return Line(words, trace(TraceKind.SOURCE, (name,)))


def _footer(view: View) -> tuple[Line, ...]:
    rules = tuple(view.knowledge.rules.values())
    return (
        say(view, "not-a-diagnosis"),
        _review_line(view, rules),
        say(view, "report-knowledge", version=view.answer.knowledge[:12]),
    )


def _review_line(view: View, rules: tuple[Rule, ...]) -> Line:
    waiting = sum(not rule.reviewed_by_clinician for rule in rules)
    if waiting == len(rules):
        return say(view, "report-unreviewed")
    return say(view, "report-part-reviewed", waiting=str(waiting), all=str(len(rules)))
