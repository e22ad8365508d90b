"""What holds of every answer, whatever was told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from decided import AS_OF, knowledge
from lumbago.errors import InputError
from lumbago.model.answer import Answer
from lumbago.model.document import Block, Document, Line, Trace, TraceKind
from lumbago.model.findings import Given
from lumbago.model.levels import Level, Status, Units
from lumbago.model.plan import Plan, PlanWithheld
from lumbago.model.request import Locale, Request
from lumbago.pipeline import answer
from lumbago.report.contract import to_contract
from lumbago.report.document import compose
from lumbago.report.html import render_html
from lumbago.report.text import render_text
from stories import answered, needs_shared, stories

SPECS = knowledge().findings
ASKED = sorted(s.id for s in SPECS.values() if s.kind == "yes_no" and s.group != "set-by-program")
RED_FLAGS = sorted(s.id for s in SPECS.values() if s.kind == "yes_no" and s.group == "red-flag")
STORIES = (
    "My lower back has been sore since a 10 km run three weeks ago. I usually run 5 km. No numbness.",
    "48 year old, dull ache across the low back after long runs, 4/10, desk job, half marathon in 12 weeks.",
    "It started suddenly when I lifted a box. Can't stand up straight. No pain down the legs, pee is fine.",
    "",
)
ANSWERS = st.lists(
    st.builds(Given, st.sampled_from(ASKED), st.sampled_from(Status)), min_size=1, max_size=10, unique_by=lambda g: g.id
)


def ask(story: str, answers: list[Given], as_of: date = AS_OF, units: Units = Units.KM) -> Answer:
    return answer(Request(as_of, story, tuple(answers), locale=Locale(units)), knowledge())


@given(st.sampled_from(STORIES), ANSWERS, st.sampled_from(RED_FLAGS))
def test_another_danger_sign_never_lowers_the_level(story: str, answers: list[Given], sign: str) -> None:
    more = [*(g for g in answers if g.id != sign), Given(sign, Status.PRESENT)]
    assert ask(story, more).triage.level.rank >= ask(story, answers).triage.level.rank


@given(st.sampled_from(STORIES), ANSWERS)
def test_the_order_of_answers_does_not_matter(story: str, answers: list[Given]) -> None:
    there, back = ask(story, answers), ask(story, answers[::-1])
    assert to_contract(replace(there, id=""), knowledge()) == to_contract(replace(back, id=""), knowledge())


def shifted(value: Any, days: int) -> Any:
    """Every date in an answer's JSON moved by some days."""
    if isinstance(value, dict):
        return {key: shifted(inner, days) for key, inner in value.items()}
    if isinstance(value, list):
        return [shifted(inner, days) for inner in value]
    if isinstance(value, str) and len(value) == 10 and value[4] == value[7] == "-":
        return (date.fromisoformat(value) + timedelta(days)).isoformat()
    return value


@given(st.sampled_from(STORIES), ANSWERS, st.integers(1, 60))
def test_shifting_every_date_shifts_the_answer(story: str, answers: list[Given], weeks: int) -> None:
    """By whole weeks, since the runner's days are days of the week. Words that name a day are rendered apart."""
    days = 7 * weeks
    now, later = ask(story, answers), ask(story, answers, AS_OF + timedelta(days))
    assert now.triage == replace(later.triage, recheck_on=now.triage.recheck_on)
    assert later.triage.recheck_on - now.triage.recheck_on == timedelta(days)
    one, other = (to_contract(replace(a, id=""), knowledge()) for a in (now, later))
    for plan in (one["plan"], other["plan"]):
        if plan:
            plan.pop("stop_and_ask")  # holds the day to look again, in words
            if plan["goal"]:
                plan["goal"].pop("why", None)  # so does this
    assert shifted(one["plan"], days) == other["plan"]
    assert one["findings"] == other["findings"]


@given(st.integers(2, 40))
def test_miles_in_or_kilometres_in_gives_the_same_answer(km: int) -> None:
    in_km = f"My lower back hurts when I run. My longest run was {km} km. I run {km * 2} km a week."
    in_miles = in_km
    for number in (km * 2, km):
        in_miles = in_miles.replace(f"{number} km", f"{number / 1.609344:.3f} miles")
    one, other = ask(in_km, []), ask(in_miles, [])
    assert {f.id for f in one.findings} == {f.id for f in other.findings}
    assert one.triage == other.triage
    assert one.quantities.longest_run_km == pytest.approx(other.quantities.longest_run_km, abs=0.1)
    assert one.quantities.weekly_km == pytest.approx(other.quantities.weekly_km, abs=0.2)


@given(st.sampled_from(STORIES), ANSWERS)
def test_the_units_asked_for_change_words_and_nothing_else(story: str, answers: list[Given]) -> None:
    km, miles = ask(story, answers), ask(story, answers, units=Units.MILES)
    assert to_contract(replace(km, id=""), knowledge()) == to_contract(replace(miles, id=""), knowledge())


@given(st.sampled_from(STORIES), ANSWERS)
def test_danger_always_withholds_the_plan(story: str, answers: list[Given]) -> None:
    found = ask(story, answers)
    if found.triage.level in (Level.SAME_DAY, Level.EMERGENCY_NOW):
        assert isinstance(found.plan, PlanWithheld)
    else:
        assert isinstance(found.plan, Plan | PlanWithheld)


@given(st.text(max_size=400))
def test_any_text_is_answered_or_refused_in_words(story: str) -> None:
    assume(story.strip())
    try:
        found = ask(story, [Given("fever", Status.ABSENT)])
    except InputError as refusal:
        assert refusal.message.endswith(".")
        return
    document = compose(found, knowledge())
    assert render_text(document)
    assert "<script" not in render_html(document)


def lines(document: Document) -> list[Line]:
    """Every statement of a document, also those in tables and below others."""

    def inner(line: Line) -> list[Line]:
        return [line, *(below for child in line.children for below in inner(child))]

    def of(block: Block) -> list[Line]:
        return [deep for line in (*block.lines, *(cell for row in block.rows for cell in row)) for deep in inner(line)]

    found = [line for section in document.sections for block in section.blocks for line in of(block)]
    return [*found, *document.footer]


def is_known(trace: Trace, found: Answer) -> bool:
    """Whether a trace leads somewhere: to a finding told, or to an item of the knowledge with its sources."""
    know = knowledge()
    if trace.kind is TraceKind.FINDING:
        return trace.id in know.findings
    if trace.kind is TraceKind.ACTIVITY:
        return any(e.activity == trace.id for c in found.explanation.contributors for e in c.evidence)
    kept = {
        TraceKind.RULE: know.rules, TraceKind.PATTERN: know.patterns, TraceKind.CONTRIBUTOR: know.contributors,
        TraceKind.CLAIM: know.claims, TraceKind.EXERCISE: know.exercises, TraceKind.LIMIT: know.limits,
        TraceKind.TEXT: know.texts, TraceKind.SOURCE: know.sources,
    }  # fmt: skip
    return trace.id in kept[trace.kind]


@needs_shared
@pytest.mark.parametrize("index", range(len(stories())), ids=[case["id"] for case in stories()])
def test_every_statement_rests_on_something(index: int) -> None:
    found = answered(index)
    for line in lines(compose(found, knowledge())):
        assert line.traces, line.text
        for trace in line.traces:
            assert is_known(trace, found), (line.text, trace)
