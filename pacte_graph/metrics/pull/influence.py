"""E1: the influence matrix. Row pulls, column is pulled (Godet's convention, the transpose of input–output tables)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

from pacte_graph.errors import UnknownName
from pacte_graph.metrics.model import Parameter
from pacte_graph.metrics.pull.convergence import refuse_divergence, spectral_radius
from pacte_graph.network.model import Link, Network, Node
from pacte_graph.network.views import ROLE_WEIGHTS, TakingPart, remembered, taking_part
from pacte_graph.schema.kinds import Choice, Words

__all__ = [
    "HYPOTHESES", "KAPPA", "NORMALISATIONS", "ROLE_SETS", "THETA", "Influence", "influence", "normalised", "refuse_divergence",
    "shares", "spectral_radius", "structure", "with_data",
]  # fmt: skip
Vector = np.ndarray[Any, Any]
NORMALISATIONS = (
    Choice("symmetric", Words("Symétrique (N3)", "Symmetric (N3)")),
    Choice("global", Words("Globale, Katz (N0)", "Global, Katz (N0)")),
    Choice("received", Words("Parts reçues, Leontief (N1)", "Received shares, Leontief (N1)")),
    Choice("emitted", Words("Parts émises, Ghosh (N2)", "Emitted shares, Ghosh (N2)")),
    Choice("none", Words("Aucune : coefficients bruts", "None: raw coefficients")),
)
THETA = Parameter(
    "theta",
    "float",
    0.5,
    Words("Taux de transmission θ", "Transmission rate θ"),
    Words("Part d'un entraînement qui passe à l'étape suivante.", "Share of a pull that passes to the next step."),
    minimum=0.0,
    maximum=0.99,
)
KAPPA = Parameter(
    "kappa",
    "float",
    0.5,
    Words("Rebond par les acteurs κ", "Rebound through actors κ"),
    Words("Force du retour d'un acteur vers ses projets ; 0 : aucun.", "Strength of an actor's return to its projects; 0: none."),
    minimum=0.0,
    maximum=1.0,
)
NORMALISATION = Parameter(
    "normalisation",
    "choice",
    "symmetric",
    Words("Normalisation", "Normalisation"),
    Words("Comment les forces deviennent des parts.", "How strengths become shares."),
    choices=NORMALISATIONS,
)
ROLE_SETS: Mapping[str, Mapping[str, float]] = {
    "standard": ROLE_WEIGHTS,
    "flat": dict.fromkeys(ROLE_WEIGHTS, 1.0),
    "leader": {**ROLE_WEIGHTS, "lead": 4.0},
}
"""How strongly a project pulls an actor, by the actor's role; a role that is unknown or not listed weighs 1 in all of them."""
ROLES = Parameter(
    "roles",
    "choice",
    "standard",
    Words("Poids des rôles", "Weights of roles"),
    Words(
        "Porteur, financeur, partenaire, associé : 3, 2, 2, 1 (courant) ; 1 partout (égal) ; 4, 2, 2, 1 (porteur d'abord).",
        "Lead, funder, partner, associate: 3, 2, 2, 1 (standard); 1 each (flat); 4, 2, 2, 1 (leader first).",
    ),
    choices=(
        Choice("standard", Words("Courant : 3, 2, 2, 1", "Standard: 3, 2, 2, 1")),
        Choice("flat", Words("Égal : 1 pour tous", "Flat: 1 each")),
        Choice("leader", Words("Porteur d'abord : 4, 2, 2, 1", "Leader first: 4, 2, 2, 1")),
    ),
)
HYPOTHESES = (THETA, KAPPA, NORMALISATION, ROLES)
UNSPECIFIED_SHARE = 0.5


@dataclass(frozen=True)
class Influence:
    """W on projects and actors (``ids``, sorted): ``matrix[i, j]`` is how strongly i pulls j; ``unknown`` counts gaps."""

    ids: tuple[str, ...]
    matrix: sparse.csr_array
    unknown: Mapping[str, int]


@dataclass(frozen=True)
class Structure:
    """Where W has cells, whatever the hypotheses: W for any κ and role weights is an array of numbers put in ``order``."""

    ids: tuple[str, ...]
    nodes: tuple[Node, ...]
    declared: Vector
    taking: TakingPart
    order: Vector
    indices: Vector
    indptr: Vector
    unknown: Mapping[str, int]

    def matrix(self, kappa: float, roles: str) -> sparse.csr_array:
        """Return W. Raises UnknownName for a role set that isn't one."""
        if roles not in ROLE_SETS:
            raise UnknownName(f"There is no set of role weights {roles}; there are: {', '.join(ROLE_SETS)}.")
        weights = self.taking.merged(ROLE_SETS[roles])
        data = np.concatenate([self.declared, weights, kappa * weights])[self.order]
        size = len(self.ids)
        made = sparse.csr_array((data, self.indices, self.indptr), shape=(size, size))
        if (data <= 0).any():
            made = made.copy()
            made.eliminate_zeros()
        return made


