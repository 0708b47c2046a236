"""Commands of the group ``serve``."""

from __future__ import annotations

from typing import Annotated

import typer

from pacte_graph.settings import Settings


def register(app: typer.Typer) -> None:
    """Add the commands to ``app``."""
    app.command("serve")(serve)


def serve(
    *,
    host: Annotated[str, typer.Option(help="Address to listen on; others than this machine's own reach whatever is loaded.")] = (
        "127.0.0.1"
    ),
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on; 0 takes any free one.")] = 8050,
    read_only: Annotated[bool, typer.Option("--read-only", help="Offer nothing that writes to the database.")] = False,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Don't open a browser; only print the address.")] = False,
) -> None:
    """Serve the explorer on the current database, until Ctrl-C. Prints its address on one line."""
    from dashapp.server import serve as run

    run(Settings(), host=host, port=port, read_only=read_only, open_browser=not no_browser)
