"""Days, distances, doses and labels as people say them; the only place where metres become kilometres or miles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from lumbago.model.findings import Value
from lumbago.model.levels import Basis, Fit, Level, Units, Verdict, Weight
from lumbago.model.plan import ExerciseDose, SessionKind, Step

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
METRES_PER = {Units.KM: 1000.0, Units.MILES: 1609.344}
_RACES = {5000.0: "5 km", 10000.0: "10 km", 21097.5: "half marathon", 42195.0: "marathon"}
_UNIT_WORDS = {"a": "{} years", "d": "{} days", "{score}": "{} of 10", "Cel": "{} °C"}

LEVEL_WORDS = {
    Level.EMERGENCY_NOW: "Emergency: get help now",
    Level.SAME_DAY: "Today: speak to a clinician",
    Level.WITHIN_DAYS: "Within days: see a clinician",
    Level.ROUTINE: "In the coming weeks: book a visit",
    Level.SELF_CARE: "Home care: look after it yourself",
}
BASIS_WORDS = {
    Basis.GUIDELINE: "Guideline advice.",
    Basis.SYNTHESIS: "Our synthesis of several sources.",
    Basis.WEAK: "Weak evidence: expert logic only.",
}
FIT_WORDS = {Fit.GOOD: "a good fit", Fit.FAIR: "a fair fit", Fit.WEAK: "a weak fit"}
STRENGTH_WORDS = {
    Weight.STRONG: "possible, and {support} it well",
    Weight.MODERATE: "possible, and {support} it in part",
    Weight.WEAK: "possible, and {support} it a little",
}
VERDICT_WORDS = {
    Verdict.SUPPORTED: "Good evidence for it.",
    Verdict.PARTLY: "Partly right.",
    Verdict.UNCLEAR: "Not clear: the evidence is thin or mixed.",
    Verdict.UNSUPPORTED: "We found nothing solid behind it.",
    Verdict.CONTRADICTED: "The evidence points the other way.",
    Verdict.UNSAFE: "This could harm you.",
}
KIND_WORDS = {
    SessionKind.RUN: "Run",
    SessionKind.RUN_WALK: "Run-walk",
    SessionKind.WALK: "Walk",
    SessionKind.CROSS: "Cycle, swim or similar",
    SessionKind.STRENGTH: "Strength",
    SessionKind.MOBILITY: "Gentle exercises",
    SessionKind.RACE: "Race",
    SessionKind.REST: "Rest",
}
GRADE_WORDS = {
    "A": "good for this kind of exercise",
    "B": "some",
    "C": "thin",
    "D": "none yet, only experience",
}
PATTERN_GRADE_WORDS = {
    "B": "Some studies let a story alone tell this apart.",
    "C": "Weak evidence: a story alone cannot settle this, an examination can help.",
    "D": "Weak evidence: this is a description, and no good study tests it.",
    "S": "Our own synthesis: no study tests this as such.",
}
EVIDENCE_WORDS = {
    "moderate": "moderate",
    "low-moderate": "weak to moderate",
    "low": "weak",
    "very-low": "very weak",
    "conflicting": "studies disagree",
    "mechanics-only": "only how the body moves, no pain data",
    "none": "none",
}
SOURCE_KIND_WORDS = {
    "rct": "trial",
    "systematic-review": "review of studies",
    "meta-analysis": "review of studies",
    "cohort": "study that followed people over time",
    "cross-sectional": "survey at one point in time",
    "case-series": "reports of single cases",
    "lab": "lab study",
    "consensus": "agreement of experts",
    "service-page": "health service page",
    "programme": "training programme",
}


def day_words(day: date, as_of: date) -> str:
    """A day as "Wed 25 Nov", with its year where that is not the year of the answer.

    >>> day_words(date(2026, 11, 25), date(2026, 11, 23))
    'Wed 25 Nov'
    """
    words = f"{_WEEKDAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]}"
    return words if day.year == as_of.year else f"{words} {day.year}"


def long_day_words(day: date) -> str:
    """A day that always names its year: "Wed 25 Nov 2026"."""
    return f"{_WEEKDAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]} {day.year}"


def number_words(number: float) -> str:
    """A number with one decimal at most, and none when it is whole."""
    return f"{round(number, 1):g}" if abs(number) < 1e6 else f"{number:.0f}"


def distance_words(distance_m: float, units: Units) -> str:
    """A distance in the runner's own unit, to a tenth.

    >>> distance_words(5000, Units.MILES)
    '3.1 miles'
    """
    number = number_words(distance_m / METRES_PER[units])
    return f"{number} {'km' if units is Units.KM else 'mile' if number == '1' else 'miles'}"


def race_words(distance_m: float, units: Units) -> str:
    """The name of a race distance, or the distance itself."""
    return _RACES.get(distance_m) or distance_words(distance_m, units)


def minutes_words(duration_s: float) -> str:
    """A duration in minutes and seconds: "25 min", "2 min 15 s", "45 s".

    >>> minutes_words(135)
    '2 min 15 s'
    """
    minutes, seconds = divmod(round(duration_s), 60)
    parts = (f"{minutes} min" if minutes else "", f"{seconds} s" if seconds or not minutes else "")
    return " ".join(part for part in parts if part)


def value_words(value: Value, unit: str | None, units: Units, as_of: date) -> str:
    """The number, choice or day of a finding with its unit in words; empty when there is none."""
    if value is None:
        return ""
    if isinstance(value, date):
        return day_words(value, as_of)
    if isinstance(value, str):
        return value.replace("-", " ")
    if unit == "m":
        return distance_words(value, units)
    if unit == "d" and value <= 1:
        return "1 day" if value == 1 else "less than a day"
    return _UNIT_WORDS.get(unit or "", "{}").format(number_words(value))


def step_words(steps: Iterable[Step]) -> str:
    """The steps of a session in a line: "8 times: run 1 min, walk 2 min"."""
    return "; ".join(_step(step) for step in steps)


def _step(step: Step) -> str:
    if step.steps:
        inner = ", ".join(_step(each) for each in step.steps)
        return f"{step.repeat} times: {inner}" if step.repeat > 1 else inner
    kind = KIND_WORDS[step.kind].lower() if step.kind else "move"
    return f"{kind} {minutes_words(step.duration_s)}" if step.duration_s else kind


def dose_words(dose: ExerciseDose) -> str:
    """Sets, repeats and holds: "3 sets of 8, each held 10 s, each side"."""
    sets = "1 set" if dose.sets == 1 else f"{dose.sets} sets"
    if dose.reps:
        sets += f" of {dose.reps}"
    held = f", each held {dose.hold_s} s" if dose.hold_s else ""
    return sets + held + (", each side" if dose.a_side else "")


def grade_words(grade: str, words: Mapping[str, str]) -> str:
    """The words of a grade; of a mixed one ("B/C") the weaker part counts."""
    known = [part for part in grade.split("/") if part in words]
    return words[max(known)] if known else ""


def sentence(text: str) -> str:
    """The same words as a sentence: a capital first, a full stop last."""
    text = " ".join(text.split())
    if not text:
        return ""
    return text[0].upper() + text[1:] + ("" if text[-1] in ".!?…”" else ".")


def capital(text: str) -> str:
    """The same words with a capital first."""
    return text[:1].upper() + text[1:]


def uncapital(text: str) -> str:
    """The same words to follow others in a sentence."""
    return text[:1].lower() + text[1:]


def count_words(number: int, thing: str) -> str:
    """ "1 question", "3 questions"."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def quoted(text: str) -> str:
    """Somebody's own words, on one line and in quotation marks."""
    return f"“{' '.join(text.split())}”"
