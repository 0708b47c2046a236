"""C16: what the network holds by: whose leaving would cut it, and how fast it falls apart when the most tied go first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from pacte_graph.metrics import words
from pacte_graph.metrics.articulation import more_pieces
from pacte_graph.metrics.column import Column, Joined
from pacte_graph.metrics.cooperation.attack import adaptive, by_degree, curve, robustness
from pacte_graph.metrics.cooperation.passing import UNWEIGHTED, tied_pairs
from pacte_graph.metrics.cooperation.projection import TWO_MODE
from pacte_graph.metrics.model import Metric, MetricResult, Parameter, Value
from pacte_graph.metrics.sureness.nulls import SEED
from pacte_graph.network.model import Network
from pacte_graph.network.views import adjacency, incidence
from pacte_graph.schema.kinds import Words

ORDERS = Parameter(
    "orders",
    "integer",
    50,
    Words("Ordres au hasard", "Random orders"),
    Words("Nombre de retraits au hasard comparés ; au plus 5 au-delà de 100 000 liens.", "At most 5 above 100,000 ties."),
    minimum=1,
    maximum=1000,
)
LARGE, FEW, ADAPTIVE = 100_000, 5, 300


def _robustness(network: Network, parameters: Mapping[str, Any]) -> MetricResult:
    names, found = tied_pairs(network)
    both = incidence(network)
    nodes = tuple(network.by_id[name] for name in (*both.projects, *both.actors))
    cut = more_pieces(adjacency(network))
    attacked = curve(found, by_degree(found))
    many = min(parameters["orders"], FEW) if len(found.first) > LARGE else parameters["orders"]
    rng = np.random.default_rng(parameters["seed"])
    drawn = [curve(found, rng.permutation(found.size)) for _ in range(many)] if found.size > 1 else []
    chance = [robustness(one) or 0.0 for one in drawn]
    mean = float(np.mean(chance)) if chance else None
    told = robustness(attacked)
    worse = robustness(curve(found, adaptive(found))) if 1 < found.size <= ADAPTIVE else None
    ending = words.scope(network, UNWEIGHTED)
    holding = int((cut > 0).sum())

    def sentence(place: int) -> Words:
        name, more = words.quoted(nodes[place]), int(cut[place])
        if more == 0:
            return Words(f"{name.fr} peut partir sans couper le réseau.", f"{name.en} can leave without cutting the network.")
        pieces = words.count(more, Words("morceau de plus", "more piece"), Words("morceaux de plus", "more pieces"))
        return Words(f"Sans {name.fr}, le réseau se coupe en {pieces.fr}.", f"Without {name.en}, the network has {pieces.en}.")

    values = (
        _value("Points d'articulation", holding if nodes else None, _holding(holding, len(nodes)), ending, "articulation"),
        _value("Robustesse R", told, _r(told, mean, many), ending, "attack"),
        _value("Robustesse R, ordre réévalué", worse, _worse(worse, found.size), ending, "adaptive"),
        _value("Robustesse R au hasard", mean, _r(told, mean, many), ending, "chance"),
    )
    column = Column(nodes, cut, sentence, ending, dimension={"measure": "pieces"}, whole=True)
    details = {
        "order": [names[at] for at in by_degree(found)[:50].tolist()],
        "curve": attacked,
        "chance": np.mean(drawn, axis=0) if drawn else np.zeros(0),
        "orders": many,
        "articulation": [nodes[at].id for at in np.flatnonzero(cut > 0).tolist()],
    }
    return MetricResult("robustness", network.scope, parameters, Joined(values, column), UNWEIGHTED.fr, {}, details)


def _value(label: str, number: float | None, said: Words, ending: Words, measure: str) -> Value:
    return Value(None, label, "Programme", number, words.ended(said, ending), dimension={"measure": measure})


def _holding(holding: int, total: int) -> Words:
    if not total:
        return Words("Aucun projet ni acteur.", "No project and no actor.")
    shown = words.count(holding, Words("projet ou acteur", "project or actor"), Words("projets ou acteurs", "projects or actors"))
    if not holding:
        return Words("Le réseau ne tient à personne en particulier.", "The network holds by nobody in particular.")
    return Words(
        f"Le réseau tient à {shown.fr} : sans l'un d'eux, il se coupe.",
        f"The network holds by {shown.en}: without one, it is cut.",
    )


def _r(told: float | None, mean: float | None, orders: int) -> Words:
    if told is None or mean is None:
        return Words("Robustesse non définie : il faut au moins deux acteurs.", "Robustness undefined: two actors are needed.")
    shown, beside = words.number(told), words.number(mean)
    return Words(
        f"Robustesse {shown.fr} quand les plus liés partent d'abord, {beside.fr} quand ils partent au hasard ({orders} tirages), "
        "0,5 au plus.",
        f"Robustness {shown.en} when the most tied leave first, {beside.en} when they leave at random ({orders} draws); "
        "0.5 at most.",
    )


def _worse(worse: float | None, size: int) -> Words:
    if worse is None:
        why = Words("il faut au moins deux acteurs", "two actors are needed")
        if size > ADAPTIVE:
            why = Words(f"plus de {ADAPTIVE} acteurs", f"more than {ADAPTIVE} actors")
        return Words(f"Ordre réévalué : non calculé ({why.fr}).", f"Order counted anew: not computed ({why.en}).")
    shown = words.number(worse)
    return Words(
        f"Robustesse {shown.fr} quand part à chaque fois le plus lié de ceux qui restent.",
        f"Robustness {shown.en} when each time the most tied of those left leaves.",
    )


ROBUSTNESS = Metric(
    "robustness",
    "C16",
    Words("Robustesse", "Robustness"),
    Words(
        "À qui tient le réseau, et à quelle vitesse il se défait quand les plus liés partent d'abord.",
        "By whom the network holds, and how fast it falls apart when the most tied leave first.",
    ),
    r"R = \frac{1}{n} \sum_{q=1}^{n} S(q)",
    "Schneider et al. 2011; Tarjan 1972",
    TWO_MODE,
    Words("nœuds ; R de 0 à 0,5", "nodes; R from 0 to 0.5"),
    Words("Un acteur sans partenaire ne tient rien.", "An actor without partner holds nothing."),
    "O(m log m · orders)",
    Words(
        "Le réseau tient à … projets ou acteurs : sans l'un d'eux, il se coupe.",
        "The network holds by … projects or actors: without one, it is cut.",
    ),
    Words(
        "Personne ne se remplace dans ce calcul : dans la vie, un partenaire peut reprendre un rôle.",
        "Nobody is replaced in this computation: in life, a partner may take a role over.",
    ),
    _robustness,
    (ORDERS, SEED),
)
