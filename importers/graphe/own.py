"""Files that ``pacte export`` wrote, even edited since in Gephi: the same identifiers, types, properties and perimeter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from importers.graphe import typed
from importers.graphe.raw import Attributes, Cell, RawGraph, RawLink, RawNode
from importers.graphe.records import Perimeter, Records, drawing, in_words
from pacte_graph import ids
from pacte_graph.errors import DataRefused, Told, join, tell
from pacte_graph.records import LinkRecord, NodeRecord, Ref, Value, Where
from pacte_graph.schema import BOOKKEEPING, LINKS, NODES, LinkType, NodeType, Property, interchange

_OF_NODES = {
    interchange.CAPTION,
    interchange.LABEL,
    interchange.PROGRAMME,
    interchange.PROGRAMME_NAME,
    interchange.FICTITIOUS,
    interchange.SOURCES,
    interchange.SCOPE,
}
_OF_LINKS = {
    interchange.CAPTION,
    interchange.TYPE,
    interchange.KEY,
    interchange.SOURCE_LABEL,
    interchange.TARGET_LABEL,
    "networkx_key",
}
_OF_GRAPHS = {"name", "node_default", "edge_default", interchange.SCOPE, interchange.SOURCES}


def is_ours(graph: RawGraph) -> bool:
    """Tell whether a file is one of ours: a node says its label in our model, or a link its type."""
    return any(interchange.LABEL in node.attributes for node in graph.nodes.values()) or any(
        interchange.TYPE in link.attributes for link in graph.links
    )


@dataclass(slots=True)
class _Reading:
    """The work on one file."""

    graph: RawGraph
    records: Records
    labels: dict[str, str] = field(default_factory=dict)
    taken: dict[tuple[str, str, str, str], RawLink] = field(default_factory=dict)

    def node(self, raw: RawNode) -> None:
        """Take one node, or reject it with the reason."""
        label = str(raw.attributes.get(interchange.LABEL, ""))
        kind = NODES.get(label)
        if kind is None or label in BOOKKEEPING:
            raise DataRefused(
                tell(
                    "{column} is “{label}”, which is no label of the schema.",
                    "{column} {found} : ce n'est pas un type de nœud du schéma.",
                    column=interchange.LABEL,
                    label=label[:80],
                    found=_worth(label),
                )
            )
        properties = self._properties(kind, label, raw.attributes, raw, _OF_NODES)
        _complete(kind, properties)
        self.records.nodes.append(NodeRecord(label, ids.check(raw.id), properties, (raw.where,)))
        self.labels[raw.id] = label

    def link(self, raw: RawLink) -> None:
        """Take one link, or reject it with the reason."""
        type_ = str(raw.attributes.get(interchange.TYPE, ""))
        kind = LINKS.get(type_)
        if kind is None or type_ == "ABOUT":
            raise DataRefused(
                tell(
                    "{column} is “{type}”, which is no relationship type of the schema.",
                    "{column} {found} : ce n'est pas un type de lien du schéma.",
                    column=interchange.TYPE,
                    type=type_[:80],
                    found=_worth(type_),
                )
            )
        source, target = self._end(raw, raw.source, "source", kind.sources), self._end(raw, raw.target, "target", kind.targets)
        key = str(raw.attributes.get(interchange.KEY, ""))
        if key and not kind.keyed:
            raise DataRefused(
                tell(
                    "{type} has no key; it is told apart by its two ends.",
                    "Un {type} n'a pas de clé ; ses deux extrémités suffisent à le distinguer.",
                    type=in_words(type_),
                )
            )
        properties = self._properties(kind, type_, raw.attributes, raw, _OF_LINKS)
        _complete(kind, properties)
        before = self.taken.setdefault((type_, source.id, target.id, key), raw)
        if before is not raw:
            raise DataRefused(
                tell("The same link is stated at {where}.", "Le même lien est déjà écrit : {where}.", where=before.where)
            )
        self.records.links.append(LinkRecord(type_, source, target, properties, (raw.where,), ids.check(key) if key else ""))

    def _end(self, raw: RawLink, identifier: str, side: str, allowed: tuple[str, ...]) -> Ref:
        stated = raw.attributes.get(interchange.SOURCE_LABEL if side == "source" else interchange.TARGET_LABEL)
        label = self.labels.get(identifier) or str(stated or "")
        if label not in allowed:
            raise DataRefused(_wrong_end(side, label, allowed))
        return Ref(label, ids.check(identifier))

    def _properties(
        self, kind: NodeType | LinkType, label: str, told: Attributes, raw: RawNode | RawLink, left: set[str]
    ) -> dict[str, Value]:
        found: dict[str, Value] = {}
        for name, value in told.items():
            item = kind.property(name.removesuffix(interchange.LIST_SUFFIX))
            if item is not None:
                _take(self.graph, found, item, value, raw.where)
            elif name not in left and not drawing(name) and not _default(name, value):
                self.graph.notice(_no_property(name[:80], label), raw.where)
        return found


def _take(graph: RawGraph, found: dict[str, Value], item: Property, value: Cell, where: Where) -> None:
    """Put a value among the properties found, or reject it alone."""
    try:
        found[item.name] = typed.exact(item, value)
    except DataRefused as refusal:
        graph.reject(where, typed.text_of(value), typed.alone(refusal))


@lru_cache(maxsize=1_000)  # asked for every value of every row
def _no_property(name: str, label: str) -> Told:
    return tell(
        "Attribute “{name}” of {label} is no property of the schema",
        "L'attribut « {name} » ({label}) n'est pas une propriété du schéma",
        name=name,
        label=in_words(label),
    )


def _worth(text: str) -> str:
    """Return in French what a column holds."""
    return f"vaut « {text[:80]} »" if text.strip() else "est vide"


def _wrong_end(side: str, label: str, allowed: tuple[str, ...]) -> Told:
    found = Told("a node that was not taken", "un nœud qui n'a pas été pris")
    if label:
        found = tell("a {label}", "de type « {label} »", label=in_words(label) if label in NODES else label)
    return tell(
        "The {side} of the link is {found}; it must be: {allowed}.",
        "{side} du lien est {found} ; il faut : {allowed}.",
        side=Told(side, "L'origine" if side == "source" else "L'arrivée"),
        found=found,
        allowed=join(", ", [in_words(name) for name in allowed]),
    )


def _default(name: str, value: Cell) -> bool:
    """Tell whether an attribute is the weight of 1 that Gephi and Pajek give to every link."""
    return name.casefold() == "weight" and typed.text_of(value) in {"1", "1.0"}


def _complete(kind: NodeType | LinkType, properties: Mapping[str, Value]) -> None:
    missing = [item.name for item in kind.properties if item.required and item.name not in properties]
    if missing:
        raise DataRefused(tell("{names} must be given.", "Il faut donner : {names}.", names=", ".join(missing)))


def read(graph: RawGraph, programme: str | None) -> Records:
    """Return the records of a file of ours; ``programme`` replaces the perimeter it states.

    A table of links alone states no node: its links join nodes that the database holds, and no perimeter.
    """
    reading = _Reading(graph, Records())
    alone = graph.creates and not any(interchange.LABEL in node.attributes for node in graph.nodes.values())
    if not alone:
        for node in graph.nodes.values():
            _guarded(graph, node, reading)
        perimeter = _perimeter(graph, programme)
        perimeter.join(reading.records)
    for link in graph.links:
        _guarded(graph, link, reading)
    return reading.records


def _guarded(graph: RawGraph, raw: RawNode | RawLink, reading: _Reading) -> None:
    try:
        if isinstance(raw, RawNode):
            reading.node(raw)
        else:
            reading.link(raw)
    except DataRefused as refusal:
        shown = raw.id if isinstance(raw, RawNode) else f"{raw.source} → {raw.target}"
        graph.reject(raw.where, shown, refusal.message)


def _perimeter(graph: RawGraph, programme: str | None) -> Perimeter:
    """Return the programme that the nodes name, with what the graph says of it; the one given comes first."""
    stated = {str(node.attributes[interchange.PROGRAMME]): node for node in graph.nodes.values() if _states(node)}
    if programme is not None or not stated:
        return Perimeter.named(programme, graph.file)
    if len(stated) > 1:
        raise DataRefused(
            tell(
                "{file} holds nodes of several programmes: {names}.",
                "{file} contient des nœuds de plusieurs programmes : {names}.",
                file=graph.file,
                names=", ".join(sorted(stated))[:200],
            ),
            hint=Told(
                "Say which one with --programme, or export one programme a file.",
                "Dites lequel avec --programme, ou exportez un programme par fichier.",
            ),
        )
    ((identifier, node),) = stated.items()
    kind = NODES["Programme"]
    told: dict[str, Value] = {}
    for name, value in graph.about.items():
        plain = name.removeprefix(interchange.PROGRAMME_PREFIX).removesuffix(interchange.LIST_SUFFIX)
        item = kind.property(plain) if name.startswith(interchange.PROGRAMME_PREFIX) else None
        if item is not None:
            _take(graph, told, item, value, Where(graph.file))
        elif name not in _OF_GRAPHS:
            graph.notice(_not_of_programme(name[:80]))
    stated_name = node.attributes.get(interchange.PROGRAMME_NAME)
    if stated_name and "name" not in told:
        told["name"] = str(stated_name)
    if str(node.attributes.get(interchange.FICTITIOUS, "")).casefold() == "true":
        told["fictitious"] = True
    return Perimeter(ids.check(identifier), told if "name" in told else None, node.where)


def _not_of_programme(name: str) -> Told:
    return tell(
        "Attribute “{name}” of the graph is no property of a programme",
        "L'attribut « {name} » du réseau n'est pas une propriété d'un programme",
        name=name,
    )


def _states(node: RawNode) -> bool:
    return bool(node.attributes.get(interchange.PROGRAMME))
