"""How quick an answer is: warm, as a whole process, the first one ever, and ten thousand in a batch.

usage: python benchmarks/timing.py [--batch N]      prints one table; run it on an otherwise idle machine

Figures are minimum, median and maximum of several runs. Machines differ and are noisy: read the ratios, not the milliseconds,
which is why each is also given as a multiple of the same machine starting a bare Python.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from lumbago.knowledge.load import load_knowledge
from lumbago.model.request import Request
from lumbago.pipeline import answer
from lumbago.report.contract import to_contract

ROOT = Path(__file__).resolve().parents[1]
STORY = (ROOT / "examples" / "story.txt").read_text(encoding="utf-8")
AS_OF = date(2026, 11, 25)
COMMAND = [sys.executable, "-m", "lumbago", "ask", str(ROOT / "examples" / "story.txt"), "--no-input"]


def timed(job: Callable[[], object], runs: int) -> list[float]:
    """Seconds of each run."""
    seconds = []
    for _ in range(runs):
        start = time.perf_counter()
        job()
        seconds.append(time.perf_counter() - start)
    return seconds


def process(command: list[str], cache: str) -> Callable[[], object]:
    environment = {**os.environ, "LUMBAGO_CACHE": cache}
    return lambda: subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)


def first_ever() -> None:
    with tempfile.TemporaryDirectory() as empty:
        process(COMMAND, empty)()


def batch(lines: int, cache: str) -> tuple[float, float]:
    """(seconds, greatest memory in MB) of a batch of so many copies of the example, as one process."""
    with tempfile.TemporaryDirectory() as folder:
        stories = Path(folder) / "stories.jsonl"
        with stories.open("w", encoding="utf-8") as file:
            for number in range(lines):
                file.write(json.dumps({"id": str(number), "story": STORY}) + "\n")
        out = str(Path(folder) / "answers.jsonl")
        command = [sys.executable, "-m", "lumbago", "ask", "--batch", str(stories), "--out", out]
        start = time.perf_counter()
        child = subprocess.Popen(command, env={**os.environ, "LUMBAGO_CACHE": cache})
        _, status, used = os.wait4(child.pid, 0)
        assert status == 0
        return time.perf_counter() - start, used.ru_maxrss / 1024


def main() -> None:
    """Print the table."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--batch", type=int, default=10_000, metavar="N")
    lines = arguments.parse_args().batch
    knowledge = load_knowledge()
    request = Request(AS_OF, STORY)
    answer(request, knowledge)
    with tempfile.TemporaryDirectory() as cache:
        bare = timed(process([sys.executable, "-c", "pass"], cache), 10)
        process(COMMAND, cache)()
        rows = [
            ("a bare Python process", bare),
            ("answer, warm", timed(lambda: answer(request, knowledge), 30)),
            ("answer and its JSON, warm", timed(lambda: to_contract(answer(request, knowledge), knowledge), 30)),
            ("whole process, story to answer", timed(process(COMMAND, cache), 10)),
            ("whole process, the first ever", timed(first_ever, 5)),
        ]
        base = statistics.median(bare)
        print(f"{'':34s}{'min':>9s}{'median':>9s}{'max':>9s}   x bare Python")
        for name, seconds in rows:
            low, middle, high = min(seconds) * 1e3, statistics.median(seconds) * 1e3, max(seconds) * 1e3
            print(f"{name:34s}{low:7.1f}ms{middle:7.1f}ms{high:7.1f}ms   {middle / 1e3 / base:.1f}")
        for number in (max(1, lines // 10), lines):
            seconds_taken, memory = batch(number, cache)
            print(f"batch of {number:6d} stories: {seconds_taken:6.1f} s, {memory:5.0f} MB at most")
    print(f"this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB at most")


if __name__ == "__main__":
    main()
