"""The week of a report: dated sessions with their exercises, or the reason why there are none and what to do instead."""

from __future__ import annotations

from collections.abc import Iterable

from lumbago.model.document import Block, BlockKind, Line, Section, Trace, TraceKind
from lumbago.model.plan import ExerciseDose, Plan, PlanGoal, PlanWithheld, Session, Week
from lumbago.report.view import View, fill, say, say_each, sources_note, trace, traces_of
from lumbago.report.words import (
    GRADE_WORDS,
    KIND_WORDS,
    capital,
    day_words,
    distance_words,
    dose_words,
    grade_words,
    long_day_words,
    minutes_words,
    race_words,
    sentence,
    step_words,
)

_VERDICT_WORDS = {
    "comfortable": "there is time",
    "tight": "tight",
    "not-safe": "not safely by then",
}


def week_section(view: View) -> Section:
    """What to do this week."""
    plan = view.answer.plan
    if isinstance(plan, PlanWithheld):
        return Section("week", "This week: no plan yet", _withheld_blocks(view, plan))
    return Section("week", "This week", _plan_blocks(view, plan))


def _because(view: View, ids: Iterable[str]) -> tuple[Trace, ...]:
    """Traces to what a plan rests on; the fixed text of the section where it names nothing."""
    return traces_of(view, ids) or (Trace(TraceKind.TEXT, "report-week"),)


def _withheld_blocks(view: View, withheld: PlanWithheld) -> tuple[Block, ...]:
    because = _because(view, withheld.because)
    do_instead = tuple(Line(words, because) for words in withheld.do_instead)
    reason = Line(sentence(withheld.reason), because, children=do_instead)
    return (Block("plan-withheld", BlockKind.CALLOUT, (reason,)),)


def _plan_blocks(view: View, plan: Plan) -> tuple[Block, ...]:
    because = _because(view, plan.because)
    weeks = tuple(block for week in plan.weeks for block in _week_blocks(view, week))
    return (
        Block("first-do", BlockKind.CALLOUT, _first_do(view, plan, because)),
        Block("goal", BlockKind.PARAGRAPH, _goal(view, plan.goal) if plan.goal else ()),
        *weeks,
        Block("exercises-how", BlockKind.PARAGRAPH, (say(view, "report-exercises"),) if _exercises(plan) else ()),
        Block("exercises", BlockKind.BULLETS, tuple(_exercise(view, dose) for dose in _exercises(plan))),
        Block("exercise-rules", BlockKind.BULLETS, say_each(view, "exercise-rules") if _exercises(plan) else ()),
        Block("stop-if", BlockKind.BULLETS, _stop_lines(view, plan, because)),
        Block("leave-out", BlockKind.BULLETS, _titled(view, "report-leave-out", plan.leave_out, because)),
        Block("stop-and-ask", BlockKind.BULLETS, _titled(view, "report-stop-and-ask", plan.stop_and_ask, because)),
    )


def _first_do(view: View, plan: Plan, because: tuple[Trace, ...]) -> tuple[Line, ...]:
    """What comes before any session; open questions stand in their own section and are not told twice."""
    asks = {spec.ask for name in view.answer.triage.ask if (spec := view.knowledge.findings.get(name))}
    asks |= {
        spec.ask_again or "" for name in view.answer.triage.ask_again if (spec := view.knowledge.findings.get(name))
    }
    rest = _lines((words for words in plan.first_do if words not in asks), because)
    asked = any(words in asks for words in plan.first_do)
    return (say(view, "report-first-answer", more=because), *rest) if asked else rest


def _lines(sentences: Iterable[str], because: tuple[Trace, ...]) -> tuple[Line, ...]:
    return tuple(Line(words, because) for words in sentences)


def _titled(view: View, text: str, sentences: tuple[str, ...], because: tuple[Trace, ...]) -> tuple[Line, ...]:
    return (say(view, text, _lines(sentences, because)),) if sentences else ()


def _goal(view: View, goal: PlanGoal) -> tuple[Line, ...]:
    request = view.answer.request
    limit = _because(view, (goal.limit,) if goal.limit else ())
    race = race_words(goal.distance_m, request.locale.units)
    when = f" on {long_day_words(goal.date)}" if goal.date else ""
    if goal.why:
        return (Line(f"Your goal, {race}{when}. {sentence(goal.why)}", limit),)
    verdict = f": {_VERDICT_WORDS[goal.verdict]}" if goal.verdict else ""
    earliest = f" The earliest day we would plan for is {long_day_words(goal.earliest)}." if goal.earliest else ""
    return (Line(f"Your goal, {race}{when}{verdict}.{earliest}", limit),)


