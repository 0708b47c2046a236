"""C4, C5 and C6: who is on the way between others, who is near to all, who is surrounded by the central."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from pacte_graph.metrics import words
from pacte_graph.metrics.column import Column
from pacte_graph.metrics.cooperation.passing import PROJECTION, UNWEIGHTED, tied_pairs
from pacte_graph.metrics.cooperation.paths import ERROR, PIVOTS, SOURCES, Scores, betweenness, eigenvector, harmonic
from pacte_graph.metrics.cooperation.projection import tied
from pacte_graph.metrics.cooperation.structural_holes import NEWMAN
from pacte_graph.metrics.model import Metric, MetricResult, Parameter
from pacte_graph.network.model import Network
from pacte_graph.network.views import remembered
from pacte_graph.schema.kinds import Words

SEED = Parameter(
    "seed",
    "integer",
    1,
    Words("Graine", "Seed"),
    Words("Pour une estimation : le même tirage à chaque fois.", "For an estimate: the same draw every time."),
    minimum=0,
    maximum=2**31 - 1,
)
HOW = {
    "exact": Words("", ""),
    "kadabra": Words(f" (estimation, à ± {ERROR} près)".replace(".", ","), f" (estimate, within ± {ERROR})"),
    "pivots": Words(
        f" (estimation lente et grossière sur {PIVOTS} pivots ; l'extra « fast » fait mieux)",
        f" (slow and rough estimate from {PIVOTS} pivots; the extra “fast” does better)",
    ),
    "sources": Words(
        f" (estimation sur {words.number(SOURCES).fr} départs)", f" (estimate from {words.number(SOURCES).en} starting points)"
    ),
}
_NO_OTHER = Words("non défini, aucun autre acteur", "undefined, there is no other actor")


def _measured(
    name: str,
    measure: Callable[..., Scores],
    sentence: Callable[[Words, float, Words], Words],
) -> Callable[[Network, Mapping[str, Any]], MetricResult]:
    def compute(network: Network, parameters: Mapping[str, Any]) -> MetricResult:
        names, found = tied_pairs(network)
        nodes = tuple(network.by_id[identifier] for identifier in names)
        seed = parameters["seed"]
        scores = remembered(network, (name, seed), lambda: measure(found, seed=seed))
        bounds = None
        if scores.error is not None:
            bounds = (np.maximum(scores.values - scores.error, 0.0), np.minimum(scores.values + scores.error, 1.0))

        def said(place: int) -> Words:
            value, quoted = float(scores.values[place]), words.quoted(nodes[place])
            if np.isnan(value):
                return Words(f"{quoted.fr} : {_NO_OTHER.fr}.", f"{quoted.en}: {_NO_OTHER.en}.")
            return sentence(quoted, value, HOW[scores.how])

        values = Column(nodes, scores.values, said, words.scope(network, UNWEIGHTED), bounds=bounds)
        unknown = {"actors_without_partner": int((found.degrees == 0).sum())}
        details = {"ids": names, "values": scores.values, "how": scores.how, "estimated": scores.how != "exact"}
        return MetricResult(name, network.scope, parameters, values, UNWEIGHTED.fr, unknown, details)

    return compute


def _between(name: Words, value: float, how: Words) -> Words:
    shown = words.percent(value) if value >= 0.005 or value == 0 else Words("moins de 0,5\u00a0%", "less than 0.5%")
    if value == 0:
        return Words(
            f"{name.fr} n'est sur le chemin de personne : s'il se retire, les échanges des autres ne s'allongent pas{how.fr}.",
            f"{name.en} is on nobody's way: if it leaves, no exchange between the others gets longer{how.en}.",
        )
    return Words(
        f"{name.fr} est sur {shown.fr} des plus courts chemins entre les autres : sans lui, ils s'allongent ou perdent une "
        f"route{how.fr}.",
        f"{name.en} is on {shown.en} of the shortest paths between others: without it they get longer or lose a route{how.en}.",
    )


def _near(name: Words, value: float, how: Words) -> Words:
    shown = words.number(value)
    if value == 0:
        return Words(f"{name.fr} n'atteint personne{how.fr}.", f"{name.en} reaches nobody{how.en}.")
    return Words(
        f"{name.fr} est proche des autres à {shown.fr} sur 1 : 1 s'il était le partenaire direct de tous, 0,5 s'ils étaient "
        f"tous à deux pas{how.fr}.",
        f"{name.en} is near the others by {shown.en} of 1: 1 if it were everyone's direct partner, 0.5 if all were two steps "
        f"away{how.en}.",
    )


def _eigenvector(network: Network, parameters: Mapping[str, Any]) -> MetricResult:
    names, matrix = tied(network)
    nodes = tuple(network.by_id[name] for name in names)
    scores = eigenvector(matrix)
    top = float(np.nanmax(scores)) if len(scores) and not np.isnan(scores).all() else 1.0

    def said(place: int) -> Words:
        name = words.quoted(nodes[place])
        if np.isnan(scores[place]):
            return Words(
                f"{name.fr} : non défini hors du plus grand ensemble d'acteurs reliés.",
                f"{name.en}: undefined outside the largest set of connected actors.",
            )
        share = words.percent(float(scores[place]) / top)
        return Words(
            f"{name.fr} est entouré d'acteurs eux-mêmes bien entourés, à {share.fr} du plus central.",
            f"{name.en} is surrounded by actors that are well surrounded themselves, at {share.en} of the most central.",
        )

    values = Column(nodes, scores, said, words.scope(network, NEWMAN))
    unknown = {"actors_outside_the_largest_component": int(np.isnan(scores).sum())}
    return MetricResult("eigenvector", network.scope, parameters, values, NEWMAN.fr, unknown, {"ids": names, "values": scores})


_ISOLATE = Words("Un acteur sans partenaire vaut 0 ; il est compté.", "An actor without partner has 0; it is counted.")
BETWEENNESS = Metric(
    "betweenness",
    "C4",
    Words("Intermédiarité", "Betweenness"),
    Words(
        "La part des plus courts chemins entre les autres qui passent par un acteur.",
        "The share of the shortest paths between others that pass through an actor.",
    ),
    r"b_v = \frac{2}{(n-1)(n-2)} \sum_{s<t} \sigma_{st}(v) / \sigma_{st}",
    "Freeman 1977; Brandes 2001; Borassi & Natale 2019",
    PROJECTION,
    Words("de 0 à 1", "from 0 to 1"),
    _ISOLATE,
    "O(n · m) ; estimation O(m · tirages)",
    Words(
        "« … » est sur … % des plus courts chemins entre les autres : sans lui, ils s'allongent ou perdent une route.",
        "“…” is on …% of the shortest paths between others: without it they get longer or lose a route.",
    ),
    words.STRUCTURE,
    _measured("betweenness", betweenness, _between),
    (SEED,),
)
HARMONIC = Metric(
    "harmonic",
    "C5",
    Words("Proximité harmonique", "Harmonic closeness"),
    Words(
        "À quel point un acteur est près de tous les autres ; se compare même quand le réseau est en plusieurs morceaux.",
        "How near an actor is to all others; comparable even when the network is in several pieces.",
    ),
    r"H_v = \frac{1}{n-1} \sum_{u \ne v} 1 / d(v, u)",
    "Marchiori & Latora 2000; Boldi & Vigna 2014",
    PROJECTION,
    Words("de 0 à 1", "from 0 to 1"),
    _ISOLATE,
    "O(n · m / 64) ; estimation O(16 m)",
    Words(
        "« … » est proche des autres à … sur 1 : 1 s'il était le partenaire direct de tous, 0,5 s'ils étaient tous à deux pas.",
        "“…” is near the others by … of 1: 1 if it were everyone's direct partner, 0.5 if all were two steps away.",
    ),
    words.STRUCTURE,
    _measured("harmonic", harmonic, _near),
    (SEED,),
)
EIGENVECTOR = Metric(
    "eigenvector",
    "C6",
    Words("Centralité de vecteur propre", "Eigenvector centrality"),
    Words(
        "Un acteur est central quand ses partenaires le sont ; sur le plus grand ensemble relié seulement.",
        "An actor is central when its partners are; on the largest connected set only.",
    ),
    r"\lambda x_v = \sum_u w_{vu} x_u",
    "Bonacich 1972",
    PROJECTION,
    Words("vecteur de longueur 1", "vector of length 1"),
    Words("Hors du plus grand ensemble relié, rien n'est défini.", "Outside the largest connected set nothing is defined."),
    "O(rounds · m)",
    Words(
        "« … » est entouré d'acteurs eux-mêmes bien entourés, à … % du plus central.",
        "“…” is surrounded by actors that are well surrounded themselves, at …% of the most central.",
    ),
    Words(
        "Concentre tout sur le groupe le plus dense ; ne se compare pas d'un réseau à l'autre.",
        "Puts everything on the densest group; not to be compared between networks.",
    ),
    _eigenvector,
)
