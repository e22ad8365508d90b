"""A report as plain text: any width from 40 columns, no colour, nothing that a terminal could take for a command."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from lumbago.model.document import Block, BlockKind, Document, Line, Section

_NARROWEST = 20
_GAP = "  "


def render_text(document: Document, width: int = 80) -> str:
    """The report in lines of at most `width` columns; the essentials stand first, as in the document."""
    width = max(width, _NARROWEST)
    lines = [*wrap(document.title, width), ""]
    for section in document.sections:
        lines += _section(section, width)
    lines.append("-" * width)
    for line in document.footer:
        lines += _line(line, width)
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _section(section: Section, width: int) -> Iterator[str]:
    title = list(wrap(section.title.upper(), width))
    yield from title
    yield "-" * max(columns(line) for line in title)
    for block in section.blocks:
        yield from _block(block, width)
        yield ""


def _block(block: Block, width: int) -> Iterable[str]:
    if block.kind is BlockKind.TABLE:
        return _table(block, width)
    if block.figure is not None:
        return [*block.figure.text.splitlines(), *(words for line in block.lines for words in _line(line, width))]
    if block.kind is BlockKind.CALLOUT:
        return _callout(block, width)
    if block.kind is BlockKind.PARAGRAPH:
        return (words for line in block.lines for words in _line(line, width))
    if block.kind is BlockKind.QUOTE:
        return (words for line in block.lines for words in _line(line, width, "  > ", "  > "))
    numbered = block.kind is BlockKind.STEPS
    return (
        words
        for place, line in enumerate(block.lines, start=1)
        for words in _line(line, width, f"{place}. " if numbered else "* ")
    )


def _callout(block: Block, width: int) -> Iterator[str]:
    """A frame above, below and to the left; the level itself in capitals."""
    yield "=" * width
    for place, line in enumerate(block.lines):
        if place:
            yield "|"
        yield from wrap(line.text.upper() if block.id == "level" else line.text, width, "| ", "| ")
        yield from _under(line, width, "|   ")
    yield "=" * width


def _line(line: Line, width: int, first: str = "", rest: str | None = None) -> Iterator[str]:
    indent = " " * len(first) if rest is None else rest
    yield from wrap(line.text, width, first, indent)
    yield from _under(line, width, indent)


def _under(line: Line, width: int, indent: str) -> Iterator[str]:
    """Children as a list, then the small print in brackets."""
    for child in line.children:
        yield from wrap(child.text, width, f"{indent}- ", f"{indent}  ")
        yield from _under(child, width, f"{indent}  ")
    if line.note:
        yield from wrap(f"[{line.note}]", width, indent, indent)


def _table(block: Block, width: int) -> Iterator[str]:
    heads = tuple(clean(head) for head in block.head)
    cells = [[_cell(line) for line in row] for row in block.rows]
    widths = _column_widths([[(head,) for head in heads], *cells], width)
    if heads:
        yield from _row([(head,) for head in heads], widths)
        yield _GAP.join("-" * each for each in widths)
    for row in cells:
        yield from _row(row, widths)


def _cell(line: Line) -> tuple[str, ...]:
    note = (f"[{line.note}]",) if line.note else ()
    return (line.text, *(child.text for child in line.children), *note)


def _column_widths(rows: Sequence[Sequence[Sequence[str]]], width: int) -> list[int]:
    """What each column would like, taken from the widest until the table fits."""
    count = max(len(row) for row in rows)
    widths = [max(columns(clean(words)) for row in rows for words in row[n : n + 1][0]) for n in range(count)]
    while sum(widths) + len(_GAP) * (count - 1) > width:
        widest = max(range(count), key=lambda n: widths[n])
        if widths[widest] <= 1:
            break
        widths[widest] -= 1
    return widths


def _row(row: Sequence[Sequence[str]], widths: Sequence[int]) -> Iterator[str]:
    wrapped = [[part for words in cell for part in wrap(words, each)] for cell, each in zip(row, widths, strict=True)]
    for n in range(max(len(cell) for cell in wrapped)):
        parts = [cell[n] if n < len(cell) else "" for cell in wrapped]
        yield _GAP.join(part + " " * (each - columns(part)) for part, each in zip(parts, widths, strict=True))


def wrap(text: str, width: int, first: str = "", rest: str = "") -> Iterator[str]:
    """Lines of at most `width` columns; a word longer than a line is cut."""
    line, empty = first, True
    for word in _pieces(clean(text).split(), max(width - max(len(first), len(rest)), 1)):
        if not empty and columns(line) + 1 + columns(word) > width:
            yield line
            line, empty = rest, True
        line, empty = (line + word, False) if empty else (f"{line} {word}", False)
    yield line


def _pieces(words: Iterable[str], most: int) -> Iterator[str]:
    for word in words:
        piece = ""
        for char in word:
            if piece and columns(piece + char) > most:
                yield piece
                piece = ""
            piece += char
        yield piece


def clean(text: str) -> str:
    """Without control characters and direction marks: a runner's words can steer neither terminal nor reading order."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(char if unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co") else " " for char in text)


def columns(text: str) -> int:
    """How many columns a terminal gives a text: two for wide letters, none for marks on a letter."""
    if text.isascii():
        return len(text)
    return sum(_columns_of(char) for char in text)


def _columns_of(char: str) -> int:
    if unicodedata.combining(char) or unicodedata.category(char) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in ("W", "F") else 1
