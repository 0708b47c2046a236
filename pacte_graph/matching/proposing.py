"""From candidates to proposals: compare what is worth it, weigh the evidence, bring together through a third."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from pacte_graph.matching import weights as table
from pacte_graph.matching.blocking import pairs
from pacte_graph.matching.comparing import Likeness, Weights
from pacte_graph.matching.evidence import Prepared, agree, apart, differs, measured, other_numbers, prepare
from pacte_graph.matching.identifiers import STRONG
from pacte_graph.matching.model import Candidate, Certainty, Proposal
from pacte_graph.matching.names import Name
from pacte_graph.matching.words import objections, reasons
from pacte_graph.schema.kinds import Words

MOST_ENDS = 30
"""Candidates around a third that are brought together, closest first."""
LONGEST_SHOWN = 120
FEW = 200
"""Below this number of candidates, their own counts say nothing of how common a word is."""
SAME_IDENTIFIER = 0.99
DOUBTED = 0.5
"""Highest score of a pair with two VAT numbers or two PICs."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A pair with its score, certainty and the evidence behind it (none when it was brought together through a third)."""

    score: float
    certain: bool
    features: Mapping[str, float]
    likeness: Likeness | None
    names: tuple[Name, Name]
    through: str = ""


def propose(
    candidates: Iterable[Candidate], *, touched: Collection[str] | None = None, minimum: float = table.MINIMUM
) -> tuple[Proposal, ...]:
    """Return the probable duplicates among candidates, highest score first, then by ids.

    Candidates without a name are left out, and of a label and id given twice the first in alphabetic order is read. Only labels
    that are equal are compared. With ``touched``, at least one of each pair is in it; all candidates still count for how common
    a word is. Names are read up to 400 characters. The result doesn't depend on the order of candidates.
    """
    by_label: dict[str, dict[str, Candidate]] = defaultdict(dict)
    for candidate in sorted(candidates, key=_order):
        by_label[candidate.label].setdefault(candidate.id, candidate)
    wanted = None if touched is None else frozenset(touched)
    found = [proposal for label in sorted(by_label) for proposal in _among(list(by_label[label].values()), wanted, minimum)]
    return tuple(sorted(found, key=lambda proposal: (-proposal.score, proposal.label, proposal.first, proposal.second)))


def explain(a: Candidate, b: Candidate) -> Proposal | None:
    """Return the proposal two candidates make on their own, however low its score; None if they can't be one.

    Words count as in general, not as among a set of candidates: the score may differ a little from what :func:`propose` gives.
    :func:`why_not` says what None means.
    """
    one, other = sorted((prepare(a), prepare(b)), key=lambda item: _order(item.candidate))
    if a.id == b.id or not (one.names and other.names):
        return None
    judged = judge(one, other, Weights({}))
    return None if judged is None else _proposal(one, other, judged)


def why_not(a: Candidate, b: Candidate) -> tuple[Words, ...]:
    """Return what keeps two candidates from being proposed at all, in words; empty when nothing does."""
    return objections(prepare(a), prepare(b))


def _order(candidate: Candidate) -> tuple[object, ...]:
    rest = (candidate.aliases, candidate.postcode, sorted(candidate.projects), sorted(candidate.identifiers.items()))
    place = (str(candidate.latitude), str(candidate.longitude))
    return (candidate.id, candidate.label, candidate.name, candidate.country, candidate.town, candidate.group, *rest, *place)


def rarity(prepared: Iterable[Prepared]) -> Weights:
    """Return the weight of words by how many different names hold them: 1 for up to three, less than 0.1 for very common ones."""
    keys = {name.key[0] for one in prepared for name in one.names}
    if len(keys) < FEW:
        return Weights({})
    counts = Counter(token for key in keys for token in key)
    top, scale = len(keys) + 1, math.log((len(keys) + 1) / 3)
    return Weights({token: max(0.08, min(1.0, math.log(top / count) / scale)) for token, count in counts.items()})


def judge(a: Prepared, b: Prepared, weights: Weights) -> Judged | None:
    """Return the best a pair makes under any of its names; None if it can't be one."""
    if apart(a, b):
        return None
    best: Judged | None = None
    for one in a.names:
        for other in b.names:
            if other_numbers(one, other):
                continue
            features, likeness = measured(a, b, one, other, weights)
            found = table.score(features)
            if best is None or found > best.score:
                best = Judged(found, is_certain(found, features, (one, other)), features, likeness, (one, other))
    return _with_identifiers(a, b, best)


