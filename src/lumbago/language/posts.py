"""A page cut into posts by its marks and quotes: who wrote each stretch, and which of the people asks."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import Enum
from itertools import pairwise

from lumbago.language.marks import (
    Line,
    Mark,
    Role,
    is_chrome,
    is_count,
    is_name,
    labels_in,
    lines_of,
    marks_in,
    plain_name,
)
from lumbago.language.voices import answers, gives_thanks, has_own_body, is_article, says_i, says_you

_LEAST_STORY = 20  # characters; with less nobody has told anything yet
_LEAST_MARKS = 2  # of those that a story could hold as well
_SHORT_NOTE = 200  # characters; a longer note above a forwarded mail is a story of its own
_LONGEST_QUOTE = 40  # lines in which the end of a quote is looked for
_BYLINE_WITHIN = 8  # lines from the top
_LONGEST_MARK = 200
_A = re.IGNORECASE
_BYLINE = re.compile(r"by:? (?P<name>[^|:]{2,40})", _A)
_ITEM = re.compile(r"(\d{1,3})[.)] ")
_UPDATE = re.compile(r"\W{0,3}(?:update|edit|thanks (?:all|everyone))\b", _A)
_TAG = re.compile(r"\[(?P<close>/?)quote(?:=[\"']?(?P<name>[^\]\n\"';,]{0,60})[^\]\n]{0,80})?\]", _A)
_SIGN = re.compile(r"\s*>")
_QUOTED = re.compile(r"(?:> ?)+")
_WROTE = re.compile(r"on (?=.{0,60}\d).{5,80}[,>\d] ?(?P<name>[^,<>]{1,40}?)(?: <[^>]{0,80}>)? wrote:", _A)
_QUOTES_OF = re.compile(
    r"(?:quote:? ?)?originally posted by:? (?P<of>[^:]{1,40}?)(?: ?\[?view post\]?)?:?"
    r"|(?P<said>[^:]{1,40}) said: ?(?P<arrow>[↑⬆⇑])?",
    _A,
)
_QUOTE_ENDS = re.compile(r"click to expand\W*", _A)
_FORWARDED = re.compile(
    r"\bfwd?\b|\bforward|\bmake of (?:this|it)\b|\bsee below\b|\bwhat do you think\b|\bthoughts\?", _A
)
_GREETING = re.compile(r"\s*(?:hi|hello|hey|dear|good (?:morning|afternoon|evening)),? (\w+)", _A)
_MY = re.compile(r"\bmy\b", _A)
_OPENING = ""  # the key of whoever wrote what stands before the first mark


class Whose(Enum):
    """Whose words a stretch of a page holds."""

    ASKER = "asker"
    OTHER = "other"
    PAGE = "page"  # names, dates and buttons between the posts, or a site's own text


@dataclass(frozen=True, slots=True)
class Post:
    """What one person wrote in one go, or quoted of somebody; `start` and `end` count code points, end exclusive."""

    start: int
    end: int
    whose: Whose
    speaker: str | None = None

    @property
    def is_asker(self) -> bool:
        return self.whose is Whose.ASKER


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch between two marks, before it is known who asks; role None: before the first mark."""

    start: int
    end: int
    role: Role | None
    name: str | None = None

    @property
    def key(self) -> str | None:
        if self.role is None:
            return _OPENING
        return self.name.casefold() if self.name else None


@dataclass(frozen=True, slots=True)
class _Quote:
    """Words that a post repeats: of somebody by name, or of nobody knows whom."""

    start: int
    end: int
    name: str | None
    is_sure: bool = True


def marked_posts(text: str) -> tuple[Post, ...]:
    """The posts as marks and quotes part them, in order and without a gap; empty where they do not show two people."""
    lines = lines_of(text)
    marks = [*marks_in(lines), *labels_in(lines)]
    sure = [mark for mark in marks if mark.is_sure]
    for chosen in (marks if sure else [mark for mark in marks if not mark.is_aside], sure):
        ordered = sorted([*chosen, *_items(lines, chosen)], key=lambda mark: (mark.start, mark.body))
        if posts := _parted(text, lines, ordered):
            return posts
    return ()


