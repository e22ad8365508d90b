"""Possible contributors: which the story names, in what order, and how strong each may be called."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lumbago.explain.presence import Pain, finest
from lumbago.model.activities import Change
from lumbago.model.conditions import Facts
from lumbago.model.explanation import Contributor
from lumbago.model.findings import Findings
from lumbago.model.knowledge import ContributorSpec, Knowledge
from lumbago.model.levels import Level, Origin, Status, Weight, When
from lumbago.model.triage import Triage

_STRENGTHS = tuple(Weight)


@dataclass(frozen=True, slots=True)
class Support:
    """What speaks for one contributor. fit: 1 for one finding plainly told. plain: told as there now, not doubted, or plain in the
    training files. changes: what those show of it."""

    spec: ContributorSpec
    fit: float
    for_: tuple[str, ...]
    plain: bool
    changes: tuple[Change, ...] = ()


def rank_contributors(
    findings: Findings,
    pain: Pain,
    triage: Triage,
    facts: Facts,
    knowledge: Knowledge,
    changes: Sequence[Change] = (),
) -> tuple[Contributor, ...]:
    """The contributors that story and training files support, first the one to name first; none where pain was denied outright."""
    if pain is Pain.DENIED:
        return ()
    rules = _rules(knowledge)
    heard = _heard(findings, pain, triage, facts, knowledge)
    said = {name: share for name, share in heard.items() if not _is_shown_only(name, findings)}
    shown = {name: [change for change in changes if change.id == name] for name in knowledge.contributors}
    supports = (_support(spec, said, shown[spec.id], facts, knowledge) for spec in knowledge.contributors.values())
    over = rules["not_when_over"] if pain is Pain.OVER else ()
    listed = [each for each in supports if each.fit >= rules["listed_from"] and each.spec.id not in over]
    listed.sort(key=lambda each: (-_rank(each, knowledge), _place(each.spec.id, knowledge)))
    ordered = _behind(tuple(listed), knowledge)[: rules["most_shown"]]
    return tuple(_named(each, triage, facts, knowledge) for each in ordered)


def _heard(findings: Findings, pain: Pain, triage: Triage, facts: Facts, knowledge: Knowledge) -> Mapping[str, float]:
    """Each finding that may count, with its share: 1 when there now, less when doubted or over."""
    rules = _rules(knowledge)
    past = [f.id for f in findings if f.when is When.PAST and f.status is Status.PRESENT]
    if pain is Pain.OVER:
        return dict.fromkeys(past, rules["past_share"])
    shares = {name: 1.0 for name, status in facts.statuses.items() if status is Status.PRESENT}
    if _is_urgent(triage, knowledge):
        return shares
    shares |= {name: rules["unsure_share"] for name, status in facts.statuses.items() if status is Status.UNSURE}
    matters = (name for name in past if name in rules["past_matters"] and name not in facts.statuses)
    return dict.fromkeys(matters, rules["past_share"]) | shares


def _is_shown_only(finding: str, findings: Findings) -> bool:
    """Known from training files alone: their changes count by themselves, so that they do not count twice."""
    found = findings.get(finding)
    behind = [findings.get(name) for name in found.implied_by] if found else []
    return found is not None and all(
        each is not None and each.origin is Origin.ACTIVITY for each in (behind or [found])
    )


def _support(
    spec: ContributorSpec, heard: Mapping[str, float], changes: Sequence[Change], facts: Facts, knowledge: Knowledge
) -> Support:
    """How far one is supported: by its best finding or change in full, by further ones in part, less what speaks against."""
    rules = _rules(knowledge)
    told = finest((name for name in spec.for_ if name in heard), knowledge)
    by_strength: Mapping[str, float] = rules["change_share"]
    worth = [heard[name] * _directness(spec.id, name, knowledge) for name in told]
    worth = sorted((*worth, *(by_strength[change.strength] for change in changes)), reverse=True)
    against = sum(facts.statuses.get(name) is Status.PRESENT for name in spec.against)
    fit = sum(worth[:1]) + rules["further_share"] * sum(worth[1:]) - rules["against_share"] * against
    plain = any(heard[name] >= 1 for name in told if not _is_hint(spec.id, name, knowledge))
    seen = tuple(name for change in changes for name in change.findings if name in spec.for_)
    shown = any(change.strength is not Weight.WEAK for change in changes)
    return Support(spec, fit, tuple(dict.fromkeys((*told, *seen))), plain or shown, tuple(changes))


def _rank(support: Support, knowledge: Knowledge) -> float:
    rules = _rules(knowledge)
    kinds = (kind["points"] for kind in rules["kinds"] if support.spec.id in kind["contributors"])
    evidence = rules["evidence_points"][support.spec.evidence_for_back]
    return float(next(kinds, 0.0) + evidence + rules["fit_points"] * min(support.fit, rules["rank_fit_most"]))


def _place(contributor: str, knowledge: Knowledge) -> tuple[int, str]:
    """Where it stands in the list of kinds, for those that rank alike."""
    order = [name for kind in _rules(knowledge)["kinds"] for name in kind["contributors"]]
    return (order.index(contributor) if contributor in order else len(order), contributor)


def _behind(listed: tuple[Support, ...], knowledge: Knowledge) -> tuple[Support, ...]:
    """The same, with what another says more plainly moved to just behind it."""
    ordered = list(listed)
    for later, earlier in _rules(knowledge)["behind"].items():
        own = next((each for each in ordered if each.spec.id == later), None)
        last = max((at for at, each in enumerate(ordered) if each.spec.id in earlier), default=-1)
        if own is not None and ordered.index(own) < last:
            ordered.insert(last, ordered.pop(ordered.index(own)))
    return tuple(ordered)


def _named(support: Support, triage: Triage, facts: Facts, knowledge: Knowledge) -> Contributor:
    """A contributor with what speaks for and against it and the claims people make about it."""
    spec = support.spec
    denied = (name for name in spec.for_ if facts.statuses.get(name) is Status.ABSENT)
    contrary = (name for name in spec.against if facts.statuses.get(name) is Status.PRESENT)
    claims = tuple(name for name in spec.claims if name in knowledge.claims)
    against = tuple(name for name in (*contrary, *denied) if name not in support.for_)
    return Contributor(spec.id, _strength(support, triage, knowledge), support.for_, against, claims, support.changes)


def _strength(support: Support, triage: Triage, knowledge: Knowledge) -> Weight:
    """By fit, but weak when all is doubted or over, and never more than evidence for backs and the level allow."""
    rules = _rules(knowledge)
    reached = Weight.WEAK
    for strength, least in ((Weight.MODERATE, rules["moderate_from"]), (Weight.STRONG, rules["strong_from"])):
        reached = strength if support.plain and support.fit >= least else reached
    evidence = Weight(rules["most_by_evidence"][support.spec.evidence_for_back])
    own = Weight(rules["most"].get(support.spec.id, Weight.STRONG))
    pressing = triage.level.rank >= Level(rules["pressing_from"]).rank
    level = Weight(rules["most_when_pressing"]) if pressing else Weight.STRONG
    return _STRENGTHS[min(_STRENGTHS.index(each) for each in (reached, evidence, own, level))]


def _directness(contributor: str, finding: str, knowledge: Knowledge) -> float:
    rules = _rules(knowledge)
    worth: Mapping[str, float] = rules["directness"]
    if _is_hint(contributor, finding, knowledge):
        return worth["hint"]
    return worth["partial" if finding in rules["partial"].get(contributor, ()) else "direct"]


def _is_hint(contributor: str, finding: str, knowledge: Knowledge) -> bool:
    return finding in _rules(knowledge)["hint"].get(contributor, ())


def _is_urgent(triage: Triage, knowledge: Knowledge) -> bool:
    return triage.level.rank >= Level(_rules(knowledge)["urgent_from"]).rank


def _rules(knowledge: Knowledge) -> Mapping[str, Any]:
    return knowledge.limits["contributor-rank"].values
