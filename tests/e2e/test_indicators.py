"""The indicators in a real browser: drawn, said in words, given as tables, with their method."""

from __future__ import annotations

import re
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def opened(page: Page, app_url: str, **state: str) -> Page:
    page.goto(f"{app_url}/indicateurs?{urlencode({'programme': 'programme:fictif', **state})}")
    page.wait_for_selector("html[data-page]:not([data-busy])")
    page.wait_for_selector(".chart-pull .scatterlayer .point")
    return page


def test_the_chart_and_its_table_say_the_same(page: Page, app_url: str) -> None:
    opened(page, app_url)
    points = 20 + 64
    expect(page.locator(".chart-pull .scatterlayer .trace:not(:has(path.js-line)) .point")).to_have_count(points)
    for name in ("Moteurs", "Relais", "Entraînés", "Autonomes"):
        expect(page.locator(".chart-pull").get_by_text(name)).to_be_visible()
    assert int(page.locator("#indicators-pull [aria-rowcount]").first.get_attribute("aria-rowcount") or 0) == points + 1


def test_a_point_says_its_sentence(page: Page, app_url: str) -> None:
    opened(page, app_url)
    page.locator(".chart-pull .scatterlayer .point").first.hover(force=True)
    expect(page.locator(".chart-pull .hoverlayer")).to_contain_text("Motricité")


def test_labels_of_the_chart_do_not_cover_one_another(page: Page, app_url: str) -> None:
    opened(page, app_url)
    boxes = page.evaluate(
        """Array.from(document.querySelectorAll('.chart-pull .annotation-text')).map(e => e.getBoundingClientRect())
             .map(b => [b.left, b.top, b.right, b.bottom])"""
    )
    assert len(boxes) > 8
    for place, one in enumerate(boxes):
        for other in boxes[place + 1 :]:
            apart = one[2] <= other[0] + 2 or other[2] <= one[0] + 2 or one[3] <= other[1] + 3 or other[3] <= one[1] + 3
            assert apart, (one, other)


def test_the_bar_shows_a_third_the_unknown_and_the_verdict(page: Page, app_url: str) -> None:
    opened(page, app_url)
    chart = page.locator(".chart-declination")
    expect(chart).to_contain_text("un tiers")
    expect(chart).to_contain_text("atteint")
    expect(page.locator(".chart-declination pattern").first).to_be_attached()
    page.locator("section", has=page.locator("#declination")).get_by_text("Les chiffres en tableau").click()
    row = page.locator(".indicator table tbody tr").first
    expect(row).to_contain_text("Toutes échelles")


def test_the_matrix_has_its_three_signs_in_words_too(page: Page, app_url: str) -> None:
    opened(page, app_url, lang="en")
    table = page.locator("table.matrix").first
    for words in ("declined at this scale", "seen through nesting", "unknown"):
        expect(table.get_by_text(words, exact=True).first).to_be_attached()
    expect(table.locator("tbody tr")).to_have_count(20)


def test_the_method_is_one_click_away(page: Page, app_url: str) -> None:
    opened(page, app_url, lang="en")
    fold = page.locator("details.method").first
    expect(fold.locator("dl")).to_be_hidden()
    fold.locator("summary").click()
    for words in ("Definition", "Formula", "Rasmussen 1956", "Transmission rate", "What an unknown does"):
        expect(fold).to_contain_text(words)


def test_two_dates_give_two_answers(page: Page, app_url: str) -> None:
    opened(page, app_url, date="2030-01-01")
    before = page.locator(".indicator-sentences").all_inner_texts()
    opened(page, app_url, date="2031-01-01")
    assert page.locator(".indicator-sentences").all_inner_texts() != before


def test_the_attested_case_says_what_it_does_not_know(page: Page, app_url: str) -> None:
    opened(page, app_url, programme="programme:sdeirm", lang="en")
    expect(page.locator(".indicator").nth(1)).to_contain_text("undetermined")
    expect(page.locator(".indicator-missing").first).to_contain_text("links without direction")


def test_money_and_places_are_drawn_and_told_in_tables(page: Page, app_url: str) -> None:
    opened(page, app_url, lang="en")
    for key, words in (
        ("leverage", "from other funders"),
        ("savings", "Pooling saves"),
        ("coverage", "of the inhabitants live where a project is declined"),
        ("equity", "Gini index"),
    ):
        section = page.locator("section", has=page.locator(f"#{key}"))
        expect(section).to_contain_text(words)
        expect(section.locator(".js-plotly-plot").first).to_be_visible()
        section.locator("details.fold:not(.method) summary").first.click()
        expect(section.locator("table tbody tr").first).to_be_visible()
        assert "_" not in section.locator(".indicator-missing").inner_text(), "a key in place of words"


def test_ranks_stand_with_their_intervals(page: Page, app_url: str) -> None:
    opened(page, app_url)
    first = page.locator("#indicators-pull .ag-center-cols-container [col-id=c5]").first
    expect(first).to_contain_text(re.compile(r"^\s*1 \(1–"))
    expect(page.locator(".indicator").first).to_contain_text("jeux d'hypothèses")


def test_the_whole_method_is_a_link_away(page: Page, app_url: str) -> None:
    opened(page, app_url, lang="en")
    fold = page.locator("details.method").first
    fold.locator("summary").click()
    fold.get_by_text("Read the whole method").click()
    page.wait_for_url("**/methodologie*")
    page.wait_for_selector("html[data-page]:not([data-busy])")
    expect(page.locator("#linkages")).to_be_visible()
    expect(page.locator(".method-card .formula mjx-container").first).to_be_visible()
