"""The days of a chart, and what they hold in words: title, table, key, and a description for those who do not see it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from lumbago.model.activities import Exposures, RunExposure, SpikeBand
from lumbago.model.knowledge import Knowledge
from lumbago.model.levels import Units
from lumbago.report.view import fill
from lumbago.report.words import METRES_PER, count_words, day_words, distance_words, number_words

WEEKS_SHOWN = 12
_FEWEST_DAYS = 35  # so that a month begins in it
_DAYS_AFTER_ONSET = 14
_SPIKES_SHOWN = 5
_MARKED = (SpikeBand.SMALL, SpikeBand.MODERATE, SpikeBand.LARGE, SpikeBand.NO_BASELINE)
_BEYOND = (SpikeBand.SMALL, SpikeBand.MODERATE, SpikeBand.LARGE)
_STEPS = (0.5, 1, 2, 5, 10, 20, 50, 100)  # between the lines of the scale, in the runner's unit
_MOST_STEPS = 4


@dataclass(frozen=True, slots=True)
class Span:
    """The days of a chart. longest_m and known hold one entry a day: the longest run of the window before it, None without one;
    and whether a file speaks of that day. runs: oldest first."""

    first: date
    last: date
    runs: tuple[RunExposure, ...]
    longest_m: tuple[int | None, ...]
    known: tuple[bool, ...]
    onset: date | None

    @property
    def days(self) -> int:
        """How many there are."""
        return len(self.longest_m)

    @property
    def onset_place(self) -> int | None:
        """The onset as a number of days from the first; None when it lies outside."""
        return self.place(self.onset) if self.onset and self.first <= self.onset <= self.last else None

    def place(self, day: date) -> int:
        """Days from the first."""
        return (day - self.first).days

    @property
    def highest_m(self) -> int:
        """The longest thing to draw; 1 m at least, so that a scale can be made of it."""
        return max((1, *(run.distance_m for run in self.runs), *(each for each in self.longest_m if each)))


def last_day(exposures: Exposures, today: date, onset: date | None = None, weeks: int = WEEKS_SHOWN) -> date:
    """Where a chart should end: two weeks after the onset, else today; on the day of the last run where none would show."""
    if onset:
        return min(today, onset + timedelta(days=_DAYS_AFTER_ONSET))
    latest = max((run.date for run in exposures.runs if run.date <= today), default=today)
    return today if today - latest < timedelta(weeks=weeks) else latest


def span(exposures: Exposures, knowledge: Knowledge, until: date, onset: date | None, weeks: int = WEEKS_SHOWN) -> Span:
    """The last `weeks` weeks up to `until`; fewer when the record is shorter, but never under five."""
    window = timedelta(days=knowledge.limits["session-caps"].values["window_days"])
    begun = min((run.date for run in exposures.runs), default=until)
    length = min(weeks * 7, max(_FEWEST_DAYS, (until - begun).days + 1))
    days = [until - timedelta(days=back) for back in reversed(range(length))]
    runs = tuple(run for run in exposures.runs if run.date <= until)
    known = {day.date for day in exposures.days if day.distance_m is not None} | {run.date for run in runs}
    return Span(
        first=days[0],
        last=until,
        runs=tuple(run for run in runs if run.date >= days[0]),
        longest_m=tuple(
            max((run.distance_m for run in runs if day - window <= run.date < day), default=None) for day in days
        ),
        known=tuple(day in known for day in days),
        onset=onset,
    )


def is_marked(run: RunExposure) -> bool:
    """Whether a run stands out: more than a tenth longer than any before, or with none before; never in a record's first days."""
    return run.band in _MARKED and not run.early


# --- in words


def band_words(run: RunExposure, knowledge: Knowledge) -> str:
    """A run against the longest before it: "usual", "much longer: +62 %"."""
    name = "load-band-early" if run.early else f"load-band-{run.band.value}"
    percent = "" if run.ratio is None else str(round((run.ratio - 1) * 100))
    return words_of(knowledge, name, percent=percent, days=_window(knowledge))


def rows(
    exposures: Exposures,
    knowledge: Knowledge,
    *,
    until: date,
    units: Units,
    weeks: int = WEEKS_SHOWN,
) -> tuple[tuple[str, ...], ...]:
    """The runs of the chart as a table, newest first: day, distance, longest before, and how the two compare."""
    shown = span(exposures, knowledge, until, None, weeks)
    return tuple(row(run, knowledge, until, units) for run in reversed(shown.runs))


def row(run: RunExposure, knowledge: Knowledge, as_of: date, units: Units) -> tuple[str, ...]:
    """One run as the cells of a table."""
    before = "-" if run.longest_before_m is None else _fixed(run.longest_before_m, units)
    return (day_words(run.date, as_of), _fixed(run.distance_m, units), before, band_words(run, knowledge))


