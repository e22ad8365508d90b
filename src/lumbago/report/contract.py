"""The machine-readable answer, `lumbago.answer/1`: its fixed names and types, its schema, writing it and reading it back.

These types are apart from the core's on purpose: names here never change, and units are those that people use (minutes).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, Final, Literal, TypeAlias

from lumbago.model.activities import Change
from lumbago.model.answer import Answer
from lumbago.model.explanation import Advice, Contributor, PatternFit
from lumbago.model.findings import Finding, Findings, Quote, Value
from lumbago.model.knowledge import Knowledge
from lumbago.model.levels import Activity, Fit, Level, Origin, Status, Verdict, Weight, When
from lumbago.model.plan import ExerciseDose, Plan, PlanGoal, PlanWithheld, Session, SessionKind, Step, Week
from lumbago.model.reading import StoryGoal
from lumbago.model.triage import Fired
from lumbago.report.view import fill

SCHEMA: Final = "lumbago.answer/1"
ERROR_SCHEMA = "lumbago.error/1"
_DIALECT = "https://json-schema.org/draft/2020-12/schema"

Day: TypeAlias = date  # some fields are named date, as the contract has it


@dataclass(frozen=True, slots=True)
class QuoteOut:
    """Words of the story; `start` and `end` count code points, end exclusive."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class FindingOut:
    """One finding, once per id and `when`. `implied_by`: the findings that entail it, when it was not told itself.

    What is only absent because of another finding is not listed: nobody said it.
    """

    id: str
    status: Status
    when: When
    value: float | str | None
    unit: str | None
    origin: Origin
    quotes: tuple[QuoteOut, ...]
    onset: Day | None = None
    implied_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StoryGoalOut:
    """The race that was told, and the weeks until it."""

    race: str | None = None
    weeks: float | None = None


@dataclass(frozen=True, slots=True)
class QuantitiesOut:
    """The numbers that were told, each in the unit of its name; what was not told is left out."""

    weekly_km: float | None = None
    longest_run_km: float | None = None
    runs_per_week: float | None = None
    pain_now: float | None = None
    duration_days: float | None = None
    pain_began_on: Day | None = None
    age: float | None = None
    sex: str | None = None
    goal: StoryGoalOut | None = None
    cadence: float | None = None
    weight_kg: float | None = None
    temperature_c: float | None = None
    weight_bearing_pain_days: float | None = None
    nsaid_days: float | None = None


@dataclass(frozen=True, slots=True)
class FiredOut:
    """A rule that fired, its level (null for a watch line or caution), and the findings that made it."""

    rule: str
    level: Level | None
    findings: tuple[str, ...]
    say: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QuotedOut:
    """Words of the story that may be about a finding but do not tell."""

    finding: str
    quote: QuoteOut


@dataclass(frozen=True, slots=True)
class TriageOut:
    """How soon. `ask`: safety questions first, then the telling ones; `ask_again`: those answered "not sure" before.

    `ask_quoting`: words that look like a danger sign but could not be read, with the question (in `ask`) each raises.
    `notes`: watch lines and cautions. `safety_net`: the danger signs, in the words every report uses.
    """

    level: Level
    provisional: bool
    activity: Activity
    fired: tuple[FiredOut, ...]
    ask: tuple[str, ...]
    recheck_on: Day
    ask_again: tuple[str, ...]
    notes: tuple[FiredOut, ...]
    safety_net: tuple[str, ...]
    ask_quoting: tuple[QuotedOut, ...] = ()


