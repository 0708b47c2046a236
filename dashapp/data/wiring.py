"""Wiring of the page of data: files to compare, the confirmation, the answers on duplicates, and the files it gives."""

from __future__ import annotations

import csv
import getpass
import io
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from dash import ALL, ClientsideFunction, Dash, Input, Output, State, ctx, no_update
from dash.development.base_component import Component
from flask import Response, abort, request

from dashapp.address import language
from dashapp.alerts import alert, notice
from dashapp.data.difference import job_view
from dashapp.data.jobs import Job
from dashapp.data.page import runs_view, sources_view
from dashapp.data.review import AGAIN, ANSWER, NAME, UNDO, decoded, review_view
from dashapp.data.words import say
from pacte_graph import workbook
from pacte_graph.errors import PacteError, UsageError

if TYPE_CHECKING:
    from dashapp.services import Services

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def register(app: Dash, services: Services) -> None:
    """Register the callbacks and the routes of the page."""
    _uploads(app, services)
    _progress(app, services)
    _reviews(app, services)
    _files(app, services)
    app.clientside_callback(ClientsideFunction("data", "keys"), Output("data-review", "title"), Input("data-review", "children"))
    app.clientside_callback(ClientsideFunction("data", "show"), Output("data-outcome", "title"), Input("data-job", "data"))


def _uploads(app: Dash, services: Services) -> None:
    @app.callback(
        Output("data-chosen", "children"),
        Output("data-job", "data", allow_duplicate=True),
        Output("data-outcome", "children", allow_duplicate=True),
        Input("data-upload", "filename"),
        State("data-job", "data"),
        State("data-lang", "data"),
        prevent_initial_call=True,
    )
    def on_chosen(names: list[str] | None, token: str | None, state: Mapping[str, str]) -> tuple[Any, Any, Any]:
        if not names:
            return "", no_update, no_update
        job = services.jobs.get(token or "")
        told = say("chosen", state["lang"], names=", ".join(names))
        if job is not None and job.stage == "writing":
            return told, no_update, no_update
        services.jobs.drop(token or "")  # what was compared is not what is chosen now
        return told, None, []

    @app.callback(
        Output("data-mapping", "value"),
        Output("data-proposed", "children"),
        Input("data-propose", "n_clicks"),
        State("data-importer", "value"),
        State("data-upload", "contents"),
        State("data-upload", "filename"),
        State("data-lang", "data"),
        prevent_initial_call=True,
    )
    def on_propose(clicks: int | None, importer: str, contents: Any, names: Any, state: Mapping[str, str]) -> tuple[Any, Any]:
        if not clicks:
            return no_update, no_update
        try:
            return services.jobs.propose(importer, dict(zip(names or (), contents or (), strict=True))), []
        except PacteError as error:
            return no_update, alert(error, state["lang"])

    @app.callback(
        Output("data-job", "data"),
        Output("data-outcome", "children"),
        Output("data-tick", "disabled"),
        Input("data-compare", "n_clicks"),
        State("data-importer", "value"),
        State("data-upload", "contents"),
        State("data-upload", "filename"),
        State("data-options", "value"),
        State("data-mapping", "value"),
        State("data-lang", "data"),
        prevent_initial_call=True,
    )
    def on_compare(
        clicks: int | None,
        importer: str,
        contents: Any,
        names: Any,
        options: str | None,
        mapping: str | None,
        state: Mapping[str, str],
    ) -> tuple[Any, Any, Any]:
        if not clicks:
            return no_update, no_update, no_update
        try:
            refuse_read_only(services)
            files = dict(zip(names or (), contents or (), strict=True))
            job = services.jobs.start(importer, files, asked(options or "", state["lang"]), mapping or "")
        except PacteError as error:
            return None, alert(error, state["lang"]), True
        return job.token, job_view(job, state), False


def _progress(app: Dash, services: Services) -> None:
    @app.callback(
        Output("data-outcome", "children", allow_duplicate=True),
        Output("data-tick", "disabled", allow_duplicate=True),
        Output("data-review", "children", allow_duplicate=True),
        Output("data-loaded", "children"),
        Output("data-history", "children"),
        Output("data-job", "data", allow_duplicate=True),
        Input("data-tick", "n_intervals"),
        State("data-job", "data"),
        State("data-lang", "data"),
        prevent_initial_call=True,
    )
    def on_tick(_: int, token: str | None, state: Mapping[str, str]) -> tuple[Any, ...]:
        if not token:
            return no_update, True, *(no_update,) * 4
        job = services.jobs.get(token)
        shown, busy, lang = job_view(job, state), job is not None and job.busy, state["lang"]
        if job is None or job.stage != "done":
            return shown, not busy, *(no_update,) * 4
        loaded, history = sources_view(services.sources(), lang), runs_view(services.history(), lang)
        return shown, True, review_view(services, state), loaded, history, None  # over: a page loaded anew starts afresh

    @app.callback(
        Output("data-outcome", "children", allow_duplicate=True),
        Output("data-tick", "disabled", allow_duplicate=True),
        Input("data-confirm", "n_clicks"),
        State("data-prune", "value"),
        State("data-job", "data"),
        State("data-lang", "data"),
        prevent_initial_call=True,
    )
    def on_confirm(clicks: int | None, chosen: list[str] | None, token: str | None, state: Mapping[str, str]) -> tuple[Any, Any]:
        if not clicks:
            return no_update, no_update
        try:
            refuse_read_only(services)
            job = services.jobs.confirm(token or "", prune="prune" in (chosen or ()), force="force" in (chosen or ()))
        except PacteError as error:
            return alert(error, state["lang"]), True
        return job_view(job, state), False

    @app.callback(
        Output("data-outcome", "children", allow_duplicate=True),
        Output("data-job", "data", allow_duplicate=True),
        Output("data-upload", "contents"),
        Output("data-upload", "filename"),
        Output("data-chosen", "children", allow_duplicate=True),
        Output("data-mapping", "value", allow_duplicate=True),
        Input("data-again", "n_clicks"),
        State("data-job", "data"),
        prevent_initial_call=True,
    )
    def on_again(clicks: int | None, token: str | None) -> tuple[Any, ...]:
        if not clicks:
            return (no_update,) * 6
        services.jobs.drop(token or "")
        return [], None, None, None, "", ""


