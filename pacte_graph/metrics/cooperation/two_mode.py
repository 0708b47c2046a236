"""C3: centralities of projects and actors in the two-mode network, with its own maxima (Borgatti & Everett 1997; Faust 1997).

networkx's ``bipartite`` closeness passes 1 when the network is in pieces, and its betweenness divides by zero with one node on
each side: neither is used.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from scipy import sparse

from pacte_graph.metrics import words
from pacte_graph.metrics.column import Column, Joined
from pacte_graph.metrics.cooperation.centrality import HOW, SEED
from pacte_graph.metrics.cooperation.distances import affordable, counted
from pacte_graph.metrics.cooperation.passing import UNWEIGHTED
from pacte_graph.metrics.cooperation.paths import Scores, betweenness, largest
from pacte_graph.metrics.cooperation.projection import TWO_MODE
from pacte_graph.metrics.cooperation.triangles import ties
from pacte_graph.metrics.model import Metric, MetricResult
from pacte_graph.network.model import Network
from pacte_graph.network.views import incidence, remembered, two_sided
from pacte_graph.schema.kinds import Words

Vector = np.ndarray[Any, Any]


def greatest_betweenness(own: int, other: int) -> float:
    """Return the greatest betweenness of a node whose side has ``own`` nodes, the other ``other`` (Borgatti & Everett 1997).

    >>> greatest_betweenness(18, 14), greatest_betweenness(14, 18)
    (445.0, 452.0)
    """
    if own < 1 or other < 1:
        return 0.0
    whole, rest = divmod(own - 1, other)
    return (other**2 * (whole + 1) ** 2 + other * (whole + 1) * (2 * rest - whole - 1) - rest * (2 * whole - rest + 3)) / 2


def two_mode_betweenness(matrix: sparse.csr_array, *, seed: int = 1) -> Scores:
    """Return the betweenness of rows, then columns, over the two-mode maximum of their side; NaN where that is 0."""
    rows, columns = matrix.shape
    size = rows + columns
    scores = betweenness(ties(two_sided(matrix)), seed=seed)
    raw = (size - 1) * (size - 2) / 2
    most = np.repeat([greatest_betweenness(rows, columns), greatest_betweenness(columns, rows)], [rows, columns])
    scale = np.divide(raw, most, out=np.full(size, np.nan), where=most > 0)
    return Scores(scores.values * scale, None if scores.error is None else scores.error * scale, scores.how)


def two_mode_closeness(matrix: sparse.csr_array) -> Vector:
    """Return (other side + 2(own side − 1))/Σ distances within the node's component, in (0, 1]; NaN for isolates.

    Per component, so that it never passes 1. O(n · m): see ``distances.affordable``.
    """
    whole = two_sided(matrix)
    size = whole.shape[0]
    across, own, far = np.zeros(size), np.zeros(size), np.zeros(size)
    for steps, counts in counted(whole, np.arange(size)):
        side = across if steps % 2 else own  # every tie goes to the other side
        side += counts
        far += steps * counts
    found: Vector = np.divide(across + 2 * own, far, out=np.full(size, np.nan), where=far > 0)
    return found


def singular(matrix: sparse.csr_array) -> Vector:
    """Return the first left and right singular vectors (each of length 1, no sign) on the largest component; NaN elsewhere."""
    rows, columns = matrix.shape
    values = np.full(rows + columns, np.nan)
    members = largest(two_sided(matrix))
    if len(members) < 2:
        return values
    left, right = members[members < rows], members[members >= rows] - rows
    block = sparse.csr_array(matrix[left][:, right]).astype(float)
    if min(block.shape) <= 200:
        u, _, v = np.linalg.svd(block.toarray(), full_matrices=False)
        first, second = u[:, 0], v[0]
    else:
        strengths = np.asarray(block.sum(axis=1 if block.shape[0] <= block.shape[1] else 0)).ravel().astype(float)
        u, _, v = sparse.linalg.svds(block, k=1, v0=strengths)
        first, second = u[:, 0], v[0]
    values[left], values[right + rows] = np.abs(first), np.abs(second)
    return values


def _two_mode(network: Network, parameters: Mapping[str, Any]) -> MetricResult:
    found, seed = incidence(network), parameters["seed"]
    matrix = found.matrix
    nodes = tuple(network.by_id[name] for name in (*found.projects, *found.actors))
    scores = remembered(network, ("two_mode", seed), lambda: two_mode_betweenness(matrix, seed=seed))
    small = affordable(len(nodes), 2 * matrix.nnz)
    near = two_mode_closeness(matrix) if small else np.full(len(nodes), np.nan)
    surrounded = singular(matrix)
    ending = words.scope(network, UNWEIGHTED)
    bounds = None
    if scores.error is not None:
        bounds = (np.maximum(scores.values - scores.error, 0.0), np.minimum(scores.values + scores.error, 1.0))

    def crossing(place: int) -> Words:
        name, value = words.quoted(nodes[place]), float(scores.values[place])
        if np.isnan(value):
            return Words(
                f"{name.fr} : non défini, il faut au moins trois nœuds.", f"{name.en}: undefined, three nodes are needed."
            )
        share, how = words.percent(value), HOW[scores.how]
        return Words(
            f"{name.fr} est un carrefour à {share.fr} du maximum possible : autant de chemins passent par lui{how.fr}.",
            f"{name.en} is a crossroads at {share.en} of the greatest possible: as many paths pass through it{how.en}.",
        )

    def closeness(place: int) -> Words:
        name, value = words.quoted(nodes[place]), float(near[place])
        if np.isnan(value):
            why = Words("aucun lien", "no tie") if small else Words("réseau trop grand", "network too large")
            return Words(f"{name.fr} : proximité non définie ({why.fr}).", f"{name.en}: closeness undefined ({why.en}).")
        shown = words.number(value)
        return Words(
            f"{name.fr} : proximité {shown.fr}, 1 s'il touchait directement tout l'autre côté de son ensemble.",
            f"{name.en}: closeness {shown.en}, 1 if it touched the whole other side of its set directly.",
        )

    def lead(place: int) -> Words:
        name, value = words.quoted(nodes[place]), float(surrounded[place])
        if np.isnan(value):
            return Words(f"{name.fr} : non défini hors du plus grand ensemble.", f"{name.en}: undefined outside the largest set.")
        shown = words.number(value)
        return Words(
            f"{name.fr} : {shown.fr} dans le motif principal (projets centraux aux acteurs centraux).",
            f"{name.en}: {shown.en} in the main pattern (central projects of central actors).",
        )

    values = Joined(
        Column(nodes, scores.values, crossing, ending, dimension={"measure": "betweenness"}, bounds=bounds),
        Column(nodes, near, closeness, ending, dimension={"measure": "closeness"}),
        Column(nodes, surrounded, lead, ending, dimension={"measure": "eigenvector"}),
    )
    unknown = {"nodes_without_participation": int((np.asarray(two_sided(matrix).sum(axis=1)).ravel() == 0).sum()) if nodes else 0}
    details = {"ids": tuple(node.id for node in nodes), "how": scores.how}
    return MetricResult("two_mode_centrality", network.scope, parameters, values, UNWEIGHTED.fr, unknown, details)


TWO_MODE_CENTRALITY = Metric(
    "two_mode_centrality",
    "C3",
    Words("Carrefours du réseau projets–acteurs", "Crossroads of the two-mode network"),
    Words(
        "Par quels projets et quels acteurs passent les chemins, rapporté au maximum possible de leur côté.",
        "Through which projects and actors the paths pass, relative to the greatest possible of their side.",
    ),
    r"b_{max}(n, m) = \tfrac12 \left[ m^2 (s+1)^2 + m (s+1)(2t - s - 1) - t (2s - t + 3) \right],\ "
    r"s = \lfloor (n-1)/m \rfloor,\ t = (n-1) \bmod m",
    "Borgatti & Everett 1997; Faust 1997",
    TWO_MODE,
    Words("part du maximum ; vecteurs de longueur 1", "share of the maximum; vectors of length 1"),
    Words("Un nœud sans participation est compté.", "A node without participation is counted."),
    "O(n · m)",
    Words(
        "« … » est un carrefour à … % du maximum possible : autant de chemins passent par lui.",
        "“…” is a crossroads at …% of the greatest possible: as many paths pass through it.",
    ),
    words.STRUCTURE,
    _two_mode,
    (SEED,),
)
