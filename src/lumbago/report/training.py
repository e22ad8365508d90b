"""What the training files show, set against the day the pain began: a chart, what changed, and what no file can show."""

from __future__ import annotations

from collections.abc import Iterator

from lumbago.exposure.changes import Reach, reach
from lumbago.model.activities import Change, Difference, Exposures
from lumbago.model.answer import Answer
from lumbago.model.document import Block, BlockKind, Figure, Line, Section, Trace, TraceKind
from lumbago.model.knowledge import Knowledge
from lumbago.model.levels import Level, Weight
from lumbago.report.chart import picture, signs
from lumbago.report.chart.span import last_day
from lumbago.report.load import says
from lumbago.report.view import View, fill, say, trace
from lumbago.report.words import count_words, distance_words, long_day_words

_COLUMNS = 72  # of the chart in signs
_SPIKES = "longest-ratio"


def training_section(view: View) -> Section:
    """Of an answer with files. Empty beside danger: what the training did can wait until a clinician has looked."""
    answer = view.answer
    exposures = answer.exposures
    blocks: tuple[Block, ...] = ()
    if exposures is not None and answer.triage.level.rank < Level.SAME_DAY.rank:
        blocks = (
            Block("training-record", BlockKind.PARAGRAPH, (_record(view, exposures),)),
            Block("training-chart", BlockKind.FIGURE, figure=_figure(view, exposures) if exposures.runs else None),
            Block("training-changes-how", BlockKind.PARAGRAPH, tuple(_changes_how(view, exposures))),
            Block("training-changes", BlockKind.BULLETS, tuple(change_line(view, each) for each in _apart(view))),
            Block("training-risk", BlockKind.PARAGRAPH, _risk(view)),
            Block("training-differences", BlockKind.CALLOUT, tuple(_difference(view, d) for d in answer.differences)),
            Block("training-cannot", BlockKind.PARAGRAPH, (say(view, "report-training-cannot"),)),
        )
    return Section("training", "Your runs before it began", blocks)


def change_line(view: View, change: Change) -> Line:
    """One change as a sentence with its day and numbers."""
    request = view.answer.request
    here = (*trace(TraceKind.ACTIVITY, change.activities), Trace(TraceKind.LIMIT, "changes"))
    return Line(says(change, view.knowledge, request.locale.units, request.as_of), here)


def differences_in_words(answer: Answer, knowledge: Knowledge) -> tuple[str, ...]:
    """Where story and files disagree, a sentence each."""
    return tuple(
        " ".join(fill(knowledge, f"report-files-differ-{each.quantity.replace('_', '-')}", **_names(answer, each)))
        for each in answer.differences
    )


def _record(view: View, exposures: Exposures) -> Line:
    if not exposures.runs:
        return say(view, "report-training-none")
    first, last = exposures.runs[0].date, exposures.runs[-1].date
    runs = count_words(len(exposures.runs), "run")
    return say(view, "report-training-record", runs=runs, first=long_day_words(first), last=long_day_words(last))


def _figure(view: View, exposures: Exposures) -> Figure:
    request, onset = view.answer.request, view.answer.onset
    until = last_day(exposures, request.as_of, onset)
    units, knowledge = request.locale.units, view.knowledge
    return Figure(
        picture.svg(exposures, knowledge, until=until, onset=onset, units=units),
        signs.blocks(exposures, knowledge, until=until, onset=onset, units=units, width=_COLUMNS),
    )


def _changes_how(view: View, exposures: Exposures) -> Iterator[Line]:
    """The day that the runs are set against; and whether anything stands out, which is said either way."""
    onset = view.answer.onset
    if not exposures.runs:
        return
    if onset is None:
        yield say(view, "report-training-no-day")
        return
    far = reach(exposures, onset, view.knowledge)
    plain = any(change.strength is not Weight.WEAK for change in view.answer.changes)
    if far is Reach.NOTHING:
        yield say(view, "change-none", day=long_day_words(onset))
    else:
        yield say(view, "report-training-below", day=long_day_words(onset)) if plain else say(view, "change-nothing")
    if far is Reach.SHORT:
        yield say(view, "change-short", first=long_day_words(exposures.runs[0].date))
    if _apart(view):
        yield say(view, "report-training-small")


def _apart(view: View) -> tuple[Change, ...]:
    """Changes that no contributor of the report shows."""
    told = {change for found in view.answer.explanation.contributors for change in found.evidence}
    return tuple(change for change in view.answer.changes if change not in told)


def _risk(view: View) -> tuple[Line, ...]:
    spikes = any(change.quantity == _SPIKES for change in view.answer.changes)
    return (say(view, "change-risk", more=_sources(view, "change-risk")),) if spikes else ()


def _sources(view: View, text: str) -> tuple[Trace, ...]:
    return trace(TraceKind.SOURCE, view.knowledge.texts[text].sources)


def _difference(view: View, found: Difference) -> Line:
    text = f"report-files-differ-{found.quantity.replace('_', '-')}"
    return say(view, text, (), (Trace(TraceKind.LIMIT, "files-and-story"),), **_names(view.answer, found))


def _names(answer: Answer, found: Difference) -> dict[str, str]:
    units = answer.request.locale.units
    return {
        "told": distance_words(found.told * 1000, units),
        "shown": distance_words(found.shown * 1000, units),
        "used": distance_words(found.used * 1000, units),
        "day": long_day_words(found.date) if found.date else "",
    }
