"""C13: who stands between partners that do not know each other (Burt 1992)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from pacte_graph.metrics import words
from pacte_graph.metrics.column import Column, Joined
from pacte_graph.metrics.cooperation.holes import holes
from pacte_graph.metrics.cooperation.passing import PROJECTION, tied_pairs
from pacte_graph.metrics.model import Metric, MetricResult
from pacte_graph.network.model import Network
from pacte_graph.schema.kinds import Words

NEWMAN = Words("poids : Newman (projets à peu de partenaires)", "weight: Newman (projects with few partners)")


def _holes(network: Network, parameters: Mapping[str, Any]) -> MetricResult:
    names, ties = tied_pairs(network)
    nodes = tuple(network.by_id[name] for name in names)
    found, partners = holes(ties), ties.degrees
    ending = words.scope(network, NEWMAN)

    def constraint(place: int) -> Words:
        return _constraint(words.quoted(nodes[place]), float(found.constraint[place]), int(partners[place]))

    def effective(place: int) -> Words:
        return _effective(words.quoted(nodes[place]), float(found.effective_size[place]), int(partners[place]))

    values = Joined(
        Column(nodes, found.constraint, constraint, ending, dimension={"measure": "constraint"}),
        Column(nodes, found.effective_size, effective, ending, dimension={"measure": "effective_size"}),
        Column(nodes, found.efficiency, effective, ending, dimension={"measure": "efficiency"}),
        Column(nodes, found.hierarchy, constraint, ending, dimension={"measure": "hierarchy"}),
    )
    unknown = {"actors_without_partner": int(np.isnan(found.constraint).sum())}
    details = {
        "ids": names,
        **{name: getattr(found, name) for name in ("constraint", "effective_size", "efficiency", "hierarchy")},
    }
    return MetricResult("structural_holes", network.scope, parameters, values, NEWMAN.fr, unknown, details)


def _constraint(name: Words, value: float, partners: int) -> Words:
    if np.isnan(value):
        return Words(
            f"{name.fr} : contrainte non définie, aucun partenaire.", f"{name.en}: constraint undefined, no partner at all."
        )
    shown = words.number(value)
    among = words.count(partners, Words("partenaire", "partner"), Words("partenaires", "partners"))
    if value < 0.5 and partners > 1:
        return Words(
            f"Contrainte {shown.fr} : {name.fr} a {among.fr} qui se connaissent peu ; il est bien placé pour les relier.",
            f"Constraint {shown.en}: {name.en} has {among.en} that hardly know each other; it is well placed to tie them.",
        )
    return Words(
        f"Contrainte {shown.fr} : {name.fr} dépend de {among.fr} qui se connaissent déjà ou qui sont peu nombreux.",
        f"Constraint {shown.en}: {name.en} depends on {among.en}, few or already tied together.",
    )


def _effective(name: Words, value: float, partners: int) -> Words:
    if np.isnan(value):
        return Words(f"{name.fr} : non défini, aucun partenaire.", f"{name.en}: undefined, no partner at all.")
    shown = words.number(value, 1)
    among = words.count(partners, Words("partenaire", "partner"), Words("partenaires", "partners"))
    return Words(
        f"{name.fr} : {among.fr}, qui en valent {shown.fr} une fois ôté ce que leurs liens entre eux répètent.",
        f"{name.en}: {among.en}, worth {shown.en} once what their ties to each other repeat is taken off.",
    )


STRUCTURAL_HOLES = Metric(
    "structural_holes",
    "C13",
    Words("Contrainte et taille efficace", "Constraint and effective size"),
    Words(
        "Si les partenaires d'un acteur se connaissent déjà (contrainte forte), ou s'il est seul à pouvoir les relier (faible).",
        "Whether an actor's partners already know each other (high), or it alone can tie them (low).",
    ),
    r"C_i = \sum_{j \in N(i)} \Big(p_{ij} + \sum_q p_{iq}\, p_{qj}\Big)^2,\quad "
    r"ES_i = \sum_j \Big(1 - \sum_q p_{iq}\, m_{jq}\Big)",
    "Burt 1992; Borgatti 1997",
    PROJECTION,
    Words("contrainte (peut dépasser 1) ; partenaires", "constraint (may pass 1); partners"),
    Words("Sans partenaire, rien n'est défini : ni 0 ni 1.", "Without a partner nothing is defined: neither 0 nor 1."),
    "O(triangles)",
    Words(
        "Contrainte … : « … » a … partenaires qui se connaissent peu entre eux ; il est bien placé pour les relier.",
        "Constraint …: “…” has … partners that hardly know each other; it is well placed to tie them.",
    ),
    words.STRUCTURE,
    _holes,
)
