"""The form of a saved query, drawn from its typed parameters: defaults filled in, names suggested."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import dash_mantine_components as dmc
from dash import html
from dash.development.base_component import Component

from dashapp.buttons import SETTLE
from dashapp.explorer.naming import caption
from dashapp.queries.asking import Asked, formed
from dashapp.queries.words import say
from pacte_graph.network.model import Network, Scope
from pacte_graph.queries import QueryParameter

if TYPE_CHECKING:
    from dashapp.services import Services

FIELD = "queries-field"
MOST_SHOWN = 100
"""Names a list shows at once; typing finds the others."""


def form(services: Services, question: Asked, state: Mapping[str, str]) -> Component:
    """Return the form of a question, with what the address already says."""
    lang = state["lang"]
    network = services.network(Scope(state["programme"]))
    fields = [field(item, question.given.get(item.name), network, lang) for item in formed(question.query)]
    run = html.Button(say("run", lang), id="queries-run", type="submit", className="button-main", **SETTLE)
    return html.Form([*fields, run], className="queries-form", **{"aria-label": question.query.title.get(lang)})


def field(parameter: QueryParameter, text: str | None, network: Network, lang: str) -> Component:
    """Return one field. Its id carries the parameter's name, so that one callback reads whatever form is shown."""
    value = text if text is not None else _default(parameter)
    common: dict[str, Any] = {
        "id": {"type": FIELD, "name": parameter.name},
        "label": parameter.label.get(lang),
        "size": "sm",
        "className": f"queries-field queries-field-{parameter.type}",
    }
    empty = say("optional" if parameter.optional else "pick", lang)
    if parameter.type in ("integer", "number"):
        whole = parameter.type == "integer"
        return dmc.NumberInput(
            value=_figure(value), allowDecimal=not whole, decimalSeparator="," if lang == "fr" else ".", **common
        )
    if options := choices(parameter, network, lang):
        known = value is None or value in {item["value"] for item in options}
        rows = options if known else [{"value": value, "label": value}, *options]
        found = {"searchable": True, "limit": MOST_SHOWN, "nothingFoundMessage": say("nothing_found", lang)}
        return dmc.Select(data=rows, value=value, clearable=parameter.optional, placeholder=empty, **found, **common)
    if parameter.suggest:
        return dmc.Autocomplete(
            data=suggestions(parameter, network), value=value or "", limit=MOST_SHOWN, placeholder=empty, **common
        )
    hint = say("date_format", lang) if parameter.type == "date" else empty
    return dmc.TextInput(value=value or "", placeholder=hint, **common)


def choices(parameter: QueryParameter, network: Network, lang: str) -> list[dict[str, str]]:
    """Return the options of a closed list, of yes and no, or of the programme's nodes of a label, sorted as a reader expects."""
    if parameter.type == "boolean":
        return [{"value": "true", "label": say("yes", lang)}, {"value": "false", "label": say("no", lang)}]
    if parameter.choices:
        return [{"value": item.value, "label": item.label.get(lang)} for item in parameter.choices]
    return named(network, parameter.node, lang) if parameter.type == "node" else suggestions(parameter, network, lang)


def named(network: Network, label: str, lang: str) -> list[dict[str, str]]:
    """Return the nodes of a label as options: projects by number, the others by name."""
    rows = [(node.properties.get("number") or 0, caption(node, lang), node) for node in network.nodes_of(label)]
    ordered = sorted(rows, key=lambda row: (row[0], row[1].casefold(), row[2].id))
    return [{"value": node.id, "label": _numbered(number, name, node.properties)} for number, name, node in ordered]


def suggestions(parameter: QueryParameter, network: Network, lang: str) -> list[dict[str, str]]:
    """Return what helps filling a text that names a node: every node of the scope, those of the suggested label first."""
    if not parameter.suggest:
        return []
    labels = sorted({node.label for node in network.nodes}, key=lambda label: (label != parameter.suggest, label))
    return [option for label in labels for option in named(network, label, lang)]


def _numbered(number: int, name: str, properties: Mapping[str, Any]) -> str:
    return f"{number} · {name}" if number and properties.get("name") else name


def _default(parameter: QueryParameter) -> str | None:
    if parameter.default is None:
        return None
    return str(parameter.default).lower() if parameter.type == "boolean" else str(parameter.default)


def _figure(text: str | None) -> float | str:
    try:
        number = float(text or "")
    except ValueError:
        return text or ""
    return int(number) if number.is_integer() else number
