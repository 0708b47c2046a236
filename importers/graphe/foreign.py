"""Networks of others: one-mode (actors who cooperate, or projects that are linked) or two-mode (actors in projects)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import PurePath
from typing import Literal

from importers.graphe import typed
from importers.graphe.raw import Attributes, Cell, RawGraph, RawLink, RawNode
from importers.graphe.records import Perimeter, Records, drawing, in_words
from importers.telling import quoted
from pacte_graph import ids
from pacte_graph.errors import DataRefused, Told, tell
from pacte_graph.records import LinkRecord, NodeRecord, Ref, Value
from pacte_graph.schema import LINKS, NODES, LinkType, NodeType, Property, interchange

Shape = Literal["one", "two"]
NodeLabel = Literal["Actor", "Project"]
ONE_MODE: dict[NodeLabel, str] = {"Actor": "COOPERATES_WITH", "Project": "LINKED_TO"}
TWO_MODE = "TAKES_PART_IN"
_MODE_NAMES = ("bipartite", "mode", "type")
_FIRST, _SECOND = frozenset({"0", "false"}), frozenset({"1", "true"})
_CAPTIONS = ("label", "name", "nom", "title", "titre")
_STATED = {("Actor", "kind"): "kind_stated", (TWO_MODE, "role"): "role_stated"}
"""Where a value goes, as written, when it isn't in the closed list of its property."""


_SAME_MODE = Told(
    "The network is two-mode and both ends are of the same mode.",
    "Le réseau est bimodal et les deux extrémités du lien sont du même mode.",
)


@dataclass(frozen=True, slots=True)
class Modes:
    """The nodes of the first mode, and the attribute that says so (None: the file's own structure)."""

    first: frozenset[str]
    attribute: str | None = None


def modes(graph: RawGraph) -> Modes | None:
    """Return the two modes of a network, if it says them: by its format, or by an attribute of 0 and 1 on every node."""
    if graph.first_mode is not None:
        return Modes(graph.first_mode)
    for name in _MODE_NAMES:
        values = {node.id: _flat(node.attributes.get(name, "")) for node in graph.nodes.values()}
        kinds = set(values.values())
        if kinds <= _FIRST | _SECOND and kinds & _FIRST and kinds & _SECOND and (name == "bipartite" or _crossing(graph, values)):
            return Modes(frozenset(node for node, value in values.items() if value in _FIRST), name)
    return None


def _crossing(graph: RawGraph, values: dict[str, str]) -> bool:
    """Tell whether every link goes from one mode to the other: an attribute called ``type`` may mean something else."""
    return all((values[link.source] in _FIRST) != (values[link.target] in _FIRST) for link in graph.links)


def sided(graph: RawGraph) -> Modes:
    """Return the modes of a list of links read as two-mode on demand: what starts a link, what ends one.

    Raises DataRefused when a node does both.
    """
    sources, targets = {link.source for link in graph.links}, {link.target for link in graph.links}
    both = sorted(sources & targets)
    if both:
        raise DataRefused(
            tell(
                "{file} is not two-mode: {node} starts links and ends others.",
                "{file} n'est pas bimodal : {node} est à l'origine de liens et à l'arrivée d'autres.",
                file=graph.file,
                node=quoted(both[0][:80]),
            ),
            hint=Told(
                "Take -o mode=un-mode, or give nodes an attribute “bipartite” of 0 and 1.",
                "Choisissez -o mode=un-mode, ou donnez aux nœuds un attribut « bipartite » qui vaut 0 ou 1.",
            ),
        )
    return Modes(frozenset(graph.nodes) - targets)


