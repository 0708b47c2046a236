"""The app on no database and on a real one: headers, sentences instead of broken pages, one store for all pages."""

from __future__ import annotations

import base64
import hashlib
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from dash.development.base_component import Component

from dashapp import security
from dashapp.app import create_app, pages
from dashapp.services import Services
from dashapp.shell import draw
from pacte_graph.network.model import Scope
from pacte_graph.settings import Settings
from pacte_graph.store import Store


def text_of(part: Any) -> str:
    """Return every text inside components, in order."""
    if isinstance(part, Component):
        return text_of(getattr(part, "children", None))
    if isinstance(part, list | tuple):
        return " ".join(text_of(item) for item in part)
    return "" if part is None else str(part)


@pytest.fixture
def unreachable(tmp_path: Path) -> Services:
    """Return services on a server that isn't there."""
    return Services(Settings(home=tmp_path, neo4j_uri="bolt://127.0.0.1:1"))


def test_nothing_is_opened_or_started_by_building_the_app(tmp_path: Path) -> None:
    app = create_app(Settings(home=tmp_path / "home"))
    assert app.server.test_client().get("/").status_code == 200
    assert not (tmp_path / "home").exists()


def test_importing_the_app_builds_nothing() -> None:
    code = "import dashapp.app, dash; from dash import _callback; assert not _callback.GLOBAL_CALLBACK_LIST; print('ok')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert done.stdout.strip() == "ok", done.stderr


def test_two_apps_live_side_by_side(tmp_path: Path) -> None:
    first, second = (create_app(Settings(home=tmp_path / name)) for name in ("a", "b"))
    assert first.services is not second.services
    assert first.callback_map.keys() == second.callback_map.keys()


@pytest.mark.parametrize(("query", "lang"), [("", "fr"), ("?lang=en", "en"), ("?lang=<script>", "fr")])
def test_the_first_page_says_its_language_and_runs_only_its_own_scripts(tmp_path: Path, query: str, lang: str) -> None:
    answer = create_app(Settings(home=tmp_path)).server.test_client().get("/" + query)
    page = answer.get_data(as_text=True)
    assert f'<html lang="{lang}">' in page
    rules = answer.headers["Content-Security-Policy"]
    assert "unsafe-eval" not in rules
    assert re.search(r"script-src [^;]*unsafe-inline", rules) is None
    for script in re.findall(r"<script>(.*?)</script>", page, re.DOTALL):
        assert base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() in rules
    assert not re.search(r'(src|href)="(https?:)?//', page)
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_only_our_own_name_is_answered(tmp_path: Path) -> None:
    app = create_app(Settings(home=tmp_path))
    security.only_hosts(app, frozenset({"127.0.0.1"}))
    client = app.server.test_client()
    assert client.get("/", headers={"Host": "127.0.0.1:8050"}).status_code == 200
    assert client.get("/", headers={"Host": "rebound.example"}).status_code == 403


@pytest.mark.parametrize(
    ("lang", "sentence"), [("fr", "La base de données ne répond pas"), ("en", "The database doesn't answer")]
)
@pytest.mark.parametrize("path", ["/", "/explorateur", "/indicateurs", "/requetes"])
def test_no_database_is_a_sentence_on_every_page(unreachable: Services, path: str, lang: str, sentence: str) -> None:
    drawn = draw(unreachable, pages(), path, f"?lang={lang}")
    assert sentence in text_of(drawn.main)
    assert drawn.head["lang"] == lang
    assert "Pacte Graph" in text_of(drawn.header)


def test_an_unknown_address_is_a_sentence(embedded_store: Store) -> None:
    drawn = draw(Services(embedded_store.settings), pages(), "/nulle-part", "")
    assert "/nulle-part" in text_of(drawn.main)


@pytest.mark.parametrize(("lang", "sentence"), [("fr", "La base est vide"), ("en", "The database is empty")])
@pytest.mark.parametrize("path", ["/", "/explorateur", "/indicateurs", "/requetes"])
def test_an_empty_database_says_what_to_do(embedded_store: Store, path: str, lang: str, sentence: str) -> None:
    services = Services(embedded_store.settings)
    said = text_of(draw(services, pages(), path, f"?lang={lang}").main)
    services.close()
    assert sentence in said
    assert ("pacte demo" in said) == (path == "/")


PROGRAMME = (
    "CREATE (p:Programme {id: 'programme:x', name: 'X', fictitious: $fictitious, reference_dates: ['2030-01-01']})\n"
    "CREATE (:Project {id: 'project:x:1', number: 1, name: 'Un'})-[:PART_OF]->(p)"
)


def test_the_banner_names_invented_data_on_every_page(embedded_store: Store) -> None:
    embedded_store.write(PROGRAMME, {"fictitious": True})
    services = Services(embedded_store.settings)
    for page in pages():
        assert "Données fictives : ce programme" in text_of(draw(services, pages(), page.path, "").main), page.key
    services.close()


def test_attested_facts_have_no_banner_and_unknown_programmes_a_sentence(embedded_store: Store) -> None:
    embedded_store.write(PROGRAMME, {"fictitious": False})
    services = Services(embedded_store.settings)
    assert "Données fictives" not in text_of(draw(services, pages(), "/indicateurs", "").main)
    for page in pages():
        said = text_of(draw(services, pages(), page.path, "?programme=programme:gone").main)
        assert "« programme:gone » n'est pas dans cette base" in said, page.key
    services.close()


def test_a_network_is_read_once_until_the_data_changes(embedded_store: Store) -> None:
    embedded_store.write(PROGRAMME, {"fictitious": False})
    services = Services(embedded_store.settings)
    scope = Scope("programme:x")
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda _: services.network(scope), range(16)))
    assert all(item is found[0] for item in found)
    embedded_store.write(
        "MATCH (p:Programme {id: 'programme:x'})\nCREATE (:ImportRun {id: 'run:1', status: 'complete'})\n"
        "CREATE (:Project {id: 'project:x:2', number: 2})-[:PART_OF]->(p)"
    )
    services._version = ("", 0.0)  # a second later
    assert len(services.network(scope).nodes_of("Project")) == 2
    services.close()
