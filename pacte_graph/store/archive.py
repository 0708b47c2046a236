"""The file of a backup: one zip that no engine owns, written whole or not at all, checked whole before it is used.

``nodes.jsonl`` has one node a line, ``[label, id, properties]``; ``links.jsonl`` one link a line,
``[type, label, id, label, id, properties]``; both in a fixed order. Dates and times are tagged: ``{"$date": "2015-12-08"}``.
``manifest.json`` says what the file is, how many lines each part has, and their SHA-256, and carries its own digest.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import re
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from pacte_graph.errors import DataRefused
from pacte_graph.store.home import writing

FORMAT = "pacte-graph-backup"
FORMAT_VERSION = 1
NODES, LINKS, MANIFEST = "nodes.jsonl", "links.jsonl", "manifest.json"
LONGEST_LINE = 64_000_000
"""Bytes of a line; a longer one is not ours."""

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_TAGS: dict[str, Callable[[str], Any]] = {
    "$datetime": dt.datetime.fromisoformat,
    "$date": dt.date.fromisoformat,
    "$time": dt.time.fromisoformat,
}

Record = list[Any]


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the file: how many lines, and the SHA-256 of its bytes."""

    lines: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds and where it comes from."""

    made_at: str
    engine: str
    nodes: Part
    links: Part

    def as_dict(self) -> dict[str, Any]:
        """Return the form written to the file, without its digest."""
        return {"format": FORMAT, "version": FORMAT_VERSION, **asdict(self)}


def write(path: Path, engine: str, nodes: Iterable[Record], links: Iterable[Record]) -> Manifest:
    """Write a backup to ``path``: beside it first, then in its place, so that a cut-off backup never replaces a whole one."""
    with writing(path.parent):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "w+b") as file:
                manifest = _fill(zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED), engine, nodes, links)
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    return manifest


def _fill(archive: zipfile.ZipFile, engine: str, nodes: Iterable[Record], links: Iterable[Record]) -> Manifest:
    with archive:
        parts = [_write_part(archive, name, records) for name, records in ((NODES, nodes), (LINKS, links))]
        manifest = Manifest(dt.datetime.now(dt.UTC).isoformat(timespec="seconds"), engine, *parts)
        said = manifest.as_dict()
        archive.writestr(MANIFEST, json.dumps({**said, "sha256": _digest(said)}, indent=1))
    return manifest


def _write_part(archive: zipfile.ZipFile, name: str, records: Iterable[Record]) -> Part:
    digest, lines = hashlib.sha256(), 0
    with archive.open(name, "w", force_zip64=True) as file:
        for record in records:
            line = json.dumps(record, ensure_ascii=False, separators=(",", ":"), default=_tagged).encode() + b"\n"
            digest.update(line)
            file.write(line)
            lines += 1
    return Part(lines, digest.hexdigest())


def _tagged(value: object) -> dict[str, str]:
    if isinstance(value, dt.datetime):
        return {"$datetime": value.isoformat()}
    if isinstance(value, dt.date):
        return {"$date": value.isoformat()}
    if isinstance(value, dt.time):
        return {"$time": value.isoformat()}
    raise DataRefused(f"A backup can't hold a value of type {type(value).__name__} ({str(value)[:80]!r}).")


def _untagged(found: dict[str, Any]) -> Any:
    if len(found) == 1:
        (name, text), *_ = found.items()
        if name in _TAGS:
            return _TAGS[name](text)
    return found


def _digest(said: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def verify(path: Path) -> Manifest:
    """Read the whole file, every line and every checksum, and return its manifest. Raises DataRefused, and changes nothing."""
    with _opened(path) as archive:
        manifest = _manifest(path, archive)
        for name, part in ((NODES, manifest.nodes), (LINKS, manifest.links)):
            digest, lines = hashlib.sha256(), 0
            for line in _lines(path, archive, name):
                digest.update(line)
                lines += 1
                _parse(path, name, lines, line)
            if (lines, digest.hexdigest()) != (part.lines, part.sha256):
                raise _damaged(path, f"{name} is not what was written")
    return manifest


def read(path: Path, name: str) -> Iterator[Record]:
    """Return the records of one part (``NODES`` or ``LINKS``), one at a time."""
    with _opened(path) as archive:
        for number, line in enumerate(_lines(path, archive, name), start=1):
            yield _parse(path, name, number, line)


def _opened(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except FileNotFoundError as error:
        raise DataRefused(f"There is no file {path}.") from error
    except OSError as error:
        raise DataRefused(f"The file {path} can't be read ({error.strerror or error}).") from error
    except zipfile.BadZipFile as error:
        raise _damaged(path, "it is not a backup, or was cut off") from error


def _manifest(path: Path, archive: zipfile.ZipFile) -> Manifest:
    try:
        said = json.loads(archive.read(MANIFEST))
        digest = said.pop("sha256")
        known = said["format"], said["version"]
        manifest = Manifest(said["made_at"], said["engine"], Part(**said["nodes"]), Part(**said["links"]))
    except (KeyError, ValueError, TypeError, AttributeError, zipfile.BadZipFile, zlib.error, OSError) as error:
        raise _damaged(path, "its manifest can't be read") from error
    if known != (FORMAT, FORMAT_VERSION):
        raise DataRefused(f"The backup {path} is of another kind: {known[0]} {known[1]}.", hint="Use the version that wrote it.")
    if digest != _digest(said):
        raise _damaged(path, "its manifest was altered")
    return manifest


def _lines(path: Path, archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    try:
        with archive.open(name) as file:
            while line := file.readline(LONGEST_LINE):
                yield line
    except (KeyError, zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as error:
        raise _damaged(path, f"{name} can't be read") from error


def _parse(path: Path, name: str, number: int, line: bytes) -> Record:
    try:
        record = json.loads(line, object_hook=_untagged)
    except (ValueError, TypeError, RecursionError) as error:
        raise _damaged(path, f"{name}:{number} is not a record") from error
    names, width = ((0,), 3) if name == NODES else ((0, 1, 3), 6)
    sound = (
        isinstance(record, list)
        and len(record) == width
        and all(isinstance(item, str) for item in record[:-1])
        and all(_NAME.fullmatch(record[place]) for place in names)
        and isinstance(record[-1], dict)
    )
    if not sound:
        raise _damaged(path, f"{name}:{number} is not a record")
    return list(record)


def _damaged(path: Path, why: str) -> DataRefused:
    return DataRefused(f"The backup {path} is damaged: {why}. Nothing was changed.", hint="Use another backup.")
