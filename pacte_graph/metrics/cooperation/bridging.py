"""C18: the pairs of actors of different kinds that one project alone brings together (bridge projects)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from pacte_graph.metrics import words
from pacte_graph.metrics.column import Column
from pacte_graph.metrics.cooperation.brokerage import numbered
from pacte_graph.metrics.cooperation.pairs import only_here
from pacte_graph.metrics.cooperation.projection import TWO_MODE
from pacte_graph.metrics.cooperation.reach_of_kinds import MODULE, modules
from pacte_graph.metrics.model import Metric, MetricResult
from pacte_graph.network.model import Network
from pacte_graph.network.views import incidence
from pacte_graph.schema.kinds import Words

UNWEIGHTED = Words("chaque paire compte pour une", "each pair counts for one")
_PAIR, _PAIRS = Words("paire", "pair"), Words("paires", "pairs")


def _bridging(network: Network, parameters: Mapping[str, Any]) -> MetricResult:
    found = incidence(network)
    told = modules(network, found.actors, parameters["module"])
    _, groups = numbered(told)
    known = np.array([name != "unknown" for name in told], dtype=bool)
    only = only_here(found.matrix, np.where(known, groups, -1) if len(groups) else groups)
    counts = np.bincount(only.project, minlength=len(found.projects))
    nodes = tuple(network.by_id[name] for name in found.projects)
    starts = np.searchsorted(only.project, np.arange(len(nodes) + 1))
    same = parameters["module"] == "kind"

    def sentence(place: int) -> Words:
        name, shown = words.quoted(nodes[place]), words.count(int(counts[place]), _PAIR, _PAIRS)
        of = (
            Words("de familles différentes", "of different kinds")
            if same
            else Words("de territoires différents", "of different territories")
        )
        if counts[place] == 0:
            return Words(
                f"{name.fr} ne réunit aucune paire d'acteurs {of.fr} qu'un autre projet ne réunisse déjà.",
                f"{name.en} brings together no pair of actors {of.en} that another project does not.",
            )
        at = starts[place]
        first, second = (network.by_id[found.actors[side[at]]] for side in (only.first, only.second))
        left, right = words.quoted(first), words.quoted(second)
        return Words(
            f"{name.fr} est seul à réunir {shown.fr} d'acteurs {of.fr}, par exemple {left.fr} et {right.fr}.",
            f"{name.en} alone brings together {shown.en} of actors {of.en}, for instance {left.en} and {right.en}.",
        )

    values = Column(nodes, counts, sentence, words.scope(network, UNWEIGHTED), whole=True)
    unknown = {f"actors_of_unknown_{parameters['module']}": told.count("unknown")}
    details = {"projects": found.projects, "actors": found.actors, "pairs": only}
    return MetricResult("bridging", network.scope, parameters, values, UNWEIGHTED.fr, unknown, details)


BRIDGING = Metric(
    "bridging",
    "C18",
    Words("Projets ponts", "Bridge projects"),
    Words(
        "Les paires d'acteurs de familles (ou de territoires) différentes qu'un projet est seul à réunir.",
        "The pairs of actors of different kinds (or territories) that a project alone brings together.",
    ),
    r"\Delta X_p = \#\{\{i,j\} \subset p : \tau_i \ne \tau_j,\ \nexists\, q \ne p : \{i,j\} \subset q\}",
    "Borgatti & Everett 1997",
    TWO_MODE,
    Words("paires d'acteurs", "pairs of actors"),
    Words(
        "Une paire dont un acteur a une famille inconnue ne compte pas ; ces acteurs sont comptés à part.",
        "A pair with an actor of unknown kind does not count; such actors are counted apart.",
    ),
    "O(Σ n²)",
    Words(
        "« … » est seul à réunir … paires d'acteurs de familles différentes, par exemple « … » et « … ».",
        "“…” alone brings together … pairs of actors of different kinds, for instance “…” and “…”.",
    ),
    words.STRUCTURE,
    _bridging,
    (MODULE,),
)
