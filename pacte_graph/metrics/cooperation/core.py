"""C7: the hard core of cooperation, on the network of projects and actors (on a projection it would be its largest project)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from scipy import sparse

from pacte_graph.metrics import words
from pacte_graph.metrics.column import Column
from pacte_graph.metrics.cooperation.passing import UNWEIGHTED
from pacte_graph.metrics.cooperation.projection import TWO_MODE
from pacte_graph.metrics.model import Metric, MetricResult
from pacte_graph.network.model import Network
from pacte_graph.network.views import adjacency, incidence
from pacte_graph.schema.kinds import Words

Vector = np.ndarray[Any, Any]
MANY = 16
"""A round that touches more than one tie in this share of the nodes counts them all at once."""


def core_numbers(graph: sparse.csr_array) -> Vector:
    """Return the largest k such that the node is in a part where everyone has k ties or more; 0 for isolates (Seidman 1983).

    ``graph`` is a symmetric adjacency (n × n, no self-link, no stored zero). Those with the fewest ties left are peeled off
    together, round by round (Batagelj & Zaveršnik 2003). O(n + m) in the nodes and ties peeled.
    """
    size, starts, degrees = graph.shape[0], graph.indptr[:-1], np.diff(graph.indptr)
    left, gone = degrees.astype(np.int64), np.zeros(size, dtype=bool)
    numbers: Vector = np.zeros(size, dtype=np.int64)
    circle, rest = 0, np.arange(size)
    while len(rest):
        circle = max(circle, int(left[rest].min()))
        leaving = rest[left[rest] <= circle]
        while len(leaving):
            gone[leaving], numbers[leaving] = True, circle
            near = graph.indices[_runs(starts[leaving], degrees[leaving])]
            near = np.compress(~gone[near], near)
            if len(near) * MANY > size:
                left -= np.bincount(near, minlength=size)
                leaving = np.flatnonzero((left <= circle) & ~gone)
            else:
                np.subtract.at(left, near, 1)
                leaving = np.unique(near[left[near] <= circle])
        rest = rest[~gone[rest]]
    return numbers


def _runs(starts: Vector, counts: Vector) -> Vector:
    """Return start, start + 1… for each of ``starts``, as many as ``counts`` says, one after the other."""
    ends = np.cumsum(counts, dtype=starts.dtype)
    found: Vector = np.arange(ends[-1], dtype=starts.dtype) + np.repeat(starts - (ends - counts), counts)
    return found


def _core(network: Network, parameters: Mapping[str, Any]) -> MetricResult:
    found = incidence(network)
    nodes = tuple(network.by_id[name] for name in (*found.projects, *found.actors))
    numbers = core_numbers(adjacency(network))
    top = int(numbers.max(initial=0))
    members = int((numbers == top).sum()) if top else 0

    def sentence(place: int) -> Words:
        name, own = words.quoted(nodes[place]), int(numbers[place])
        if own == 0:
            return Words(f"{name.fr} n'a aucune participation : hors du noyau.", f"{name.en} has no participation: in no core.")
        others = words.count(members, Words("membre", "member"), Words("membres", "members"))
        if own == top:
            return Words(
                f"{name.fr} est du noyau dur : {others.fr}, chacun lié à au moins {top} autres du noyau.",
                f"{name.en} is in the hard core: {others.en}, each tied to at least {top} others of the core.",
            )
        return Words(
            f"{name.fr} est dans le cercle {own} : chacun y est lié à au moins {own} autres (noyau dur : {top}).",
            f"{name.en} is in circle {own}: each is tied there to at least {own} others (hard core: {top}).",
        )

    values = Column(nodes, numbers, sentence, words.scope(network, UNWEIGHTED), whole=True)
    unknown = {"nodes_without_participation": int((numbers == 0).sum())}
    details = {"ids": tuple(node.id for node in nodes), "core": numbers, "top": top}
    return MetricResult("core", network.scope, parameters, values, UNWEIGHTED.fr, unknown, details)


CORE = Metric(
    "core",
    "C7",
    Words("Noyau dur", "Hard core"),
    Words(
        "Jusqu'à quel cercle d'acteurs et de projets étroitement liés chacun appartient.",
        "How far into the circles of closely tied actors and projects each one is.",
    ),
    r"k_v = \max \{ k : v \in H,\ \min_{u \in H} d_H(u) \ge k \}",
    "Seidman 1983",
    TWO_MODE,
    Words("numéro de cercle", "number of circle"),
    Words("Un nœud sans participation est dans le cercle 0, et compté.", "A node without participation is in circle 0, counted."),
    "O(m)",
    Words(
        "« … » est du noyau dur : … membres, chacun lié à au moins … autres du noyau.",
        "“…” is in the hard core: … members, each tied to at least … others of the core.",
    ),
    Words(
        "Un acteur du noyau n'est pas plus important : il est là où les participations sont les plus serrées.",
        "An actor in the core is no more important: it is where participations are densest.",
    ),
    _core,
)
