"""The frame of every page: header, navigation, programme, date, language, the banner of invented data, and the page itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import dash_mantine_components as dmc
from dash import dcc, html
from dash.development.base_component import Component

from dashapp.address import day, decode, href, language, query_string
from dashapp.alerts import alert, notice
from dashapp.explorer.formatting import date as date_text
from dashapp.i18n import LANGUAGES, say
from dashapp.pages import Page
from dashapp.services import Services
from pacte_graph.errors import PacteError
from pacte_graph.network import ProgrammeInfo

OWN_ADDRESS = frozenset({"explorer"})
"""Pages that keep the address bar in step themselves."""
UNTITLED = frozenset({"explorer"})
"""Pages that need all the room: their heading is there for screen readers only."""
WITHOUT_DATA = frozenset({"home", "data", "methods"})
"""Pages that have something to say before anything is loaded."""
HEADER_HEIGHT = 56


@dataclass(frozen=True, slots=True)
class Drawn:
    """What the browser gets for one address: header, page, and ``head`` (title, language, canonical query string)."""

    header: list[Component]
    main: list[Component]
    head: dict[str, str]


def frame() -> Component:
    """Return the frame before any address is known: empty header and main, filled by the first callback."""
    return dmc.MantineProvider(
        [
            dcc.Store(id="shell-start", data=0),
            dcc.Store(id="shell-address"),
            dcc.Store(id="shell-head"),
            dcc.Store(id="shell-done"),
            dmc.AppShell(
                [
                    dmc.AppShellHeader(html.Div(id="shell-header", className="shell-header")),
                    dmc.AppShellMain(
                        [html.Div(id="shell-trouble"), html.Div(id="shell-page", className="shell-page")], id="main", tabIndex=-1
                    ),
                ],
                header={"height": HEADER_HEIGHT},
                padding=0,
            ),
            html.Div(className="shell-progress", **{"aria-hidden": "true"}),
        ],
        theme={"fontFamily": "var(--pg-font)", "primaryColor": "blue", "defaultRadius": "sm"},
        forceColorScheme="light",
    )


def draw(services: Services, pages: Sequence[Page], path: str, search: str) -> Drawn:
    """Return all that is shown at an address. An error becomes a sentence on the page; the header stays usable."""
    state = decode(search)
    lang = language(state)
    page = next((item for item in pages if item.path == (path.rstrip("/") or "/")), None)
    try:
        loaded = services.programmes()
    except PacteError as error:
        return _drawn(pages, page, (), state, [_title(page, lang), alert(error, lang)])
    if loaded:
        state.setdefault("programme", loaded[0].id)
    body = _body(services, page, path, loaded, state)
    return _drawn(pages, page, loaded, state, body)


def _drawn(
    pages: Sequence[Page], page: Page | None, loaded: tuple[ProgrammeInfo, ...], state: Mapping[str, str], body: list[Component]
) -> Drawn:
    lang = language(state)
    name = page.title.get(lang) if page else say("not_found", lang)
    key = page.key if page else ""
    head = {
        "title": f"{name} – {say('product', lang)}",
        "lang": lang,
        "page": key,
        "url": "" if key in OWN_ADDRESS or not page else query_string(state),
    }
    chosen = next((item for item in loaded if item.id == state.get("programme")), None)
    banner = [html.P(say("fictitious", lang), className="shell-banner", role="note")] if chosen and chosen.fictitious else []
    content = html.Div(body, className=f"shell-content shell-content-{key or 'none'}")
    return Drawn(_header(pages, key, loaded, chosen, state), [*banner, content], head)


def _body(
    services: Services, page: Page | None, path: str, loaded: tuple[ProgrammeInfo, ...], state: Mapping[str, str]
) -> list[Component]:
    lang = language(state)
    title = _title(page, lang)
    if page is None:
        return [title, notice(say("not_found_text", lang, path=path[:200]), kind="warning")]
    if page.key not in WITHOUT_DATA and not loaded:
        link = html.A(say("go_home", lang), href=href("/", state))
        return [title, notice([html.P(say("nothing_loaded", lang)), link], kind="warning")]
    if loaded and state["programme"] not in {item.id for item in loaded}:
        return [title, notice(say("no_programme", lang, id=state["programme"][:200]), kind="warning", role="alert")]
    try:
        return [title, page.layout(services, state)]
    except PacteError as error:
        return [title, alert(error, lang)]


def _title(page: Page | None, lang: str) -> Component:
    hidden = "shell-title visually-hidden" if page and page.key in UNTITLED else "shell-title"
    return html.H1(page.title.get(lang) if page else say("not_found", lang), className=hidden, tabIndex=-1)


def _header(
    pages: Sequence[Page],
    key: str,
    loaded: tuple[ProgrammeInfo, ...],
    chosen: ProgrammeInfo | None,
    state: Mapping[str, str],
) -> list[Component]:
    lang = language(state)
    product = html.A(say("product", lang), href=href("/", state), className="shell-product")
    return [
        html.A(say("skip", lang), href="#main", className="shell-skip"),
        product,
        _navigation(pages, key, state),
        html.Div(_scope(loaded, chosen, state), className="shell-scope", role="group", **{"aria-label": say("scope", lang)}),
        _languages(key, pages, state),
    ]


def _navigation(pages: Sequence[Page], key: str, state: Mapping[str, str]) -> Component:
    lang = language(state)
    links = [
        html.A(
            page.title.get(lang),
            href=href(page.path, state),
            className="shell-link",
            **({"aria-current": "page"} if page.key == key else {}),
        )
        for page in pages
        if page.listed
    ]
    return html.Nav(links, className="shell-nav", **{"aria-label": say("navigation", lang)})


def _scope(loaded: tuple[ProgrammeInfo, ...], chosen: ProgrammeInfo | None, state: Mapping[str, str]) -> list[Component]:
    """Return the two selectors; nothing to choose from before anything is loaded."""
    if not loaded:
        return []
    lang = language(state)
    programmes = [
        {"value": item.id, "label": item.name if item.acronym in ("", item.name) else f"{item.acronym} – {item.name}"}
        for item in loaded
    ]
    dates = [{"value": "", "label": say("all_dates", lang)}]
    asked = day(state)
    known = {*(chosen.reference_dates if chosen else ()), *([asked] if asked else [])}
    dates += [{"value": item.isoformat(), "label": date_text(item, lang)} for item in sorted(known)]
    if chosen is None:
        programmes.insert(0, {"value": "", "label": say("choose_programme", lang)})
    return [
        _select("programme", say("programme", lang), programmes, chosen.id if chosen else ""),
        _select("date", say("date", lang), dates, asked.isoformat() if asked else ""),
    ]


def _select(key: str, label: str, options: list[dict[str, str]], value: str) -> Component:
    """Return a native list: it works by keyboard and on every screen reader as it is; the page's script follows its choice."""
    rows = [html.Option(item["label"], value=item["value"], selected=item["value"] == value) for item in options]
    return html.Select(rows, id=f"shell-{key}", className=f"shell-select shell-select-{key}", **{"aria-label": label})


def _languages(key: str, pages: Sequence[Page], state: Mapping[str, str]) -> Component:
    lang = language(state)
    path = next((page.path for page in pages if page.key == key), "/")
    links = [
        html.A(
            code.upper(),
            href=path + query_string({**state, "lang": code}),
            hrefLang=code,
            className="shell-language",
            title=say(f"language_{code}", code),
            **{"data-lang": code, "aria-label": say(f"language_{code}", code)},
            **({"aria-current": "true"} if code == lang else {}),
        )
        for code in LANGUAGES
    ]
    return html.Div(links, className="shell-languages", role="group", **{"aria-label": say("language", lang)})
