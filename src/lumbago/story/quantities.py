"""The numbers a story states, under the names and units of the shared stories; those that are findings too, with their words."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from lumbago.language.match import Seen
from lumbago.language.numbers import (
    METRES,
    Amount,
    cadences,
    scores,
    temperatures,
    times_a_week,
    weekly_distances,
    weights,
)
from lumbago.language.tokens import Text
from lumbago.model.findings import Finding, Quote
from lumbago.model.knowledge import Knowledge
from lumbago.model.levels import Status
from lumbago.model.reading import Quantities
from lumbago.story.profile import ages, sex
from lumbago.story.races import race_ahead, race_behind
from lumbago.story.running import goal, longest_run_km
from lumbago.story.spell import spell_lengths

_THEN = re.compile(r"\b(?:was|were|had been|at first|initially|peaked)\b[^.]{0,14}$")
STEEP_RISE = 1.25  # of a weekly total told as risen
_MOST_RUNS = 14  # a week
_LIGHTEST_KG, _HEAVIEST_KG = 30, 250


def measure(
    seen: Seen, as_of: date, about_other: bool = False, over: frozenset[int] = frozenset()
) -> tuple[Quantities, Mapping[str, Amount]]:
    """Every quantity that a story states outright, and by finding id the amounts that are findings too.

    about_other: the story is told for somebody else. over: clauses that tell of a time that is over.
    """
    text = seen.text
    told = {
        name: amount
        for name, amounts in (
            ("age", ages(text, about_other)),
            ("duration-days", spell_lengths(text, as_of, over)),
            ("pain-now", _pain(text)),
            ("temperature", temperatures(text)),
        )
        if (amount := next(iter(amounts), None))
    }
    value = {name: amount.value for name, amount in told.items()}
    weekly = list(weekly_distances(text))
    return (
        Quantities(
            weekly_km=round(weekly[-1].value / METRES["km"], 1) if weekly else None,
            longest_run_km=longest_run_km(text),
            runs_per_week=_first(a.value for a in times_a_week(text) if a.value <= _MOST_RUNS),
            pain_now=value.get("pain-now"),
            duration_days=value.get("duration-days"),
            age=value.get("age"),
            sex=sex(text),
            goal=goal(text),
            cadence=_first(a.value for a in cadences(text)),
            weight_kg=_first(float(round(a.value)) for a in weights(text) if _LIGHTEST_KG <= a.value <= _HEAVIEST_KG),
            temperature_c=value.get("temperature"),
        ),
        told,
    )


def number_findings(told: Mapping[str, Amount], seen: Seen, knowledge: Knowledge) -> Iterator[Finding]:
    """The amounts as findings, within the bounds that the vocabulary sets."""
    for name, amount in told.items():
        spec = knowledge.findings[name]
        low, high = spec.minimum, spec.maximum
        if (low is None or amount.value >= low) and (high is None or amount.value <= high):
            quote = Quote(seen.text.raw[amount.start : amount.end], amount.start, amount.end)
            yield Finding(name, Status.PRESENT, value=amount.value, unit=spec.unit, quotes=(quote,))
            yield from _told_by(name, amount.value, quote, knowledge)


def _told_by(name: str, value: float, quote: Quote, knowledge: Knowledge) -> Iterator[Finding]:
    """ "Six weeks" leaves open whether it is more than six (limits/told-by-a-number)."""
    for finding, rule in knowledge.limits["told-by-a-number"].values.items():
        if rule["quantity"] == name and rule["from"] <= value <= rule["at_most"]:
            yield Finding(finding, Status.UNSURE, quotes=(quote,))


def findings_by_number(text: Text, over: frozenset[int], knowledge: Knowledge) -> Iterator[Finding]:
    """Findings that a number told for something else already answers: 75 km a week is a lot (limits/told-numbers)."""
    told: dict[str, tuple[float, int, int]] = {}
    weekly = [a for a in weekly_distances(text) if _clause_at(text, a.start) not in over]
    if weekly:
        told["weekly_km"] = (weekly[-1].value / METRES["km"], weekly[-1].start, weekly[-1].end)
    if any(rise_of(a) >= STEEP_RISE for a in weekly):
        steep = next(a for a in weekly if rise_of(a) >= STEEP_RISE)
        yield Finding("mileage-jump", Status.PRESENT, quotes=(_quote(text, steep.start, steep.end),))
    just_run = race_behind(text)
    if just_run and _clause_at(text, just_run[0]) not in over:
        yield Finding("recent-race", Status.PRESENT, quotes=(_quote(text, *just_run),))
    race = race_ahead(text)
    if race:
        yield Finding("race-goal", Status.PRESENT, quotes=(_quote(text, *race[1:]),))
        if race[0] is not None:
            told["goal_weeks"] = (race[0], *race[1:])
    for name, rule in knowledge.limits["told-numbers"].values.items():
        if rule["quantity"] in told:
            number, start, end = told[rule["quantity"]]
            if number > rule["above"] if "above" in rule else number <= rule["at_most"]:
                yield Finding(name, Status.PRESENT, quotes=(_quote(text, start, end),))


def rise_of(weekly: Amount) -> float:
    """By how much a weekly total grew, where both ends are told; 1 where it did not."""
    return weekly.value / weekly.low if weekly.low else 1.0


def _quote(text: Text, start: int, end: int) -> Quote:
    return Quote(text.raw[start:end], start, end)


def _clause_at(text: Text, start: int) -> int:
    place = bisect_right(text.tokens, start, key=lambda token: token.start) - 1
    return text.tokens[max(place, 0)].clause


def _pain(text: Text) -> Iterable[Amount]:
    """The score told last that is not about the past ("was 8/10, now 3/10" is 3)."""
    told = list(scores(text))
    now = [a for a in told if not _THEN.search(text.lower[max(0, a.start - 24) : a.start])]
    return (now or told)[-1:]


def _first(values: Iterable[float]) -> float | None:
    return next(iter(values), None)
