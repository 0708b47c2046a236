"""Reading one programme's network from a database: its perimeter alone, filters, dates, and names that don't exist."""

from __future__ import annotations

import datetime as dt

import pytest

from pacte_graph import cases, loading, network
from pacte_graph.errors import UnknownName
from pacte_graph.network import Scope
from pacte_graph.network.views import neighbours
from pacte_graph.schema import PROVENANCE
from pacte_graph.store import Store

FICTITIOUS = "programme:fictif"


@pytest.fixture
def loaded(store: Store) -> Store:
    """Return a store that holds the fictitious case."""
    batches = loading.importer("tableur").read([cases.paths()["fictitious"]])
    loading.apply_all(store, loading.plan_all(store, batches))
    return store


def test_programmes(loaded: Store) -> None:
    (info,) = network.programmes(loaded)
    assert (info.id, info.fictitious, info.projects) == (FICTITIOUS, True, 20)
    assert info.reference_dates == (dt.date(2030, 1, 1), dt.date(2031, 1, 1))


def test_no_programme_yet(embedded_store: Store) -> None:
    assert network.programmes(embedded_store) == ()
    with pytest.raises(UnknownName, match="holds: none"):
        network.read(embedded_store, Scope("programme:x"))


def test_the_snapshot_is_whole_sorted_and_without_bookkeeping(loaded: Store) -> None:
    found = network.read(loaded, Scope(FICTITIOUS))
    assert [node.id for node in found.nodes] == sorted(node.id for node in found.nodes)
    assert len(found.nodes_of("Actor")) == 64
    assert len(found.links_of("WITHIN")) == 49
    assert found.sources == ("Schéma fictif de Valbrume (tout est inventé)",)
    for item in (*found.nodes, *found.links):
        assert not set(item.properties) & {*PROVENANCE, "id", "key"}
    assert {link.key for link in found.links_of("TAKES_PART_IN")} >= {"lead", "funder"}
    assert isinstance(found.by_id["project:fictif:1"].properties["since"], dt.date)


def test_filters_and_dates(loaded: Store) -> None:
    companies = network.read(loaded, Scope(FICTITIOUS, kinds=frozenset({"company"})))
    assert {node.group for node in companies.nodes_of("Actor")} == {"company"}
    leads = network.read(loaded, Scope(FICTITIOUS, roles=frozenset({"lead"})))
    assert {link.properties["role"] for link in leads.links_of("TAKES_PART_IN")} == {"lead"}
    regions = network.read(loaded, Scope(FICTITIOUS, levels=frozenset({"region"})))
    assert {node.group for node in regions.nodes_of("Territory")} == {"region"}
    before = network.read(loaded, Scope(FICTITIOUS, dt.date(2029, 1, 20)))
    assert all(link.properties.get("since", dt.date.min) <= dt.date(2029, 1, 20) for link in before.links)


def test_unknown_programme_names_the_known(loaded: Store) -> None:
    with pytest.raises(UnknownName, match=FICTITIOUS):
        network.read(loaded, Scope("programme:absent"))


def test_documents_that_attest_links_have_their_names(embedded_store: Store) -> None:
    batches = loading.importer("tableur").read([cases.paths()["toulouse"]])
    loading.apply_all(embedded_store, loading.plan_all(embedded_store, batches))
    found = network.read(embedded_store, Scope("programme:sdeirm"))
    links = found.links_of("LINKED_TO")
    assert {found.documents[link.properties["document"]] for link in links} == {
        "Feuille de route du projet 03 « Pacte territorial »"
    }


def test_neighbours_of_an_isolate(loaded: Store) -> None:
    found = network.read(loaded, Scope(FICTITIOUS))
    assert neighbours(found, "actor:fictif:Compagnie du Val muet") == ()
    assert {link.type for link, _ in neighbours(found, "project:fictif:2")} >= {"LINKED_TO", "TAKES_PART_IN", "APPLIES_IN"}


def test_milestones_are_read_with_their_precision(loaded: Store) -> None:
    found = network.read(loaded, Scope(FICTITIOUS))
    steps = {step.id: step for step in found.milestones}
    campus = steps["milestone:fictif:3:3"]
    assert (campus.project, campus.text, campus.date_text) == (
        "project:fictif:3",
        "Première promotion du campus",
        "septembre 2030",
    )
    assert (campus.date_from, campus.date_to) == (dt.date(2030, 9, 1), dt.date(2030, 9, 30))
    assert list(found.milestones) == sorted(
        found.milestones, key=lambda step: (step.project, step.date_from or dt.date.max, step.id)
    )
    assert {step.project for step in found.milestones} <= set(found.by_id)


def test_a_network_refuses_a_milestone_of_nobody() -> None:
    with pytest.raises(ValueError, match="milestone m"):
        network.Network.of([], [], milestones=[network.Milestone("m", "project:x", "Step")])
