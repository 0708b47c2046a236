"""The programme that pages open on when the address names none: it stays when another one is loaded."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashapp.data.words import TITLE
from dashapp.pages import Page
from dashapp.services import Services
from dashapp.shell import draw
from pacte_graph import loading, network
from pacte_graph.store import Store

from .test_jobs import texts


@pytest.fixture
def store(embedded_store: Store, tmp_path: Path) -> Store:
    """Return a store where a programme was loaded first whose identifier sorts last."""
    for name in ("zone", "atlas"):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "programmes.csv").write_text(f"id,name\nprogramme:{name},Programme {name}\n", encoding="utf-8")
        batches = loading.importer("tableur").read([folder])
        loading.apply_all(embedded_store, loading.plan_all(embedded_store, batches))
    return embedded_store


def test_the_programme_loaded_first_stays_first(store: Store) -> None:
    assert [info.id for info in network.programmes(store)] == ["programme:zone", "programme:atlas"]


@pytest.mark.parametrize(("search", "shown"), [("", "zone"), ("?programme=programme:atlas", "atlas")])
def test_pages_open_on_it_unless_the_address_names_another(store: Store, search: str, shown: str) -> None:
    services = Services(store.settings)
    services._store = store
    page = Page("data", "/donnees", TITLE, lambda _, state: state["programme"], lambda *_: None)
    assert f"programme:{shown}" in texts(draw(services, [page], "/donnees", search).main)
