"""``pacte metrics journey``: by which paths a pull travels, and what adds up to a node's drive."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from pacte_graph import network
from pacte_graph.cli import metrics as metrics_cli
from pacte_graph.cli.screen import Console
from pacte_graph.metrics import words
from pacte_graph.settings import Settings

if TYPE_CHECKING:
    from pacte_graph.metrics.pull.journey import Journey


def journey(
    source: Annotated[str, typer.Argument(help="Identifier of a project or an actor.")],
    *,
    to: Annotated[
        str | None, typer.Option("--to", help="Identifier of the node it pulls; its drive is explained without.")
    ] = None,
    kind: Annotated[str | None, typer.Option(help="Kind of actors it pulls (university, company…).")] = None,
    programme: Annotated[str | None, typer.Option(help="Identifier of the programme that is the scope.")] = None,
    date: Annotated[str | None, typer.Option(help="Only links in force that day (YYYY-MM-DD).")] = None,
    where: Annotated[list[str] | None, typer.Option("--where", help="Filter: kind=…, role=…, level=…; may be repeated.")] = None,
    parameter: Annotated[list[str] | None, typer.Option("-p", "--parameter", help="A hypothesis: theta=0.35, kappa=0…")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")] = False,
) -> None:
    """Show how a pull travels: its paths, its steps, and through whom it goes first."""
    from pacte_graph.metrics.pull import journey as travelled
    from pacte_graph.store import open_store

    given, scope_in = metrics_cli.pairs(parameter or []), metrics_cli.scope_maker(programme, date, where or [])
    with open_store(Settings()) as store:
        snapshot = network.read(store, scope_in(store))
    found = travelled.journey(snapshot, source, to, kind, given)
    if as_json:
        sys.stdout.write(json.dumps(found.as_dict(), ensure_ascii=False, allow_nan=False, default=str) + "\n")
        return
    console = Console(highlight=False, markup=False)
    for said in found.sentences:
        console.print(said.fr, soft_wrap=True)
    console.print(_contributions(found))
    console.print(_paths(found))


def _contributions(found: Journey) -> Table:
    table = Table("premier pas", "apport", "direct", "au-delà", "part", title="D'où vient la valeur", title_justify="left")
    for one in found.contributions:
        amounts = (words.number(value, 4).fr for value in (one.amount, one.direct, one.beyond))
        table.add_row(one.node.caption, *amounts, words.percent(one.share).fr)
    if found.own:
        table.add_row("(propre impulsion)", words.number(found.own, 4).fr, "", "", "")
    return table


def _paths(found: Journey) -> Table:
    table = Table("chemin", "poids", "part", title="Chemins qui portent le plus", title_justify="left")
    for path in found.paths:
        table.add_row(
            " → ".join(node.caption for node in path.nodes), words.number(path.weight, 4).fr, words.percent(path.share).fr
        )
    return table
