"""The address of the picture: the map of a programme as SVG."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dash import Dash
from flask import Response, request

from dashapp.address import decode
from dashapp.alerts import sentence
from dashapp.map.page import drawn, words
from dashapp.map.svg import draw
from dashapp.map.words import say
from pacte_graph.errors import PacteError, UnknownName

if TYPE_CHECKING:
    from dashapp.services import Services


def register(app: Dash, services: Services) -> None:
    """Register the route of the picture."""

    @app.server.route("/carte.svg")
    def picture() -> Response:
        return answer(services, request.query_string.decode(errors="replace"))


def answer(services: Services, search: str) -> Response:
    """Return the map, or the sentence that says why there is none (status 404 or 503)."""
    state = decode(search)
    lang = state["lang"]
    try:
        network, shown = drawn(services, {"programme": "", **state})
    except PacteError as error:
        status = 404 if isinstance(error, UnknownName) else 503
        return Response(sentence(error, lang), status, mimetype="text/plain")
    if not shown:
        return Response(say("no_contour", lang), 404, mimetype="text/plain")
    source = say("source", lang, names=" ; ".join(network.sources))
    return Response(draw(shown, words(network, shown, lang), source, lang), mimetype="image/svg+xml")
