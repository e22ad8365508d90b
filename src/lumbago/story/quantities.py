"""The numbers a story states, under the names and units of the shared stories."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from lumbago.language.match import Seen
from lumbago.language.numbers import DAYS, METRES, RACES, Amount, distances, durations, number_of, scores
from lumbago.model.findings import Finding, Quote
from lumbago.model.knowledge import Knowledge
from lumbago.model.levels import Status
from lumbago.model.reading import Quantities, StoryGoal

_AGE = (
    re.compile(r"\b(?:i'?m|im|i am|aged?|age:?|turning|just turned|turned)\s+(?:a\s+)?(?P<n>\d{1,2})(?=\s*(?:[.,;!)/f-]|$|yo\b|y/o|years|yrs|and|with|but|now|m\b|f\b|male|female|woman|man|\n))"),
    re.compile(r"\b(?P<n>\d{1,3})\s*-?\s*(?:years?|yrs?|yr)\s*-?\s*old\b"),
    re.compile(r"\b(?P<n>\d{1,2})\s*(?:yo|y/o|y\.o\.?)\b"),
    re.compile(r"\b(?P<n>[1-9]\d)\s*(?P<sex>f|m)\b(?!\s*(?:pace|/|per))"),
    re.compile(r"\b(?P<sex>f|m|female|male|woman|man)\s*[,/]?\s*(?P<n>[1-9]\d)\b(?!\s*(?:k\b|km|mi|%|min|sec|:))"),
    re.compile(r"^\s*(?P<n>[1-9]\d)\s*[,.]\s"),
    re.compile(r"\b(?:daughter|son|kid|boy|girl|teenager|lad|mum|mom|dad|wife|husband)\s*(?:is|,|\(|who'?s|just turned)\s*(?P<n>\d{1,2})\b"),
    re.compile(r"\bin my (?P<decade>early|mid|late)?[ -]?(?P<n>[2-8]0)s\b"),
)  # fmt: skip
_SEX = re.compile(r"\b(?P<f>female|woman|lady|girl|mum of|mother of|mum to|gal)\b|\b(?P<m>male|man|guy|bloke|dad of|father of|lad)\b")
_WOMEN_ONLY = re.compile(r"\b(?:pregnant|my periods?|postpartum|post-?partum|pp\b|breast ?feeding|menopaus\w*|my bump|gave birth|c-section)\b")
_WEEKLY = re.compile(
    r"(?P<n>\d{1,3}(?:\.\d+)?)(?:\s*(?:-|–|to)\s*(?P<to>\d{1,3}(?:\.\d+)?))?\s*\+?\s*"
    r"(?:(?P<mpw>mpw)|(?P<kpw>kpw)|(?P<unit>k|kms?|mi|miles?)\s*(?:total\s*)?(?:a|per|each|/|every|in a)\s*(?:week|wk)|(?P<unit2>k|kms?|mi|miles?)\s+weeks?\b)"
)
_TIMES = re.compile(
    r"(?P<n>\d|once|twice|two|three|four|five|six)(?:\s*(?:-|–|to|or)\s*(?P<to>\d|two|three|four|five|six|seven))?\s*(?:x|times|runs|days|times/)?\s*(?:a|per|each|/|every)\s*(?:week|wk)\b"
)
_CADENCE = re.compile(r"\bcadence\s*(?:is|of|at|around|about|=|:|says|was)?\s*(?:about|around|~)?\s*(?P<n>1\d\d|2[01]\d)\b|\b(?P<m>1[3-9]\d|20\d)\s*spm\b")
_WEIGHT = re.compile(r"\b(?:weigh|weight|i'?m|and|,|at)\s*(?:is|about|around|~)?\s*(?P<n>\d{2,3}(?:\.\d)?)\s*(?P<unit>kg|kgs|kilos?|lbs?|pounds)\b")
_TEMPERATURE = re.compile(
    r"\b(?:temp(?:erature)?|fever)\D{0,18}(?P<a>3[5-9](?:[.,]\d)?|4[0-2](?:[.,]\d)?)\b|(?<![\d.,])(?P<b>3[789][.,]\d)(?!\d)(?!\s*(?:mi|k|kg|lb|m\b|min|%|s\b|h\b|/|x\b|years?|yrs?|seconds?))"
    r"|\b(?P<f>(?:99|10[0-7])(?:\.\d)?)\s*°?\s*f\b|\b(?:temp(?:erature)?|fever)\D{0,12}(?P<g>(?:99|10[0-7])(?:\.\d)?)\b"
)
_RACE = re.compile(
    r"\b(?P<half>half[ -]?marathon|half block|half training|halves|half in|a half\b|first half\b|hm\b)|\b(?P<marathon>marathon|26\.2)\b|\b(?P<ten>10 ?k)\b|\b(?P<five>5 ?k|parkrun|couch to 5k|c25k)\b"
    r"|\b(?P<ultra>ultra|\d{2,3} ?(?:milers?|mile (?:trail )?race|km? (?:ultra|trail)))"
)
_IN_WEEKS = re.compile(rf"\b(?:in|is in|got|just|only|to go|away)\s+(?:about\s+|the next\s+)?(?P<n>\d+(?:\.\d)?|a|one|two|three|four|five|six|seven|eight|nine|ten|twelve)\s*(?P<unit>days?|wks?|weeks?|months?|mths?)\b|\b(?P<n2>\d+(?:\.\d)?|two|three|four|five|six|eight|ten)\s*(?P<unit2>days?|wks?|weeks?|months?)\s+(?:to go|to|until|till|away|out)\b")  # fmt: skip
_TRAINING = re.compile(r"\b(?:train(?:ing)?|goal|signed up|entered|enter|plan|block|race|my first|first|do a|run a|run my|running a|up to|comfortable|target|aim\w*|in \w+ weeks?)\b")
_LONGEST = re.compile(r"\b(?:longest|long run|furthest|farthest|up to|as far as|first|did|ran|run|managed|got to|was|my|hard|from)\b")
_SINCE = re.compile(
    r"\b(?:for|over|past|last|these|about|almost|nearly|now|it's been|its been|been|after|of|had|got|ago|since|going on|at least|roughly|around|on|a)\s*(?:the\s+)?(?:past\s+|last\s+|about\s+|good\s+|almost\s+|nearly\s+|over\s+|at least\s+)*$"
)
_AFTER = re.compile(r"^\s*(?:ago|of (?:low|lower|back|pain|this|it|agony|aching|soreness|severe)|now\b|on\b|with (?:this|back|pain)|and (?:it|no|still|counting)|like this|solid|straight|back\b|in\b)")
_NOT_THIS_SPELL = re.compile(
    r"^\s*(?:running|runner|into (?:running|my|a|the|it)|jogging|old|later|straight running|post|pp\b|pregnant|postpartum|plan|block|program|to go"
    r"|away|until|till|off|out|of (?!(?:constant |severe |dull |low|back|pain|this|it\b|agony|ach|sore|mild|bad))|on and off the)"
)
_NOT_PAIN = re.compile(
    r"(?:\b(?:run|ran|running|runner|jogging|trained|training|take|took|takes|cleared|clear|rested|rest|off|lasts?|lasted|married|worked|working|job|desk|cycling)\b[^.;]{0,14}"
    r"|\b(?:in|within|every|first|next|after|took me|by|under|less than)\s*(?:about|the|a|around|just|over)?)\s*$"
)
_YESTERDAY = re.compile(r"\b(?P<d0>this morning|this morn|today|tonight)\b|\b(?P<d1>yesterday|last night|yday)\b")


def measure(seen: Seen, as_of: date) -> Quantities:
    """Every quantity that a story states outright; what it does not state stays None."""
    low = seen.text.lower
    age, sex = _age_and_sex(low)
    weekly = _weekly_m(low)
    return Quantities(
        weekly_km=round(weekly / METRES["km"], 1) if weekly else None,
        longest_run_km=_longest_km(seen),
        runs_per_week=_runs_per_week(low),
        pain_now=_pain(seen),
        duration_days=_duration(seen),
        age=age,
        sex=sex,
        goal=_goal(low),
        cadence=next((float(m["n"] or m["m"]) for m in _CADENCE.finditer(low)), None),
        weight_kg=_weight(low),
        temperature_c=_temperature(low),
    )


def number_findings(quantities: Quantities, seen: Seen, knowledge: Knowledge) -> Iterable[Finding]:
    """The quantities that are findings too, within the bounds the vocabulary sets."""
    for name, value in (
        ("age", quantities.age),
        ("duration-days", quantities.duration_days),
        ("pain-now", quantities.pain_now),
        ("temperature", quantities.temperature_c),
    ):
        spec = knowledge.findings.get(name)
        if spec is None or value is None:
            continue
        if (spec.minimum is not None and value < spec.minimum) or (spec.maximum is not None and value > spec.maximum):
            continue
        yield Finding(name, Status.PRESENT, value=value, unit=spec.unit, quotes=_where(name, seen))


def _where(name: str, seen: Seen) -> tuple[Quote, ...]:
    found: tuple[int, int] | None = None
    low = seen.text.lower
    if name == "age":
        found = next((m.span() for pattern in _AGE for m in pattern.finditer(low)), None)
    elif name == "temperature":
        found = next((m.span() for m in _TEMPERATURE.finditer(low)), None)
    elif name == "pain-now":
        found = next(((a.start, a.end) for a in scores(seen.text)), None)
    elif name == "duration-days":
        found = next(((a.start, a.end) for a in _episode(seen)), None)
    return (Quote(seen.text.raw[slice(*found)], *found),) if found else ()


def _age_and_sex(low: str) -> tuple[float | None, str | None]:
    age: float | None = None
    sex: str | None = None
    for pattern in _AGE:
        for found in pattern.finditer(low):
            groups = found.groupdict()
            number = float(found["n"])
            if not 4 <= number <= 100:
                continue
            if groups.get("sex"):
                sex = sex or {"f": "female", "w": "female", "m": "male"}[str(found["sex"])[0]]
            if age is None:
                age = number + {"early": 2.0, "mid": 5.0, "late": 8.0}.get(str(groups.get("decade")), 0.0)
    named = _SEX.search(low)
    if sex is None and named and not re.search(r"\bmy\s*$", low[: named.start()]):
        sex = "female" if named["f"] else "male"
    return age, "female" if _WOMEN_ONLY.search(low) and sex is None else sex


def _weekly_m(low: str) -> float | None:
    totals = []
    for found in _WEEKLY.finditer(low):
        unit = found["unit"] or found["unit2"] or ("mi" if found["mpw"] else "km")
        high = float(found["to"] or found["n"])
        middle = (high + float(found["n"])) / 2
        totals.append(middle * (METRES["mile"] if unit.startswith("mi") else METRES["km"]))
    return totals[-1] if totals else None


_COUNT = {"once": 1.0, "twice": 2.0}


def _runs_per_week(low: str) -> float | None:
    for found in _TIMES.finditer(low):
        ends = [_COUNT.get(word) or number_of(word) for word in (found["n"], found["to"]) if word]
        if max(ends) <= 14:
            return sum(ends) / len(ends)
    return None


def _longest_km(seen: Seen) -> float | None:
    """The longest distance told of a run of one's own, left out where it is a weekly total, a pace or a goal to come."""
    low = seen.text.lower
    longest = 0.0
    for amount in distances(seen.text):
        before, after = low[max(0, amount.start - 40) : amount.start], low[amount.end : amount.end + 24]
        if re.match(r"\s*(?:total\s*)?(?:a|per|each|/|every)\s*(?:week|wk|hour|h)\b|\s*(?:mpw|weeks?)\b|\s*pace|\s*/", after):
            continue
        if re.search(r"(?:train\w* for|goal|entered|sign\w* up|couch to|c2|from couch to|race in|want to|at|min|:\d\d|pace)\s*(?:a|an|the|my|my first)?\s*$", before):
            continue
        if re.search(r"\b(?:run|ran|running|did|long|longest|furthest|mile|first|jog|miler|session|over|past|go|got|hard|plan has me)\b", before + " " + low[amount.start : amount.end] + " " + after):
            longest = max(longest, amount.value)
    return round(longest / METRES["km"], 1) if METRES["m"] * 300 <= longest <= RACES["marathon"] * 4 else None


