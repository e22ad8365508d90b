"""Four real histories: every run's ratio and band as an independent count has them, and the counts of the manifest.

The manifest counts by time stamp and takes every row as a run. Where dates, pieces of one outing, second recordings and runs under
100 m make a difference, the runs are named by their place in time, and why.
"""

from __future__ import annotations

import csv
import gzip
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache

import pytest
import yaml

from decided import SHARED, knowledge
from lumbago.activities.finish import finish
from lumbago.activities.gpx import read
from lumbago.exposure.runs import compare, expose, outings
from lumbago.model.activities import Activity, Source, SpikeBand, Sport

FOLDER = SHARED / "activities"
pytestmark = pytest.mark.skipif(not FOLDER.exists(), reason="the shared activities are not beside this checkout")

GRUNT, STRAVA, KEEP, RUNPANDAS = (
    "grunt Activities.csv",
    "strava-insights activities.csv",
    "running_page-chensoul",
    "runpandas session",
)
NAMES = (GRUNT, STRAVA, KEEP, RUNPANDAS)
Bands = list[SpikeBand]
REFERENCE, SMALL, MODERATE, LARGE, NONE = SpikeBand


# Where we count otherwise than the manifest: runs by their place in time, and why

# A run of the same date, or one a little under 30 days before by the clock but 31 dates before, is a baseline by time stamp alone.
BY_DATE = {
    GRUNT: {},
    STRAVA: {4: (LARGE, NONE), 32: (MODERATE, REFERENCE)},
    KEEP: {4: (REFERENCE, NONE), 127: (MODERATE, NONE), 152: (REFERENCE, NONE)},
    RUNPANDAS: {},
}
# Pieces of one date with less than half an hour between them.
JOINED = {
    GRUNT: [(307, 308), (344, 345), (376, 377), (878, 879), (1048, 1049), (1119, 1120), (1122, 1123), (1124, 1125),
            (1126, 1127), (1129, 1130)],
    STRAVA: [(35, 36)],
    KEEP: [(132, 133), (188, 189), (205, 207), (209, 210, 211, 212)],
    RUNPANDAS: [(1, 2), (14, 15), (16, 17), (38, 39)],
}  # fmt: skip
# Recordings that share more than half of their time with a richer one.
SECOND = {GRUNT: [], STRAVA: [], KEEP: [149, 201, 203, 206, 208], RUNPANDAS: []}
# Runs under 100 m, or without any distance.
SHORT = {GRUNT: [], STRAVA: [69, 70], KEEP: [199], RUNPANDAS: []}
# Bands that change since an outing is longer than its pieces, or is the longest before another run.
BY_OUTING = {
    GRUNT: {345: (REFERENCE, SMALL), 346: (SMALL, REFERENCE)},
    STRAVA: {},
    KEEP: {
        132: (REFERENCE, MODERATE),
        136: (SMALL, REFERENCE),
        137: (MODERATE, SMALL),
        188: (REFERENCE, SMALL),
        197: (MODERATE, SMALL),
    },
    RUNPANDAS: {17: (REFERENCE, SMALL)},
}


# The rows


@cache
def manifest(name: str) -> dict[str, int]:
    """What the manifest counts in a history."""
    text = (FOLDER / "MANIFEST.yaml").read_text(encoding="utf-8")
    head = yaml.safe_load(text[: text.index("\nbroken_or_odd:")])  # the rest is long
    found: dict[str, int] = next(each for each in head["histories"] if each["name"] == name)["exposure"]
    return found


@cache
def history(name: str) -> tuple[Activity, ...]:
    """Its runs in the order of time; dates in UTC where the file does not tell the runner's zone, as the manifest has them."""
    return tuple(sorted(_READERS[name](), key=lambda run: run.start or datetime.min))


def _garmin_table() -> Iterator[Activity]:
    with (FOLDER / "files/grunt/Activities.csv").open(encoding="utf-8-sig", newline="") as lines:
        for n, row in enumerate(csv.DictReader(lines)):
            hours, minutes, seconds = row["Elapsed Time"].replace(",", ".").split(":")
            elapsed_s = int(hours) * 3600 + int(minutes) * 60 + float(seconds)
            metres = float(row["Distance"].replace(".", "").replace(",", ".")) * 1000
            yield _row(n, datetime.fromisoformat(row["Date"]), metres, elapsed_s)


