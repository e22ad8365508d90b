"""The advice checker: what people say about sore backs and running, found in any text and held against the evidence."""

from __future__ import annotations

from lumbago.language.match import Match, Seen, see
from lumbago.language.tokens import tokenise
from lumbago.model.explanation import Advice
from lumbago.model.findings import Findings, Quote
from lumbago.model.knowledge import ClaimSpec, Knowledge
from lumbago.model.levels import Status, Verdict, When

_PREFIX = "claim:"
_QUOTES_SHOWN = 3


def find_claims(text: str, knowledge: Knowledge) -> tuple[Advice, ...]:
    """Every claim a text makes, in the order it makes them, each with the words that say it."""
    return claims_in(see(tokenise(text), knowledge.lexicon), knowledge)


def claims_in(seen: Seen, knowledge: Knowledge, *heard: Seen) -> tuple[Advice, ...]:
    """The same for texts whose words were looked up already: twins of one text, each with other people's words."""
    quotes: dict[str, list[Quote]] = {}
    for each in (seen, *heard):
        for match in each.matches:
            if match.target.startswith(_PREFIX) and match.state == "present":
                quotes.setdefault(match.target.removeprefix(_PREFIX), []).append(_quote(match, each))
    return tuple(_advice(knowledge.claims[name], tuple(found)) for name, found in quotes.items())


def advise(seen: Seen, findings: Findings, knowledge: Knowledge, *heard: Seen) -> tuple[Advice, ...]:
    """The advice in a story: what the runner was told or believes, then what they tried and only the findings show.

    heard: what others say on the same page.
    """
    said = claims_in(seen, knowledge, *heard)
    known = {advice.claim for advice in said}
    tried = [f for f in findings if f.status is Status.PRESENT and f.when is not When.OTHER_PERSON]
    done = tuple(
        _advice(claim, finding.quotes)
        for finding in tried
        for claim in knowledge.claims.values()
        if finding.id in claim.tried and claim.id not in known
    )
    return said + tuple({advice.claim: advice for advice in done}.values())


def gravest_first(advice: tuple[Advice, ...]) -> tuple[Advice, ...]:
    """What could harm before what merely does not help; otherwise in the order met."""
    return tuple(sorted(advice, key=lambda a: (a.verdict is not Verdict.UNSAFE, a.verdict is not Verdict.CONTRADICTED)))


def _advice(claim: ClaimSpec, quotes: tuple[Quote, ...]) -> Advice:
    distinct = tuple({quote.text.lower(): quote for quote in quotes}.values())
    return Advice(claim.id, claim.verdict, distinct[:_QUOTES_SHOWN])


def _quote(match: Match, seen: Seen) -> Quote:
    start, end = seen.text.tokens[match.first].start, seen.text.tokens[match.last].end
    return Quote(seen.text.raw[start:end], start, end)
