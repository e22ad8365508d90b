"""FIT files made up byte by byte for the tests: definitions, data messages, checksum; nothing of a real runner."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

EPOCH_S = 631_065_600
START = datetime(2026, 10, 4, 7, 30, tzinfo=UTC)
_MESG = {"file_id": 0, "session": 18, "lap": 19, "record": 20, "event": 21, "activity": 34}
_ENUM, _UINT8, _UINT16, _SINT32, _UINT32 = 0x00, 0x02, 0x84, 0x85, 0x86
_PACK = {_ENUM: "B", _UINT8: "B", _UINT16: "H", _SINT32: "i", _UINT32: "I"}
# name: (number, base type, scale, offset)
_FIELDS: Mapping[str, Mapping[str, tuple[int, int, float, float]]] = {
    "file_id": {"type": (0, _ENUM, 1, 0), "time_created": (4, _UINT32, 1, 0)},
    "record": {
        "timestamp": (253, _UINT32, 1, 0),
        "position_lat": (0, _SINT32, 2**31 / 180, 0),
        "position_long": (1, _SINT32, 2**31 / 180, 0),
        "altitude": (2, _UINT16, 5, 500),
        "heart_rate": (3, _UINT8, 1, 0),
        "cadence": (4, _UINT8, 1, 0),
        "distance": (5, _UINT32, 100, 0),
        "speed": (6, _UINT16, 1000, 0),
        "stance_time": (41, _UINT16, 10, 0),
        "fractional_cadence": (53, _UINT8, 128, 0),
    },
    "lap": {
        "timestamp": (253, _UINT32, 1, 0),
        "start_time": (2, _UINT32, 1, 0),
        "total_elapsed_time": (7, _UINT32, 1000, 0),
        "total_timer_time": (8, _UINT32, 1000, 0),
        "total_distance": (9, _UINT32, 100, 0),
    },
    "session": {
        "timestamp": (253, _UINT32, 1, 0),
        "start_time": (2, _UINT32, 1, 0),
        "sport": (5, _ENUM, 1, 0),
        "sub_sport": (6, _ENUM, 1, 0),
        "total_elapsed_time": (7, _UINT32, 1000, 0),
        "total_timer_time": (8, _UINT32, 1000, 0),
        "total_distance": (9, _UINT32, 100, 0),
        "total_ascent": (22, _UINT16, 1, 0),
        "total_descent": (23, _UINT16, 1, 0),
    },
    "event": {"timestamp": (253, _UINT32, 1, 0), "event": (0, _ENUM, 1, 0), "event_type": (1, _ENUM, 1, 0)},
    "activity": {"timestamp": (253, _UINT32, 1, 0), "local_timestamp": (5, _UINT32, 1, 0)},
}
_TIMES = ("timestamp", "start_time", "time_created", "local_timestamp")


@dataclass(frozen=True)
class Message:
    kind: str
    values: Mapping[str, float]


def stamp(seconds: float = 0) -> float:
    """Seconds since 1970 of START and so many seconds."""
    return START.timestamp() + seconds


def fit(messages: Iterable[Message], header_crc: bool = True) -> bytes:
    """A whole FIT file. header_crc: False writes the 0 that the format allows in its place."""
    body = b"".join(_definition(m) + _data(m) for m in messages)
    head = struct.pack("<BBHI4s", 14, 0x20, 2140, len(body), b".FIT")
    head += struct.pack("<H", crc(head) if header_crc else 0)
    return head + body + struct.pack("<H", crc(head + body))


def _definition(message: Message) -> bytes:
    fields = [_FIELDS[message.kind][name] for name in message.values]
    head = struct.pack("<BBBHB", 0x40, 0, 0, _MESG[message.kind], len(fields))
    return head + b"".join(
        struct.pack("BBB", number, struct.calcsize(_PACK[base]), base) for number, base, *_ in fields
    )


def _data(message: Message) -> bytes:
    out = b"\x00"
    for name, value in message.values.items():
        _, base, scale, offset = _FIELDS[message.kind][name]
        raw = value - EPOCH_S if name in _TIMES else (value + offset) * scale
        out += struct.pack(f"<{_PACK[base]}", round(raw))
    return out


def crc(data: bytes) -> int:
    """CRC-16/ARC, bit by bit, so that it is not the product's own table."""
    value = 0
    for byte in data:
        value ^= byte
        for _ in range(8):
            value = (value >> 1) ^ (0xA001 if value & 1 else 0)
    return value


def run(
    seconds: int = 600,
    speed_mps: float = 3.0,
    cadence: float = 85,
    *,
    start_s: float = 0,
    sport: int = 1,
    sub_sport: int = 0,
    heights: Sequence[float] = (),
    local_h: float | None = None,
    session: bool = True,
    **totals: float,
) -> list[Message]:
    """A recording of so many seconds, a sample a second; `totals` overwrite fields of its session."""
    messages = [Message("file_id", {"type": 4, "time_created": stamp(start_s)})]
    for second in range(seconds + 1):
        values = {
            "timestamp": stamp(start_s + second),
            "distance": second * speed_mps,
            "speed": speed_mps,
            "cadence": int(cadence),
            "fractional_cadence": cadence % 1,
        }
        if heights:
            values["altitude"] = heights[min(second * len(heights) // (seconds + 1), len(heights) - 1)]
        messages.append(Message("record", values))
    if session:
        told = {
            "timestamp": stamp(start_s + seconds),
            "start_time": stamp(start_s),
            "sport": sport,
            "sub_sport": sub_sport,
            "total_elapsed_time": seconds,
            "total_timer_time": seconds,
            "total_distance": seconds * speed_mps,
        }
        messages.append(Message("session", {**told, **totals}))
    if local_h is not None:
        at = stamp(start_s + seconds)
        messages.append(Message("activity", {"timestamp": at, "local_timestamp": at + local_h * 3600}))
    return messages
