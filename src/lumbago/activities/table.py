"""A table of sessions -> recordings: Garmin's list of activities, running_page's, or one that a runner keeps by hand."""

from __future__ import annotations

import hashlib
import statistics
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from itertools import product
from typing import Any

from lumbago.activities.columns import (
    Moment,
    Table,
    clock_of,
    decimal_sign,
    moments,
    number,
    numbers,
    read_table,
    rows_said,
    seconds,
    tidy,
)
from lumbago.activities.headings import FOOT, KM, LENGTHS, METRE, MILE, TIMES, Heading, count
from lumbago.activities.headings import headings as headings_of
from lumbago.activities.recording import Recording
from lumbago.activities.sports import bare, sport_of
from lumbago.errors import ActivityUnreadable, NotAnActivity
from lumbago.model.activities import Ground, Source, Sport
from lumbago.model.levels import Units

_LIKELY_PACE_S_PER_KM = (150.0, 900.0)  # the median run of a table: 2:30 to 15 minutes a kilometre
_FARTHEST_M = 1_000_000.0
_LONGEST_S = 30 * 86_400.0
_HEART_RATES_BPM = (25.0, 250.0)
_HIGHEST = 100_000.0  # climbed in one session, in metres or feet
_TEMPERATURES_C = (-60.0, 60.0)
_EFFORTS = (0.0, 10.0)
_FARTHEST_ZONE = timedelta(hours=14)

_TOTALS = (
    *"total totals sum summe gesamt insgesamt totale totaal totaux suma summary average mean durchschnitt moyenne media".split(),
    *"合计 总计 合計".split(),
)
_YES = "1 yes y x true race ja oui si sim 是".split()
_LENGTH_NAMES = {KM: "kilometres", MILE: "miles", METRE: "metres"}


@dataclass(frozen=True, slots=True)
class Scale:
    """What the numbers of a table count. metres: of one distance. plain: seconds of one, in a duration without colons. two_parts:
    seconds of one before the colon, in a duration with one colon."""

    metres: float
    plain: float
    two_parts: float

    @property
    def times(self) -> tuple[float, float]:
        return self.plain, self.two_parts


def read(data: bytes, units: Units | None = None) -> tuple[tuple[Recording, ...], tuple[str, ...]]:
    """(recordings, warnings) of a table, one row one session; a warning names rows by their number only, never by what they hold.

    units: what distances are in when neither headings nor pace tell. A row is left out without a date, a run without a distance;
    a session of another sport may have a time alone. Decimal signs, day and month, and units are decided from whole columns.
    Raises NotAnActivity for a table of something else, ActivityUnreadable when no row can be read or dates can be read two ways.
    """
    table = read_table(data, count)
    if not table.rows:
        raise NotAnActivity("This table has headings but no sessions below them. Nothing was kept.")
    warnings: list[str] = []
    kept = _kept(_fields(_columns(table), units, warnings), table, warnings)
    if not kept:
        raise ActivityUnreadable(
            "No row of this table has both a date and a distance or time that can be read. Nothing was kept. "
            "Write dates as 2026-11-22 and distances as numbers, and try again."
        )
    _number(kept)
    return kept, tuple(warnings)


def _number(kept: Iterable[Recording]) -> None:
    """An identity by day, hour and sport, and by place among those alike: a row that is corrected or read in another unit is
    still the same session."""
    met: Counter[str] = Counter()
    for recording in kept:
        when = identity(recording.start, recording.local_start, recording.sport, None, None)
        met[when] += 1
        recording.identity = when if met[when] == 1 else hashlib.sha256(f"{when}|{met[when]}".encode()).hexdigest()


def identity(
    start: datetime | None, local: datetime | None, sport: Sport, metres: float | None, duration_s: float | None
) -> str:
    """SHA-256 of a session as a table tells it, in hex; the same for the same row of a later export."""
    when = start.astimezone(UTC) if start is not None else local
    told = (
        when.isoformat() if when is not None else "",
        sport.value,
        "" if metres is None else str(round(metres)),
        "" if duration_s is None else str(round(duration_s)),
    )
    return hashlib.sha256("|".join(told).encode()).hexdigest()