def _pain(seen: Seen) -> float | None:
    """The pain score told last that is not about the past ("was 8/10, now 3/10" is 3)."""
    told = list(scores(seen.text))
    now = [a for a in told if not re.search(r"\b(?:was|were|had been|at first|initially|peaked)\b[^.]{0,14}$", seen.text.lower[max(0, a.start - 24) : a.start])]
    return (now or told)[-1].value if told else None


def _episode(seen: Seen) -> Iterator[Amount]:
    """Stretches of time that tell how long this spell of pain has lasted."""
    low = seen.text.lower
    for amount in durations(seen.text):
        before, after = low[max(0, amount.start - 40) : amount.start], low[amount.end : amount.end + 30]
        if amount.value < 1 or _NOT_THIS_SPELL.match(after):
            continue
        if _NOT_PAIN.search(before) and not re.match(r"\s*ago|\s+now", after):
            continue
        if _SINCE.search(before) or _AFTER.match(after):
            yield amount


def _duration(seen: Seen) -> float | None:
    """Days of this spell: the first stretch that tells it; else today or yesterday."""
    first = next(_episode(seen), None)
    if first is not None:
        return round(first.value)
    found = _YESTERDAY.search(seen.text.lower)
    return None if not found else 0.0 if found["d0"] else 1.0


