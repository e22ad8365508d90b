"""FIT: what watches write. Read by fitfast; what it refuses is mended or salvaged, and the activity says so."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import numpy as np

from lumbago.activities.recording import Recording
from lumbago.activities.sports import sport_of
from lumbago.errors import ActivityUnreadable, NotAnActivity
from lumbago.model.activities import Ground, Lap, Source, Sport

if TYPE_CHECKING:
    from lumbago.model.activities import Column

Columns = Mapping[str, "Column"]

_EPOCH_S = 631_065_600  # 1989-12-31, where the seconds of FIT begin
_HEADER_SIZES = (12, 14)
_MOST_BYTES = 200_000_000  # decompressed; a 24-hour recording with every field is 20 MB
_OFFSET_STEP_S = 900  # time zones differ by quarters of an hour
_OFFSET_MOST_S = 14 * 3600
_STOPS = (1, 4)  # event_type: stop, stop_all
_TIMER = 0  # event
_KINDS = {
    2: "settings", 3: "settings of a sport", 5: "a workout to follow", 6: "a course to follow", 9: "a weight", 10: "totals",
    11: "goals", 14: "blood pressure", 15: "everyday movement", 20: "a summary", 28: "everyday movement", 32: "everyday movement",
    35: "a list of segments", 40: "settings of an accessory", 44: "everyday movement",
}  # fmt: skip
_ACTIVITY, _COURSE = 4, 6
_SPORTS = {
    0: "generic", 1: "running", 2: "cycling", 3: "transition", 4: "fitness_equipment", 5: "swimming", 6: "basketball", 7: "soccer",
    8: "tennis", 9: "american_football", 10: "training", 11: "walking", 12: "cross_country_skiing", 13: "alpine_skiing",
    14: "snowboarding", 15: "rowing", 16: "mountaineering", 17: "hiking", 18: "multisport", 19: "paddling", 20: "flying",
    21: "e_biking", 22: "motorcycling", 23: "boating", 24: "driving", 25: "golf", 26: "hang_gliding", 27: "horseback_riding",
    28: "hunting", 29: "fishing", 30: "inline_skating", 31: "rock_climbing", 32: "sailing", 33: "ice_skating", 34: "sky_diving",
    35: "snowshoeing", 36: "snowmobiling", 37: "stand_up_paddleboarding", 38: "surfing", 39: "wakeboarding", 40: "water_skiing",
    41: "kayaking", 42: "rafting", 43: "windsurfing", 44: "kitesurfing", 45: "tactical", 46: "jumpmaster", 47: "boxing",
    48: "floor_climbing", 53: "diving", 62: "hiit", 64: "racket", 65: "wheelchair_push_walk", 66: "wheelchair_push_run",
    67: "meditation", 69: "disc_golf", 71: "cricket", 72: "rugby", 73: "hockey", 74: "lacrosse", 75: "volleyball",
}  # fmt: skip
_RUN_GROUND = {
    1: Ground.TREADMILL,
    2: Ground.ROAD,
    3: Ground.TRAIL,
    4: Ground.TRACK,
    45: Ground.TREADMILL,
    67: Ground.TRAIL,
}
_EQUIPMENT = {  # what fitness equipment and training were, by sub_sport
    1: (Sport.RUNNING, Ground.TREADMILL), 5: (Sport.CYCLING, None), 6: (Sport.CYCLING, None), 11: (Sport.WALKING, None),
    20: (Sport.STRENGTH, None), 27: (Sport.WALKING, None), 45: (Sport.RUNNING, Ground.TREADMILL), 58: (Sport.UNKNOWN, None),
}  # fmt: skip
_RECORD_COLUMNS = {
    "time": ("timestamp",),
    "distance": ("distance",),
    "latitude": ("position_lat",),
    "longitude": ("position_long",),
    "altitude": ("enhanced_altitude", "altitude"),
    "speed": ("enhanced_speed", "speed"),
    "heart_rate": ("heart_rate",),
    "power": ("power",),
    "temperature": ("temperature",),
    "stance": ("stance_time",),
    "stance_balance": ("stance_time_balance",),
}
_CALCULATED = re.compile(r"calculated (\d+)")


@dataclass(frozen=True, slots=True)
class _Messages:
    """The messages of one FIT sequence that matter here: columns of equal length by field name, and what was lost or doubted."""

    record: Columns
    session: Columns
    lap: Columns
    event: Columns
    activity: Columns
    kind: int | None
    warnings: tuple[str, ...] = ()


def read(data: bytes) -> tuple[Recording, ...]:
    """Every session of a FIT file, chained files too, oldest first. Raises ActivityUnreadable, NotAnActivity."""
    if len(data) > _MOST_BYTES:
        raise ActivityUnreadable(
            f"This FIT file is larger than {_MOST_BYTES // 1_000_000} MB, far beyond any activity. Nothing was read from it."
        )
    if not data or data[8:12] != b".FIT":
        raise ActivityUnreadable(
            "This is not a FIT file, though it is named like one. Nothing was read from it; export it again."
        )
    whole, rest = _split(data)
    parts = [_decode(sequence, needed=len(whole) == 1) for sequence in whole]
    if rest[8:12] == b".FIT" and rest[0] in _HEADER_SIZES:
        parts.append(_salvage(rest, needed=not whole))
    elif not whole:
        parts.append(_salvage(rest, needed=True))
    found = [recording for part in parts for recording in _recordings(part)]
    if not found:
        what = next((_KINDS[part.kind] for part in parts if part.kind in _KINDS), "no recorded activity")
        raise NotAnActivity(f"This FIT file is sound but holds {what}, so there is nothing in it to count.")
    if whole and rest.strip(b"\0") and rest[8:12] != b".FIT":
        found[-1].warnings.append(
            f"Behind the activity stand {len(rest):,} bytes that are no FIT file. They were left out."
        )
    return tuple(found)


def _split(data: bytes) -> tuple[list[bytes], bytes]:
    """The whole FIT files that were written one behind another into this one, and what is left behind them."""
    whole, at = [], 0
    while len(data) - at > _HEADER_SIZES[0]:
        size, body = data[at], int.from_bytes(data[at + 4 : at + 8], "little")
        end = at + size + body + 2
        if size not in _HEADER_SIZES or data[at + 8 : at + 12] != b".FIT" or not body or end > len(data):
            break
        whole.append(data[at:end])
        at = end
    return whole, data[at:]


def _decode(data: bytes, needed: bool) -> _Messages:
    """One whole sequence. A checksum that fits once recomputed as the format defines it is no reason to doubt anything."""
    import fitfast

    try:
        return _by_fitfast(data)
    except fitfast.FitDecodeError as error:
        wanted = _CALCULATED.search(str(error))
    if wanted is None:
        return _salvage(data, needed)
    body_end = len(data) - 2
    sound = _crc(data[:body_end]) == int.from_bytes(data[body_end:], "little")
    patched = data[:body_end] + int(wanted[1]).to_bytes(2, "little")
    try:
        messages = _by_fitfast(patched)
    except fitfast.FitDecodeError:
        return _salvage(data, needed)
    if sound:
        return messages
    return _Messages(
        messages.record, messages.session, messages.lap, messages.event, messages.activity, messages.kind,
        ("The checksum of this file does not fit: a value in it may be wrong. Everything in it was read.",),
    )  # fmt: skip


def _by_fitfast(data: bytes) -> _Messages:
    import fitfast

    def of(message: str) -> Columns:
        try:
            columns: Columns = fitfast.records(data, message)
        except BaseException as error:
            if (
                type(error).__name__ != "PanicException"
            ):  # a slip of its Rust core on damaged bytes, which is no Exception
                raise
            raise fitfast.FitDecodeError("the decoder gave up") from None
        return columns

    record = of("record")
    session = of("session") if record else {}
    if not record and not (session := of("session")):
        return _Messages({}, {}, {}, {}, {}, _kind(of("file_id")))
    stopped = _first(session, "total_elapsed_time"), _first(session, "total_timer_time")
    paused = stopped[0] is not None and stopped[1] is not None and stopped[0] - stopped[1] > 1
    kind = _ACTIVITY if session else _kind(of("file_id"))
    return _Messages(record, session, of("lap"), of("event") if paused else {}, of("activity"), kind)


def _kind(file_id: Columns) -> int | None:
    told = _first(file_id, "type")
    return None if told is None else int(told)


def _salvage(data: bytes, needed: bool) -> _Messages:
    """What a damaged sequence still holds, by chiptime, which reads to the point of damage and past it."""
    import chiptime

    try:
        result = chiptime.parse(data)
    except Exception:  # a recovery reader may trip over anything; the file stays unread, the program goes on
        result = None
    messages = result.messages if result is not None and result.ok else []
    if not messages:
        if needed:
            raise ActivityUnreadable(
                "This FIT file is damaged from its beginning: nothing could be read from it. Export it again if you can."
            )
        return _Messages({}, {}, {}, {}, {}, None)
    names = ("record", "session", "lap", "event", "activity", "file_id")
    by_name = {name: _columns([m for m in messages if m.name == name]) for name in names}
    count = len(next(iter(by_name["record"].values()), ()))
    lost = f"This file is damaged or was never finished: {count:,} samples could be recovered; what came after the damage is lost."
    if not by_name["session"]:
        lost += " Its totals were worked out from the samples."
    return _Messages(
        by_name["record"], by_name["session"], by_name["lap"], by_name["event"], by_name["activity"],
        _kind(by_name["file_id"]), (lost,) if count else (),
    )  # fmt: skip


def _columns(messages: list) -> dict[str, Column]:  # type: ignore[type-arg]
    """Chiptime's messages as columns in the units that fitfast uses: seconds since 1970, degrees."""
    names = {name for message in messages for name, field in message.fields.items() if field.developer is None}
    columns = {name: np.full(len(messages), np.nan) for name in names}
    for row, message in enumerate(messages):
        for name, field in message.fields.items():
            if field.developer is None and (number := _number(name, field)) is not None:
                columns[name][row] = number
    return {name: column for name, column in columns.items() if not np.isnan(column).all()}


