"""`lumbago ask` at its edges: what it takes, what it refuses, and in which words."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from lumbago.cli import main

STORY = "My lower back aches after long runs. No numbness, my legs are fine."


def ask(capsys: pytest.CaptureFixture[str], *argv: str) -> tuple[int, str, str]:
    """(exit code, what it said, what it complained of)."""
    code = main(["ask", *argv, "--today", "2026-11-22"])
    out, err = capsys.readouterr()
    return code, out, err


def as_json(capsys: pytest.CaptureFixture[str], *argv: str) -> dict[str, Any]:
    code, out, _ = ask(capsys, *argv, "--format", "json", "--no-input")
    assert code == 0
    answer: dict[str, Any] = json.loads(out)
    return answer


def test_a_story_from_a_file_and_as_an_option_give_the_same_answer(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "story.txt"
    file.write_text(STORY, encoding="utf-8")
    assert as_json(capsys, str(file)) == as_json(capsys, "--story", STORY)


def test_a_story_from_a_pipe(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(STORY.encode())))
    assert as_json(capsys, "-") == as_json(capsys, "--story", STORY)


@pytest.mark.parametrize("name", ["answers.yaml", "answers.json"])
def test_answers_from_a_file(capsys: pytest.CaptureFixture[str], tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    given = {"fever": "no", "age": 41, "leaking-pee": "yes"}
    file.write_text(json.dumps(given) if name.endswith("json") else "fever: no\nage: 41\nleaking-pee: yes\n")
    answer = as_json(capsys, "--answers", str(file))
    assert answer["triage"]["level"] == "emergency-now"
    assert answer["plan"] is None
    assert answer["plan_withheld"]["level"] == "emergency-now"
    assert answer["quantities"]["age"] == 41
    assert len(given) <= sum(f["origin"] == "answer" for f in answer["findings"])


def test_an_unknown_id_and_an_impossible_value_are_named_and_the_rest_is_used(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "answers.yaml"
    file.write_text("fever: no\nfevr: yes\nage: 240\npain-now: lots\npain-began-on: 2199-01-01\n")
    answer = as_json(capsys, "--story", STORY, "--answers", str(file))
    said = " ".join(answer["warnings"])
    assert all(name in said for name in ("fevr", "age", "pain-now", "pain-began-on"))
    assert any(f["id"] == "fever" and f["status"] == "absent" for f in answer["findings"])
    assert not any(f["id"] == "age" for f in answer["findings"])


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        (["--story", ""], "nothing to read"),
        (["--story", "   \n "], "nothing to read"),
        (["no-such-file.txt"], "could not be opened"),
        (["--story", STORY, "--today", "yesterday"], "2026-11-22"),
        (["--story", STORY, "--onset", "2199-01-01"], "future"),
        (["--story", STORY, "--days", "mon,someday"], "mon,wed,sat"),
        (["--story", STORY, "--goal", "far"], "8km"),
        (["--story", STORY, "--goal-date", "2027-01-01"], "--goal"),
        (["--story", STORY, "--goal", "5k", "--goal-date", "2020-01-01"], "past"),
        (["--story", STORY, "--emergency", "call me"], "telephone"),
        (["--story", STORY, "--format", "pdf"], "html"),
        (["--batch", "x.jsonl", "--activities", "runs"], "does not go with --batch"),
        (["--story", STORY, "--out", "/no/such/folder/a.txt"], "could not be written"),
        (["a.txt", "--story", STORY], "once"),
        (["--story", "x" * 200_001], "200,000"),
        (["--story", "\x01\x02\x03\x04\x05"], "not a text"),
    ],
)
def test_what_cannot_be_understood_is_refused_in_one_sentence(
    capsys: pytest.CaptureFixture[str], argv: list[str], words: str
) -> None:
    code = main(["ask", "--no-input", "--today", "2026-11-22", *argv])
    out, err = capsys.readouterr()
    assert code == 2
    assert not out
    assert words in err
    assert "Traceback" not in err
    assert STORY[:20] not in err


@pytest.mark.parametrize("data", [b"%PDF-1.7 abc", b"\x89PNG\r\n", b"PK\x03\x04zip", b"abc\x00def"])
def test_a_file_that_is_no_text_is_refused(capsys: pytest.CaptureFixture[str], tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "story"
    file.write_bytes(data)
    code, _, err = ask(capsys, str(file), "--no-input")
    assert code == 2
    assert "not a text" in err


def test_ten_megabytes_are_refused_without_reading_them_all(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "huge.txt"
    file.write_text("My back hurts. " * 700_000)
    code, _, err = ask(capsys, str(file), "--no-input")
    assert code == 2
    assert "200,000" in err


def test_old_encodings_are_read(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    for encoding in ("cp1252", "utf-16", "utf-8-sig"):
        file = tmp_path / encoding
        file.write_bytes("My lower back hurts – it’s sore.".encode(encoding))
        answer = as_json(capsys, str(file))
        assert any(f["id"] == "low-back-pain" for f in answer["findings"]), encoding


def test_another_language_is_never_reassured(capsys: pytest.CaptureFixture[str]) -> None:
    answer = as_json(capsys, "--story", "Mein unterer Rücken schmerzt seit gestern und ich kann nicht pinkeln.")
    assert answer["triage"]["provisional"]
    assert any("another language" in warning for warning in answer["warnings"])
    assert "bladder-change" in answer["triage"]["ask"][:5]


def test_the_same_command_gives_the_same_bytes(capsys: pytest.CaptureFixture[str]) -> None:
    for form in ("text", "json", "html"):
        one = ask(capsys, "--story", STORY, "--no-input", "--format", form)
        assert one == ask(capsys, "--story", STORY, "--no-input", "--format", form)


def test_a_page_goes_to_a_file(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    page = tmp_path / "answer.html"
    code, out, _ = ask(capsys, "--story", STORY, "--no-input", "--format", "html", "--out", str(page))
    assert (code, out) == (0, "")
    assert page.read_text(encoding="utf-8").startswith("<!")


def batch(capsys: pytest.CaptureFixture[str], tmp_path: Path, *lines: str) -> list[dict[str, Any]]:
    file = tmp_path / "stories.jsonl"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    code, out, _ = ask(capsys, "--batch", str(file))
    assert code == 0
    return [json.loads(line) for line in out.splitlines()]


def test_a_batch_answers_in_order_and_goes_on_after_a_bad_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    rows = batch(
        capsys,
        tmp_path,
        json.dumps({"id": "one", "story": STORY}),
        "{broken",
        json.dumps(["no", "object"]),
        json.dumps({"id": "empty"}),
        json.dumps({"id": "odd", "story": 7}),
        json.dumps({"id": "half", "story": "My lower back hurts \ud800 badly"}),
        json.dumps({"id": "last", "answers": {"fever": "yes", "low-back-pain": True}}),
    )
    assert [row["id"] for row in rows] == ["one", "line-2", "line-3", "empty", "odd", "half", "last"]
    assert [row["schema"].split(".")[1] for row in rows] == [
        "answer/1", "error/1", "error/1", "error/1", "error/1", "answer/1", "answer/1",
    ]  # fmt: skip
    assert rows[-1]["triage"]["level"] == "same-day"


def test_a_fault_names_its_place_and_never_the_story(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError(STORY)

    monkeypatch.setattr("lumbago.cli.ask.answer", broken)
    code, _, err = ask(capsys, "--story", STORY, "--no-input")
    assert code == 1
    assert "RuntimeError" in err
    assert "aches" not in err


def test_training_files_that_cannot_be_read_keep_nobody_from_an_answer(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    danger = "My lower back hurts, I am numb between the legs and cannot pee."
    (tmp_path / "empty").mkdir()
    for path in ("no-such-runs", str(tmp_path / "empty")):
        argv = ["ask", "--story", danger, "--no-input", "--format", "json", "--activities", path]
        assert main(argv) == 0
        found = json.loads(capsys.readouterr().out)
        assert found["triage"]["level"] == "emergency-now"
        assert any("nothing here rests on them" in warning for warning in found["warnings"])
