"""What is kept comes back as it was, by day and by any id."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import UTC, date, timedelta
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lumbago.journal import fetch
from lumbago.journal.worker import sound
from lumbago.model.activities import Activity, Ground, Lap, Source, SpeedBand, Sport
from unit.journal.made import MONDAY, activity

FULL = Activity(
    id="full",
    source=Source.STRAVA,
    sport=Sport.RUNNING,
    start=MONDAY,
    local_date=MONDAY.date(),
    ground=Ground.TRAIL,
    **{
        name: float(place)
        for place, name in enumerate(
            "elapsed_s timer_s moving_s distance_m ascent_m descent_m heart_rate_bpm cadence_spm effort_cr10 temperature_c "
            "balance_pct longest_unbroken_s drift_min".split(),
            start=3600,
        )
    },
    bands=(SpeedBand(2.5, 120.0, 170.0, None), SpeedBand(3.0, 60.0)),
    laps=(Lap(0.0, 300.0, 1000.0), Lap(300.0, None, None)),
    records=7,
    name="Round the lake ⛰",
    gear="Red",
    race=True,
    manual=True,
    device="Watch",
    warnings=("One.", "Two."),
)


def keep(activities: Iterable[Activity]) -> None:
    from lumbago.journal.keep import Arrival, Writer
    from lumbago.journal.models import ImportRun
    from lumbago.journal.worker import Decoded, Packed

    writer = Writer()
    for one in activities:
        writer.take(Arrival("x", one.id, "1", True, Decoded((Packed(one, None, 0),), one.id)))
    writer.write(ImportRun(started=MONDAY))


def plain(one: Activity) -> dict[str, object]:
    return {name: getattr(one, name) for name in Activity.__slots__}


def test_every_field_comes_back(journal: Path) -> None:
    keep([FULL])
    assert [plain(one) for one in fetch.activities()] == [plain(FULL)]


def test_what_is_not_told_comes_back_as_none(journal: Path) -> None:
    bare = Activity("bare", Source.CSV, Sport.UNKNOWN)
    keep([bare])
    assert [plain(one) for one in fetch.activities()] == [plain(bare)]


def test_a_table_of_any_length_is_kept_at_once(journal: Path) -> None:
    from django.db import connection

    connection.ensure_connection()
    connection.connection.setlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER, 999)
    start = MONDAY.replace(year=2010)
    days = [start + timedelta(days=n) for n in range(1100)]
    keep(activity(f"row {day}", day, source=Source.CSV, records=0) for day in days)
    keep(activity(f"file {day}", day) for day in days)
    kept = fetch.activities()
    assert [one.start for one in kept] == days
    assert all(one.id.startswith("file") for one in kept)
    assert {len(origins) for origins in fetch.all_sources().values()} == {2}


NUMBERS = st.none() | st.floats()
TEXTS = st.none() | st.text(st.characters(), max_size=20)


@st.composite
def odd_activities(draw: st.DrawFn) -> Activity:
    """Anything that a damaged file could make of an activity."""
    names = "elapsed_s timer_s distance_m ascent_m cadence_spm effort_cr10 drift_min".split()
    return Activity(
        id=draw(st.sampled_from("abc")),
        source=draw(st.sampled_from(Source)),
        sport=draw(st.sampled_from(Sport)),
        start=draw(st.none() | st.datetimes(timezones=st.just(UTC))),
        local_date=draw(st.none() | st.dates()),
        bands=tuple(SpeedBand(draw(st.floats()), draw(st.floats()), draw(NUMBERS)) for _ in range(2)),
        laps=tuple(Lap(draw(st.floats()), draw(NUMBERS), draw(NUMBERS)) for _ in range(2)),
        records=draw(st.integers(0, 10**6)),
        name=draw(TEXTS),
        gear=draw(TEXTS),
        race=draw(st.none() | st.booleans()),
        **{name: draw(NUMBERS) for name in names},
    )


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(odd_activities(), min_size=1, max_size=4))
def test_whatever_was_read_can_be_kept(journal: Path, odd: list[Activity]) -> None:
    from lumbago.journal.models import ActivityRow

    ActivityRow.objects.all().delete()
    sounds = [sound(one) for one in odd]
    keep(sounds)
    kept = fetch.activities()
    assert {one.id for one in kept} <= {one.id for one in sounds}
    assert {one.id for one in sounds} == {id_ for one in kept for id_ in own_ids(one.id)}
    corrected = any(one.source is Source.CSV for one in sounds[1:])  # a row of a table that is told anew
    if len({one.id for one in sounds}) == 1 and not corrected:
        ours, theirs = plain(kept[0]), plain(sounds[0])
        told = {"name", "gear", "race", "effort_cr10", "sport", "distance_m", "timer_s"}  # later ones may add to these
        assert {key: ours[key] for key in ours.keys() - told} == {key: theirs[key] for key in theirs.keys() - told}


def own_ids(id_: str) -> set[str]:
    return {origin.sha256 for origin in fetch.sources(id_)}


def test_oldest_first_and_by_day(journal: Path) -> None:
    days = [date(2026, 3, 9), date(2026, 3, 2), date(2026, 3, 16)]
    keep([activity("none", None), *(activity(str(day), None, local_date=day) for day in days)])
    assert [one.id for one in fetch.activities()] == ["none", "2026-03-02", "2026-03-09", "2026-03-16"]
    assert [one.id for one in fetch.activities(since=days[0])] == ["2026-03-09", "2026-03-16"]
    assert [one.id for one in fetch.activities(days[0], days[0])] == ["2026-03-09"]


def test_nobody_is_there_by_an_unknown_id(journal: Path) -> None:
    assert fetch.samples("nobody") is None
    assert fetch.original("nobody") is None
    assert fetch.sources("nobody") == ()
    assert fetch.all_sources() == {}
