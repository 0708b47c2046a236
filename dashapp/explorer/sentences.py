"""What the numbers say of one node, in words: the explanation of each metric that has a value for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pacte_graph.errors import MetricUndefined
from pacte_graph.network.model import Node, Scope

if TYPE_CHECKING:
    from dashapp.services import Services

METRICS: tuple[str, ...] = ()


def sentences(services: Services, scope: Scope, node: Node, language: str) -> list[str]:
    """Return one sentence a value, in the order of ``METRICS``; a metric that is undefined here says why, once."""
    found: list[str] = []
    for name in METRICS:
        try:
            result = services.metric(name, scope, {})
        except MetricUndefined as reason:
            found.append(reason.message)
            continue
        found += [value.explanation.get(language) for value in result.values if value.id == node.id]
    return list(dict.fromkeys(found))
