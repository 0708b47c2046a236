"""The Russian dolls: projects × scales as a table of signs, with how nested the whole is (NODF)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashapp.address import href
from dashapp.alerts import notice
from dashapp.explorer.formatting import number
from dashapp.explorer.naming import caption
from dashapp.indicators.section import sentences
from dashapp.indicators.words import say
from pacte_graph.figures import style
from pacte_graph.metrics.model import MetricResult
from pacte_graph.network.model import Network

MOST_ROWS = 60
SIGNS = {"own": "●", "inherited": "○", "cell_unknown": "?", "cell_none": "·"}


def draw(result: MetricResult, network: Network, state: Mapping[str, str]) -> list[Component]:
    """Return the sentence on nesting, the key of the signs and the matrix, most widely declined projects first."""
    lang, rows = state["lang"], result.details["rows"]
    if not rows:
        return [notice(say("no_projects", lang))]
    whole = next(value for value in result.values if value.id is None)
    scales = result.details["scales"]
    ordered = sorted(rows, key=lambda row: (-sum(cell(row, scale) == "own" for scale in scales), *order(network, row["id"])))
    cut = say("first_rows", lang, shown=MOST_ROWS, total=number(len(rows), lang)) if len(rows) > MOST_ROWS else ""
    return [
        sentences(whole.explanation.get(lang), cut, lang=lang),
        _key(lang),
        html.Div(_matrix(ordered[:MOST_ROWS], scales, network, state), className="table-frame indicator-matrix", tabIndex=0),
    ]


def order(network: Network, identifier: str) -> tuple[float, str]:
    """Return the place of a project in a list: by its number, those without one last, then by id."""
    place = network.by_id[identifier].properties.get("number")
    return (float("inf") if place is None else float(place), identifier)


def cell(row: Mapping[str, Any], scale: str) -> str:
    """Return what one project is at one scale: ``own``, ``inherited``, ``cell_unknown`` or ``cell_none``.

    Inherited is stronger than unknown: what holds a territory of the project holds the project.
    """
    if row["states"][scale] == "declined":
        return "own"
    if scale in row["inherited_scales"]:
        return "inherited"
    return "cell_unknown" if row["states"][scale] == "unknown" else "cell_none"


def _matrix(rows: list[Mapping[str, Any]], scales: list[str], network: Network, state: Mapping[str, str]) -> Component:
    lang = state["lang"]
    names = [style.group_words(scale, "Territory").get(lang) for scale in scales]
    head = html.Thead(html.Tr([html.Th(say("project", lang), scope="col"), *(html.Th(name, scope="col") for name in names)]))
    body = [
        html.Tr(
            [
                html.Th(html.A(_name(row, network, lang), href=href("/explorateur", state, select=row["id"])), scope="row"),
                *(_cell(cell(row, scale), lang) for scale in scales),
            ]
        )
        for row in rows
    ]
    title = html.Caption(say("matrix", lang), className="visually-hidden")
    return html.Table([title, head, html.Tbody(body)], className="plain-table matrix")


def _cell(key: str, lang: str) -> Component:
    sign = html.Span(SIGNS[key], **{"aria-hidden": "true"})
    return html.Td(
        [sign, html.Span(say(key, lang), className="visually-hidden")], className=f"sign sign-{key}", title=say(key, lang)
    )


def _key(lang: str) -> Component:
    parts = [
        html.Span([html.Span(sign, className=f"sign sign-{key}", **{"aria-hidden": "true"}), say(key, lang)])
        for key, sign in SIGNS.items()
    ]
    return html.P(parts, className="indicator-key")


def _name(row: Mapping[str, Any], network: Network, lang: str) -> str:
    node = network.by_id[row["id"]]
    place, name = node.properties.get("number"), caption(node, lang)
    return f"{place} · {name}" if place is not None and node.properties.get("name") else name
