"""Marks between the words of different people, as forums, question sites, chats, mails and comment sections set them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cache

from lumbago.language.voices import says_i, says_you

_LONGEST_MARK = 200  # characters of a line that are looked at; a longer line is what somebody wrote
_A = re.IGNORECASE

_UNIT = r"(?:s|sec|m|min|h|hr|d|w|wk|mo|y|yr|second|minute|hour|day|week|month|year|decade)s?\.?"
_AGO = rf"(?:(?:about |over )?(?:\d+|an?) ?{_UNIT} ago|yesterday)"
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_DAY = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)? {_MONTH},? '?\d{{2,4}}|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?(?:,? (?:'\d\d"
    rf"|\d{{4}}))?"
    r"|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{4}-\d\d-\d\d)"
)
_TIME = r"\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?: ?[ap]\.?m\.?)?"
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6},? )?"
_MOMENT = rf"{_WEEKDAY}{_DAY},? (?:at |@ )?{_TIME}"
_DATED = rf"(?:{_MOMENT}|{_WEEKDAY}{_DAY}|{_AGO})"
_NAME = r"(?P<name>[^\s:;!?»][^:;!?»]{0,39}?)"
_HANDLE = r"(?P<name>[A-Za-z0-9][\w-]{1,24})"
_PEOPLE = frozenset(
    "physio doctor gp doc chiro osteo osteopath coach surgeon consultant wife husband mum mom dad mother father "
    "sister "
    "brother daughter son friend mate partner".split()
)
# Openings of a line that is no name, however it goes on.
_NO_NAME = _PEOPLE | frozenset(
    "i im ive id my me mine the a an his her our their your this that these it he she they we you and but so if "
    "when then "
    "after before since on in at to for from with by not no yes started felt fell ran run saw had got went been "
    "back pain "
    "last next now today yesterday monday tuesday wednesday thursday friday saturday sunday week day month year "
    "update edit "
    "mri scan xray hospital race everyone everybody someone somebody nobody google nhs webmd internet strava "
    "garmin what "
    "where why how who like reply share report".split()
)
_RANK = (
    r"(?:junior|senior|active|new|full|registered|well-known|established|premium)? ?(?:member|user|newbie"
    r"|moderator|administrator|veteran)"
    r"|.{1,25}'s avatar|avatar|op|original poster|[•·|]|level \d+|offline|online"
)


class Role(Enum):
    """Whose words a mark says that it opens."""

    POST = "post"  # somebody's, by name
    ASKER = "asker"
    ANSWER = "answer"
    MAIL = "mail"  # a mail's, by name
    SITE = "site"  # nobody's: what the page says of itself


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page: `start` to `end` with its break, and its text from `first` on without the space around it."""

    start: int
    first: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Mark:
    """From `body` on somebody else speaks; from `start` to there stands only the mark.

    is_sure: no story looks like that. is_aside: counts only on a page that has a sure mark as well.
    """

    start: int
    body: int
    role: Role
    name: str | None = None
    is_sure: bool = True
    is_aside: bool = False


@dataclass(frozen=True, slots=True)
class _Form:
    """How one kind of page sets a mark. The name stands in the line, else in the line above or below it."""

    role: Role
    pattern: str
    is_sure: bool = True
    beside: int = 0  # -1: the name stands in a line above, 1: below
    is_aside: bool = False


