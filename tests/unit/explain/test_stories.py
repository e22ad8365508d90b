"""How often the explanation of what annotators read in real-life stories agrees with what they concluded."""

from __future__ import annotations

import pathlib
from functools import cache
from typing import Any

import pytest
import yaml

from explained import AS_OF, knowledge
from lumbago.explain.explain import explain
from lumbago.model.explanation import Explanation
from lumbago.model.findings import Finding, Findings
from lumbago.model.levels import Level, Status, When
from lumbago.story.settle import settle
from lumbago.triage.decide import decide

SHARED = pathlib.Path(__file__).resolve().parents[3].parent / "shared"
STORIES = SHARED / "cases" / "stories.yaml"
STATUS = {"yes": Status.PRESENT, "no": Status.ABSENT, "unsure": Status.UNSURE}
NUMBERS = {
    "age": "age",
    "duration_days": "duration-days",
    "pain_now": "pain-now",
    "temperature_c": "temperature",
    "sex": "sex",
}

pytestmark = pytest.mark.skipif(not STORIES.exists(), reason="the shared stories are not here")


def _findings(case: dict[str, Any]) -> Findings:
    read = {(f["name"], f["when"]): Finding(f["name"], STATUS[f["value"]], When(f["when"])) for f in case["findings"]}
    for name, finding in NUMBERS.items():
        if name in case["quantities"]:
            read[finding, "now"] = Finding(finding, Status.PRESENT, value=case["quantities"][name])
    return settle(Findings(tuple(read.values())), knowledge(), AS_OF)


@cache
def _explained() -> tuple[tuple[dict[str, Any], Level, Explanation], ...]:
    rows = []
    for case in yaml.safe_load(STORIES.read_text(encoding="utf-8"))["cases"]:
        findings = _findings(case)
        triage = decide(findings, knowledge(), AS_OF)
        rows.append((case, triage.level, explain(findings, triage, knowledge(), AS_OF)))
    return tuple(rows)


def _share(hits: list[bool]) -> float:
    return sum(hits) / len(hits)


def test_the_first_contributor_of_the_story_is_among_the_first_three() -> None:
    rows = [
        (c["contributors"], [x.id for x in e.contributors])
        for c, _, e in _explained()
        if c["contributors"] != ["none-stated"]
    ]
    assert _share([gold[0] in got[:3] for gold, got in rows]) >= 0.92
    assert _share([got[:1] == gold[:1] for gold, got in rows]) >= 0.83
    assert _share([bool(got) and got[0] in gold for gold, got in rows]) >= 0.93


def test_where_the_story_supports_none_none_is_named() -> None:
    assert _share([not e.contributors for c, _, e in _explained() if c["contributors"] == ["none-stated"]]) >= 0.88


def test_a_shown_pattern_is_one_that_fits_the_story() -> None:
    shown = [({fit.id for fit in e.patterns}, c["patterns"]) for c, _, e in _explained()]
    assert _share([not names.isdisjoint(gold) for names, gold in shown]) >= 0.92


def test_a_good_fit_is_rare() -> None:
    assert _share([any(fit.fit == "good" for fit in e.patterns) for _, _, e in _explained()]) <= 0.05


def test_beside_danger_no_story_shows_a_harmless_pattern() -> None:
    for case, level, explanation in _explained():
        if level.rank >= Level.SAME_DAY.rank:
            kinds = {knowledge().patterns[fit.id].shown for fit in explanation.patterns}
            assert kinds <= {"reason-for-a-level-only"}, case["id"]
