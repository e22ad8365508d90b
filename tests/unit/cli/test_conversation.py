"""At a terminal: correct what was understood, tick danger signs, be asked again when not sure."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from decided import AS_OF, knowledge
from lumbago.cli.conversation import STILL_UNSURE, ask_open_questions, ask_story
from lumbago.model.levels import Level, Status
from lumbago.model.request import Request
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
    return "40" if "old are you" in prompt else ""


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
