"""Folders of CSV tables: separators, encodings, French cells; every refusal at once, with its line and its reason."""

from __future__ import annotations

import csv
import datetime as dt
import io
import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from importers.decoding import boolean, date, number
from importers.tables import IMPORTER
from pacte_graph.errors import DataRefused, UsageError, in_language
from pacte_graph.records import Batch


def folder(tmp_path: Path, **tables: str) -> Path:
    for name, text in tables.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    return tmp_path


def read(path: Path) -> Batch:
    return IMPORTER.read([path])[0]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_separators_and_encodings(tmp_path: Path, separator: str, encoding: str) -> None:
    text = separator.join(["id", "Numéro", "Titre"]) + "\r\n" + separator.join(["p:1", "1", "Été à Valbrume"]) + "\r\n"
    (tmp_path / "projects.csv").write_bytes(text.encode(encoding))
    batch = read(tmp_path)
    assert [(node.id, dict(node.properties)) for node in batch.nodes] == [("p:1", {"number": 1, "name": "Été à Valbrume"})]
    assert batch.not_understood == []


def test_french_cells_and_labels(tmp_path: Path) -> None:
    path = folder(
        tmp_path,
        projects='id;budget;since;declination\np:1;"1\u202f234,50";31/12/2016;Décliné\np:2;;;\n',
        actors="id;name;famille;acteur collectif;autres noms\na:1;CCI;chambre consulaire (cci, cma…);oui;A | B\n",
    )
    told = {node.id: dict(node.properties) for node in read(path).nodes}
    assert told["p:1"] == {"budget": 1234.5, "since": dt.date(2016, 12, 31), "declination": "declined"}
    assert told["p:2"] == {}
    assert told["a:1"] == {"name": "CCI", "kind": "chamber", "collective": True, "aliases": ["A", "B"]}


def test_every_problem_is_listed_at_once(tmp_path: Path) -> None:
    path = folder(
        tmp_path,
        projects="id,number,state,colour\np:1,un,,red\np:2,2,flying,\np:3,-1,,\n,4,,\np:5,5,,\n",
        people="id,name\nq:1,\n",
        actors="id,name\na:2,A\n",
        participations="source,target,role\na:9,p:5,lead\na:2,,lead\n",
        weather="id\nx\n",
    )
    batch = read(path)
    reasons = {(row.file, row.line): row.reason for row in batch.rejected}
    assert "not a whole number" in reasons["projects.csv", 2]
    assert "not one of: planned" in reasons["projects.csv", 3]
    assert "below 0" in reasons["projects.csv", 4]
    assert "empty" in reasons["projects.csv", 5]
    assert "name must be filled" in reasons["people.csv", 2]
    assert "in no table of this folder" in reasons["participations.csv", 2]
    assert "target must be filled" in reasons["participations.csv", 3]
    assert [node.id for node in batch.nodes] == ["p:5", "a:2"]
    assert {(passage.file, passage.line) for passage in batch.not_understood} == {("projects.csv", 1), ("weather.csv", None)}


def test_links_find_the_type_of_their_ends(tmp_path: Path) -> None:
    path = folder(
        tmp_path,
        projects="id\np:1\n", actors="id,name\na:1,A\n", people="id,name\nh:1,H\nx,X\n", territories="id,name\nt:1,T\nx,X\n",
        participations="source,target,role\na:1,p:1,Porteur\nh:1,p:1,manager\n", memberships="source,target\nx,t:1\nx,a:1\n",
    )  # fmt: skip
    batch = read(path)
    assert [(link.source, link.key) for link in batch.links] == [(("Actor", "a:1"), "lead"), (("Person", "h:1"), "manager")]
    assert all("could be Person or Territory" in row.reason for row in batch.rejected)
    assert len(batch.rejected) == 2


def test_perimeter_and_documents(tmp_path: Path) -> None:
    path = folder(tmp_path, projects="id,programme,document\np:1,g:1;g:2,d:1\n", risks="id,text,programme\nr:1,Gel,g:1\n")
    batch = read(path)
    assert [(link.type, link.target.id) for link in batch.links] == [("PART_OF", "g:1"), ("PART_OF", "g:2"), ("STATED_IN", "d:1")]
    assert [row.file for row in batch.rejected] == ["risks.csv"]  # a risk hangs on its project, not on a perimeter


def test_refused_folders(tmp_path: Path) -> None:
    with pytest.raises(DataRefused, match="is not a folder"):
        read(tmp_path / "nothing")
    with pytest.raises(DataRefused, match="holds no table"):
        read(tmp_path)
    told = r"could be taken:\n- projects\.csv, line 2: Column number: “un”.*\n- projects\.csv, line 2: Column since: “hier”.*\n- projects\.csv, line 3: Column since"
    with pytest.raises(DataRefused, match=told):
        read(folder(tmp_path, projects="id,number,since\np:1,un,hier\np:2,2,31/02/2031\n"))
    with pytest.raises(DataRefused, match="twice"):
        read(folder(tmp_path, projects="id,number,Numéro\np:1,1,1\n"))
    (tmp_path / "projects.csv").write_bytes(b"id\n\x00\x01")
    with pytest.raises(DataRefused, match="not a text file"):
        read(tmp_path)
    with pytest.raises(UsageError, match="no option"):
        IMPORTER.read([tmp_path], colour="red")


