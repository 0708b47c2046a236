"""C10: how far actors cooperate outside their own kind (E-I index), against the chance of the group sizes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from pacte_graph.metrics import words
from pacte_graph.metrics.column import Column, Joined
from pacte_graph.metrics.cooperation.brokerage import numbered
from pacte_graph.metrics.cooperation.openness import Openness, expected_index, openness, ratio
from pacte_graph.metrics.cooperation.passing import PROJECTION, tied_pairs
from pacte_graph.metrics.model import Metric, MetricResult, Parameter, Value
from pacte_graph.metrics.sureness.nulls import SEED, NullResult, affordable, draws_parameter, permuted
from pacte_graph.network.model import Network
from pacte_graph.schema.kinds import Words

WEIGHTED = Parameter(
    "weighted",
    "boolean",
    False,
    Words("Peser les liens", "Weigh the ties"),
    Words("Oui : chaque lien compte selon sa force ; non : pour un.", "Yes: a tie counts by its strength; no: for one."),
)
DRAWS = draws_parameter(199)


def _ei(network: Network, parameters: Mapping[str, Any]) -> MetricResult:
    names, found = tied_pairs(network)
    nodes = tuple(network.by_id[name] for name in names)
    kinds, groups = numbered([node.group for node in nodes])
    weighted = parameters["weighted"]
    told = openness(found, groups, weighted=weighted)
    weight = found.weight if weighted else np.ones(len(found.first))

    def index(dealt: Any) -> float | None:
        out = float(weight[dealt[found.first] != dealt[found.second]].sum())
        return ratio(out, float(weight.sum()) - out)

    draws = affordable(parameters["draws"], len(found.first))
    null = permuted(index, groups, draws=draws, seed=parameters["seed"])
    said = (
        Words("poids : force des liens", "weights: strength of ties")
        if weighted
        else Words("liens sans poids", "ties without weight")
    )
    ending = words.scope(network, said)
    sizes = np.bincount(groups, minlength=len(kinds))
    whole = Value(
        None, "Indice E-I", "Programme", told.index, words.ended(_whole(told, expected_index(sizes), null), ending),
        dimension={"group": "all"},
    )  # fmt: skip
    by_group = [
        Value(None, words.kind(kind).fr, "Programme", ratio(*told.by_group[at].tolist()),
              words.ended(_group(kind, told.by_group[at]), ending), dimension={"group": kind})
        for at, kind in enumerate(kinds)
    ]  # fmt: skip
    both = told.by_node.sum(axis=1) if nodes else np.zeros(0)
    numbers = np.divide(told.by_node[:, 0] - told.by_node[:, 1], both, out=np.full(len(nodes), np.nan), where=both > 0)
    column = Column(
        nodes, numbers, lambda place: _node(words.quoted(nodes[place]), told.by_node[place]), ending, dimension={"group": "node"}
    )
    unknown = {"actors_of_unknown_kind": sum(node.group == "unknown" for node in nodes)}
    details = {
        "groups": [_row(kind, int(sizes[at]), told.by_group[at]) for at, kind in enumerate(kinds)],
        "expected": expected_index(sizes),
        "null": null.as_dict(),
    }
    return MetricResult("ei_index", network.scope, parameters, Joined((whole, *by_group), column), said.fr, unknown, details)


def _row(kind: str, size: int, both: Any) -> dict[str, Any]:
    external, internal = (float(value) for value in both)
    return {"kind": kind, "size": size, "external": external, "internal": internal, "index": ratio(external, internal)}


def _whole(told: Openness, chance: float | None, null: NullResult) -> Words:
    if told.index is None:
        return Words("L'indice E-I n'est pas défini : aucun lien entre acteurs.", "The E-I index is undefined: no tie at all.")
    shown, share = words.number(told.index), words.percent(told.external / (told.external + told.internal))
    beside = Words("", "")
    if chance is not None:
        by_size = words.number(chance)
        beside = Words(f" (le hasard des tailles donnerait {by_size.fr})", f" (group sizes alone would give {by_size.en})")
    tested = Words("", "")
    if null.p is not None:
        p = words.number(null.p, 3)
        tested = Words(
            f" ; p = {p.fr}, {null.null.fr}, {null.draws} tirages", f"; p = {p.en}, {null.null.en}, {null.draws} draws"
        )
    return Words(
        f"Indice E-I {shown.fr} : {share.fr} des coopérations sortent de leur famille{beside.fr}{tested.fr}.",
        f"E-I index {shown.en}: {share.en} of cooperation goes outside its own kind{beside.en}{tested.en}.",
    )


def _group(kind: str, both: Any) -> Words:
    label = words.kind(kind)
    if both.sum() == 0:
        return Words(f"« {label.fr} » : non défini, aucun lien.", f"“{label.en}”: undefined, no tie.")
    share = words.percent(float(both[0] / both.sum()))
    return Words(
        f"« {label.fr} » : {share.fr} des coopérations vont hors de la famille.",
        f"“{label.en}”: {share.en} of cooperation goes outside the kind.",
    )


def _node(name: Words, both: Any) -> Words:
    if both.sum() == 0:
        return Words(f"{name.fr} : non défini, aucun partenaire.", f"{name.en}: undefined, no partner.")
    share = words.percent(float(both[0] / both.sum()))
    return Words(
        f"{name.fr} coopère pour {share.fr} hors de sa famille.", f"{name.en} has {share.en} of its cooperation outside its kind."
    )


EI_INDEX = Metric(
    "ei_index",
    "C10",
    Words("Ouverture hors de sa famille (E-I)", "Openness outside one's kind (E-I)"),
    Words(
        "La part des coopérations qui sortent de la famille d'acteurs, de −1 (entre soi) à +1 (toujours ailleurs).",
        "How much cooperation leaves its own kind of actor, from −1 (among themselves) to +1 (always elsewhere).",
    ),
    r"EI = (E - I) / (E + I)",
    "Krackhardt & Stern 1988",
    PROJECTION,
    Words("de −1 à +1", "from −1 to +1"),
    Words(
        "Les acteurs de famille inconnue forment une famille à part, et sont comptés.",
        "Actors of unknown kind are a kind of their own, and are counted.",
    ),
    "O(m · draws)",
    Words(
        "Indice E-I … : … % des coopérations sortent de leur famille (le hasard des tailles donnerait …).",
        "E-I index …: …% of cooperation goes outside its own kind (group sizes alone would give …).",
    ),
    Words(
        "Une petite famille sort d'elle-même par la force du nombre : comparer au hasard des tailles avant de juger.",
        "A small kind goes outside by sheer numbers: compare with what sizes alone give before judging.",
    ),
    _ei,
    (WEIGHTED, DRAWS, SEED),
)
