"""A graph as its file states it, before anything is made of it: nodes, links, attributes, and what can't be taken."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from importers.refusing import nothing_taken
from importers.telling import quoted, thousands
from pacte_graph.errors import DataRefused, Told, tell
from pacte_graph.records import NotUnderstood, Rejected, Where

MAX_BYTES = 200_000_000
MAX_CELL = 200_000
MAX_ATTRIBUTES = 10_000
MAX_DEPTH = 64

SECOND_GRAPH = Told("A second graph in the file is not read", "Un second réseau dans le fichier n'est pas lu")
"""Said by the readers of formats whose files may hold several."""

Cell = str | int | float | bool | list[str]
"""What an attribute may hold in a file: JSON has types, the other formats give texts."""

Attributes = dict[str, Cell]


@dataclass(frozen=True, slots=True)
class RawNode:
    """One node of the file. ``attributes`` keep the file's own names."""

    id: str
    attributes: Attributes
    where: Where


@dataclass(frozen=True, slots=True)
class RawLink:
    """One link of the file, its ends in the order they are written. ``directed`` is None when the file doesn't say."""

    source: str
    target: str
    attributes: Attributes
    where: Where
    directed: bool | None = None


@dataclass(slots=True)
class RawGraph:
    """What one file holds. Readers fill it, then call :meth:`finish`."""

    file: str
    creates: bool = False
    """True where a link makes its ends exist (Pajek, edge lists); elsewhere a link to an undeclared node is rejected."""
    nodes: dict[str, RawNode] = field(default_factory=dict)
    links: list[RawLink] = field(default_factory=list)
    about: Attributes = field(default_factory=dict)
    """Attributes of the graph itself."""
    first_mode: frozenset[str] | None = None
    """The nodes of the first mode, when the format itself says that the network is two-mode."""
    categories: list[str] = field(default_factory=list)
    """Attributes that sort nodes into categories (Pajek's partitions)."""
    rejected: list[Rejected] = field(default_factory=list)
    not_understood: list[NotUnderstood] = field(default_factory=list)
    _noticed: dict[str, int] = field(default_factory=dict)
    _places: dict[str, int | None] = field(default_factory=dict)
    _names: set[str] = field(default_factory=set)

    def add_node(self, identifier: str | None, attributes: Attributes, where: Where) -> None:
        """Take a node, or reject it when it has no identifier or one that was given before."""
        name = (identifier or "").strip()
        self._check(attributes, where)
        if not name:
            self.reject(
                where, str(attributes.get("label", "")), Told("The node has no identifier.", "Le nœud n'a pas d'identifiant.")
            )
        elif name in self.nodes:
            self.reject(where, name, _already(self.nodes[name]))
        else:
            self.nodes[name] = RawNode(name, attributes, where)

    def add_link(
        self, source: str | None, target: str | None, attributes: Attributes, where: Where, *, directed: bool | None = None
    ) -> None:
        """Take a link, or reject it when an end is missing."""
        ends = [(end or "").strip() for end in (source, target)]
        self._check(attributes, where)
        if all(ends):
            self.links.append(RawLink(ends[0], ends[1], attributes, where, directed))
        else:
            self.reject(
                where, " → ".join(ends), Told("The link lacks one of its ends.", "Il manque au lien une de ses extrémités.")
            )

    def reject(self, where: Where, value: str, reason: str) -> None:
        """List something that was understood and refused."""
        place = f"{where.column}: " if where.line is None and where.column else ""
        self.rejected.append(Rejected(self.file, where.line, None, f"{place}{value}"[:200], reason))

    def notice(self, text: str, where: Where | None = None) -> None:
        """Count something that nothing here understands; it is listed once, with its first line and its count."""
        self._places.setdefault(text, where.line if where else None)
        self._noticed[text] = self._noticed.get(text, 0) + 1

    def settle(self) -> None:
        """Turn what was noticed into the list that is shown."""
        for text, count in self._noticed.items():
            told = tell("{text} ({count} times)", "{text} ({count} fois)", text=text, count=count) if count > 1 else text
            self.not_understood.append(NotUnderstood(self.file, self._places[text], None, told))
        self._noticed.clear()

    def finish(self) -> RawGraph:
        """Return the graph once every link has both ends: made, or the link rejected. Raises DataRefused when it is empty."""
        kept = []
        for link in self.links:
            missing = [end for end in (link.source, link.target) if end not in self.nodes]
            if missing and not self.creates:
                self.reject(link.where, f"{link.source} → {link.target}", _undeclared(missing[0]))
                continue
            for end in missing:
                self.nodes.setdefault(end, RawNode(end, {}, link.where))
            kept.append(link)
        self.links = kept
        if not self.nodes:
            raise self._empty()
        return self

    def _empty(self) -> DataRefused:
        if self.rejected:
            return nothing_taken(tell("{file} holds no node", "{file} n'a donné aucun nœud", file=self.file), self.rejected)
        return DataRefused(
            tell("{file} holds no node.", "{file} ne contient aucun nœud.", file=self.file),
            hint=Told("Look whether it is the file you meant.", "Vérifiez que c'est bien le fichier voulu."),
        )

    def plain(self, item: Mapping[Any, Any], where: Where, *left: str) -> Attributes:
        """Return the values that are texts, numbers, booleans or lists of texts; nested ones are listed; null is unknown."""
        found: Attributes = {}
        for key, value in item.items():
            name = str(key)
            if name in left or value is None or value in ("", []):
                continue
            if isinstance(value, str | int | float):
                found[name] = value
            elif isinstance(value, list) and all(isinstance(part, str) for part in value):
                found[name] = [part for part in value if part]
            else:
                self.notice(_nested(name), where)
        return found

    def _check(self, attributes: Attributes, where: Where) -> None:
        self._names.update(attributes)
        if len(self._names) > MAX_ATTRIBUTES:
            raise DataRefused(
                tell(
                    "{file} has more than {most} attributes.",
                    "{file} a plus de {most} attributs.",
                    file=self.file,
                    most=thousands(MAX_ATTRIBUTES),
                ),
                hint=Told("Keep those you need.", "Gardez ceux dont vous avez besoin."),
            )
        for name, value in attributes.items():
            if sum(map(len, texts(value))) > MAX_CELL or len(name) > MAX_CELL:
                raise too_long(where, name)


def too_long(where: Where, name: str) -> DataRefused:
    """Return the refusal of a file for a text that no cell of a network ever needs."""
    return DataRefused(
        tell(
            "{where}: “{name}” is longer than {most} characters.",
            "{where} : « {name} » dépasse {most} caractères.",
            where=where,
            name=name[:40],
            most=thousands(MAX_CELL),
        ),
        hint=Told("Shorten it.", "Raccourcissez-le."),
    )


def _already(node: RawNode) -> Told:
    return tell("Another node has this identifier, at {where}.", "Un autre nœud a cet identifiant : {where}.", where=node.where)


def _undeclared(end: str) -> Told:
    return tell("No node {end} is declared.", "Aucun nœud {end} n'est déclaré.", end=quoted(end[:80]))


def _nested(name: str) -> Told:
    return tell("The nested value of “{name}” is not read", "La valeur imbriquée de « {name} » n'est pas lue", name=name[:80])


def texts(value: Cell) -> Iterable[str]:
    """Return the texts in a value; none for a number."""
    if isinstance(value, list):
        return value
    return (value,) if isinstance(value, str) else ()
