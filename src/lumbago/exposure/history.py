"""A runner's record up to the day the pain began: every outing with what its files tell, in weeks counted back from that day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from lumbago.exposure.runs import distinct, is_possible
from lumbago.model.activities import Activity, Change, Exposures, Ground, RunExposure, Source, Sport
from lumbago.model.knowledge import Knowledge
from lumbago.model.levels import Weight

Series = Sequence[float | None]


@dataclass(frozen=True, slots=True)
class Run:
    """One outing and the activities it was pieced together from, the longest first."""

    exposure: RunExposure
    parts: tuple[Activity, ...]

    @property
    def date(self) -> date:
        return self.exposure.date

    @property
    def ground(self) -> Ground | None:
        return self.parts[0].ground if self.parts else None

    @property
    def source(self) -> Source | None:
        return self.parts[0].source if self.parts else None

    @property
    def on_treadmill(self) -> bool:
        return self.ground is Ground.TREADMILL


@dataclass(frozen=True, slots=True)
class History:
    """runs: oldest first, none after the onset. others: the same for activities that are no runs. weeks: the runs of each seven
    days counted back from the onset, its own day in the first, as far as the record and the contrast reach."""

    onset: date
    runs: tuple[Run, ...]
    others: tuple[Activity, ...]
    weeks: tuple[tuple[Run, ...], ...]
    knowledge: Knowledge

    def rules(self, name: str) -> Any:
        """A value of limits/changes.yaml."""
        return self.knowledge.limits["changes"].values[name]

    def days_before(self, day: date) -> int:
        """Days from then to the onset; 0 on its own day."""
        return (self.onset - day).days

    @property
    def window_weeks(self) -> int:
        return int(self.rules("window_days")) // 7

    @property
    def recent(self) -> tuple[Run, ...]:
        """The runs of the window."""
        return tuple(run for run in self.runs if self.in_window(run.date))

    @property
    def earlier(self) -> tuple[Run, ...]:
        """The runs of the contrast: the weeks before the window."""
        return tuple(run for run in self.runs if self.in_contrast(run.date))

    @property
    def has_contrast(self) -> bool:
        """Whether enough earlier weeks with running are on record to say what is usual."""
        with_runs = sum(bool(week) for week in self.weeks[self.window_weeks :])
        return with_runs >= int(self.rules("contrast_weeks_at_least"))

    def in_window(self, day: date) -> bool:
        """Whether a day lies in the weeks that are looked at."""
        return 0 <= self.days_before(day) < int(self.rules("window_days"))

    def in_contrast(self, day: date) -> bool:
        """Whether a day lies in the weeks before the window."""
        return int(self.rules("window_days")) <= self.days_before(day) < 7 * len(self.weeks)

    def is_usual(self, times: int, every_weeks: float) -> bool:
        """Whether something that happened so many times in the contrast came at least once in so many weeks."""
        return times > 0 and times * every_weeks >= len(self.weeks) - self.window_weeks

    def weekly(self, amount: Callable[[Run], float | None]) -> Series:
        """The sum of each week, the newest first. None: no run, or less than half of its runs tell."""
        return [_total([amount(run) for run in week]) for week in self.weeks]

    def change(self, quantity: str, day: date, value: float, strength: Weight, **more: Any) -> Change:
        """A change with the contributor it speaks for and the findings it truly shows; `more` are further fields of Change."""
        hinted = self.rules("not_shown").get(quantity, ())
        findings = tuple(shown for shown in self.knowledge.quantities[quantity].shows if shown not in hinted)
        fields: dict[str, Any] = {"baseline": None, "ratio": None, "findings": findings, **more}
        most = Weight(self.rules("most").get(quantity, Weight.STRONG))
        return Change(
            id=self.rules("speaks_for")[quantity],
            quantity=quantity,
            date=day,
            value=value,
            strength=min(strength, most, key=rank),
            **fields,
        )


def gather(activities: Iterable[Activity], exposures: Exposures, onset: date, knowledge: Knowledge) -> History:
    """The record as it stood on the day the pain began; what came later is left out."""
    known = [each for each in activities if each.local_date and each.local_date <= onset]
    running = distinct((each for each in known if each.sport is Sport.RUNNING), knowledge)
    by_id = {each.id: each for each in running}
    runs = tuple(
        Run(run, tuple(by_id[part] for part in run.ids if part in by_id))
        for run in sorted(exposures.runs, key=lambda run: (run.date, run.id))
        if run.date <= onset and is_possible(run, knowledge)
    )
    by_sport = ([a for a in known if a.sport is sport] for sport in Sport if sport is not Sport.RUNNING)
    once = (a for same in by_sport for a in distinct(same, knowledge))
    others = tuple(sorted(once, key=lambda a: (str(a.local_date), a.id)))
    return History(onset, runs, others, _weeks(runs, onset, knowledge.limits["changes"].values), knowledge)


def _weeks(runs: tuple[Run, ...], onset: date, values: Mapping[str, Any]) -> tuple[tuple[Run, ...], ...]:
    on_record = ((onset - runs[0].date).days + 1) // 7 if runs else 0
    weeks: list[list[Run]] = [[] for _ in range(min(on_record, values["window_days"] // 7 + values["contrast_weeks"]))]
    for run in runs:
        week = (onset - run.date).days // 7
        if week < len(weeks):
            weeks[week].append(run)
    return tuple(map(tuple, weeks))


def _total(amounts: Sequence[float | None]) -> float | None:
    known = [amount for amount in amounts if amount is not None]
    return sum(known) if known and len(known) * 2 >= len(amounts) else None


def rank(strength: Weight) -> int:
    """0 for weak to 2 for strong."""
    return tuple(Weight).index(strength)


def weaker(strength: Weight | None) -> Weight | None:
    """One step less plain; None below weak."""
    return tuple(Weight)[rank(strength) - 1] if strength and rank(strength) else None


def strength_by_day(days: int, within_days: Mapping[str, int]) -> Weight | None:
    """How plain an event is so many days before: the plainest whose days reach as far; None when none does."""
    reached = [Weight(name) for name, reach in within_days.items() if days <= reach]
    return max(reached, key=rank, default=None)
