"""The start page's layout: programmes with their counts, sources with their dates, questions as links."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from dash import Dash, html
from dash.development.base_component import Component

from dashapp.address import href, language
from dashapp.alerts import notice
from dashapp.explorer.formatting import date as date_text
from dashapp.explorer.formatting import number
from dashapp.home.words import PLURALS, say
from dashapp.i18n import plural
from pacte_graph.network import ProgrammeInfo
from pacte_graph.network.model import Network, Scope
from pacte_graph.queries import CATEGORIES, SavedQuery

if TYPE_CHECKING:
    from dashapp.services import Services

ASKED = (("ask.pull", "pull"), ("ask.declination", "declination"), ("ask.nesting", "nesting"), ("ask.kinds", "kinds"))
"""Questions that the page of indicators answers, with the part of it that does."""


def layout(services: Services, state: Mapping[str, str]) -> Component:
    """Return the page; an empty database gets what to do instead."""
    lang = language(state)
    loaded = services.programmes()
    warnings = [_unfinished(run, services.sources(), lang) for run in services.unfinished_runs()]
    lead = html.P(say("lead", lang), className="home-lead")
    if not loaded:
        return html.Div([lead, *warnings, empty(lang)], className="home")
    cards = [card(item, services.network(Scope(item.id)), state) for item in loaded]
    return html.Div(
        [
            lead,
            *warnings,
            _section(say("loaded", lang), html.Div(cards, className="home-cards")),
            _section(say("indicators", lang), html.Ul([_asked(key, part, state) for key, part in ASKED], className="home-asks")),
            _section(say("questions", lang), questions(services.catalogue(), state)),
            _section(say("sources", lang), sources_table(services.sources(), lang)),
        ],
        className="home",
    )


def register(app: Dash, services: Services) -> None:
    """Register nothing: the page is drawn for its address and has no callbacks."""
    del app, services


def empty(lang: str) -> Component:
    """Return what an empty database says: the commands that fill it."""
    rows = (
        ("pacte demo", say("empty_demo", lang)),
        (f"pacte import feuille-de-route {say('file', lang)}", say("empty_import", lang)),
        (f"pacte import tableur {say('folder', lang)}", say("empty_tables", lang)),
    )
    listed = [html.Li([html.Code(command), html.Span(text)]) for command, text in rows]
    return notice(
        [html.P(html.Strong(say("empty", lang))), html.P(say("empty_what", lang)), html.Ul(listed, className="home-todo")]
    )


def counts(network: Network, lang: str) -> list[tuple[str, str]]:
    """Return (number, noun) of projects, actors, people, territories and links; people only when there are some."""
    found = {
        "projects": len(network.nodes_of("Project")),
        "actors": len(network.nodes_of("Actor")),
        "people": len(network.nodes_of("Person")),
        "territories": len(network.nodes_of("Territory")),
        "links": len(network.links),
    }
    return [
        (number(amount, lang), plural(*PLURALS[key], amount, lang)) for key, amount in found.items() if amount or key != "people"
    ]


def card(info: ProgrammeInfo, network: Network, state: Mapping[str, str]) -> Component:
    """Return the card of one programme: name, what kind of facts, counts, dates, ways in."""
    lang = language(state)
    here = {"programme": info.id, "lang": lang}
    dates = ", ".join(date_text(day, lang) for day in info.reference_dates)
    title = f"{info.acronym} – {info.name}" if info.acronym and info.acronym != info.name else info.name
    return html.Article(
        [
            html.Div(
                say("invented" if info.fictitious else "real", lang),
                className=f"home-tag{' home-tag-invented' * info.fictitious}",
            ),
            html.H3(title),
            html.Dl(
                [html.Div([html.Dd(figure), html.Dt(noun)]) for figure, noun in counts(network, lang)], className="home-counts"
            ),
            html.P(say("dates", lang, dates=dates) if dates else say("no_dates", lang), className="home-mute"),
            html.P(
                [
                    html.A(say("explore", lang), href=href("/explorateur", here), className="button-main"),
                    html.A(say("measure", lang), href=href("/indicateurs", here), className="button-plain"),
                ],
                className="home-ways",
            ),
        ],
        className="home-card",
    )


def questions(catalogue: Mapping[str, SavedQuery], state: Mapping[str, str]) -> Component:
    """Return the saved queries' questions by category, each a link that opens its form."""
    lang = language(state)
    blocks = []
    for category, words in CATEGORIES.items():
        rows = [query for query in catalogue.values() if query.category == category]
        if rows:
            links = [html.Li(html.A(row.question.get(lang), href=href("/requetes", state, q=row.name))) for row in rows]
            blocks.append(html.Div([html.H3(words.get(lang)), html.Ul(links)], className="home-category"))
    return html.Div(blocks, className="home-questions")


def sources_table(sources: list[dict[str, Any]], lang: str) -> Component:
    """Return the sources loaded: name, last load, how many, in which state."""
    names = ("source", "last_load", "loads", "state")
    head = html.Thead(html.Tr([html.Th(say(name, lang), scope="col") for name in names]))
    rows = [html.Tr([html.Td(cell) for cell in source_row(item, lang)]) for item in sources]
    return html.Div(html.Table([head, html.Tbody(rows)], className="plain-table"), className="table-frame")


def source_row(item: Mapping[str, Any], lang: str) -> tuple[str, str, str, str]:
    """Return the cells of one source."""
    run = item["last_run"]
    at = run.get("ended_at") or run.get("started_at")
    state = run.get("status") if run.get("status") in {"complete", "running", "superseded"} else "unknown"
    return name_of(item, lang), date_text(at, lang) if at else "", number(item["runs"], lang), say(f"state.{state}", lang)


def name_of(item: Mapping[str, Any], lang: str) -> str:
    """Return a source's name in the reader's language, else the one it has."""
    english = item.get("name_en") if lang == "en" else None
    return str(english or item.get("name") or item["source"])


def _unfinished(run: Mapping[str, Any], sources: list[dict[str, Any]], lang: str) -> Component:
    name = next((name_of(item, lang) for item in sources if item["source"] == run["source"]), str(run["source"]))
    started = run.get("started_at")
    return notice(say("unfinished", lang, source=name, date=date_text(started, lang) if started else "?"), kind="warning")


def _asked(key: str, part: str, state: Mapping[str, str]) -> Component:
    return html.Li(html.A(say(key, language(state)), href=href("/indicateurs", state) + f"#{part}"))


def _section(title: str, content: Component) -> Component:
    return html.Section([html.H2(title), content], className="home-section")
