"""A network as a file that Gephi, Cytoscape, networkx, Pajek or a spreadsheet opens: one writer a suffix."""

from __future__ import annotations

from collections.abc import Callable

from pacte_graph.errors import Told, UsageError, tell
from pacte_graph.exchange.graph import clean, graph_of
from pacte_graph.exchange.markup import gexf, graphml
from pacte_graph.exchange.nodelink import json_text
from pacte_graph.exchange.pajek import pajek
from pacte_graph.exchange.table import edge_list
from pacte_graph.network import Network

Writer = Callable[[Network, str], bytes]
"""Takes a network and the language of captions (``fr`` or ``en``); gives the whole file."""

WRITERS: dict[str, Writer] = {
    ".graphml": lambda network, language: graphml(graph_of(network, language)),
    ".gexf": lambda network, language: gexf(graph_of(network, language)),
    ".net": lambda network, language: pajek(graph_of(network, language)),
    ".json": lambda network, language: json_text(graph_of(network, language, lists=True)),
    ".csv": lambda network, language: edge_list(graph_of(network, language)),
}
"""What each suffix is written by. A format is added by adding its line."""
WORKBOOK = ".xlsx"
"""The suffix of a workbook, which ``pacte_graph.workbook`` writes from the whole database."""


def writer(suffix: str) -> Writer:
    """Return the writer of a suffix (``.gexf``), whatever its case. Raises UsageError naming the suffixes there are."""
    found = WRITERS.get(suffix.lower())
    if found is None:
        raise UsageError(
            tell(
                "There is no export to “{suffix}”.",
                "Il n'y a pas d'export vers « {suffix} ».",
                suffix=suffix or Told("a file without suffix", "un fichier sans suffixe"),
            ),
            hint=tell("Suffixes: {known}.", "Suffixes : {known}.", known=", ".join(sorted([*WRITERS, WORKBOOK]))),
        )
    return found


__all__ = ["WORKBOOK", "WRITERS", "Writer", "clean", "gexf", "graph_of", "graphml", "writer"]
