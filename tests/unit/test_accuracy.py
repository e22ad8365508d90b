"""The arithmetic of `make accuracy`, on a handful of invented stories; and that a closed set stays closed."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from lumbago.model.levels import Level
from lumbago.model.request import Request
from lumbago.pipeline import answer
from lumbago.report.contract import to_contract
from measured import accuracy, scoring
from stories import CASES, needs_shared, scorer

Label, Ratio, Read = scoring.Label, scoring.Ratio, scoring.Read
YES_NUMB = Label("saddle-numbness", "yes", "now")


def row(id_: str, triage: str, findings: list[tuple[str, str, str, str]], story: str, **more: Any) -> dict[str, Any]:
    """A labelled story in the form of benchmarks/stories."""
    labels = [dict(zip(("name", "value", "when", "evidence"), each, strict=True)) for each in findings]
    told = {"id": id_, "writer": "w1", "labeller": "l1", "kind": "plain", "triage": triage, "also_acceptable": []}
    return {**told, "findings": labels, "contributors": [], "story": story, **more}


ROWS = [
    row(
        "t1", "emergency-now",
        [("saddle-numbness", "yes", "now", "velvet seat"), ("bladder-change", "unsure", "now", "may be dribbling"),
         ("low-back-pain", "yes", "now", "low back")],
        "My low back hurts. It feels as if I sat on a velvet seat, and I may be dribbling.", kind="urgent",
    ),
    row("t2", "same-day", [("fever", "yes", "now", "39 degrees")], "Sore back and 39 degrees since the tempo run.",
        also_acceptable=["within-days"], kind="urgent"),
    row("t3", "routine", [("saddle-numbness", "no", "now", "no numb saddle"),
                          ("cancer-history", "yes", "other-person", "mother had cancer")],
        "There is no numb saddle. My mother had cancer.", kind="trap"),
    row("t4", "within-days", [("leg-pain", "yes", "now", "leg")], "The leg burns after marmalade sandwiches.", kind="soon"),
    row("t5", "self-care", [], "Doubled my distance and the small of it aches.", contributors=["load-spike", "hills"]),
]  # fmt: skip
READS = {
    "t1": Read(Level.SELF_CARE, {Label("low-back-pain", "yes", "now"): "back"}, quoted=("saddle-numbness",)),
    "t2": Read(Level.WITHIN_DAYS, {Label("fever", "yes", "now"): "39 degrees"}),
    "t3": Read(Level.EMERGENCY_NOW, {YES_NUMB: "numb saddle"}),
    "t4": Read(Level.ROUTINE),
    "t5": Read(Level.SELF_CARE, contributors=("hills", "load-spike"), ask=("fever",), quoted=("fever",)),
}
GOLDS = [scoring.gold(each, "build") for each in ROWS]
TOLD = [(gold, READS[gold.id]) for gold in GOLDS]


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
        (10, 10, 0.7225, 1.0),
    ],
)  # the first four: Newcombe 1998, Statistics in Medicine 17:857, table I, method 3
def test_the_interval_is_wilsons(part: int, whole: int, low: float, high: float) -> None:
    assert Ratio(part, whole).interval == pytest.approx((low, high), abs=5e-5)


def test_nothing_is_known_of_a_share_of_nothing() -> None:
    assert Ratio(0, 0).interval == (0.0, 1.0)
    assert scoring.shown("accepted", Ratio(0, 0)) == "none"


def test_the_level_is_counted() -> None:
    assert scoring.triage_figures(TOLD) == {
        "accepted": (2, 5),
        "exact": (1, 5),
        "sensitivity": (0, 2),
        "below": (1, 2),  # t2 has an accepted level
        "below-unasked": (0, 2),
        "frightened": (1, 2),
    }


def test_the_reading_is_counted() -> None:
    figures = scoring.reading_figures(TOLD)
    assert figures["flag-recall"] == (1, 2)
    assert figures["flag-recall-asked"] == (2, 2)
    assert figures["flag-precision"] == (1, 2)
    assert (figures["recall"], figures["precision"], figures["f1"]) == ((2, 7), (2, 3), (4, 10))
    assert figures["traps"] == (1, 2)
    assert figures["trap-stories"] == (1, 1)
    assert figures["contributor"] == (1, 1)
    assert (figures["questions"], figures["harmless-asked"]) == ((2, 5), (1, 2))


@needs_shared
@pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")  # score.py leaves its input to the collector
def test_the_shared_scorer_counts_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    more = {"class": "tricky", "why": "", "quantities": {}}
    cases = [{**each, **more, "must_ask": ["fever", "foot-drop"] * (each["id"] == "t5")} for each in ROWS]
    for case in cases:
        case["contributors"] = case["contributors"] or ["none-stated"]
    gold_file, predictions = tmp_path / "gold.yaml", tmp_path / "predictions.jsonl"
    gold_file.write_text(yaml.safe_dump({"cases": cases}))
    predictions.write_text("\n".join(json.dumps(_prediction(id_, read)) for id_, read in READS.items()))
    monkeypatch.setattr(sys, "argv", ["score.py", str(predictions), "--gold", str(gold_file)])
    scorer().main()
    printed = capsys.readouterr().out

    told = [(scoring.gold(case, "shared"), READS[case["id"]]) for case in cases]
    figures = scoring.triage_figures(told) | scoring.reading_figures(told)
    for figure, line in {
        "accepted": "within acceptable",
        "exact": "exact",
        "sensitivity": r"emergency\+same-day sensitivity",
        "traps": "traps taken.*?read as yes/now\\)",
        "contributor": "gold's first in top-3",
        "must-ask": "must-ask findings among the first five asked",
    }.items():
        assert _counts(rf"  *{line} +.*?\((\d+)/(\d+);", printed) == figures[figure], figure
    for line, recall, precision in (("all ", "recall", "precision"), ("red flags", "flag-recall", "flag-precision")):
        tp, fp, fn = _counts(rf"  {line}.*tp (\d+), fp (\d+), fn (\d+)", printed)
        assert (figures[recall], figures[precision]) == ((tp, tp + fn), (tp, tp + fp))


def _prediction(id_: str, read: Read) -> dict[str, Any]:
    findings = [label._asdict() for label in read.labels]
    contributors, ask = list(read.contributors), list(read.ask)
    return {"id": id_, "triage": read.level, "findings": findings, "contributors": contributors, "ask": ask}


def _counts(pattern: str, text: str) -> tuple[int, ...]:
    found = re.search(pattern, text)
    assert found, pattern
    return tuple(map(int, found.groups()))


@needs_shared
def test_labels_and_answers_are_taken_as_the_shared_scorer_takes_them() -> None:
    odd = [{"name": "fever"}, {"name": "hills", "value": False}, {"name": "fever", "value": "unsure", "when": "other"}]
    taken = scoring.gold({**ROWS[0], "findings": [{**each, "evidence": ""} for each in odd]}, "build").labels
    assert taken.keys() == scorer().triples(odd)
    for gold in scoring.read_set("shared")[:8]:
        told = to_contract(answer(Request(scoring.AS_OF, gold.story), scoring.knowledge()), scoring.knowledge())
        scored = {
            each for each in scorer().triples(scorer().short(told)["findings"]) if each[0] in scoring.vocabulary()
        }
        assert scoring.by_lumbago(gold.story).labels.keys() == scored


@needs_shared
def test_the_vocabulary_is_the_shared_one() -> None:
    findings = yaml.safe_load((CASES / "findings.yaml").read_text(encoding="utf-8"))["findings"]
    assert scoring.vocabulary() == {each["id"] for each in findings}
    assert scoring.red_flags() == {each["id"] for each in findings if each["group"] == "red-flag"}


@pytest.mark.parametrize(
    ("quoted", "asked"),
    [
        ((), False),
        (("saddle-numbness",), True),  # told: answered yes it is an emergency
        (("bladder-change",), False),  # told, not sure: a first "not sure" is asked again in other words
        (("fever",), False),  # about another danger, which nobody told
        (("unable-to-pee",), True),  # nobody could label it, so that it counts as answered with yes
        (("tried-painkillers",), False),  # and leads to no level
    ],
)
def test_a_story_below_its_level_is_asked_about_when_true_answers_lift_it(quoted: tuple[str, ...], asked: bool) -> None:
    assert scoring.is_asked(GOLDS[0], Read(Level.SELF_CARE, quoted=quoted)) is asked


def test_every_miss_is_listed_the_most_urgent_first() -> None:
    first, second = scoring.misses(reversed(TOLD))
    assert (first.id, first.flags, first.asked) == ("t1", ("bladder-change", "saddle-numbness"), True)
    assert (second.id, second.flags, second.asked) == ("t4", (), False)


def test_red_flags_come_first_then_the_most_missed() -> None:
    found = scoring.faults(TOLD, with_words=True)
    assert [fault.finding for fault in found] == ["saddle-numbness", "bladder-change", "cancer-history", "leg-pain"]
    assert (len(found[0].missed), len(found[0].wrong)) == (2, 1)
    assert found[0].missed[0].words == "It feels as if I sat on a «velvet seat», and I may be dribbling."
    assert found[0].wrong[0].words == "There is no «numb saddle»."


def test_a_row_without_labels_stops_the_run_and_names_only_its_id() -> None:
    with pytest.raises(SystemExit, match=r"^check, story t9: it has no 'triage'; is it labelled yet\?$"):
        scoring.gold({"id": "t9", "story": "secret"}, "check")
    with pytest.raises(SystemExit, match=r"t9: not in stories/vocabulary.txt: green-toes"):
        scoring.gold(row("t9", "routine", [("green-toes", "yes", "now", "")], "secret"), "check")


RULE = scoring.by_keywords({"same-day": ["wee", "night*", "can't sleep"], "emergency-now": ["numb groin"]})


@pytest.mark.parametrize(
    ("story", "level"),
    [
        ("A sore week.", "self-care"),
        ("I WEE too often", "same-day"),
        ("Worst on most nights", "same-day"),
        ("A fortnight of it", "self-care"),
        ("I can’t  sleep", "same-day"),
        ("At night, and a numb\ngroin", "emergency-now"),
    ],
)
def test_keywords_give_the_most_urgent_level_they_meet(story: str, level: str) -> None:
    assert RULE(story).level == level


def test_the_baselines_read_a_plain_story_of_each_kind() -> None:
    rules = scoring.baselines()
    stories = ("Two hills, sore back.", "Sore back and a fever.", "Sore back, and my bladder does not work.")
    given = {name: [rule(story).level.value for story in stories] for name, rule in rules.items()}
    assert given == {
        "always self-care": ["self-care", "self-care", "self-care"],
        "NHS-list keywords": ["self-care", "same-day", "emergency-now"],
        "anchor words": ["self-care", "same-day", "same-day"],
    }


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The invented stories as every set, and all that is written kept apart."""
    for name in ("build", "check", "once", *accuracy.PIECE_SETS):
        (tmp_path / f"{name}.jsonl").write_text("\n".join(map(json.dumps, ROWS)), encoding="utf-8")
    (tmp_path / "vocabulary.txt").write_text("\n".join(scoring.vocabulary()), encoding="utf-8")
    monkeypatch.setattr(scoring, "STORIES", tmp_path)
    monkeypatch.setattr(accuracy, "ONCE", tmp_path / "once-result.json")
    monkeypatch.setattr(accuracy, "SHEET", tmp_path / "safety-sheet.md")
    monkeypatch.setattr(accuracy, "has_shared", lambda: False)
    return tmp_path


