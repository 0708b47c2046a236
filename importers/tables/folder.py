"""Tables: which type each sheet is, its header against the schema, its rows one at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from importers.decoding import folded
from importers.tables.cells import SHOWN, Exact, Raw, empty, text
from importers.tables.extents import UNCOMPUTED
from importers.tables.sheets import Cells, Sheet, letters, open_csv
from importers.tables.workbooks import SUFFIXES, open_workbook
from pacte_graph.errors import DataRefused, Told, tell
from pacte_graph.records import NotUnderstood, SourceFile
from pacte_graph.schema import NodeType
from pacte_graph.schema.sheets import EXAMPLE, HELPERS, TABLES, Column, Kind, accepted, sheet_name

OLD = (".xls", ".xlsb")
_ALONE = Told(
    "A workbook in a folder of CSV files: import it by itself.", "Un classeur dans un dossier de CSV : importez-le à part."
)
_NO_HEADER = Told("nothing: the column has no header", "rien : la colonne n'a pas d'intitulé")
_MORE_CELLS = Told("More cells than columns", "Plus de cellules que de colonnes")
_SOUND = Told("a value: the cell's formula fails", "une valeur : la formule de la cellule échoue")
_COMPUTED = Told(
    "a value: open the workbook in a spreadsheet and save it",
    "une valeur : ouvrez le classeur dans un tableur et enregistrez-le",
)
_HOLDS_ERROR = Told("holds an error", "contient une erreur")
NOTHING_FOUND = Told("found nothing", "trouvé : rien")


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
            if not header:
                return tell("{why}.", "{why}.", why=trouble.why)
            sign = " " if trouble.why.startswith("must") else ": "
            return tell(f"Column {{header}}{sign}{{why}}.", "Colonne {header} : {why}.", header=header, why=trouble.why)
        shown = trouble.found if len(trouble.found) <= SHOWN else trouble.found[:SHOWN]
        cell = str(line) if position is None else f"{letters(position)}{line}"
        found = tell("found “{found}”", "trouvé « {found} »", found=shown) if trouble.found else NOTHING_FOUND
        named = tell(" in {header}", " dans {header}", header=header) if header and position is None else Told("", "")
        return tell(
            "{sheet}!{cell}: {found}{named}; accepted: {accepted}",
            "{sheet}!{cell} : {found}{named} ; accepté : {accepted}",
            sheet=self.sheet,
            cell=cell,
            found=found,
            named=named,
            accepted=trouble.accepted,
        )


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
        raise old_workbook(path.name)
    elif path.is_file():
        sheet, file = open_csv(path)
        opened.add([sheet], file)
    elif path.is_dir():
        _open_folder(path, opened)
    else:
        raise DataRefused(
            tell(
                "{path} is not a folder of CSV files, nor a file.",
                "{path} n'est ni un fichier, ni un dossier de CSV.",
                path=path,
            ),
            hint=Told(
                "Give the folder that holds projects.csv, actors.csv…",
                "Donnez le dossier qui contient projects.csv, actors.csv…",
            ),
        )
    return opened


def old_workbook(name: str) -> DataRefused:
    """Return the refusal of a workbook of a kind that isn't read."""
    return DataRefused(
        tell(
            "{name} is a workbook of a kind that isn't read.",
            "{name} est un classeur d'un type qui n'est pas lu.",
            name=name,
        ),
        hint=Told("Open it in a spreadsheet and save it as .xlsx.", "Ouvrez-le dans un tableur et enregistrez-le en .xlsx."),
    )


def _open_folder(folder: Path, opened: Opened) -> None:
    for path in sorted([*folder.glob("*.csv"), *folder.glob("*.csv.gz")]):
        name = path.name.removesuffix(".gz").removesuffix(".csv")
        if kind_named(name) is None:
            opened.strange.append(
                NotUnderstood(
                    path.name, None, None, tell("No table is called {name}.", "Aucune table ne s'appelle {name}.", name=name)
                )
            )
        else:
            sheet, file = open_csv(path)
            opened.add([sheet], file)
    for path in sorted(item for item in folder.iterdir() if item.suffix.lower() in (*SUFFIXES, *OLD)):
        opened.strange.append(NotUnderstood(path.name, None, None, _ALONE))


