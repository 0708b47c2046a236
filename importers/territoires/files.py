"""The files of the source: an npm archive, a folder, JSON lists and GeoJSON, bounded, each read once."""

from __future__ import annotations

import hashlib
import json
import tarfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import Any, Literal

from importers.decoding import decode, read_bytes
from pacte_graph.errors import DataRefused, Told, tell
from pacte_graph.records import NotUnderstood, SourceFile

LIMIT = 300_000_000
"""Largest file, and largest member of an archive, in bytes."""
MEMBERS = 2_000
"""Most members of an archive."""
IGNORED = frozenset({"arrondissements.json", "ept.json", "package.json"})

SUFFIXES = frozenset({".json", ".geojson"})
PACKAGE = frozenset({"data", "package.json", "README.md", "LICENSE", "LICENSE.md", "CHANGELOG.md", "index.js", "lib"})
"""What an unpacked npm package holds beside its data: nothing about territories."""

_LEFT = Told(
    "This was left out of the folder: territories are read from its .json and .geojson files.",
    "Laissé de côté dans le dossier : les territoires se lisent dans ses fichiers .json et .geojson.",
)
_AGAIN = Told("Fetch it again.", "Téléchargez de nouveau le fichier.")
_NEITHER = Told("This JSON is no list of territories and no GeoJSON.", "Ce JSON n'est ni une liste de territoires ni du GeoJSON.")

Kind = Literal["communes", "epci", "departements", "regions", "contours"]


@dataclass(frozen=True, slots=True)
class Document:
    """One file whose kind is known: its rows are objects (features for contours)."""

    name: str
    kind: Kind
    rows: tuple[dict[str, Any], ...]
    file: SourceFile


def open_documents(paths: list[Path], strange: list[NotUnderstood]) -> list[Document]:
    """Return the documents of files, folders and archives; files of no known kind are said to be not understood.

    Raises DataRefused when a file can't be read or no file is of a known kind.
    """
    found: list[Document] = []
    for path in paths:
        for name, data, file in _contents(path, strange):
            document = _document(name, data, file, strange)
            if document is not None:
                found.append(document)
    if not found:
        raise DataRefused(
            tell(
                "{files} holds no territory.",
                "{files} : aucun territoire n'y est décrit.",
                files=", ".join(path.name for path in paths),
            ),
            hint=Told(
                "Give communes.json, epci.json, departements.json, regions.json, GeoJSON contours or their archive.",
                "Donnez communes.json, epci.json, departements.json, regions.json, des contours GeoJSON ou leur archive.",
            ),
        )
    return found


def _contents(path: Path, strange: list[NotUnderstood]) -> Iterator[tuple[str, bytes, SourceFile]]:
    if path.is_dir():
        for item in _inside(path, strange):
            yield from _contents(item, strange)
        return
    data = read_bytes(path, LIMIT)
    file = SourceFile(path.name, hashlib.sha256(data).hexdigest())
    if path.name.endswith((".tgz", ".tar.gz")):
        yield from ((name, part, file) for name, part in _members(path.name, data))
    else:
        yield path.name, data, file


def _inside(path: Path, strange: list[NotUnderstood]) -> list[Path]:
    """Return the JSON files of a folder, or of its ``data`` folder; what else lies there is said to be not understood."""
    data = path / "data"
    inside = _shown(data if data.is_dir() else path)
    beside = [item for item in _shown(path) if item.name not in PACKAGE] if data.is_dir() else []
    found = [item for item in inside if item.is_file() and item.suffix.lower() in SUFFIXES]
    left = [item for item in inside if item not in found]
    strange += [NotUnderstood(item.name, None, None, _LEFT) for item in [*beside, *left]]
    return found


def _shown(folder: Path) -> list[Path]:
    """Return what a folder holds, hidden files aside: they are those of programs."""
    return sorted(item for item in folder.iterdir() if not item.name.startswith("."))


def _members(archive: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    """Return the JSON members of an archive, by their own name; nothing is written to disk, links are not followed."""
    try:
        with tarfile.open(fileobj=BytesIO(data), mode="r|gz") as package:
            total = 0
            for count, member in enumerate(package):
                total += member.size
                _bound(archive, count, total)
                inside = PurePosixPath(member.name)
                wanted = member.isreg() and inside.suffix in {".json", ".geojson"} and inside.parent.name == "data"
                stream = package.extractfile(member) if wanted else None
                if stream is not None:
                    yield inside.name, stream.read(LIMIT)
    except (tarfile.TarError, zlib.error, EOFError, OSError, ValueError) as error:
        whole = tell("{file} is not a whole .tgz archive.", "{file} n'est pas une archive .tgz complète.", file=archive)
        raise DataRefused(whole, hint=_AGAIN) from error


def _bound(archive: str, count: int, total: int) -> None:
    if count >= MEMBERS or total > LIMIT:
        raise DataRefused(
            tell(
                "{file} unpacks to more than {size} MB or {most} files.",
                "{file} dépasse {size} Mo ou {most} fichiers une fois décompressée.",
                file=archive,
                size=LIMIT // 1_000_000,
                most=MEMBERS,
            )
        )


def _document(name: str, data: bytes, file: SourceFile, strange: list[NotUnderstood]) -> Document | None:
    if name in IGNORED:
        return None
    try:
        told = json.loads(decode(data, name))
    except (ValueError, RecursionError) as error:
        broken = tell("{file} is not JSON that can be read.", "{file} n'est pas du JSON lisible.", file=name)
        raise DataRefused(broken, hint=_AGAIN) from error
    if isinstance(told, dict) and told.get("type") == "Feature":
        told = {"type": "FeatureCollection", "features": [told]}
    if isinstance(told, dict) and told.get("type") == "FeatureCollection" and isinstance(told.get("features"), list):
        return _rows(name, "contours", told["features"], file, strange)
    kind = _kind(told) if isinstance(told, list) else None
    if kind is None:
        strange.append(NotUnderstood(name, None, None, _NEITHER))
        return None
    return _rows(name, kind, told, file, strange)


def _rows(name: str, kind: Kind, rows: list[Any], file: SourceFile, strange: list[NotUnderstood]) -> Document:
    """Return the document; rows that aren't objects keep their place (as empty ones) and are said."""
    for line, row in enumerate(rows, start=1):
        if not isinstance(row, dict):
            strange.append(NotUnderstood(name, line, None, _no_object(line, str(row)[:80])))
    return Document(name, kind, tuple(row if isinstance(row, dict) else {} for row in rows), file)


def _no_object(line: int, row: str) -> Told:
    return tell(
        "Row {line} is not an object: {row}", "L'élément {line} n'est pas un objet entre accolades : {row}", line=line, row=row
    )


def _kind(rows: list[Any]) -> Kind | None:
    """Tell what a list holds by the keys of its rows."""
    first = next((row for row in rows if isinstance(row, dict)), None)
    if first is None or not {"code", "nom"} <= first.keys():
        return None
    if "membres" in first:
        return "epci"
    if "departement" in first or str(first.get("type", "")).startswith(("commune", "arrondissement")):
        return "communes"
    return "departements" if "region" in first else "regions"
