"""What is written by the program itself: the pages of docs/reference, and the answer that README.md shows.

`python docs/generate.py` writes them; with `--check` it writes nothing and names each page that is out of date.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from itertools import takewhile
from pathlib import Path

from lumbago.activities.exports import read_paths
from lumbago.cli import parser as whole_command_line
from lumbago.cli.given import read_answers
from lumbago.knowledge.load import load_for_authors
from lumbago.knowledge.show import in_words
from lumbago.model.conditions import Condition
from lumbago.model.document import Section
from lumbago.model.knowledge import Dose, Knowledge, Rule
from lumbago.model.levels import Level
from lumbago.model.request import Request
from lumbago.pipeline import answer
from lumbago.report.contract import schema
from lumbago.report.document import compose
from lumbago.report.text import render_text

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "reference"
README = ROOT / "README.md"
OPENS, CLOSES = "<!-- answer -->\n", "<!-- /answer -->"
BY_HAND = (
    "merged-sources.md",
    "triage-rows.md",
    "claims-read.md",
)  # pages of the reference that nothing can write anew
SHOWN = ("level", "fits", "training", "contributors", "advice", "week")
BASIS = {"G": "guideline", "S": "our synthesis", "W": "weak"}


def cell(text: object) -> str:
    """Text inside a table cell or a list: one line, nothing read as markup."""
    line = " ".join(str(text).split())
    return line.replace("|", "\\|").replace("<", "&lt;").replace("[", "\\[").replace("{", "\\{").replace("*", "\\*")


def headline(text: str) -> str:
    """Text that begins with a capital."""
    return cell(text[:1].upper() + text[1:])


def code(ids: Iterable[str]) -> str:
    """Ids as code, in a row."""
    return ", ".join(f"`{name}`" for name in ids)


def sources(ids: Iterable[str]) -> str:
    """Source ids, each a link to its entry."""
    return ", ".join(f"[{name}](sources.md#source-{name})" for name in ids) or "none"


def table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """A table, its cells as they are."""
    names = list(head)
    yield "| " + " | ".join(names) + " |"
    yield "| " + " | ".join("---" for _ in names) + " |"
    for row in rows:
        yield "| " + " | ".join(str(value) for value in row) + " |"
    yield ""


def condition(node: Condition) -> str:
    """A condition in words, as code."""
    return f"`{in_words(node)}`"


def findings_page(knowledge: Knowledge) -> Iterator[str]:
    """Every finding with its question, by group."""
    yield "# Findings\n"
    yield f"The vocabulary: {len(knowledge.findings)} findings. Answers use these ids; *yes* always means present.\n"
    groups: dict[str, list[str]] = {}
    for spec in knowledge.findings.values():
        groups.setdefault(spec.group, []).append(spec.id)
    for group, ids in sorted(groups.items()):
        yield f"## {group.replace('-', ' ').capitalize()}\n"
        specs = [knowledge.findings[name] for name in sorted(ids)]
        rows = [
            [f"`{f.id}`", cell(f.ask), _kind(f.kind, f.unit, f.options), "red flag" if f.critical else ""]
            for f in specs
        ]
        yield from table(["id", "question", "answer", ""], rows)


def _kind(kind: str, unit: str | None, options: tuple[str, ...]) -> str:
    if options:
        return cell(", ".join(options))
    return kind.replace("_", " or ") + (f" in `{unit}`" if unit else "")


def rules_page(knowledge: Knowledge) -> Iterator[str]:
    """Every rule, gravest first, with its condition, basis and sources."""
    rules = knowledge.rules.values()
    reviewed = sum(rule.reviewed_by_clinician for rule in rules)
    yield "# Rules\n"
    yield f"{len(rules)} rules. Reviewed by a clinician: {reviewed}. [How triage decides](../explanation/triage.md) says how they join.\n"
    for level in sorted(Level, key=lambda level: -level.rank):
        yield from _rules_of(f"`{level}`", [rule for rule in rules if rule.level is level])
    yield from _rules_of(
        "Cautions and watch lines, which raise no level", [rule for rule in rules if rule.level is None]
    )


def _rules_of(title: str, rules: list[Rule]) -> Iterator[str]:
    if not rules:
        return
    yield f"## {title}\n"
    for rule in sorted(rules, key=lambda rule: rule.id):
        yield f"### {headline(rule.label)}\n"
        yield f"{cell(rule.say)}\n"
        yield f"- Id: `{rule.id}`, tier {rule.tier}, basis {rule.basis} ({BASIS[rule.basis]})"
        yield f"- When: {condition(rule.when)}"
        if rule.unless:
            yield f"- Unless: {code(rule.unless)}"
        if rule.activity:
            yield f"- The most a plan may hold: {rule.activity}"
        yield f"- Sources: {sources(rule.sources)}\n"


def patterns_page(knowledge: Knowledge) -> Iterator[str]:
    """Every pattern with what speaks for and against it."""
    yield "# Patterns\n"
    yield "Pictures that a story can fit. None is a diagnosis. [How they are weighed](../explanation/explaining.md).\n"
    for pattern in sorted(knowledge.patterns.values(), key=lambda pattern: pattern.id):
        yield f"## {headline(pattern.label)}\n"
        yield f"- Id: `{pattern.id}`, evidence grade {pattern.grade}, shown {pattern.shown.replace('-', ' ')}"
        for name, weighed in (("For", pattern.for_), ("Against", pattern.against)):
            if weighed:
                yield f"- {name}: " + "; ".join(f"{condition(item.when)} ({item.weight})" for item in weighed)
        yield f"- A plan may hold: {pattern.plan.limit}. {cell(pattern.plan.running)}"
        yield f"- What would change it: {cell(pattern.would_change_it)}"
        yield f"- Sources: {sources(pattern.sources)}\n"


def contributors_page(knowledge: Knowledge) -> Iterator[str]:
    """Every possible contributor with the evidence for backs."""
    yield "# Contributors\n"
    yield "Things that may have played a part. Each is possible, none is called a cause.\n"
    for spec in sorted(knowledge.contributors.values(), key=lambda spec: spec.id):
        yield f"## {headline(spec.label)}\n"
        yield f"{headline(spec.evidence_note)}\n"
        yield f"- Id: `{spec.id}`, evidence for backs: {spec.evidence_for_back.replace('-', ' ')}"
        for name, ids in (
            ("For", spec.for_),
            ("Against", spec.against),
            ("Claims", spec.claims),
            ("Exercises", spec.exercises),
        ):
            if ids:
                yield f"- {name}: {code(ids)}"
        yield f"- What to do: {cell(spec.do)}"
        yield f"- Sources: {sources(spec.sources)}\n"


def claims_page(knowledge: Knowledge) -> Iterator[str]:
    """Every claim by its verdict."""
    yield "# Claims\n"
    yield f"{len(knowledge.claims)} pieces of advice that people give, and what is known of each.\n"
    for claim in sorted(knowledge.claims.values(), key=lambda claim: claim.id):
        yield f"## {cell(claim.claim)}\n"
        yield f"**{claim.verdict.capitalize()}.** {cell(claim.why)}\n"
        yield f"- Id: `{claim.id}`, a claim about {cell(claim.kind)}"
        yield f"- Instead: {cell(claim.do_instead)}"
        yield f"- Sources: {sources(claim.sources)}\n"


def exercises_page(knowledge: Knowledge) -> Iterator[str]:
    """Every exercise with how to do it and how much."""
    yield "# Exercises\n"
    for spec in sorted(knowledge.exercises.values(), key=lambda spec: spec.id):
        yield f"## {cell(spec.name)}\n"
        yield from (f"{number}. {cell(step)}" for number, step in enumerate(spec.how, start=1))
        yield f"\n- Id: `{spec.id}`, {spec.kind}, grade {spec.grade}"
        yield f"- Dose: {cell(_dose(spec.dose))}"
        if spec.easier or spec.harder:
            yield f"- Easier: {cell(spec.easier or 'none')}; harder: {cell(spec.harder or 'none')}"
        if spec.avoid_when:
            yield f"- Not when: {cell('; '.join(spec.avoid_when))}"
        if spec.stop_if:
            yield f"- Stop if: {cell('; '.join(spec.stop_if))}"
        yield f"- Sources: {sources(spec.sources)}\n"


def _dose(dose: Dose) -> str:
    parts = [f"sets: {dose.sets_text or dose.sets}"]
    parts += [f"repeats: {dose.reps}"] if dose.reps else []
    parts += [f"hold: {dose.hold_s} s"] if dose.hold_s else []
    parts += ["each side"] if dose.a_side else []
    return "; ".join([*parts, f"times a week: {dose.per_week}"])


def limits_page(knowledge: Knowledge) -> Iterator[str]:
    """Every number that a stage needs, with what it rests on."""
    yield "# Limits\n"
    yield "The numbers behind plans, fits and questions. E: evidence. X: expert or guideline. O: our own working rule.\n"
    for limit in sorted(knowledge.limits.values(), key=lambda limit: limit.id):
        yield f"## {headline(limit.label)}\n"
        yield f"- Id: `{limit.id}`, basis {limit.basis}"
        if limit.note:
            yield f"- {cell(limit.note)}"
        yield f"- Sources: {sources(limit.sources)}"
        yield from _values(limit.values, "")
        yield ""


def _values(values: Mapping[str, object], indent: str) -> Iterator[str]:
    for name, value in values.items():
        rows = value if isinstance(value, list | tuple) and any(isinstance(row, Mapping) for row in value) else []
        yield f"{indent}- `{name}`" + ("" if rows or isinstance(value, Mapping) else f": {cell(_plain(value))}")
        if isinstance(value, Mapping):
            yield from _values({str(key): inner for key, inner in value.items()}, indent + "  ")
        yield from (f"{indent}  - {cell(_plain(row))}" for row in rows)


def _plain(value: object) -> str:
    if isinstance(value, Mapping):
        return "; ".join(f"{name}: {_plain(inner)}" for name, inner in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(_plain(inner) for inner in value)
    return str(value)


def sources_page(knowledge: Knowledge) -> Iterator[str]:
    """Every source with what was found in it."""
    seen = sum(source.verified for source in knowledge.sources.values())
    yield "# Sources\n"
    yield f"{len(knowledge.sources)} sources, {seen} of them seen by us. What each found is told in our own words.\n"
    for source in sorted(knowledge.sources.values(), key=lambda source: source.id):
        yield f"(source-{source.id})=\n## {cell(source.title)}\n"
        yield f"{cell(source.finding)}\n"
        told = [
            source.kind.replace("_", " "),
            source.authors,
            source.venue,
            source.year,
            f"n = {source.n}" if source.n else None,
        ]
        yield f"- `{source.id}`: {cell(', '.join(str(part) for part in told if part))}"
        yield f"- {'Seen by us' if source.verified else 'Not seen by us: known from another source'}"
        if source.doi:
            yield f"- doi: {cell(source.doi)}"
        if source.caveat:
            yield f"- {cell(source.caveat)}"
        yield ""


def command_line_page(_: Knowledge) -> Iterator[str]:
    """Every command and option, from the parser itself."""
    yield "# The command line\n"
    yield from _command(whole_command_line(), "lumbago")


def _command(parser: argparse.ArgumentParser, name: str) -> Iterator[str]:
    inner: dict[str, argparse.ArgumentParser] = {}
    rows = []
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            inner |= action.choices
        elif not isinstance(action, argparse._HelpAction) and action.help != argparse.SUPPRESS:
            rows.append([_usage(action), cell(action.help or "")])
    yield f"## {name}\n"
    if parser.description:
        yield f"{cell(parser.description)}\n"
    if rows:
        yield from table(["option", "what it does"], rows)
    for word, sub in inner.items():
        yield from _command(sub, f"{name} {word}")


def _usage(action: argparse.Action) -> str:
    value = action.metavar or ("|".join(map(str, action.choices)) if action.choices else action.dest.upper())
    shown = str(value if isinstance(value, str) else " ".join(value)).replace("|", "\\|")
    takes = "" if action.nargs == 0 else shown
    if not action.option_strings:
        return f"`{takes}`"
    return f"`{', '.join(action.option_strings)}{' ' + takes if takes else ''}`"


def answer_page(_: Knowledge) -> Iterator[str]:
    """The shape of an answer in JSON, by its schema."""
    yield "# The shape of an answer\n"
    yield "What `--format json` and each line of a batch give. Fields may be added; none is renamed. `lumbago schema answer` prints it.\n"
    yield "```{literalinclude} answer.schema.json\n:language: json\n```"


def index_page(_: Knowledge) -> Iterator[str]:
    """The table of contents of the reference."""
    yield "# Reference\n"
    yield "These pages are written by `make reference` from the program and its knowledge.\n"
    yield "```{toctree}\n:maxdepth: 1\n"
    yield from (name.removesuffix(".md") for name in [*PAGES, *BY_HAND] if name != "index.md")
    yield "```"


PAGES: dict[str, Callable[[Knowledge], Iterator[str]]] = {
    "index.md": index_page,
    "command-line.md": command_line_page,
    "answer.md": answer_page,
    "rules.md": rules_page,
    "findings.md": findings_page,
    "patterns.md": patterns_page,
    "contributors.md": contributors_page,
    "claims.md": claims_page,
    "exercises.md": exercises_page,
    "limits.md": limits_page,
    "sources.md": sources_page,
}


def readme(knowledge: Knowledge) -> str:
    """README.md with the example's answer of today's program and knowledge, shortened, between its marks."""
    before, _, rest = README.read_text(encoding="utf-8").partition(OPENS)
    _, _, after = rest.partition(CLOSES)
    return f"{before}{OPENS}```text\n{example_answer(knowledge)}\n```\n{CLOSES}{after}"


def example_answer(knowledge: Knowledge) -> str:
    """The text of the example's answer up to its week, as of a fixed day."""
    folder = ROOT / "examples"
    answers, _ = read_answers((folder / "answers.yaml").read_text(encoding="utf-8"), "answers.yaml")
    story = (folder / "story-with-runs.txt").read_text(encoding="utf-8")
    runs, _ = read_paths([folder / "training.csv"])
    request = Request(as_of=date(2026, 11, 23), story=story, answers=answers, onset=date(2026, 11, 5), activities=runs)
    document = compose(answer(request, knowledge), knowledge)
    sections = tuple(_shortened(section) for section in document.sections if section.id in SHOWN)
    return render_text(replace(document, sections=sections, footer=())).rstrip("-\n ")