def _form(role: Role, pattern: str, is_sure: bool = True, beside: int = 0, is_aside: bool = False) -> _Form:
    return _Form(role, pattern, is_sure and not is_aside, beside, is_aside)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Made when first met: an ordinary story meets none, and a start must be quick."""
    return re.compile(pattern, _A)


_FORMS = (
    # "Answer by Ann:", "Best answer - chosen by the asker", "3 Answers", "Ann answered 3 years ago"
    _form(Role.ANSWER, rf"answer(?:ed)? by:? {_NAME}(?: in \d+ \w+)?(?:,? (?:on )?{_DATED}.{{0,40}})?:?"),
    _form(Role.ANSWER, r"(?:best|top|accepted|favou?rite|verified) answer\b(?: ?[-:·|(].{0,60})?"),
    _form(Role.ANSWER, r"(?:all )?\d+ (?:answers|comments|replies|responses)(?: ?[-:·|(].{0,60}| sorted by.{0,40})?"),
    _form(Role.ANSWER, r"\d+ (?:thoughts|comments|responses) (?:on|to) .{1,100}"),
    _form(Role.ANSWER, r"(?:answers|comments|replies|responses) ?\(\d+\):?"),
    _form(Role.ANSWER, r"(?:answers|comments|replies|responses):?", is_sure=False),
    _form(Role.POST, rf"{_NAME} (?:answered|replied|responded|commented)(?: on)?:? {_DATED}.{{0,40}}", is_sure=False),
    _form(Role.ANSWER, rf"(?:answered|replied)(?: on)?:? {_DATED}.{{0,60}}", is_sure=False, beside=-1),
    _form(Role.ASKER, rf"(?:asked|question|posted) by:? {_NAME}(?:,? (?:on )?{_DATED}.{{0,40}})?:?"),
    _form(Role.ASKER, rf"{_NAME} asked(?: (?:on )?{_DATED}| in ).{{0,60}}:?"),
    # boards: "by Ann » 12 Mar 2019, 09:14", "Ann, Mar 12, 2019 #3", "Posts: 1,107 Member", "Joined: Mar 2019"
    _form(Role.POST, rf"(?:re: .{{0,80}} )?(?:post(?:ed)? ?)?by:? {_NAME} [»→] {_DATED}.{{0,40}}"),
    _form(Role.POST, rf"{_NAME} [»→] {_DATED}.{{0,40}}"),
    _form(Role.POST, rf"post(?:ed)? by:? {_NAME},? (?:on |at )?{_DATED}.{{0,40}}"),
    _form(Role.POST, rf"{_NAME} (?:total )?posts: ?[\d,]+.{{0,40}}"),
    _form(Role.POST, r"(?:total )?(?:posts|messages) ?: ?[\d,]+.{0,60}", beside=-1),
    _form(Role.POST, rf"join(?:ed| date) ?: ?(?:{_DAY}|{_MONTH},? \d{{4}}|\d{{4}}).{{0,60}}", beside=-1),
    _form(Role.POST, rf"{_MOMENT},? *#\d+", beside=1),
    _form(Role.POST, rf"{_NAME},? (?:on )?{_DATED},? *#\d+"),
    # "Ann, on May 3, 2019 at 4:12 pm", "Ann says:" above such a date
    _form(Role.POST, rf"{_NAME},? (?:on )?{_MOMENT}(?: said)?:?(?: reply)?", is_sure=False),
    _form(Role.POST, rf"{_NAME} (?:says|said|wrote|writes|commented)(?: on| at)? {_DATED}.{{0,20}}", is_sure=False),
    # Reddit: "u/ann", "[-] ann 12 points 3 hours ago", "ann • 3 hr. ago"
    _form(Role.POST, rf"(?:\[[-–—+]\] ?)?(?:posted by )?/?u/{_HANDLE}(?:\W*(?:op|mod"
        rf"|avatar)\b)?(?:\W*(?:-?\d+ points?"
        rf"|{_AGO}).{{0,40}})?"),
    _form(Role.POST, rf"(?:\[[-–—+]\] ?)?{_HANDLE}(?:\W*(?:op|s)\b)?\W{{0,4}}-?\d+ points?\W{{0,4}}{_AGO}.{{0,40}}"),
    _form(Role.POST, rf"{_HANDLE}(?: ?op)? ?[•·] ?(?:op ?[•·] ?)?(?:edited )?(?:{_AGO}|\d+(?:h|d|mo"
        rf"|y)).{{0,20}}", is_sure=False),
    _form(Role.POST, rf"(?:[•·] ?)?-?\d+ points?\W{{0,4}}{_AGO}.{{0,20}}", beside=-1),
    _form(Role.POST, rf"[•·] ?{_AGO}.{{0,20}}", is_sure=False, beside=-1),
    _form(Role.POST, rf"(?:answered |updated |edited )?{_AGO}(?: · .{{0,40}})?", is_sure=False, beside=-1),
    _form(Role.POST, rf"{_NAME} [•·] ?(?:{_AGO}|\d+ ?[smhdwy])", is_sure=False),
    _form(Role.POST, r"#\d{1,4}", is_sure=False, beside=-1),
    _form(Role.POST, _MOMENT, is_aside=True, beside=-1),
    # chats: "[12/03/2026, 09:14] Ann: ..."
    _form(Role.POST, rf"\[?{_MOMENT}\]?:?(?: [-–])? ?{_NAME}:(?P<rest> .*|$)", is_sure=False),
    _form(Role.POST, rf"\[?{_TIME},? {_DAY}\]?:?(?: [-–])? ?{_NAME}:(?P<rest> .*|$)", is_sure=False),
    # mails
    _form(Role.MAIL, rf"on (?=.{{0,60}}\d).{{5,80}}[,>\d] ?{_NAME}(?: <[^>]*>)? wrote:"),
    _form(Role.MAIL, r"-{3,} ?(?:original|forwarded) message ?-{3,}|begin forwarded message:"),
    # what the page says of itself
    _form(Role.SITE, r"(?:question stats|what's new\?|unanswered questions|you (?:may|might) also like:?"
        r"|recommended for you)"),
    _form(Role.SITE, r"(?:related|similar) (?:questions|threads|topics|posts|articles"
        r"|discussions)(?: .{0,30})?:?"),
)  # fmt: skip
# A line without any of these is no mark: most lines are told apart by this one look.
_HINT = re.compile(
    r"\d|an? \w+ ago|yesterday|answer|comment|repl|response|asked|posted|question|message:?|/u/|^u/|says|said"
    r"|from:|what's new|related|similar|you m|recomm|[•*·] ",
    _A,
)
_SAYS = re.compile(rf"{_NAME} (?:says|said):?", _A)
_MOMENT_LINE = rf"{_MOMENT}(?: \(?(?:reply|edit|permalink)\)?)?|{_DATED} at {_TIME}"
_DATED_LINE = _DATED
_BULLET_NAME = re.compile(rf"[•*·] {_NAME}", _A)
_FROM = re.compile(rf"\*?from: ?\*? ?\"?{_NAME}\"?(?: ?[<\[(].{{0,60}})?", _A)
_MAIL_HEAD = re.compile(r"\*?(?:sent|date|to|cc|reply-to): ?.{0,120}", _A)
_SUBJECT = re.compile(r"\*?subject: ?", _A)
_SPLIT = re.compile(r", | [·•|] ")  # a name, and what its owner says of themselves
_LONGEST_BADGE = 60  # characters of a line with a name and "OP"
_BADGE = re.compile(r"\b(?:OP|original poster|(?:topic|thread) starter)\b")
# What stands between posts and is nobody's words.
_CHROME = (
    r"(?:options|reply|share|report|save|follow|like|unlike|upvote|downvote|award|quote|view post|view profile"
    r"|permalink|embed|best"
    r"|give award|hide|helpful|not helpful|read more|continue reading|click to expand\W*|sort by.{0,30}|level \d+"
    r"|lv \d+|tags?:|[•·|]+|op"
    r"|original poster|(?:topic|thread) starter|#\d+|top|\d+ (?:likes?|points?|upvotes?|votes?|helpful votes?"
    r"|views?)(?: unlike)?|vote"
    r"|(?:reply|share|report|save|follow|like|give award)(?:[ ·|•]+(?:reply|share|report|save|follow|like"
    r"|give award|\d+ ?[smhdwy]))+|by +\|.{0,20}"
    r"|follow .{1,40}:|(?:like|share) this page:|(?:reputation|reaction score|likes received|trophy points|points"
    r"|registered|threads): ?.{1,40}"
    rf"|(?:asked|answered|edited|modified|posted|viewed)(?: on)?:? {_DATED}.{{0,40}}|join(?:ed"
    rf"| date): ?.{{3,40}}\d{{4}}.{{0,20}}|(?:posts|messages): ?[\d,]+"
    rf"|{_MOMENT}(?: reply)?|u/\S{{1,30}} avatar|[•·] ?reply ?[•·].{{0,20}}|{_RANK})"
)
_COUNT = rf"\d{{1,6}}|{_AGO}"
# Labels of a dialogue: one asks, one answers.
_ASKS = frozenset("q question customer patient client me op asker caller reader runner poster".split())
_ANSWERS = frozenset(
    "a answer expert doctor dr physio therapist coach physiotherapist nurse advisor adviser agent assistant gp "
    "pharmacist "
    "chiropractor osteopath ja bot helper".split()
)
_COLUMN_ASKS = frozenset({"q", "question", "customer"})
_COLUMN = frozenset({"a", "answer", "expert"})
_LABEL = re.compile(r"(?P<name>[A-Za-z][^:.!?\n]{0,29}):(?=\s|$)")
# Labels of a form or diary that one person fills in.
_FIELDS = _NO_NAME | frozenset(
    "age sex gender height weight pain note notes ps tldr tl;dr morning evening night noon afternoon goal plan "
    "question "
    "answer symptoms symptom history injury background location time distance pace shoes left right front total "
    "summary "
    "context problem issue current past medical meds medication job work sleep stretching stretches strength rest "
    "easy long "
    "tempo intervals recovery warm cool week1 mileage since also edit2 side legs leg lower upper one two three "
    "first second "
    "name".split()
)
_DIALOGUE_SHARE = 0.6  # of the lines, so that a few labels within a story make no chat


def lines_of(text: str) -> list[Line]:
    """The lines that hold something."""
    found, start = [], 0
    for raw in text.splitlines(keepends=True):
        end = start + len(raw)
        stripped = raw.strip()
        if stripped:
            found.append(Line(start, start + raw.index(stripped[0]), end, stripped))
        start = end
    return found


def is_chrome(text: str) -> bool:
    """A line that belongs to nobody: "Reply Share", "12 points", a date alone."""
    return len(text) <= _LONGEST_MARK and _compiled(_CHROME).fullmatch(text) is not None


def is_count(text: str) -> bool:
    """A number or "3 hours ago" alone, as it stands beside buttons; elsewhere it can be a runner's answer."""
    return len(text) <= _LONGEST_MARK and _compiled(_COUNT).fullmatch(text) is not None


