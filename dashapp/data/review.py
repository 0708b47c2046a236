"""Duplicates to review: both records side by side with the reasons, three answers each, and the merges that can be undone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote

from dash import dcc, html
from dash.development.base_component import Component

from dashapp.alerts import notice
from dashapp.data.parts import short
from dashapp.data.reviewing import Reviewing
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
PAGE = "data-page"
PLACE = "data-place"


def review_view(
    reviewing: Reviewing, state: Mapping[str, str], start: int = 0, typed: Mapping[str, str] | None = None
) -> list[Component]:
    """Return a page of the pairs to review, surest first, then the merges decided.

    ``typed`` holds the names written for pairs that were not decided yet: they stay in their fields.
    """
    lang, services = state["lang"], reviewing.services
    found = reviewing.pairs()
    start = max(0, min(start, (len(found) - 1) // SHOWN * SHOWN))
    shown = found[start : start + SHOWN]
    records = reviewing.records([identifier for item in shown for identifier in (item.first, item.second)])
    pairs = [_pair(item, records, lang, typed or {}, writing=not services.read_only) for item in shown]
    lead = [html.P(say("review_lead", lang))] if found and not services.read_only else []
    body = [html.Ol(pairs, className="data-pairs", id="data-pairs")] if pairs else [notice(say("no_review", lang))]
    place = dcc.Store(id={"type": PLACE, "of": "pairs"}, data=start)
    return [*lead, place, *body, *_pages(start, len(found), lang), *_merged(services, lang), *_apart(services, lang)]


def _pages(start: int, total: int, lang: str) -> list[Component]:
    """Return which pairs are shown of how many, with the ways to the others; nothing when all are there."""
    if total <= SHOWN:
        return []
    last = min(start + SHOWN, total)
    told = say("pairs_shown", lang, first=number(start + 1, lang), last=number(last, lang), total=number(total, lang))
    ways = (("previous_pairs", start - SHOWN, start > 0), ("next_pairs", start + SHOWN, last < total))
    buttons = [
        html.Button(say(key, lang), id={"type": PAGE, "start": at}, className="button-plain", type="button")
        for key, at, there in ways
        if there
    ]
    return [html.Div([html.Span(told, role="status"), *buttons], className="data-actions data-pages")]


def pair_key(item: Duplicate) -> str:
    """Return what names a pair in the page."""
    return f"{item.first}\n{item.second}"


def coded(text: str) -> str:
    """Return a text as part of a component's id: Dash writes letters with accents in two ways and then finds neither.

    >>> coded("actor:x:Trois-Vallées"), decoded(coded("actor:x:50%"))
    ('actor%3Ax%3ATrois-Vall%C3%A9es', 'actor:x:50%')
    """
    return quote(text, safe="")


def decoded(text: str) -> str:
    """Return the text that :func:`coded` wrote."""
    return unquote(text)


def _pair(
    item: Duplicate, records: Mapping[str, Mapping[str, Any]], lang: str, typed: Mapping[str, str], *, writing: bool
) -> Component:
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
            *([_answers(item, lang, typed.get(pair_key(item), ""))] if writing else []),
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


def _answers(item: Duplicate, lang: str, typed: str) -> Component:
    pair = coded(pair_key(item))
    ids = {key: {"type": ANSWER, "pair": pair, "what": key} for key in ("keep_left", "keep_right", "apart")}
    buttons = [
        html.Button(say(key, lang), id=ids[key], className="button-plain", type="button", **{"data-key": mark})
        for key, mark in (("keep_left", "g"), ("keep_right", "d"), ("apart", "x"))
    ]
    field = dcc.Input(id={"type": NAME, "pair": pair}, value=typed, className="data-name")
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
