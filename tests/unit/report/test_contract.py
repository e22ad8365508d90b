"""The machine-readable answer: fixed names, valid against its schema, the same when read back."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest

from lumbago.knowledge.load import load_knowledge
from lumbago.model.findings import Finding, Findings
from lumbago.model.knowledge import Knowledge
from lumbago.model.levels import Origin, Status
from lumbago.model.reading import Quantities
from lumbago.report.contract import (
    AnswerOut,
    advice_rows,
    contract_of,
    error_line,
    read_contract,
    render,
    schema,
    to_contract,
)
from people import CAST, ada, ben, cleo

COMMITTED = Path(__file__).resolve().parents[3] / "docs" / "reference" / "answer.schema.json"


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_knowledge()


@pytest.fixture(scope="module")
def validator() -> jsonschema.Draft202012Validator:
    jsonschema.Draft202012Validator.check_schema(schema())
    return jsonschema.Draft202012Validator(schema(), format_checker=jsonschema.FormatChecker())


@pytest.mark.parametrize("person", CAST)
def test_an_answer_fits_its_schema(person, knowledge: Knowledge, validator: jsonschema.Draft202012Validator) -> None:
    validator.validate(to_contract(person(knowledge), knowledge))


@pytest.mark.parametrize("person", CAST)
def test_reading_what_was_written_gives_the_same(person, knowledge: Knowledge) -> None:
    answer = person(knowledge)
    written = json.loads(json.dumps(to_contract(answer, knowledge)))
    assert read_contract(written) == contract_of(answer, knowledge)
    assert render(read_contract(written)) == written


@pytest.mark.parametrize("person", CAST)
def test_the_names_of_the_contract_stand_in_their_order(person, knowledge: Knowledge) -> None:
    written = to_contract(person(knowledge), knowledge)
    assert list(written) == [
        "schema", "id", "knowledge", "findings", "quantities", "triage", "patterns", "contributors", "advice",
        "plan", "plan_withheld", "warnings",
    ]  # fmt: skip
    assert list(written["triage"])[:6] == ["level", "provisional", "activity", "fired", "ask", "recheck_on"]
    assert json.dumps(written) == json.dumps(to_contract(person(knowledge), knowledge))


def test_findings_are_in_a_stable_order_with_spans_of_the_story(knowledge: Knowledge) -> None:
    answer = ben(knowledge)
    found = to_contract(answer, knowledge)["findings"]
    assert [(f["id"], f["when"]) for f in found] == sorted((f["id"], f["when"]) for f in found)
    for quote in (quote for f in found for quote in f["quotes"]):
        assert answer.request.story[quote["start"] : quote["end"]] == quote["text"]
    by_id = {f["id"]: f for f in found}
    assert by_id["age"]["value"] == 54 and by_id["age"]["unit"] == "a"
    assert by_id["pain-began-on"]["value"] == "2026-10-07"
    assert by_id["over-six-weeks"]["implied_by"] == ["duration-days"]
    assert by_id["previous-back-pain"]["when"] == "past"
    assert by_id["leg-numbness-tingling"]["status"] == "unsure"


def test_for_is_written_as_for(knowledge: Knowledge) -> None:
    written = to_contract(ben(knowledge), knowledge)
    assert list(written["patterns"][0]) == ["id", "fit", "for", "against", "missing"]
    assert list(written["contributors"][0]) == ["id", "strength", "for", "against", "claims", "evidence"]
    assert written["contributors"][0]["evidence"][0] == {
        "activity": "3f2a",
        "date": "2026-10-07",
        "says": "On Wed 7 Oct you ran 16.2 miles: 62 % farther than anything in the 30 days before (9.9 miles).",
        "ratio": 1.625,
    }
    assert "for_" not in json.dumps(written) and '"for_"' not in json.dumps(schema())


def test_quantities_hold_what_was_told_and_what_was_answered(knowledge: Knowledge) -> None:
    answer = ben(knowledge)
    assert to_contract(answer, knowledge)["quantities"] == {
        "weekly_km": 64.4,
        "longest_run_km": 26,
        "duration_days": 49,
        "pain_began_on": "2026-10-07",
        "age": 54,
        "goal": {"race": "marathon"},
    }
    given = Findings(
        (
            Finding("temperature", Status.PRESENT, value=38.2, unit="Cel", origin=Origin.ANSWER),
            Finding("sex", Status.PRESENT, value="female", origin=Origin.ANSWER),
        )
    )
    silent = replace(answer, quantities=Quantities(), findings=given)
    assert to_contract(silent, knowledge)["quantities"] == {"sex": "female", "temperature_c": 38.2}


def test_triage_puts_safety_questions_before_the_telling_ones(knowledge: Knowledge) -> None:
    answer = ada(knowledge)
    triage = to_contract(answer, knowledge)["triage"]
    assert triage["ask"] == [*answer.triage.ask, "sitting-worse"]
    assert triage["ask_again"] == ["leg-weakness"]
    assert triage["provisional"] is True and triage["recheck_on"] == "2026-12-09"
    assert triage["notes"][0]["level"] is None
    assert triage["fired"][0]["say"] == knowledge.rules["nothing-serious-found"].say
    assert triage["safety_net"][0].startswith("Call 112")


def test_a_plan_is_in_minutes_and_nested_steps(knowledge: Knowledge) -> None:
    plan = to_contract(ada(knowledge), knowledge)["plan"]
    first, strength, _ = plan["weeks"][0]["sessions"]
    assert first["minutes"] == 24 and first["kind"] == "run-walk" and first["distance_m"] is None
    assert first["steps"] == [{"repeat": 8, "steps": [{"kind": "run", "minutes": 1}, {"kind": "walk", "minutes": 2}]}]
    assert strength["exercises"][0] == {"id": "squat", "sets": 2, "reps": 10}
    assert strength["exercises"][1] == {"id": "side-plank", "sets": 3, "reps": 4, "hold_s": 8, "a_side": True}
    assert plan["goal"]["verdict"] == "tight" and plan["goal"]["earliest"] == "2027-01-27"


def test_exactly_one_of_plan_and_plan_withheld_is_null(
    knowledge: Knowledge, validator: jsonschema.Draft202012Validator
) -> None:
    written = to_contract(cleo(knowledge), knowledge)
    assert written["plan"] is None
    assert list(written["plan_withheld"])[:3] == ["reason", "level", "do_instead"]
    both = {**written, "plan": to_contract(ada(knowledge), knowledge)["plan"]}
    neither = {**written, "plan_withheld": None}
    for wrong in (both, neither):
        assert not validator.is_valid(wrong)
        with pytest.raises(ValueError, match="exactly one"):
            read_contract(wrong)


def test_advice_has_plain_quotes_and_the_same_shape_alone(knowledge: Knowledge) -> None:
    answer = ada(knowledge)
    written = to_contract(answer, knowledge)["advice"]
    assert written[0]["quotes"] == ["foam roll my back"]
    assert written[0]["do_instead"] == knowledge.claims["foam-roll-low-back"].do_instead
    assert advice_rows(answer.advice, knowledge) == written


def test_an_unknown_level_is_refused_and_a_later_field_passed_over(
    knowledge: Knowledge, validator: jsonschema.Draft202012Validator
) -> None:
    written = to_contract(ada(knowledge), knowledge)
    later = {**written, "of_a_later_version": 1}
    assert read_contract(later) == read_contract(written)
    assert validator.is_valid(later)
    wrong = {**written, "triage": {**written["triage"], "level": "tomorrow"}}
    assert not validator.is_valid(wrong)
    with pytest.raises(ValueError, match="level"):
        read_contract(wrong)


def test_every_field_is_in_the_schema_and_the_schema_asks_for_the_fixed_ones(knowledge: Knowledge) -> None:
    made = schema()
    assert made["$schema"].endswith("2020-12/schema") and made["$id"] == "lumbago.answer/1"
    assert set(made["properties"]) == set(to_contract(ada(knowledge), knowledge)) == set(made["required"])
    assert set(made["$defs"]["PatternOut"]["required"]) == {"id", "fit", "for", "against", "missing"}
    assert set(AnswerOut.__dataclass_fields__) == set(made["properties"])


def test_an_error_line() -> None:
    assert error_line("7", "This line is empty.") == {
        "schema": "lumbago.error/1",
        "id": "7",
        "error": "This line is empty.",
    }


def test_the_committed_schema_is_fresh() -> None:
    assert json.loads(COMMITTED.read_text(encoding="utf-8")) == schema()
