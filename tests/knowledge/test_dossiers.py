"""The knowledge holds what the dossiers hold: nothing lost on the way, nothing quietly changed."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from lumbago.knowledge.check import count, verdict
from lumbago.knowledge.load import load_for_authors

KNOWLEDGE = load_for_authors()
SHARED = Path(__file__).resolve().parents[2].parent / "shared"
pytestmark = pytest.mark.skipif(not (SHARED / "evidence").is_dir(), reason="the dossiers are not here")


@cache
def _dossier(name: str) -> Any:
    return yaml.load((SHARED / name).read_text(encoding="utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def _rows(name: str, part: str) -> list[dict[str, Any]]:
    whole = _dossier(name)
    rows: list[dict[str, Any]] = whole if isinstance(whole, list) else whole[part]
    return rows


def _ids(name: str, part: str) -> set[str]:
    return {row["id"] for row in _rows(name, part)}


def _merged() -> dict[str, str]:
    kept = {alias: source.id for source in KNOWLEDGE.sources.values() for alias in source.also_called}
    return kept | {source: source for source in KNOWLEDGE.sources}


@pytest.mark.parametrize("part", ["rules", "patterns", "contributors", "quantities"])
def test_every_row_of_the_vocabulary_is_there(part: str) -> None:
    assert _ids("evidence/vocabulary.yaml", part) <= set(getattr(KNOWLEDGE, part))


def test_findings_are_those_of_the_vocabulary_and_of_the_cases() -> None:
    told = _ids("evidence/vocabulary.yaml", "findings") | _ids("cases/findings.yaml", "findings")
    assert told <= set(KNOWLEDGE.findings)


def test_claims_exercises_protocols_and_programs_are_all_there() -> None:
    assert _ids("evidence/claims.yaml", "") == set(KNOWLEDGE.claims)
    assert _ids("evidence/exercises.yaml", "exercises") <= set(KNOWLEDGE.exercises)
    assert _ids("evidence/exercises.yaml", "protocols") <= set(KNOWLEDGE.protocols)
    assert _ids("evidence/programs.yaml", "programs") <= set(KNOWLEDGE.programs)


def test_every_source_is_kept_under_its_id_or_as_another_name_of_one() -> None:
    merged = _merged()
    for name in ("triage", "running", "plans"):
        missing = _ids(f"evidence/sources-{name}.yaml", "sources") - set(merged)
        assert not missing, f"sources-{name}.yaml"


def test_what_was_not_verified_stays_unverified() -> None:
    merged = _merged()
    for name in ("triage", "running", "plans"):
        for row in _rows(f"evidence/sources-{name}.yaml", "sources"):
            assert row["verified"] or not KNOWLEDGE.sources[merged[row["id"]]].verified, row["id"]
    for row in _rows("evidence/programs.yaml", "programs"):
        assert KNOWLEDGE.programs[row["id"]].table_verified is (row["table_verified"] is True), row["id"]


def test_verdicts_and_levels_are_those_of_the_dossiers() -> None:
    for claim in _rows("evidence/claims.yaml", ""):
        assert KNOWLEDGE.claims[claim["id"]].verdict == claim["verdict"], claim["id"]
    for rule in _rows("evidence/vocabulary.yaml", "rules"):
        kept = KNOWLEDGE.rules[rule["id"]]
        assert (kept.tier, kept.level, kept.basis) == (rule["tier"], rule["level"], rule["basis"]), rule["id"]


def test_every_case_of_the_dossier_is_kept() -> None:
    for rule in _rows("evidence/vocabulary.yaml", "rules"):
        kept = [(dict(case.given), case.expect) for case in KNOWLEDGE.rules[rule["id"]].cases]
        for case in rule["cases"]:
            assert (case["given"], case["expect"]) in kept, rule["id"]


def test_the_dossiers_own_stories_reach_their_level() -> None:
    """The published cases: the highest rule that fires on their facts gives the level that the dossier expects."""
    for case in _dossier("evidence/vocabulary.yaml")["dossier_cases"]:
        given = case["given"] | case.get("assumed", {})
        levels = [r.level for r in KNOWLEDGE.rules.values() if r.level and verdict(r, given, KNOWLEDGE) == "fires"]
        assert max(levels, key=lambda level: level.rank) == case["level"], case["case"]


def test_every_question_key_and_every_row_of_the_rule_table_is_used() -> None:
    triage = (SHARED / "evidence" / "triage.md").read_text(encoding="utf-8")
    keys = set(re.findall(r"^\| ([a-z]+_[a-z_]+) \|", triage, re.MULTILINE))
    assert keys <= {key for finding in KNOWLEDGE.findings.values() for key in finding.keys}
    rows = set(re.findall(r"^\| ([A-E]\d*) \|", triage, re.MULTILINE))
    assert rows == {row for rule in KNOWLEDGE.rules.values() for row in rule.table}


def test_every_section_of_the_triage_dossier_has_a_rule() -> None:
    sections = {f"2.{n}" for n in range(1, 22)} | {"1", "3", "4"}
    assert sections <= {section for rule in KNOWLEDGE.rules.values() for section in rule.sections}


def test_at_least_as_many_as_the_dossiers_hold() -> None:
    counts = count(KNOWLEDGE)
    cases = sum(len(rule["cases"]) for rule in _rows("evidence/vocabulary.yaml", "rules"))
    assert counts["cases"] >= cases
    assert counts["ask_first"] == len(_dossier("evidence/vocabulary.yaml")["ask_first"])
    assert [g.ask for g in KNOWLEDGE.ask_first] == [
        tuple(g["ask"]) for g in _dossier("evidence/vocabulary.yaml")["ask_first"]
    ]
