"""What the size of a node stands for in a view; a metric that is undefined here leaves every size unknown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashapp.explorer.state import View
from pacte_graph.errors import DatabaseError, PacteError
from pacte_graph.figures import sizing
from pacte_graph.network.model import Scope

if TYPE_CHECKING:
    from dashapp.services import Services


def sizes_of(services: Services, view: View) -> dict[str, float] | None:
    """Return the value behind each node's size, or None for the number of links shown."""
    scope = Scope(view.recipe.programme, view.recipe.date)
    try:
        return sizing.values(lambda name: services.metric(name, scope, {}), view.recipe.size_by)
    except DatabaseError:
        raise
    except PacteError:
        return {}  # the legend then says that every value is unknown
