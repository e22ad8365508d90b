"""What changed before the pain, the best supported first, and the words for it."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from decided import knowledge
from lumbago.exposure.changes import Reach, reach, text_of, what_changed
from lumbago.exposure.runs import expose
from lumbago.knowledge.readability import reading_age
from lumbago.model.activities import Activity, Change, Exposures, Sport
from lumbago.model.levels import Weight
from training import ONSET, activity, band, changes, named, run, steady

RULES = knowledge().limits["changes"].values
TEXTS = sorted(name for name in knowledge().texts if name.startswith("change-"))


def much_at_once() -> list[Activity]:
    """A long run, a race, a first strength session, other shoes and more running, all in one week."""
    shod = [replace(each, gear="old") for each in steady()]
    news = [run(day, 10.0, gear="new") for day in (0, 2, 4)]
    return [*shod, *news, run(5, 19.2, gear="new", race=True), activity(1, Sport.STRENGTH)]


def test_nothing_on_record_shows_nothing() -> None:
    assert what_changed((), Exposures(), ONSET, knowledge()) == ()


def test_steady_training_shows_nothing() -> None:
    assert changes(steady()) == ()


def test_the_plainest_comes_first_and_no_more_are_told_than_the_limit() -> None:
    found = changes(much_at_once())
    assert [change.id for change in found[:2]] == ["long-run-spike", "race-effort"]
    assert len(found) == RULES["most_shown"]
    ranks = [tuple(Weight).index(change.strength) for change in found]
    assert ranks == sorted(ranks, reverse=True)


def test_each_contributor_speaks_once() -> None:
    found = [change.id for change in changes(much_at_once())]
    assert len(found) == len(set(found))


def test_a_short_record_is_told_as_such_and_shows_no_new_runner() -> None:
    change = named(steady(5), "history-weeks")
    assert change is not None
    assert (change.id, change.strength, change.findings) == ("new-to-running", Weight.WEAK, ())
    assert change.value == pytest.approx(34 / 7)
    assert named(steady(13), "history-weeks") is None


@pytest.mark.parametrize(("every", "is_named"), [(7, True), (4, False)])
def test_few_runs_in_half_a_year_are_told(every: int, is_named: bool) -> None:
    few = [run(day, 5.0) for day in range(3, 130, every)]
    assert bool(named(few, "run-count")) is is_named


def test_an_old_record_with_few_runs_is_not_that_of_a_new_runner() -> None:
    assert named([run(day, 5.0) for day in range(3, 300, 14)], "run-count") is None


def test_a_record_that_stopped_before_the_window_shows_nothing() -> None:
    assert changes([run(day) for day in (50, 53, 56)]) == ()


# --- the knowledge behind it


@pytest.mark.parametrize("quantity", sorted(knowledge().quantities))
def test_every_quantity_has_a_contributor_that_names_it_a_unit_and_a_text(quantity: str) -> None:
    spec = knowledge().contributors[RULES["speaks_for"][quantity]]
    assert quantity in {use.quantity for use in spec.exposures}
    assert quantity in RULES["value_unit"]
    assert f"change-{quantity}" in knowledge().texts


def test_only_what_crosses_the_contributors_own_threshold_is_named() -> None:
    above = {
        (spec.id, use.quantity): use.above
        for spec in knowledge().contributors.values()
        for use in spec.exposures
        if use.above is not None
    }
    assert above == {
        ("long-run-spike", "longest-ratio"): knowledge().limits["session-caps"].values["bands"]["small"],
        ("return-after-break", "days-off"): RULES["break"]["days_above"],
        ("load-spike", "week-change"): 1.3,
    }
    assert RULES["week-change"]["ratio_from"] >= 1.3


def test_what_is_not_shown_is_one_of_the_quantitys_findings() -> None:
    for quantity, findings in RULES["not_shown"].items():
        assert set(findings) <= set(knowledge().quantities[quantity].shows)


def test_weekly_distance_is_never_called_strong() -> None:
    assert RULES["most"]["week-change"] != "strong"


@pytest.mark.parametrize("text", TEXTS)
def test_the_words_are_plain_and_name_no_cause(text: str) -> None:
    words = " ".join(knowledge().texts[text].lines)
    assert set(re.findall(r"\{(\w+)\}", words)) <= {"day", "value", "baseline", "percent", "count", "detail", "first"}
    assert not re.search(r"\b(cause|because|due to|led to|made your|triggered|injured you)", words)
    said = re.sub(r"\{(\w+)\}", "10", words)
    assert reading_age(said) <= 12


def test_every_text_is_one_that_is_used() -> None:
    plain = {f"change-{quantity}" for quantity in knowledge().quantities}
    details = {"change-race-flag-fastest", "change-descent-change-one-run", "change-treadmill-change-off"}
    assert set(TEXTS) == plain | details | {
        "change-nothing",
        "change-none",
        "change-short",
        "change-risk",
        "change-longest-ratio-count",
    }


@pytest.mark.parametrize(
    ("quantity", "detail", "text"),
    [
        ("race-flag", None, "change-race-flag"),
        ("race-flag", "fastest", "change-race-flag-fastest"),
        ("shoe-change", "my red pair", "change-shoe-change"),
        ("ground-change", "trail", "change-ground-change"),
    ],
)
def test_the_detail_chooses_the_sentence_where_it_has_one(quantity: str, detail: str | None, text: str) -> None:
    change = Change(RULES["speaks_for"][quantity], quantity, ONSET, 1.0, None, None, Weight.WEAK, detail=detail)
    assert text_of(change, knowledge()) == text


def test_the_steps_of_like_runs_are_told_before_the_length_of_steps() -> None:
    """Both say the same; the one by bands leads, and only one is told."""
    runs = [
        replace(each, bands=(band(2.75, 40.0, cadence),), cadence_spm=cadence)
        for each in steady()
        for cadence in [160.0 if int(each.id.split("-")[1]) < 21 else 170.0]
    ]
    assert [c.quantity for c in changes(runs) if c.id == "overstriding-low-cadence"] == ["cadence-change"]


@pytest.mark.parametrize(
    ("runs", "expected"),
    [
        (steady(), Reach.FULL),
        (steady(weeks=8), Reach.SHORT),
        (steady(since=7), Reach.NOTHING),
        ([], Reach.NOTHING),
    ],
)
def test_silence_of_a_record_is_not_taken_for_nothing_changed(runs: list[Activity], expected: Reach) -> None:
    assert reach(expose(runs, knowledge()), ONSET, knowledge()) is expected
