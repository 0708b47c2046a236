"""E5: how much each project pulls each kind of development actor along, directly and by rebound, and how broadly."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from scipy import sparse

from pacte_graph.errors import UnknownName
from pacte_graph.metrics import words
from pacte_graph.metrics.column import Column, Joined, Rows
from pacte_graph.metrics.model import Metric, MetricResult, Parameter
from pacte_graph.metrics.pull.effects import DENSE, Vector, emitted, received, total_effects
from pacte_graph.metrics.pull.influence import HYPOTHESES, refuse_divergence, structure
from pacte_graph.metrics.pull.linkages import PROJECTS_AND_ACTORS, coefficients, names_of, weight_words
from pacte_graph.network.model import Network, Node
from pacte_graph.network.views import remembered
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


PROJECT = Parameter(
    "project",
    "node",
    None,
    Words("Un seul projet", "One project only"),
    Words("Identifiant d'un projet ; vide : tous les projets.", "Identifier of a project; empty: all projects."),
)


@dataclass(frozen=True)
class Families:
    """The actors by kind: ``kinds`` sorted; ``members[k]`` the places of its actors among projects and actors."""

    kinds: tuple[str, ...]
    members: tuple[Vector, ...]

    def columns(self, size: int) -> Vector:
        """Return one column of 0 and 1 a kind."""
        found = np.zeros((size, len(self.kinds)))
        for place, members in enumerate(self.members):
            found[members, place] = 1.0
        return found


@dataclass(frozen=True)
class Pull:
    """What each of ``projects`` (places) sets going in each kind: projects × kinds; ``reached`` None when not counted."""

    projects: Vector
    total: Vector
    direct: Vector
    reached: Vector | None


def families(network: Network) -> Families:
    """Return the actors by kind, read once; actors of unknown kind are a kind of their own."""
    return remembered(network, "families", lambda: _families(network))


def _families(network: Network) -> Families:
    groups: dict[str, list[int]] = {}
    for place, node in enumerate(structure(network).nodes):
        if node.label == "Actor":
            groups.setdefault(node.group, []).append(place)
    kinds = tuple(sorted(groups))
    return Families(kinds, tuple(np.array(groups[kind], dtype=np.int64) for kind in kinds))


def chosen_projects(nodes: Sequence[Node], project: str | None) -> Vector:
    """Return the places of the projects among ``nodes``, or of the one named. Raises UnknownName when it isn't there."""
    if not project:
        return np.array([place for place, node in enumerate(nodes) if node.label == "Project"], dtype=np.int64)
    found = bisect_left(nodes, project, key=lambda node: node.id)
    if found == len(nodes) or nodes[found].id != project or nodes[found].label != "Project":
        raise UnknownName(f"There is no project {project} in this network.", hint="Leave “project” out for all projects.")
    return np.array([found], dtype=np.int64)


def pull(matrix: sparse.csr_array, groups: Families, projects: Vector, epsilon: float) -> Pull:
    """Return the pull of ``projects`` on each kind. A is ``matrix`` (row pulls), with ρ(A) < 1.

    One project: its row of T, by one vector solve. Several: T by an inverse up to 3000 nodes; above, one column a kind,
    and nobody counts who is reached.
    """
    size, members = matrix.shape[0], groups.columns(matrix.shape[0])
    direct = np.asarray((matrix[projects] @ members).reshape(len(projects), len(groups.kinds)))
    if len(projects) == 1:
        impulse = np.zeros(size)
        impulse[projects] = 1.0
        rows = received(matrix, impulse)[None, :]
    elif size <= DENSE:
        rows = total_effects(matrix)[projects]
    else:
        return Pull(projects, emitted(matrix, members)[projects], direct, None)
    reached = np.array([(rows[:, places] > epsilon).sum(axis=1) for places in groups.members], dtype=np.int64)
    return Pull(projects, rows @ members, direct, reached.reshape(len(groups.kinds), len(projects)).T)


def _pull(network: Network, parameters: Mapping[str, Any]) -> MetricResult:
    _, matrix, unknown = coefficients(network, parameters)
    nodes, groups = structure(network).nodes, families(network)
    projects = chosen_projects(nodes, parameters["project"])
    refuse_divergence(matrix, names_of(nodes))
    found = pull(matrix, groups, projects, parameters["epsilon"])
    weight, rows = weight_words(parameters), _rows(nodes, groups, found)
    ending, shown = words.scope(network, weight), [nodes[place] for place in projects]
    values = Joined(
        *(
            Column(
                shown,
                found.total[:, place],
                partial(_told, rows, place * len(projects)),
                ending,
                dimension={"kind": kind},
                ranked=not parameters["project"],
            )
            for place, kind in enumerate(groups.kinds)
        )
    )
    sizes = dict(zip(groups.kinds, map(len, groups.members), strict=True))
    counts = {**unknown, "actors_of_unknown_kind": sizes.get("unknown", 0)}
    details = {"rows": rows, "kinds": list(groups.kinds), "small": SMALL, "total": found.total, "projects": projects}
    return MetricResult("pull_by_type", network.scope, parameters, values, weight.fr, counts, details)


def _told(rows: Rows[dict[str, Any]], start: int, place: int) -> Words:
    return _sentence(rows[start + place])


def _rows(nodes: Sequence[Node], groups: Families, found: Pull) -> Rows[dict[str, Any]]:
    """Return a row for each kind and project, kinds first, each made when it is asked for."""
    projects, wholes = found.projects, found.total.sum(axis=1)
    everyone = sum(map(len, groups.members))

    def row(place: int) -> dict[str, Any]:
        kind, at = divmod(place, len(projects))
        node, members = nodes[projects[at]], groups.members[kind]
        size, total = len(members), float(found.total[at, kind])
        reached = None if found.reached is None else int(found.reached[at, kind])
        share = total / float(wholes[at]) if wholes[at] > 1e-12 else None
        return {
            "id": node.id,
            "label": node.caption,
            "quoted": words.quoted(node),
            "kind": groups.kinds[kind],
            "size": size,
            "total": total,
            "direct": float(found.direct[at, kind]),
            "per_actor": total / size,
            "reached": reached,
            "breadth": None if reached is None else reached / size,
            "names": [nodes[member].caption for member in members] if size < SMALL else [],
            "share": share,
            "lift": None if share is None else share / (size / everyone),
        }

    return Rows(len(projects) * len(groups.kinds), row)


def _sentence(row: Mapping[str, Any]) -> Words:
    total, direct, label = words.number(row["total"]), words.number(row["direct"]), words.kind(row["kind"])
    among = Words("", "")
    if row["reached"] is not None:
        reached, size = words.number(row["reached"]), words.number(row["size"])
        among = Words(
            f", {reached.fr} acteur{'s' if row['reached'] > 1 else ''} sur {size.fr}",
            f", {reached.en} of {size.en} actor{'s' if row['size'] != 1 else ''}",
        )
    named = ", ".join(row["names"])
    names = Words(f"{words.HARD}: {named}", f": {named}") if named else Words("", "")
    return Words(
        f"Pour 1 unité d'engagement, {row['quoted'].fr} en entraîne {total.fr} ({direct.fr} directement) dans la famille "
        f"« {label.fr} »{among.fr}{names.fr}.",
        f"For 1 unit of commitment, {row['quoted'].en} sets {total.en} going ({direct.en} directly) in the kind “{label.en}”"
        f"{among.en}{names.en}.",
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
    (*HYPOTHESES, EPSILON, PROJECT),
)
