from __future__ import annotations

import csv
import io
import json
import zipfile
from typing import Any

import networkx as nx
import pytest
from rich.console import Console

from pacte_graph.errors import DataRefused
from pacte_graph.queries import Column, QueryResult, find
from pacte_graph.queries.export import as_dict, table, to_csv, to_graphml, to_xlsx
from pacte_graph.queries.running import graph
from pacte_graph.schema.choices import DECLINATION_STATES
from pacte_graph.schema.kinds import Words
from pacte_graph.store.values import LinkValue, NodeValue, PathValue

ONE = NodeValue("project:x:1", "Project", {"number": 1, "name": "=1+1", "sources": ["s"], "since": None})
TWO = NodeValue("project:x:2", "Project", {"number": 2})
LINK = LinkValue("LINKED_TO", ONE.id, TWO.id, "k", {"sense": "pulls"})
COLUMNS = (
    Column("project", "node", Words("Projet", "Project")),
    Column("status", "text", Words("État", "Status"), DECLINATION_STATES),
    Column("amount", "number", Words("Montant", "Amount"), (), "EUR"),
    Column("name", "text", Words("Nom", "Name")),
    Column("path", "path", Words("Chemin", "Path")),
)


def result(*rows: tuple[Any, ...], truncated: bool = False) -> QueryResult:
    listed = rows or ((ONE, "declined", -2.5, "@cmd", PathValue((ONE, TWO), (LINK,))), (TWO, None, None, "[bold]x", None))
    found = graph(value for row in listed for value in row)
    return QueryResult(find("projects-by-territory"), {"programme": "p"}, COLUMNS, listed, found, truncated, 2, 1.0)


def test_the_graph_of_an_answer_is_found_inside_paths() -> None:
    assert result().graph.nodes == ("project:x:1", "project:x:2")
    assert result().graph.links == ("LINKED_TO|project:x:1|project:x:2|k",)


def test_json_follows_the_contract_and_leaves_provenance_out() -> None:
    data = json.loads(json.dumps(as_dict(result(truncated=True))))
    assert {"query", "parameters", "columns", "rows", "truncated", "limit", "elapsed_ms"} <= set(data)
    assert data["columns"][0] == {"name": "project", "type": "node"}
    assert data["rows"][0][0] == {
        "id": "project:x:1",
        "label": "Project",
        "properties": {"name": "=1+1", "number": 1, "since": None},
    }
    assert data["truncated"] is True


def test_csv_names_choices_gives_identifiers_and_disarms_formulas() -> None:
    lines = list(csv.reader(io.StringIO(to_csv(result(), "fr"))))
    assert lines[0] == ["Projet", "Projet (identifiant)", "État", "Montant (€)", "Nom", "Chemin"]
    assert lines[1][:5] == ["1 · =1+1", "project:x:1", "Décliné", "-2.5", "'@cmd"]
    assert lines[2] == ["Projet 2 (titre inconnu)", "project:x:2", "", "", "[bold]x", ""]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_every_formula_start_is_disarmed(start: str) -> None:
    text = to_csv(result((ONE, None, 1.0, f"{start}1", None)), "en")
    assert f"'{start}1" in text


def test_a_workbook_holds_texts_and_numbers_and_no_formula() -> None:
    content = to_xlsx(result(truncated=True), "fr")
    book = zipfile.ZipFile(io.BytesIO(content))
    sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "<v>-2.5</v>" in sheet
    assert "@cmd" in book.read("xl/sharedStrings.xml").decode()


def test_graphml_reads_back() -> None:
    read = nx.parse_graphml(to_graphml(result(), "fr"), force_multigraph=True)
    assert set(read) == {"project:x:1", "project:x:2"}
    assert read.nodes["project:x:2"]["caption"] == "Projet 2 (titre inconnu)"
    assert [data["type"] for _, _, data in read.edges(data=True)] == ["LINKED_TO"]


def test_graphml_of_an_answer_without_nodes_is_refused() -> None:
    with pytest.raises(DataRefused, match="no node"):
        to_graphml(result((None, None, None, "x", None)), "fr")


def test_a_table_never_reads_markup_in_data_and_says_that_it_was_cut() -> None:
    console = Console(width=200, record=True, quiet=False, file=io.StringIO())
    console.print(table(result(truncated=True), "fr"))
    text = console.export_text()
    assert "[bold]x" in text
    assert "Décliné" in text
    assert "Réponse coupée à 2 lignes." in text