def _weight(low: str) -> float | None:
    for found in _WEIGHT.finditer(low):
        number = float(found["n"])
        kg = number if found["unit"].startswith("k") else number * 0.45359237
        if 30 <= kg <= 250:
            return round(kg)
    return None


def _temperature(low: str) -> float | None:
    for found in _TEMPERATURE.finditer(low):
        celsius = found["a"] or found["b"]
        if celsius:
            return float(celsius.replace(",", "."))
        return round((float(found["f"] or found["g"]) - 32) / 1.8, 1)
    return None


def _goal(low: str) -> StoryGoal | None:
    """A race to come: its kind, and the weeks until it where they are told."""
    for found in _RACE.finditer(low):
        around = low[max(0, found.start() - 60) : found.end() + 60]
        weeks = _weeks(around)
        if weeks is None and not _TRAINING.search(around):
            continue
        kind = found.lastgroup or ""
        race, metres = {
            "half": ("half-marathon", RACES["half-marathon"]),
            "marathon": ("marathon", RACES["marathon"]),
            "ten": ("10k", 10 * METRES["km"]),
            "five": ("5k", 5 * METRES["km"]),
            "ultra": ("ultra", None),
        }[kind]
        return StoryGoal(race, metres, weeks)
    return None


def _weeks(around: str) -> float | None:
    for found in _IN_WEEKS.finditer(around):
        word, unit = (found["n"], found["unit"]) if found["n"] else (found["n2"], found["unit2"])
        days = DAYS["day"] if unit.startswith("d") else DAYS["week"] if unit.startswith("w") else DAYS["month"]
        return round(number_of(word) * days / DAYS["week"], 1)
    return None
