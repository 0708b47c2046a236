"""Tables as people keep them: totals below, headers on two rows, columns without a name, marks instead of lists."""

from __future__ import annotations

from pathlib import Path

import pytest
from tables_books import ods, xlsx

from importers.tables import IMPORTER
from pacte_graph.errors import DataRefused, in_language
from pacte_graph.records import Batch

REGISTER: list[list[object]] = [
    ["Réf.", "Projet", "2023", None, "2024", None, None],
    [None, None, "Demandé", "Accordé", "Demandé", "Accordé", None],
    ["A1", "Légumerie", 10_000, 8_000, None, None, "note"],
    ["A2", "Cantines", 5_000, 5_000, 6_000, 4_000, None],
    ["TOTAL", None, 15_000, 13_000, 6_000, 4_000, None],
    ["Source : le service, 3 mars", None, None, None, None, None, None],
]
MAPPED = """
[[nodes]]
label = "Programme"
id = "programme:reg"
name = "Registre"

[[tables]]
header_row = [1, 2]
kind = "Project"
programme = "programme:reg"
id = "project:reg:{Réf.}"
ignore = ["2023 / Demandé"]
[tables.columns]
"Projet" = "name"
"2023 / Accordé" = "grant"
"colonne F" = "regional_funding"
[tables.skip]
"Réf." = ["total*", "SOURCE :*"]
"""


def read(path: Path, mapping: str) -> Batch:
    (path.parent / "m.toml").write_text(mapping, encoding="utf-8")
    (batch,) = IMPORTER.read([path], map=str(path.parent / "m.toml"))
    return batch


@pytest.mark.parametrize("make", [xlsx, ods])
def test_headers_on_two_rows_totals_and_columns_called_by_their_letters(tmp_path: Path, make) -> None:
    batch = read(make(tmp_path / f"registre.{make.__name__}", Feuille=REGISTER), MAPPED)
    assert {node.id: dict(node.properties) for node in batch.nodes if node.label == "Project"} == {
        "project:reg:A1": {"name": "Légumerie", "grant": 8000.0},
        "project:reg:A2": {"name": "Cantines", "grant": 5000.0, "regional_funding": 4000.0},
    }
    assert not batch.rejected
    assert [item.text for item in batch.not_understood] == [
        "Feuille: column “2024 / Demandé” is neither mapped nor ignored.",
        "Feuille!G3: “note” has no header above it. It is neither mapped nor ignored: call it “colonne G”.",
    ]
    assert "Feuille : 2 ligne(s) laissée(s) de côté (5, 6) / 2 row(s) skipped (5, 6)" in batch.card.ignored


