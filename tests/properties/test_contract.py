"""read(render(x)) == x for the machine-readable answer, whatever plan and findings it holds."""

from __future__ import annotations

import json
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from lumbago.model.levels import Activity, Level, Origin, Status, When
from lumbago.model.plan import SessionKind
from lumbago.report.contract import (
    AnswerOut,
    ExerciseOut,
    FindingOut,
    PlanOut,
    PlanWithheldOut,
    QuantitiesOut,
    QuoteOut,
    SessionOut,
    StepOut,
    TriageOut,
    WeekOut,
    read_contract,
    render,
)

WORDS = st.text(max_size=12)
IDS = st.lists(st.sampled_from(["age", "fever", "leg-pain"]), max_size=3).map(tuple)
DAYS = st.dates(date(2020, 1, 1), date(2035, 1, 1))
NUMBERS = st.floats(0, 1e6, allow_nan=False)
KINDS = st.sampled_from(SessionKind)

bouts = st.builds(StepOut, kind=KINDS, minutes=NUMBERS)
steps = bouts | st.builds(StepOut, repeat=st.integers(1, 12), steps=st.lists(bouts, min_size=1, max_size=3).map(tuple))
exercises = st.builds(
    ExerciseOut, WORDS, st.integers(1, 5), st.none() | st.integers(1, 20), st.none() | st.integers(1, 60), st.booleans()
)
sessions = st.builds(
    SessionOut,
    DAYS,
    KINDS,
    st.none() | NUMBERS,
    st.none() | NUMBERS,
    st.lists(steps, max_size=3).map(tuple),
    st.lists(exercises, max_size=3).map(tuple),
    IDS,
    st.none() | NUMBERS,
    WORDS,
)
weeks = st.builds(WeekOut, DAYS, WORDS, WORDS, st.lists(sessions, max_size=3).map(tuple))
plans = st.builds(PlanOut, DAYS, st.none(), st.lists(weeks, max_size=2).map(tuple), IDS, IDS, IDS, IDS)
refusals = st.builds(PlanWithheldOut, WORDS, st.sampled_from(Level), IDS, IDS)
findings = st.builds(
    FindingOut,
    WORDS,
    st.sampled_from(Status),
    st.sampled_from(When),
    st.none() | NUMBERS | WORDS,
    st.none() | WORDS,
    st.sampled_from(Origin),
    st.lists(st.builds(QuoteOut, WORDS, st.integers(0, 9), st.integers(0, 9)), max_size=2).map(tuple),
    st.none() | DAYS,
    IDS,
)
triages = st.builds(
    TriageOut,
    st.sampled_from(Level),
    st.booleans(),
    st.sampled_from(Activity),
    st.just(()),
    IDS,
    DAYS,
    IDS,
    st.just(()),
    IDS,
)


@settings(max_examples=60, deadline=None)
@given(st.lists(findings, max_size=4).map(tuple), triages, plans | refusals)
def test_reading_gives_back_what_was_written(
    found: tuple[FindingOut, ...], triage: TriageOut, plan: PlanOut | PlanWithheldOut
) -> None:
    refused = isinstance(plan, PlanWithheldOut)
    answer = AnswerOut(
        schema="lumbago.answer/1",
        id="x",
        knowledge="y",
        findings=found,
        quantities=QuantitiesOut(age=54.0),
        triage=triage,
        patterns=(),
        contributors=(),
        advice=(),
        plan=None if isinstance(plan, PlanWithheldOut) else plan,
        plan_withheld=plan if refused else None,
        warnings=(),
    )
    written = json.loads(json.dumps(render(answer)))
    assert read_contract(written) == answer
    assert render(read_contract(written)) == written
