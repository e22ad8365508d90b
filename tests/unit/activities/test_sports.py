"""The words for a sport, from every source; what is not known is never guessed."""

from __future__ import annotations

import pytest

from lumbago.activities.sports import sport_of
from lumbago.model.activities import Ground, Sport

RUN, WALK, RIDE = Sport.RUNNING, Sport.WALKING, Sport.CYCLING


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("running", (RUN, None)),  # FIT sport
        ("trail", (RUN, Ground.TRAIL)),  # FIT sub_sport
        ("track", (RUN, Ground.TRACK)),
        ("street", (RUN, Ground.ROAD)),
        ("treadmill", (RUN, Ground.TREADMILL)),
        ("indoor_running", (RUN, Ground.TREADMILL)),
        ("cross_country_skiing", (Sport.OTHER, None)),
        ("HKWorkoutActivityTypeRunning", (RUN, None)),  # Apple
        ("HKWorkoutActivityTypeTraditionalStrengthTraining", (Sport.STRENGTH, None)),
        ("HKWorkoutActivityTypeHiking", (WALK, None)),
        ("Biking", (RIDE, None)),  # TCX
        ("Other", (Sport.OTHER, None)),
        ("trail_running", (RUN, Ground.TRAIL)),  # Garmin's types and names
        ("Treadmill Running", (RUN, Ground.TREADMILL)),
        ("Ultra Running", (RUN, None)),
        ("lap_swimming", (Sport.SWIMMING, None)),
        ("Lauf", (RUN, None)),  # Strava, translated
        ("Course à pied", (RUN, None)),
        ("Carrera", (RUN, None)),
        ("Corsa", (RUN, None)),
        ("Corrida", (RUN, None)),
        ("Hardloopsessie", (RUN, None)),
        ("ランニング", (RUN, None)),
        ("跑步机", (RUN, Ground.TREADMILL)),
        ("VirtualRun", (RUN, Ground.TREADMILL)),
        ("Fietsrit", (RIDE, None)),
        ("Entraînement aux poids", (Sport.STRENGTH, None)),
    ],
)
def test_a_word_is_understood_whoever_wrote_it(word: str, expected: tuple[Sport, Ground | None]) -> None:
    assert sport_of(word) == expected


@pytest.mark.parametrize("word", ["Trail Run", "trail_run", "TrailRun", " trail-run ", "TRAIL RUN"])
def test_capitals_spaces_and_signs_make_no_difference(word: str) -> None:
    assert sport_of(word) == (RUN, Ground.TRAIL)


@pytest.mark.parametrize("word", ["course a pied", "Course à pied", "COURSE À PIED", "Course a\u0300 pied"])
def test_accents_make_no_difference(word: str) -> None:
    assert sport_of(word) == (RUN, None)


@pytest.mark.parametrize(
    "word", ["", "generic", "training", "fitness_equipment", "unknown", "virtual_activity", "jkljkl", "9", "🏃"]
)
def test_what_does_not_tell_the_sport_stays_unknown(word: str) -> None:
    assert sport_of(word) == (Sport.UNKNOWN, None)


@pytest.mark.parametrize(
    "word", ["wheelchair_push_run", "elliptical", "rowing", "running late", "runner's yoga", "snowshoeing"]
)
def test_what_only_sounds_like_running_is_no_run(word: str) -> None:
    assert sport_of(word)[0] is not RUN