@dataclass(slots=True)
class _Reading:
    """The work on one file."""

    graph: RawGraph
    label: NodeLabel
    two: Modes | None
    records: Records = field(default_factory=Records)
    refs: dict[str, Ref] = field(default_factory=dict)
    parallel: dict[tuple[str, str], list[tuple[str, RawLink, dict[str, Value]]]] = field(
        default_factory=lambda: defaultdict(list)
    )

    @property
    def type(self) -> str:
        """The type that links become."""
        return TWO_MODE if self.two else ONE_MODE[self.label]

    def node(self, raw: RawNode) -> None:
        """Take one node, or reject it when its name can't be an identifier."""
        label: NodeLabel = self.label if self.two is None else "Actor" if raw.id in self.two.first else "Project"
        if not typed.writable(raw.id):
            raise DataRefused(
                Told(
                    "The identifier holds a character that isn't text.",
                    "L'identifiant contient un caractère qui n'est pas du texte.",
                )
            )
        identifier = ids.make(label.lower(), "graphe", PurePath(self.graph.file).stem, raw.id)
        self.records.nodes.append(NodeRecord(label, identifier, self._named(NODES[label], raw), (raw.where,)))
        self.refs[raw.id] = Ref(label, identifier)

    def _named(self, kind: NodeType, raw: RawNode) -> dict[str, Value]:
        """Return the properties of a node: its name is the attribute that names it, else its label, else its identifier."""
        rest = dict(raw.attributes)
        if self.two and self.two.attribute:
            del rest[self.two.attribute]
        names = {key: typed.text_of(rest.pop(key)).strip() for key in sorted(rest) if key.casefold() in _CAPTIONS}
        by_rank = sorted(names.items(), key=lambda pair: (pair[0].casefold() == "label", _CAPTIONS.index(pair[0].casefold())))
        told = [text for _, text in by_rank if text and typed.writable(text)] or [raw.id]
        if len(told[0]) > ids.MAX_LENGTH:
            raise DataRefused(_too_long(len(told[0])))
        found: dict[str, Value] = {"name": told[0]}
        others = sorted(set(told) - {told[0], raw.id})
        if others:
            found["short_name"] = others[0]
        for text in others[1:]:
            self.graph.reject(
                raw.where, text, Told("A third name of a node has no place.", "Un troisième nom de nœud n'a pas de place.")
            )
        self._categories(kind, rest, found)
        return {**self._properties(kind, kind.label, rest, raw), **found}

    def _categories(self, kind: NodeType, rest: Attributes, found: dict[str, Value]) -> None:
        """Keep the only partition of a Pajek project as the category written, with the partition's name."""
        if kind.label == "Actor" and len(self.graph.categories) == 1 and self.graph.categories[0] in rest:
            name = self.graph.categories[0]
            found["kind_stated"] = f"{name} : {typed.text_of(rest.pop(name))}"

    def link(self, raw: RawLink) -> None:
        """Take one link, or reject it with the reason; parallel ones are numbered by :meth:`close`."""
        source, target = (self.refs.get(end) for end in (raw.source, raw.target))
        if source is None or target is None:
            raise DataRefused(Told("One end of the link was refused.", "Une extrémité du lien a été refusée."))
        if source == target:
            raise DataRefused(_loop(raw.source, self.type))
        if self.two and source.label == target.label:
            raise DataRefused(_SAME_MODE)
        properties = self._properties(LINKS[self.type], self.type, raw.attributes, raw)
        ends = (raw.target, raw.source) if self.two and source.label == "Project" else (raw.source, raw.target)
        self.parallel[ends].append((repr(sorted(properties.items(), key=lambda pair: pair[0])), raw, properties))

    def close(self) -> None:
        """Give parallel links numbers by what they say, so that the order of the rows changes nothing."""
        for (source, target), found in self.parallel.items():
            for number, (_, raw, properties) in enumerate(sorted(found, key=lambda item: item[0]), start=1):
                ends = self.refs[source], self.refs[target]
                self.records.links.append(LinkRecord(self.type, *ends, properties, (raw.where,), str(number)))

    def _properties(self, kind: NodeType | LinkType, label: str, told: Attributes, raw: RawNode | RawLink) -> dict[str, Value]:
        found: dict[str, Value] = {}
        for name, value in told.items():
            if drawing(name):
                continue
            item = typed.like(kind, name)
            if item is None or item.name in found:
                self.graph.notice(_unplaced(name[:80], label), raw.where)
            else:
                self._value(found, item, label, value, raw)
        return found

    def _value(self, found: dict[str, Value], item: Property, label: str, value: Cell, raw: RawNode | RawLink) -> None:
        text = typed.text_of(value)
        try:
            found[item.name] = typed.foreign(item, value)
        except DataRefused as refusal:
            stated = _STATED.get((label, item.name))
            if stated and stated not in found and text.strip() and typed.writable(text):
                found[stated] = text.strip()
            else:
                self.graph.reject(raw.where, text, typed.alone(refusal))


def read(graph: RawGraph, programme: str | None, *, shape: Shape | None, label: NodeLabel) -> Records:
    """Return the records of a network. ``shape``: one-mode or two-mode; None takes what the file says, one-mode by default."""
    two = None if shape == "one" else modes(graph)
    if shape == "two" and two is None:
        two = sided(graph)
    reading = _Reading(graph, label, two)
    everything: list[RawNode | RawLink] = [*graph.nodes.values(), *graph.links]
    for raw in everything:
        try:
            if isinstance(raw, RawNode):
                reading.node(raw)
            else:
                reading.link(raw)
        except DataRefused as refusal:
            shown = raw.id if isinstance(raw, RawNode) else f"{raw.source} → {raw.target}"
            graph.reject(raw.where, shown, refusal.message)
    reading.close()
    for name in sorted(graph.about):
        if name not in {"name", interchange.SCOPE, interchange.SOURCES}:
            graph.notice(_unplaced(name[:80]))
    Perimeter.named(programme, graph.file).join(reading.records)
    return reading.records


@lru_cache(maxsize=1_000)  # asked for every value of every row
def _unplaced(name: str, label: str = "") -> Told:
    return tell(
        "Attribute “{name}” of {label} has no place in the schema",
        "L'attribut « {name} » ({label}) n'a pas de place dans le schéma",
        name=name,
        label=in_words(label) if label else Told("the graph", "réseau"),
    )


def _loop(node: str, type_: str) -> Told:
    return tell(
        "The link joins {node} to itself, which {type} can't mean.",
        "Le lien joint {node} à lui-même, ce qu'un {type} ne peut pas dire.",
        node=quoted(node[:80]),
        type=in_words(type_),
    )


def _too_long(length: int) -> Told:
    return tell(
        "The name has {length} characters; {most} are allowed.",
        "Le nom a {length} caractères ; {most} au plus sont admis.",
        length=length,
        most=ids.MAX_LENGTH,
    )


def _flat(value: Cell) -> str:
    return typed.text_of(value).strip().casefold().removesuffix(".0")
