"""Bytes of files, of .gz files and of archives' members: opened without unpacking to disk, and counted as they are read."""

from __future__ import annotations

import gzip
import hashlib
import io
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from importers.decoding import unreadable
from importers.telling import quoted
from pacte_graph.errors import DataRefused, Told, tell
from pacte_graph.records import NotUnderstood, SourceFile

LIMIT = 2_000_000_000
"""Bytes read from all files of one import together, once unpacked."""
MEMBERS = 1_000
_IN_FOLDER = Told("It is in a folder of the archive.", "Il est dans un dossier de l'archive.")
_NO_CSV = Told("Not a CSV file.", "Ce n'est pas un fichier CSV.")
CHUNK = 1 << 20


class Budget:
    """A number of bytes that may still be read."""

    def __init__(self, limit: int) -> None:
        self.left = limit

    def spend(self, count: int, name: str) -> None:
        """Take ``count`` bytes. Raises DataRefused when there is none left."""
        self.left -= count
        if self.left < 0:
            raise DataRefused(
                tell(
                    "{name} holds more than can be taken ({most} MB once unpacked).",
                    "{name} contient plus que ce qui peut être pris ({most} Mo une fois décompressé).",
                    name=name,
                    most=LIMIT // 1_000_000,
                ),
                hint=Told("Split it, or filter it first.", "Découpez-le, ou filtrez-le d'abord."),
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
class Bytes:
    """Where bytes are: in a file, or in a member of an archive."""

    path: Path
    member: str | None = None

    @property
    def shown(self) -> str:
        """Return the file, with the member, as people read it."""
        return self.path.name if self.member is None else f"{self.path.name}!{self.member}"

    @contextmanager
    def open(self, budget: Budget) -> Iterator[io.BufferedReader]:
        """Open the unpacked bytes. Raises DataRefused, then or while reading, when they can't be read."""
        with readable(self.shown), _unpacked(self.path, self.member) as inner:
            yield io.BufferedReader(_Counted(inner, budget, self.shown), CHUNK)


@contextmanager
def readable(name: str) -> Iterator[None]:
    """Turn what goes wrong while reading a file into DataRefused, with its name."""
    try:
        yield
    except (zipfile.BadZipFile, gzip.BadGzipFile, zlib.error, EOFError, NotImplementedError) as error:
        damaged = tell("{name} is damaged or cut off ({error}).", "{name} est abîmé ou incomplet.", name=name, error=error)
        raise DataRefused(damaged, hint=Told("Download it again.", "Téléchargez-le de nouveau.")) from error
    except OSError as error:
        raise unreadable(name, error) from error


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


def hashed(path: Path) -> SourceFile:
    """Return a file's name and the SHA-256 of its bytes as they are on disk."""
    with readable(path.name), path.open("rb") as stream:
        return SourceFile(path.name, hashlib.file_digest(stream, "sha256").hexdigest())


def members(path: Path, strange: list[NotUnderstood]) -> list[Bytes]:
    """Return the CSV members of an archive; refuse names that leave it, links, locked members, and names given twice."""
    with readable(path.name), zipfile.ZipFile(path) as archive:
        inside = archive.infolist()
    if len(inside) > MEMBERS:
        raise DataRefused(
            tell(
                "{name} holds {count} files; {most} are taken.",
                "{name} contient {count} fichiers ; {most} au plus sont pris.",
                name=path.name,
                count=len(inside),
                most=MEMBERS,
            ),
            hint=Told("Give the CSV files themselves.", "Donnez les fichiers CSV eux-mêmes."),
        )
    taken: list[Bytes] = []
    for item in inside:
        _check_member(path.name, item)
        name = item.filename
        if "/" not in name and name.lower().endswith(".csv"):
            taken.append(Bytes(path, name))
        elif not item.is_dir():
            strange.append(NotUnderstood(f"{path.name}!{name[:200]}", None, None, _IN_FOLDER if "/" in name else _NO_CSV))
    return taken


def _check_member(archive: str, item: zipfile.ZipInfo) -> None:
    name = item.filename
    parts = name.replace("\\", "/").split("/")
    problem = None
    if not name or name.startswith(("/", "\\")) or ".." in parts or ":" in parts[0]:
        problem = Told("has a name that leaves the archive", "a un nom qui sort de l'archive")
    elif stat.S_IFMT(item.external_attr >> 16) not in {0, stat.S_IFREG, stat.S_IFDIR}:
        problem = Told("is a link or a special file", "est un lien ou un fichier spécial")
    elif item.flag_bits & 1:
        problem = Told("is locked by a password", "est protégé par un mot de passe")
    elif item.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        problem = Told("is packed in an unusual way", "est compressé d'une façon inhabituelle")
    if problem:
        raise DataRefused(
            tell(
                "{archive}: the member {name} {problem}.",
                "{archive} : le fichier {name} qu'elle contient {problem}.",
                archive=archive,
                name=quoted(name[:80]),
                problem=problem,
            ),
            hint=Told(
                "Unpack it yourself and give the CSV files.", "Décompressez l'archive vous-même et donnez les fichiers CSV."
            ),
        )
