"""GraphML, as networkx, Gephi, Cytoscape and yEd write it: nodes, edges and their declared data."""

from __future__ import annotations

from dataclasses import dataclass, field

from importers.graphe.markup import Tag, tags
from importers.graphe.raw import SECOND_GRAPH, Attributes, RawGraph
from pacte_graph.errors import DataRefused, Told, tell
from pacte_graph.records import Where

_UNREAD = {
    "hyperedge": Told("A hyperedge is not read", "Un lien entre plus de deux nœuds (hyperedge) n'est pas lu"),
    "port": Told("A port of a node is not read", "Un point d'attache d'un nœud (port) n'est pas lu"),
}
_DESCRIPTION = Told("A description (<desc>) is not read", "Une description (<desc>) n'est pas lue")
_PORT = Told("A port of a link is not read", "Un point d'attache d'un lien (port) n'est pas lu")
_NESTED = Told(
    "A graph inside a node: its nodes are taken, what contains them is not read",
    "Un réseau à l'intérieur d'un nœud : ses nœuds sont pris, ce qui les contient n'est pas lu",
)


@dataclass(slots=True)
class _Key:
    """A declared attribute: its name, what it is for, its default."""

    name: str
    scope: str
    default: str | None = None


@dataclass(slots=True)
class _Open:
    """A node, an edge or the graph whose end has not come yet."""

    tag: Tag
    told: Attributes = field(default_factory=dict)


class _Reader:
    """The state of one reading: what is open, the attributes declared, the graph so far."""

    def __init__(self, name: str) -> None:
        self.graph = RawGraph(name)
        self.keys: dict[str, _Key] = {}
        self.open: list[_Open] = []
        self.path: list[str] = []
        self.data: str | None = None
        self.key: _Key | None = None
        self.graphs = 0
        self.skipping = 0

    def take(self, tag: Tag) -> None:
        """Read one start or end."""
        if self.skipping:
            self.skipping += 1 if tag.start else -1
        elif tag.start:
            self._start(tag)
        else:
            self._end(tag)

    def _start(self, tag: Tag) -> None:
        if not self.path and tag.name != "graphml":
            raise DataRefused(
                tell(
                    "{file} is not GraphML: it starts with <{tag}>.",
                    "{file} n'est pas du GraphML : il commence par <{tag}>.",
                    file=self.graph.file,
                    tag=tag.name,
                )
            )
        if self.data is not None or tag.name in _UNREAD or not self._known(tag):
            self._skip(tag)
            return
        self.path.append(tag.name)
        if tag.name == "key":
            self.key = _Key(tag.attributes.get("attr.name") or tag.attributes.get("id", ""), tag.attributes.get("for", "all"))
            self.keys[tag.attributes.get("id", "")] = self.key
        elif tag.name == "data":
            self.data = tag.attributes.get("key", "")
        elif tag.name in {"graph", "node", "edge"}:
            self.open.append(_Open(tag))

    def _known(self, tag: Tag) -> bool:
        if tag.name == "graph":
            self.graphs += len(self.path) == 1
            return len(self.path) > 1 or self.graphs == 1
        return tag.name in {"graphml", "key", "default", "desc", "data", "node", "edge"}

    def _skip(self, tag: Tag) -> None:
        self.skipping = 1
        told = _UNREAD.get(tag.name) or (SECOND_GRAPH if tag.name == "graph" else _inside(tag.name, self.path[-1]))
        self.graph.notice(told, Where(self.graph.file, tag.line))

    def _end(self, tag: Tag) -> None:
        self.path.pop()
        if tag.name == "default" and self.key:
            self.key.default = tag.text
        elif tag.name == "key":
            self.key = None
        elif tag.name == "data":
            self._data(tag)
        elif tag.name == "desc" and tag.text.strip():
            self.graph.notice(_DESCRIPTION, Where(self.graph.file, tag.line))
        elif tag.name in {"graph", "node", "edge"}:
            self._close(self.open.pop())

    def _data(self, tag: Tag) -> None:
        identifier, self.data = self.data or "", None
        key = self.keys.get(identifier)
        where = Where(self.graph.file, tag.line)
        if key is None:
            self.graph.notice(_undeclared(identifier[:80]), where)
        elif not self.open:
            self.graph.notice(_of_file(key.name[:80]), where)
        elif tag.text:
            self.open[-1].told[key.name] = tag.text

    def _close(self, done: _Open) -> None:
        scope, attributes = done.tag.name, done.tag.attributes
        defaults = {key.name: key.default for key in self.keys.values() if key.default and key.scope in {scope, "all"}}
        where, told = Where(self.graph.file, done.tag.line), {**defaults, **done.told}
        if scope == "node":
            self.graph.add_node(attributes.get("id"), told, where)
        elif scope == "edge":
            stated = attributes.get("directed")
            directed = stated == "true" if stated else self.open[0].tag.attributes.get("edgedefault", "directed") == "directed"
            if {"sourceport", "targetport"} & attributes.keys():
                self.graph.notice(_PORT, where)
            self.graph.add_link(attributes.get("source"), attributes.get("target"), told, where, directed=directed)
        elif self.open:
            self.graph.notice(_NESTED, where)
        else:
            self.graph.about = told


def _inside(tag: str, parent: str) -> Told:
    return tell("<{tag}> inside <{parent}> is not read", "<{tag}> dans <{parent}> n'est pas lu", tag=tag, parent=parent)


def _undeclared(name: str) -> Told:
    return tell(
        "Data of the undeclared key “{name}” is not read",
        "Les valeurs de l'attribut « {name} », qui n'est pas déclaré, ne sont pas lues",
        name=name,
    )


def _of_file(name: str) -> Told:
    return tell("Data “{name}” of the whole file is not read", "La valeur « {name} » du fichier entier n'est pas lue", name=name)


def read(data: bytes, name: str) -> RawGraph:
    """Return the first graph of a GraphML file. Raises DataRefused when it isn't one, or isn't safe to read."""
    reader = _Reader(name)
    for tag in tags(data, name):
        reader.take(tag)
    return reader.graph.finish()