def _parted(text: str, lines: list[Line], marks: list[Mark]) -> tuple[Post, ...]:
    quotes = _apart([*_tagged(text), *_behind_signs(lines, bool(marks)), *_introduced(lines, marks)])
    if not any(quote.is_sure for quote in quotes) and not marks:
        return ()
    pieces = [_with_byline(piece, text) for piece in _pieces(text, marks) if piece.start < piece.end]
    askers = _askers(pieces, quotes, text, is_mail=any(mark.role is Role.MAIL for mark in marks))
    if askers is None:
        return ()
    posts = _without_chrome(_with_quotes(pieces, quotes, askers, text), lines, text)
    told = sum(post.end - post.start for post in posts if post.is_asker)
    is_told = told >= _LEAST_STORY if askers else True
    return posts if is_told and _shows_two(posts, marks, quotes, text) else ()


def _pieces(text: str, marks: list[Mark]) -> Iterator[_Piece]:
    """What stands before the first mark, then each mark and what follows it."""
    role: Role | None = None
    name: str | None = None
    at = 0
    for mark in marks:
        start, body = max(at, mark.start), max(at, mark.body)
        yield _Piece(at, start, role, name)
        yield _Piece(start, body, Role.SITE)
        # of a mail that is quoted line by line the quotes tell whose it is, and its reader goes on between them
        if not (mark.role is Role.MAIL and _SIGN.match(text, body)):
            role, name = mark.role, mark.name
        at = body
    yield _Piece(at, len(text), role, name)


def _items(lines: list[Line], marks: list[Mark]) -> Iterator[Mark]:
    """Below "6 answers" each numbered one is another person's, and an update is the asker's."""
    following = sorted((mark.start, mark.role is Role.ANSWER and mark.name is None) for mark in marks)
    place, wanted, indent = 0, 0, -1
    for line in lines:
        while place < len(following) and following[place][0] <= line.start:
            wanted, indent, place = int(following[place][1]), -1, place + 1
        found = _ITEM.match(line.text) if wanted else None
        if found and int(found[1]) == wanted and indent in (-1, line.first - line.start):
            wanted, indent = wanted + 1, line.first - line.start
            yield Mark(line.start, line.start, Role.ANSWER)
        elif wanted and _UPDATE.match(line.text) and says_i(line.text):
            yield Mark(line.start, line.start, Role.ASKER)


def _askers(pieces: list[_Piece], quotes: list[_Quote], text: str, is_mail: bool) -> frozenset[str] | None:
    """The keys of the one who asks: none in an article, None where it cannot be told."""
    said = [piece for piece in pieces if piece.role is not Role.SITE and text[piece.start : piece.end].strip()]
    if not said:
        return None
    first = said[0]
    if is_mail:
        return _who_mails(said, quotes, text)
    opening = text[: first.end] if first.role is None else ""
    if is_article(opening):
        writers = {piece.key for piece in said[1:] if piece.role is Role.POST and piece.key}
        return frozenset(writers) if len(writers) == 1 else frozenset()
    if told := [piece.key for piece in said if piece.role is Role.ASKER]:
        return frozenset({_OPENING, *(key for key in told if key)})
    posts = [piece for piece in said if piece.role is Role.POST]
    if first.role is None and (has_own_body(opening) or not posts or said[1].role is not Role.POST):
        return frozenset({_OPENING, *_names_of_opening(first, posts, text)})
    if first.role is Role.ANSWER or not posts or not posts[0].key:
        return None
    return frozenset({_OPENING, posts[0].key})


def _with_byline(piece: _Piece, text: str) -> _Piece:
    """The first post with its writer's name, where a line "by Ann" tells it."""
    if piece.role is not None:
        return piece
    for line in lines_of(text[: piece.end][:_LONGEST_MARK])[:_BYLINE_WITHIN]:
        found = _BYLINE.fullmatch(line.text)
        if found and is_name(found["name"]):
            return replace(piece, name=plain_name(found["name"]))
    return piece


