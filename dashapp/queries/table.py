"""The answer as a table: texts as a reader writes them, numbers and dates that still sort as what they are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import dash_ag_grid as dag
from dash.development.base_component import Component

from dashapp.address import href
from dashapp.queries.words import say
from pacte_graph.queries import Column, QueryResult, cells
from pacte_graph.store.values import NodeValue

UNKNOWN = "—"
ROW_HEIGHT, MOST_ROWS = 36, 12
_FIGURES = ("integer", "number")
_WRAPPED = {"wrapText": True, "autoHeight": True}


def grid(result: QueryResult, state: Mapping[str, str], label: str) -> Component:
    """Return the table of an answer: its columns in order, at most twelve rows high."""
    lang = state["lang"]
    height = ROW_HEIGHT * (min(len(result.rows), MOST_ROWS) + 1) + 24
    return dag.AgGrid(
        id="queries-grid",
        columnDefs=[column_definition(place, column, lang) for place, column in enumerate(result.columns)],
        rowData=rows(result, state),
        defaultColDef={"sortable": True, "resizable": True, "minWidth": 90, "wrapHeaderText": True, "autoHeaderHeight": True},
        dashGridOptions={
            "rowHeight": ROW_HEIGHT,
            "suppressFieldDotNotation": True,
            "ensureDomOrder": True,
            "enableCellTextSelection": True,
            "suppressDragLeaveHidesColumns": True,
            "localeText": {"ariaSearch": label, "noRowsToShow": say("nothing_found", lang)},
        },
        style={"height": f"{height}px", "width": "100%"},
    )


def column_definition(place: int, column: Column, lang: str) -> dict[str, Any]:
    """Return how one column is drawn; ``c0``, ``c1``… are its fields, so that no name of the data becomes code."""
    heading = column.label.get(lang) + (" (€)" if column.unit == "EUR" else "")
    definition: dict[str, Any] = {
        "field": f"c{place}",
        "headerName": heading,
        "headerTooltip": heading,
        "tooltipField": f"c{place}",
    }
    if column.type in _FIGURES and not column.choices:
        code = column.name == "number"
        form = {"function": f"pacteFigure(params.value, '{lang}', {'true' if code else 'false'})"}
        return {**definition, "type": "rightAligned", "valueFormatter": form, "tooltipField": None, "flex": 1, "minWidth": 100}
    if column.type in ("date", "datetime"):
        return {
            **definition,
            "valueFormatter": {"function": f"pacteDay(params.value, '{lang}')"},
            "tooltipField": None,
            "flex": 1,
        }
    if column.type == "node":
        return {**definition, "cellRenderer": "PacteNode", **_WRAPPED, "flex": 2, "minWidth": 160}
    return {**definition, **_WRAPPED, "flex": 3 if column.type in ("path", "list") else 1, "minWidth": 120}


def rows(result: QueryResult, state: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return the rows for the table; a node's cell has its name and, beside it, the address of its card on the explorer."""
    found = []
    for number, row in enumerate(result.rows):
        told: dict[str, Any] = {"id": number}
        for place, (value, column) in enumerate(zip(row, result.columns, strict=True)):
            told[f"c{place}"] = cell(value, column, state["lang"])
            if isinstance(value, NodeValue):
                told[f"c{place}_href"] = href("/explorateur", state, select=value.id, focus=value.id)
        found.append(told)
    return found


def cell(value: Any, column: Column, lang: str) -> str | int | float | None:
    """Return one value: figures and days as they are (the browser writes them), None where unknown, everything else as text."""
    if value is None:
        return None if column.type in (*_FIGURES, "date", "datetime") else UNKNOWN
    if isinstance(value, int | float) and not isinstance(value, bool) and not column.choices:
        return value
    if isinstance(value, dt.date):
        return value.isoformat()
    return cells.text(value, lang, column) or UNKNOWN
