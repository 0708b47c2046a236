"""Wiring of « Et si… ? »: the button goes to the address that the form says; lists and months follow what is typed and chosen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from dash import ALL, ClientsideFunction, Dash, Input, Output, State
from dash.development.base_component import Component
from dash.exceptions import PreventUpdate

from dashapp.address import day, language
from dashapp.indicators.whatif.asking import REMOVABLE
from dashapp.indicators.whatif.form import LARGE, MONTHS, Options, months, options
from pacte_graph.network.model import Network, Scope

if TYPE_CHECKING:
    from dashapp.services import Services

LISTS = {"whatif-remove": REMOVABLE, "whatif-delay": ("Project",)}


def register(app: Dash, services: Services) -> None:
    """Register the button, the fields of months, and the search in the names of large networks."""
    app.clientside_callback(
        ClientsideFunction("whatif", "ask"),
        Output("whatif-run", "title"),
        Input("whatif-run", "n_clicks"),
        State("whatif-remove", "value"),
        State("whatif-delay", "value"),
        State({"type": MONTHS, "name": ALL}, "value"),
        State({"type": MONTHS, "name": ALL}, "id"),
        prevent_initial_call=True,
    )

    @app.callback(
        Output("whatif-months", "children"),
        Input("whatif-delay", "value"),
        State({"type": MONTHS, "name": ALL}, "value"),
        State({"type": MONTHS, "name": ALL}, "id"),
        State("whatif-scope", "data"),
        prevent_initial_call=True,
    )
    def on_late(late: list[str], values: list[Any], ids: list[dict[str, str]], scope: Mapping[str, str]) -> list[Component]:
        given = {place["name"]: value for place, value in zip(ids, values, strict=True)}
        return months(_network(services, scope), late or [], given, language(scope))

    for name, labels in LISTS.items():
        _searched(app, services, name, labels)


def _searched(app: Dash, services: Services, name: str, labels: tuple[str, ...]) -> None:
    @app.callback(
        Output(name, "data"),
        Input(name, "searchValue"),
        State(name, "value"),
        State("whatif-scope", "data"),
        prevent_initial_call=True,
    )
    def on_typing(typed: str, chosen: list[str], scope: Mapping[str, str]) -> Options:
        network = _network(services, scope)
        if len(network.nodes) <= LARGE or not (typed or "").strip():
            raise PreventUpdate  # the browser has every name; or a name was just chosen, and may not be known here yet
        return options(network, labels, typed, chosen or [], language(scope))


def _network(services: Services, scope: Mapping[str, str]) -> Network:
    return services.network(Scope(scope["programme"], day(scope)))
