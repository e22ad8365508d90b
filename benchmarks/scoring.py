"""Labelled stories, what Lumbago and the baselines make of them, and the arithmetic of the figures.

Labels mean what they mean for the shared stories (findings.yaml and the head of stories.yaml), and everything is counted as
their score.py counts it. Of a closed set no word of a story ever gets into a `Result`.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from math import sqrt
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from lumbago.knowledge.load import load_knowledge
from lumbago.model.findings import Given
from lumbago.model.knowledge import Knowledge
from lumbago.model.levels import Level, Origin, Status
from lumbago.model.request import Request
from lumbago.pipeline import answer
from lumbago.report.contract import to_contract

HERE = Path(__file__).resolve().parent
STORIES = HERE / "stories"
SHARED = HERE.parents[1] / "shared"
AS_OF = date(2026, 11, 22)
OPEN = ("shared", "build")  # read while building
CLOSED = ("check", "once")  # a sentence that somebody has read can no longer measure anything
URGENT = frozenset({Level.SAME_DAY, Level.EMERGENCY_NOW})
HARMLESS = frozenset({Level.SELF_CARE, Level.ROUTINE})
GIVEN = {"yes": Status.PRESENT, "unsure": Status.UNSURE}
VALUE = {Status.PRESENT: "yes", Status.ABSENT: "no", Status.UNSURE: "unsure"}
NONE_STATED = "none-stated"
LETTERS_AROUND = 80  # of a quoted sentence, on either side


class Label(NamedTuple):
    """A finding as labels say it: value yes, no or unsure; when now, past or other-person."""

    name: str
    value: str
    when: str

    @property
    def is_present(self) -> bool:
        return (self.value, self.when) == ("yes", "now")


@dataclass(frozen=True, slots=True)
class Gold:
    """A story with its labels, each with the words it rests on. kind: urgent, soon, trap, plain, or empty where none is told."""

    id: str
    level: Level
    accepted: frozenset[Level]
    contributors: tuple[str, ...]
    labels: Mapping[Label, str] = field(repr=False)
    story: str = field(repr=False)
    kind: str = ""
    writer: str = ""
    labeller: str = ""
    must_ask: tuple[str, ...] = ()

    def is_above(self, level: Level) -> bool:
        """True when every accepted level is more urgent than this one."""
        return level.rank < min(each.rank for each in self.accepted)


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence or two that tell one thing, with labels for danger signs only."""

    id: str
    labels: frozenset[Label] = field(repr=False)
    story: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Read:
    """What is made of a story. ask: finding ids in order; quoted: those asked about with words of the story."""

    level: Level
    labels: Mapping[Label, str] = field(default_factory=dict, repr=False)
    contributors: tuple[str, ...] = ()
    ask: tuple[str, ...] = ()
    quoted: tuple[str, ...] = ()


Told = tuple[Gold, Read]


