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
SPORTS = ("pêche", "tennis", "voile", "judo", "danse", "chorale", "lecture", "théâtre", "échecs", "rugby", "escrime", "boxe")


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


def choose(page: Page, *paths: Path) -> None:
    with page.expect_file_chooser() as chooser:
        page.click("#data-upload")
    chooser.value.set_files([str(path) for path in paths])
    for path in paths:
        expect(page.locator("#data-chosen")).to_contain_text(path.name)


def compare(page: Page, *paths: Path) -> None:
    choose(page, *paths)
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


def actors(path: Path, *names: str) -> Path:
    """Write a table of actors, identified by their place in it."""
    rows = [f"actor:{path.parent.name}:{at},{name},association" for at, name in enumerate(names, 10)]
    path.write_text("\n".join(["id,name,kind", *rows]), encoding="utf-8")
    return path


def test_a_difference_goes_away_with_the_files_and_settings_it_is_of(home: Path, page: Page, tmp_path: Path) -> None:
    outcome, confirm = page.locator("#data-outcome"), page.locator("#data-confirm")
    with served(home) as address:
        page.goto(f"{address}/donnees")
        compare(page, actors(tmp_path / "actors.csv", "Port de Sorbelle"))
        expect(outcome).to_contain_text("Port de Sorbelle")
        choose(page, actors(tmp_path / "actors.csv", "Port corrigé"))
        expect(outcome).to_be_empty()
        changes = (
            lambda: page.fill("#data-options", "programme=programme:x"),
            lambda: page.fill("#data-options", ""),
            lambda: page.get_by_label("Fichiers de graphe").check(),
            lambda: page.get_by_label("Classeurs et tables CSV").check(),
            lambda: page.fill("#data-source", "Autre nom"),
        )
        for change in changes:
            if page.get_by_label("Classeurs et tables CSV").is_checked() and not page.locator("#data-options").input_value():
                page.click("#data-compare")
                expect(confirm).to_be_enabled()
            change()
            expect(confirm).to_have_count(0)
        page.click("#data-compare")
        confirm.click()
        expect(outcome).to_contain_text("Le chargement est terminé : 1 ajoutés")
        expect(outcome).to_contain_text("Port corrigé")
        compare(page, actors(tmp_path / "actors.csv", "Port corrigé"))
        expect(outcome).to_contain_text("Tables « Autre nom »")
        expect(outcome).to_contain_text("Rien ne changera")


def test_tables_with_imposed_names_are_named_and_a_mapping_goes_with_its_file(home: Path, page: Page, tmp_path: Path) -> None:
    people, other = tmp_path / "people.csv", tmp_path / "partenaires.csv"
    people.write_text("id,name\nperson:nom:1,Zoé\n", encoding="utf-8")
    other.write_text("Raison sociale;Commune\nCCI;Valombre\n", encoding="utf-8")
    both = (actors(tmp_path / "actors.csv", "Port de Sorbelle"), people)
    field = page.locator("#data-source")
    with served(home) as address:
        page.goto(f"{address}/donnees")
        page.locator("#data-form summary").click()
        page.click("#data-propose")
        expect(page.locator("#data-proposed")).to_contain_text("Aucun fichier n'a été choisi.")
        expect(field).to_be_hidden()
        compare(page, *both)
        expect(field).to_have_attribute("placeholder", "actors-people")
        expect(page.locator("#data-outcome")).to_contain_text("Sans nom donné, cette source s'appelle « actors-people »")
        field.fill("Pacte nord")
        page.click("#data-compare")
        expect(page.locator(".data-source")).to_have_text("Tables « Pacte nord »")

        choose(page, other)
        expect(field).to_be_hidden()
        page.click("#data-compare")
        expect(page.locator("#data-outcome")).to_contain_text("Proposer une correspondance")
        page.click("#data-propose")
        expect(page.locator("#data-mapping")).to_have_value(re.compile("Raison sociale"))
        page.click("#data-compare")
        expect(page.locator(".data-source")).to_have_text("partenaires")
        choose(page, *both)
        expect(page.locator("#data-mapping")).to_have_value("")
        expect(field).to_have_value("Pacte nord")


def test_duplicates_are_paged_and_the_focus_and_what_is_typed_stay(home: Path, page: Page, tmp_path: Path) -> None:
    names = [name for word in SPORTS for name in (f"Club de {word} d'Ambreval", f"CLUB DE {word.upper()} D'AMBREVAL")]
    review, pairs = page.locator("#data-review"), page.locator("#data-pairs > .data-pair")
    with served(home) as address:
        page.goto(f"{address}/donnees")
        compare(page, actors(tmp_path / "actors.csv", *names))
        page.locator("#data-confirm").click()
        expect(page.locator("#data-outcome")).to_contain_text("Le chargement est terminé")
        expect(review).to_contain_text("Paires 1 à 10")
        page.evaluate(
            "window.told = []; new MutationObserver(() => told.push(document.getElementById('data-deciding').textContent))"
            ".observe(document.getElementById('data-deciding'), { childList: true })"
        )
        page.get_by_role("button", name="Voir les suivantes").press("Enter")
        expect(review).to_contain_text("Paires 11 à")
        expect(pairs.nth(0)).to_be_focused()
        assert page.evaluate("window.told") == ["Un instant…", ""]

        kept = pairs.nth(2).get_attribute("aria-label")
        pairs.nth(2).locator("input").fill("Un nom à moi")
        pairs.nth(0).focus()
        page.keyboard.press("x")
        expect(review).to_contain_text("Décision gardée.")
        expect(pairs.nth(0)).to_be_focused()
        expect(pairs.nth(1)).to_have_attribute("aria-label", str(kept))
        expect(pairs.nth(1).locator("input")).to_have_value("Un nom à moi")
        pairs.nth(0).get_by_role("button", name="Garder celle de gauche").click()
        expect(page.locator(".data-merges li")).to_have_count(1)
        expect(pairs.nth(0)).to_be_focused()
        page.get_by_role("button", name="Annuler la fusion").click()
        expect(review).to_contain_text("Fusion annulée.")
        expect(review.locator(".notice").first).to_be_focused()
        if folder := os.environ.get("PACTE_SHOTS"):
            page.screenshot(path=f"{folder}/data-review.png")


def test_the_upload_zone_shows_the_focus_and_wide_tables_scroll_in_their_frame(home: Path, page: Page) -> None:
    with served(home) as address:
        page.set_viewport_size({"width": 800, "height": 700})
        page.goto(f"{address}/donnees")
        expect(page.locator("#data-review")).not_to_contain_text("Recherche des doublons")
        page.locator("#data-upload input[type=file]").focus()
        zone = page.locator(".data-upload > div")
        assert zone.evaluate("zone => getComputedStyle(zone).outlineStyle") == "solid"
        frame = page.locator(".data-sources .data-table")
        frame.focus()
        wide = frame.evaluate(
            "frame => [frame.scrollWidth > frame.clientWidth, getComputedStyle(frame).backgroundImage !== 'none']"
        )
        assert wide == [True, True]
        form, cards = (page.locator(name).bounding_box() for name in ("#data-form", ".data-cards"))
        assert form is not None
        assert cards is not None
        assert cards["y"] - form["y"] - form["height"] >= 8