def plain_name(name: str) -> str:
    """One spelling of a name, to know its writer again."""
    return _BADGE.sub("", name).removeprefix("u/").strip(" \t()[]<>@•·|~*:,.-–'\"")


def is_name(text: str) -> bool:
    """Whether a few words can be what somebody is called; "my physio" and "the next morning" cannot."""
    words = re.findall(r"[\w']+", text.casefold())
    if not 1 <= len(words) <= 4 or len(text) > 40 or text.startswith("r/") or words[0].replace("'", "") in _NO_NAME:
        return False
    return text.rstrip()[-1] not in ".,!?:" or (len(words) == 1 and text.rstrip()[-1] != ":")


def _is_handle(text: str) -> bool:
    """ "u/my_back": with such a sign any word is a name."""
    return text.startswith(("u/", "/u/", "["))


def _can_chat(name: str) -> bool:
    """Whether a word behind a moment is who spoke then, and not what somebody notes each day ("Pain: 5")."""
    return name.casefold().split(" ")[0] in _PEOPLE or name.casefold().split(" ")[0] not in _FIELDS


def has_badge(text: str) -> bool:
    """ "OP" beside a name: the one who opened the thread."""
    return _BADGE.search(text) is not None


def marks_in(lines: list[Line]) -> Iterator[Mark]:
    """Every mark of a page, in order; each line is looked at once, with the few lines beside it."""
    for at, line in enumerate(lines):
        if (len(line.text) <= _LONGEST_MARK or line.text[0] in "[0123456789") and _HINT.search(
            line.text[:_LONGEST_MARK]
        ):
            yield from _mark_at(at, lines)


