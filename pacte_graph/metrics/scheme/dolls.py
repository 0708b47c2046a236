"""S2: the Russian dolls: what a project's declinations imply at wider scales, and how nested the whole scheme is (NODF)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import networkx as nx
import numpy as np

from pacte_graph.metrics import words
from pacte_graph.metrics.model import Metric, MetricResult, Value
from pacte_graph.metrics.ranking import ranks
from pacte_graph.metrics.scheme.declination import NO_WEIGHT, states
from pacte_graph.network.model import Network
from pacte_graph.network.views import nesting
from pacte_graph.schema import REFERENCE_SCALES
from pacte_graph.schema.kinds import Words


def closure(graph: nx.DiGraph[str]) -> dict[str, frozenset[str]]:
    """Return each territory with all it lies within, itself included (the order ⊑ of the nesting)."""
    return {node: frozenset({node, *nx.descendants(graph, node)}) for node in sorted(graph)}


def hull(own: frozenset[str], above: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """Return {x: a ⊑ x ⊑ b for some a, b of ``own``}: the territories between two of one's own, themselves included."""
    between = {x for a in own for x in above[a] if above[x] & own}
    return frozenset(between)


def depth(own: frozenset[str], above: Mapping[str, frozenset[str]]) -> int:
    """Return the length of the longest chain of nested territories in ``own``; 0 when it is empty."""
    order = nx.DiGraph((a, b) for a in own for b in above[a] & own if a != b)
    order.add_nodes_from(own)
    return nx.dag_longest_path_length(order) + 1 if own else 0


def nodf(matrix: Sequence[Sequence[int]]) -> dict[str, float | None]:
    """Return NODF of a 0/1 matrix, in [0, 100]: whole, rows, columns (Almeida-Neto et al. 2008).

    Empty rows and columns are removed; equal marginals contribute 0; None with fewer than two rows or columns left.
    """
    table = np.asarray(matrix, dtype=int)
    if table.ndim != 2 or not table.size:
        return {"nodf": None, "rows": None, "columns": None}
    table = table[table.sum(axis=1) > 0][:, table.sum(axis=0) > 0]
    if min(table.shape) < 2:
        return {"nodf": None, "rows": None, "columns": None}
    rows, columns = _paired(table), _paired(table.T)
    both = [*rows, *columns]
    return {"nodf": float(np.mean(both)), "rows": float(np.mean(rows)), "columns": float(np.mean(columns))}


def _paired(table: np.ndarray[Any, Any]) -> list[float]:
    """Return for each pair of rows the percentage of the lesser row's ones found in the greater; 0 for equal sums."""
    sums = table.sum(axis=1)
    shared = table @ table.T
    found = []
    for first in range(len(sums)):
        for second in range(first + 1, len(sums)):
            less = min(sums[first], sums[second])
            found.append(0.0 if sums[first] == sums[second] else 100.0 * shared[first, second] / less)
    return found


def _dolls(network: Network, parameters: Mapping[str, Any]) -> MetricResult:
    above = closure(nesting(network))
    found = states(network)
    rows = [_row(network, project, above, found[project]) for project in found]
    measured = nodf([[int(row["states"][scale] == "declined") for scale in REFERENCE_SCALES] for row in rows])
    ending = words.scope(network, NO_WEIGHT)
    placed = ranks({row["id"]: float(len(row["own"]) + len(row["inherited"])) for row in rows})
    values = [
        Value(
            row["id"],
            row["label"],
            "Project",
            len(row["own"]) + len(row["inherited"]),
            words.ended(_sentence(row), ending),
            placed[row["id"]],
            dimension={"measure": "reach"},
        )
        for row in rows
    ]
    values.append(
        Value(
            None,
            "NODF",
            "Programme",
            measured["nodf"],
            words.ended(_nodf_sentence(measured["nodf"]), ending),
            dimension={"measure": "nodf"},
        )
    )
    unknown = {"cells_unknown": sum(state == "unknown" for row in rows for state in row["states"].values())}
    details = {
        "rows": rows,
        "scales": list(REFERENCE_SCALES),
        "nodf": measured,
        "closure": {key: sorted(up) for key, up in above.items()},
    }
    return MetricResult("nesting", network.scope, parameters, tuple(values), NO_WEIGHT.fr, unknown, details)


