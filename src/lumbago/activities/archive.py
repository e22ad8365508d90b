"""Files, folders and zips as one list of members, none of which is ever written to disk under its own name."""

from __future__ import annotations

import atexit
import os
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, BinaryIO, cast

from lumbago.errors import ActivityUnreadable, ArchiveRefused, FileNotFound

MOST_MEMBERS = 200_000
MOST_BYTES = 300_000_000  # of one member, unpacked; streams (`opened`) are not held in memory and may be longer
MOST_STREAMED = 20_000_000_000  # an Apple Health export of ten years is a tenth of that
_MOST_GZIPS = 1_000  # one behind another
_MOST_OPEN = 8  # zips at a time
_MOST_NESTED = 3  # zips within zips; a Garmin account export has two levels
_DEEPEST = 20  # folders
_MOST_RATIO = 1_000  # unpacked over packed; deflate cannot do more than 1,032, and text of a track does 30
_RATIO_FROM = 50_000_000  # unpacked; what is smaller does no harm whatever its ratio
_CHUNK = 1 << 16
_ZIP = b"PK\x03\x04"
_DAMAGED = "This zip is damaged or not a zip, so its list of files cannot be read. Nothing was read from it; download it again."
_GZIP = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Member:
    """One file, wherever it lies. address: path of the file on disk, then the names within zips. name: for people, without the
    folders above what was given. size: unpacked bytes. crc: CRC-32 where a zip tells it. refused: why nothing of it can be read."""

    name: str
    address: tuple[str, ...]
    size: int
    crc: int | None = None
    modified: float | None = None
    refused: str | None = None

    @property
    def base(self) -> str:
        """The name without folders, in lower case."""
        return self.name.replace("\\", "/").rsplit("/", 1)[-1].lower()


def members(path: Path) -> Iterator[Member]:
    """Every file under a path: itself, those of a folder and of zips within, in a fixed order.

    Raises FileNotFound, ArchiveRefused (too many, too deep, too large, or larger unpacked than packed beyond reason).
    """
    for count, member in enumerate(_of_path(path), start=1):
        if count > MOST_MEMBERS:
            raise ArchiveRefused(
                f"More than {MOST_MEMBERS:,} files were found there. Nothing was read; give the folder of your training alone."
            )
        yield member


def _of_path(path: Path) -> Iterator[Member]:
    try:
        if path.is_dir():
            yield from _of_folder(path)
        elif _is_zip(path):
            yield from _of_zip((str(path),), "")
        else:
            status = path.stat()
            yield Member(path.name, (str(path),), status.st_size, None, status.st_mtime)
    except (OSError, ValueError) as error:
        reason = (isinstance(error, OSError) and error.strerror) or "no file can have that name"
        raise FileNotFound(
            f"A training file or folder could not be opened ({reason}). Nothing was read from it; check its name and try again."
        ) from None


def _of_folder(top: Path) -> Iterator[Member]:
    for folder, inner, names in os.walk(top, followlinks=False):
        place = Path(folder)
        depth = len(place.relative_to(top).parts)
        if depth >= _DEEPEST:
            inner.clear()
        inner[:] = sorted(name for name in inner if not name.startswith("."))
        for name in sorted(names):
            path = place / name
            if name.startswith(".") or path.is_symlink() or not path.is_file():
                continue
            shown = str(path.relative_to(top))
            status = path.stat()
            member = Member(shown, (str(path),), status.st_size, None, status.st_mtime)
            yield from _of_zip_beside_others(member) if _is_zip(path) else (member,)


def _of_zip_beside_others(member: Member) -> Iterator[Member]:
    """What a zip of a folder holds; one that is refused must not cost the rest of the folder."""
    try:
        yield from _of_zip(member.address, f"{member.name}/")
    except ArchiveRefused as error:
        yield replace(member, refused=error.message)


def _is_zip(path: Path) -> bool:
    if path.suffix.lower() != ".zip":
        return False
    with path.open("rb") as file:
        return file.read(4) == _ZIP


def _of_zip(address: tuple[str, ...], shown: str) -> Iterator[Member]:
    archive = _zip(address)
    for info in archive.infolist():
        if info.is_dir() or _is_clutter(info.filename):
            continue
        _check(info)
        member = Member(shown + info.filename, (*address, info.filename), info.file_size, info.CRC)
        if info.filename.lower().endswith(".zip"):
            if len(address) >= _MOST_NESTED:
                raise ArchiveRefused(
                    f"Zips lie within zips more than {_MOST_NESTED} deep. Nothing was read from them; unpack the outer ones first."
                )
            yield from _of_zip(member.address, f"{member.name}/")
        else:
            yield member


def _is_clutter(name: str) -> bool:
    return name.startswith("__MACOSX/") or name.rsplit("/", 1)[-1].startswith(".")


def _check(info: zipfile.ZipInfo) -> None:
    if info.flag_bits & 1:
        raise ArchiveRefused("This zip is locked with a password. Nothing was read; unpack it and give the folder.")
    packed = max(info.compress_size, 1)
    if info.file_size > MOST_STREAMED or (info.file_size > _RATIO_FROM and info.file_size > _MOST_RATIO * packed):
        raise ArchiveRefused(
            "A file in this zip claims a size that no training file has. Nothing was read; export your training again."
        )


