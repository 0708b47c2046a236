"""CSV files as they are downloaded (plain, .gz, .zip, a folder of them), read row by row and within limits.

A first look at each file finds its encoding, its separator and its header, and counts its bytes; rows are then read
again, lazily, as often as they are asked for. Nothing is ever unpacked to disk.
"""

from __future__ import annotations

import codecs
import csv
import gzip
import hashlib
import io
import re
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from operator import itemgetter
from pathlib import Path
from typing import IO, Any

from importers.decoding import folded
from pacte_graph.errors import DataRefused
from pacte_graph.records import NotUnderstood, Rejected, SourceFile, Where

LIMIT = 2_000_000_000
"""Bytes read from all files of one import together, once unpacked."""
CELL, COLUMNS, LINE, MEMBERS = 200_000, 1_000, 5_000_000, 1_000
SEPARATORS = ",;\t"
SUFFIXES = (".csv", ".csv.gz", ".zip")
_CHUNK = 1 << 20
_NOT_IN_CP1252 = (b"\x81", b"\x8d", b"\x8f", b"\x90", b"\x9d")
_QUOTED = re.compile(r'"[^"]*"')

Numbered = tuple[int, Sequence[str]]
"""A record and the line where it starts, from 1."""


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
                yield line, pick([*row, ""])
            elif any(cell.strip() for cell in row) and rejected is not None:
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


class Budget:
    """A number of bytes that may still be read."""

    def __init__(self, limit: int) -> None:
        self.left = limit

    def spend(self, count: int, name: str) -> None:
        """Take ``count`` bytes. Raises DataRefused when there is none left."""
        self.left -= count
        if self.left < 0:
            raise DataRefused(
                f"{name} holds more than can be taken ({LIMIT // 1_000_000} MB once unpacked).",
                hint="Split it, or filter it first.",
            )


class _Counted(io.RawIOBase):
    """A stream of bytes that spends a budget as it is read: the only safe size of an archive is the one counted."""

    def __init__(self, inner: IO[bytes], budget: Budget, name: str) -> None:
        self._inner, self._budget, self._name = inner, budget, name

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._inner.read(len(buffer))
        self._budget.spend(len(data), self._name)
        buffer[: len(data)] = data
        return len(data)


@dataclass(frozen=True, slots=True)
class _Bytes:
    """Where the bytes of a table are: a file, or a member of an archive."""

    path: Path
    member: str | None = None

    @property
    def shown(self) -> str:
        return self.path.name if self.member is None else f"{self.path.name}!{self.member}"

    @contextmanager
    def open(self, budget: Budget) -> Iterator[io.BufferedReader]:
        """Open the unpacked bytes. Raises DataRefused, then or while reading, when they can't be read."""
        with _readable(self.shown), _unpacked(self.path, self.member) as inner:
            yield io.BufferedReader(_Counted(inner, budget, self.shown), _CHUNK)


