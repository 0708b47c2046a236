"""How much each piece of evidence counts. Fitted by ``scripts/tune_matching.py`` on the tuning half; nothing else sets them.

A score is ``1 / (1 + exp(-(BIAS + sum of weight * feature)))``: 0.7 more multiplies the odds by two.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

BIAS = -2.68
FEATURES: Mapping[str, tuple[float, str]] = {
    "same_text": (3.09, "same words in the same order, legal form and language aside"),
    "spelled_alike": (0.18, "letters alike beyond 80 %, 0 to 1"),
    "one_inside_other": (0.41, "every word of one is in the other, and one of them is rare"),
    "words_shared": (2.33, "weight of the words that answer each other, at most 2"),
    "left_on_both": (-1.36, "the heavier word without answer on the side that has the lighter one"),
    "left_on_one": (-0.75, "the heaviest word without answer"),
    "more_on_one": (-0.03, "difference of what is left on each side, at most 1.5"),
    "mistyped": (-1.46, "how far the words taken for misspellings are, in letters, weighed"),
    "unit_of_it": (1.75, "one is the other with the name of a unit behind a dash or comma"),
    "kinds_differ": (-1.15, "a school and a university, a commune and a region"),
    "forms_differ": (-1.10, "two legal forms"),
    "form_on_one": (-0.85, "a legal form on one side only"),
    "number_on_one": (-1.56, "a number on one side only"),
    "town_same": (0.07, "one town"),
    "town_differs": (-0.83, "two towns"),
    "postcode_same": (1.50, "one postcode"),
    "projects_shared": (0.49, "a project in common"),
}
MINIMUM = 0.34
"""Least score of a proposal: where F1 is highest on the tuning half."""
CERTAIN = 0.94
"""Least score of a certain proposal: where precision passes 0.98 on the tuning half."""
CHAIN, CHAIN_LOSS = 0.7, 0.7
"""Least score of each link when two candidates are brought together through a third, and what the weaker one is multiplied by."""


def score(features: Mapping[str, float]) -> float:
    """Return the score of a pair, between 0 and 1."""
    return 1 / (1 + math.exp(-(BIAS + sum(weight * features[name] for name, (weight, _) in FEATURES.items()))))
