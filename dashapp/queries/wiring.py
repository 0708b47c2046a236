"""Wiring of the page of saved queries: the form becomes an address; answers are files at an address of their own."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from dash import ALL, ClientsideFunction, Dash, Input, Output, State
from flask import Response, request

from dashapp.address import decode
from dashapp.alerts import sentence
from dashapp.queries.asking import asked
from dashapp.queries.form import FIELD
from pacte_graph.errors import PacteError, UnknownName
from pacte_graph.queries import QueryResult, export

if TYPE_CHECKING:
    from dashapp.services import Services

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def register(app: Dash, services: Services) -> None:
    """Register the button, which goes to the address that the form says, and the route of the downloads."""
    app.clientside_callback(
        ClientsideFunction("queries", "ask"),
        Output("queries-run", "title"),
        Input("queries-run", "n_clicks"),
        State({"type": FIELD, "name": ALL}, "value"),
        State({"type": FIELD, "name": ALL}, "id"),
        prevent_initial_call=True,
    )

    @app.server.route("/telecharger/<name>.<any(csv, json, xlsx):kind>")
    def download(name: str, kind: str) -> Response:
        return answer_file(services, name, kind, request.query_string.decode(errors="replace"))


def answer_file(services: Services, name: str, kind: str, search: str) -> Response:
    """Return an answer as a file, or the sentence that says why there is none (status 400, 404 or 503)."""
    state = decode(search)
    try:
        query = services.catalogue().get(name)
        if query is None:
            raise UnknownName(f"There is no query {name}.")
        result = services.run_query(name, asked(query, state).given)
    except PacteError as error:
        status = 404 if isinstance(error, UnknownName) else 503 if error.exit_code == 3 else 400
        return Response(f"{sentence(error, state['lang'])}\n{error.message}\n", status, mimetype="text/plain")
    headers = {"Content-Disposition": f'attachment; filename="{name}.{kind}"'}
    return Response(content(result, kind, state["lang"]), headers=headers, content_type=TYPES[kind])


def content(result: QueryResult, kind: str, lang: str) -> bytes:
    """Return the bytes of an answer; CSV starts with a mark that tells spreadsheets it is UTF-8."""
    if kind == "csv":
        return export.to_csv(result, lang).encode("utf-8-sig")
    if kind == "xlsx":
        return export.to_xlsx(result, lang)
    return json.dumps(export.as_dict(result), ensure_ascii=False, indent=1).encode()