def tables(opened: Opened, place: Path) -> list[Table]:
    """Return the tables of our own layout in the schema's order; refused when there is none."""
    found = [table for sheet in opened.sheets if (table := _table(sheet, opened.strange))]
    if not found:
        raise DataRefused(
            tell("{place} holds no table.", "{place} ne contient aucune table.", place=place),
            hint=Told(
                "Files and sheets are named after the tables of pacte schema: projects.csv, actors.csv, participations.csv… "
                "For a table of another layout, start from `pacte map FILE` and import with --map.",
                "Fichiers et feuilles portent le nom des tables de pacte schema : projects.csv, actors.csv, participations.csv… "
                "Pour un tableau d'une autre forme, partez de `pacte map FICHIER` et importez avec --map.",
            ),
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
            said = tell(
                "Sheet “{name}” is no table of the model.",
                "La feuille « {name} » n'est pas une table du modèle.",
                name=sheet.title(),
            )
            strange.append(NotUnderstood(sheet.file, None, None, said))
        return None
    header, names, rows = _header(sheet, kind)
    for name, column in zip(header, names, strict=True):
        if column is None and name:
            text_ = tell(
                "Column “{name}” is not one of {table}.",
                "La colonne « {name} » n'est pas une colonne de {table}.",
                name=name,
                table=kind.table,
            )
            strange.append(NotUnderstood(sheet.file, sheet.rows[0][0], None, _at(sheet, text_)))
    doubled = sorted({name for name in names if name and names.count(name) > 1})
    if doubled:
        raise _doubled(sheet, [header[at] or name for name in doubled for at, other in enumerate(names) if other == name])
    strange += _nameless(sheet, header, rows)
    places = {name: (at, header[at]) for at, name in enumerate(names) if name}
    return Table(sheet.file, sheet.name, kind, places, _rows(sheet, names, rows))


def _doubled(sheet: Sheet, headers: Sequence[str]) -> DataRefused:
    """Return the refusal of headers that are one column of ours, as they are written."""
    place = Told("", "") if sheet.name is None else tell(" in the sheet {name}", " dans la feuille {name}", name=sheet.name)
    return DataRefused(
        tell(
            "{file} has the column {names} twice{place}.",
            "{file} a deux fois la colonne {names}{place}.",
            file=sheet.file,
            names=", ".join(dict.fromkeys(headers)),
            place=place,
        ),
        hint=Told("Keep one of them.", "Gardez-en une."),
    )


def _nameless(sheet: Sheet, header: list[str], rows: Sequence[tuple[int, Cells]]) -> Iterator[NotUnderstood]:
    """Yield every filled cell under no header; in a CSV file a row with more cells than the header is refused elsewhere."""
    for line, cells in rows:
        for at, cell in enumerate(cells if sheet.name is not None else cells[: len(header)]):
            if not empty(cell) and (at >= len(header) or not header[at]):
                yield NotUnderstood(sheet.file, line, None, headless(sheet, line, at, cell))


def headless(sheet: Sheet, line: int, at: int, cell: Raw) -> Told:
    """Return the sentence that a filled cell has no header."""
    en, fr = f"column {at + 1}", f"colonne {at + 1}"
    if sheet.name is not None:
        en = fr = f"{sheet.name}!{letters(at)}{line}"
    return tell(
        "{at}: “{found}” has no header above it.",
        "{at} : « {found} » n'a pas d'intitulé au-dessus.",
        at=Told(en[0].upper() + en[1:], fr[0].upper() + fr[1:]) if sheet.name is None else Told(en, fr),
        found=text(cell)[:80],
    )


def _at(sheet: Sheet, words: str) -> str:
    return words if sheet.name is None else tell("{name}: {words}", "{name} : {words}", name=sheet.name, words=words)


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
            yield Trouble(None, text(cell), _NO_HEADER, _MORE_CELLS)
            return
        if name and isinstance(cell, str) and not isinstance(cell, Exact) and len(cell) > sheet.limit:
            yield _too_long(name, cell, sheet.limit)
        elif name and (line, at) in sheet.errors:
            found = sheet.errors[line, at]
            yield Trouble(name, found, _COMPUTED if found == UNCOMPUTED else _SOUND, _HOLDS_ERROR)


def _too_long(name: str, cell: str, most: int) -> Trouble:
    accepted_ = tell("at most {most} characters", "au plus {most} caractères", most=most)
    why = tell(
        "holds {found} characters; {most} are allowed (is a quotation mark left open?)",
        "contient {found} caractères ; {most} sont admis (un guillemet est-il resté ouvert ?)",
        found=len(cell),
        most=most,
    )
    return Trouble(name, cell, accepted_, why)