@contextmanager
def _readable(name: str) -> Iterator[None]:
    try:
        yield
    except (zipfile.BadZipFile, gzip.BadGzipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise DataRefused(f"{name} is damaged or cut off ({error}).", hint="Download it again.") from error
    except OSError as error:
        raise DataRefused(
            f"{name} can't be read ({error.strerror}).", hint="Check the path and your right to read it."
        ) from error


@contextmanager
def _unpacked(path: Path, member: str | None) -> Iterator[IO[bytes]]:
    if member is not None:
        with zipfile.ZipFile(path) as archive, archive.open(member) as stream:
            yield stream
    elif starts(path, b"\x1f\x8b"):
        with gzip.open(path, "rb") as stream:
            yield stream  # type: ignore[misc]
    else:
        with path.open("rb") as stream:
            yield stream


def starts(path: Path, mark: bytes) -> bool:
    """Tell whether a file starts with these bytes."""
    with path.open("rb") as stream:
        return stream.read(len(mark)) == mark


def open_tables(paths: Iterable[Path], *, limit: int = LIMIT) -> Opened:
    """Return the CSV tables of files, archives and folders; raise DataRefused for what can't be read safely.

    In a folder the names that end in .csv, .csv.gz or .zip are read; what isn't a table there or in an archive is in
    ``strange``.
    """
    found, budget = Opened(), Budget(limit)
    for path in paths:
        for file in _files(path, found.strange):
            with _readable(file.name):
                archived = starts(file, b"PK")
                found.files.append(hashed(file))
            for source in _members(file, found.strange) if archived else [_Bytes(file)]:
                table = _table(source, budget)
                if table is None:
                    found.strange.append(NotUnderstood(source.shown, None, None, "The file is empty."))
                else:
                    found.tables.append(table)
    names = [table.shown for table in found.tables]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise DataRefused(f"Two files are called {twice[0]}; places in them couldn't be told apart.", hint="Rename one.")
    return found


def hashed(path: Path) -> SourceFile:
    """Return a file's name and the SHA-256 of its bytes as they are on disk."""
    with _readable(path.name), path.open("rb") as stream:
        return SourceFile(path.name, hashlib.file_digest(stream, "sha256").hexdigest())


def _files(path: Path, strange: list[NotUnderstood]) -> list[Path]:
    if not path.is_dir():
        return [path]
    inside = sorted(item for item in path.iterdir() if not item.name.startswith("."))
    taken = [item for item in inside if item.is_file() and item.name.lower().endswith(SUFFIXES)]
    strange += [NotUnderstood(item.name, None, None, "Not a CSV file.") for item in inside if item not in taken]
    return taken


def _members(path: Path, strange: list[NotUnderstood]) -> list[_Bytes]:
    """Return the CSV members of an archive; refuse names that leave it, links, locked members, and names given twice."""
    with _readable(path.name), zipfile.ZipFile(path) as archive:
        inside = archive.infolist()
    if len(inside) > MEMBERS:
        raise DataRefused(f"{path.name} holds {len(inside)} files; {MEMBERS} are taken.", hint="Give the CSV files themselves.")
    taken: list[_Bytes] = []
    for item in inside:
        _check_member(path.name, item)
        name = item.filename
        if "/" not in name and name.lower().endswith(".csv"):
            taken.append(_Bytes(path, name))
        elif not item.is_dir():
            reason = "It is in a folder of the archive." if "/" in name else "Not a CSV file."
            strange.append(NotUnderstood(f"{path.name}!{name[:200]}", None, None, reason))
    return taken


def _check_member(archive: str, item: zipfile.ZipInfo) -> None:
    name = item.filename
    parts = name.replace("\\", "/").split("/")
    problem = ""
    if not name or name.startswith(("/", "\\")) or ".." in parts or ":" in parts[0]:
        problem = "has a name that leaves the archive"
    elif stat.S_IFMT(item.external_attr >> 16) not in {0, stat.S_IFREG, stat.S_IFDIR}:
        problem = "is a link or a special file"
    elif item.flag_bits & 1:
        problem = "is locked by a password"
    elif item.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        problem = "is packed in an unusual way"
    if problem:
        raise DataRefused(f"{archive}: the member {name[:80]!r} {problem}.", hint="Unpack it yourself and give the CSV files.")


def _table(source: _Bytes, budget: Budget) -> Table | None:
    encoding = _encoding(source, budget)
    separator = _separator(source, encoding)
    if separator is None:
        return None
    header = next((tuple(cell.strip() for cell in row) for _, row in _records(source, encoding, separator)), ())
    columns(source.shown, header)

    def after_header() -> Iterator[Numbered]:
        found = _records(source, encoding, separator)
        next(found, None)
        return found

    return Table(source.path.name, source.member, header, after_header)


def columns(name: str, header: tuple[str, ...]) -> None:
    """Raise DataRefused for a header with too many columns, or one name twice."""
    if len(header) > COLUMNS:
        raise DataRefused(f"{name} has {len(header)} columns; {COLUMNS} are taken.", hint="Check that it is a CSV file.")
    flat = [folded(cell) for cell in header]
    twice = sorted({cell for cell in flat if cell and flat.count(cell) > 1})
    if twice:
        raise DataRefused(f"{name} has the column “{twice[0]}” twice.", hint="Keep one of them.")


def _encoding(source: _Bytes, budget: Budget) -> str:
    """Return the encoding of all the bytes: UTF-8, UTF-16 with its mark, else Windows-1252; binary is refused."""
    with source.open(budget) as raw:
        first = raw.read(_CHUNK)
        if first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            _decodes(source.shown, first, raw)
            return "utf-16"
        decoder, utf8, cp1252, chunk = codecs.getincrementaldecoder("utf-8")(), True, True, first
        while chunk:
            if b"\0" in chunk:
                raise DataRefused(f"{source.shown} is not a text file.", hint="Give CSV files in UTF-8 or Windows-1252.")
            cp1252 = cp1252 and not any(byte in chunk for byte in _NOT_IN_CP1252)
            utf8 = utf8 and _decoded(decoder, chunk, final=False)
            chunk = raw.read(_CHUNK)
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
        chunk = raw.read(_CHUNK)
    if chunk or not _decoded(decoder, b"", final=True):
        raise DataRefused(f"{name} is not text in a known encoding.", hint="Save it as UTF-8.")


def _separator(source: _Bytes, encoding: str) -> str | None:
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


def _records(source: _Bytes, encoding: str, separator: str) -> Iterator[Numbered]:
    csv.field_size_limit(CELL)  # the csv module holds one limit for the process; ours is the same for every table
    with source.open(Budget(LIMIT)) as raw, io.TextIOWrapper(raw, encoding, newline="") as text:
        reader = csv.reader(_lines(text, source.shown), delimiter=separator)
        line = 0
        try:
            for row in reader:
                yield line + 1, row
                line = reader.line_num
        except csv.Error as error:
            raise DataRefused(f"{source.shown}, line {line + 1}: {error}.", hint="Save it again as CSV.") from error
