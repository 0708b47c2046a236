"""``pacte export``: the network of one programme as a file that Gephi, Cytoscape, networkx or Pajek opens."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from pacte_graph import network
from pacte_graph.cli.export_views import View, viewed
from pacte_graph.cli.files import write_atomically
from pacte_graph.cli.metrics import scope_maker
from pacte_graph.errors import UsageError
from pacte_graph.settings import Settings


def register(app: typer.Typer) -> None:
    """Add the command to ``app``."""
    app.command("export")(export)


def export(
    out: Annotated[Path, typer.Argument(help="File to write; its suffix is the format: .graphml .gexf .net .json .csv .xlsx.")],
    *,
    programme: Annotated[str | None, typer.Option(help="Identifier of the programme that is the scope.")] = None,
    date: Annotated[str | None, typer.Option(help="Only links in force that day (YYYY-MM-DD).")] = None,
    where: Annotated[list[str] | None, typer.Option("--where", help="Filter: kind=…, role=…, level=…; may be repeated.")] = None,
    view: Annotated[View, typer.Option("--view", help="As stated, or computed: who shares projects, who pulls whom.")] = View.ALL,
    language: Annotated[str, typer.Option("--lang", help="Language of captions: fr or en.")] = "fr",
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")] = False,
) -> None:
    """Write the network of one programme as a graph file; `pacte import graphe` reads it back as it was."""
    from pacte_graph.exchange import writer
    from pacte_graph.store import open_store

    if language not in {"fr", "en"}:
        raise UsageError(f"There is no language {language!r}.", hint="--lang fr or --lang en")
    if out.suffix.lower() == ".xlsx":
        _workbook(out, programme, filtered=bool(date or where), as_json=as_json)
        return
    write = writer(out.suffix)
    scope_in = scope_maker(programme, date, where or [])
    with open_store(Settings()) as store:
        scope = scope_in(store)
        snapshot = viewed(network.read(store, scope), view)
    write_atomically(out, write(snapshot, language))
    told: dict[str, Any] = {"path": str(out), "nodes": len(snapshot.nodes), "links": len(snapshot.links), "view": view.value}
    told["scope"] = scope.as_dict()
    if as_json:
        sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
    else:
        sys.stdout.write(f"{out}: {told['nodes']} nodes, {told['links']} links ({scope.programme}).\n")


def _workbook(out: Path, programme: str | None, *, filtered: bool, as_json: bool) -> None:
    """Write all that the database holds, or a programme's perimeter, as a workbook that `pacte import tableur` reads back."""
    from pacte_graph import workbook
    from pacte_graph.store import open_store

    if filtered:
        raise UsageError("A workbook holds all dates and kinds.", hint="Leave --date and --where out, or export a graph file.")
    content = io.BytesIO()
    with open_store(Settings()) as store:
        held = workbook.export_workbook(store, content, programme)
    write_atomically(out, content.getvalue())
    nodes, links = held.counts
    told = {"path": str(out), "nodes": nodes, "links": links, "conflicts_left_out": held.conflicts}
    text = f"{out}: {nodes} nodes, {links} links; {held.conflicts} values that lost a conflict are left out.\n"
    sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n" if as_json else text)