# Columns


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of one table by what they mean. sign: what begins the decimals where a column alone does not show it."""

    table: Table
    headings: dict[str, Heading]
    sign: str

    def cells(self, meaning: str) -> list[str]:
        heading = self.headings.get(meaning)
        return self.table.column(heading.place if heading else None)

    def numbers(self, meaning: str) -> list[float | None]:
        cells = self.cells(meaning)
        return numbers(cells, decimal_sign(cells) or self.sign)

    def texts(self, meaning: str) -> list[str | None]:
        return [cell or None for cell in self.cells(meaning)]

    def within(self, meaning: str, low: float, high: float) -> list[float | None]:
        return [_within(value, low, high) for value in self.numbers(meaning)]

    def heights(self, meaning: str, unit: float) -> list[float | None]:
        """Metres; unit: metres of one where the heading names none."""
        heading = self.headings.get(meaning)
        metres = heading.unit if heading is not None and heading.unit is not None else unit
        return [None if value is None else value * metres for value in self.within(meaning, 0, _HIGHEST)]


def _columns(table: Table) -> Columns:
    headings: dict[str, Heading] = {}
    for heading in headings_of(table.header):
        if heading.meaning not in headings and any(map(tidy, table.column(heading.place))):
            headings[heading.meaning] = heading
    if _is_pace(table, headings.get("time")):
        del headings["time"]
    if "local" in headings:  # as Strava's programs name them, the column beside it is UTC
        if "utc" not in headings and "date" in headings and bare(table.header[headings["date"].place]) == "startdate":
            headings["utc"] = headings["date"]
        headings["date"] = headings["local"]
    if "date" not in headings and "clock" in headings:
        headings["date"] = headings.pop("clock")
    if "time" in headings and "clock" not in headings and _is_clock(table, headings):
        headings["clock"] = headings.pop("time")
    return Columns(table, headings, _table_sign(table, headings))


def _is_pace(table: Table, heading: Heading | None) -> bool:
    """`Tempo` is a time in Italian and Portuguese, where a date is `data`, and a pace elsewhere."""
    named = {bare(cell) for cell in table.header}
    return (
        heading is not None and bare(table.header[heading.place]) == "tempo" and not named & {"data", "giorno", "dia"}
    )


def _is_clock(table: Table, headings: dict[str, Heading]) -> bool:
    """Whether `time` says when rather than how long: the date has no time of day, and another column has the duration."""
    if "date" not in headings or not {"duration", "moving", "elapsed"} & headings.keys():
        return False
    dates = [cell for cell in table.column(headings["date"].place) if cell]
    return not any(":" in cell for cell in dates)


def _table_sign(table: Table, headings: dict[str, Heading]) -> str:
    """What most columns of numbers show; without any that shows it, a comma where the cells are not parted by commas."""
    texts = {
        heading.place for meaning, heading in headings.items() if meaning in ("date", "utc", "sport", "name", "gear")
    }
    shown = [decimal_sign(table.column(place)) for place in range(len(table.header)) if place not in texts]
    commas, dots = shown.count(","), shown.count(".")
    if commas == dots == 0:
        distances = table.column(headings["distance"].place) if "distance" in headings else []
        return "," if table.delimiter != "," and any("," in cell for cell in distances) else "."
    return "," if commas > dots else "."


# Sessions


def _fields(columns: Columns, units: Units | None, warnings: list[str]) -> dict[str, Sequence[Any]]:
    """The fields of the recordings, each for every row."""
    sports, grounds = _sports(columns, warnings)
    starts, local_starts, offsets = _starts(columns)
    distances = _distances(columns)
    scale = _scale(columns, distances, sports, units, warnings)
    metres = [told and _within(told[0] * (told[1] or scale.metres), 0, _FARTHEST_M) for told in distances]
    timer = _durations(columns, ("duration", "time", "moving"), scale)
    elapsed = _durations(columns, ("elapsed",), scale)
    steps = columns.numbers("run_cadence")
    in_miles = (
        scale.metres == MILE
    )  # so heights in feet and degrees Fahrenheit, where the heading does not say otherwise
    return {
        "sport": sports,
        "ground": grounds,
        "start": starts,
        "local_start": local_starts,
        "day_only": [local is not None and local.time() == time() for local in local_starts],
        "utc_offset_s": offsets,
        "distance_m": metres,
        "timer_s": timer,
        "elapsed_s": elapsed,
        "ascent_m": columns.heights("ascent", FOOT if in_miles else METRE),
        "descent_m": columns.heights("descent", FOOT if in_miles else METRE),
        "heart_rate_bpm": columns.within("heart_rate", *_HEART_RATES_BPM),
        "cadence": list(map(_told, steps, columns.numbers("cadence"))),
        "steps": [True if told and sport is Sport.RUNNING else None for told, sport in zip(steps, sports, strict=True)],
        "effort_cr10": _efforts(columns, warnings),
        "temperature_c": columns.within("" if in_miles else "temperature", *_TEMPERATURES_C),
        "name": columns.texts("name"),
        "gear": columns.texts("gear"),
        "race": [bare(cell) in _YES if cell else None for cell in columns.cells("race")],
        "identity": list(map(identity, starts, local_starts, sports, metres, map(_told, timer, elapsed))),
    }


def _sports(columns: Columns, warnings: list[str]) -> tuple[list[Sport], list[Ground | None]]:
    finer = [sport_of(cell) for cell in columns.cells("ground")]
    if "sport" not in columns.headings:
        warnings.append("The table does not name the sport; every session was taken as a run.")
        return [Sport.RUNNING] * len(finer), [ground for _, ground in finer]
    told = [sport_of(cell) for cell in columns.cells("sport")]
    sports = [one if one is not Sport.UNKNOWN else other for (one, _), (other, _) in zip(told, finer, strict=True)]
    return sports, [one or other for (_, one), (_, other) in zip(told, finer, strict=True)]


def _starts(columns: Columns) -> tuple[list[datetime | None], list[datetime | None], list[int | None]]:
    """(start, local start, offset of the runner's clock in seconds) of each row."""
    at_home, at_zero = moments(columns.cells("date")), moments(columns.cells("utc"))
    clocks = [clock_of(cell)[0] for cell in columns.cells("clock")]
    rows = [_start(*row, "local" in columns.headings) for row in zip(at_home, at_zero, clocks, strict=True)]
    return [start for start, _, _ in rows], [local for _, local, _ in rows], [offset for _, _, offset in rows]


def _start(
    told: Moment | None, utc: Moment | None, clock: time | None, local: bool
) -> tuple[datetime | None, datetime | None, int | None]:
    """The start of one session. local: the column says that its times are the runner's own, whatever zone stands behind them."""
    if told is not None and told.clock is None and clock is not None:
        told = replace(told, clock=clock)
    start = utc.local.replace(tzinfo=utc.zone or UTC) if utc is not None and utc.clock is not None else None
    if told is None:
        return start, None, None
    if start is not None:
        ahead = told.local.replace(tzinfo=UTC) - start
        return (start, None, int(ahead.total_seconds())) if abs(ahead) <= _FARTHEST_ZONE else (start, None, None)
    if told.zone is None or local:
        return None, told.local, None
    ahead = told.zone.utcoffset(None)  # zero is most often a program that writes UTC, not a runner in that zone
    return told.local.replace(tzinfo=told.zone), None, int(ahead.total_seconds()) if ahead else None


def _efforts(columns: Columns, warnings: list[str]) -> list[float | None]:
    """From 0 to 10; a column that goes higher is on another scale, and left out whole."""
    told = columns.numbers("effort")
    low, high = _EFFORTS
    if all(value is None or low <= value <= high for value in told):
        return told
    warnings.append("The efforts in this table are not on a scale from 0 to 10; they were left out.")
    return [None] * len(told)


# Distance and duration

Distances = list[tuple[float, float | None] | None]  # (number, metres of one where told), of each row


def _distances(columns: Columns) -> Distances:
    cells = columns.cells("distance")
    heading = columns.headings.get("distance")
    sign = decimal_sign(cells) or columns.sign
    return [_distance(number(tidy(cell), sign), heading.unit if heading else None) for cell in cells]


def _distance(told: tuple[float, str] | None, unit: float | None) -> tuple[float, float | None] | None:
    if told is None or told[0] <= 0:
        return None
    value, behind = told
    if not behind:
        return value, unit
    metres = LENGTHS.get(bare(behind))
    return (value, metres) if metres is not None else None


def _durations(columns: Columns, meanings: Sequence[str], scale: Scale) -> list[float | None]:
    """Seconds of each row, from the first of these columns that the table has."""
    heading = next((columns.headings[meaning] for meaning in meanings if meaning in columns.headings), None)
    if heading is None:
        return [None] * len(columns.table.rows)
    cells = columns.table.column(heading.place)
    return _seconds(cells, decimal_sign(cells) or columns.sign, replace(scale, plain=heading.unit or scale.plain))


def _seconds(cells: Sequence[str], sign: str, scale: Scale) -> list[float | None]:
    told = (seconds(tidy(cell), two_parts=scale.two_parts, plain=scale.plain, sign=sign) for cell in cells)
    return [value if value and value <= _LONGEST_S else None for value in told]


def _scale(
    columns: Columns, distances: Distances, sports: list[Sport], units: Units | None, warnings: list[str]
) -> Scale:
    """What the numbers count: as the headings say, else the first reading by which the median run has a likely pace."""
    scales = _readings(columns, units)
    lasted = {times: _durations(columns, TIMES, Scale(METRE, *times)) for times in {scale.times for scale in scales}}
    likely = [scale for scale in scales if _is_likely(_pace(distances, lasted[scale.times], sports, scale.metres))]
    chosen = (likely or scales)[0]
    untold = any(told is not None and told[1] is None for told in distances)
    if untold and units is None and {scale.metres for scale in likely or scales} != {chosen.metres}:
        warnings.append(
            f"The table does not say what its distances are in; they were taken as {_LENGTH_NAMES[chosen.metres]}. "
            "If that is wrong, write the unit into the heading: distance (km) or distance (mi)."
        )
    return chosen


def _readings(columns: Columns, units: Units | None) -> list[Scale]:
    """Every reading that the headings leave open, the usual first."""
    distance = columns.headings.get("distance")
    lasted = next((columns.headings[meaning] for meaning in TIMES if meaning in columns.headings), None)
    lengths: tuple[float, ...] = (MILE, KM, METRE) if units is Units.MILES else (KM, MILE, METRE)
    if distance is not None and distance.unit is not None:
        lengths = (distance.unit,)
    plain = (60.0, 1.0, 3600.0) if lasted is None or lasted.unit is None else (lasted.unit,)
    parts = (3600.0,) if lasted is not None and lasted.hours_first else (60.0, 3600.0)
    return [Scale(*reading) for reading in product(lengths, plain, parts)]


def _pace(distances: Distances, lasted: list[float | None], sports: list[Sport], metres: float) -> float | None:
    """Seconds a kilometre of the median run, where one distance without a unit is so many metres; None without any run."""
    paces = [
        duration / (told[0] * (told[1] or metres) / KM)
        for told, duration, sport in zip(distances, lasted, sports, strict=True)
        if told and duration and sport in (Sport.RUNNING, Sport.UNKNOWN)
    ]
    return statistics.median(paces) if paces else None


def _is_likely(pace: float | None) -> bool:
    low, high = _LIKELY_PACE_S_PER_KM
    return pace is not None and low <= pace <= high


# Rows


def _kept(fields: dict[str, Sequence[Any]], table: Table, warnings: list[str]) -> tuple[Recording, ...]:
    """The recordings of the rows that can be used; why others cannot is said by their numbers."""
    kept: dict[str, Recording] = {}
    left_out: dict[str, list[int]] = {}
    unknown: list[int] = []
    for place, (row, cells) in enumerate(table.rows):
        recording = Recording(source=Source.CSV, **{name: values[place] for name, values in fields.items()})
        assert recording.identity is not None
        if why := _fault(recording, cells, kept):
            left_out.setdefault(why, []).append(row)
            continue
        kept[recording.identity] = recording
        if recording.sport is Sport.UNKNOWN:
            unknown.append(row)
    for why, rows in left_out.items():
        warnings.append(f"{rows_said(rows)} {'was' if len(rows) == 1 else 'were'} left out: {why}.")
    if unknown:
        warnings.append(
            f"{rows_said(unknown)} named no sport that is known here, so they do not count as runs. Write Run where you ran."
        )
    return tuple(kept.values())


def _fault(recording: Recording, cells: Sequence[str], kept: Mapping[str, Recording]) -> str | None:
    """Why a row is left out; None for one that is kept."""
    dated = recording.start is not None or recording.local_start is not None
    if not dated and any(bare(cell) in _TOTALS for cell in cells):
        return "totals of other rows"
    if not dated:
        return "no date that could be read"
    if recording.distance_m is None and recording.sport is Sport.RUNNING:
        return "no distance that could be read"
    if recording.distance_m is None and recording.timer_s is None and recording.elapsed_s is None:
        return "neither distance nor time"
    return "the same session stands further up" if recording.identity in kept else None


def _within(value: float | None, low: float, high: float) -> float | None:
    return value if value is not None and low <= value <= high else None


def _told(one: float | None, other: float | None) -> float | None:
    return one or other or None
