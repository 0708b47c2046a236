"""E5: how much each project pulls each kind of development actor along, directly and by rebound, and how broadly."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from pacte_graph.metrics import words
from pacte_graph.metrics.model import Metric, MetricResult, Parameter, Value
from pacte_graph.metrics.pull.effects import DENSE, emitted, total_effects
from pacte_graph.metrics.pull.influence import HYPOTHESES, refuse_divergence
from pacte_graph.metrics.pull.linkages import PROJECTS_AND_ACTORS, coefficients, weight_words
from pacte_graph.metrics.ranking import ranks
from pacte_graph.network.model import Network
from pacte_graph.schema.kinds import Words

SMALL = 3
EPSILON = Parameter(
    "epsilon",
    "float",
    0.01,
    Words("Seuil d'un acteur touché", "Threshold of an actor reached"),
    Words(
        "Un acteur est touché quand l'entraînement total reçu dépasse ce seuil.",
        "An actor is reached when the total pull exceeds this.",
    ),
    minimum=0.0,
    maximum=1.0,
)


def _pull(network: Network, parameters: Mapping[str, Any]) -> MetricResult:
    ids, matrix, unknown = coefficients(network, parameters)
    names = tuple(network.by_id[name].caption for name in ids)
    refuse_divergence(matrix, names)
    groups: dict[str, list[int]] = {}
    for place, name in enumerate(ids):
        if network.by_id[name].label == "Actor":
            groups.setdefault(network.by_id[name].group, []).append(place)
    effects = total_effects(matrix, names) if len(ids) <= DENSE else None
    projects = [place for place, name in enumerate(ids) if network.by_id[name].label == "Project"]
    rows = [
        row for kind in sorted(groups) for row in _rows(network, ids, matrix, effects, kind, groups[kind], projects, parameters)
    ]
    _compare(rows, {kind: len(members) for kind, members in groups.items()})
    weight = weight_words(parameters)
    values = _values(network, rows, words.scope(network, weight))
    counts = {**unknown, "actors_of_unknown_kind": len(groups.get("unknown", []))}
    details = {"rows": rows, "kinds": sorted(groups), "small": SMALL}
    return MetricResult("pull_by_type", network.scope, parameters, tuple(values), weight.fr, counts, details)


def _rows(
    network: Network,
    ids: tuple[str, ...],
    matrix: Any,
    effects: Any,
    kind: str,
    members: list[int],
    projects: list[int],
    parameters: Mapping[str, Any],
) -> list[dict[str, Any]]:
    chosen = np.zeros(len(ids))
    chosen[members] = 1.0
    total, direct = (emitted(matrix, chosen) if effects is None else effects @ chosen), matrix @ chosen
    rows = []
    for place in projects:
        reached = None if effects is None else int((effects[place, members] > parameters["epsilon"]).sum())
        names = [network.by_id[ids[member]].caption for member in members] if len(members) < SMALL else []
        rows.append(
            {
                "id": ids[place],
                "label": network.by_id[ids[place]].caption,
                "quoted": words.quoted(network.by_id[ids[place]]),
                "kind": kind,
                "size": len(members),
                "total": float(total[place]),
                "direct": float(direct[place]),
                "per_actor": float(total[place]) / len(members),
                "reached": reached,
                "breadth": None if reached is None else reached / len(members),
                "names": names,
            }
        )
    return rows


def _compare(rows: list[dict[str, Any]], sizes: Mapping[str, int]) -> None:
    """Add to each row its share of the project's pull and the lift over the kind's share of all actors."""
    totals: dict[str, float] = {}
    for row in rows:
        totals[row["id"]] = totals.get(row["id"], 0.0) + row["total"]
    everyone = sum(sizes.values())
    for row in rows:
        whole = totals[row["id"]]
        row["share"] = row["total"] / whole if whole > 1e-12 else None
        row["lift"] = None if row["share"] is None else row["share"] / (sizes[row["kind"]] / everyone)


def _values(network: Network, rows: list[dict[str, Any]], ending: Words) -> list[Value]:
    placed = {
        kind: ranks({row["id"]: row["total"] for row in rows if row["kind"] == kind}) for kind in {row["kind"] for row in rows}
    }
    return [
        Value(
            row["id"],
            row["label"],
            network.by_id[row["id"]].label,
            row["total"],
            words.ended(_sentence(row), ending),
            placed[row["kind"]][row["id"]],
            dimension={"kind": row["kind"]},
        )
        for row in sorted(rows, key=lambda row: (row["id"], row["kind"]))
    ]


def _sentence(row: Mapping[str, Any]) -> Words:
    total, direct, label = words.number(row["total"]), words.number(row["direct"]), words.kind(row["kind"])
    among = ("", "")
    if row["reached"] is not None:
        among = (
            f", {row['reached']} acteur{'s' if row['reached'] > 1 else ''} sur {row['size']}",
            f", {row['reached']} of {row['size']} actor{'s' if row['size'] != 1 else ''}",
        )
    names = ("", "") if not row["names"] else tuple(f" : {', '.join(row['names'])}" for _ in range(2))
    return Words(
        f"Pour 1 unité d'engagement, {row['quoted'].fr} en entraîne {total.fr} ({direct.fr} directement) dans la famille "
        f"« {label.fr} »{among[0]}{names[0]}.",
        f"For 1 unit of commitment, {row['quoted'].en} sets {total.en} going ({direct.en} directly) in the kind “{label.en}”"
        f"{among[1]}{names[1].replace(' : ', ': ')}.",
    )


PULL_BY_TYPE = Metric(
    "pull_by_type",
    "E5",
    Words("Entraînement par famille d'acteurs", "Pull by kind of actor"),
    Words(
        "Combien un projet entraîne chaque famille d'acteurs, directement et par ricochet, et combien d'entre eux.",
        "How much a project pulls each kind of actor along, directly and by rebound, and how many of them.",
    ),
    r"E_{p \to c} = \sum_{a \in c,\, a \ne p} t_{pa}",
    "Hirschman 1958; Rasmussen 1956",
    PROJECTS_AND_ACTORS,
    Words("unités d'engagement entraînées", "units of commitment set going"),
    Words("Les acteurs de famille inconnue forment leur propre ligne.", "Actors of unknown kind are a row of their own."),
    "O(kinds · rounds · m)",
    Words(
        "Pour 1 unité d'engagement, « … » en entraîne … (… directement) dans la famille « … », … acteurs sur ….",
        "For 1 unit of commitment, “…” sets … going (… directly) in the kind “…”, … of … actors.",
    ),
    words.POTENTIAL,
    _pull,
    (*HYPOTHESES, EPSILON),
)
