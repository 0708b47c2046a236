"""What the numbers say of one node, in words: the explanation of each metric of the registry that has a value for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashapp.alerts import sentence
from dashapp.explorer.words import say
from pacte_graph.errors import DatabaseError, PacteError
from pacte_graph.network.model import Node, Scope

if TYPE_CHECKING:
    from dashapp.services import Services

MOST = 6
"""Sentences of one metric about one node; the rest is counted."""


def sentences(services: Services, scope: Scope, node: Node, language: str) -> list[str]:
    """Return the sentences about ``node``, in the registry's order; where a metric is undefined, why, once."""
    from pacte_graph.metrics import REGISTRY  # scipy is slow to load, and only wanted with the first card

    found: list[str] = []
    for name, metric in REGISTRY.items():
        try:
            values = services.metric(name, scope, {}).values
        except DatabaseError:
            raise
        except PacteError as reason:
            found.append(say("undefined_number", language, name=metric.label.get(language), reason=sentence(reason, language)))
            continue
        said = list(dict.fromkeys(value.explanation.get(language) for value in values if value.id == node.id))
        found += said[:MOST]
        if len(said) > MOST:
            found.append(say("more_numbers", language, name=metric.label.get(language), n=len(said) - MOST))
    return found
