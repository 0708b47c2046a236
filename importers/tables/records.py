"""Rows into records: nodes with their perimeter and attestations, links whose ends are found among the tables.

A row that can't be taken is left out whole, and each of its cells that is wrong is listed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from importers.decoding import folded
from importers.tables.cells import Raw, Unfit, text, value
from importers.tables.folder import Row, Table, Trouble
from pacte_graph import ids
from pacte_graph.errors import DataRefused
from pacte_graph.records import LinkRecord, NodeRecord, Ref, Rejected, Where
from pacte_graph.schema import LinkType, NodeType
from pacte_graph.schema.sheets import Column, Kind, accepted, types

ID_ACCEPTED = "an identifier such as project:my-scheme:1"


class Rows:
    """What tables state; rows that can't be taken are in ``rejected``, cell by cell, each with its line and reason.

    ``sources`` are those that a row may name in its column “stated by”; ``stated_by`` holds what they name, by record.
    """

    def __init__(self, tables: list[Table], rejected: list[Rejected], sources: Sequence[str] = ()) -> None:
        self.rejected = rejected
        self.nodes: list[NodeRecord] = []
        self.links: list[LinkRecord] = []
        self.stated_by: dict[int, tuple[str, ...]] = {}
        self._sources = frozenset(sources)
        self._labels: dict[str, set[str]] = {}
        self._left_out: dict[str, str] = {}
        named: list[tuple[_Reading, Ref]] = []
        for table in tables:
            if isinstance(table.kind, NodeType):
                named += [(reading, ref) for row in table.rows for reading, ref in self._node(table, table.kind, row)]
        for reading, ref in named:
            self._perimeter(reading, ref)
        for table in tables:
            if isinstance(table.kind, LinkType):
                for row in table.rows:
                    self._link(table, table.kind, row)

    def _node(self, table: Table, kind: NodeType, row: Row) -> Iterable[tuple[_Reading, Ref]]:
        reading = _Reading(table, row)
        identifier = reading.identifier("id", ID_ACCEPTED)
        if not row.given and (identifier in self._labels or identifier in self._left_out):
            return
        reading.several("programme", allowed=kind.scoped, why=f"a row of {kind.table} is not part of a perimeter")
        reading.several("document", allowed=kind.label not in {"Document", "Section"}, why=f"{kind.table} are not attested")
        sources = reading.sources(self._sources)
        properties = reading.properties(kind)
        if reading.troubles:
            if identifier:
                self._left_out.setdefault(identifier, reading.place())
            self.rejected += reading.rejected()
            return
        record = NodeRecord(kind.label, identifier, properties, (reading.where,))
        self.nodes.append(record)
        self._said(record, sources)
        self._labels.setdefault(identifier, set()).add(kind.label)
        if reading.lists["programme"] or reading.lists["document"]:
            yield reading, record.ref

    def _perimeter(self, reading: _Reading, ref: Ref) -> None:
        """Link a node to its programmes and documents, once it is known which rows were left out."""
        for name, type_, label in (("programme", "PART_OF", "Programme"), ("document", "STATED_IN", "Document")):
            for target in reading.lists[name]:
                if self._gone(target):
                    reading.refuse(name, target, "an identifier whose row is taken", self._why_gone(target))
                    continue
                link = LinkRecord(type_, ref, Ref(label, target), {}, (reading.where,))
                self.links.append(link)
                self._said(link, reading.said)
        self.rejected += reading.rejected()

    def _link(self, table: Table, kind: LinkType, row: Row) -> None:
        reading = _Reading(table, row)
        if table.inner and self._row_gone(table, row):
            return
        ends = [self._end(reading, kind, side) for side in ("source", "target")]
        given = reading.pop("key")
        key = reading.checked("key", text(given), "a short text") if given is not None and text(given) else ""
        if key and not kind.keyed:
            reading.refuse("key", key, "nothing", f"links of {kind.table} have no key")
        sources = reading.sources(self._sources)
        properties = reading.properties(kind)
        if reading.troubles or ends[0] is None or ends[1] is None:
            self.rejected += reading.rejected()
            return
        told = key if given is not None else self._key(kind, properties)
        link = LinkRecord(kind.type, ends[0], ends[1], properties, (reading.where,), told)
        self.links.append(link)
        self._said(link, sources)

    def _key(self, kind: LinkType, properties: dict[str, Any]) -> str:
        """Return what tells parallel participations apart when no key is given: the role."""
        return str(properties.get("role", "")) if kind.type == "TAKES_PART_IN" else ""

    def _end(self, reading: _Reading, kind: LinkType, side: str) -> Ref | None:
        allowed = kind.sources if side == "source" else kind.targets
        words = " or ".join(words.en for words in types(allowed).values())
        identifier = reading.identifier(side, f"the identifier of a {words}")
        given = reading.pop(f"{side}_type")
        label = reading.label(f"{side}_type", given, allowed)
        if not identifier or (given is not None and label is None):
            return None
        if self._gone(identifier):
            reading.refuse(side, identifier, "an identifier whose row is taken", self._why_gone(identifier))
            return None
        found = [label] if label else sorted(self._labels.get(identifier, set()) & set(allowed))
        if len(found) == 1 or (not found and len(allowed) == 1):
            return Ref((found or list(allowed))[0], identifier)
        what = "is in no table of this folder" if not found else f"could be {' or '.join(found)}"
        why = f"“{identifier[:80]}” {what}: fill in {side}_type"
        reading.refuse(side, identifier, f"an identifier of these tables, or one whose {side}_type is filled", why)
        return None

    def _gone(self, identifier: str) -> bool:
        return identifier in self._left_out and identifier not in self._labels

    def _row_gone(self, table: Table, row: Row) -> bool:
        """Tell whether the row whose cell a link is drawn from was left out: it is listed already."""
        own = next(side for side in ("source", "target") if side not in table.places)
        return own not in row.cells or self._gone(text(row.cells[own]))

    def _why_gone(self, identifier: str) -> str:
        return f"“{identifier[:80]}” is a row that was left out ({self._left_out[identifier]})"

    def _said(self, record: NodeRecord | LinkRecord, sources: tuple[str, ...]) -> None:
        if sources:
            self.stated_by[id(record)] = sources


class _Reading:
    """One row being read: gives its cells out one by one and keeps what is wrong with them."""

    def __init__(self, table: Table, row: Row) -> None:
        self.table = table
        self.row = row
        self.cells: dict[str, Raw] = dict(row.cells)
        self.troubles: list[Trouble] = list(row.troubles)
        self.where = Where(table.file, row.line, table.sheet)
        self.lists: dict[str, list[str]] = {"programme": [], "document": []}
        self.said: tuple[str, ...] = ()
        for trouble in row.troubles:
            self.cells.pop(trouble.column or "", None)
        self._wrong = {trouble.column for trouble in row.troubles}

    def pop(self, name: str) -> Raw | None:
        """Return a cell and take it away; None when it is empty."""
        return self.cells.pop(name, None)

    def refuse(self, column: str | None, found: str, accepted_: str, why: str) -> None:
        """Keep one thing that is wrong."""
        self.troubles.append(Trouble(column, found, accepted_, why))

    def identifier(self, name: str, accepted_: str) -> str:
        """Return the identifier a column must hold; empty, with the trouble kept, when it holds none."""
        raw = self.pop(name)
        if raw is None:
            if name not in self._wrong:
                self.refuse(name, "", accepted_, "must be filled, it is empty" if name == "id" else "must be filled")
            return ""
        return self.checked(name, text(raw), accepted_)

    def checked(self, name: str, told: str, accepted_: str) -> str:
        """Return an identifier that can be one; empty, with the trouble kept, otherwise."""
        try:
            return ids.check(told)
        except DataRefused as refusal:
            self.refuse(name, told, f"{accepted_}, at most {ids.MAX_LENGTH} characters", refusal.message.rstrip("."))
            return ""

    def several(self, name: str, *, allowed: bool, why: str) -> None:
        """Keep the identifiers a cell lists, separated by semicolons."""
        raw = self.pop(name)
        if raw is None:
            return
        if not allowed:
            self.refuse(name, text(raw), "nothing", why)
            return
        self.lists[name] = [
            found for part in identifiers(text(raw)) if (found := self.checked(name, part, "identifiers separated by ;"))
        ]

    def sources(self, known: frozenset[str]) -> tuple[str, ...]:
        """Return the sources the row says state it; empty when it says nothing."""
        raw = self.pop("sources")
        told = () if raw is None else tuple(identifiers(text(raw)))
        for name in told:
            if name not in known:
                self.refuse(
                    "sources", name, ", ".join(sorted(known)) or "nothing: the sheet Sources is empty", f"“{name}” unknown"
                )
        self.said = told
        return told

    def label(self, name: str, raw: Raw | None, allowed: Sequence[str]) -> str | None:
        """Return the label that a type cell gives, as code or as words in either language."""
        if raw is None:
            return None
        wanted = folded(text(raw))
        for label, words in types(allowed).items():
            if wanted in {folded(label), folded(words.fr), folded(words.en)}:
                return label
        labels = ", ".join(f"{words.fr} ({label})" for label, words in types(allowed).items())
        self.refuse(name, text(raw), labels, f"“{text(raw)[:80]}” is not one of: {', '.join(allowed)}")
        return None

    def properties(self, kind: Kind) -> dict[str, Any]:
        """Return every cell left as a typed property; what has no meaning in this table is refused."""
        found: dict[str, Any] = {}
        for item in kind.properties:
            raw = self.pop(item.name)
            if raw is None:
                if item.required and item.name not in self._wrong and self.row.given:
                    self.refuse(item.name, "", _wanted(kind, item.name), "must be filled")
                continue
            try:
                told = value(item, raw)
            except Unfit as unfit:
                self.refuse(item.name, unfit.found, unfit.accepted, f"“{unfit.found[:80]}” {unfit.why}")
                continue
            if told not in ("", []):
                found[item.name] = told
            elif item.required:
                self.refuse(item.name, "", _wanted(kind, item.name), "must be filled")
        for name, raw in self.cells.items():
            self.refuse(name, text(raw), "nothing", f"means nothing in {kind.table}")
        return found

    def place(self) -> str:
        """Return where the row is, for a sentence."""
        return f"{self.table.file}, line {self.row.line}" if self.table.sheet is None else f"{self.table.sheet}!{self.row.line}"

    def rejected(self) -> list[Rejected]:
        """Return what is wrong, cell by cell; the value is the cell's, or the whole row's when the cell is empty."""
        shown = ", ".join(f"{name}={text(raw)}" for name, raw in self.row.cells.items())[:200]
        return [
            Rejected(
                self.table.file, self.row.line, None, trouble.found[:200] or shown, self.table.reason(trouble, self.row.line)
            )
            for trouble in self.troubles
        ]


def identifiers(told: str) -> list[str]:
    """Return the identifiers a cell lists: separated by ``;``, or as a JSON list when one of them holds a ``;``."""
    if told.startswith('["'):
        try:
            items = json.loads(told)
        except (ValueError, RecursionError):
            return [told]
        return [item for item in items if isinstance(item, str)]
    return [part.strip() for part in told.split(";") if part.strip()]


def _wanted(kind: Kind, name: str) -> str:
    """Return what a required column accepts, in words."""
    column: Column = next(item for item in accepted(kind) if item.name == name)
    if column.property and column.property.choices:
        return ", ".join(f"{choice.label.fr} ({choice.value})" for choice in column.property.choices)
    return column.description.en
