"""Sheets of other hands: any order, bullets, case, encoding; refusals; and, for any text, no line lost and no crash."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from importers.feuille_de_route import IMPORTER
from importers.feuille_de_route.dates import interval
from importers.feuille_de_route.headings import HEADINGS
from importers.feuille_de_route.lines import split
from importers.feuille_de_route.naming import initials, person
from importers.feuille_de_route.passages import target
from importers.feuille_de_route.projects import numbers
from pacte_graph.errors import DataRefused, UsageError
from pacte_graph.records import Batch

SHEETS = Path(__file__).resolve().parents[2] / "data" / "sheets"
HEADINGS_ANY = [heading for headings in HEADINGS.values() for heading in headings]


def read(folder: Path, text: str | bytes) -> Batch:
    path = folder / "fiche.txt"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return IMPORTER.read([path])[0]


def lost(batch: Batch, text: str) -> set[int]:
    behind = {where.line for record in (*batch.nodes, *batch.links) for where in record.where}
    behind |= {passage.line for passage in batch.not_understood}
    for node in batch.nodes:
        if node.label == "Section":
            behind |= set(range(node.properties["line_from"], node.properties["line_to"] + 1))
    return {number for number, line in enumerate(split(text), 1) if line.strip()} - behind


def test_a_sheet_of_another_style() -> None:
    batch = IMPORTER.read([SHEETS / "projet_7.txt"])[0]
    links = {link.target.id for link in batch.links if link.type == "LINKED_TO"}
    assert links == {f"project:non-precise:{n}" for n in (2, 3, 4, 5, 9, 12, 14)}
    project = next(node for node in batch.nodes if node.id == "project:non-precise:7").properties
    assert (project["name"], project["sheet_version"], project["sheet_date"]) == (
        "Halle des brumes (fictif)",
        "1.2",
        dt.date(2030, 4, 3),
    )
    assert project["financing_text"] == "a definir"
    assert {node.properties["text"] for node in batch.nodes if node.label == "Risk"} == {"Gel tardif", "Manque de place"}
    deliverables = {
        node.properties["date_text"]: node.properties["date_to"] for node in batch.nodes if node.label == "Deliverable"
    }
    assert deliverables == {"2e trimestre 2031": dt.date(2031, 6, 30), "14/07/2032": dt.date(2032, 7, 14)}
    assert [node.properties.get("initials") for node in batch.nodes if node.label == "Person"] == ["OV"]
    assert {passage.text for passage in batch.not_understood} == {"METEO DU PROJET"}
    indicator = next(node for node in batch.nodes if node.label == "Indicator").properties
    assert (indicator["family"], indicator["examples"]) == ("quantitative", ["ecoliers", "curieux"])


def test_sheets_that_name_each_other() -> None:
    batches = IMPORTER.read([SHEETS])
    declared = {
        (link.source.id[-1], link.target.id[-1], link.properties["declared_by"][-1])
        for batch in batches for link in batch.links if link.type == "LINKED_TO" and link.target.id[-2:] in {":2", ":7"}
    }  # fmt: skip
    assert declared == {("7", "2", "7"), ("2", "7", "2")}
    assert len({batch.card.id for batch in batches}) == 2


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_encodings_and_line_ends(tmp_path: Path, encoding: str, ending: str) -> None:
    text = (SHEETS / "projet_7.txt").read_text(encoding="utf-8")
    batch = read(tmp_path, text.replace("\n", ending).encode(encoding, errors="strict"))
    wanted = IMPORTER.read([SHEETS / "projet_7.txt"])[0]
    assert [(node.ref, node.properties) for node in batch.nodes if node.label != "Section"] == [
        (node.ref, node.properties) for node in wanted.nodes if node.label != "Section"
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"), (b" \n\n", "empty"), (b"\x00\x01\x02binary", "not a text file"), (b"\x81\x8d\x8f\x90", "known encoding"),
        (b"Une note sans numero\n", "numbers no project"), (b"Note\n\nLiens\n- Projet 9\n", "numbers no project"),
        (b"\xff\xfeP\x00r\x00o", "known encoding"), (b"\xff\xfe\x01\x00\x02\x00", "not a text file"), (b"x" * 20_000_001, "20 MB"),
    ],
)  # fmt: skip
def test_refusals_name_the_file(tmp_path: Path, content: bytes, said: str) -> None:
    with pytest.raises(DataRefused, match=said) as caught:
        read(tmp_path, content)
    assert "fiche.txt" in caught.value.message
    assert caught.value.hint


def test_other_refusals(tmp_path: Path) -> None:
    with pytest.raises(DataRefused, match=r"can't be read"):
        IMPORTER.read([tmp_path / "absente.txt"])
    with pytest.raises(DataRefused, match="holds no sheet"):
        IMPORTER.read([tmp_path])
    with pytest.raises(UsageError, match="no option"):
        IMPORTER.read([SHEETS / "projet_7.txt"], colour="red")
    for name, title in (("a.txt", "Un"), ("b.txt", "Deux")):
        (tmp_path / name).write_text(f"Projet 4 : {title}\n", encoding="utf-8")
    with pytest.raises(DataRefused, match="two different sheets of one project"):
        IMPORTER.read([tmp_path])


def test_programme_given() -> None:
    batch = IMPORTER.read([SHEETS / "projet_2.txt"], programme="brumes")[0]
    assert "programme:brumes" in {node.id for node in batch.nodes}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Projet 7", (7,)), ("projets 2 à 5, 9 et 12", (2, 3, 4, 5, 9, 12)), ("n° 2, 5, 10", (2, 5, 10)), ("37 communes", ()),
        ("projets 5 à 2", (5,)), ("fiches n°3 ; 4", (3, 4)), ("en 2016", ()), ("projet 3 du 08/12/2015", (3,)),
    ],
)  # fmt: skip
def test_project_numbers(text: str, wanted: tuple[int, ...]) -> None:
    assert numbers(text) == wanted


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("fin 2015", "2015-10-01", "2015-12-31"), ("à l'été 2016", "2016-06-21", "2016-09-22"), ("mi-2017", "2017-05-01", "2017-08-31"),
        ("début 2018", "2018-01-01", "2018-03-31"), ("T3 2019", "2019-07-01", "2019-09-30"), ("premier semestre 2020", "2020-01-01", "2020-06-30"),
        ("1er mai 2021", "2021-05-01", "2021-05-01"), ("février 2024", "2024-02-01", "2024-02-29"), ("en 2022", "2022-01-01", "2022-12-31"),
        ("hiver 2016-2017", "2016-12-21", "2017-03-19"), ("hiver 2016", "2016-01-01", "2017-03-19"), ("fin juin 2016", "2016-06-21", "2016-06-30"),
        ("mi-mars 2016", "2016-03-11", "2016-03-20"), ("3e semestre 2016", "2016-01-01", "2016-12-31"), ("automne 2016", "2016-09-23", "2016-12-20"),
        ("31/02/2016", "2016-01-01", "2016-12-31"),
    ],
)  # fmt: skip
def test_intervals(text: str, first: str, last: str) -> None:
    found = interval(text)
    assert found is not None
    assert (found.first.isoformat(), found.last.isoformat()) == (first, last)


@given(st.text(max_size=60))
def test_intervals_of_any_text(text: str) -> None:
    found = interval(text)
    assert found is None or found.first <= found.last


def test_the_wording_of_a_date_is_the_text_s() -> None:
    found = interval("Plan… livré à  l'Été\u00a02016")
    assert found is not None
    assert found.text == "Été 2016"


def test_no_date_no_interval() -> None:
    assert interval("prochainement") is None


@pytest.mark.parametrize(
    ("text", "wanted"), [("au moins un tiers", (1, 3)), ("1/3 (a minima)", (1, 3)), ("30 % des projets", (30, 100)), ("x", None)]
)
def test_targets(text: str, wanted: tuple[int, int] | None) -> None:
    assert target(text) == wanted


def test_people() -> None:
    assert initials("Pierre-Emmanuel Reymund") == "PER"
    assert person("Ondine Valmoret") == "Ondine Valmoret"
    assert person("les élus référents") is None


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.one_of(
            st.sampled_from(HEADINGS_ANY),
            st.text(max_size=40),
            st.sampled_from(["- fin 2015", "  > projets 2 à 5", "Projet 9", "TM : A B"]),
        ),
        max_size=25,
    )
)
def test_any_sheet_keeps_its_lines(tmp_path: Path, lines: list[str]) -> None:
    flat = [line.replace("\n", " ").replace("\r", " ") for line in lines]
    text = "\n".join(["Projet 3 : Essai", "", *flat])
    try:
        batch = read(tmp_path, text)
    except DataRefused:
        assert any(ord(char) < 32 for char in text.replace("\n", "").replace("\t", ""))
        return
    assert lost(batch, text) == set()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.permutations(
        [
            "Risques\n- Gel\n- Vent",
            "Livrables\n- Plan fin 2016",
            "Liens\n- Projets 2, 5",
            "Chef de projet\nOndine Valmoret",
            "Equipe\nOV",
        ]
    )
)
def test_order_of_sections_does_not_matter(tmp_path: Path, sections: list[str]) -> None:
    batch = read(tmp_path, "Projet 3 : Essai\n\n" + "\n\n".join(sections))
    told = sorted((node.ref, tuple(sorted(node.properties))) for node in batch.nodes if node.label != "Section")
    assert [ref.label for ref, _ in told] == [
        "Deliverable", "Document", "Person", "Programme", "Project", "Project", "Project", "Risk", "Risk",
    ]  # fmt: skip
    assert batch.not_understood == []
