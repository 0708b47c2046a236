"""The explorer in a real browser, on both built-in cases: what each of its users does, and what they take away."""

from __future__ import annotations

import re
import shutil
import struct
import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

TOULOUSE, FICTITIOUS = "programme:sdeirm", "programme:fictif"
CASES = (TOULOUSE, FICTITIOUS)
SIZES = ((1280, 720), (1920, 1080))
PACT = "project:sdeirm:3"
DRAWN = """() => { const cy = window.cy; return cy && cy.container() && cy.container().closest('#explorer')
  && cy.nodes('[!band]').length > 0; }"""


def until(page: Page, script: str, argument: Any = None, *, seconds: float = 15) -> None:
    """Wait until ``script`` is true. (Playwright's own wait evaluates strings, which the page's policy rightly refuses.)"""
    for _ in range(round(seconds * 10)):
        if page.evaluate(script, argument):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"never true: {script} with {argument!r} at {page.url}")


def opened(page: Page, app_url: str, **state: str) -> Page:
    page.goto(f"{app_url}/explorateur?{urlencode(state)}")
    until(page, DRAWN)
    page.wait_for_timeout(500)  # the camera's own animation
    return page


def ids(page: Page) -> list[str]:
    return sorted(page.evaluate("window.cy.nodes('[!band]').map(node => node.id())"))


def state(page: Page) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(page.url).query))


def do(page: Page, verb: str, subject: str | None = None, *, inside: str = "#explorer") -> None:
    page.locator(f'{inside} [data-do="{verb}"]' + (f'[data-id="{subject}"]' if subject is not None else "")).first.click()


def spot(page: Page, node: str) -> tuple[float, float]:
    found = page.evaluate(
        """id => { const place = window.cy.getElementById(id).renderedPosition();
                   const box = window.cy.container().getBoundingClientRect(); return [place.x + box.x, place.y + box.y]; }""",
        node,
    )
    return found[0], found[1]


def settles(page: Page, script: str, argument: Any = None) -> None:
    until(page, script, argument)
    page.wait_for_timeout(450)


def title(page: Page) -> str:
    return page.locator("#explorer-card-title").inner_text()


SCREENS = [
    *((programme, layout, "fr", size) for programme in CASES for layout in ("force", "nesting", "circles") for size in SIZES),
    *((programme, "nesting", "en", SIZES[0]) for programme in CASES),
]


@pytest.mark.parametrize(("programme", "layout", "language", "size"), SCREENS)
def test_every_layout_fits_the_screen(
    page: Page, app_url: str, programme: str, layout: str, language: str, size: tuple[int, int], tmp_path: Path
) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    layers = "Project~Actor~Territory" if layout == "nesting" else "Project~Actor"
    opened(page, app_url, programme=programme, lang=language, layout=layout, layers=layers)
    page.screenshot(path=tmp_path / f"{programme.split(':')[1]}-{layout}-{language}-{size[0]}.png")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert page.evaluate("document.documentElement.scrollHeight <= window.innerHeight")
    frame = page.locator("#explorer-canvas").bounding_box()
    assert frame is not None
    assert frame["width"] > size[0] * 0.4
    assert frame["height"] > size[1] * 0.5
    outside = page.evaluate(
        """() => { const cy = window.cy; return cy.nodes('[!band]').filter(node => { const place = node.renderedPosition();
             return place.x < 0 || place.y < 0 || place.x > cy.width() || place.y > cy.height(); }).map(node => node.id()); }"""
    )
    assert outside == []
    parts = (".explorer-toolbar", ".explorer-side", ".explorer-centre", ".explorer-panel")
    boxes = [page.locator(part).bounding_box() for part in parts]
    assert all(box and box["x"] >= 0 and box["x"] + box["width"] <= size[0] + 1 for box in boxes)
    assert all(box and box["y"] + box["height"] <= size[1] + 1 for box in boxes)


