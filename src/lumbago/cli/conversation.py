"""At a terminal: the story, what was understood of it, the safety questions in few tick-lists, then the telling ones."""

from __future__ import annotations

import re
import select
import shutil
import sys
from collections.abc import Iterable
from dataclasses import replace

from lumbago.model.answer import Answer
from lumbago.model.findings import Finding, Given
from lumbago.model.knowledge import AskGroup, FindingSpec, Knowledge
from lumbago.model.levels import Level, Origin, Status, When
from lumbago.model.request import Request
from lumbago.pipeline import answer
from lumbago.report.text import clean, wrap
from lumbago.report.view import fill
from lumbago.report.words import quoted, value_words
from lumbago.triage.ask import groups

_MOST_ROUNDS = 8  # each round asks the lists that are open; answers can open finer ones
_MOST_TELLING = 6
_NARROWEST, _WIDEST = 40, 100  # columns
_MOST_TRIES = 3  # of one prompt; after that its questions stay open, which is never read as "no"
_NONE = re.compile(r"(?:0|n|no|nope|none|nothing|none of (?:these|them)|-)?", re.I)
_TICK = re.compile(r"(\d+)(?:\s*[-–]\s*(\d+))?\s*(\?)?[\s,;.]*(?:and\s+)?")
_ONLY_ONE = {"y": "1", "yes": "1", "?": "1?", "not sure": "1?", "unsure": "1?"}
_DAYS_IN = {"d": 1, "w": 7, "m": 30, "y": 365}
_NUMBER = re.compile(r"(\d+(?:[.,]\d+)?)\s*(?:(d|w|m|y)[a-z]*|°?\s*c|/\s*10)?")
STILL_UNSURE = "danger-answer-still-unsure"


def in_short(found: Answer, knowledge: Knowledge) -> str:
    """The level once more, in its own words: at a terminal the end of a long answer is what stands on the screen."""
    triage = found.triage
    number = found.request.locale.emergency_number
    first = fill(knowledge, f"level-{triage.level}", emergency=number)[0]
    open_ = triage.provisional and triage.level.rank < Level.SAME_DAY.rank
    return "\n".join(wrap(f"In short{', so far' if open_ else ''}: {first} The whole answer stands above.", _width()))


class _NoMoreInput(Exception):
    """The keyboard has nothing more to say (Ctrl-D): what was not asked stays unknown."""


def ask_story() -> str:
    """The story, typed or pasted; an empty line ends it unless more of a pasted text is waiting behind it."""
    _show("Tell me what hurts, since when, and how you run. Your own words are fine. An empty line ends it.")
    print()
    lines: list[str] = []
    while True:
        try:
            line = input("> ")
        except EOFError:
            break
        if not line.strip() and lines and not _more_is_waiting():
            break
        if line.strip():
            lines.append(line)
    return "\n".join(lines)


def _more_is_waiting() -> bool:
    """A pasted text comes all at once, so that a paragraph's end is not the end of the story."""
    try:
        return bool(select.select([sys.stdin], [], [], 0.1)[0])
    except (OSError, ValueError):  # not a terminal that can be asked
        return False


def ask_open_questions(request: Request, knowledge: Knowledge) -> Request:
    """The request with everything the runner corrected and answered."""
    for step in (_correct, _ask_safety, _ask_telling):
        try:
            request = step(request, knowledge)
        except _NoMoreInput:
            print("\nNo more answers: what was not asked stays unknown.")
            break
    return request


def _ask_safety(request: Request, knowledge: Knowledge) -> Request:
    """The open danger questions, list by list; an emergency ends them at once."""
    for _ in range(_MOST_ROUNDS):
        open_ = _open(request, knowledge)
        if not open_:
            break
        print()
        _show("A few safety questions. Most people tick nothing, but the answers decide how soon you should be seen.")
        for group in groups(open_, knowledge):
            try:
                request = _with(request, _ask_group(group, request, knowledge))
            except _NoMoreInput:
                print("\nNo more answers: what was not asked stays unknown.")
                return request
            if answer(request, knowledge).triage.level is Level.EMERGENCY_NOW:
                return request
    return request


def _open(request: Request, knowledge: Knowledge) -> tuple[str, ...]:
    """Danger questions nobody answered yet, and those to ask again in other words; none in an emergency."""
    triage = answer(request, knowledge).triage
    if triage.level is Level.EMERGENCY_NOW:
        return ()
    open_ = (name for name in triage.ask if name not in _answered(request) or name in triage.ask_again)
    return tuple(name for name in open_ if not _is_settled(name, request))


def _ask_telling(request: Request, knowledge: Knowledge) -> Request:
    """A few questions about what it is; none when somebody should be seen today."""
    found = answer(request, knowledge)
    if found.triage.level in (Level.EMERGENCY_NOW, Level.SAME_DAY):
        return request
    telling = [name for name in found.ask if name not in found.triage.ask and name not in _answered(request)]
    if not telling:
        return request
    group = AskGroup(
        "Last: what would tell us the most about what it is and what helps", tuple(telling[:_MOST_TELLING])
    )
    return _with(request, _ask_group(group, request, knowledge))


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


def _correct(request: Request, knowledge: Knowledge) -> Request:
    """What was understood, shown; what is wrong in it, put right."""
    told = [
        f for f in answer(request, knowledge).findings if f.quotes and not f.implied_by and f.origin is Origin.STORY
    ]
    if not told:
        return request
    print("\nThis is what I understood:")
    for number, finding in enumerate(told, 1):
        _show(_said(finding, request, knowledge), f"  {number:2d}. ")
    wrong = _tick("\nWhich of these are wrong? Numbers, or Enter if all are right: ", len(told)) or (set(), set())
    return _with(request, [_put_right(told[number - 1], knowledge) for number in sorted(wrong[0] | wrong[1])])


