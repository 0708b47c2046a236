"""What joins two territories: the projects that have actors of both, their money, and the pairs of actors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import networkx as nx
import numpy as np

from pacte_graph.errors import UnknownName
from pacte_graph.metrics.cooperation.passing import tied_pairs
from pacte_graph.metrics.cooperation.projection import known_budgets
from pacte_graph.network.model import Network
from pacte_graph.network.views import incidence, nesting


@dataclass(frozen=True)
class Front:
    """What joins two territories.

    ``budget`` sums the ``budgets`` known ones of ``projects``, None without any; ``share``: of the ties between territories
    neither of which holds the other.
    """

    first: str
    second: str
    projects: tuple[str, ...]
    budget: float | None
    budgets: int
    pairs: int
    share: float | None

    def as_dict(self) -> dict[str, Any]:
        """Return the JSON form."""
        return {name: getattr(self, name) for name in ("first", "second", "projects", "budget", "budgets", "pairs", "share")}


def places_of(network: Network) -> dict[str, frozenset[str]]:
    """Return actor → the territories where it is based or that it represents, with all that these lie within."""
    graph = nesting(network)
    above = {node: frozenset({node, *nx.descendants(graph, node)}) for node in graph}
    found: dict[str, frozenset[str]] = {}
    for link in (*network.links_of("BASED_IN"), *network.links_of("REPRESENTS")):
        found[link.source] = found.get(link.source, frozenset()) | above[link.target]
    return found


def levels_of(network: Network) -> dict[str, frozenset[str]]:
    """Return actor → the scales of the territories it represents, else of those where it is based; actors without left out."""
    found: dict[str, frozenset[str]] = {}
    for type_ in ("REPRESENTS", "BASED_IN"):
        told: dict[str, set[str]] = {}
        for link in network.links_of(type_):
            level = network.by_id[link.target].group
            if level != "unknown":
                told.setdefault(link.source, set()).add(level)
        for actor, levels in told.items():
            found.setdefault(actor, frozenset(levels))
    return found


def front(network: Network, first: str | None, second: str | None) -> Front | None:
    """Return what joins two territories: those named, else the two of level metropolis; None when there are not two.

    An actor is of a territory when it is based in it, or within it, and not of the other one too. Raises UnknownName.
    """
    for name in (first, second):
        if name is not None and (name not in network.by_id or network.by_id[name].label != "Territory"):
            raise UnknownName(f"There is no territory {name} in this network.")
    if first is None or second is None:
        large = [node.id for node in network.nodes_of("Territory") if node.group == "metropolis"]
        if len(large) != 2:
            return None
        first, second = large
    return _joined(network, first, second)


def _joined(network: Network, first: str, second: str) -> Front:
    at, found = places_of(network), incidence(network)
    sides = np.array([(first in at.get(name, ())) - (second in at.get(name, ())) for name in found.actors], dtype=int)
    projects = [
        name
        for place, name in enumerate(found.projects)
        if {-1, 1} <= set(sides[found.matrix.indices[found.matrix.indptr[place] : found.matrix.indptr[place + 1]]].tolist())
    ]
    known = [money for name, money in known_budgets(network).items() if name in set(projects)]
    _, ties = tied_pairs(network)
    across = int((sides[ties.first] * sides[ties.second] == -1).sum())
    based = [at.get(name, frozenset()) for name in found.actors]
    ends = zip(ties.first.tolist(), ties.second.tolist(), strict=True)
    between = sum(not (based[one] <= based[other] or based[other] <= based[one]) for one, other in ends)
    share = across / between if between else None
    return Front(first, second, tuple(projects), sum(known) if known else None, len(known), across, share)
