"""Writing what an import brings: batches, each one transaction, so that a kill at any moment leaves whole activities only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import TypeVar

from django.db import models, transaction

from lumbago.journal.matching import Copy, Kept, Outcome, Placement, Shelf, completed, copy_of
from lumbago.journal.models import ActivityRow, FileSeen, ImportRun, SamplesRow, SourceRow
from lumbago.journal.rows import SUMMARY, kept_activities, to_row, to_source
from lumbago.journal.worker import Decoded, Packed
from lumbago.model.activities import Activity

_MOST_ASKED = 500
_Row = TypeVar("_Row", bound=models.Model)


@dataclass(frozen=True, slots=True)
class Arrival:
    """One file that was read or skipped. name: without folders. fingerprint: by which it is known again. read_by: see
    matching.Copy. originals: whether files were to be kept as well."""

    name: str
    fingerprint: str
    read_by: str
    originals: bool
    decoded: Decoded


class Writer:
    """Places activities in memory, and writes what came of it a batch at a time."""

    def __init__(self) -> None:
        self._shelf = Shelf(kept_activities().values())
        self._clear()

    def _clear(self) -> None:
        self._standing: dict[str, tuple[Activity, bytes | None]] = {}
        self._touched: dict[str, Kept] = {}  # by id: whose row changes without standing anew
        self._noted: dict[str, tuple[Copy, Kept]] = {}  # by the copy's own id
        self._gone: set[str] = set()
        self._seen: list[FileSeen] = []

    def take(self, arrival: Arrival) -> Counter[Outcome]:
        """Place the activities of a file; nothing is written yet. Returns what became of them."""
        decoded = arrival.decoded
        placed = [self._place(arrival, part, packed) for part, packed in enumerate(decoded.activities, start=1)]
        outcomes = Counter(placement.outcome for placement in placed)
        if decoded.lasting:
            self._seen.append(_seen(arrival))
        return outcomes

    def _place(self, arrival: Arrival, part: int, packed: Packed) -> Placement:
        decoded, activity = arrival.decoded, packed.activity
        copy = copy_of(
            activity,
            columns=packed.columns,
            sha256=decoded.sha256 or activity.id,
            part=part,
            name=arrival.name,
            read_by=arrival.read_by,
            original=decoded.original,
        )
        placement = self._shelf.place(activity, copy)
        self._stage(placement, copy, packed)
        return placement

    def _stage(self, placement: Placement, copy: Copy, packed: Packed) -> None:
        kept = placement.kept
        if placement.stands:
            if placement.was is not None and placement.was != kept.id:
                self._standing.pop(placement.was, None)
                self._touched.pop(placement.was, None)
                self._gone.add(placement.was)
            self._gone.discard(kept.id)
            self._standing[kept.id] = (packed.activity, packed.samples)
            self._noted.update({id_: (other, kept) for id_, other in kept.copies.items()})
        elif placement.noted:
            self._touched[kept.id] = kept
            self._noted[copy.id] = (kept.copies[copy.id], kept)

    def write(self, run: ImportRun) -> None:
        """Everything taken since the last time, in one transaction; when that fails, nothing of it is kept."""
        now = datetime.now(UTC)
        kept = {one.id: one for _, one in self._noted.values()}
        rows = [to_row(completed(activity, kept[id_])) for id_, (activity, _) in self._standing.items()]
        with transaction.atomic():
            _upsert(ActivityRow, rows, "id", [name for name in SUMMARY if name != "id"])
            self._write_samples()
            _upsert(
                SourceRow,
                [to_source(copy, one, now) for copy, one in self._noted.values()],
                "own_id",
                [f.name for f in SourceRow._meta.concrete_fields if f.name not in ("id", "own_id", "imported_at")],
            )
            for id_, one in self._touched.items():
                if id_ not in self._standing:
                    ActivityRow.objects.filter(id=id_).update(**one.told())
            for some in _some(self._gone):
                ActivityRow.objects.filter(id__in=some).delete()
            _upsert(
                FileSeen,
                {row.fingerprint: row for row in self._seen}.values(),
                "fingerprint",
                ["sha256", "read_by", "originals", "activities", "why", "seen_at"],
            )
            run.save()
        self._clear()

    def _write_samples(self) -> None:
        for some in _some(self._standing):
            SamplesRow.objects.filter(activity_id__in=some).delete()
        SamplesRow.objects.bulk_create(
            SamplesRow(activity_id=id_, packed=samples) for id_, (_, samples) in self._standing.items() if samples
        )


def _seen(arrival: Arrival) -> FileSeen:
    decoded = arrival.decoded
    return FileSeen(
        fingerprint=arrival.fingerprint,
        sha256=decoded.sha256,
        read_by=arrival.read_by,
        originals=arrival.originals,
        activities=len(decoded.activities),
        why=decoded.why,
        seen_at=datetime.now(UTC),
    )


def _some(ids: Iterable[str]) -> Iterator[list[str]]:
    """As many at a time as any database takes in one question."""
    left = iter(ids)
    while some := list(islice(left, _MOST_ASKED)):
        yield some


def _upsert(model: type[_Row], rows: Iterable[_Row], key: str, changed: list[str]) -> None:
    listed = list(rows)
    if listed:
        model._default_manager.bulk_create(listed, update_conflicts=True, unique_fields=[key], update_fields=changed)