def _mark_at(at: int, lines: list[Line]) -> Iterator[Mark]:
    line = lines[at]
    following = lines[at + 1].text[:_LONGEST_MARK] if at + 1 < len(lines) else ""
    if (found := _FROM.fullmatch(line.text)) and _heads_mail(at, lines):
        yield _mark(line.start, _end_of_mail_head(at, lines), Role.MAIL, found["name"])
    elif (name := _name_above(line.text, following)) and is_name(name):
        yield _mark(line.start, line.end, Role.POST, name)
    else:
        yield from _by_form(at, lines)


def _name_above(line: str, following: str) -> str | None:
    """A name that only the next line makes one: "• ann" above "Options" or "ann Posts: 12", "Ann says:" above a date."""
    if found := _BULLET_NAME.fullmatch(line):
        return found["name"] if following == "Options" or following.startswith(f"{found['name']} Posts:") else None
    said = _SAYS.fullmatch(line)
    return said["name"] if said and _compiled(_MOMENT_LINE).fullmatch(following) else None


def _by_form(at: int, lines: list[Line]) -> Iterator[Mark]:
    line = lines[at]
    looked_at = line.text[:_LONGEST_MARK]
    for form in _FORMS:
        found = _compiled(form.pattern).fullmatch(looked_at)
        if not found:
            continue
        told = found.groupdict()
        name, start, body = told.get("name"), line.start, line.end
        near = at
        if form.beside:
            found_at = _name_beside(at, form.beside, lines)
            if found_at is None:
                continue
            near = found_at
            name, start, body = _SPLIT.split(lines[near].text)[0], lines[min(at, near)].start, lines[max(at, near)].end
        elif name is not None and not (
            _can_chat(name) if told.get("rest") is not None else _is_handle(looked_at) or is_name(name)
        ):
            continue
        if told.get("rest") is not None:
            body = line.first + found.start("rest")
        is_asker = form.role is Role.POST and _is_badged(lines[min(at, near) : max(at, near) + 2])
        yield _mark(start, body, Role.ASKER if is_asker else form.role, name, form.is_sure, form.is_aside)
        return


