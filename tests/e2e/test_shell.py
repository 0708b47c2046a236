"""The frame in a real browser: every page fits its screen, is read by assistive techniques, and its address is the truth."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit
from urllib.request import urlopen

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.e2e.conftest import PACTE, environment, served

pytestmark = pytest.mark.browser

PAGES = (
    "/",
    "/explorateur",
    "/indicateurs",
    "/requetes",
    "/requetes?q=actors-in-most-projects",
    "/donnees",
    "/carte",
    "/methodologie",
)
FICTITIOUS, TOULOUSE = "programme:fictif", "programme:sdeirm"
CUT = """() => {
  const names = ['.shell-header a', 'h1', 'h2', 'h3', '.button-main', '.button-plain', '.shell-banner'];
  return Array.from(document.querySelectorAll(names.join(','))).filter(e => {
    const box = e.getBoundingClientRect(), block = getComputedStyle(e).display !== 'inline';
    return box.width > 2 && (block && e.scrollWidth > e.clientWidth + 1 || box.right > innerWidth + 1);
  }).map(e => e.textContent);
}"""
OVERLAPS = """() => { const found = []; const parts = Array.from(document.querySelectorAll('.shell-header > *:not(.shell-skip)'));
  parts.forEach((a, i) => parts.slice(i + 1).forEach(b => { const x = a.getBoundingClientRect(), y = b.getBoundingClientRect();
    if (x.left < y.right - 1 && y.left < x.right - 1) found.push([a.className, b.className]); })); return found; }"""


def opened(page: Page, app_url: str, path: str, **state: str) -> Page:
    joint = "&" if "?" in path else "?"
    page.goto(f"{app_url}{path}{joint}{urlencode(state)}")
    page.wait_for_selector("html[data-page]:not([data-busy])")
    return page


def drawn(page: Page) -> None:
    page.wait_for_selector("html[data-page]:not([data-busy])")
    page.wait_for_timeout(150)


def state(page: Page) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(page.url).query))


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080)], ids=["720p", "1080p"])
@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_every_page_fits_the_screen(strict_page: Page, app_url: str, path: str, language: str, size: tuple[int, int]) -> None:
    page = strict_page
    page.set_viewport_size({"width": size[0], "height": size[1]})
    opened(page, app_url, path, lang=language, programme=FICTITIOUS)
    page.wait_for_timeout(600)
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    assert page.evaluate(
        "document.querySelector('.shell-content').scrollWidth <= document.querySelector('.shell-content').clientWidth"
    )
    assert page.evaluate(CUT) == []
    assert page.evaluate(OVERLAPS) == []
    assert page.locator("h1").count() == 1
    assert page.locator("main").count() == 1
    assert page.evaluate("document.documentElement.lang") == language
    assert page.title().endswith("– Pacte Graph")


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_nothing_serious_for_assistive_techniques(page: Page, app_url: str, path: str, language: str) -> None:
    opened(page, app_url, path, lang=language, programme=FICTITIOUS)
    page.wait_for_timeout(600)
    found = [item for item in Axe().run(page).response["violations"] if item["impact"] in ("serious", "critical")]
    assert not found, [(item["id"], [node["html"][:160] for node in item["nodes"][:3]]) for item in found]


def test_the_language_changes_without_losing_anything(page: Page, app_url: str) -> None:
    opened(page, app_url, "/requetes?q=actors-within-two-steps", programme=FICTITIOUS, **{"p.project": "project:fictif:3"})
    expect(page.locator("h1")).to_have_text("Requêtes")
    page.locator('[data-lang="en"]').click()
    expect(page.locator("h1")).to_have_text("Queries")
    drawn(page)
    assert state(page) == {"q": "actors-within-two-steps", "programme": FICTITIOUS, "p.project": "project:fictif:3", "lang": "en"}
    assert page.evaluate("document.documentElement.lang") == "en"
    expect(page.locator('[data-lang="en"]')).to_be_focused()
    page.go_back()
    expect(page.locator("h1")).to_have_text("Requêtes")


def test_programme_and_date_go_to_the_address_and_back(page: Page, app_url: str) -> None:
    opened(page, app_url, "/indicateurs", programme=FICTITIOUS)
    expect(page.locator(".shell-banner")).to_be_visible()
    page.locator("#shell-date").select_option("2030-01-01")
    page.wait_for_url(re.compile("date=2030-01-01"))
    expect(page.locator(".indicator-sentences").first).to_contain_text("01/01/2030")
    page.locator("#shell-programme").select_option(TOULOUSE)
    page.wait_for_url(re.compile("sdeirm"))
    expect(page.locator(".shell-banner")).to_have_count(0)
    drawn(page)
    assert state(page)["programme"] == TOULOUSE
    assert "date" not in state(page)
    page.go_back()
    expect(page.locator(".shell-banner")).to_be_visible()
    drawn(page)
    assert state(page)["date"] == "2030-01-01"
    assert page.locator("#shell-date").input_value() == "2030-01-01"


def test_the_menu_keeps_the_scope(page: Page, app_url: str) -> None:
    opened(page, app_url, "/", programme=FICTITIOUS, date="2031-01-01", lang="en")
    for name, path in (
        ("Explorer", "/explorateur"),
        ("Map", "/carte"),
        ("Indicators", "/indicateurs"),
        ("Queries", "/requetes"),
        ("Data", "/donnees"),
        ("Home", "/"),
    ):
        page.locator(".shell-nav").get_by_text(name, exact=True).click()
        page.wait_for_url(re.compile(re.escape(path)))
        expect(page.locator('.shell-nav [aria-current="page"]')).to_have_text(name)
        drawn(page)
        kept = state(page)
        assert (kept["programme"], kept["date"], kept["lang"]) == (FICTITIOUS, "2031-01-01", "en"), name


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("width", [800, 960, 1024, 1100])
def test_the_header_fits_a_narrow_window(page: Page, app_url: str, width: int, language: str) -> None:
    page.set_viewport_size({"width": width, "height": 700})
    opened(page, app_url, "/", programme=FICTITIOUS, lang=language)
    drawn(page)
    boxes = [page.locator(name).bounding_box() for name in (".shell-nav", ".shell-scope", ".shell-languages")]
    ends = [(box["x"], box["x"] + box["width"]) for box in boxes if box]
    assert len(ends) == 3
    assert ends[0][1] <= ends[1][0] < ends[1][1] <= ends[2][0] < ends[2][1] <= width
    nav = page.locator(".shell-nav")
    assert nav.evaluate("nav => nav.scrollWidth <= nav.clientWidth"), "a page of the menu is out of sight"


def test_the_keyboard_skips_to_the_content(page: Page, app_url: str) -> None:
    opened(page, app_url, "/")
    page.keyboard.press("Tab")
    expect(page.locator(".shell-skip")).to_be_focused()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


@pytest.mark.parametrize("path", ["/indicateurs", "/requetes", "/explorateur"])
def test_an_unknown_programme_is_a_sentence(page: Page, app_url: str, path: str) -> None:
    opened(page, app_url, path, programme="programme:gone")
    expect(page.get_by_role("alert")).to_contain_text("programme:gone")


def test_an_empty_database_says_what_to_do(page: Page, tmp_path: Path) -> None:
    import tempfile

    from pacte_graph.settings import Settings
    from pacte_graph.store import life

    home = Path(tempfile.mkdtemp(prefix="pacte-"))
    try:
        with served(home) as address:
            opened(page, address, "/")
            expect(page.locator(".home-todo")).to_contain_text("pacte demo")
            opened(page, address, "/indicateurs")
            expect(page.locator(".notice")).to_contain_text("La base est vide")
    finally:
        life.stop(Settings(home=home))


def test_a_port_that_is_taken_is_one_sentence(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        command = [*PACTE, "serve", "--port", str(port), "--no-browser"]
        done = subprocess.run(command, env=environment(tmp_path), capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 3
    assert done.stdout == ""
    assert f"Port {port} on 127.0.0.1 is taken" in done.stderr
    assert "--port 0" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_open_door_is_warned_of_and_ctrl_c_ends_it_cleanly(tmp_path: Path) -> None:
    # a shell's background job inherits “Ctrl-C is ignored”, and so would the server: it starts as from a terminal
    heard = "import os, signal, sys; signal.signal(signal.SIGINT, signal.SIG_DFL); os.execv(sys.argv[1], sys.argv[1:])"
    command = [sys.executable, "-c", heard, *PACTE, "serve", "--host", "0.0.0.0", "--port", "0", "--no-browser"]
    process = subprocess.Popen(command, env=environment(tmp_path), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    address = process.stdout.readline().strip()
    with urlopen(address, timeout=20) as answer:
        assert answer.status == 200
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=30)
    assert process.returncode == 0
    assert "can be reached by other machines" in said
    assert "Traceback" not in said
