"""What the program knows: one frozen type per knowledge folder, one mapping per folder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from lumbago.model.conditions import Condition
from lumbago.model.levels import Activity, Basis, Level, Tier, Verdict, Weight


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence and what must be read in it: present, absent, unsure, past, other-person, or unknown (nothing)."""

    text: str
    status: str
    value: float | str | None = None


@dataclass(frozen=True, slots=True)
class FindingSpec:
    """A finding of the vocabulary and the question that asks for it; "yes" always means present.

    part_of: a present part makes its whole present, an absent whole its silent parts absent. implies: the upward half only.
    implied_by: a condition that makes it present, never absent. derived: worked out both ways unless told.
    set_when_unsure: present as soon as one of these is unsure. past_counts: true also when over. of_relatives: about the runner's
    family, so that "my dad has it" is the runner's own answer. yields_to: not read from a story that tells one of these graver
    ones ("a heavy fall" is no "small fall" too). event: happens on a day, so that "in March" tells that it is over.
    once_counts: a danger even when it passed ("leaked once on Tuesday, fine since"). history: what one once had, so that
    telling it tells of the past unless the phrase says now ("a breast cancer survivor").
    """

    id: str
    label: str
    group: str
    kind: str  # yes_no | number | choice | date
    ask: str
    ask_again: str | None = None
    unit: str | None = None
    minimum: float | None = None
    maximum: float | None = None
    options: tuple[str, ...] = ()
    critical: bool = False
    past_counts: bool = False
    of_relatives: bool = False
    yields_to: tuple[str, ...] = ()
    event: bool = False
    once_counts: bool = False
    history: bool = False
    part_of: tuple[str, ...] = ()
    implies: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    implied_by: Condition | None = None
    derived: Condition | None = None
    set_when_unsure: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    note: str | None = None
    phrases: tuple[str, ...] = ()
    examples: tuple[Example, ...] = ()


@dataclass(frozen=True, slots=True)
class RuleCase:
    name: str
    given: Mapping[str, str | float]
    expect: str | Mapping[str, tuple[str, ...]]  # fires | quiet | asks | {asks: [ids]}


@dataclass(frozen=True, slots=True)
class Rule:
    """level None: a watch line or a caution, shown but never raising. activity: the most a plan may hold."""

    id: str
    label: str
    tier: Tier
    level: Level | None
    basis: Basis
    when: Condition
    say: str
    sources: tuple[str, ...]
    cases: tuple[RuleCase, ...]
    activity: Activity | None = None
    unless: tuple[str, ...] = ()
    shown_as: str | None = None  # watch | caution, for level None
    recheck_days: int | None = None
    hold: str | None = None
    sections: tuple[str, ...] = ()
    table: tuple[str, ...] = ()
    added: str | None = None
    note: str | None = None
    reviewed_by_clinician: bool = False


@dataclass(frozen=True, slots=True)
class Weighed:
    when: Condition
    weight: Weight


@dataclass(frozen=True, slots=True)
class PatternPlan:
    limit: Activity
    running: str
    prefer: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pattern:
    id: str
    label: str
    grade: str
    shown: str  # as-a-pattern | reason-for-a-level-only
    for_: tuple[Weighed, ...]
    against: tuple[Weighed, ...]
    never_show_when: tuple[Condition, ...]
    plan: PatternPlan
    would_change_it: str
    sources: tuple[str, ...]
    must_not_claim: tuple[str, ...] = ()
    part_of: tuple[str, ...] = ()
    dossier: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    note: str | None = None


@dataclass(frozen=True, slots=True)
class ExposureUse:
    quantity: str
    above: float | None = None


@dataclass(frozen=True, slots=True)
class ContributorSpec:
    """`evidence_for_back`: moderate | low | mechanics-only | none ... as the dossier grades it."""

    id: str
    label: str
    evidence_for_back: str
    evidence_note: str
    for_: tuple[str, ...]
    against: tuple[str, ...]
    exposures: tuple[ExposureUse, ...]
    claims: tuple[str, ...]
    do: str
    exercises: tuple[str, ...]
    sources: tuple[str, ...]
    note: str | None = None


