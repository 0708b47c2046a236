"""GEXF 1.1 to 1.3, as Gephi and networkx write it: nodes, edges, declared attributes, dates of start and end."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from importers.graphe.markup import Tag, tags
from importers.graphe.raw import SECOND_GRAPH, Attributes, RawGraph
from pacte_graph.errors import DataRefused, Told, tell
from pacte_graph.records import Where

_PARENTS = Told(
    "The hierarchy of nodes (parents) is not read", "La hiérarchie des nœuds (nœuds qui en contiennent d'autres) n'est pas lue"
)
_OWN = {"id", "source", "target", "type", "start", "end", "startopen", "endopen", "label", "weight"}
_ENDS = {"start": "since", "end": "until", "startopen": "since", "endopen": "until"}
_QUIET = {
    "nodes", "edges", "attributes", "attribute", "default", "options", "attvalues", "attvalue", "spells", "spell",
    "gexf", "meta", "creator", "title", "description", "keywords", "lastmodified", "parents", "parent", "slices", "slice",
}  # fmt: skip


@dataclass(slots=True)
class _Open:
    """A node or an edge whose end has not come yet: its own tag, its attributes, its spells."""

    tag: Tag
    told: Attributes = field(default_factory=dict)
    spells: int = 0


class _Reader:
    """The state of one reading."""

    def __init__(self, name: str) -> None:
        self.graph = RawGraph(name)
        self.titles: dict[tuple[str, str], str] = {}
        self.defaults: dict[str, Attributes] = {"node": {}, "edge": {}}
        self.kind = "node"
        self.title = ""
        self.directed: bool | None = None
        self.open: list[_Open] = []
        self.started = False
        self.graphs = 0

    def take(self, tag: Tag) -> None:
        """Read one start or end; drawing (the ``viz`` namespace) is ignored by name on the card."""
        if not self.started and tag.name != "gexf":
            raise DataRefused(
                tell(
                    "{file} is not GEXF: it starts with <{tag}>.",
                    "{file} n'est pas du GEXF : il commence par <{tag}>.",
                    file=self.graph.file,
                    tag=tag.name,
                )
            )
        self.started = True
        if tag.space.rstrip("/").endswith("viz") or self.graphs > 1:
            return
        if tag.start:
            self._start(tag, Where(self.graph.file, tag.line))
        elif tag.name in {"node", "edge"}:
            self._close(self.open.pop())
        elif tag.name == "default" and tag.text:
            self.defaults[self.kind][self.title] = tag.text

    def _start(self, tag: Tag, where: Where) -> None:
        if tag.name == "graph":
            self.graphs += 1
            self.directed = _directed(tag.attributes.get("defaultedgetype", "undirected"))
            if self.graphs > 1:
                self.graph.notice(SECOND_GRAPH, where)
        elif tag.name == "attributes":
            self.kind = tag.attributes.get("class", "node")
        elif tag.name == "attribute":
            self.title = tag.attributes.get("title") or tag.attributes.get("id", "")
            self.titles[self.kind, tag.attributes.get("id", "")] = self.title
        elif tag.name in {"node", "edge"}:
            self._open(tag, where)
        elif tag.name == "attvalue" and self.open:
            self._value(tag, where)
        elif tag.name == "spell" and self.open:
            self._spell(tag, where)
        elif tag.name == "parent":
            self.graph.notice(_PARENTS, where)
        elif tag.name not in _QUIET:
            self.graph.notice(tell("<{tag}> is not read", "<{tag}> n'est pas lu", tag=tag.name[:80]), where)

    def _open(self, tag: Tag, where: Where) -> None:
        if tag.name == "node" and ("pid" in tag.attributes or self.open):
            self.graph.notice(_PARENTS, where)
        self.open.append(_Open(tag))

    def _value(self, tag: Tag, where: Where) -> None:
        here = self.open[-1]
        identifier = tag.attributes.get("for") or tag.attributes.get("id", "")
        title = self.titles.get((here.tag.name, identifier))
        value = tag.attributes.get("value", "")
        if title is None:
            self.graph.notice(_undeclared(identifier[:80]), where)
        elif _ENDS.keys() & tag.attributes.keys():
            self.graph.notice(_dated(title[:80]), where)
        elif value:
            here.told[title] = value

    def _spell(self, tag: Tag, where: Where) -> None:
        here = self.open[-1]
        here.spells += 1
        if here.spells > 1:
            self.graph.notice(_periods(here.tag.name), where)
        else:
            self._period(here, tag.attributes, where)

    def _period(self, here: _Open, attributes: dict[str, str], where: Where) -> None:
        """Take the ends that are ISO dates; an end is included unless it is ``endopen``, ours is the day after."""
        for name in sorted(_ENDS.keys() & attributes.keys()):
            day = _day(attributes[name])
            if day is None or (name == "end" and day == dt.date.max):
                self.graph.notice(_undated(name, attributes[name][:40]), where)
                continue
            shift = dt.timedelta(days=1 if name == "end" else 0)
            here.told[_ENDS[name]] = (day + shift).isoformat()

    def _close(self, done: _Open) -> None:
        attributes, where = done.tag.attributes, Where(self.graph.file, done.tag.line)
        self._period(done, attributes, where)
        for name in sorted(attributes.keys() - _OWN - {"pid", "for"}):
            done.told.setdefault(name, attributes[name])
        fixed = {name: attributes[name] for name in ("label", "weight") if attributes.get(name)}
        told = {**self.defaults[done.tag.name], **done.told, **fixed}
        if done.tag.name == "node":
            self.graph.add_node(attributes.get("id"), told, where)
        else:
            stated = attributes.get("type")
            directed = _directed(stated) if stated else self.directed
            self.graph.add_link(attributes.get("source"), attributes.get("target"), told, where, directed=directed)


def _undeclared(name: str) -> Told:
    return tell(
        "Values of the undeclared attribute “{name}” are not read",
        "Les valeurs de l'attribut « {name} », qui n'est pas déclaré, ne sont pas lues",
        name=name,
    )


def _dated(name: str) -> Told:
    return tell("Dated values of “{name}” are not read", "Les valeurs datées de « {name} » ne sont pas lues", name=name)


def _periods(tag: str) -> Told:
    return tell(
        "A {what} with several periods: the first one alone is read",
        "{what} a plusieurs périodes : seule la première est lue",
        what=Told(tag, "Un nœud" if tag == "node" else "Un lien"),
    )


def _undated(name: str, text: str) -> Told:
    return tell(
        "A {name} that isn't a date (such as “{text}”) is not read",
        "Un « {name} » qui n'est pas une date (par exemple « {text} ») n'est pas lu",
        name=name,
        text=text,
    )


def _directed(word: str) -> bool:
    return word in {"directed", "dir"}


def _day(text: str) -> dt.date | None:
    """Return a day written as a date, or as the first instant of one."""
    day, _, hour = text.strip().partition("T")
    try:
        return dt.date.fromisoformat(day) if not hour.strip("0:.Z") else None
    except ValueError:
        return None


def read(data: bytes, name: str) -> RawGraph:
    """Return the first graph of a GEXF file. Raises DataRefused when it isn't one, or isn't safe to read."""
    reader = _Reader(name)
    for tag in tags(data, name):
        reader.take(tag)
    return reader.graph.finish()
