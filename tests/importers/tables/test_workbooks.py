"""Workbooks read as tables: typed cells, sheets under any of their names, errors that name the cell, all at once."""

from __future__ import annotations

import datetime as dt
import zipfile
from pathlib import Path

import pytest
from tables_books import ods, ods_of, xlsx

from importers.tables import IMPORTER
from pacte_graph.errors import DataRefused, in_language
from pacte_graph.records import Batch, Where


def read(path: Path) -> Batch:
    (batch,) = IMPORTER.read([path])
    return batch


TYPED: list[list[object]] = [
    ["Identifiant *", "Numéro", "Titre", "Budget total", "Depuis", "Sigle"],
    ["p:1", 3.0, "=SOMME(A1)", 1234.5, dt.date(2016, 12, 31), 31555],
    ["p:2", "1 000", "Été", "1 234,5", "31/12/2016", "031555"],
]


@pytest.mark.parametrize("make", [xlsx, ods])
def test_cells_keep_their_types(tmp_path: Path, make) -> None:
    batch = read(make(tmp_path / f"réseau.{make.__name__}", Projets=TYPED))
    first, second = ({**node.properties} for node in batch.nodes)
    assert first == {"number": 3, "name": "=SOMME(A1)", "budget": 1234.5, "since": dt.date(2016, 12, 31), "acronym": "31555"}
    assert second == {"number": 1000, "name": "Été", "budget": 1234.5, "since": dt.date(2016, 12, 31), "acronym": "031555"}
    assert isinstance(first["number"], int)
    assert batch.nodes[0].where == (Where(f"réseau.{make.__name__}", 2, "Projets"),)
    assert (batch.rejected, batch.not_understood, batch.card.id) == ([], [], "source:tableur:réseau")


@pytest.mark.parametrize("name", ["Projets", "projects", "PROJET", "Project", "projets "])
def test_a_sheet_has_several_names(tmp_path: Path, name: str) -> None:
    assert [node.id for node in read(xlsx(tmp_path / "x.xlsx", **{name: [["id"], ["p:1"]]})).nodes] == ["p:1"]


def test_a_renamed_sheet_and_renamed_headers_are_found_by_the_second_row(tmp_path: Path) -> None:
    rows = [["Code", "Qui", "Quoi"], ["participations.source", "target", "role"], ["a:1", "p:1", "Porteur"]]
    batch = read(xlsx(tmp_path / "x.xlsx", Feuil1=rows, Acteurs=[["id"], ["a:1"]], Projets=[["id"], ["p:1"]]))
    assert [(link.type, link.source, link.key) for link in batch.links] == [("TAKES_PART_IN", ("Actor", "a:1"), "lead")]


def test_what_is_no_table_is_said(tmp_path: Path) -> None:
    path = xlsx(
        tmp_path / "x.xlsx",
        Projets=[["id", "Couleur", None], ["p:1", "rouge", "perdu"]],
        Brouillon=[["à faire"]],
        Vide=[],
    )
    told = {item.text for item in read(path).not_understood}
    assert told == {
        "Projets: Column “Couleur” is not one of projects.",
        "Projets!C2: “perdu” has no header above it.",
        "Sheet “Brouillon” is no table of the model.",
    }
    with pytest.raises(DataRefused, match="holds no table") as refused:
        read(xlsx(tmp_path / "y.xlsx", Brouillon=[["a", "b"], [1, 2]]))
    assert "pacte map" in refused.value.hint


def test_every_wrong_cell_is_named_at_once(tmp_path: Path) -> None:
    path = xlsx(
        tmp_path / "x.xlsx",
        Projets=[
            ["id", "Numéro", "Avancement", "Depuis"],
            ["p:1", "un", "volant", 42370],
            ["p:2", -1, None, None],
            [None, 4, None, None],
            ["p:5", 5.5, "En cours", dt.date(2016, 1, 1)],
            ["p:6", 6, "En cours", {"formula": "=1/0", "value": "#DIV/0!"}],
            ["p:7", 7, "Prévu", None],
        ],
        Acteurs=[["id", "Nom"], ["a:1", "A"]],
        Participations=[
            ["source", "target", "role"],
            ["a:1", "p:7", "chef"],
            ["a:9", None, "chef"],
            ["a:1", "p:1", "lead"],
            ["a:1", "p:7", "lead"],
        ],
    )
    batch = read(path)
    reasons = [(item.line, item.value, item.reason) for item in batch.rejected]
    number, state = (
        "a whole number (1 234)",
        "Prévu (planned), En cours (running), En retard (late), Terminé (done), Abandonné (dropped)",
    )
    date, roles = "a date (2016-12-31 or 31/12/2016)", "Porteur (lead), Financeur (funder)"
    assert reasons[:3] == [
        (2, "un", f"Projets!B2: found “un”; accepted: {number}"),
        (2, "volant", f"Projets!C2: found “volant”; accepted: {state}"),
        (2, "42370", f"Projets!D2: found “42370”; accepted: {date}"),
    ]
    assert reasons[3] == (3, "-1", "Projets!B3: found “-1”; accepted: 0 or more")
    assert reasons[4] == (4, "number=4", "Projets!A4: found nothing; accepted: an identifier such as project:my-scheme:1")
    assert reasons[5][2].startswith("Projets!B5: found “5.5”")
    assert reasons[6][2] == "Projets!D6: found “an error (#…)”; accepted: a value: the cell's formula fails"
    links = [text for _, _, text in reasons[7:]]
    assert links[0].startswith(f"Participations!C2: found “chef”; accepted: {roles}")
    assert [text.split(":")[0] for text in links[1:4]] == ["Participations!A3", "Participations!B3", "Participations!C3"]
    assert links[4] == "Participations!B4: found “p:1”; accepted: an identifier whose row is taken (Projets!2 was left out)"
    assert len(links) == 5
    assert ([node.id for node in batch.nodes], len(batch.links)) == (["p:7", "a:1"], 1)


