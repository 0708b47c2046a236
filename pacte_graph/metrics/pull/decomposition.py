"""E4: what each node pulls directly, what it pulls in all, and how much of it goes through others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

from pacte_graph.metrics import words
from pacte_graph.metrics.column import Column, Joined
from pacte_graph.metrics.model import Metric, MetricResult
from pacte_graph.metrics.pull.effects import Vector, emitted
from pacte_graph.metrics.pull.influence import HYPOTHESES, refuse_divergence
from pacte_graph.metrics.pull.linkages import PROJECTS_AND_ACTORS, coefficients, weight_words
from pacte_graph.network.model import Network, Node
from pacte_graph.schema.kinds import Words

SHOWN = 100
"""How many rows ``details`` holds: those that pull most in all."""


@dataclass(frozen=True)
class Decomposition:
    """Vectors, one place a node. ``direct``: row sums of A; ``total``: row sums of T less one's own impulse.

    ``multiplier`` total ÷ direct (≥ 1) and ``indirect`` 1 − direct ÷ total (in [0, 1[) are NaN where nothing is pulled directly.
    """

    direct: Vector
    total: Vector
    multiplier: Vector
    indirect: Vector


def decomposition(matrix: sparse.csr_array, names: tuple[str, ...] = ()) -> Decomposition:
    """Return the decomposition of a coefficient matrix A (row pulls). Raises MetricUndefined when ρ(A) ≥ 1.

    Without a direct pull there is no pull at all: the ratios are undefined, never infinite.
    """
    size = matrix.shape[0]
    refuse_divergence(matrix, names or tuple(map(str, range(size))))
    direct = np.asarray(matrix.sum(axis=1), dtype=float).ravel()
    total = emitted(matrix) - 1.0
    pulls = direct > 0
    multiplier = np.divide(total, direct, out=np.full(size, np.nan), where=pulls)
    indirect = np.divide(total - direct, total, out=np.full(size, np.nan), where=pulls)
    return Decomposition(direct, np.where(pulls, total, 0.0), multiplier, np.where(pulls, np.maximum(indirect, 0.0), np.nan))


def _decomposition(network: Network, parameters: Mapping[str, Any]) -> MetricResult:
    ids, matrix, unknown = coefficients(network, parameters)
    nodes = tuple(network.by_id[name] for name in ids)
    found = decomposition(matrix, tuple(node.caption for node in nodes))
    weight = weight_words(parameters)
    ending = words.scope(network, weight)
    values = Joined(
        Column(nodes, found.multiplier, _multiplier(nodes, found), ending, dimension={"measure": "multiplier"}),
        Column(nodes, found.indirect, _indirect(nodes, found), ending, dimension={"measure": "indirect_share"}),
    )
    order = np.lexsort((np.arange(len(ids)), -found.total))[:SHOWN]
    rows = [
        {
            "id": nodes[at].id,
            "label": nodes[at].caption,
            "type": nodes[at].label,
            "group": nodes[at].group,
            "direct": float(found.direct[at]),
            "indirect": float(found.total[at] - found.direct[at]),
            "total": float(found.total[at]),
        }
        for at in order
    ]
    details = {"rows": rows, "ids": ids, "direct": found.direct, "total": found.total}
    counts = {**unknown, "nodes_without_direct_pull": int(np.isnan(found.multiplier).sum())}
    return MetricResult("decomposition", network.scope, parameters, values, weight.fr, counts, details)


def _multiplier(nodes: tuple[Node, ...], found: Decomposition) -> Any:
    def sentence(place: int) -> Words:
        name = words.quoted(nodes[place])
        if np.isnan(found.multiplier[place]):
            return _undefined(name)
        shown, direct, total = (words.number(float(vector[place])) for vector in (found.multiplier, found.direct, found.total))
        return Words(
            f"1 unité entraînée directement par {name.fr} en fait {shown.fr} au total ({direct.fr} directement, {total.fr} "
            "rebonds compris).",
            f"1 unit pulled directly by {name.en} makes {shown.en} in all ({direct.en} directly, {total.en} with rebounds).",
        )

    return sentence


def _indirect(nodes: tuple[Node, ...], found: Decomposition) -> Any:
    def sentence(place: int) -> Words:
        name = words.quoted(nodes[place])
        if np.isnan(found.indirect[place]):
            return _undefined(name)
        share = words.percent(float(found.indirect[place]))
        return Words(
            f"{share.fr} de l'entraînement de {name.fr} passe par des intermédiaires.",
            f"{share.en} of the pull of {name.en} goes through others.",
        )

    return sentence


def _undefined(name: Words) -> Words:
    return Words(
        f"{name.fr} : non défini, car il n'entraîne personne directement.",
        f"{name.en}: undefined, for it pulls nobody directly.",
    )


DECOMPOSITION = Metric(
    "decomposition",
    "E4",
    Words("Direct et indirect", "Direct and indirect"),
    Words(
        "Quelle part de l'entraînement passe par des intermédiaires, et ce que devient une unité entraînée directement.",
        "Which share of the pull goes through others, and how many units one unit pulled directly makes in all.",
    ),
    r"m_i = \frac{\sum_j t_{ij} - 1}{\sum_j a_{ij}},\quad s_i = 1 - 1/m_i",
    "Leontief; Miller & Blair 2009, ch. 6",
    PROJECTS_AND_ACTORS,
    Words("rapport (au moins 1) ; part de l'entraînement total", "ratio (at least 1); share of the total pull"),
    Words(
        "Un lien sans sens compte à moitié dans les deux sens ; un rôle inconnu pèse 1 ; qui n'entraîne rien n'a pas de valeur.",
        "A link without direction counts half both ways; an unknown role weighs 1; who pulls nobody has no value.",
    ),
    "O(rounds · m)",
    Words(
        "… % de l'entraînement de « … » passe par des intermédiaires ; 1 unité entraînée directement en fait … au total.",
        "…% of the pull of “…” goes through others; 1 unit pulled directly makes … in all.",
    ),
    words.POTENTIAL,
    _decomposition,
    HYPOTHESES,
)
