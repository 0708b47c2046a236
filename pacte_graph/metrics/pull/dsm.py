"""E11: what changing a project touches by rebound, and which projects form loops (design structure matrix)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import networkx as nx
import numpy as np
from scipy import sparse

from pacte_graph.metrics import words
from pacte_graph.metrics.column import Column, Joined
from pacte_graph.metrics.model import Metric, MetricResult, Value
from pacte_graph.metrics.pull.declared import NO_LINK, PROJECT_LINKS, declared, undefined
from pacte_graph.network.model import Network, Node
from pacte_graph.schema.kinds import Words

Vector = np.ndarray[Any, Any]
LARGEST = 10_000
UNWEIGHTED = Words("liens déclarés, sans poids", "declared links, unweighted")
TOO_LARGE = Words(
    f"plus de {LARGEST} projets sont liés, trop pour la matrice de visibilité",
    f"more than {LARGEST} projects are linked, too many for the visibility matrix",
)


@dataclass(frozen=True)
class Visibility:
    """Who is touched by whom in any number of steps, oneself included.

    ``fan_out``/``fan_in``: how many each touches, and is touched by (counts, at least 1). ``cost``: share of all ordered
    pairs that are touched (None for no element). ``blocks``: strongly connected parts of two and more, largest first.
    ``order``: places so that what touches comes before what is touched, each block together.
    """

    fan_out: Vector
    fan_in: Vector
    cost: float | None
    blocks: tuple[tuple[int, ...], ...]
    order: tuple[int, ...]


def visibility(matrix: sparse.csr_array) -> Visibility:
    """Return the visibility of a dependency matrix (n × n, row touches column, weights and diagonal ignored).

    Blocks are condensed, then each block's reach is a row of bits, the union of those after it: O(n·m/8) at worst.
    Ties in the order go to the least place. Source: MacCormack, Rusnak & Baldwin 2006.
    """
    size = matrix.shape[0]
    linked = np.flatnonzero((np.diff(matrix.indptr) > 0) | (np.diff(sparse.csc_array(matrix).indptr) > 0))
    fan_out, fan_in = np.ones(size), np.ones(size)
    block = sparse.csr_array(matrix[linked][:, linked])
    count, labels = sparse.csgraph.connected_components(block, directed=True, connection="strong")
    first = np.full(count, len(linked))
    np.minimum.at(first, labels, np.arange(len(linked)))
    condensed: nx.DiGraph[int] = nx.DiGraph()
    condensed.add_nodes_from(range(count))
    rows, columns = block.nonzero()
    pairs = {(int(a), int(b)) for a, b in zip(labels[rows], labels[columns], strict=True) if a != b}
    condensed.add_edges_from(sorted(pairs))
    ordered = list(nx.lexicographical_topological_sort(condensed, key=lambda part: int(first[part])))
    out, into = _reach(condensed, ordered, np.bincount(labels, minlength=count))
    fan_out[linked], fan_in[linked] = out[labels], into[labels]
    members: list[list[int]] = [[] for _ in range(count)]
    for at, label in enumerate(labels.tolist()):
        members[label].append(int(linked[at]))
    loops = sorted((tuple(part) for part in members if len(part) > 1), key=lambda part: (-len(part), part))
    apart = sorted(set(range(size)) - set(linked.tolist()))
    order = tuple(place for part in ordered for place in members[part]) + tuple(apart)
    return Visibility(fan_out, fan_in, float(fan_out.sum()) / size**2 if size else None, tuple(loops), order)


def _reach(condensed: nx.DiGraph[int], ordered: list[int], sizes: Vector) -> tuple[Vector, Vector]:
    count = len(ordered)
    bits = np.zeros((count, (count + 7) // 8), dtype=np.uint8)
    out, into = np.zeros(count), np.zeros(count)
    for part in reversed(ordered):
        bits[part, part >> 3] |= np.uint8(128 >> (part & 7))
        for after in condensed.successors(part):
            bits[part] |= bits[after]
        touched = np.unpackbits(bits[part], count=count).astype(bool)
        out[part] = sizes[touched].sum()
        into[touched] += sizes[part]
    return out, into


def _dsm(network: Network, parameters: Mapping[str, Any]) -> MetricResult:
    found = declared(network)
    nodes = tuple(network.by_id[name] for name in found.ids)
    ending = words.scope(network, UNWEIGHTED)
    linked = int(((np.diff(found.matrix.indptr) > 0) | (np.diff(sparse.csc_array(found.matrix).indptr) > 0)).sum())
    why = NO_LINK if not linked else TOO_LARGE if linked > LARGEST else None
    if why is not None:
        blank = np.full(len(nodes), np.nan)
        columns = [_column(nodes, side, blank, blank, why, ending) for side in ("fan_out", "fan_in")]
        said = Words(f"Coût de propagation non défini, car {why.fr}.", f"Propagation cost undefined, for {why.en}.")
        whole = Value(None, "", "", None, words.ended(said, ending), dimension={"measure": "propagation_cost"})
        return MetricResult(
            "dependency_structure", network.scope, parameters, Joined(*columns, (whole,)), UNWEIGHTED.fr, found.unknown, {}
        )
    told, sure = visibility(found.matrix), visibility(found.low)
    size = len(nodes)
    columns = [
        _column(nodes, side, getattr(told, side) / size, getattr(sure, side) / size, None, ending)
        for side in ("fan_out", "fan_in")
    ]
    member = {place: number for number, block in enumerate(told.blocks, 1) for place in block}
    rows = [
        {
            "id": nodes[place].id,
            "label": nodes[place].caption,
            "order": at,
            "block": member.get(place),
            "fan_out": float(told.fan_out[place]) / size,
            "fan_in": float(told.fan_in[place]) / size,
        }
        for at, place in enumerate(told.order, 1)
    ]
    details = {"rows": rows, "blocks": [[found.ids[place] for place in block] for block in told.blocks], "matrix": found.matrix}
    values = Joined(*columns, _whole(nodes, told, sure, ending))
    return MetricResult("dependency_structure", network.scope, parameters, values, UNWEIGHTED.fr, found.unknown, details)


def _whole(nodes: tuple[Node, ...], told: Visibility, sure: Visibility, ending: Words) -> tuple[Value, ...]:
    shown = words.percent(told.cost or 0.0)
    said = [_together(nodes, block) for block in told.blocks]
    french = said[0].fr if said else "aucune boucle : les projets peuvent se piloter dans l'ordre"
    english = said[0].en if said else "no loop: the projects can be steered in order"
    more = (
        words.count(len(said) - 1, Words("autre boucle", "other loop"), Words("autres boucles", "other loops"))
        if len(said) > 1
        else None
    )
    also = (f" ({more.fr})", f" ({more.en})") if more else ("", "")
    cost = Words(
        f"Modifier un projet au hasard touche {shown.fr} des projets par ricochet, lui compris ; {french}{also[0]}.",
        f"Changing a project at random touches {shown.en} of the projects by rebound, itself included; {english}{also[1]}.",
    )
    values = [
        Value(None, "", "", told.cost, words.ended(cost, ending), None, sure.cost, told.cost, {"measure": "propagation_cost"})
    ]
    for number, (block, sentence) in enumerate(zip(told.blocks, said, strict=True), 1):
        whole = Words(sentence.fr[:1].upper() + sentence.fr[1:] + ".", sentence.en[:1].upper() + sentence.en[1:] + ".")
        values.append(
            Value(None, "", "", len(block), words.ended(whole, ending), dimension={"measure": "block", "block": number})
        )
    return tuple(values)


def _together(nodes: tuple[Node, ...], block: tuple[int, ...]) -> Words:
    quoted = [words.quoted(nodes[place]) for place in block]
    french, english = words.listed([name.fr for name in quoted], "fr"), words.listed([name.en for name in quoted], "en")
    return Words(
        f"les projets {french} forment une boucle et se pilotent ensemble",
        f"the projects {english} form a loop and are steered together",
    )


def _column(nodes: tuple[Node, ...], side: str, shares: Vector, sure: Vector, why: Words | None, ending: Words) -> Column:
    size = len(nodes)

    def sentence(place: int) -> Words:
        named = words.quoted(nodes[place])
        if why is not None:
            return undefined(named, why)
        others = round(float(shares[place]) * size) - 1
        shown = words.count(others, Words("autre projet", "other project"), Words("autres projets", "other projects"))
        of = words.number(size - 1)
        if side == "fan_out" and not others:
            return Words(f"Modifier {named.fr} ne touche aucun autre projet.", f"Changing {named.en} touches no other project.")
        if side == "fan_out":
            return Words(
                f"Modifier {named.fr} touche {shown.fr} sur {of.fr}, de proche en proche.",
                f"Changing {named.en} touches {shown.en} of {of.en}, step by step.",
            )
        if not others:
            return Words(
                f"{named.fr} n'est touché par la modification d'aucun autre projet.",
                f"{named.en} is touched by changes to no other project.",
            )
        return Words(
            f"{named.fr} est touché par la modification de {shown.fr} sur {of.fr}, de proche en proche.",
            f"{named.en} is touched by changes to {shown.en} of {of.en}, step by step.",
        )

    return Column(nodes, shares, sentence, ending, dimension={"measure": side}, bounds=(sure, shares))


DEPENDENCY_STRUCTURE = Metric(
    "dependency_structure",
    "E11",
    Words("Structure de dépendance", "Dependency structure"),
    Words(
        "Quelle part des projets un changement touche de proche en proche, et quels projets, en boucle, se pilotent ensemble.",
        "What share of the projects a change touches step by step, and which projects, in a loop, are steered together.",
    ),
    r"V = [\,(I + A)^{n} > 0\,],\quad \mathrm{VFO}_i = \tfrac1n \sum_j v_{ij},\quad \mathrm{PC} = \tfrac1{n^2} \sum_{ij} v_{ij}",
    "MacCormack, Rusnak & Baldwin 2006",
    PROJECT_LINKS,
    Words("part des projets, soi compris", "share of the projects, itself included"),
    Words(
        "Un lien sans sens se parcourt dans les deux sens ; la borne basse ne garde que les liens dont le sens est déclaré. "
        "Sans aucun lien déclaré, rien n'est défini.",
        "A link without direction is walked both ways; the low bound keeps only links with a stated direction. "
        "Without any declared link, nothing is defined.",
    ),
    "O(n · m), n ≤ 10 000",
    Words(
        "Modifier un projet au hasard touche … % des projets par ricochet ; les projets « … » forment une boucle et se "
        "pilotent ensemble.",
        "Changing a project at random touches …% of the projects by rebound; the projects “…” form a loop and are "
        "steered together.",
    ),
    words.POTENTIAL,
    _dsm,
)
