"""What doors ask of the journal. It must be open (`open_journal`); every function raises JournalUnusable when it cannot be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from lumbago.journal import home, originals, pack
from lumbago.journal.troubles import in_words
from lumbago.model.activities import Source

if TYPE_CHECKING:  # the tables can be imported only once the journal is open, this module at any time
    from lumbago.journal.models import SourceRow
    from lumbago.model.activities import Activity, Column


@dataclass(frozen=True, slots=True)
class Origin:
    """A file, or a line of one, that an activity was read from. name: of the file, without folders. part: its place in it, from 1.

    kept: its values and samples are the ones that stand. original: the file itself was kept.
    """

    name: str
    source: Source
    sha256: str
    part: int
    kept: bool
    original: bool
    imported_at: datetime


def activities(since: date | None = None, until: date | None = None) -> tuple[Activity, ...]:
    """Every activity of these days (both included), oldest first, without samples; without limits, those without a date too."""
    from django.db.models import F

    from lumbago.journal.models import ActivityRow
    from lumbago.journal.rows import SUMMARY, from_row

    rows = ActivityRow.objects.order_by(F("local_date").asc(nulls_first=True), "start", "id")
    if since:
        rows = rows.filter(local_date__gte=since)
    if until:
        rows = rows.filter(local_date__lte=until)
    with in_words():
        return tuple(map(from_row, rows.values(*SUMMARY)))


def samples(id_: str) -> Mapping[str, Column] | None:
    """The samples of an activity, by any id it ever had; None without any."""
    from lumbago.journal.models import SamplesRow

    with in_words():
        row = SamplesRow.objects.filter(activity__sources__own_id=id_).first()
    return pack.unpack(bytes(row.packed)) if row else None


def original(id_: str) -> bytes | None:
    """The unpacked bytes of the file that the copy with this id came from; None when it was not kept or is damaged."""
    from lumbago.journal.models import SourceRow

    with in_words():
        row = SourceRow.objects.filter(own_id=id_, original=True).first()
    return originals.read(home() / "originals", row.sha256) if row else None


def sources(id_: str) -> tuple[Origin, ...]:
    """Where an activity came from, by any id it ever had: first the copy that stands."""
    from lumbago.journal.models import SourceRow

    with in_words():
        rows = SourceRow.objects.filter(activity__sources__own_id=id_)
        return tuple(map(_origin, rows.order_by("-kept", "imported_at", "own_id")))


def all_sources() -> dict[str, tuple[Origin, ...]]:
    """The same for every activity, by id."""
    from lumbago.journal.models import SourceRow

    found: dict[str, list[Origin]] = {}
    with in_words():
        for row in SourceRow.objects.order_by("-kept", "imported_at", "own_id"):
            found.setdefault(row.activity_id, []).append(_origin(row))
    return {id_: tuple(origins) for id_, origins in found.items()}


def _origin(row: SourceRow) -> Origin:
    source = Source(row.kind)
    return Origin(row.name, source, row.sha256, row.part, row.kept, row.original, row.imported_at)