def _week_blocks(view: View, week: Week) -> tuple[Block, ...]:
    limit = _because(view, (week.limit,))
    as_of = view.answer.request.as_of
    key = week.start.isoformat()
    opening = Line(f"Week from {day_words(week.start, as_of)}. {sentence(week.why)}", limit)
    rows = tuple(_row(view, session, limit) for session in sorted(week.sessions, key=lambda s: s.date))
    rest = (say(view, "report-rest-days"),) if rows else ()
    return (
        Block(f"week-{key}", BlockKind.PARAGRAPH, (opening,)),
        Block(f"sessions-{key}", BlockKind.TABLE, head=("Day", "What", "How long"), rows=rows),
        Block(f"rest-{key}", BlockKind.PARAGRAPH, rest),
    )


def _row(view: View, session: Session, limit: tuple[Trace, ...]) -> tuple[Line, ...]:
    exercises = trace(TraceKind.EXERCISE, (dose.id for dose in session.exercises))
    day = day_words(session.date, view.answer.request.as_of)
    return (
        Line(day, limit),
        Line(_what(view, session), limit + exercises, note=session.say),
        Line(_how_long(view, session), limit),
    )


def _what(view: View, session: Session) -> str:
    plain = len(session.steps) == 1 and session.steps[0].kind is session.kind  # its length stands in the next column
    parts = [step_words(session.steps)] if session.steps and not plain else []
    parts += [", ".join(_name(view, dose.id).lower() for dose in session.exercises)] if session.exercises else []
    kind = KIND_WORDS[session.kind]
    return f"{kind}: {'; '.join(parts)}" if parts else kind


def _how_long(view: View, session: Session) -> str:
    parts = [minutes_words(session.duration_s)] if session.duration_s else []
    parts += [distance_words(session.distance_m, view.answer.request.locale.units)] if session.distance_m else []
    return ", ".join(parts) or "as you like"


def _name(view: View, exercise: str) -> str:
    spec = view.knowledge.exercises.get(exercise)
    return spec.name if spec else exercise.replace("-", " ")


def _exercises(plan: Plan) -> tuple[ExerciseDose, ...]:
    """Each exercise of the plan once, with the dose it has first."""
    doses: dict[str, ExerciseDose] = {}
    for week in plan.weeks:
        for session in week.sessions:
            for dose in session.exercises:
                doses.setdefault(dose.id, dose)
    return tuple(doses.values())


def _exercise(view: View, dose: ExerciseDose) -> Line:
    here = (Trace(TraceKind.EXERCISE, dose.id),)
    spec = view.knowledge.exercises[dose.id]
    levels = [
        f"{word}: {_name(view, other)}" for word, other in (("Easier", spec.easier), ("Harder", spec.harder)) if other
    ]
    children = [Line(" ".join(sentence(step) for step in spec.how), here)]
    children += [Line(sentence("; ".join(levels)), here)] if levels else []
    children += [Line(sentence(f"Stop if: {'; '.join(spec.stop_if)}"), here)] if spec.stop_if else []
    grade = grade_words(spec.grade, GRADE_WORDS)
    evidence = f"Evidence: {grade}. " if grade else ""
    return Line(
        f"{capital(spec.name)}: {dose_words(dose)}",
        here + trace(TraceKind.SOURCE, spec.sources),
        note=f"{evidence}{sources_note(view, spec.sources)}",
        children=tuple(children),
    )


def _stop_lines(view: View, plan: Plan, because: tuple[Trace, ...]) -> tuple[Line, ...]:
    """When to stop a session: the same list once, for every kind of session that has it."""
    named = {words for dose in _exercises(plan) for words in _own_stop(view, dose)}
    kinds: dict[tuple[str, ...], list[str]] = {}
    for week in plan.weeks:
        for session in week.sessions:
            stop_if = tuple(words for words in session.stop_if if words not in named)
            if stop_if:
                kinds.setdefault(stop_if, []).append(KIND_WORDS[session.kind].lower())
    return tuple(
        Line(f"{capital(', '.join(dict.fromkeys(names)))}: stop when:", because, children=_lines(stop_if, because))
        for stop_if, names in kinds.items()
    )


def _own_stop(view: View, dose: ExerciseDose) -> tuple[str, ...]:
    """The line of a session that is about one exercise; it stands below that exercise already."""
    spec = view.knowledge.exercises[dose.id]
    return fill(view.knowledge, "plan-stop-named", name=spec.name, words=" or ".join(spec.stop_if))
