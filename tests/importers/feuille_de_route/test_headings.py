"""Headings no rule knows: told by styles, bold, size or layout, they start a section of their own and are said."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import docx
import pytest

from importers.feuille_de_route import IMPORTER
from pacte_graph.records import Batch
from tests.importers.feuille_de_route.made import pdf, saved

TITLE = "Projet 07 : « Jardins » Feuille de route"


def read(tmp_path: Path, name: str, data: bytes | str) -> Batch:
    path = tmp_path / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    (batch,) = IMPORTER.read([path], programme="essai")
    return batch


def sections(batch: Batch) -> list[str]:
    return [node.properties["name"] for node in sorted(batch.nodes, key=lambda n: n.properties.get("order", -1))
            if node.label == "Section"]  # fmt: skip


def texts(batch: Batch, label: str) -> set[str]:
    return {node.properties["text"] for node in batch.nodes if node.label == label}


def strange(batch: Batch) -> list[str]:
    return [passage.text for passage in batch.not_understood]


def financing(batch: Batch) -> Any:
    return next(node.properties.get("financing_text") for node in batch.nodes if node.label == "Project")


BULLETS = """Projet 7 : Jardins

Financement

- Budget 10 000 €

Partenaires

- CCI de Toulouse
- Université Jean Jaurès

Risques

- Gel

Plan de communication

