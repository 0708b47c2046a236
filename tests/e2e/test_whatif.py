"""« Et si… ? » in a real browser: choose, press, read; the address says the same to whoever opens it."""

from __future__ import annotations

from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

BOTH = {"remove": "project:fictif:4,project:fictif:18", "delay": "project:fictif:3:6"}
INSIDE = """() => Array.from(document.querySelectorAll('.whatif *')).filter(e => {
  const box = e.getBoundingClientRect(), room = document.querySelector('.whatif').getBoundingClientRect();
  return box.width > 2 && box.right > room.right + 1 && !e.closest('.table-frame, .whatif-frame');
}).map(e => e.outerHTML.slice(0, 120))"""

PRESS_AT_ONCE = """([shown, button]) => {
  const watch = new MutationObserver(() => {
    if (!document.querySelector(shown)) return;
    watch.disconnect();
    document.querySelector(button).click();
  });
  watch.observe(document.body, {subtree: true, childList: true});
}"""


def opened(page: Page, app_url: str, **state: str) -> Page:
    page.goto(f"{app_url}/indicateurs?{urlencode({'programme': 'programme:fictif', **state})}")
    page.wait_for_selector("html[data-page]:not([data-busy])")
    page.wait_for_selector("#whatif-run")
    return page


def asked(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def choose(page: Page, label: str, typed: str, name: str) -> None:
    page.get_by_role("textbox", name=label).fill(typed)
    page.get_by_role("option", name=name).click()


def test_nothing_is_supposed_at_first(page: Page, app_url: str) -> None:
    opened(page, app_url)
    expect(page.locator(".whatif")).to_contain_text("sans rien écrire dans la base")
    expect(page.locator("#whatif-answer")).to_have_count(0)


def test_choose_press_read_and_share(page: Page, app_url: str) -> None:
    opened(page, app_url)
    choose(page, "Projets et acteurs à retirer", "renovation", "4 · Fabrique de la rénovation partagée")
    choose(page, "Projets et acteurs à retirer", "marque", "18 · Marque alimentaire des collines")
    page.keyboard.press("Escape")
    choose(page, "Projets à retarder", "campus", "3 · Campus des matériaux clairs")
    page.keyboard.press("Escape")
    page.get_by_label("Retard de « Campus des matériaux clairs », en mois").fill("9")
    page.get_by_role("button", name="Voir ce que cela change").click()
    answer = page.locator(".whatif")
    expect(answer).to_contain_text("3 acteurs n'auraient plus aucun projet")
    expect(page.locator("#whatif-answer")).to_be_focused()
    expect(page.locator("#whatif-answer")).to_be_in_viewport()
    expect(answer).to_contain_text("Première cohorte de l'accélérateur")
    expect(answer.locator(".whatif-touched")).to_contain_text("Ville de Carrebourg")
    assert asked(page)["remove"] == [BOTH["remove"]]
    assert asked(page)["delay"] == ["project:fictif:3:9"]
    said = page.locator(".whatif .indicator-sentences").inner_text()
    page.reload()
    page.wait_for_selector("#whatif-answer")
    assert page.locator(".whatif .indicator-sentences").inner_text() == said
    expect(page.get_by_label("Retard de « Campus des matériaux clairs », en mois")).to_have_value("9")


def test_the_keyboard_alone_is_enough(page: Page, app_url: str) -> None:
    opened(page, app_url, lang="en")
    page.get_by_role("textbox", name="Projects and actors to remove").focus()
    page.keyboard.type("eaux-vives")
    expect(page.locator(".mantine-MultiSelect-option").filter(visible=True)).to_have_text(["Pôle Eaux-Vives"])
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator(".whatif-list .mantine-Pill-label")).to_have_text(["Pôle Eaux-Vives"])
    page.keyboard.press("Escape")
    page.locator("#whatif-run").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".whatif .indicator-sentences")).to_contain_text("Without “Pôle Eaux-Vives”")
    assert asked(page)["remove"] == ["actor:fictif:Pôle Eaux-Vives"]


def test_a_press_as_soon_as_a_choice_shows_is_about_that_choice(page: Page, app_url: str) -> None:
    opened(page, app_url, lang="en")
    page.get_by_role("textbox", name="Projects and actors to remove").focus()
    page.keyboard.type("eaux-vives")
    expect(page.locator(".mantine-MultiSelect-option").filter(visible=True)).to_have_text(["Pôle Eaux-Vives"])
    page.evaluate(PRESS_AT_ONCE, [".whatif-list .mantine-Pill-label", "#whatif-run"])
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator(".whatif .indicator-sentences")).to_contain_text("Without “Pôle Eaux-Vives”")
    assert asked(page)["remove"] == ["actor:fictif:Pôle Eaux-Vives"]


@pytest.mark.parametrize(("lang", "title", "said"), [("fr", "Avant et après", "certain"), ("en", "Before and after", "certain")])
def test_a_link_opens_on_the_answer_in_both_languages(page: Page, app_url: str, lang: str, title: str, said: str) -> None:
    opened(page, app_url, lang=lang, **BOTH)
    expect(page.get_by_role("heading", name=title)).to_be_visible()
    expect(page.locator(".whatif")).to_contain_text(said)
    picture = page.locator(".whatif-picture")
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 600
    assert len(picture.get_attribute("alt") or "") > 60


def test_the_picture_is_shown_under_the_policy_that_readers_get(strict_page: Page, app_url: str) -> None:
    opened(strict_page, app_url, **BOTH)
    strict_page.locator(".whatif-picture").scroll_into_view_if_needed()
    expect(strict_page.locator(".whatif-picture")).to_have_js_property("complete", value=True)
    assert strict_page.locator(".whatif-picture").bounding_box()["height"] > 300  # type: ignore[index]


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("width", [800, 1440])
def test_nothing_sticks_out_and_assistive_techniques_read_it(page: Page, app_url: str, lang: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    opened(page, app_url, lang=lang, **BOTH)
    page.wait_for_timeout(400)
    assert page.evaluate(INSIDE) == []
    found = Axe().run(page, context=".whatif").response["violations"]
    assert not found, [(item["id"], [node["html"][:160] for node in item["nodes"][:3]]) for item in found]


def test_an_unknown_name_is_one_sentence_and_can_be_taken_out(page: Page, app_url: str) -> None:
    opened(page, app_url, remove="project:fictif:99")
    expect(page.locator(".whatif [role=alert]")).to_have_count(1)
    expect(page.locator(".whatif [role=alert]")).to_contain_text("n'existe pas dans cette base")
    page.get_by_role("link", name="Tout effacer").click()
    expect(page.locator(".whatif [role=alert]")).to_have_count(0)
    assert "remove" not in asked(page)


def test_a_large_network_is_searched_as_one_types(page: Page, app_url: str) -> None:
    opened(page, app_url, programme="programme:toulouse-h2020")
    for typed, name in (
        ("universite toulouse", "UNIVERSITE TOULOUSE 1 CAPITOLE"),
        ("airbus defence", "AIRBUS DEFENCE AND SPACE SAS"),
    ):
        page.get_by_role("textbox", name="Projets et acteurs à retirer").fill(typed)
        page.get_by_role("option", name=name, exact=True).click()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Voir ce que cela change").click()
    expect(page.locator(".whatif .indicator-sentences")).to_contain_text("ensemble, toutes choses égales")
    assert len(asked(page)["remove"][0].split(",")) == 2
    expect(page.locator(".whatif-frame + .indicator-note")).to_contain_text("ne sont pas dessinés")
