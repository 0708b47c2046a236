"""The records of a CSV file, read lazily: its encoding, its separator and its header are found first."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import IO

from importers.archives import CHUNK, LIMIT, Budget, Bytes
from pacte_graph.errors import DataRefused, Told, tell

CELL, LINE = 200_000, 5_000_000
"""Characters of a cell, and of a line."""
SEPARATORS = ";\t,"
"""What separates cells; a comma also stands within names and numbers, so it comes last."""
_NOT_IN_CP1252 = (b"\x81", b"\x8d", b"\x8f", b"\x90", b"\x9d")
_QUOTED = re.compile(r'"[^"]*"')
_DECLARED = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
_LOOKED, _ROWS = 50_000, 50
"""Characters and records looked at for the separator."""
_END = "\x1eend of file\x1e"

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
                raise DataRefused(
                    tell("{name} is not a text file.", "{name} n'est pas un fichier de texte.", name=source.shown),
                    hint=Told("Give CSV files in UTF-8 or Windows-1252.", "Donnez des fichiers CSV en UTF-8 ou Windows-1252."),
                )
            cp1252 = cp1252 and not any(byte in chunk for byte in _NOT_IN_CP1252)
            utf8 = utf8 and _decoded(decoder, chunk, final=False)
            chunk = raw.read(CHUNK)
    if utf8 and _decoded(decoder, b"", final=True):
        return "utf-8-sig"
    if not cp1252:
        raise _unknown_encoding(source.shown)
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
        raise _unknown_encoding(name)


def _unknown_encoding(name: str) -> DataRefused:
    return DataRefused(
        tell("{name} is not text in a known encoding.", "{name} n'est pas du texte dans un encodage connu.", name=name),
        hint=Told("Save it as UTF-8.", "Enregistrez-le en UTF-8."),
    )


def separator(source: Bytes, encoding: str) -> str | None:
    """Return what separates the header's cells, quoted parts left aside; None when there is no header."""
    with source.open(Budget(LIMIT)) as raw, io.TextIOWrapper(raw, encoding, newline="") as text:
        line = next(_lines(text, source.shown), "")
    bare = _QUOTED.sub("", line)
    return max(SEPARATORS, key=bare.count) if line.strip() else None


def _lines(text: io.TextIOWrapper, name: str) -> Iterator[str]:
    while line := text.readline(LINE):
        if len(line) == LINE:
            raise DataRefused(
                tell(
                    "{name} has a line of more than {most} characters.",
                    "{name} a une ligne de plus de {most} caractères.",
                    name=name,
                    most=LINE,
                ),
                hint=Told("Check that it is a CSV file.", "Vérifiez que c'est un fichier CSV."),
            )
        yield line


def limit_cells() -> None:
    """Hold the cells of every CSV reader to CELL: the csv module knows one limit for the whole process, whoever set it last."""
    csv.field_size_limit(CELL)


def declared_separator(text: str) -> tuple[str | None, str]:
    """Return the separator that a first line ``sep=;`` declares, as spreadsheets write it and hide it, and the text below it."""
    found = _DECLARED.match(text)
    return (found[1], text[found.end() :]) if found else (None, text)


def likely_separator(text: str) -> str:
    r"""Return what separates the cells of a text that starts at its header: what cuts most records as it cuts the header.

    >>> likely_separator("Nom, prénom;Ville\nDupont, Jean;Sète\n")
    ';'
    """
    found = {sign: _cut(text[:_LOOKED], sign) for sign in SEPARATORS}
    likely = [sign for sign in SEPARATORS if found[sign][1] > 1]
    return max(likely, key=lambda sign: found[sign]) if likely else max(SEPARATORS, key=text[:_LOOKED].count)


def _cut(text: str, sign: str) -> tuple[float, int]:
    """Return the share of records that have as many cells as the header, and that number."""
    try:
        rows = [row for row in islice(csv.reader(io.StringIO(text, newline=""), delimiter=sign), _ROWS) if row]
    except csv.Error:
        return 0.0, 0
    width = len(rows[0]) if rows else 0
    return sum(len(row) == width for row in rows) / max(1, len(rows)), width


def numbered(lines: Iterable[str], name: str, separator: str) -> Iterator[Numbered]:
    """Yield the records, each with the line where it starts. Raises DataRefused for what isn't CSV.

    A file that ends within a quotation is refused: all that follows the opening mark would be one cell.
    """
    reader = csv.reader(chain(lines, (_END,)), delimiter=separator)
    start = 1
    try:
        for row in reader:
            if row and row[-1].endswith(_END):
                if row != [_END]:
                    raise _open_quotation(name, start)
                return
            yield start, row
            start = reader.line_num + 1
    except csv.Error as error:
        raise DataRefused(
            tell("{name}, line {line}: {error}.", "{name}, ligne {line} : {error}.", name=name, line=start, error=error),
            hint=Told("Save it again as CSV.", "Enregistrez-le de nouveau en CSV."),
        ) from error


def _open_quotation(name: str, line: int) -> DataRefused:
    return DataRefused(
        tell(
            "{name}, line {line}: a quotation mark is opened there and never closed.",
            "{name}, ligne {line} : un guillemet y est ouvert et jamais refermé.",
            name=name,
            line=line,
        ),
        hint=Told(
            "Close it, or write it twice within a quoted cell.", "Refermez-le, ou doublez-le dans une cellule entre guillemets."
        ),
    )


def records(source: Bytes, encoding: str, separator: str) -> Iterator[Numbered]:
    """Return the records one at a time, header first. Raises DataRefused for a cell or a line that is too long."""
    limit_cells()
    with source.open(Budget(LIMIT)) as raw, io.TextIOWrapper(raw, encoding, newline="") as text:
        yield from numbered(_lines(text, source.shown), source.shown, separator)
