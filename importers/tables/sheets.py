"""Sheets: what a CSV file or one sheet of a workbook holds, cell by cell, before anything is known of its meaning."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

from importers.decoding import decode, read_bytes
from importers.tables.cells import Raw, empty
from pacte_graph.errors import DataRefused
from pacte_graph.records import SourceFile

LIMIT = 200_000_000
CSV_CELL_LIMIT = 200_000
USED_COLUMNS = 1_000
SEPARATORS = ",;\t"
_LOCK = Lock()

Cells = tuple[Raw, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The filled rows of one sheet, each with its line (from 1). ``name`` is None for a CSV file.

    ``errors`` names the cells whose formula failed, by line and column (from 0): nothing can be read there.
    """

    file: str
    name: str | None
    rows: tuple[tuple[int, Cells], ...]
    errors: Mapping[tuple[int, int], str] = field(default_factory=dict)
    example: bool = False
    """True in a workbook that says that it holds example rows."""

    @property
    def limit(self) -> int:
        """Return how many characters one cell may hold."""
        return CSV_CELL_LIMIT if self.name is None else 32_767

    def title(self) -> str:
        """Return the sheet's own name: the file's stem for a CSV file."""
        return Path(self.file.removesuffix(".gz")).stem if self.name is None else self.name


def letters(column: int) -> str:
    """Return a column's letters from its position (from 0).

    >>> letters(0), letters(26), letters(16383)
    ('A', 'AA', 'XFD')
    """
    found = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(65 + rest) + found
    return found


def filled(row: Cells) -> bool:
    """Tell whether a row holds anything."""
    return any(not empty(cell) for cell in row)


def open_csv(path: Path, *, header_row: int = 1, separator: str | None = None) -> tuple[Sheet, SourceFile]:
    """Return a CSV file as a sheet, its header first. The separator is the one most found on the header's line.

    Raises DataRefused when the file can't be read as CSV text.
    """
    data = read_bytes(path, LIMIT)
    told = decode(_unpacked(data, path.name), path.name)
    lines = told.split("\n", header_row)
    header = lines[header_row - 1] if len(lines) >= header_row else ""
    sign = separator or max(SEPARATORS, key=(header if any(sign in header for sign in SEPARATORS) else told[:10_000]).count)
    reader = csv.reader(io.StringIO(told, newline=""), delimiter=sign)
    rows: list[tuple[int, Cells]] = []
    try:
        with _long_fields():
            for row in reader:
                if len(row) > USED_COLUMNS:
                    raise DataRefused(
                        f"{path.name}, line {reader.line_num} has {len(row)} columns; {USED_COLUMNS} are taken.",
                        hint="Keep the columns that matter.",
                    )
                if not rows or any(cell.strip() for cell in row):
                    rows.append((reader.line_num, tuple(row)))
    except csv.Error as error:
        raise DataRefused(f"{path.name}, line {reader.line_num}: {error}.", hint="Save it again as CSV.") from error
    return Sheet(path.name, None, tuple(rows)), SourceFile(path.name, hashlib.sha256(data).hexdigest())


def _unpacked(data: bytes, name: str) -> bytes:
    """Return the bytes of a .gz file, unpacked within the limit; other bytes as they are."""
    if not data.startswith(b"\x1f\x8b"):
        return data
    try:
        with gzip.open(io.BytesIO(data)) as stream:
            content = stream.read(LIMIT + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise DataRefused(f"{name} is damaged or cut off.", hint="Pack it again.") from error
    if len(content) > LIMIT:
        raise DataRefused(f"{name} unpacks to more than {LIMIT // 1_000_000} MB.", hint="Split it.")
    return content


@contextmanager
def _long_fields() -> Iterator[None]:
    """Let the CSV reader take fields of any length: those that are too long are refused one by one, with their line."""
    with _LOCK:
        before = csv.field_size_limit(LIMIT)
        try:
            yield
        finally:
            csv.field_size_limit(before)
