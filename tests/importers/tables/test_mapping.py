"""Anyone's own table through a mapping file: values, constants, split cells, links from cells; what is wrong is said in words."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from tables_books import ods, xlsx

from importers.tables import IMPORTER
from importers.tables.mapping import Template
from importers.tables.mapping_file import load
from pacte_graph.errors import DataRefused, UsageError
from pacte_graph.records import Batch

PROJECTS: list[list[object]] = [
    ["Plan alimentaire", None, None, None, None, None, None, None],
    ["N°", "Intitulé", "Statut", "Coût", "Début", "Partenaires", "Mots-clés", "Interne"],
    [1, "Légumerie", "OK", "125 000,50", dt.date(2031, 2, 1), "Chambre : Sud; Bio ", "légumes, eau", "x"],
    [2, "Cantines", "en cours", 40000, "15/03/2031", "Bio", None, None],
    [3, "Étude", "n.c.", None, None, None, None, None],
]
MAPPING = """
programme = "programme:pat"
[source]
id = "source:pat"
name_fr = "Le plan"
licence = "Licence Ouverte"

[[nodes]]
label = "Programme"
id = "programme:pat"
name = "Plan alimentaire"
fictitious = true
reference_dates = ["2031-01-01"]

[[tables]]
file = "pat.*"
sheet = "Suivi"
header_row = 2
kind = "Project"
id = "project:pat:{N°}"
ignore = ["Interne"]
[tables.columns]
"N°" = "number"
"Intitulé" = "name"
"statut" = "state"
"Coût" = "budget"
"Début" = "since"
"Partenaires" = { link = "TAKES_PART_IN", from = "Actor", id = "actor:pat:{value}", split = ";", role = "partner", role_stated = "Partenaires de {Intitulé}", node = { kind = "association" } }
"Mots-clés" = "note"
[tables.values.state]
"ok" = "done"
"N.C." = ""
[tables.constants]
axis = "Alimentation"
"""


def mapping(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "map.toml"
    path.write_text(text, encoding="utf-8")
    return path


def read(path: Path, text: str, **options: str) -> Batch:
    (batch,) = IMPORTER.read([path], map=str(mapping(path if path.is_dir() else path.parent, text)), **options)
    return batch


@pytest.mark.parametrize("make", [xlsx, ods])
def test_a_table_the_project_has_never_seen(tmp_path: Path, make) -> None:
    batch = read(make(tmp_path / f"pat.{make.__name__}", Suivi=PROJECTS), MAPPING)
    told = {node.id: dict(node.properties) for node in batch.nodes}
    axis = {"axis": "Alimentation"}
    assert told == {
        "programme:pat": {"name": "Plan alimentaire", "fictitious": True, "reference_dates": ["2031-01-01"]},
        "project:pat:1": {**axis, "number": 1, "name": "Légumerie", "state": "done", "budget": 125000.5, "since": dt.date(2031, 2, 1), "note": "légumes, eau"},
        "project:pat:2": {**axis, "number": 2, "name": "Cantines", "state": "running", "budget": 40000, "since": dt.date(2031, 3, 15)},
        "project:pat:3": {**axis, "number": 3, "name": "Étude"},
        "actor:pat:Chambre %3A Sud": {"name": "Chambre : Sud", "kind": "association"},
        "actor:pat:Bio": {"name": "Bio", "kind": "association"},
    }  # fmt: skip
    links = sorted((link.type, link.source.id, link.target.id, link.key) for link in batch.links)
    assert links == [
        *sorted(("PART_OF", name, "programme:pat", "") for name in told if not name.startswith("programme")),
        ("TAKES_PART_IN", "actor:pat:Bio", "project:pat:1", "partner"),
        ("TAKES_PART_IN", "actor:pat:Bio", "project:pat:2", "partner"),
        ("TAKES_PART_IN", "actor:pat:Chambre %3A Sud", "project:pat:1", "partner"),
    ]
    joined = next(link for link in batch.links if link.type == "TAKES_PART_IN")
    assert joined.properties == {"role": "partner", "role_stated": "Partenaires de Légumerie"}
    assert (str(joined.where[0]), joined.where[0].sheet) == (f"pat.{make.__name__}!Suivi:3", "Suivi")
    assert (batch.rejected, batch.not_understood) == ([], [])
    assert (batch.card.id, batch.card.name_en, batch.card.licence) == ("source:pat", "Le plan", "Licence Ouverte")
    assert batch.card.ignored == ("Suivi : Interne", "Suivi : lignes 1 à 1 / rows 1 to 1")
    assert [file.path for file in batch.files] == [f"pat.{make.__name__}", "map.toml"]


def test_wrong_cells_are_named_where_they_are(tmp_path: Path) -> None:
    rows = [
        *PROJECTS[:2],
        [1, "A", "parti", "douze", "31/02/2031", "Bio", None, None],
        [None, "B", None, None, None, "Bio", None, None],
    ]
    batch = read(xlsx(tmp_path / "pat.xlsx", Suivi=rows, Autre=[["x"], [1]]), MAPPING)
    assert sorted(item.reason.split(";")[0] for item in batch.rejected) == [
        "Suivi!A4: found nothing",
        "Suivi!C3: found “parti”",
        "Suivi!D3: found “douze”",
        "Suivi!E3: found “31/02/2031”",
    ]
    assert [item.text for item in batch.not_understood] == ["Sheet “Autre” is in no table of the mapping."]
    assert [link.type for link in batch.links] == ["PART_OF"]  # of the actor: links of rows left out are left out with them


def test_columns_neither_mapped_nor_ignored_are_listed(tmp_path: Path) -> None:
    batch = read(xlsx(tmp_path / "pat.xlsx", Suivi=PROJECTS), MAPPING.replace('ignore = ["Interne"]', ""))
    assert [(item.line, item.text) for item in batch.not_understood] == [
        (2, "Suivi: column “Interne” is neither mapped nor ignored.")
    ]


LINKS = """
[[tables]]
kind = "Actor"
id = "{Code}"
[tables.columns]
"Nom" = "name"
"Autres noms" = "aliases"
[tables.split]
"Autres noms" = "/"

