"""The start page in a real browser: what is loaded, and questions that lead somewhere."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def opened(page: Page, app_url: str, **state: str) -> Page:
    page.goto(f"{app_url}/?{urlencode(state)}")
    page.wait_for_selector("html[data-page]:not([data-busy])")
    return page


def test_the_cases_are_there_with_their_counts_and_sources(page: Page, app_url: str) -> None:
    opened(page, app_url)
    cards = page.locator(".home-card")
    expect(cards).to_have_count(3)
    invented = page.locator(".home-card", has=page.locator(".home-tag-invented"))
    expect(invented).to_have_count(1)
    expect(invented.locator(".home-counts")).to_contain_text("20")
    expect(invented.locator(".home-counts")).to_contain_text("projets")
    expect(page.locator(".plain-table tbody tr").nth(1)).to_be_attached()
    expect(page.locator(".plain-table tbody")).to_contain_text("terminé")


def test_a_question_opens_its_query(page: Page, app_url: str) -> None:
    opened(page, app_url, lang="en", programme="programme:fictif")
    page.get_by_text("Which projects share most actors?").click()
    expect(page.locator(".queries-main h2")).to_have_text("Projects that share actors")
    expect(page.locator(".queries-count")).to_contain_text("rows in")


def test_a_card_leads_to_its_own_programme(page: Page, app_url: str) -> None:
    opened(page, app_url, programme="programme:sdeirm")
    page.locator(".home-card", has=page.locator(".home-tag-invented")).get_by_text("Lire les indicateurs").click()
    expect(page.locator("h1")).to_have_text("Indicateurs")
    expect(page.locator("#shell-programme")).to_have_value("programme:fictif")


def test_an_indicator_question_goes_to_its_section(page: Page, app_url: str) -> None:
    opened(page, app_url, programme="programme:fictif")
    page.locator('.home-asks a[href$="#nesting"]').click()
    expect(page.locator("#nesting")).to_be_in_viewport()
