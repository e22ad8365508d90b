"""Short ways to tell findings and a level, and to have them explained, for every test of the explain room."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache

from lumbago.explain.explain import explain
from lumbago.knowledge.load import load_knowledge
from lumbago.model.explanation import Contributor, Explanation, PatternFit
from lumbago.model.findings import Finding, Findings
from lumbago.model.knowledge import Knowledge
from lumbago.model.levels import Activity, Level, Status, When
from lumbago.model.triage import Fired, Triage
from lumbago.story.settle import settle

AS_OF = date(2026, 11, 23)


@cache
def knowledge() -> Knowledge:
    """The knowledge files as they are, read once."""
    return load_knowledge()


def told(
    *present: str,
    absent: Iterable[str] = (),
    unsure: Iterable[str] = (),
    past: Iterable[str] = (),
    other_person: Iterable[str] = (),
    numbers: dict[str, float | str] | None = None,
) -> Findings:
    """Findings by id, settled: told("hills", absent=["leg-pain"], numbers={"age": 31})."""
    statuses = {Status.PRESENT: present, Status.ABSENT: absent, Status.UNSURE: unsure}
    now = [Finding(name, status) for status, names in statuses.items() for name in names]
    then = [Finding(name, Status.PRESENT, When.PAST) for name in past]
    theirs = [Finding(name, Status.PRESENT, When.OTHER_PERSON) for name in other_person]
    values = [Finding(name, Status.PRESENT, value=value) for name, value in (numbers or {}).items()]
    return settle(Findings((*now, *then, *theirs, *values)), knowledge(), AS_OF)


def triaged(level: Level = Level.SELF_CARE, *because: str, ask: tuple[str, ...] = ()) -> Triage:
    """A triage at this level, raised by these findings."""
    fired = (Fired("a-rule", level, because),) if because else ()
    return Triage(level, fired, (), ask, (), (), False, Activity.RUN, AS_OF)


def explained(findings: Findings, triage: Triage | None = None) -> Explanation:
    """The explanation, at self-care unless told otherwise."""
    return explain(findings, triage or triaged(), knowledge(), AS_OF)


def pattern(explanation: Explanation, name: str) -> PatternFit:
    """The shown pattern of this id."""
    return next(fit for fit in explanation.patterns if fit.id == name)


def shown(explanation: Explanation) -> list[str]:
    """The ids of the shown patterns, best first."""
    return [fit.id for fit in explanation.patterns]


def contributor(explanation: Explanation, name: str) -> Contributor:
    """The named contributor of this id."""
    return next(each for each in explanation.contributors if each.id == name)


def named(explanation: Explanation) -> list[str]:
    """The ids of the named contributors, first the one to name first."""
    return [each.id for each in explanation.contributors]