def _put_right(finding: Finding, knowledge: Knowledge) -> Given:
    """The opposite of what was understood; for a number the right one, asked for, or "not sure"."""
    spec = knowledge.findings[finding.id]
    if spec.kind in ("number", "choice", "date"):
        return (_ask_value(spec) if spec.kind != "date" else None) or Given(finding.id, Status.UNSURE, finding.when)
    status = Status.ABSENT if finding.status is not Status.ABSENT else Status.UNSURE
    return Given(finding.id, status, finding.when)


def _said(finding: Finding, request: Request, knowledge: Knowledge) -> str:
    label = knowledge.findings[finding.id].label
    words = {Status.PRESENT: "", Status.ABSENT: "You said no to: ", Status.UNSURE: "Not sure: "}[finding.status]
    when = {When.NOW: "", When.PAST: " (in the past)", When.OTHER_PERSON: " (somebody else)"}[finding.when]
    value = value_words(finding.value, finding.unit, request.locale.units, request.as_of)
    return f"{words}{label}{f': {value}' if value else ''}{when}  {quoted(clean(finding.quotes[0].text))}"


def _ask_group(group: AskGroup, request: Request, knowledge: Knowledge) -> list[Given]:
    """One tick-list; numbers tick, a question mark behind a number is "not sure", Enter is none of these."""
    specs = [knowledge.findings[name] for name in group.ask]
    ticks = [spec for spec in specs if spec.kind == "yes_no"]
    given = [_ask_value(spec) for spec in specs if spec.kind in ("number", "choice")]
    answers = [g for g in given if g is not None]
    if not ticks:
        return answers
    unsure_before = {g.id for g in request.answers if g.status is Status.UNSURE}
    quotes = {each.finding: quoted(clean(each.quote.text)) for each in answer(request, knowledge).reading.asks}
    print(f"\n{group.heading}")
    for number, spec in enumerate(ticks, 1):
        again = spec.ask_again if spec.id in unsure_before and spec.ask_again else spec.ask
        wrote = f"You wrote {quotes[spec.id]}. " if spec.id in quotes else ""
        _show(wrote + again, f"  {number:2d}. ")
    ticked = _tick("Numbers that are a yes (3? for not sure), or Enter for none of these: ", len(ticks))
    return answers if ticked is None else answers + _ticked(ticks, *ticked)


def _ticked(specs: list[FindingSpec], yes: set[int], unsure: set[int]) -> list[Given]:
    status = dict.fromkeys(yes, Status.PRESENT) | dict.fromkeys(unsure, Status.UNSURE)
    return [Given(spec.id, status.get(number, Status.ABSENT)) for number, spec in enumerate(specs, 1)]


def _tick(prompt: str, most: int) -> tuple[set[int], set[int]] | None:
    """(yes, not sure); None when nothing typed could be read, so that a slip of the keyboard is never a "no"."""
    for _ in range(_MOST_TRIES):
        ticked = _numbers(_typed(prompt), most)
        if ticked is not None:
            return ticked
        up_to = "1" if most == 1 else f"numbers from 1 to {most}"
        _show(f"I could not read that, so nothing was ticked. Type {up_to}, or press only Enter for none.")
    return None


def _typed(prompt: str) -> str:
    try:
        return input(prompt).strip().lower()
    except EOFError:
        raise _NoMoreInput from None


def _ask_value(spec: FindingSpec) -> Given | None:
    """The number or choice that was typed; None when skipped."""
    print()
    _show(f"{spec.ask} {_hint(spec)}")
    for _ in range(_MOST_TRIES):
        typed = _typed("> ")
        value = typed if typed in spec.options else _value(typed, spec)
        if not typed or value is not None:
            return Given(spec.id, Status.PRESENT, value=value) if typed else None
        _show(f"I could not read that. {_hint(spec)}")
    return None


def _value(typed: str, spec: FindingSpec) -> float | None:
    """A number within the question's range; weeks, months and years become days where days are asked."""
    found = _NUMBER.fullmatch(typed)
    if spec.kind != "number" or not found:
        return None
    number = float(found[1].replace(",", "."))
    if found[2]:
        number *= _DAYS_IN[found[2]] if spec.unit == "d" else 1
    low, high = spec.minimum, spec.maximum
    return None if (low is not None and number < low) or (high is not None and number > high) else number


def _hint(spec: FindingSpec) -> str:
    if spec.options:
        return f"({' or '.join(spec.options)}; Enter to skip)"
    return f"({'days, or such as 3 weeks' if spec.unit == 'd' else 'a number'}; Enter to skip)"


def _numbers(typed: str, most: int) -> tuple[set[int], set[int]] | None:
    """(yes, not sure) of what was typed, such as "1 4 5?" or "2-4"; None when any of it is something else.

    >>> _numbers("1, 3?", 5)
    ({1}, {3})
    """
    if _NONE.fullmatch(typed):
        return set(), set()
    typed = _ONLY_ONE.get(typed, typed) if most == 1 else typed
    yes: set[int] = set()
    unsure: set[int] = set()
    place = 0
    while place < len(typed):
        found = _TICK.match(typed, place)
        if not found or not 1 <= int(found[1]) <= int(found[2] or found[1]) <= most:
            return None
        (unsure if found[3] else yes).update(range(int(found[1]), int(found[2] or found[1]) + 1))
        place = found.end()
    return yes - unsure, unsure


def _show(words: str, before: str = "") -> None:
    """Words wrapped at the terminal's width, the lines below the first set in."""
    print("\n".join(wrap(words, _width(), before, " " * len(before))))


def _width() -> int:
    return max(_NARROWEST, min(_WIDEST, shutil.get_terminal_size().columns - 1))
