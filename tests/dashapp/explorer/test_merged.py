"""A merged record is still heard: the card of what stands for it says what its sources say, and its names are searched."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import plotly
import pytest

from dashapp.explorer.details import card
from dashapp.explorer.search import find, merged_names
from dashapp.explorer.state import read
from dashapp.explorer.wiring import results
from dashapp.services import Services
from pacte_graph import loading
from pacte_graph.figures.model import Picture
from pacte_graph.loading import review
from pacte_graph.network import Scope
from pacte_graph.records import Batch, Card, LinkRecord, NodeRecord, Ref, SourceFile, Where
from pacte_graph.schema import NODES
from pacte_graph.store import Store

SCHEME = Ref("Programme", "programme:p")
KEPT, OTHER, APART = (Ref("Actor", f"actor:p:{name}") for name in ("kept", "other", "apart"))


def stated(source: str, refs: dict[Ref, dict[str, object]]) -> Batch:
    place = (Where(f"{source}.csv", 7),)
    nodes = [NodeRecord(ref.label, ref.id, told, place) for ref, told in refs.items()]  # type: ignore[arg-type]
    links = [LinkRecord("PART_OF", ref, SCHEME, {}, place) for ref in refs if ref != SCHEME]
    card = Card(f"source:{source}", f"Fichier {source}", f"File {source}")
    return Batch(card, "tests", "1", (SourceFile(f"{source}.csv", "0"),), nodes, links)


@pytest.fixture
def services(embedded_store: Store, tmp_path: Path) -> Iterator[Services]:
    """Return the services of a base where the university of one file was merged into that of another."""
    first = stated("un", {SCHEME: {"name": "P"}, KEPT: {"name": "Université d'Éole", "town": "Éole"}, APART: {"name": "Autre"}})
    second = stated("deux", {OTHER: {"name": "Faculté du vent", "town": "Éole", "siren": "123456789"}})
    loading.write(embedded_store, loading.compare(embedded_store, [first, second]))
    review.merge(embedded_store, tmp_path / "t.toml", KEPT.id, OTHER.id)
    found = Services(embedded_store.settings)
    yield found
    found.close()


def shown(services: Services, identifier: str, language: str) -> str:
    view = read({"programme": SCHEME.id, "select": identifier, "lang": language})
    network = services.network(Scope(SCHEME.id))
    picture = Picture(view.recipe, "X", (), (), (), (), "")
    parts = card(services, view, network, picture, {identifier})
    return json.dumps(parts, cls=plotly.utils.PlotlyJSONEncoder, ensure_ascii=False)


def test_the_card_says_what_the_sources_of_a_merged_record_say(services: Services) -> None:
    said = shown(services, KEPT.id, "fr")
    assert "Fichier un" in said
    assert "Fichier deux, sur « Faculté du vent » (fiche fusionnée)" in said
    assert "deux.csv, ligne 7" in said
    assert "Nom : « Faculté du vent » selon cette source, « Université d'Éole » retenu." in said
    assert "123456789" in said
    town = NODES["Actor"].property("town")
    assert town is not None
    assert f"{town.label.fr} : " not in said
    assert "File deux, on “Faculté du vent” (merged record)" in shown(services, KEPT.id, "en")
    assert "fusionnée" not in shown(services, APART.id, "fr")


def test_a_merged_record_is_found_by_its_own_name(services: Services) -> None:
    network, others = services.network(Scope(SCHEME.id)), merged_names(services)
    assert find(network, "faculte du vent") == ()
    assert [node.id for node in find(network, "faculte du vent", others)] == [KEPT.id]
    assert KEPT.id in json.dumps(results(network, "vent", "fr", others), cls=plotly.utils.PlotlyJSONEncoder)


def test_a_merge_that_was_undone_is_not_shown(services: Services, embedded_store: Store, tmp_path: Path) -> None:
    review.undo(embedded_store, tmp_path / "t.toml", OTHER.id)
    assert "fusionnée" not in shown(services, KEPT.id, "fr")
    assert merged_names(services) == {}
