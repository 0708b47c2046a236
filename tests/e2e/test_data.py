"""The page of data in a browser: a workbook with planted errors and duplicates, seen, corrected, loaded; a merge undone."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import xlsxwriter
from playwright.sync_api import Page, expect

from pacte_graph.settings import Settings
from pacte_graph.store import life

from .conftest import served

pytestmark = pytest.mark.browser

HEADS = {
    "programmes": ["id", "name"],
    "projects": ["id", "number", "name", "programme"],
    "actors": ["id", "name", "kind", "town", "programme"],
    "participations": ["source", "target", "role", "amount"],
}
SCHEME = "programme:essai"
ACTORS = [
    ("actor:essai:1", "Université de Sorbelle"), ("actor:essai:2", "UNIVERSITE DE SORBELLE"),
    ("actor:essai:3", "Chambre de commerce de Valombre"), ("actor:essai:4", "Chambre de Commerce de Valombre"),
    ("actor:essai:5", "Association des Trois Ponts"), ("actor:essai:6", "Association des trois-ponts"), ("actor:essai:7", "Mairie de Bourg-Fictif"),
]  # fmt: skip


def workbook(path: Path, *, wrong: bool, whole: bool = False) -> Path:
    """Write a small scheme; ``wrong`` plants five errors in it; ``whole``: none of them a link to nowhere."""
    rows: dict[str, list[list[object]]] = {
        "programmes": [[SCHEME, "Schéma d'essai"]],
        "projects": [["project:essai:1", 1, "Un", SCHEME], ["project:essai:2", "deux" if wrong else 2, "Deux", SCHEME]],
        "actors": [
            [id_, name, "université" if wrong and id_.endswith("7") else "association", "Sorbelle", SCHEME]
            for id_, name in ACTORS
        ],
        "participations": [
            ["actor:essai:1", "project:essai:1", "chef" if wrong else "lead", 1000],
            [
                "actor:essai:2",
                "project:essai:9" if wrong and not whole else "project:essai:1" if wrong else "project:essai:2",
                "partner",
                500,
            ],
            ["actor:essai:3", "project:essai:1", "funder", "beaucoup" if wrong else 250],
        ],
    }
    with xlsxwriter.Workbook(str(path)) as book:
        for name, head in HEADS.items():
            sheet = book.add_worksheet(name)
            for place, row in enumerate([head, *rows[name]]):
                sheet.write_row(place, 0, row)
    return path


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    """Return an empty home."""
    home = Path(tempfile.mkdtemp(prefix="pacte-"))
    try:
        yield home
    finally:
        life.stop(Settings(home=home))
        shutil.rmtree(home, ignore_errors=True)


def choose(page: Page, path: Path) -> None:
    with page.expect_file_chooser() as chooser:
        page.click("#data-upload")
    chooser.value.set_files(str(path))
    expect(page.locator("#data-chosen")).to_contain_text(path.name)


def compare(page: Page, path: Path) -> None:
    choose(page, path)
    page.click("#data-compare")
    expect(page.locator("#data-difference")).to_be_visible()


def test_a_workbook_is_seen_corrected_loaded_and_its_duplicates_reviewed(home: Path, page: Page, tmp_path: Path) -> None:
    with served(home) as address:
        page.goto(f"{address}/donnees")
        expect(page.get_by_text("Rien n'est encore chargé.").first).to_be_visible()
        choose(page, workbook(tmp_path / "schema.xlsx", wrong=True))
        page.click("#data-compare")
        outcome = page.locator("#data-outcome")
        for told in ("project:essai:9", "projects!B3", "participations!C2", "participations!D4", "actors!C8"):
            expect(outcome).to_contain_text(told)
        page.locator("#data-again").click()
        expect(outcome).to_be_empty()

        compare(page, workbook(tmp_path / "schema.xlsx", wrong=True, whole=True))
        for told in ("Lignes refusées (4)", "projects!B3", "deux", "participations!C2", "participations!D4", "actors!C8"):
            expect(outcome).to_contain_text(told)
        with page.expect_download() as download:
            page.get_by_text("Télécharger la liste (CSV)").click()
        text = Path(download.value.path()).read_text(encoding="utf-8-sig")
        assert len(text.strip().splitlines()) >= 5
        page.get_by_role("button", name="Abandonner").click()
        expect(outcome).to_be_empty()

        compare(page, workbook(tmp_path / "schema.xlsx", wrong=False))
        expect(outcome).not_to_contain_text("Lignes refusées")
        expect(outcome).to_contain_text("Doublons probables (3)")
        if folder := os.environ.get("PACTE_SHOTS"):
            page.screenshot(path=f"{folder}/data-difference.png")
        page.locator("#data-confirm").click()
        expect(outcome).to_contain_text("Le chargement est terminé")

        pairs = page.locator("#data-pairs > .data-pair")
        expect(pairs).to_have_count(3)
        pairs.nth(0).focus()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("x")
        expect(pairs).to_have_count(2)
        expect(page.locator("#data-review")).to_contain_text("Décision gardée.")
        pairs.nth(0).locator("input").fill("Le nom choisi")
        pairs.nth(0).get_by_role("button", name="Garder celle de gauche").click()
        expect(pairs).to_have_count(1)
        expect(page.locator(".data-merges li")).to_have_count(1)
        page.goto(f"{address}/requetes?programme={SCHEME}")
        page.goto(f"{address}/donnees?programme={SCHEME}&lang=en")
        expect(page.locator("h1")).to_have_text("Data")
        page.get_by_role("button", name="Undo the merge").click()
        expect(page.locator("#data-review")).to_contain_text("Merge undone.")
        expect(pairs).to_have_count(2)
        expect(page.locator(".data-sources")).to_contain_text("schema.xlsx")
        expect(page.locator(".data-runs")).to_contain_text("complete")


def test_a_file_that_is_no_workbook_is_refused_in_a_sentence(home: Path, page: Page, tmp_path: Path) -> None:
    path = tmp_path / "faux.xlsx"
    path.write_bytes(b"PK\x03\x04 nothing")
    with served(home) as address:
        page.goto(f"{address}/donnees")
        choose(page, path)
        page.click("#data-compare")
        expect(page.locator("#data-outcome [role=alert]")).to_be_visible()
        expect(page.locator("#data-outcome")).to_contain_text("faux.xlsx")


def test_a_table_of_another_layout_gets_a_mapping(home: Path, page: Page, tmp_path: Path) -> None:
    path = tmp_path / "acteurs.csv"
    path.write_text("Raison sociale;Commune\nCCI de Valombre;Valombre\n", encoding="utf-8")
    with served(home) as address:
        page.goto(f"{address}/donnees")
        choose(page, path)
        page.locator("#data-form summary").click()
        page.click("#data-propose")
        expect(page.locator("#data-mapping")).to_have_value(re.compile(r"\[\[tables\]\]"))
