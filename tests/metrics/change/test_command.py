"""Two dates on the command line, on the fictitious case in a real database."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from pacte_graph import cases, cli, loading, network
from pacte_graph.metrics.change.snapshots import at
from pacte_graph.settings import Settings
from pacte_graph.store import open_store

FICTITIOUS = "programme:fictif"


@pytest.fixture
def home(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Return settings whose home holds the fictitious case, as the command sees it."""
    monkeypatch.setenv("PACTE_HOME", str(settings.home))
    with open_store(settings) as store:
        store.write("MATCH (n) DETACH DELETE n")
        loading.apply_all(store, loading.plan_all(store, loading.importer("tableur").read([cases.paths()["fictitious"]])))
    return settings


def pacte(*words: str) -> int:
    with pytest.raises(SystemExit) as stopped:
        cli.main(list(words))
    return int(stopped.value.code or 0)


def test_two_dates_end_to_end(home: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    with open_store(home) as store:
        whole = network.read(store, network.Scope(FICTITIOUS))
        for day in (dt.date(2030, 1, 1), dt.date(2031, 1, 1)):
            there = network.read(store, network.Scope(FICTITIOUS, day))
            assert (at(whole, day).nodes, at(whole, day).links) == (there.nodes, there.links)
            assert at(whole, day).scope == there.scope
    assert pacte("metrics", "compare", "cohesion", "S1", "--json") == 0
    told = json.loads(capsys.readouterr().out)["comparisons"]
    assert [one["metric"] for one in told] == ["cohesion", "declination"]
    assert (told[0]["from"], told[0]["to"]) == ("2030-01-01", "2031-01-01")
    assert told[0]["cooperation"]["born"] > 0
    assert any(row["rewiring"] is not None for row in told[0]["rows"])
    assert pacte("metrics", "compare") == 0
    assert "coopérations" in capsys.readouterr().out
    # a metric that compares dates reads all of them, whatever day the others are read at
    assert pacte("metrics", "run", "C17", "degree", "--date", "2030-01-01", "--json") == 0
    changed, degree = json.loads(capsys.readouterr().out)["metrics"]
    assert changed["scope"]["date"] is None
    assert degree["scope"]["date"] == "2030-01-01"
    assert {value["dimension"].get("measure"): value["value"] for value in changed["values"]}["entries"] > 0
    assert pacte("metrics", "compare", "--from", "demain") == 2
    assert "not a date" in capsys.readouterr().err
    assert pacte("metrics", "compare", "C17") == 2
