"""What ``pacte export --view`` can write: the network as stated, or one computed from it, whose links are nobody's facts."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum

from pacte_graph.metrics.cooperation.projection import projection
from pacte_graph.metrics.pull.influence import influence
from pacte_graph.network import Link, Network
from pacte_graph.network.views import incidence

SHARES = "SHARES_PROJECTS"
PULLS = "PULLS"
"""Types of computed links: the schema has none of them, so that no importer takes them for facts."""


class View(StrEnum):
    """Which network is written."""

    ALL = "all"
    COOPERATION = "cooperation"
    INFLUENCE = "influence"


def viewed(network: Network, view: View) -> Network:
    """Return the network of a view, in the same scope."""
    if view is View.COOPERATION:
        return cooperation(network)
    return pulls(network) if view is View.INFLUENCE else network


def cooperation(network: Network) -> Network:
    """Return the actors and, once a pair, the projects they share: ``weight`` as Newman (2001), ``shared`` the number.

    A pair has no direction: it is written from the smaller identifier to the greater.
    """
    found = incidence(network)
    weights, shared = projection(found).tocoo(), projection(found, "count")
    links = [
        Link(SHARES, found.actors[i], found.actors[j], "", {"weight": float(weight), "shared": int(shared[i, j])})
        for i, j, weight in zip(*weights.coords, weights.data, strict=True)
        if i < j
    ]
    return replace(network, nodes=network.nodes_of("Actor"), links=_sorted(links))


def pulls(network: Network) -> Network:
    """Return projects and actors with who pulls whom, before any rebound; ``weight`` as in the influence matrix W."""
    found = influence(network)
    matrix, kept = found.matrix.tocoo(), set(found.ids)
    links = [
        Link(PULLS, found.ids[i], found.ids[j], "", {"weight": float(weight)})
        for i, j, weight in zip(*matrix.coords, matrix.data, strict=True)
    ]
    return replace(network, nodes=tuple(node for node in network.nodes if node.id in kept), links=_sorted(links))


def _sorted(links: list[Link]) -> tuple[Link, ...]:
    return tuple(sorted(links, key=lambda link: (link.source, link.target)))
