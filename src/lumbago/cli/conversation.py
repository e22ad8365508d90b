"""At a terminal: the story, what was understood of it, the safety questions in few tick-lists, then the telling ones."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from lumbago.model.answer import Answer
from lumbago.model.findings import Finding, Given
from lumbago.model.knowledge import AskGroup, Knowledge
from lumbago.model.levels import Level, Origin, Status, When
from lumbago.model.request import Request
from lumbago.pipeline import answer
from lumbago.report.text import clean
from lumbago.triage.ask import groups

_MOST_ROUNDS = 8  # each round asks the lists that are open; answers can open finer ones
_MOST_TELLING = 6
STILL_UNSURE = "danger-answer-still-unsure"


def ask_story() -> str:
    """The story, typed; an empty line ends it."""
    print("Tell me what hurts, since when, and how you run. Your own words are fine. An empty line ends it.\n")
    lines: list[str] = []
    while True:
        try:
            line = input("> ")
        except EOFError:
            break
        if not line.strip() and lines:
            break
        if line.strip():
            lines.append(line)
    return "\n".join(lines)


def ask_open_questions(request: Request, knowledge: Knowledge) -> Request:
    """The request with everything the runner corrected and answered."""
    request = _correct(request, answer(request, knowledge), knowledge)
    for _ in range(_MOST_ROUNDS):
        found = answer(request, knowledge)
        open_ = [name for name in found.triage.ask if name not in _answered(request) or name in found.triage.ask_again]
        open_ = [name for name in open_ if not _is_settled(name, request)]
        if not open_ or found.triage.level is Level.EMERGENCY_NOW:
            break
        print("\nA few safety questions. Rare things, but they decide how soon you should be seen.")
        for group in groups(tuple(open_), knowledge):
            request = _with(request, _ask_group(group, request, knowledge))
    found = answer(request, knowledge)
    if found.triage.level in (Level.EMERGENCY_NOW, Level.SAME_DAY):
        return request
    telling = [name for name in found.ask if name not in found.triage.ask and name not in _answered(request)]
    if telling:
        group = AskGroup("Last: what tells most about the cause and the plan", tuple(telling[:_MOST_TELLING]))
        request = _with(request, _ask_group(group, request, knowledge))
    return request


def _answered(request: Request) -> set[str]:
    return {given.id for given in request.answers}


def _is_settled(name: str, request: Request) -> bool:
    """Asked twice already: not sure both times is an answer too."""
    return sum(g.id == name and g.status is Status.UNSURE for g in request.answers) > 1 or any(
        g.id == STILL_UNSURE for g in request.answers
    )


def _with(request: Request, new: Iterable[Given]) -> Request:
    """New answers stand in place of older ones to the same question, save that a second "not sure" is kept as such."""
    fresh = tuple(new)
    names = {given.id for given in fresh}
    old = {given.id: given for given in request.answers}
    twice = [g for g in fresh if g.status is Status.UNSURE and g.id in old and old[g.id].status is Status.UNSURE]
    kept = tuple(given for given in request.answers if given.id not in names)
    more = (Given(STILL_UNSURE, Status.PRESENT),) if twice else ()
    return replace(request, answers=kept + fresh + more)


def _correct(request: Request, found: Answer, knowledge: Knowledge) -> Request:
    told = [f for f in found.findings if f.quotes and not f.implied_by and f.origin is Origin.STORY]
    if not told:
        return request
    print("\nThis is what I understood:")
    for number, finding in enumerate(told, 1):
        print(f"  {number:2d}. {_said(finding, knowledge)}")
    wrong = _numbers(input("\nWhich of these are wrong? Numbers, or Enter if all are right: "), len(told))[0]
    return _with(request, (_denied(told[number - 1]) for number in wrong))


def _denied(finding: Finding) -> Given:
    status = Status.ABSENT if finding.status is not Status.ABSENT else Status.UNSURE
    return Given(finding.id, status, finding.when)


def _said(finding: Finding, knowledge: Knowledge) -> str:
    label = knowledge.findings[finding.id].label
    words = {Status.PRESENT: "", Status.ABSENT: "no: ", Status.UNSURE: "not sure: "}[finding.status]
    when = {When.NOW: "", When.PAST: " (in the past)", When.OTHER_PERSON: " (somebody else)"}[finding.when]
    value = f" {finding.value:g}" if isinstance(finding.value, int | float) else ""
    return f"{words}{label}{value}{when}  “{clean(finding.quotes[0].text)}”"


def _ask_group(group: AskGroup, request: Request, knowledge: Knowledge) -> list[Given]:
    """One tick-list; numbers tick, a question mark behind a number is "not sure", Enter is none of these."""
    specs = [knowledge.findings[name] for name in group.ask]
    ticks = [spec for spec in specs if spec.kind == "yes_no"]
    given = [_ask_value(spec.id, knowledge) for spec in specs if spec.kind in ("number", "choice")]
    answers = [g for g in given if g is not None]
    if not ticks:
        return answers
    unsure_before = {g.id for g in request.answers if g.status is Status.UNSURE}
    print(f"\n{group.heading}")
    for number, spec in enumerate(ticks, 1):
        again = spec.ask_again if spec.id in unsure_before and spec.ask_again else spec.ask
        print(f"  {number:2d}. {again}")
    typed = input("Numbers that are a yes (3? for not sure), or Enter for none of these: ")
    yes, unsure = _numbers(typed, len(ticks))
    for number, spec in enumerate(ticks, 1):
        status = Status.UNSURE if number in unsure else Status.PRESENT if number in yes else Status.ABSENT
        answers.append(Given(spec.id, status))
    return answers


def _ask_value(name: str, knowledge: Knowledge) -> Given | None:
    spec = knowledge.findings[name]
    typed = input(f"\n{spec.ask} {_hint(spec.options)}").strip().lower()
    if spec.kind == "choice":
        return Given(name, Status.PRESENT, value=typed) if typed in spec.options else None
    found = re.search(r"\d+(?:[.,]\d+)?", typed)
    return Given(name, Status.PRESENT, value=float(found.group().replace(",", "."))) if found else None


def _hint(options: tuple[str, ...]) -> str:
    return f"({', '.join(options)}; Enter to skip) " if options else "(a number; Enter to skip) "


def _numbers(typed: str, most: int) -> tuple[set[int], set[int]]:
    """(yes, not sure) of what was typed, such as "1 4 5?"; numbers beyond the list are let go."""
    yes: set[int] = set()
    unsure: set[int] = set()
    for digits, doubt in re.findall(r"(\d+)\s*(\?)?", typed):
        if 1 <= int(digits) <= most:
            (unsure if doubt else yes).add(int(digits))
    return yes - unsure, unsure
