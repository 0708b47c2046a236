"""What the numbers say of one node, in words: the explanations of the metrics that are about a node."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dashapp.alerts import sentence
from dashapp.explorer.words import say
from pacte_graph.errors import DatabaseError, PacteError
from pacte_graph.metrics.model import Value
from pacte_graph.network.model import Node, Scope

if TYPE_CHECKING:
    from dashapp.services import Services

MOST = {"linkages": 2, "total_effect": 1, "pull_by_type": 3, "reach": 1, "degree": 1, "projection": 1}
"""Metrics of the card, in order, and how many of their values for one node are written; the greatest are."""


def sentences(services: Services, scope: Scope, node: Node, language: str) -> list[str]:
    """Return the sentences about ``node``; where a metric is undefined on this network, why. Zeros of a series are left out."""
    from pacte_graph.metrics import show  # scipy is slow to load, and only wanted with the first card
    from pacte_graph.metrics.column import places_of

    found: list[str] = []
    for name, most in MOST.items():
        label = show(name).label.get(language)
        try:
            values = services.metric(name, scope, {}).values
        except DatabaseError:
            raise
        except PacteError as reason:
            found.append(say("undefined_number", language, name=label, reason=sentence(reason, language)))
            continue
        mine = [values[at] for at in places_of(values, node.id)]
        said = list(dict.fromkeys(value.explanation.get(language) for value in _first(mine, most)))
        found += said
        left = sum(1 for value in mine if value.value) - len(said)
        if left > 0 and name == "pull_by_type":
            found.append(say("more_numbers", language, name=label, n=left))
    return found


def _first(values: Sequence[Value], most: int) -> list[Value]:
    """Return the values to write: a summary before the series it sums up, else the greatest first; zeros last, if alone."""
    summaries = [value for value in values if "measure" in value.dimension or not value.dimension]
    if summaries:
        return summaries[:most]
    if {"axis"} == {key for value in values for key in value.dimension}:
        return list(values[:most])
    told = sorted((value for value in values if value.value), key=lambda value: -float(value.value or 0))
    return told[:most] or list(values[:1])
