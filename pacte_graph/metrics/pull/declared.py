"""The declared links among projects as a matrix, row pulls, with what the unknown directions and intensities leave open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from pacte_graph.metrics import words
from pacte_graph.metrics.pull.influence import UNSPECIFIED_SHARE
from pacte_graph.network.model import Link, Network
from pacte_graph.network.views import remembered
from pacte_graph.schema.kinds import Words

STRONGEST = 3.0
PROJECT_LINKS = Words("liens déclarés entre projets (ligne : qui entraîne)", "declared links among projects (row: who pulls)")
DECLARED_WEIGHT = Words("poids : intensités déclarées", "weights: declared intensities")
NO_LINK = Words("aucun lien entre projets n'est déclaré", "no link among projects is declared")


@dataclass(frozen=True)
class Declared:
    """M on projects (``ids``, sorted); ``low``/``high``: what is certain, and all that the unknown could be."""

    ids: tuple[str, ...]
    matrix: sparse.csr_array
    low: sparse.csr_array
    high: sparse.csr_array
    unknown: Mapping[str, int]


def declared(network: Network) -> Declared:
    """Return the declared links: intensity (1 where unknown), a link without direction both ways at half.

    Repeated declarations are merged by the greatest, links to oneself dropped. ``low`` leaves out what has no direction;
    ``high`` takes it whole both ways, unknown intensities at 3.
    """
    return remembered(network, "declared", lambda: _declared(network))


def _declared(network: Network) -> Declared:
    ids = tuple(node.id for node in network.nodes_of("Project"))
    place = {name: at for at, name in enumerate(ids)}
    links = [
        link
        for link in network.links_of("LINKED_TO")
        if link.source != link.target and {link.source, link.target} <= place.keys()
    ]
    sides = ((UNSPECIFIED_SHARE, 1.0), (0.0, 1.0), (1.0, STRONGEST))
    matrix, low, high = (_matrix(links, place, share, intensity) for share, intensity in sides)
    unknown = {
        "links_without_direction": sum(_sense(link) == "unspecified" for link in links),
        "links_without_intensity": sum(link.properties.get("intensity") is None for link in links),
    }
    return Declared(ids, matrix, low, high, unknown)


def _sense(link: Link) -> str:
    return str(link.properties.get("sense") or "unspecified")


def _matrix(links: list[Link], place: Mapping[str, int], share: float, intensity: float) -> sparse.csr_array:
    cells: dict[tuple[int, int], float] = {}
    for link in links:
        sense, source, target = _sense(link), place[link.source], place[link.target]
        given = link.properties.get("intensity")
        weight = (intensity if given is None else float(given)) * (share if sense == "unspecified" else 1.0)
        for wrong, pair in (("depends_on", (source, target)), ("pulls", (target, source))):
            if sense != wrong and weight > 0:
                cells[pair] = max(cells.get(pair, 0.0), weight)
    rows, columns = ([pair[side] for pair in sorted(cells)] for side in (0, 1))
    data = np.array([cells[pair] for pair in sorted(cells)], dtype=float)
    return sparse.csr_array((data, (rows, columns)), shape=(len(place), len(place)))


def undefined(named: Words, why: Words) -> Words:
    """Return that a node's value is undefined, and why."""
    return Words(f"{named.fr} : non défini, car {why.fr}.", f"{named.en}: undefined, for {why.en}.")


def place_words(rank: int) -> Words:
    """Return ``1re``/``4e`` and ``1st``/``4th``."""
    ending = "th" if 10 <= rank % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(rank % 10, "th")
    shown = words.number(rank)
    return Words(f"{shown.fr}{'re' if rank == 1 else 'e'}", f"{shown.en}{ending}")