- Presse locale
"""


@pytest.mark.parametrize("text", [BULLETS, BULLETS.replace("\n\n-", "\n-"), BULLETS.replace("\n\n-", "\n-").replace("- ", "")])
def test_a_line_set_like_the_known_headings_is_one(tmp_path: Path, text: str) -> None:
    batch = read(tmp_path, "fiche.txt", text)
    assert sections(batch) == ["Financement", "Partenaires", "Risques", "Plan de communication"]
    assert financing(batch) == "Budget 10 000 €"
    assert texts(batch, "Risk") == {"Gel"}
    assert strange(batch) == ["Partenaires", "Plan de communication"]
    assert "Université Jean Jaurès" in next(n.properties["text"] for n in batch.nodes if n.properties.get("order") == 1)


def test_a_line_without_bullet_behind_bullets_is_one(tmp_path: Path) -> None:
    text = BULLETS.replace("- CCI", "CCI").replace("- Uni", "Uni").replace("- Presse", "Presse")
    batch = read(tmp_path, "fiche.txt", text)
    assert sections(batch) == ["Financement", "Partenaires", "Risques", "Plan de communication"]
    assert (financing(batch), texts(batch, "Risk")) == ("Budget 10 000 €", {"Gel"})


@pytest.mark.parametrize("line", ["Fin 2016", "Une phrase qui finit.", "qui continue la phrase", "Qualitatifs", "RAS"])
def test_a_line_that_reads_like_a_passage_is_none(tmp_path: Path, line: str) -> None:
    batch = read(tmp_path, "fiche.txt", BULLETS.replace("Plan de communication", line))
    assert sections(batch) == ["Financement", "Partenaires", "Risques"]
    assert "Presse locale" in texts(batch, "Risk")


def test_the_manager_s_name_above_bullets_is_no_heading(tmp_path: Path) -> None:
    batch = read(tmp_path, "fiche.txt", BULLETS + "\nChef de projet\n\nAnne Exemple\n\n- Marie Curie\n")
    assert {n.properties["name"] for n in batch.nodes if n.label == "Person"} == {"Anne Exemple", "Marie Curie"}


def word(style: str | None) -> bytes:
    made = docx.Document()
    made.add_paragraph(TITLE)
    for name, lines in (
        ("Financement", ["Dix mille euros"]),
        ("Partenaires", ["CCI", "Université"]),
        ("Risques", ["Gel"]),
        ("Presse", ["Radio"]),
    ):
        paragraph = made.add_paragraph(style=style)
        paragraph.add_run(name).bold = style is None or None
        for line in lines:
            made.add_paragraph(line)
    return saved(made)


@pytest.mark.parametrize("style", ["Heading 2", None])
def test_styles_and_bold_of_a_docx_tell_headings(tmp_path: Path, style: str | None) -> None:
    batch = read(tmp_path, "fiche.docx", word(style))
    assert sections(batch) == ["Financement", "Partenaires", "Risques", "Presse"]
    assert (financing(batch), texts(batch, "Risk"), strange(batch)) == ("Dix mille euros", {"Gel"}, ["Partenaires", "Presse"])


def test_a_french_style_and_one_made_from_it_are_headings(tmp_path: Path) -> None:
    made = docx.Document()
    made.styles.add_style("Titre 2", 1)
    made.styles.add_style("Rubrique maison", 1).base_style = made.styles["Heading 1"]
    for text, style in ((TITLE, None), ("Risques", "Titre 2"), ("Gel", None), ("Presse", "Rubrique maison"), ("Radio", None)):
        made.add_paragraph(text, style=style)
    batch = read(tmp_path, "fiche.docx", saved(made))
    assert (sections(batch), texts(batch, "Risk"), strange(batch)) == (["Risques", "Presse"], {"Gel"}, ["Presse"])


def test_a_deeper_heading_and_a_bold_passage_stay_in_their_section(tmp_path: Path) -> None:
    made = docx.Document()
    for text, style in ((TITLE, None), ("Risques", "Heading 1"), ("Climat", "Heading 3"), ("Gel", None)):
        made.add_paragraph(text, style=style)
    made.add_paragraph().add_run("Manque de place").bold = True
    batch = read(tmp_path, "fiche.docx", saved(made))
    assert (sections(batch), texts(batch, "Risk")) == (["Risques"], {"Climat", "Gel", "Manque de place"})


def test_the_cells_of_a_table_are_no_headings(tmp_path: Path) -> None:
    made = docx.Document()
    made.add_paragraph(TITLE)
    made.add_paragraph("")
    made.add_paragraph("Financement")
    table = made.add_table(rows=2, cols=2)
    for row, (one, two) in zip(table.rows, [("FEDER", "à préciser"), ("REGION", "10 000 €")], strict=True):
        row.cells[0].text, row.cells[1].text = one, two
    batch = read(tmp_path, "fiche.docx", saved(made))
    assert (sections(batch), financing(batch)) == (["Financement"], "FEDER à préciser REGION 10 000 €")
    assert strange(batch) == []


def test_a_table_of_sections_has_all_its_headings(tmp_path: Path) -> None:
    made = docx.Document()
    made.add_paragraph(TITLE)
    table = made.add_table(rows=3, cols=2)
    for row, (one, two) in zip(table.rows, [("Risques", "Gel"), ("Partenaires", "CCI"), ("Livrables", "Plan")], strict=True):
        row.cells[0].text, row.cells[1].text = one, two
    batch = read(tmp_path, "fiche.docx", saved(made))
    assert sections(batch) == ["Risques", "Partenaires", "Livrables"]
    assert (texts(batch, "Risk"), strange(batch)) == ({"Gel"}, ["Partenaires"])


@pytest.mark.parametrize(("size", "bold"), [(14, False), (10, True)])
def test_size_and_bold_of_a_pdf_tell_headings(tmp_path: Path, size: float, bold: bool) -> None:
    set_ = [("Financement", True), ("Dix mille euros", False), ("Partenaires", True), ("CCI de Toulouse", False), ("Université", False),
            ("Risques", True), ("Un gel tardif", False), ("Plan de communication", True), ("Presse locale et radio", False)]  # fmt: skip
    page = [(60.0, 60.0, TITLE)]
    page += [
        (60.0, 100.0 + 16 * row, text, size, bold) if head else (60.0, 100.0 + 16 * row, text)
        for row, (text, head) in enumerate(set_)
    ]
    batch = read(tmp_path, "fiche.pdf", pdf(page))
    assert sections(batch) == ["Financement", "Partenaires", "Risques", "Plan de communication"]
    assert (financing(batch), texts(batch, "Risk")) == ("Dix mille euros", {"Un gel tardif"})
    assert strange(batch) == ["Partenaires", "Plan de communication"]


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ("FICHE ACTION N° 12\nIntitulé : Jardins partagés", "Jardins partagés"), ("Fiche projet n°12 - Jardins", "Jardins"),
        ("FICHE ACTION N° 12 / Intitulé : Jardins", "Jardins"), ("Action 12 : « Jardins »", "Jardins"), ("Fiche action 12", None),
        ("Fiche-action n° 12\n\nIntitulé\nJardins", "Jardins"),
    ],
)  # fmt: skip
def test_other_title_lines(tmp_path: Path, head: str, name: str | None) -> None:
    batch = read(tmp_path, "fiche.txt", f"{head}\n\nTravaux\n- Action 3 : planter\n")
    (project,) = [node.properties for node in batch.nodes if node.label == "Project"]
    assert (project["number"], project.get("name"), strange(batch)) == (12, name, [])
