"""Numbers as runners write them: distances, stretches of time, scores, weekly habits, temperature, weight. SI inside."""

# ruff: noqa: E501 - a pattern is read best in one piece

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lumbago.language.tokens import Text

METRES = {"km": 1000.0, "mile": 1609.344}
DAYS = {"day": 1.0, "week": 7.0, "month": 30.0, "year": 365.0}
MILD_AT_MOST, SEVERE_FROM = 3, 7  # of 10, in daily life (evidence/vocabulary.yaml, shared meanings)
POUND_KG = 0.45359237

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

_WORDS = "|".join(sorted(WORD_NUMBERS, key=len, reverse=True))
TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
UNITS = "one|two|three|four|five|six|seven|eight|nine"
_NUMBER = rf"(?:\d{{1,6}}(?:[.,]\d+)?|(?:a\ )?(?:couple|few)(?:\ of)?|(?:{TENS})[ -](?:{UNITS})|{_WORDS})"
_RANGE = rf"(?P<n>{_NUMBER})(?:\s*(?:-|–|to|or)\s*(?P<to>{_NUMBER}))?"
_KM, _MILE = r"k|kms?|kilomet(?:er|re)s?|klicks?", r"mi|miles?|milers?"
_A_WEEK = r"(?:a|per|each|/|every|in\ a)\s*(?:week|wk)\b"

