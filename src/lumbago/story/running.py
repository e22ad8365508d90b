"""What a story tells of the running: the longest run, and the race to come."""

from __future__ import annotations

import re

from lumbago.language.numbers import DAYS, METRES, distances, number_of
from lumbago.language.tokens import Text
from lumbago.model.reading import StoryGoal

RACES_M = {"half": 21097.5, "marathon": 42195.0, "ten": 10000.0, "five": 5000.0}
NAMES = {"half": "half-marathon", "marathon": "marathon", "ten": "10k", "five": "5k", "ultra": "ultra"}
_SHORTEST_KM, _LONGEST_KM = 0.3, 170.0
_AROUND = 60

_NO_RUN_AFTER = re.compile(
    r"\s*(?:total\s*)?(?:a|per|each|/|every)\s*(?:week|wk|hour|h)\b|\s*(?:mpw|weeks?)\b|\s*pace|\s*/|\s*in\ (?:all|total)\b",
    re.VERBOSE,
)
_NO_RUN_BEFORE = re.compile(
    r"""(?:train\w*\ for|goal|entered|sign\w*\ up|couch\ to|c2|race\ in|want\ to(?:\ do|\ run)?|at|min|:\d\d|pace)
        \s*(?:a|an|the|my|my\ first)?\s*$""",
    re.VERBOSE,
)
_RUN = re.compile(
    r"\b(?:runs?|ran|running|did|long|mile|first|jog\w*|miler|session|over|past|go|got|hard|plan\ has\ me)\b",
    re.VERBOSE,
)
_LONGEST = re.compile(r"\b(?:longest|furthest|farthest|long\ run|up\ to|as\ far\ as)\b", re.VERBOSE)
_RACE = re.compile(
    r"""\b(?: (?P<half>half[ -]?marathon|half\ block|half\ training|halves|half\ in|a\ half|first\ half|hm)
        | (?P<marathon>marathon|26\.2) | (?P<ten>10\ ?k) | (?P<five>5\ ?k|parkrun|c25k) )\b
      | \b(?P<ultra>ultra|\d{2,3}\ ?(?:milers?|mile\ (?:trail\ )?race|km?\ (?:ultra|trail)))""",
    re.VERBOSE,
)
_MEANT = re.compile(
    r"""\b(?:train(?:ing)?|goal|signed\ up|entered|enter|plan|block|race|first|do\ a|run(?:ning)?\ (?:a|my)|up\ to
        |comfortable|target|aim\w*)\b""",
    re.VERBOSE,
)
_COUNT = r"\d{1,3}(?:\.\d)?|a|one|two|three|four|five|six|seven|eight|nine|ten|twelve"
_UNIT = r"days?|wks?|weeks?|months?|mths?"
_UNTIL = re.compile(
    rf"""\b(?:in|got|just|only|to\ go|away)\s+(?:about\s+|the\ next\s+)?(?P<n>{_COUNT})\s*(?P<unit>{_UNIT})\b
      | \b(?P<n2>{_COUNT})\s*(?P<unit2>{_UNIT})\s+(?:to\ go|to|until|till|away|out)\b""",
    re.VERBOSE,
)


def longest_run_km(text: Text) -> float | None:
    """The longest distance told of a run of one's own: one called the longest, else the longest of all.

    Weekly totals, paces and goals to come are no runs.
    """
    runs: list[float] = []
    called_longest: list[float] = []
    for amount in distances(text):
        before, after = text.lower[max(0, amount.start - 40) : amount.start], text.lower[amount.end : amount.end + 24]
        if _NO_RUN_AFTER.match(after) or _NO_RUN_BEFORE.search(before):
            continue
        if _LONGEST.search(before):
            called_longest.append(amount.value)
        if _RUN.search(f"{before} {text.lower[amount.start : amount.end]} {after}"):
            runs.append(amount.value)
    longest = max(called_longest or runs, default=0.0) / METRES["km"]
    return round(longest, 1) if _SHORTEST_KM <= longest <= _LONGEST_KM else None


def goal(text: Text) -> StoryGoal | None:
    """A race to come: its kind, and the weeks until it where they are told."""
    for found in _RACE.finditer(text.lower):
        around = text.lower[max(0, found.start() - _AROUND) : found.end() + _AROUND]
        weeks = _weeks_until(around)
        if weeks is not None or _MEANT.search(around):
            kind = found.lastgroup or ""
            return StoryGoal(NAMES[kind], RACES_M.get(kind), weeks)
    return None


def _weeks_until(around: str) -> float | None:
    found = _UNTIL.search(around)
    if not found:
        return None
    word, unit = (found["n"], found["unit"]) if found["n"] else (found["n2"], found["unit2"])
    days = DAYS["day"] if unit.startswith("d") else DAYS["week"] if unit.startswith("w") else DAYS["month"]
    return round(number_of(word) * days / DAYS["week"], 1)
