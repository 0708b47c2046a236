"""PDF and DOCX sheets: what is read is what the text sheet says, with pages as places; scans, locks and tricks are refused."""

from __future__ import annotations

import io
import random
import zipfile
from contextlib import suppress
from pathlib import Path
from typing import Any

import docx
import docx.shared
import pytest

from importers.feuille_de_route import IMPORTER
from importers.feuille_de_route.documents import open_text
from pacte_graph.errors import DataRefused, PacteError
from pacte_graph.records import Batch
from tests.importers.feuille_de_route.made import document, pdf, saved, typeset

REAL = Path(__file__).resolve().parents[3].parent / "shared" / "data" / "feuilles_de_route" / "projet_03_pacte_territorial.txt"
SHEET = """Projet 07 : « Jardins partagés » Feuille de route

Chef de projet

Anne Exemple / DGS-Ville fictive

Objectifs du projet

- Décliner les jardins dans les communes volontaires du territoire, en lien avec les associations de quartier et les écoles
- Ouvrir un lieu bi-métropolitain

Jalons clés

- Fin 2016
  - ouverture du premier jardin

Livrables

- Rapport annuel

Liens avec les autres projets

- Projets n° 2, 5 et 11

Humeur du moment

- Tout va bien

Projet 07_FdR_v0.2_maj le 08/12/2015
"""


def read(tmp_path: Path, name: str, data: bytes) -> Batch:
    path = tmp_path / name
    path.write_bytes(data)
    (batch,) = IMPORTER.read([path], programme="essai")
    return batch


def facts(batch: Batch) -> tuple[list[Any], list[Any], list[str]]:
    """Return what a batch states without places and without the raw text of sections."""
    nodes = [
        (
            item.label,
            item.id,
            {
                k: v
                for k, v in item.properties.items()
                if (not k.startswith("line_") and k != "text") or (item.label != "Section" and k == "text")
            },
        )
        for item in batch.nodes
    ]
    links = [(item.type, item.source, item.target, item.key) for item in batch.links]
    return nodes, links, sorted(item.text for item in batch.not_understood)


@pytest.fixture
def told(tmp_path: Path) -> Any:
    """Return what the text sheet states."""
    return facts(read(tmp_path, "fiche.txt", SHEET.encode()))


def test_a_docx_states_what_its_text_states(tmp_path: Path, told: Any) -> None:
    assert facts(read(tmp_path, "fiche.docx", document(SHEET))) == told


def test_a_pdf_states_what_its_text_states_and_says_on_which_page(tmp_path: Path, told: Any) -> None:
    batch = read(tmp_path, "fiche.pdf", pdf(*typeset(SHEET, rows=18)))
    assert facts(batch) == told
    place = next(item for item in batch.nodes if item.label == "Deliverable").where[0]
    assert (place.file, place.sheet) == ("fiche.pdf", "page 2")
    assert [(item.page, item.text) for item in batch.not_understood] == [(2, "Humeur du moment")]


def test_running_headers_and_page_numbers_are_not_passages(tmp_path: Path, told: Any) -> None:
    batch = read(tmp_path, "fiche.pdf", pdf(*typeset(SHEET, header="Ville fictive - schéma", rows=12)))
    nodes, links, strange = facts(batch)
    assert (nodes, links) == told[:2]
    assert strange == sorted([*told[2], "Ville fictive - schéma"])


def test_two_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    left = "\n".join(["Objectifs du projet", "", *[f"- but numéro {n}" for n in "abcdefgh"]])
    right = "\n".join(["Livrables", "", *[f"- livrable {n}" for n in "abcdefgh"]])
    page = [(60.0, 60.0, "Projet 07 : « Jardins » Feuille de route"), *typeset(left)[0], *typeset(right, left=320)[0]]
    batch = read(tmp_path, "fiche.pdf", pdf(page))
    texts = {label: [n.properties["text"] for n in batch.nodes if n.label == label] for label in ("Objective", "Deliverable")}
    assert texts == {"Objective": [f"but numéro {n}" for n in "abcdefgh"], "Deliverable": [f"livrable {n}" for n in "abcdefgh"]}