def _mark(start: int, body: int, role: Role, name: str | None, is_sure: bool = True, is_aside: bool = False) -> Mark:
    return Mark(start, body, role, plain_name(name) if name else None, is_sure, is_aside)


def _name_beside(at: int, step: int, lines: list[Line]) -> int | None:
    """The nearest line above or below that can be a name; ranks, dates and signs may stand between."""
    for near in range(at + step, at + 5 * step, step):
        text = lines[near].text if 0 <= near < len(lines) else ""
        if len(text) > _LONGEST_MARK or not (is_chrome(text) or _compiled(_DATED_LINE).fullmatch(text)):
            return near if len(text) <= _LONGEST_MARK and is_name(_SPLIT.split(text)[0]) else None
    return None


def _is_badged(lines: list[Line]) -> bool:
    return any(has_badge(line.text) for line in lines if len(line.text) <= _LONGEST_BADGE)


def _heads_mail(at: int, lines: list[Line]) -> bool:
    """Two more lines of a mail's head, or one and an address: "From: Leeds", "To: York" is none."""
    below = [line.text[:_LONGEST_MARK] for line in lines[at + 1 : at + 3]]
    heads = sum(bool(_MAIL_HEAD.fullmatch(text) or _SUBJECT.match(text)) for text in below)
    return heads + ("@" in lines[at].text) > 1


def _end_of_mail_head(at: int, lines: list[Line]) -> int:
    """Where the text of a mail begins; its subject is the writer's words."""
    while at + 1 < len(lines) and _MAIL_HEAD.fullmatch(lines[at + 1].text[:_LONGEST_MARK]):
        at += 1
    return lines[at].end


def labels_in(lines: list[Line]) -> list[Mark]:
    """The marks of a dialogue in labelled lines ("Q: ... A: ...", "Ann: ... Ben: ..."); none where one person fills in a form.

    A dialogue it is when who asks says "I" and who answers says "you".
    """
    found = [
        (at, label, plain_name(label["name"]).casefold())
        for at, line in enumerate(lines)
        if (label := _LABEL.match(line.text))
    ]
    asks = [name for *_, name in found if name in _ASKS]
    if asks and any(_is_answer(name) for *_, name in found) and (len(found) > 2 or asks[0] in _COLUMN_ASKS):
        found = [row for row in found if row[2] in _ASKS or _is_answer(row[2])]
        askers = _ASKS
    else:
        times = Counter(name for *_, name in found if name.split(" ")[0] not in _FIELDS and is_name(name))
        found = [row for row in found if times[row[2]] > 1]
        if not found or len(found) < _DIALOGUE_SHARE * len(lines):
            return []
        askers = frozenset(name for *_, name in found[:1])
    spoken: dict[bool, list[str]] = {True: [], False: []}
    for (at, label, name), (after, *_) in zip(found, [*found[1:], (len(lines), None, "")], strict=True):
        said = [lines[at].text[label.end() :], *(line.text for line in lines[at + 1 : after])]
        spoken[name in askers] += said
    if not (says_i("\n".join(spoken[True])) and says_you("\n".join(spoken[False]))):
        return []
    return list(_label_marks(found, askers, lines))


def _is_answer(name: str) -> bool:
    return name in _ANSWERS or name.startswith(("dr ", "dr. ")) or name.endswith(" assistant")


def _label_marks(
    found: list[tuple[int, re.Match[str], str]], askers: frozenset[str], lines: list[Line]
) -> Iterator[Mark]:
    """Each label, and where after an answer words in the first person follow without one: the story goes on."""
    for (at, label, name), (after, *_) in zip(found, [*found[1:], (len(lines), None, "")], strict=True):
        role = Role.ASKER if name in askers else Role.POST
        yield Mark(lines[at].start, lines[at].first + label.end(), role, None if name in _ASKS else name)
        if role is Role.ASKER:
            continue
        for near in range(at + 1, after):
            # an answer of a column has paragraphs; a line in a chat has not
            goes_on = name in _COLUMN and lines[near].start == lines[near - 1].end
            if not goes_on and says_i(lines[near].text) and not says_you(lines[near].text):
                yield Mark(lines[near].start, lines[near].start, Role.ASKER)
                break