@dataclass(frozen=True, slots=True)
class _Open:
    """A zip that stays open, since most are asked for many members. stamp: of the file on disk, which may be replaced meanwhile."""

    stamp: tuple[int, int]
    file: IO[bytes]
    archive: zipfile.ZipFile

    def close(self) -> None:
        self.archive.close()
        self.file.close()


_kept_open: dict[tuple[str, ...], _Open] = {}


@atexit.register
def _close_all() -> None:
    while _kept_open:
        _kept_open.popitem()[1].close()


def _zip(address: tuple[str, ...]) -> zipfile.ZipFile:
    """A zip, ready to be read. One within another is unpacked to a file without a name first."""
    status = Path(address[0]).stat()
    stamp = (status.st_mtime_ns, status.st_size)
    held = _kept_open.pop(address, None)
    if held is not None and held.stamp != stamp:
        held.close()
        held = None
    if held is None:
        while len(_kept_open) >= _MOST_OPEN:
            _kept_open.pop(next(iter(_kept_open))).close()
        file = _file_of(address)
        try:
            held = _Open(stamp, file, zipfile.ZipFile(file))
        except (zipfile.BadZipFile, NotImplementedError, EOFError):
            file.close()
            raise ArchiveRefused(_DAMAGED) from None
    _kept_open[address] = held
    return held.archive


def _file_of(address: tuple[str, ...]) -> IO[bytes]:
    if len(address) == 1:
        return Path(address[0]).open("rb")
    outer = _zip(address[:-1])
    spooled = tempfile.TemporaryFile()  # noqa: SIM115 - closed with its _Open
    try:
        _check(outer.getinfo(address[-1]))
        with outer.open(address[-1]) as inner:
            _copy(inner, spooled)
    except (zipfile.BadZipFile, NotImplementedError, KeyError, zlib.error, EOFError):
        spooled.close()
        raise ArchiveRefused(_DAMAGED) from None
    return spooled


def _copy(inner: IO[bytes], out: IO[bytes]) -> None:
    total = 0
    while chunk := inner.read(_CHUNK):
        total += len(chunk)
        if total > MOST_STREAMED:
            raise ArchiveRefused("A zip within this zip is larger than it says. Nothing was read from it.")
        out.write(chunk)


def opened(address: tuple[str, ...]) -> BinaryIO:
    """A member as a stream, for files too long to be held in memory. Raises ActivityUnreadable."""
    try:
        if len(address) == 1:
            return Path(address[0]).open("rb")
        return cast("BinaryIO", _zip(address[:-1]).open(address[-1]))
    except (OSError, KeyError, zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise ActivityUnreadable(_unreadable(error)) from None


def fetch(address: tuple[str, ...]) -> bytes:
    """The bytes of a member as they stand there. Raises ActivityUnreadable when it is too large, damaged or gone."""
    try:
        with opened(address) as stream:
            data = stream.read(MOST_BYTES + 1)
    except (OSError, zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise ActivityUnreadable(_unreadable(error)) from None
    if len(data) > MOST_BYTES:
        raise ActivityUnreadable(
            f"This file is larger than {MOST_BYTES // 1_000_000} MB, far beyond any activity. It was left out; the rest was read."
        )
    return data


def _unreadable(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return f"This file could not be opened ({error.strerror}). It was left out; the rest was read."
    return "This file is damaged inside its zip. It was left out; the rest was read. Download the zip again to get it."


def unpacked(data: bytes) -> tuple[bytes, bool]:
    """(bytes without gzip, whether the gzip breaks off before its end). Raises ActivityUnreadable when it holds too much."""
    if data[:2] != _GZIP:
        return data, False
    parts: list[bytes] = []
    while data[:2] == _GZIP:  # a gzip may be several, one behind another
        if len(parts) >= _MOST_GZIPS:
            raise ActivityUnreadable("This file is packed in more pieces than any training file. It was left out.")
        piece, data, whole = _gunzipped(data, MOST_BYTES - sum(map(len, parts)))
        parts.append(piece)
        if not whole:
            return b"".join(parts), True
    return b"".join(parts), False


def _gunzipped(data: bytes, most: int) -> tuple[bytes, bytes, bool]:
    """(what the first gzip in `data` holds, what lies behind it, whether it was whole), fed in pieces so that
    damage costs only what comes after it."""
    gunzip, pieces, total = zlib.decompressobj(wbits=31), [], 0
    with suppress(zlib.error):
        for at in range(0, len(data), _CHUNK):
            piece = gunzip.decompress(data[at : at + _CHUNK], most + 1 - total)
            pieces.append(piece)
            total += len(piece)
            if total > most:
                raise ActivityUnreadable(
                    f"This file unpacks to more than {MOST_BYTES // 1_000_000} MB, far beyond any activity. It was left out."
                )
            if gunzip.eof:
                return b"".join(pieces), gunzip.unused_data + data[at + _CHUNK :], True
    return b"".join(pieces), b"", False
