"""A report says everything an answer holds, in a fixed order, each statement resting on something."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from lumbago.knowledge.load import load_knowledge
from lumbago.model.answer import Answer
from lumbago.model.document import Document, Line, Section, TraceKind
from lumbago.model.explanation import Contributor, Explanation, PatternFit
from lumbago.model.findings import Finding, Findings
from lumbago.model.knowledge import Knowledge
from lumbago.model.levels import Fit, Level, Status, Units, Weight
from lumbago.model.plan import Plan
from lumbago.model.reading import Reading
from lumbago.model.request import Locale
from lumbago.model.triage import Fired
from lumbago.report.document import compose, compose_claims, untraced
from people import CAST, ada, ben, cleo


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_knowledge()


def lines_of(document: Document) -> Iterator[Line]:
    """Every statement of a report, whatever it stands in."""

    def below(line: Line) -> Iterator[Line]:
        yield line
        for child in line.children:
            yield from below(child)

    for section in document.sections:
        for block in section.blocks:
            for line in (*block.lines, *(cell for row in block.rows for cell in row)):
                yield from below(line)
    for line in document.footer:
        yield from below(line)


def words_of(document: Document) -> str:
    """All words of a report."""
    return "\n".join(f"{line.text}\n{line.note}" for line in lines_of(document))


def section(document: Document, name: str) -> Section:
    return next(each for each in document.sections if each.id == name)


def block_lines(document: Document, name: str) -> tuple[Line, ...]:
    return next((b.lines for s in document.sections for b in s.blocks if b.id == name), ())


@pytest.mark.parametrize("person", CAST)
def test_every_statement_rests_on_something_that_exists(person, knowledge: Knowledge) -> None:
    document = compose(person(knowledge), knowledge)
    assert untraced(document) == ()
    homes = {
        TraceKind.FINDING: knowledge.findings,
        TraceKind.RULE: knowledge.rules,
        TraceKind.PATTERN: knowledge.patterns,
        TraceKind.CONTRIBUTOR: knowledge.contributors,
        TraceKind.CLAIM: knowledge.claims,
        TraceKind.EXERCISE: knowledge.exercises,
        TraceKind.LIMIT: knowledge.limits,
        TraceKind.TEXT: knowledge.texts,
        TraceKind.SOURCE: knowledge.sources,
    }
    traces = [each for line in lines_of(document) for each in line.traces if each.kind in homes]
    assert [each for each in traces if each.id not in homes[each.kind]] == []


def test_untraced_names_a_statement_that_rests_on_nothing(knowledge: Knowledge) -> None:
    document = compose(ada(knowledge), knowledge)
    assert untraced(replace(document, footer=(Line("Trust us.", ()),))) == ("Trust us.",)


def test_sections_stand_in_their_order(knowledge: Knowledge) -> None:
    wanted = [
        "level",
        "questions",
        "understood",
        "fits",
        "contributors",
        "advice",
        "week",
        "notes",
        "safety-net",
        "sources",
    ]
    assert [s.id for s in compose(ada(knowledge), knowledge).sections] == wanted
    for person in (ben, cleo):
        names = [s.id for s in compose(person(knowledge), knowledge).sections]
        assert names == [name for name in wanted if name in names]


def test_same_answer_same_report(knowledge: Knowledge) -> None:
    assert compose(ben(knowledge), knowledge) == compose(ben(knowledge), knowledge)


def test_emergency_says_what_to_do_and_what_to_say(knowledge: Knowledge) -> None:
    document = compose(cleo(knowledge), knowledge)
    (level,) = block_lines(document, "level")
    assert level.text == "Emergency: get help now"
    said = " ".join(child.text for child in level.children)
    assert "Call 999" in said and "on the phone" in said
    assert knowledge.findings["saddle-numbness"].label in said


def test_a_rule_shows_its_words_quotes_basis_and_sources(knowledge: Knowledge) -> None:
    document = compose(cleo(knowledge), knowledge)
    rule = knowledge.rules["pelvic-nerve-change"]
    line = next(each for each in block_lines(document, "fired") if each.text == rule.say)
    assert "can't feel myself pee" in line.children[0].text  # quoted although the finding only follows from it
    assert line.note.startswith("Guideline advice. Sources: ")
    assert {each.id for each in line.traces if each.kind is TraceKind.SOURCE} == set(rule.sources)


def test_beside_danger_no_calmer_rule_and_no_question_is_shown(knowledge: Knowledge) -> None:
    answer = cleo(knowledge)
    calm = Fired("not-better-at-four-weeks", Level.ROUTINE, ("low-back-pain",))
    triage = replace(answer.triage, fired=(*answer.triage.fired, calm), ask=("leg-weakness",))
    document = compose(replace(answer, triage=triage, ask=("leg-weakness",)), knowledge)
    assert knowledge.rules["not-better-at-four-weeks"].say not in words_of(document)
    assert "questions" not in [s.id for s in document.sections]


def test_provisional_says_that_it_is_no_all_clear_and_what_is_open(knowledge: Knowledge) -> None:
    document = compose(ada(knowledge), knowledge)
    (line,) = block_lines(document, "provisional")
    assert "not an all-clear" in line.text and "2 short lists" in line.text
    assert [child.text for child in line.children] == [
        "Since the pain began: toilet, private parts, legs",
        "How it started, and feeling ill",
    ]
    assert block_lines(document, "level")[0].text.startswith("So far, ")
    assert block_lines(compose(ben(knowledge), knowledge), "provisional") == ()


def test_only_the_first_group_of_questions_is_asked_and_the_rest_announced(knowledge: Knowledge) -> None:
    document = compose(ada(knowledge), knowledge)
    asked = block_lines(document, "questions-safety")
    assert [each.id for line in asked for each in line.traces] == ["bladder-change", "saddle-numbness", "leg-weakness"]
    assert asked[0].text == knowledge.findings["bladder-change"].ask
    assert "other lists" in block_lines(document, "questions-more")[0].text
    assert [line.text for line in block_lines(document, "questions-telling")] == [
        knowledge.findings["sitting-worse"].ask
    ]


def test_a_question_answered_not_sure_is_asked_in_other_words(knowledge: Knowledge) -> None:
    spec = knowledge.findings["leg-weakness"]
    line = block_lines(compose(ada(knowledge), knowledge), "questions-safety")[-1]
    assert line.text == (spec.ask_again or spec.ask)
    assert line.note == "You were not sure, so we ask again."


def test_findings_are_grouped_with_the_words_they_came_from(knowledge: Knowledge) -> None:
    groups = {line.text: line for line in block_lines(compose(ada(knowledge), knowledge), "findings")}
    assert any("low back aches" in child.text for child in groups["You told us"].children)
    assert any("no fever" in child.text for child in groups["You said no to"].children)
    assert groups["You said no to"].children[-1].text.startswith("By your answers: ")
    assert "sciatica" in groups["About somebody else"].children[0].text
    ben_groups = {line.text: line for line in block_lines(compose(ben(knowledge), knowledge), "findings")}
    assert "Maybe my legs tingle" in ben_groups["You are not sure of"].children[0].text
    assert "back pain years ago" in ben_groups["In the past"].children[0].text


def test_a_finding_that_follows_is_not_told_as_said(knowledge: Knowledge) -> None:
    lines = block_lines(compose(ada(knowledge), knowledge), "findings")
    told = [each.id for line in lines if line.text == "You told us" for child in line.children for each in child.traces]
    assert "pain-now" in told and "mild-pain" not in told
    assert any(line.text.startswith("From these it follows") for line in lines)


def test_somebody_else_conflicts_words_not_read_and_warnings_are_told(knowledge: Knowledge) -> None:
    assert "about your daughter" in block_lines(compose(cleo(knowledge), knowledge), "understood")[1].text
    document = compose(ben(knowledge), knowledge)
    asked = knowledge.findings["both-legs-symptoms"].ask
    assert block_lines(document, "quoted")[0].children[0].text == f"You wrote “legs tingle”. {asked}"
    assert knowledge.findings["night-pain"].label in block_lines(document, "conflicts")[0].text
    assert "night-sweat" in block_lines(document, "warnings")[0].children[0].text


@pytest.mark.parametrize(("units", "longest"), [(Units.KM, "26 km"), (Units.MILES, "16.2 miles")])
def test_distances_in_the_runners_own_unit(units: Units, longest: str, knowledge: Knowledge) -> None:
    answer = ben(knowledge)
    answer = replace(answer, request=replace(answer.request, locale=Locale(units)))
    document = compose(answer, knowledge)
    assert longest in block_lines(document, "numbers")[0].text
    (table,) = [b for s in document.sections for b in s.blocks if b.rows]
    assert table.rows[0][2].text == ("40 min, 8 km" if units is Units.KM else "40 min, 5 miles")


def test_a_pattern_is_a_fit_with_for_against_and_what_would_change_it(knowledge: Knowledge) -> None:
    first, second = block_lines(compose(ben(knowledge), knowledge), "patterns")
    assert first.text.endswith(": a good fit") and second.text.endswith(": a weak fit")
    titles = [child.text.split(":")[0] for child in first.children]
    assert titles == ["Speaks for it", "Speaks against it", "We do not know", "Would change this view"]
    assert f"you said no to {knowledge.findings['night-pain'].label}" in first.children[1].text
    assert "Weak evidence" in first.note


@pytest.mark.parametrize("person", CAST)
def test_it_never_says_you_have_nor_cause(person, knowledge: Knowledge) -> None:
    document = compose(person(knowledge), knowledge)
    for name in ("fits", "contributors"):
        for each in (s for s in document.sections if s.id == name):
            words = " ".join(line.text.lower() for b in each.blocks for line in b.lines)
            assert "you have" not in words and "because of" not in words


def test_patterns_that_triage_hides_are_not_told(knowledge: Knowledge) -> None:
    document = compose(cleo(knowledge), knowledge)
    assert "fits" not in [s.id for s in document.sections]
    assert "contributors" not in [s.id for s in document.sections]


def test_a_contributor_tells_strength_reason_activity_evidence_and_what_to_do(knowledge: Knowledge) -> None:
    first = block_lines(compose(ben(knowledge), knowledge), "contributors")[0]
    assert "possible" in first.text
    words = [child.text for child in first.children]
    assert words[0].startswith("Why we name it: ") and "26 km after a month" in words[0]
    assert words[1].startswith("On Wed 7 Oct you ran 16.2 miles")
    assert first.text.endswith("your words and runs support it well")
    assert words[2].startswith("Evidence for backs: weak.")
    assert words[3].startswith("What to do: ")
    assert "52-128%" in first.note  # absolute and relative numbers as the claim tells them


def test_nothing_stands_out_is_said_in_calm_and_not_beside_danger(knowledge: Knowledge) -> None:
    answer = ada(knowledge)
    for none in ((), (Contributor("none-stated", Weight.WEAK, (), (), ()),)):
        document = compose(replace(answer, explanation=Explanation(contributors=none)), knowledge)
        assert "Nothing stands out" in block_lines(document, "contributors-how")[0].text


def test_advice_tells_claim_words_verdict_and_what_to_do(knowledge: Knowledge) -> None:
    claim = knowledge.claims["foam-roll-low-back"]
    (line,) = block_lines(compose(ada(knowledge), knowledge), "advice")
    words = [child.text for child in line.children]
    assert words[0] == "Your words: “foam roll my back”"
    assert words[1].startswith("We found nothing solid behind it.") and claim.why.split(".")[0] in words[1]
    assert claim.do_instead.split(".")[0] in words[2]


def test_the_week_is_a_table_with_exercises_below(knowledge: Knowledge) -> None:
    document = compose(ada(knowledge), knowledge)
    (table,) = [b for s in document.sections for b in s.blocks if b.rows]
    assert table.head == ("Day", "What", "How long")
    cells = [[cell.text for cell in row] for row in table.rows]
    assert cells[0] == ["Thu 26 Nov", "Run-walk: 8 times: run 1 min, walk 2 min", "24 min"]
    assert cells[2] == ["Sun 29 Nov", "Walk", "20 min"]
    squat, plank = block_lines(document, "exercises")
    assert squat.text == "Squat: 2 sets of 10"
    assert plank.text.endswith("3 sets of 4, each held 8 s, each side")
    assert any(child.text.startswith("Easier: ") for child in plank.children)
    assert "It can just be done." in block_lines(document, "goal")[0].text
    assert "Wed 3 Feb 2027" in block_lines(document, "goal")[0].text
    stops = block_lines(document, "stop-if")
    assert stops[0].text == "Run-walk, walk: stop when:" and len(stops) == 2
    assert block_lines(document, "leave-out")[0].children[0].text.startswith("Hills")
    assert len(block_lines(document, "stop-and-ask")[0].children) == 2


def test_questions_of_a_plan_are_not_told_twice(knowledge: Knowledge) -> None:
    answer = ada(knowledge)
    ask = knowledge.findings["bladder-change"].ask
    document = compose(replace(answer, plan=replace(answer.plan, first_do=(ask, "Then walk."))), knowledge)
    assert [line.text for line in block_lines(document, "first-do")] == [
        "First answer the safety questions above.",
        "Then walk.",
    ]


def test_a_withheld_plan_says_why_and_what_to_do_instead(knowledge: Knowledge) -> None:
    document = compose(cleo(knowledge), knowledge)
    assert section(document, "week").title == "This week: no plan yet"
    (line,) = block_lines(document, "plan-withheld")
    assert line.text == knowledge.rules["pelvic-nerve-change"].say
    assert next(child.text for child in line.children) == "Call 999 or go to an emergency department now."


@pytest.mark.parametrize("person", CAST)
def test_the_safety_net_is_the_same_words_for_everyone(person, knowledge: Knowledge) -> None:
    answer = person(knowledge)
    number = answer.request.locale.emergency_number
    lines = block_lines(compose(answer, knowledge), "safety-net")
    words = [text for line in lines for text in (line.text, *(child.text for child in line.children))]
    assert words == [text.replace("{emergency}", number) for text in knowledge.texts["safety-net"].lines]
    assert block_lines(compose(answer, knowledge), "recheck")[0].text.startswith("Look at this again on ")


def test_sources_are_numbered_as_first_used_and_unchecked_ones_marked(knowledge: Knowledge) -> None:
    answer = ada(knowledge)
    document = compose(answer, knowledge)
    first = knowledge.rules["nothing-serious-found"].sources[0]
    lines = block_lines(document, "sources")
    assert lines[0].traces[0].id == first
    assert "Sources: 1, 2" in block_lines(document, "fired")[0].note
    assert all(line.text.endswith(("; checked by us.", "; not checked by us.")) for line in lines)
    doubted = replace(
        knowledge, sources={**knowledge.sources, first: replace(knowledge.sources[first], verified=False)}
    )
    again = compose(answer, doubted)
    assert "Sources: 1 (not checked by us), 2" in block_lines(again, "fired")[0].note
    assert block_lines(again, "sources")[0].text.endswith("; not checked by us.")


def test_not_a_diagnosis_is_said_once_and_the_review_is_told(knowledge: Knowledge) -> None:
    document = compose(ada(knowledge), knowledge)
    assert words_of(document).lower().count("not a diagnosis") == 1
    assert any("No clinician has reviewed" in line.text for line in document.footer)
    reviewed = {name: replace(rule, reviewed_by_clinician=name == "colic") for name, rule in knowledge.rules.items()}
    footer = compose(ada(knowledge), replace(knowledge, rules=reviewed)).footer
    assert any(f"{len(reviewed) - 1} of our {len(reviewed)} rules" in line.text for line in footer)


def test_no_name_in_braces_is_left_over(knowledge: Knowledge) -> None:
    for person in CAST:
        assert "{" not in words_of(compose(person(knowledge), knowledge))


def test_a_runners_words_are_never_read_for_names(knowledge: Knowledge) -> None:
    answer = cleo(knowledge)
    hostile = replace(answer, reading=replace(answer.reading, subject="my {emergency} {date}"))
    assert "about your {emergency} {date}" in block_lines(compose(hostile, knowledge), "understood")[1].text


def test_somebody_in_despair_and_a_child_are_met_first(knowledge: Knowledge) -> None:
    answer = ada(knowledge)
    fired = (Fired("suicidal-thoughts", Level.SAME_DAY, ("suicidal-thoughts",)),)
    triage = replace(answer.triage, level=Level.SAME_DAY, fired=fired, provisional=False)
    document = compose(replace(answer, triage=triage), knowledge)
    assert document.sections[0].blocks[0].id == "crisis-line"
    assert "on the phone" not in words_of(document)
    young = replace(answer.triage, notes=(Fired("no-adult-plan-under-16", None, ("age",)),))
    assert compose(replace(answer, triage=young), knowledge).sections[0].blocks[0].id == "under-16"


def test_a_story_about_something_else_is_told_so(knowledge: Knowledge) -> None:
    answer = ada(knowledge)
    nothing = replace(
        answer,
        findings=Findings(),
        reading=Reading(Findings(), answer.quantities, in_scope=False),
        explanation=Explanation(),
    )
    assert compose(nothing, knowledge).sections[0].blocks[0].id == "report-out-of-scope"
    denied = replace(nothing, findings=Findings((Finding("low-back-pain", Status.ABSENT),)))
    assert compose(denied, knowledge).sections[0].blocks[0].id == "out-of-scope-no-pain"
    answered = replace(nothing, findings=Findings((Finding("low-back-pain", Status.PRESENT),)))
    assert compose(answered, knowledge).sections[0].blocks[0].id == "level"


def test_no_pain_now_and_upper_back_have_their_own_words(knowledge: Knowledge) -> None:
    answer = ada(knowledge)

    def opening(pattern: str) -> Document:
        fits = (PatternFit(pattern, Fit.FAIR, ("low-back-pain",), (), ()),)
        return compose(replace(answer, explanation=Explanation(patterns=fits)), knowledge)

    none, upper = opening("none"), opening("thoracic")
    assert none.sections[0].blocks[0].id == "out-of-scope-no-pain"
    assert "fits" not in [s.id for s in none.sections]
    assert upper.sections[0].blocks[0].id == "out-of-scope-upper-back"
    assert "fits" in [s.id for s in upper.sections]


def test_claims_alone_make_a_report_too(knowledge: Knowledge) -> None:
    found: Answer = ada(knowledge)
    document = compose_claims(found.advice, knowledge)
    assert [s.id for s in document.sections] == ["advice", "sources"]
    assert untraced(document) == ()
    nothing = compose_claims((), knowledge)
    assert nothing.sections[0].blocks[0].id == "no-claims" and untraced(nothing) == ()


def test_beside_danger_no_training_advice_is_given(knowledge: Knowledge) -> None:
    answer = cleo(knowledge)
    hills = Contributor("hills", Weight.STRONG, (), (), ())
    document = compose(replace(answer, explanation=Explanation(contributors=(hills,))), knowledge)
    assert "contributors" not in [section.id for section in document.sections]


def test_open_questions_outside_the_lists_are_not_counted_as_none(knowledge: Knowledge) -> None:
    answer = ada(knowledge)
    triage = replace(answer.triage, provisional=True, ask=("both-legs-weak",), ask_again=())
    document = compose(replace(answer, triage=triage, ask=("both-legs-weak",)), knowledge)
    (line,) = block_lines(document, "provisional")
    assert "not an all-clear" in line.text and "0 short lists" not in line.text
    assert not block_lines(document, "questions-more")


def test_a_double_no_is_not_shown(knowledge: Knowledge) -> None:
    answer = ada(knowledge)
    denied = Finding("no-pain-sitting", Status.ABSENT)
    document = compose(replace(answer, findings=answer.findings.with_items([denied])), knowledge)
    assert knowledge.findings["no-pain-sitting"].label not in words_of(document).lower()


def test_the_stop_sign_of_one_exercise_stands_once(knowledge: Knowledge) -> None:
    answer = ada(knowledge)
    assert isinstance(answer.plan, Plan)
    words = words_of(compose(answer, knowledge))
    for week in answer.plan.weeks:
        for session in week.sessions:
            for dose in session.exercises:
                assert f"{knowledge.exercises[dose.id].name}: stop if" not in words


def test_a_danger_sign_still_not_sure_is_told_first_and_once(knowledge: Knowledge) -> None:
    answer = ada(knowledge)
    note = Fired("danger-unsure-plain", None, ("danger-answer-still-unsure",))
    document = compose(replace(answer, triage=replace(answer.triage, notes=(note,))), knowledge)
    assert "Check it now" in block_lines(document, "report-unsure")[0].text
    assert knowledge.rules["danger-unsure-plain"].say not in [line.text for line in block_lines(document, "notes")]
