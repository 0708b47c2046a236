"""Someone's own tables read through a mapping: their rows become rows of ours, still knowing the cells they come from."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from fnmatch import fnmatch, fnmatchcase
from pathlib import Path

from importers.decoding import folded
from importers.tables import cards, headers
from importers.tables.cells import Raw, empty, text
from importers.tables.folder import OLD, Opened, Row, Table, Trouble, headless, old_workbook, troubles
from importers.tables.mapping import Inline, MappingFile, TableMap, Template, exploding, listed
from importers.tables.mapping_file import load
from importers.tables.sheets import Cells, Sheet, open_csv
from importers.tables.workbooks import SUFFIXES, open_workbook
from pacte_graph.errors import DataRefused, Told, tell
from pacte_graph.records import Card, NotUnderstood, SourceFile
from pacte_graph.schema import NODES, NodeType

_UNREAD = Told("No table of the mapping reads this file.", "Aucune table de la correspondance ne lit ce fichier.")
_ANY = Told("any sheet", "lisible")
_IDENTIFIERS = frozenset({"id", "source", "target"})


@dataclass(slots=True)
class Files:
    """The files given, opened when a table of the mapping asks for them, and which sheets were read."""

    paths: list[Path]
    opened: Opened = field(default_factory=Opened)
    read: set[tuple[str, str | None]] = field(default_factory=set)
    _books: dict[Path, list[Sheet]] = field(default_factory=dict)
    _known: set[str] = field(default_factory=set)

    def sheets(self, table: TableMap) -> list[Sheet]:
        """Return the sheets that a table of the mapping describes. Raises DataRefused when there is none."""
        files = [path for path in self.paths if table.file is None or fnmatch(path.name, table.file)]
        found = [sheet for path in files for sheet in self._of(path, table)]
        if not found:
            wanted = " ".join(filter(None, [table.file, table.sheet])) or _ANY
            names = ", ".join(f"{sheet.file}!{sheet.name}" for sheets in self._books.values() for sheet in sheets)
            raise DataRefused(
                tell(
                    "{place}: no sheet is {wanted}.", "{place} : aucune feuille n'est {wanted}.", place=table.place, wanted=wanted
                ),
                hint=tell("Given: {names}.", "Donné : {names}.", names=names or ", ".join(path.name for path in self.paths)),
            )
        self.read |= {(sheet.file, sheet.name) for sheet in found}
        return found

    def _of(self, path: Path, table: TableMap) -> list[Sheet]:
        if path.suffix.lower() not in SUFFIXES:
            sheet, file = open_csv(path, header_row=table.headers[0], separator=table.separator)
            self._take(file)
            return [sheet] if table.sheet is None else []
        if path not in self._books:
            self._books[path], file = open_workbook(path)
            self._take(file)
        filled = [sheet for sheet in self._books[path] if sheet.rows]
        if table.sheet is None:
            return filled[:1]
        return [sheet for sheet in filled if sheet.name == table.sheet]

    def _take(self, file: SourceFile) -> None:
        if file.path not in self._known:
            self._known.add(file.path)
            self.opened.files.append(file)

    def unread(self, ignore: tuple[str, ...]) -> Iterator[NotUnderstood]:
        """Yield the files and filled sheets that no table of the mapping reads, but for those ignored by name."""
        for path in self.paths:
            if path.name not in self._known and path.name not in ignore:
                yield NotUnderstood(path.name, None, None, _UNREAD)
        for sheet in (sheet for sheets in self._books.values() for sheet in sheets):
            if sheet.rows and (sheet.file, sheet.name) not in self.read and sheet.name not in ignore:
                said = tell(
                    "Sheet “{name}” is in no table of the mapping.",
                    "La feuille « {name} » n'est dans aucune table de la correspondance.",
                    name=sheet.name,
                )
                yield NotUnderstood(sheet.file, None, None, said)


def read(paths: list[Path], told: MappingFile, file: str, programme: str | None) -> tuple[list[Table], Opened, tuple[str, ...]]:
    """Return the tables that a mapping makes of files, what was opened, and what is ignored on purpose."""
    files = Files(_files(paths))
    made = [Table(file, None, kind, {}, [Row(None, cells)]) for kind, cells in told.nodes]
    links: list[Table] = []
    silent: list[tuple[tuple[str, str | None], dict[tuple[str, int, str], Told]]] = []
    ignored: list[str] = list(told.ignore)
    for table in told.tables:
        for sheet in files.sheets(table):
            reading = _Sheet(sheet, table, table.templates.get("programme") or _template(programme or told.programme))
            (made if isinstance(table.kind, NodeType) else links).append(reading.main())
            silent.append(((sheet.file, sheet.name), reading.silent()))
            ignored += reading.ignored()
            inner, joined = reading.inline()
            links += [*inner, *joined]
    files.opened.strange += _strange(silent)
    files.opened.strange += files.unread(told.ignore)
    created = [table for table in links if isinstance(table.kind, NodeType)]
    return [*made, *created, *(table for table in links if table not in created)], files.opened, tuple(dict.fromkeys(ignored))


def _strange(silent: list[tuple[tuple[str, str | None], dict[tuple[str, int, str], Told]]]) -> Iterator[NotUnderstood]:
    """Yield the columns of each sheet about which no table of the mapping that reads it says anything."""
    for place in dict.fromkeys(place for place, _ in silent):
        first, *others = [columns for other, columns in silent if other == place]
        for key, sentence in first.items():
            if all(key in columns for columns in others):
                yield NotUnderstood(key[0], key[1], None, sentence)


def card(told: MappingFile, path: Path, ignored: tuple[str, ...]) -> Card:
    """Return the card a mapping describes, or one made from its name."""
    base = cards.named(path.stem, "Tables", "Tables")
    source = dict(told.source)
    source = {"id": base.id, "name_en": source.get("name_fr", base.name_en), **source}
    source.setdefault("name_fr", source["name_en"] if "name_en" in told.source else base.name_fr)
    found = cards.from_keys(source, f"{path.name}, source")
    return replace(found, ignored=(*found.ignored, *(name for name in ignored if name not in found.ignored)))


def open_mapping(path: Path) -> tuple[MappingFile, SourceFile]:
    """Return a mapping file and its name with its digest. Raises DataRefused when it isn't sound."""
    told, data = load(path)
    return told, SourceFile(path.name, hashlib.sha256(data).hexdigest())


