"""Findings: the one vocabulary that readers write and deciders read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from lumbago.model.levels import Origin, Status, When

Value = float | str | date | None


@dataclass(frozen=True, slots=True)
class Quote:
    """Exact words of the story. `start` and `end` count code points, end exclusive."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Given:
    """One answered question, as a door took it in."""

    id: str
    status: Status | None = None
    when: When = When.NOW
    value: Value = None
    unit: str | None = None
    onset: date | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """Something said (or shown by a file) about one id of the vocabulary.

    value: a number in `unit`, a choice, or a date, for findings of those kinds.
    implied_by: ids whose presence or number entails this one; empty when it was told itself.
    """

    id: str
    status: Status
    when: When = When.NOW
    value: Value = None
    unit: str | None = None
    onset: date | None = None
    origin: Origin = Origin.STORY
    quotes: tuple[Quote, ...] = ()
    implied_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two readers disagreed about a finding: kept, so that it can be asked."""

    id: str
    kept: Finding
    other: Finding


@dataclass(frozen=True, slots=True)
class Findings:
    """At most one finding per id and `when`, in a fixed order, with the conflicts met on the way."""

    items: tuple[Finding, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    _index: Mapping[tuple[str, When], Finding] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        index = {(f.id, f.when): f for f in self.items}
        if len(index) != len(self.items):
            raise ValueError("a finding stands once per id and when")
        object.__setattr__(self, "items", tuple(sorted(self.items, key=lambda f: (f.id, f.when))))
        object.__setattr__(self, "_index", index)

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    def get(self, finding: str, when: When = When.NOW) -> Finding | None:
        """The finding itself, or None when nobody spoke of it."""
        return self._index.get((finding, when))

    def status(self, finding: str, when: When = When.NOW) -> Status | None:
        """Present, absent or unsure; None is unknown, which is never absent."""
        found = self._index.get((finding, when))
        return found.status if found else None

    def is_present(self, finding: str, when: When = When.NOW) -> bool:
        return self.status(finding, when) is Status.PRESENT

    def number(self, finding: str) -> float | None:
        """The number told for a finding, in its own unit; None when none was."""
        found = self.get(finding)
        return float(found.value) if found and isinstance(found.value, int | float) else None

    def with_items(self, more: Iterable[Finding]) -> Findings:
        """These findings with others put in; the others win where both speak."""
        index = dict(self._index) | {(f.id, f.when): f for f in more}
        return Findings(tuple(index.values()), self.conflicts)

    def merge(self, preferred: Findings) -> Findings:
        """Both, where `preferred` (an answer) wins over these (a story) and each disagreement is kept to be asked.

        "Not sure" never takes back what was told: only an outright answer may clear it (evidence/triage.md section 1).
        """
        index = dict(self._index)
        conflicts = [*self.conflicts, *preferred.conflicts]
        for new in preferred.items:
            old = index.get((new.id, new.when))
            if old is None:
                index[new.id, new.when] = new
                continue
            kept, other = (old, new) if _takes_back_by_doubt(old, new) else (new, old)
            if old.status is not new.status and Status.PRESENT in (old.status, new.status):
                conflicts.append(Conflict(new.id, kept, other))
            index[new.id, new.when] = replace(kept, quotes=kept.quotes or other.quotes)
        return Findings(tuple(index.values()), tuple(conflicts))


def _takes_back_by_doubt(old: Finding, new: Finding) -> bool:
    return old.status is Status.PRESENT and new.status is Status.UNSURE
