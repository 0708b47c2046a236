"""The answer to a saved query in the forms people and machines take away: table, CSV, JSON, XLSX, GraphML."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any, Literal, get_args

import networkx as nx
import xlsxwriter
from rich.table import Table
from rich.text import Text

from pacte_graph.errors import DataRefused
from pacte_graph.exchange import clean, graphml
from pacte_graph.queries import cells
from pacte_graph.queries.model import QueryResult
from pacte_graph.queries.running import link_id
from pacte_graph.schema import Words
from pacte_graph.store.values import LinkValue, NodeValue, PathValue

Format = Literal["table", "csv", "json", "xlsx", "graphml"]
FORMATS: tuple[str, ...] = get_args(Format)
_IDENTIFIER = Words("{heading} (identifiant)", "{heading} (identifier)")
_TRUNCATED = Words("Réponse coupée à {limit} lignes.", "Answer cut at {limit} rows.")
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
_NUMERIC = ("integer", "number")


def as_dict(result: QueryResult) -> dict[str, Any]:
    """Return the documented JSON form; ``graph`` lists the identifiers of the nodes and links of the answer."""
    return {
        "query": result.query.name,
        "parameters": cells.plain(result.parameters),
        "columns": [{"name": column.name, "type": column.type} for column in result.columns],
        "rows": [[cells.plain(value) for value in row] for row in result.rows],
        "graph": {"nodes": list(result.graph.nodes), "links": list(result.graph.links)},
        "truncated": result.truncated,
        "limit": result.limit,
        "elapsed_ms": round(result.elapsed_ms, 1),
    }


def notice(result: QueryResult, language: str) -> str:
    """Return the sentence that says an answer was cut; empty when it wasn't."""
    return _TRUNCATED.get(language).format(limit=result.limit) if result.truncated else ""


def table(result: QueryResult, language: str) -> Table:
    """Return the answer as a table for a terminal; nothing in the data is read as markup."""
    drawn = Table(title=Text(result.query.title.get(language)), caption=Text(notice(result, language)))
    for column in result.columns:
        drawn.add_column(
            Text(_heading(column.label.get(language), column.unit)), justify="right" if column.type in _NUMERIC else "left"
        )
    for row in result.rows:
        drawn.add_row(*(Text(cells.text(value, language, column)) for value, column in zip(row, result.columns, strict=True)))
    return drawn


def to_csv(result: QueryResult, language: str) -> str:
    """Return the answer as CSV (commas, UTF-8, one header line); a node has a column for its name and one for its identifier.

    A text that a spreadsheet would take for a formula starts with an apostrophe; numbers stay numbers.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(_safe(heading) for heading in _headings(result, language))
    writer.writerows([_safe(value) for value in _flat(row, result, language)] for row in result.rows)
    return out.getvalue()


def to_xlsx(result: QueryResult, language: str) -> bytes:
    """Return the answer as a workbook of one sheet; texts are constant texts: no formula, no link."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, options)
    sheet = book.add_worksheet("Résultat" if language == "fr" else "Result")
    bold = book.add_format({"bold": True, "bottom": 1})
    headings = _headings(result, language)
    for place, heading in enumerate(headings):
        sheet.write_string(0, place, heading, bold)
        sheet.set_column(place, place, min(max(len(heading) + 2, 14), 48))
    for line, row in enumerate(result.rows, start=1):
        for place, value in enumerate(_flat(row, result, language)):
            if isinstance(value, int | float) and not isinstance(value, bool):
                sheet.write_number(line, place, value)
            elif value:
                sheet.write_string(line, place, str(value)[:32_767])
    sheet.freeze_panes(1, 0)
    if result.rows:
        sheet.autofilter(0, 0, len(result.rows), len(headings) - 1)
    if result.truncated:
        sheet.write_string(len(result.rows) + 2, 0, notice(result, language))
    book.close()
    return out.getvalue()


def to_graphml(result: QueryResult, language: str) -> str:
    """Return the nodes and links of the answer as GraphML; raises DataRefused when the answer holds none."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for value in sorted(_parts(value for row in result.rows for value in row), key=lambda item: isinstance(item, LinkValue)):
        if isinstance(value, NodeValue):
            graph.add_node(value.id, caption=clean(cells.node_text(value, language)), type=value.label, **_attributes(value))
        elif value.source and value.target:
            key = link_id(value)
            graph.add_edge(value.source, value.target, key=key, type=value.type, **_attributes(value))
    if not len(graph):
        raise DataRefused(f"The answer of {result.query.name} holds no node to export.", hint="Take --format csv or xlsx.")
    return graphml(graph).decode()


def _attributes(value: NodeValue | LinkValue) -> dict[str, Any]:
    facts = cells.plain(value)["properties"]
    reserved = {"caption", "type", "id", "key", "source", "target"}
    return {
        name: clean("; ".join(map(str, item)) if isinstance(item, list) else item) if isinstance(item, str | list) else item
        for name, item in facts.items()
        if name not in reserved and isinstance(item, str | int | float | bool | list)
    }


def _parts(values: Iterable[Any]) -> Iterator[NodeValue | LinkValue]:
    for value in values:
        if isinstance(value, NodeValue | LinkValue):
            yield value
        elif isinstance(value, PathValue):
            yield from value.nodes
            yield from value.links
        elif isinstance(value, list | tuple):
            yield from _parts(value)


def _heading(label: str, unit: str) -> str:
    return f"{label} (€)" if unit == "EUR" else label


def _headings(result: QueryResult, language: str) -> list[str]:
    headings = []
    for column in result.columns:
        heading = _heading(column.label.get(language), column.unit)
        headings.append(heading)
        if column.type == "node":
            headings.append(_IDENTIFIER.get(language).format(heading=heading))
    return headings


def _flat(row: tuple[Any, ...], result: QueryResult, language: str) -> Iterator[str | int | float]:
    for value, column in zip(row, result.columns, strict=True):
        number = isinstance(value, int | float) and not isinstance(value, bool)
        yield value if number else cells.text(value, language, column)
        if column.type == "node":
            yield value.id if isinstance(value, NodeValue) else ""


def _safe(value: str | float) -> str | int | float:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA_STARTS) else value
