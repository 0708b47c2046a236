"""The app: ``create_app`` builds all of it; nothing happens when this module is imported."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from dash import ClientsideFunction, Dash, Input, Output, set_props
from flask import has_request_context, request

from dashapp import data, explorer, home, indicators, methods, queries, security
from dashapp import map as map_page
from dashapp.address import decode
from dashapp.alerts import alert
from dashapp.i18n import LANGUAGES, say
from dashapp.pages import Page
from dashapp.services import Services
from dashapp.shell import draw, frame
from pacte_graph.errors import PacteError
from pacte_graph.settings import Settings

_LOG = logging.getLogger(__name__)
INDEX = """<!DOCTYPE html>
<html lang="{%lang%}">
    <head>
        <meta charset="UTF-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{%title%}</title>
        {%favicon%}
        {%css%}
    </head>
    <body>
        <noscript>{%no_script%}</noscript>
        <div id="react-entry-point"><div class="shell-waiting">{%loading%}</div></div>
        <footer class="shell-foot">{%config%}{%scripts%}{%renderer%}</footer>
    </body>
</html>"""


def pages() -> tuple[Page, ...]:
    """Return the pages in the order of the menu; the last ones are reached by links only."""
    return (home.PAGE, explorer.PAGE, map_page.PAGE, indicators.PAGE, queries.PAGE, data.PAGE, methods.PAGE)


class App(Dash):  # type: ignore[misc]
    """Dash, with a first page that already says which language it is in."""

    services: Services

    def interpolate_index(self, **parts: Any) -> str:
        """Return the index page for the request's language."""
        lang = decode(request.query_string.decode(errors="replace"))["lang"] if has_request_context() else LANGUAGES[0]
        told = {**parts, "lang": lang, "no_script": say("no_script", lang), "loading": say("loading", lang)}
        page = INDEX
        for name, text in told.items():
            page = page.replace("{%" + name + "%}", str(text))
        return page


def create_app(settings: Settings, *, read_only: bool = False) -> App:
    """Return the whole app on the database that ``settings`` name; it is opened when the first page asks for it.

    ``read_only``: pages offer nothing that writes. ``app.services.close()`` closes the store; ``app.server`` is the WSGI app.
    """
    services = Services(settings, read_only=read_only)
    app = App(
        "dashapp",
        pages_folder="",
        serve_locally=True,
        suppress_callback_exceptions=True,
        update_title=None,
        title=say("product", LANGUAGES[0]),
        external_scripts=[],
        external_stylesheets=[],
        on_error=_unexpected,
    )
    app.services = services
    app.layout = frame()
    shown = pages()
    _register(app, services, shown)
    for page in shown:
        page.register(app, services)
    security.protect(app)
    return app


def _unexpected(error: Exception) -> None:
    """Say on the page that something broke which no page foresaw; the traceback goes to the log."""
    _LOG.error("A page broke.", exc_info=error)
    lang = decode(urlsplit(request.referrer or "").query)["lang"]
    kind = PacteError(f"{type(error).__name__}: {error}", hint="The traceback is in the log of pacte serve.")
    set_props("shell-trouble", {"children": alert(kind, lang)})
    set_props("shell-head", {"data": {"title": say("problem", lang), "lang": lang, "page": "", "url": ""}})


def _register(app: Dash, services: Services, shown: tuple[Page, ...]) -> None:
    app.clientside_callback(ClientsideFunction("shell", "arrive"), Output("shell-address", "data"), Input("shell-start", "data"))

    @app.callback(
        Output("shell-header", "children"),
        Output("shell-page", "children"),
        Output("shell-head", "data"),
        Output("shell-trouble", "children"),
        Input("shell-address", "data"),
        prevent_initial_call=True,
    )
    def on_address(address: Mapping[str, str]) -> tuple[Any, ...]:
        drawn = draw(services, shown, address["path"], address["search"])
        return drawn.header, drawn.main, drawn.head, []

    app.clientside_callback(ClientsideFunction("shell", "drawn"), Output("shell-done", "data"), Input("shell-head", "data"))
