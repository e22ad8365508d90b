"""How long this spell of pain has lasted, in days."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from datetime import date

from lumbago.language.dates import dates_named, weekdays_named
from lumbago.language.numbers import DAYS, Amount, durations
from lumbago.language.tokens import Text

_BEFORE = 40  # code points looked at on either side of a stretch of time
_YEARS = 700.0  # days from which a stretch is a life's rather than a pain's, unless the pain stands beside it
_FILLERS = (
    r"past|last|about|good|almost|nearly|over|at\ least|like|maybe|only|some|probably|just|already|roughly|around"
)
_LEADS_IN = re.compile(
    rf"""\b(?:for|over|past|last|these|about|almost|nearly|now|been|after|of|had|had\ it|had\ this|got|ago|since|from|already
           |going\ on|at\ least|roughly|around|on|a|x|this|its|it's|it\ is|it\ has|sore|aching|hurting|sciatica)
        \s*(?:the\s+)?(?:(?:{_FILLERS})\s+)*$""",
    re.VERBOSE,
)
_LEADS_OUT = re.compile(
    r"""^\s*(?:or\ so\s*)?(?:ago|of\ (?:low|lower|back|pain|this|it|agony|aching|soreness|severe|sciatica)|now\b|on\b
        |with\ (?:this|back|pain)|and\ (?:it|no|still|counting)|like\ (?:this|that)|solid|straight|back\b|in\b|hx\b|history\b)""",
    re.VERBOSE,
)
_ABOUT_SOMETHING_ELSE = re.compile(
    r"""^\s*(?:running|runner|into\ (?:running|my|a|the|it)|jogging|old|later|straight\ running|post|pp\b|pregnant|postpartum
        |plan|block|program|to\ go|away|until|till|off|out|on\ and\ off\ the|late\b|after\b|on\ (?:mon|tue|wed|thu|fri|sat|sun)
        |of\ (?!(?:constant\ |severe\ |dull\ |low|back|pain|this|it\b|agony|ach|sore|mild|bad|sciatica)))""",
    re.VERBOSE,
)
_OF_SOMETHING_ELSE = re.compile(
    r"""(?:\b(?:run|ran|running|runner|jogging|jogged|trained|training|take|took|takes|cleared|clear|rested|rest|off|lasts?|lasted
            |married|worked|working|job|desk|cycling|moved|drove|late\ by|pred\w*|steroids?|tablets?|statins?|periods?
            |flushes|retired|smoked|lived|healed|operation|surgery|(?:the|my|our)\ baby)\b[^.;]{0,24}
        |\b(?:in|within|every|first|next|after|took\ me|by|under|less\ than)\s*(?:about|the|a|around|just|over)?)\s*$""",
    re.VERBOSE,
)
_OF_THE_PAIN = re.compile(
    r"""\b(?:back\s?aches?|back|spine|pains?|hurts?|hurting|aches?|aching|achy|sore(?:ness)?|stiff(?:ness)?|sciatica|lumbago
        |niggl\w+|symptoms?|lbp|had\ (?:it|this)|(?:it|this)\ (?:has\ been|started|began)|put\ up\ with|been\ going\ on)\b""",
    re.VERBOSE,
)
_HARDLY_THE_PAIN = re.compile(
    r"\b(?:(?:the|my|our) baby|periods?|monthly|aunt|weight|stone|kilos|pred\w*|tablets?|steroids?|heavier)\b[^.;]{0,30}$"
)
_RATE = re.compile(r"(?:\d|hrs?|hours?|times|x|miles?|mi|km|k|mins?|minutes|once|twice|runs|days|total)\s*$")
_SINCE = ("since", "from")
_STARTED = ("started", "began")
_BEGAN = re.compile(
    r"""\b(?:(?:started|began|begun)(?!\s+(?:running|jogging|training|couch|c25k|to\ (?:run|jog|train)))
          |came\ on|kicked\ in|kicked\ off|went|gave|tweaked|pulled|hurt|felt\ it|noticed|flared
          |locked|seized|did\ (?:my|me)\ back|(?:put|done)\ (?:my|me)\ back|popped|slipped|strained)\b[^.;!?]{0,30}$""",
    re.VERBOSE,
)
_BEGINS = re.compile(r"[^.;!?]{0,20}\b(?:started|began|came\ on|kicked\ in)\b")  # "On Tuesday it began"
_BARE = re.compile(
    rf"""\b(?:since|from|started|began|came\ on)\s+(?:(?:{_FILLERS}|the)\s+){{0,2}}
         (?P<which>last\ week(?:end)?|this\ week(?:end)?|the\ weekend|weekend|last\ month|last\ year)\b""",
    re.VERBOSE,
)
_NTH = "second third fourth fifth sixth seventh eighth".split()
_COUNTED = re.compile(
    rf"""\b(?P<nth>{"|".join(_NTH)}|[2-8](?:nd|rd|th))\s+(?P<unit>day|week|month)\s+(?:now\b|(?:of|with)\s+(?:it|this|pain|back|sore|a\s+sore))
      | \b(?P<all>all|the\s+whole|whole)\s+(?P<of>week|month)\b
      | (?<![\d/])(?P<n>\d{{1,2}})/(?P<noted>7|52|12)\s+(?:hx|history|ago|of\b|duration)""",
    re.VERBOSE,
)  # "third week of this", "sore all week", and as clinicians note it "3/52 hx"
_NOTED = {"7": DAYS["day"], "52": DAYS["week"], "12": DAYS["month"]}
_THAT_LONG_AGO = {"week": 7.0, "weekend": 3.0, "month": DAYS["month"], "year": DAYS["year"]}
_TODAY = re.compile(r"\b(?:this morning|this morn|this evening|today|tonight)\b")
_YESTERDAY = re.compile(r"\b(?:yesterday|last night|yday)\b")


def spell_lengths(text: Text, as_of: date, over: frozenset[int] = frozenset()) -> Iterator[Amount]:
    """Stretches of time that tell how long the pain has been there; else since when; else today or yesterday.

    over: clauses that tell of a time that is over, whose stretches are not of this spell.
    """
    told = [
        Amount(float(round(amount.value)), amount.start, amount.end)
        for amount in durations(text)
        if amount.value >= 1 and _is_of_the_pain(amount, text.lower) and _clause_at(amount.start, text) not in over
    ]
    told += _counted(text)
    yield from sorted(told, key=lambda amount: not _OF_THE_PAIN.search(_around(amount, text.lower)))
    if told:
        return
    since = [
        amount
        for lead, amount in (*dates_named(text, as_of), *weekdays_named(text, as_of))
        if (lead in _SINCE and not _HARDLY_THE_PAIN.search(text.lower[max(0, amount.start - _BEFORE) : amount.start]))
        or (lead in _STARTED and _OF_THE_PAIN.search(_sentence(amount, text.lower)))
        or _BEGAN.search(text.lower[max(0, amount.start - _BEFORE) : amount.start])
        or _BEGINS.match(text.lower[amount.end : amount.end + _BEFORE])
    ]
    since += [
        Amount(_THAT_LONG_AGO[found["which"].rsplit(maxsplit=1)[-1]], *found.span())
        for found in _BARE.finditer(text.lower)
    ]
    if since:
        yield min(since, key=lambda amount: (not _OF_THE_PAIN.search(_around(amount, text.lower)), amount.start))
        return
    for days, pattern in ((0.0, _TODAY), (1.0, _YESTERDAY)):
        for found in pattern.finditer(text.lower):
            yield Amount(days, *found.span())


def _counted(text: Text) -> Iterator[Amount]:
    """Stretches told by counting or in short: "third week of it", "all week", "3/52 hx"."""
    for found in _COUNTED.finditer(text.lower):
        if found["nth"]:
            times = _NTH.index(found["nth"]) + 2 if found["nth"] in _NTH else int(found["nth"][0])
            days = (times - 0.5) * DAYS[found["unit"]]
        elif found["n"]:
            days = int(found["n"]) * _NOTED[found["noted"]]
        else:
            days = DAYS[found["of"]]
        amount = Amount(float(round(days)), *found.span())
        if not found["all"] or _OF_THE_PAIN.search(_around(amount, text.lower)):
            yield amount


def _around(amount: Amount, low: str) -> str:
    """The words of its sentence close to a stretch of time."""
    return " ".join(_beside(amount, low))


def _sentence(amount: Amount, low: str) -> str:
    """The same with the stretch itself."""
    before, after = _beside(amount, low)
    return before + low[amount.start : amount.end] + after


def _beside(amount: Amount, low: str) -> tuple[str, str]:
    before, after = low[max(0, amount.start - _BEFORE) : amount.start], low[amount.end : amount.end + _BEFORE]
    return re.split(r"[.;!?]\s", before)[-1], re.split(r"[.;!?](?:\s|$)", after)[0]


def _clause_at(start: int, text: Text) -> int:
    place = bisect_left(text.tokens, start, key=lambda token: token.start)
    return text.tokens[min(place, len(text.tokens) - 1)].clause


def _is_of_the_pain(amount: Amount, low: str) -> bool:
    before, after = low[max(0, amount.start - _BEFORE) : amount.start], low[amount.end : amount.end + _BEFORE]
    if low.startswith(("a ", "an "), amount.start) and _RATE.search(before):
        return False  # "8 hours a day"
    if _ABOUT_SOMETHING_ELSE.match(after) or _HARDLY_THE_PAIN.search(before):
        return False
    if _OF_SOMETHING_ELSE.search(before) and not re.match(r"\s*ago|\s+now", after):
        return False
    if amount.value >= _YEARS and not _OF_THE_PAIN.search(_around(amount, low)):
        return False  # "I drove a bus for thirty years"
    alone = re.search(r"(?:[,;–-]|^|[.!?])\s*$", before) and re.match(
        r"\s*(?:[.,;!?)]|$)", after
    )  # "hurts when I lean back, 4 weeks."
    return bool(_LEADS_IN.search(before) or _LEADS_OUT.match(after) or alone)