def test_errors_of_an_ods_are_named_too(tmp_path: Path) -> None:
    batch = read(ods(tmp_path / "x.ods", Projets=[["id", "number"], ["p:1", "#DIV/0!"], ["p:2", 2]]))
    assert [(item.line, item.reason.split(":")[0]) for item in batch.rejected] == [(2, "Projets!B2")]


def test_links_to_rows_left_out_are_left_out(tmp_path: Path) -> None:
    path = xlsx(
        tmp_path / "x.xlsx",
        Programmes=[["id", "Nom"], ["g:1", None]],
        Projets=[["id", "programme"], ["p:1", "g:1; g:2"]],
    )
    batch = read(path)
    assert [(link.type, link.target.id) for link in batch.links] == [("PART_OF", "g:2")]
    assert [item.reason.split(":")[0] for item in batch.rejected] == ["Programmes!B2", "Projets!B2"]


def test_types_of_ends_may_be_given_in_words(tmp_path: Path) -> None:
    path = xlsx(
        tmp_path / "x.xlsx",
        Adhésions=[
            ["Source", "Type de source", "Cible", "Type de cible"],
            ["t:1", "Territoire", "a:1", "Actor"],
            ["t:1", "Projet", "a:1", "Acteur"],
        ],
    )
    batch = read(path)
    assert [(link.source, link.target) for link in batch.links] == [(("Territory", "t:1"), ("Actor", "a:1"))]
    assert [item.reason for item in batch.rejected] == [
        "Adhésions!B3: found “Projet”; accepted: Acteur (Actor), Personne (Person), Territoire (Territory)"
    ]


def test_the_sheet_of_sources_says_who_states(tmp_path: Path) -> None:
    sources = [
        ["Identifiant", "Nom", "x"],
        ["id", "name_fr", "fictitious"],
        ["source:a", "L'a", "oui"],
        ["source:b", "Le b", None],
    ]
    projects = [
        ["id", "number", "Affirmé par"],
        ["p:1", 1, None],
        ["p:2", 2, "source:b"],
        ["p:3", 3, "source:a; source:b"],
        ["p:4", 4, "source:c"],
    ]
    batches = IMPORTER.read([xlsx(tmp_path / "x.xlsx", Sources=sources, Projets=projects)])
    told = {batch.card.id: [node.id for node in batch.nodes] for batch in batches}
    assert told == {"source:a": ["p:1", "p:3"], "source:b": ["p:2", "p:3"]}
    assert [batch.card.fictitious for batch in batches] == [True, False]
    assert [item.reason for item in batches[0].rejected] == ["Projets!C5: found “source:c”; accepted: source:a, source:b"]
    bad = [*sources[:2], ["source:a", "A", "peut-être"]]
    with pytest.raises(DataRefused, match=r"Sources!A3.*found “peut-être” in fictitious; accepted: oui or non"):
        IMPORTER.read([xlsx(tmp_path / "y.xlsx", Sources=bad, Projets=projects)])
    with pytest.raises(DataRefused, match="source:a is there twice"):
        IMPORTER.read([xlsx(tmp_path / "y.xlsx", Sources=[*sources, sources[2]], Projets=projects)])


def test_csv_in_a_folder_and_a_csv_alone(tmp_path: Path) -> None:
    (tmp_path / "Projets.csv").write_text("Identifiant;Numéro\nprojects.id;number\nexemple:project;9\np:1;1\n", encoding="utf-8")
    xlsx(tmp_path / "autre.xlsx", Projets=[["id"], ["p:9"]])
    batch = read(tmp_path)
    assert [node.id for node in batch.nodes] == ["p:1"]
    assert [item.file for item in batch.not_understood] == ["autre.xlsx"]
    assert [node.id for node in read(tmp_path / "Projets.csv").nodes] == ["p:1"]


