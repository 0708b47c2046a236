"""E1–E3: the influence matrix, its total effects, and each node's drive and dependence (Rasmussen 1956)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

from pacte_graph.metrics import words
from pacte_graph.metrics.column import Column, Joined, Rows
from pacte_graph.metrics.model import Metric, MetricResult, Parameter
from pacte_graph.metrics.pull.effects import DENSE, Vector, emitted, received, rounds, total_effects
from pacte_graph.metrics.pull.influence import (
    HYPOTHESES,
    NORMALISATIONS,
    influence,
    refuse_divergence,
    shares,
    structure,
    with_data,
)
from pacte_graph.network.model import Network, Node
from pacte_graph.network.views import remembered
from pacte_graph.schema.kinds import Words

DEAD_BAND = 0.05
QUADRANTS = {
    (True, True): Words("relais", "relay"),
    (True, False): Words("moteur", "driver"),
    (False, True): Words("entraîné", "driven"),
    (False, False): Words("autonome", "autonomous"),
}
PELOTON = Words("peloton", "middle of the pack")
PROJECTS_AND_ACTORS = Words(
    "influence entre projets et acteurs (ligne : qui entraîne)", "influence among projects and actors (row: who pulls)"
)
DEGENERATE = {"received": "dependence", "emitted": "drive"}
"""The axis that a normalisation flattens: shares of one's own inward (outward) links add up to the same for all."""
CONSTANT = {
    "drive": Words(
        "Avec des parts émises, cet axe est le même, par construction, pour tous ceux dont l'aval ne s'arrête nulle part : "
        "il ne classe personne.",
        "With emitted shares this axis is the same, by construction, for all whose links onward end nowhere: it ranks nobody.",
    ),
    "dependence": Words(
        "Avec des parts reçues, cet axe est le même, par construction, pour tous ceux dont l'amont ne s'arrête nulle part : "
        "il ne classe personne.",
        "With received shares this axis is the same, by construction, for all whose links inward end nowhere: it ranks nobody.",
    ),
}
SELF = Parameter(
    "include_self",
    "boolean",
    False,
    Words("Compter sa propre impulsion", "Count one's own impulse"),
    Words("Oui : formule d'origine (T) ; non : hors soi (T − I).", "Yes: the original formula (T); no: others only (T − I)."),
)


@dataclass(frozen=True)
class Linkages:
    """Rasmussen's two indices for each node of a coefficient matrix: means are 1; None where nothing is pulled at all."""

    drive: Vector | None
    dependence: Vector | None
    spread: Vector | None


def linkages(matrix: sparse.csr_array, *, include_self: bool = True, names: Sequence[str] = ()) -> Linkages:
    """Return drive μ = n·(row sum)/(total), dependence δ = n·(column sum)/(total) and spread sd/mean of the rows of T.

    ``matrix`` is A with the row as who pulls; an input–output table must be transposed first. ``include_self`` False takes
    T − I. Spread (sample sd) needs the whole of T: None above 3000 nodes. Raises MetricUndefined when ρ(A) ≥ 1.
    """
    size = matrix.shape[0]
    refuse_divergence(matrix, names or tuple(map(str, range(size))))
    own = 0.0 if include_self else 1.0
    rows, columns = emitted(matrix) - own, received(matrix) - own
    total = float(rows.sum())
    if size == 0 or total <= 1e-12:
        return Linkages(None, None, None)
    spread = None
    if 1 < size <= DENSE:
        effects = total_effects(matrix, names) - (np.eye(size) if own else 0.0)
        means = effects.mean(axis=1)
        spread = np.divide(effects.std(axis=1, ddof=1), means, out=np.full(size, np.nan), where=means > 1e-12)
    return Linkages(size * rows / total, size * columns / total, spread)


def quadrant(drive: float, dependence: float) -> Words:
    """Return the reading of a point of the drive × dependence chart, thresholds at 1, within ±0.05 of both the pack."""
    if abs(drive - 1) <= DEAD_BAND and abs(dependence - 1) <= DEAD_BAND:
        return PELOTON
    return QUADRANTS[drive > 1, dependence > 1]


def weight_words(parameters: Mapping[str, Any]) -> Words:
    """Return the hypotheses in words, for the end of a sentence."""
    label = next(choice.label for choice in NORMALISATIONS if choice.value == parameters["normalisation"])
    theta, kappa = words.number(parameters["theta"]), words.number(parameters["kappa"])
    roles = _ROLES_SAID[parameters.get("roles", "standard")]
    return Words(
        f"poids : {roles.fr} et intensités, θ = {theta.fr}, κ = {kappa.fr}, {label.fr[:1].lower()}{label.fr[1:]}",
        f"weights: {roles.en} and intensities, θ = {theta.en}, κ = {kappa.en}, {label.en[:1].lower()}{label.en[1:]}",
    )


_ROLES_SAID = {
    "standard": Words("rôles", "roles"),
    "flat": Words("rôles à égalité", "roles alike"),
    "leader": Words("rôles (porteur d'abord)", "roles (leader first)"),
}


