"""What changed in the six weeks before the pain began, the best supported first. Empty: nothing stands out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from enum import StrEnum

from lumbago.exposure.events import breaks, races, spikes, strength_sessions
from lumbago.exposure.form import drift, left_right, steps
from lumbago.exposure.gear import new_shoes, worn_shoes
from lumbago.exposure.ground import grounds, treadmill
from lumbago.exposure.history import History, gather, rank
from lumbago.exposure.pace import fast_minutes
from lumbago.exposure.rises import climbs, descents, distance, other_sport, run_days
from lumbago.model.activities import Activity, Change, Exposures
from lumbago.model.knowledge import Knowledge
from lumbago.model.levels import Weight

Look = Callable[[History], Iterator[Change]]


def what_changed(
    activities: Sequence[Activity], exposures: Exposures, onset: date, knowledge: Knowledge
) -> tuple[Change, ...]:
    """Changes between the window that ends on the onset's day and the runner's own earlier weeks, one for each contributor.

    The numbers stand in limits/changes.yaml. What the record is too short or too poor to judge is left out.
    """
    history = gather(activities, exposures, onset, knowledge)
    found = sorted((change for look in LOOKS for change in look(history)), key=lambda each: _place(each, history))
    led: dict[str, Change] = {}
    for change in found:
        led.setdefault(change.id, change)
    return tuple(led.values())[: history.rules("most_shown")]


class Reach(StrEnum):
    """How far the files reach back from the day the pain began."""

    NOTHING = "nothing"  # no run in the weeks before it
    SHORT = "short"  # too few weeks before those to compare them with
    FULL = "full"


def reach(exposures: Exposures, onset: date, knowledge: Knowledge) -> Reach:
    """Whether the files can say anything of the weeks before a day, so that silence is not taken for "nothing changed"."""
    values = knowledge.limits["changes"].values
    window = onset - timedelta(days=values["window_days"])
    if not any(window < run.date <= onset for run in exposures.runs):
        return Reach.NOTHING
    weeks = timedelta(weeks=values["contrast_weeks_at_least"])
    return Reach.SHORT if exposures.runs[0].date > window - weeks else Reach.FULL


def text_of(change: Change, knowledge: Knowledge) -> str:
    """The id of the text that tells a change: change-<quantity>, or with its detail behind that where there is such a text."""
    plain = f"change-{change.quantity}"
    return special if (special := f"{plain}-{change.detail}") in knowledge.texts else plain


def short_record(history: History) -> Iterator[Change]:
    """A record that began not long ago, told on the day of its last run: weeks since its first one, or how few runs it holds.

    No proof of a new runner: a new watch looks the same.
    """
    rules, recent = history.rules("record"), history.recent
    if not recent:
        return
    weeks, last = history.days_before(history.runs[0].date) / 7, recent[-1]
    if weeks < rules["new_weeks"]:
        yield history.change("history-weeks", last.date, weeks, Weight.WEAK, activities=history.runs[0].exposure.ids)
    elif weeks < rules["few_runs_weeks"] and len(history.runs) < rules["few_runs"]:
        yield history.change("run-count", last.date, len(history.runs), Weight.WEAK, activities=last.exposure.ids)


def _place(change: Change, history: History) -> tuple[int, int, int]:
    """The plainest first, then what has evidence or can be undone, then the nearest."""
    order = tuple(history.rules("speaks_for"))
    return (-rank(change.strength), order.index(change.quantity), history.days_before(change.date))


LOOKS: tuple[Look, ...] = (
    spikes,
    breaks,
    races,
    strength_sessions,
    fast_minutes,
    descents,
    climbs,
    distance,
    run_days,
    treadmill,
    grounds,
    new_shoes,
    other_sport,
    steps,
    left_right,
    drift,
    short_record,
    worn_shoes,
)
