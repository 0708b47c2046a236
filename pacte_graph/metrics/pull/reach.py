"""E9: how many actors of each kind a project reaches, ring by ring."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import product
from typing import Any

import numpy as np
from scipy import sparse

from pacte_graph.metrics import words
from pacte_graph.metrics.column import Column, Joined, Rows
from pacte_graph.metrics.model import Metric, MetricResult, Value
from pacte_graph.metrics.pull.by_kind import PROJECT, Families, chosen_projects, families
from pacte_graph.metrics.pull.influence import KAPPA, influence, structure
from pacte_graph.metrics.pull.linkages import PROJECTS_AND_ACTORS
from pacte_graph.metrics.pull.rings import Vector, first_rings, steps_from
from pacte_graph.metrics.ranking import ranks
from pacte_graph.network.model import Network, Node
from pacte_graph.schema.kinds import Words

UNWEIGHTED = Words("distance : nombre de pas, sans poids", "distance: number of steps, unweighted")


EVERY = 3_000
"""Above this many nodes, what is beyond two steps is computed for the project that is asked for only."""


def _reach(network: Network, parameters: Mapping[str, Any]) -> MetricResult:
    found, nodes, groups = influence(network, kappa=parameters["kappa"]), structure(network).nodes, families(network)
    projects, ending = chosen_projects(nodes, parameters["project"]), words.scope(network, UNWEIGHTED)
    if len(nodes) > EVERY and not parameters["project"]:
        values, rows = _first(found.matrix, nodes, groups, projects, ending)
        details = {"rows": rows, "steps": 2}
        return MetricResult("reach", network.scope, parameters, values, UNWEIGHTED.fr, found.unknown, details)
    told = [_row(nodes, groups, steps_from(found.matrix, place), place) for place in projects.tolist()]
    listed = tuple(_values(told, ending, ranked=not parameters["project"]))
    return MetricResult("reach", network.scope, parameters, listed, UNWEIGHTED.fr, found.unknown, {"rows": told, "steps": None})


def _values(rows: list[dict[str, Any]], ending: Words, *, ranked: bool) -> Iterator[Value]:
    placed = ranks({row["id"]: row["harmonic"] for row in rows}) if ranked else {}
    for row in rows:
        base = (row["id"], row["label"], "Project")
        sentence = words.ended(_sentence(row), ending)
        yield Value(*base, row["harmonic"], sentence, placed.get(row["id"]), dimension={"measure": "harmonic"})
        for (distance, kind), count in sorted(row["rings"].items()):
            ring = words.ended(_ring(row["quoted"], distance, kind, count), ending)
            yield Value(*base, count, ring, dimension={"distance": distance, "kind": kind})


def _row(nodes: Sequence[Node], groups: Families, steps: Vector, place: int) -> dict[str, Any]:
    rings: dict[tuple[int, str], int] = {}
    beyond: dict[str, int] = {}
    for kind, members in zip(groups.kinds, groups.members, strict=True):
        counts = np.bincount(steps[members] + 1)
        rings |= {(distance - 1, kind): int(counts[distance]) for distance in np.flatnonzero(counts).tolist() if distance}
        if counts[0]:
            beyond[kind] = int(counts[0])
    others, reached = len(nodes) - 1, steps[steps > 0]
    by_ring = Counter[int]()
    for (distance, _), count in rings.items():
        by_ring[distance] += count
    return {
        "id": nodes[place].id,
        "label": nodes[place].caption,
        "quoted": words.quoted(nodes[place]),
        "rings": rings,
        "by_ring": dict(sorted(by_ring.items())),
        "out_of_reach": beyond,
        "harmonic": float((1 / reached).sum()) / others if others > 0 else None,
        "actors": sum(map(len, groups.members)),
    }


def _first(
    matrix: sparse.csr_array, nodes: Sequence[Node], groups: Families, projects: Vector, ending: Words
) -> tuple[Sequence[Value], Rows[dict[str, Any]]]:
    """Return the first two rings of all projects of a large network, and no harmonic reach."""
    counts = first_rings(matrix, projects, groups.columns(len(nodes)))
    shown = [nodes[place] for place in projects]

    def unsaid(place: int) -> Words:
        name, size = words.quoted(shown[place]), words.number(len(nodes))
        near, far = (int(ring[place].sum()) for ring in counts)
        first = words.count(near, Words("acteur", "actor"), Words("acteurs", "actors"))
        second = words.number(far)
        return Words(
            f"{name.fr} touche {first.fr} à un pas et {second.fr} à deux ; au-delà, dans un réseau de {size.fr} membres, la "
            "portée ne se calcule que pour un projet choisi (paramètre « project »).",
            f"{name.en} reaches {first.en} at one step and {second.en} at two; beyond, in a network of {size.en} members, reach "
            "is computed only for a project that is asked for (parameter “project”).",
        )

    def ring(distance: int, kind: int, place: int) -> Words:
        return _ring(words.quoted(shown[place]), distance, groups.kinds[kind], int(counts[distance - 1][place, kind]))

    columns = [Column(shown, np.full(len(shown), np.nan), unsaid, ending, dimension={"measure": "harmonic"})]
    for distance, kind in product((1, 2), range(len(groups.kinds))):
        said = partial(ring, distance, kind)
        dimension: dict[str, str | int] = {"distance": distance, "kind": groups.kinds[kind]}
        numbers = counts[distance - 1][:, kind]
        columns.append(Column(shown, numbers, said, ending, dimension=dimension, whole=True, ranked=False))

    def row(place: int) -> dict[str, Any]:
        rings = {(n + 1, kind): int(ring[place, at]) for n, ring in enumerate(counts) for at, kind in enumerate(groups.kinds)}
        base = {"id": shown[place].id, "label": shown[place].caption, "quoted": words.quoted(shown[place])}
        by_ring = {n + 1: int(ring[place].sum()) for n, ring in enumerate(counts)}
        everyone = sum(map(len, groups.members))
        return {**base, "rings": rings, "by_ring": by_ring, "out_of_reach": None, "harmonic": None, "actors": everyone}

    return Joined(*columns), Rows(len(shown), row)


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
    (KAPPA, PROJECT),
)
