"""Duplicates to review: both records side by side with the reasons, three answers each, and the merges that can be undone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from dash import dcc, html
from dash.development.base_component import Component

from dashapp.alerts import notice
from dashapp.data.parts import short
from dashapp.data.words import say
from dashapp.explorer.formatting import facts, number
from pacte_graph.loading.plans import Duplicate

if TYPE_CHECKING:
    from dashapp.services import Services

SHOWN = 10
"""Pairs the page shows at once; those decided make room for the next."""
ANSWER = "data-answer"
UNDO = "data-undo"
NAME = "data-name"


def review_view(services: Services, state: Mapping[str, str]) -> list[Component]:
    """Return the pairs to review, surest first, then the merges decided."""
    lang = state["lang"]
    found = services.duplicates()
    records = services.records([identifier for item in found[:SHOWN] for identifier in (item.first, item.second)])
    pairs = [_pair(item, records, lang, writing=not services.read_only) for item in found[:SHOWN]]
    rest = [html.P(say("more", lang, n=number(len(found) - SHOWN, lang)))] if len(found) > SHOWN else []
    lead = [html.P(say("review_lead", lang))] if found and not services.read_only else []
    body = [html.Ol(pairs, className="data-pairs", id="data-pairs")] if pairs else [notice(say("no_review", lang))]
    return [*lead, *body, *rest, *_merged(services, lang)]


def _pair(item: Duplicate, records: Mapping[str, Mapping[str, Any]], lang: str, *, writing: bool) -> Component:
    sure = html.Span(f"{say(item.certainty, lang)} ({item.score:.2f})", className=f"data-sure data-{item.certainty}")
    reasons = html.Ul([html.Li(reason.get(lang)) for reason in item.reasons], className="data-reasons")
    sides = [
        _record(item.label, identifier, name, records.get(identifier, {}), lang)
        for identifier, name in zip((item.first, item.second), item.names, strict=True)
    ]
    return html.Li(
        [
            html.Div([sure, reasons], className="data-why"),
            html.Div(sides, className="data-sides"),
            *([_answers(item, lang)] if writing else []),
        ],
        className="data-pair",
        tabIndex=0,
        **{"aria-label": f"{item.names[0]} / {item.names[1]}"},
    )


def _record(label: str, identifier: str, name: str, told: Mapping[str, Any], lang: str) -> Component:
    rows = [[term, value] for term, value in facts(label, told.get("properties", {}), lang, skip=("name",))][:8]
    listed = [part for term, value in rows for part in (html.Dt(term), html.Dd(short(value, 80)))]
    sources = ", ".join(sorted(row["name"] for row in told.get("statements", ())))
    return html.Div([html.Strong(name), html.Code(identifier), html.Dl(listed), html.Small(sources)], className="data-record")


def _answers(item: Duplicate, lang: str) -> Component:
    pair = f"{item.first}\n{item.second}"
    ids = {key: {"type": ANSWER, "pair": pair, "what": key} for key in ("keep_left", "keep_right", "apart")}
    buttons = [
        html.Button(say(key, lang), id=ids[key], className="button-plain", type="button", **{"data-key": mark})
        for key, mark in (("keep_left", "g"), ("keep_right", "d"), ("apart", "x"))
    ]
    field = dcc.Input(id={"type": NAME, "pair": pair}, className="data-name")
    name = html.Label([say("name", lang), field], className="data-naming")
    return html.Div([name, *buttons], className="data-answers")


def _merged(services: Services, lang: str) -> list[Component]:
    merges = services.merges()
    if not merges:
        return []
    rows = []
    for item in merges:
        text = say("merged_row", lang, other=item.node.id, kept=item.into)
        undo = html.Button(say("undo", lang), id={"type": UNDO, "node": item.node.id}, className="button-plain", type="button")
        rows.append(html.Li([html.Span(text), *([] if services.read_only else [undo])]))
    link = html.A(say("thesaurus", lang), href="/donnees/thesaurus.toml", download="", className="button-plain")
    return [html.H3(say("merged", lang)), html.Ul(rows, className="data-merges"), link]
