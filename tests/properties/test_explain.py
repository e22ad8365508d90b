"""What holds of every explanation, whatever was told."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from explained import AS_OF, explained, knowledge, triaged
from lumbago.explain.explain import explain
from lumbago.model.conditions import Facts, bounds
from lumbago.model.explanation import Explanation
from lumbago.model.findings import Finding, Findings
from lumbago.model.levels import Level, Status, Tier, Weight, When
from lumbago.story.settle import settle

_YES_NO = sorted(spec.id for spec in knowledge().findings.values() if spec.kind == "yes_no")
# What patterns and contributors read, so that most examples are about something.
_READ = sorted(
    {
        leaf
        for p in knowledge().patterns.values()
        for w in (*p.for_, *p.against)
        for leaf in w.when.leaves()
        if leaf in _YES_NO
    }
    | {name for c in knowledge().contributors.values() for name in c.for_}
)
_FINDINGS = st.builds(
    Finding,
    st.sampled_from(_READ) | st.sampled_from(_YES_NO),
    st.sampled_from(Status),
    st.sampled_from([When.NOW, When.NOW, *When]),
)
_AGES = st.none() | st.integers(8, 90)
_LEVELS = st.sampled_from(Level)


@st.composite
def _told(draw: st.DrawFn) -> Findings:
    items = draw(st.lists(_FINDINGS, max_size=12, unique_by=lambda f: (f.id, f.when)))
    age = draw(_AGES)
    more = [] if age is None else [Finding("age", Status.PRESENT, value=float(age))]
    pain = [] if draw(st.booleans()) else [Finding("low-back-pain", Status.PRESENT)]
    return settle(Findings(tuple({(f.id, f.when): f for f in (*items, *more, *pain)}.values())), knowledge(), AS_OF)


def _explain(findings: Findings, level: Level) -> Explanation:
    raised = tuple(f.id for f in findings if f.status is Status.PRESENT and f.when is When.NOW)
    return explained(findings, triaged(level, *raised))


def _facts(findings: Findings) -> Facts:
    return Facts.of(findings, knowledge().past_counts, AS_OF)


@given(_told(), _LEVELS, st.randoms(use_true_random=False))
def test_the_order_of_findings_is_irrelevant(findings: Findings, level: Level, chance: object) -> None:
    items = list(findings.items)
    chance.shuffle(items)  # type: ignore[attr-defined]
    assert _explain(Findings(tuple(items), findings.conflicts), level) == _explain(findings, level)


@given(_told(), _LEVELS)
def test_no_pattern_is_shown_under_a_condition_that_forbids_it(findings: Findings, level: Level) -> None:
    explanation = _explain(findings, level)
    for name in (*(fit.id for fit in explanation.patterns), *explanation.hidden):
        forbids = knowledge().patterns[name].never_show_when
        assert not any(bounds(each, _facts(findings), Tier.CLUSTER)[0] >= 1 for each in forbids), name


@given(_told(), _LEVELS)
def test_everything_named_is_known(findings: Findings, level: Level) -> None:
    explanation = _explain(findings, level)
    for each in (*explanation.patterns, *explanation.contributors):
        assert {*each.for_, *each.against} <= set(knowledge().findings)
    for fit in explanation.patterns:
        assert set(fit.missing) <= set(knowledge().findings)
    for contributor in explanation.contributors:
        assert set(contributor.claims) <= set(knowledge().claims)
    assert set(explanation.ask) <= set(knowledge().findings)


@given(_told(), _LEVELS)
def test_only_what_is_present_speaks_for_a_pattern(findings: Findings, level: Level) -> None:
    statuses = _facts(findings).statuses
    for fit in _explain(findings, level).patterns:
        assert all(statuses[name] is Status.PRESENT for name in fit.for_)
        assert all(statuses[name] in (Status.PRESENT, Status.ABSENT) for name in fit.against)
        assert all(statuses.get(name) in (None, Status.UNSURE) for name in fit.missing)


@given(_told(), _LEVELS)
def test_a_contributor_rests_on_what_the_runner_told_and_never_on_a_denial(findings: Findings, level: Level) -> None:
    heard = {f.id for f in findings if f.status is not Status.ABSENT and f.when is not When.OTHER_PERSON}
    for contributor in _explain(findings, level).contributors:
        assert contributor.for_
        assert set(contributor.for_) <= heard
        assert set(contributor.for_).isdisjoint(contributor.against)


@given(_told(), st.sampled_from([Level.SAME_DAY, Level.EMERGENCY_NOW]))
def test_beside_danger_nothing_reassures(findings: Findings, level: Level) -> None:
    explanation = _explain(findings, level)
    assert all(knowledge().patterns[fit.id].shown == "reason-for-a-level-only" for fit in explanation.patterns)
    assert all(each.strength is not Weight.STRONG for each in explanation.contributors)


@given(_told(), _LEVELS)
def test_a_whole_and_its_part_are_not_shown_together(findings: Findings, level: Level) -> None:
    shown = [knowledge().patterns[fit.id] for fit in _explain(findings, level).patterns]
    ids = {each.id for each in shown}
    assert all(ids.isdisjoint(each.part_of) for each in shown)


@given(_told(), _LEVELS)
def test_each_is_named_once_and_not_too_many(findings: Findings, level: Level) -> None:
    explanation = _explain(findings, level)
    for ids in (
        [fit.id for fit in explanation.patterns],
        [each.id for each in explanation.contributors],
        list(explanation.ask),
    ):
        assert len(ids) == len(set(ids))
    assert len(explanation.patterns) <= knowledge().limits["pattern-fit"].values["most_shown"]
    assert set(explanation.hidden).isdisjoint(fit.id for fit in explanation.patterns)


@given(_told())
def test_other_people_change_nothing(findings: Findings) -> None:
    own = Findings(tuple(f for f in findings if f.when is not When.OTHER_PERSON), findings.conflicts)
    assert explain(own, triaged(), knowledge(), AS_OF) == explain(findings, triaged(), knowledge(), AS_OF)