@dataclass(frozen=True, slots=True)
class PatternOut:
    """A picture the story fits; `for`, `against` and `missing` hold finding ids."""

    id: str
    fit: Fit
    for_: tuple[str, ...]
    against: tuple[str, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EvidenceOut:
    """One activity that shows a contributor."""

    activity: str
    date: Day
    says: str
    ratio: float | None


@dataclass(frozen=True, slots=True)
class ContributorOut:
    """What may have contributed; `for` and `against` hold finding ids, `claims` claim ids."""

    id: str
    strength: Weight
    for_: tuple[str, ...]
    against: tuple[str, ...]
    claims: tuple[str, ...]
    evidence: tuple[EvidenceOut, ...]


@dataclass(frozen=True, slots=True)
class AdviceOut:
    """A claim met in the story, with the words that make it."""

    claim: str
    verdict: Verdict
    quotes: tuple[str, ...]
    do_instead: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StepOut:
    """Either one bout (`kind`, `minutes`) or `repeat` times the inner `steps`."""

    kind: SessionKind | None = None
    minutes: float | None = None
    repeat: int | None = None
    steps: tuple[StepOut, ...] = ()


@dataclass(frozen=True, slots=True)
class ExerciseOut:
    """An exercise and its dose; `a_side`: the repeats are for each side."""

    id: str
    sets: int
    reps: int | None
    hold_s: int | None = None
    a_side: bool = False


@dataclass(frozen=True, slots=True)
class SessionOut:
    """One session; `effort_cr10` from 0 to 10."""

    date: Day
    kind: SessionKind
    minutes: float | None
    distance_m: float | None
    steps: tuple[StepOut, ...]
    exercises: tuple[ExerciseOut, ...]
    stop_if: tuple[str, ...]
    effort_cr10: float | None = None
    say: str = ""


@dataclass(frozen=True, slots=True)
class WeekOut:
    """Seven days from `start`; `limit`: what bound the week."""

    start: Day
    why: str
    limit: str
    sessions: tuple[SessionOut, ...]


@dataclass(frozen=True, slots=True)
class PlanGoalOut:
    """The goal and whether there is time. `earliest` holds buffer weeks, `earliest_without_buffer` none."""

    distance_m: float
    date: Day | None
    verdict: Literal["comfortable", "tight", "not-safe"] | None
    earliest: Day | None
    limit: str | None
    earliest_without_buffer: Day | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class PlanOut:
    """Dated weeks. `first_do`: before any session; `because`: ids of rules, patterns, contributors and limits."""

    start: Day
    goal: PlanGoalOut | None
    weeks: tuple[WeekOut, ...]
    because: tuple[str, ...]
    first_do: tuple[str, ...]
    leave_out: tuple[str, ...]
    stop_and_ask: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlanWithheldOut:
    """Why there is no plan, and what to do instead."""

    reason: str
    level: Level
    do_instead: tuple[str, ...]
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AnswerOut:
    """One answer. Exactly one of `plan` and `plan_withheld` is null."""

    schema: Literal["lumbago.answer/1"]
    id: str
    knowledge: str
    findings: tuple[FindingOut, ...]
    quantities: QuantitiesOut
    triage: TriageOut
    patterns: tuple[PatternOut, ...]
    contributors: tuple[ContributorOut, ...]
    advice: tuple[AdviceOut, ...]
    plan: PlanOut | None
    plan_withheld: PlanWithheldOut | None
    warnings: tuple[str, ...]

    def __post_init__(self) -> None:
        if (self.plan is None) is (self.plan_withheld is None):
            raise ValueError("exactly one of plan and plan_withheld is null")


def to_contract(answer: Answer, knowledge: Knowledge) -> dict[str, Any]:
    """The answer as plain data, ready for JSON, in a fixed order."""
    return render(contract_of(answer, knowledge))


def error_line(answer_id: str | None, message: str) -> dict[str, Any]:
    """What stands in a batch in place of an answer that could not be given."""
    return {"schema": ERROR_SCHEMA, "id": answer_id, "error": message}


def contract_of(answer: Answer, knowledge: Knowledge) -> AnswerOut:
    """The answer in the types of the contract."""
    plan = answer.plan
    return AnswerOut(
        schema=SCHEMA,
        id=answer.id,
        knowledge=answer.knowledge,
        findings=tuple(_finding(found) for found in answer.findings if _is_listed(found)),
        quantities=_quantities(answer),
        triage=_triage(answer, knowledge),
        patterns=tuple(_pattern(fit) for fit in answer.explanation.patterns),
        contributors=tuple(_contributor(found, answer, knowledge) for found in answer.explanation.contributors),
        advice=_advice(answer.advice, knowledge),
        plan=None if isinstance(plan, PlanWithheld) else _plan(plan),
        plan_withheld=_withheld(plan) if isinstance(plan, PlanWithheld) else None,
        warnings=tuple(dict.fromkeys((*answer.reading.warnings, *answer.warnings, *_differences(answer, knowledge)))),
    )


def advice_rows(advice: tuple[Advice, ...], knowledge: Knowledge) -> list[dict[str, Any]]:
    """Claims met in any text, as plain data in the shape an answer has them."""
    return [dict(_pairs(each)) for each in _advice(advice, knowledge)]


def _advice(advice: tuple[Advice, ...], knowledge: Knowledge) -> tuple[AdviceOut, ...]:
    """Claims met in a text, with what to do instead and their sources."""
    return tuple(
        AdviceOut(
            each.claim,
            each.verdict,
            tuple(quote.text for quote in each.quotes),
            knowledge.claims[each.claim].do_instead,
            knowledge.claims[each.claim].sources,
        )
        for each in advice
    )


def _is_listed(found: Finding) -> bool:
    """What was told and what is so because of it. What is thereby not so ("41 years": not under 18) nobody said."""
    return not (found.implied_by and found.status is Status.ABSENT)


def _finding(found: Finding) -> FindingOut:
    return FindingOut(
        id=found.id,
        status=found.status,
        when=found.when,
        value=_value(found.value),
        unit=found.unit,
        origin=found.origin,
        quotes=tuple(map(_quote, found.quotes)),
        onset=found.onset,
        implied_by=found.implied_by,
    )


def _quote(quote: Quote) -> QuoteOut:
    return QuoteOut(quote.text, quote.start, quote.end)


def _value(value: Value) -> float | str | None:
    return value.isoformat() if isinstance(value, date) else value


def _quantities(answer: Answer) -> QuantitiesOut:
    """What the story states, and where it is silent the number, choice and date findings that were answered."""
    told, findings = answer.quantities, answer.findings
    began = findings.get("pain-began-on")
    sex = findings.get("sex")
    return QuantitiesOut(
        weekly_km=told.weekly_km,
        longest_run_km=told.longest_run_km,
        runs_per_week=told.runs_per_week,
        pain_now=_first(told.pain_now, findings, "pain-now"),
        duration_days=_first(told.duration_days, findings, "duration-days"),
        pain_began_on=began.value if began is not None and isinstance(began.value, date) else None,
        age=_first(told.age, findings, "age"),
        sex=told.sex or (sex.value if sex is not None and isinstance(sex.value, str) else None),
        goal=_story_goal(told.goal),
        cadence=told.cadence,
        weight_kg=told.weight_kg,
        temperature_c=_first(told.temperature_c, findings, "temperature"),
        weight_bearing_pain_days=findings.number("weight-bearing-pain-days"),
        nsaid_days=findings.number("nsaid-days"),
    )


def _first(told: float | None, findings: Findings, name: str) -> float | None:
    return told if told is not None else findings.number(name)


def _story_goal(goal: StoryGoal | None) -> StoryGoalOut | None:
    return StoryGoalOut(goal.race, goal.weeks) if goal is not None else None


def _triage(answer: Answer, knowledge: Knowledge) -> TriageOut:
    triage = answer.triage
    return TriageOut(
        level=triage.level,
        provisional=triage.provisional,
        activity=triage.activity,
        fired=tuple(_fired(fired, knowledge) for fired in triage.fired),
        ask=answer.ask,
        recheck_on=triage.recheck_on,
        ask_again=triage.ask_again,
        notes=tuple(_fired(fired, knowledge) for fired in triage.notes),
        safety_net=fill(knowledge, triage.safety_net, emergency=answer.request.locale.emergency_number),
        ask_quoting=tuple(QuotedOut(ask.finding, _quote(ask.quote)) for ask in answer.reading.asks),
    )


def _fired(fired: Fired, knowledge: Knowledge) -> FiredOut:
    rule = knowledge.rules[fired.rule]
    return FiredOut(fired.rule, fired.level, fired.findings, rule.say, rule.sources)


def _pattern(fit: PatternFit) -> PatternOut:
    return PatternOut(fit.id, fit.fit, fit.for_, fit.against, fit.missing)


def _differences(answer: Answer, knowledge: Knowledge) -> tuple[str, ...]:
    if not answer.differences:
        return ()
    from lumbago.report.training import differences_in_words

    return differences_in_words(answer, knowledge)


def _evidence(change: Change, answer: Answer, knowledge: Knowledge) -> EvidenceOut:
    """What the files show; the first of the activities stands for the rest, and several days show some changes without any."""
    from lumbago.report.load import says  # here, since most answers have no files and start quicker without

    request = answer.request
    words = says(change, knowledge, request.locale.units, request.as_of)
    return EvidenceOut(next(iter(change.activities), ""), change.date, words, change.ratio)


def _contributor(found: Contributor, answer: Answer, knowledge: Knowledge) -> ContributorOut:
    evidence = tuple(_evidence(change, answer, knowledge) for change in found.evidence)
    return ContributorOut(found.id, found.strength, found.for_, found.against, found.claims, evidence)


def _plan(plan: Plan) -> PlanOut:
    return PlanOut(
        start=plan.start,
        goal=_goal(plan.goal) if plan.goal is not None else None,
        weeks=tuple(_week(week) for week in plan.weeks),
        because=plan.because,
        first_do=plan.first_do,
        leave_out=plan.leave_out,
        stop_and_ask=plan.stop_and_ask,
    )


def _goal(goal: PlanGoal) -> PlanGoalOut:
    verdicts: dict[str | None, Literal["comfortable", "tight", "not-safe"]] = {
        "comfortable": "comfortable",
        "tight": "tight",
        "not-safe": "not-safe",
    }
    return PlanGoalOut(
        distance_m=goal.distance_m,
        date=goal.date,
        verdict=None if goal.verdict is None else verdicts[goal.verdict],
        earliest=goal.earliest,
        limit=goal.limit,
        earliest_without_buffer=goal.earliest_without_buffer,
        why=goal.why,
    )


def _week(week: Week) -> WeekOut:
    return WeekOut(week.start, week.why, week.limit, tuple(_session(session) for session in week.sessions))


def _session(session: Session) -> SessionOut:
    return SessionOut(
        date=session.date,
        kind=session.kind,
        minutes=_minutes(session.duration_s),
        distance_m=session.distance_m,
        steps=tuple(_step(step) for step in session.steps),
        exercises=tuple(_exercise(dose) for dose in session.exercises),
        stop_if=session.stop_if,
        effort_cr10=session.effort_cr10,
        say=session.say,
    )


def _step(step: Step) -> StepOut:
    if step.steps:
        return StepOut(repeat=step.repeat, steps=tuple(_step(inner) for inner in step.steps))
    return StepOut(kind=step.kind, minutes=_minutes(step.duration_s))


def _exercise(dose: ExerciseDose) -> ExerciseOut:
    return ExerciseOut(dose.id, dose.sets, dose.reps, dose.hold_s, dose.a_side)


def _minutes(duration_s: float | None) -> float | None:
    return None if duration_s is None else round(duration_s / timedelta(minutes=1).total_seconds(), 2)


def _withheld(plan: PlanWithheld) -> PlanWithheldOut:
    return PlanWithheldOut(plan.reason, plan.level, plan.do_instead, plan.because)


# Writing and reading


def render(value: AnswerOut) -> dict[str, Any]:
    """Plain data of a contract value: JSON's own types, dates as ISO, whole numbers without a point."""
    return dict(_pairs(value))


def _pairs(value: Any) -> Iterator[tuple[str, Any]]:
    """Names and values of a contract value; a field that has a default is left out where it says no more than that."""
    for spec in fields(value):
        held = getattr(value, spec.name)
        if spec.default is MISSING or held != spec.default:
            yield spec.name.rstrip("_"), _plain(held)


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return dict(_pairs(value))
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, StrEnum):
        return value.value
    return int(value) if isinstance(value, float) and value.is_integer() else value


