"""Tables: which type each sheet is, its header against the schema, its rows one at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from importers.decoding import folded
from importers.tables.cells import Exact, Raw, empty, text
from importers.tables.sheets import Cells, Sheet, letters, open_csv
from importers.tables.workbooks import SUFFIXES, open_workbook
from pacte_graph.errors import DataRefused
from pacte_graph.records import NotUnderstood, SourceFile
from pacte_graph.schema import NodeType
from pacte_graph.schema.sheets import EXAMPLE, HELPERS, TABLES, Column, Kind, accepted, sheet_name

OLD = (".xls", ".xlsb")


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong in one row: our column (None: the row), what was found, what is accepted, and why in a few words."""

    column: str | None
    found: str
    accepted: str
    why: str


@dataclass(frozen=True, slots=True)
class Row:
    """One row by our columns, and what was already found wrong with it. ``given`` is False for a node only named elsewhere."""

    line: int | None
    cells: dict[str, Raw]
    troubles: tuple[Trouble, ...] = ()
    given: bool = True


@dataclass(frozen=True, slots=True)
class Table:
    """Rows read as one type. ``places`` says where each of our columns is: its position and its header as written."""

    file: str
    sheet: str | None
    kind: Kind
    places: Mapping[str, tuple[int, str]]
    rows: Iterable[Row]
    inner: bool = field(default=False)
    """True for what is drawn from the cells of another table."""

    def reason(self, trouble: Trouble, line: int | None) -> str:
        """Return the sentence that names the cell, says what was found and what is accepted."""
        position, header = self.places.get(trouble.column or "", (None, trouble.column or ""))
        if self.sheet is None:
            return (
                f"Column {header}{' ' if trouble.why.startswith('must') else ': '}{trouble.why}." if header else f"{trouble.why}."
            )
        cell = str(line) if position is None else f"{letters(position)}{line}"
        found = f"found “{trouble.found[:80]}”" if trouble.found else "found nothing"
        named = f" in {header}" if header and position is None else ""
        return f"{self.sheet}!{cell}: {found}{named}; accepted: {trouble.accepted}"


@dataclass(slots=True)
class Opened:
    """What was opened: sheets, files, and what was not understood of them."""

    sheets: list[Sheet] = field(default_factory=list)
    files: list[SourceFile] = field(default_factory=list)
    strange: list[NotUnderstood] = field(default_factory=list)

    def add(self, sheets: list[Sheet], file: SourceFile) -> None:
        """Take a file's sheets."""
        self.sheets += sheets
        self.files.append(file)


def open_path(path: Path) -> Opened:
    """Return the sheets of a folder of CSV files, of one CSV file or of a workbook. Raises DataRefused otherwise."""
    opened = Opened()
    suffix = path.suffix.lower()
    if suffix in SUFFIXES and path.is_file():
        opened.add(*open_workbook(path))
    elif suffix in OLD and path.is_file():
        raise DataRefused(
            f"{path.name} is a workbook of a kind that isn't read.", hint="Open it in a spreadsheet and save it as .xlsx."
        )
    elif path.is_file():
        sheet, file = open_csv(path)
        opened.add([sheet], file)
    elif path.is_dir():
        _open_folder(path, opened)
    else:
        raise DataRefused(
            f"{path} is not a folder of CSV files, nor a file.", hint="Give the folder that holds projects.csv, actors.csv…"
        )
    return opened


def _open_folder(folder: Path, opened: Opened) -> None:
    for path in sorted([*folder.glob("*.csv"), *folder.glob("*.csv.gz")]):
        name = path.name.removesuffix(".gz").removesuffix(".csv")
        if kind_named(name) is None:
            opened.strange.append(NotUnderstood(path.name, None, None, f"No table is called {name}."))
        else:
            sheet, file = open_csv(path)
            opened.add([sheet], file)
    for path in sorted(item for item in folder.iterdir() if item.suffix.lower() in (*SUFFIXES, *OLD)):
        opened.strange.append(NotUnderstood(path.name, None, None, "A workbook in a folder of CSV files: import it by itself."))


def tables(opened: Opened, place: Path) -> list[Table]:
    """Return the tables of our own layout in the schema's order; refused when there is none."""
    found = [table for sheet in opened.sheets if (table := _table(sheet, opened.strange))]
    if not found:
        raise DataRefused(
            f"{place} holds no table.",
            hint="Files and sheets are named after the tables of pacte schema: projects.csv, actors.csv, participations.csv… "
            "For a table of another layout, start from `pacte map FILE` and import with --map.",
        )
    order = list(TABLES)
    return sorted(found, key=lambda table: order.index(table.kind.table))


def kind_named(name: str) -> Kind | None:
    """Return the type that a sheet's, a file's or a type's name means: table, sheet, label or words, in either language."""
    wanted = folded(name)
    if wanted in TABLES:
        return TABLES[wanted]
    return next((kind for kind in TABLES.values() if wanted in _names(kind)), None)


def _names(kind: Kind) -> set[str]:
    words = [sheet_name(kind), kind.table]
    if isinstance(kind, NodeType):
        words += [kind.label, kind.words.fr, kind.words.en, kind.plural.fr, kind.plural.en]
    else:
        words += [kind.type]
    return {folded(word) for word in words}


