"""C9 as a metric: how often each actor ties two others that do not work together, by the kinds it ties."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from pacte_graph.metrics import words
from pacte_graph.metrics.column import Column, Joined
from pacte_graph.metrics.cooperation.brokerage import UNDIRECTED, expected, numbered, roles, standardised
from pacte_graph.metrics.cooperation.projection import tied
from pacte_graph.metrics.cooperation.triangles import Ties, ties
from pacte_graph.metrics.model import Metric, MetricResult
from pacte_graph.network.model import Network
from pacte_graph.network.views import remembered
from pacte_graph.schema.kinds import Words

PROJECTION = Words("coopération entre acteurs (projets partagés)", "cooperation between actors (shared projects)")
UNWEIGHTED = Words("liens sans poids", "ties without weight")
ROLE_WORDS = {
    "coordinator": Words("coordinateur : entre deux acteurs de sa famille", "coordinator: between two actors of its own kind"),
    "itinerant": Words("consultant : entre deux acteurs d'une même autre famille", "consultant: between two of one other kind"),
    "boundary": Words("passeur vers l'extérieur : entre sa famille et une autre", "gatekeeper: between its own kind and another"),
    "liaison": Words("agent de liaison : entre deux autres familles", "liaison: between two other kinds"),
}
_PAIR, _PAIRS = Words("paire", "pair"), Words("paires", "pairs")


def tied_pairs(network: Network) -> tuple[tuple[str, ...], Ties]:
    """Return the actors and their ties by shared projects; made once for a snapshot."""
    names, matrix = tied(network)
    return names, remembered(network, "ties", lambda: ties(matrix))


def _brokerage(network: Network, parameters: Mapping[str, Any]) -> MetricResult:
    names, found = tied_pairs(network)
    nodes = tuple(network.by_id[name] for name in names)
    kinds, groups = numbered([node.group for node in nodes])
    counts = roles(found, groups)
    totals = counts.sum(axis=1)
    size = len(names)
    density = 2 * len(found.first) / (size * (size - 1)) if size > 1 else 0.0
    sizes = np.bincount(groups, minlength=len(kinds))
    chance = expected(sizes.tolist(), density, directed=False)
    scores = standardised(np.column_stack([counts, totals]), groups, chance) if size else np.zeros((0, 5))
    ending = words.scope(network, UNWEIGHTED)
    columns = [
        Column(
            nodes,
            totals,
            lambda place: _sentence(words.quoted(nodes[place]), counts[place]),
            ending,
            dimension={"role": "total"},
            whole=True,
        )
    ]
    for at, role in enumerate(UNDIRECTED):
        columns.append(_column(nodes, counts[:, at], role, ending))
    unknown = {"actors_of_unknown_kind": sum(node.group == "unknown" for node in nodes)}
    details = {
        "ids": names,
        "roles": UNDIRECTED,
        "counts": counts,
        "z": scores,
        "expected": {kind: chance[at].mean.tolist() for at, kind in enumerate(kinds)},
        "sd": {kind: chance[at].sd.tolist() for at, kind in enumerate(kinds)},
    }
    return MetricResult("brokerage", network.scope, parameters, Joined(*columns), UNWEIGHTED.fr, unknown, details)


def _column(nodes: tuple[Any, ...], numbers: Any, role: str, ending: Words) -> Column:
    def sentence(place: int) -> Words:
        name, shown = words.quoted(nodes[place]), words.count(int(numbers[place]), _PAIR, _PAIRS)
        return Words(
            f"{name.fr} relie {shown.fr} d'acteurs qui ne travaillent pas ensemble, comme {ROLE_WORDS[role].fr}.",
            f"{name.en} ties {shown.en} of actors that do not work together, as {ROLE_WORDS[role].en}.",
        )

    return Column(nodes, numbers, sentence, ending, dimension={"role": role}, whole=True)


def _sentence(name: Words, counts: Any) -> Words:
    total = int(counts.sum())
    if total == 0:
        return Words(
            f"{name.fr} ne relie personne : ses partenaires travaillent déjà ensemble, ou il en a moins de deux.",
            f"{name.en} ties nobody: its partners already work together, or it has fewer than two.",
        )
    shown = words.count(total, _PAIR, _PAIRS)
    across = words.percent((total - int(counts[0]) - int(counts[1])) / total)
    return Words(
        f"{name.fr} est un passeur : relie {shown.fr} d'acteurs qui ne travaillent pas ensemble, dont {across.fr} de familles "
        "différentes.",
        f"{name.en} is a broker: ties {shown.en} of actors that do not work together, {across.en} of them of different kinds.",
    )


BROKERAGE = Metric(
    "brokerage",
    "C9",
    Words("Passeurs entre familles", "Brokers between kinds"),
    Words(
        "Combien de paires d'acteurs qui ne travaillent pas ensemble chacun relie, selon les familles qu'il relie.",
        "How many pairs of actors that do not work together each one ties, by the kinds it ties.",
    ),
    r"b_v = \#\{\{a,b\} : a \sim v \sim b,\ a \not\sim b\}",
    "Gould & Fernandez 1989; Jasny & Lubell 2015",
    PROJECTION,
    Words("paires d'acteurs", "pairs of actors"),
    Words(
        "Les acteurs de famille inconnue forment une famille à part, et sont comptés.",
        "Actors of unknown kind are a kind of their own, and are counted.",
    ),
    "O(triangles)",
    Words(
        "« … » est un passeur : relie … paires d'acteurs qui ne travaillent pas ensemble, dont … % de familles différentes.",
        "“…” is a broker: ties … pairs of actors that do not work together, …% of them of different kinds.",
    ),
    Words(
        "Deux acteurs peuvent se connaître hors des projets chargés. Les scores z comparent à des liens tirés au hasard.",
        "Two actors may know each other outside the projects loaded. The z-scores compare with ties drawn at random.",
    ),
    _brokerage,
)
