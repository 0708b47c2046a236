from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pacte_graph.cli import build
from pacte_graph.errors import PacteError, UnknownName, UsageError
from pacte_graph.store import Store


def call(*words: object) -> str:
    result = CliRunner().invoke(build(), [str(word) for word in words])
    if isinstance(result.exception, PacteError):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.fixture
def home(small_embedded: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    """Point the command line at the engine that holds the small network."""
    monkeypatch.setenv("PACTE_HOME", str(small_embedded.settings.home))
    return small_embedded


RUN = ("query", "run", "regional-funding", "--programme", "programme:petit")


def test_list_and_show_need_no_database() -> None:
    names = [query["name"] for query in json.loads(call("query", "list", "--json"))["queries"]]
    assert "projects-by-territory" in names
    assert "$programme" in json.loads(call("query", "show", "projects-by-territory", "--json"))["cypher"]
    assert "facultatif" in call("query", "show", "projects-by-territory")
    assert "projects-by-territory" in call("query", "list", "--lang", "en")


def test_json_is_one_object_that_follows_the_contract(home: Store) -> None:
    answer = json.loads(call(*RUN, "--format", "json"))
    assert answer["query"] == "regional-funding"
    assert answer["parameters"]["programme"] == "programme:petit"
    assert [column["name"] for column in answer["columns"]][:2] == ["project", "number"]
    assert len(answer["rows"]) == 3
    assert answer["truncated"] is False


def test_every_format_is_written(home: Store, tmp_path: Path) -> None:
    for format_ in ("table", "csv", "json", "xlsx", "graphml"):
        call(*RUN, "--format", format_, "-o", tmp_path / f"out.{format_}")
    assert "Financement régional" in (tmp_path / "out.table").read_text(encoding="utf-8")
    assert len(list(csv.reader(io.StringIO((tmp_path / "out.csv").read_text(encoding="utf-8-sig"))))) == 4
    assert zipfile.is_zipfile(tmp_path / "out.xlsx")
    assert "<graphml" in (tmp_path / "out.graphml").read_text(encoding="utf-8")


def test_a_table_goes_to_the_screen(home: Store) -> None:
    assert "Accueil" in call(*RUN)


def test_wrong_words_are_refused(home: Store, tmp_path: Path) -> None:
    with pytest.raises(UnknownName, match="no saved query 'nothing'"):
        call("query", "run", "nothing")
    with pytest.raises(UsageError, match="no format 'yaml'"):
        call(*RUN, "--format", "yaml")
    with pytest.raises(UsageError, match="key=value"):
        call(*RUN, "-p", "known_only")
    with pytest.raises(UsageError, match="given twice"):
        call(*RUN, "-p", "limit=1", "-p", "limit=2")
    with pytest.raises(UsageError, match="goes to a file"):
        call(*RUN, "--format", "xlsx")
    with pytest.raises(UsageError, match="Several programmes"):
        call("query", "run", "regional-funding")
    with pytest.raises(UsageError, match="is a folder"):
        call(*RUN, "--format", "csv", "-o", tmp_path)
