"""Wiring of the duplicates: their buttons, the pages of pairs, and what each answer does."""

from __future__ import annotations

import getpass
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from dash import ALL, ClientsideFunction, Dash, Input, Output, State, ctx, no_update
from dash.development.base_component import Component

from dashapp.alerts import notice
from dashapp.data.parts import trouble
from dashapp.data.review import AGAIN, ANSWER, NAME, PAGE, PLACE, UNDO, decoded, review_view
from dashapp.data.reviewing import Reviewing
from dashapp.data.words import say, told
from pacte_graph.errors import PacteError, UsageError

if TYPE_CHECKING:
    from dashapp.services import Services


def register_reviews(app: Dash, reviewing: Reviewing) -> None:
    """Register the callbacks of the duplicates."""
    app.clientside_callback(ClientsideFunction("data", "keys"), Output("data-review", "title"), Input("data-review", "children"))

    @app.callback(
        Output("data-review", "children", allow_duplicate=True),
        Input("data-look", "n_intervals"),
        State("data-lang", "data"),
        prevent_initial_call=True,
    )
    def on_look(_: int, state: Mapping[str, str]) -> list[Component]:
        try:
            return review_view(reviewing, state)
        except PacteError as error:
            return [trouble(error, state["lang"])]

    @app.callback(
        Output("data-review", "children"),
        Input({"type": ANSWER, "pair": ALL, "what": ALL}, "n_clicks"),
        Input({"type": UNDO, "node": ALL}, "n_clicks"),
        Input({"type": AGAIN, "pair": ALL}, "n_clicks"),
        Input({"type": PAGE, "start": ALL}, "n_clicks"),
        State({"type": NAME, "pair": ALL}, "value"),
        State({"type": NAME, "pair": ALL}, "id"),
        State({"type": PLACE, "of": ALL}, "data"),
        State("data-lang", "data"),
        prevent_initial_call=True,
    )
    def on_answer(*given: Any) -> Any:
        names, ids, places, state = given[-4:]
        which = ctx.triggered_id
        if not which or not ctx.triggered[0]["value"]:
            return no_update
        typed = {decoded(place["pair"]): str(name or "") for place, name in zip(ids, names, strict=True)}
        if which["type"] == PAGE:
            return review_view(reviewing, state, which["start"], typed)
        plain = {key: decoded(str(value)) for key, value in which.items()}
        return answer(reviewing, plain, typed, state, next(iter(places), 0))


def answer(
    reviewing: Reviewing, which: Mapping[str, str], typed: Mapping[str, str], state: Mapping[str, str], start: int = 0
) -> list[Component]:
    """Do what a button of the review says; return the review as it is after, with what happened above it."""
    lang = state["lang"]
    try:
        refuse_read_only(reviewing.services)
        shown = notice(say(_done(reviewing, which, typed), lang))
    except PacteError as error:
        shown = trouble(error, lang)
    return [shown, *review_view(reviewing, state, start, typed)]


def _done(reviewing: Reviewing, which: Mapping[str, str], typed: Mapping[str, str]) -> str:
    """Do what a button says; return the key of the words for it."""
    if which["type"] == UNDO:
        reviewing.undo_merge(which["node"])
        return "undone"
    first, second = which["pair"].split("\n")
    if which["type"] == AGAIN:
        reviewing.propose_again(first, second)
        return "proposed_again"
    reviewing.decide(first, second, which["what"], typed.get(which["pair"], "").strip(), by=_user())
    return "decided"


def refuse_read_only(services: Services) -> None:
    """Raise UsageError when the app runs --read-only: what the page doesn't offer can't be asked for either."""
    if services.read_only:
        raise UsageError(told("no_writing"), hint=told("no_writing_hint"))


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"
