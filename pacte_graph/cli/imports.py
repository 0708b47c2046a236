"""``pacte import`` and ``pacte sources``: load what a source states, and see what can be and was loaded."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from pacte_graph import loading
from pacte_graph.cli.import_text import show_reports
from pacte_graph.cli.progress import Bar
from pacte_graph.cli.screen import Console
from pacte_graph.errors import UsageError
from pacte_graph.records import Batch
from pacte_graph.settings import Settings


def register(app: typer.Typer) -> None:
    """Add the commands to ``app``."""
    app.command("import")(import_)
    app.command("sources")(sources)


def import_(  # noqa: PLR0913 - one argument an option
    source: Annotated[str, typer.Argument(help="Importer: `pacte sources` lists them.", show_default=False)],
    paths: Annotated[list[Path], typer.Argument(help="Files or folders to read.", show_default=False)],
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show the difference, write nothing.")] = False,
    prune: Annotated[
        bool, typer.Option("--prune", help="Remove what this source no longer states, never another's word.")
    ] = False,
    force: Annotated[
        bool,
        typer.Option("--force", help="Prune even what looks cut or hides in refused rows."),
    ] = False,
    full: Annotated[
        bool, typer.Option("--full", help="Compare every fact, even of a source that states what it stated last.")
    ] = False,
    programme: Annotated[str | None, typer.Option("--programme", help="Programme the files belong to.")] = None,
    map_: Annotated[Path | None, typer.Option("--map", help="Mapping file, for a table of another layout (`pacte map`).")] = None,
    option: Annotated[list[str] | None, typer.Option("--option", "-o", help="Option of the importer, as key=value.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")] = False,
) -> None:
    """Load files: read them all, compare with the database, then write. Nothing is written when a file is refused."""
    if map_ is not None and not map_.is_file():
        raise UsageError(f"There is no file {map_}.", hint="Check the path; `pacte map` makes a mapping file.")
    words = [*(option or []), *([] if map_ is None else [f"map={map_}"])]
    batches = _read(source, paths, _options(programme, words))
    reports = load(batches, dry_run=dry_run, prune=prune, force=force, full=full, quiet=as_json)
    if as_json:
        sys.stdout.write(json.dumps(loading.merged(reports), ensure_ascii=False) + "\n")
    else:
        show_reports(Console(), reports)


def load(
    batches: list[Batch], *, dry_run: bool, prune: bool, quiet: bool, force: bool = False, full: bool = False
) -> list[loading.Report]:
    """Plan every batch, then write them unless ``dry_run``; return the reports. A bar shows when it takes over a second.

    Raises DataRefused, with nothing written, when a pruned source states less than half of before or has refused rows that
    name nothing beside what is gone (not with ``force``).
    """
    from pacte_graph.store import open_store

    with open_store(Settings()) as store, Bar(quiet=quiet) as bar:
        plans = loading.compare(store, batches, prune=prune, full=full, progress=bar)
        if not dry_run:
            return loading.write(store, plans, prune=prune, force=force, progress=bar)
    return loading.dry_run(plans, prune=prune)


def _read(source: str, paths: list[Path], options: dict[str, str]) -> list[Batch]:
    importer = loading.importer(source)
    for path in paths:
        if not path.exists():
            raise UsageError(f"There is no file or folder {path}.", hint="Check the path; several may be given.")
    return importer.read(paths, **options)


def _options(programme: str | None, words: list[str]) -> dict[str, str]:
    found = {} if programme is None else {"programme": programme}
    for word in words:
        name, sign, value = word.partition("=")
        if not sign or not name.isidentifier():
            raise UsageError(f"Option {word!r} isn't of the form key=value.")
        if name in found:
            raise UsageError(f"Option {name} is given twice.")
        found[name] = value
    return found


def sources(*, as_json: Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")] = False) -> None:
    """List the importers with their cards, what was loaded, and the loads that were cut off."""
    from pacte_graph.store import open_store

    with open_store(Settings()) as store:
        loaded = loading.sources(store)
        unfinished = loading.unfinished_runs(store)
    importers = [{"name": name, "version": item.version, "card": asdict(item.card)} for name, item in loading.importers().items()]
    if as_json:
        found = {"importers": importers, "loaded": loaded, "unfinished": unfinished}
        sys.stdout.write(json.dumps(found, ensure_ascii=False, default=str) + "\n")
        return
    console = Console()
    console.print(_importers(importers))
    console.print(_loaded(loaded) if loaded else "Nothing was loaded yet: `pacte demo` loads the built-in cases.")
    for run in unfinished:
        console.print(f"Cut off or under way: {run['source']}, {run['run']}. Importing this source again finishes it.")


def _importers(found: list[dict[str, Any]]) -> Table:
    table = Table("Importer", "Version", "Reads", "Licence", title="Importers", title_justify="left")
    for item in found:
        table.add_row(item["name"], item["version"], item["card"]["name_en"], item["card"]["licence"])
    return table


def _loaded(found: list[dict[str, Any]]) -> Table:
    table = Table("Source", "Name", "Runs", "Last run", "Status", title="Loaded", title_justify="left")
    for item in found:
        last = item["last_run"]
        name = f"{item['name']} (fictitious)" if item["fictitious"] else item["name"]
        table.add_row(item["source"], name, str(item["runs"]), str(last["started_at"] or ""), str(last["status"] or ""))
    return table