def _names_of_opening(opening: _Piece, posts: list[_Piece], text: str) -> Iterator[str]:
    """Who wrote the first post: told by a line "by Ann", or else known by coming back with thanks to all."""
    if opening.name:
        yield opening.name.casefold()
    else:
        yield from [post.key for post in posts if post.key and gives_thanks(text[post.start : post.end])][:1]


def _who_mails(said: list[_Piece], quotes: list[_Quote], text: str) -> frozenset[str] | None:
    """The newest mail is the asker's, unless it only hands on another one or answers it."""
    newest = said[0]
    if newest.role is Role.ANSWER:
        return None
    note = "".join(text[start:end] for start, end in _own_words(newest, quotes)).strip()
    key = newest.key or _OPENING
    others = [piece.name for piece in said[1:] if piece.name] + [quote.name for quote in quotes if quote.name]
    if len(note) <= _SHORT_NOTE and (not note or _FORWARDED.search(note)):
        return frozenset({key, _OPENING, others[0].casefold()}) if others else None
    greeted = _GREETING.match(note)
    if greeted and others and others[0].casefold().split()[0] == greeted[1].casefold() and _only_answers(note):
        return frozenset({others[0].casefold()})
    return frozenset({key})


def _own_words(piece: _Piece, quotes: list[_Quote]) -> Iterator[tuple[int, int]]:
    at = piece.start
    for quote in quotes:
        if at <= quote.start < piece.end:
            yield at, quote.start
            at = quote.end
    yield at, piece.end


def _only_answers(note: str) -> bool:
    return says_you(note) and not _MY.search(note)


def _with_quotes(pieces: list[_Piece], quotes: list[_Quote], askers: frozenset[str], text: str) -> Iterator[Post]:
    """The posts, with quoted words given to those who are quoted."""
    known = {line.text for p in pieces if quotes and _is_askers(p, askers) for line in lines_of(text[p.start : p.end])}
    place = 0
    for piece in pieces:
        at = piece.start
        while place < len(quotes) and quotes[place].start < piece.end:
            quote = quotes[place]
            start, end = max(at, quote.start), min(quote.end, piece.end)
            yield _post(piece, at, start, askers)
            yield Post(start, end, _whose_quote(quote, piece, askers, known, text), quote.name)
            at = end
            if quote.end > piece.end:
                break
            place += 1
        yield _post(piece, at, piece.end, askers)


def _is_askers(piece: _Piece, askers: frozenset[str]) -> bool:
    return piece.role is not Role.SITE and (piece.role is Role.ASKER or piece.key in askers)


def _post(piece: _Piece, start: int, end: int, askers: frozenset[str]) -> Post:
    if _is_askers(piece, askers):
        return Post(start, end, Whose.ASKER, piece.name)
    if piece.role is Role.SITE or (piece.role is None and not askers):
        return Post(start, end, Whose.PAGE)
    return Post(start, end, Whose.OTHER, piece.name)


def _whose_quote(quote: _Quote, piece: _Piece, askers: frozenset[str], known: set[str], text: str) -> Whose:
    if quote.name:
        return Whose.ASKER if quote.name.casefold() in askers else Whose.OTHER
    if _is_askers(piece, askers):
        return Whose.OTHER
    words = [_QUOTED.sub("", line.text).strip() for line in lines_of(text[quote.start : quote.end])]
    return Whose.ASKER if any(each in known for each in words) else Whose.OTHER


def _without_chrome(posts: Iterable[Post], lines: list[Line], text: str) -> tuple[Post, ...]:
    """The same with buttons and dates between the posts given to the page; neighbours of the page's are one."""
    found: list[Post] = []
    for part in _cut_at_chrome(posts, lines):
        if part.start == part.end:
            continue
        said = part if text[part.start : part.end].strip() else Post(part.start, part.end, Whose.PAGE)
        if found and found[-1].whose is said.whose is Whose.PAGE:
            said = Post(found.pop().start, said.end, Whose.PAGE)
        found.append(said)
    return tuple(found)


