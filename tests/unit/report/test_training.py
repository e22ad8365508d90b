"""The runs before the pain, as a report tells them: a chart, what stands out, what disagrees, and what no file shows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from decided import AS_OF, knowledge
from lumbago.model.activities import Activity
from lumbago.model.answer import Answer
from lumbago.model.document import Document
from lumbago.model.levels import Units
from lumbago.model.request import Locale, Request
from lumbago.pipeline import answer
from lumbago.report.contract import to_contract
from lumbago.report.document import compose, untraced
from lumbago.report.html import render_html
from lumbago.report.text import render_text
from recordings import activity

ONSET = AS_OF - timedelta(days=10)
STORY = "My lower back is sore, 3 out of 10. It started ten days ago. I run three times a week."


def runs(spike_km: float | None = None) -> tuple[Activity, ...]:
    """Three runs of 8 km a week for forty weeks; the last but two may be longer."""
    days = [AS_OF - timedelta(days=7 * week + day) for week in range(40) for day in (2, 4, 6)]
    found = [activity(day, 8.0) for day in days if day != ONSET - timedelta(days=1)]
    return (*found, activity(ONSET - timedelta(days=1), spike_km)) if spike_km else tuple(found)


def ask(story: str = STORY, activities: tuple[Activity, ...] = (), onset: date | None = ONSET) -> Answer:
    return answer(Request(AS_OF, story, onset=onset, activities=activities), knowledge())


def words_of(document: Document, section: str) -> str:
    return render_text(
        replace(document, sections=tuple(s for s in document.sections if s.id == section), footer=()), 100
    )


def told(found: Answer) -> str:
    return words_of(compose(found, knowledge()), "training")


def test_a_spike_is_named_with_its_day_and_numbers_and_is_never_the_cause() -> None:
    found = ask(activities=runs(13.0))
    first = found.explanation.contributors[0]
    assert (first.id, first.evidence[0].date) == ("long-run-spike", ONSET - timedelta(days=1))
    words = words_of(compose(found, knowledge()), "contributors")
    assert "you ran 13 km: 62 % farther than anything in the 30 days before (8 km)" in words
    assert "your runs support it" in words
    assert "None is a proven cause" in words
    assert "Of 1,000 runs" in told(found)


def test_nothing_stands_out_is_said() -> None:
    found = ask(activities=runs())
    assert not found.changes
    assert "Nothing in your training of the six weeks before stands out." in told(found)
    assert not any(c.evidence for c in found.explanation.contributors)


def test_without_a_day_the_files_are_shown_and_the_day_is_asked_for() -> None:
    found = ask("My lower back is sore when I run.", runs(13.0), onset=None)
    assert found.onset is None
    assert "We do not know the day your pain began" in told(found)
    assert not found.changes


def test_the_story_tells_the_day_too() -> None:
    found = ask(STORY, runs(13.0), onset=None)
    assert found.onset == ONSET
    assert found.changes


def test_files_without_runs_say_so() -> None:
    assert "hold no run that can be counted" in told(ask(activities=(activity(AS_OF, None),)))


def test_without_files_there_is_no_such_section() -> None:
    document = compose(ask(), knowledge())
    assert "training" not in [section.id for section in document.sections]


def test_beside_danger_training_waits() -> None:
    found = ask("My back is sore, I wet myself and my saddle is numb.", runs(13.0))
    assert "training" not in [section.id for section in compose(found, knowledge()).sections]


def test_story_and_files_that_disagree_are_both_told_and_the_lower_counts() -> None:
    found = ask("My lower back is sore. My longest run in the last month was 3 km.", runs(13.0))
    (difference,) = found.differences
    assert (difference.told, difference.shown, difference.used) == (3.0, 13.0, 3.0)
    assert found.quantities.longest_run_km == 3
    assert "In your words we read a longest run of 3 km. Your files show 13 km" in told(found)
    assert any("Which is right?" in warning for warning in to_contract(found, knowledge())["warnings"])


def test_a_denial_stands_against_the_files_and_is_asked_again() -> None:
    found = ask(f"{STORY} I have not upped my long run.", runs(13.0))
    (conflict,) = [c for c in found.findings.conflicts if c.id == "long-run-jump"]
    assert conflict.kept.status == "absent"
    assert "your training files show it" in render_text(compose(found, knowledge()))


def test_what_the_files_show_counts_in_triage_and_plan() -> None:
    found = ask(activities=runs(13.0))
    assert found.findings.is_present("recent-load-change")
    assert found.quantities.longest_run_km == 13
    assert found.quantities.days_off == 1


def test_every_statement_rests_on_something_and_the_page_holds_the_chart() -> None:
    found = ask(activities=runs(13.0))
    document = compose(found, knowledge())
    assert not untraced(document)
    page = render_html(document)
    assert page.count('<svg xmlns="http://www.w3.org/2000/svg" class="chart"') == 1
    assert "style=" not in page.split("</head>")[1]


def test_miles_are_said_in_miles() -> None:
    request = Request(AS_OF, STORY, onset=ONSET, activities=runs(13.0), locale=Locale(Units.MILES))
    written = to_contract(answer(request, knowledge()), knowledge())
    assert "8.1 miles" in written["contributors"][0]["evidence"][0]["says"]


@pytest.mark.parametrize("shift", [0, 200])
def test_the_same_runs_in_another_order_are_the_same_answer(shift: int) -> None:
    activities = runs(13.0)
    turned = (*activities[shift % len(activities) :], *activities[: shift % len(activities)])[::-1]
    assert to_contract(ask(activities=turned), knowledge()) == to_contract(ask(activities=activities), knowledge())


def test_after_a_break_the_week_starts_lower() -> None:
    early = tuple(a for a in runs() if a.local_date and a.local_date <= AS_OF - timedelta(days=20))
    found = ask("My lower back was sore, it is fine now.", early)
    assert found.quantities.days_off is not None
    assert found.quantities.days_off >= 19
    assert found.quantities.longest_run_km == 8


def test_a_day_that_was_only_reckoned_makes_no_change_strong() -> None:
    spike = activity(AS_OF - timedelta(days=31), 14.0)
    early = tuple(a for a in runs() if a.local_date != spike.local_date)
    told_exactly = ask("My lower back is sore.", (*early, spike), AS_OF - timedelta(days=28))
    reckoned = ask("My lower back has been sore for four weeks.", (*early, spike), None)
    assert reckoned.onset == told_exactly.onset
    assert [c.strength.value for c in told_exactly.changes][:1] == ["strong"]
    assert [c.strength.value for c in reckoned.changes][:1] == ["moderate"]