def describe(shown: Span, knowledge: Knowledge, units: Units) -> str:
    """What the chart shows, for those who do not see it: how many runs, the longest, those that stand out, the onset."""
    parts = [_runs_words(shown, knowledge, units), *(_spike_words(shown, knowledge, units) if shown.runs else ())]
    if shown.onset_place is not None and shown.onset:
        parts.append(words_of(knowledge, "load-chart-onset", day=day_words(shown.onset, shown.last)))
    return " ".join(parts)


def _runs_words(shown: Span, knowledge: Knowledge, units: Units) -> str:
    if not shown.runs:
        return words_of(knowledge, "load-chart-none", **ends(shown))
    longest = max(shown.runs, key=lambda run: run.distance_m)
    return words_of(
        knowledge,
        "load-chart-runs",
        count=count_words(len(shown.runs), "run"),
        longest=distance_words(longest.distance_m, units),
        day=day_words(longest.date, shown.last),
    )


def _spike_words(shown: Span, knowledge: Knowledge, units: Units) -> Iterator[str]:
    spikes = [run for run in shown.runs if run.band in _BEYOND and not run.early]
    names = {"percent": _percent(knowledge, "small"), "days": _window(knowledge)}
    if not spikes:
        early = all(run.early for run in shown.runs)
        yield words_of(knowledge, "load-chart-early" if early else "load-chart-no-spikes", **names)
        return
    told = sorted(spikes, key=lambda run: run.ratio or 0.0, reverse=True)[:_SPIKES_SHOWN]
    each = [_spike(run, shown.last, units) for run in sorted(told, key=lambda run: run.date)]
    yield words_of(knowledge, "load-chart-spikes", runs=", ".join(each), **names)
    if len(spikes) > len(told):
        yield words_of(knowledge, "load-chart-more-spikes", count=str(len(spikes) - len(told)))


def _spike(run: RunExposure, as_of: date, units: Units) -> str:
    over = round(((run.ratio or 1.0) - 1) * 100)
    return f"{distance_words(run.distance_m, units)} on {day_words(run.date, as_of)} (+{over} %)"


def title_words(shown: Span, knowledge: Knowledge) -> str:
    """The name of the chart, with its first and last day."""
    return words_of(knowledge, "load-chart-title", **ends(shown))


def ends(shown: Span) -> dict[str, str]:
    """The first and the last day in words, by the names that texts use."""
    return {"first": _day(shown.first, shown.last), "last": f"{_day(shown.last, shown.last)} {shown.last.year}"}


def _day(day: date, as_of: date) -> str:
    """A day without its weekday: "25 Nov"."""
    return day_words(day, as_of).split(" ", 1)[1]


def _fixed(distance_m: float, units: Units) -> str:
    """A distance with its tenth always written, so that a column of them lines up: "8.0 km"."""
    return f"{distance_m / METRES_PER[units]:.1f} {unit_words(units)}"


def unit_words(units: Units) -> str:
    """The unit of a column or a scale."""
    return "km" if units is Units.KM else "mi"


def _window(knowledge: Knowledge) -> str:
    return str(knowledge.limits["session-caps"].values["window_days"])


def _percent(knowledge: Knowledge, band: str) -> str:
    """Where a band begins, as percent above the longest before."""
    return str(round((knowledge.limits["session-caps"].values["bands"][band] - 1) * 100))


def words_of(knowledge: Knowledge, text: str, **names: str) -> str:
    """A fixed text on one line."""
    return " ".join(fill(knowledge, text, **names))


def key_of(shown: Span, knowledge: Knowledge) -> Iterator[tuple[str, str]]:
    """The signs that the chart holds, each with its words; the order from plain to far beyond."""
    if shown.runs:
        yield "run", words_of(knowledge, "load-key-run")
    if any(shown.longest_m):
        yield "longest", words_of(knowledge, "load-key-longest", days=_window(knowledge))
    found = {run.band for run in shown.runs if is_marked(run)}
    for band in _MARKED:
        if band in found:
            yield band.value, _band_key(band, knowledge)


def _band_key(band: SpikeBand, knowledge: Knowledge) -> str:
    if band is SpikeBand.NO_BASELINE:
        return words_of(knowledge, "load-key-no-baseline", days=_window(knowledge))
    times = number_words(knowledge.limits["session-caps"].values["bands"][band.value])
    return words_of(knowledge, f"load-key-{band.value}", percent=_percent(knowledge, band.value), times=times)


def ticks(highest_m: int, units: Units) -> tuple[float, ...]:
    """Round numbers of the runner's unit up to the longest, without 0: one to four of them, none under half a unit."""
    highest = highest_m / METRES_PER[units]
    step = next((step for step in _STEPS if highest / step <= _MOST_STEPS), _STEPS[-1])
    return tuple(step * n for n in range(1, int(highest / step) + 1))


def months(shown: Span) -> Iterator[tuple[int, str]]:
    """Each month that begins in the chart: where, and its short name."""
    for place in range(shown.days):
        day = shown.first + timedelta(days=place)
        if day.day == 1:
            yield place, f"{day:%b}"
