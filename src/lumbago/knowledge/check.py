"""What loading cannot see: that every rule does what its cases say, that levels make sense, that people can read the words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from statistics import mean

from lumbago.errors import KnowledgeError
from lumbago.knowledge.load import ASK_FIRST, HUNCHES, KINDS, read_files
from lumbago.knowledge.readability import reading_age
from lumbago.language.lexicon import CUES
from lumbago.model.conditions import Condition, Facts, Operator, bounds
from lumbago.model.findings import Finding, Findings
from lumbago.model.knowledge import ClaimSpec, FindingSpec, Knowledge, Pattern, Rule, RuleCase
from lumbago.model.levels import Activity, Level, Status, Tier
from lumbago.story.settle import settle

GROUPS = frozenset(
    "red-flag location radiation onset course timing severity aggravating easing training life history "
    "strength-flexibility tried profile set-by-program".split()
)
PROPERTY = re.compile(r"(kind|target|move|tag):[a-z_-]+")
GIVEN = re.compile(r"(present|absent|unsure)(?: (\d+) d)?")
CHECKED_ON = date(2026, 1, 1)  # any day will do: cases tell days since, never dates
HIGHEST_MEAN_AGE = 12.0
HIGHEST_AGE = 16.0


STATUSES = frozenset({"present", "absent", "unsure", "past", "other-person", "unknown"})  # what an example may say


@dataclass(frozen=True, slots=True)
class Problem:
    """Where, and what would be right. A warning does not fail the check."""

    path: str
    what: str
    is_error: bool = True

    def __str__(self) -> str:
        return f"{'' if self.is_error else 'note: '}{self.path}: {self.what}"


def check_knowledge(knowledge: Knowledge, folder: Path) -> tuple[Problem, ...]:
    """Everything wrong with the knowledge of a folder, errors first."""
    found = [
        *_files(folder),
        *(p for spec in knowledge.findings.values() for p in _finding(spec)),
        *_no_circle(knowledge),
        *(p for rule in knowledge.rules.values() for p in _rule(rule, knowledge)),
        *(p for pattern in knowledge.patterns.values() for p in _pattern(pattern, knowledge)),
        *_exercises(knowledge),
        *_tick_lists(knowledge),
        *_idle_families(knowledge),
        *_sayings(knowledge),
        *_readable(knowledge),
    ]
    return tuple(sorted(found, key=lambda p: (not p.is_error, p.path)))


def count(knowledge: Knowledge) -> Mapping[str, int]:
    """How many there are of every kind, and of the cases and examples inside them."""
    kinds = {kind: len(getattr(knowledge, kind)) for kind in KINDS}
    said: list[FindingSpec | ClaimSpec] = [*knowledge.findings.values(), *knowledge.claims.values()]
    return kinds | {
        "ask_first": len(knowledge.ask_first),
        "cases": sum(len(rule.cases) for rule in knowledge.rules.values()),
        "phrases": sum(len(spec.phrases) for spec in said),
        "examples": sum(len(spec.examples) for spec in said),
    }


def _idle_families(knowledge: Knowledge) -> Iterator[Problem]:
    """Word families that neither a phrase nor the reader names: dead weight that looks alive."""
    said: list[FindingSpec | ClaimSpec] = [*knowledge.findings.values(), *knowledge.claims.values()]
    lines = [line for spec in (*said, *knowledge.words.values()) for line in spec.phrases]
    named = {name for line in lines for name in re.findall(r"\{([a-z0-9-]+)\}", line)}
    for name, family in knowledge.words.items():
        if family.phrases and not name.startswith(CUES):
            yield Problem(f"words/{name}.yaml", "only a family whose name begins with cue- can have phrases")
        if name not in named and not name.startswith(CUES):
            yield Problem(f"words/{name}.yaml", "no phrase names this family; use it or take it away")


def _sayings(knowledge: Knowledge) -> Iterator[Problem]:
    """Phrases without a sentence that shows what they are for, and sentences whose status nobody could meet."""
    for folder in ("findings", "claims"):
        for spec in getattr(knowledge, folder).values():
            path = f"{folder}/{spec.id}.yaml"
            if spec.phrases and not spec.examples:
                yield Problem(
                    path,
                    "phrases need `examples`: sentences where it holds, and some that look alike where it does not",
                )
            for example in spec.examples:
                if example.status not in STATUSES:
                    known = ", ".join(sorted(STATUSES))
                    yield Problem(path, f"«{example.text}»: `status` must be one of {known}, not {example.status}")


# --- files


def _files(folder: Path) -> Iterator[Problem]:
    """The strict reading again (a kept compilation must not hide a later slip), and files that nobody reads."""
    from lumbago.knowledge.compile import compile_files  # YAML is needed only here

    try:
        compile_files(dict(read_files(folder)))
    except KnowledgeError as refusal:
        path, _, what = refusal.message.partition(", ")
        yield Problem(path, what)
    for file in sorted(folder.rglob("*")):
        path = file.relative_to(folder).as_posix()
        known = path in (ASK_FIRST, HUNCHES) or (
            path.partition("/")[0] in KINDS and path.count("/") == 1 and file.suffix == ".yaml"
        )
        if file.is_file() and not known and file.suffix not in (".py", ".pyc"):
            yield Problem(path, "nobody reads this file; it must lie in a folder of its kind and end in .yaml")


# --- findings


def _finding(spec: FindingSpec) -> Iterator[Problem]:
    path = f"findings/{spec.id}.yaml"
    asked = spec.group != "set-by-program"
    wrong = {
        f"`group` must be one of {', '.join(sorted(GROUPS))}": spec.group not in GROUPS,
        "a number needs `unit`, `minimum` and `maximum`": spec.kind == "number"
        and None in (spec.unit, spec.minimum, spec.maximum),
        "only a number has a unit": spec.kind != "number" and spec.unit is not None,
        "a choice needs `options`, and nothing else has them": (spec.kind == "choice") != bool(spec.options),
        "`kind` must be yes_no, number, choice or date": spec.kind not in ("yes_no", "number", "choice", "date"),
        "a critical finding is in the group red-flag": spec.critical and spec.group != "red-flag",
        "what people are asked ends in a question mark": asked and "?" not in spec.ask,
    }
    return (Problem(path, what) for what, is_so in wrong.items() if is_so)


def _no_circle(knowledge: Knowledge) -> Iterator[Problem]:
    """A part of a part is never the whole again."""
    for finding, spec in knowledge.findings.items():
        above, seen = [*spec.part_of, *spec.implies], set[str]()
        while above:
            whole = above.pop()
            if whole == finding:
                yield Problem(f"findings/{finding}.yaml", "it is a part of itself, by way of `part_of` or `implies`")
                break
            if whole not in seen:
                seen.add(whole)
                above += [*knowledge.findings[whole].part_of, *knowledge.findings[whole].implies]


# --- rules


def verdict(rule: Rule, given: Mapping[str, str | float], knowledge: Knowledge) -> str:
    """fires, asks or quiet: what a rule does when no more than this is given."""
    findings = settle(given_findings(given, knowledge), knowledge, CHECKED_ON)
    facts = Facts.of(findings, knowledge.past_counts, CHECKED_ON)
    if any(facts.statuses.get(finding) is Status.PRESENT for finding in rule.unless):
        return "quiet"
    low, high = bounds(rule.when, facts, rule.tier)
    if low >= 1.0:
        return "fires"
    return "asks" if high >= 1.0 and rule.tier is not Tier.WATCH else "quiet"


def given_findings(given: Mapping[str, str | float], knowledge: Knowledge) -> Findings:
    """What a case gives: a number, or present, absent, unsure; "present 7 d" has been so for seven days."""
    return Findings(tuple(_given(finding, said, knowledge) for finding, said in given.items()))


def _given(finding: str, said: str | float, knowledge: Knowledge) -> Finding:
    if not isinstance(said, str):
        return Finding(finding, Status.PRESENT, value=float(said), unit=knowledge.findings[finding].unit)
    told = GIVEN.fullmatch(said)
    if told is None:
        raise KnowledgeError(f"`{finding}` must be given as present, absent, unsure, a number, or as in `present 7 d`")
    onset = CHECKED_ON - timedelta(days=int(told[2])) if told[2] else None
    return Finding(finding, Status(told[1]), onset=onset)


def is_met(rule: Rule, case: RuleCase, knowledge: Knowledge) -> bool:
    """Whether a rule does what its case expects; `{asks: [ids]}` names findings that must still be open."""
    got = verdict(rule, case.given, knowledge)
    if isinstance(case.expect, str):
        return got == case.expect
    wanted = case.expect.get("asks", ())
    settled = settle(given_findings(case.given, knowledge), knowledge, CHECKED_ON)
    return got == "asks" and set(wanted) <= set(rule.when.leaves()) and not any(settled.status(f) for f in wanted)


def _rule(rule: Rule, knowledge: Knowledge) -> Iterator[Problem]:
    path = f"rules/{rule.id}.yaml"
    for what, is_so in _rule_sense(rule).items():
        if is_so:
            yield Problem(path, what)
    for finding in rule.unless:
        spec = knowledge.findings[finding]
        if spec.group == "red-flag" or spec.critical:
            yield Problem(path, f"`unless` names {finding}, a red flag; a danger sign must never lower a level")
    yield from (Problem(path, what) for what in _cases(rule, knowledge))


def _rule_sense(rule: Rule) -> Mapping[str, bool]:
    level, watch = rule.level, rule.tier is Tier.WATCH
    return {
        "a rule of tier C is never above routine": watch and level is not None and level.rank > Level.ROUTINE.rank,
        "a rule of tier A or B has a level": not watch and level is None,
        "a rule without a level is shown as watch or caution": level is None
        and rule.shown_as not in ("watch", "caution"),
        "`shown_as` is for rules without a level": level is not None and rule.shown_as is not None,
        "a rule with a level says which activity it allows": level is not None and rule.activity is None,
        "from same-day on, a plan may hold nothing: `activity: rest`": level is not None
        and level.rank >= Level.SAME_DAY.rank
        and rule.activity is not Activity.REST,
        "within days of a visit nobody runs: `activity: walk` or `rest`": level is Level.WITHIN_DAYS
        and rule.activity is Activity.RUN,
        "a rule cites at least one source": not rule.sources,
    }


def _cases(rule: Rule, knowledge: Knowledge) -> Iterator[str]:
    names = Counter(case.name for case in rule.cases)
    yield from (f"two cases are called `{name}`" for name, times in names.items() if times > 1)
    for case in rule.cases:
        kinds = {f: knowledge.findings[f].kind for f in case.given}
        if any((kinds[f] == "number") == isinstance(said, str) for f, said in case.given.items()):
            yield f"case `{case.name}`: number findings are given as numbers, all others as present, absent or unsure"
        elif not is_met(rule, case, knowledge):
            yield f"case `{case.name}`: it is {verdict(rule, case.given, knowledge)}, not {case.expect}"
    shown = {case.expect if isinstance(case.expect, str) else "asks" for case in rule.cases}
    always = rule.when == Condition(Operator.ALL)
    for needed in ["fires", *([] if always else ["quiet"]), *([] if rule.tier is Tier.WATCH else ["asks"])]:
        if needed not in shown:
            yield f"no case shows that it {needed}" if needed != "quiet" else "no case shows that it stays quiet"
    yield from _thresholds(rule)


def _thresholds(rule: Rule) -> Iterator[str]:
    """Every threshold has a case on each side, the near one at the very number."""
    for leaf in thresholds(rule.when):
        numbers = [said for case in rule.cases for said in case_numbers(case, leaf)]
        over = leaf.operator in (Operator.AT_LEAST, Operator.LASTING)
        at = f"`{leaf.finding}` {leaf.value:g}"
        if leaf.value not in numbers:
            yield f"no case stands at the threshold {at}"
        if not any((n < leaf.value) if over else (n > leaf.value) for n in numbers):
            yield f"no case stands {'below' if over else 'above'} the threshold {at}"


def thresholds(condition: Condition) -> Iterator[Condition]:
    """The leaves with a number, left to right."""
    if condition.operator in (Operator.AT_LEAST, Operator.AT_MOST, Operator.LASTING):
        yield condition
    for part in condition.of:
        yield from thresholds(part)


def case_numbers(case: RuleCase, leaf: Condition) -> Iterator[float]:
    """What a case gives for a threshold: its number, or the days in "present 7 d" for `lasting`."""
    said = case.given.get(leaf.finding)
    if leaf.operator is Operator.LASTING:
        told = GIVEN.fullmatch(said) if isinstance(said, str) else None
        if told and told[2]:
            yield float(told[2])
    elif said is not None and not isinstance(said, str):
        yield float(said)


# --- patterns, exercises, tick-lists


def _pattern(pattern: Pattern, knowledge: Knowledge) -> Iterator[Problem]:
    path = f"patterns/{pattern.id}.yaml"
    if pattern.shown not in ("as-a-pattern", "reason-for-a-level-only"):
        yield Problem(path, "`shown` must be as-a-pattern or reason-for-a-level-only")
    if not pattern.must_not_claim:
        yield Problem(path, "every pattern says what must not be claimed of it")
    used = {word for exercise in knowledge.exercises.values() for word in exercise.properties}
    for word in (*pattern.plan.prefer, *pattern.plan.avoid):
        if word not in used:
            yield Problem(path, f"no exercise has the property {word}")


def _exercises(knowledge: Knowledge) -> Iterator[Problem]:
    for exercise in knowledge.exercises.values():
        path, dose = f"exercises/{exercise.id}.yaml", exercise.dose
        if f"kind:{exercise.kind}" not in exercise.properties:
            yield Problem(path, f"`properties` must name kind:{exercise.kind}")
        for word in exercise.properties:
            if not PROPERTY.fullmatch(word):
                yield Problem(path, f"a property starts with kind:, target:, move: or tag:, unlike {word}")
        if dose.plan_reps is None and dose.plan_hold_s is None:
            yield Problem(path, "a dose needs `plan_reps` or `plan_hold_s`, what a session prints")


def _tick_lists(knowledge: Knowledge) -> Iterator[Problem]:
    asked = Counter(finding for group in knowledge.ask_first for finding in group.ask)
    for finding, times in asked.items():
        if times > 1:
            yield Problem(ASK_FIRST, f"{finding} stands twice")
        if knowledge.findings[finding].group == "set-by-program":
            yield Problem(ASK_FIRST, f"{finding} is set by the program, never asked")


# --- words for people


def lay_sentences(knowledge: Knowledge) -> Mapping[str, Mapping[str, str]]:
    """kind of sentence -> path -> text: everything that a runner reads from here."""
    findings, rules, claims = knowledge.findings.values(), knowledge.rules.values(), knowledge.claims.values()
    asked = [f for f in findings if f.group != "set-by-program"]
    return {
        "questions": {f"findings/{f.id}.yaml": f.ask for f in asked}
        | {f"findings/{f.id}.yaml (again)": f.ask_again for f in asked if f.ask_again},
        "labels": {f"findings/{f.id}.yaml": f.label for f in findings},
        "reasons": {f"rules/{r.id}.yaml": r.say for r in rules},
        "rule labels": {f"rules/{r.id}.yaml": r.label for r in rules},
        "texts": {f"texts/{t.id}.yaml": " ".join(t.lines) for t in knowledge.texts.values()},
        "what to do": {f"contributors/{c.id}.yaml": c.do for c in knowledge.contributors.values()},
        "what to do instead": {f"claims/{c.id}.yaml": c.do_instead for c in claims},
        "what is known": {f"claims/{c.id}.yaml (why)": c.why for c in claims},
        "what would change it": {f"patterns/{p.id}.yaml": p.would_change_it for p in knowledge.patterns.values()},
        "how to": {f"exercises/{e.id}.yaml": " ".join(e.how) for e in knowledge.exercises.values()},
    }


def mean_reading_ages(knowledge: Knowledge) -> Mapping[str, float]:
    """Mean reading age of each kind of sentence."""
    return {kind: mean(map(reading_age, texts.values())) for kind, texts in lay_sentences(knowledge).items() if texts}


def _readable(knowledge: Knowledge) -> Iterator[Problem]:
    for kind, age in mean_reading_ages(knowledge).items():
        if age > HIGHEST_MEAN_AGE:
            yield Problem(kind, f"mean reading age {age:.1f}; it must be {HIGHEST_MEAN_AGE:g} at most")
    for kind, texts in lay_sentences(knowledge).items():
        if "label" not in kind:
            yield from _hard_to_read(texts)


def _hard_to_read(texts: Mapping[str, str]) -> Iterator[Problem]:
    for path, text in texts.items():
        for sentence in re.split(r"(?<=[.!?])\s+", text):
            if reading_age(sentence) > HIGHEST_AGE and len(sentence.split()) >= 6:
                yield Problem(path, f"reading age {reading_age(sentence):.0f}: {sentence}", is_error=False)