def coefficients(network: Network, parameters: Mapping[str, Any]) -> tuple[tuple[str, ...], sparse.csr_array, Mapping[str, int]]:
    """Return the ids, the coefficient matrix A and the unknowns, for the parameters θ, κ, normalisation and roles.

    What does not depend on θ is kept with the network.
    """
    kappa, roles, how = parameters["kappa"], parameters.get("roles", "standard"), parameters["normalisation"]
    found = influence(network, kappa=kappa, roles=roles)
    parts = remembered(network, ("shares", kappa, roles, how), lambda: shares(found.matrix, how))
    return found.ids, with_data(found.matrix, parameters["theta"] * parts), found.unknown


def names_of(nodes: Sequence[Node]) -> Rows[str]:
    """Return the captions of nodes, each made when it is asked for."""
    return Rows(len(nodes), lambda place: nodes[place].caption)


def _linkages(network: Network, parameters: Mapping[str, Any]) -> MetricResult:
    _, matrix, unknown = coefficients(network, parameters)
    nodes = structure(network).nodes
    found = linkages(matrix, include_self=parameters["include_self"], names=names_of(nodes))
    weight = weight_words(parameters)
    ending, flat = words.scope(network, weight), DEGENERATE.get(parameters["normalisation"])
    values = Joined(*(_axis(nodes, axis, getattr(found, axis), ending, flat=axis == flat) for axis in ("drive", "dependence")))
    details = {
        "rows": _rows(nodes, found, _direct(matrix)),
        "threshold": 1.0,
        "dead_band": DEAD_BAND,
        "rounds": rounds(matrix),
        "constant_axis": flat,
    }
    return MetricResult("linkages", network.scope, parameters, values, weight.fr, unknown, details)


def _rows(nodes: Sequence[Node], found: Linkages, direct: tuple[Vector, Vector]) -> Rows[dict[str, Any]]:
    """Return the positions of the nodes, each row made when it is asked for; none where nothing is pulled at all."""
    if found.drive is None or found.dependence is None:
        return Rows(0, lambda _: {})
    drive, dependence, spread = found.drive, found.dependence, found.spread

    def row(place: int) -> dict[str, Any]:
        node, mu, delta = nodes[place], float(drive[place]), float(dependence[place])
        return {
            "id": node.id,
            "label": node.caption,
            "type": node.label,
            "group": node.group,
            "drive": mu,
            "dependence": delta,
            "direct_drive": _told(direct[0], place),
            "direct_dependence": _told(direct[1], place),
            "spread": None if spread is None else _told(spread, place),
            "quadrant": quadrant(mu, delta),
        }

    return Rows(len(nodes), row)


def _told(numbers: Vector, place: int) -> float | None:
    return None if np.isnan(numbers[place]) else float(numbers[place])


def _direct(matrix: sparse.csr_array) -> tuple[Vector, Vector]:
    """Return the positions by direct pull alone (means 1; NaN where nothing pulls), for the arrow direct → total."""
    total, size = float(matrix.sum()), matrix.shape[0]
    first, second = (np.asarray(matrix.sum(axis=axis)).ravel() for axis in (1, 0))
    return (size * first / total, size * second / total) if total > 0 else (np.full(size, np.nan), np.full(size, np.nan))


def _axis(nodes: tuple[Node, ...], axis: str, vector: Vector | None, ending: Words, *, flat: bool) -> Column:
    numbers = np.full(len(nodes), np.nan) if vector is None else vector

    def sentence(place: int) -> Words:
        value = None if vector is None else float(vector[place])
        said = _sentence(words.quoted(nodes[place]), axis, value)
        return words.ended(said, CONSTANT[axis]) if flat and value is not None else said

    return Column(nodes, numbers, sentence, ending, dimension={"axis": axis})


def _sentence(name: Words, axis: str, value: float | None) -> Words:
    if value is None:
        return Words(
            f"{name.fr} : non défini, car rien n'entraîne rien dans ce réseau.",
            f"{name.en}: undefined, for nothing pulls anything here.",
        )
    shown = words.number(value)
    if axis == "drive":
        return Words(
            f"Motricité {shown.fr} : {name.fr} entraîne le réseau {shown.fr} fois autant qu'un membre moyen.",
            f"Drive {shown.en}: {name.en} pulls the network {shown.en} times as much as an average member.",
        )
    return Words(
        f"Dépendance {shown.fr} : {name.fr} est porté par les autres {shown.fr} fois autant qu'un membre moyen.",
        f"Dependence {shown.en}: {name.en} is pulled by the others {shown.en} times as much as an average member.",
    )


def _influence(network: Network, parameters: Mapping[str, Any]) -> MetricResult:
    ids, matrix, unknown = coefficients(network, parameters)
    weight, nodes = weight_words(parameters), structure(network).nodes
    sums = np.asarray(matrix.sum(axis=1)).ravel()

    def sentence(place: int) -> Words:
        named, shown = words.quoted(nodes[place]), words.number(sums[place])
        return Words(
            f"{named.fr} entraîne directement pour {shown.fr} au total (somme de sa ligne).",
            f"{named.en} pulls directly for {shown.en} in all (sum of its row).",
        )

    values = Column(nodes, sums, sentence, words.scope(network, weight))
    return MetricResult("influence", network.scope, parameters, values, weight.fr, unknown, {"ids": ids, "matrix": matrix})


