"""``pacte metrics compare``: every indicator at two dates, and what of a change comes from entrants and exits."""

from __future__ import annotations

import csv
import io
import json
import sys
from typing import Annotated, Any

import typer
from rich.table import Table

from pacte_graph import metrics, network
from pacte_graph.cli.metrics import Format, day_of, pairs, safe, scope_maker
from pacte_graph.cli.screen import Console
from pacte_graph.metrics import words
from pacte_graph.metrics.change.comparison import Comparison, Row
from pacte_graph.metrics.change.comparison import compare as at_both
from pacte_graph.metrics.dimensions import about
from pacte_graph.settings import Settings

SHOWN = 10
"""Nodes of a table printed for people; ``--format csv`` and ``--json`` give all."""
COLUMNS = (
    "metric", "id", "label", "type", "dimension", "before", "after", "difference", "composition", "rewiring", "explanation_fr",
    "explanation_en",
)  # fmt: skip


def compare(  # noqa: PLR0913 - each argument is an option of the command
    names: Annotated[
        list[str] | None, typer.Argument(help="Names or codes; all metrics that can be compared when none is given.")
    ] = None,
    *,
    before: Annotated[str | None, typer.Option("--from", help="First date (YYYY-MM-DD); default: first reference date.")] = None,
    after: Annotated[str | None, typer.Option("--to", help="Second date (YYYY-MM-DD); default: last reference date.")] = None,
    programme: Annotated[str | None, typer.Option(help="Identifier of the programme that is the scope.")] = None,
    where: Annotated[list[str] | None, typer.Option("--where", help="Filter: kind=…, role=…, level=…; may be repeated.")] = None,
    parameter: Annotated[list[str] | None, typer.Option("-p", "--parameter", help="A metric's parameter: name=value.")] = None,
    present: Annotated[
        bool, typer.Option("--present", help="At each date, only projects under way and actors in force.")
    ] = False,
    format_: Annotated[Format, typer.Option("--format", help="How to print.")] = Format.TABLE,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")] = False,
) -> None:
    """Compare metrics at two dates: values, differences, entrants and exits."""
    from pacte_graph.store import open_store

    chosen = [metrics.show(name) for name in names] if names else [m for m in metrics.REGISTRY.values() if not m.all_dates]
    given, first, last = pairs(parameter or []), day_of(before), day_of(after)
    scope_in = scope_maker(programme, None, where or [])
    with open_store(Settings()) as store:
        whole = network.read(store, scope_in(store))
    found = []
    for metric in chosen:
        taken = {item.name for item in metric.parameters}
        kept = {name: value for name, value in given.items() if name in taken or names}
        found.append(at_both(metric.id, whole, first, last, kept, present_only=present))
    if as_json or format_ is Format.JSON:
        told = {"comparisons": [one.as_dict() for one in found]}
        sys.stdout.write(json.dumps(told, ensure_ascii=False, allow_nan=False, default=str) + "\n")
    elif format_ is Format.CSV:
        sys.stdout.write(_csv(found))
    else:
        _tables(found)


def _csv(found: list[Comparison]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for one in found:
        for row in one.rows:
            said = one.explanation(row)
            dimension = ";".join(f"{key}={told}" for key, told in row.dimension.items())
            numbers = [row.before, row.after, row.difference, row.composition, row.rewiring]
            writer.writerow(
                [one.metric, *map(safe, (row.id or "", row.label)), row.type, dimension, *numbers, safe(said.fr), safe(said.en)]
            )
    return out.getvalue()


def _tables(found: list[Comparison]) -> None:
    console = Console(highlight=False, markup=False)
    for place, one in enumerate(found):
        if place == 0:
            _who(console, one)
        metric = metrics.REGISTRY[one.metric]
        table = Table("", "", "avant", "après", "écart", "entrées/sorties", "restés", title=f"{metric.code} {metric.label.fr}",
                      title_justify="left")  # fmt: skip
        whole = [row for row in one.rows if row.id is None]
        nodes = [row for row in one.rows if row.id is not None and row.difference != 0][:SHOWN]
        for row in (*whole, *nodes):
            what = about(row.dimension, one.network).fr if row.id else ""
            table.add_row(row.label, what, *_cells(row))
        if table.row_count:
            console.print(table)
        else:
            console.print(f"{metric.code} {metric.label.fr} : {one.undefined.fr if one.undefined else 'rien ne change.'}")
        more = sum(row.id is not None and row.difference != 0 for row in one.rows) - len(nodes)
        if more > 0:
            console.print(f"et {more} autres lignes qui changent (--format csv)")
        for note in one.notes:
            console.print(note.fr, soft_wrap=True)
        console.print()


def _who(console: Console, one: Comparison) -> None:
    console.print(one.sentence.fr, soft_wrap=True)
    for title, nodes in (("Entrées", one.entered), ("Sorties", one.left)):
        shown = ", ".join(node.caption for node in nodes[:SHOWN])
        more = f" et {len(nodes) - SHOWN} autres" if len(nodes) > SHOWN else ""
        console.print(f"{title} ({len(nodes)}) : {shown}{more}" if nodes else f"{title} : aucune", soft_wrap=True)
    console.print()


def _cells(row: Row) -> list[str]:
    parts = [_number(value, signed=True) for value in (row.difference, row.composition, row.rewiring)]
    return [_number(row.before) or "non défini", _number(row.after) or "non défini", *parts]


def _number(value: Any, *, signed: bool = False) -> str:
    if value is None:
        return ""
    if not isinstance(value, int | float):
        return str(value)
    shown = words.number(round(value, 10)).fr
    return f"+{shown}" if signed and value > 0 else shown