def test_search_finds_whatever_the_accents_and_selects(page: Page, app_url: str) -> None:
    opened(page, app_url, programme=TOULOUSE, lang="fr")
    page.fill("#explorer-search", "PACTE térritorial")
    first = page.locator("#explorer-results button").first
    expect(first).to_contain_text("Pacte territorial")
    page.locator("#explorer-search").press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#explorer-card-title")).to_contain_text("Pacte territorial")
    expect(page.locator("#explorer-live")).to_contain_text("Sélection : Pacte territorial")
    settles(page, "() => document.activeElement.id === 'explorer-card-title'")
    settles(page, "id => new URLSearchParams(location.search).get('select') === id", PACT)
    x, y = spot(page, PACT)
    box = page.locator("#explorer-canvas").bounding_box()
    assert box is not None
    assert box["x"] < x < box["x"] + box["width"]
    assert box["y"] < y < box["y"] + box["height"]
    page.fill("#explorer-search", "zzzzz")
    expect(page.locator("#explorer-results")).to_contain_text("Rien ne correspond")


@pytest.mark.parametrize("programme", CASES)
def test_a_click_on_the_canvas_opens_the_card_with_its_sources_and_numbers(page: Page, app_url: str, programme: str) -> None:
    opened(page, app_url, programme=programme, lang="fr", layout="circles")
    node = page.evaluate("window.cy.nodes('[?short]').max(node => node.degree()).ele.id()")
    page.mouse.click(*spot(page, node))
    settles(page, "id => new URLSearchParams(location.search).get('select') === id", node)
    expect(page.locator("#explorer-card .explorer-kind")).to_contain_text("Projet, n°")
    expect(page.locator(".explorer-sources li").first).to_contain_text("ligne")
    expect(page.locator(".explorer-numbers li").nth(1)).to_be_attached()
    expect(page.locator(".explorer-links li").first).to_be_attached()


def test_a_link_says_its_direction_and_its_source(page: Page, app_url: str) -> None:
    opened(page, app_url, programme=FICTITIOUS, lang="en", layout="circles")
    link = page.evaluate("window.cy.edges()[0].id()")
    page.evaluate("id => { window.cy.getElementById(id).emit('tap'); }", link)
    settles(page, "id => new URLSearchParams(location.search).get('link') === id", link)
    expect(page.locator("#explorer-card")).to_contain_text("From")
    expect(page.locator(".explorer-sources li").first).to_contain_text("line")


def test_expand_hide_isolate_and_undo(page: Page, app_url: str) -> None:
    opened(page, app_url, programme=FICTITIOUS, lang="fr", layers="Project")
    before = ids(page)
    page.mouse.click(*spot(page, before[0]))
    expect(page.locator("#explorer-card [data-do=expand]")).to_be_visible()
    do(page, "expand")
    settles(page, "count => window.cy.nodes('[!band]').length > count", len(before))
    grown = ids(page)
    assert set(before) < set(grown)
    do(page, "focus")
    settles(page, "count => window.cy.nodes('[!band]').length !== count", len(grown))
    assert len(ids(page)) < len(grown)
    do(page, "unfocus")
    settles(page, "count => window.cy.nodes('[!band]').length >= count", len(before))
    do(page, "hide")
    settles(page, "id => window.cy.getElementById(id).length === 0", before[0])
    do(page, "undo")
    settles(page, "id => window.cy.getElementById(id).length === 1", before[0])
    do(page, "show-all")
    settles(page, "count => window.cy.nodes('[!band]').length === count", len(before))


def test_the_legend_filters_and_says_so(page: Page, app_url: str) -> None:
    opened(page, app_url, programme=FICTITIOUS, lang="fr")
    before = len(ids(page))
    row = page.locator(".explorer-legend-row", has_text="Collectivité territoriale")
    shown = int(row.locator(".explorer-legend-count").inner_text())
    assert row.get_attribute("aria-pressed") == "true"
    row.focus()
    page.keyboard.press("Enter")
    settles(page, "count => window.cy.nodes('[!band]').length === count", before - shown)
    assert row.get_attribute("aria-pressed") == "false"
    expect(page.locator("#explorer-captions")).to_contain_text("masqués")
    places = page.evaluate("window.cy.nodes('[!band]').map(node => [node.id(), node.position().x])")
    row.click()
    settles(page, "count => window.cy.nodes('[!band]').length === count", before)
    now = dict(page.evaluate("window.cy.nodes('[!band]').map(node => [node.id(), node.position().x])"))
    assert all(abs(now[name] - x) < 0.2 for name, x in places)


