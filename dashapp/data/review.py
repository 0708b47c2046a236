"""Duplicates to review: both records side by side with the reasons, three answers each, and the merges that can be undone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote

from dash import dcc, html
from dash.development.base_component import Component

from dashapp.alerts import notice
from dashapp.data.parts import short
from dashapp.data.words import say
from dashapp.explorer.formatting import facts, number
from pacte_graph.loading.plans import Duplicate
from pacte_graph.schema import NODES

if TYPE_CHECKING:
    from dashapp.services import Services

SHOWN = 10
"""Pairs the page shows at once; those decided make room for the next."""
ANSWER = "data-answer"
UNDO = "data-undo"
AGAIN = "data-again-pair"
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
    return [*lead, *body, *rest, *_merged(services, lang), *_apart(services, lang)]


def coded(text: str) -> str:
    """Return a text as part of a component's id: Dash writes letters with accents in two ways and then finds neither.

    >>> coded("actor:x:Trois-Vallées"), decoded(coded("actor:x:50%"))
    ('actor%3Ax%3ATrois-Vall%C3%A9es', 'actor:x:50%')
    """
    return quote(text, safe="")


def decoded(text: str) -> str:
    """Return the text that :func:`coded` wrote."""
    return unquote(text)


def _pair(item: Duplicate, records: Mapping[str, Mapping[str, Any]], lang: str, *, writing: bool) -> Component:
    score = number(item.score, lang, decimals=2)
    sure = html.Span(f"{say(item.certainty, lang)} ({score})", className=f"data-sure data-{item.certainty}")
    reasons = html.Ul([html.Li(reason.get(lang)) for reason in item.reasons], className="data-reasons")
    told = [records.get(identifier, {}) for identifier in (item.first, item.second)]
    known = [dict.fromkeys(found.get("properties", {})) for found in told]
    sides = [
        _record(item.label, identifier, name, told[side], [key for key in known[side] if key not in known[1 - side]], lang)
        for side, (identifier, name) in enumerate(zip((item.first, item.second), item.names, strict=True))
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


def _record(label: str, identifier: str, name: str, told: Mapping[str, Any], alone: list[str], lang: str) -> Component:
    """Return one record: what is known of it, and what only this one knows (it isn't shown any more if the other is kept)."""
    rows = [[term, value] for term, value in facts(label, told.get("properties", {}), lang, skip=("name", "contour"))][:8]
    labels = [item.label.get(lang) for item in NODES[label].properties if item.name in alone]
    lost = [html.P(say("only_here", lang, names=", ".join(labels)), className="data-alone")] if labels else []
    listed = [part for term, value in rows for part in (html.Dt(term), html.Dd(short(value, 80)))]
    sources = ", ".join(sorted(row["name"] for row in told.get("statements", ())))
    parts = [html.Strong(name), html.Code(identifier), html.Dl(listed), *lost, html.Small(sources)]
    return html.Div(parts, className="data-record")


def _answers(item: Duplicate, lang: str) -> Component:
    pair = coded(f"{item.first}\n{item.second}")
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
    names = services.names([place for item in merges for place in (item.node.id, item.into)])
    for item in merges:
        text = say("merged_row", lang, other=_named(item.node.id, names), kept=_named(item.into, names))
        name = {"type": UNDO, "node": coded(item.node.id)}
        undo = html.Button(say("undo", lang), id=name, className="button-plain", type="button")
        rows.append(html.Li([html.Span(text), *([] if services.read_only else [undo])]))
    link = html.A(say("thesaurus", lang), href="/donnees/thesaurus.toml", download="", className="button-plain")
    return [html.H3(say("merged", lang)), html.Ul(rows, className="data-merges"), link]


def _apart(services: Services, lang: str) -> list[Component]:
    """Return the pairs that were told apart, each with a button that takes this back."""
    refused = services.told_apart()
    if not refused:
        return []
    names = services.names([place for item in refused for place in (item.kept, item.other)])
    rows = []
    for item in refused:
        text = say("apart_row", lang, first=_named(item.kept, names), second=_named(item.other, names))
        name = {"type": AGAIN, "pair": coded(f"{item.kept}\n{item.other}")}
        again = html.Button(say("propose_again", lang), id=name, className="button-plain", type="button")
        rows.append(html.Li([html.Span(text), *([] if services.read_only else [again])]))
    summary = html.Summary(f"{say('told_apart', lang)} ({number(len(rows), lang)})")
    return [html.Details([summary, html.Ul(rows, className="data-apart")], className="fold")]


def _named(identifier: str, names: Mapping[str, str]) -> str:
    """Return a record's name and identifier."""
    return f"{names[identifier]} ({identifier})" if identifier in names else identifier
