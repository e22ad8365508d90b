"""How often a change is named when nothing is known to hurt, and how often one that was put there is found.

usage: python benchmarks/false_alarms.py [--half even|odd]

The histories are the real ones of shared/activities; without them beside this checkout there is nothing to measure. The numbers of
limits/changes.yaml were chosen on the odd dates, so the even ones are what is reported. Prints a page of Markdown and, of the even
dates, writes it into docs/explanation.
"""

# ruff: noqa: E501 - sentences of the page

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from statistics import median

from scoring import SHARED, Ratio, knowledge, shown
from sheet import table

from lumbago.activities.read import read_bytes
from lumbago.errors import InputError
from lumbago.exposure.changes import what_changed
from lumbago.exposure.history import gather
from lumbago.exposure.runs import expose
from lumbago.model.activities import Activity, Change, Exposures, Ground, SpeedBand, Sport
from lumbago.model.levels import Weight

FILES = SHARED / "activities" / "files"
PAGE = Path(__file__).resolve().parents[1] / "docs" / "explanation" / "training-figures.md"
TITLE = "# How often training files cry wolf, and what they find"
HISTORIES = {
    "Garmin list": "grunt/Activities.csv",
    "Strava export": "strava-insights/data__activities.csv",
    "GPX files": "running_page-chensoul/*.gpx*",
}
FIRST_AFTER_DAYS = 365  # a year of history
EVERY_DAYS = 7
WINDOW_DAYS, CONTRAST_DAYS = 42, 182
SPIKE = 1.3  # true spikes beyond it are counted apart
SEED = 20261125
SAMPLED = 150  # random dates a history
PLANTED = 60  # random dates a history that each kind of change is put before
Activities = tuple[Activity, ...]
Plant = Callable[[Activities, date, random.Random], Activities | None]


@dataclass(frozen=True, slots=True)
class History:
    """A runner's activities, every run of them against the days before it, and the days on which somebody might ask."""

    name: str
    activities: Activities
    exposures: Exposures

    def days(self) -> Iterator[date]:
        """Every day from a year on, if a run lies in the window before it: who has not run for weeks does not ask."""
        runs = [run.date for run in self.exposures.runs]
        for ahead in range(FIRST_AFTER_DAYS, (runs[-1] - runs[0]).days + 1):
            day = runs[0] + timedelta(days=ahead)
            if any(0 <= (day - run).days < WINDOW_DAYS for run in runs):
                yield day

    def weekly(self, half: str) -> list[date]:
        """Every seventh day, of the odd or the even weeks."""
        first = self.exposures.runs[0].date
        wanted = {"odd": 1, "even": 0}[half]
        weeks = ((day, divmod((day - first).days, EVERY_DAYS)) for day in self.days())
        return [day for day, (week, rest) in weeks if rest == 0 and week % 2 == wanted]


def histories() -> tuple[History, ...]:
    """The real histories."""
    return tuple(map(read_history, HISTORIES))


@cache
def read_history(name: str) -> History:
    """One of them, read as the program reads it."""
    found: dict[str, Activity] = {}
    for file in sorted(FILES.glob(HISTORIES[name])):
        try:
            read = read_bytes(file.read_bytes()).activities
        except InputError:  # a track without a time or a point is no activity
            continue
        found |= {each.id: replace(each, samples=None) for each in read}
    activities = tuple(found.values())
    return History(name, activities, expose(activities, knowledge()))


# --- nothing is known to hurt


def false_alarms(history: History, days: Sequence[date]) -> Counter[str]:
    """Of these dates, how many have a change of each strength, and which contributors are named."""
    counts = Counter(dates=len(days))
    for day in days:
        changes = what_changed(history.activities, history.exposures, day, knowledge())
        strong = [change for change in changes if change.strength is Weight.STRONG]
        counts["strong"] += bool(strong)
        counts["strong-apart"] += any(not _is_true_spike(change) for change in strong)
        counts["moderate"] += any(change.strength is not Weight.WEAK for change in changes)
        counts["any"] += bool(changes)
        counts["changes"] += len(changes)
        counts.update(f"{change.id} {change.strength}" for change in changes)
    return counts


def _is_true_spike(change: Change) -> bool:
    return change.quantity == "longest-ratio" and (change.ratio or 0.0) > SPIKE


# --- changes that are put there. Each gives the activities with the change before that day, or None where it cannot be put


