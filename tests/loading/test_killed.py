"""A load killed with -9 at any transaction: the database says so, and loading again finishes it as if nothing had happened."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from pacte_graph import loading
from pacte_graph.errors import DatabaseError
from pacte_graph.settings import Settings
from pacte_graph.store import open_store
from pacte_graph.store.home import Home

SCRIPT = Path(__file__).with_name("killed_load.py")


def killed_load(store, count: int, moment: str, *, step: str = "load") -> None:
    """Load in another process that dies at its transaction ``count``."""
    words = [sys.executable, str(SCRIPT), store.info().engine, str(count), moment, "12", step]
    environment = {**os.environ, "PACTE_HOME": str(store.settings.home), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(words, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr


@pytest.fixture
def whole(store, sample_batch, content):
    """Return the content of the database after a load that nobody interrupts; the database is empty again."""
    loading.apply(store, loading.plan(store, sample_batch()))
    found = content(store)
    store.write("MATCH (n) DETACH DELETE n")
    return found


@pytest.mark.parametrize(
    ("count", "moment"), [(1, "after"), (3, "before"), (4, "after"), (6, "during"), (8, "before"), (11, "after")]
)
def test_killed_and_run_again(store, sample_batch, content, whole, count, moment) -> None:
    killed_load(store, count, moment)
    (run,) = loading.unfinished_runs(store)
    assert run["source"] == "source:one"
    left = content(store)
    assert left != whole
    report = loading.apply(store, loading.plan(store, sample_batch()), batch_size=12).as_dict()
    assert content(store) == whole
    assert loading.unfinished_runs(store) == []
    assert [item["status"] for item in loading.sources(store) for item in [item["last_run"]]] == ["complete"]
    assert report["unchanged"]["nodes"] == len([node for node in left["nodes"] if node[0] != ["Source"]])
    assert report["changed"] == {"nodes": 0, "links": 0}


def test_the_engine_killed_in_the_middle(homes, sample_batch, content) -> None:
    settings = Settings(home=homes())
    with open_store(settings, engine="embedded") as store:
        loading.apply(store, loading.plan(store, sample_batch()))
        wanted = content(store)
        store.write("MATCH (n) DETACH DELETE n")
        plan, write, done = loading.plan(store, sample_batch()), store.write_many, []

        def killing(statements) -> None:
            write(statements)
            done.append(statements)
            if len(done) == 4:
                os.kill(Home(settings.home).state().pid, signal.SIGKILL)

        store.write_many = killing
        with contextlib.suppress(DatabaseError):
            loading.apply(store, plan, batch_size=12)
        assert len(done) >= 4
        store.write_many = write
        loading.apply(store, loading.plan(store, sample_batch()))
        assert content(store) == wanted
        assert loading.unfinished_runs(store) == []


def test_killed_twice(store, sample_batch, content, whole) -> None:
    killed_load(store, 3, "after")
    killed_load(store, 4, "after")
    assert len(loading.unfinished_runs(store)) == 2
    loading.apply(store, loading.plan(store, sample_batch()))
    assert content(store) == whole
    assert loading.unfinished_runs(store) == []


def test_killed_before_the_first_transaction_leaves_nothing(store, content) -> None:
    killed_load(store, 1, "before")
    assert content(store) == {"nodes": [], "links": []}
    assert loading.unfinished_runs(store) == []


@pytest.mark.parametrize("count", [2, 4])
def test_killed_while_pruning(store, sample_batch, content, count) -> None:
    def less():
        return sample_batch(size=5)

    def load(batch, *, prune=False):
        return loading.apply(store, loading.plan(store, batch), prune=prune)

    load(less())
    wanted = content(store)
    load(sample_batch())
    killed_load(store, count, "after", step="prune")
    assert len(loading.unfinished_runs(store)) == 1
    assert content(store) != wanted
    load(less(), prune=True)
    assert content(store) == wanted
    assert loading.unfinished_runs(store) == []
