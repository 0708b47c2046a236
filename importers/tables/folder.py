"""A folder of CSV files: which table each file is, its header against the schema, its rows one at a time."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from importers.decoding import decode, folded, read_bytes
from pacte_graph.errors import DataRefused
from pacte_graph.records import NotUnderstood, Rejected, SourceFile
from pacte_graph.schema import BOOKKEEPING, LINKS, NODES, LinkType, NodeType

LIMIT = 200_000_000
SEPARATORS = ",;\t"
NODE_COLUMNS = {"id": ("id", "identifiant"), "programme": ("programme", "programmes"), "document": ("document", "documents")}
LINK_COLUMNS = {
    "source": ("source", "de"),
    "target": ("target", "cible", "vers"),
    "source_type": ("source_type", "type de source"),
    "target_type": ("target_type", "type de cible"),
    "key": ("key", "cle"),
}
TABLES: dict[str, NodeType | LinkType] = {
    **{item.table: item for item in NODES.values() if item.label not in BOOKKEEPING},
    **{item.table: item for item in LINKS.values() if item.type != "ABOUT"},
}


@dataclass(frozen=True, slots=True)
class Table:
    """One CSV file read as one type: ``columns`` maps each position to a column of ours (None: not understood)."""

    path: Path
    kind: NodeType | LinkType
    columns: tuple[str | None, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]

    def cells(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Return line number and the filled cells of each row, by column."""
        for line, row in self.rows:
            yield line, {name: cell.strip() for name, cell in zip(self.columns, row, strict=False) if name and cell.strip()}


def open_folder(folder: Path) -> tuple[list[Table], list[SourceFile], list[Rejected], list[NotUnderstood]]:
    """Return a folder's tables in the schema's order, its files, and what was not understood; refused when it has no table."""
    if not folder.is_dir():
        raise DataRefused(f"{folder} is not a folder of CSV files.", hint="Give the folder that holds projects.csv, actors.csv…")
    tables: list[Table] = []
    files: list[SourceFile] = []
    rejected: list[Rejected] = []
    strange: list[NotUnderstood] = []
    for path in sorted(folder.glob("*.csv")):
        kind = TABLES.get(path.stem)
        if kind is None:
            strange.append(NotUnderstood(path.name, None, None, f"No table is called {path.stem}."))
            continue
        data = read_bytes(path, LIMIT)
        files.append(SourceFile(path.name, hashlib.sha256(data).hexdigest()))
        tables.append(_table(path, kind, decode(data, path.name), rejected, strange))
    if not tables:
        raise DataRefused(
            f"{folder} holds no table.",
            hint="Files are named after the tables of pacte schema: projects.csv, actors.csv, participations.csv…",
        )
    order = list(TABLES)
    return sorted(tables, key=lambda table: order.index(table.path.stem)), files, rejected, strange


def _table(path: Path, kind: NodeType | LinkType, text: str, rejected: list[Rejected], strange: list[NotUnderstood]) -> Table:
    header = text.split("\n", 1)[0]
    separator = max(SEPARATORS, key=header.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    names = next(reader, [])
    columns = tuple(_column(kind, name) for name in names)
    for name, column in zip(names, columns, strict=True):
        if column is None:
            strange.append(NotUnderstood(path.name, 1, None, f"Column “{name}” is not one of {kind.table}."))
    doubled = sorted({name for name in columns if name and columns.count(name) > 1})
    if doubled:
        raise DataRefused(f"{path.name} has the column {', '.join(doubled)} twice.", hint="Keep one of them.")
    rows: list[tuple[int, tuple[str, ...]]] = []
    try:
        for row in reader:
            if len(row) > len(names):
                rejected.append(Rejected(path.name, reader.line_num, None, separator.join(row)[:200], "More cells than columns."))
            elif any(cell.strip() for cell in row):
                rows.append((reader.line_num, tuple(row)))
    except csv.Error as error:
        raise DataRefused(f"{path.name}, line {reader.line_num}: {error}.", hint="Save it again as CSV.") from error
    return Table(path, kind, columns, tuple(rows))


def _column(kind: NodeType | LinkType, name: str) -> str | None:
    """Return our column for a header: machine name, or label in French or English, whatever its case and accents."""
    wanted = folded(name)
    fixed = NODE_COLUMNS if isinstance(kind, NodeType) else LINK_COLUMNS
    for column, spellings in fixed.items():
        if wanted in spellings:
            return column
    for item in kind.properties:
        if wanted in {item.name, folded(item.label.fr), folded(item.label.en)}:
            return item.name
    return None
