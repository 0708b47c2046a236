"""A backup carries everything from any engine into any engine, and is checked whole before it is used."""

from __future__ import annotations

import datetime as dt
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pacte_graph.errors import DatabaseError, DataRefused, UsageError
from pacte_graph.store import Store, archive
from pacte_graph.store.backup import RESTORING, backup, restore

PROPERTIES = {
    "name": "Schéma « d'aménagement » 🏙️",
    "number": 3,
    "budget": 1_250_000.0,
    "fictitious": True,
    "date_to": dt.date(2016, 12, 31),
    "at": dt.datetime(2016, 6, 21, 12, 0, tzinfo=dt.UTC),
    "aliases": ["un", "deux"],
    "note": "line\nline",
}


def fill(store: Store) -> None:
    store.write("UNWIND range(1, 300) AS i CREATE (n:Project {id: 'p' + toString(i)}) SET n += $p", {"p": PROPERTIES})
    store.write("UNWIND range(1, 50) AS i CREATE (:Actor {id: 'a' + toString(i), name: 'Acteur'})")
    for role in ("lead", "funder"):
        store.write(
            "MATCH (p:Project) MATCH (a:Actor {id: 'a1'}) CREATE (a)-[r:TAKES_PART_IN]->(p) SET r = $p",
            {"p": {"key": role, "since": dt.date(2015, 1, 1)}},
        )
    store.write("CREATE (r:ImportRun {id: 'run:1', status: 'complete'})")


def content(store: Store) -> dict[str, Any]:
    nodes = store.read("MATCH (n) RETURN labels(n) AS l, n.id AS id, properties(n) AS p ORDER BY l, id")
    links = store.read(
        "MATCH (a)-[r]->(b) RETURN type(r) AS t, a.id AS a, b.id AS b, properties(r) AS p, r.key AS k ORDER BY t, a, b, k"
    )
    return {"nodes": nodes, "links": links}


@pytest.fixture
def file(store: Store, tmp_path: Path) -> Path:
    fill(store)
    backup(store, tmp_path / "all.zip")
    return tmp_path / "all.zip"


def test_there_and_back(store: Store, file: Path) -> None:
    before = content(store)
    assert len(before["links"]) == 600
    store.write("MATCH (n:Actor) DETACH DELETE n")
    manifest = restore(store, file, force=True)
    assert content(store) == before
    assert (manifest.nodes.lines, manifest.links.lines) == (351, 600)


@pytest.mark.neo4j
@pytest.mark.parametrize(("source", "target"), [("embedded", "neo4j"), ("neo4j", "embedded")])
def test_from_one_engine_into_the_other(
    stores: Callable[[str], Store], empty: Callable[[Store], Store], tmp_path: Path, source: str, target: str
) -> None:
    one, other = empty(stores(source)), empty(stores(target))
    fill(one)
    backup(one, tmp_path / "all.zip")
    restore(other, tmp_path / "all.zip", batch_size=70)
    assert content(other) == content(one)
    backup(other, tmp_path / "again.zip")
    for name in (archive.NODES, archive.LINKS):
        assert list(archive.read(tmp_path / "again.zip", name)) == list(archive.read(tmp_path / "all.zip", name))


def test_a_database_that_holds_something_is_not_replaced_unasked(store: Store, file: Path) -> None:
    before = content(store)
    with pytest.raises(UsageError, match="351 nodes"):
        restore(store, file)
    assert content(store) == before


def test_what_was_replaced_is_kept(store: Store, file: Path, tmp_path: Path) -> None:
    store.write("CREATE (:Project {id: 'mine'})")
    restore(store, file, force=True, keep=tmp_path / "kept" / "before.zip")
    assert ["Project", "mine", {"id": "mine"}] in list(archive.read(tmp_path / "kept" / "before.zip", archive.NODES))
    assert store.read("MATCH (n:Project {id: 'mine'}) RETURN n.id AS id") == []


def damage(file: Path, name: str, change: Callable[[bytes], bytes]) -> Path:
    """Write the archive again with one part changed: its zip sums are right, ours are not."""
    damaged = file.with_name("damaged.zip")
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(damaged, "w") as new:
        for item in old.namelist():
            new.writestr(item, change(old.read(item)) if item == name else old.read(item))
    return damaged


