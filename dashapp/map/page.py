"""The layout of the map: the picture, what it leaves out, and the same numbers as a table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from dash import html
from dash.development.base_component import Component

from dashapp.address import day, href
from dashapp.alerts import notice
from dashapp.data.parts import table
from dashapp.explorer.formatting import number
from dashapp.map.places import Frame, frames
from dashapp.map.words import say
from pacte_graph.network.model import Network, Scope

if TYPE_CHECKING:
    from dashapp.services import Services


def layout(services: Services, state: Mapping[str, str]) -> Component:
    """Return the page; a programme without contours gets what to do."""
    lang = state["lang"]
    network, shown = drawn(services, state)
    if not shown:
        return html.Div(notice(say("no_contour", lang)), className="map")
    picture = html.Img(src=href("/carte.svg", state), alt=words(network, shown, lang), className="map-picture")
    missing = len(network.nodes_of("Actor")) - placed(shown)
    rows = sorted((shape for frame in shown for shape in frame.shapes), key=lambda shape: (-shape.based, shape.name))
    cells = [
        [
            shape.name,
            "—" if shape.population is None else number(shape.population, lang),
            number(shape.based, lang),
            number(shape.parts, lang),
        ]
        for shape in rows
    ]
    head = [say(key, lang) for key in ("territory", "population", "based", "parts")]
    return html.Div(
        [
            html.P(say("lead", lang)),
            picture,
            html.P(say("outside", lang, n=number(missing, lang))) if missing else None,
            html.A(say("save", lang), href=href("/carte.svg", state), download="carte.svg", className="button-plain"),
            html.Details([html.Summary(say("table", lang)), table(head, cells, say("table", lang))], className="fold"),
        ],
        className="map",
    )


def drawn(services: Services, state: Mapping[str, str]) -> tuple[Network, tuple[Frame, ...]]:
    """Return the network of the address and the frames of its map."""
    network = services.network(Scope(state["programme"], date=day(state)))
    return network, frames(network, services.contours(state["programme"]))


def words(network: Network, shown: tuple[Frame, ...], lang: str) -> str:
    """Return what the picture shows, for those who don't see it."""
    territories = sum(len(frame.shapes) for frame in shown)
    return say("alt", lang, territories=territories, placed=placed(shown), actors=len(network.nodes_of("Actor")))


def placed(shown: tuple[Frame, ...]) -> int:
    """Return how many actors have an address on the map."""
    return sum(address.actors for frame in shown for address in frame.addresses)