class Ratio(NamedTuple):
    """So many of so many."""

    part: int
    whole: int

    @property
    def value(self) -> float:
        """The ratio; 0 of nothing is 0."""
        return self.part / self.whole if self.whole else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % Wilson interval, for a share; nothing is known of a share of nothing."""
        if not self.whole:
            return 0.0, 1.0
        p, n, z = self.value, self.whole, 1.96
        middle, half = p + z * z / (2 * n), z * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
        return max(0.0, (middle - half) / (1 + z * z / n)), min(1.0, (middle + half) / (1 + z * z / n))


@dataclass(frozen=True, slots=True)
class Miss:
    """A story that got less than its lowest accepted level, and the red flags it told that were not read."""

    id: str
    gold: Level
    given: Level
    flags: tuple[str, ...]
    asked: bool


@dataclass(frozen=True, slots=True)
class Said:
    """A label of one story. asked: a quoted question is about this finding. words: empty for a closed set."""

    id: str
    value: str
    when: str
    asked: bool
    words: str


@dataclass(frozen=True, slots=True)
class Fault:
    """What was missed and what was wrongly read of one finding."""

    finding: str
    red: bool
    missed: tuple[Said, ...]
    wrong: tuple[Said, ...]


Figures = dict[str, Ratio]
TRIAGE = {
    "accepted": "level within the accepted ones",
    "exact": "level exactly as labelled",
    "sensitivity": "urgent stories sent to same-day or higher (sensitivity)",
    "below": "urgent stories below their level",
    "below-unasked": "the same, and no true answer to a quoted question brings them there",
    "frightened": "harmless stories sent to same-day or higher",
}
READING = {
    "flag-recall": "red flags told that were read",
    "flag-recall-asked": "the same, or asked about with a quote",
    "flag-precision": "red flags read that were told",
    "recall": "all findings: labels that were read",
    "precision": "all findings: readings that are labels",
    "f1": "all findings: F1",
    "traps": "denied, past or others' red flags read as present",
    "trap-stories": "trap stories with a red flag nobody has",
    "contributor": "first contributor among the first three",
    "must-ask": "what must be asked among the first five asked",
    "questions": "quoted questions a story, mean",
    "harmless-asked": "harmless stories that get a quoted question",
}
PIECES = {
    "flag-recall": READING["flag-recall"],
    "flag-recall-asked": READING["flag-recall-asked"],
    "flag-precision": READING["flag-precision"],
    "harmless-flagged": "pieces that tell no sign, with a red flag read",
    "harmless-asked": "pieces that tell no sign, with a quoted question",
}
NO_SHARES = ("f1", "questions")  # no interval is known for these


def shown(figure: str, ratio: Ratio) -> str:
    """A figure in words: a share with its counts and its interval."""
    if not ratio.whole:
        return "none"
    if figure == "questions":
        return f"{ratio.value:.2f}"
    percent = f"{ratio.value:.1%}"
    if figure in NO_SHARES:
        return percent
    low, high = ratio.interval
    return f"{percent} ({ratio.part}/{ratio.whole}; {low:.0%}-{high:.0%})"


@dataclass(frozen=True, slots=True)
class Result:
    """All that is said of a set, in plain values, so that it can be kept as JSON. frightened: harmless stories sent in today."""

    name: str
    knowledge: str
    levels: dict[str, int]
    writers: int
    labellers: int
    figures: Figures
    baselines: dict[str, Figures]
    misses: tuple[Miss, ...]
    frightened: tuple[str, ...]
    faults: tuple[Fault, ...]

    @property
    def stories(self) -> int:
        return sum(self.levels.values())


# Reading the sets


def has_shared() -> bool:
    """True when the shared stories lie beside this checkout."""
    return (SHARED / "cases" / "stories.yaml").exists()


@cache
def vocabulary() -> frozenset[str]:
    """The findings a story may be labelled with; what else is read is not scored."""
    return frozenset((STORIES / "vocabulary.txt").read_text(encoding="utf-8").split())


@cache
def knowledge() -> Knowledge:
    """The knowledge, read once."""
    return load_knowledge()


@cache
def red_flags() -> frozenset[str]:
    """The red flags among the findings that are labelled."""
    return frozenset(name for name in vocabulary() if knowledge().findings[name].group == "red-flag")


def read_set(name: str) -> tuple[Gold, ...]:
    """The stories of a set. Stops with one sentence, naming the story's id only, where a row has not what it must have."""
    if name == "shared":
        rows = yaml.safe_load((SHARED / "cases" / "stories.yaml").read_text(encoding="utf-8"))["cases"]
        return tuple(gold({**row, "story": _shared_text(row)}, name) for row in rows)
    lines = (STORIES / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return tuple(gold(json.loads(line), name) for line in lines)


def read_pieces(name: str) -> tuple[Piece, ...]:
    """The pieces of a set, with their labels."""
    rows = map(json.loads, (STORIES / f"{name}.jsonl").read_text(encoding="utf-8").splitlines())
    return tuple(Piece(row["id"], frozenset(map(_label, row["findings"])), row["story"]) for row in rows)


def _shared_text(row: Mapping[str, Any]) -> str:
    if row["story"] is not None:
        return str(row["story"])
    lines = (SHARED / "seeds" / row["story_ref"]["seed"]).read_text(encoding="utf-8").split("\n")
    return "\n".join("\n".join(lines[first - 1 : last]) for first, last in row["story_ref"]["lines"])


def gold(row: Mapping[str, Any], name: str) -> Gold:
    """One labelled story, from its row."""
    try:
        level = Level(row["triage"])
        labels = {_label(found): found["evidence"] for found in row["findings"]}
        made = Gold(
            id=row["id"],
            level=level,
            accepted=frozenset({level, *map(Level, row["also_acceptable"])}),
            contributors=tuple(each for each in row["contributors"] if each != NONE_STATED),
            labels=labels,
            story=row["story"],
            kind=row.get("kind", ""),
            writer=str(row.get("writer", "")),
            labeller=str(row.get("labeller", "")),
            must_ask=tuple(row.get("must_ask", ())),
        )
    except KeyError as missing:
        raise SystemExit(f"{name}, story {row.get('id')}: it has no {missing}; is it labelled yet?") from None
    if strange := sorted({label.name for label in labels} - vocabulary()):
        raise SystemExit(f"{name}, story {made.id}: not in stories/vocabulary.txt: {', '.join(strange)}")
    return made


def _label(found: Mapping[str, Any]) -> Label:
    """As score.py takes a finding: yes and now where nothing else is said."""
    value, when = found.get("value", "yes"), found.get("when", "now")
    return Label(found["name"], {True: "yes", False: "no"}.get(value, value), {"other": "other-person"}.get(when, when))


# What is made of a story


def by_lumbago(story: str) -> Read:
    """The answer to a text alone, as its JSON tells it: findings of the story, each with its first quote."""
    found = answer(Request(AS_OF, story), knowledge())
    told = to_contract(found, knowledge())
    return Read(
        level=Level(told["triage"]["level"]),
        labels={
            Label(f["id"], VALUE[f["status"]], f["when"]): f["quotes"][0]["text"] if f["quotes"] else ""
            for f in told["findings"]
            if f["origin"] == Origin.STORY and f["id"] in vocabulary()
        },
        contributors=tuple(each["id"] for each in told["contributors"] if each["id"] != NONE_STATED),
        ask=tuple(told["triage"]["ask"]),
        quoted=tuple(ask.finding for ask in found.reading.asks),
    )


@cache
def baselines() -> dict[str, Callable[[str], Read]]:
    """The simple rules of baselines.yaml by their label."""
    rules = yaml.safe_load((HERE / "baselines.yaml").read_text(encoding="utf-8"))
    return {rule["label"]: by_keywords(rule["words"]) for rule in rules.values()}


def by_keywords(words: Mapping[str, Sequence[str]]) -> Callable[[str], Read]:
    """A rule that gives the most urgent level of which a keyword is met, and self-care where none is."""
    patterns = [(Level(level), _any_of(several)) for level, several in words.items()]
    patterns.sort(key=lambda each: -each[0].rank)

    def rule(story: str) -> Read:
        text = story.replace("’", "'")
        return Read(next((level for level, pattern in patterns if pattern.search(text)), Level.SELF_CARE))

    return rule


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    def one(word: str) -> str:
        spaced = r"\s+".join(map(re.escape, word.removesuffix("*").split()))
        return spaced if word.endswith("*") else spaced + r"\b"

    return re.compile(rf"\b(?:{'|'.join(map(one, words))})", re.IGNORECASE)


# The figures


def triage_figures(told: Sequence[Told]) -> Figures:
    """How often the level is right. Lumbago and the baselines are measured alike."""
    urgent = [(g, r) for g, r in told if g.level in URGENT]
    below = [(g, r) for g, r in urgent if g.is_above(r.level)]
    harmless = [r for g, r in told if g.level in HARMLESS]
    return {
        "accepted": Ratio(sum(r.level in g.accepted for g, r in told), len(told)),
        "exact": Ratio(sum(r.level is g.level for g, r in told), len(told)),
        "sensitivity": Ratio(sum(r.level in URGENT for _, r in urgent), len(urgent)),
        "below": Ratio(len(below), len(urgent)),
        "below-unasked": Ratio(sum(not is_asked(g, r) for g, r in below), len(urgent)),
        "frightened": Ratio(sum(r.level in URGENT for r in harmless), len(harmless)),
    }


def reading_figures(told: Sequence[Told]) -> Figures:
    """How well findings are read, what is asked with a quote, and which contributors are shown."""
    told_flags = [(label, r) for g, r in told for label in g.labels if is_red(label)]
    read_flags = [(label, g) for g, r in told for label in r.labels if is_red(label)]
    hits = sum(len(g.labels.keys() & r.labels.keys()) for g, r in told)
    gold_count, read_count = sum(len(g.labels) for g, _ in told), sum(len(r.labels) for _, r in told)
    traps = [Label(name, "yes", "now") in r.labels for g, r in told for name in traps_set(g)]
    trap_stories = [takes_a_trap(g, r) for g, r in told if g.kind == "trap"]
    first = [g.contributors[0] in r.contributors[:3] for g, r in told if g.contributors]
    harmless = [bool(r.quoted) for g, r in told if g.level in HARMLESS]
    return {
        "flag-recall": Ratio(sum(label in r.labels for label, r in told_flags), len(told_flags)),
        "flag-recall-asked": Ratio(
            sum(label in r.labels or label.name in r.quoted for label, r in told_flags), len(told_flags)
        ),
        "flag-precision": Ratio(sum(label in g.labels for label, g in read_flags), len(read_flags)),
        "recall": Ratio(hits, gold_count),
        "precision": Ratio(hits, read_count),
        "f1": Ratio(2 * hits, gold_count + read_count),
        "traps": Ratio(sum(traps), len(traps)),
        "trap-stories": Ratio(sum(trap_stories), len(trap_stories)),
        "contributor": Ratio(sum(first), len(first)),
        "must-ask": Ratio(
            sum(len({*g.must_ask} & {*r.ask[:5]}) for g, r in told), sum(len(g.must_ask) for g, _ in told)
        ),
        "questions": Ratio(sum(len(r.quoted) for _, r in told), len(told)),
        "harmless-asked": Ratio(sum(harmless), len(harmless)),
    }


def piece_figures(pieces: Sequence[Piece]) -> Figures:
    """How well danger signs are read that are told in a sentence or two, and how often one is read where none is told."""
    told = [(piece, by_lumbago(piece.story)) for piece in pieces]
    told_flags = [(label, r) for piece, r in told for label in piece.labels if is_red(label)]
    read_flags = [(label, piece) for piece, r in told for label in r.labels if is_red(label)]
    harmless = [r for piece, r in told if not any(label.is_present for label in piece.labels)]
    return {
        "flag-recall": Ratio(sum(label in r.labels for label, r in told_flags), len(told_flags)),
        "flag-recall-asked": Ratio(
            sum(label in r.labels or label.name in r.quoted for label, r in told_flags), len(told_flags)
        ),
        "flag-precision": Ratio(sum(label in piece.labels for label, piece in read_flags), len(read_flags)),
        "harmless-flagged": Ratio(sum(any(map(is_red, r.labels)) for r in harmless), len(harmless)),
        "harmless-asked": Ratio(sum(bool(r.quoted) for r in harmless), len(harmless)),
    }


def is_red(label: Label) -> bool:
    """A red flag that is present now."""
    return label.is_present and label.name in red_flags()


def traps_set(g: Gold) -> set[str]:
    """Red flags that are denied, over or somebody else's, and not present now as well: score.py's traps."""
    told = {label.name for label in g.labels if label.name in red_flags() and label.value != "unsure"}
    return told - {label.name for label in g.labels if label.is_present}


def takes_a_trap(g: Gold, r: Read) -> bool:
    """A red flag is read as present now that the labels do not give so, whether it was set as a trap or not."""
    return any(is_red(label) and label not in g.labels for label in r.labels)


def flags_missed(g: Gold, r: Read) -> tuple[str, ...]:
    """Red flags told (yes or unsure, now) that were not read at least so."""
    enough = {"yes": ("yes",), "unsure": ("unsure", "yes")}
    told = {label for label in g.labels if label.name in red_flags() and label.when == "now" and label.value in enough}
    read = {
        (label.name, value) for label in told for value in enough[label.value] if (label.name, value, "now") in r.labels
    }
    return tuple(sorted({label.name for label in told} - {name for name, _ in read}))


def is_asked(g: Gold, r: Read) -> bool:
    """Whether the quoted questions, answered as the story's labels say, bring it to its level.

    A question about a finding that the labels have no id for counts as answered with yes: nobody could label it.
    """
    value = {label.name: label.value for label in g.labels if label.when == "now" and label.value in GIVEN}
    given = [
        Given(name, GIVEN[value.get(name, "yes")]) for name in r.quoted if name in value or name not in vocabulary()
    ]
    if not given:
        return False
    return not g.is_above(answer(Request(AS_OF, g.story, answers=tuple(given)), knowledge()).triage.level)


def misses(told: Iterable[Told]) -> Iterator[Miss]:
    """Every story below its lowest accepted level, the most urgent first."""
    below = [(g, r) for g, r in told if g.is_above(r.level)]
    for g, r in sorted(below, key=lambda each: (-each[0].level.rank, each[0].id)):
        yield Miss(g.id, g.level, r.level, flags_missed(g, r), is_asked(g, r))


def faults(told: Iterable[Told], with_words: bool) -> list[Fault]:
    """What was missed and wrongly read, finding by finding: red flags first, the most missed first."""
    missed: dict[str, list[Said]] = {}
    wrong: dict[str, list[Said]] = {}
    for g, r in told:
        for box, one, other in ((missed, g.labels, r.labels), (wrong, r.labels, g.labels)):
            for label in sorted(one.keys() - other.keys()):
                words = in_context(g.story, one[label]) if with_words else ""
                box.setdefault(label.name, []).append(
                    Said(g.id, label.value, label.when, label.name in r.quoted, words)
                )
    found = [
        Fault(name, name in red_flags(), tuple(missed.get(name, ())), tuple(wrong.get(name, ())))
        for name in missed.keys() | wrong.keys()
    ]
    return sorted(found, key=lambda f: (not f.red, -len(f.missed), -len(f.wrong), f.finding))


def in_context(story: str, words: str) -> str:
    """The sentence around some words of a story, the words themselves between guillemets."""
    at = story.find(words) if words else -1
    if at < 0:
        return words
    end = at + len(words)
    before = re.split(r"[.!?\n]", story[max(0, at - LETTERS_AROUND) : at])[-1]
    after = re.split(r"(?<=[.!?\n])", story[end : end + LETTERS_AROUND], maxsplit=1)[0]
    return " ".join(f"{before}«{words}»{after}".split())


def measure(name: str) -> Result:
    """One pass over a set."""
    golds = read_set(name)
    told = [(g, by_lumbago(g.story)) for g in golds]
    levels = Counter(g.level for g in golds)
    return Result(
        name=name,
        knowledge=knowledge().version,
        levels={level.value: levels[level] for level in reversed(Level)},
        writers=len({g.writer for g in golds if g.writer}),
        labellers=len({g.labeller for g in golds if g.labeller}),
        figures=triage_figures(told) | reading_figures(told),
        baselines={label: triage_figures([(g, rule(g.story)) for g in golds]) for label, rule in baselines().items()},
        misses=tuple(misses(told)),
        frightened=tuple(sorted(g.id for g, r in told if g.level in HARMLESS and r.level in URGENT)),
        faults=tuple(faults(told, with_words=name in OPEN)),
    )
