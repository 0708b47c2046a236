"""``pacte show``, ``trust``, ``decide`` and ``duplicates``: who says so, whom to believe, and which records are one."""

from __future__ import annotations

import getpass
import json
import sys
from typing import Annotated, Any

import typer
from rich.markup import escape
from rich.table import Table

from pacte_graph.cli.screen import Console
from pacte_graph.errors import DataRefused, UsageError
from pacte_graph.schema import LINKS, NODES, Property
from pacte_graph.settings import Settings

Json = Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")]


def register(app: typer.Typer) -> None:
    """Add the commands to ``app``."""
    app.command("show")(show)
    app.command("trust")(trust)
    app.command("decide")(decide)
    app.command("duplicates")(duplicates)


def show(
    identifier: Annotated[str, typer.Argument(help="A node's id, or a link as TYPE|source|target|key.", show_default=False)],
    *,
    as_json: Json = False,
) -> None:
    """Show one node or link, value by value: who says so, in which file, at which place, since when, and who disagrees."""
    from pacte_graph import loading
    from pacte_graph.store import open_store

    with open_store(Settings()) as store:
        found = loading.fact(store, identifier)
    if as_json:
        _print_json(found)
        return
    console = Console()
    console.print(f"[bold]{escape(found['id'])}[/bold] ({found['type']})", highlight=False)
    if found["merged_into"]:
        console.print(f"Merged into {escape(found['merged_into'])}.", highlight=False)
    for item in found["merged"]:
        console.print(f"Stands for {escape(item['id'])} too ({escape(item['by'] or 'by the thesaurus')}).", highlight=False)
    console.print(_values(found))
    for statement in found["statements"]:
        places = "; ".join(_place(place, statement["source"]) for place in statement["where"])
        console.print(f"[bold]{escape(statement['name'])}[/bold] ({escape(statement['source'])})", highlight=False)
        console.print(f"  {escape(places)}; loaded {statement['date']}, {statement['run']}", highlight=False, soft_wrap=True)


def _place(place: dict[str, Any], source: str) -> str:
    """Return a place in words; the place of a decision by hand says who chose what, and when."""
    from pacte_graph.loading.comparing import DECISIONS
    from pacte_graph.loading.trust import decided

    found = decided(place["column"]) if source == DECISIONS else None
    if found is None:
        return f"at {place['text']}"
    by = f" by {found.by}" if found.by else ""
    return f"{found.name}, chosen{by} on {found.on.isoformat()}"


def _values(found: dict[str, Any]) -> Table:
    table = Table("Property", "Value", "Stated by", "Not kept")
    for name, value in found["properties"].items():
        said = [row["source"] for row in found["statements"] if name in row["properties"] and name not in row["disagrees"]]
        lost = [f"{row['disagrees'][name]['value']} ({row['source']})" for row in found["statements"] if name in row["disagrees"]]
        table.add_row(*(escape(str(text)) for text in (name, _short(value), ", ".join(said), "; ".join(lost))))
    return table


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= 300 else f"{text[:300]}… ({len(text)} characters)"


def trust(
    order: Annotated[list[str] | None, typer.Argument(help="Sources, most trusted first.", show_default=False)] = None,
    *,
    as_json: Json = False,
) -> None:
    """Show whom to believe where sources disagree, or set the order. Values are settled again at once."""
    from pacte_graph import loading
    from pacte_graph.loading import trust as rules
    from pacte_graph.store import open_store

    with open_store(Settings()) as store:
        changed = rules.order(store, order) if order else None
        rows = sorted(loading.sources(store), key=lambda row: (-(row["trust"] or 0), row["source"]))
        open_ = [_disagreement(fact) for fact in rules.disagreements(store)]
    ranked = [{"source": row["source"], "name": row["name"], "trust": row["trust"] or 0} for row in rows]
    if as_json:
        _print_json({"changed": changed, "sources": ranked, "disagreements": open_})
        return
    console = Console()
    table = Table("Source", "Name", "Trust")
    for row in ranked:
        table.add_row(escape(row["source"]), escape(str(row["name"])), str(row["trust"] or "—"))
    console.print(table)
    if changed is not None:
        console.print(f"{changed} facts hold another value now.")
    for item in open_:
        for name, voices in item["properties"].items():
            said = "; ".join(f"{source}: {value}" for source, value in voices.items())
            console.print(f"{escape(item['about'])}, {name}: {escape(said)}", highlight=False, soft_wrap=True)


def _disagreement(fact: Any) -> dict[str, Any]:
    from pacte_graph.loading.keys import identifier
    from pacte_graph.loading.statements import plain

    names = sorted({name for name, _ in fact.spoken})
    voices = {name: {source: plain(value) for source, value in fact.voices(name).items()} for name in names}
    return {"about": identifier(fact.key), "properties": voices}


def decide(
    identifier: Annotated[str, typer.Argument(help="A node's id, or a link as TYPE|source|target|key.", show_default=False)],
    name: Annotated[str, typer.Argument(help="Property, as `pacte schema` names it.", show_default=False)],
    *,
    source: Annotated[str | None, typer.Option("--source", help="Keep what this source says.")] = None,
    value: Annotated[str | None, typer.Option("--value", help="Keep this value.")] = None,
    undo: Annotated[bool, typer.Option("--undo", help="Take the decision back.")] = False,
) -> None:
    """Decide a value by hand where sources disagree. The decision survives later imports; the other values stay shown."""
    from pacte_graph.loading import trust as rules
    from pacte_graph.store import open_store

    if sum((source is not None, value is not None, undo)) != 1:
        raise UsageError("Give one of --source, --value and --undo.")
    with open_store(Settings()) as store:
        if undo:
            rules.withdraw(store, identifier, name)
        elif source is not None:
            rules.choose(store, identifier, name, source, by=_user())
        else:
            rules.decide(store, identifier, name, _typed(store, identifier, name, value or ""), by=_user())
    Console().print(f"{escape(identifier)}: {escape(name)} {'is left to the sources again' if undo else 'is decided'}.")


