"""What the size of a node may stand for: links shown, or a metric of the registry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashapp.explorer.state import View
from pacte_graph.errors import PacteError
from pacte_graph.network.model import Scope

if TYPE_CHECKING:
    from dashapp.services import Services

METRICS: dict[str, tuple[str, dict[str, str]]] = {}


def sizes_of(services: Services, view: View) -> dict[str, float] | None:
    """Return the value behind each node's size, or None for the number of links shown."""
    chosen = METRICS.get(view.recipe.size_by)
    if chosen is None:
        return None
    name, wanted = chosen
    try:
        result = services.metric(name, Scope(view.recipe.programme, view.recipe.date), {})
    except PacteError:
        return {}
    return {
        value.id: float(value.value)
        for value in result.values
        if value.id is not None and isinstance(value.value, int | float) and dict(value.dimension) == wanted
    }