def _cut_at_chrome(posts: Iterable[Post], lines: list[Line]) -> Iterator[Post]:
    place, was_chrome = 0, False
    for post in posts:
        while place < len(lines) and lines[place].start < post.start:
            place += 1
        at = post.start
        while place < len(lines) and lines[place].end <= post.end:
            line = lines[place]
            was_chrome = is_chrome(line.text) or (was_chrome and is_count(line.text))
            if post.whose is not Whose.PAGE and was_chrome:
                yield Post(at, line.start, post.whose, post.speaker)
                yield Post(line.start, line.end, Whose.PAGE)
                at = line.end
            place += 1
        yield Post(at, post.end, post.whose, post.speaker)


def _shows_two(posts: tuple[Post, ...], marks: list[Mark], quotes: list[_Quote], text: str) -> bool:
    """Whether others speak, by a sure mark; or by several that a story could hold as well, and their voice."""
    others = [post for post in posts if post.whose is Whose.OTHER]
    if any(mark.is_sure for mark in marks) or any(quote.is_sure for quote in quotes):
        return bool(others)
    return len(marks) >= _LEAST_MARKS and any(answers(text[post.start : post.end]) for post in others)


def _apart(quotes: list[_Quote]) -> list[_Quote]:
    """In order, and none within another."""
    kept: list[_Quote] = []
    for quote in sorted(quotes, key=lambda each: (each.start, -each.end)):
        if not kept or quote.start >= kept[-1].end:
            kept.append(quote)
    return kept


def _tagged(text: str) -> Iterator[_Quote]:
    """[quote=Ann] ... [/quote]; within another the inner name counts; a tag that nothing closes is none."""
    open_: list[tuple[int, str | None]] = []
    found: list[_Quote] = []
    for tag in _TAG.finditer(text):
        if not tag["close"]:
            if open_:
                found.append(_Quote(open_[-1][0], tag.start(), open_[-1][1]))
            open_.append((tag.start(), plain_name(tag["name"] or "") or None))
        elif open_:
            start, name = open_.pop()
            found.append(_Quote(start, tag.end(), name))
            if open_:
                open_[-1] = (tag.end(), open_[-1][1])
            else:
                yield from found
                found = []


def _behind_signs(lines: list[Line], is_page: bool) -> Iterator[_Quote]:
    """Lines behind ">", as mails and boards quote; in a mail the name stands in the line before, one sign less deep.

    "> 5 km" is no quote unless a mail is quoted.
    """
    names: dict[int, str | None] = {}
    for line in lines:
        signs = _QUOTED.match(line.text)
        depth = signs[0].count(">") if signs else 0
        said = line.text[signs.end() if signs else 0 :][:_LONGEST_MARK]
        if wrote := _WROTE.fullmatch(said):
            names[depth + 1] = plain_name(wrote["name"])
        if signs and (names or (is_page and not said[:1].isdigit())):
            yield _Quote(line.start, line.end, names.get(depth), is_sure=False)


def _introduced(lines: list[Line], marks: list[Mark]) -> Iterator[_Quote]:
    """ "Originally posted by Ann", "Ann said: ↑ ... Click to expand": the paragraph below, or as far as its end is told."""
    openings = [mark.start for mark in marks]
    intros = [(at, found) for at, line in enumerate(lines) if (found := _introduces(line.text))]
    afters = [*(at for at, _ in intros[1:]), len(lines)]
    for (at, found), after in zip(intros, afters, strict=False):
        until = bisect_right(openings, lines[at].start)
        below = lines[at + 1 : min(after, at + 1 + _LONGEST_QUOTE)]
        below = [line for line in below if until == len(openings) or line.start < openings[until]]
        ends = next((n for n, line in enumerate(below) if _QUOTE_ENDS.fullmatch(line.text)), None)
        if ends is None and (not below or (found["said"] and not found["arrow"])):
            continue
        if ends is None:
            ends = next((n for n, (one, other) in enumerate(pairwise(below)) if one.end < other.start), 0)
        yield _Quote(lines[at].start, below[ends].end, plain_name(found["of"] or found["said"]))


def _introduces(text: str) -> re.Match[str] | None:
    return _QUOTES_OF.fullmatch(text) if len(text) <= _LONGEST_MARK else None
