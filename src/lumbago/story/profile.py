"""Who tells the story: age and sex, where the words say it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lumbago.language.numbers import TENS, UNITS, Amount, number_of
from lumbago.language.tokens import Text

YOUNGEST, OLDEST = 4, 100
_SEX_OF = {"f": "female", "w": "female", "m": "male"}
_DECADE = {"early": 2.0, "mid": 5.0, "late": 8.0}
_CHILD = "daughter|son|kid|boy|girl|teenager|lad|mum|mom|dad|wife|husband"

_AGE = tuple(
    re.compile(pattern, re.VERBOSE)
    for pattern in (
        r"\b(?:i'?m|i\ am|aged?|age:?|(?:just\ )?turn(?:ed|ing))\s+(?:a\s+)?(?P<n>\d{1,2})"
        r"(?=\s*(?:[.,;!)/f\n-]|$|yo\b|y/o|years|yrs|and|with|but|now|i\b|n\b|nd\b|m\b|male|female|woman|man))",
        r"\b(?P<n>\d{1,3})\s*-?\s*(?:years?|yrs?)\s*-?\s*old\b",
        r"\b(?P<n>\d{1,2})\s*(?:yo|y/o|y\.o\.?)\b",
        r"\b(?P<n>[1-9]\d)\s*(?P<sex>f|m)\b(?!\s*(?:pace|/|per))",
        r"\b(?P<sex>f|m|female|male|woman|man)\s*[,/]?\s*(?P<n>[1-9]\d)\b(?!\s*(?:k\b|km|mi|%|min|sec|:))",
        r"^\s*(?P<n>[1-9]\d)\s*[,.]\s",
        rf"\b(?:{_CHILD})\s*(?:is|,|\(|who'?s|who\ is|just\ turned)\s*(?P<n>\d{{1,2}})\b",
        r"\b(?:runner|here|lady|gran\w*|grandad|pensioner|bloke|woman|man|guy|girl|lad)\s*,?\s*(?:here\s*,?\s*)?(?P<n>[1-9]\d)\s*[.,;!]",
        r"\bin\ my\ (?P<decade>early|mid|late)?[ -]?(?P<n>[2-8]0)s\b",
    )
)
_SEX = re.compile(
    r"""(?<!my\ )\b(?: (?P<f>female|woman|lady|girl|mum\ of|mother\ of|mum\ to|gal)
                  | (?P<m>male|man|guy|bloke|dad\ of|father\ of|lad) )\b""",
    re.VERBOSE,
)
_WOMEN_ONLY = re.compile(
    r"\b(?:pregnant|my\ periods?|post-?partum|pp|breast\ ?feeding|menopaus\w*|my\ bump|gave\ birth|c-section)\b",
    re.VERBOSE,
)


_IN_WORDS = re.compile(
    rf"(?:^|[.!?]\s+)(?:i'?m\s+)?(?P<words>(?:{TENS})(?:[ -](?:{UNITS}))?)\s*[.,;!]",
)
_THEIRS = re.compile(
    r"\b(?:he|she)(?:'?s|\ is|\ was|\ just\ turned)\s+(?:only\s+)?(?P<n>\d{1,2})\b(?!\s*(?:[:/%-]|st\b|th\b|km|mi))",
    re.VERBOSE,
)


def ages(text: Text, about_other: bool = False) -> Iterator[Amount]:
    """Every age in years, the surest wording first. about_other: the story is somebody else's, so "she's 14" is the age."""
    for pattern in _AGE:
        for found in pattern.finditer(text.lower):
            if YOUNGEST <= float(found["n"]) <= OLDEST:
                more = _DECADE.get(found.groupdict().get("decade") or "", 0.0)
                yield Amount(float(found["n"]) + more, *found.span())
    for found in _THEIRS.finditer(text.lower) if about_other else ():
        if YOUNGEST <= float(found["n"]) <= OLDEST:
            yield Amount(float(found["n"]), *found.span())
    for found in _IN_WORDS.finditer(text.lower):
        yield Amount(number_of(found["words"]), *found.span("words"))


def sex(text: Text) -> str | None:
    """ "female" or "male" where it is said beside an age, named, or follows (periods, a birth)."""
    beside = (found for pattern in _AGE if "sex" in pattern.groupindex for found in pattern.finditer(text.lower))
    first = next(beside, None)
    if first:
        return _SEX_OF[first["sex"][0]]
    if _WOMEN_ONLY.search(text.lower):
        return "female"
    named = _SEX.search(text.lower)
    return None if not named else "female" if named["f"] else "male"
