"""``pacte query list | show | run``: the saved questions and their answers."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.markup import escape
from rich.table import Table

from pacte_graph.cli.files import write_atomically
from pacte_graph.cli.screen import Console
from pacte_graph.errors import UsageError
from pacte_graph.queries import CATEGORIES, QueryResult, SavedQuery, catalogue, find, only_programme, run
from pacte_graph.queries.casting import accepted
from pacte_graph.settings import Settings

queries = typer.Typer(no_args_is_help=True, help="Questions saved as .cypher files: list them, show one, run one.")


def register(app: typer.Typer) -> None:
    """Add the commands to ``app``."""
    app.add_typer(queries, name="query")


@queries.command("list")
def list_(
    *,
    as_json: bool = typer.Option(False, "--json", help="One JSON object on standard output."),
    language: str = typer.Option("fr", "--lang", help="fr or en."),
) -> None:
    """List the saved queries with the question each answers."""
    known = catalogue().values()
    if as_json:
        _print_json({"queries": [query.as_dict() for query in known]})
        return
    table = Table("Requête" if language == "fr" else "Query", "Question", "Thème" if language == "fr" else "Theme")
    for query in known:
        table.add_row(query.name, escape(query.question.get(language)), CATEGORIES[query.category].get(language))
    Console().print(table)


@queries.command()
def show(
    name: str,
    *,
    as_json: bool = typer.Option(False, "--json", help="One JSON object on standard output."),
    language: str = typer.Option("fr", "--lang", help="fr or en."),
) -> None:
    """Show one saved query: its question, its parameters, its columns and its Cypher."""
    query = find(name)
    if as_json:
        _print_json({**query.as_dict(), "cypher": query.cypher})
        return
    console = Console(highlight=False)
    console.print(query.question.get(language), style="bold", markup=False)
    for item in query.parameters:
        need = _need(item.default, optional=item.optional, language=language)
        console.print(f"  -p {item.name}=…  {item.label.get(language)}: {accepted(item)}; {need}", markup=False)
    console.print()
    console.print(query.cypher, markup=False)


def _need(default: Any, *, optional: bool, language: str) -> str:
    if default is not None:
        return f"par défaut {default}" if language == "fr" else f"default {default}"
    if optional:
        return "facultatif" if language == "fr" else "optional"
    return "obligatoire" if language == "fr" else "required"


@queries.command("run")
def run_(
    name: str,
    *,
    parameter: Annotated[list[str] | None, typer.Option("-p", "--parameter", help="key=value; repeat for several.")] = None,
    programme: str | None = typer.Option(None, "--programme", help="Identifier of the programme (needed if several are loaded)."),
    format_: str = typer.Option("table", "--format", help="table, csv, json, xlsx or graphml."),
    out: Annotated[Path | None, typer.Option("-o", "--output", help="Write here instead of standard output.")] = None,
    language: str = typer.Option("fr", "--lang", help="Language of headings: fr or en."),
) -> None:
    """Run one saved query; the engine itself refuses to write."""
    from pacte_graph.queries.export import FORMATS
    from pacte_graph.store import open_store

    if format_ not in FORMATS:
        raise UsageError(f"There is no format {format_!r}; there are: {', '.join(FORMATS)}.")
    if format_ == "xlsx" and out is None:
        raise UsageError("A workbook goes to a file.", hint="Add -o FILE.xlsx.")
    query, given = find(name), pairs(parameter or [])
    settings = Settings()
    with open_store(settings) as store:
        if programme is not None:
            given["programme"] = programme
        elif "programme" not in given:
            given["programme"] = only_programme(store)
        result = run(store, query.name, given, settings)
    _deliver(result, query, format_, out, language)


def pairs(texts: list[str]) -> dict[str, Any]:
    """Return ``key=value`` texts as a mapping; raises UsageError for one without an equals sign or given twice."""
    given: dict[str, Any] = {}
    for text in texts:
        key, equals, value = text.partition("=")
        if not equals or not key.strip():
            raise UsageError(f"Parameter {text!r} is not of the form key=value.", hint="For instance: -p level=region.")
        if key.strip() in given:
            raise UsageError(f"Parameter {key.strip()} is given twice.")
        given[key.strip()] = value
    return given


def _deliver(result: QueryResult, query: SavedQuery, format_: str, out: Path | None, language: str) -> None:
    from pacte_graph.queries import export

    if format_ == "table":
        paper = io.StringIO()
        console = Console(width=200, file=paper) if out else Console()
        console.print(export.table(result, language))
        if out:
            write_atomically(out, paper.getvalue().encode())
    elif format_ == "xlsx" and out:
        write_atomically(out, export.to_xlsx(result, language))
    else:
        text = {
            "json": lambda: json.dumps(export.as_dict(result), ensure_ascii=False, indent=2) + "\n",
            "csv": lambda: export.to_csv(result, language),
            "graphml": lambda: export.to_graphml(result, language),
        }[format_]()
        if out:
            write_atomically(out, text.encode("utf-8-sig" if format_ == "csv" else "utf-8"))
        else:
            sys.stdout.write(text)
    if result.truncated and format_ != "json":
        print(export.notice(result, language), file=sys.stderr)  # noqa: T201 - part of the command line
    if out:
        print(f"{out}: {query.name}, {len(result.rows)} rows", file=sys.stderr)  # noqa: T201 - part of the command line


def _print_json(data: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(data, ensure_ascii=False, indent=2) + "\n")
