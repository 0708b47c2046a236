"""The engines the tests run on: one of each a session, each in a home of its own, started by the product; nothing is mocked."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import cast

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from pacte_graph import cases, loading
from pacte_graph.errors import DatabaseError
from pacte_graph.settings import Settings
from pacte_graph.store import Store, life, neo4j_local, open_store
from pacte_graph.store.home import EngineName

ENGINES = [pytest.param("embedded", id="embedded"), pytest.param("neo4j", id="neo4j", marks=pytest.mark.neo4j)]
START_SECONDS = 180.0
BATCH = 5_000

Homes = Callable[[], Path]

# The same examples everywhere, however slow the machine; pytest --hypothesis-profile=explore draws new ones.
hypothesis_settings.register_profile("same", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.register_profile("explore", deadline=None, max_examples=300)
hypothesis_settings.load_profile("same")


@pytest.fixture(autouse=True, scope="session")
def _no_server_of_the_user() -> Iterator[None]:
    """Keep the tests away from a database that the environment names."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("NEO4J_URI", "NEO4J_USERNAME", "NEO4J_USER", "NEO4J_PASSWORD", "NEO4J_DATABASE"):
            patch.delenv(name, raising=False)
        yield


@pytest.fixture(scope="session")
def homes() -> Iterator[Homes]:
    """Return a maker of new homes (short paths); whatever runs in one is stopped at the end."""
    made: list[Path] = []

    def make() -> Path:
        made.append(Path(tempfile.mkdtemp(prefix="pacte-")))
        return made[-1]

    yield make
    for home in made:
        life.stop(Settings(home=home))
        shutil.rmtree(home, ignore_errors=True)


@pytest.fixture(scope="session")
def neo4j_jars() -> None:
    """Skip, with the reason, where a real Neo4j can't be had on this machine."""
    try:
        neo4j_local.jars()
    except DatabaseError as error:
        pytest.skip(f"no real Neo4j here: {error.message} {error.hint}")


@pytest.fixture(scope="session")
def stores(homes: Homes, request: pytest.FixtureRequest) -> Iterator[Callable[[str], Store]]:
    """Return the giver of the session's store on an engine, started when first asked for."""
    opened: dict[str, Store] = {}

    def give(engine: str) -> Store:
        if engine == "neo4j":
            request.getfixturevalue("neo4j_jars")
        if engine not in opened:
            settings = Settings(home=homes(), start_seconds=START_SECONDS, idle_minutes=120)
            opened[engine] = open_store(settings, engine=cast("EngineName", engine))
            opened[engine].prepare()
        return opened[engine]

    yield give
    for store in opened.values():
        store.close()


def emptied(store: Store) -> Store:
    """Return the store with nothing in it but its constraints."""
    for count, delete in (
        ("MATCH ()-[r]->() RETURN count(r) AS left", "MATCH ()-[r]->() WITH r LIMIT $batch DELETE r"),
        ("MATCH (n) RETURN count(n) AS left", "MATCH (n) WITH n LIMIT $batch DELETE n"),
    ):
        while store.read(count)[0]["left"]:
            store.write(delete, {"batch": BATCH})
    return store


@pytest.fixture(scope="session")
def empty() -> Callable[[Store], Store]:
    """Return what empties a store."""
    return emptied


@pytest.fixture(params=ENGINES)
def store(stores: Callable[[str], Store], request: pytest.FixtureRequest) -> Store:
    """Return an empty store, once on the embedded engine and once on a real Neo4j."""
    return emptied(stores(request.param))


@pytest.fixture
def embedded_store(stores: Callable[[str], Store]) -> Store:
    """Return an empty store on the embedded engine."""
    return emptied(stores("embedded"))


@pytest.fixture(scope="session")
def loaded(homes: Homes) -> Settings:
    """Return the settings of a home of its own whose embedded engine holds the built-in cases. No test writes there."""
    settings = Settings(home=homes(), start_seconds=START_SECONDS, idle_minutes=120)
    with open_store(settings) as store:
        store.prepare()
        batches = loading.importer("tableur").read(list(cases.paths().values()))
        loading.apply_all(store, loading.plan_all(store, batches))
    return settings


@pytest.fixture
def home(loaded: Settings, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Return the settings of the home with the built-in cases, which is also where ``pacte`` looks. No test writes there."""
    monkeypatch.setenv("PACTE_HOME", str(loaded.home))
    return loaded


@pytest.fixture
def settings(stores: Callable[[str], Store]) -> Settings:
    """Return the settings of the session's embedded engine."""
    return stores("embedded").settings