_DISTANCE = re.compile(
    rf"(?<![\w.]) (?: {_RANGE} \s*(?:\+|plus|ish|odd)?\s*-? (?P<unit>{_KM}|{_MILE}) | (?P<half>half\ a\ mile|half\ mile) )\b",
    re.VERBOSE,
)
_DURATION = re.compile(
    rf"""(?<![\w.]) (?: {_RANGE} \s*(?:\+|plus|ish|odd)?\s* (?:and\ a\ half\s)? -?
         (?P<unit> days?|nights?|weekends?|wks?|weeks?|fortnights?|months?|mths?|mos?|years?|yrs?
           |hours?|hrs?|mins?|minutes?|secs?|seconds?) (?P<half>\ and\ a\ half)?
       | (?P<bare>a\ fortnight|fortnight) )\b""",
    re.VERBOSE,
)
_SCORE = re.compile(
    r"(?<![\w./]) (?P<n>\d{1,2}(?:\.\d)?) (?:\s*-\s*(?P<to>\d{1,2}))? \s*(?:/|out\ of|outta)\s*(?:10|ten)\b", re.VERBOSE
)
_WEEKLY = re.compile(
    rf"""(?<![\w.:]) (?P<grew>(?:from|went|gone|up|building|built|bumped|jumped|jump)\ (?:up\ )?(?:from\ )?(?:like\ |about\ |around\ )?)?
         (?P<n>\d{{1,3}}(?:\.\d+)?|{TENS}) (?:\s*(?:-|–|to|->|→|up\ to)\s*(?:about\ |around\ )?(?P<to>\d{{1,3}}(?:\.\d+)?|{TENS}))? \s*(?:\+|ish|odd|easy)?\s*
         (?: (?P<mpw>mpw) | kpw | (?P<unit>(?:{_KM}|{_MILE})(?:'?s)?)\s*(?:total\s*)?(?:{_A_WEEK}|weeks?\b|weekly\b)(?!\s(?:on|today|tomorrow|sun|sat|mon|tue|wed|thu|fri)) )
         (?:\s*(?:to|up\ to)\s*(?:about\ |around\ |nearly\ )?(?P<now>\d{{2,3}})\b(?!\s*(?:min|hour|week|day|month)))?""",
    re.VERBOSE,
)
_TIMES = re.compile(
    rf"(?P<n>\d|once|twice|{_WORDS}) (?:\s*(?:-|–|to|or)\s*(?P<to>\d|{_WORDS}))? \s*(?:x|times|runs|days)?\s* {_A_WEEK}",
    re.VERBOSE,
)
_POINT = rf"(?:\ point\ (?P<tenth>{UNITS}|zero|\d))"
_TEMPERATURE = re.compile(
    rf"""\b(?:temp(?:erature)?|fever|thermometer) \D{{0,25}}? (?P<said>thirty[ -](?:five|six|seven|eight|nine)|forty(?:[ -](?:one|two))?)\b {_POINT}?
      | \b(?P<spoken>thirty[ -](?:six|seven|eight|nine)|forty(?:[ -](?:one|two))?) {_POINT.replace("tenth", "part")}\b
      | \b(?:temp(?:erature)?|fever|thermometer) \D{{0,40}}? (?:a\ |one\ )?hundred\ (?:and\ |n\ )?(?P<hundred>one|two|three|four|five|six|1|2|3|4|5|6)\b
      | """
    r"""\b(?:temp(?:erature)?|fever) \D{0,18} (?P<warm>3[5-9](?:[.,]\d)?|4[0-2](?:[.,]\d)?)\b
      | (?<![\d.,]) (?P<bare>3[789][.,]\d) (?!\d) (?!\s*(?:mi|k|kg|lb|m\b|min|%|s\b|h\b|/|x\b|years?|yrs?|seconds?))
      | \b(?P<fahrenheit>(?:99|10[0-7])(?:\.\d)?) \s*°?\s*f\b
      | \b(?:temp(?:erature)?|fever) \D{0,12} (?P<us>(?:99|10[0-7])(?:\.\d)?)\b""",
    re.VERBOSE,
)
_WEIGHT = re.compile(
    r"\b(?:weigh|weight|i'?m|and|,|at)\s*(?:is|about|around|~)?\s*(?P<n>\d{2,3}(?:\.\d)?)\s*(?P<unit>kg|kgs|kilos?|lbs?|pounds)\b"
)
_CADENCE = re.compile(
    r"""\bcadence\s*(?:is|of|at|around|about|=|:|says|was)?\s*(?:about|around|~)?\s*(?P<n>1\d\d|2[01]\d)\b
      | \b(?P<spm>1[3-9]\d|20\d)\s*spm\b""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with the stretch of text that says it; `low` is the lower end of a range."""

    value: float
    start: int
    end: int
    low: float | None = None


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


def _metres_in(unit: str) -> float:
    return METRES["mile"] if unit.startswith("mi") else METRES["km"]


def distances(text: Text) -> Iterator[Amount]:
    """Every distance in metres; a range counts by its upper end."""
    for found in _DISTANCE.finditer(text.lower):
        if found["half"]:
            yield Amount(METRES["mile"] / 2, *found.span())
            continue
        unit = _metres_in(found["unit"])
        low, high = _ends(found)
        yield Amount(high * unit, *found.span(), low * unit)


def durations(text: Text) -> Iterator[Amount]:
    """Every stretch of time in days (minutes and hours as fractions); a range counts by its middle."""
    for found in _DURATION.finditer(text.lower):
        if found["bare"]:
            yield Amount(2 * DAYS["week"], *found.span())
            continue
        low, high = _ends(found)
        unit = days_in(found["unit"])
        more = unit / 2 if found["half"] else 0.0
        yield Amount((low + high) / 2 * unit + more, *found.span(), low * unit + more)


def days_in(unit: str) -> float:
    """Days in a unit of time as people write it: 'wks' is 7. Raises KeyError for anything else."""
    beginnings = {
        "weekend": 2.0, "day": 1.0, "night": 1.0, "w": 7.0, "fortnight": 14.0, "mi": 1 / 1440, "mo": 30.0, "mt": 30.0,
        "y": 365.0, "h": 1 / 24, "s": 1 / 86400,
    }  # fmt: skip
    return beginnings[next(beginning for beginning in beginnings if unit.startswith(beginning))]


def scores(text: Text) -> Iterator[Amount]:
    """Every "n out of 10"; a range counts by its upper end."""
    for found in _SCORE.finditer(text.lower):
        high = float(found["to"] or found["n"])
        if high <= 10:
            yield Amount(high, *found.span(), float(found["n"]))


def weekly_distances(text: Text) -> Iterator[Amount]:
    """Every weekly total in metres; a range counts by its middle."""
    for found in _WEEKLY.finditer(text.lower):
        low, high = _ends(found)
        unit = _metres_in(found["unit"] or ("mi" if found["mpw"] else "km"))
        told = (
            number_of(found["now"])
            if found["now"]
            else high
            if found["grew"] or re.search("->|→", found[0])
            else (low + high) / 2
        )
        grew = found["now"] or (found["to"] and (found["grew"] or re.search("->|→", found[0])))
        yield Amount(told * unit, *found.span(), low * unit if grew else None)


def times_a_week(text: Text) -> Iterator[Amount]:
    """Every "three times a week"; a range counts by its middle."""
    counts = {"once": 1.0, "twice": 2.0}
    for found in _TIMES.finditer(text.lower):
        ends = [counts.get(word) or number_of(word) for word in (found["n"], found["to"]) if word]
        yield Amount(sum(ends) / len(ends), *found.span())


def temperatures(text: Text) -> Iterator[Amount]:
    """Every body temperature in Celsius, also where it was told in Fahrenheit."""
    for found in _TEMPERATURE.finditer(text.lower):
        celsius = found["warm"] or found["bare"]
        if words := found["said"] or found["spoken"]:
            yield Amount(number_of(words) + _tenths(found["tenth"] or found["part"]), *found.span())
        elif found["hundred"]:
            yield Amount(_celsius(100 + number_of(found["hundred"])), *found.span())
        elif celsius:
            yield Amount(float(celsius.replace(",", ".")), *found.span())
        else:
            yield Amount(_celsius(float(found["fahrenheit"] or found["us"])), *found.span())


def _celsius(fahrenheit: float) -> float:
    return round((fahrenheit - 32) / 1.8, 1)


def _tenths(word: str | None) -> float:
    """ "point six" as 0.6."""
    return 0.0 if word in (None, "zero") else number_of(str(word)) / 10


def weights(text: Text) -> Iterator[Amount]:
    """Every body weight in kilograms."""
    for found in _WEIGHT.finditer(text.lower):
        number = float(found["n"])
        yield Amount(number if found["unit"].startswith("k") else number * POUND_KG, *found.span())


def cadences(text: Text) -> Iterator[Amount]:
    """Every cadence in steps a minute."""
    for found in _CADENCE.finditer(text.lower):
        yield Amount(float(found["n"] or found["spm"]), *found.span())


def shapes(text: Text) -> Iterator[tuple[str, int, int]]:
    """(family, first token, last token) of every number shape that phrases may name."""
    for family, amounts in (("distance", distances(text)), ("duration", durations(text)), ("score", scores(text))):
        for amount in amounts:
            span = tokens_of(text, amount.start, amount.end)
            yield family, *span
            if family == "score" and (band := _band(amount.value)):
                yield band, *span
    for place, token in enumerate(text.tokens):
        if token.norm[0].isdigit() or (token.norm in WORD_NUMBERS and token.norm not in ("a", "an")):
            yield "number", place, place
        if re.fullmatch(r"(19|20)\d\d", token.norm):
            yield "date", place, place


def _band(score: float) -> str | None:
    return "score-low" if score <= MILD_AT_MOST else "score-high" if score >= SEVERE_FROM else None


def tokens_of(text: Text, start: int, end: int) -> tuple[int, int]:
    """First and last token of a stretch of the text; the first is found by halving."""
    low, high = 0, len(text.tokens)
    while low < high:
        middle = (low + high) // 2
        low, high = (middle + 1, high) if text.tokens[middle].end <= start else (low, middle)
    last = low
    while last < len(text.tokens) and text.tokens[last].start < end:
        last += 1
    return low, last - 1