def test_a_column_without_a_name_can_be_read_or_ignored_by_its_letters(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("id;Titre;;\n1;Un;secret;reste\n2;Deux;;\n", encoding="utf-8")
    mapping = """
[[tables]]
kind = "Project"
id = "project:x:{id}"
ignore = ["colonne D"]
[tables.columns]
"Titre" = "name"
"Column C" = "note"
"""
    batch = read(path, mapping)
    assert [dict(node.properties) for node in batch.nodes] == [{"name": "Un", "note": "secret"}, {"name": "Deux"}]
    assert not batch.not_understood
    silent = read(path, mapping.replace('"Column C" = "note"', "").replace('ignore = ["colonne D"]', ""))
    assert [in_language(item.text, "fr") for item in silent.not_understood] == [
        "Colonne 3 : « secret » n'a pas d'intitulé au-dessus. Elle n'est ni lue, ni ignorée : appelez-la « colonne C ».",
        "Colonne 4 : « reste » n'a pas d'intitulé au-dessus. Elle n'est ni lue, ni ignorée : appelez-la « colonne D ».",
    ]


def test_two_columns_of_one_name_are_told_with_their_letters(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("id;Accordé;Accordé\n1;5;6\n", encoding="utf-8")
    mapping = '[[tables]]\nkind = "Project"\nid = "project:x:{id}"\n[tables.columns]\n"Accordé" = "grant"\n'
    with pytest.raises(DataRefused, match="twice") as refused:
        read(path, mapping)
    assert refused.value.hint == "Call it by its letters instead: “colonne B” or “colonne C”."
    batch = read(path, mapping.replace('"Accordé" = ', '"colonne C" = '))
    assert batch.nodes[0].properties["grant"] == 6.0


MATRIX = "Acteur;Type;Tiers-lieu;Réemploi;Fablab\nLes Champs;association;X;P;-\nLe Plateau;ville;;x;X\nLa Chambre;chambre;P;;X\n"


def test_a_matrix_of_marks_is_proposed_and_read(tmp_path: Path) -> None:
    path = tmp_path / "matrice.csv"
    path.write_text(MATRIX, encoding="utf-8")
    batch = read(path, IMPORTER.propose_mapping(path))
    names = {node.id: node.properties["name"] for node in batch.nodes if node.label == "Project"}
    assert names == {
        "project:matrice:tiers-lieu": "Tiers-lieu",
        "project:matrice:reemploi": "Réemploi",
        "project:matrice:fablab": "Fablab",
    }
    taking = {
        (link.source.id.rpartition(":")[2], link.target.id.rpartition(":")[2], link.properties["role"])
        for link in batch.links
        if link.type == "TAKES_PART_IN"
    }
    assert taking == {
        ("Les Champs", "tiers-lieu", "partner"),
        ("Les Champs", "reemploi", "lead"),
        ("Le Plateau", "reemploi", "partner"),
        ("Le Plateau", "fablab", "partner"),
        ("La Chambre", "tiers-lieu", "lead"),
        ("La Chambre", "fablab", "partner"),
    }
    assert not batch.rejected


def test_a_mark_that_means_nothing_names_its_cell(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        line.split(";") for line in MATRIX.replace("Les Champs;association;X", "Les Champs;association;??").split("\n")
    ]
    mapping = """
[[tables]]
kind = "Actor"
id = "actor:m:{Acteur}"
ignore = ["Type", "Réemploi", "Fablab"]
[tables.columns]
"Acteur" = "name"
"Tiers-lieu" = { link = "TAKES_PART_IN", to = "Project", id = "project:m:tl", role = "{value}" }
[tables.values.role]
"X" = "partner"
"P" = "lead"
"""
    batch = read(xlsx(tmp_path / "m.xlsx", Matrice=rows), mapping)
    assert [item.reason.split(";")[0] for item in batch.rejected] == ["Matrice!C2: found “??”"]


def test_a_value_of_a_link_taken_from_another_column_names_that_cell(tmp_path: Path) -> None:
    rows: list[list[object]] = [["N", "Acteur", "Rôle", "Montant"], [1, "A", "lead", 5], [2, "B", "pilote", "dix"]]
    mapping = """
[[tables]]
kind = "Project"
id = "project:m:{N}"
[tables.columns]
"N" = "number"
"Acteur" = { link = "TAKES_PART_IN", from = "Actor", role = "{Rôle}", amount = "{Montant}" }
"""
    batch = read(xlsx(tmp_path / "m.xlsx", Suivi=rows), mapping)
    assert [item.reason.split(";")[0] for item in batch.rejected] == ["Suivi!C3: found “pilote”", "Suivi!D3: found “dix”"]


def test_all_that_is_wrong_in_a_mapping_is_told_at_once(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("Objet;Accordé;État;Qui\na;1;OK;b\n", encoding="utf-8")
    mapping = """
[[tables]]
kind = "Project"
id = "project:x:{Objet}"
colour = "red"
[tables.columns]
"Objet" = "nom"
"Accordé" = "montant"
"Qui" = { link = "TAKES_PART_IN", from = "Acteur" }
[tables.constants]
budget = "cher"
[tables.skip]
"Objet" = 3
"""
    with pytest.raises(DataRefused) as refused:
        read(path, mapping)
    lines = refused.value.message.split("\n")
    assert [
        any(word in line for line in lines) for word in ("colour", "'nom'", "'montant'", "'Acteur'", "budget", "skip.Objet")
    ] == [True] * 6
    assert "Accepté" in in_language(refused.value.message, "fr")


@pytest.mark.parametrize("rows", ["[2, 1]", "[1, 1]", "[]", "0", '"1"', "[1, 2, 3, 4, 5, 6]"])
def test_rows_of_headers_that_cannot_be(tmp_path: Path, rows: str) -> None:
    path = tmp_path / "x.csv"
    path.write_text("id\n1\n", encoding="utf-8")
    with pytest.raises(DataRefused, match="header_row is"):
        read(path, f'[[tables]]\nkind = "Project"\nid = "project:x:{{id}}"\nheader_row = {rows}\n')


def test_a_row_left_out_says_all_that_it_is_about(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("N;Début;Qui\n1;2031-01-01;A\n2;31/02/2031;B, C\n", encoding="utf-8")
    mapping = """
[[tables]]
kind = "Project"
id = "project:x:{N}"
[tables.columns]
"Début" = "since"
"Qui" = { link = "TAKES_PART_IN", from = "Actor", split = ",", role = "partner" }
"""
    batch = read(path, mapping)
    assert [(item.line, item.about) for item in batch.rejected] == [(3, ("project:x:2", "actor:B", "actor:C"))]
