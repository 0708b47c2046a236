"""``pacte demo``: load the built-in cases, then open the explorer on them."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from pacte_graph import cases, loading
from pacte_graph.cli.imports import load
from pacte_graph.settings import Settings


def register(app: typer.Typer) -> None:
    """Add the commands to ``app``."""
    app.command("demo")(demo)


def demo(
    *,
    no_serve: Annotated[bool, typer.Option("--no-serve", help="Load the cases and stop there.")] = False,
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port of the explorer; 0 takes any free one.")] = 0,
) -> None:
    """Load the built-in cases, then open the explorer. With PACTE_NO_BROWSER=1 only the address is printed."""
    batches = loading.importer("tableur").read(list(cases.paths().values()))
    for report in load(batches, dry_run=False, prune=True, force=True, quiet=False):
        sys.stderr.write(f"{report}\n")
    if no_serve:
        return
    from dashapp.server import serve

    serve(Settings(), host="127.0.0.1", port=port, read_only=False, open_browser=True)