def test_cards(tmp_path: Path) -> None:
    path = folder(tmp_path, projects="id\np:1\n")
    assert read(path).card.id == f"source:tableur:{path.name}"
    (path / "source.toml").write_text(
        'id = "source:x"\nname_fr = "Le x"\nname_en = "The x"\nfictitious = true\n', encoding="utf-8"
    )
    assert (read(path).card.name_fr, read(path).card.fictitious) == ("Le x", True)
    (path / "source.toml").write_text('id = "source:x"\ncolour = 1\n', encoding="utf-8")
    with pytest.raises(DataRefused, match=r"unknown keys: colour; missing: name_en, name_fr"):
        read(path)


def test_order_of_rows_does_not_matter(tmp_path: Path) -> None:
    rows = [f"p:{n},{n}" for n in range(20)]
    first = read(folder(tmp_path, projects="id,number\n" + "\n".join(rows)))
    random.Random(3).shuffle(rows)
    again = read(folder(tmp_path, projects="id,number\n" + "\n".join(rows)))
    assert sorted((n.id, n.properties["number"]) for n in first.nodes) == sorted(
        (n.id, n.properties["number"]) for n in again.nodes
    )


CELL = st.text(st.characters(blacklist_categories=["Cc", "Cs"]), min_size=1, max_size=30).filter(
    lambda text: text == text.strip() and text
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(CELL, st.integers(0, 10**9), st.dates()), min_size=1, max_size=6))
def test_what_is_written_is_read(tmp_path: Path, rows: list[tuple[str, int, dt.date]]) -> None:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["id", "name", "number", "since"])
    writer.writerows([f"p:{n}", name, value, day] for n, (name, value, day) in enumerate(rows))
    batch = read(folder(tmp_path, projects=out.getvalue()))
    told = [(node.properties["name"], node.properties["number"], node.properties["since"]) for node in batch.nodes]
    assert told == rows


@pytest.mark.parametrize(("text", "value"), [("1 234,5", 1234.5), ("-3", -3), ("12 €", 12), ("1e3", 1000)])
def test_numbers(text: str, value: float) -> None:
    assert number(text) == value


@pytest.mark.parametrize("text", ["", "1,2,3", "douze", "nan", "inf", "--1"])
def test_what_is_not_a_number(text: str) -> None:
    with pytest.raises(ValueError, match=r"^"):
        number(text)


def test_dates_and_booleans() -> None:
    assert date("01/02/2016") == dt.date(2016, 2, 1)
    assert (boolean("Vrai"), boolean("non")) == (True, False)


def test_a_filled_cell_without_a_header_is_listed(tmp_path: Path) -> None:
    batch = read(folder(tmp_path, projects="id;name;\np:1;Un;secret\np:2;Deux;\n"))
    assert [(item.line, item.text) for item in batch.not_understood] == [(2, "Column 3: “secret” has no header above it.")]


def test_two_headers_that_are_one_column_are_named_as_they_are_written(tmp_path: Path) -> None:
    with pytest.raises(DataRefused, match=r"has the column Titre, titre twice"):
        read(folder(tmp_path, projects="id;Titre;titre\np:1;a;b\n"))


@pytest.mark.parametrize(
    "text",
    [
        "id;Titre\np:1;Un, deux, trois\n",
        "id\tTitre\np:1\tUn, deux; trois\n",
        "sep=;\nid;Titre\np:1;Un, deux, trois\n",
        'SEP=,\r\nid,Titre\r\np:1,"Un, deux, trois"\r\n',
        'id,"Titre\nsur deux lignes",number\np:1,x,1\n',
    ],
)
def test_the_separator_is_found_or_declared(tmp_path: Path, text: str) -> None:
    batch = read(folder(tmp_path, projects=text))
    assert [node.id for node in batch.nodes] == ["p:1"]
    assert not batch.rejected


def test_a_record_is_at_the_line_where_it_starts(tmp_path: Path) -> None:
    batch = read(folder(tmp_path, projects='id;name;note\np:1;A;"un\ndeux\ntrois"\np:2;B;x\np:3;C;"y\nz"\n'))
    assert [(node.id, node.where[0].line) for node in batch.nodes] == [("p:1", 2), ("p:2", 5), ("p:3", 6)]


def test_reasons_are_told_in_french_too(tmp_path: Path) -> None:
    batch = read(
        folder(tmp_path, projects="id,number,state\np:1,un,bof\np:2,1,planned\n", project_links="source,target\np:2,p:1\n")
    )
    assert [in_language(item.reason, "fr") for item in batch.rejected] == [
        "Colonne number : « un » n'est pas un nombre entier (1 234).",
        "Colonne state : « bof » n'est pas dans la liste : planned, running, late, done, dropped.",
        "Colonne target : « p:1 » est une ligne laissée de côté (projects.csv, ligne 2).",
    ]
    assert [item.about for item in batch.rejected] == [("p:1",), ("p:1",), ("p:2", "p:1")]