def influence(network: Network, *, kappa: float = 0.5, roles: str = "standard") -> Influence:
    """Return W: declared links by their direction (not stated: both ways at half), project → actor by role, actor → project × κ.

    Repeated declarations of one pull are merged by the greatest; self-links are dropped; people are left out.
    ``roles`` names one of ``ROLE_SETS``.
    """
    return remembered(network, ("influence", kappa, roles), lambda: _influence(network, kappa, roles))


def _influence(network: Network, kappa: float, roles: str) -> Influence:
    found = structure(network)
    return Influence(found.ids, found.matrix(kappa, roles), found.unknown)


def structure(network: Network) -> Structure:
    """Return where W has cells, read once."""
    return remembered(network, "influence structure", lambda: _structure(network))


def _structure(network: Network) -> Structure:
    nodes = tuple(node for node in network.nodes if node.label in {"Project", "Actor"})
    ids = tuple([node.id for node in nodes])
    links, taking = network.links_of("LINKED_TO"), taking_part(network)
    place = {name: at for at, name in enumerate(ids)} if links else {}
    cells: dict[tuple[int, int], float] = {}
    for source, target, weight in _declared(links):
        if source != target and weight > 0:
            key = place[source], place[target]
            cells[key] = max(cells.get(key, 0.0), weight)
    pairs = np.array(list(cells), dtype=np.int64).reshape(-1, 2)
    of_projects = np.array([node.label == "Project" for node in nodes], dtype=bool)
    projects, actors = np.flatnonzero(of_projects), np.flatnonzero(~of_projects)  # all three tables are sorted by id
    there, who = projects[taking.project], actors[taking.actor]
    rows, columns = np.concatenate([pairs[:, 0], there, who]), np.concatenate([pairs[:, 1], who, there])
    order = np.argsort(rows * max(len(nodes), 1) + columns, kind="stable")
    indptr = np.searchsorted(rows[order], np.arange(len(nodes) + 1)).astype(np.int32)
    declared, indices = np.array(list(cells.values()), dtype=float), columns[order].astype(np.int32)
    return Structure(ids, nodes, declared, taking, order, indices, indptr, _unknown(links, taking))


def _declared(links: Iterable[Link]) -> Iterable[tuple[str, str, float]]:
    """Return who pulls whom, how strongly, for each declared link."""
    for link in links:
        weight = float(link.properties.get("intensity") or 1)
        sense = link.properties.get("sense") or "unspecified"
        share = UNSPECIFIED_SHARE if sense == "unspecified" else 1.0
        if sense != "depends_on":
            yield link.source, link.target, share * weight
        if sense != "pulls":
            yield link.target, link.source, share * weight


def _unknown(links: tuple[Link, ...], taking: TakingPart) -> dict[str, int]:
    return {
        "links_without_direction": sum((link.properties.get("sense") or "unspecified") == "unspecified" for link in links),
        "links_without_intensity": sum(link.properties.get("intensity") is None for link in links),
        "participations_without_role": taking.without_role,
    }


def normalised(matrix: sparse.csr_array, normalisation: str, theta: float) -> sparse.csr_array:
    """Return A from W. Source: N0 Katz 1953; N1 Leontief; N2 Ghosh; N3 Zhou et al. 2004 (‖A‖₂ ≤ θ by Schur's test)."""
    return with_data(matrix, theta * shares(matrix, normalisation))


def shares(matrix: sparse.csr_array, normalisation: str) -> Vector:
    """Return the stored cells of A/θ, in the order of ``matrix.data``: what does not depend on θ."""
    if normalisation == "none":
        return matrix.data.astype(float)
    if normalisation == "global":
        radius = spectral_radius(matrix)[0]
        scale = radius if radius > 0 else float(matrix.sum(axis=1).max(initial=0.0))
        return matrix.data / scale if scale > 0 else matrix.data.astype(float)
    out, into = np.asarray(matrix.sum(axis=1)).ravel(), np.asarray(matrix.sum(axis=0)).ravel()
    powers = {"received": (0.0, 1.0), "emitted": (1.0, 0.0), "symmetric": (0.5, 0.5)}[normalisation]
    left, right = (_inverse_power(sums, power) for sums, power in zip((out, into), powers, strict=True))
    found: Vector = matrix.data * np.repeat(left, np.diff(matrix.indptr)) * right[matrix.indices]
    return found


def with_data(matrix: sparse.csr_array, data: Vector) -> sparse.csr_array:
    """Return a matrix with the cells of ``matrix`` and other numbers in them."""
    return sparse.csr_array((data, matrix.indices, matrix.indptr), shape=matrix.shape)


def _inverse_power(sums: Vector, power: float) -> Vector:
    safe = np.where(sums > 0, sums, 1.0)
    return np.where(sums > 0, safe**-power, 0.0)
