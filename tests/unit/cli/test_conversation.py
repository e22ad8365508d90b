"""At a terminal: correct what was understood, tick danger signs, be asked again when not sure."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from decided import AS_OF, knowledge
from lumbago.cli.conversation import STILL_UNSURE, _numbers, ask_open_questions, ask_story, in_short
from lumbago.model.levels import Level, Status
from lumbago.model.request import Locale, Request
from lumbago.pipeline import answer

STORY = "My lower back hurts when I run. My left leg is sore."


@pytest.fixture
def typing(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[str], str]], list[str]]:
    """Answers every prompt by a function of the prompt; keeps the prompts."""

    def use(reply: Callable[[str], str]) -> list[str]:
        prompts: list[str] = []

        def typed(prompt: str = "") -> str:
            prompts.append(prompt)
            return reply(prompt)

        monkeypatch.setattr("builtins.input", typed)
        return prompts

    return use


def none_of_these(prompt: str) -> str:
    return "40" if prompt == "> " else ""


def test_a_story_ends_with_an_empty_line(monkeypatch: pytest.MonkeyPatch) -> None:
    lines: Iterator[str] = iter(["", "It hurts.", "Since Monday.", "", "never read"])
    monkeypatch.setattr("builtins.input", lambda _="": next(lines))
    assert ask_story() == "It hurts.\nSince Monday."


def test_with_none_of_these_to_every_list_nothing_stays_open(typing: Callable[..., list[str]]) -> None:
    prompts = typing(none_of_these)
    found = answer(ask_open_questions(Request(AS_OF, STORY), knowledge()), knowledge())
    assert not found.triage.provisional
    assert found.triage.level in (Level.SELF_CARE, Level.ROUTINE)
    assert 5 <= len(prompts) <= 25


def test_a_tick_raises_and_ends_the_questions(
    typing: Callable[..., list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    typing(lambda prompt: "1" if prompt.startswith("Numbers that are a yes") else none_of_these(prompt))
    found = answer(ask_open_questions(Request(AS_OF, STORY), knowledge()), knowledge())
    assert found.triage.level is Level.EMERGENCY_NOW


def test_what_was_misunderstood_can_be_corrected(typing: Callable[..., list[str]]) -> None:
    typing(lambda prompt: "1" if prompt.startswith("\nWhich of these are wrong") else none_of_these(prompt))
    before = answer(Request(AS_OF, STORY), knowledge())
    first = next(f for f in before.findings if f.quotes and not f.implied_by)
    request = ask_open_questions(Request(AS_OF, STORY), knowledge())
    assert answer(request, knowledge()).findings.status(first.id) is Status.ABSENT


def test_not_sure_twice_about_a_danger_sign_is_kept_as_such(typing: Callable[..., list[str]]) -> None:
    typing(lambda prompt: "1?" if prompt.startswith("Numbers that are a yes") else none_of_these(prompt))
    request = ask_open_questions(Request(AS_OF, STORY), knowledge())
    assert any(given.id == STILL_UNSURE for given in request.answers)
    assert answer(request, knowledge()).triage.level.rank >= Level.SAME_DAY.rank


@pytest.mark.parametrize("slip", ["thirty", "yes", "99", "1 x", "3-99", "0.5"])
def test_what_cannot_be_read_is_never_a_no(
    typing: Callable[..., list[str]], capsys: pytest.CaptureFixture[str], slip: str
) -> None:
    typing(lambda prompt: slip if prompt.startswith("Numbers that are a yes") else none_of_these(prompt))
    request = ask_open_questions(Request(AS_OF, STORY), knowledge())
    assert not any(g.status is Status.ABSENT for g in request.answers if g.id == "saddle-numbness")
    assert answer(request, knowledge()).triage.provisional
    assert "could not read that" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("", (set(), set())),
        ("none", (set(), set())),
        ("1 4 5?", ({1, 4}, {5})),
        ("2-4", ({2, 3, 4}, set())),
        ("1, 2 and 3 ?", ({1, 2}, {3})),
        ("6", None),
        ("not 1", None),
    ],
)
def test_ticks_as_people_type_them(typed: str, read: tuple[set[int], set[int]] | None) -> None:
    assert _numbers(typed, 5) == read


def test_one_question_alone_takes_a_yes() -> None:
    assert _numbers("yes", 1) == ({1}, set())
    assert _numbers("not sure", 1) == (set(), {1})


def test_an_emergency_ends_the_questions_at_once(typing: Callable[..., list[str]]) -> None:
    prompts = typing(lambda prompt: "1" if prompt.startswith("Numbers that are a yes") else none_of_these(prompt))
    ask_open_questions(Request(AS_OF, "My lower back hurts. I am 40."), knowledge())
    assert sum(prompt.startswith("Numbers that are a yes") for prompt in prompts) <= 2


def test_a_number_that_was_misread_is_asked_for(typing: Callable[..., list[str]]) -> None:
    story = "My lower back has hurt for 10 days."
    told = [f for f in answer(Request(AS_OF, story), knowledge()).findings if f.quotes and not f.implied_by]
    place = 1 + [f.id for f in told].index("duration-days")
    typed = iter(["some weeks", "3 weeks"])

    def reply(prompt: str) -> str:
        if prompt.startswith("\nWhich of these are wrong"):
            return str(place)
        return next(typed, "") if prompt == "> " else ""

    typing(reply)
    request = ask_open_questions(Request(AS_OF, story), knowledge())
    first = next(given for given in request.answers if given.id == "duration-days")
    assert first.value == 21


def test_when_the_keyboard_ends_the_rest_stays_unknown(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def ended(_: str = "") -> str:
        raise EOFError

    monkeypatch.setattr("builtins.input", ended)
    request = ask_open_questions(Request(AS_OF, STORY), knowledge())
    assert answer(request, knowledge()).triage.provisional
    assert "stays unknown" in capsys.readouterr().out


def test_the_level_is_said_once_more_at_the_end() -> None:
    emergency = Request(AS_OF, "My back hurts, I can't feel when I wipe and I cannot pee at all.", locale=Locale())
    assert "Call 112" in in_short(answer(emergency, knowledge()), knowledge())
    assert in_short(answer(Request(AS_OF, STORY), knowledge()), knowledge()).startswith("In short, so far: ")


def test_words_that_could_steer_a_terminal_are_shown_without_their_signs(
    typing: Callable[..., list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    typing(none_of_these)
    ask_open_questions(
        Request(AS_OF, "I run most days and since Monday my lower \x1b[31mback\u202e \x07hurts when I sit down."),
        knowledge(),
    )
    shown = capsys.readouterr().out
    assert "hurts" in shown
    assert not set(shown) & set("\x1b\x07\u202e")


def test_a_question_raised_by_the_runners_own_words_quotes_them(
    typing: Callable[..., list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    typing(none_of_these)
    story = f"{STORY} Something about my bladder, hard to explain."
    asked = ask_open_questions(Request(AS_OF, story), knowledge())
    assert "You wrote “bladder”." in capsys.readouterr().out
    assert answer(asked, knowledge()).reading.asks == ()
