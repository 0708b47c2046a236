"""C7: the hard core of cooperation, on the network of projects and actors (on a projection it would be its largest project)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from scipy import sparse
from sknetwork.topology import get_core_decomposition

from pacte_graph.metrics import words
from pacte_graph.metrics.column import Column
from pacte_graph.metrics.cooperation.passing import UNWEIGHTED
from pacte_graph.metrics.cooperation.projection import TWO_MODE
from pacte_graph.metrics.cooperation.triangles import Ties, ties
from pacte_graph.metrics.cooperation.two_mode import joined
from pacte_graph.metrics.model import Metric, MetricResult
from pacte_graph.network.model import Network
from pacte_graph.network.views import incidence
from pacte_graph.schema.kinds import Words

Vector = np.ndarray[Any, Any]


def core_numbers(found: Ties) -> Vector:
    """Return the largest k such that the node is in a part where everyone has k ties or more; 0 for isolates (Seidman 1983)."""
    if not len(found.first):
        return np.zeros(found.size, dtype=np.int64)
    ends = (np.concatenate([found.first, found.second]), np.concatenate([found.second, found.first]))
    both = sparse.csr_matrix((np.ones(len(ends[0])), ends), shape=(found.size, found.size))
    both.indices, both.indptr = both.indices.astype(np.int32), both.indptr.astype(np.int32)  # what its kernels take
    return np.asarray(get_core_decomposition(both)).astype(np.int64)


def _core(network: Network, parameters: Mapping[str, Any]) -> MetricResult:
    found = incidence(network)
    nodes = tuple(network.by_id[name] for name in (*found.projects, *found.actors))
    numbers = core_numbers(ties(joined(found.matrix)))
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
