"""C2: how strongly actors are tied by the projects they share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from scipy import sparse

from pacte_graph.metrics import words
from pacte_graph.metrics.column import Column
from pacte_graph.metrics.model import Metric, MetricResult, Parameter
from pacte_graph.network.model import Network
from pacte_graph.network.views import Incidence, incidence, remembered
from pacte_graph.schema.kinds import Choice, Words

TWO_MODE = Words("réseau biparti projets–acteurs", "two-mode network of projects and actors")
WEIGHTS = (
    Choice("newman", Words("Newman (projets à peu de partenaires)", "Newman (projects with few partners)")),
    Choice("count", Words("Nombre de projets communs", "Number of shared projects")),
    Choice("budget", Words("Budget fractionné", "Fractional budget")),
    Choice("resource", Words("Allocation de ressources", "Resource allocation")),
    Choice("jaccard", Words("Jaccard", "Jaccard")),
)
WEIGHT = Parameter(
    "weight",
    "choice",
    "newman",
    Words("Poids des liens", "Weight of ties"),
    Words("Comment un projet partagé compte.", "How a shared project counts."),
    choices=WEIGHTS,
)


def projection(found: Incidence, weight: str = "newman", budgets: Mapping[str, float] | None = None) -> sparse.csr_array:
    """Return the actor × actor weights (diagonal 0): B'DB with D by project, for one of the five weights.

    newman: D = 1/(n−1), projects of one actor skipped (Newman 2001); count: 1; resource: 1/n (Zhou 2007, before division by
    degree); budget: 2M/(n(n−1)) for projects whose budget M is known; jaccard: shared over united projects, in [0, 1].
    """
    matrix = found.matrix
    sizes = np.asarray(matrix.sum(axis=1)).ravel()
    shared = sparse.csr_array(matrix.T @ sparse.diags_array(_project_weights(found, sizes, weight, budgets)) @ matrix)
    if weight == "jaccard":
        shared = _jaccard(shared, np.asarray(matrix.sum(axis=0)).ravel())
    shared.setdiag(0)
    shared.eliminate_zeros()
    return shared


def _project_weights(found: Incidence, sizes: np.ndarray[Any, Any], weight: str, budgets: Mapping[str, float] | None) -> Any:
    several = sizes >= 2
    if weight in {"count", "jaccard"}:
        return np.ones(len(sizes))
    if weight == "resource":
        return np.divide(1.0, sizes, out=np.zeros(len(sizes)), where=sizes > 0)
    if weight == "budget":
        money = np.array([(budgets or {}).get(name, 0.0) for name in found.projects], dtype=float)
        return np.divide(2 * money, sizes * (sizes - 1), out=np.zeros(len(sizes)), where=several)
    return np.divide(1.0, sizes - 1, out=np.zeros(len(sizes)), where=several)


def _jaccard(shared: sparse.csr_array, degrees: np.ndarray[Any, Any]) -> sparse.csr_array:
    pairs = shared.tocoo()
    rows, columns = pairs.coords
    united = degrees[rows] + degrees[columns] - pairs.data
    return sparse.csr_array((pairs.data / united, (rows, columns)), shape=shared.shape)


def tied(network: Network, weight: str = "newman") -> tuple[tuple[str, ...], sparse.csr_array]:
    """Return the actors and the symmetric weights of their ties; made once for a snapshot."""
    return remembered(network, ("tied", weight), lambda: _tied(network, weight))


def _tied(network: Network, weight: str) -> tuple[tuple[str, ...], sparse.csr_array]:
    found = incidence(network)
    matrix = projection(found, weight, known_budgets(network))
    matrix.sort_indices()
    return found.actors, matrix


def known_budgets(network: Network) -> dict[str, float]:
    """Return the budgets of the projects that have one."""
    return {
        node.id: float(node.properties["budget"])
        for node in network.nodes_of("Project")
        if node.properties.get("budget") is not None
    }


def _projection(network: Network, parameters: Mapping[str, Any]) -> MetricResult:
    found, weight = incidence(network), parameters["weight"]
    budgets, (_, matrix) = known_budgets(network), tied(network, weight)
    label = next(choice.label for choice in WEIGHTS if choice.value == weight)
    said = Words(f"poids : {label.fr}", f"weight: {label.en}")
    strength, partners = np.asarray(matrix.sum(axis=1)).ravel(), np.diff(matrix.indptr)
    nodes = tuple(network.by_id[name] for name in found.actors)

    def sentence(place: int) -> Words:
        named, shown = words.quoted(nodes[place]), words.number(float(strength[place]))
        others = words.count(int(partners[place]), Words("autre acteur", "other actor"), Words("autres acteurs", "other actors"))
        return Words(
            f"{named.fr} partage des projets avec {others.fr} (force totale {shown.fr}).",
            f"{named.en} shares projects with {others.en} (total strength {shown.en}).",
        )

    values = Column(nodes, strength, sentence, words.scope(network, said))
    without = len(found.projects) - len(budgets) if weight == "budget" else 0
    details = {"actors": found.actors, "matrix": matrix, "ties": int(matrix.nnz) // 2}
    return MetricResult("projection", network.scope, parameters, values, said.fr, {"projects_without_budget": without}, details)


PROJECTION = Metric(
    "projection",
    "C2",
    Words("Coopération entre acteurs", "Cooperation between actors"),
    Words(
        "Deux acteurs sont d'autant plus liés qu'ils partagent des projets à peu de partenaires.",
        "Two actors are tied the more, the more they share projects with few partners.",
    ),
    r"w_{ij} = \sum_k \delta_{ik}\,\delta_{jk} / (n_k - 1)",
    "Newman 2001; Zhou et al. 2007",
    TWO_MODE,
    Words("force du lien (selon le poids choisi)", "strength of tie (by the weight chosen)"),
    Words(
        "Un projet sans budget ne compte pas avec le poids « budget ».",
        "A project without a budget does not count with the weight “budget”.",
    ),
    "O(Σ n²)",
    Words(
        "« … » partage des projets avec … autres acteurs (force totale …).",
        "“…” shares projects with … other actors (total strength …).",
    ),
    words.STRUCTURE,
    _projection,
    (WEIGHT,),
)
