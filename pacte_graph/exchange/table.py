"""The links as one table: what spreadsheets, Gephi's import window and ``networkx.from_pandas_edgelist`` read."""

from __future__ import annotations

import csv
import io
from typing import Any

import networkx as nx

from pacte_graph.schema import interchange

_FIRST = (
    "source",
    "target",
    "weight",
    interchange.TYPE,
    interchange.KEY,
    interchange.CAPTION,
    interchange.SOURCE_LABEL,
    interchange.TARGET_LABEL,
)


def edge_list(graph: nx.MultiDiGraph[Any]) -> bytes:
    """Return one row a link (CSV, commas, UTF-8): ends, weight, type, key, then every property; unknown cells are empty.

    A text that a spreadsheet would take for a formula starts with an apostrophe. Nodes appear by their links alone.
    """
    rows = [{"source": u, "target": v, **told} for u, v, told in graph.edges(data=True)]
    others = sorted({name for row in rows for name in row} - set(_FIRST))
    out = io.StringIO()
    table = csv.DictWriter(out, [*_FIRST, *others], restval="", lineterminator="\r\n")
    table.writeheader()
    table.writerows({name: _cell(value) for name, value in row.items()} for row in rows)
    return out.getvalue().encode()


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return interchange.disarmed(value) if isinstance(value, str) else str(value)
