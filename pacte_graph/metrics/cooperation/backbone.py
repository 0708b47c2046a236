"""C12: the ties that are stronger than chance. Nothing else is ever counted on them without saying so."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from pacte_graph.metrics import words
from pacte_graph.metrics.column import Column, Joined
from pacte_graph.metrics.cooperation.passing import PROJECTION
from pacte_graph.metrics.cooperation.projection import tied
from pacte_graph.metrics.cooperation.significance import benjamini_hochberg, disparity, hypergeometric
from pacte_graph.metrics.cooperation.triangles import ties
from pacte_graph.metrics.model import Metric, MetricResult, Parameter, Value
from pacte_graph.network.model import Network
from pacte_graph.network.views import incidence
from pacte_graph.schema.kinds import Choice, Words

METHOD = Parameter(
    "method",
    "choice",
    "hypergeometric",
    Words("Hasard comparé", "Chance compared with"),
    Words("Ce que le hasard garde.", "What chance keeps."),
    choices=(
        Choice(
            "hypergeometric", Words("Projets communs, activité de chacun fixée", "Shared projects, each one's activity fixed")
        ),
        Choice("disparity", Words("Filtre de disparité (poids de Newman)", "Disparity filter (Newman's weights)")),
    ),
)
ALPHA = Parameter(
    "alpha",
    "float",
    0.05,
    Words("Seuil α", "Threshold α"),
    Words("Part de hasard acceptée.", "Share of chance accepted."),
    minimum=0.0,
    maximum=1.0,
)


def _backbone(network: Network, parameters: Mapping[str, Any]) -> MetricResult:
    hyper, alpha = parameters["method"] == "hypergeometric", parameters["alpha"]
    names, matrix = tied(network, "count" if hyper else "newman")
    found, activity = ties(matrix), np.asarray(incidence(network).matrix.sum(axis=0)).ravel()
    if hyper:
        raw = hypergeometric(found.weight, activity[found.first], activity[found.second], len(incidence(network).projects))
        level = benjamini_hochberg(raw, len(names) * (len(names) - 1) // 2)
    else:
        level = disparity(found)
    kept = level <= alpha if hyper else level < alpha
    nodes = tuple(network.by_id[name] for name in names)
    mine = found.sums(kept.astype(float))
    partners = found.degrees
    label = next(choice.label for choice in METHOD.choices if choice.value == parameters["method"])
    said = Words(f"hasard : {label.fr[:1].lower()}{label.fr[1:]}", f"chance: {label.en[:1].lower()}{label.en[1:]}")
    ending = words.scope(network, said)

    def sentence(place: int) -> Words:
        name, own = words.quoted(nodes[place]), int(mine[place])
        shown = words.count(own, Words("lien", "tie"), Words("liens", "ties"))
        return Words(
            f"{name.fr} garde {shown.fr} sur {int(partners[place])}, plus forts que ce que donnerait le hasard.",
            f"{name.en} keeps {shown.en} of {int(partners[place])}, stronger than chance would give.",
        )

    share = float(kept.mean()) if len(kept) else None
    weight = float(found.weight[kept].sum() / found.weight.sum()) if len(kept) else None
    in_it = int((mine > 0).sum())
    whole = _whole(share, weight, int(kept.sum()), in_it, len(names))
    first = (
        Value(None, "Liens gardés", "Programme", share, words.ended(whole, ending), dimension={"measure": "ties"}),
        Value(None, "Poids gardé", "Programme", weight, words.ended(whole, ending), dimension={"measure": "weight"}),
    )
    column = Column(nodes, mine, sentence, ending, dimension={"measure": "kept"}, whole=True)
    details = {"ids": names, "first": found.first, "second": found.second, "level": level, "kept": kept}
    unknown = {"actors_without_partner": int((partners == 0).sum())}
    return MetricResult("backbone", network.scope, parameters, Joined(first, column), said.fr, unknown, details)


def _whole(share: float | None, weight: float | None, kept: int, nodes: int, total: int) -> Words:
    if share is None or weight is None:
        return Words("Squelette non défini : aucun lien entre acteurs.", "Backbone undefined: no tie between actors.")
    ties_, heavy = words.percent(share), words.percent(weight)
    many = words.count(kept, Words("lien", "tie"), Words("liens", "ties"))
    among = words.count(nodes, Words("acteur", "actor"), Words("acteurs", "actors"))
    return Words(
        f"En ne gardant que les liens plus forts que le hasard : {many.fr} ({ties_.fr}), {heavy.fr} du poids, {among.fr} "
        f"sur {total}.",
        f"Keeping only the ties stronger than chance: {many.en} ({ties_.en}), {heavy.en} of the weight, {among.en} of {total}.",
    )


BACKBONE = Metric(
    "backbone",
    "C12",
    Words("Squelette du réseau", "Backbone of the network"),
    Words(
        "Les liens plus forts que ce que donnerait le hasard ; le reste est du bruit ou de grands projets.",
        "The ties stronger than chance would give; the rest is noise or large projects.",
    ),
    r"p_{ij} = P(X \ge x_{ij}),\ X \sim \mathrm{Hyp}(n_p, d_i, d_j);\quad \alpha_{ij} = (1 - w_{ij}/s_i)^{k_i - 1}",
    "Serrano, Boguñá & Vespignani 2009; Neal 2014; Benjamini & Hochberg 1995",
    PROJECTION,
    Words("part des liens, du poids ; liens gardés", "share of ties, of weight; ties kept"),
    Words("Un acteur sans partenaire ne garde rien ; il est compté.", "An actor without partner keeps nothing; it is counted."),
    "O(m)",
    Words(
        "En ne gardant que les liens plus forts que le hasard : … liens (… %), … % du poids, … acteurs sur ….",
        "Keeping only the ties stronger than chance: … ties (…%), …% of the weight, … of … actors.",
    ),
    Words(
        "Un lien retiré existe quand même ; aucun autre indicateur ne se calcule sur le squelette sans le dire.",
        "A tie left out still exists; no other indicator is computed on the backbone without saying so.",
    ),
    _backbone,
    (METHOD, ALPHA),
)
