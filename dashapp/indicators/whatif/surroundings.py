"""What lies around the removed nodes, in three columns: they, what is tied to them, what that is tied to in turn."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dashapp.explorer.naming import short_caption
from pacte_graph.network.model import Network

MOST = (12, 34, 34)
"""Nodes drawn in each column: eighty in all stay readable."""
LABELS = ("Project", "Actor", "Territory")
Tie = tuple[str, str]
Ties = Mapping[str, set[str]]


@dataclass(frozen=True, slots=True)
class Place:
    """A node of the picture. ``state``: ``removed``, ``struck`` (left without project, actor or cover) or ``stays``."""

    id: str
    label: str
    text: str
    state: str


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The columns, top to bottom; the ties drawn (each once, sorted); and how many nodes of each column are left out."""

    columns: tuple[tuple[Place, ...], ...]
    ties: tuple[Tie, ...]
    left_out: tuple[int, ...]


def surroundings(network: Network, removed: Iterable[str], struck: Iterable[str], lang: str) -> Surroundings:
    """Return what to draw around ``removed``; ``struck`` are kept first where a column is too long, then those with most ties.

    Ties between two nodes of the last column are left out: they are not touched.
    """
    gone, hit = set(removed), set(struck)
    tied = ties(network, gone)
    columns: list[list[str]] = [sorted(gone)]
    columns.append(_around(tied, columns[0], gone))
    first = _kept(tied, columns[1], columns[0], hit, MOST[1])
    more = ties(network, {name for name in first if network.by_id[name].label != "Territory"})
    columns.append(_around(more, first, gone | set(columns[1])))
    shown = [_kept(tied, columns[0], columns[1], hit, MOST[0]), first, _kept(more, columns[2], first, hit, MOST[2])]
    ordered = [sorted(shown[0], key=lambda name: _named(network, name))]
    for place in (1, 2):
        ordered.append(_ordered(network, shown[place], ordered[-1], tied if place == 1 else more, hit))
    drawn = {name: place for place, column in enumerate(ordered) for name in column}
    found = {
        (min(one, other), max(one, other))
        for one, others in [*tied.items(), *more.items()]
        for other in others
        if one in drawn and other in drawn and drawn[one] + drawn[other] < 4
    }
    return Surroundings(
        tuple(tuple(_place(network, name, gone, hit, lang) for name in column) for column in ordered),
        tuple(sorted(found)),
        tuple(len(column) - len(part) for column, part in zip(columns, shown, strict=True)),
    )


def ties(network: Network, wanted: set[str]) -> dict[str, set[str]]:
    """Return node → nodes tied to it, both ways, for ties that touch ``wanted``: participation, link, declination."""
    found: dict[str, set[str]] = {}
    for type_ in ("TAKES_PART_IN", "LINKED_TO", "APPLIES_IN"):
        for link in network.links_of(type_):
            if link.source not in wanted and link.target not in wanted:
                continue
            if type_ == "APPLIES_IN" and link.properties.get("status") != "declined":
                continue
            if link.source != link.target and all(network.by_id[end].label in LABELS for end in (link.source, link.target)):
                found.setdefault(link.source, set()).add(link.target)
                found.setdefault(link.target, set()).add(link.source)
    return found


def _around(tied: Ties, column: Sequence[str], known: set[str]) -> list[str]:
    return sorted({other for name in column for other in tied.get(name, ())} - known)


def _kept(tied: Ties, names: Sequence[str], before: Sequence[str], hit: set[str], most: int) -> list[str]:
    """Return the names to draw: those struck first, then those with most ties to the other column; ties by id."""
    others = set(before)
    return sorted(names, key=lambda name: (name not in hit, -len(tied.get(name, set()) & others), name))[:most]


def _ordered(network: Network, names: Sequence[str], before: Sequence[str], tied: Ties, hit: set[str]) -> list[str]:
    """Return names by where their ties lie in the column before, so that few lines cross; then struck first, label, name."""
    row = {name: place for place, name in enumerate(before)}

    def key(name: str) -> tuple[float, bool, tuple[int, float, str, str]]:
        rows = [row[other] for other in tied.get(name, ()) if other in row]
        mean = round(sum(rows) / len(rows), 6) if rows else len(row)
        return (mean, name not in hit, _named(network, name))

    return sorted(names, key=key)


def _named(network: Network, name: str) -> tuple[int, float, str, str]:
    """Return how a node sorts: projects by number, then actors and territories by name."""
    node = network.by_id[name]
    return (LABELS.index(node.label), node.properties.get("number") or 0, node.caption.casefold(), name)


def _place(network: Network, name: str, gone: set[str], hit: set[str], lang: str) -> Place:
    node = network.by_id[name]
    number = node.properties.get("number")
    text = short_caption(node, lang)
    if node.label == "Project" and number is not None and node.properties.get("name"):
        text = f"{number} · {text}"
    return Place(name, node.label, text, "removed" if name in gone else "struck" if name in hit else "stays")
