"""Wiring of the page of data: files to compare, the confirmation, the answers on duplicates, and the files it gives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from dash import ClientsideFunction, Dash, Input, Output, State, no_update

from dashapp.data.deciding import refuse_read_only, register_reviews
from dashapp.data.difference import job_view
from dashapp.data.downloads import register_files
from dashapp.data.naming import nameless, usual
from dashapp.data.page import runs_view, sources_view
from dashapp.data.parts import trouble
from dashapp.data.review import review_view
from dashapp.data.reviewing import Reviewing
from dashapp.data.words import say, told
from pacte_graph.errors import PacteError, UsageError

if TYPE_CHECKING:
    from dashapp.services import Services


def register(app: Dash, services: Services) -> None:
    """Register the callbacks and the routes of the page."""
    reviewing = Reviewing(services)
    _form(app, services)
    _uploads(app, services)
    _progress(app, services, reviewing)
    register_reviews(app, reviewing)
    register_files(app, services)
    app.clientside_callback(ClientsideFunction("data", "show"), Output("data-outcome", "title"), Input("data-job", "data"))


def _form(app: Dash, services: Services) -> None:
    """Keep the page in step with the form: a difference that is not of these files and settings any more goes away."""
    app.clientside_callback(  # the browser looks at the files, so that they travel once only
        ClientsideFunction("data", "given"),
        Output("data-given", "data"),
        Output("data-asked", "data"),
        Input("data-upload", "contents"),
        Input("data-upload", "filename"),
        Input("data-upload", "last_modified"),
        Input("data-importer", "value"),
        Input("data-options", "value"),
        Input("data-mapping", "value"),
        Input("data-source", "value"),
        State("data-job", "data"),
        State("data-given", "data"),
        prevent_initial_call=True,
    )

    @app.callback(
        Output("data-chosen", "children"),
        Output("data-job", "data", allow_duplicate=True),
        Output("data-outcome", "children", allow_duplicate=True),
        Output("data-mapping", "value", allow_duplicate=True),
        Output("data-proposed", "children", allow_duplicate=True),
        Output("data-naming", "hidden"),
        Output("data-source", "placeholder"),
        Output("data-source", "value"),
        Input("data-given", "data"),
        State("data-job", "data"),
        State("data-named", "data"),
        State("data-lang", "data"),
        prevent_initial_call=True,
    )
    def on_given(
        given: Mapping[str, Any] | None, token: str | None, named: Mapping[str, str] | None, state: Mapping[str, str]
    ) -> tuple[Any, ...]:
        if not given:
            return (no_update,) * 8
        names = given["names"]
        shown = say("chosen", state["lang"], names=", ".join(names)) if names else ""
        kept = not _outdated(services, token, files=given["files"])
        job, outcome = (no_update, no_update) if kept else (None, [])
        mapping = "" if given["others"] else no_update
        proposed = [] if given["files"] else no_update
        asks = nameless(given["importer"], names, mapped=given["mapped"] and not given["others"])
        source = (named or {}).get(_same_files(names), "") if given["renamed"] else no_update
        return shown, job, outcome, mapping, proposed, not asks, usual(names) if asks else "", source


def _outdated(services: Services, token: str | None, *, files: bool) -> bool:
    """Forget what was compared with other files or settings; tell whether it leaves the page.

    What is being written stays until it is over; why a file was refused stays while the settings are corrected.
    """
    job = services.jobs.get(token or "")
    if job is not None and (job.stage == "writing" or (job.stage == "failed" and not files)):
        return False
    services.jobs.drop(token or "")
    return files or job is not None


def _same_files(names: Sequence[str]) -> str:
    return "\n".join(sorted(names))


def _uploads(app: Dash, services: Services) -> None:
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
            return no_update, trouble(error, state["lang"])

    @app.callback(
        Output("data-job", "data"),
        Output("data-outcome", "children"),
        Output("data-tick", "disabled"),
        Output("data-named", "data"),
        Input("data-compare", "n_clicks"),
        State("data-importer", "value"),
        State("data-upload", "contents"),
        State("data-upload", "filename"),
        State("data-options", "value"),
        State("data-mapping", "value"),
        State("data-source", "value"),
        State("data-asked", "data"),
        State("data-named", "data"),
        State("data-lang", "data"),
        prevent_initial_call=True,
    )
    def on_compare(clicks: int | None, importer: str, contents: Any, names: Any, *settings: Any) -> tuple[Any, ...]:
        options, mapping, source, moment, named, state = settings
        if not clicks:
            return (no_update,) * 4
        try:
            refuse_read_only(services)
            files = dict(zip(names or (), contents or (), strict=True))
            job = services.jobs.start(importer, files, asked(options or ""), (mapping or "").strip(), source or "")
        except PacteError as error:
            return None, trouble(error, state["lang"]), True, no_update
        job.asked = moment
        return job.token, job_view(job, state), False, {**(named or {}), _same_files(names): source or ""}


def _progress(app: Dash, services: Services, reviewing: Reviewing) -> None:
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
        return shown, True, review_view(reviewing, state), loaded, history, None  # over: a page loaded anew starts afresh

    @app.callback(
        Output("data-outcome", "children", allow_duplicate=True),
        Output("data-tick", "disabled", allow_duplicate=True),
        Input("data-confirm", "n_clicks"),
        State("data-prune", "value"),
        State("data-job", "data"),
        State("data-asked", "data"),
        State("data-lang", "data"),
        prevent_initial_call=True,
    )
    def on_confirm(
        clicks: int | None, chosen: list[str] | None, token: str | None, moment: float | None, state: Mapping[str, str]
    ) -> tuple[Any, Any]:
        if not clicks:
            return no_update, no_update
        try:
            refuse_read_only(services)
            _refuse_outdated(services, token, moment)
            job = services.jobs.confirm(token or "", prune="prune" in (chosen or ()), force="force" in (chosen or ()))
        except PacteError as error:
            return trouble(error, state["lang"]), True
        return job_view(job, state), False

    @app.callback(
        Output("data-outcome", "children", allow_duplicate=True),
        Output("data-job", "data", allow_duplicate=True),
        Output("data-upload", "contents"),
        Output("data-upload", "filename"),
        Output("data-chosen", "children", allow_duplicate=True),
        Output("data-mapping", "value", allow_duplicate=True),
        Output("data-proposed", "children", allow_duplicate=True),
        Input("data-again", "n_clicks"),
        State("data-job", "data"),
        prevent_initial_call=True,
    )
    def on_again(clicks: int | None, token: str | None) -> tuple[Any, ...]:
        if not clicks:
            return (no_update,) * 7
        services.jobs.drop(token or "")
        return [], None, None, None, "", "", []


def _refuse_outdated(services: Services, token: str | None, moment: float | None) -> None:
    """Raise UsageError when the form changed while the difference on its way was made (a large file takes a while to travel)."""
    job = services.jobs.get(token or "")
    if job is not None and job.stage == "ready" and moment is not None and moment != job.asked:
        services.jobs.drop(job.token)
        raise UsageError(told("changed_since"))


def asked(text: str) -> dict[str, str]:
    """Return the options typed, one ``key=value`` a line. Raises UsageError for another line."""
    found: dict[str, str] = {}
    for line in (line.strip() for line in text.splitlines()):
        name, sign, value = line.partition("=")
        if line and (not sign or not name.strip().isidentifier()):
            raise UsageError(told("bad_option", text=line[:80]))
        if line:
            found[name.strip()] = value.strip()
    return found
