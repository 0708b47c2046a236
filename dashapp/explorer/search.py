"""Search in what the programme holds: by name, other name, number or initials, whatever the accents and case."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from pacte_graph.network.model import Network, Node

LIMIT = 12
LABELS = ("Project", "Actor", "Territory", "Person")


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


def _score(node: Node, wanted: str) -> int | None:
    best: int | None = None
    for text in spellings(node):
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


def find(network: Network, text: str) -> tuple[Node, ...]:
    """Return every node that matches, best first: whole name, start of name, start of a word, anywhere; ties by label and id.

    A number finds the project of that number, not every name with that digit. Empty text finds nothing.
    """
    wanted = fold(text)
    if not wanted:
        return ()
    scored = [(_score(node, wanted), LABELS.index(node.label), node.id, node) for node in network.nodes if node.label in LABELS]
    found = sorted(row[:3] for row in scored if row[0] is not None)
    return tuple(network.by_id[identifier] for _, _, identifier in found)
