"""The advice checker finds what a text says, quotes it, and answers what the runner tried."""

from __future__ import annotations

from datetime import date

from decided import knowledge
from lumbago.advice.check import advise, find_claims, gravest_first
from lumbago.language.match import see
from lumbago.language.tokens import tokenise
from lumbago.model.explanation import Advice
from lumbago.model.levels import Verdict
from lumbago.story.read import read_story


def test_a_short_question_finds_its_claim_with_the_words() -> None:
    text = "is foam rolling my lower back any good?"
    found = {advice.claim: advice for advice in find_claims(text, knowledge())}
    assert "foam-roll-low-back" in found
    assert all(text[q.start : q.end] == q.text for advice in found.values() for q in advice.quotes)


def test_a_text_without_advice_holds_no_claim() -> None:
    assert find_claims("The weather was lovely and the dog came along.", knowledge()) == ()


def test_what_was_tried_is_answered_too() -> None:
    text = "My lower back hurts. I had my back rolled out with a foam roller."
    findings = read_story(text, knowledge(), date(2026, 11, 22)).findings
    if findings.is_present("tried-foam-roller"):
        claims = {advice.claim for advice in advise(see(tokenise(text), knowledge().lexicon), findings, knowledge())}
        assert any("foam-roller" in ",".join(knowledge().claims[c].tried) or "foam" in c for c in claims)
    else:
        raise AssertionError("a foam roller that was used was not read")


def test_what_could_harm_comes_first() -> None:
    rows = tuple(Advice(str(n), verdict, ()) for n, verdict in enumerate(Verdict))
    assert gravest_first(rows)[0].verdict is Verdict.UNSAFE