def _typed(store: Any, identifier: str, name: str, text: str) -> Any:
    """Return the value that a text means for a property of a fact; raises DataRefused when it can't be."""
    import datetime as dt

    from pacte_graph.loading import origin
    from pacte_graph.records import Ref

    key = origin.find(store, identifier).key
    declared: Property | None = (NODES[key.label] if isinstance(key, Ref) else LINKS[key.type]).property(name)
    kind = declared.type if declared else "string"
    try:
        if kind in ("integer", "float"):
            return int(text) if kind == "integer" else float(text)
        if kind == "boolean":
            return {"true": True, "false": False}[text.casefold()]
        if kind == "date":
            return dt.date.fromisoformat(text)
    except (ValueError, KeyError) as error:
        raise DataRefused(f"{text!r} is no {kind}.", hint="Dates are YYYY-MM-DD, booleans true or false.") from error
    return [part.strip() for part in text.split("|") if part.strip()] if kind == "strings" else text


def duplicates(
    *,
    merge: Annotated[tuple[str, str] | None, typer.Option("--merge", help="KEPT OTHER: merge the second into the first.")] = None,
    name: Annotated[str, typer.Option("--name", help="With --merge: the name to show.")] = "",
    differ: Annotated[tuple[str, str] | None, typer.Option("--differ", help="FIRST SECOND: they are not the same.")] = None,
    undo: Annotated[str | None, typer.Option("--undo", help="Undo the merge of this record.")] = None,
    reopen: Annotated[
        tuple[str, str] | None, typer.Option("--reopen", help="FIRST SECOND: take back that they are not the same.")
    ] = None,
    compare: Annotated[tuple[str, str] | None, typer.Option("--compare", help="FIRST SECOND: show both side by side.")] = None,
    merged: Annotated[bool, typer.Option("--merged", help="List the decisions instead.")] = False,
    as_json: Json = False,
) -> None:
    """List records that are probably the same, or decide: every decision goes to the thesaurus, which later imports obey."""
    from pacte_graph.loading import review, thesaurus
    from pacte_graph.store import open_store

    settings = Settings()
    path = settings.thesaurus_file
    if sum((*(choice is not None for choice in (merge, differ, undo, reopen, compare)), merged)) > 1:
        raise UsageError("Give only one of --merge, --differ, --undo, --reopen, --compare and --merged.")
    if compare:
        _side_by_side(settings, compare, as_json=as_json)
        return
    with open_store(settings) as store:
        told = ""
        if merge:
            review.merge(store, path, *merge, name=name, by=_user())
            told = f"{merge[1]} is merged into {merge[0]}; undo: pacte duplicates --undo {merge[1]}"
        elif differ:
            review.refuse(store, path, *differ, by=_user())
            told = f"{differ[0]} and {differ[1]} stay apart."
        elif undo:
            told = f"{review.undo(store, path, undo).id} is a record of its own again."
        elif reopen:
            review.reopen(path, *reopen)
            told = f"{reopen[0]} and {reopen[1]} can be proposed again."
        shown = not told and not merged
        found = [item.as_dict() for item in review.proposals(store, thesaurus.load(path))] if shown else []
    decisions = [_decision(item) for item in thesaurus.load(path)]
    if as_json:
        _print_json({"thesaurus": path.name, "proposals": found, "decisions": decisions})
        return
    console = Console()
    for line in [told] if told else _lines(decisions if merged else found, merged=merged):
        console.print(line, highlight=False, soft_wrap=True, markup=False)


def _side_by_side(settings: Settings, pair: tuple[str, str], *, as_json: bool) -> None:
    """Print two records property by property, with the sources of each."""
    from pacte_graph import loading
    from pacte_graph.store import open_store

    with open_store(settings) as store:
        facts = [loading.fact(store, identifier) for identifier in pair]
    if as_json:
        _print_json({"records": facts})
        return
    table = Table("")
    for fact in facts:
        table.add_column(escape(fact["id"]), overflow="fold")
    names = dict.fromkeys(name for fact in facts for name in fact["properties"])
    for name in names:
        table.add_row(name, *(escape(_cell(fact["properties"].get(name))) for fact in facts))
    table.add_row("sources", *(escape(", ".join(item["source"] for item in fact["statements"])) for fact in facts))
    Console().print(table)


def _cell(value: object) -> str:
    if value is None:
        return "—"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _lines(rows: list[dict[str, Any]], *, merged: bool) -> list[str]:
    if merged:
        return [f"{row['verdict']}: {row['kept']} / {row['other']} {row['name']}".rstrip() for row in rows] or [
            "No decision yet."
        ]
    return [
        f"{row['score']:.2f} {row['certainty']}: {row['ids'][0]} ({row['names'][0]}) / {row['ids'][1]} ({row['names'][1]}): "
        + "; ".join(reason["en"] for reason in row["reasons"])
        for row in rows
    ] or ["Nothing looks the same."]


def _decision(item: Any) -> dict[str, str]:
    return {name: getattr(item, name) for name in ("verdict", "label", "kept", "other", "name", "by", "on", "note")}


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"


def _print_json(found: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(found, ensure_ascii=False, default=str) + "\n")