def _number(name: str, field: object) -> float | None:
    value, raw, units = (getattr(field, key, None) for key in ("value", "raw", "units"))
    if units == "datetime" or name == "local_timestamp":
        return float(raw) + _EPOCH_S if isinstance(raw, int) else None
    if isinstance(value, str):  # the name of a listed value, such as a sport
        return float(raw) if isinstance(raw, int) else None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return value * 180 / 2**31 if units == "semicircles" else float(value)


def _recordings(messages: _Messages) -> list[Recording]:
    """One Recording a session, each with its own stretch of the samples; one for all of them when no session was written."""
    samples = _samples(messages.record)
    count = len(next(iter(samples.values()), ()))
    sessions = len(next(iter(messages.session.values()), ()))
    if not sessions:
        if not count:
            return []
        return [_without_session(messages, samples)]
    order, begins = _session_starts(messages.session, sessions)
    if len(order) == 1:
        return [_of_session(messages, 0, samples)]
    time = samples.get("time", np.full(count, np.nan))
    owner = np.clip(np.searchsorted(begins, time, side="right") - 1, 0, sessions - 1)
    return [
        _of_session(messages, session, {name: column[owner == place] for name, column in samples.items()})
        for place, session in enumerate(order)
    ]


def _session_starts(session: Columns, sessions: int) -> tuple[list[int], Column]:
    """Sessions oldest first, and when each began; a session without a start keeps its place in the file."""
    starts = session.get("start_time", np.full(sessions, np.nan))
    starts = np.where(np.isnan(starts), np.fmax.accumulate(np.nan_to_num(starts)), starts)
    order = [int(place) for place in np.argsort(starts, kind="stable")]
    return order, starts[order]


