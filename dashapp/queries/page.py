"""The page of saved queries: the list of questions, the form of one, its answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import dash_mantine_components as dmc
from dash import html
from dash.development.base_component import Component

from dashapp.address import href
from dashapp.alerts import alert, notice
from dashapp.explorer.formatting import number
from dashapp.i18n import plural
from dashapp.queries.asking import Asked, asked, explorer_href, export_href
from dashapp.queries.form import form
from dashapp.queries.table import grid
from dashapp.queries.words import ROWS, say
from pacte_graph.errors import PacteError
from pacte_graph.queries import CATEGORIES, QueryResult, SavedQuery

if TYPE_CHECKING:
    from dashapp.services import Services

KINDS = ("csv", "xlsx", "json")


def layout(services: Services, state: Mapping[str, str]) -> Component:
    """Return the page; with ``q`` in the address the question is open, and run when nothing is missing."""
    lang, name = state["lang"], state.get("q", "")
    catalogue = services.catalogue()
    if name in catalogue:
        main = opened(services, asked(catalogue[name], state), state)
    elif name:
        main = [notice(say("no_query", lang, name=name[:100]), kind="warning", role="alert")]
    else:
        main = [notice(say("start", lang))]
    return html.Div([listing(catalogue, name, state), html.Div(main, className="queries-main")], className="queries")


def listing(catalogue: Mapping[str, SavedQuery], current: str, state: Mapping[str, str]) -> Component:
    """Return the questions by category, with a field that filters them as one types."""
    lang = state["lang"]
    blocks = []
    for category, words in CATEGORIES.items():
        links = [_entry(query, current, state) for query in catalogue.values() if query.category == category]
        if links:
            blocks.append(html.Div([html.H3(words.get(lang)), html.Ul(links)], className="queries-category"))
    search = dmc.TextInput(id="queries-filter", placeholder=say("filter", lang), size="sm", **{"aria-label": say("filter", lang)})
    nothing = html.P(say("no_match", lang), id="queries-no-match", hidden=True, role="status")
    return html.Nav(
        [html.H2(say("choose", lang), className="visually-hidden"), search, *blocks, nothing],
        className="queries-list",
        **{"aria-label": say("choose", lang)},
    )


def _entry(query: SavedQuery, current: str, state: Mapping[str, str]) -> Component:
    lang = state["lang"]
    here = {"aria-current": "true"} if query.name == current else {}
    link = html.A(query.title.get(lang), href=href("/requetes", state, q=query.name), title=query.question.get(lang), **here)
    return html.Li(link, **{"data-words": f"{query.title.get(lang)} {query.question.get(lang)}"})


def opened(services: Services, question: Asked, state: Mapping[str, str]) -> list[Component]:
    """Return an open question: its words, its form, and its answer or what is missing or went wrong."""
    lang = state["lang"]
    head = html.Div(
        [html.H2(question.query.title.get(lang)), html.P(question.query.question.get(lang), className="queries-question")]
    )
    return [head, form(services, question, state), *_answer(services, question, state), _cypher(question.query, lang)]


def _answer(services: Services, question: Asked, state: Mapping[str, str]) -> list[Component]:
    lang = state["lang"]
    if question.missing:
        names = ", ".join(f"« {item.label.fr} »" if lang == "fr" else f"“{item.label.en}”" for item in question.missing)
        return [notice(say("missing", lang, names=names))]
    try:
        result = services.run_query(question.query.name, question.given)
    except PacteError as error:
        return [alert(error, lang)]
    return [answer(result, question, state)]


def answer(result: QueryResult, question: Asked, state: Mapping[str, str]) -> Component:
    """Return the answer: how many rows, what was cut, ways to take it away, and the table."""
    lang = state["lang"]
    rows = plural(*ROWS, len(result.rows), lang, number(len(result.rows), lang))
    told = say("elapsed", lang, rows=rows, ms=number(round(result.elapsed_ms), lang))
    parts: list[Component] = [
        html.H3(say("answer", lang), id="queries-answer", tabIndex=-1),
        html.P([told, " ", say("unknown_sign", lang)] if result.rows else told, className="queries-count", role="status"),
        *[notice(text, kind="warning") for text in cuts(result, lang)],
    ]
    if not result.rows:
        return html.Section([*parts, notice(say("empty", lang))], className="queries-answer")
    ways = _ways(question, state, bool(result.graph.nodes or result.graph.links))
    frame = html.Div(grid(result, state, say("result_table", lang)), className="queries-table")
    return html.Section([*parts, ways, frame], className="queries-answer")


def cuts(result: QueryResult, lang: str) -> list[str]:
    """Return what is said when rows are left out, by the limit of the house or by the query's own."""
    return [say("truncated", lang, limit=number(result.limit, lang))] if result.truncated else []


def _ways(question: Asked, state: Mapping[str, str], graph: bool) -> Component:  # noqa: FBT001 - has the answer nodes or links
    lang = state["lang"]
    seen = [html.A(say("on_graph", lang), href=explorer_href(question, state), className="button-plain")] if graph else []
    files = [
        html.A(say(kind, lang), href=export_href(question, state, kind), download="", className="button-plain") for kind in KINDS
    ]
    return html.Div([*seen, html.Span(say("download", lang), className="queries-download"), *files], className="queries-ways")


def _cypher(query: SavedQuery, lang: str) -> Component:
    code = html.Pre(html.Code(query.cypher.strip()), tabIndex=0, **{"aria-label": say("cypher", lang)})
    return html.Details([html.Summary(say("cypher", lang)), html.P(say("cypher_note", lang)), code], className="fold")
