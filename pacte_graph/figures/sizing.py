"""What the size of a node stands for: the number of links shown, or a metric, or one of the values a metric gives a node.

``size_by`` is ``degree``, the id of a metric (``total_effect``), or a metric and the value wanted (``linkages:drive``).
"""

from __future__ import annotations

from collections.abc import Callable

from pacte_graph.errors import DataRefused
from pacte_graph.metrics.model import MetricResult
from pacte_graph.schema import Words

LINKS = "degree"
NAMED: dict[str, Words] = {
    LINKS: Words("nombre de liens", "number of links"),
    "linkages:drive": Words("motricité", "drive"),
    "linkages:dependence": Words("dépendance", "dependence"),
    "total_effect": Words("entraînement total", "total pull"),
}
"""Sizes with a name of their own, in the order they are offered."""


def words(size_by: str) -> Words:
    """Return what ``size_by`` is called: its own name, else the metric's label, else itself."""
    if size_by in NAMED:
        return NAMED[size_by]
    from pacte_graph.metrics import REGISTRY  # scipy: not needed for a picture sized by its links

    return REGISTRY[size_by].label if size_by in REGISTRY else Words(size_by, size_by)


def values(run: Callable[[str], MetricResult], size_by: str) -> dict[str, float] | None:
    """Return the value behind each node's size, by id, from ``run(metric id)``; None for the number of links.

    Nodes of unknown value are absent. Raises DataRefused when the metric gives a node no value, or several to choose from.
    """
    if size_by == LINKS:
        return None
    metric, _, wanted = size_by.partition(":")
    found: dict[str, float] = {}
    for value in run(metric).values:
        if value.id is None or not isinstance(value.value, int | float):
            continue
        if wanted and wanted not in value.dimension.values():
            continue
        if value.id in found:
            raise DataRefused(
                f"Metric {size_by} gives several values a node: it can't size the nodes.", hint="Choose another size_by."
            )
        found[value.id] = float(value.value)
    if not found:
        raise DataRefused(f"Metric {size_by} gives no value to a node here.", hint="Choose another size_by, for instance degree.")
    return found
