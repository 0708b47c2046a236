"""``pacte db``: what people and machines are told, and the exit codes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pacte_graph.cli import main
from pacte_graph.settings import Settings
from pacte_graph.store import open_store
from pacte_graph.store.home import Home

Run = Callable[..., tuple[int, str, str]]
KEYS = {"engine", "version", "uri", "running", "reads_enforced_by", "nodes", "links", "sources", "unfinished_runs"}


@pytest.fixture
def run(own: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.setenv("PACTE_HOME", str(own.home))
    monkeypatch.setenv("PACTE_START_SECONDS", "180")

    def call(*words: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main(["db", *words])
        told = capsys.readouterr()
        return int(ended.value.code or 0), told.out, told.err

    return call


def status(run: Run) -> dict[str, Any]:
    code, out, err = run("status", "--json")
    assert (code, err) == (0, "")
    found: dict[str, Any] = json.loads(out)
    assert set(found) == KEYS
    return found


def test_a_database_from_start_to_stop(run: Run, own: Settings, tmp_path: Path) -> None:
    assert status(run)["running"] is False
    assert not (own.home / "engine-state.json").exists()  # asking started nothing
    assert run("start")[0] == 0
    with open_store(own) as store:
        store.prepare()
        store.write("CREATE (:ImportRun {id: 'run:cut', source: 'source:s', status: 'running'})")
        store.write("CREATE (:Project {id: 'a'})-[:LINKED_TO]->(:Project {id: 'b'})")
    found = status(run)
    assert (found["engine"], found["running"], found["nodes"], found["links"]) == ("embedded", True, 3, 1)
    assert [item["run"] for item in found["unfinished_runs"]] == ["run:cut"]
    code, out, _ = run("backup", str(tmp_path / "all.zip"), "--json")
    assert (code, json.loads(out)["nodes"]["lines"]) == (0, 3)
    code, _, err = run("restore", str(tmp_path / "all.zip"))
    assert code == 2
    assert "--force" in err
    code, out, _ = run("restore", str(tmp_path / "all.zip"), "--force", "--json")
    assert code == 0
    assert Path(json.loads(out)["kept"]).is_file()
    assert status(run)["nodes"] == 3
    assert run("stop")[:2] == (0, "The engine is stopped.\n")
    assert status(run)["running"] is False
    assert run("stop")[:2] == (0, "No engine was running.\n")


def test_a_damaged_backup_starts_nothing(run: Run, own: Settings, tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_text("no")
    code, out, err = run("restore", str(tmp_path / "x.zip"), "--json")
    assert (code, out) == (1, "")
    assert json.loads(err)["error"]["code"] == "data_refused"
    assert Home(own.home).state() is None


def test_a_server_that_does_not_answer(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_URI", "bolt://127.0.0.1:9")
    for words in (("start",), ("status",)):
        code, out, err = run(*words, "--json")
        assert (code, out) == (3, "")
        assert json.loads(err)["error"]["code"] == "database"
    assert run("stop")[0] == 2
    assert run("start", "--engine", "neo4j")[0] == 2


def test_a_home_that_cannot_be_written(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("PACTE_HOME", str(tmp_path / "file" / "home"))
    code, out, err = run("start")
    assert (code, out) == (3, "")
    assert err.count("\n") == 2
    assert "Traceback" not in err


def test_an_engine_nobody_knows(run: Run) -> None:
    assert run("start", "--engine", "oracle")[0] == 2


@pytest.mark.neo4j
def test_neo4j_is_remembered(run: Run, own: Settings, neo4j_jars: None) -> None:
    assert run("start", "--engine", "neo4j")[0] == 0
    found = status(run)
    assert (found["engine"], found["version"][:10]) == ("neo4j", "Neo4j 5.26")
    assert run("stop")[0] == 0
    with open_store(own) as store:
        assert store.info().engine == "neo4j"
