"""``pacte export`` as a user runs it, and what it wrote loaded again: the same network."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from importers.graphe import IMPORTER
from pacte_graph import loading, metrics, network
from pacte_graph.errors import UsageError, in_language
from pacte_graph.exchange import WRITERS, writer
from pacte_graph.metrics.pull.influence import influence
from pacte_graph.network import Network, Scope
from pacte_graph.settings import Settings
from pacte_graph.store import Store, open_store
from tests.commands import pacte

FICTITIOUS = "programme:fictif"


@pytest.fixture
def loaded_store(loaded: Settings) -> Iterator[Store]:
    """Return the store that holds the built-in cases, to be read only."""
    with open_store(loaded) as store:
        yield store


def shown(found: Network) -> tuple[Any, ...]:
    return found.nodes, found.links, dict(found.programme)


@pytest.mark.parametrize("suffix", [".graphml", ".gexf", ".net", ".json"])
def test_an_export_loaded_into_an_empty_database_is_the_same_network(
    loaded_store: Store, embedded_store: Store, tmp_path: Path, suffix: str
) -> None:
    before = network.read(loaded_store, Scope(FICTITIOUS))
    path = tmp_path / f"fictif{suffix}"
    path.write_bytes(WRITERS[suffix](before, "fr"))
    (batch,) = IMPORTER.read([path])
    assert (batch.rejected, batch.not_understood) == ([], [])
    assert batch.card.fictitious
    loading.apply(embedded_store, loading.plan(embedded_store, batch))
    after = network.read(embedded_store, Scope(FICTITIOUS))
    assert (after.nodes, after.links) == (before.nodes, before.links)
    if suffix in {".graphml", ".json"}:
        assert after.programme == before.programme
    assert after.fictitious


def test_an_export_loaded_where_it_comes_from_changes_no_value(loaded_store: Store, tmp_path: Path) -> None:
    before = network.read(loaded_store, Scope(FICTITIOUS))
    for suffix, write in WRITERS.items():
        path = tmp_path / f"fictif{suffix}"
        path.write_bytes(write(before, "en"))
        plan = loading.plan(loaded_store, IMPORTER.read([path])[0])
        assert (plan.created, plan.conflicts) == ((), ()), suffix


def test_export_says_what_it_wrote(home: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "r.GEXF"
    assert pacte("export", str(out), "--programme", FICTITIOUS, "--date", "2031-01-01", "--where", "kind=company", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["path"] == str(out)
    assert told["scope"] == {"programme": FICTITIOUS, "date": "2031-01-01", "filters": {"kinds": ["company"]}}
    graph = nx.read_gexf(out)
    assert (len(graph), graph.number_of_edges()) == (told["nodes"], told["links"])
    kinds = {told["kind"] for _, told in graph.nodes(data=True) if told["pacte_label"] == "Actor"}
    assert kinds == {"company"}
    assert {told["pacte_fictitious"] for _, told in graph.nodes(data=True)} == {True}
    assert pacte("export", str(tmp_path / "r.csv"), "--programme", FICTITIOUS) == 0
    assert "links (programme:fictif)" in capsys.readouterr().out
    rows = list(csv.DictReader(io.StringIO((tmp_path / "r.csv").read_text(encoding="utf-8"))))
    assert {"source", "target", "weight", "pacte_type", "role"} <= set(rows[0])
    assert not [cell for row in rows for cell in row.values() if cell[:1] in {"=", "+", "-", "@"}]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("r.doc",), "no export to “.doc”"),
        (("r",), "a file without suffix"),
        (("r.gexf",), "choose one"),
        (("r.gexf", "--programme", "programme:absent"), "no programme programme:absent"),
        (("r.gexf", "--lang", "de"), "no language"),
        (("absent/r.gexf", "--programme", FICTITIOUS), "can't be written"),
        (("r.gexf", "--programme", FICTITIOUS, "--date", "demain"), "not a date"),
    ],
)
def test_refusals_write_nothing(
    home: Settings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: tuple[str, ...],
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert pacte("export", *words) == 2
    assert said in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_the_hint_names_every_suffix_that_the_command_writes() -> None:
    with pytest.raises(UsageError) as refused:
        writer(".foo")
    assert refused.value.hint == "Suffixes: .csv, .gexf, .graphml, .json, .net, .xlsx."
    assert in_language(refused.value.message, "fr") == "Il n'y a pas d'export vers « .foo »."


@pytest.mark.parametrize("view", ["cooperation", "influence"])
def test_computed_views_are_written_and_never_read_as_facts(home: Settings, tmp_path: Path, view: str) -> None:
    out = tmp_path / f"{view}.graphml"
    assert pacte("export", str(out), "--programme", FICTITIOUS, "--view", view) == 0
    graph = nx.read_graphml(out)
    with open_store(home) as store:
        found = network.read(store, Scope(FICTITIOUS))
    if view == "cooperation":
        wanted = metrics.run("projection", found).details
        assert graph.number_of_edges() == wanted["ties"] > 0
        total = sum(told["weight"] for *_, told in graph.edges(data=True))
        assert total == pytest.approx(wanted["matrix"].sum() / 2)
        shared = {u: set() for u in graph}
        for link in found.links_of("TAKES_PART_IN"):
            shared.get(link.source, set()).add(link.target)
        assert all(told["shared"] == len(shared[u] & shared[v]) for u, v, told in graph.edges(data=True))
    else:
        wanted = influence(found)
        assert (len(graph), graph.number_of_edges()) == (len(wanted.ids), wanted.matrix.nnz)
        assert {told["pacte_label"] for _, told in graph.nodes(data=True)} == {"Actor", "Project"}
    (batch,) = IMPORTER.read([out])
    assert {link.type for link in batch.links} == {"PART_OF"}
    assert len(batch.rejected) == graph.number_of_edges()


def test_import_by_the_command_with_its_options(
    embedded_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PACTE_HOME", str(embedded_store.settings.home))
    path = tmp_path / "clubs.csv"
    path.write_text("Evelyn,E1\nLaura,E1\nLaura,E2\n", encoding="utf-8")
    assert pacte("import", "graphe", str(path), "--programme", "Clubs", "-o", "mode=bimodal", "--json") == 0
    assert json.loads(capsys.readouterr().out)["created"] == {"nodes": 5, "links": 7}
    found = network.read(embedded_store, Scope("programme:graphe:Clubs"))
    assert (len(found.nodes_of("Actor")), len(found.nodes_of("Project")), len(found.links_of("TAKES_PART_IN"))) == (2, 2, 3)