def _total(network: Network, parameters: Mapping[str, Any]) -> MetricResult:
    _, matrix, unknown = coefficients(network, parameters)
    nodes = structure(network).nodes
    refuse_divergence(matrix, names_of(nodes))
    weight, sums = weight_words(parameters), emitted(matrix)
    direct = np.asarray(matrix.sum(axis=1)).ravel()
    totals = sums - 1.0

    def sentence(place: int) -> Words:
        value = float(totals[place])
        shown = words.number(value)
        indirect = words.percent(1 - float(direct[place]) / value) if value > 1e-12 else None
        more, named = _by_rebound(indirect), words.quoted(nodes[place])
        return Words(
            f"Pour 1 unité d'engagement, {named.fr} en entraîne {shown.fr} chez les autres, rebonds compris{more[0]}.",
            f"For 1 unit of commitment, {named.en} sets {shown.en} going elsewhere, rebounds included{more[1]}.",
        )

    values = Column(nodes, totals, sentence, words.scope(network, weight))
    return MetricResult(
        "total_effect", network.scope, parameters, values, weight.fr, unknown, {"rounds": rounds(matrix, total=float(sums.sum()))}
    )


def _by_rebound(share: Words | None) -> tuple[str, str]:
    return ("", "") if share is None else (f", dont {share.fr} par des intermédiaires", f", {share.en} of it through others")


_REFERENCES = "Rasmussen 1956; Leontief; Katz 1953; Zhou et al. 2004; Miller & Blair 2009, ch. 12"
_UNKNOWNS = Words(
    "Un lien sans sens compte à moitié dans les deux sens ; un rôle inconnu pèse 1 ; les deux sont comptés.",
    "A link without direction counts half both ways; an unknown role weighs 1; both are counted.",
)
INFLUENCE = Metric(
    "influence",
    "E1",
    Words("Matrice d'influence", "Influence matrix"),
    Words(
        "Qui entraîne directement qui, et avec quelle force : liens déclarés et participations, selon des hypothèses visibles.",
        "Who pulls whom directly, and how strongly: declared links and participations, under visible hypotheses.",
    ),
    r"a_{ij} = \theta\, w_{ij} / \sqrt{\sum_k w_{ik} \sum_k w_{kj}}",
    _REFERENCES,
    PROJECTS_AND_ACTORS,
    Words("part d'une unité d'engagement", "share of one unit of commitment"),
    _UNKNOWNS,
    "O(m)",
    Words(
        "« … » entraîne directement pour … au total (somme de sa ligne).",
        "“…” pulls directly for … in all (sum of its row).",
    ),
    words.POTENTIAL,
    _influence,
    HYPOTHESES,
)
TOTAL_EFFECT = Metric(
    "total_effect",
    "E2",
    Words("Entraînement total", "Total effect"),
    Words(
        "L'effet direct et toutes ses répercussions en chaîne, chaque rebond étant affaibli du taux de transmission.",
        "The direct effect and all its repercussions, each rebound weakened by the transmission rate.",
    ),
    r"T = (I - A)^{-1} = \sum_{r \ge 0} A^r",
    _REFERENCES,
    PROJECTS_AND_ACTORS,
    Words("unités d'engagement entraînées chez les autres", "units of commitment set going elsewhere"),
    _UNKNOWNS,
    "O(rounds · m)",
    Words(
        "Pour 1 unité d'engagement, « … » en entraîne … chez les autres, rebonds compris, dont … % par des intermédiaires.",
        "For 1 unit of commitment, “…” sets … going elsewhere, rebounds included, …% of it through others.",
    ),
    words.POTENTIAL,
    _total,
    HYPOTHESES,
)
LINKAGES = Metric(
    "linkages",
    "E3",
    Words("Motricité et dépendance", "Drive and dependence"),
    Words(
        "Combien chacun entraîne le réseau, et combien il est entraîné, par rapport à la moyenne (1).",
        "How much each pulls the network along, and is pulled, relative to the mean (1).",
    ),
    r"\mu_i = n \sum_j t_{ij} / \sum_{kl} t_{kl},\quad \delta_j = n \sum_i t_{ij} / \sum_{kl} t_{kl}",
    _REFERENCES,
    PROJECTS_AND_ACTORS,
    Words("rapport à la moyenne", "ratio to the mean"),
    _UNKNOWNS,
    "O(rounds · m)",
    Words(
        "Motricité … : « … » entraîne le réseau … fois autant qu'un membre moyen.",
        "Drive …: “…” pulls the network … times as much as an average member.",
    ),
    words.POTENTIAL,
    _linkages,
    (*HYPOTHESES, SELF),
)