def _strava_table() -> Iterator[Activity]:
    with (FOLDER / "files/strava-insights/data__activities.csv").open(encoding="utf-8-sig", newline="") as lines:
        header, *rows = csv.reader(lines)
    in_metres, elapsed = (len(header) - 1 - header[::-1].index(name) for name in ("Distance", "Elapsed Time"))
    for n, row in enumerate(rows):
        told = dict(zip(header, row, strict=True))
        if told["Activity Type"] == "Run":
            start = datetime.strptime(told["Activity Date"], "%b %d, %Y, %I:%M:%S %p")
            yield _row(n, start, float(row[in_metres]), float(row[elapsed]))


def _row(n: int, start: datetime, metres: float, elapsed_s: float) -> Activity:
    return Activity(
        id=f"row {n}",
        source=Source.CSV,
        sport=Sport.RUNNING,
        start=start.replace(tzinfo=UTC),
        local_date=start.date(),
        elapsed_s=elapsed_s,
        distance_m=metres,
    )


def _tracks(pattern: str) -> Iterator[Activity]:
    """The runs of GPX files; some of these do not say that they are runs."""
    for path in sorted((FOLDER / "files").glob(pattern)):
        data = path.read_bytes()
        (recording,) = read(gzip.decompress(data) if path.suffix == ".gz" else data)
        run = finish(recording, path.name)
        assert run.sport in (Sport.RUNNING, Sport.UNKNOWN)
        assert run.start
        yield replace(run, sport=Sport.RUNNING, local_date=run.start.date(), samples=None)


_READERS: dict[str, Callable[[], Iterator[Activity]]] = {
    GRUNT: _garmin_table,
    STRAVA: _strava_table,
    KEEP: lambda: _tracks("running_page-chensoul/*.gpx*"),
    RUNPANDAS: lambda: _tracks("runpandas/examples__session__*"),
}


# The independent count


def metres(run: Activity) -> int:
    return round(run.distance_m or 0)


def band(distance_m: int, longest_m: int) -> SpikeBand:
    if not longest_m:
        return NONE
    if 10 * distance_m <= 11 * longest_m:
        return REFERENCE
    if 10 * distance_m <= 13 * longest_m:
        return SMALL
    return MODERATE if distance_m <= 2 * longest_m else LARGE


def begins_s(run: Activity) -> float:
    assert run.start
    return run.start.timestamp()


def longest_within(rows: Sequence[tuple[float, int]], nearest: float, farthest: float) -> list[int]:
    """For each (time, metres), in order, the longest of those so long before it; 0 without one."""
    return [
        max((far for when, far in rows[:n] if nearest <= now - when <= farthest), default=0)
        for n, (now, _) in enumerate(rows)
    ]


def by_stamp(runs: Sequence[Activity]) -> Bands:
    """The manifest's way: the 30 days before the start, to the second."""
    rows = [(begins_s(run), metres(run)) for run in runs]
    return [band(own, before) for (_, own), before in zip(rows, longest_within(rows, 0.001, 30 * 86_400), strict=True)]


def by_date(rows: Sequence[tuple[date, int]]) -> list[tuple[int, SpikeBand]]:
    """(longest before, band) of each (date, metres): the 30 dates before its own."""
    before = longest_within([(day.toordinal(), own) for day, own in rows], 1, 30)
    return [(longest, band(own, longest)) for longest, (_, own) in zip(before, rows, strict=True)]


@cache
def unjoined(name: str) -> list[tuple[int, SpikeBand]]:
    return by_date([(day_of(run), metres(run)) for run in history(name)])


@cache
def without_second(name: str) -> list[Activity]:
    """Without each recording that shares more than half the time of the shorter one with a richer one."""
    spans = [(begins_s(run), begins_s(run) + (run.elapsed_s or 0), run) for run in history(name)]
    return [
        run
        for begin, end, run in spans
        if not any(
            min(end, until) - max(begin, since) > min(end - begin, until - since) / 2 > 0 and _is_richer(other, run)
            for since, until, other in spans
            if since < end and begin < until and other is not run
        )
    ]


