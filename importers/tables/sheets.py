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

from importers.csvfiles import declared_separator, likely_separator, numbered
from importers.decoding import decode, read_bytes
from importers.tables.cells import Raw, empty
from pacte_graph.errors import DataRefused, Told, tell
from pacte_graph.records import SourceFile

LIMIT = 200_000_000
CSV_CELL_LIMIT = 200_000
USED_COLUMNS = 1_000
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


def position(name: str) -> int:
    """Return the number of a column (from 1) from its letters; a huge one when it has too many."""
    if len(name) > 4 or not (name.isascii() and name.isalpha()):
        return 10**9
    found = 0
    for char in name.upper():
        found = found * 26 + ord(char) - 64
    return found


def filled(row: Cells) -> bool:
    """Tell whether a row holds anything."""
    return any(not empty(cell) for cell in row)


def open_csv(path: Path, *, header_row: int = 1, separator: str | None = None) -> tuple[Sheet, SourceFile]:
    """Return a CSV file as a sheet, its header first; a record that spans several lines is at its first one.

    A first line ``sep=;`` isn't counted. Without it and without ``separator``, the separator is the one that cuts the records
    as it cuts the header. Raises DataRefused when the file can't be read as CSV text.
    """
    data = read_bytes(path, LIMIT)
    declared, told = declared_separator(decode(_unpacked(data, path.name), path.name))
    sign = separator or declared or likely_separator("\n".join(told.split("\n")[header_row - 1 :]) or told)
    rows: list[tuple[int, Cells]] = []
    with _long_fields():
        for line, row in numbered(io.StringIO(told, newline=""), path.name, sign):
            if len(row) > USED_COLUMNS:
                raise _too_wide(path.name, line, len(row))
            if not rows or any(cell.strip() for cell in row):
                rows.append((line, tuple(row)))
    return Sheet(path.name, None, tuple(rows)), SourceFile(path.name, hashlib.sha256(data).hexdigest())


def _too_wide(name: str, line: int, columns: int) -> DataRefused:
    return DataRefused(
        tell(
            "{name}, line {line} has {columns} columns; {most} are taken.",
            "{name}, ligne {line} : {columns} colonnes ; {most} sont lues au plus.",
            name=name,
            line=line,
            columns=columns,
            most=USED_COLUMNS,
        ),
        hint=Told("Keep the columns that matter.", "Gardez les colonnes utiles."),
    )


def _unpacked(data: bytes, name: str) -> bytes:
    """Return the bytes of a .gz file, unpacked within the limit; other bytes as they are."""
    if not data.startswith(b"\x1f\x8b"):
        return data
    try:
        with gzip.open(io.BytesIO(data)) as stream:
            content = stream.read(LIMIT + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise DataRefused(
            tell("{name} is damaged or cut off.", "{name} est endommagé ou coupé.", name=name),
            hint=Told("Pack it again.", "Compressez-le de nouveau."),
        ) from error
    if len(content) > LIMIT:
        raise DataRefused(
            tell(
                "{name} unpacks to more than {most} MB.",
                "{name}, décompressé, dépasse {most} Mo.",
                name=name,
                most=LIMIT // 1_000_000,
            ),
            hint=Told("Split it.", "Coupez-le en plusieurs."),
        )
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