def test_all_shortest_paths_are_drawn_and_written(page: Page, app_url: str) -> None:
    opened(page, app_url, programme=FICTITIOUS, lang="fr", select="")
    ends = page.evaluate(
        """() => { const start = window.cy.nodes('[?short]')[0];
             const far = window.cy.nodes('[!short]').filter(node => start.neighborhood(node).length === 0 && node.degree() > 0);
             return [start.id(), far[0].id()]; }"""
    )
    page.mouse.click(*spot(page, ends[0]))
    expect(page.locator("#explorer-card [data-do=from]")).to_be_visible()
    do(page, "from")
    expect(page.locator("#explorer-notes")).to_contain_text("choisissez l'arrivée")
    page.get_by_role("tab", name=re.compile("Liste")).click()
    page.locator(f'#explorer-list [data-id="{ends[1]}"]').click()
    settles(page, "() => window.cy.edges().some(edge => edge.data('level') === 2)")
    expect(page.locator(".explorer-path")).to_contain_text("plus court")
    written = page.locator(".explorer-path li").first.locator("button")
    assert written.first.get_attribute("data-id") == ends[0]
    assert written.last.get_attribute("data-id") == ends[1]
    do(page, "no-path")
    settles(page, "() => !window.cy.edges().some(edge => edge.data('level') === 2)")


@pytest.mark.parametrize("programme", CASES)
def test_the_nesting_is_an_axis(page: Page, app_url: str, programme: str) -> None:
    opened(page, app_url, programme=programme, lang="fr")
    page.get_by_role("button", name="Poupées russes").click()
    settles(page, "() => window.cy.nodes('[band]').length > 1")
    headings = page.evaluate("window.cy.nodes('[band]').map(node => [node.position().x, node.data('label')])")
    names = [name for _, name in sorted(headings)]
    assert names.index("Métropole") < names.index("Région")
    assert "Territory" in state(page)["layers"]


def test_the_link_shared_shows_the_same(page: Page, app_url: str) -> None:
    opened(page, app_url, programme=FICTITIOUS, lang="fr")
    page.locator(".explorer-legend-row", has_text="Association").click()
    settles(page, "() => location.search.includes('off=')")
    do(page, "layer", "Territory")
    settles(page, "() => location.search.includes('Territory')")
    before = ids(page)
    page.reload()
    until(page, DRAWN)
    assert ids(page) == before
    page.go_back()
    settles(page, "() => !location.search.includes('Territory')")
    settles(page, "count => window.cy.nodes('[!band]').length < count", len(before))
    page.go_forward()
    settles(page, "count => window.cy.nodes('[!band]').length === count", len(before))
    assert ids(page) == before


def test_a_move_is_kept_and_moves_nothing_else(page: Page, app_url: str) -> None:
    opened(page, app_url, programme=FICTITIOUS, lang="fr")
    node = ids(page)[-1]
    places = dict(page.evaluate("window.cy.nodes('[!band]').map(node => [node.id(), node.position().x])"))
    x, y = spot(page, node)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 30, y + 20, steps=6)
    page.mouse.up()
    settles(page, "() => location.search.includes('pos=')")
    now = dict(page.evaluate("window.cy.nodes('[!band]').map(node => [node.id(), node.position().x])"))
    assert now[node] > places[node] + 5
    assert all(abs(now[name] - place) < 0.2 for name, place in places.items() if name != node)


def test_the_list_walks_from_neighbour_to_neighbour_without_a_mouse(page: Page, app_url: str) -> None:
    opened(page, app_url, programme=FICTITIOUS, lang="fr")
    tab = page.get_by_role("tab", name=re.compile("Liste"))
    tab.focus()
    page.keyboard.press("Enter")
    rows = page.locator("#explorer-list tbody tr")
    expect(rows).to_have_count(len(ids(page)))
    rows.first.locator("button").focus()
    page.keyboard.press("Enter")
    settles(page, "() => document.activeElement.id === 'explorer-card-title'")
    first = title(page)
    neighbour = page.locator('.explorer-links [data-do="select"]').first
    neighbour.focus()
    page.keyboard.press("Enter")
    settles(page, "first => document.getElementById('explorer-card-title').textContent !== first", first)
    expect(page.locator("#explorer-live")).to_contain_text(title(page))


def test_an_unknown_programme_is_a_sentence(page: Page, app_url: str) -> None:
    page.goto(f"{app_url}/explorateur?{urlencode({'programme': 'programme:nobody', 'lang': 'fr'})}")
    expect(page.locator("main")).to_contain_text("« programme:nobody » n'est pas dans cette base")


def test_without_a_programme_the_first_one_opens_and_the_address_says_so(page: Page, app_url: str) -> None:
    opened(page, app_url)
    until(page, "() => location.search.includes('programme=')")
    assert state(page)["programme"] == TOULOUSE


