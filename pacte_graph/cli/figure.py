"""``pacte figure``: a recipe replayed on the data of the day, as SVG, PDF or PNG."""

from __future__ import annotations

import dataclasses
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from pacte_graph.errors import DataRefused, UsageError
from pacte_graph.figures.model import Picture, Recipe
from pacte_graph.network.model import Network, Scope


def register(app: typer.Typer) -> None:
    """Add the commands to ``app``."""
    app.command("figure")(figure)


def figure(
    recipe: Annotated[Path, typer.Argument(metavar="RECIPE.yaml", help="What to show and how; see the keys in the docs.")],
    *,
    out: Annotated[Path, typer.Option("-o", "--output", help="OUT.svg, OUT.pdf or OUT.png.")],
    programme: Annotated[str | None, typer.Option("--programme", help="Replace the recipe's programme.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")] = False,
) -> None:
    """Draw a self-explaining figure: title, legend, date, filters and source are on it."""
    from pacte_graph.cli.files import write_atomically
    from pacte_graph.figures.draw import FORMATS, figure_bytes
    from pacte_graph.figures.marking import marked, widened
    from pacte_graph.figures.picture import picture
    from pacte_graph.figures.recipe import read_file

    format_ = out.suffix.removeprefix(".").lower()
    if format_ not in FORMATS:
        raise UsageError(f"{out.name} has no figure format.", hint=f"End the name with .{', .'.join(FORMATS)}.")
    chosen = read_file(recipe)
    if programme:
        chosen = dataclasses.replace(chosen, programme=programme)
    network, pointed, title = _read(chosen)
    values = _values(network, chosen.size_by)
    drawn = marked(picture(network, widened(network, chosen, pointed), metric_values=values), pointed, title)
    write_atomically(out, figure_bytes(drawn, format_))
    _say(out, drawn, as_json=as_json)


def _read(recipe: Recipe) -> tuple[Network, tuple[str, ...], str]:
    """Return the network of the recipe's programme at its date, and what its saved query points at, with the query's title.

    Raises DataRefused when no programme of that name is loaded.
    """
    from pacte_graph import network as networks
    from pacte_graph import queries
    from pacte_graph.settings import Settings
    from pacte_graph.store import open_store

    settings = Settings()
    with open_store(settings) as store:
        known = [info.id for info in networks.programmes(store)]
        if recipe.programme not in known:
            there = ", ".join(known) or "none yet"
            raise DataRefused(f"No programme {recipe.programme!r} is loaded; loaded are: {there}.", hint="Run: pacte demo.")
        network = networks.read(store, Scope(recipe.programme, date=recipe.date))
        if recipe.query is None:
            return network, (), ""
        answer = queries.run(store, recipe.query, {**recipe.parameters, "programme": recipe.programme}, settings)
    return network, (*answer.graph.nodes, *answer.graph.links), answer.query.title.get(recipe.language)


def _values(network: Network, size_by: str) -> Mapping[str, float] | None:
    """Return the metric that sizes the nodes, by node id; None for the number of links."""
    from pacte_graph import metrics
    from pacte_graph.figures import sizing

    return sizing.values(lambda name: metrics.run(name, network, {}), size_by)


def _say(out: Path, drawn: Picture, *, as_json: bool) -> None:
    told: dict[str, Any] = {
        "file": str(out),
        "programme": drawn.recipe.programme,
        "nodes": len(drawn.nodes),
        "links": len(drawn.links),
        "left_out": dict(drawn.left_out),
        "captions": list(drawn.captions),
    }
    if as_json:
        sys.stdout.write(json.dumps(told, ensure_ascii=False, indent=2) + "\n")
        return
    left_out = ", ".join(f"{count} {name}" for name, count in drawn.left_out.items())
    typer.echo(f"{out}: {len(drawn.nodes)} nodes, {len(drawn.links)} links" + (f"; left out: {left_out}" if left_out else ""))