def _is_richer(one: Activity, other: Activity) -> bool:
    return (bool(one.distance_m), one.records) > (bool(other.distance_m), other.records)


def joined(runs: Sequence[Activity]) -> list[list[Activity]]:
    """The runs with a distance, those of a date together that have less than half an hour between them."""
    groups: list[list[Activity]] = []
    end = 0.0
    for run in (run for run in runs if run.distance_m is not None):
        begin = begins_s(run)
        if groups and day_of(groups[-1][0]) == day_of(run) and begin - end < 1800:
            groups[-1].append(run)
        else:
            groups.append([run])
        end = max(end, begin + (run.elapsed_s or 0))
    return groups


def day_of(run: Activity) -> date:
    assert run.local_date
    return run.local_date


def differences(some: Sequence[SpikeBand], others: Sequence[SpikeBand]) -> dict[int, tuple[SpikeBand, SpikeBand]]:
    return {n: pair for n, pair in enumerate(zip(some, others, strict=True)) if pair[0] != pair[1]}


@pytest.mark.parametrize("name", NAMES)
def test_by_time_stamp_the_counts_are_the_manifests(name: str) -> None:
    counted = Counter(by_stamp(history(name)))
    assert manifest(name) == {
        "runs": counted.total(),
        "with_prior_30d": counted.total() - counted[NONE],
        "ratio_over_1_10_to_1_30": counted[SMALL],
        "ratio_over_1_30_to_2": counted[MODERATE],
        "ratio_over_2": counted[LARGE],
    }


@pytest.mark.parametrize("name", NAMES)
def test_by_date_only_these_runs_differ(name: str) -> None:
    assert differences(by_stamp(history(name)), [each for _, each in unjoined(name)]) == BY_DATE[name]


@pytest.mark.parametrize("name", NAMES)
def test_with_joining_left_out_every_run_is_as_counted(name: str) -> None:
    alone = [
        each for run in history(name) for each in outings([replace(run, distance_m=run.distance_m or 0)], knowledge())
    ]
    found = compare(alone, knowledge())
    assert [(each.longest_before_m or 0, each.band) for each in found] == unjoined(name)
    assert [each.ratio for each in found] == [
        metres(run) / before if before else None for run, (before, _) in zip(history(name), unjoined(name), strict=True)
    ]


@pytest.mark.parametrize("name", NAMES)
def test_every_outing_is_as_counted(name: str) -> None:
    groups = [group for group in joined(without_second(name)) if sum(map(metres, group)) >= 100]
    rows = [(day_of(group[0]), sum(map(metres, group))) for group in groups]
    expected = [
        (frozenset(run.id for run in group), day, own, before or None, own / before if before else None, which)
        for group, (day, own), (before, which) in zip(groups, rows, by_date(rows), strict=True)
    ]
    found = expose(history(name), knowledge()).runs
    assert [
        (frozenset(each.ids), each.date, each.distance_m, each.longest_before_m, each.ratio, each.band)
        for each in found
    ] == expected


@pytest.mark.parametrize("name", NAMES)
def test_only_these_runs_are_joined_or_left_out_or_change_their_band(name: str) -> None:
    runs = history(name)
    place = {run.id: n for n, run in enumerate(runs)}
    found = expose(runs, knowledge()).runs
    together = [tuple(sorted(place[piece] for piece in each.ids)) for each in found]
    assert [pieces for pieces in together if len(pieces) > 1] == JOINED[name]
    assert sorted(set(place.values()) - {n for pieces in together for n in pieces}) == sorted(
        SECOND[name] + SHORT[name]
    )
    assert [n for n, run in enumerate(runs) if run not in without_second(name)] == SECOND[name]
    bands = [each for _, each in unjoined(name)]
    changed = {place[each.id]: (bands[place[each.id]], each.band) for each in found}
    assert {n: pair for n, pair in changed.items() if pair[0] != pair[1]} == BY_OUTING[name]


def test_the_long_history_has_the_counts_of_the_manifest_as_it_stands() -> None:
    counted = Counter(each.band for each in expose(history(GRUNT), knowledge()).runs)
    assert (counted[SMALL], counted[MODERATE], counted[LARGE]) == (29, 32, 12)
