"""The command ``pacte``: one module a group of commands; errors become one sentence and an exit code here, once."""

from __future__ import annotations

import json
import sys
import traceback
from importlib import import_module

import typer

from pacte_graph import __version__
from pacte_graph.errors import PacteError

GROUPS = ("demo", "imports", "trust", "template", "export", "metrics", "whatif", "query", "figure", "serve", "db", "schema")
"""Modules of this package; each has ``register(app)``."""


def _version(value: bool) -> None:  # noqa: FBT001 - typer callback
    if value:
        typer.echo(f"pacte {__version__}")
        raise typer.Exit


def build() -> typer.Typer:
    """Return the command-line application with every group registered."""
    app = typer.Typer(
        name="pacte",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode="rich",
        help="Explorer for territorial partnership networks: load, query, measure, show.",
    )

    @app.callback()
    def options(
        *,
        version: bool = typer.Option(False, "--version", callback=_version, is_eager=True, help="Print the version."),
        debug: bool = typer.Option(False, "--debug", help="Show the traceback of an error."),
    ) -> None:
        del version, debug

    for group in GROUPS:
        import_module(f"pacte_graph.cli.{group}").register(app)
    return app


def report(error: PacteError, *, as_json: bool) -> None:
    """Print an error on standard error: ``{"error": …}`` for machines, two lines for people."""
    if as_json:
        print(json.dumps({"error": error.as_dict()}, ensure_ascii=False), file=sys.stderr)  # noqa: T201
        return
    print(error.message, file=sys.stderr)  # noqa: T201
    if error.hint:
        print(error.hint, file=sys.stderr)  # noqa: T201


def main(arguments: list[str] | None = None) -> None:
    """Run ``pacte`` and exit: 0 done, 1 data refused, 2 wrong usage, 3 no database."""
    words = sys.argv[1:] if arguments is None else arguments
    try:
        build()(args=words, standalone_mode=True)
    except PacteError as error:
        if "--debug" in words:
            traceback.print_exc()
        report(error, as_json="--json" in words or "json" in words)
        sys.exit(error.exit_code)
