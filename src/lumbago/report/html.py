"""A report as one page that stands alone: no scripts, nothing fetched, light or dark, phone or paper."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from html import escape

from lumbago.model.document import Block, BlockKind, Document, Line, Section
from lumbago.report.chart.picture import CHART_STYLE
from lumbago.report.text import clean

_NOTE_FOLDED_FROM = 90  # characters; shorter small print is shown at once
_FOLDED = {"exercises": "", "exercise-rules": "When an exercise moves on, holds or stops", "sources": "All {} sources"}

# The outline of each level: urgency is told by words and shape, never by colour alone.
_SHAPES = {
    "emergency-now": "M8 2h8l6 6v8l-6 6H8l-6-6V8zM12 6v8M12 17v1.5",
    "same-day": "M12 3l10 18H2zM12 9v6M12 17v1.5",
    "within-days": "M12 2l10 10-10 10L2 12zM12 7v6M12 15v1.5",
    "routine": "M4 4h16v16H4zM8 12h8",
    "self-care": "M2 12L12 3l10 9M5 10v11h14V10M10 21v-6h4v6",
}

_STYLE = (
    """
:root{color-scheme:light dark;--page:#fff;--ink:#1c1d1f;--soft:#4b4f54;--line:#8a9097;--pale:#f2f4f6;--link:#0b4f8a;
--emergency-now:#9b0000;--same-day:#8a3a00;--within-days:#6a4b00;--routine:#0b4f8a;--self-care:#1b5e20}
@media (prefers-color-scheme:dark){:root{--page:#15181b;--ink:#ecebe8;--soft:#bcc1c7;--line:#7d848b;--pale:#20252a;--link:#9ccbff}
.box.level{border-color:var(--line)}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--page);color:var(--ink);overflow-wrap:break-word;
font:1.0625rem/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
header,main,footer{max-width:46rem;margin:0 auto;padding:0 1rem}
header{padding-top:1rem}
h1{font-size:1.25rem;line-height:1.3;margin:0;font-weight:600}
h2{font-size:1.375rem;line-height:1.3;margin:2.25rem 0 .75rem;padding-top:.75rem;border-top:1px solid var(--line)}
section:first-child h2{border-top:0;margin-top:.5rem}
h3{font-size:1.0625rem;line-height:1.4;margin:0}
p{margin:.5rem 0}
ul,ol{margin:.5rem 0;padding-left:1.35rem}
ol{padding-left:2.4rem}
li{margin:.3rem 0}
li>p{margin:0}
.items{list-style:none;padding:0}
.items>li{margin:1rem 0;padding-left:.9rem;border-left:3px solid var(--line)}
.lead{font-weight:600}
.note{color:var(--soft);font-size:.9375rem}
.box{margin:1rem 0;padding:.75rem 1rem;border:2px solid var(--line);border-radius:.4rem;background:var(--pale)}
.level{padding:0;overflow:hidden;border-color:var(--level)}
.level h3{display:flex;gap:.75rem;align-items:center;padding:.75rem 1rem;background:var(--level);color:#fff;font-size:1.375rem}
.level svg{flex:none;width:2.25rem;height:2.25rem}
.level ul{margin:.75rem 1rem;list-style:none;padding:0}
.emergency-now{--level:var(--emergency-now)}.same-day{--level:var(--same-day)}.within-days{--level:var(--within-days)}
.routine{--level:var(--routine)}.self-care{--level:var(--self-care)}
blockquote{margin:.75rem 0;padding-left:1rem;border-left:3px solid var(--line)}
table{width:100%;border-collapse:collapse;margin:.75rem 0}
caption{text-align:left;font-weight:600;padding:.25rem 0}
th,td{text-align:left;vertical-align:top;padding:.5rem .75rem .5rem 0;border-bottom:1px solid var(--line)}
tbody th{font-weight:400}
tbody th,th:last-child,td:last-child{white-space:nowrap}
summary{cursor:pointer;padding:.25rem 0;min-height:1.75rem;color:var(--link)}
.items details{padding-left:0}
a{color:var(--link);display:inline-block;padding:.2rem 0}
nav ul{display:flex;flex-wrap:wrap;gap:.1rem 1.1rem;list-style:none;padding:0}
:focus-visible{outline:3px solid var(--link);outline-offset:2px}
footer{color:var(--soft);font-size:.9375rem;padding-bottom:2rem}
footer>div{margin-top:2.25rem;padding-top:.75rem;border-top:1px solid var(--line)}
.hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
@media (max-width:26rem){tbody th,th:last-child,td:last-child{white-space:normal}th,td{padding-right:.5rem}}
@media print{
@page{size:A4;margin:16mm}
:root{--page:#fff;--ink:#000;--soft:#222;--line:#666;--pale:#fff;--link:#000}
html{font-size:9.5pt}
body{font-size:1rem;line-height:1.4}
header,main,footer{max-width:none;padding:0}
nav{display:none}
.level h3{background:none;color:#000;border-bottom:2px solid #000}
h2,h3,.lead{break-after:avoid}
h2{margin-top:1.25rem}
.box,tr,li:not(.items>li){break-inside:avoid}
details::details-content{content-visibility:visible;block-size:auto}
summary{list-style:none}
}
figure{margin:1rem 0}
"""
    + CHART_STYLE
).strip()
_STYLE_HASH = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
_POLICY = f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; base-uri 'none'; form-action 'none'"


def render_html(document: Document) -> str:
    """The whole page, everything in it escaped."""
    title = _text(document.title)
    first, *rest = [_section(section, document.level) for section in document.sections] or [""]
    return "\n".join(
        (
            "<!doctype html>",
            f'<html lang="{_text(document.language)}">',
            "<head>",
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{escape(_POLICY)}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="referrer" content="no-referrer">',
            f"<title>{title}</title>",
            f"<style>{_STYLE}</style>",
            "</head>",
            "<body>",
            f"<header><h1>{title}</h1></header>",
            "<main>",
            first,
            _contents(document.sections[1:]),
            *rest,
            "</main>",
            f"<footer><div>{''.join(_paragraph(line) for line in document.footer)}</div></footer>",
            "</body>",
            "</html>",
            "",
        )
    )


def _text(words: str) -> str:
    return escape(clean(words))


def _contents(sections: Iterable[Section]) -> str:
    links = "".join(f'<li><a href="#{_text(s.id)}">{_text(s.title)}</a></li>' for s in sections)
    if not links:
        return ""
    return f'<nav aria-label="On this page"><details><summary>On this page</summary><ul>{links}</ul></details></nav>'


def _section(section: Section, level: str) -> str:
    name = _text(section.id)
    blocks = "\n".join(_block(block, level) for block in section.blocks)
    return (
        f'<section id="{name}" aria-labelledby="{name}-title">\n'
        f'<h2 id="{name}-title">{_text(section.title)}</h2>\n{blocks}\n</section>'
    )


def _block(block: Block, level: str) -> str:
    if block.id in _FOLDED:
        return _folded(block)
    match block.kind:
        case BlockKind.TABLE:
            return _table(block)
        case BlockKind.CALLOUT:
            return _callout(block, level)
        case BlockKind.PARAGRAPH:
            return "\n".join(_paragraph(line) for line in block.lines)
        case BlockKind.QUOTE:
            return f"<blockquote>{''.join(_paragraph(line) for line in block.lines)}</blockquote>"
        case BlockKind.FIGURE:
            drawn = block.figure.svg if block.figure else ""
            below = "".join(_paragraph(line) for line in block.lines)
            return f"<figure>{drawn}<figcaption>{below}</figcaption></figure>" if below else f"<figure>{drawn}</figure>"
        case BlockKind.STEPS:
            return f"<ol>{_items(block.lines)}</ol>"
        case BlockKind.BULLETS:
            start = '<ul class="items">' if any(line.children for line in block.lines) else "<ul>"
            return f"{start}{_items(block.lines)}</ul>"


def _folded(block: Block) -> str:
    """A list that opens on demand: as a whole, or each of its lines."""
    whole = _FOLDED[block.id]
    if whole:
        tag = "ol" if block.kind is BlockKind.STEPS else "ul"
        summary = whole.format(len(block.lines))
        return f"<details><summary>{summary}</summary><{tag}>{_items(block.lines)}</{tag}></details>"
    return "".join(
        f"<details><summary>{_text(line.text)}</summary>{_list(line.children)}{_note(line, folds=False)}</details>"
        for line in block.lines
    )


def _paragraph(line: Line) -> str:
    return f"<p>{_text(line.text)}</p>{_list(line.children)}{_note(line)}"


def _items(lines: Iterable[Line]) -> str:
    return "".join(f"<li>{_item(line)}</li>" for line in lines)


def _item(line: Line) -> str:
    if not line.children and not line.note:
        return _text(line.text)
    lead = ' class="lead"' if line.children else ""
    return f"<p{lead}>{_text(line.text)}</p>{_list(line.children)}{_note(line)}"


def _list(lines: tuple[Line, ...]) -> str:
    return f"<ul>{_items(lines)}</ul>" if lines else ""


def _note(line: Line, folds: bool = True) -> str:
    """Small print: short beside its statement, long behind a fold that names what it is about."""
    if not line.note:
        return ""
    words = f'<p class="note">{_text(line.note)}</p>'
    if not folds or len(line.note) < _NOTE_FOLDED_FROM:
        return words
    about = f'<span class="hidden"> of: {_text(line.text)}</span>'
    return f"<details><summary>Small print{about}</summary>{words}</details>"


def _callout(block: Block, level: str) -> str:
    if block.id == "level":
        line = block.lines[0]
        return (
            f'<div class="box level {_text(level)}"><h3>{_shape(level)}<span>{_text(line.text)}</span></h3>'
            f"{_list(line.children)}</div>"
        )
    return f'<div class="box">{"".join(_boxed(line) for line in block.lines)}</div>'


def _boxed(line: Line) -> str:
    if not line.children:
        return _paragraph(line)
    return f"<h3>{_text(line.text)}</h3>{_list(line.children)}{_note(line)}"


def _shape(level: str) -> str:
    outline = _SHAPES.get(level, _SHAPES["routine"])
    return (
        '<svg viewBox="0 0 24 24" aria-hidden="true" focusable="false" fill="none" stroke="currentColor" '
        f'stroke-width="2" stroke-linecap="round" stroke-linejoin="round"><path d="{outline}"/></svg>'
    )


def _table(block: Block) -> str:
    head = "".join(f'<th scope="col">{_text(name)}</th>' for name in block.head)
    rows = "".join(f"<tr>{_row(row)}</tr>" for row in block.rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _row(row: tuple[Line, ...]) -> str:
    first, *rest = row
    cells = "".join(f"<td>{_text(line.text)}{_list(line.children)}{_note(line, folds=False)}</td>" for line in rest)
    return f'<th scope="row">{_text(first.text)}</th>{cells}'
