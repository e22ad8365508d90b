"""The whole program as one pure function: same request and same knowledge, same answer."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from lumbago.advice.check import advise, gravest_first
from lumbago.errors import NothingAsked, StoryEmpty, StoryNotText, StoryTooLong
from lumbago.explain.explain import explain
from lumbago.language.match import see
from lumbago.language.pages import Page, read_page
from lumbago.language.tokens import tokenise
from lumbago.model.activities import Change, Difference, Exposures
from lumbago.model.answer import Answer
from lumbago.model.findings import Finding, Findings
from lumbago.model.knowledge import Knowledge
from lumbago.model.levels import Origin, Status, Weight, When
from lumbago.model.reading import Ask, Quantities, Reading
from lumbago.model.request import Request
from lumbago.model.triage import Triage
from lumbago.plan.week import build_plan
from lumbago.story.answers import from_answers
from lumbago.story.read import read_seen
from lumbago.story.settle import settle
from lumbago.triage.decide import decide

LONGEST_STORY = 200_000  # characters; about a hundred pages, far beyond any post


def answer(request: Request, knowledge: Knowledge) -> Answer:
    """Story, answers, activities -> findings -> triage -> explanation -> plan. Raises InputError when there is nothing to read."""
    _check(request)
    page = read_page(request.story)
    seen, heard = (see(tokenise(words), knowledge.lexicon) for words in (page.story, page.others))
    reading = read_seen(seen, page, knowledge, request.as_of)
    answered, warnings = from_answers(request.answers, knowledge, request.as_of)
    told = _with_onset(reading.findings.merge(answered), request)
    onset = _onset(told, request)
    shown = _shown(request, onset, knowledge)
    findings = settle(shown.findings.merge(told), knowledge, request.as_of)
    quantities, differences = _with_runs(
        findings, _with_answers(reading.quantities, findings), shown, request, knowledge
    )
    asks = _open(reading.asks, findings, knowledge)
    triage = decide(findings, knowledge, request.as_of, tuple(ask.finding for ask in asks))
    explanation = explain(findings, triage, knowledge, request.as_of, shown.changes)
    plan = build_plan(findings, quantities, triage, explanation, request, knowledge)
    return Answer(
        id=request.id or digest(request),
        knowledge=knowledge.version,
        request=request,
        reading=replace(reading, asks=(*_doubted(findings, triage), *asks)),
        findings=findings,
        quantities=quantities,
        triage=triage,
        explanation=explanation,
        advice=gravest_first(advise(seen, findings, knowledge, heard)),
        plan=plan,
        ask=(*triage.ask, *(name for name in explanation.ask if name not in triage.ask)),
        warnings=(*reading.warnings, *warnings, *shown.warnings, *_scope_warnings(reading, findings, page)),
        exposures=shown.exposures,
        changes=shown.changes,
        onset=onset,
        differences=differences,
    )


@dataclass(frozen=True, slots=True)
class _Shown:
    """What the training files show: nothing at all without any; changes only against a day on which the pain began."""

    exposures: Exposures | None = None
    changes: tuple[Change, ...] = ()
    findings: Findings = field(default_factory=Findings)
    warnings: tuple[str, ...] = ()


def _shown(request: Request, onset: date | None, knowledge: Knowledge) -> _Shown:
    if not request.activities:
        return _Shown()
    from lumbago.exposure.changes import (
        what_changed,
    )  # here, since most answers have no files and start quicker without
    from lumbago.exposure.runs import expose
    from lumbago.exposure.shown import findings_of

    exposures = expose(request.activities, knowledge, request.as_of)
    changes = what_changed(request.activities, exposures, onset, knowledge) if onset is not None else ()
    if not _is_exact(request, onset, knowledge):
        changes = tuple(replace(c, strength=min(c.strength, Weight.MODERATE, key=list(Weight).index)) for c in changes)
    return _Shown(exposures, changes, findings_of(changes, request.as_of, knowledge), exposures.warnings)


def _is_exact(request: Request, onset: date | None, knowledge: Knowledge) -> bool:
    """Whether the day the pain began is one that was told, or near enough to be remembered."""
    told = request.onset is not None or any(given.id == "pain-began-on" for given in request.answers)
    days = knowledge.limits["files-and-story"].values["exact_onset_days"]
    return told or onset is None or (request.as_of - onset).days <= days


def _with_runs(
    findings: Findings, told: Quantities, shown: _Shown, request: Request, knowledge: Knowledge
) -> tuple[Quantities, tuple[Difference, ...]]:
    if shown.exposures is None:
        return told, ()
    from lumbago.exposure.shown import with_runs

    return with_runs(told, shown.exposures, request.as_of, knowledge, findings.is_present("stopped-running"))


def _open(asks: Iterable[Ask], findings: Findings, knowledge: Knowledge) -> tuple[Ask, ...]:
    """What is neither told nor answered; of many those that stand first on the safety lists."""
    listed = [name for group in knowledge.ask_first for name in group.ask]
    still = [ask for ask in asks if findings.get(ask.finding) is None]
    still.sort(key=lambda ask: listed.index(ask.finding) if ask.finding in listed else len(listed))
    return tuple(still[: knowledge.limits["ask-order"].values["most_quoted"]])


def _doubted(findings: Findings, triage: Triage) -> Iterator[Ask]:
    """Danger signs that the story tells with doubt: asked again, quoting it."""
    for found in findings:
        if found.id in triage.ask_again and found.quotes and not found.implied_by and found.origin is Origin.STORY:
            yield Ask(found.id, found.quotes[0])


def digest(request: Request) -> str:
    """A short name for a request: the same request has the same name on every machine."""
    read = ",".join(sorted(activity.id for activity in request.activities))
    return hashlib.sha256(f"{replace(request, id=None, activities=())!r}{read}".encode()).hexdigest()[:16]


def _check(request: Request) -> None:
    story = request.story
    if not story.strip():
        if not request.answers:
            raise (StoryEmpty if story else NothingAsked)(
                "There is nothing to read: no story and no answers were given. Write a few lines about your back and your running."
            )
        return
    if len(story) > LONGEST_STORY:
        raise StoryTooLong(
            f"This text is {len(story):,} characters long, and {LONGEST_STORY:,} can be read. Nothing was kept. "
            "Send the part where you tell what hurts and how you run."
        )
    odd = sum(char == "\ufffd" or (ord(char) < 32 and char not in "\n\r\t\f\v") for char in story)
    if odd * 20 > len(story):
        raise StoryNotText(
            "This is not a text: too many of its signs are no letters. Nothing was kept. Send your story as plain text (UTF-8)."
        )


def _with_onset(findings: Findings, request: Request) -> Findings:
    """The day the pain began, told by an option, outweighs what the story seemed to say."""
    day = findings.get("pain-began-on")
    onset = request.onset or (day.value if day and isinstance(day.value, date) else None)
    if onset is None or onset > request.as_of:
        return findings
    lasted = Finding(
        "duration-days", Status.PRESENT, When.NOW, float((request.as_of - onset).days), "d", onset, Origin.ANSWER
    )
    return findings.with_items([lasted])


def _onset(findings: Findings, request: Request) -> date | None:
    """The day the pain began, as near as it was told: by date, else by how long it has lasted."""
    lasted = findings.number("duration-days")
    return None if lasted is None or lasted < 0 else request.as_of - timedelta(days=round(lasted))


def _with_answers(told: Quantities, findings: Findings) -> Quantities:
    """Quantities with the numbers that were answered put in."""
    number = findings.number
    sex = findings.get("sex")
    return replace(
        told,
        age=number("age") if number("age") is not None else told.age,
        pain_now=number("pain-now") if number("pain-now") is not None else told.pain_now,
        duration_days=number("duration-days") if number("duration-days") is not None else told.duration_days,
        temperature_c=number("temperature") if number("temperature") is not None else told.temperature_c,
        sex=str(sex.value) if sex and sex.value else told.sex,
    )


def _scope_warnings(reading: Reading, findings: Findings, page: Page) -> tuple[str, ...]:
    """One honest sentence where the story lies outside, or at the edge of, what this program can read."""
    if not page.story.strip():
        return ()  # nothing was told, or the page has its own warning
    if not reading.findings.items:
        return (
            "Nothing about a sore back was understood in this text. It may be in another language or about something else. "
            "The level given here rests on nothing told: answer the safety questions before you trust it.",
        )
    if not findings.is_present("low-back-pain") and findings.status("low-back-pain") is not Status.UNSURE:
        return (
            "No low back pain was understood in this story. If your low back does hurt now, say so in plain words.",
        )
    return ()
