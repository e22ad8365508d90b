"""Reads damaged training files in a process of its own, with little memory and an alarm, and tells what became of each.

Run as `python mutate_files.py COUNT SEED PATH...`; prints one JSON line a file: which file and mutation, what came of it, seconds.
"""

from __future__ import annotations

import json
import random
import resource
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

from lumbago.activities.archive import unpacked
from lumbago.activities.read import read_bytes
from lumbago.errors import InputError

SECONDS = 10
MEGABYTES = 512  # beyond what the program takes before its first file
LARGEST = 600_000  # bytes of a file before it is damaged, so that many can be tried


def flip(data: bytearray, chance: random.Random) -> bytearray:
    for _ in range(chance.randint(1, 12)):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    return data


def garble(data: bytearray, chance: random.Random) -> bytearray:
    at, length = chance.randrange(len(data)), chance.randint(1, 400)
    data[at : at + length] = chance.randbytes(len(data[at : at + length]))
    return data


def cut(data: bytearray, chance: random.Random) -> bytearray:
    return data[: chance.randrange(len(data))]


def leave_out(data: bytearray, chance: random.Random) -> bytearray:
    at = chance.randrange(len(data))
    del data[at : at + chance.randint(1, 2000)]
    return data


def repeat(data: bytearray, chance: random.Random) -> bytearray:
    at, length = chance.randrange(len(data)), chance.randint(1, 2000)
    return data[:at] + data[at : at + length] * chance.randint(2, 40) + data[at:]


def blank(data: bytearray, chance: random.Random) -> bytearray:
    at, length = chance.randrange(len(data)), chance.randint(1, 4000)
    data[at : at + length] = bytes(len(data[at : at + length]))
    return data


def claim_more(data: bytearray, chance: random.Random) -> bytearray:
    """Large numbers where lengths and counts stand."""
    at = chance.randrange(max(len(data) - 4, 1))
    data[at : at + 4] = chance.choice((b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"\x00\x00\x00\x80", b"9999"))
    return data


MUTATIONS: tuple[Callable[[bytearray, random.Random], bytearray], ...] = (
    flip, garble, cut, leave_out, repeat, blank, claim_more,
)  # fmt: skip


def outcome(data: bytes) -> str:
    """`read`, or the code of the refusal; any other end is the exception's name."""
    try:
        read_bytes(data)
    except InputError as error:
        return error.code
    except BaseException as error:
        return f"crash: {type(error).__name__}: {error}"
    return "read"


def too_slow(*_: object) -> None:
    raise TimeoutError(f"more than {SECONDS} s")


def main(count: int, seed: int, paths: list[str]) -> None:
    chance = random.Random(seed)
    sources = {path: bytearray(unpacked(Path(path).read_bytes())[0][:LARGEST]) for path in paths}
    sources = {path: data for path, data in sources.items() if data}
    for data in sources.values():
        outcome(bytes(data))  # so that everything is imported before memory is measured
    used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    most = used + MEGABYTES * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    signal.signal(signal.SIGALRM, too_slow)
    for number in range(count):
        path = chance.choice(list(sources))
        mutation = chance.choice(MUTATIONS)
        data = mutation(bytearray(sources[path]), chance)
        begun = time.perf_counter()
        signal.alarm(SECONDS)
        became = outcome(bytes(data))
        signal.alarm(0)
        row = {
            "number": number,
            "file": Path(path).name,
            "mutation": mutation.__name__,
            "outcome": became,
            "seconds": round(time.perf_counter() - begun, 3),
        }
        print(json.dumps(row), flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:])
