"""Plain text: never wider than asked, nothing lost, nothing that steers a terminal."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lumbago.knowledge.load import load_knowledge
from lumbago.model.document import Block, BlockKind, Document, Line, Section, Trace, TraceKind
from lumbago.model.knowledge import Knowledge
from lumbago.report.document import compose
from lumbago.report.text import clean, columns, render_text, wrap
from people import CAST, ada, ben, cleo

HERE = (Trace(TraceKind.TEXT, "safety-net"),)


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_knowledge()


def of(*blocks: Block) -> Document:
    return Document("A report", "routine", (Section("one", "One", blocks),))


@pytest.mark.parametrize("person", CAST)
def test_no_line_is_wider_than_asked(person, knowledge: Knowledge) -> None:
    document = compose(person(knowledge), knowledge)
    for width in range(40, 101):
        lines = render_text(document, width).splitlines()
        assert max(columns(line) for line in lines) <= width


@pytest.mark.parametrize("width", [40, 80])
def test_every_word_is_still_there(width: int, knowledge: Knowledge) -> None:
    document = compose(ada(knowledge), knowledge)
    shown = "".join(render_text(document, width).split()).replace("|", "").lower()
    for section in document.sections:
        for block in section.blocks:
            for line in block.lines:
                assert "".join(line.text.split()).replace("|", "").lower() in shown


def test_the_level_stands_in_the_first_lines(knowledge: Knowledge) -> None:
    top = render_text(compose(cleo(knowledge), knowledge)).splitlines()[:12]
    assert any("EMERGENCY: GET HELP NOW" in line for line in top)
    assert any("Call 999" in line for line in top)


def test_a_table_keeps_its_columns(knowledge: Knowledge) -> None:
    lines = render_text(compose(ben(knowledge), knowledge)).splitlines()
    head = next(line for line in lines if line.startswith("Day"))
    row = next(line for line in lines if line.startswith("Thu 26 Nov"))
    assert head.index("What") == row.index("Run")
    assert head.index("How long") == row.index("40 min")


def test_steps_are_numbered_and_quotes_marked() -> None:
    lines = (Line("Stand.", HERE), Line("Bend.", HERE))
    text = render_text(of(Block("s", BlockKind.STEPS, lines), Block("q", BlockKind.QUOTE, lines)))
    assert "1. Stand.\n2. Bend." in text and "  > Stand." in text


@pytest.mark.parametrize(
    "trick", ["\x1b[2Jgone", "a\x07b", "\x9b31m", "left\u202eright", "a\u200bb", "line\u2028break"]
)
def test_control_characters_and_direction_marks_never_come_through(trick: str) -> None:
    text = render_text(of(Block("b", BlockKind.PARAGRAPH, (Line(trick, HERE, note=trick),))))
    assert not set(text) & set("\x1b\x07\x9b\u202e\u200b\u2028")
    assert clean("plain words") == "plain words"


def test_long_words_wide_letters_and_marks_fit() -> None:
    for words in ("x" * 300, "背中が痛い" * 40, "a\u0301" * 200, "https://" + "y" * 120):
        assert all(columns(line) <= 40 for line in wrap(words, 40, "* ", "  "))
    assert columns("背") == 2 and columns("a\u0301") == 1


def test_a_table_squeezed_to_nothing_still_fits() -> None:
    row = tuple(Line("word " * 12, HERE, note="small") for _ in range(4))
    text = render_text(of(Block("t", BlockKind.TABLE, head=("One", "Two", "Three", "Four"), rows=(row,))), 40)
    assert max(columns(line) for line in text.splitlines()) <= 40


def test_a_hostile_story_changes_nothing_but_its_quotes(knowledge: Knowledge) -> None:
    answer = cleo(knowledge)
    hostile = replace(answer, reading=replace(answer.reading, subject="my \x1b[31m" + "z" * 200))
    lines = render_text(compose(hostile, knowledge), 40).splitlines()
    assert max(columns(line) for line in lines) <= 40
