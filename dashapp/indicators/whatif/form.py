"""The form: what to remove, what to delay, by how many months; lists that one types in, also when thousands of names fit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import dash_mantine_components as dmc
from dash import dcc, html
from dash.development.base_component import Component

from dashapp.address import SCOPE, href
from dashapp.buttons import SETTLE
from dashapp.explorer.naming import caption
from dashapp.explorer.search import find
from dashapp.indicators.whatif.asking import LONGEST, REMOVABLE, USUAL, Supposed
from dashapp.indicators.whatif.words import say
from dashapp.queries.form import named
from pacte_graph.network.model import Network

MONTHS = "whatif-months"
SLOW = 20_000
"""Nodes above which the form says that an answer takes a while."""
LARGE = 3_000
"""Nodes above which names are looked for by the server as one types, instead of all being sent at once."""
MOST = 100
"""Names a list shows at once."""
GROUPS = {"Project": "projects", "Actor": "actors"}

Options = list[dict[str, Any]]


def form(network: Network, supposed: Supposed, state: Mapping[str, str]) -> Component:
    """Return the form with what the address already supposes."""
    lang = state["lang"]
    late = list(supposed.delays)
    run = html.Button(say("run", lang), id="whatif-run", type="submit", className="button-main", **SETTLE)
    clear = [html.A(say("clear", lang), href=f"{href('/indicateurs', state)}#whatif", className="button-plain")]
    slow = [html.Span(say("slow", lang), className="whatif-slow")] if len(network.nodes) > SLOW else []
    scope = {key: state[key] for key in SCOPE if state.get(key)}
    return html.Form(
        [
            dcc.Store(id="whatif-scope", data=scope),
            _list("whatif-remove", "remove", network, REMOVABLE, supposed.removed, lang),
            _list("whatif-delay", "delay", network, ("Project",), late, lang),
            html.Div(months(network, late, supposed.delays, lang), id="whatif-months", className="whatif-months"),
            html.Div([run, *(clear if supposed else []), *slow], className="whatif-buttons"),
        ],
        className="whatif-form",
        **{"aria-label": say("whatif", lang)},
    )


def _list(name: str, key: str, network: Network, labels: Sequence[str], chosen: Sequence[str], lang: str) -> Component:
    large = len(network.nodes) > LARGE
    return dmc.MultiSelect(
        id=name,
        label=say(key, lang),
        data=options(network, labels, "", chosen, lang),
        value=list(chosen),
        searchable=True,
        hidePickedOptions=True,
        limit=MOST,
        filter={"function": "pacteAll" if large else "pacteFolded"},
        placeholder="" if chosen else say("type", lang),
        nothingFoundMessage=say("nothing_found", lang),
        className="whatif-list",
        size="sm",
    )


def options(network: Network, labels: Sequence[str], typed: str, chosen: Sequence[str], lang: str) -> Options:
    """Return what a list offers, by label: every name, or in a large network those that match what is typed.

    What is chosen is always there, with its name; an identifier that isn't in the network stands for itself.
    """
    large = len(network.nodes) > LARGE
    found: Options = []
    for label in labels:
        offered = _narrowed(network, label, typed, chosen) if large else network
        found.append({"group": say(GROUPS[label], lang), "items": named(offered, label, lang)})
    known = {item["value"] for group in found for item in group["items"]}
    strangers = [{"value": name, "label": name} for name in chosen if name not in known]
    return [*found, {"group": "?", "items": strangers}] if strangers else found


def _narrowed(network: Network, label: str, typed: str, chosen: Sequence[str]) -> Network:
    """Return the nodes of a label that a list of a large network offers: the best matches, or some, and what is chosen."""
    every = [node for node in find(network, typed) if node.label == label] if typed.strip() else network.nodes_of(label)
    some = {node.id: node for node in every[:MOST]}
    some.update({name: network.by_id[name] for name in chosen if name in network.by_id})
    return Network.of(some.values(), [])


def months(network: Network, late: Sequence[str], given: Mapping[str, Any], lang: str) -> list[Component]:
    """Return a field of months for each late project; ``given`` are the months already said."""
    return [
        dmc.NumberInput(
            id={"type": MONTHS, "name": name},
            label=say("months_of", lang, name=caption(network.by_id[name], lang) if name in network.by_id else name),
            value=given.get(name) or USUAL,
            min=1,
            max=LONGEST,
            allowDecimal=False,
            size="sm",
            className="whatif-month",
        )
        for name in late
    ]
