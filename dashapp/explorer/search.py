"""Search in what the programme holds: by name, other name, number or initials, whatever the accents and case."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING

from pacte_graph.network.model import Network, Node

if TYPE_CHECKING:
    from dashapp.services import Services

LIMIT = 12
LABELS = ("Project", "Actor", "Territory", "Person")

Others = Mapping[str, Collection[str]]
"""Other names by identifier: those of the records merged into a node."""


def fold(text: str) -> str:
    """Return text without accents, case or odd spaces, for comparison.

    >>> fold("Métropole  DÉCLINÉE")
    'metropole declinee'
    """
    plain = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "OE").replace("’", "'"))
    return " ".join("".join(char for char in plain if not unicodedata.combining(char)).casefold().split())


def spellings(node: Node) -> Iterable[str]:
    """Yield every text a node may be looked for by, folded."""
    for key in ("name", "short_name", "initials", "siren", "insee_code"):
        if node.properties.get(key):
            yield fold(str(node.properties[key]))
    yield from (fold(str(alias)) for alias in node.properties.get("aliases") or ())
    if node.properties.get("number") is not None:
        number = node.properties["number"]
        yield from (str(number), f"projet {number}", f"project {number}", f"p{number}", f"n° {number}")
    yield fold(node.caption)


def merged_names(services: Services) -> Others:
    """Return the names that merged records had, by the node that stands for them now."""
    merges = services.merges()
    names = services.names([item.node.id for item in merges]) if merges else {}
    found: dict[str, list[str]] = {}
    for item in merges:
        if item.node.id in names:
            found.setdefault(item.into, []).append(names[item.node.id])
    return found


def _score(texts: Iterable[str], wanted: str) -> int | None:
    best: int | None = None
    for text in texts:
        if text == wanted:
            score = 0
        elif text.startswith(wanted):
            score = 1
        elif f" {wanted}" in text:
            score = 2
        elif wanted in text and not wanted.isdigit():
            score = 3
        else:
            continue
        best = score if best is None else min(best, score)
    return best


def find(network: Network, text: str, others: Others | None = None) -> tuple[Node, ...]:
    """Return every node that matches, best first: whole name, start of name, start of a word, anywhere; ties by label and id.

    A number finds the project of that number, not every name with that digit. Empty text finds nothing. A node is found by its
    ``others`` names too (see :func:`merged_names`).
    """
    wanted = fold(text)
    if not wanted:
        return ()
    more = others or {}
    found = []
    for node in network.nodes:
        if node.label in LABELS:
            score = _score((*spellings(node), *map(fold, more.get(node.id, ()))), wanted)
            if score is not None:
                found.append((score, LABELS.index(node.label), node.id))
    found.sort()
    return tuple(network.by_id[identifier] for _, _, identifier in found)
