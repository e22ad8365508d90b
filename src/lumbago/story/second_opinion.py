"""What the second reader changes: it asks about signs that no phrase told, and doubts some that one did. It never finds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from lumbago.language.hunch import Hunches, Stretch
from lumbago.language.tokens import Text
from lumbago.model.findings import Finding, Findings, Quote
from lumbago.model.knowledge import FindingSpec, Knowledge
from lumbago.model.levels import Status, When
from lumbago.model.reading import Ask

Likely = Mapping[str, tuple[float, Stretch]]  # a finding's likeliest stretch

_kept: dict[str, Hunches] = {}  # by version of the knowledge


def hunches_about(text: Text, knowledge: Knowledge) -> Likely:
    """For each finding that the second reader knows how likely a story tells it, and where. Empty without learnt weights."""
    if not knowledge.hunches:
        return {}
    if knowledge.version not in _kept:
        _kept.clear()
        _kept[knowledge.version] = Hunches.of(knowledge.hunches)
    hunches = _kept[knowledge.version]
    best: dict[str, tuple[float, Stretch]] = {}
    for stretch, likely in hunches.of_text(text):
        for finding, value in zip(hunches.findings, likely, strict=True):
            if finding not in best or value > best[finding][0]:
                best[finding] = (value, stretch)
    return best


def doubted(read: Iterable[Finding], likely: Likely, knowledge: Knowledge) -> Iterator[tuple[Finding, str]]:
    """Signs read as present now that no stretch of the story resembles, each with the finding to ask about."""
    bound = knowledge.limits["hunches"].values["doubt_below"]
    for found in read:
        if found.status is not Status.PRESENT or found.when is not When.NOW:
            continue
        spec = knowledge.findings[found.id]
        known = [name for name in (found.id, *_wholes(spec)) if name in likely]
        if known and all(likely[name][0] < bound for name in known):
            yield found, known[0]


def stands(ask: str, likely: Likely, knowledge: Knowledge) -> bool:
    """Whether a question that broad words raise is likely enough to be put."""
    return ask not in likely or likely[ask][0] >= knowledge.limits["hunches"].values["asks_stand_from"]


def further_asks(told: Findings, asked: set[str], likely: Likely, text: Text, knowledge: Knowledge) -> Iterator[Ask]:
    """Questions about signs of which nothing was told, neither yes nor no, of whomever and whenever: the likeliest first."""
    values = knowledge.limits["hunches"].values
    known = {found.id for found in told} | asked
    known |= {whole for found in told for whole in _wholes(knowledge.findings[found.id])}
    sure = sorted(
        (-value, name, stretch)
        for name, (value, stretch) in likely.items()
        if value >= values["ask_from"] and name not in known
    )
    for _, name, stretch in sure[: values["most_asks"]]:
        yield Ask(name, _quote(stretch, text))


def _wholes(spec: FindingSpec) -> tuple[str, ...]:
    return (*spec.part_of, *spec.implies)


def _quote(stretch: Stretch, text: Text) -> Quote:
    start, end = text.tokens[stretch.first].start, text.tokens[stretch.last].end
    return Quote(text.raw[start:end], start, end)