def test_a_word_cut_at_the_end_of_a_line_is_whole_again(tmp_path: Path) -> None:
    lines = [(60.0, 60.0, "Projet 07 : « Jardins » Feuille de route"), (60.0, 100.0, "Livrables"), (60.0, 130.0, "- un rapport terri-"),
             (70.0, 144.0, "torial et un accord bi-"), (70.0, 158.0, "métropolitain")]  # fmt: skip
    batch = read(tmp_path, "fiche.pdf", pdf(lines))
    assert [item.properties["text"] for item in batch.nodes if item.label == "Deliverable"] == [
        "un rapport territorial et un accord bi-métropolitain"
    ]


def test_tables_and_headers_of_a_docx(tmp_path: Path) -> None:
    made = docx.Document()
    header = made.sections[0].header
    header.add_table(1, 1, docx.shared.Cm(10)).rows[0].cells[0].text = "Projet 07 : « Jardins » Feuille de route"
    made.sections[0].footer.paragraphs[0].text = "Projet 07_FdR_v0.3_maj le 09/12/2015"
    table = made.add_table(rows=2, cols=2)
    for row, (name, text) in zip(table.rows, [("Livrables", "Rapport"), ("Financement", "RAS")], strict=True):
        row.cells[0].text, row.cells[1].text = name, text
    out = io.BytesIO()
    made.save(out)
    batch = read(tmp_path, "fiche.docx", out.getvalue())
    (project,) = [item for item in batch.nodes if item.label == "Project"]
    assert (project.properties["sheet_version"], project.properties["financing_text"]) == ("0.3", "RAS")
    assert [item.properties["text"] for item in batch.nodes if item.label == "Deliverable"] == ["Rapport"]


@pytest.mark.skipif(not REAL.exists(), reason="the real sheet is not beside this checkout")
@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_the_real_sheet_set_again_states_the_same(tmp_path: Path, kind: str) -> None:
    text = REAL.read_text(encoding="utf-8")
    expected = facts(IMPORTER.read([REAL])[0])
    flat = text.replace("- > ", "- ").replace("≤", "<")
    data = document(flat) if kind == "docx" else pdf(*typeset(flat, width=80, rows=45))
    path = tmp_path / f"projet.{kind}"
    path.write_bytes(data)
    found = facts(IMPORTER.read([path])[0])
    assert found[1] == expected[1]
    assert [node[:2] for node in found[0]] == [node[:2] for node in expected[0]]


def test_a_scan_is_refused_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(DataRefused, match="it is a scan") as caught:
        read(tmp_path, "scan.pdf", pdf([]))
    assert "ocrmypdf" in caught.value.hint


def test_a_scan_with_page_numbers_is_a_scan(tmp_path: Path) -> None:
    numbered = [[(300.0, 815.0, str(page))] for page in (1, 2)]
    headed = [[(60.0, 40.0, "Ville fictive"), (300.0, 815.0, f"Page {page}")] for page in (1, 2, 3)]
    for pages in (numbered, numbered[:1], headed):
        with pytest.raises(DataRefused, match="it is a scan") as caught:
            read(tmp_path, "scan.pdf", pdf(*pages, pictures=(1, 2)))
        assert "ocrmypdf" in caught.value.hint


def test_a_page_that_is_a_picture_is_listed(tmp_path: Path) -> None:
    (text,) = typeset("Projet 07 : « Jardins » Feuille de route\n\nLivrables\n\n- Rapport\n")
    batch = read(tmp_path, "fiche.pdf", pdf(text, [(300.0, 815.0, "2")], pictures=(2,)))
    assert [(item.page, "picture without text" in item.text) for item in batch.not_understood] == [(2, True)]


def texts(batch: Batch, label: str) -> list[str]:
    return [item.properties["text"] for item in batch.nodes if item.label == label]


