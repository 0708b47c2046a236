"""E1: the influence matrix. Row pulls, column is pulled (Godet's convention, the transpose of input–output tables)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

from pacte_graph.errors import MetricUndefined
from pacte_graph.metrics.model import Parameter
from pacte_graph.network.model import Link, Network
from pacte_graph.network.views import participations, remembered
from pacte_graph.schema.kinds import Choice, Words

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
HYPOTHESES = (THETA, KAPPA, NORMALISATION)
UNSPECIFIED_SHARE = 0.5


@dataclass(frozen=True)
class Influence:
    """W on projects and actors (``ids``, sorted): ``matrix[i, j]`` is how strongly i pulls j; ``unknown`` counts gaps."""

    ids: tuple[str, ...]
    matrix: sparse.csr_array
    unknown: Mapping[str, int]


def influence(network: Network, *, kappa: float = 0.5) -> Influence:
    """Return W: declared links by their direction (not stated: both ways at half), project → actor by role, actor → project × κ.

    Repeated declarations of one pull are merged by the greatest; self-links are dropped; people are left out.
    """
    return remembered(network, ("influence", kappa), lambda: _influence(network, kappa))


def _influence(network: Network, kappa: float) -> Influence:
    ids = tuple(node.id for node in network.nodes if node.label in {"Project", "Actor"})
    place = {name: at for at, name in enumerate(ids)}
    cells: dict[tuple[int, int], float] = {}
    links = network.links_of("LINKED_TO")
    for source, target, weight in _declared(links):
        _raise(cells, place[source], place[target], weight)
    for (project, actor), (weight, _) in participations(network).items():
        _raise(cells, place[project], place[actor], weight)
        _raise(cells, place[actor], place[project], kappa * weight)
    known = {key: weight for key, weight in sorted(cells.items()) if weight > 0}
    rows, columns = ([key[side] for key in known] for side in (0, 1))
    matrix = sparse.csr_array((np.array(list(known.values()), dtype=float), (rows, columns)), shape=(len(ids), len(ids)))
    return Influence(ids, matrix, _unknown(network, links))


def _raise(cells: dict[tuple[int, int], float], row: int, column: int, weight: float) -> None:
    if row != column:
        cells[row, column] = max(cells.get((row, column), 0.0), weight)


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


def _unknown(network: Network, links: tuple[Link, ...]) -> dict[str, int]:
    roles = [link for link in network.links_of("TAKES_PART_IN") if not link.properties.get("role")]
    return {
        "links_without_direction": sum((link.properties.get("sense") or "unspecified") == "unspecified" for link in links),
        "links_without_intensity": sum(link.properties.get("intensity") is None for link in links),
        "participations_without_role": len(roles),
    }


def normalised(matrix: sparse.csr_array, normalisation: str, theta: float) -> sparse.csr_array:
    """Return A from W. Source: N0 Katz 1953; N1 Leontief; N2 Ghosh; N3 Zhou et al. 2004 (‖A‖₂ ≤ θ by Schur's test)."""
    if normalisation == "none":
        return sparse.csr_array(theta * matrix)
    if normalisation == "global":
        radius = spectral_radius(matrix)[0]
        scale = radius if radius > 0 else float(matrix.sum(axis=1).max(initial=0.0))
        return sparse.csr_array(matrix * (theta / scale)) if scale > 0 else matrix
    out, into = np.asarray(matrix.sum(axis=1)).ravel(), np.asarray(matrix.sum(axis=0)).ravel()
    powers = {"received": (0.0, 1.0), "emitted": (1.0, 0.0), "symmetric": (0.5, 0.5)}[normalisation]
    left, right = (_inverse_power(sums, power) for sums, power in zip((out, into), powers, strict=True))
    return sparse.csr_array(theta * (sparse.diags_array(left) @ matrix @ sparse.diags_array(right)))


def _inverse_power(sums: np.ndarray[Any, Any], power: float) -> np.ndarray[Any, Any]:
    safe = np.where(sums > 0, sums, 1.0)
    return np.where(sums > 0, safe**-power, 0.0)


def spectral_radius(matrix: sparse.csr_array) -> tuple[float, np.ndarray[Any, Any]]:
    """Return ρ(matrix) and the places of the strongly connected component that reaches it (empty when there is no cycle)."""
    total, labels = sparse.csgraph.connected_components(matrix, directed=True, connection="strong")
    best, where = 0.0, np.array([], dtype=int)
    sizes = np.bincount(labels, minlength=total)
    for component in np.flatnonzero(sizes > 1):
        members = np.flatnonzero(labels == component)
        radius = _radius(sparse.csr_array(matrix[members][:, members]))
        if radius > best:
            best, where = radius, members
    return best, where


def _radius(block: sparse.csr_array) -> float:
    size = block.shape[0]
    if size <= 400:
        return float(np.abs(np.linalg.eigvals(block.toarray())).max())
    found = sparse.linalg.eigs(block, k=1, which="LM", v0=np.ones(size), return_eigenvectors=False, tol=1e-10)
    return float(np.abs(found).max())


def refuse_divergence(matrix: sparse.csr_array, names: tuple[str, ...]) -> None:
    """Raise MetricUndefined, naming the component, when the sum of rebounds does not converge (ρ ≥ 1)."""
    if max(matrix.sum(axis=1).max(initial=0.0), 0.0) < 1 or max(matrix.sum(axis=0).max(initial=0.0), 0.0) < 1:
        return
    radius, members = spectral_radius(matrix)
    if radius >= 1 - 1e-12:
        shown = ", ".join(names[place] for place in members[:6])
        more = f" and {len(members) - 6} more" if len(members) > 6 else ""
        raise MetricUndefined(
            f"The rebounds do not fade out (spectral radius {radius:.3f} ≥ 1) in the component of {shown}{more}.",
            hint="Lower theta, or choose a normalisation (symmetric, global, received, emitted).",
        )
