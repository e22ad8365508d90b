"""Activities and their copies as rows of the tables, and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

from lumbago.journal.matching import Copy, Kept, span_of
from lumbago.journal.models import ActivityRow, SourceRow
from lumbago.model.activities import Activity, Ground, Lap, Source, SpeedBand, Sport

SUMMARY = tuple(field.name for field in fields(Activity) if field.name != "samples")


def to_row(activity: Activity) -> ActivityRow:
    """The summary of an activity."""
    plain = {name: getattr(activity, name) for name in SUMMARY}
    plain["bands"] = [asdict(band) for band in activity.bands]
    plain["laps"] = [asdict(lap) for lap in activity.laps]
    plain["warnings"] = list(activity.warnings)
    return ActivityRow(**plain)


def from_row(row: Mapping[str, Any]) -> Activity:
    """An activity without samples. row: the columns of an ActivityRow by name."""
    made = {
        "source": Source(row["source"]),
        "sport": Sport(row["sport"]),
        "ground": Ground(row["ground"]) if row["ground"] else None,
        "bands": tuple(SpeedBand(**band) for band in row["bands"]),
        "laps": tuple(Lap(**lap) for lap in row["laps"]),
        "warnings": tuple(row["warnings"]),
    }
    return Activity(**{name: row[name] for name in SUMMARY} | made)


def to_source(copy: Copy, kept: Kept, now: datetime) -> SourceRow:
    """Where one copy of a kept activity came from."""
    return SourceRow(
        own_id=copy.id,
        activity_id=kept.id,
        sha256=copy.sha256,
        part=copy.part,
        name=copy.name,
        kind=copy.source,
        kept=copy.id == kept.id,
        original=copy.original,
        records=copy.records,
        columns=copy.columns,
        fields=copy.fields,
        told=dict(copy.told),
        read_by=copy.read_by,
        imported_at=now,
    )


def from_source(row: SourceRow) -> Copy:
    """The copy that a row tells of."""
    return Copy(
        id=row.own_id,
        sha256=row.sha256,
        part=row.part,
        name=row.name,
        source=Source(row.kind),
        records=row.records,
        columns=row.columns,
        fields=row.fields,
        told=row.told,
        read_by=row.read_by,
        original=row.original,
    )


def kept_activities() -> dict[str, Kept]:
    """Every activity of the journal with its copies, by id; two queries."""
    wanted = ("id", "sport", "source", "start", "elapsed_s", "timer_s", "local_date", "distance_m")
    found = {
        id_: Kept(id_, span_of(Sport(sport), Source(source), start, elapsed_s or timer_s, *rest))
        for id_, sport, source, start, elapsed_s, timer_s, *rest in ActivityRow.objects.values_list(*wanted)
    }
    for source in SourceRow.objects.all():
        found[source.activity_id].copies[source.own_id] = from_source(source)
    return found
