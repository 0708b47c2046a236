"""Fit the weights of ``pacte_graph.matching`` again, on the tuning half only: ``python scripts/tune_matching.py``.

A logistic regression whose signs are bounded (what speaks for a pair can't count against it), each pair seen twice: as the file
gives it, and with town, postcode and projects taken away. Large clusters count as 25 pairs. Prints the table to write by hand in
``weights.py``, then F1 and the certain pairs' precision for several thresholds. The held-out half is never read here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import numpy as np
from scipy.optimize import minimize

from benchmarks.simpro import TUNING, Half, read
from pacte_graph.matching import proposing, weights
from pacte_graph.matching.blocking import pairs
from pacte_graph.matching.evidence import apart, measured, other_numbers, prepare

AGAINST = {
    "left_on_both",
    "left_on_one",
    "more_on_one",
    "mistyped",
    "kinds_differ",
    "forms_differ",
    "form_on_one",
    "number_on_one",
    "town_differs",
}
LARGEST = 25
NAMES = tuple(weights.FEATURES)


def rows(half: Half) -> Iterator[tuple[tuple[float, ...], bool, float]]:
    sizes = Counter(half.cluster.values())
    prepared = [prepare(one) for one in sorted(half.candidates, key=lambda one: one.id)]
    common = proposing.rarity(prepared)
    for at, to in pairs(prepared):
        a, b = prepared[at], prepared[to]
        if apart(a, b) or other_numbers(a.names[0], b.names[0]):
            continue
        found, _ = measured(a, b, a.names[0], b.names[0], common)
        pair = (a.candidate.id, b.candidate.id)
        same = pair in half.gold
        yield tuple(found[name] for name in NAMES), same, min(1.0, LARGEST / sizes[half.cluster[pair]]) if same else 1.0


def fit(half: Half, *, ridge: float = 1.0) -> np.ndarray:
    seen = [*rows(half), *rows(half.without_places())]
    x = np.array([[1.0, *values] for values, _, _ in seen])
    sign = np.array([1.0 if same else -1.0 for _, same, _ in seen])
    count = np.array([weight for _, _, weight in seen])

    def loss(theta: np.ndarray) -> tuple[float, np.ndarray]:
        margin = sign * (x @ theta)
        pull = np.r_[0.0, theta[1:]]
        slope = -count * sign / (1 + np.exp(margin))
        return float(count @ np.logaddexp(0, -margin) + ridge * pull @ pull / 2), x.T @ slope + ridge * pull

    bounds = [(None, None), *((None, 0.0) if name in AGAINST else (0.0, None) for name in NAMES)]
    return minimize(loss, np.zeros(x.shape[1]), jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 3000}).x


def measure(half: Half) -> Iterator[str]:
    """Yield precision, recall and F1 by least score, and precision and recall of certain pairs by theirs."""
    proposals = proposing.propose(half.candidates, minimum=0.1)
    found = np.array([(one.first, one.second) in half.gold for one in proposals])
    total = len(half.gold)
    for least in np.arange(0.2, 0.62, 0.02):
        count = sum(one.score >= least for one in proposals)
        right = int(found[:count].sum())
        precision, recall = right / count, right / total
        yield f"  minimum {least:.2f}: precision {precision:.3f} recall {recall:.3f} F1 {2 * precision * recall / (precision + recall):.3f}"
    sure = [(one.score, right) for one, right in zip(proposals, found, strict=True) if one.certainty == "certain"]
    for least in (0.8, 0.84, 0.86, 0.88, 0.9, 0.92, 0.94, 0.95, 0.96, 0.97):
        kept = [right for score, right in sure if score >= least]
        yield f"  certain from {least:.2f}: {len(kept)} pairs, precision {sum(kept) / max(1, len(kept)):.3f}, recall {sum(kept) / total:.3f}"


def main() -> None:
    half = read(TUNING)
    theta = fit(half)
    print(f"BIAS = {theta[0]:.2f}")
    for name, value in zip(NAMES, theta[1:], strict=True):
        print(f'    "{name}": {value:.2f}   (now {weights.FEATURES[name][0]:.2f})')
    for title, seen in (("with places", half), ("names and countries only", half.without_places())):
        print(f"As weights.py stands, {title}:")
        print("\n".join(measure(seen)))


if __name__ == "__main__":
    main()