def is_certain(score: float, features: Mapping[str, float], names: tuple[Name, Name]) -> bool:
    """Tell whether a pair may be called certain: a high score, the same words as written, nothing that speaks against it.

    Case, accents, umlauts, order, legal forms and an acronym given beside the name don't count. Words that only mean the same
    (translated, abbreviated) don't make a pair certain: two universities of one town may differ by their language alone. Nor
    do names that differ by a word of one letter: small words are left out when names are compared, names of letters aren't.
    """
    against = ("kinds_differ", "number_on_one", "town_differs", "forms_differ")
    same = _written(names[0]) == _written(names[1]) and names[0].letters == names[1].letters
    return score >= table.CERTAIN and same and not any(features[name] for name in against)


def _written(name: Name) -> frozenset[str]:
    return frozenset(source for token, source in zip(name.tokens, name.sources, strict=True) if token not in name.optional)


def _with_identifiers(a: Prepared, b: Prepared, judged: Judged | None) -> Judged | None:
    doubted = any(differs(a, b, scheme) for scheme in STRONG)
    if agree(a, b):
        base = judged or Judged(0.0, certain=False, features={}, likeness=None, names=(a.names[0], b.names[0]))
        score = max(base.score, DOUBTED if doubted else SAME_IDENTIFIER)
        return Judged(score, not doubted, base.features, base.likeness, base.names)
    if doubted and judged is not None:
        return replace(judged, score=min(judged.score, DOUBTED), certain=False)
    return judged


def _among(candidates: Sequence[Candidate], touched: frozenset[str] | None, minimum: float) -> list[Proposal]:
    prepared = [one for candidate in candidates if (one := prepare(candidate)).names]
    weights = rarity(prepared)
    judged: dict[tuple[int, int], Judged] = {}
    for at, to in pairs(prepared):
        found = judge(prepared[at], prepared[to], weights)
        if found is not None and found.score >= min(minimum, table.CHAIN):
            judged[at, to] = found
    judged |= chained(prepared, judged)
    return [
        _proposal(prepared[at], prepared[to], found)
        for (at, to), found in judged.items()
        if found.score >= minimum and _is_touched(prepared[at], prepared[to], touched)
    ]


def _is_touched(a: Prepared, b: Prepared, touched: frozenset[str] | None) -> bool:
    return touched is None or a.candidate.id in touched or b.candidate.id in touched


def chained(prepared: Sequence[Prepared], judged: Mapping[tuple[int, int], Judged]) -> dict[tuple[int, int], Judged]:
    """Return the pairs whose two ends both resemble a third strongly, unless something keeps the ends apart."""
    near: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for (at, to), found in judged.items():
        if found.score >= table.CHAIN:
            near[at].append((found.score, to))
            near[to].append((found.score, at))
    best: dict[tuple[int, int], tuple[float, int]] = {}
    for middle, ends in sorted(near.items()):
        strongest = sorted(ends, key=lambda end: (-end[0], end[1]))[:MOST_ENDS]
        for (one, at), (other, to) in combinations(strongest, 2):
            pair, value = (min(at, to), max(at, to)), table.CHAIN_LOSS * min(one, other)
            known = judged[pair].score if pair in judged else 0.0
            if value > max(known, best.get(pair, (0.0, 0))[0]) and may_chain(prepared[at], prepared[to]):
                best[pair] = (value, middle)
    return {pair: _through(prepared, pair, judged.get(pair), value, middle) for pair, (value, middle) in sorted(best.items())}


def _through(prepared: Sequence[Prepared], pair: tuple[int, int], known: Judged | None, score: float, middle: int) -> Judged:
    """Return a pair brought together through a third, with what was known of it."""
    names = prepared[pair[0]].names[0], prepared[pair[1]].names[0]
    base = known or Judged(0.0, certain=False, features={}, likeness=None, names=names)
    return replace(base, score=score, certain=False, through=prepared[middle].candidate.name[:LONGEST_SHOWN])


def may_chain(a: Prepared, b: Prepared) -> bool:
    """Tell whether nothing keeps two candidates apart that resemble the same third."""
    one, other = a.names[0], b.names[0]
    kinds = bool(one.kinds and other.kinds and not one.kinds & other.kinds)
    return not (apart(a, b) or kinds or one.numbers != other.numbers or any(differs(a, b, scheme) for scheme in STRONG))


def _proposal(a: Prepared, b: Prepared, judged: Judged) -> Proposal:
    certainty: Certainty = "certain" if judged.certain else "probable"
    one, other = a.candidate, b.candidate
    said = reasons(a, b, judged.features, judged.likeness, judged.names, judged.through)
    return Proposal(one.label, one.id, other.id, round(judged.score, 3), certainty, said)
