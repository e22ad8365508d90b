"""One page that stands alone, safe whatever a story holds, and built so that a screen reader can walk it."""

from __future__ import annotations

import base64
import hashlib
import itertools
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from lumbago.knowledge.load import load_knowledge
from lumbago.model.document import Block, BlockKind, Document, Line, Section, Trace, TraceKind
from lumbago.model.findings import Finding, Findings, Quote
from lumbago.model.knowledge import Knowledge
from lumbago.model.levels import Level, Status
from lumbago.model.reading import Ask
from lumbago.report.document import compose
from lumbago.report.html import render_html
from people import CAST, ada, cleo

VOID = {"meta", "path"}
HERE = (Trace(TraceKind.TEXT, "safety-net"),)


class Page(HTMLParser):
    """Tags, attributes and text of a page; fails on a tag closed out of turn."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.words: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def of(self, *names: str) -> list[dict[str, str | None]]:
        return [attrs for tag, attrs in self.tags if tag in names]


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_knowledge()


@pytest.mark.parametrize("person", CAST)
def test_the_page_stands_alone(person, knowledge: Knowledge) -> None:
    page = Page(render_html(compose(person(knowledge), knowledge)))
    assert not page.of("script", "link", "img", "iframe", "object", "form", "base")
    for _, attrs in page.tags:
        assert not [name for name in attrs if name.startswith("on") or name in ("src", "style")]
        assert (attrs.get("href") or "#").startswith("#")
    style = "".join(re.findall(r"<style>(.*?)</style>", render_html(compose(person(knowledge), knowledge)), re.S))
    assert "url(" not in style and "@import" not in style and "http" not in style


@pytest.mark.parametrize("person", CAST)
def test_headings_landmarks_and_links_are_in_order(person, knowledge: Knowledge) -> None:
    text = render_html(compose(person(knowledge), knowledge))
    page = Page(text)
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(later <= earlier + 1 for earlier, later in itertools.pairwise(levels))
    assert page.of("html")[0]["lang"] == "en"
    assert [len(page.of(name)) for name in ("header", "main", "footer", "nav", "title")] == [1] * 5
    ids = [attrs["id"] for _, attrs in page.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    assert {str(a["href"])[1:] for a in page.of("a")} <= set(ids)
    assert {str(s["aria-labelledby"]) for s in page.of("section")} <= set(ids)


def test_the_policy_allows_this_style_and_nothing_else(knowledge: Knowledge) -> None:
    text = render_html(compose(ada(knowledge), knowledge))
    style = re.findall(r"<style>(.*?)</style>", text, re.S)[0]
    policy = next(str(a["content"]) for a in Page(text).of("meta") if a.get("http-equiv") == "Content-Security-Policy")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy.startswith(f"default-src 'none'; style-src 'sha256-{digest}'")
    assert "unsafe" not in policy


def test_a_hostile_quote_is_only_words(knowledge: Knowledge) -> None:
    answer = cleo(knowledge)
    trick = "\"><script>alert(1)</script><img src=x onerror='y'>&lt;"
    findings = Findings((Finding("low-back-pain", Status.PRESENT, quotes=(Quote(trick, 0, len(trick)),)),))
    reading = replace(answer.reading, subject=trick, asks=(Ask("fever", Quote(trick, 0, len(trick))),))
    page = Page(render_html(compose(replace(answer, findings=findings, reading=reading, warnings=(trick,)), knowledge)))
    assert not page.of("script", "img")
    assert "".join(page.words).count(trick) >= 3


def test_the_runners_marks_are_shown_as_written(knowledge: Knowledge) -> None:
    assert "Both my feet feel &lt;b&gt;dead&lt;/b&gt; &amp; heavy" in render_html(compose(cleo(knowledge), knowledge))


@pytest.mark.parametrize("level", list(Level))
def test_each_level_has_words_and_a_shape_of_its_own(level: Level, knowledge: Knowledge) -> None:
    answer = ada(knowledge)
    pages = {
        each: Page(render_html(compose(replace(answer, triage=replace(answer.triage, level=each)), knowledge)))
        for each in Level
    }
    shapes = {each: str(page.of("path")[0]["d"]) for each, page in pages.items()}
    assert sum(shape == shapes[level] for shape in shapes.values()) == 1
    assert any(a.get("class") == f"box level {level}" for a in pages[level].of("div"))


def test_light_dark_phone_and_paper_are_catered_for(knowledge: Knowledge) -> None:
    text = render_html(compose(ada(knowledge), knowledge))
    for query in ("prefers-color-scheme:dark", "@media print", "size:A4", "max-width:26rem", ":focus-visible"):
        assert query in text
    assert 'content="width=device-width, initial-scale=1"' in text


def _light(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    high, low = sorted((_light(one), _light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _long(colour: str) -> str:
    return colour if len(colour) == 7 else "#" + "".join(c * 2 for c in colour[1:])


def test_colours_reach_wcag_aa_in_both_themes(knowledge: Knowledge) -> None:
    text = render_html(compose(ada(knowledge), knowledge))
    light, dark = (
        {name: _long(value) for name, value in re.findall(r"--([a-z-]+):(#[0-9a-f]{3,6})", part)}
        for part in re.findall(r":root\{(.*?)\}", text, re.S)[:2]
    )
    for theme in (light, {**light, **dark}):
        for ink in ("ink", "soft", "link"):
            for ground in ("page", "pale"):
                assert _contrast(theme[ink], theme[ground]) >= 4.5, (ink, ground)
        assert _contrast(theme["line"], theme["page"]) >= 3
        for level in Level:
            assert _contrast("#ffffff", theme[level.value]) >= 4.5


def test_small_print_is_folded_when_long_and_names_its_statement() -> None:
    lines = (Line("Short.", HERE, note="Brief."), Line("Long.", HERE, note="Words. " * 40))
    text = render_html(Document("T", "routine", (Section("s", "S", (Block("b", BlockKind.BULLETS, lines),)),)))
    assert text.count("<details>") == 1  # there is one section, so no contents list
    assert 'Small print<span class="hidden"> of: Long.</span>' in text


def test_every_kind_of_block_is_written() -> None:
    line = Line("Words.", HERE, children=(Line("Below.", HERE),))
    blocks = tuple(Block(f"b-{kind}", kind, (line,)) for kind in BlockKind if kind is not BlockKind.TABLE)
    table = Block("t", BlockKind.TABLE, head=("A", "B"), rows=((Line("1", HERE), line),))
    page = Page(render_html(Document("T", "", (Section("s", "S", (*blocks, table)),))))
    assert "".join(page.words).count("Words.") == len(blocks) + 1
    assert {"scope": "row"} in page.of("th") and page.of("blockquote", "ol")


def test_an_empty_report_is_still_a_page() -> None:
    assert Page(render_html(Document("T", "", ()))).of("main")