[[tables]]
kind = "MEMBER_OF"
source = "{Code}"
source_type = "Actor"
target = "actor:x:{Réseaux}"
target_type = "Actor"
[tables.split]
"Réseaux" = ";"
"""


def test_a_csv_whose_cells_list_links(tmp_path: Path) -> None:
    text = "Code;Nom;Autres noms;Réseaux\nactor:x:A;A;a/ aa;\nactor:x:B;B;;\nactor:x:C;C;;'A ; B'\n".replace("'", '"')
    (tmp_path / "acteurs.csv").write_bytes(text.encode("cp1252"))
    batch = read(tmp_path / "acteurs.csv", LINKS)
    assert dict(batch.nodes[0].properties) == {"name": "A", "aliases": ["a", "aa"]}
    assert [(link.source.id, link.target.id) for link in batch.links] == [("actor:x:C", "actor:x:A"), ("actor:x:C", "actor:x:B")]
    assert (batch.rejected, batch.not_understood) == ([], [])


def test_one_row_a_piece(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("Communes;EPCI\nBrume, Ombelle;G\nValbrume;V\n", encoding="utf-8")
    text = '[[tables]]\nkind="Territory"\nid="territory:x:{Communes}"\ncolumns={Communes=["name", {link="WITHIN", to="Territory", id="territory:x:{EPCI}", create=false}]}\nconstants={level="commune"}\nsplit={Communes=","}\n[[tables]]\nkind="Territory"\nid="territory:x:{EPCI}"\ncolumns={EPCI="name"}\nignore=["Communes"]\n'
    batch = read(tmp_path, text)
    assert [node.id for node in batch.nodes][:3] == ["territory:x:Brume", "territory:x:Ombelle", "territory:x:Valbrume"]


def test_options(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("Nom\nA\n", encoding="utf-8")
    text = '[[tables]]\nkind = "Actor"\nid = "actor:x:{Nom}"\ncolumns = { Nom = "name" }\n'
    assert read(tmp_path, text).links == []
    assert [link.target.id for link in read(tmp_path, text, programme="programme:y").links] == ["programme:y"]
    assert read(tmp_path, text).card.name_fr == "Tables « map »"
    with pytest.raises(UsageError, match="goes with a mapping"):
        IMPORTER.read([tmp_path], programme="programme:y")
    with pytest.raises(DataRefused, match="can't be read"):
        IMPORTER.read([tmp_path], map=str(tmp_path / "none.toml"))


GOOD = '[[tables]]\nkind = "Project"\nid = "project:x:{N}"\n'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "describes no table"),
        ("= 1", "can't be read"),
        ("colour = 1\n" + GOOD, "map.toml: unknown colour"),
        (GOOD + "colour = 1", "table 1: unknown colour"),
        ('[[tables]]\nkind = "Projet!"', "kind is 'Projet!'"),
        ('[[tables]]\nkind = "Project"', "nothing says what id is"),
        ('[[tables]]\nkind = "LINKED_TO"\nsource = "{A}"', "nothing says what target is"),
        (GOOD + "header_row = 0", "header_row is 0"),
        (GOOD + 'separator = ";;"', "accepted: one character"),
        (GOOD + 'columns = { A = "colour" }', "column “A”: 'colour' is no column of projects"),
        (GOOD + 'columns = { A = "name", B = "name" }', "name is given twice"),
        (GOOD + 'columns = { A = "id" }', "id is given twice"),
        (GOOD + 'constants = { state = "flying" }', "found “flying” in state; accepted: Prévu"),
        (GOOD + 'constants = { colour = "red" }', "colour is no property"),
        (GOOD + 'values = { state = { OK = "flying" } }', "values of state: found “flying”"),
        (GOOD + 'split = { A = "" }', "empty separator"),
        (GOOD + 'split = { A = ";", B = ";" }', "A, B would each make one row a piece"),
        (GOOD + 'columns = { A = { link = "LOVES" } }', "link is 'LOVES'"),
        (GOOD + 'columns = { A = { link = "TAKES_PART_IN" } }', "either from or to"),
        (GOOD + 'columns = { A = { link = "TAKES_PART_IN", from = "Project" } }', "TAKES_PART_IN accepts: Actor, Person"),
        (GOOD + 'columns = { A = { link = "TAKES_PART_IN", from = "Actor", colour = 1 } }', "unknown colour"),
        (GOOD + 'columns = { A = { link = "TAKES_PART_IN", from = "Actor", role = "x" } }', "found “x” in role"),
        (GOOD + '[[nodes]]\nlabel = "Programme"\nid = "g"', "nodes 1: name must be given"),
        (GOOD + "[source]\ncolour = 1", "source: unknown keys: colour"),
        ("tables = 3", "tables is not a list of sections"),
        (GOOD + "ignore = 3", "ignore is 3; accepted: a list of texts"),
        (GOOD + 'file = "other.csv"', "no sheet is other.csv"),
        (GOOD + 'columns = { "Absente" = "name" }', "has no column “N”, “Absente”|has no column “Absente”"),
        (GOOD + "header_row = 9", "no header on row 9"),
    ],
)  # fmt: skip
def test_mappings_that_are_refused(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "t.csv").write_text("N;A;B\n1;2;3\n", encoding="utf-8")
    with pytest.raises(DataRefused, match=message.replace("(", r"\(")):
        read(tmp_path, text)


def test_templates() -> None:
    template = Template("project:x:{N° (a)}:{b}")
    assert template.fields == ("N° (a)", "b")
    assert template.render({"N° (a)": 3.0, "b": " é : 1 "}, identifier=True) == "project:x:3:é %3A 1"
    assert template.render({"N° (a)": 3.0, "b": " "}, identifier=True) is None
    assert Template("{b}").render({"b": "project:x:1"}, identifier=True) == "project:x:1"


def test_a_proposal_is_a_mapping_that_loads(tmp_path: Path) -> None:
    rows = [list(row) for row in PROJECTS]
    rows[1][2] = "Etat d'avancement"
    rows[2][2], rows[3][2], rows[4][2] = "Terminés", "en cours", "stand by"
    path = xlsx(tmp_path / "Mes projets.xlsx", Suivi=rows)
    text = IMPORTER.propose_mapping(path)
    told, _ = load(mapping(tmp_path, text))
    (table,) = told.tables
    assert (table.kind.table, table.header_row, table.sheet) == ("projects", 2, "Suivi")
    assert table.templates["id"].text == "project:mes-projets:{N°}"
    assert {name: uses[0] for name, uses in table.columns.items() if isinstance(uses[0], str)} == {
        "N°": "number", "Intitulé": "name", "Etat d'avancement": "state", "Coût": "budget", "Début": "since",
    }  # fmt: skip
    assert table.columns["Partenaires"][0].split == ";"
    assert table.values == {"state": {"termines": "done"}}
    assert '# "stand by" = ' in text
    assert '# "Interne" = ' in text
    batch = IMPORTER.read([path], map=str(tmp_path / "map.toml"))[0]
    assert {item.reason.split(";")[0] for item in batch.rejected} == {"Suivi!C5: found “stand by”"}
    assert [item.text for item in batch.not_understood] == [
        "Suivi: column “Mots-clés” is neither mapped nor ignored.",
        "Suivi: column “Interne” is neither mapped nor ignored.",
    ]


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        ("Raison sociale;SIREN;Ville;Catégorie", "Actor"),
        ("Commune;Code INSEE;Population", "Territory"),
        ("source;target;role", "TAKES_PART_IN"),
        ("Title;Total budget;Since;State", "Project"),
        ("Risque", "Risk"),
    ],
)
def test_the_type_is_guessed_from_the_headers(tmp_path: Path, header: str, kind: str) -> None:
    (tmp_path / "t.csv").write_text(f"{header}\n{';'.join('abcd'[: header.count(';') + 1])}\n", encoding="utf-8")
    assert f'kind = "{kind}"' in IMPORTER.propose_mapping(tmp_path / "t.csv")


def test_nothing_to_propose_from(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("N\n", encoding="utf-8")
    with pytest.raises(DataRefused, match="no sheet with a header and a row"):
        IMPORTER.propose_mapping(tmp_path / "t.csv")
