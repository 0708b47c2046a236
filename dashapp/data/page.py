"""The layout of the page: sources with their cards, the form to load files, duplicates to review, the history of loads."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import dash_mantine_components as dmc
from dash import dcc, html
from dash.development.base_component import Component

from dashapp.alerts import notice
from dashapp.data.difference import COUNTED, counted
from dashapp.data.naming import TABLES_KIND
from dashapp.data.parts import short, table
from dashapp.data.words import say
from dashapp.explorer.formatting import date as date_text
from pacte_graph import loading
from pacte_graph.records import Card

_OUTSIDE = re.compile(r" / (?![^()]*\))")
_BRACKETS = re.compile(r"\((?P<sign>© )?(?P<fr>[^()]*?) / (?P<en>[^()]*)\)")

if TYPE_CHECKING:
    from dashapp.services import Services


def layout(services: Services, state: Mapping[str, str]) -> Component:
    """Return the page; with ``--read-only`` it offers nothing that writes."""
    lang = state["lang"]
    writing = [notice(say("read_only", lang))] if services.read_only else [_form(services, lang)]
    return html.Div(
        [
            html.P(say("lead", lang), className="data-lead"),
            _section(say("load", lang), writing, key="load"),
            _section(say("review", lang), _review(lang), key="review"),
            dcc.Interval(id="data-look", interval=50, max_intervals=1),
            _section(say("sources", lang), [html.Div(sources_view(services.sources(), lang), id="data-loaded")], key="sources"),
            _section(say("runs", lang), [html.Div(runs_view(services.history(), lang), id="data-history")], key="runs"),
            dcc.Store(id="data-lang", data=dict(state)),
        ],
        className="data",
    )


def _review(lang: str) -> list[Component]:
    """Return the room of the duplicates, with the line that says that a decision is under way."""
    waiting = html.P(id="data-deciding", role="status", className="data-deciding", **{"data-told": say("deciding", lang)})
    return [waiting, html.Div(html.P(say("looking", lang)), id="data-review")]


def _section(title: str, children: list[Component], *, key: str) -> Component:
    return html.Section([html.H2(title), *children], className=f"data-section data-{key}")


def _form(services: Services, lang: str) -> Component:
    found = loading.importers()
    names = [{"value": name, "label": _card_name(item.card, lang)} for name, item in sorted(found.items())]
    first = TABLES_KIND if TABLES_KIND in found else names[0]["value"]
    most = services.settings.upload_bytes
    radios = dmc.Group([dmc.Radio(label=item["label"], value=item["value"]) for item in names], gap="lg")
    choice = dmc.RadioGroup(radios, id="data-importer", value=first, label=say("importer", lang), className="data-importers")
    upload = dcc.Upload(
        html.Div([html.Span(say("drop", lang)), html.Small(say("limit", lang, size=most // 1_000_000))]),
        id="data-upload",
        multiple=True,
        max_size=most,
        className="data-upload",
    )
    large = say("too_large", lang, size=most // 1_000_000, names="{names}")
    refused = html.P(
        id="data-too-large", role="alert", className="data-too-large", **{"data-most": str(most), "data-told": large}
    )
    more = html.Details(
        [
            html.Summary(say("mapping", lang)),
            html.Div(
                [
                    dcc.Textarea(id="data-mapping", rows=10, spellCheck="false", title=say("mapping", lang)),
                    html.Button(say("propose", lang), id="data-propose", className="button-plain", type="button"),
                    html.Div(id="data-proposed"),
                ]
            ),
        ],
        className="fold",
    )
    options = html.Label(
        [say("options", lang), dcc.Textarea(id="data-options", rows=2, spellCheck="false")], className="data-options"
    )
    template = html.A(say("template", lang), href="/donnees/modele.xlsx", download="", className="button-plain")
    return html.Div(
        [
            html.Div(
                [
                    choice,
                    upload,
                    refused,
                    html.P(id="data-chosen", role="status"),
                    _naming(lang),
                    options,
                    more,
                    html.Div(
                        [
                            html.Button(say("compare", lang), id="data-compare", className="button-main", type="button"),
                            template,
                        ],
                        className="data-actions",
                    ),
                ],
                id="data-form",
            ),
            dcc.Store(id="data-job", storage_type="session"),  # a page loaded anew finds its upload again
            dcc.Store(id="data-given"),  # what the form gives, without the files themselves
            dcc.Store(id="data-asked"),  # when the form last changed
            dcc.Store(id="data-named", storage_type="session"),  # names given to sources, by the files they were given for
            dcc.Interval(id="data-tick", interval=400),
            html.Div(id="data-outcome", **{"aria-live": "polite"}),
            _cards(found, lang),
        ]
    )


def _naming(lang: str) -> Component:
    """Return the field that names the source of plain tables; hidden while the files name it themselves."""
    field = dcc.Input(id="data-source", type="text", maxLength=120, autoComplete="off", className="data-name", value="")
    told = html.Small(say("source_help", lang), id="data-source-help")
    return html.Div(html.Label([say("source_name", lang), field, told]), id="data-naming", className="data-naming", hidden=True)


def _card_name(card: Card, lang: str) -> str:
    return card.name_fr if lang == "fr" else card.name_en


def _cards(found: Mapping[str, Any], lang: str) -> Component:
    rows = []
    for name, item in sorted(found.items()):
        scope = [html.P(part) for part in (_half(item.card.scope, lang),) if part]
        ignored = _ignored(item.card.ignored, lang)
        rows.append([name, _card_name(item.card, lang), [*scope, *ignored], _half(item.card.licence, lang)])
    head = ["", say("source", lang), say("value", lang), say("licence", lang)]
    return html.Details([html.Summary(say("card", lang)), table(head, rows, say("card", lang))], className="fold data-cards")


def _ignored(names: Sequence[str], lang: str) -> list[Component]:
    told = (" ; " if lang == "fr" else "; ").join(_half(name, lang) for name in names)
    return [html.P(say("ignored", lang, names=told))] if told else []


def _half(text: str, lang: str) -> str:
    """Return the French or the English half of a card's text (« français / English »), also inside its brackets.

    >>> _half("carte / map", "en"), _half("CC BY 4.0 (© Union européenne / European Union)", "fr")
    ('map', 'CC BY 4.0 (© Union européenne)')
    """
    halves = _OUTSIDE.split(text)
    if len(halves) == 2:
        return halves[0 if lang == "fr" else 1]
    return _BRACKETS.sub(lambda found: f"({found['sign'] or ''}{found['fr' if lang == 'fr' else 'en']})", text)


def sources_view(sources: list[dict[str, Any]], lang: str) -> Component:
    """Return the table of what was loaded: publisher, licence, vintage, last load with its files, place in the order of trust."""
    if not sources:
        return notice(say("no_sources", lang))
    head = [say(key, lang) for key in ("source", "publisher", "licence", "vintage", "loaded_on", "files", "trust")]
    return table(head, [_source(row, lang) for row in sources], say("sources", lang))


def _source(row: Mapping[str, Any], lang: str) -> list[Any]:
    last = row["last_run"]
    name = (row["name"] if lang == "fr" else row["name_en"]) or row["source"]
    marks = [html.Em(f" ({say('invented', lang)})")] if row["fictitious"] else []
    cut = [html.Strong(f" {say('unfinished', lang)}")] if row["unfinished"] else []
    shown = [html.A(name, href=row["url"], rel="noreferrer") if str(row["url"] or "").startswith("https://") else name]
    files = ", ".join(text.rsplit(" sha256:", 1)[0] for text in last["files"] or ())
    day = date_text(last["started_at"].date(), lang) if last["started_at"] else "—"
    texts = (_half(str(row[key] or "—"), lang) for key in ("publisher", "licence", "vintage"))
    return [html.Span([*shown, *marks, html.Small(row["source"])]), *texts, [day, *cut], short(files), str(row["trust"] or "—")]


def runs_view(runs: list[dict[str, Any]], lang: str) -> Component:
    """Return the history of loads, newest first, each with its outcome."""
    if not runs:
        return notice(say("no_sources", lang))
    head = [say(key, lang) for key in ("when", "source", "by", "outcome")]
    return table(head, [_run(run, lang) for run in runs], say("runs", lang))


def _run(run: Mapping[str, Any], lang: str) -> list[Any]:
    moment = run["started_at"]
    when = f"{date_text(moment.date(), lang)}, {moment:%H:%M} UTC" if moment else "—"
    told = [say(f"status.{run['status']}", lang)]
    if run["counts"] and run["status"] == "complete":
        counts = json.loads(run["counts"])
        told.append(counted({name: sum(counts.get(name, {}).values()) for name in COUNTED}, lang))
    return [when, run["source"], run["user"] or "—", " – ".join(told)]
