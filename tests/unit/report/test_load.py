"""What `lumbago load` says: the room of today at every threshold, changes as sentences, JSON and text."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date, timedelta

import pytest

from decided import knowledge
from lumbago.exposure.room import room_today
from lumbago.model.activities import Change, Exposures, Room
from lumbago.model.levels import Units, Weight
from lumbago.report.document import untraced
from lumbago.report.load import Load, change_row, compose, draw, render, room_lines, says, to_json
from lumbago.report.text import columns
from runs import ran

TODAY = date(2026, 11, 23)


def room_of(*runs: tuple[int, float]) -> Room:
    return room_today(ran(TODAY, *runs), TODAY, knowledge())


def room_words(*runs: tuple[int, float], units: Units = Units.KM) -> str:
    return " ".join(line.text for line in room_lines(room_of(*runs), knowledge(), TODAY, units))


OLD = (60, 7_000)  # so that the record is long enough
STEADY = (OLD, (20, 8_000), (14, 5_000), (8, 5_000), (2, 5_000))  # no break soon before


# --- room today


def test_the_room_in_words_has_absolute_numbers_beside_relative_ones() -> None:
    said = room_words(*STEADY)
    assert "Up to 8.8 km today stays within 10 % of your longest run of the 30 days before: 8 km on Tue 3 Nov." in said
    assert "Above 8.8 km" in said
    assert "3 to 4 times in 1,000, instead of about 2" in said
    assert "any body part" in said
    assert "Above 16 km it was about 5" in said
    assert "Above 10.4 km you would be more than 30 % beyond your longest." in said
    assert "not proven safe" in said


def test_words_never_promise_more_than_the_limit() -> None:
    for longest in range(5_000, 6_000, 37):
        for units, metres in ((Units.KM, 1000.0), (Units.MILES, 1609.344)):
            said = re.search(r"Up to ([\d.]+) ", room_words(OLD, (5, longest), units=units))
            assert said
            assert float(said[1]) * metres <= longest * 1.1


def test_the_break_is_told_with_what_it_is_a_share_of() -> None:
    said = room_words(OLD, (20, 10_000))
    assert "You had 19 days off." in said
    assert "up to 6 km today: 60 % of your longest run before the break, 10 km on Tue 3 Nov." in said
    assert "No study tests it." in said
    assert "stays within 10 %" not in said
    assert "Mix running and walking." in room_words(OLD, (30, 10_000))


def test_a_break_is_told_after_it_too_with_what_counts_then() -> None:
    said = room_words(OLD, (22, 10_000), (1, 5_000))
    assert "You had 20 days off and came back on Sun 22 Nov. The break still counts for 14 days from then on." in said
    assert "up to 6 km today: 60 % of your longest run before the break, 10 km on Sun 1 Nov." in said
    assert "No study tests it." in said
    farther = room_words(OLD, (22, 10_000), (1, 7_000))
    assert "You had 20 days off and came back on Sun 22 Nov." in farther
    assert "up to 7.7 km today: 10 % more than your longest run since then, 7 km on Sun 22 Nov." in farther
    assert "No study tests it." in farther


@pytest.mark.parametrize(("ago", "counts"), [(13, True), (14, False)])
def test_two_weeks_after_a_break_no_word_of_it_is_left(ago: int, counts: bool) -> None:
    runs = tuple((day, 5_000) for day in range(ago, 0, -1))
    assert ("days off" in room_words(OLD, (ago + 15, 10_000), *runs)) is counts


def test_without_a_run_in_30_days_there_is_no_number() -> None:
    for runs in ((), ((31, 10_000),), ((200, 10_000),)):
        room = room_of(*runs)
        assert (room.longest_m, room.up_to_m, room.small_from_m, room.left_m) == (None, None, None, None)
        said = room_words(*runs)
        assert "Start with walking" in said
        assert " km" not in said


def test_what_was_run_today_is_taken_off() -> None:
    room = room_of(OLD, (3, 8_000), (0, 5_000))
    assert (room.longest_m, room.up_to_m, room.done_m, room.left_m) == (8_000, 8_800, 5_000, 3_800)
    assert "You ran 5 km today already, so 3.8 km of that is left." in room_words(OLD, (3, 8_000), (0, 5_000))
    assert "nothing of that is left" in room_words(OLD, (3, 8_000), (0, 9_000))
    assert "already" not in room_words(OLD, (3, 8_000))


@pytest.mark.parametrize(("first", "early"), [(29, True), (30, False)])
def test_a_short_record_is_said(first: int, early: bool) -> None:
    assert room_of((first, 5_000), (2, 5_000)).early is early
    assert (f"only {first} days long" in room_words((first, 5_000), (2, 5_000))) is early


def test_pain_comes_before_distance() -> None:
    assert "If your back hurts, ask first" in room_words(OLD, (2, 8_000))
    assert "If your back hurts, ask first" in room_words()


# --- what changed

SPIKE = Change("long-run-spike", "longest-ratio", date(2026, 11, 11), 16_200, 10_000, 1.62, Weight.STRONG, ("run-1",))


def change(quantity: str, value: float, baseline: float | None = None, **more: object) -> Change:
    ratio = value / baseline if baseline else None
    return replace(Change("hills", quantity, date(2026, 11, 11), value, baseline, ratio, Weight.WEAK), **more)  # type: ignore[arg-type]


def test_a_spike_is_a_sentence_in_the_runners_unit() -> None:
    km, miles = (says(SPIKE, knowledge(), units, TODAY) for units in (Units.KM, Units.MILES))
    assert km == "On Wed 11 Nov you ran 16.2 km: 62 % farther than anything in the 30 days before (10 km)."
    assert "10.1 miles" in miles
    assert "6.2 miles" in miles
    assert says(SPIKE, knowledge(), Units.KM, date(2027, 1, 5)).startswith("On Wed 11 Nov 2026")


def test_several_spikes_are_counted_behind_the_largest() -> None:
    assert "3 runs" in says(replace(SPIKE, count=3), knowledge(), Units.KM)
    assert "runs in these" not in says(replace(SPIKE, count=1), knowledge(), Units.KM)


@pytest.mark.parametrize(
    ("quantity", "value", "baseline", "words"),
    [
        ("days-off", 20, None, "20 days"),
        ("week-change", 42_000, 25_000, "about 42 km a week. Before, about 25 km"),
        ("run-days-change", 5.5, 3, "about 5.5 days a week. Before, about 3 days"),
        ("descent-change", 1_250, 400, "1,250 m downhill"),
        ("treadmill-change", 0.75, 0.1, "75 % of your runs were on a treadmill. Before, it was 10 %"),
        ("cadence-change", 164.6, 172.2, "165 steps a minute. At the same speed it was 172"),
        ("left-right-contact-change", 51.62, 49.5, "51.6 %"),
        ("late-run-drift", 28.4, 45, "28 minutes of a run. Before, it was after 45 minutes"),
        ("step-length-for-speed", 1.06, 1.0, "6 % longer"),
        ("history-weeks", 6.4, None, "only 6 weeks"),
        ("run-count", 12, None, "only 12 runs"),
    ],
)
def test_each_kind_of_value_comes_with_its_unit(
    quantity: str, value: float, baseline: float | None, words: str
) -> None:
    assert words in says(change(quantity, value, baseline), knowledge(), Units.KM)


def test_hills_are_told_in_feet_beside_miles() -> None:
    assert "1,000 feet" in says(change("descent-change", 304.8, 100), knowledge(), Units.MILES)


@pytest.mark.parametrize("quantity", sorted(knowledge().quantities))
def test_no_placeholder_is_left_in_any_sentence(quantity: str) -> None:
    for detail in (None, "trail", "off", "fastest", "one-run", "Some shoe {day}"):
        words = says(change(quantity, 10, 5, count=2, detail=detail), knowledge(), Units.KM)
        assert words[-1] == "."
        assert not set(re.findall(r"\{(\w+)\}", words)) - {"day"}


def test_a_shoe_called_like_a_placeholder_keeps_its_name() -> None:
    assert "Some shoe {day}" in says(change("shoe-change", 3, detail="Some shoe {day}"), knowledge(), Units.KM)


# --- JSON

HISTORY = ran(TODAY, (70, 10_000), (68, 4_000), (40, 10_000), (12, 16_200), (2, 5_000))
ASKED = Load(HISTORY, TODAY, Units.KM, TODAY - timedelta(days=3), (SPIKE,))


def test_the_fields_of_the_contract() -> None:
    told = to_json(replace(ASKED, warnings=("a.gpx: cut short.",)), knowledge())
    assert list(told) == ["runs", "changes", "room", "warnings"]
    assert told["runs"][3] == {
        "id": "run-3",
        "date": "2026-11-11",
        "distance_m": 16_200,
        "longest_before_m": 10_000,
        "ratio": 1.62,
        "band": "moderate",
        "days_off": 27,
        "early": False,
        "activities": ["run-3"],
    }
    assert told["runs"][0]["band"] == "no-baseline"
    assert told["runs"][0]["ratio"] is None
    assert set(told["changes"][0]) == {
        "id", "quantity", "date", "says", "value", "baseline", "ratio", "strength", "activities",
    }  # fmt: skip
    assert told["changes"][0]["strength"] == "strong"
    assert told["room"] is None
    assert told["warnings"] == ["a.gpx: cut short."]
    assert json.loads(json.dumps(told)) == told


def test_the_room_of_the_contract() -> None:
    told = to_json(replace(ASKED, room=room_of(OLD, (20, 8_000))), knowledge())["room"]
    wanted = {
        "longest_m": 8_000, "longest_on": "2026-11-03", "up_to_m": 4_800, "small_from_m": 8_801, "moderate_from_m": 10_401,
        "large_from_m": 16_001, "days_off": 19, "because": ["session-caps", "time-off"],
    }  # fmt: skip
    assert {name: told[name] for name in wanted} == wanted
    nothing = to_json(replace(ASKED, room=room_of()), knowledge())["room"]
    assert nothing["longest_on"] is None
    assert nothing["left_m"] is None


def test_a_sentence_in_json_names_the_year_where_it_is_not_this_one() -> None:
    assert "2026" in change_row(SPIKE, knowledge(), Units.KM, date(2027, 2, 1))["says"]


# --- text


def test_the_text_shows_chart_runs_changes_and_how_far_they_go() -> None:
    text = render(ASKED, knowledge())
    assert text.index("YOUR RUNS") < text.index("pain began") < text.index("WHAT CHANGED BEFORE THE PAIN")
    row = next(line for line in text.splitlines() if line.startswith("Wed 11 Nov"))
    assert re.split(r"\s{2,}", row) == ["Wed 11 Nov", "16.2 km", "10.0 km", "much longer: +62 %"]
    flat = " ".join(text.split())
    assert "Possible, plain in your files: On Wed 11 Nov you ran 16.2 km" in flat
    assert "any body part. Sore backs were not counted alone" in flat
    assert "cause" not in flat


def test_newest_runs_come_first_and_the_rest_is_counted() -> None:
    many = replace(ASKED, exposures=ran(TODAY, *((ago, 5_000) for ago in range(120, 0, -2))))
    rows = re.findall(r"^(\w{3} \d+ \w{3})  ", render(many, knowledge()), re.MULTILINE)
    assert len(rows) == 30
    assert rows[0] == "Sat 21 Nov"
    assert "Not shown here: 30 runs." in render(many, knowledge())


def test_changes_are_told_only_when_the_onset_is_known() -> None:
    assert "BEFORE THE PAIN" not in render(replace(ASKED, onset=None, changes=()), knowledge())
    assert "stands out" in render(replace(ASKED, changes=()), knowledge())


def test_the_last_week_is_described_and_never_an_alarm() -> None:
    steady = Load(ran(TODAY, *((ago, 7_000) for ago in range(59, -1, -1))), TODAY, Units.KM)
    flat = " ".join(render(steady, knowledge()).split())
    assert "Your last 7 days hold 49 km. Your four weeks before that hold 49 km a week. This only describes" in flat
    short = Load(ran(TODAY, *((ago, 7_000) for ago in range(9, -1, -1))), TODAY, Units.KM)
    assert "Your last 7 days hold 49 km." in " ".join(render(short, knowledge()).split())
    assert "four weeks" not in render(short, knowledge())


def test_the_first_days_of_a_record_are_said_to_count_for_nothing() -> None:
    assert "record too short to say" in render(Load(ran(TODAY, (5, 5_000), (1, 15_000)), TODAY, Units.KM), knowledge())
    assert "first 30 days of a record" in render(Load(ran(TODAY, (5, 5_000)), TODAY, Units.KM), knowledge())


def test_without_a_run_it_says_what_to_do() -> None:
    text = render(Load(Exposures(), TODAY, Units.KM), knowledge())
    assert "lumbago import" in text
    assert "└" not in text
    assert "There is no run" in text


def test_many_notes_are_cut_in_text_and_whole_in_json() -> None:
    noted = replace(ASKED, warnings=tuple(f"file-{n}.gpx: cut short." for n in range(20)))
    text = render(noted, knowledge())
    assert text.count("cut short.") == 8
    assert "12 notes" in text
    assert len(to_json(noted, knowledge())["warnings"]) == 20


@pytest.mark.parametrize("width", [40, 60, 80, 100])
def test_no_line_is_wider_than_asked(width: int) -> None:
    whole = replace(ASKED, room=room_of(OLD, (2, 8_000)), warnings=("a.gpx: cut short.",))
    for plain in (False, True):
        assert max(columns(line) for line in render(whole, knowledge(), width, plain).splitlines()) <= width


def test_every_statement_rests_on_something() -> None:
    assert not untraced(compose(replace(ASKED, room=room_of(OLD, (2, 8_000)), warnings=("a.gpx: cut.",)), knowledge()))


def test_a_name_that_steers_a_terminal_does_not() -> None:
    shoes = change("shoe-change", 3, detail="Fast \x1b[31m shoe")
    assert "\x1b" not in render(replace(ASKED, changes=(shoes,)), knowledge())


def test_the_picture_is_the_chart_of_the_same_days() -> None:
    svg = draw(ASKED, knowledge())
    assert svg.startswith("<svg xmlns=")
    assert "pain began Fri 20 Nov" in svg
