"""Which views a repeat starts from: none, or those that many metrics share; never what was computed since."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pacte_graph.metrics.cooperation.passing import tied_pairs
from pacte_graph.metrics.cooperation.projection import tied
from pacte_graph.metrics.pull.influence import influence
from pacte_graph.network import Network
from pacte_graph.network.views import incidence, participations, taking_part


def fresh(network: Network) -> None:
    """Forget every view."""
    network.__dict__.pop("_views", None)


def share(network: Network) -> dict[Any, Any]:
    """Make the views that many metrics share, and nothing else; return them, to be put back by ``keep``."""
    fresh(network)
    for view in (taking_part, participations, incidence, tied, lambda found: tied(found, "count"), tied_pairs, influence):
        view(network)
    return dict(network.__dict__["_views"])


def keep(network: Network, views: Mapping[Any, Any]) -> None:
    """Put the shared views back, without what was computed since."""
    network.__dict__["_views"] = dict(views)