def much_longer_run(activities: Activities, onset: date, _chance: random.Random) -> Activities | None:
    """1.6 times the longest run of the 30 days before it, three days before."""
    day = onset - timedelta(days=3)
    before = _runs(activities, day - timedelta(days=30), day - timedelta(days=1))
    if not before:
        return None
    longest = max(before, key=lambda run: run.distance_m or 0.0)
    return (*_without(activities, day, day), _moved(longest, day, "longer", 1.6))


def full_return(activities: Activities, onset: date, _chance: random.Random) -> Activities | None:
    """Twenty days off that end a week before, then at once as far as ever."""
    back, last = onset - timedelta(days=7), onset - timedelta(days=28)
    before = _runs(activities, last - timedelta(days=30), last)
    if not before:
        return None
    longest = max(before, key=lambda run: run.distance_m or 0.0)
    kept = _without(activities, last, back)
    return (*kept, _moved(longest, last, "last", 0.8), _moved(longest, back, "back", 1.0))


def twice_the_distance(activities: Activities, onset: date, _chance: random.Random) -> Activities | None:
    """The runs of the four weeks before squeezed into the last two, none longer than before."""
    usual = _runs(activities, onset - timedelta(days=41), onset - timedelta(days=14))
    if len(usual) < 6:
        return None
    kept = _without(activities, onset - timedelta(days=13), onset)
    return (*kept, *(_squeezed(run, onset) for run in usual))


