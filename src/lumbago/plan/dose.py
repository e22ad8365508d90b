"""How much running the first week holds, from the month before: the same runs made shorter, or a low rung of run-walk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lumbago.model.plan import SessionKind, Step
from lumbago.plan.case import Case, is_symptom_free

WEEK = "first-week"
_FULL = 100.0


@dataclass(frozen=True, slots=True)
class Dose:
    """The running of a week. Either distances in metres (the longest run, and each easy one) or the steps of a rung.

    limit: the limit that bound it; why: its sentence. start_longest_m: the longest run it starts from, None when from nothing.
    """

    limit: str
    why: str
    runs: int
    longest_m: float | None = None
    easy_m: float = 0.0
    rung: int = 0
    steps: tuple[Step, ...] = ()


def longest_known_m(case: Case) -> float | None:
    """The longest run of the last month, in metres: as told, else the least it can have been in a week of that distance."""
    told, weekly = case.quantities.longest_run_km, case.quantities.weekly_km
    if told:
        return told * 1000
    if weekly:
        runs = max(case.quantities.runs_per_week or case.value(WEEK, "days_when_runs_untold"), 1)
        return weekly / runs * 1000
    return None


def is_settled_runner(case: Case) -> bool:
    """Running now, with a known distance: not new to it, not stopped, and if back after a break, back to regular runs."""
    if longest_known_m(case) is None or case.may_have("new-runner") or case.may_have("stopped-running"):
        return False
    if case.quantities.days_off is not None:
        return time_off_percent(case) == _FULL
    return not case.may_have("return-after-break") or bool(case.quantities.runs_per_week)


def week_dose(case: Case) -> Dose | None:
    """The running of the first week; None when even the lowest rung is more than the longest run known."""
    longest = longest_known_m(case)
    if longest is None or case.may_have("new-runner"):
        return _ladder(case, longest, _rung_wanted(case))
    percent, why = (100 - cut_percent(case), "plan-why-free" if is_symptom_free(case) else "plan-why-shorter")
    if not is_settled_runner(case):
        after_break = time_off_percent(case)
        if after_break is None:
            return _ladder(case, longest, _rung_wanted(case))
        percent, why = min((percent, why), (after_break, "plan-why-time-off"))
    return _distances(case, longest, percent, why) or _ladder(case, longest, _rung_wanted(case))


def cut_percent(case: Case) -> float:
    """How much shorter than usual: not at all without pain, least when it is mild, most when it is not or when the story warns."""
    usual = case.value("entry-gate", "usual_pain")
    if any(case.has(f) for f in case.value(WEEK, "cut_most_when")) or (case.pain is not None and case.pain > usual):
        return float(max(case.value("entry-gate", "regular_runner_cut_percent")))
    if is_symptom_free(case):
        return 0.0
    if case.has("mild-pain") or case.pain is not None:
        return float(min(case.value("entry-gate", "regular_runner_cut_percent")))
    return float(case.value(WEEK, "cut_percent_untold"))


def time_off_percent(case: Case) -> float | None:
    """What is left of the old longest run after the days off; None when the ladder comes first, as when nobody told how long.

    Training files tell the days off. Without them: who stopped because of the pain has been off no longer than the spell lasts.
    """
    days = case.quantities.days_off
    if days is None and case.may_have("stopped-running"):
        days = case.duration_days
    if days is None:
        return None
    rows = case.value("time-off", "rows")
    row = next((row for row in rows if row["up_to_days"] is None or days <= row["up_to_days"]), rows[-1])
    return None if row["run_walk"] else float(row["percent"])


def run_distance_m(case: Case, steps: tuple[Step, ...]) -> float:
    """How far the running bouts of a session can reach: their minutes at a speed above that of run-walk."""
    return running_s(steps) / 60 * float(case.value(WEEK, "bout_speed_m_per_min"))


def running_s(steps: tuple[Step, ...]) -> float:
    """Seconds of running in these steps, walks left out."""
    return sum(
        step.repeat * (running_s(step.steps) if step.steps else _bout_s(step, SessionKind.RUN)) for step in steps
    )


def total_s(steps: tuple[Step, ...]) -> float:
    """Seconds of these steps, walks included."""
    return sum(step.repeat * (total_s(step.steps) if step.steps else step.duration_s or 0.0) for step in steps)


def one_round_fewer(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """The same session with one repeat less, to ease in."""
    return tuple(
        Step(step.kind, step.duration_s, step.repeat - 1, step.steps) if step.repeat > 1 else step for step in steps
    )


def _bout_s(step: Step, kind: SessionKind) -> float:
    return step.duration_s or 0.0 if step.kind is kind else 0.0


def _rung_wanted(case: Case) -> int:
    if case.pain is not None and case.pain <= case.value("pain-bands", "green_up_to"):
        return int(case.value(WEEK, "rung_comfortable"))
    if case.pain is not None or case.has("mild-pain"):
        return int(case.value(WEEK, "rung_mild"))
    return int(case.value(WEEK, "rung_untold"))


def _ladder(case: Case, longest_m: float | None, wanted: int) -> Dose | None:
    """The highest rung up to the wanted one that stays within the longest run known."""
    rows = case.knowledge.programs[case.value(WEEK, "ladder")].table["sessions"]
    rungs = {int(row["stage"]): _steps(row["steps"]) for row in rows if int(row["stage"]) <= wanted}
    within = [n for n, steps in rungs.items() if longest_m is None or run_distance_m(case, steps) <= longest_m]
    if not within:
        return None
    rung = max(within)
    why = "plan-why-ladder-untold" if longest_m is None and not case.may_have("new-runner") else "plan-why-ladder"
    return Dose(
        case.value(WEEK, "ladder"), case.line(why), case.value("week-shape", "runs"), rung=rung, steps=rungs[rung]
    )


def _steps(rows: list[Mapping[str, Any]]) -> tuple[Step, ...]:
    return tuple(
        Step(repeat=int(row["repeat"]), steps=_steps(row["steps"]))
        if "repeat" in row
        else Step(SessionKind(row["kind"]), float(row["minutes"]) * 60)
        for row in rows
    )


def _distances(case: Case, longest_m: float, percent: float, why: str) -> Dose | None:
    """One longest run and shorter easy ones, none above the share of what was run; None when the runs were too short for it."""
    weekly_m = case.quantities.weekly_km * 1000 if case.quantities.weekly_km else None
    most = min(longest_m, weekly_m or longest_m)
    if most < case.value(WEEK, "ladder_below_m"):
        return None
    share, most_runs = percent / 100, case.value("week-shape", "runs")
    longest = _rounded(case, most * share)
    runs = int(min(most_runs, max(case.quantities.runs_per_week or most_runs, 1)))
    easy = _easy_m(case, longest, weekly_m * share if weekly_m else None, runs)
    words = case.line(why, cut=round(100 - percent), percent=round(percent))
    limit = "time-off" if why == "plan-why-time-off" else WEEK
    return Dose(limit, words, runs if easy >= case.value(WEEK, "shortest_run_m") else 1, longest_m=longest, easy_m=easy)


def _easy_m(case: Case, longest: float, weekly_m: float | None, runs: int) -> float:
    """An easy run: clearly shorter than the longest, no longer than the usual one was, and all together within the week's share."""
    bounds = [longest * case.value(WEEK, "easy_run_percent") / 100]
    if weekly_m and runs > 1:
        bounds.append((weekly_m - longest) / (runs - 1))
        bounds.append(weekly_m / (case.quantities.runs_per_week or runs))
    return _rounded(case, min(bounds))


def _rounded(case: Case, distance_m: float) -> float:
    step = float(case.value(WEEK, "round_to_m"))
    return distance_m // step * step
