"""``pacte db``: start and stop the engine, say what runs and what it holds, take everything out and put it back."""

from __future__ import annotations

import datetime as dt
import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from pacte_graph.cli.progress import Bar
from pacte_graph.cli.screen import Console
from pacte_graph.errors import UsageError
from pacte_graph.settings import Settings

_JSON = Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")]


class Engine(StrEnum):
    """The engines ``pacte db start`` knows."""

    EMBEDDED = "embedded"
    NEO4J = "neo4j"


def register(app: typer.Typer) -> None:
    """Add the commands to ``app``."""
    group = typer.Typer(no_args_is_help=True, help="Start, stop, look at, back up and restore the database.")
    group.command("start")(start)
    group.command("stop")(stop)
    group.command("status")(status)
    group.command("backup")(backup)
    group.command("restore")(restore)
    app.add_typer(group, name="db")


def start(
    engine: Annotated[Engine | None, typer.Option("--engine", help="Remembered for later commands of this home.")] = None,
    *,
    as_json: _JSON = False,
) -> None:
    """Start the engine of this home, if it does not run yet. With NEO4J_URI set: only see that this server answers."""
    from pacte_graph.store import open_store

    settings = Settings()
    if settings.neo4j_uri and engine is not None:
        raise UsageError("NEO4J_URI names a server: no engine is started.", hint="Unset NEO4J_URI to use --engine.")
    with open_store(settings, engine=None if engine is None else engine.value, remember=engine is not None) as store:
        info = store.info()
    if as_json:
        _print({"engine": info.engine, "version": info.version, "uri": info.uri, "running": True})
    else:
        Console().print(f"{info.version} answers at {info.uri}.", highlight=False)


def stop(*, as_json: _JSON = False) -> None:
    """Stop the engine of this home cleanly."""
    from pacte_graph.store.life import stop as stop_engine

    settings = Settings()
    if settings.neo4j_uri:
        raise UsageError("The server named by NEO4J_URI is not ours to stop.", hint="Unset NEO4J_URI to stop this home's engine.")
    stopped = stop_engine(settings)
    if as_json:
        _print({"stopped": stopped})
    else:
        Console().print("The engine is stopped." if stopped else "No engine was running.")


def status(*, as_json: _JSON = False) -> None:
    """Say which engine runs, how reads are kept from writing, and what the database holds. Starts nothing."""
    found = _status(Settings())
    if as_json:
        _print(found)
        return
    table = Table(show_header=False)
    for name in ("engine", "version", "uri", "running", "reads_enforced_by", "nodes", "links"):
        table.add_row(name.replace("_", " "), "—" if found[name] is None else str(found[name]))
    console = Console()
    console.print(table)
    for row in found["sources"]:
        console.print(f"Loaded: {row['source']} ({row['name']}), {row['runs']} runs", highlight=False, markup=False)
    for run in found["unfinished_runs"]:
        console.print(f"Cut off or under way: {run['source']}, {run['run']}", highlight=False, markup=False)


def _status(settings: Settings) -> dict[str, Any]:
    from pacte_graph.store.life import running

    state = None if settings.neo4j_uri else running(settings)
    if state is None and not settings.neo4j_uri:
        return _stopped(settings)
    return _answered(settings, None if state is None else state.engine)


def _stopped(settings: Settings) -> dict[str, Any]:
    from pacte_graph.store.home import Home

    engine = Home(settings.home.expanduser().absolute()).chosen()
    unknown = dict.fromkeys(("version", "uri", "reads_enforced_by", "nodes", "links"))
    return {"engine": engine, **unknown, "running": False, "sources": [], "unfinished_runs": []}


def _answered(settings: Settings, engine: Any) -> dict[str, Any]:
    from pacte_graph import loading
    from pacte_graph.store import open_store

    with open_store(settings, engine=engine) as store:
        info = store.info()
        return {
            "engine": info.engine,
            "version": info.version,
            "uri": info.uri,
            "running": True,
            "reads_enforced_by": info.reads_enforced_by,
            **store.counts(),
            "sources": loading.sources(store),
            "unfinished_runs": loading.unfinished_runs(store),
        }


def backup(
    file: Annotated[Path, typer.Argument(help="File to write; it can be restored into any engine.", show_default=False)],
    *,
    as_json: _JSON = False,
) -> None:
    """Write everything the database holds to one file, checked by sums; an older file of that name is replaced only when done."""
    from pacte_graph.store import backup as making
    from pacte_graph.store import open_store

    with open_store(Settings()) as store, Bar(quiet=as_json) as bar:
        manifest = making.backup(store, file, progress=bar)
    if as_json:
        _print({"file": str(file), **manifest.as_dict()})
    else:
        Console().print(f"{manifest.nodes.lines} nodes and {manifest.links.lines} links are in {file}.", highlight=False)


def restore(
    file: Annotated[Path, typer.Argument(help="A file that `pacte db backup` wrote.", show_default=False)],
    *,
    force: Annotated[bool, typer.Option("--force", help="Replace what the database holds (it is backed up first).")] = False,
    as_json: _JSON = False,
) -> None:
    """Put the content of a backup in the place of the database's. The file is checked whole before anything is touched."""
    from pacte_graph.store import archive, open_store
    from pacte_graph.store import backup as making

    settings = Settings()
    archive.verify(file)  # before an engine is started
    keep = settings.home.expanduser().absolute() / "backups" / f"before-restore-{dt.datetime.now(dt.UTC):%Y%m%dT%H%M%SZ}.zip"
    with open_store(settings) as store, Bar(quiet=as_json) as bar:
        manifest = making.restore(store, file, force=force, keep=keep, batch_size=settings.batch_size, progress=bar)
    kept = str(keep) if keep.exists() else None
    if as_json:
        _print({"file": str(file), **manifest.as_dict(), "kept": kept})
        return
    console = Console()
    console.print(f"{manifest.nodes.lines} nodes and {manifest.links.lines} links were restored.", highlight=False)
    if kept:
        console.print(f"What was there before is in {kept}.", highlight=False)


def _print(value: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False, default=str) + "\n")