def _squeezed(run: Activity, onset: date) -> Activity:
    ago = (onset - _day(run)).days - 14
    moved = _moved(run, onset - timedelta(days=ago // 2), "squeezed", 1.0)
    later = timedelta(hours=9) if ago % 2 else timedelta(0)  # not one outing with the other run of that day
    return replace(moved, start=moved.start + later if moved.start else None)


def thrice_the_descent(activities: Activities, onset: date, _chance: random.Random) -> Activities | None:
    """Three times the usual downhill of a week, in each of the last two."""
    first = onset - timedelta(days=13)
    usual = _weekly(activities, first, lambda run: run.descent_m or 0.0)
    hilly = [run for run in _runs(activities, first, onset) if run.ground is not Ground.TREADMILL]
    if not usual or len(hilly) < 4:
        return None
    each = 3 * usual * 2 / len(hilly)
    return _with(activities, hilly, lambda run: replace(run, descent_m=each, ascent_m=each))


def first_treadmill_month(activities: Activities, onset: date, _chance: random.Random) -> Activities | None:
    """All runs of the last four weeks on a treadmill, none in the months before."""
    before = _runs(activities, onset - timedelta(days=WINDOW_DAYS + CONTRAST_DAYS), onset)
    month = _runs(activities, onset - timedelta(days=27), onset)
    if len(month) < 4 or any(run.ground is Ground.TREADMILL for run in before):
        return None
    return _with(activities, month, lambda run: replace(run, ground=Ground.TREADMILL))


def new_shoes(activities: Activities, onset: date, _chance: random.Random) -> Activities | None:
    """Another pair from ten days before on."""
    changed = onset - timedelta(days=10)
    if not _runs(activities, changed, onset):
        return None
    old = _with(activities, _runs(activities, date.min, onset), lambda run: replace(run, gear="old pair"))
    return _with(old, _runs(old, changed, onset), lambda run: replace(run, gear="new pair"))


def fewer_steps(activities: Activities, onset: date, chance: random.Random) -> Activities | None:
    """A twentieth fewer steps a minute at the same speed for three weeks, on made-up speeds and steps."""
    recent = _runs(activities, onset - timedelta(days=20), onset)
    if len(recent) < 4:
        return None
    banded = _with_bands(activities, chance)
    names = {run.id for run in recent}
    return tuple(replace(each, bands=_slower(each.bands)) if each.id in names else each for each in banded)


def _slower(bands: tuple[SpeedBand, ...]) -> tuple[SpeedBand, ...]:
    return tuple(replace(band, cadence_spm=(band.cadence_spm or 0.0) * 0.95) for band in bands)


def five_fast_sessions(activities: Activities, onset: date, chance: random.Random) -> Activities | None:
    """A quarter of an hour well above the own speed in each of the last five runs within three weeks, on made-up speeds."""
    recent = _runs(activities, onset - timedelta(days=20), onset)[-5:]
    if len(recent) < 5:
        return None
    names = {run.id for run in recent}
    banded = _with_bands(activities, chance)
    return tuple(replace(each, bands=_faster(each.bands)) if each.id in names else each for each in banded)


def _faster(bands: tuple[SpeedBand, ...]) -> tuple[SpeedBand, ...]:
    fast = max((band.speed_mps for band in bands), default=3.0) + 0.75
    return (*bands, SpeedBand(fast, 900.0, 150 + 8 * fast))


def marked_race(activities: Activities, onset: date, _chance: random.Random) -> Activities | None:
    """The last run of the week before, marked as a race."""
    last = _runs(activities, onset - timedelta(days=6), onset)[-1:]
    return _with(activities, last, lambda run: replace(run, race=True)) if last else None


# what is put there, the contributor that it speaks for, how, and whether it can be judged only against enough earlier weeks
PLANTS: Mapping[str, tuple[str, Plant, bool]] = {
    "a run 1.6 times the longest, 3 days before": ("long-run-spike", much_longer_run, False),
    "20 days off, then at once as far as ever": ("return-after-break", full_return, False),
    "twice the weekly distance for 2 weeks": ("load-spike", twice_the_distance, True),
    "3 times the downhill for 2 weeks": ("hills", thrice_the_descent, True),
    "the first month on a treadmill": ("treadmill-change", first_treadmill_month, True),
    "new shoes, 10 days before": ("shoe-change", new_shoes, False),
    "5 % fewer steps at the same speed for 3 weeks": ("overstriding-low-cadence", fewer_steps, True),
    "5 fast sessions": ("speedwork", five_fast_sessions, True),
    "a marked race within a week": ("race-effort", marked_race, False),
}


def detection(kind: str) -> Counter[str]:
    """How often a change put before random dates is named, first, and how plainly; and how often it was named without."""
    contributor, plant, needs_contrast = PLANTS[kind]
    counts: Counter[str] = Counter()
    for history in histories():
        chance = random.Random(f"{SEED} {kind} {history.name}")
        days = list(history.days())
        for day in sorted(chance.sample(days, min(PLANTED, len(days)))):
            changed = plant(history.activities, day, chance)
            if changed is None:
                continue
            exposures = expose(changed, knowledge())
            if needs_contrast and not gather(changed, exposures, day, knowledge()).has_contrast:
                counts["short"] += 1
                continue
            counts.update(_found(what_changed(changed, exposures, day, knowledge()), contributor))
            without = what_changed(history.activities, history.exposures, day, knowledge())
            counts["without"] += any(change.id == contributor for change in without)
    return counts


def _found(changes: Sequence[Change], contributor: str) -> Iterator[str]:
    yield "dates"
    for place, change in enumerate(changes):
        if change.id == contributor:
            yield "named"
            yield str(change.strength)
            if place == 0:
                yield "first"


def _with_bands(activities: Activities, chance: random.Random) -> Activities:
    """Made-up seconds and steps at each speed, around the mean speed of each run."""
    return tuple(
        replace(each, bands=_bands(each, chance)) if each.sport is Sport.RUNNING else each for each in activities
    )


def _bands(run: Activity, chance: random.Random) -> tuple[SpeedBand, ...]:
    seconds = run.moving_s or run.timer_s or run.elapsed_s
    if not seconds or not run.distance_m:
        return ()
    middle = round(run.distance_m / seconds * 4) / 4
    own = chance.gauss(0.0, 1.5)
    shares = {-0.25: 0.25, 0.0: 0.45, 0.25: 0.2, 0.5: 0.1}
    speeds = {middle + off: share for off, share in shares.items()}
    return tuple(
        SpeedBand(v, seconds * share, 150 + 8 * v + own + chance.gauss(0.0, 1.0)) for v, share in speeds.items()
    )


def _day(run: Activity) -> date:
    assert run.local_date is not None
    return run.local_date


def _runs(activities: Activities, first: date, last: date) -> list[Activity]:
    """The runs of these days, oldest first."""
    runs = [a for a in activities if a.sport is Sport.RUNNING and a.local_date and first <= a.local_date <= last]
    return sorted(runs, key=lambda run: (_day(run), run.id))


def _without(activities: Activities, first: date, last: date) -> Activities:
    gone = {run.id for run in _runs(activities, first, last)}
    return tuple(each for each in activities if each.id not in gone)


def _with(activities: Activities, chosen: Iterable[Activity], change: Callable[[Activity], Activity]) -> Activities:
    names = {run.id for run in chosen}
    return tuple(change(each) if each.id in names else each for each in activities)


def _moved(run: Activity, day: date, name: str, factor: float) -> Activity:
    """A copy of a run on another day, so much longer in distance and time."""
    later = day - _day(run)
    start = run.start + later if run.start else None
    times = {
        key: value * factor
        for key in ("distance_m", "elapsed_s", "timer_s", "moving_s")
        if (value := getattr(run, key))
    }
    return replace(run, id=f"{run.id} {name}", local_date=day, start=start, **times)


def _weekly(activities: Activities, until: date, amount: Callable[[Activity], float]) -> float:
    """The middle week of half a year before a day, of the weeks with a run."""
    weeks: dict[int, list[float]] = {}
    for run in _runs(activities, until - timedelta(days=CONTRAST_DAYS), until - timedelta(days=1)):
        weeks.setdefault((until - _day(run)).days // 7, []).append(amount(run))
    return median(map(sum, weeks.values())) if weeks else 0.0


# --- the section


def section(half: str = "even") -> str:
    """What was measured, as Markdown."""
    parts = (_head(half), _weekly_dates(half), _random_dates(), _by_contributor(half), _planted())
    return "\n".join(line for part in parts for line in part).rstrip() + "\n"


def _head(half: str) -> Iterator[str]:
    yield (
        "Real histories that nobody on the team recorded, asked on days on which nobody is known to have been in pain: every seventh day "
        f"that has a year of history and a run in the six weeks before. The limits were chosen on the odd weeks; these are the {half} "
        "ones. One rule, that breaks are usual for who runs on and off, came after a first look at the even weeks (4.6 % before it, 2.1 % "
        "with it), so they are not quite untouched. Nobody knows whether these runners were free of pain. A false alarm is a *strong* change. Runs more than 1.3 times the longest of the 30 days before are true events, so the "
        "second line of each leaves them out. Brackets give the counts and the 95 % Wilson interval; neighbouring dates of one runner "
        "share most of their window, so the intervals are too narrow.\n"
    )


ROWS = {
    "strong": "a strong change",
    "strong-apart": "a strong change, single runs above 1.30 left out",
    "moderate": "a moderate or strong change",
    "any": "any change",
}


def _weekly_dates(half: str) -> Iterator[str]:
    counts = {history.name: false_alarms(history, history.weekly(half)) for history in histories()}
    yield from _rates(f"every seventh day, {half} weeks", counts)


def _random_dates() -> Iterator[str]:
    counts = {}
    for history in histories():
        days = list(history.days())
        chosen = random.Random(f"{SEED} {history.name}").sample(days, min(SAMPLED, len(days)))
        counts[history.name] = false_alarms(history, sorted(chosen))
    yield from _rates(f"{SAMPLED} random days each", counts)


def _rates(what: str, counts: Mapping[str, Counter[str]]) -> Iterator[str]:
    counts = {**counts, "all": sum(counts.values(), Counter())}
    yield from table(
        [what, *counts],
        (
            [words, *(shown(row, Ratio(each[row], each["dates"])) for each in counts.values())]
            for row, words in ROWS.items()
        ),
    )
    told = sum(each["changes"] for each in counts.values()) / max(1, sum(each["dates"] for each in counts.values()))
    yield f"Changes named on a date, on average: {told:.2f}.\n"


def _by_contributor(half: str) -> Iterator[str]:
    counts = sum((false_alarms(history, history.weekly(half)) for history in histories()), Counter())
    contributors = dict.fromkeys(knowledge().limits["changes"].values["speaks_for"].values())
    yield from table(
        [f"of {counts['dates']} dates", *Weight],
        ([f"`{name}`", *(counts[f"{name} {strength}"] for strength in Weight)] for name in contributors),
    )


def _planted() -> Iterator[str]:
    yield (
        "Changes put into these histories before random dates, and how often the program names the contributor. *Without* is how often "
        "it names the same one on the same dates when nothing was put there. *Too short* are dates with fewer than eight weeks of running "
        "in the half year before the window: there, by design, nothing is said of weeks, ground or form, and they are not among the dates. "
        "Speeds and steps are made up, the rest is real.\n"
    )
    head = ["put before the date", "too short", "dates", "named", "first", *("strong", "moderate", "weak", "without")]
    yield from table(head, (_planted_row(kind, detection(kind)) for kind in PLANTS))


def _planted_row(kind: str, counts: Counter[str]) -> Iterator[object]:
    yield from (kind, counts["short"], counts["dates"])
    for figure in ("named", "first"):
        yield shown(figure, Ratio(counts[figure], counts["dates"]))
    yield from (counts[figure] for figure in ("strong", "moderate", "weak", "without"))


def main(arguments: list[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=("even", "odd"), default="even", help="which weeks to ask on (default: even)")
    said = parser.parse_args(arguments)
    if not FILES.exists():
        raise SystemExit("The shared activities are not beside this checkout.")
    page = f"{TITLE}\n\n{section(said.half).rstrip()}\n"
    print(page, end="")
    if said.half == "even":
        PAGE.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
