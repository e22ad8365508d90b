"""What each section of a report is written from, and the lines that more than one section writes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lumbago.model.answer import Answer
from lumbago.model.document import Line, Trace, TraceKind
from lumbago.model.findings import Finding, Quote
from lumbago.model.knowledge import Knowledge
from lumbago.model.levels import Origin, Status, When
from lumbago.report.words import capital, day_words, quoted, value_words

_QUOTES_SHOWN = 2
_NAME = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Shelf:
    """numbers: source id to its number in this report, empty while the sources are still being gathered."""

    knowledge: Knowledge
    numbers: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class View(Shelf):
    """A shelf of knowledge, and the answer to tell from it."""

    answer: Answer


def trace(kind: TraceKind, ids: Iterable[str]) -> tuple[Trace, ...]:
    """One trace per id."""
    return tuple(Trace(kind, name) for name in dict.fromkeys(ids))


def traces_of(view: View, ids: Iterable[str]) -> tuple[Trace, ...]:
    """Traces to ids of whatever kind: limits, rules, patterns, contributors, claims, exercises or texts."""
    knowledge = view.knowledge
    homes = (
        (TraceKind.LIMIT, knowledge.limits),
        (TraceKind.RULE, knowledge.rules),
        (TraceKind.PATTERN, knowledge.patterns),
        (TraceKind.CONTRIBUTOR, knowledge.contributors),
        (TraceKind.CLAIM, knowledge.claims),
        (TraceKind.EXERCISE, knowledge.exercises),
        (TraceKind.FINDING, knowledge.findings),
        (TraceKind.TEXT, knowledge.texts),
    )
    found = [next((Trace(kind, name) for kind, home in homes if name in home), None) for name in ids]
    return tuple(dict.fromkeys(each for each in found if each is not None))


def filled(view: View, text: str, **names: str) -> tuple[str, ...]:
    """The lines of a fixed text, with the emergency number and other names put in."""
    return fill(view.knowledge, text, emergency=view.answer.request.locale.emergency_number, **names)


def fill(knowledge: Knowledge, text: str, **names: str) -> tuple[str, ...]:
    """The lines of a fixed text with these names put in."""
    return tuple(_fill(line, names) for line in knowledge.texts[text].lines)


def _fill(line: str, names: Mapping[str, str]) -> str:
    """One pass, so that a runner's own words are never read for names."""
    return _NAME.sub(lambda found: names.get(found[1], found[0]), line)


def say(view: View, text: str, children: tuple[Line, ...] = (), more: tuple[Trace, ...] = (), **names: str) -> Line:
    """A fixed text as one line."""
    words = " ".join(filled(view, text, **names))
    return Line(words, (Trace(TraceKind.TEXT, text), *more), children=children)


def say_each(view: View, text: str, **names: str) -> tuple[Line, ...]:
    """A fixed text, a line each; what follows a line that ends in a colon stands below it."""
    here = (Trace(TraceKind.TEXT, text),)
    groups: list[tuple[str, list[Line]]] = []
    for words in filled(view, text, **names):
        if groups and groups[-1][0].endswith(":") and not words.endswith(":"):
            groups[-1][1].append(Line(words, here))
        else:
            groups.append((words, []))
    return tuple(Line(words, here, children=tuple(below)) for words, below in groups)


def sources_note(shelf: Shelf, sources: Iterable[str]) -> str:
    """ "Sources: 1, 4 (not checked by us)." with the numbers of this report."""
    ids = tuple(dict.fromkeys(sources))
    if not ids:
        return "No source: our own reasoning."
    parts = [f"{shelf.numbers.get(name, 0)}{_mark(shelf, name)}" for name in ids]
    return f"{'Source' if len(parts) == 1 else 'Sources'}: {', '.join(parts)}."


def _mark(shelf: Shelf, source: str) -> str:
    known = shelf.knowledge.sources.get(source)
    return "" if known is not None and known.verified else " (not checked by us)"


def label_of(view: View, finding: str) -> str:
    """The short words for a finding."""
    spec = view.knowledge.findings.get(finding)
    return spec.label if spec else finding.replace("-", " ")


def heard(view: View, finding: str) -> str:
    """A finding's label with the runner's words for it, their own or those of what it follows from; or that files show it."""
    own = view.answer.findings.get(finding) or view.answer.findings.get(finding, When.PAST)
    by_files = own is not None and own.origin is Origin.ACTIVITY
    words = f"{label_of(view, finding)}{' (by your training files)' if by_files else _said(view, own)}"
    return f"{words}, not sure" if own is not None and own.status is Status.UNSURE else words


def heard_all(view: View, findings: Iterable[str]) -> str:
    """Several findings in a row."""
    return "; ".join(heard(view, name) for name in dict.fromkeys(findings))


def _said(view: View, finding: Finding | None) -> str:
    if finding is None:
        return ""
    quotes = finding.quotes
    for name in () if quotes else finding.implied_by:
        behind = view.answer.findings.get(name) or view.answer.findings.get(name, When.PAST)
        quotes += behind.quotes if behind is not None else ()
    words = ", ".join(dict.fromkeys(quoted(quote.text) for quote in _widest(quotes)[:_QUOTES_SHOWN]))
    return f" ({words})" if words else ""


def _widest(quotes: tuple[Quote, ...]) -> tuple[Quote, ...]:
    """Quotes that do not lie inside another one."""
    return tuple(q for q in quotes if not any(_holds(other, q) for other in quotes))


def _holds(outer: Quote, inner: Quote) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end and outer.end - outer.start > inner.end - inner.start


def finding_line(view: View, finding: Finding) -> Line:
    """One finding as it was understood: label, number or day, the runner's words, and when it began."""
    request = view.answer.request
    value = value_words(finding.value, finding.unit, request.locale.units, request.as_of)
    words = capital(label_of(view, finding.id)) + (f": {value}" if value else "") + _said(view, finding)
    if finding.onset is not None:
        words += f", since {day_words(finding.onset, request.as_of)}"
    return Line(words, trace(TraceKind.FINDING, (finding.id,)))
