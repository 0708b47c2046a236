"""S2: the Russian dolls: what a project's declinations imply at wider scales, and how nested the whole scheme is (NODF)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import networkx as nx
import numpy as np

from pacte_graph.metrics import words
from pacte_graph.metrics.model import Metric, MetricResult, Parameter, Value
from pacte_graph.metrics.ranking import ranks
from pacte_graph.metrics.scheme.declination import NO_WEIGHT, states
from pacte_graph.metrics.sureness.nulls import SEED, NullResult, affordable, with_margins
from pacte_graph.network.model import Network
from pacte_graph.network.views import nesting
from pacte_graph.schema import REFERENCE_SCALES
from pacte_graph.schema.kinds import Words

MOST_DRAWN = 500


def closure(graph: nx.DiGraph[str]) -> dict[str, frozenset[str]]:
    """Return each territory with all it lies within, itself included (the order ⊑ of the nesting)."""
    return {node: frozenset({node, *nx.descendants(graph, node)}) for node in sorted(graph)}


def hull(own: frozenset[str], above: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """Return {x: a ⊑ x ⊑ b for some a, b of ``own``}: the territories between two of one's own, themselves included."""
    between = {x for a in own for x in above[a] if above[x] & own}
    return frozenset(between)


def depth(own: frozenset[str], above: Mapping[str, frozenset[str]]) -> int:
    """Return the length of the longest chain of nested territories in ``own``; 0 when it is empty."""
    if len(own) < 2:
        return len(own)
    order = nx.DiGraph((a, b) for a in own for b in above[a] & own if a != b)
    order.add_nodes_from(own)
    return nx.dag_longest_path_length(order) + 1


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
    (rows, row_pairs), (columns, column_pairs) = _paired(table), _paired(table.T)
    whole = (rows + columns) / (row_pairs + column_pairs)
    return {"nodf": whole, "rows": rows / row_pairs, "columns": columns / column_pairs}


def _paired(table: np.ndarray[Any, Any]) -> tuple[float, int]:
    """Return the sum over pairs of rows of the percentage of the lesser row's ones found in the greater, and how many pairs.

    Equal sums give 0. Equal rows are taken together: a scheme has few patterns and many projects.
    """
    rows, times = np.unique(table, axis=0, return_counts=True)
    sums = rows.sum(axis=1)
    less = np.minimum.outer(sums, sums)
    differs = np.not_equal.outer(sums, sums)
    shares = np.where(differs, 100.0 * (rows @ rows.T) / np.maximum(less, 1), 0.0)
    return float((shares * np.outer(times, times)).sum() / 2), len(table) * (len(table) - 1) // 2


def _dolls(network: Network, parameters: Mapping[str, Any]) -> MetricResult:
    above = closure(nesting(network))
    found = states(network)
    declined: dict[str, list[str]] = {}
    for link in network.links_of("APPLIES_IN"):
        if link.properties.get("status") == "declined":
            declined.setdefault(link.source, []).append(link.target)
    rows = [_row(network, project, above, found[project], frozenset(declined.get(project, ()))) for project in found]
    table = np.array([[int(row["states"][scale] == "declined") for scale in REFERENCE_SCALES] for row in rows], dtype=int)
    measured = nodf(table.tolist())
    null = _null(table, parameters)
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
            words.ended(_nodf_sentence(measured["nodf"], null), ending),
            dimension={"measure": "nodf"},
        )
    )
    unknown = {"cells_unknown": sum(state == "unknown" for row in rows for state in row["states"].values())}
    details = {
        "rows": rows,
        "scales": list(REFERENCE_SCALES),
        "nodf": measured,
        "null": null.as_dict(),
        "closure": {key: sorted(up) for key, up in above.items()},
    }
    return MetricResult("nesting", network.scope, parameters, tuple(values), NO_WEIGHT.fr, unknown, details)


def _null(table: np.ndarray[Any, Any], parameters: Mapping[str, Any]) -> NullResult:
    """Return NODF beside tables with the same margins; projects and scales without any declination are left out."""
    kept = table[table.sum(axis=1) > 0] if table.size else np.zeros((0, len(REFERENCE_SCALES)), dtype=int)
    draws = affordable(parameters["draws"], len(kept), MOST_DRAWN)
    return with_margins(
        lambda one: nodf(one.tolist())["nodf"], kept, draws=draws if len(kept) > 1 else 0, seed=parameters["seed"]
    )


def _row(
    network: Network, project: str, above: Mapping[str, frozenset[str]], told: Mapping[str, str], own: frozenset[str]
) -> dict[str, Any]:
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


def _nodf_sentence(value: float | None, null: NullResult) -> Words:
    if value is None:
        return Words(
            "L'emboîtement (NODF) n'est pas défini : moins de deux projets ou de deux échelles.",
            "Nestedness (NODF) is undefined: fewer than two projects or two scales.",
        )
    shown = words.number(value, 0 if float(value).is_integer() else 1)
    beside = Words("", "")
    if null.mean is not None and null.p is not None:
        mean, p = words.number(null.mean, 0 if float(null.mean).is_integer() else 1), words.number(null.p, 3)
        beside = Words(
            f" ; hasard {mean.fr}, p = {p.fr} ({null.null.fr}, {null.draws} tirages)",
            f"; chance {mean.en}, p = {p.en} ({null.null.en}, {null.draws} draws)",
        )
    return Words(
        f"Emboîtement NODF {shown.fr} sur 100 : 100 si les projets portés loin sont toujours aussi ceux portés près{beside.fr}.",
        f"Nestedness NODF {shown.en} of 100: 100 if projects declined far are always also declined near{beside.en}.",
    )


DRAWS = Parameter(
    "draws",
    "integer",
    199,
    Words("Tirages", "Draws"),
    Words(
        "Tableaux tirés au hasard pour comparer ; 0 : aucun ; au plus 19 au-delà de 500 projets.",
        "Tables drawn at random to compare with; 0: none; at most 19 above 500 projects.",
    ),
    minimum=0,
    maximum=10_000,
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
    "Almeida-Neto et al. 2008; Strona et al. 2014",
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
    (DRAWS, SEED),
)