def _row(network: Network, project: str, above: Mapping[str, frozenset[str]], told: Mapping[str, str]) -> dict[str, Any]:
    links = [
        link for link in network.links_of("APPLIES_IN") if link.source == project and link.properties.get("status") == "declined"
    ]
    own = frozenset(link.target for link in links)
    inherited = frozenset().union(*(above[place] for place in own)) - own
    levels = {network.by_id[place].group for place in inherited}
    coherent = len(own) / len(hull(own, above)) if own else None
    return {
        "id": project,
        "label": network.by_id[project].caption,
        "quoted": words.quoted(network.by_id[project]),
        "own": sorted(own),
        "inherited": sorted(inherited),
        "states": {scale: told[scale] for scale in REFERENCE_SCALES},
        "inherited_scales": sorted(levels & set(REFERENCE_SCALES), key=REFERENCE_SCALES.index),
        "coherence": coherent,
        "depth": depth(own, above),
    }


def _sentence(row: Mapping[str, Any]) -> Words:
    territory = Words("territoire", "territory"), Words("territoires", "territories")
    own, wider = words.count(len(row["own"]), *territory), words.count(len(row["inherited"]), *territory)
    if not row["own"]:
        return Words(f"{row['quoted'].fr} n'a pas de déclinaison connue.", f"{row['quoted'].en} has no known declination.")
    skipped = Words("", "") if row["coherence"] == 1 else Words(" ; des échelles sont sautées", "; scales are skipped")
    return Words(
        f"{row['quoted'].fr} se décline sur {own.fr} et se voit, par emboîtement, sur {wider.fr} plus larges{skipped.fr}.",
        f"{row['quoted'].en} is declined on {own.en} and, by nesting, seen on {wider.en} that hold them{skipped.en}.",
    )


def _nodf_sentence(value: float | None) -> Words:
    if value is None:
        return Words(
            "L'emboîtement (NODF) n'est pas défini : moins de deux projets ou de deux échelles.",
            "Nestedness (NODF) is undefined: fewer than two projects or two scales.",
        )
    shown = words.number(value, 0 if float(value).is_integer() else 1)
    return Words(
        f"Emboîtement NODF {shown.fr} sur 100 : 100 si les projets portés loin sont toujours aussi ceux portés près.",
        f"Nestedness NODF {shown.en} of 100: 100 if projects declined far are always also declined near.",
    )


NESTING = Metric(
    "nesting",
    "S2",
    Words("Poupées russes", "Russian dolls"),
    Words(
        "Sur combien de territoires un projet se décline, ceux qui les englobent, et si le schéma est emboîté.",
        "On how many territories a project is declined, those that hold them, and whether the scheme is nested.",
    ),
    r"\mathrm{coh}(p) = |S| / |H(S)|,\quad \mathrm{NODF} = \overline{\%\ \text{shared of the lesser}}",
    "Almeida-Neto et al. 2008",
    Words("projets × territoires, ordre d'inclusion", "projects × territories, order of inclusion"),
    Words("territoires ; NODF de 0 à 100", "territories; NODF from 0 to 100"),
    Words(
        "Une case inconnue n'est ni un oui ni un non : elle est hors du NODF et comptée.",
        "An unknown cell is neither yes nor no: outside NODF, and counted.",
    ),
    "O(projects × territories)",
    Words(
        "« … » se décline sur … territoires et se voit, par emboîtement, sur … plus larges.",
        "“…” is declined on … territories and, by nesting, seen on … that hold them.",
    ),
    Words(
        "L'emboîtement est une forme, pas un mérite : un projet d'une seule échelle peut être bien placé.",
        "Nestedness is a shape, not a merit: a project of one scale may be where it should be.",
    ),
    _dolls,
)