def test_very_long_cells_are_refused_by_row(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text(f"id,name,note\nh:1,{'x' * 100_000},\nh:2,B,{'y' * 200_001}\nh:3,C,{'z' * 199_999}\n")
    batch = read(tmp_path)
    assert [node.id for node in batch.nodes] == ["h:3"]
    assert [(item.line, item.reason.split(" (")[0]) for item in batch.rejected] == [
        (2, f"Column name: “{'x' * 80}” has 100000 characters; 10000 are allowed."),
        (3, "Column note: holds 200001 characters; 200000 are allowed"),
    ]
    book = xlsx(tmp_path / "x.xlsx", Personnes=[["id", "name"], ["h:1", "x" * 20_000], ["h:2", "B"]])
    assert [item.reason.split(":")[0] for item in read(book).rejected] == ["Personnes!B2"]


@pytest.mark.parametrize("last", [4, 20_000])
def test_a_quotation_mark_left_open_would_swallow_the_rest_so_the_file_is_refused(tmp_path: Path, last: int) -> None:
    rest = "".join(f"h:{n},name {n}\n" for n in range(3, last))
    (tmp_path / "people.csv").write_text(f'id,name\nh:1,A\nh:2,"B\n{rest}')
    with pytest.raises(DataRefused, match=r"people\.csv, line 3: a quotation mark is opened there and never closed"):
        read(tmp_path)


def test_a_quotation_that_is_too_long_is_a_row_refused(tmp_path: Path) -> None:
    rest = "".join(f"h:{n},name {n}\n" for n in range(3, 20_000))
    (tmp_path / "people.csv").write_text(f'id,name\nh:1,A\nh:2,"B\n{rest}"\n')
    batch = read(tmp_path)
    assert [node.id for node in batch.nodes] == ["h:1"]
    assert [item.line for item in batch.rejected] == [3]
    assert "is a quotation mark left open?" in batch.rejected[0].reason


def test_texts_kept_elsewhere_are_found_again(tmp_path: Path) -> None:
    rows = [["id", "note"], ["p:1", "pacte:texte:7"], ["p:2", "pacte:texte:8"], ["p:3", "pacte:texte:9"]]
    texts = [["numéro", "texte"], ["7", '" a b'], ["7", ' c "'], ["9", "[1]"]]
    batch = read(xlsx(tmp_path / "x.xlsx", Projets=rows, _textes=texts))
    assert [dict(node.properties) for node in batch.nodes] == [{"note": " a b c "}]
    assert [item.reason.split(";")[0] for item in batch.rejected] == [
        "Projets!B3: found “pacte:texte:8”",
        "Projets!B4: found “pacte:texte:9”",
    ]


def test_odd_ods(tmp_path: Path) -> None:
    repeated = '<table:table-row table:number-rows-repeated="3"><table:table-cell office:value-type="string"><text:p>p:1</text:p></table:table-cell></table:table-row>'
    head = (
        '<table:table-row><table:table-cell office:value-type="string"><text:p>id</text:p></table:table-cell></table:table-row>'
    )
    batch = read(ods_of(tmp_path / "x.ods", f'<table:table table:name="Projets">{head}{repeated}</table:table>'))
    assert [node.id for node in batch.nodes] == ["p:1"] * 3


@pytest.mark.parametrize("name", ["x.xls", "x.xlsb"])
def test_old_workbooks_say_what_to_do(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"\xd0\xcf\x11\xe0")
    with pytest.raises(DataRefused) as refused:
        read(tmp_path / name)
    assert "save it as .xlsx" in refused.value.hint


def test_a_formula_that_no_spreadsheet_computed_is_a_cell_refused(tmp_path: Path) -> None:
    rows = [["id", "name", "budget"], ["p:1", "Un", 5001], ["p:2", "Deux", 6001], ["p:3", "Trois", 7001]]
    path = xlsx(tmp_path / "x.xlsx", Projets=rows)
    sheet = "xl/worksheets/sheet1.xml"
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    told = parts[sheet].decode()
    assert "<v>5001</v>" in told
    told = (
        told.replace("<v>5001</v>", "<f>2+3</f><v></v>")
        .replace("<v>6001</v>", "<f>3*2</f>")
        .replace("<v>7001</v>", "<f>3+4</f><v>7001</v>")
    )
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in {**parts, sheet: told.encode()}.items():
            archive.writestr(name, content)
    batch = read(path)
    assert {node.id: dict(node.properties) for node in batch.nodes} == {"p:3": {"name": "Trois", "budget": 7001.0}}
    assert [item.reason for item in batch.rejected] == [
        f"Projets!C{line}: found “a formula that was never computed”; accepted: a value: open the workbook in a spreadsheet and save it"
        for line in (2, 3)
    ]
    assert "une formule jamais calculée" in in_language(batch.rejected[0].reason, "fr")
    assert [item.sheet for item in batch.rejected] == ["Projets", "Projets"]