def test_a_bullet_wraps_without_hanging_indent(tmp_path: Path) -> None:
    rows = ["- Renforcer partout et dans tous les secteurs les coopé-", "rations avec les acteurs économiques et sociaux de la nouvelle",
            "Région et leurs réseaux de", "recherche", "- Un lieu", "Un autre lieu"]  # fmt: skip
    lines = [(60.0, 60.0, "Projet 07 : « Jardins » Feuille de route"), (60.0, 100.0, "Livrables")]
    lines += [(60.0, 130.0 + 14 * row, text) for row, text in enumerate(rows)]
    batch = read(tmp_path, "fiche.pdf", pdf(lines))
    whole = (
        "Renforcer partout et dans tous les secteurs les coopérations avec les acteurs économiques et sociaux de la nouvelle "
        "Région et leurs réseaux de recherche"
    )
    assert texts(batch, "Deliverable") == [whole, "Un autre lieu", "Un lieu"]


@pytest.mark.parametrize(
    ("place", "text"), [(815.0, "Ville fictive - direction"), (780.0, "Projet 07_FdR_v0.2_maj le 08/12/2015")]
)
def test_the_footer_of_two_columns_is_in_no_section(tmp_path: Path, place: float, text: str) -> None:
    left = "\n".join(["Objectifs du projet", "", *[f"- but numéro {n}" for n in "abcdefgh"]])
    right = "\n".join(["Livrables", "", *[f"- livrable {n}" for n in "abcdefgh"]])
    page = [(60.0, 60.0, "Projet 07 : « Jardins » Feuille de route"), *typeset(left)[0], *typeset(right, left=320)[0]]
    batch = read(tmp_path, "fiche.pdf", pdf([*page, (60.0, place, text)]))
    assert (len(texts(batch, "Objective")), len(texts(batch, "Deliverable"))) == (8, 8)
    assert [item.text for item in batch.not_understood] == ([text] if "_" not in text else [])


def test_a_footer_of_a_docx_is_no_passage(tmp_path: Path) -> None:
    made = docx.Document(io.BytesIO(document("Projet 07 : Jardins\n\nRisques\n- Gel")))
    made.sections[0].footer.paragraphs[0].text = "Ville fictive"
    batch = read(tmp_path, "fiche.docx", saved(made))
    assert (texts(batch, "Risk"), [item.text for item in batch.not_understood]) == (["Gel"], ["Ville fictive"])


def zipped(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/") + ".xml", content)
    return out.getvalue()


def test_what_is_no_sheet_is_refused(tmp_path: Path) -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
    cases = {
        "a.pdf": (b"%PDF-1.4 nothing", "can't be opened"),
        "b.docx": (b"PK\x03\x04 nothing", "damaged"),
        "c.docx": (zipped(word__document=bomb), "declares XML entities"),
        "d.docx": (zipped(word__document=b"<a/>"), "not a DOCX"),
        "e.docx": (zipped(word__document=b" " * 120_000_000), "unpacks to more than"),
        "f.doc": (b"\xd0\xcf\x11\xe0\xa1\xb1", "not a text, PDF or DOCX"),
        "g.rtf": (b"{\\rtf1 x}", "not a text, PDF or DOCX"),
    }
    for name, (data, sentence) in cases.items():
        with pytest.raises(DataRefused, match=sentence):
            read(tmp_path, name, data)


@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_mutated_documents_give_records_or_one_sentence(tmp_path: Path, kind: str) -> None:
    whole = document(SHEET) if kind == "docx" else pdf(*typeset(SHEET))
    chance = random.Random(7)
    for _ in range(150):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 8)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        with suppress(PacteError):
            assert read(
                tmp_path, f"fiche.{kind}", bytes(data[: chance.choice([len(data), len(data), chance.randrange(len(data))])])
            ).files


def test_places_of_a_text_file_are_its_lines() -> None:
    assert str(open_text(Path("f.txt"), b"a\nb").where("f.txt", 2)) == "f.txt:2"
