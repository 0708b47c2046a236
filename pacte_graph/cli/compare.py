"""``pacte metrics compare``: indicators on two days, and how much of the change comes from who came and left."""

from __future__ import annotations

import datetime as dt
import json
import sys
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from pacte_graph import metrics, network
from pacte_graph.cli import metrics as metrics_cli
from pacte_graph.errors import UsageError
from pacte_graph.metrics import words
from pacte_graph.settings import Settings

if TYPE_CHECKING:
    from pacte_graph.metrics.change.comparison import Comparison

DEFAULT = ("declination", "leverage", "coverage", "dialogue", "total_effect", "ei_index", "cohesion")
"""What is compared when no metric is named: values of the whole network, and the total effect of each node."""
MOST = 15


def compare(
    names: Annotated[list[str] | None, typer.Argument(help="Names or codes; some headline metrics when none is given.")] = None,
    *,
    first: Annotated[
        str | None, typer.Option("--from", help="First day (YYYY-MM-DD); otherwise the first reference date.")
    ] = None,
    second: Annotated[str | None, typer.Option("--to", help="Second day; otherwise the programme's last reference date.")] = None,
    programme: Annotated[str | None, typer.Option(help="Identifier of the programme that is the scope.")] = None,
    where: Annotated[list[str] | None, typer.Option("--where", help="Filter: kind=…, role=…, level=…; may be repeated.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")] = False,
) -> None:
    """Compare metrics on two days: before, after, and the part of arrivals and departures in the change."""
    from pacte_graph.metrics.change import comparison
    from pacte_graph.store import open_store

    chosen = [metrics.show(name).id for name in names or DEFAULT]
    before, after = _day(first), _day(second)
    scope_in = metrics_cli.scope_maker(programme, None, where or [])
    with open_store(Settings()) as store:
        snapshot = network.read(store, scope_in(store))
    found = [comparison.compare(name, snapshot, before, after) for name in chosen]
    if as_json:
        told = {"comparisons": [one.as_dict() for one in found]}
        sys.stdout.write(json.dumps(told, ensure_ascii=False, allow_nan=False, default=str) + "\n")
        return
    console = Console(highlight=False, markup=False, emoji=False)
    console.print(found[0].sentence.fr, soft_wrap=True)
    for one in found:
        _print(console, one)


def _day(text: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError as error:
        raise UsageError(f"“{text}” is not a date.", hint="Write it YYYY-MM-DD.") from error


def _print(console: Console, one: Comparison) -> None:
    metric = metrics.REGISTRY[one.metric]
    table = Table("", "dimension", "avant", "après", "écart", "entrées et sorties", "parmi les présents",
                  title=f"{metric.code} {metric.label.fr}", title_justify="left")  # fmt: skip
    moved = sorted(one.rows, key=lambda row: (row.id is not None, -abs(row.difference or 0.0), row.id or ""))
    for row in moved[:MOST]:
        dimension = ", ".join(str(told) for told in row.dimension.values())
        numbers = (row.before, row.after, row.difference, row.composition, row.rewiring)
        table.add_row(row.label, dimension, *("—" if number is None else words.number(number).fr for number in numbers))
    console.print(table)
    if len(moved) > MOST:
        console.print(f"Les {MOST} plus grands écarts sur {len(moved)} ; tous avec --json.")
    if one.note is not None:
        console.print(one.note.fr, soft_wrap=True)
