"""What files tell the deciders: plain changes as findings, the numbers of the last month, and where the story says otherwise."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from decided import AS_OF, knowledge
from lumbago.exposure.runs import expose
from lumbago.exposure.shown import findings_of, with_runs
from lumbago.model.activities import Change, Exposures
from lumbago.model.levels import Origin, Status, Weight
from lumbago.model.reading import Quantities
from recordings import activity

SPIKE = Change(
    "long-run-spike",
    "longest-ratio",
    AS_OF,
    13000,
    8000,
    1.625,
    Weight.STRONG,
    ("a",),
    ("long-run-jump", "recent-load-change"),
)


def exposures(*days_and_km: tuple[int, float]) -> Exposures:
    """Runs so many days before today."""
    runs = [activity(AS_OF - timedelta(days=days), km) for days, km in days_and_km]
    return expose(runs, knowledge(), AS_OF)


def steady(weeks: int = 10, km: float = 8.0, since: int = 1) -> list[tuple[int, float]]:
    return [(7 * week + day, km) for week in range(weeks) for day in (since, since + 2, since + 4)]


def test_a_plain_change_is_a_finding_of_its_day_and_a_weak_one_is_none() -> None:
    found = findings_of(
        (SPIKE, replace(SPIKE, id="hills", strength=Weight.WEAK, findings=("hills",))), AS_OF, knowledge()
    )
    assert {f.id for f in found} == {"long-run-jump", "recent-load-change"}
    assert {(f.status, f.origin, f.onset) for f in found} == {(Status.PRESENT, Origin.ACTIVITY, AS_OF)}


def test_the_files_fill_in_what_the_story_left_out() -> None:
    numbers, differences = with_runs(Quantities(), exposures(*steady()), AS_OF, knowledge())
    assert (numbers.longest_run_km, numbers.weekly_km, numbers.runs_per_week, numbers.days_off) == (8, 24, 3, 0)
    assert not differences


def test_numbers_that_lie_near_are_the_files_and_no_disagreement() -> None:
    numbers, differences = with_runs(
        Quantities(longest_run_km=10, weekly_km=20), exposures(*steady()), AS_OF, knowledge()
    )
    assert (numbers.longest_run_km, numbers.weekly_km) == (8, 24)
    assert not differences


@pytest.mark.parametrize(("told", "used"), [(2.0, 2.0), (20.0, 8.0)])
def test_numbers_far_apart_are_a_disagreement_and_the_lower_counts(told: float, used: float) -> None:
    numbers, (found,) = with_runs(Quantities(longest_run_km=told), exposures(*steady()), AS_OF, knowledge())
    assert (found.quantity, found.told, found.shown, found.used) == ("longest_run_km", told, 8, used)
    assert numbers.longest_run_km == used


def test_a_tie_at_the_bound_is_no_disagreement() -> None:
    told = Quantities(longest_run_km=8 * 1.3)
    assert not with_runs(told, exposures(*steady()), AS_OF, knowledge())[1]
    assert with_runs(replace(told, longest_run_km=8 * 1.31), exposures(*steady()), AS_OF, knowledge())[1]


def test_after_a_break_the_longest_is_of_the_month_before_it() -> None:
    found, _ = with_runs(Quantities(), exposures(*steady(since=25), (70, 20.0)), AS_OF, knowledge())
    assert (found.longest_run_km, found.days_off) == (8, 24)


def test_a_short_record_tells_no_usual_week() -> None:
    found, _ = with_runs(Quantities(), exposures((1, 8.0), (10, 8.0)), AS_OF, knowledge())
    assert (found.longest_run_km, found.weekly_km, found.runs_per_week) == (8, None, None)


def test_runs_told_in_the_story_stay() -> None:
    found, _ = with_runs(Quantities(runs_per_week=5), exposures(*steady()), AS_OF, knowledge())
    assert found.runs_per_week == 5


def test_without_runs_nothing_is_told() -> None:
    assert with_runs(Quantities(), Exposures(), AS_OF, knowledge()) == (Quantities(), ())
    later = expose([activity(date(2027, 1, 1))], knowledge())
    assert with_runs(Quantities(), later, AS_OF, knowledge()) == (Quantities(), ())


def test_a_first_short_run_back_does_not_end_a_break() -> None:
    found, _ = with_runs(Quantities(), exposures(*steady(since=25), (1, 3.0)), AS_OF, knowledge())
    assert found.days_off == 23


def test_who_says_to_have_stopped_and_ran_yesterday_is_asked() -> None:
    found = exposures(*steady())
    (difference,) = with_runs(Quantities(), found, AS_OF, knowledge(), stopped=True)[1]
    assert (difference.quantity, difference.shown, difference.date) == ("last_run", 8, AS_OF - timedelta(days=1))
    assert not with_runs(Quantities(), exposures(*steady(since=4)), AS_OF, knowledge(), stopped=True)[1]


def test_nothing_is_planned_by_a_run_that_nobody_could_run() -> None:
    runs = [
        *(activity(AS_OF - timedelta(days=days), km) for days, km in steady()),
        activity(AS_OF - timedelta(days=2), 400.0, 1, timer_s=600.0, elapsed_s=600.0),
    ]
    assert with_runs(Quantities(), expose(runs, knowledge(), AS_OF), AS_OF, knowledge())[0].longest_run_km == 8


def test_an_old_change_is_no_recent_one() -> None:
    old = replace(SPIKE, date=AS_OF - timedelta(days=57))
    assert not len(findings_of((old,), AS_OF, knowledge()))
    assert len(findings_of((replace(old, date=AS_OF - timedelta(days=56)),), AS_OF, knowledge()))