@dataclass(frozen=True, slots=True)
class ClaimSpec:
    """A piece of advice people give, and what is known of it."""

    id: str
    claim: str
    kind: str
    verdict: Verdict
    why: str
    do_instead: str
    sources: tuple[str, ...]
    heard_in: tuple[str, ...] = ()
    tried: tuple[str, ...] = ()  # findings ("tried-foam-roller") that raise this claim in an answer
    phrases: tuple[str, ...] = ()
    examples: tuple[Example, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    id: str
    kind: str
    title: str
    finding: str
    verified: bool
    authors: str | None = None
    year: str | None = None
    venue: str | None = None
    doi: str | None = None
    url: str | None = None
    pmid: str | None = None
    n: str | None = None
    seen_at: tuple[str, ...] = ()
    caveat: str | None = None
    tier: str | None = None
    also_called: tuple[str, ...] = ()  # ids of other dossiers merged into this one


@dataclass(frozen=True, slots=True)
class Dose:
    """`reps` and `hold_s` may be ranges or ladders ("6, 4, 2 a side"); the `plan_` numbers are what a session prints."""

    sets: int
    per_week: str
    plan_sets: int
    plan_reps: int | None = None
    plan_hold_s: int | None = None
    sets_text: str | None = None
    reps: str | None = None
    hold_s: str | None = None
    a_side: bool = False
    progress: str | None = None


@dataclass(frozen=True, slots=True)
class ExerciseSpec:
    id: str
    name: str
    kind: str  # strength | endurance | control | mobility
    target: tuple[str, ...]
    equipment: str
    how: tuple[str, ...]
    dose: Dose
    grade: str
    easier: str | None
    harder: str | None
    avoid_when: tuple[str, ...]
    stop_if: tuple[str, ...]
    sources: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    properties: tuple[str, ...] = ()  # kind:, tag:, target:, move: words that patterns prefer or avoid
    avoid_findings: tuple[str, ...] = ()  # present findings that rule it out, from avoid_when
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Protocol:
    id: str
    name: str
    exercises: tuple[str, ...]
    sources: tuple[str, ...]
    grade: str
    per_week: str | None = None
    minutes: str | None = None
    weeks: int | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Program:
    """A training program as its dossier tells it; `table` keeps its rows (sessions of steps) as plain data."""

    id: str
    name: str
    sources: tuple[str, ...]
    table_verified: bool
    table: Mapping[str, Any]
    derived: bool = False


@dataclass(frozen=True, slots=True)
class WordFamily:
    """Words and short phrases that mean one thing, spelled as people spell them. phrases: of a cue family only, lines of the
    phrase language that mean it too."""

    id: str
    means: str
    words: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Limit:
    """Numbers a stage needs (caps, bands, time-off tables, weights): `values` by name, with their basis and sources."""

    id: str
    label: str
    basis: str  # E evidence | X expert or guideline | O our own working rule
    values: Mapping[str, Any]
    sources: tuple[str, ...]
    note: str | None = None


@dataclass(frozen=True, slots=True)
class TextSpec:
    """Fixed words shown to people, by id; `lines` are shown in order."""

    id: str
    label: str
    lines: tuple[str, ...]
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AskGroup:
    """One tick-list: `ask` in order, under one "none of these"."""

    heading: str
    ask: tuple[str, ...]
    only_after: str | None = None


@dataclass(frozen=True, slots=True)
class Quantity:
    """What training files can show (used once activities are read)."""

    id: str
    unit: str
    shows: tuple[str, ...]
    means: str
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Knowledge:
    version: str
    findings: Mapping[str, FindingSpec]
    rules: Mapping[str, Rule]
    patterns: Mapping[str, Pattern]
    contributors: Mapping[str, ContributorSpec]
    claims: Mapping[str, ClaimSpec]
    sources: Mapping[str, Source]
    exercises: Mapping[str, ExerciseSpec]
    protocols: Mapping[str, Protocol]
    programs: Mapping[str, Program]
    words: Mapping[str, WordFamily]
    limits: Mapping[str, Limit]
    texts: Mapping[str, TextSpec]
    quantities: Mapping[str, Quantity]
    ask_first: tuple[AskGroup, ...]
    lexicon: Mapping[str, Any] = field(default_factory=dict, repr=False)  # the compiled word index of `language`
    hunches: Mapping[str, Any] = field(default_factory=dict, repr=False)  # the learnt weights of its second reader

    @property
    def past_counts(self) -> frozenset[str]:
        """Findings that are true also when over ("ever had cancer")."""
        return frozenset(f.id for f in self.findings.values() if f.past_counts)
