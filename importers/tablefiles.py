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
from pacte_graph.errors import DataRefused
from pacte_graph.records import NotUnderstood, Rejected, SourceFile, Where

COLUMNS = 1_000
WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".ods")
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
                reason = f"The row has {len(row)} cells and the header {width}."
                rejected.append(Rejected(self.shown, line, None, " | ".join(row)[:200], reason))

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
        return [NotUnderstood(self.shown, 1, None, f"Column “{name}” is not one this importer knows.") for name in left.values()]


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
        raise DataRefused(f"Two files are called {twice[0]}; places in them couldn't be told apart.", hint="Rename one.")
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
    strange += [NotUnderstood(source.shown, None, None, "The file is empty.") for source, table in found if table is None]
    return [table for _, table in found if table is not None]


def _files(path: Path, strange: list[NotUnderstood]) -> list[Path]:
    if not path.is_dir():
        return [path]
    inside = sorted(item for item in path.iterdir() if not item.name.startswith("."))
    taken = [item for item in inside if item.is_file() and item.name.lower().endswith(SUFFIXES)]
    strange += [NotUnderstood(item.name, None, None, "Not a table.") for item in inside if item not in taken]
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
        raise DataRefused(f"{name} has {len(header)} columns; {COLUMNS} are taken.", hint="Check that it is a CSV file.")
    flat = [folded(cell) for cell in header]
    twice = sorted({cell for cell in flat if cell and flat.count(cell) > 1})
    if twice:
        raise DataRefused(f"{name} has the column “{twice[0]}” twice.", hint="Keep one of them.")
