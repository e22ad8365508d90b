"""Days, distances and doses as people say them."""

from __future__ import annotations

from datetime import date

import pytest

from lumbago.model.levels import Units
from lumbago.model.plan import ExerciseDose, SessionKind, Step
from lumbago.report import words

TODAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("day", "said"),
    [(date(2026, 11, 25), "Wed 25 Nov"), (date(2026, 12, 1), "Tue 1 Dec"), (date(2027, 1, 9), "Sat 9 Jan 2027")],
)
def test_days(day: date, said: str) -> None:
    assert words.day_words(day, TODAY) == said


@pytest.mark.parametrize(
    ("metres", "km", "miles"),
    [(5000, "5 km", "3.1 miles"), (1609.344, "1.6 km", "1 mile"), (21097.5, "21.1 km", "13.1 miles")],
)
def test_distances(metres: float, km: str, miles: str) -> None:
    assert words.distance_words(metres, Units.KM) == km
    assert words.distance_words(metres, Units.MILES) == miles


def test_race_names_stay_whatever_the_unit() -> None:
    assert words.race_words(21097.5, Units.MILES) == "half marathon"
    assert words.race_words(8000, Units.MILES) == "5 miles"


@pytest.mark.parametrize(("seconds", "said"), [(1500, "25 min"), (90, "1 min 30 s"), (30, "30 s")])
def test_durations(seconds: float, said: str) -> None:
    assert words.minutes_words(seconds) == said


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (54.0, "a", "54 years"),
        (6.0, "{score}", "6 of 10"),
        (0.0, "d", "less than a day"),
        (1.0, "d", "1 day"),
        (21.0, "d", "21 days"),
        (38.5, "Cel", "38.5 °C"),
        (900000.0, "m", "900 km"),
        ("rather-not-say", None, "rather not say"),
        (date(2026, 11, 20), None, "Fri 20 Nov"),
        (None, "a", ""),
        (3.0, "unheard-of", "3"),
    ],
)
def test_values(value: words.Value, unit: str | None, said: str) -> None:
    assert words.value_words(value, unit, Units.KM, TODAY) == said


def test_steps_and_doses() -> None:
    bouts = (Step(SessionKind.RUN, 60.0), Step(SessionKind.WALK, 120.0))
    assert words.step_words((Step(SessionKind.WALK, 300.0), Step(repeat=8, steps=bouts))) == (
        "walk 5 min; 8 times: run 1 min, walk 2 min"
    )
    assert words.step_words((Step(repeat=1, steps=bouts),)) == "run 1 min, walk 2 min"
    assert words.dose_words(ExerciseDose("x", 1, hold_s=30)) == "1 set, each held 30 s"
    assert words.dose_words(ExerciseDose("x", 3, 6, 8, a_side=True)) == "3 sets of 6, each held 8 s, each side"


def test_of_a_mixed_grade_the_weaker_counts() -> None:
    assert words.grade_words("B/C", words.PATTERN_GRADE_WORDS) == words.PATTERN_GRADE_WORDS["C"]
    assert words.grade_words("triage", words.PATTERN_GRADE_WORDS) == ""


def test_sentences() -> None:
    assert words.sentence("pain  below\nthe knee") == "Pain below the knee."
    assert words.sentence("Is it?") == "Is it?"
    assert words.sentence("") == ""
    assert words.count_words(1, "question") == "1 question"
    assert words.quoted("my\n back") == "“my back”"
