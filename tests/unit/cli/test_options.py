"""What people type beside the story, and what a terminal is shown."""

from __future__ import annotations

import json
from datetime import date

import pytest

from lumbago.cli import options
from lumbago.errors import FileNotFound, InputError, OptionUnreadable


@pytest.mark.parametrize("text", ["0001-01-01", "1899-12-31", "2200-01-01", "9999-12-31", "2026-02-30", "soon", ""])
def test_a_day_that_no_calendar_here_holds(text: str) -> None:
    with pytest.raises(OptionUnreadable, match="from 1900 to 2199"):
        options.day(text)


def test_the_first_and_the_last_day() -> None:
    assert (options.day("1900-01-01"), options.day(" 2199-12-31 ")) == (date(1900, 1, 1), date(2199, 12, 31))


@pytest.mark.parametrize("text", ["0km", "1001km", "9" * 400 + "mi", "-5km", "5"])
def test_a_distance_that_nobody_runs(text: str) -> None:
    with pytest.raises(OptionUnreadable):
        options.distance_m(text)


def test_the_farthest_race() -> None:
    assert options.distance_m("1000km") == 1_000_000


def test_a_name_that_no_file_can_have() -> None:
    with pytest.raises(FileNotFound, match="no file can have that name"):
        options.text_of("a\0b")


@pytest.mark.parametrize("sign", ["\x7f", "\x9b31m", "\u202e", "\u2066", "\u200b", "\ufeff", "\xad", "\U000e0041"])
def test_json_is_inert_and_says_the_same(sign: str) -> None:
    value = {"text": f"back {sign} “ö” 背\n"}
    shown = options.inert(json.dumps(value, ensure_ascii=False, indent=2))
    assert json.loads(shown) == value
    assert sign[0] not in shown and "“ö” 背" in shown and "\n" in shown


def test_every_refusal_is_an_input_error_with_words() -> None:
    for refuse in (lambda: options.day("x"), lambda: options.running_days("x"), lambda: options.distance_m("x")):
        with pytest.raises(InputError) as refused:
            refuse()
        assert refused.value.message.endswith(".")