@pytest.mark.parametrize("programme", CASES)
@pytest.mark.parametrize("kind", ["SVG", "PDF", "PNG"])
def test_the_figure_is_what_is_on_screen(page: Page, app_url: str, programme: str, kind: str, tmp_path: Path) -> None:
    opened(page, app_url, programme=programme, lang="fr")
    page.click("#explorer-figure-open")
    page.fill("#explorer-figure-title", "Réseau d'été")
    page.fill("#explorer-figure-width", "200")
    page.fill("#explorer-figure-height", "125")
    page.fill("#explorer-figure-dpi", "150")
    page.locator("#explorer-figure-format label", has_text=kind).click()
    with page.expect_download() as download:
        page.click("#explorer-figure-download")
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    content = path.read_bytes()
    if kind == "PNG":
        assert content.startswith(b"\x89PNG")
        assert struct.unpack(">II", content[16:24]) == (1181, 738)
        assert int.from_bytes(content[content.index(b"pHYs") + 4 :][:4]) == pytest.approx(150 / 0.0254, abs=1)
    elif kind == "SVG":
        assert "Réseau d'été" in content.decode()
        assert content.count(b"<text") > len(ids(page)) / 4
    else:
        assert content.startswith(b"%PDF-")
        _check_pdf(path)


def _check_pdf(path: Path) -> None:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext (poppler-utils) is not installed: the PDF's text can't be read back")
    text = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, text=True, check=True).stdout
    assert "Réseau d'été" in text
    assert "Source" in text


def test_the_recipe_is_taken_away_too(page: Page, app_url: str, tmp_path: Path) -> None:
    opened(page, app_url, programme=FICTITIOUS, lang="en", layout="circles")
    page.click("#explorer-figure-open")
    with page.expect_download() as download:
        page.click("#explorer-recipe-download")
    path = tmp_path / "recipe.yaml"
    download.value.save_as(path)
    assert "layout: circles" in path.read_text(encoding="utf-8")
    page.fill("#explorer-figure-width", "3")
    page.click("#explorer-figure-download")
    expect(page.locator("#explorer-figure-refused")).to_contain_text("A figure is 40 to")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_nothing_serious_for_assistive_techniques(page: Page, app_url: str, language: str) -> None:
    opened(page, app_url, programme=FICTITIOUS, lang=language, select="", layers="Project~Actor~Territory~Person")
    page.mouse.click(*spot(page, ids(page)[-1]))
    page.wait_for_timeout(600)
    for open_part in (None, "[role=tab]:nth-of-type(2)", "#explorer-figure-open"):
        if open_part:
            page.locator(f".explorer {open_part}" if open_part.startswith("[") else open_part).click()
            page.wait_for_timeout(500)
        found = Axe().run(page).response["violations"]
        serious = [(item["id"], [node["target"] for node in item["nodes"]][:3]) for item in found]
        assert [item for item, raw in zip(serious, found, strict=True) if raw["impact"] in {"serious", "critical"}] == []


def test_switching_language_keeps_what_is_shown(page: Page, app_url: str) -> None:
    opened(page, app_url, programme=FICTITIOUS, lang="fr", layout="circles")
    page.locator(".explorer-legend-row", has_text="Association").click()
    settles(page, "() => location.search.includes('off=')")
    before = ids(page)
    page.locator('[data-lang="en"]').click()
    expect(page.get_by_role("tab", name="Card")).to_be_visible()
    until(page, DRAWN)
    assert ids(page) == before
    assert state(page)["off"] == "association"
    expect(page.locator("#explorer-live")).to_contain_text("shown")


def test_the_rows_of_a_saved_query_stand_out_on_the_graph(page: Page, app_url: str) -> None:
    query = {"q": "actors-within-two-steps", "p.project": "project:fictif:3"}
    opened(page, app_url, programme=FICTITIOUS, lang="fr", **query)
    expect(page.locator("#explorer-notes")).to_contain_text("en évidence")
    marked = page.evaluate("window.cy.nodes('[!band]').filter(node => node.data('level') === 2).map(node => node.id())")
    assert "project:fictif:3" in marked
    assert 1 < len(marked) < len(ids(page))
    do(page, "no-query")
    settles(page, "() => !window.cy.nodes('[!band]').some(node => node.data('level') === 2)")
    assert "q" not in state(page)
