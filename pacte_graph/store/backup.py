"""Take everything out of a database into one file, and put it back into any engine.

Both stream: neither holds more than a batch in memory.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby, islice
from pathlib import Path
from typing import Any, Protocol

from pacte_graph.errors import DatabaseError, DataRefused, UsageError
from pacte_graph.store import archive
from pacte_graph.store.archive import Manifest, Record
from pacte_graph.store.values import EngineInfo

BATCH = 5_000
RESTORING = "run:restore"
"""The ImportRun that stands in the database while a restore is under way: one that was cut off is seen as such."""

Progress = Callable[[str, int, int], None]


class Database(Protocol):
    """What a backup needs of a store."""

    def read(self, query: str, parameters: Mapping[str, Any] | None = None) -> list[dict[str, Any]]:
        """Return the rows of a query."""
        ...

    def stream(self, query: str, parameters: Mapping[str, Any] | None = None) -> Iterator[dict[str, Any]]:
        """Return the rows of a query, one at a time."""
        ...

    def write(self, query: str, parameters: Mapping[str, Any] | None = None) -> None:
        """Run a query that writes, in one transaction."""
        ...

    def prepare(self) -> None:
        """Make the constraints of the schema."""
        ...

    def info(self) -> EngineInfo:
        """Return what the engine is."""
        ...


def backup(database: Database, path: Path, *, progress: Progress | None = None) -> Manifest:
    """Write every node and link to ``path``. Raises DatabaseError and leaves no file when the database was written to meanwhile.

    Raises DataRefused for nodes that are not of this house (no identifier, or not exactly one label): a backup says everything.
    """
    before = _content(database)
    _refuse_strangers(database)
    total = sum(count for counts in before.values() for count in counts.values())
    told = _Counter(progress, "backup", total)

    def unchanged(records: Iterator[Record]) -> Iterator[Record]:
        yield from records
        if _content(database) != before or _runs(database) != runs:
            raise DatabaseError("The database was written to during the backup; no file was made.", hint="Try again.")

    runs = _runs(database)
    nodes = told.count(_nodes(database, sorted(before["nodes"])))
    links = told.count(_links(database, sorted(before["links"])))
    return archive.write(path, database.info().version, nodes, unchanged(links))


def restore(
    database: Database,
    path: Path,
    *,
    force: bool = False,
    keep: Path | None = None,
    batch_size: int = BATCH,
    progress: Progress | None = None,
) -> Manifest:
    """Put the content of a backup in the place of the database's. The file is checked whole before anything is touched.

    A database that holds something is refused unless ``force``; then what it held is backed up to ``keep`` first (when given).
    """
    manifest = archive.verify(path)
    held = sum(row["count"] for row in database.read("MATCH (n)\nRETURN count(n) AS count"))
    if held and not force:
        raise UsageError(
            f"The database holds {held} nodes; nothing was restored.",
            hint="Restore with --force to replace them, or choose an empty home with PACTE_HOME.",
        )
    if held and keep is not None:
        backup(database, keep)
    _mark(database)
    _empty(database)
    database.prepare()
    told = _Counter(progress, "restore", manifest.nodes.lines + manifest.links.lines)
    _create_nodes(database, told.count(archive.read(path, archive.NODES)), batch_size)
    _create_links(database, told.count(archive.read(path, archive.LINKS)), batch_size)
    _check(database, path, manifest)
    database.write("MATCH (r:`ImportRun` {id: $id})\nDELETE r", {"id": RESTORING})
    return manifest


class _Counter:
    """Passes records on and tells how many went by."""

    def __init__(self, progress: Progress | None, step: str, total: int) -> None:
        self._progress, self._step, self._total, self._done = progress, step, total, 0

    def count(self, records: Iterable[Record]) -> Iterator[Record]:
        for record in records:
            yield record
            self._done += 1
            if self._progress is not None and self._done % 500 == 0:
                self._progress(self._step, self._done, self._total)


def _content(database: Database) -> dict[str, dict[str, int]]:
    """Return how many nodes of each label and links of each type there are."""
    nodes = database.read("MATCH (n)\nUNWIND labels(n) AS name\nRETURN name, count(*) AS count\nORDER BY name")
    links = database.read("MATCH ()-[r]->()\nRETURN type(r) AS name, count(*) AS count\nORDER BY name")
    return {part: {row["name"]: row["count"] for row in rows} for part, rows in (("nodes", nodes), ("links", links))}


def _runs(database: Database) -> list[dict[str, Any]]:
    return database.read("MATCH (r:`ImportRun`)\nRETURN r.id AS id, r.status AS status\nORDER BY id")


def _refuse_strangers(database: Database) -> None:
    query = "MATCH (n)\nWHERE n.id IS NULL OR size(labels(n)) <> 1\nRETURN count(n) AS count"
    strangers = sum(row["count"] for row in database.read(query))
    if strangers:
        raise DataRefused(
            f"{strangers} nodes of the database have no identifier or not exactly one label; no backup was made.",
            hint="They were not written by pacte: back this database up with its server's own tools.",
        )


def _nodes(database: Database, labels: Sequence[str]) -> Iterator[Record]:
    for label in labels:
        query = f"MATCH (n:{_quoted(label)})\nRETURN n.id AS id, properties(n) AS properties\nORDER BY id"
        for row in database.stream(query):
            yield [label, row["id"], dict(sorted(row["properties"].items()))]


def _links(database: Database, types: Sequence[str]) -> Iterator[Record]:
    for type_ in types:
        query = (
            f"MATCH (a)-[r:{_quoted(type_)}]->(b)\n"
            "RETURN labels(a) AS la, a.id AS ia, labels(b) AS lb, b.id AS ib, properties(r) AS properties, r.key AS key\n"
            "ORDER BY la, lb, ia, ib, key"
        )
        for row in database.stream(query):
            yield [type_, row["la"][0], row["ia"], row["lb"][0], row["ib"], dict(sorted(row["properties"].items()))]


def _mark(database: Database) -> None:
    """Say in the database that a restore is under way."""
    properties = {"source": "restore", "status": "running", "started_at": dt.datetime.now(dt.UTC)}
    database.write("MATCH (r:`ImportRun` {id: $id})\nDELETE r", {"id": RESTORING})
    database.write("CREATE (r:`ImportRun` {id: $id})\nSET r += $properties", {"id": RESTORING, "properties": properties})


def _empty(database: Database) -> None:
    """Delete everything but the mark, links first, in batches."""
    for query in (
        "MATCH ()-[r]->()\nWITH r\nLIMIT $batch\nDELETE r",
        "MATCH (n)\nWHERE n.id IS NULL OR n.id <> $mark\nWITH n\nLIMIT $batch\nDETACH DELETE n",
    ):
        count = "MATCH ()-[r]->()\nRETURN count(r) AS count" if "[r]" in query else (
            "MATCH (n)\nWHERE n.id IS NULL OR n.id <> $mark\nRETURN count(n) AS count"
        )  # fmt: skip
        while sum(row["count"] for row in database.read(count, {"mark": RESTORING})):
            database.write(query, {"mark": RESTORING, "batch": BATCH})


def _create_nodes(database: Database, records: Iterator[Record], size: int) -> None:
    for label, group in groupby(records, key=lambda record: record[0]):
        query = f"UNWIND $rows AS row\nCREATE (n:{_quoted(label)} {{id: row.id}})\nSET n += row.properties"
        rows = ({"id": record[1], "properties": record[2]} for record in group)
        while batch := list(islice(rows, size)):
            database.write(query, {"rows": batch})


def _create_links(database: Database, records: Iterator[Record], size: int) -> None:
    for (type_, source, target), group in groupby(records, key=lambda record: (record[0], record[1], record[3])):
        query = (
            "UNWIND $rows AS row\n"
            f"MATCH (a:{_quoted(source)} {{id: row.source}})\n"
            f"MATCH (b:{_quoted(target)} {{id: row.target}})\n"
            f"CREATE (a)-[r:{_quoted(type_)}]->(b)\n"
            "SET r = row.properties"
        )
        rows = ({"source": record[2], "target": record[4], "properties": record[5]} for record in group)
        while batch := list(islice(rows, size)):
            database.write(query, {"rows": batch})


def _check(database: Database, path: Path, manifest: Manifest) -> None:
    """Refuse to call a restore done when the database does not hold what the file says (the mark stays then)."""
    content = _content(database)
    nodes, links = (sum(content[part].values()) for part in ("nodes", "links"))
    if (nodes - 1, links) != (manifest.nodes.lines, manifest.links.lines):
        raise DatabaseError(
            f"The restore of {path} is not complete: {nodes - 1} of {manifest.nodes.lines} nodes, "
            f"{links} of {manifest.links.lines} links.",
            hint="Restore again with --force.",
        )


def _quoted(name: str) -> str:
    return f"`{name.replace('`', '``')}`"
