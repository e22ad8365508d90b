"""How long this spell of pain has lasted, in days."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from lumbago.language.numbers import Amount, durations
from lumbago.language.tokens import Text

_BEFORE = 40  # code points looked at on either side of a stretch of time
_LEADS_IN = re.compile(
    r"""\b(?:for|over|past|last|these|about|almost|nearly|now|been|after|of|had|had\ it|had\ this|got|ago|since
           |going\ on|at\ least|roughly|around|on|a)
        \s*(?:the\s+)?(?:(?:past|last|about|good|almost|nearly|over|at\ least)\s+)*$""",
    re.VERBOSE,
)
_LEADS_OUT = re.compile(
    r"""^\s*(?:ago|of\ (?:low|lower|back|pain|this|it|agony|aching|soreness|severe)|now\b|on\b|with\ (?:this|back|pain)
        |and\ (?:it|no|still|counting)|like\ this|solid|straight|back\b|in\b)""",
    re.VERBOSE,
)
_ABOUT_SOMETHING_ELSE = re.compile(
    r"""^\s*(?:running|runner|into\ (?:running|my|a|the|it)|jogging|old|later|straight\ running|post|pp\b|pregnant|postpartum
        |plan|block|program|to\ go|away|until|till|off|out|on\ and\ off\ the
        |of\ (?!(?:constant\ |severe\ |dull\ |low|back|pain|this|it\b|agony|ach|sore|mild|bad)))""",
    re.VERBOSE,
)
_OF_SOMETHING_ELSE = re.compile(
    r"""(?:\b(?:run|ran|running|runner|jogging|trained|training|take|took|takes|cleared|clear|rested|rest|off|lasts?|lasted
            |married|worked|working|job|desk|cycling)\b[^.;]{0,24}
        |\b(?:in|within|every|first|next|after|took\ me|by|under|less\ than)\s*(?:about|the|a|around|just|over)?)\s*$""",
    re.VERBOSE,
)
_RATE = re.compile(r"(?:\d|hrs?|hours?|times|x|miles?|mi|km|k|mins?|minutes|once|twice|runs|days|total)\s*$")
_TODAY = re.compile(r"\b(?:this morning|this morn|today|tonight)\b")
_YESTERDAY = re.compile(r"\b(?:yesterday|last night|yday)\b")


def spell_lengths(text: Text, over: frozenset[int] = frozenset()) -> Iterator[Amount]:
    """Stretches of time that tell how long the pain has been there; else today or yesterday.

    over: clauses that tell of a time that is over, whose stretches are not of this spell.
    """
    told = False
    for amount in durations(text):
        if amount.value >= 1 and _is_of_the_pain(amount, text.lower) and _clause_at(amount.start, text) not in over:
            told = True
            yield Amount(float(round(amount.value)), amount.start, amount.end)
    if not told:
        for days, pattern in ((0.0, _TODAY), (1.0, _YESTERDAY)):
            for found in pattern.finditer(text.lower):
                yield Amount(days, *found.span())


def _clause_at(start: int, text: Text) -> int:
    place = bisect_left(text.tokens, start, key=lambda token: token.start)
    return text.tokens[min(place, len(text.tokens) - 1)].clause


def _is_of_the_pain(amount: Amount, low: str) -> bool:
    before, after = low[max(0, amount.start - _BEFORE) : amount.start], low[amount.end : amount.end + _BEFORE]
    if low.startswith(("a ", "an "), amount.start) and _RATE.search(before):
        return False  # "8 hours a day"
    if _ABOUT_SOMETHING_ELSE.match(after):
        return False
    if _OF_SOMETHING_ELSE.search(before) and not re.match(r"\s*ago|\s+now", after):
        return False
    alone = re.search(r"[,;–-]\s*$", before) and re.match(
        r"\s*(?:[.,;!?)]|$)", after
    )  # "hurts when I lean back, 4 weeks."
    return bool(_LEADS_IN.search(before) or _LEADS_OUT.match(after) or alone)