def _samples(record: Columns) -> dict[str, Column]:
    """The columns of model.activities.SAMPLE_COLUMNS that the records fill."""
    samples: dict[str, Column] = {}
    for ours, theirs in _RECORD_COLUMNS.items():
        told = [record[name] for name in theirs if name in record]
        if told:
            samples[ours] = told[0] if len(told) == 1 else np.where(np.isnan(told[0]), told[1], told[0])
    if "cadence" in record:
        part = record.get("fractional_cadence")
        samples["cadence"] = record["cadence"] if part is None else record["cadence"] + np.nan_to_num(part)
    if "step_length" in record:
        samples["step_length"] = record["step_length"] / 1000
    if not samples and record:
        samples["time"] = np.full(len(next(iter(record.values()))), np.nan)
    return samples


def _without_session(messages: _Messages, samples: dict[str, Column]) -> Recording:
    recording = Recording(Source.FIT, Sport.UNKNOWN, columns=samples, laps=_laps(messages.lap, None, None))
    recording.utc_offset_s = _offset(messages.activity)
    recording.warnings += messages.warnings
    if messages.kind == _COURSE:
        recording.planned = True
        recording.warnings.append("This is a course to follow, not something that was done, so it counts as no run.")
    elif not messages.warnings:
        recording.warnings.append("The file names no sport and no totals; they were worked out from the samples.")
    return recording


