"""The ANR: made-up tables under the names its columns had over the years, and the real one, counted."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections import Counter
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from importers.anr import IMPORTER
from importers.anr.survey import Body, told
from pacte_graph import loading
from pacte_graph.errors import DataRefused, UsageError
from pacte_graph.records import Batch, LinkRecord, NodeRecord
from pacte_graph.store import Store

REAL = Path(__file__).resolve().parents[3].parent / "shared" / "data" / "anr" / "anr_pia_toulouse_montpellier_2022-05-12.csv"
HEADER = (
    *("Projet.Code_Decision_ANR", "Action.Edition", "Projet.Acronyme", "Projet.Partenaire.Code_Decision_ANR"),
    *("Projet.Partenaire.Est_coordinateur", "Projet.Partenaire.Nom_organisme", "Projet.Partenaire.Categorie_organisme"),
    *("Projet.Partenaire.Adresse.Ville", "Projet.Partenaire.Adresse.Region", "Projet.Partenaire.Adresse.Pays"),
    *("Projet.Titre.Francais", "Projet.Aide_allouee", "Projet.Date_debut", "Action.Titre.Francais"),
)


def row(
    partner: str, name: str, *, lead: str = "False", kind: str = "Entreprises Privées", town: str = "Albi", code: str = "ANR-21-ESSA-0001",
    region: str = "Occitanie", country: str = "France", since: str = "2021-05-01 00:00:00", title: str = "Essai (fictif)", grant: str = "1200,5",
) -> tuple[str, ...]:  # fmt: skip
    return (code, "2021", "ESSAI", f"{code}-{partner}", lead, name, kind, town, region, country, title, grant, since, "ESSA")


def write(path: Path, *rows: tuple[str, ...], header: tuple[str, ...] = HEADER) -> Path:
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerows([header, *rows])
    path.write_text(buffer.getvalue(), encoding="utf-8")
    return path


def read(*paths: Path, **options: str) -> tuple[Batch, dict[str, NodeRecord], list[LinkRecord]]:
    (batch,) = IMPORTER.read(list(paths), **options)
    return batch, {node.id: node for node in batch.nodes}, list(batch.links)


def taking(links: list[LinkRecord]) -> list[LinkRecord]:
    return [link for link in links if link.type == "TAKES_PART_IN"]


def test_projects_partners_and_links(tmp_path: Path) -> None:
    rows = (
        row("01", "Université d'Essai", lead="True", kind="Universités, INSA et INP"),
        row("02", "Essai SA", town="Non renseigné"),
    )
    batch, nodes, links = read(write(tmp_path / "anr.csv", *rows))
    assert nodes["programme:anr:pia"].properties["acronym"] == "PIA"
    assert nodes["project:anr:ANR-21-ESSA-0001"].properties == {
        "name": "Essai (fictif)", "acronym": "ESSAI", "grant": 1200.5, "since": dt.date(2021, 5, 1), "call": "ESSA",
    }  # fmt: skip
    assert nodes["actor:anr:Université d'Essai"].properties == {
        "name": "Université d'Essai", "kind": "university", "kind_stated": "Universités, INSA et INP", "town": "Albi", "country": "France",
    }  # fmt: skip
    assert nodes["actor:anr:Essai SA"].properties == {
        "name": "Essai SA", "kind": "company", "kind_stated": "Entreprises Privées", "country": "France",
    }  # fmt: skip
    assert [(link.source.id, link.key, dict(link.properties)) for link in taking(links)] == [
        ("actor:anr:Université d'Essai", "lead",
         {"role": "lead", "role_stated": "Est_coordinateur = True", "note": "Code partenaire : ANR-21-ESSA-0001-01."}),
        ("actor:anr:Essai SA", "partner",
         {"role": "partner", "role_stated": "Est_coordinateur = False", "note": "Code partenaire : ANR-21-ESSA-0001-02."}),
    ]  # fmt: skip
    assert sum(link.type == "PART_OF" for link in links) == 3
    assert (batch.card.id, batch.rejected, batch.not_understood) == ("source:anr:pia", [], [])


@pytest.mark.parametrize("name", ["Non renseigné", "NON RENSEIGNE", "non-renseigné", "Non renseignée", " Non  renseigné(e) ", ""])
def test_a_partner_without_a_name_is_rejected_and_its_project_kept(tmp_path: Path, name: str) -> None:
    batch, nodes, links = read(write(tmp_path / "anr.csv", row("01", name)))
    assert [(item.file, item.line) for item in batch.rejected] == [("anr.csv", 2)]
    assert "has no name" in batch.rejected[0].reason
    assert "project:anr:ANR-21-ESSA-0001" in nodes
    assert taking(links) == []


def test_other_rows_that_cannot_be_taken(tmp_path: Path) -> None:
    batch, nodes, _ = read(write(tmp_path / "anr.csv", row("01", "A", code=""), row("02", "x" * 600), row("03", "B")))
    assert [item.line for item in batch.rejected] == [2, 3]
    assert batch.rejected[0].reason == "The row names no project by its decision code."
    assert "characters" in batch.rejected[1].reason
    assert {node for node in nodes if node.startswith("actor")} == {"actor:anr:B"}


def test_repeated_pairs_are_one_link_that_names_its_partner_codes(tmp_path: Path) -> None:
    rows = (row("01", "CNRS"), row("02", "CNRS", lead="True"), row("03", "Autre"), row("04", "CNRS"))
    link = taking(read(write(tmp_path / "anr.csv", *rows))[2])[0]
    assert (link.key, [where.line for where in link.where]) == ("lead", [2, 3, 5])
    codes = ", ".join(f"ANR-21-ESSA-0001-{number}" for number in ("01", "02", "04"))
    assert link.properties["note"] == f"Code partenaire : {codes}. Coordonne : ANR-21-ESSA-0001-02."


def test_renamed_bodies_stay_apart(tmp_path: Path) -> None:
    _, nodes, _ = read(write(tmp_path / "anr.csv", row("01", "INRA"), row("02", "INRAE"), row("03", "Inra")))
    assert {node for node in nodes if node.startswith("actor")} == {"actor:anr:INRA", "actor:anr:INRAE", "actor:anr:Inra"}


def test_what_is_written_most_often_is_kept(tmp_path: Path) -> None:
    rows = (
        row("01", "A", town="Pau"),
        row("02", "A", town="Albi"),
        row("03", "A", town="Pau", kind="Fondations"),
        row("04", "A", kind="Fondations"),
    )
    told_ = read(write(tmp_path / "anr.csv", *rows))[1]["actor:anr:A"]
    assert (told_.properties["town"], told_.properties["kind_stated"]) == ("Albi", "Entreprises Privées")
    assert told_.properties["note"] == "Aussi écrit : catégorie = Fondations ; ville = Pau."
    assert [where.line for where in told_.where] == [2, 3, 4, 5]


@given(st.lists(st.sampled_from(["Albi", "Pau", "Sète"]), min_size=1, max_size=9), st.randoms())
def test_the_order_of_rows_does_not_count(towns: list[str], random: object) -> None:
    shuffled = list(towns)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    first, second = (Body("A") for _ in range(2))
    for body, found in ((first, towns), (second, shuffled)):
        body.counts["town"].update(found)
    top = max(Counter(towns).values())
    assert first.kept("town") == second.kept("town") == min(town for town in towns if towns.count(town) == top)
    assert first.others("town") == second.others("town")


@given(st.text(max_size=30))
def test_only_non_renseigne_is_unknown(text: str) -> None:
    assert told(f"A{text}") != ""
    assert told(told(text)) == told(text)


KINDS = [
    ("Organismes de type EPST", "research"), ("Organismes de Type EPIC", "research"), ("Grandes écoles publiques", "university"),
    ("Associations", "association"), ("Collectivités", "local_authority"), ("Ministères", "state"), ("Pôles de compétitivité", "competitiveness_cluster"),
    ("Fondations", None), ("Etranger", None), ("Organismes Médicaux (Hôpitaux)", None),
]  # fmt: skip


@pytest.mark.parametrize(("stated", "kind"), KINDS)
def test_kinds(tmp_path: Path, stated: str, kind: str | None) -> None:
    told_ = read(write(tmp_path / "anr.csv", row("01", "A", kind=stated)))[1]["actor:anr:A"].properties
    assert (told_["kind_stated"], told_.get("kind")) == (stated, kind)


def test_a_workbook_states_what_the_csv_states(tmp_path: Path) -> None:
    rows = (row("01", "A", lead="True", grant="1200"), row("02", "B", grant="1200"))
    with xlsxwriter.Workbook(tmp_path / "anr.xlsx") as book:
        sheet, moment = book.add_worksheet("Données"), book.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write_row(0, 0, HEADER)
        for line, cells in enumerate(rows, 1):
            sheet.write_row(line, 0, [{"True": True, "False": False}.get(cell, cell) for cell in cells])
            sheet.write_number(line, HEADER.index("Projet.Aide_allouee"), 1200)
            sheet.write_datetime(line, HEADER.index("Projet.Date_debut"), dt.datetime(2021, 5, 1), moment)  # noqa: DTZ001
    _, nodes, links = read(tmp_path / "anr.xlsx")
    _, others, parts = read(write(tmp_path / "anr.csv", *rows))
    assert {node.id: node.properties for node in nodes.values()} == {node.id: node.properties for node in others.values()}
    assert [(link.source, link.properties) for link in links] == [(link.source, link.properties) for link in parts]
    assert str(taking(links)[0].where[0]) == "anr.xlsx!Données:2"


def two_files(folder: Path) -> None:
    write(
        folder / "projets.csv",
        ("ANR-14-CE16-0001", "2014", "ESSAI", "", "An invented test", "CE16", "300", "2015-03-01"),
        header=("Projet.Code_Decision", "AAP.Edition", "Projet.Acronyme", "Projet.Titre.Francais", "Projet.Titre.Anglais", "Programme.Acronyme",
                "Projet.Montant.AF.Aide_allouee.ANR", "Projet.T0 scientifique"),
    )  # fmt: skip
    partner = ("ANR-14-CE16-0001", "ESSAI")
    write(
        folder / "partenaires.csv",
        (*partner, "P1", "True", "A", "100,5", "Dupont"),
        (*partner, "P2", "False", "A", "50", "Durand"),
        (*partner, "P3", "peut-être", "B", "beaucoup", ""),
        header=("Projet.Code_Decision", "Projet.Acronyme", "Projet.Partenaire.Code_Decision", "Projet.Partenaire.Est_coordinateur",
                "Projet.Partenaire.Nom_organisme", "Projet.Partenaire.Aide_allouee.ANR", "Projet.Partenaire.Responsable_scientifique.Nom"),
    )  # fmt: skip


def test_projects_and_partners_in_two_files(tmp_path: Path) -> None:
    two_files(tmp_path)
    batch, nodes, links = read(tmp_path)
    assert nodes["project:anr:ANR-14-CE16-0001"].properties == {
        "name": "An invented test", "acronym": "ESSAI", "call": "CE16", "grant": 300.0, "since": dt.date(2015, 3, 1),
    }  # fmt: skip
    first, second = taking(links)
    assert first.properties["amount"] == 150.5
    assert first.properties["note"] == "Code partenaire : P1, P2. Coordonne : P1. Montant : somme de 2 partenaires."
    assert second.properties == {"role": "partner", "note": "Code partenaire : P3."}
    assert sorted(item.text for item in batch.not_understood) == [
        "Est_coordinateur: “peut-être” has no meaning here.", "amount: “beaucoup” has no meaning here.",
    ]  # fmt: skip
    assert batch.card.id == "source:anr:dos"
    assert not any("Dupont" in str(record) for record in [*nodes.values(), *links])


def test_partners_alone_need_their_programme(tmp_path: Path) -> None:
    two_files(tmp_path)
    with pytest.raises(DataRefused, match="don't tell which programme"):
        IMPORTER.read([tmp_path / "partenaires.csv"])
    assert IMPORTER.read([tmp_path / "partenaires.csv"], programme="dos")[0].card.id == "source:anr:dos"


def test_two_programmes_or_none_are_refused(tmp_path: Path) -> None:
    two_files(tmp_path)
    with pytest.raises(DataRefused, match="not pia"):
        IMPORTER.read([tmp_path], programme="pia")
    write(tmp_path / "anr.csv", row("01", "A"))
    with pytest.raises(DataRefused, match="mix"):
        IMPORTER.read([tmp_path])
    with pytest.raises(DataRefused, match="No table of the ANR"):
        IMPORTER.read([write(tmp_path / "x.csv", ("1", "2"), header=("a", "b"))])


def test_unknown_columns_are_said(tmp_path: Path) -> None:
    batch, _, _ = read(write(tmp_path / "anr.csv", (*row("01", "A"), "bleu"), header=(*HEADER, "Projet.Couleur")))
    assert [(item.file, item.text) for item in batch.not_understood] == [
        ("anr.csv", "Column “Projet.Couleur” is not one this importer knows.")
    ]


@pytest.mark.parametrize(
    ("options", "codes", "suffix"),
    [
        ({"region": "occitanie"}, {"1", "2"}, ":region=occitanie"),
        ({"country": "Espagne, Italie"}, {"2"}, ":country=espagne,italie"),
        ({"since": "2021-06"}, {"3"}, ":since=2021-06-01"),
        ({"region": "Bretagne", "since": "2021"}, {"3"}, ":region=bretagne:since=2021-01-01"),
    ],
)
def test_filters(tmp_path: Path, options: dict[str, str], codes: set[str], suffix: str) -> None:
    rows = (
        row("01", "A", code="1"), row("01", "A", code="2", since=""), row("02", "B", code="2", region="Non renseigné", country="Espagne"),
        row("01", "C", code="3", region="Bretagne", since="2022-01-01"),
    )  # fmt: skip
    batch, nodes, links = read(write(tmp_path / "anr.csv", *rows), **options)
    assert {node.removeprefix("project:anr:") for node in nodes if node.startswith("project")} == codes
    assert {end.id for link in links for end in (link.source, link.target)} == set(nodes)
    assert batch.card.id == f"source:anr:pia{suffix}"
    assert f"({len(codes)} / 3)" in batch.card.scope


def test_questions_without_an_answer(tmp_path: Path) -> None:
    path = write(tmp_path / "anr.csv", row("01", "A"))
    for options, words in (
        ({"colour": "x"}, "no option colour"),
        ({"programme": "x"}, "no programme"),
        ({"since": "x"}, "not a date"),
    ):
        with pytest.raises(UsageError, match=words):
            IMPORTER.read([path], **options)
    with pytest.raises(UsageError, match="Give the CSV"):
        IMPORTER.read([])
    with pytest.raises(DataRefused, match="None of the 1 projects"):
        IMPORTER.read([path], region="Bretagne")


def test_a_table_without_a_good_row_is_refused_with_all_of_them(tmp_path: Path) -> None:
    wrong = "The row names no project by its decision code."
    with pytest.raises(DataRefused) as refused:
        IMPORTER.read([write(tmp_path / "anr.csv", *(row(str(number), "A", code="") for number in range(23)))])
    lines = [f"- anr.csv, line {line}: {wrong}" for line in range(2, 22)]
    assert refused.value.message.split("\n") == ["No row could be taken:", *lines, "… and 3 more"]


def test_a_rejected_row_names_its_sheet_and_what_it_speaks_of(tmp_path: Path) -> None:
    rows = (row("01", "A"), row("02", "Non renseigné"), row("03", "B", code=""), row("04", "x" * 600))
    with xlsxwriter.Workbook(tmp_path / "anr.xlsx") as book:
        sheet = book.add_worksheet("Données")
        for line, cells in enumerate((HEADER, *rows)):
            sheet.write_row(line, 0, cells)
    project = ("project:anr:ANR-21-ESSA-0001",)
    batch, _, _ = read(tmp_path / "anr.xlsx")
    assert [(item.file, item.sheet, item.line, item.about) for item in batch.rejected] == [
        ("anr.xlsx", "Données", 3, project),
        ("anr.xlsx", "Données", 4, ()),
        ("anr.xlsx", "Données", 5, project),
    ]
    batch, _, _ = read(write(tmp_path / "anr.csv", *rows))
    assert [(item.file, item.sheet, item.about) for item in batch.rejected] == [
        ("anr.csv", None, project),
        ("anr.csv", None, ()),
        ("anr.csv", None, project),
    ]


def test_loading_twice_changes_nothing(store: Store, tmp_path: Path) -> None:
    path = write(tmp_path / "anr.csv", row("01", "A"), row("02", "A", lead="True"), row("03", "B"), row("04", "Non renseigné"))
    for expected in ({"nodes": 4, "links": 5}, {"nodes": 0, "links": 0}):
        (report,) = loading.apply_all(store, loading.plan_all(store, IMPORTER.read([path])))
        told_ = report.as_dict()
        assert (told_["created"], told_["changed"], told_["vanished"]) == (
            expected,
            {"nodes": 0, "links": 0},
            {"nodes": 0, "links": 0},
        )
        assert len(told_["rejected"]) == 1


@pytest.mark.skipif(not REAL.exists(), reason="the real table is not beside this checkout")
def test_the_real_table(embedded_store: Store) -> None:
    batch, nodes, links = read(REAL)
    assert Counter(node.label for node in nodes.values()) == {"Programme": 1, "Project": 261, "Actor": 703}
    assert len(taking(links)) == 2356
    assert sum(len(link.where) for link in taking(links)) == 2452
    assert sum(len(link.where) > 1 for link in taking(links)) == 48
    assert Counter(link.key for link in taking(links))["lead"] == 261
    assert (batch.rejected, batch.not_understood) == ([], [])
    kinds = Counter(node.properties.get("kind") for node in nodes.values() if node.label == "Actor")
    assert kinds == {
        "company": 242,
        "university": 184,
        None: 134,
        "research": 98,
        "association": 37,
        "state": 5,
        "local_authority": 3,
    }
    for created in (True, False):
        (report,) = loading.apply_all(embedded_store, loading.plan_all(embedded_store, IMPORTER.read([REAL])))
        assert bool(report.as_dict()["created"]["nodes"]) is created
        assert report.as_dict()["changed"] == {"nodes": 0, "links": 0}
