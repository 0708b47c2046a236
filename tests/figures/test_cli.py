from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pacte_graph.cli import build
from pacte_graph.errors import DataRefused, PacteError, UnknownName, UsageError
from pacte_graph.figures import style
from pacte_graph.settings import Settings
from pacte_graph.store import Store

PART = "MATCH (g:Programme)\nCREATE (n:{})-[:PART_OF]->(g)\nSET n = $p"


@pytest.fixture
def home(embedded_store: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Store:
    """Point the command line at the test's engine, with two projects and an actor in it."""
    monkeypatch.setenv("PACTE_HOME", str(settings.home))
    for text, properties in (
        ("CREATE (n:Programme)\nSET n = $p", {"id": "programme:fig", "name": "Essai de figure", "fictitious": True}),
        (PART.format("Project"), {"id": "project:fig:1", "number": 1, "name": "Accueil"}),
        (PART.format("Actor"), {"id": "actor:fig:a", "name": "Alpha", "kind": "agency"}),
        ("MATCH (a:Actor)\nMATCH (n:Project)\nCREATE (a)-[r:TAKES_PART_IN]->(n)\nSET r = $p", {"key": "lead", "role": "lead"}),
    ):
        embedded_store.write(text, {"p": properties})
    return embedded_store


def recipe(folder: Path, text: str = "programme: programme:fig\n") -> Path:
    path = folder / "recipe.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def call(*words: object) -> str:
    result = CliRunner().invoke(build(), [str(word) for word in words], catch_exceptions=True)
    if isinstance(result.exception, PacteError):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.mark.parametrize(("ending", "start"), [("svg", b"<?xml"), ("pdf", b"%PDF"), ("png", b"\x89PNG")])
def test_a_recipe_becomes_a_figure(home: Store, tmp_path: Path, ending: str, start: bytes) -> None:
    out = tmp_path / f"figure.{ending}"
    said = json.loads(call("figure", recipe(tmp_path), "-o", out, "--json"))
    assert out.read_bytes().startswith(start)
    assert (said["nodes"], said["links"], said["left_out"]) == (2, 1, {})
    assert "Données fictives" in said["captions"][-1]
    assert [item.name for item in tmp_path.iterdir()] != []
    assert not [item for item in tmp_path.iterdir() if item.name.endswith(".part")]


def test_a_recipe_marks_what_its_saved_query_answered(home: Store, tmp_path: Path) -> None:
    text = "programme: programme:fig\nquery: actors-in-most-projects\nparameters: {limit: 5}\n"
    said = json.loads(call("figure", recipe(tmp_path, text), "-o", tmp_path / "x.svg", "--json"))
    assert "En évidence : réponse à « Acteurs présents dans le plus de projets »." in said["captions"]
    assert style.MARK.lower() in (tmp_path / "x.svg").read_text(encoding="utf-8")


def test_a_metric_sizes_the_nodes_and_an_unknown_one_is_refused(home: Store, tmp_path: Path) -> None:
    with pytest.raises(UnknownName, match="no metric nothing"):
        call("figure", recipe(tmp_path, "programme: programme:fig\nsize_by: nothing\n"), "-o", tmp_path / "x.svg")
    call("figure", recipe(tmp_path, "programme: programme:fig\nsize_by: degree\n"), "-o", tmp_path / "x.svg")


def test_a_programme_that_is_not_loaded_is_refused_with_those_that_are(home: Store, tmp_path: Path) -> None:
    with pytest.raises(DataRefused, match="programme:fig"):
        call("figure", recipe(tmp_path, "programme: programme:other\n"), "-o", tmp_path / "x.svg")
    assert not (tmp_path / "x.svg").exists()
    call("figure", recipe(tmp_path, "programme: programme:other\n"), "-o", tmp_path / "x.svg", "--programme", "programme:fig")
    assert (tmp_path / "x.svg").exists()


def test_wrong_endings_and_folders_are_refused(home: Store, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no figure format"):
        call("figure", recipe(tmp_path), "-o", tmp_path / "figure.jpeg")
    with pytest.raises(UsageError, match="can't be written"):
        call("figure", recipe(tmp_path), "-o", tmp_path / "none" / "figure.svg")
