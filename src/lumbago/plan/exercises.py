"""Three to six exercises: legs first, none that a finding or a fitting pattern rules out."""

from __future__ import annotations

from collections.abc import Sequence

from lumbago.model.knowledge import ExerciseSpec
from lumbago.model.plan import ExerciseDose
from lumbago.plan.case import Case

DAY = "strength-day"


def choose_exercises(case: Case, gentle: bool) -> tuple[ExerciseDose, ...]:
    """The exercises of the week with their doses: the gentle menu for walking weeks."""
    chosen: list[str] = []
    for line in (*case.value(DAY, "menu_gentle" if gentle else "menu"), *_spares(case)):
        if len(chosen) >= case.value(DAY, "fewest") and len(line) == 1:
            break
        best = _best(case, [e for e in line if e not in chosen and allowed(case, e, gentle)])
        chosen += [best] if best else []
    return tuple(_dose(case.knowledge.exercises[e]) for e in chosen[: case.value(DAY, "most")])


def allowed(case: Case, exercise: str, gentle: bool) -> bool:
    """Not ruled out by a finding (present or not sure), by a pattern that may fit, or by its kind in a gentle week."""
    spec = case.knowledge.exercises.get(exercise)
    if spec is None or any(case.may_have(finding) for finding in spec.avoid_findings):
        return False
    if not gentle:
        return not _avoided(case) & set(spec.properties)
    kinds = case.value(DAY, "open_question_kinds" if case.triage.provisional else "gentle_kinds")
    return spec.kind in kinds and not _avoided(case) & set(spec.properties)


def named_by_contributors(case: Case) -> tuple[str, ...]:
    """Exercises that the possible contributors point at, the strongest contributor's first."""
    known = case.knowledge.contributors
    return tuple(e for c in case.explanation.contributors if c.id in known for e in known[c.id].exercises)


def _spares(case: Case) -> list[list[str]]:
    return [[exercise] for exercise in case.value(DAY, "spare")]


def _avoided(case: Case) -> set[str]:
    """Properties avoided by every pattern that fits, shown or not."""
    fitting = (*(fit.id for fit in case.explanation.patterns), *case.explanation.hidden)
    return {word for p in fitting if p in case.knowledge.patterns for word in case.knowledge.patterns[p].plan.avoid}


def _best(case: Case, candidates: Sequence[str]) -> str | None:
    """Named by a contributor, then needing nothing to buy, then liked by the fitting patterns, then the order of the menu."""
    named = named_by_contributors(case)
    liked = {w for fit in case.explanation.patterns for w in case.knowledge.patterns[fit.id].plan.prefer}
    at_home = case.value(DAY, "at_home")

    def rank(exercise: str) -> tuple[bool, bool, int]:
        spec = case.knowledge.exercises[exercise]
        return exercise not in named, spec.equipment not in at_home, -len(liked & set(spec.properties))

    return min(candidates, key=rank, default=None)


def _dose(spec: ExerciseSpec) -> ExerciseDose:
    dose = spec.dose
    return ExerciseDose(spec.id, dose.plan_sets, dose.plan_reps, dose.plan_hold_s, dose.a_side)