def _reviews(app: Dash, services: Services) -> None:
    @app.callback(
        Output("data-review", "children", allow_duplicate=True),
        Input("data-look", "n_intervals"),
        State("data-lang", "data"),
        prevent_initial_call=True,
    )
    def on_look(_: int, state: Mapping[str, str]) -> list[Component]:
        try:
            return review_view(services, state)
        except PacteError as error:
            return [alert(error, state["lang"])]

    @app.callback(
        Output("data-review", "children"),
        Input({"type": ANSWER, "pair": ALL, "what": ALL}, "n_clicks"),
        Input({"type": UNDO, "node": ALL}, "n_clicks"),
        Input({"type": AGAIN, "pair": ALL}, "n_clicks"),
        State({"type": NAME, "pair": ALL}, "value"),
        State({"type": NAME, "pair": ALL}, "id"),
        State("data-lang", "data"),
        prevent_initial_call=True,
    )
    def on_answer(_: list[Any], __: list[Any], ___: list[Any], names: list[Any], ids: list[Any], state: Mapping[str, str]) -> Any:
        which = ctx.triggered_id
        if not which or not ctx.triggered[0]["value"]:
            return no_update
        typed = {decoded(place["pair"]): str(name or "").strip() for place, name in zip(ids, names, strict=True)}
        return answer(services, {key: decoded(str(value)) for key, value in which.items()}, typed, state)


def answer(services: Services, which: Mapping[str, str], names: Mapping[str, str], state: Mapping[str, str]) -> list[Component]:
    """Do what a button of the review says; return the review as it is after, with what happened above it."""
    lang = state["lang"]
    try:
        refuse_read_only(services)
        if which["type"] == UNDO:
            services.undo_merge(which["node"])
            told = notice(say("undone", lang))
        elif which["type"] == AGAIN:
            services.propose_again(*which["pair"].split("\n"))
            told = notice(say("proposed_again", lang))
        else:
            first, second = which["pair"].split("\n")
            services.decide(first, second, which["what"], names.get(which["pair"], ""), by=_user())
            told = notice(say("decided", lang))
    except PacteError as error:
        told = alert(error, lang)
    return [told, *review_view(services, state)]


def refuse_read_only(services: Services) -> None:
    """Raise UsageError when the app runs --read-only: what the page doesn't offer can't be asked for either."""
    if services.read_only:
        raise UsageError("This app runs read-only: nothing can be written.", hint="Start it without --read-only.")


def asked(text: str, lang: str) -> dict[str, str]:
    """Return the options typed, one ``key=value`` a line. Raises UsageError for another line."""
    found: dict[str, str] = {}
    for line in (line.strip() for line in text.splitlines()):
        name, sign, value = line.partition("=")
        if line and (not sign or not name.strip().isidentifier()):
            raise UsageError(say("bad_option", lang, text=line[:80]))
        if line:
            found[name.strip()] = value.strip()
    return found


def _files(app: Dash, services: Services) -> None:
    @app.server.route("/donnees/modele.xlsx")
    def template() -> Response:
        out = io.BytesIO()
        workbook.template(out)
        return _download(out.getvalue(), "pacte.xlsx", XLSX)

    @app.server.route("/donnees/refus/<token>.csv")
    def refused(token: str) -> Response:
        job = services.jobs.get(token)
        if job is None:
            abort(404)
        text = rejected_csv(job, language(request.args))
        return _download(text.encode("utf-8-sig"), "refus.csv", "text/csv; charset=utf-8")

    @app.server.route("/donnees/thesaurus.toml")
    def decisions() -> Response:
        path = services.settings.thesaurus_file
        return _download(path.read_bytes() if path.exists() else b"", "thesaurus.toml", "application/toml")


def _download(data: bytes, name: str, kind: str) -> Response:
    return Response(data, headers={"Content-Disposition": f'attachment; filename="{name}"'}, content_type=kind)


def rejected_csv(job: Job, lang: str) -> str:
    """Return the rows refused as CSV, with the separator that spreadsheets of that language read.

    A text that a spreadsheet would take for a formula starts with an apostrophe.
    """
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";" if lang == "fr" else ",")
    writer.writerow([say(key, lang) for key in ("file", "line", "page", "value", "reason")])
    for plan in job.plans:
        for item in plan.rejected:
            cells = (item.file, item.line, item.page, item.value, item.reason)
            writer.writerow([_text(cell) for cell in cells])
    return out.getvalue()


def _text(cell: object) -> object:
    text = "" if cell is None else str(cell)
    return f"'{text}" if text[:1] in "=+-@\t\r" and text else text


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"
