"""``pacte schema``: the model and its tables, described in French and English, drawn from the schema."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, Any

import typer

from pacte_graph import schema as model
from pacte_graph.schema import LinkType, NodeType, Property, Words


class Format(StrEnum):
    """How the model is printed."""

    MD = "md"
    JSON = "json"


def register(app: typer.Typer) -> None:
    """Add the commands to ``app``."""
    app.command("schema")(schema)


def schema(format_: Annotated[Format, typer.Option("--format", help="Markdown or JSON.")] = Format.MD) -> None:
    """Describe labels, relationship types, properties and the tables that carry them."""
    if format_ is Format.JSON:
        sys.stdout.write(json.dumps(described(), ensure_ascii=False) + "\n")
    else:
        sys.stdout.write("\n".join(_markdown()) + "\n")


def described() -> dict[str, Any]:
    """Return the whole model as plain data."""
    nodes = [
        {"label": item.label, "table": item.table, **_words(item.words, item.description), "properties": _properties(item)}
        for item in model.NODES.values()
    ]
    links = [
        {"type": item.type, "table": item.table, "from": item.sources, "to": item.targets,
         **_words(item.words, item.description), "properties": _properties(item)}
        for item in model.LINKS.values()
    ]  # fmt: skip
    return {"nodes": nodes, "links": links}


def _words(name: Words, about: Words) -> dict[str, Any]:
    return {"name": {"fr": name.fr, "en": name.en}, "description": {"fr": about.fr, "en": about.en}}


def _properties(item: NodeType | LinkType) -> list[dict[str, Any]]:
    return [
        {"name": p.name, "type": p.type, "required": p.required, "unit": p.unit, **_words(p.label, p.description),
         "choices": {choice.value: {"fr": choice.label.fr, "en": choice.label.en} for choice in p.choices}}
        for p in item.properties
    ]  # fmt: skip


def _markdown() -> Iterator[str]:
    yield "# Modèle / Model\n\nUne table par type : le nom du fichier CSV est celui de la table. / One CSV table a type.\n"
    for node in model.NODES.values():
        columns = "id, programme, document" if node.scoped else "id, document"
        yield from _section(f"{node.label} (`{node.table}.csv`)", node.words, node.description, columns, node.properties)
    for link in model.LINKS.values():
        title = f"{' | '.join(link.sources)} —{link.type}→ {' | '.join(link.targets)} (`{link.table}.csv`)"
        yield from _section(
            title, link.words, link.description, "source, target" + (", key" if link.keyed else ""), link.properties
        )


def _section(title: str, name: Words, about: Words, fixed: str, properties: tuple[Property, ...]) -> Iterator[str]:
    yield f"## {title}\n\n{name.fr} / {name.en}. {about.fr} / {about.en}\n\nColonnes / columns: {fixed}\n"
    yield "| colonne / column | type | français | English |\n|---|---|---|---|"
    for item in properties:
        kind = ", ".join(choice.value for choice in item.choices) or item.type + (f" ({item.unit})" if item.unit else "")
        shown, french, english = item.name + " *" * item.required, item.description.fr, item.description.en
        yield f"| {shown} | {kind} | {item.label.fr} : {french} | {item.label.en}: {english} |"
    yield ""
