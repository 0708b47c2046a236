"""A real browser on the real app: served by ``pacte serve`` on an embedded engine that holds both built-in cases."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from pacte_graph.settings import Settings

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC_BROWSERS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--no-first-run",
    "--disable-component-update",
    "--disable-sync",
)
PACTE = (sys.executable, "-m", "pacte_graph")
LOCAL = ("127.0.0.1", "localhost", "::1", None)
PATIENCE = 20_000
"""Milliseconds a test waits for what a page should show: machines that run tests are slow at times."""

expect.set_options(timeout=PATIENCE)


def environment(home: Path) -> dict[str, str]:
    """Return an environment with a home of its own and no server of the user's."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("NEO4J_", "PACTE_"))}
    return {**kept, "PACTE_HOME": str(home), "PACTE_NO_BROWSER": "1", "PYTHONUNBUFFERED": "1"}


@pytest.fixture(scope="session")
def app_url(loaded: Settings) -> Iterator[str]:
    """Return the address of the app, without a final slash."""
    with served(loaded.home) as address:
        yield address


class served:  # noqa: N801 - used as ``with served(home) as address``
    """The app of a home, served by ``pacte serve`` in a process of its own until the block ends."""

    def __init__(self, home: Path) -> None:
        self.home = home

    def __enter__(self) -> str:
        command = [*PACTE, "serve", "--port", "0", "--no-browser"]
        self.process = subprocess.Popen(command, env=environment(self.home), stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        line = self.process.stdout.readline().strip()  # pytest's own time limit ends a server that never speaks
        assert line.startswith("http://127.0.0.1:"), line
        return line.rstrip("/")

    def __exit__(self, *_: object) -> None:
        self.process.send_signal(signal.SIGTERM)
        assert self.process.wait(timeout=60) == 0
        assert self.process.stdout is not None
        self.process.stdout.close()


def browser_path() -> str | None:
    """Return where a Chromium or Chrome is, or None."""
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    return found or next((path for path in MAC_BROWSERS if Path(path).exists()), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return the machine's Chromium or Chrome; skip where there is none."""
    path = browser_path()
    if path is None:
        pytest.skip("no Chromium or Chrome is installed on this machine")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Return a fresh page; the test fails on an error in the console or on any request that would leave this machine.

    The content security policy is off, for it forbids the tests' own scripts to be evaluated; ``strict_page`` keeps it on.
    """
    yield from watched(browser, bypass_csp=True)


@pytest.fixture
def strict_page(browser: Browser) -> Iterator[Page]:
    """Return a fresh page as ``page`` does, under the content security policy that readers get."""
    yield from watched(browser, bypass_csp=False)


def watched(browser: Browser, *, bypass_csp: bool) -> Iterator[Page]:
    """Yield a page in a context of its own, and fail afterwards if it complained or asked for anything elsewhere."""
    size = {"width": 1280, "height": 720}
    context = browser.new_context(viewport=size, accept_downloads=True, locale="fr-FR", bypass_csp=bypass_csp)
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    troubles: list[str] = []
    page.on("console", lambda message: troubles.append(f"console: {message.text}") if message.type == "error" else None)
    page.on("pageerror", lambda error: troubles.append(f"page: {error}"))
    page.on("request", lambda request: troubles.append(f"outside: {request.url}") if outside(request.url) else None)
    yield page
    context.close()
    assert not troubles, "\n".join(troubles)


def outside(url: str) -> bool:
    """Return True when a request would leave this machine (data: and blob: addresses don't)."""
    return urlsplit(url).scheme in ("http", "https", "ws", "wss") and urlsplit(url).hostname not in LOCAL
