"""C1: how many actors a project has, how many projects an actor is in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from pacte_graph.metrics import words
from pacte_graph.metrics.column import Column, Joined
from pacte_graph.metrics.cooperation.projection import TWO_MODE
from pacte_graph.metrics.model import Metric, MetricResult
from pacte_graph.network.model import Network
from pacte_graph.network.views import incidence
from pacte_graph.schema.kinds import Words

COUNTED = Words("poids : 1 par participation", "weight: 1 a participation")


def _degree(network: Network, parameters: Mapping[str, Any]) -> MetricResult:
    found = incidence(network)
    sizes, activity = (np.asarray(found.matrix.sum(axis=axis)).ravel().astype(int) for axis in (1, 0))
    ending = words.scope(network, COUNTED)
    values = Joined(
        _column(network, found.projects, sizes, len(found.actors), ending),
        _column(network, found.actors, activity, len(found.projects), ending),
    )
    pairs = len([link for link in network.links_of("TAKES_PART_IN") if network.by_id[link.source].label == "Actor"])
    unknown = {"participations_without_amount": int(found.matrix.nnz) - len(found.amounts)}
    details = {"projects": len(found.projects), "actors": len(found.actors), "participations": pairs}
    return MetricResult("degree", network.scope, parameters, values, COUNTED.fr, unknown, details)


def _column(network: Network, names: tuple[str, ...], counts: np.ndarray[Any, Any], others: int, ending: Words) -> Column:
    nodes = tuple(network.by_id[name] for name in names)
    return Column(
        nodes,
        counts,
        lambda place: _size(nodes[place].label, words.quoted(nodes[place]), int(counts[place]), others),
        ending,
        whole=True,
    )


def _size(label: str, name: Words, value: int, others: int) -> Words:
    if label == "Project":
        shown = words.count(value, Words("acteur", "actor"), Words("acteurs", "actors"))
        return Words(f"{name.fr} réunit {shown.fr} sur {others}.", f"{name.en} brings together {shown.en} of {others}.")
    shown = words.count(value, Words("projet", "project"), Words("projets", "projects"))
    return Words(f"{name.fr} participe à {shown.fr} sur {others}.", f"{name.en} takes part in {shown.en} of {others}.")


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
    Words("« … » réunit … acteurs sur ….", "“…” brings together … actors of …."),
    words.STRUCTURE,
    _degree,
)
