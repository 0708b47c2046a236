"""E9: how many actors of each kind a project reaches, ring by ring."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

import networkx as nx

from pacte_graph.metrics import words
from pacte_graph.metrics.model import Metric, MetricResult, Value
from pacte_graph.metrics.pull.influence import KAPPA, influence
from pacte_graph.metrics.pull.linkages import PROJECTS_AND_ACTORS
from pacte_graph.metrics.ranking import ranks
from pacte_graph.network.model import Network
from pacte_graph.schema.kinds import Words

UNWEIGHTED = Words("distance : nombre de pas, sans poids", "distance: number of steps, unweighted")


def _reach(network: Network, parameters: Mapping[str, Any]) -> MetricResult:
    found = influence(network, kappa=parameters["kappa"])
    graph: nx.DiGraph[int] = nx.from_scipy_sparse_array(found.matrix, create_using=nx.DiGraph)
    projects = [place for place, name in enumerate(found.ids) if network.by_id[name].label == "Project"]
    rows = [_row(network, found.ids, graph, place) for place in projects]
    placed = ranks({row["id"]: row["harmonic"] for row in rows})
    ending = words.scope(network, UNWEIGHTED)
    values: list[Value] = []
    for row in rows:
        base = (row["id"], row["label"], "Project")
        values.append(
            Value(
                *base,
                row["harmonic"],
                words.ended(_sentence(row), ending),
                placed.get(row["id"]),
                dimension={"measure": "harmonic"},
            )
        )
        for (distance, kind), count in sorted(row["rings"].items()):
            ring = words.ended(_ring(row["quoted"], distance, kind, count), ending)
            values.append(Value(*base, count, ring, dimension={"distance": distance, "kind": kind}))
    return MetricResult("reach", network.scope, parameters, tuple(values), UNWEIGHTED.fr, found.unknown, {"rows": rows})


def _row(network: Network, ids: tuple[str, ...], graph: nx.DiGraph[int], place: int) -> dict[str, Any]:
    distances = nx.single_source_shortest_path_length(graph, place)
    actors = {at: network.by_id[name].group for at, name in enumerate(ids) if network.by_id[name].label == "Actor"}
    rings = Counter((distances[at], kind) for at, kind in actors.items() if at in distances)
    beyond = Counter(kind for at, kind in actors.items() if at not in distances)
    others = len(ids) - 1
    harmonic = sum(1 / steps for at, steps in distances.items() if at != place) / others if others > 0 else None
    by_ring = Counter[int]()
    for (distance, _), count in rings.items():
        by_ring[distance] += count
    label = network.by_id[ids[place]].caption
    return {
        "id": ids[place],
        "label": label,
        "quoted": words.quoted(network.by_id[ids[place]]),
        "rings": dict(rings),
        "by_ring": dict(sorted(by_ring.items())),
        "out_of_reach": dict(sorted(beyond.items())),
        "harmonic": harmonic,
        "actors": len(actors),
    }


def _sentence(row: Mapping[str, Any]) -> Words:
    first = row["by_ring"].get(1, 0)
    further = sum(count for distance, count in row["by_ring"].items() if distance > 1)
    beyond = sum(row["out_of_reach"].values())
    plural = Words("acteurs", "actors")
    near, far, out = (words.count(value, Words("acteur", "actor"), plural) for value in (first, further, beyond))
    return Words(
        f"{row['quoted'].fr} touche {near.fr} directement, {far.fr} par des intermédiaires ; {out.fr} hors d'atteinte.",
        f"{row['quoted'].en} reaches {near.en} directly, {far.en} through others; {out.en} out of reach.",
    )


def _ring(name: Words, distance: int, kind: str, count: int) -> Words:
    label = words.kind(kind)
    shown = words.count(count, Words("acteur", "actor"), Words("acteurs", "actors"))
    steps = words.count(distance, Words("pas", "step"), Words("pas", "steps"))
    return Words(
        f"{name.fr} : {shown.fr} de la famille « {label.fr} » à {steps.fr}.",
        f"{name.en}: {shown.en} of the kind “{label.en}” at {steps.en}.",
    )


REACH = Metric(
    "reach",
    "E9",
    Words("Portée par cercle", "Reach by ring"),
    Words(
        "Combien d'acteurs de chaque famille sont à un pas d'un projet, à deux pas, et au-delà.",
        "How many actors of each kind are one step from a project, two steps, and beyond.",
    ),
    r"R_p(d,c) = \#\{a \in c : \mathrm{dist}(p,a) = d\},\quad H_p = \frac{1}{n-1}\sum_{j \ne p} 1/\mathrm{dist}(p,j)",
    "Marchiori & Latora 2000; Boldi & Vigna 2014",
    PROJECTS_AND_ACTORS,
    Words("acteurs ; portée harmonique entre 0 et 1", "actors; harmonic reach from 0 to 1"),
    Words(
        "Un lien sans sens se parcourt dans les deux sens ; hors d'atteinte est une colonne à part.",
        "A link without direction is walked both ways; out of reach is a column of its own.",
    ),
    "O(projects · m)",
    Words(
        "« … » touche … acteurs directement, … par des intermédiaires ; … hors d'atteinte.",
        "“…” reaches … actors directly, … through others; … out of reach.",
    ),
    words.POTENTIAL,
    _reach,
    (KAPPA,),
)
