"""``pacte whatif``: suppose that projects or actors go, are late, or come; nothing is written to the database."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.table import Table

from pacte_graph import network
from pacte_graph.cli.metrics import scope_maker
from pacte_graph.cli.screen import Console
from pacte_graph.errors import UsageError
from pacte_graph.metrics import words
from pacte_graph.metrics.dimensions import about
from pacte_graph.settings import Settings

if TYPE_CHECKING:
    from pacte_graph.metrics.whatif import Compared, WhatIf

HELP = """Suppose that projects or actors go, are late, or come, and show what that changes. Nothing is written.

[bold]--add FILE[/bold] is a TOML (or JSON) file of nodes and links in the schema's terms (see: pacte schema):

  [[nodes]]
  id = "project:halle"
  label = "Project"
  name = "Halle commune"

  [[links]]
  type = "TAKES_PART_IN"
  source = "actor:fictif:Ville de Valbrume"
  target = "project:halle"
  role = "lead"

A node has an id, a label (Project, Actor, Person, Territory, Milestone) and its properties; a link a type, a source, a target and
its properties. A milestone hangs on its project by a HAS_MILESTONE link."""


def register(app: typer.Typer) -> None:
    """Add the command to ``app``."""
    app.command("whatif", help=HELP.replace("[[", r"\[\["))(whatif)


def whatif(
    *,
    remove: Annotated[list[str] | None, typer.Option(help="Identifier of a project or actor to remove; may be repeated.")] = None,
    delay: Annotated[list[str] | None, typer.Option(help="ID=MONTHS: a project that is late; may be repeated.")] = None,
    add: Annotated[Path | None, typer.Option(help="TOML or JSON file of nodes and links to add.")] = None,
    programme: Annotated[str | None, typer.Option(help="Identifier of the programme that is the scope.")] = None,
    date: Annotated[
        str | None, typer.Option(help="Only links in force that day (YYYY-MM-DD); milestones before it stay.")
    ] = None,
    where: Annotated[list[str] | None, typer.Option("--where", help="Filter: kind=…, role=…, level=…; may be repeated.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")] = False,
) -> None:
    """Compare the network with what it would be."""
    from pacte_graph.cli.additions import Additions, additions
    from pacte_graph.metrics.whatif import Changes, what_if
    from pacte_graph.store import open_store

    late = _delays(delay or [])
    if not (remove or late or add):
        raise UsageError("Nothing is supposed.", hint="Give --remove ID, --delay ID=MONTHS or --add FILE.")
    scope_in = scope_maker(programme, date, where or [])
    with open_store(Settings()) as store:
        snapshot = network.read(store, scope_in(store))
    more = additions(add, snapshot) if add else Additions()
    found = what_if(snapshot, Changes(tuple(remove or ()), late, more.nodes, more.links, more.milestones))
    if as_json:
        sys.stdout.write(json.dumps(found.as_dict(), ensure_ascii=False, allow_nan=False, default=str) + "\n")
    else:
        _told(found)


def _delays(texts: list[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for text in texts:
        name, equals, months = text.rpartition("=")
        if not equals or not name or not months.strip().isdigit():
            raise UsageError(f"“{text}” is not ID=MONTHS.", hint="For instance: --delay project:fictif:3=6")
        if name in found:
            raise UsageError(f"{name} is late twice.")
        found[name] = int(months)
    return found


def _told(found: WhatIf) -> None:
    console = Console(highlight=False, markup=False)
    for said in found.sentences:
        console.print(said.fr, soft_wrap=True)
    _compared(console, "Ce qui change", (one for one in (*found.counts, *found.indicators) if one.before != one.after))
    for title, row in (("Sans eux", found.structure), ("Grâce à eux", found.gained)):
        if row:
            _listed(console, title, row)
    _slips(console, found)
    console.print("Rien n'est écrit dans la base.")


def _compared(console: Console, title: str, rows: Iterable[Compared]) -> None:
    table = Table("", "", "avant", "après", title=title, title_justify="left")
    for one in rows:
        what = about(one.dimension).fr if one.metric != "count" else ""
        table.add_row(one.label.fr, what, _number(one.before), _number(one.after))
    if table.row_count:
        console.print(table)


def _number(value: float | str | None) -> str:
    if value is None:
        return "non défini"
    return words.number(value).fr if isinstance(value, (int, float)) else value


def _listed(console: Console, title: str, row: Mapping[str, Any]) -> None:
    names = {
        "orphans": "acteurs qui n'ont que ces projets",
        "deserted": "projets qui n'ont que ces acteurs",
        "leaving_giant": "acteurs hors du plus grand ensemble",
        "uncovered": "territoires couverts par eux seuls",
    }
    for key, label in names.items():
        if row[key]:
            console.print(f"{title}, {label} : {', '.join(item['label'] for item in row[key])}", soft_wrap=True)


def _slips(console: Console, found: WhatIf) -> None:
    table = Table("jalon", "avant", "après", "par", title="Jalons", title_justify="left")
    for slip in found.slips:
        told = slip.as_dict()
        sure = "" if slip.sure else " (possible)"
        table.add_row(
            f"{slip.milestone.text}{sure}",
            told["before"]["fr"],
            told["after"]["fr"],
            " → ".join(found.after.by_id[name].caption for name in slip.via),
        )
    if table.row_count:
        console.print(table)
