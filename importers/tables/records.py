"""Rows into records: nodes with their perimeter and attestations, links whose ends are found in the folder."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from importers.tables.cells import value
from importers.tables.folder import Table
from pacte_graph import ids
from pacte_graph.errors import DataRefused
from pacte_graph.records import LinkRecord, NodeRecord, Ref, Rejected, Where
from pacte_graph.schema import LinkType, NodeType


class Rows:
    """What a folder's tables state; rows that can't be taken are in ``rejected``, each with its line and reason."""

    def __init__(self, tables: list[Table], rejected: list[Rejected]) -> None:
        self.rejected = rejected
        self.nodes: list[NodeRecord] = []
        self.links: list[LinkRecord] = []
        self._labels: dict[str, set[str]] = {}
        for table in tables:
            if isinstance(table.kind, NodeType):
                self._each(table, self._node)
        for table in tables:
            if isinstance(table.kind, LinkType):
                self._each(table, self._link)

    def _each(self, table: Table, take: Any) -> None:
        for line, cells in table.cells():
            try:
                take(table.kind, dict(cells), Where(table.path.name, line))
            except DataRefused as refusal:
                shown = ", ".join(f"{name}={text}" for name, text in cells.items())[:200]
                self.rejected.append(Rejected(table.path.name, line, None, shown, refusal.message))

    def _node(self, kind: NodeType, cells: dict[str, str], where: Where) -> None:
        identifier = ids.check(cells.pop("id", ""))
        programmes, documents = (_several(cells.pop(name, "")) for name in ("programme", "document"))
        record = NodeRecord(kind.label, identifier, _properties(kind, cells), (where,))
        missing = [item.name for item in kind.properties if item.required and item.name not in record.properties]
        if missing:
            raise DataRefused(f"Column {', '.join(missing)} must be filled.")
        if programmes and not kind.scoped:
            raise DataRefused(f"A row of {kind.table} is not part of a programme's perimeter.")
        self.nodes.append(record)
        self._labels.setdefault(identifier, set()).add(kind.label)
        for type_, label, targets in (("PART_OF", "Programme", programmes), ("STATED_IN", "Document", documents)):
            self.links += [LinkRecord(type_, record.ref, Ref(label, target), {}, (where,)) for target in targets]

    def _link(self, kind: LinkType, cells: dict[str, str], where: Where) -> None:
        ends = [self._end(kind, cells, side) for side in ("source", "target")]
        key = cells.pop("key", "")
        if key and not kind.keyed:
            raise DataRefused(f"Links of {kind.table} have no key.")
        properties = _properties(kind, cells)
        missing = [item.name for item in kind.properties if item.required and item.name not in properties]
        if missing:
            raise DataRefused(f"Column {', '.join(missing)} must be filled.")
        self.links.append(LinkRecord(kind.type, ends[0], ends[1], properties, (where,), key or self._key(kind, properties)))

    def _key(self, kind: LinkType, properties: dict[str, Any]) -> str:
        """Return what tells parallel participations apart when no key is given: the role."""
        return str(properties.get("role", "")) if kind.type == "TAKES_PART_IN" else ""

    def _end(self, kind: LinkType, cells: dict[str, str], side: str) -> Ref:
        identifier, given = cells.pop(side, ""), cells.pop(f"{side}_type", "")
        if not identifier:
            raise DataRefused(f"Column {side} must be filled.")
        allowed = kind.sources if side == "source" else kind.targets
        if given:
            if given not in allowed:
                raise DataRefused(f"Column {side}_type: “{given}” is not one of: {', '.join(allowed)}.")
            return Ref(given, ids.check(identifier))
        found = sorted(self._labels.get(identifier, set()) & set(allowed))
        if len(found) == 1 or (not found and len(allowed) == 1):
            return Ref((found or list(allowed))[0], ids.check(identifier))
        what = "is in no table of this folder" if not found else f"could be {' or '.join(found)}"
        raise DataRefused(f"Column {side}: “{identifier[:80]}” {what}.", hint=f"Fill in {side}_type.")


def _properties(kind: NodeType | LinkType, cells: dict[str, str]) -> dict[str, Any]:
    """Pop every cell into a typed property; whatever is left would be a column without a meaning."""
    properties = {item.name: value(item, cells.pop(item.name)) for item in kind.properties if item.name in cells}
    if cells:
        raise DataRefused(f"Column {', '.join(sorted(cells))} means nothing in {kind.table}.")
    return properties


def _several(text: str) -> Iterator[str] | list[str]:
    return [ids.check(part.strip()) for part in text.split(";") if part.strip()]
