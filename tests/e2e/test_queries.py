"""Saved queries in a real browser: a form, a table, files, the graph, and an address that asks again."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit
from urllib.request import urlopen

import pytest
from playwright.sync_api import Page, expect

from pacte_graph.queries import catalogue

pytestmark = pytest.mark.browser


def opened(page: Page, app_url: str, **state: str) -> Page:
    page.goto(f"{app_url}/requetes?{urlencode({'programme': 'programme:fictif', **state})}")
    page.wait_for_selector("html[data-page]:not([data-busy])")
    return page


def state(page: Page) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(page.url).query))


def test_a_question_with_a_parameter_is_asked_from_its_form(page: Page, app_url: str) -> None:
    opened(page, app_url)
    page.locator(".queries-list").get_by_text("Acteurs à deux pas d'un projet").click()
    expect(page.locator(".queries-main .notice")).to_contain_text("« Projet »")
    field = page.locator("input.queries-field-node, .queries-field-node input:visible").first
    field.click()
    field.fill("campus")
    page.get_by_role("option", name="3 · Campus").click()
    page.get_by_role("button", name="Poser la question").click()
    expect(page.locator(".queries-count")).to_contain_text("lignes en")
    assert state(page)["p.project"] == "project:fictif:3"
    expect(page.locator("#queries-answer")).to_be_focused()
    expect(page.locator("#queries-grid .ag-center-cols-container .ag-row").nth(3)).to_be_visible()
    address = page.url
    page.goto("about:blank")
    page.goto(address)
    expect(page.locator(".queries-count")).to_contain_text("lignes en")
    expect(page.locator("input.queries-field-node, .queries-field-node input:visible").first).to_have_value(
        "3 · Campus des matériaux clairs"
    )


def test_the_back_button_undoes_a_question(page: Page, app_url: str) -> None:
    opened(page, app_url, q="actors-in-most-projects")
    expect(page.locator(".queries-main h2")).to_have_text("Acteurs présents dans le plus de projets")
    page.locator(".queries-list").get_by_text("Projets qui partagent des acteurs").click()
    expect(page.locator(".queries-main h2")).to_have_text("Projets qui partagent des acteurs")
    page.go_back()
    expect(page.locator(".queries-main h2")).to_have_text("Acteurs présents dans le plus de projets")


def test_the_list_is_searched_without_accents(page: Page, app_url: str) -> None:
    opened(page, app_url)
    page.locator("#queries-filter").fill("declinaison echelle")
    expect(page.locator(".queries-list li:visible")).to_have_count(1)
    page.locator("#queries-filter").fill("zzz")
    expect(page.locator("#queries-no-match")).to_be_visible()


@pytest.mark.parametrize("name", sorted(catalogue()))
@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_question_opens_in_both_languages(page: Page, app_url: str, name: str, language: str) -> None:
    given = {"project": "project:fictif:3", "territory": "", "node": "project:fictif:3"}
    wanted = {f"p.{item.name}": given[item.name] for item in catalogue()[name].parameters if given.get(item.name)}
    opened(page, app_url, q=name, lang=language, **wanted)
    expect(page.locator(".queries-main h2")).to_have_text(catalogue()[name].title.get(language))
    expect(page.get_by_role("alert")).to_have_count(0)
    if page.locator(".queries-count").count() and page.locator("#queries-grid").count():
        expect(page.locator("#queries-grid .ag-row").first).to_be_attached()


def test_figures_are_written_in_the_readers_language(page: Page, app_url: str) -> None:
    opened(page, app_url, q="actors-in-most-projects")
    cell = page.locator('#queries-grid [col-id="c4"].ag-cell').first
    expect(cell).to_contain_text("\N{NARROW NO-BREAK SPACE}")
    opened(page, app_url, q="actors-in-most-projects", lang="en")
    expect(page.locator('#queries-grid [col-id="c4"].ag-cell').first).to_contain_text(",")


def test_a_small_limit_is_said(page: Page, app_url: str) -> None:
    opened(page, app_url, q="actors-in-most-projects", **{"p.limit": "5"})
    expect(page.locator(".queries-answer .notice-warning")).to_contain_text("coupée à 5 lignes")


def test_enter_as_soon_as_a_figure_is_typed_asks_with_that_figure(page: Page, app_url: str) -> None:
    opened(page, app_url, q="projects-sharing-actors")
    page.locator(".queries-field-integer input").first.evaluate(
        """field => {
          Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(field, '9999');
          field.dispatchEvent(new Event('input', {bubbles: true}));
          document.querySelector('#queries-run').click();
        }"""
    )
    expect(page.locator(".queries-answer .notice")).to_contain_text("Aucune ligne")
    assert state(page)["p.minimum"] == "9999"


def test_an_empty_answer_is_said(page: Page, app_url: str) -> None:
    opened(page, app_url, q="projects-sharing-actors", **{"p.minimum": "9999"})
    expect(page.locator(".queries-answer .notice")).to_contain_text("Aucune ligne")


def test_a_wrong_parameter_is_a_sentence(page: Page, app_url: str) -> None:
    opened(page, app_url, q="projects-sharing-actors", lang="en", **{"p.minimum": "many"})
    expect(page.get_by_role("alert")).to_contain_text("A value asked for doesn't fit")
    expect(page.get_by_role("alert")).to_contain_text("minimum")


@pytest.mark.parametrize("kind", ["CSV", "Excel", "JSON"])
def test_the_answer_is_taken_away(page: Page, app_url: str, kind: str, tmp_path: Path) -> None:
    opened(page, app_url, q="actors-in-most-projects")
    with page.expect_download() as waiting:
        page.locator(".queries-ways").get_by_text(kind, exact=True).click()
    path = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(path)
    if kind == "CSV":
        rows = list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"))))
        assert rows[0][0] == "Acteur"
        assert len(rows) > 20
    elif kind == "JSON":
        assert json.loads(path.read_text(encoding="utf-8"))["query"] == "actors-in-most-projects"
    else:
        assert "xl/workbook.xml" in zipfile.ZipFile(path).namelist()


def test_a_download_that_fails_is_a_sentence_with_its_status(app_url: str) -> None:
    from urllib.error import HTTPError

    with pytest.raises(HTTPError) as refused:
        urlopen(f"{app_url}/telecharger/no-such-query.csv?lang=en", timeout=20)
    assert refused.value.code == 404
    assert "There is no query no-such-query" in refused.value.read().decode()


def test_the_same_rows_on_the_graph(page: Page, app_url: str) -> None:
    opened(page, app_url, q="actors-within-two-steps", **{"p.project": "project:fictif:3"})
    page.get_by_text("Voir sur le graphe").click()
    page.wait_for_function("window.cy && window.cy.container() && window.cy.nodes('[!band]').length > 0")
    assert state(page)["q"] == "actors-within-two-steps"
    expect(page.locator("#explorer-notes")).to_contain_text("en évidence")


def test_the_cypher_is_there_to_read(page: Page, app_url: str) -> None:
    opened(page, app_url, q="actors-in-most-projects")
    page.get_by_text("La requête en Cypher").click()
    expect(page.locator("details pre")).to_contain_text("MATCH")
