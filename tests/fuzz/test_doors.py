"""Any bytes and any text into `ask` give an answer or a refusal, within bounds of time and memory."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from decided import knowledge
from fuzz.doors import FILES, GIGABYTE, STORY, answered_or_refused, in_small_memory, kept

DAMAGED = sorted(path for path in FILES.iterdir() if not path.name.startswith("found-"))
IDS = sorted(knowledge().findings)
SIGNS = st.sampled_from(
    [
        "\x1b[2J",
        "\x1b]0;x\x07",
        "\x9b31m",
        "\u202e",
        "\u200b",
        "\x00",
        "\ud800",
        "\ufeff",
        "<script>",
        "&lt;",
        "\r\n",
        "`",
        "%s",
        "{}",
    ]
)
WORDS = st.sampled_from(
    [*STORY.split(), "numb", "can't", "pee", "3", "km", "weeks", "7/10", "999999999", "sister", "?", "."]
)
TEXT = st.lists(WORDS | SIGNS | st.text(max_size=20), max_size=60).map(" ".join) | st.text(max_size=300)
BYTES = (
    st.binary(max_size=300)
    | TEXT.map(lambda text: text.encode("utf-8", "surrogatepass"))
    | TEXT.map(lambda text: text.encode("utf-16", "surrogatepass"))
    | st.tuples(TEXT, st.binary(max_size=8)).map(lambda both: both[0].encode("utf-8", "replace") + both[1])
)
LEAF = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | TEXT
    | st.sampled_from(["yes", "no", "unsure", "2026-13-45"])
)
VALUE = st.recursive(
    LEAF, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3), max_leaves=6
)
ANSWER = VALUE | st.fixed_dictionaries({}, optional=dict.fromkeys(("status", "when", "value", "unit", "onset"), VALUE))
ANSWERS = st.dictionaries(st.sampled_from(IDS) | TEXT, ANSWER, max_size=6)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("fuzz")


def strict_json(text: str) -> Any:
    """JSON without the numbers that JSON does not have."""

    def refuse(name: str) -> None:
        raise AssertionError(name)

    return json.loads(text, parse_constant=refuse)


def read(data: bytes, suffix: str, folder: Path, *argv: str) -> str:
    path = kept(data, suffix, folder)
    out = answered_or_refused(*(path if part == "FILE" else part for part in argv))
    Path(path).unlink()
    return out


@given(data=BYTES, form=st.sampled_from(["text", "html", "json"]))
def test_any_bytes_as_a_story_file(data: bytes, form: str, folder: Path) -> None:
    read(data, ".txt", folder, "FILE", "--format", form)


@given(story=TEXT, form=st.sampled_from(["text", "html", "json"]))
def test_any_text_as_a_story(story: str, form: str) -> None:
    out = answered_or_refused(f"--story={story}", "--format", form)
    if out and form == "json":
        assert strict_json(out)["schema"] == "lumbago.answer/1"
    if out and form == "html":
        assert "<script" not in out


@given(data=BYTES, suffix=st.sampled_from([".yaml", ".json"]))
def test_any_bytes_as_answers(data: bytes, suffix: str, folder: Path) -> None:
    read(data, suffix, folder, "--story", STORY, "--answers", "FILE")


@given(answers=ANSWERS, as_json=st.booleans())
def test_any_values_as_answers(answers: dict[str, Any], as_json: bool, folder: Path) -> None:
    text = json.dumps(answers) if as_json else yaml.safe_dump(answers)
    out = read(text.encode("utf-8", "replace"), ".json" if as_json else ".yaml", folder,
               "--story", STORY, "--answers", "FILE", "--format", "json")  # fmt: skip
    if out:
        assert strict_json(out)["triage"]["level"]


@given(lines=st.lists(BYTES | st.fixed_dictionaries({"id": VALUE, "story": TEXT | VALUE, "answers": ANSWERS | VALUE})
                      .map(lambda row: json.dumps(row).encode()), max_size=5))  # fmt: skip
def test_any_lines_as_a_batch(lines: list[bytes], folder: Path) -> None:
    whole = [
        json.dumps({"id": "first", "story": STORY}).encode(),
        *lines,
        b"",
        json.dumps({"id": "last", "story": STORY}).encode(),
    ]
    rows = [
        strict_json(line) for line in read(b"\n".join(whole), ".jsonl", folder, "--batch", "FILE").split("\n") if line
    ]
    assert (rows[0]["id"], rows[-1]["id"]) == ("first", "last")
    assert rows[0]["schema"] == rows[-1]["schema"] == "lumbago.answer/1"
    assert {row["schema"] for row in rows} <= {"lumbago.answer/1", "lumbago.error/1"}
    assert "a fault" not in json.dumps(rows).lower()


@pytest.mark.parametrize("path", DAMAGED, ids=lambda path: path.name)
def test_damaged_files_from_the_past(path: Path) -> None:
    answers = ["--story", STORY, "--answers", str(path)]
    argv = {".jsonl": ["--batch", str(path)], ".txt": [str(path)]}.get(path.suffix, answers)
    for form in ("text", "json", "html"):
        out = answered_or_refused(*argv, "--format", form)
        assert "a fault" not in out.lower()


LONG = {
    "ordinary": "My lower back hurts when I run 5 km a week and no numbness in both legs for 3 weeks; pee is fine. ",
    "one sentence": "pain in my back and my leg and ",
    "one word": "a",
    "one number": "1",
    "one danger": "numb ",
    "denials": "no ",
    "questions": "pain? ",
    "doubts": "maybe my leg is weak. ",
    "other people": "my sister said her leg is numb, ",
    "general denials": "wee and poo, no to all. ",
    "years": "in 2019 my back hurt, ",
    "list": "\n- back pain",
    "scores": "7/10 ",
}


@pytest.mark.parametrize("name", ["ordinary", "one word"])
def test_a_long_story_is_answered_in_bounded_memory(name: str) -> None:
    story = (LONG[name] * 190_000)[:190_000]
    done = in_small_memory("ask", "-", "--no-input", "--today", "2026-11-23", stdin=story.encode())
    assert done.returncode == 0, done.stderr
    assert b"HOW SERIOUS IS THIS?" in done.stdout


@pytest.mark.parametrize("name", LONG)
def test_reading_takes_no_longer_a_word_in_a_longer_story(name: str, nightly: bool) -> None:
    """Counted in calls, not in seconds: four times the text may take about four times the work."""
    short, long = (calls((LONG[name] * size)[:size]) for size in ((20_000, 80_000) if nightly else (2_500, 10_000)))
    assert long < 6 * short


def calls(story: str) -> int:
    import cProfile
    import pstats

    from decided import AS_OF
    from lumbago.model.request import Request
    from lumbago.pipeline import answer

    profile = cProfile.Profile()
    profile.runcall(answer, Request(AS_OF, story), knowledge())
    return pstats.Stats(profile).total_calls  # type: ignore[attr-defined,no-any-return]


BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{new}: &{new} [{', '.join(['*' + old] * 9)}]\n" for old, new in zip("abcdefghi", "bcdefghij", strict=True)
)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("bomb.yaml", BOMB + "fever: {status: yes, unit: *j, onset: *j}\n"),
        ("itself.yaml", "fever: &a {status: *a}\n"),
        ("deep.yaml", "[" * 90_000),
        ("deep-map.yaml", "{a: " * 20_000),
        ("deep-list.json", "[" * 90_000),
        ("deep-pairs.json", '{"a":' * 15_000),
        ("long.yaml", "fever: no\n" * 60_000),
        ("long.json", '{"fever": "' + "x" * 500_000 + '"}'),
        ("digits.json", '{"age": ' + "9" * 90_000 + "}"),
    ],
)
def test_answers_that_would_fill_the_memory_are_refused(name: str, text: str, tmp_path: Path) -> None:
    file = tmp_path / name
    file.write_text(text)
    done = in_small_memory("ask", "--story", STORY, "--answers", str(file), "--no-input")
    assert done.returncode == 2, done.stderr
    assert b"answers file" in done.stderr


def test_a_batch_line_without_an_end_is_skipped_and_the_rest_answered(tmp_path: Path) -> None:
    file = tmp_path / "stories.jsonl"
    with file.open("wb") as out:
        out.write(b'{"id": "huge", "story": "')
        out.seek(2 * GIGABYTE)  # a hole: nothing is written, and zeros are read
        out.write(b'"}\n{"id": "last", "story": "My lower back aches."}\n')
    done = in_small_memory("ask", "--batch", str(file))
    assert done.returncode == 0, done.stderr
    first, last = map(json.loads, done.stdout.splitlines())
    assert (first["schema"], last["schema"], last["id"]) == ("lumbago.error/1", "lumbago.answer/1", "last")
