"""Numbers as runners write them: distances, durations, scores, ages, dates, weekly habits. SI inside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from lumbago.language.tokens import Text

METRES = {"km": 1000.0, "mile": 1609.344, "m": 1.0}
DAYS = {"day": 1.0, "night": 1.0, "week": 7.0, "fortnight": 14.0, "month": 30.0, "year": 365.0}
RACES = {"marathon": 42195.0, "half-marathon": 21097.5, "parkrun": 5000.0}
WORD_NUMBERS = {
    word: number
    for number, words in {
        0.5: "half", 1: "a an one", 2: "two couple", 3: "three few", 4: "four several", 5: "five", 6: "six", 7: "seven",
        8: "eight", 9: "nine", 10: "ten", 11: "eleven", 12: "twelve", 13: "thirteen", 14: "fourteen", 15: "fifteen",
        16: "sixteen", 17: "seventeen", 18: "eighteen", 19: "nineteen", 20: "twenty", 30: "thirty", 40: "forty",
        50: "fifty", 60: "sixty", 70: "seventy", 80: "eighty", 90: "ninety",
    }.items()
    for word in words.split()
}  # fmt: skip

MILD_AT_MOST, SEVERE_FROM = 3, 7

_WORDS = "|".join(sorted(WORD_NUMBERS, key=len, reverse=True))
_NUM = rf"(?:\d+(?:[.,]\d+)?|(?:a )?(?:couple|few)(?: of)?|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty)[ -](?:one|two|three|four|five|six|seven|eight|nine)|{_WORDS})"
_RANGE = rf"(?P<n>{_NUM})(?:\s*(?:-|–|to|or)\s*(?P<to>{_NUM}))?\s*(?:\+|plus|ish|odd)?\s*"
_KM = r"(?:k|kms?|kilomet(?:er|re)s?|klicks?)"
_MILE = r"(?:mi|miles?|milers?|mile runs?)"
_DISTANCE = re.compile(rf"(?<![\w.])(?:{_RANGE}-?(?P<unit>{_KM}|{_MILE})|(?P<half>half a mile|half mile))\b")
_UNIT = r"(?P<unit>days?|nights?|weekends?|wks?|weeks?|fortnights?|months?|mths?|mos?|years?|yrs?|hours?|hrs?|mins?|minutes?|secs?|seconds?)"
_DURATION = re.compile(rf"(?<![\w.])(?:{_RANGE}(?:and a half )?-?{_UNIT}|(?P<bare>a fortnight|fortnight))\b")
_SCORE = re.compile(
    r"(?<![\w./])(?P<n>\d{1,2}(?:\.\d)?)(?:\s*-\s*(?P<to>\d{1,2}))?\s*(?:/|out of|outta|from)\s*(?:10|ten)\b"
)


@dataclass(frozen=True, slots=True)
class Amount:
    """A number in SI (metres, days, points) with the stretch of text that says it."""

    value: float
    start: int
    end: int
    low: float | None = None  # the lower end of a range


def number_of(word: str) -> float:
    """'12', '3,5', 'couple of', 'twenty-one' as a number. Raises ValueError for anything else."""
    word = word.strip().removeprefix("a ").removesuffix(" of").strip()
    if word[:1].isdigit():
        return float(word.replace(",", "."))
    parts = re.split(r"[ -]", word)
    return sum(WORD_NUMBERS[part] for part in parts) if all(p in WORD_NUMBERS for p in parts) else float(word)


def _ends(found: re.Match[str]) -> tuple[float, float]:
    low = number_of(found["n"])
    return low, number_of(found["to"]) if found["to"] else low


def distances(text: Text) -> Iterator[Amount]:
    """Every distance in metres; a range counts by its upper end."""
    for found in _DISTANCE.finditer(text.lower):
        if found["half"]:
            yield Amount(METRES["mile"] / 2, found.start(), found.end())
            continue
        unit = METRES["mile"] if found["unit"].startswith("mi") else METRES["km"]
        low, high = _ends(found)
        yield Amount(high * unit, found.start(), found.end(), low * unit)


def durations(text: Text) -> Iterator[Amount]:
    """Every stretch of time in days (minutes and hours as fractions); a range counts by its middle."""
    for found in _DURATION.finditer(text.lower):
        if found["bare"]:
            yield Amount(DAYS["fortnight"], found.start(), found.end())
            continue
        low, high = _ends(found)
        unit = _days_of(found["unit"])
        yield Amount((low + high) / 2 * unit, found.start(), found.end(), low * unit)


def _days_of(unit: str) -> float:
    for beginning, days in (
        ("weekend", 2.0), ("day", 1.0), ("night", 1.0), ("w", 7.0), ("fortnight", 14.0), ("mi", 1 / 1440), ("mo", 30.0),
        ("mt", 30.0), ("y", 365.0), ("h", 1 / 24), ("s", 1 / 86400),
    ):  # fmt: skip
        if unit.startswith(beginning):
            return days
    raise ValueError(unit)


def scores(text: Text) -> Iterator[Amount]:
    """Every "n out of 10"; a range counts by its upper end."""
    for found in _SCORE.finditer(text.lower):
        high = float(found["to"] or found["n"])
        if high <= 10:
            yield Amount(high, found.start(), found.end(), float(found["n"]))


def shapes(text: Text) -> Iterator[tuple[str, int, int]]:
    """(family, first token, last token) of every number shape that phrases may name."""
    for family, amounts in (("distance", distances(text)), ("duration", durations(text)), ("score", scores(text))):
        for amount in amounts:
            span = _tokens_of(text, amount.start, amount.end)
            if span:
                yield family, *span
            if span and family == "score" and (band := _band(amount.value)):
                yield band, *span
    for place, token in enumerate(text.tokens):
        if token.norm[0].isdigit() or (token.norm in WORD_NUMBERS and token.norm not in ("a", "an")):
            yield "number", place, place
        if re.fullmatch(r"(19|20)\d\d", token.norm):
            yield "date", place, place


def _band(score: float) -> str | None:
    """Mild is 3 or less and severe 7 or more in daily life (evidence/vocabulary.yaml, shared meanings)."""
    return "score-low" if score <= MILD_AT_MOST else "score-high" if score >= SEVERE_FROM else None


def _tokens_of(text: Text, start: int, end: int) -> tuple[int, int] | None:
    inside = [n for n in _near(text, start) if text.tokens[n].start < end and text.tokens[n].end > start]
    return (inside[0], inside[-1]) if inside else None


def _near(text: Text, start: int) -> range:
    """Token numbers around a place in the text, found by halving."""
    low, high = 0, len(text.tokens)
    while low < high:
        middle = (low + high) // 2
        low, high = (middle + 1, high) if text.tokens[middle].end <= start else (low, middle)
    return range(low, min(low + 8, len(text.tokens)))


def weeks_between(one: date, other: date) -> float:
    return (other - one) / timedelta(weeks=1)
