"""Communes in the nesting of territories: what holds them, their populations, and the projects declined on them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pacte_graph.metrics.scheme.dolls import closure
from pacte_graph.network.model import Link, Network, Node
from pacte_graph.network.views import nesting, remembered

OUTSIDE = "outside"


def above(network: Network) -> Mapping[str, frozenset[str]]:
    """Return each territory with all it lies within, itself included."""
    return remembered(network, "closure", lambda: closure(nesting(network)))


def territories(network: Network, level: str) -> tuple[Node, ...]:
    """Return the territories of a level, sorted by id."""
    return tuple(node for node in network.nodes_of("Territory") if node.group == level)


def rows_on(network: Network) -> Mapping[str, Sequence[Link]]:
    """Return the declinations stated on each territory (declined, not declined or unknown)."""
    found: dict[str, list[Link]] = {}
    for link in network.links_of("APPLIES_IN"):
        found.setdefault(link.target, []).append(link)
    return found


def parents(network: Network, communes: Sequence[Node], levels: frozenset[str]) -> list[str]:
    """Return for each commune the territory of those levels that holds it: several joined by « + », ``outside`` when none."""
    held = above(network)
    found = []
    for commune in communes:
        holding = sorted(name for name in held[commune.id] if name != commune.id and network.by_id[name].group in levels)
        found.append(" + ".join(holding) or OUTSIDE)
    return found


def ceilings(network: Network, communes: Sequence[Node]) -> dict[str, float | None]:
    """Return the most inhabitants each commune of unknown population can have: what a territory that holds it leaves.

    That territory's population less the known ones of the communes it holds; the least of them; None when none is known.
    """
    held = above(network)
    known: dict[str, float] = {}
    for commune in communes:
        for name in held[commune.id] - {commune.id}:
            known[name] = known.get(name, 0.0) + float(commune.properties.get("population") or 0)
    found: dict[str, float | None] = {}
    for commune in communes:
        if commune.properties.get("population") is None:
            rest = [
                max(0.0, float(network.by_id[name].properties["population"]) - known[name])
                for name in held[commune.id] - {commune.id}
                if network.by_id[name].properties.get("population") is not None
            ]
            found[commune.id] = min(rest) if rest else None
    return found
