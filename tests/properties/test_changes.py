"""Whatever the training was: what changed depends on nothing after the onset, on no order, and moves with the dates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from decided import knowledge
from lumbago.model.activities import Activity, Change, Ground, Sport
from training import ONSET, activity, band, changes, run, steady

DAYS = st.integers(0, 230)
RULES = knowledge().limits["changes"].values

runs = st.builds(
    lambda day, km, pace, climb, ground, gear, race, cadence: run(
        day,
        km,
        s_per_km=pace,
        hour=18,
        ascent_m=climb,
        descent_m=climb,
        ground=ground,
        gear=gear,
        race=race,
        cadence_spm=cadence,
        drift_min=20.0 + climb / 20 if climb else None,
        balance_pct=48.0 + climb / 100 if climb else None,
        bands=(band(2.5, km * 3, cadence), band(3.0, km * 2, cadence)),
    ),
    DAYS,
    st.sampled_from([3.0, 8.0, 13.2, 20.0, 30.0]),
    st.sampled_from([280.0, 330.0, 400.0]),
    st.sampled_from([None, 0.0, 60.0, 400.0]),
    st.sampled_from([None, *Ground]),
    st.sampled_from([None, "old", "new"]),
    st.sampled_from([None, True, False]),
    st.sampled_from([None, 155.0, 165.0, 175.0]),
)
others = st.builds(
    lambda day, sport, minutes: activity(day, sport, hour=12, timer_s=minutes * 60.0),
    DAYS,
    st.sampled_from([Sport.CYCLING, Sport.STRENGTH, Sport.WALKING]),
    st.sampled_from([20, 90, 240]),
)
# Steady weeks with some of them left out, some of the last ones different, and whatever else was done.
trainings = st.builds(
    lambda kept, more, km: [
        *(
            replace(a, distance_m=(a.distance_m or 0) * km) if _ago(a) < 21 else a
            for a in steady()
            if _ago(a) // 7 in kept
        ),
        *{each.id: each for each in more}.values(),
    ],
    st.frozensets(st.integers(0, 33), min_size=8).map(lambda gone: frozenset(range(34)) - frozenset(list(gone)[:6])),
    st.lists(st.one_of(runs, others), max_size=25),
    st.sampled_from([0.5, 1.0, 1.0, 1.5, 2.0]),
)


def _ago(each: Activity) -> int:
    assert each.local_date is not None
    return (ONSET - each.local_date).days


def _later(each: Activity, days: int) -> Activity:
    assert each.local_date is not None and each.start is not None
    return replace(each, local_date=each.local_date + timedelta(days=days), start=each.start + timedelta(days=days))


def _shape(found: Sequence[Change]) -> list[tuple[str, str]]:
    return [(change.quantity, change.strength) for change in found]


@given(trainings, st.randoms(use_true_random=False))
def test_the_order_of_activities_is_irrelevant(training: list[Activity], chance: Random) -> None:
    shuffled = training[::-1]
    chance.shuffle(shuffled)
    assert changes(shuffled) == changes(training)


@given(trainings, st.integers(-400, 400))
def test_other_dates_move_the_answer_with_them(training: list[Activity], days: int) -> None:
    moved = changes([_later(each, days) for each in training], ONSET + timedelta(days=days))
    assert [replace(each, date=each.date - timedelta(days=days)) for each in moved] == list(changes(training))


@given(trainings, st.integers(0, 60))
def test_what_came_after_the_onset_changes_nothing(training: list[Activity], days: int) -> None:
    onset = ONSET - timedelta(days=days)
    until = [each for each in training if each.local_date is not None and each.local_date <= onset]
    assert changes(training, onset) == changes(until, onset)


@given(trainings, st.integers(0, 60))
def test_every_change_lies_in_the_window(training: list[Activity], days: int) -> None:
    onset = ONSET - timedelta(days=days)
    for change in changes(training, onset):
        assert 0 <= (onset - change.date).days < RULES["window_days"]


@given(trainings)
def test_what_is_told_is_short_ordered_and_of_the_record(training: list[Activity]) -> None:
    found, ids = changes(training), {each.id for each in training}
    assert len(found) <= RULES["most_shown"]
    assert len({change.id for change in found}) == len(found)
    plain = ["strong", "moderate", "weak"]
    assert [s for _, s in _shape(found)] == sorted((s for _, s in _shape(found)), key=plain.index)
    for change in found:
        assert set(change.activities) <= ids
        assert set(change.findings) <= set(knowledge().quantities[change.quantity].shows)
        assert change.strength in plain[plain.index(RULES["most"].get(change.quantity, "strong")) :]


@given(trainings, st.sampled_from([1.5, 2.5]))
def test_a_much_longer_run_is_never_missed_in_the_last_week(training: list[Activity], times: float) -> None:
    """Nothing that else happened hides a run far beyond all on record, three days before."""
    longest = max((each.distance_m or 0.0) for each in training if each.sport is Sport.RUNNING)
    kept = [each for each in training if _ago(each) != 3]
    found = changes([*kept, run(3, longest * times / 1000, hour=15)])
    assert "long-run-spike" in {change.id for change in found} or not _ran_before(kept)


def _ran_before(training: Sequence[Activity]) -> bool:
    return any(4 <= _ago(each) <= 33 and each.sport is Sport.RUNNING for each in training)