def _of_session(messages: _Messages, row: int, samples: dict[str, Column]) -> Recording:
    def told(*names: str) -> float | None:
        return next((value for name in names if (value := _first(messages.session, name, row)) is not None), None)

    sport, ground = _sport(told("sport"), told("sub_sport"))
    start, elapsed = told("start_time"), told("total_elapsed_time")
    end = start + elapsed if start is not None and elapsed is not None else None
    return Recording(
        source=Source.FIT,
        sport=sport,
        ground=ground,
        start=_instant(start),
        utc_offset_s=_offset(messages.activity),
        elapsed_s=elapsed,
        timer_s=told("total_timer_time"),
        distance_m=told("total_distance"),
        ascent_m=told("total_ascent"),
        descent_m=told("total_descent"),
        heart_rate_bpm=told("avg_heart_rate"),
        columns=samples,
        pauses=_pauses(messages.event, start, end),
        laps=_laps(messages.lap, start, end),
        device=None,
        warnings=list(messages.warnings),
    )


def _sport(code: float | None, sub: float | None) -> tuple[Sport, Ground | None]:
    if code is None:
        return Sport.UNKNOWN, None
    name, part = _SPORTS.get(int(code), ""), -1 if sub is None else int(sub)
    if name in ("fitness_equipment", "training", "generic"):
        return _EQUIPMENT.get(part, (Sport.UNKNOWN if name == "generic" else Sport.OTHER, None))
    sport, ground = sport_of(name)
    return sport, _RUN_GROUND.get(part, ground) if sport in (Sport.RUNNING, Sport.WALKING) else ground


def _offset(activity: Columns) -> int | None:
    """Seconds of the runner's clock ahead of UTC. Zero may be a device that does not know its zone, so it tells nothing."""
    local, stamp = _first(activity, "local_timestamp"), _first(activity, "timestamp")
    if local is None or stamp is None:
        return None
    offset = round((local - stamp) / _OFFSET_STEP_S) * _OFFSET_STEP_S
    return offset if offset and abs(offset) <= _OFFSET_MOST_S else None


def _pauses(event: Columns, start: float | None, end: float | None) -> tuple[tuple[float, float], ...]:
    """Stopped timers, from stop to the next start."""
    if not {"timestamp", "event", "event_type"} <= set(event):
        return ()
    pauses: list[tuple[float, float]] = []
    stopped: float | None = None
    for when, kind, what in zip(event["timestamp"], event["event"], event["event_type"], strict=True):
        if kind != _TIMER or np.isnan(when) or (start is not None and when < start) or (end is not None and when > end):
            continue
        if what in _STOPS:
            stopped = float(when)
        elif what == 0 and stopped is not None:
            pauses.append((stopped, float(when)))
            stopped = None
    return tuple(pauses)


def _laps(lap: Columns, start: float | None, end: float | None) -> tuple[Lap, ...]:
    count = len(next(iter(lap.values()), ()))
    laps = []
    for row in range(count):
        began = _first(lap, "start_time", row)
        if began is None or (start is not None and began < start) or (end is not None and began > end):
            continue
        since = began - start if start is not None else 0.0
        laps.append(Lap(since, _first(lap, "total_timer_time", row), _first(lap, "total_distance", row)))
    return tuple(laps)


def _first(columns: Columns, name: str, row: int = 0) -> float | None:
    """A number of one message; None where it is missing."""
    column = columns.get(name)
    if column is None or row >= len(column) or np.isnan(column[row]):
        return None
    return float(column[row])


def _instant(seconds: float | None) -> datetime | None:
    if seconds is None or not 0 < seconds < 2**33:
        return None
    return datetime.fromtimestamp(seconds, UTC)


def _crc(data: bytes) -> int:
    """The CRC-16 of FIT: polynomial 0xA001 reflected, starting at zero."""
    crc = 0
    for byte in data:
        crc = (crc >> 8) ^ _CRC_TABLE[(crc ^ byte) & 0xFF]
    return crc


def _crc_row(value: int) -> int:
    for _ in range(8):
        value = (value >> 1) ^ (0xA001 if value & 1 else 0)
    return value


_CRC_TABLE = tuple(_crc_row(value) for value in range(256))