def _table(sheet: Sheet, strange: list[NotUnderstood]) -> Table | None:
    if sheet.name in HELPERS:
        return None
    kind = _marked(sheet) or kind_named(sheet.title())
    if kind is None:
        if sheet.rows:
            strange.append(NotUnderstood(sheet.file, None, None, f"Sheet “{sheet.title()}” is no table of the model."))
        return None
    header, names, rows = _header(sheet, kind)
    for name, column in zip(header, names, strict=True):
        if column is None and name:
            text_ = f"Column “{name}” is not one of {kind.table}."
            strange.append(NotUnderstood(sheet.file, sheet.rows[0][0], None, _at(sheet, text_)))
    doubled = sorted({name for name in names if name and names.count(name) > 1})
    if doubled:
        told = f"{sheet.file} has the column {', '.join(doubled)} twice"
        raise DataRefused(f"{told}{'' if sheet.name is None else f' in the sheet {sheet.name}'}.", hint="Keep one of them.")
    strange += _nameless(sheet, header, rows)
    places = {name: (at, header[at]) for at, name in enumerate(names) if name}
    return Table(sheet.file, sheet.name, kind, places, _rows(sheet, names, rows))


def _nameless(sheet: Sheet, header: list[str], rows: Sequence[tuple[int, Cells]]) -> Iterator[NotUnderstood]:
    """Yield every filled cell of a workbook under no header."""
    for line, cells in rows if sheet.name is not None else ():
        for at, cell in enumerate(cells):
            if not empty(cell) and (at >= len(header) or not header[at]):
                told = f"{sheet.name}!{letters(at)}{line}: “{text(cell)[:80]}” has no header above it."
                yield NotUnderstood(sheet.file, line, None, told)


def _at(sheet: Sheet, words: str) -> str:
    return words if sheet.name is None else f"{sheet.name}: {words}"


def _marked(sheet: Sheet) -> Kind | None:
    """Return the type that the second row's first cell names (``projects.id``), however the sheet is called."""
    first = _strings(sheet.rows[1][1])[:1] if len(sheet.rows) > 1 else []
    return TABLES.get(first[0].rpartition(".")[0]) if first else None


def _header(sheet: Sheet, kind: Kind) -> tuple[list[str], list[str | None], Sequence[tuple[int, Cells]]]:
    """Return headers as written, our columns, and the rows below: a second row of machine names, if any, has the last word."""
    if not sheet.rows:
        return [], [], ()
    known = {column.name for column in accepted(kind)}
    header = _strings(sheet.rows[0][1])
    if len(sheet.rows) > 1:
        machine = [name.removeprefix(f"{kind.table}.") for name in _strings(sheet.rows[1][1])]
        given = {name for name in machine if name}
        if given and given <= known and given & {"id", "source"}:
            width = max(len(header), len(machine))
            header, machine = ([*names, *[""] * (width - len(names))] for names in (header, machine))
            return header, [name or _column(kind, shown) for name, shown in zip(machine, header, strict=True)], sheet.rows[2:]
    return header, [_column(kind, name) for name in header], sheet.rows[1:]


def _strings(row: Cells) -> list[str]:
    return [text(cell) for cell in row]


def _column(kind: Kind, name: str) -> str | None:
    """Return our column for a header: machine name, or label in French or English, whatever its case and accents."""
    wanted = folded(name).rstrip("* ")
    found = next((column for column in accepted(kind) if wanted in spelled(column)), None)
    return found.name if found and wanted else None


def spelled(column: Column) -> set[str]:
    """Return how a column's header may be written, folded."""
    return {column.name, folded(column.label.fr), folded(column.label.en), *column.spellings}


def _rows(sheet: Sheet, names: list[str | None], rows: Iterable[tuple[int, Cells]]) -> Iterator[Row]:
    skips = sheet.example or (sheet.name is None and _marked(sheet) is not None)
    for line, cells in rows:
        found = {name: cell for name, cell in zip(names, cells, strict=False) if name and not empty(cell)}
        if skips and any(str(found.get(name, "")).startswith(EXAMPLE) for name in ("id", "source")):
            continue
        yield Row(line, found, tuple(troubles(sheet, line, cells, names)))


def troubles(sheet: Sheet, line: int, cells: Cells, names: Sequence[str | None]) -> Iterator[Trouble]:
    """Yield what is wrong with a row's cells before they are given a meaning; ``names`` are those that will be read."""
    for at, cell in enumerate(cells):
        name = names[at] if at < len(names) else None
        if sheet.name is None and at >= len(names) and not empty(cell):
            yield Trouble(None, text(cell), "nothing: the column has no header", "More cells than columns")
            return
        if name and isinstance(cell, str) and not isinstance(cell, Exact) and len(cell) > sheet.limit:
            told = f"holds {len(cell)} characters; {sheet.limit} are allowed"
            yield Trouble(name, cell, f"at most {sheet.limit} characters", f"{told} (is a quotation mark left open?)")
        elif name and (line, at) in sheet.errors:
            yield Trouble(name, sheet.errors[line, at], "a value: the cell's formula fails", "holds an error")
