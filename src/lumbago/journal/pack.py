"""Samples -> few bytes and back: whole numbers of a fine unit, their steps, and zlib.

Layout, all within zlib: one line of JSON (`n`: samples; `columns`: a list of name, scale, first value, type of the steps, whether
values are missing), then for each column its mask of recorded samples (when some are missing) and its steps, bytes of equal
weight side by side. scale: units of the step to one of the column's; 0 means plain float64. The scales stand in the bytes, so
that finer ones later do not change what older bytes mean.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from lumbago.errors import JournalUnusable

if TYPE_CHECKING:
    from lumbago.model.activities import Column

_SCALES = {
    "time": 1_000,  # ms
    "distance": 100,  # cm
    "latitude": 10_000_000,  # about a centimetre
    "longitude": 10_000_000,
    "altitude": 100,
    "speed": 1_000,
    "heart_rate": 10,
    "cadence": 256,  # watches count in 1/128
    "power": 10,
    "temperature": 100,
    "stance": 10,
    "stance_balance": 100,
    "step_length": 10_000,
}
_SCALE_OF_OTHERS = 1_000
_EXACT = 2.0**52  # whole numbers below it are exact in a float64, and so are their halves
_QUICK = 1


def pack(samples: Mapping[str, Column]) -> bytes:
    """samples: float64 arrays of one length, NaN = not recorded; the same with `unpack`, to half a step of the scale."""
    columns, parts = [], []
    for name, column in samples.items():
        described, blocks = _pack_column(name, np.asarray(column, dtype=np.float64))
        columns.append(described)
        parts.extend(blocks)
    n = len(next(iter(samples.values()), ()))
    header = json.dumps({"n": n, "columns": columns}, separators=(",", ":")).encode()
    return zlib.compress(b"".join([header, b"\n", *parts]), _QUICK)


def _pack_column(name: str, column: Column) -> tuple[list[Any], list[bytes]]:
    recorded = ~np.isnan(column)
    missing = not recorded.all()
    values = column[recorded] if missing else column
    mask = [np.packbits(recorded).tobytes()] if missing else []
    scale = _SCALES.get(name, _SCALE_OF_OTHERS)
    with np.errstate(over="ignore"):  # what is too large then is kept as it is
        scaled = np.rint(values * scale)
    if not len(values) or not np.abs(scaled).max() < _EXACT:
        return [name, 0, 0, "<f8", missing], [*mask, values.astype("<f8").tobytes()]
    whole = scaled.astype(np.int64)
    steps = np.diff(whole)
    kind = _smallest(steps)
    return [name, scale, int(whole[0]), kind, missing], [*mask, _side_by_side(steps.astype(kind))]


def _smallest(steps: NDArray[np.int64]) -> str:
    """The narrowest type that holds them all."""
    low, high = (int(steps.min()), int(steps.max())) if len(steps) else (0, 0)
    return next(k for k in ("<i1", "<i2", "<i4", "<i8") if np.iinfo(k).min <= low and high <= np.iinfo(k).max)


def _side_by_side(steps: NDArray[Any]) -> bytes:
    """All lowest bytes first, then all next ones: small steps leave long runs of equal bytes."""
    return steps.view(np.uint8).reshape(len(steps), steps.itemsize).T.tobytes()


def unpack(packed: bytes) -> Mapping[str, Column]:
    """What `pack` was given: read-only float64 arrays of one length, NaN = not recorded. Raises JournalUnusable."""
    try:
        header, _, body = zlib.decompress(packed).partition(b"\n")
        told = json.loads(header)
        return MappingProxyType(dict(_unpack_columns(told["n"], told["columns"], body)))
    except (zlib.error, ValueError, KeyError, TypeError):
        raise JournalUnusable(
            "The samples of one activity can no longer be read from the journal; its summary can. "
            "Import its file again to have them back."
        ) from None


def _unpack_columns(n: int, columns: list[list[Any]], body: bytes) -> Iterator[tuple[str, Column]]:
    at = 0
    for name, scale, first, kind, missing in columns:
        recorded: NDArray[Any] | None = None
        if missing:
            width = (n + 7) // 8
            recorded = np.unpackbits(np.frombuffer(body, np.uint8, width, at), count=n).astype(bool)
            at += width
        count = n if recorded is None else int(recorded.sum())
        size = np.dtype(kind).itemsize * (max(count - 1, 0) if scale else count)
        values = _values(body[at : at + size], scale, first, kind)
        at += size
        yield name, _spread(values, recorded, n)


def _values(block: bytes, scale: int, first: int, kind: str) -> Column:
    if not scale:
        return np.frombuffer(block, kind).astype(np.float64)
    width = np.dtype(kind).itemsize
    steps = np.ascontiguousarray(np.frombuffer(block, np.uint8).reshape(width, -1).T).view(kind).ravel()
    whole = np.empty(len(steps) + 1, np.int64)
    whole[0] = first
    np.cumsum(steps, out=whole[1:], dtype=np.int64)
    whole[1:] += first
    return whole / scale


def _spread(values: Column, recorded: NDArray[Any] | None, n: int) -> Column:
    if recorded is None:
        column = values
    else:
        column = np.full(n, np.nan)
        column[recorded] = values
    column.flags.writeable = False
    return column
