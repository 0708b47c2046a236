"""Drive × dependence: the chart with its four quadrants, and the table that says the same."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

import dash_ag_grid as dag
import plotly.graph_objects as go
from dash import dcc, html
from dash.development.base_component import Component

from dashapp.address import href
from dashapp.alerts import notice
from dashapp.explorer.formatting import number
from dashapp.explorer.naming import caption
from dashapp.indicators.charts import FONT, QUIET, SEPARATORS
from dashapp.indicators.section import sentences
from dashapp.indicators.words import say
from pacte_graph.figures import style
from pacte_graph.metrics.model import MetricResult, Value
from pacte_graph.network.model import Network

SYMBOLS = {"Project": "square", "Actor": "circle"}
WIDTH, HEIGHT = 900.0, 370.0
"""About the room of the points, in pixels: what labels are placed in."""
LETTER, LINE = 6.4, 15.0
MOST_POINTS = 600
MOST_ARROWS, SHORTEST = 6, 0.05
"""Arrows from direct to total position that are drawn at once; none that would be a dot."""
LOW = 0.08
"""Room below zero, as a share of the greatest value: the names of the lower quadrants stand there."""
SIDES = ((1, 0), (-1, 0), (0, -1), (0, 1))
"""Where a label may stand: right, left, above, below."""
Row = Mapping[str, Any]


def draw(result: MetricResult, network: Network, state: Mapping[str, str]) -> list[Component]:
    """Return the sentences of the first on each axis, the chart and the table."""
    lang, rows = state["lang"], shown_rows(result)
    if not rows:
        return [notice(say("undefined", lang))]
    total = len(result.details["rows"])
    cut = say("first_points", lang, shown=number(len(rows), lang), total=number(total, lang)) if len(rows) < total else ""
    chart = html.Div(
        dcc.Graph(figure=chart_of(result, network, lang), config=QUIET, className="chart-pull"),
        role="img",
        **{"aria-label": say("pull_alt", lang)},
    )
    notes = [html.P(text, className="indicator-note") for text in (say("labels", lang), cut, *steadiness(result, lang)) if text]
    left = html.Div([chart, *notes])
    right = html.Div([html.H3(say("pull_table", lang)), table(rows, result, network, state)], className="indicator-table")
    return [sentences(*firsts(result, lang), lang=lang), html.Div([left, right], className="indicator-pair")]


def shown_rows(result: MetricResult) -> list[Row]:
    """Return the rows with their place, of at most MOST_POINTS nodes: those farthest from the mean; ties by id."""
    rows = [{**row, "place": place} for place, row in enumerate(result.details["rows"])]
    if len(rows) <= MOST_POINTS:
        return rows
    far = sorted(rows, key=lambda row: (-math.hypot(row["drive"] - 1, row["dependence"] - 1), row["id"]))
    return sorted(far[:MOST_POINTS], key=lambda row: row["place"])


def explained(result: MetricResult, row: Row, axis: str) -> Value:
    """Return the value of a row on one axis: all drives come first, then all dependences, in the order of the rows."""
    return result.values[row["place"] + (len(result.values) // 2 if axis == "dependence" else 0)]


def steadiness(result: MetricResult, lang: str) -> list[str]:
    """Return what the grid of hypotheses says of the ranking, where it was tried."""
    return [item["statement"].get(lang).rpartition(" [")[0] for item in result.details.get("robustness", ())]


def firsts(result: MetricResult, lang: str) -> list[str]:
    """Return the explanation of the highest drive and of the highest dependence; ties by id."""
    found, rows = [], shown_rows(result)
    for axis in ("drive", "dependence"):
        best = max(rows, key=lambda row: (round(row[axis], 10), [-ord(letter) for letter in row["id"]]), default=None)
        found += [explained(result, best, axis).explanation.get(lang)] if best else []
    return found


def chart_of(result: MetricResult, network: Network, lang: str) -> go.Figure:
    """Return the chart: one trace a legend group, quadrants at 1, the dead band, labels where there is room."""
    rows = shown_rows(result)
    band = result.details["dead_band"]
    right, top = (max(1.3, 1.12 * max(row[axis] for row in rows)) for axis in ("dependence", "drive"))
    right, top = (max(most, 1.04 * _farthest(rows, axis)) for most, axis in ((right, "dependence"), (top, "drive")))
    axes = ("drive", "dependence")
    said = {(row["id"], axis): explained(result, row, axis).explanation.get(lang) for row in rows for axis in axes}
    points = [_trace(group, members, network, said, lang) for group, members in _grouped(rows)]
    figure = go.Figure([*points, *_arrows(rows, lang)])
    figure.update_layout(
        template="none",
        font={"family": FONT, "size": 13, "color": style.INK},
        margin={"l": 52, "r": 12, "t": 12, "b": 150},
        height=560,
        hoverlabel={"align": "left", "bgcolor": "#fff", "font": {"family": FONT, "size": 13}},
        legend={"orientation": "h", "y": -0.2, "yanchor": "top", "x": 0, "font": {"size": 12}},
        separators=SEPARATORS[lang],
        shapes=[*_bands(band), *_lines()],
        annotations=[*_corners(lang), *_labels(rows, network, lang, right, top, band)],
    )
    axis = {"gridcolor": "#eceff3", "zeroline": False, "rangemode": "nonnegative", "ticks": "outside", "tickcolor": "#9aa5b1"}
    figure.update_xaxes(title={"text": say("dependence", lang)}, range=[-LOW * right, right], **axis)
    figure.update_yaxes(title={"text": say("drive", lang)}, range=[-LOW * top, top], **axis)
    return figure


def _grouped(rows: list[Row]) -> Iterator[tuple[str, list[Row]]]:
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row["group"], []).append(row)
    yield from sorted(groups.items(), key=lambda item: style.group_order(item[0]))


def _trace(group: str, rows: list[Row], network: Network, said: Mapping[tuple[str, str], str], lang: str) -> go.Scatter:
    label = rows[0]["type"]
    texts = [
        f"<b>{_escaped(caption(network.by_id[row['id']], lang))}</b> ({row['quadrant'].get(lang)})<br>"
        + "<br>".join(_folded(_escaped(said[row["id"], axis])) for axis in ("drive", "dependence"))
        for row in rows
    ]
    return go.Scatter(
        x=[row["dependence"] for row in rows],
        y=[row["drive"] for row in rows],
        mode="markers",
        name=style.group_words(group, label).get(lang),
        marker={
            "color": style.group_colour(group),
            "symbol": SYMBOLS.get(label, "diamond") + ("-open" if style.hatched(group) else ""),
            "size": 11 if label == "Project" else 9,
            "line": {"width": 1, "color": "#fff" if not style.hatched(group) else style.group_colour(group)},
        },
        hovertext=texts,
        hoverinfo="text",
    )


def _bands(band: float) -> list[dict[str, Any]]:
    fill = {"type": "rect", "fillcolor": "#e4e7eb", "opacity": 0.7, "line": {"width": 0}, "layer": "below"}
    return [
        {**fill, "xref": "x", "yref": "paper", "x0": 1 - band, "x1": 1 + band, "y0": 0, "y1": 1},
        {**fill, "xref": "paper", "yref": "y", "x0": 0, "x1": 1, "y0": 1 - band, "y1": 1 + band},
    ]


def _lines() -> list[dict[str, Any]]:
    line = {"type": "line", "line": {"color": "#7b8794", "width": 1.2}, "layer": "below"}
    return [
        {**line, "xref": "x", "yref": "paper", "x0": 1, "x1": 1, "y0": 0, "y1": 1},
        {**line, "xref": "paper", "yref": "y", "x0": 0, "x1": 1, "y0": 1, "y1": 1},
    ]


def _corners(lang: str) -> list[dict[str, Any]]:
    places = {"driver": (0, 1), "relay": (1, 1), "autonomous": (0, 0), "driven": (1, 0)}
    sides = {0: ("left", "bottom"), 1: ("right", "top")}
    return [
        {
            "text": f"<b>{say(key, lang)}</b>",
            "xref": "paper",
            "yref": "paper",
            "x": 0.004 + 0.992 * x,
            "y": 0.006 + 0.988 * y,
            "xanchor": sides[x][0],
            "yanchor": sides[y][1],
            "showarrow": False,
            "font": {"size": 14, "color": style.QUIET},
        }
        for key, (x, y) in places.items()
    ]


def _arrows(rows: list[Row], lang: str) -> list[go.Scatter]:
    """Return the arrows from where points stand by direct pull alone to where rebounds bring them.

    The longest few are drawn; the legend shows all of them at a click.
    """
    moved = [row for row in rows if row["direct_drive"] is not None and _moved(row) >= SHORTEST]
    ordered = sorted(moved, key=lambda row: (-_moved(row), row["id"]))
    longest = _arrow_trace(ordered[:MOST_ARROWS], say("arrows_longest", lang), shown=True)
    every = _arrow_trace(ordered, say("arrows_all", lang), shown=False)
    return [longest, every] if len(ordered) > MOST_ARROWS else [longest] if ordered else []


def _farthest(rows: list[Row], axis: str) -> float:
    """Return how far the arrows that are drawn at once start."""
    moved = sorted((row for row in rows if row["direct_drive"] is not None), key=lambda row: (-_moved(row), row["id"]))
    return max((row[f"direct_{axis}"] for row in moved[:MOST_ARROWS]), default=0.0)


def _moved(row: Row) -> float:
    return math.hypot(row["dependence"] - row["direct_dependence"], row["drive"] - row["direct_drive"])


def _arrow_trace(rows: list[Row], name: str, *, shown: bool) -> go.Scatter:
    x = [value for row in rows for value in (row["direct_dependence"], row["dependence"], None)]
    y = [value for row in rows for value in (row["direct_drive"], row["drive"], None)]
    return go.Scatter(
        x=x,
        y=y,
        mode="lines+markers",
        name=name,
        visible=True if shown else "legendonly",
        line={"color": "#52606d", "width": 1.2},
        marker={"symbol": "arrow", "angleref": "previous", "size": [0, 9, 0] * len(rows), "color": "#52606d", "standoff": 5},
        hoverinfo="skip",
    )


def _labels(rows: list[Row], network: Network, lang: str, right: float, top: float, band: float) -> list[dict[str, Any]]:
    """Return labels of points outside the pack, farthest from the mean first, each only where it covers nothing."""
    taken: list[tuple[float, ...]] = [_box(row, right, top, 12, 12, (0, 0)) for row in rows]
    taken += [
        (0, 0, 110, 22),
        (WIDTH - 110, 0, WIDTH, 22),
        (0, HEIGHT - 22, 110, HEIGHT),
        (WIDTH - 110, HEIGHT - 22, WIDTH, HEIGHT),
    ]
    found = []
    far = sorted(rows, key=lambda row: (-math.hypot(row["drive"] - 1, row["dependence"] - 1), row["id"]))
    for row in far:
        if max(abs(row["drive"] - 1), abs(row["dependence"] - 1)) <= band:
            continue
        text = _short(caption(network.by_id[row["id"]], lang), network.by_id[row["id"]].properties.get("number"))
        for side in SIDES:
            box = _box(row, right, top, LETTER * len(text), LINE, side)
            if box[0] < 0 or box[2] > WIDTH or box[1] < 0 or any(_meet(box, other) for other in taken):
                continue
            taken.append(box)
            found.append(_label(row, text, side))
            break
    return found


def _label(row: Row, text: str, side: tuple[int, int]) -> dict[str, Any]:
    return {
        "x": row["dependence"],
        "y": row["drive"],
        "xanchor": {1: "left", -1: "right", 0: "center"}[side[0]],
        "yanchor": {1: "top", -1: "bottom", 0: "middle"}[side[1]],
        "xshift": 8 * side[0],
        "yshift": -6 * side[1],
        "text": _escaped(text),
        "showarrow": False,
        "font": {"size": 11.5},
    }


def _box(row: Row, right: float, top: float, width: float, height: float, side: tuple[int, int]) -> tuple[float, ...]:
    x = WIDTH * (row["dependence"] / right + LOW) / (1 + LOW)
    y = HEIGHT * (1 - (row["drive"] / top + LOW) / (1 + LOW))
    left = {0: x - width / 2, 1: x + 8, -1: x - 8 - width}[side[0]]
    high = {0: y - height / 2, 1: y + 6, -1: y - 6 - height}[side[1]]
    return left, high, left + width, high + height


def _meet(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _short(name: str, number: Any, most: int = 30) -> str:
    whole = f"{number} · {name}" if number is not None and not name.startswith("Proj") else name
    return whole if len(whole) <= most else f"{whole[: most - 1].rstrip()}…"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _folded(text: str, width: int = 62) -> str:
    lines = [""]
    for word in text.split(" "):
        if lines[-1] and len(lines[-1]) + len(word) > width:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return "<br>".join(lines)


def _rank(value: Value) -> str:
    """Return « 2 (1–4) »: the rank, and between which it stays over the hypotheses."""
    if value.rank is None:
        return "—"
    if value.rank_low is None or value.rank_low == value.rank_high:
        return str(value.rank)
    return f"{value.rank} ({value.rank_low}–{value.rank_high})"


def table(rows: list[Row], result: MetricResult, network: Network, state: Mapping[str, str]) -> Component:
    """Return the same values as a table, highest drive first, each rank with its interval where the hypotheses were varied."""
    lang = state["lang"]
    figure = {"function": f"pacteFigure(params.value, '{lang}', false)"}
    told = [
        {
            "c0": caption(network.by_id[row["id"]], lang),
            "c0_href": href("/explorateur", state, select=row["id"], focus=row["id"]),
            "c1": row["drive"],
            "c5": _rank(explained(result, row, "drive")),
            "c2": row["dependence"],
            "c6": _rank(explained(result, row, "dependence")),
            "c3": row["quadrant"].get(lang),
        }
        for row in sorted(rows, key=lambda row: (-row["drive"], row["id"]))
    ]
    wrapped = {"wrapText": True, "autoHeight": True}
    return dag.AgGrid(
        id="indicators-pull",
        columnDefs=[
            {"field": "c0", "headerName": say("name", lang), "cellRenderer": "PacteNode", "flex": 2, "minWidth": 125, **wrapped},
            {"field": "c1", "headerName": say("drive", lang), "type": "rightAligned", "valueFormatter": figure, "width": 104},
            {"field": "c5", "headerName": say("rank", lang), "width": 88, "sortable": False},
            {
                "field": "c2",
                "headerName": say("dependence", lang),
                "type": "rightAligned",
                "valueFormatter": figure,
                "width": 132,
            },
            {"field": "c6", "headerName": say("rank", lang), "width": 88, "sortable": False},
            {"field": "c3", "headerName": say("quadrant", lang), "width": 104},
        ],
        rowData=told,
        defaultColDef={"sortable": True, "resizable": True},
        dashGridOptions={"rowHeight": 34, "ensureDomOrder": True, "enableCellTextSelection": True},
        style={"height": "470px", "width": "100%"},
    )
