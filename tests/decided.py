"""Short ways to tell findings and have them settled and triaged, for the tests of settle and of the triage room."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import yaml

from lumbago.knowledge.load import load_knowledge
from lumbago.model.findings import Finding, Findings
from lumbago.model.knowledge import Knowledge
from lumbago.model.levels import Origin, Status, When
from lumbago.model.triage import Triage
from lumbago.story.settle import settle
from lumbago.triage.decide import decide

AS_OF = date(2026, 11, 23)
SHARED = Path(__file__).resolve().parents[1].parent / "shared"
Told = Mapping[str, str | float]


@cache
def knowledge() -> Knowledge:
    """The knowledge files as they are, read once."""
    return load_knowledge()


def finding(name: str, said: str | float, when: When = When.NOW, origin: Origin = Origin.STORY) -> Finding:
    """One finding from a word (present, absent, unsure) or a number."""
    if isinstance(said, str):
        return Finding(name, Status(said), when, origin=origin)
    return Finding(name, Status.PRESENT, when, value=said, origin=origin)


def told(given: Told, past: Iterable[str] = (), origin: Origin = Origin.STORY) -> Findings:
    """Findings as told, not settled: told({"fever": "absent", "age": 31})."""
    now = [finding(name, said, origin=origin) for name, said in given.items()]
    return Findings((*now, *(finding(name, "present", When.PAST) for name in past)))


def settled(given: Told, past: Iterable[str] = (), origin: Origin = Origin.STORY) -> Findings:
    """The same with all that follows."""
    return settle(told(given, past, origin), knowledge(), AS_OF)


def triage_of(findings: Findings) -> Triage:
    """The triage of findings that were told, settled on the way."""
    return decide(settle(findings, knowledge(), AS_OF), knowledge(), AS_OF)


def triaged(*present: str, given: Told | None = None, origin: Origin = Origin.STORY) -> Triage:
    """The triage of these findings: triaged("fever", given={"age": 31})."""
    return triage_of(told(dict.fromkeys(present, "present") | dict(given or {}), origin=origin))


def fired(triage: Triage) -> list[str]:
    """The ids of the rules with a level, gravest first."""
    return [each.rule for each in triage.fired]


@cache
def reference() -> ModuleType:
    """The small evaluator that came with the dossier."""
    spec = importlib.util.spec_from_file_location("check_vocabulary", SHARED / "evidence" / "check_vocabulary.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@cache
def dossier() -> dict[str, Any]:
    """The vocabulary as the dossier tells it."""
    loaded: dict[str, Any] = yaml.safe_load((SHARED / "evidence" / "vocabulary.yaml").read_text(encoding="utf-8"))
    return loaded


@cache
def stories() -> list[dict[str, Any]]:
    """The labelled stories."""
    loaded = yaml.safe_load((SHARED / "cases" / "stories.yaml").read_text(encoding="utf-8"))
    cases: list[dict[str, Any]] = loaded["cases"]
    return cases


def labelled(story: Mapping[str, Any]) -> Findings:
    """The findings and numbers a story is labelled with, as told."""
    word = {"yes": "present", "no": "absent"}
    items = {
        (row["name"], row["when"]): finding(row["name"], word.get(row["value"], "unsure"), When(row["when"]))
        for row in story["findings"]
    }
    for name, label in dossier()["quantity_names"].items():
        value = story["quantities"].get(label)
        if isinstance(value, int | float):
            items[name, "now"] = finding(name, value)
    return Findings(tuple(items.values()))
