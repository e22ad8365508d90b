"""The picture: what a bar, a mark and a line stand for, and that a page can hold it."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any
from xml.etree import ElementTree

import pytest

from decided import knowledge
from lumbago.model.activities import Exposures
from lumbago.model.levels import Units
from lumbago.report.chart.picture import CHART_STYLE, svg
from lumbago.report.chart.span import describe, span
from runs import ran
from unit.report.chart.histories import BANDS, FIRST_DAYS, HISTORIES, ONSET, STEADY, TODAY, USUAL

SVG = "{http://www.w3.org/2000/svg}"


def drawn(
    exposures: Exposures, onset: date | None = None, units: Units = Units.KM, *, until: date = TODAY, **more: Any
) -> str:
    return svg(exposures, knowledge(), until=until, onset=onset, units=units, **more)


def picture(exposures: Exposures, onset: date | None = None, units: Units = Units.KM) -> ElementTree.Element:
    return ElementTree.fromstring(drawn(exposures, onset, units))


def words_in(image: ElementTree.Element) -> list[str]:
    return [text.text or "" for text in image.iter(f"{SVG}text")]


def described(image: ElementTree.Element) -> str:
    return image.findtext(f"{SVG}desc") or ""


def bars(image: ElementTree.Element, kind: str) -> int:
    """How many bars of a kind stand in the chart, its key left out."""
    first = next((path for path in image.iter(f"{SVG}path") if path.get("class") == kind), None)
    return 0 if first is None else (first.get("d") or "").count("z")


@pytest.mark.parametrize("name", HISTORIES)
def test_the_picture_is_named_and_described_for_those_who_do_not_see_it(name: str) -> None:
    image = picture(HISTORIES[name], ONSET)
    assert image.get("role") == "img"
    ids = (image.get("aria-labelledby") or "").split()
    assert [image.find(f"{SVG}{tag}").get("id") for tag in ("title", "desc")] == ids  # type: ignore[union-attr]
    assert image.findtext(f"{SVG}title")
    assert described(image) == describe(span(HISTORIES[name], knowledge(), TODAY, ONSET), knowledge(), Units.KM)


def test_what_stands_out_is_told_by_shape_and_named_in_the_key() -> None:
    image = picture(BANDS)
    assert bars(image, "beyond") == 4
    assert bars(image, "run") == 1  # the one in the key
    assert len(image.findall(f"{SVG}circle")) == 2  # nothing to compare with: in the chart and in the key
    told = words_in(image)
    for words in (
        "more than 10 % longer than that",
        "more than 30 % longer than that",
        "more than 2 times as long",
        "no run in the 30 days before",
    ):
        assert words in told
    assert not any("longer" in words for words in words_in(picture(STEADY)))


def test_the_first_days_of_a_record_stand_out_in_nothing() -> None:
    image = picture(FIRST_DAYS)
    assert FIRST_DAYS.runs[1].ratio == 3
    assert bars(image, "beyond") == 0
    assert "too short to say" in described(image)


def test_the_onset_is_a_labelled_line_and_left_out_where_it_is_not_in_the_chart() -> None:
    inside, outside = picture(STEADY, ONSET), picture(STEADY, TODAY - timedelta(weeks=30))
    assert "pain began Wed 25 Nov" in words_in(inside)
    assert [path for path in inside.iter(f"{SVG}path") if path.get("class") == "onset"]
    assert not [path for path in outside.iter(f"{SVG}path") if path.get("class") == "onset"]


def test_the_line_of_the_longest_breaks_where_there_is_none() -> None:
    line = next(path for path in picture(BANDS).iter(f"{SVG}path") if path.get("class") == "longest")
    assert (line.get("d") or "").count("M") == 2  # before the break and after it


def test_two_runs_of_a_day_are_two_bars() -> None:
    assert bars(picture(ran(TODAY, *USUAL, (70, 6_000))), "run") == 1
    assert bars(picture(ran(TODAY, *USUAL, (70, 6_000), (70, 4_000))), "run") == 2


def test_days_of_which_no_file_speaks_are_dotted_and_named() -> None:
    image = picture(BANDS)
    assert "no record" in words_in(image)
    assert [path for path in image.iter(f"{SVG}path") if path.get("stroke-dasharray") == "1 3"]
    assert "no record" not in words_in(picture(STEADY))


@pytest.mark.parametrize("name", HISTORIES)
@pytest.mark.parametrize("units", Units)
def test_all_of_it_lies_inside_the_picture_and_letters_are_large_enough(name: str, units: Units) -> None:
    image = picture(HISTORIES[name], ONSET, units)
    _, _, width, height = map(float, (image.get("viewBox") or "").split())
    for text in image.iter(f"{SVG}text"):
        length = len(text.text or "") * 6.5
        start = (
            float(text.get("x") or 0) - {"start": 0, "middle": length / 2, "end": length}[text.get("text-anchor") or ""]
        )
        assert -1 <= start <= start + length <= width + 1
        assert 8 < float(text.get("y") or 0) <= height
    assert float(image.get("font-size") or 0) * 288 / width >= 11  # px on a phone of 320 with its margins


def test_the_scale_has_few_round_numbers_of_the_runners_own_unit() -> None:
    assert [words for words in words_in(picture(BANDS)) if re.fullmatch(r"[\d.]+", words)] == ["10", "20", "30", "40"]
    miles = words_in(picture(BANDS, units=Units.MILES))
    assert "mi" in miles
    assert [words for words in miles if re.fullmatch(r"[\d.]+", words)] == ["10", "20"]


def test_first_and_last_day_and_the_months_between_are_named_without_overlap() -> None:
    told = words_in(picture(STEADY))
    assert {"7 Sep", "29 Nov 2026", "Oct"} <= set(told)
    over_new_year = drawn(ran(TODAY, (0, 5_000)), until=date(2027, 1, 10))
    assert "29 Nov 2026" in over_new_year
    assert "10 Jan 2027" in over_new_year


def test_a_page_with_a_strict_policy_can_hold_it() -> None:
    image = drawn(BANDS, ONSET)
    assert "style" not in image
    assert "<script" not in image
    assert "#" not in image  # colours are the page's own
    assert drawn(BANDS, ONSET) == image
    other = drawn(BANDS, ONSET, name="second")
    assert not set(re.findall(r' id="([^"]+)"', image)) & set(re.findall(r' id="([^"]+)"', other))


def test_the_styles_name_only_what_the_picture_holds() -> None:
    image = drawn(BANDS, ONSET)
    assert set(re.findall(r"\.chart \.(\w+)", CHART_STYLE)) <= set(re.findall(r'class="(\w+)"', image))


def test_a_full_history_stays_small() -> None:
    dense = ran(TODAY, *USUAL, *((ago, 5_000 + 100 * ago) for ago in range(83, 0, -1)))
    assert len(drawn(dense, ONSET)) < 8_000
