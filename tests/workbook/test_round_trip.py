"""What the database holds, written as a workbook and read into an empty home: the same network, stated by the same sources."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest

from importers.tables import IMPORTER
from pacte_graph import cases, loading, network
from pacte_graph.errors import UnknownName
from pacte_graph.network import Scope
from pacte_graph.store import Store
from pacte_graph.workbook import export_workbook

PROGRAMMES = {"toulouse": "programme:sdeirm", "fictitious": "programme:fictif", "europe-toulouse": "programme:toulouse-h2020"}


def load(store: Store, path: Path) -> list[loading.Plan]:
    plans = loading.plan_all(store, IMPORTER.read([path]))
    loading.apply_all(store, plans)
    return plans


def everything(store: Store) -> tuple[list[object], list[object]]:
    """Return all that is stated, with who states it."""
    nodes = store.read("MATCH (n)\nWHERE n.sources IS NOT NULL\nRETURN labels(n) AS labels, properties(n) AS told\nORDER BY n.id")
    links = store.read(
        "MATCH (a)-[r]->(b)\nWHERE r.sources IS NOT NULL\nRETURN type(r) AS type, a.id AS a, b.id AS b, properties(r) AS told"
    )
    run = ("statements", "first_run", "last_run", "importer_version")
    bare = [(row["labels"], {k: v for k, v in row["told"].items() if k not in run}) for row in nodes]
    tied = [(row["type"], row["a"], row["b"], {k: v for k, v in row["told"].items() if k not in run}) for row in links]
    return bare, sorted(tied, key=lambda item: (*item[:3], str(item[3].get("key"))))


@pytest.mark.parametrize("name", cases.NAMES)
def test_a_case_comes_back_the_same(embedded_store: Store, empty: Callable[[Store], Store], tmp_path: Path, name: str) -> None:
    scope = Scope(PROGRAMMES[name])
    load(embedded_store, cases.paths()[name])
    before, told = network.read(embedded_store, scope), everything(embedded_store)
    export_workbook(embedded_store, tmp_path / "all.xlsx")
    empty(embedded_store)
    (plan,) = load(embedded_store, tmp_path / "all.xlsx")
    assert (plan.rejected, plan.not_understood) == ((), ())
    assert network.read(embedded_store, scope) == before
    assert everything(embedded_store) == told
    assert len(before.nodes) > 50


def test_several_sources_keep_their_words(embedded_store: Store, empty: Callable[[Store], Store], tmp_path: Path) -> None:
    for name in ("toulouse", "fictitious"):
        load(embedded_store, cases.paths()[name])
    told = everything(embedded_store)
    sources = loading.sources(embedded_store)
    export_workbook(embedded_store, tmp_path / "all.xlsx")
    again = loading.plan_all(embedded_store, IMPORTER.read([tmp_path / "all.xlsx"]))
    assert [(plan.created, plan.changes, plan.vanished) for plan in again] == [((), (), ()), ((), (), ())]
    empty(embedded_store)
    plans = load(embedded_store, tmp_path / "all.xlsx")
    assert [plan.card.id for plan in plans] == [row["source"] for row in sources]
    assert everything(embedded_store) == told


def test_one_programme_alone(embedded_store: Store, empty: Callable[[Store], Store], tmp_path: Path) -> None:
    for name in cases.NAMES:
        load(embedded_store, cases.paths()[name])
    before = network.read(embedded_store, Scope("programme:sdeirm"))
    held = export_workbook(embedded_store, tmp_path / "one.xlsx", "programme:sdeirm")
    assert [node.ref.id for node in held.nodes["Programme"]] == ["programme:sdeirm"]
    assert all("fictif" not in node.ref.id for group in held.nodes.values() for node in group)
    empty(embedded_store)
    load(embedded_store, tmp_path / "one.xlsx")
    assert network.read(embedded_store, Scope("programme:sdeirm")) == before
    with pytest.raises(UnknownName, match="no programme programme:nowhere"):
        export_workbook(embedded_store, io.BytesIO(), "programme:nowhere")
