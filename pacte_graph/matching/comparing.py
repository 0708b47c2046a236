"""Two names compared: which words answer each other, and what is left on each side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rapidfuzz.distance import OSA, JaroWinkler
from rapidfuzz.fuzz import ratio

from pacte_graph.matching import vocabulary as known
from pacte_graph.matching.names import Name, initials

CLOSE = 0.8
"""Least likeness (letters changed, left out or swapped; 0 to 1) of two words taken for one badly written."""
GENERIC_WEIGHT, PLACE_WEIGHT = 0.3, 0.6


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each word says: 1 for a rare one, little for a common one. ``rarity`` comes from the names compared together."""

    rarity: Mapping[str, float]

    def of(self, token: str) -> float:
        """Return the weight of a meaning, between 0 and 1."""
        prior = GENERIC_WEIGHT if token in known.GENERIC else PLACE_WEIGHT if token in known.PLACES else 1.0
        return min(prior, self.rarity.get(token, 1.0))

    def left(self, token: str, said: frozenset[str]) -> float:
        """Return what a word without an answer weighs; ``said``: words of the town both are in."""
        if token in said:
            return 0.1
        return 0.8 if token in known.TELLING else self.of(token)


@dataclass(frozen=True, slots=True)
class Likeness:
    """What two names share (in weight), what is left on each side, and how they came together."""

    shared: float
    left: tuple[float, float]
    heaviest_left: tuple[float, float]
    spelled: float
    mistyped: tuple[tuple[str, str], ...]
    strayed: float
    acronym: str
    left_tokens: tuple[tuple[str, ...], tuple[str, ...]]


def alike(a: Name, b: Name, weights: Weights, said: frozenset[str] = frozenset()) -> Likeness:
    """Return how much two names have in common; ``said``: words of the town both are in, which add little when left over."""
    common = set(a.tokens) & set(b.tokens)
    shared = sum(weights.of(token) for token in sorted(common))
    left_a, left_b = [t for t in a.tokens if t not in common], [t for t in b.tokens if t not in common]
    mistyped: list[tuple[str, str]] = []
    acronym = ""
    strayed = 0.0
    if left_a and left_b:
        found, strayed = _mistyped(left_a, left_b, mistyped, weights)
        shared += found
        shared += _glued(left_a, left_b, mistyped, weights)
    if left_a or left_b:
        acronym, more = _acronym(a, b, left_a, left_b, weights)
        shared += more
    left_a, left_b = [t for t in left_a if t not in a.optional], [t for t in left_b if t not in b.optional]
    heavy_a, heavy_b = ([weights.left(t, said) for t in left] for left in (left_a, left_b))
    return Likeness(
        shared, (sum(heavy_a), sum(heavy_b)), (max(heavy_a, default=0.0), max(heavy_b, default=0.0)),
        ratio(a.joined, b.joined) / 100, tuple(mistyped), strayed, acronym, (tuple(left_a), tuple(left_b)),
    )  # fmt: skip


def _likeness(one: str, other: str) -> float:
    if min(len(one), len(other)) < 4:
        return 0.0
    found = OSA.normalized_similarity(one, other, score_cutoff=0.6)
    if found < CLOSE and found >= 0.6 and JaroWinkler.similarity(one, other) >= 0.93:
        return CLOSE
    if found < CLOSE and (one.startswith(other) or other.startswith(one)):
        return CLOSE
    return found


def _mistyped(left_a: list[str], left_b: list[str], pairs: list[tuple[str, str]], weights: Weights) -> tuple[float, float]:
    """Take the closest words off both lists, best first; return what they weigh and how far they are, weighed."""
    close = sorted((-_likeness(one, other), one, other) for one in left_a for other in left_b)
    total = far = 0.0
    for score, one, other in close:
        if -score < CLOSE:
            break
        if one in left_a and other in left_b:
            left_a.remove(one)
            left_b.remove(other)
            pairs.append((one, other))
            weight = min(weights.of(one), weights.of(other))
            total += -score * weight
            far += (1 + score) * weight
    return total, far


def _glued(left_a: list[str], left_b: list[str], pairs: list[tuple[str, str]], weights: Weights) -> float:
    """Take off words written together on one side and apart on the other."""
    if not (left_a and left_b):
        return 0.0
    one, other = "".join(left_a), "".join(left_b)
    if min(len(one), len(other)) < 5 or (len(left_a) == len(left_b) == 1) or ratio(one, other) < 90:
        return 0.0
    weight = min(1.0, max(sum(map(weights.of, left_a)), sum(map(weights.of, left_b))))
    pairs.append((" ".join(left_a), " ".join(left_b)))
    left_a.clear()
    left_b.clear()
    return weight


def _acronym(a: Name, b: Name, left_a: list[str], left_b: list[str], weights: Weights) -> tuple[str, float]:
    """Take off an acronym and the words it abbreviates; return it with its weight."""
    for left, others, other in ((left_a, left_b, b), (left_b, left_a, a)):
        spelled = initials(
            dict.fromkeys(source for token, source in zip(other.tokens, other.sources, strict=True) if token in others)
        )
        for token in left:
            if 2 <= len(token) <= 8 and (token in spelled or token in other.acronyms):
                left.remove(token)
                if token in spelled or not left:
                    others.clear()
                return token, max(0.5, weights.of(token))
    return "", 0.0
