"""The records of a CSV file, read lazily: its encoding, its separator and its header are found first."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator, Sequence
from typing import IO

from importers.archives import CHUNK, LIMIT, Budget, Bytes
from pacte_graph.errors import DataRefused

CELL, LINE = 200_000, 5_000_000
"""Characters of a cell, and of a line."""
SEPARATORS = ",;\t"
_NOT_IN_CP1252 = (b"\x81", b"\x8d", b"\x8f", b"\x90", b"\x9d")
_QUOTED = re.compile(r'"[^"]*"')

Numbered = tuple[int, Sequence[str]]
"""A record and the line where it starts, from 1."""


def encoding(source: Bytes, budget: Budget) -> str:
    """Return the encoding of all the bytes: UTF-8, UTF-16 with its mark, else Windows-1252; binary is refused."""
    with source.open(budget) as raw:
        first = raw.read(CHUNK)
        if first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            _decodes(source.shown, first, raw)
            return "utf-16"
        decoder, utf8, cp1252, chunk = codecs.getincrementaldecoder("utf-8")(), True, True, first
        while chunk:
            if b"\0" in chunk:
                raise DataRefused(f"{source.shown} is not a text file.", hint="Give CSV files in UTF-8 or Windows-1252.")
            cp1252 = cp1252 and not any(byte in chunk for byte in _NOT_IN_CP1252)
            utf8 = utf8 and _decoded(decoder, chunk, final=False)
            chunk = raw.read(CHUNK)
    if utf8 and _decoded(decoder, b"", final=True):
        return "utf-8-sig"
    if not cp1252:
        raise DataRefused(f"{source.shown} is not text in a known encoding.", hint="Save it as UTF-8.")
    return "cp1252"


def _decoded(decoder: codecs.IncrementalDecoder, chunk: bytes, *, final: bool) -> bool:
    try:
        decoder.decode(chunk, final)
    except UnicodeDecodeError:
        return False
    return True


def _decodes(name: str, first: bytes, raw: IO[bytes]) -> None:
    decoder, chunk = codecs.getincrementaldecoder("utf-16")(), first
    while chunk:
        if not _decoded(decoder, chunk, final=False):
            break
        chunk = raw.read(CHUNK)
    if chunk or not _decoded(decoder, b"", final=True):
        raise DataRefused(f"{name} is not text in a known encoding.", hint="Save it as UTF-8.")


def separator(source: Bytes, encoding: str) -> str | None:
    """Return what separates the header's cells, quoted parts left aside; None when there is no header."""
    with source.open(Budget(LIMIT)) as raw, io.TextIOWrapper(raw, encoding, newline="") as text:
        line = next(_lines(text, source.shown), "")
    bare = _QUOTED.sub("", line)
    return max(SEPARATORS, key=bare.count) if line.strip() else None


def _lines(text: io.TextIOWrapper, name: str) -> Iterator[str]:
    while line := text.readline(LINE):
        if len(line) == LINE:
            raise DataRefused(f"{name} has a line of more than {LINE} characters.", hint="Check that it is a CSV file.")
        yield line


def limit_cells() -> None:
    """Hold the cells of every CSV reader to CELL: the csv module knows one limit for the whole process, whoever set it last."""
    csv.field_size_limit(CELL)


def records(source: Bytes, encoding: str, separator: str) -> Iterator[Numbered]:
    """Return the records one at a time, header first. Raises DataRefused for a cell or a line that is too long."""
    limit_cells()
    with source.open(Budget(LIMIT)) as raw, io.TextIOWrapper(raw, encoding, newline="") as text:
        reader = csv.reader(_lines(text, source.shown), delimiter=separator)
        line = 0
        try:
            for row in reader:
                yield line + 1, row
                line = reader.line_num
        except csv.Error as error:
            raise DataRefused(f"{source.shown}, line {line + 1}: {error}.", hint="Save it again as CSV.") from error
