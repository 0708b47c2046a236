"""E6b: what the removal of a project or an actor cuts off: whom, where, how much, all of it countable and listable."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from scipy import sparse

from pacte_graph.errors import UnknownName
from pacte_graph.metrics import words
from pacte_graph.metrics.articulation import Splits, splits
from pacte_graph.metrics.column import Column, Joined
from pacte_graph.metrics.model import Metric, MetricResult, Value
from pacte_graph.metrics.pull.effects import Vector
from pacte_graph.metrics.pull.extraction import NODES, STATIC, TOGETHER
from pacte_graph.metrics.pull.structural_words import (
    ACTOR,
    DESERTED,
    ORPHANS,
    PROJECT,
    TERRITORY,
    UNCOVERED,
    components_sentence,
    leaving_sentence,
    listed_sentence,
    money_sentence,
    pairs_sentence,
    row,
    ties_sentence,
)
from pacte_graph.metrics.pull.structure import (
    INSTITUTIONS,
    Exact,
    Lost,
    components,
    coverage,
    exact,
    structural_loss,
)
from pacte_graph.network.model import Network, Node
from pacte_graph.network.views import Incidence, adjacency, incidence, remembered
from pacte_graph.schema.kinds import Words

ALL, SHOWN = 200, 10
"""Up to 200 projects, all are listed; beyond, the 10 whose removal leaves most actors without a project."""
UNWEIGHTED = Words("chaque participation compte pour un", "each participation counts for one")


@dataclass(frozen=True)
class _Counted:
    """The counts of one network, and which nodes they are asked of (places among projects, and among actors)."""

    network: Network
    table: Incidence
    exact: Exact
    parts: Splits
    giant: Vector
    total: int
    projects: Vector
    actors: Vector
    listed: Vector

    @cached_property
    def members(self) -> sparse.csr_array:
        """Return actors × projects."""
        return sparse.csr_array(self.table.matrix.T)

    def node(self, place: int) -> Node:
        """Return the node at a place among projects then actors."""
        count = len(self.table.projects)
        return self.network.by_id[self.table.projects[place] if place < count else self.table.actors[place - count]]


def _structural(network: Network, parameters: Mapping[str, Any]) -> MetricResult:
    found = _counted(network, parameters["nodes"])
    ending = words.scope(network, UNWEIGHTED)
    rows = [row(network, structural_loss(network, [found.table.projects[at]])) for at in found.listed]
    details: dict[str, Any] = {
        "rows": rows,
        "listed": len(rows),
        "projects": len(found.table.projects),
        "institutions": sorted(INSTITUTIONS),
        "components": found.total,
    }
    if parameters["together"] and parameters["nodes"]:
        lost = structural_loss(network, parameters["nodes"])
        details["group"] = row(network, lost)
        values: Sequence[Value] = _group_values(network, lost, ending)
    else:
        values = Joined(*_project_columns(found, ending), *_actor_columns(found, ending), _pairs_column(found, rows, ending))
    projects = network.nodes_of("Project")
    unknown = {
        "projects_without_budget": sum(node.properties.get("budget") is None for node in projects),
        "projects_without_regional_funding": sum(node.properties.get("regional_funding") is None for node in projects),
        "actors_of_unknown_kind": sum(node.group == "unknown" for node in network.nodes_of("Actor")),
    }
    return MetricResult("structural_extraction", network.scope, parameters, values, UNWEIGHTED.fr, unknown, details)


def _counted(network: Network, asked: tuple[str, ...]) -> _Counted:
    table = incidence(network)
    missing = sorted(set(asked) - set(table.projects) - set(table.actors))
    if missing:
        raise UnknownName(f"There is no project or actor {', '.join(missing)} in this network.")
    told = exact(network)
    parts, giant, total = remembered(network, "splits", lambda: _parts(network, len(table.projects)))
    projects, actors = (
        np.array([at for at, name in enumerate(names) if not asked or name in asked], dtype=int)
        for names in (table.projects, table.actors)
    )
    order = np.lexsort((projects, -told.uncovered[projects], -told.ties[projects], -told.orphans[projects]))
    listed = projects[order] if asked or len(projects) <= ALL else projects[order][:SHOWN]
    return _Counted(network, table, told, parts, giant, total, projects, actors + len(table.projects), listed)


def _parts(network: Network, projects: int) -> tuple[Splits, Vector, int]:
    graph = adjacency(network)
    actors = np.arange(graph.shape[0]) >= projects
    total, giant = components(graph)
    return splits(graph, actors), giant, total


def _project_columns(found: _Counted, ending: Words) -> list[Column]:
    places = found.projects
    nodes = tuple(found.node(at) for at in places)
    told, network = found.exact, found.network
    ties = told.ties[places].astype(float)
    return [
        _column(nodes, told.orphans[places], "orphans", lambda at: _orphans(found, places[at]), ending),
        *_connection_columns(found, places, nodes, ending),
        Column(
            nodes,
            ties,
            lambda at: ties_sentence(words.quoted(nodes[at]), int(ties[at]), int(told.ties_unknown[places[at]])),
            ending,
            dimension={"measure": "cross_type_ties"},
            whole=True,
            bounds=(ties, ties + told.ties_unknown[places]),
        ),
        _column(nodes, told.uncovered[places], "uncovered", lambda at: _uncovered(network, nodes[at]), ending),
        *(_money_column(nodes, *names, ending) for names in (("budget", "amount"), ("regional_funding", "regional"))),
    ]


def _actor_columns(found: _Counted, ending: Words) -> list[Column]:
    places, count = found.actors, len(found.table.projects)
    nodes = tuple(found.node(at) for at in places)
    alone = (np.asarray(found.table.matrix.sum(axis=1)).ravel() == 1).astype(float)
    deserted = np.asarray(found.members @ alone).ravel()[places - count]

    def names(at: int) -> list[str]:
        own = found.members[[places[at] - count]].indices
        return [found.table.projects[project] for project in sorted(own) if alone[project]]

    def sentence(at: int) -> Words:
        return listed_sentence(found.network, nodes[at], names(at), PROJECT, DESERTED)

    return [
        *_connection_columns(found, places, nodes, ending),
        _column(nodes, deserted, "deserted", sentence, ending),
    ]


def _connection_columns(found: _Counted, places: Vector, nodes: tuple[Node, ...], ending: Words) -> list[Column]:
    leaving = np.where(found.giant[places], found.parts.cut[places], 0) if len(places) else np.zeros(0)
    after = found.total - 1 + found.parts.pieces[places] if len(places) else np.zeros(0)
    return [
        _column(nodes, leaving, "leaving_giant", lambda at: leaving_sentence(words.quoted(nodes[at]), int(leaving[at])), ending),
        _column(
            nodes,
            after,
            "components",
            lambda at: components_sentence(words.quoted(nodes[at]), int(after[at]), found.total),
            ending,
        ),
    ]


def _pairs_column(found: _Counted, rows: list[dict[str, Any]], ending: Words) -> Column:
    nodes = tuple(found.node(at) for at in found.listed)
    counts = np.array([len(told["institution_pairs"]) for told in rows], dtype=float)
    return _column(
        nodes, counts, "institution_pairs", lambda at: pairs_sentence(words.quoted(nodes[at]), int(counts[at])), ending
    )


def _column(
    nodes: tuple[Node, ...], numbers: Vector, measure: str, sentence: Callable[[int], Words], ending: Words, *, whole: bool = True
) -> Column:
    return Column(nodes, np.asarray(numbers, dtype=float), sentence, ending, dimension={"measure": measure}, whole=whole)


def _money_column(nodes: tuple[Node, ...], name: str, measure: str, ending: Words) -> Column:
    numbers = np.array([_known(node.properties.get(name)) for node in nodes], dtype=float)
    return _column(nodes, numbers, measure, lambda at: money_sentence(nodes[at], name, float(numbers[at])), ending, whole=False)


def _known(value: Any) -> float:
    return np.nan if value is None else float(value)


def _orphans(found: _Counted, place: int) -> Words:
    members = found.table.matrix[[place]].indices
    only = [found.table.actors[at] for at in sorted(members) if found.members.indptr[at + 1] - found.members.indptr[at] == 1]
    return listed_sentence(found.network, found.node(place), only, ACTOR, ORPHANS)


def _uncovered(network: Network, node: Node) -> Words:
    places = [place for place, projects in coverage(network).items() if projects == {node.id}]
    return listed_sentence(network, node, places, TERRITORY, UNCOVERED)


def _group_values(network: Network, lost: Lost, ending: Words) -> tuple[Value, ...]:
    quoted = [words.quoted(network.by_id[name]) for name in lost.removed]
    name = Words(*(words.listed([one.get(lang) for one in quoted], lang) for lang in ("fr", "en")))
    told: list[tuple[str, int, Words]] = [
        ("orphans", len(lost.orphans), listed_sentence(network, name, lost.orphans, ACTOR, ORPHANS)),
        ("deserted", len(lost.deserted), listed_sentence(network, name, lost.deserted, PROJECT, DESERTED)),
        ("leaving_giant", len(lost.leaving), leaving_sentence(name, len(lost.leaving))),
        ("components", lost.components_after, components_sentence(name, lost.components_after, lost.components_before)),
        ("cross_type_ties", len(lost.ties), ties_sentence(name, len(lost.ties), lost.ties_of_unknown_kind)),
        ("uncovered", len(lost.uncovered), listed_sentence(network, name, lost.uncovered, TERRITORY, UNCOVERED)),
        ("institution_pairs", len(lost.institution_pairs or ()), pairs_sentence(name, len(lost.institution_pairs or ()))),
    ]
    return tuple(
        Value(None, name.fr, "Group", count, words.ended(said, ending), dimension={"measure": measure})
        for measure, count, said in told
    )


STRUCTURAL_EXTRACTION = Metric(
    "structural_extraction",
    "E6b",
    Words("Sans ce projet : ce qui serait coupé", "Without this project: what would be cut off"),
    Words(
        "Qui n'aurait plus de projet, quels territoires ne seraient plus couverts, qui ne travaillerait plus avec qui sans lui.",
        "Who would have no project left, which territories no cover, who would work with whom no more without it.",
    ),
    r"G - p:\quad \#\{a : \deg_{G-p}(a) = 0 < \deg_G(a)\},\ \ldots",
    "Borgatti 2006; Hopcroft & Tarjan 1973",
    Words(
        "projets et acteurs, par participation (sans les liens déclarés entre projets)",
        "projects and actors, by participation (without the links declared between projects)",
    ),
    Words("acteurs, couples, territoires, parties, euros", "actors, pairs, territories, parts, euros"),
    Words(
        "Un budget inconnu n'est pas zéro : la perte est non définie ; une famille inconnue élargit l'intervalle des couples.",
        "An unknown budget is not zero: the loss is undefined; an unknown kind widens the interval of pairs.",
    ),
    "O(m + couples)",
    Words(
        "Sans « … », … acteurs n'auraient plus aucun projet : … ; … territoires ne seraient plus couverts : ….",
        "Without “…”, … actors would have no project left: …; … territories would not be covered any more: ….",
    ),
    STATIC,
    _structural,
    (NODES, TOGETHER),
)