def test_a_damaged_file_changes_nothing(store: Store, file: Path, tmp_path: Path) -> None:
    before = content(store)
    half = tmp_path / "half.zip"
    half.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    text = tmp_path / "text.zip"
    text.write_text("not a zip")
    damaged = [
        half,
        text,
        damage(file, archive.NODES, lambda data: data.replace(b"Acteur", b"Actrice", 1)),
        damage(file, archive.LINKS, lambda data: data[: len(data) // 2]),
        damage(file, archive.NODES, lambda data: b"[]\n" + data),
        damage(file, archive.MANIFEST, lambda data: data.replace(b'"lines": 351', b'"lines": 350')),
    ]
    for path in damaged:
        with pytest.raises(DataRefused):
            restore(store, path, force=True)
    with pytest.raises(DataRefused, match="There is no file"):
        restore(store, tmp_path / "missing.zip", force=True)
    assert content(store) == before


def test_a_flipped_byte_anywhere_is_found(embedded_store: Store, tmp_path: Path) -> None:
    fill(embedded_store)
    file = tmp_path / "all.zip"
    backup(embedded_store, file)
    data = file.read_bytes()
    for at in range(60, len(data) - 400, len(data) // 25):
        (tmp_path / "flipped.zip").write_bytes(data[:at] + bytes([data[at] ^ 0x55]) + data[at + 1 :])
        try:
            archive.verify(tmp_path / "flipped.zip")
        except DataRefused:
            continue
        same = [
            list(archive.read(tmp_path / "flipped.zip", name)) == list(archive.read(file, name))
            for name in ("nodes.jsonl", "links.jsonl")
        ]
        assert all(same), f"byte {at} changed what is restored and was not found"


def test_a_backup_that_fails_leaves_the_older_file(embedded_store: Store, tmp_path: Path) -> None:
    fill(embedded_store)
    file = tmp_path / "all.zip"
    file.write_bytes(b"older")
    embedded_store.write("CREATE (:Project {name: 'no identifier'})")
    with pytest.raises(DataRefused, match="1 nodes"):
        backup(embedded_store, file)
    assert file.read_bytes() == b"older"
    assert list(tmp_path.iterdir()) == [file]


def test_a_write_during_the_backup_is_noticed(embedded_store: Store, tmp_path: Path) -> None:
    fill(embedded_store)

    def meddle(step: str, done: int, total: int) -> None:
        embedded_store.write("CREATE (:Actor {id: $id})", {"id": f"late{done}"})

    with pytest.raises(DatabaseError, match="written to during the backup"):
        backup(embedded_store, tmp_path / "all.zip", progress=meddle)
    assert list(tmp_path.iterdir()) == []


def test_a_restore_that_was_cut_off_is_seen(embedded_store: Store, tmp_path: Path) -> None:
    fill(embedded_store)
    backup(embedded_store, tmp_path / "all.zip")
    before = content(embedded_store)

    def cut(step: str, done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        restore(embedded_store, tmp_path / "all.zip", force=True, progress=cut)
    marks = embedded_store.read("MATCH (r:ImportRun) WHERE r.status = 'running' RETURN r.id AS id")
    assert marks == [{"id": RESTORING}]
    restore(embedded_store, tmp_path / "all.zip", force=True)
    assert content(embedded_store) == before


def test_the_same_content_makes_the_same_parts(embedded_store: Store, tmp_path: Path) -> None:
    fill(embedded_store)
    first, second = (backup(embedded_store, tmp_path / name) for name in ("1.zip", "2.zip"))
    assert (first.nodes, first.links) == (second.nodes, second.links)


def test_the_manifest_is_plain_json(embedded_store: Store, tmp_path: Path) -> None:
    backup(embedded_store, tmp_path / "all.zip")
    with zipfile.ZipFile(tmp_path / "all.zip") as file:
        said = json.loads(file.read("manifest.json"))
    assert (said["format"], said["version"], said["nodes"]["lines"]) == ("pacte-graph-backup", 1, 0)