def read_contract(data: Mapping[str, Any]) -> AnswerOut:
    """An answer read back from JSON; fields of a later version are passed over. Raises ValueError when it is none."""
    from pydantic import TypeAdapter

    return TypeAdapter(AnswerOut).validate_python(_renamed(data, {"for": "for_"}))


def schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of an answer, made from the types above."""
    from pydantic import TypeAdapter

    made = _renamed(TypeAdapter(AnswerOut).json_schema(), {"for_": "for"})
    null, some = {"type": "null"}, {"type": "object"}
    return {
        "$schema": _DIALECT,
        "$id": SCHEMA,
        **_without_titles(made),
        "oneOf": [
            {"properties": {"plan": some, "plan_withheld": null}},
            {"properties": {"plan": null, "plan_withheld": some}},
        ],
    }


def _renamed(value: Any, names: Mapping[str, str]) -> Any:
    """The same data with some keys, and the same words in lists of required keys, under other names."""
    if isinstance(value, Mapping):
        return {
            names.get(key, key): [names.get(name, name) for name in inner]
            if key == "required"
            else _renamed(inner, names)
            for key, inner in value.items()
        }
    return [_renamed(each, names) for each in value] if isinstance(value, list | tuple) else value


def _without_titles(value: Any) -> Any:
    """Titles that only repeat a field's name are noise in a reference."""
    if isinstance(value, Mapping):
        return {
            key: _without_titles(inner)
            for key, inner in value.items()
            if not (key == "title" and isinstance(inner, str))
        }
    return [_without_titles(each) for each in value] if isinstance(value, list | tuple) else value