def _shortened(section: Section) -> Section:
    blocks = takewhile(lambda block: not block.id.startswith("exercises"), section.blocks)
    return replace(section, blocks=tuple(blocks))


def generated() -> dict[Path, str]:
    """Every generated file with its text."""
    knowledge = load_for_authors()
    pages = {FOLDER / name: "\n".join(page(knowledge)).rstrip() + "\n" for name, page in PAGES.items()}
    answer_schema = json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"
    return pages | {FOLDER / "answer.schema.json": answer_schema, README: readme(knowledge)}


def stale() -> list[str]:
    """The files that are missing, out of date, or no longer made."""
    wanted = generated()
    held = {path: path.read_text(encoding="utf-8") for path in [*FOLDER.glob("*"), README] if path.name not in BY_HAND}
    different = (path for path in wanted.keys() | held.keys() if wanted.get(path) != held.get(path))
    return sorted(str(path.relative_to(ROOT)) for path in different)


def main() -> int:
    """Write the files, or with --check say which are out of date."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; fail when a file is out of date")
    if parser.parse_args().check:
        if names := stale():
            print(f"Out of date: {', '.join(names)}. Run `make reference` and commit what it writes.")
        return 1 if names else 0
    FOLDER.mkdir(exist_ok=True)
    for path, text in generated().items():
        path.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
