"""C1 and C2: sizes and activity in the two-mode network, and how strongly actors are tied by the projects they share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from scipy import sparse

from pacte_graph.metrics import words
from pacte_graph.metrics.model import Metric, MetricResult, Parameter, Value
from pacte_graph.metrics.ranking import ranks
from pacte_graph.network.model import Network
from pacte_graph.network.views import Incidence, incidence
from pacte_graph.schema.kinds import Choice, Words

TWO_MODE = Words("réseau biparti projets–acteurs", "two-mode network of projects and actors")
COUNTED = Words("poids : 1 par participation", "weight: 1 a participation")
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


def _degree(network: Network, parameters: Mapping[str, Any]) -> MetricResult:
    found = incidence(network)
    sizes, activity = (np.asarray(found.matrix.sum(axis=axis)).ravel().astype(int) for axis in (1, 0))
    ending = words.scope(network, COUNTED)
    values = _degrees(network, found.projects, sizes, len(found.actors), ending)
    values += _degrees(network, found.actors, activity, len(found.projects), ending)
    pairs = len([link for link in network.links_of("TAKES_PART_IN") if network.by_id[link.source].label == "Actor"])
    unknown = {"participations_without_amount": int(found.matrix.nnz) - len(found.amounts)}
    details = {"projects": len(found.projects), "actors": len(found.actors), "participations": pairs}
    return MetricResult("degree", network.scope, parameters, tuple(values), COUNTED.fr, unknown, details)


def _degrees(network: Network, names: tuple[str, ...], counts: np.ndarray[Any, Any], others: int, ending: Words) -> list[Value]:
    placed = ranks({name: float(value) for name, value in zip(names, counts, strict=True)})
    found = []
    for name, value in zip(names, counts.tolist(), strict=True):
        node = network.by_id[name]
        found.append(
            Value(
                name,
                node.caption,
                node.label,
                value,
                words.ended(_size(node.label, words.quoted(node), value, others), ending),
                placed[name],
            )
        )
    return found


def _size(label: str, name: Words, value: int, others: int) -> Words:
    if label == "Project":
        shown = words.count(value, Words("acteur", "actor"), Words("acteurs", "actors"))
        return Words(f"{name.fr} réunit {shown.fr} sur {others}.", f"{name.en} brings together {shown.en} of {others}.")
    shown = words.count(value, Words("projet", "project"), Words("projets", "projects"))
    return Words(f"{name.fr} participe à {shown.fr} sur {others}.", f"{name.en} takes part in {shown.en} of {others}.")


def _projection(network: Network, parameters: Mapping[str, Any]) -> MetricResult:
    found, weight = incidence(network), parameters["weight"]
    budgets = {
        node.id: node.properties["budget"] for node in network.nodes_of("Project") if node.properties.get("budget") is not None
    }
    matrix = projection(found, weight, budgets)
    label = next(choice.label for choice in WEIGHTS if choice.value == weight)
    said = Words(f"poids : {label.fr}", f"weight: {label.en}")
    strength, partners = np.asarray(matrix.sum(axis=1)).ravel(), np.diff(matrix.indptr)
    by_id = {name: float(strength[place]) for place, name in enumerate(found.actors)}
    placed, ending = ranks(by_id), words.scope(network, said)
    values = []
    for place, (name, value) in enumerate(by_id.items()):
        node, shown = network.by_id[name], words.number(value)
        others = words.count(int(partners[place]), Words("autre acteur", "other actor"), Words("autres acteurs", "other actors"))
        sentence = Words(
            f"{words.quoted(node).fr} partage des projets avec {others.fr} (force totale {shown.fr}).",
            f"{words.quoted(node).en} shares projects with {others.en} (total strength {shown.en}).",
        )
        values.append(Value(name, node.caption, node.label, value, words.ended(sentence, ending), placed[name]))
    without = len(found.projects) - len(budgets) if weight == "budget" else 0
    details = {"actors": found.actors, "matrix": matrix, "ties": int(matrix.nnz) // 2}
    return MetricResult(
        "projection", network.scope, parameters, tuple(values), said.fr, {"projects_without_budget": without}, details
    )


DEGREE = Metric(
    "degree",
    "C1",
    Words("Taille et activité", "Size and activity"),
    Words(
        "Le nombre d'acteurs d'un projet, le nombre de projets d'un acteur.",
        "How many actors a project has, how many projects an actor is in.",
    ),
    r"d_p = \sum_a b_{pa},\quad d_a = \sum_p b_{pa}",
    "Borgatti & Everett 1997",
    TWO_MODE,
    Words("acteurs ou projets", "actors or projects"),
    Words("Un montant inconnu ne change pas le nombre.", "An unknown amount does not change the count."),
    "O(m)",
    _degree,
)
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
    _projection,
    (WEIGHT,),
)