def _files(paths: list[Path]) -> list[Path]:
    found: list[Path] = []
    for path in paths:
        inside = (
            sorted(item for item in path.iterdir() if item.suffix.lower() in (".csv", *SUFFIXES)) if path.is_dir() else [path]
        )
        found += inside
        if not inside:
            raise DataRefused(
                tell("{path} holds no table.", "{path} ne contient aucune table.", path=path),
                hint=Told("Give .csv, .xlsx or .ods files.", "Donnez des fichiers .csv, .xlsx ou .ods."),
            )
    for path in found:
        if path.suffix.lower() in OLD:
            raise old_workbook(path.name)
    return found


def _template(told: str | None) -> Template | None:
    return None if told is None else Template(told)


class _Sheet:
    """One sheet under one table of the mapping."""

    def __init__(self, sheet: Sheet, table: TableMap, programme: Template | None) -> None:
        self.sheet = sheet
        self.table = table
        self.programme = programme if not isinstance(table.kind, NodeType) or table.kind.scoped else None
        self.header = headers.read(sheet, table)
        self.at = self._positions()
        self.used = [f"={name}" if name else None for name in self._used()]

    def main(self) -> Table:
        """Return the rows as the table's type."""
        return Table(self.sheet.file, self.sheet.name, self.table.kind, self._places(), list(self._rows()))

    def inline(self) -> tuple[list[Table], list[Table]]:
        """Return the nodes and the links that cells of the sheet name."""
        nodes: list[Table] = []
        links: list[Table] = []
        for name, uses in self.table.columns.items():
            for use in uses:
                if isinstance(use, Inline):
                    place = (self.at[name], name)
                    places = {use.side: place, "id": place, f"={name}": place}
                    places |= {
                        ours: (self.at[item.fields[0]], item.fields[0])
                        for ours, item in use.properties.items()
                        if item.fields and item.fields[0] != "value"
                    }
                    places |= {ours: place for ours, item in use.properties.items() if item.fields[:1] == ("value",)}
                    named = list(self._named(name, use))
                    if use.create:
                        made = [self._made(line, cells, use) for line, cells, _ in named]
                        nodes.append(Table(self.sheet.file, self.sheet.name, NODES[use.label], places, made, inner=True))
                    rows = [Row(line, joined) for line, _, joined in named]
                    links.append(Table(self.sheet.file, self.sheet.name, use.link, places, rows, inner=True))
        return nodes, links

    def silent(self) -> dict[tuple[str, int, str], Told]:
        """Return the columns that this table of the mapping says nothing about, each with the sentence that says so."""
        title, known = self.sheet.title(), {*self.at.values(), *headers.positions(self.table.ignore, self.header)}
        filled = headers.first_filled(self._body(), len(self.header) if self.sheet.name is None else None)
        found: dict[tuple[str, int, str], Told] = {}
        for at in sorted({*filled, *(at for at, name in enumerate(self.header) if name)} - known):
            name = self.header[at] if at < len(self.header) else ""
            key = (self.sheet.file, self.table.header_row, name or headers.lettered(at))
            found[key] = _unmapped(title, name) if name else _unnamed(self.sheet, at, *filled[at])
        return found

    def ignored(self) -> list[str]:
        """Return what the mapping leaves out by name."""
        title = self.sheet.title()
        above = [line for line, _ in self.sheet.rows if line < self.table.headers[0]]
        rows = [f"{title} : lignes 1 à {max(above)} / rows 1 to {max(above)}"] if above else []
        skipped = [line for line, row in self._body() if self._skipped(row)]
        lines = ", ".join(map(str, skipped[:10])) + (" …" if len(skipped) > 10 else "")
        if skipped:
            rows.append(
                f"{title} : {len(skipped)} ligne(s) laissée(s) de côté ({lines}) / {len(skipped)} row(s) skipped ({lines})"
            )
        return [*(f"{title} : {name}" for name in self.table.ignore), *rows]

    def _positions(self) -> dict[str, int]:
        """Return where each column of theirs is. Raises DataRefused naming those that are missing or there twice."""
        return headers.places(self.sheet, self.table, self.header)

    def _used(self) -> list[str]:
        by_position = {at: name for name, at in self.at.items()}
        return [by_position.get(at, "") for at in range(max([len(self.header), *(at + 1 for at in by_position)]))]

    def _places(self) -> dict[str, tuple[int, str]]:
        places = {f"={name}": (at, name) for name, at in self.at.items()}
        for ours, template in self.table.templates.items():
            if template.fields:
                places[ours] = (self.at[template.fields[0]], template.fields[0])
        for name, uses in self.table.columns.items():
            places |= {use: (self.at[name], name) for use in uses if isinstance(use, str)}
        return places

    def _cells(self, row: Cells) -> dict[str, Raw]:
        return {name: row[at] for name, at in self.at.items() if at < len(row) and not empty(row[at])}

    def _body(self) -> Iterator[tuple[int, Cells]]:
        """Yield the filled rows below the headers, those left out on purpose too."""
        for line, row in self.sheet.rows:
            if line > self.table.header_row and any(not empty(cell) for cell in row):
                yield line, row

    def _skipped(self, row: Cells) -> bool:
        """Tell whether the mapping leaves a row out: one of its cells says a text that it names."""
        said = (
            (folded(text(row[self.at[name]])) if self.at[name] < len(row) else "", texts)
            for name, texts in self.table.skip.items()
        )
        return any(fnmatchcase(told, pattern) for told, texts in said for pattern in texts)

    def _theirs(self) -> Iterator[tuple[int, dict[str, Raw], Cells]]:
        for line, row in self._body():
            if not self._skipped(row):
                yield line, self._cells(row), row

    def _rows(self) -> Iterator[Row]:
        for line, theirs, row in self._theirs():
            wrong = tuple(troubles(self.sheet, line, row, self.used))
            for cells in self._pieces(theirs):
                yield Row(line, self._ours(cells), wrong)

    def _pieces(self, theirs: dict[str, Raw]) -> Iterator[dict[str, Raw]]:
        """Yield a row as it is, or once for each piece of the cell that is split into rows."""
        name = next(iter(exploding(self.table)), None)
        if name is None or (name not in theirs and isinstance(self.table.kind, NodeType)):
            yield theirs
            return
        if name not in theirs:  # a cell that lists nothing makes no link
            return
        for piece in _split(theirs[name], self.table.split[name]):
            yield {**theirs, name: piece}

    def _ours(self, theirs: Mapping[str, Raw]) -> dict[str, Raw]:
        """Return one row by our columns: templates, then constants, then what their cells say."""
        found: dict[str, Raw] = {}
        templates = {**self.table.templates, **({"programme": self.programme} if self.programme else {})}
        for name, template in templates.items():
            told = template.render(theirs, identifier=name in (*_IDENTIFIERS, "programme", "document"))
            if told is not None:
                whole = template.fields and ";" in told and name in ("programme", "document") and template.text != told
                found[name] = listed([told]) if whole else self._translated(name, told)
        found |= self.table.constants
        for header, uses in self.table.columns.items():
            for name in (use for use in uses if isinstance(use, str) and header in theirs):
                found[name] = self._cell(header, name, theirs[header])
        return {name: cell for name, cell in found.items() if not empty(cell)}

    def _cell(self, header: str, name: str, cell: Raw) -> Raw:
        item = self.table.kind.property(name)
        if item is not None and item.type == "strings" and header in self.table.split:
            return listed(_split(cell, self.table.split[header])) if _split(cell, self.table.split[header]) else ""
        return self._translated(name, cell)

    def _translated(self, name: str, cell: Raw) -> Raw:
        values = self.table.values.get(name)
        return values.get(folded(text(cell)), cell) if values else cell

    def _named(self, header: str, use: Inline) -> Iterator[tuple[int, dict[str, Raw], dict[str, Raw]]]:
        """Yield, for each thing a cell names: the line, the node's cells and the link's cells."""
        other = "target" if use.side == "source" else "source"
        label = self.table.kind.label if isinstance(self.table.kind, NodeType) else ""
        for line, theirs, _ in self._theirs():
            for piece in self._named_in(theirs, header, use):
                cells = {**theirs, "value": piece}
                named = use.id.render(cells, identifier=True)
                own = self._ours(theirs).get("id", "")
                link = self._said(use, cells)
                ends = {use.side: named or "", f"{use.side}_type": use.label, other: own, f"{other}_type": label}
                node = {"id": named or "", NODES[use.label].caption: header if use.fixed else piece, **use.node}
                programme = self.programme.render(theirs, identifier=True) if self.programme else None
                if programme and NODES[use.label].scoped:
                    node["programme"] = programme
                yield line, node, {**link, **{name: end for name, end in ends.items() if not empty(end)}}

    def _named_in(self, theirs: Mapping[str, Raw], header: str, use: Inline) -> list[str]:
        """Return what a cell names, but for what the mapping says makes no link."""
        pieces = _split(theirs[header], use.split) if header in theirs else []
        return [piece for piece in pieces if folded(piece) not in use.skip]

    def _said(self, use: Inline, cells: Mapping[str, Raw]) -> dict[str, Raw]:
        """Return what the link's own properties are, in our values."""
        told = {name: item.render(cells, identifier=False) for name, item in use.properties.items()}
        found = {name: self._translated(name, text_) for name, text_ in told.items() if text_}
        return {name: cell for name, cell in found.items() if not empty(cell)}

    def _made(self, line: int, cells: dict[str, Raw], use: Inline) -> Row:
        wrong = (
            ()
            if cells["id"]
            else (Trouble("id", str(cells[NODES[use.label].caption]), _fills(use), Told("has no id", "n'a pas d'identifiant")),)
        )
        return Row(line, cells, wrong, given=False)


def _fills(use: Inline) -> Told:
    return tell("what fills {template}", "de quoi remplir {template}", template=use.id.text)


def _unmapped(title: str, name: str) -> Told:
    return tell(
        "{title}: column “{name}” is neither mapped nor ignored.",
        "{title} : la colonne « {name} » n'est ni lue, ni ignorée.",
        title=title,
        name=name,
    )


def _unnamed(sheet: Sheet, at: int, line: int, cell: Raw) -> Told:
    return tell(
        "{told} It is neither mapped nor ignored: call it “{name}”.",
        "{told} Elle n'est ni lue, ni ignorée : appelez-la « {name} ».",
        told=headless(sheet, line, at, cell),
        name=headers.lettered(at),
    )


def _split(cell: Raw, sign: str) -> list[str]:
    """Return the pieces of a cell, spaces around them left out; the whole cell when there is no separator."""
    whole = text(cell)
    return [piece.strip() for piece in whole.split(sign) if piece.strip()] if sign else [whole]
