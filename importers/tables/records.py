"""Rows into records: nodes with their perimeter and attestations, links whose ends are found among the tables.

A row that can't be taken is left out whole, and each of its cells that is wrong is listed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from importers.decoding import folded
from importers.tables.cells import Raw, Unfit, choices, text, value
from importers.tables.folder import Row, Table, Trouble
from pacte_graph import ids
from pacte_graph.errors import DataRefused, Told, in_language, join, tell
from pacte_graph.records import LinkRecord, NodeRecord, Ref, Rejected, Where
from pacte_graph.schema import LinkType, NodeType
from pacte_graph.schema.sheets import Column, Kind, accepted, types

ID_ACCEPTED = Told("an identifier such as project:my-scheme:1", "un identifiant tel que project:mon-schema:1")
_TAKEN = Told("an identifier whose row is taken", "un identifiant dont la ligne est prise")
_NOTHING = Told("nothing", "rien")
_NOWHERE = Told("is in no table of this folder", "n'est dans aucune table de ce dossier")
_SEPARATED = Told("identifiers separated by ;", "des identifiants séparés par ;")
_NO_SOURCE = Told("nothing: the sheet Sources is empty", "rien : la feuille Sources est vide")
_FILLED_ID = Told("must be filled, it is empty", "doit être remplie, elle est vide")
_FILLED = Told("must be filled", "doit être remplie")


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
        self._left_out: dict[str, Told] = {}
        self._named: dict[tuple[str, str | None, int | None], dict[str, None]] = {}
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
        self.rejected = [self._about(item) for item in self.rejected]

    def _node(self, table: Table, kind: NodeType, row: Row) -> Iterable[tuple[_Reading, Ref]]:
        reading = _Reading(table, row)
        identifier = reading.identifier("id", ID_ACCEPTED)
        if not row.given and (identifier in self._labels or identifier in self._left_out):
            return
        reading.several("programme", allowed=kind.scoped, why=_no_perimeter(kind))
        reading.several("document", allowed=kind.label not in {"Document", "Section"}, why=_not_attested(kind))
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
                    reading.refuse(name, target, self._taken(target), self._why_gone(target))
                    continue
                link = LinkRecord(type_, ref, Ref(label, target), {}, (reading.where,))
                self.links.append(link)
                self._said(link, reading.said)
        self.rejected += reading.rejected()

    def _link(self, table: Table, kind: LinkType, row: Row) -> None:
        reading = _Reading(table, row)
        if table.inner and self._row_gone(table, row):
            self._speaks_of(table, row)
            return
        ends = [self._end(reading, kind, side) for side in ("source", "target")]
        given = reading.pop("key")
        key = (
            reading.checked("key", text(given), Told("a short text", "un texte court"))
            if given is not None and text(given)
            else ""
        )
        if key and not kind.keyed:
            reading.refuse(
                "key",
                key,
                _NOTHING,
                tell("links of {table} have no key", "les liens de {table} n'ont pas de clé", table=kind.table),
            )
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
        kinds = types(allowed).values()
        words = Told(" or ".join(words.en for words in kinds), " ou ".join(words.fr for words in kinds))
        identifier = reading.identifier(side, tell("the identifier of a {words}", "l'identifiant d'un {words}", words=words))
        given = reading.pop(f"{side}_type")
        label = reading.label(f"{side}_type", given, allowed)
        if not identifier or (given is not None and label is None):
            return None
        if self._gone(identifier):
            reading.refuse(side, identifier, self._taken(identifier), self._why_gone(identifier))
            return None
        found = [label] if label else sorted(self._labels.get(identifier, set()) & set(allowed))
        if len(found) == 1 or (not found and len(allowed) == 1):
            return Ref((found or list(allowed))[0], identifier)
        what = (
            tell("could be {any}", "pourrait être {any}", any=Told(" or ".join(found), " ou ".join(found))) if found else _NOWHERE
        )
        why = tell(
            "“{name}” {what}: fill in {side}_type",
            "« {name} » {what} : remplissez {side}_type",
            name=identifier[:80],
            what=what,
            side=side,
        )
        wanted = tell(
            "an identifier of these tables, or one whose {side}_type is filled",
            "un identifiant de ces tables, ou un dont {side}_type est rempli",
            side=side,
        )
        reading.refuse(side, identifier, wanted, why)
        return None

    def _gone(self, identifier: str) -> bool:
        return identifier in self._left_out and identifier not in self._labels

    def _row_gone(self, table: Table, row: Row) -> bool:
        """Tell whether the row whose cell a link is drawn from was left out: it is listed already."""
        own = next(side for side in ("source", "target") if side not in table.places)
        return own not in row.cells or self._gone(text(row.cells[own]))

    def _speaks_of(self, table: Table, row: Row) -> None:
        """Note what the cells of a row that was left out name: what was said of that before isn't taken back either."""
        named = self._named.setdefault((table.file, table.sheet, row.line), {})
        named.update(dict.fromkeys(text(row.cells[side]) for side in ("source", "target") if side in row.cells))

    def _about(self, item: Rejected) -> Rejected:
        named = self._named.get((item.file, item.sheet, item.line))
        return replace(item, about=tuple(dict.fromkeys((*item.about, *named)))) if named else item

    def _why_gone(self, identifier: str) -> Told:
        return tell(
            "“{name}” is a row that was left out ({place})",
            "« {name} » est une ligne laissée de côté ({place})",
            name=identifier[:80],
            place=self._left_out[identifier],
        )

    def _taken(self, identifier: str) -> Told:
        """Return what is accepted instead of an identifier whose row was left out, naming that row."""
        return tell(
            "{taken} ({place} was left out)",
            "{taken} ({place} a été laissée de côté)",
            taken=_TAKEN,
            place=self._left_out[identifier],
        )

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
                self.refuse(name, "", accepted_, _FILLED_ID if name == "id" else _FILLED)
            return ""
        return self.checked(name, text(raw), accepted_)

    def checked(self, name: str, told: str, accepted_: str) -> str:
        """Return an identifier that can be one; empty, with the trouble kept, otherwise."""
        try:
            return ids.check(told)
        except DataRefused as refusal:
            wanted = tell(
                "{accepted}, at most {most} characters",
                "{accepted}, au plus {most} caractères",
                accepted=accepted_,
                most=ids.MAX_LENGTH,
            )
            self.refuse(name, told, wanted, _unstopped(refusal.message))
            return ""

    def several(self, name: str, *, allowed: bool, why: str) -> None:
        """Keep the identifiers a cell lists, separated by semicolons."""
        raw = self.pop(name)
        if raw is None:
            return
        if not allowed:
            self.refuse(name, text(raw), _NOTHING, why)
            return
        self.lists[name] = [found for part in identifiers(text(raw)) if (found := self.checked(name, part, _SEPARATED))]

    def sources(self, known: frozenset[str]) -> tuple[str, ...]:
        """Return the sources the row says state it; empty when it says nothing."""
        raw = self.pop("sources")
        told = () if raw is None else tuple(identifiers(text(raw)))
        for name in told:
            if name not in known:
                names = ", ".join(sorted(known))
                wanted = Told(names, names) if names else _NO_SOURCE
                self.refuse("sources", name, wanted, tell("“{name}” unknown", "« {name} » inconnue", name=name))
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
        labels = join(", ", [f"{words.fr} ({label})" for label, words in types(allowed).items()])
        why = tell(
            "“{found}” is not one of: {allowed}",
            "« {found} » n'est pas dans la liste : {allowed}",
            found=text(raw)[:80],
            allowed=", ".join(allowed),
        )
        self.refuse(name, text(raw), labels, why)
        return None

    def properties(self, kind: Kind) -> dict[str, Any]:
        """Return every cell left as a typed property; what has no meaning in this table is refused."""
        found: dict[str, Any] = {}
        for item in kind.properties:
            raw = self.pop(item.name)
            if raw is None:
                if item.required and item.name not in self._wrong and self.row.given:
                    self.refuse(item.name, "", _wanted(kind, item.name), _FILLED)
                continue
            try:
                told = value(item, raw)
            except Unfit as unfit:
                why = tell("“{found}” {why}", "« {found} » {why}", found=unfit.found[:80], why=unfit.why)
                self.refuse(item.name, unfit.found, unfit.accepted, why)
                continue
            if told not in ("", []):
                found[item.name] = told
            elif item.required:
                self.refuse(item.name, "", _wanted(kind, item.name), _FILLED)
        for name, raw in self.cells.items():
            why = tell("means nothing in {table}", "ne veut rien dire dans {table}", table=kind.table)
            self.refuse(name, text(raw), _NOTHING, why)
        return found

    def place(self) -> Told:
        """Return where the row is, for a sentence."""
        if self.table.sheet is None:
            return tell("{file}, line {line}", "{file}, ligne {line}", file=self.table.file, line=self.row.line)
        return tell("{sheet}!{line}", "{sheet}!{line}", sheet=self.table.sheet, line=self.row.line)

    def rejected(self) -> list[Rejected]:
        """Return what is wrong, cell by cell; the value is the cell's, or the whole row's when the cell is empty."""
        shown = ", ".join(f"{name}={text(raw)}" for name, raw in self.row.cells.items())[:200]
        about = tuple(dict.fromkeys(text(self.row.cells[name]) for name in ("id", "source", "target") if name in self.row.cells))
        return [
            Rejected(
                self.table.file,
                self.row.line,
                None,
                trouble.found[:200] or shown,
                self.table.reason(trouble, self.row.line),
                self.table.sheet,
                about,
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


def _wanted(kind: Kind, name: str) -> Told:
    """Return what a required column accepts, in words."""
    column: Column = next(item for item in accepted(kind) if item.name == name)
    if column.property and column.property.choices:
        return choices(column.property)
    return Told(column.description.en, column.description.fr)


def _no_perimeter(kind: Kind) -> Told:
    return tell("a row of {table} is not part of a perimeter", "une ligne de {table} n'a pas de périmètre", table=kind.table)


def _not_attested(kind: Kind) -> Told:
    return tell("{table} are not attested", "{table} ne s'atteste pas", table=kind.table)


def _unstopped(sentence: str) -> Told:
    """Return a sentence without its full stop, in both languages."""
    return Told(sentence.rstrip("."), in_language(sentence, "fr").rstrip("."))