def three_words(text: str) -> set[str]:
    """Every run of three words."""
    words = text.split()
    return {" ".join(words[at : at + 3]) for at in range(len(words) - 2)}


def test_no_word_of_a_closed_set_gets_out(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    accuracy.main(["check", "--missed", "99", "--json", str(folder / "out.json")])
    accuracy.main(["once", "--open-once", "--missed", "99"])
    results = [scoring.measure("check"), scoring.measure("once")]
    written = [folder / "out.json", accuracy.ONCE]
    out = "\n".join(
        [capsys.readouterr().out, accuracy.safety_sheet(results, {}), *(file.read_text("utf-8") for file in written)]
    )
    assert "t1" in out
    assert not {said for each in ROWS for said in three_words(each["story"]) if said in out}
    assert "velvet" not in out


def test_an_open_set_shows_so_many_sentences(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    accuracy.main(["build", "--missed", "1"])
    assert "«velvet seat»" in capsys.readouterr().out
    accuracy.main(["build", "--missed", "0"])
    assert "«" not in capsys.readouterr().out


def test_once_is_opened_by_name_and_a_single_time(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    accuracy.main([])
    assert "once:" not in capsys.readouterr().out
    with pytest.raises(SystemExit, match="still closed"):
        accuracy.main(["once"])
    with pytest.raises(SystemExit):
        accuracy.main(["--open-once"])
    assert not accuracy.ONCE.exists()
    accuracy.main(["once", "--open-once"])
    kept = accuracy.ONCE.read_bytes()
    with pytest.raises(SystemExit, match="opened already"):
        accuracy.main(["once", "--open-once"])
    (folder / "once.jsonl").unlink()
    accuracy.main(["once"])
    assert "once: 5 stories" in capsys.readouterr().out
    assert accuracy.ONCE.read_bytes() == kept


def test_the_sheet_is_written_only_from_all_open_sets_and_check(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    accuracy.main(["build", "check"])
    assert not accuracy.SHEET.exists()
    assert "left as it is" in capsys.readouterr().out
    (folder / "shared.jsonl").write_text((folder / "build.jsonl").read_text("utf-8"), "utf-8")
    read_set = scoring.read_set
    monkeypatch.setattr(accuracy, "has_shared", lambda: True)
    monkeypatch.setattr(scoring, "read_set", lambda name: read_set("build" if name == "shared" else name))
    accuracy.main(["once", "--open-once"])
    accuracy.main([])
    first = accuracy.SHEET.read_text("utf-8")
    accuracy.main(["check", "shared", "build"])
    assert accuracy.SHEET.read_text("utf-8") == first
    assert "On `once`, 5 stories" in first
    below = [miss for name in ("build", "check", "once") for miss in scoring.measure(name).misses]
    assert below
    assert all(f"| {miss.id} | {miss.gold} | {miss.given} |" in first for miss in below)


def test_the_signs_of_pieces_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    numb, denied, fever = (
        scoring.Label(name, value, "now")
        for name, value in (("saddle-numbness", "yes"), ("saddle-numbness", "no"), ("fever", "yes"))
    )
    made = {
        "found": scoring.Read(Level.SELF_CARE, {numb: "seat"}),
        "asked": scoring.Read(Level.SELF_CARE, quoted=("fever",)),
        "nothing": scoring.Read(Level.SELF_CARE),
    }
    monkeypatch.setattr(scoring, "by_lumbago", made.__getitem__)
    pieces = [
        scoring.Piece("p1", frozenset({numb}), "found"),
        scoring.Piece("p2", frozenset({denied}), "found"),
        scoring.Piece("p3", frozenset({fever}), "asked"),
        scoring.Piece("p4", frozenset({fever}), "nothing"),
        scoring.Piece("p5", frozenset(), "asked"),
        scoring.Piece("p6", frozenset(), "nothing"),
    ]
    assert scoring.piece_figures(pieces) == {
        "flag-recall": (1, 3),
        "flag-recall-asked": (2, 3),
        "flag-precision": (1, 2),
        "harmless-flagged": (1, 3),
        "harmless-asked": (1, 3),
    }
