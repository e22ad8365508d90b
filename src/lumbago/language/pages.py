"""A pasted page or thread: which stretch of it is the asker's own story."""

from __future__ import annotations

import re
from dataclasses import dataclass

# Marks that forums, mails and question sites put between what different people wrote.
_OTHERS_BEGIN = re.compile(
    r"^[ \t]*(?:answer by\b.*|\d+ (?:answers|comments|replies)\b.*|(?:answers?|repl(?:y|ies)|comments?|best answer)[ \t]*:?[ \t]*"
    r"|on .{5,60}\bwrote:.*|>[ \t].*|.*\bposts: [\d,]+ member.*|-{3,}[ \t]*original message.*)$",
    re.IGNORECASE | re.MULTILINE,
)
_LEAST_STORY = 40  # characters; a mark before that is a heading, not the end of the story


@dataclass(frozen=True, slots=True)
class Part:
    """The beginning of a text, and what to say about the rest."""

    text: str
    warnings: tuple[str, ...] = ()


def asker_part(text: str) -> Part:
    """The story of the one who asks: what stands before the first mark of somebody else's words; all of it without such a mark."""
    for mark in _OTHERS_BEGIN.finditer(text):
        if len(text[: mark.start()].strip()) >= _LEAST_STORY:
            return Part(
                text[: mark.start()],
                (
                    "This looks like a page with several people on it. Only the part before the first reply was "
                    "read as your story; if your own words stand further down, send those alone.",
                ),
            )
    return Part(text)
