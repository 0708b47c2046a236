"""Which values two dates may be compared by: rule 3, what is relative to the whole of a network moves with the whole.

Drive and dependence (E3) are multiples of each date's mean: the sums of the rows and columns of T − I are compared instead. With
the normalisation “global” (E1, E2, E3), α = θ/ρ(W) of the first date is kept for the second. The other metrics named here stay as
they are, with a note.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from scipy import sparse

from pacte_graph.metrics import words
from pacte_graph.metrics.column import Column, Joined
from pacte_graph.metrics.model import Metric, MetricResult
from pacte_graph.metrics.pull.effects import emitted, received
from pacte_graph.metrics.pull.influence import influence, refuse_divergence, shares, structure, with_data
from pacte_graph.metrics.pull.linkages import names_of, weight_words
from pacte_graph.network.model import Network
from pacte_graph.schema.kinds import Words

Run = Callable[[Network], MetricResult]
RAW = Words(
    "Motricité et dépendance sont rapportées à la moyenne de chaque date : ce sont ici les sommes brutes de T − I qui sont "
    "comparées (unités d'engagement entraînées, ou reçues).",
    "Drive and dependence are relative to each date's mean: the plain sums of T − I are compared here instead (units of "
    "commitment set going, or received).",
)
FROZEN = Words(
    "Le coefficient α = θ/ρ(W) de la première date est gardé pour la seconde.",
    "The coefficient α = θ/ρ(W) of the first date is kept for the second.",
)
SHARED = Words(
    "Cet indicateur est rapporté à la taille, au total ou au maximum du réseau de chaque date : une différence dit aussi que le "
    "réseau entier a changé.",
    "This metric is relative to the size, the total or the maximum of each date's network: a difference also says that the "
    "whole network changed.",
)
NUMBERED = Words(
    "Les communautés sont numérotées par taille, à chaque date : le numéro d'un acteur ne se compare pas d'une date à l'autre "
    "(voir C17 pour leur ressemblance).",
    "Communities are numbered by size at each date: an actor's number is not compared between dates (see C17).",
)
DRAWN = Words(
    "Cet indicateur ou ses bornes viennent de tirages au hasard : une petite différence peut en venir aussi.",
    "This metric or its bounds come from random draws: a small difference may come from them too.",
)
LINEAR = frozenset({"influence", "total_effect", "linkages"})
RELATIVE = frozenset(
    (
        "two_mode_centrality",
        "betweenness",
        "harmonic",
        "eigenvector",
        "reach",
        "decomposition",
        "extraction",
        "katz",
        "proximity",
        "participation",
        "micmac",
        "mactor",
    )
)
RANDOM = frozenset({"cascade", "ei_index", "mixing", "robustness"})


def undated(count: int) -> Words:
    """Return the note on participations that count before their project has begun, or after it has ended."""
    many = words.count(
        count,
        Words("participation sans date", "undated participation"),
        Words("participations sans date", "undated participations"),
    )
    verb = "comptent" if count > 1 else "compte"
    return Words(
        f"{many.fr} {verb} à une date où le projet n'est pas en cours (date inconnue : ouverte) ; --present les écarte.",
        f"{many.en} {'count' if count > 1 else 'counts'} at a date when the project is not under way (unknown date: open); "
        "--present leaves that out.",
    )


def notes(metric: Metric, parameters: Mapping[str, Any]) -> tuple[Words, ...]:
    """Return what must be known to compare two dates by a metric."""
    found = [RAW] if metric.id == "linkages" else []
    if metric.id in LINEAR and parameters.get("normalisation") == "global":
        found.append(FROZEN)
    if metric.id in RELATIVE or (metric.id not in LINEAR and parameters.get("normalisation") == "global"):
        found.append(SHARED)
    if metric.id == "communities":
        found.append(NUMBERED)
    if metric.id in RANDOM:
        found.append(DRAWN)
    return tuple(found)


def comparable(metric: Metric, dimension: Mapping[str, str | int]) -> bool:
    """Return whether a difference of two values of a metric along a dimension has a meaning."""
    return not (metric.id == "communities" and dimension.get("measure") == "community")


def runner(metric: Metric, parameters: Mapping[str, Any], reference: Network) -> Run:
    """Return what computes a metric at each date: constants of the whole network are those of ``reference``."""
    frozen = parameters.get("normalisation") == "global"
    if metric.id == "linkages" or (metric.id in LINEAR and frozen):
        alpha = _alpha(reference, parameters) if frozen else None
        return lambda network: _sums(metric.id, network, parameters, alpha)
    return lambda network: metric.run(network, parameters)


def _alpha(network: Network, parameters: Mapping[str, Any]) -> float:
    """Return θ/ρ(W) of a network, or what stands for it where nothing loops."""
    matrix = influence(network, kappa=parameters["kappa"], roles=parameters["roles"]).matrix
    parts = shares(matrix, "global")
    return float(parameters["theta"]) * (float(parts[0] / matrix.data[0]) if len(parts) else 1.0)


def _sums(name: str, network: Network, parameters: Mapping[str, Any], alpha: float | None) -> MetricResult:
    """Return the plain sums of rows (and columns) of A, or of T − I, with α given or each arc's own share."""
    found, nodes = influence(network, kappa=parameters["kappa"], roles=parameters["roles"]), structure(network).nodes
    data = (
        found.matrix.data * alpha
        if alpha is not None
        else parameters["theta"] * shares(found.matrix, parameters["normalisation"])
    )
    matrix = with_data(found.matrix, data)
    weight = weight_words(parameters)
    ending = words.scope(network, weight)
    columns = [
        Column(nodes, numbers, lambda _: RAW, ending, dimension=dimension)
        for dimension, numbers in _numbers(name, matrix, names_of(nodes))
    ]
    return MetricResult(name, network.scope, parameters, Joined(*columns), weight.fr, found.unknown)


def _numbers(name: str, matrix: sparse.csr_array, names: Any) -> list[tuple[dict[str, str | int], np.ndarray[Any, Any]]]:
    if name == "influence":
        return [({}, np.asarray(matrix.sum(axis=1)).ravel())]
    refuse_divergence(matrix, names)
    if name == "total_effect":
        return [({}, emitted(matrix) - 1.0)]
    return [({"axis": "drive"}, emitted(matrix) - 1.0), ({"axis": "dependence"}, received(matrix) - 1.0)]
