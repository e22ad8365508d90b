"""Days and months as runners name them, as the days that have gone by since: "since Sunday", "in March", "on 3 November"."""

# ruff: noqa: E501 - a pattern is read best in one piece

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from lumbago.language.numbers import Amount
from lumbago.language.tokens import Text

_WEEKDAYS = "mon tue wed thu fri sat sun".split()
_MONTHS_A_YEAR = 12
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
# The middle day of what people call by a season or a feast, as (month, day), northern year.
_SEASONS = {
    "new year": (1, 1), "new years": (1, 1), "winter": (1, 15), "easter": (4, 10), "spring": (4, 15), "summer": (7, 15),
    "autumn": (10, 15), "fall": (10, 15), "halloween": (10, 31), "christmas": (12, 25), "xmas": (12, 25),
}  # fmt: skip
_WEEKDAY = r"(?P<weekday>mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day|\b)"
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b"
)
_NAMED = re.compile(
    rf"""\b(?P<lead>since|from|in|on|last|this\ past|back\ in|way\ back\ in|until|till|started|began)\s+
         (?:(?:about|around|the|last|this|like|maybe|roughly|before|early|mid|late|end\ of|beginning\ of|start\ of|middle\ of)[\s-]+){{0,2}}
         (?: (?P<iso>20\d\d-\d\d-\d\d)\b
           | (?P<first>\d{{1,2}})(?P<mark>[./])(?P<second>\d{{1,2}})(?P=mark)(?P<in>20\d\d)\b
           | (?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?\s+(?:the\s+)?)? (?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?)?{_MONTH}
             (?:\s+(?P<dayafter>\d{{1,2}})(?:st|nd|rd|th)?\b(?![:.]\d))? (?:,?\s+(?P<year>20\d\d))?
           | {_WEEKDAY}
           | (?P<season>{"|".join(_SEASONS)})\b )
         (?!\s+(?:we|i'll|is\ the\ race|coming))""",
    re.VERBOSE,
)
_BARE_WEEKDAY = re.compile(r"\b(?P<weekday>mon|tues|wednes|thurs|fri|satur|sun)day\b(?!s)")


def dates_named(text: Text, as_of: date) -> Iterator[tuple[str, Amount]]:
    """(the word that leads in, days gone by with its stretch of text) of every day, month, feast or season that has been named.

    A name without a year means the last one before `as_of`.
    """
    for found in _NAMED.finditer(text.lower):
        day = None if _is_something_else(found) else _day_of(found, as_of)
        if day is not None and day <= as_of:
            yield found["lead"], Amount(float((as_of - day).days), *found.span())


def weekdays_named(text: Text, as_of: date) -> Iterator[tuple[str, Amount]]:
    """The same for days of the week that nothing leads in: "did my back Sunday"."""
    for found in _BARE_WEEKDAY.finditer(text.lower):
        gone_by = (as_of.weekday() - _WEEKDAYS.index(found["weekday"][:3])) % 7
        yield "", Amount(float(gone_by or 7), *found.span())


def _is_something_else(found: re.Match[str]) -> bool:
    """ "In the sun", "since the fall" (off a bike)."""
    sunny = found["weekday"] and found["lead"].endswith("in")
    return bool(sunny) or (found["season"] == "fall" and found["lead"] not in ("last", "in", "back in"))


def _day_of(found: re.Match[str], as_of: date) -> date | None:
    if found["iso"]:
        return _date(*map(int, found["iso"].split("-")))
    if found["first"]:
        return _in_numbers(found)
    if found["weekday"]:
        gone_by = (as_of.weekday() - _WEEKDAYS.index(found["weekday"][:3])) % 7
        return as_of - timedelta(days=gone_by or 7)
    if found["season"]:
        return _last(*_SEASONS[found["season"]], as_of)
    month = _MONTHS.index(found["month"][:3]) + 1
    named = found["day"] or found["dayafter"]
    if found["year"]:
        return _date(int(found["year"]), month, int(named or 15))
    return _last(month, int(named or (1 if month == as_of.month else 15)), as_of)


def _in_numbers(found: re.Match[str]) -> date | None:
    """3.11.2026 is a day in November; 3/11/2026 may be one in March, so that only 13/11 or 11/13 is read."""
    first, second, year = int(found["first"]), int(found["second"]), int(found["in"])
    if found["mark"] == "." or first > _MONTHS_A_YEAR:
        return _date(year, second, first)
    return _date(year, first, second) if second > _MONTHS_A_YEAR else None


def _last(month: int, day: int, as_of: date) -> date | None:
    this_year = _date(as_of.year, month, day)
    return this_year if this_year and this_year <= as_of else _date(as_of.year - 1, month, day)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None  # "31 June"
