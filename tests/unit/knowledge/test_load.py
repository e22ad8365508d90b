"""Loading: the plain case, each refusal with file and line, and the cache that only ever costs time."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from lumbago.errors import KnowledgeError
from lumbago.knowledge.load import HERE, content_hash, load_knowledge, read_files
from lumbago.model.conditions import Condition, Operator
from lumbago.model.levels import Level, Tier

TOES = """\
id: green-toes
label: green toes
group: red-flag
kind: yes_no
ask: Are your toes green?
"""
DISTANCE = """\
id: shoe-distance
label: distance in these shoes
group: training
kind: number
unit: m
minimum: 0
maximum: 10000000
ask: About how far have you run in these shoes?
"""
RULE = """\
id: worn-shoes
label: Worn shoes and green toes
tier: B
level: within-days
activity: walk
when:
  all:
    - present: green-toes
    - at_least: {finding: shoe-distance, value: 800000, unit: m}
say: Green toes in worn shoes need a look this week.
basis: S
sources: [toes]
reviewed_by_clinician: false
cases:
  - {name: fires at the threshold, given: {green-toes: present, shoe-distance: 800000}, expect: fires}
  - {name: asks for the distance, given: {green-toes: present}, expect: {asks: [shoe-distance]}}
"""
SOURCE = """\
id: toes
kind: cohort
title: An invented study of toes
finding: Green toes in 12 of 40.
verified: true
seen_at: []
"""
ASK_FIRST = """\
- {heading: Toes, ask: [green-toes, shoe-distance]}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small knowledge of two findings, a rule, a source and a tick-list."""
    files = {
        "findings/green-toes.yaml": TOES,
        "findings/shoe-distance.yaml": DISTANCE,
        "rules/worn-shoes.yaml": RULE,
        "sources/toes.yaml": SOURCE,
        "ask_first.yaml": ASK_FIRST,
    }
    for path, text in files.items():
        file = tmp_path / "data" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return tmp_path / "data"


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def _change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def _refusal(folder: Path, cache: Path) -> str:
    with pytest.raises(KnowledgeError) as refused:
        load_knowledge(folder, cache)
    return refused.value.message


def test_files_become_frozen_types(folder: Path, cache: Path) -> None:
    knowledge = load_knowledge(folder, cache)
    rule = knowledge.rules["worn-shoes"]
    assert (rule.level, rule.tier, rule.sources, rule.unless) == (Level.WITHIN_DAYS, Tier.CLUSTER, ("toes",), ())
    assert rule.when == Condition(
        Operator.ALL,
        of=(
            Condition(Operator.PRESENT, "green-toes"),
            Condition(Operator.AT_LEAST, "shoe-distance", 800000.0, "m"),
        ),
    )
    assert rule.cases[0].given == {"green-toes": "present", "shoe-distance": 800000}
    assert rule.cases[1].expect == {"asks": ("shoe-distance",)}
    assert knowledge.findings["shoe-distance"].maximum == 10_000_000
    assert knowledge.ask_first[0].ask == ("green-toes", "shoe-distance")


def test_what_is_kept_is_what_was_compiled(folder: Path, cache: Path) -> None:
    compiled = load_knowledge(folder, cache)
    assert load_knowledge(folder, cache) == compiled


@pytest.mark.parametrize(
    ("path", "old", "new", "line", "right"),
    [
        ("rules/worn-shoes.yaml", "level:", "levle:", 4, "`levle` is not a key here; perhaps level"),
        ("rules/worn-shoes.yaml", "tier: B\n", "tier: B\ntier: A\n", 4, "`tier` stands twice"),
        ("rules/worn-shoes.yaml", "green-toes\n", "gren-toes\n", 8, "no findings/gren-toes.yaml; perhaps green-toes"),
        ("rules/worn-shoes.yaml", "unit: m}", "unit: km}", 9, "`shoe-distance` is in m, this says km; write m"),
        ("rules/worn-shoes.yaml", "[toes]", "[tose]", 12, "no sources/tose.yaml; perhaps toes"),
        ("rules/worn-shoes.yaml", "green-toes: present,", "blue-toes: present,", 15, "no findings/blue-toes.yaml"),
        ("rules/worn-shoes.yaml", "within-days", "soon", 4, "`level` must be one of self-care, routine, within-days"),
        ("rules/worn-shoes.yaml", "present: green-toes", "is: green-toes", 8, "`is` is not an operator"),
        ("rules/worn-shoes.yaml", "value: 800000,", "", 9, "`at_least` needs `value`"),
        ("rules/worn-shoes.yaml", "at_least: {finding: shoe-distance", "at_least: {finding: green-toes", 9, "no unit"),
        ("rules/worn-shoes.yaml", "value: 800000", "value: far", 9, "`value` must be a number"),
        ("rules/worn-shoes.yaml", "label: Worn shoes and green toes\n", "", 1, "`label` is missing"),
        ("rules/worn-shoes.yaml", "id: worn-shoes", "id: old-shoes", 1, "`id` must be worn-shoes, as the file"),
        ("rules/worn-shoes.yaml", "sources: [toes]", "sources: toes", 12, "`sources` must be a list"),
        ("rules/worn-shoes.yaml", "  all:\n", "  any: []\n  all:\n", 7, "a condition has one operator"),
        ("rules/worn-shoes.yaml", "say: Green", 'say: "Green', 10, "this must be YAML"),
        ("findings/green-toes.yaml", "label: green toes", "label: [green, toes]", 2, "`label` must be text"),
        ("findings/green-toes.yaml", "label: green toes", "label: yes", 2, "`label` must be text, in quotes"),
        ("findings/green-toes.yaml", "kind: yes_no", "kind: yes_no\n1: one", 5, "a key must be text"),
        ("findings/shoe-distance.yaml", "minimum: 0", "minimum: none", 6, "`minimum` must be a number"),
        ("ask_first.yaml", "shoe-distance]", "shoes]", 1, "no findings/shoes.yaml; perhaps"),
    ],
)
def test_a_slip_is_refused_with_file_line_and_what_would_be_right(
    folder: Path, cache: Path, path: str, old: str, new: str, line: int, right: str
) -> None:
    _change(folder / path, old, new)
    refusal = _refusal(folder, cache)
    if right != "this must be YAML":  # where a quotation mark is missing, YAML notices only later
        assert refusal.startswith(f"{path}, line {line}: ")
    assert refusal.startswith(f"{path}, line ")
    assert right in refusal


def test_an_empty_file_is_refused(folder: Path, cache: Path) -> None:
    (folder / "rules/worn-shoes.yaml").write_text("", encoding="utf-8")
    assert _refusal(folder, cache) == "rules/worn-shoes.yaml, line 1: the file is empty"


def test_a_refused_knowledge_is_not_kept(folder: Path, cache: Path) -> None:
    _change(folder / "rules/worn-shoes.yaml", "tier: B", "tier: Z")
    _refusal(folder, cache)
    assert not list(cache.glob("*.json"))


def test_the_version_follows_every_byte_and_every_name(folder: Path, cache: Path) -> None:
    before = load_knowledge(folder, cache).version
    _change(folder / "findings/green-toes.yaml", "green?", "green today?")
    after = load_knowledge(folder, cache).version
    assert before != after
    assert content_hash({"a": b"bc"}) != content_hash({"ab": b"c"})
    assert len(after) == 16


def test_line_ends_and_other_files_in_the_folder_do_not_matter_to_what_is_read(folder: Path) -> None:
    (folder / "README.md").write_text("not knowledge", encoding="utf-8")
    (folder / "rules" / "worn-shoes.yaml~").write_text("not knowledge", encoding="utf-8")
    assert len(dict(read_files(folder))) == 5


# --- the cache


def _kept(cache: Path) -> Path:
    (kept,) = cache.glob("*.json")
    return kept


def test_the_first_load_keeps_json_and_the_second_reads_it(
    folder: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = load_knowledge(folder, cache)
    head, body = _kept(cache).read_text(encoding="utf-8").split("\n", 1)
    assert len(head) == 64
    assert json.loads(body)["rules"]["worn-shoes"]["level"] == "within-days"
    monkeypatch.setattr("lumbago.knowledge.compile.compile_files", _fail)
    assert load_knowledge(folder, cache) == first


def _fail(_: object) -> None:
    raise AssertionError("compiled again")


@pytest.mark.parametrize("damage", [b"", b"{}", b"\xff\xfe", b"no json at all\n{"])
def test_a_damaged_file_is_made_anew(folder: Path, cache: Path, damage: bytes) -> None:
    first = load_knowledge(folder, cache)
    whole = _kept(cache).read_bytes()
    _kept(cache).write_bytes(damage)
    assert load_knowledge(folder, cache) == first
    assert _kept(cache).read_bytes() == whole


def test_one_changed_byte_is_noticed(folder: Path, cache: Path) -> None:
    first = load_knowledge(folder, cache)
    whole = _kept(cache).read_bytes()
    _kept(cache).write_bytes(whole.replace(b"within-days", b"emergency-x", 1))
    assert load_knowledge(folder, cache) == first


def test_half_a_file_is_noticed(folder: Path, cache: Path) -> None:
    first = load_knowledge(folder, cache)
    whole = _kept(cache).read_bytes()
    _kept(cache).write_bytes(whole[: len(whole) // 2])
    assert load_knowledge(folder, cache) == first


def test_a_folder_that_cannot_be_made_only_costs_time(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    assert load_knowledge(folder, tmp_path / "file" / "cache").rules


def test_no_half_written_file_stays(folder: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError("no space")

    monkeypatch.setattr("os.replace", full)
    assert load_knowledge(folder, cache).rules
    assert list(cache.iterdir()) == []


def test_only_the_newest_few_are_kept(folder: Path, cache: Path) -> None:
    for n in range(6):
        _change(folder / "findings/green-toes.yaml", "?", f"?{n}?")
        load_knowledge(folder, cache)
    assert len(list(cache.glob("*.json"))) == 3


def test_the_cache_folder_is_named_by_the_environment(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    monkeypatch.delenv("LUMBAGO_CACHE", raising=False)
    load_knowledge(folder)
    assert list((tmp_path / "xdg" / "lumbago").glob("*.json"))
    monkeypatch.setenv("LUMBAGO_CACHE", str(tmp_path / "own"))
    load_knowledge(folder)
    assert list((tmp_path / "own").glob("*.json"))


def test_without_a_home_nothing_is_kept(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless() -> Path:
        raise RuntimeError("no home")

    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.delenv("LUMBAGO_CACHE", raising=False)
    monkeypatch.setattr(Path, "home", homeless)
    assert load_knowledge(folder).rules


def test_a_copy_of_the_real_knowledge_has_the_same_version(tmp_path: Path) -> None:
    copy = tmp_path / "knowledge"
    shutil.copytree(HERE, copy, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    assert content_hash(dict(read_files(copy))) == content_hash(dict(read_files(HERE)))
