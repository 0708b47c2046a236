"""``pacte template`` and ``pacte map``: a workbook to fill in, and a first mapping for a table of one's own."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from pacte_graph import loading
from pacte_graph.cli.files import write_atomically
from pacte_graph.errors import UsageError

IMPORTER = "tableur"
Force = Annotated[bool, typer.Option("--force", help="Replace the file if it is there already.")]


def register(app: typer.Typer) -> None:
    """Add the commands to ``app``."""
    app.command("template")(template)
    app.command("map")(map_)


def template(
    path: Annotated[Path, typer.Argument(metavar="OUT.xlsx", help="Workbook to write.", show_default=False)],
    *,
    force: Force = False,
) -> None:
    """Write a blank workbook: a sheet a type, drop-downs, explanations; `pacte import tableur` reads it once filled."""
    from pacte_graph import workbook

    if path.suffix.lower() != ".xlsx":
        raise UsageError(f"{path.name} doesn't end with .xlsx.", hint="Give a name such as reseau.xlsx.")
    _spare(path, force=force)
    out = io.BytesIO()
    workbook.template(out)
    write_atomically(path, out.getvalue())
    typer.echo(f"{path} is ready: fill it in, then `pacte import {IMPORTER} {path} --dry-run`.")


def map_(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="A table: .csv, .xlsx or .ods.", show_default=False)],
    *,
    out: Annotated[Path | None, typer.Option("-o", "--output", help="Mapping file to write; else printed.")] = None,
    force: Force = False,
) -> None:
    """Propose a mapping from a table's headers and values: correct it, then `pacte import tableur FILE --map MAPPING.toml`."""
    if not path.exists():
        raise UsageError(f"There is no file {path}.", hint="Check the path: a table in .csv, .xlsx or .ods.")
    if out is not None:
        _spare(out, force=force)
    importer: Any = loading.importer(IMPORTER)
    told = importer.propose_mapping(path)
    if out is None:
        sys.stdout.write(told)
    else:
        write_atomically(out, told.encode())
        typer.echo(f"{out} is a start: correct it, then `pacte import {IMPORTER} {path} --map {out} --dry-run`.")


def _spare(path: Path, *, force: bool) -> None:
    """Raise UsageError rather than replace a file that someone may have filled in."""
    if path.exists() and not force:
        raise UsageError(f"{path} is there already; nothing was written.", hint="Give another name, or --force to replace it.")
