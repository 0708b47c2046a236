"""Pull by kind of actor: a heat map of projects × kinds, as a table; small groups are named, not coloured."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
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
DARKEST = 0.5
"""Share of blue in the strongest cell: dark text stays readable on it (over 4.5:1)."""


def draw(result: MetricResult, network: Network, state: Mapping[str, str]) -> list[Component]:
    """Return the strongest pull in words, the note on small groups, and the heat map, strongest projects first."""
    lang, rows, kinds = state["lang"], result.details["rows"], result.details["kinds"]
    if not kinds:
        return [notice(say("no_actors", lang))]
    if not rows:
        return [notice(say("no_projects", lang))]
    whole = result.details["total"]
    strongest = np.argsort(-np.round(whole.sum(axis=1), 10), kind="stable")[:MOST_ROWS].tolist()
    places = {(at, kind): column * len(whole) + at for at in strongest for column, kind in enumerate(kinds)}
    cells = {(rows[place]["id"], kind): rows[place] for (_, kind), place in places.items()}
    said = {(rows[place]["id"], kind): result.values[place].explanation.get(lang) for (_, kind), place in places.items()}
    projects = [rows[at]["id"] for at in strongest]
    cut = say("first_rows", lang, shown=MOST_ROWS, total=number(len(whole), lang)) if len(whole) > MOST_ROWS else ""
    small = {
        kind: cells[projects[0], kind]["names"] for kind in kinds if cells[projects[0], kind]["size"] < result.details["small"]
    }
    note = say("small", lang, n=result.details["small"]) if small else ""
    best = max(cells.values(), key=lambda row: (row["total"], row["id"]))
    table = heat(projects, sorted(kinds, key=style.group_order), cells, small, said, network, state)
    return [
        sentences(said[best["id"], best["kind"]], note, cut, lang=lang),
        html.Div(table, className="table-frame indicator-matrix", tabIndex=0),
    ]


def heat(
    projects: list[str],
    kinds: list[str],
    cells: Mapping[tuple[str, str], Mapping[str, Any]],
    small: Mapping[str, list[str]],
    said: Mapping[tuple[Any, Any], str],
    network: Network,
    state: Mapping[str, str],
) -> Component:
    """Return the table: one row a project, one column a kind, the total pull written and coloured, its sentence as a tip."""
    lang = state["lang"]
    most = max((cells[name, kind]["total"] for name in projects for kind in kinds if kind not in small), default=0.0)
    head = [_heading(kind, cells[projects[0], kind]["size"], small.get(kind, []), lang) for kind in kinds]
    body = [
        html.Tr(
            [
                html.Th(html.A(_name(name, network, lang), href=href("/explorateur", state, select=name)), scope="row"),
                *(
                    html.Td(
                        number(cells[name, kind]["total"], lang, decimals=2),
                        title=said[name, kind],
                        className="num",
                        style={} if kind in small else {"backgroundColor": shade(cells[name, kind]["total"], most)},
                    )
                    for kind in kinds
                ),
            ]
        )
        for name in projects
    ]
    title = html.Caption(say("heat", lang), className="visually-hidden")
    first = html.Th(say("project", lang), scope="col")
    return html.Table([title, html.Thead(html.Tr([first, *head])), html.Tbody(body)], className="plain-table matrix heat")


def shade(value: float, most: float) -> str:
    """Return the colour of a cell, from white (0) to blue (the strongest).

    >>> shade(0.0, 2.0), shade(2.0, 2.0)
    ('rgba(29, 78, 216, 0.00)', 'rgba(29, 78, 216, 0.50)')
    """
    share = value / most if most > 0 else 0.0
    return f"rgba(29, 78, 216, {DARKEST * share:.2f})"


def _heading(kind: str, size: int, names: list[str], lang: str) -> Component:
    label = style.group_words(kind, "Actor").get(lang)
    listed = [html.Small(", ".join(names), className="heat-names")] if names else []
    return html.Th([f"{label} ({number(size, lang)})", *listed], scope="col")


def _name(identifier: str, network: Network, lang: str) -> str:
    node = network.by_id[identifier]
    place, name = node.properties.get("number"), caption(node, lang)
    return f"{place} · {name}" if place is not None and node.properties.get("name") else name
