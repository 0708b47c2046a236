"""Tables as people download them: CSV files (plain, .gz, .zip, a folder of them) and workbooks, read row by row.

A first look at each file finds its header and counts its bytes; rows are then read again, lazily, as often as asked.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from pathlib import Path

from importers import csvfiles, workbooks
from importers.archives import LIMIT, Budget, Bytes, hashed, members, readable, starts
from importers.csvfiles import Numbered
from importers.decoding import folded
from importers.refusing import nothing_taken
from importers.telling import counted, thousands
from pacte_graph.errors import DataRefused, Told, tell
from pacte_graph.records import NotUnderstood, Rejected, SourceFile, Where

COLUMNS = 1_000
WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".ods")
_EMPTY = Told("The file is empty.", "Le fichier est vide.")
_NO_TABLE = Told("Not a table.", "Ce n'est pas un tableau.")
SUFFIXES = (".csv", ".csv.gz", ".zip", *WORKBOOKS)


@dataclass(frozen=True, slots=True)
class Table:
    """One table: the file it is in (and the sheet, or the archive's member), its header, and its records on demand."""

    file: str
    member: str | None
    header: tuple[str, ...]
    records: Callable[[], Iterator[Numbered]]
    """Gives every record after the header, anew at each call."""

    @property
    def name(self) -> str:
        """Return the name of the table alone: ``project`` for ``project.csv``, ``project.csv.gz`` or a member of an archive."""
        return Path(self.member or self.file).name.split(".")[0]

    def where(self, line: int) -> Where:
        """Return the place of a line of this table."""
        return Where(self.file, line, self.member)

    def rows(self, columns: Sequence[str], rejected: list[Rejected] | None = None) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Return line and cells of each row, in the order of ``columns`` (at least two); a column that isn't there is ``""``.

        Blank rows are passed over. A row with more or fewer cells than the header isn't returned, but put in ``rejected``.
        """
        width, index = len(self.header), self.index()
        pick = itemgetter(*(index.get(folded(name), width) for name in columns))
        for line, row in self.records():
            if len(row) == width:
                picked = pick([*row, ""])
                if any(map(str.strip, picked)) or any(map(str.strip, row)):
                    yield line, picked
            elif any(map(str.strip, row)) and rejected is not None:
                rejected.append(self.refused(line, row, _uneven(len(row), width)))

    def refused(self, line: int, row: Sequence[str], reason: str, about: tuple[str, ...] = ()) -> Rejected:
        """Return a row of this table as one that is refused, its cells shown; ``about`` names what it speaks of."""
        file, sheet = (self.file, self.member) if self.file.lower().endswith(WORKBOOKS) else (self.shown, None)
        return Rejected(file, line, None, " | ".join(row)[:200], reason, sheet, about)

    @property
    def shown(self) -> str:
        """Return the file, with the sheet or member, as people read it."""
        return self.file if self.member is None else f"{self.file}!{self.member}"

    def index(self) -> dict[str, int]:
        """Return the position of each column by its folded name."""
        return {folded(name): position for position, name in enumerate(self.header)}

    def unknown(self, known: Iterable[str]) -> list[NotUnderstood]:
        """Return what is left of the header once every column that is read or ignored by name is taken away."""
        left = dict(zip(map(folded, self.header), self.header, strict=True))
        for name in known:
            left.pop(folded(name), None)
        return [NotUnderstood(self.shown, 1, None, _unknown(name)) for name in left.values()]


def _uneven(cells: int, width: int) -> Told:
    return tell(
        "The row has {cells} cells and the header {width}.",
        "La ligne a {cells} et l'en-tête {width}.",
        cells=counted(cells, "cellule", "cellules"),
        width=width,
    )


def _unknown(name: str) -> Told:
    return tell(
        "Column “{name}” is not one this importer knows.", "La colonne « {name} » n'est pas connue de cet importeur.", name=name
    )


@dataclass(slots=True)
class Opened:
    """What paths hold: tables in the order given, the files read with their hash, and what is no table."""

    tables: list[Table] = field(default_factory=list)
    files: list[SourceFile] = field(default_factory=list)
    strange: list[NotUnderstood] = field(default_factory=list)


def open_tables(paths: Iterable[Path], *, limit: int = LIMIT) -> Opened:
    """Return the tables of files, archives and folders; raise DataRefused for what can't be read safely.

    Of a workbook the first sheet is read. In a folder the files that end as tables do are read; what isn't a table there,
    or in an archive, is in ``strange``.
    """
    found, budget = Opened(), Budget(limit)
    for path in paths:
        for file in _files(path, found.strange):
            found.files.append(hashed(file))
            found.tables += _tables(file, budget, found.strange)
    names = [table.shown for table in found.tables]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise DataRefused(
            tell(
                "Two files are called {name}; places in them couldn't be told apart.",
                "Deux fichiers s'appellent {name} ; leurs lignes ne pourraient pas être distinguées.",
                name=twice[0],
            ),
            hint=Told("Rename one.", "Renommez l'un des deux."),
        )
    return found


def _tables(file: Path, budget: Budget, strange: list[NotUnderstood]) -> list[Table]:
    """Return the tables of one file; an empty one is said in ``strange``."""
    if file.suffix.lower() in WORKBOOKS:
        sheet = workbooks.first_sheet(file, budget, strange)
        check_header(file.name, sheet.header)
        return [Table(file.name, sheet.name, sheet.header, sheet.records)]
    with readable(file.name):
        archived = starts(file, b"PK") and zipfile.is_zipfile(file)
    found = [(source, _table(source, budget)) for source in (members(file, strange) if archived else [Bytes(file)])]
    strange += [NotUnderstood(source.shown, None, None, _EMPTY) for source, table in found if table is None]
    return [table for _, table in found if table is not None]


def _files(path: Path, strange: list[NotUnderstood]) -> list[Path]:
    if not path.is_dir():
        return [path]
    inside = sorted(item for item in path.iterdir() if not item.name.startswith("."))
    taken = [item for item in inside if item.is_file() and item.name.lower().endswith(SUFFIXES)]
    strange += [NotUnderstood(item.name, None, None, _NO_TABLE) for item in inside if item not in taken]
    return taken


def _table(source: Bytes, budget: Budget) -> Table | None:
    encoding = csvfiles.encoding(source, budget)
    separator = csvfiles.separator(source, encoding)
    if separator is None:
        return None
    header = next((tuple(cell.strip() for cell in row) for _, row in csvfiles.records(source, encoding, separator)), ())
    check_header(source.shown, header)

    def after_header() -> Iterator[Numbered]:
        found = csvfiles.records(source, encoding, separator)
        next(found, None)
        return found

    return Table(source.path.name, source.member, header, after_header)


def check_header(name: str, header: tuple[str, ...]) -> None:
    """Raise DataRefused for a header with too many columns, or one name twice."""
    if len(header) > COLUMNS:
        raise DataRefused(
            tell(
                "{name} has {count} columns; {most} are taken.",
                "{name} a {count} colonnes ; {most} au plus sont prises.",
                name=name,
                count=len(header),
                most=COLUMNS,
            ),
            hint=Told("Check that it is a CSV file.", "Vérifiez que c'est un fichier CSV."),
        )
    flat = [folded(cell) for cell in header]
    twice = sorted({cell for cell in flat if cell and flat.count(cell) > 1})
    if twice:
        raise DataRefused(
            tell(
                "{name} has the column “{column}” twice.",
                "{name} a deux fois la colonne « {column} ».",
                name=name,
                column=twice[0],
            ),
            hint=Told("Keep one of them.", "N'en gardez qu'une."),
        )


def nothing_kept(projects: int, rejected: Sequence[Rejected]) -> DataRefused:
    """Return the refusal of tables of which no project is left: the filters keep none, every row is wrong, or there is none."""
    if not projects and rejected:
        return nothing_taken(Told("No row could be taken", "Aucune ligne n'a pu être prise"), rejected)
    said = Told("The tables hold no row.", "Les tableaux ne contiennent aucune ligne.")
    if projects:
        said = tell(
            "None of the {count} projects is kept by the filters.",
            "Les filtres ne retiennent aucun projet ({count} dans les fichiers).",
            count=thousands(projects),
        )
    hint = Told("Check the filters, or the rows rejected.", "Vérifiez les filtres, ou les lignes rejetées.")
    return DataRefused(said, hint=hint)
