"""Readers that misbehave, for the processes that must survive them."""

from __future__ import annotations

import os
import time

from lumbago.activities.exports import Task
from lumbago.journal.worker import Decoded, Reading


def read(task: Task, _: Reading) -> Decoded:
    """By name: `dies` ends its process, `hangs` never answers, `bursts` wants more memory than there may be; others are
    read, `slow` ones later."""
    name = task.member.name
    if "dies" in name:
        os._exit(9)
    if "slow" in name:
        time.sleep(0.05)
    if "hangs" in name:
        time.sleep(3600)
    if "bursts" in name:
        try:
            bytearray(100_000_000_000)
        except MemoryError:
            return Decoded(why="memory")
    return Decoded(sha256=name)
