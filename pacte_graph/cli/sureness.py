"""``pacte metrics robustness`` and ``pacte metrics leave-one-out``: how far a figure holds."""

from __future__ import annotations

import json
import sys
from typing import Annotated, Any

import typer
from rich.table import Table

from pacte_graph import network
from pacte_graph.cli.metrics import pairs, scope_maker
from pacte_graph.cli.screen import Console
from pacte_graph.metrics.sureness.hypotheses import Ranking, rank_intervals
from pacte_graph.metrics.sureness.leave_one_out import leave_one_out as influence_of
from pacte_graph.settings import Settings

SHOWN = 20
"""Lines of a table printed for people; ``--json`` gives all."""
_Name = Annotated[str, typer.Argument(help="A metric's name or catalogue code.")]
_Programme = Annotated[str | None, typer.Option(help="Identifier of the programme that is the scope.")]
_Date = Annotated[str | None, typer.Option(help="Only links in force that day (YYYY-MM-DD).")]
_Where = Annotated[list[str] | None, typer.Option("--where", help="Filter: kind=…, role=…, level=…; may be repeated.")]
_Parameter = Annotated[list[str] | None, typer.Option("-p", "--parameter", help="A metric's parameter: name=value.")]
_JSON = Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")]


def register(group: typer.Typer) -> None:
    """Add the commands to ``pacte metrics``."""
    group.command("robustness")(robustness)
    group.command("leave-one-out")(leave_one_out)


def robustness(
    name: _Name,
    *,
    programme: _Programme = None,
    date: _Date = None,
    where: _Where = None,
    parameter: _Parameter = None,
    as_json: _JSON = False,
) -> None:
    """Say how far a metric's ranks hold over 45 sets of hypotheses: θ, κ and the weights of roles."""
    snapshot = _read(programme, date, where)
    found = rank_intervals(snapshot, name, pairs(parameter or []))
    if as_json:
        _print({**found.as_dict(), "scope": snapshot.scope.as_dict()})
        return
    console = Console()
    for ranking in found.rankings:
        console.print(ranking.statement.fr, highlight=False, markup=False, soft_wrap=True)
        console.print(_table(snapshot, ranking))


def _table(snapshot: network.Network, ranking: Ranking) -> Table:
    table = Table("rang", "au mieux", "au pire", "")
    listed = sorted(zip(ranking.reference.tolist(), ranking.ids, ranking.best.tolist(), ranking.worst.tolist(), strict=True))
    for rank, name, low, high in [row for row in listed if row[0]][:SHOWN]:
        table.add_row(str(rank), str(low), str(high), snapshot.by_id[name].caption)
    return table


def leave_one_out(
    name: _Name,
    *,
    programme: _Programme = None,
    date: _Date = None,
    where: _Where = None,
    parameter: _Parameter = None,
    over: Annotated[str, typer.Option(help="Which sheets are left out: Project or Actor.")] = "Project",
    only: Annotated[list[str] | None, typer.Option("--only", help="Only this sheet (identifier); may be repeated.")] = None,
    as_json: _JSON = False,
) -> None:
    """Say what each project sheet weighs in a metric: the figure again without it, largest influence first."""
    snapshot = _read(programme, date, where)
    found = influence_of(snapshot, name, pairs(parameter or []), over, only or ())
    if as_json:
        _print({**found.as_dict(), "scope": snapshot.scope.as_dict()})
        return
    console = Console(highlight=False, markup=False)
    told = [item.sentence for item in found.changes[:SHOWN]] + [item.sentence for item in found.moves[:SHOWN]]
    for sentence in told:
        console.print(sentence.fr.rsplit(" [", 1)[0], soft_wrap=True)


def _read(programme: str | None, date: str | None, where: list[str] | None) -> network.Network:
    from pacte_graph.store import open_store

    scope_in = scope_maker(programme, date, where or [])
    with open_store(Settings()) as store:
        return network.read(store, scope_in(store))


def _print(data: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(data, ensure_ascii=False, allow_nan=False, default=str) + "\n")
