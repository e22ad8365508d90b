"""The command line with whatever is given to it: an answer or a refusal in words, never a traceback."""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import resource
import subprocess
import sys
import unicodedata
from pathlib import Path

from lumbago.cli import main

FILES = Path(__file__).parent / "files"
STORY = "My lower back aches after long runs. No numbness, my legs are fine."
GIGABYTE = 1 << 30
HANGS_AFTER_S = 300  # far beyond what a slow machine needs; only there so that a hang fails and does not hang the tests


def ask(*argv: str) -> tuple[int, str, str]:
    """(exit code, what it said, what it complained of), in process."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main(["ask", *argv, "--no-input", "--today", "2026-11-23"])
    return code, out.getvalue(), err.getvalue()


def answered_or_refused(*argv: str) -> str:
    """What it said. Fails on anything but an answer (0) or a refusal in one plain sentence or two (2)."""
    code, out, err = ask(*argv)
    assert code in (0, 2), err
    assert "Traceback" not in err and "a fault in the program" not in err
    if code == 2:
        assert not out and err.startswith("lumbago: ") and err.rstrip().endswith(".")
    steering = {char for char in out + err if unicodedata.category(char) in ("Cc", "Cf", "Cs") and char != "\n"}
    assert not steering, steering
    return out


def kept(data: bytes, suffix: str, folder: Path) -> str:
    """The path of a file with these bytes. At night it stands among the damaged examples until it was read without a fault."""
    name = f"found-{hashlib.sha256(data).hexdigest()[:12]}{suffix}"
    path = (FILES if os.environ.get("LUMBAGO_NIGHTLY") == "1" else folder) / name
    path.write_bytes(data)
    return str(path)


def in_small_memory(*argv: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """One command in a process of its own, that may use a gigabyte at most."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (GIGABYTE, GIGABYTE))

    command = [sys.executable, "-m", "lumbago", *argv]
    return subprocess.run(command, input=stdin, capture_output=True, timeout=HANGS_AFTER_S, preexec_fn=limit)
