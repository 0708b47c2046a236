"""The card of a node and of a link: what it is, what is known, its links, who says so, and what the numbers say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashapp.explorer.controls import button, facts_table, section
from dashapp.explorer.formatting import date, facts
from dashapp.explorer.naming import caption, detail, group_text, type_text, verb
from dashapp.explorer.neighbours import links_view, neighbours
from dashapp.explorer.state import MAX_DEPTH, View
from dashapp.explorer.words import say
from pacte_graph.network.model import Link, Network, Node
from pacte_graph.schema import LINKS, NODES

TITLES = ("name", "text")


@dataclass(frozen=True, slots=True)
class Said:
    """One statement behind a fact: the source's name, the place in it, and the day it was first loaded."""

    source: str
    places: tuple[str, ...] = ()
    since: dt.date | None = None
    disagrees: tuple[tuple[str, str, str], ...] = ()
    """(property, what this source says, what is kept)."""


def node_card(
    view: View, network: Network, node: Node, shown: Collection[str], said: Sequence[Said], sentences: Sequence[str]
) -> list[Component]:
    """Return the card of ``node``; ``shown`` holds the ids on the canvas, so that what isn't there is said."""
    language = view.language
    rows = list(facts(node.label, node.properties, language, skip=TITLES))
    return [
        _head(caption(node, language), type_text(node, language), language),
        *_missing(view, node, shown),
        _actions(view, node),
        section(say("facts", language), facts_table(rows) if rows else html.P(say("no_facts", language))),
        section(say("numbers", language), _sentences(sentences, language), key="explorer-numbers"),
        section(say("links", language), *links_view(neighbours(network, node.id), shown, language), key="explorer-links"),
        section(say("sources", language), sources_view(said, language), key="explorer-sources"),
    ]


def link_card(view: View, network: Network, link: Link, said: Sequence[Said]) -> list[Component]:
    """Return the card of ``link``: its two ends as buttons, its properties and who says so."""
    language = view.language
    source, target = network.by_id[link.source], network.by_id[link.target]
    title = f"{caption(source, language)} {verb(link.type, language)} {caption(target, language)}"
    about = LINKS[link.type].description.get(language) if link.type in LINKS else link.type
    rows = list(facts(link.type, {name: _named(value, network, language) for name, value in link.properties.items()}, language))
    ends = html.Dl(
        [
            html.Dt(say("from", language)),
            html.Dd(button(caption(source, language), "select", source.id, className="explorer-link")),
            html.Dt(say("to", language)),
            html.Dd(button(caption(target, language), "select", target.id, className="explorer-link")),
        ],
        className="explorer-facts",
    )
    return [
        _head(title, f"{about} {_sentence(detail(link, language))}".strip(), language),
        section(say("direction", language), ends),
        section(say("facts", language), facts_table(rows) if rows else html.P(say("no_facts", language))),
        section(say("sources", language), sources_view(said, language), key="explorer-sources"),
    ]


def _named(value: Any, network: Network, language: str) -> Any:
    """Return the name of the node or document a property points at (« déclaré par »…); other values as they are."""
    if isinstance(value, str) and value in network.by_id:
        return caption(network.by_id[value], language)
    return network.documents.get(value, value) if isinstance(value, str) else value


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}." if text else ""


def sources_view(said: Sequence[Said], language: str) -> Component:
    """Return the list of who says so: source, place, since when."""
    if not said:
        return html.P(say("no_sources", language))
    return html.Ul([html.Li(_source(item, language)) for item in said], className="explorer-source-rows")


def _source(item: Said, language: str) -> list[Component]:
    parts: list[Component] = [html.Strong(item.source)]
    parts += [html.Span(place, className="explorer-place") for place in item.places]
    if item.since:
        parts.append(html.Span(say("since", language, date=date(item.since, language)), className="explorer-since"))
    for name, value, kept in item.disagrees:
        parts.append(html.Span(say("disagrees", language, name=name, value=value, kept=kept), className="explorer-absent"))
    return parts


def _head(title: str, kind: str, language: str) -> Component:
    close = button("×", "clear", className="explorer-close", **{"aria-label": say("close", language)})
    return html.Header(
        [html.H2(title, id="explorer-card-title", tabIndex=-1), html.P(kind, className="explorer-kind"), close],
        className="explorer-card-head",
    )


def _missing(view: View, node: Node, shown: Collection[str]) -> list[Component]:
    if node.id in shown:
        return []
    language, recipe = view.language, view.recipe
    parts: list[Component | str] = [html.Span(say("not_shown", language))]
    if node.label not in recipe.layers and node.label in NODES:
        name = NODES[node.label].plural.get(language)
        parts.append(button(say("show_layer", language, name=name), "layer", node.label))
    elif node.group in recipe.hidden_groups:
        name = group_text(node, language) or NODES[node.label].plural.get(language)
        parts.append(button(say("show_group", language, name=name), "toggle", node.group))
    elif recipe.focus:
        parts.append(button(say("unfocus", language), "unfocus"))
    return [html.Div(parts, className="explorer-missing")]


def _actions(view: View, node: Node) -> Component:
    language, recipe = view.language, view.recipe
    grown, alone = node.id in recipe.expanded, recipe.focus == node.id
    first = [
        button(say("collapse" if grown else "expand", language), "expand", node.id, pressed=grown),
        button(say("unfocus" if alone else "focus", language), "unfocus" if alone else "focus", node.id, pressed=alone),
        button(say("hide", language), "hide", node.id),
        button(say("path_from", language), "from", node.id, pressed=view.start == node.id),
    ]
    depths = [
        button(say(f"depth.{depth}", language), "depth", str(depth), pressed=recipe.depth == depth)
        for depth in range(1, MAX_DEPTH + 1)
    ]
    more = [html.Div([html.Span(say("depth", language)), *depths], className="explorer-depths")] if alone else []
    return html.Div([html.Div(first, className="explorer-actions"), *more])


def _sentences(sentences: Sequence[str], language: str) -> Component:
    if not sentences:
        return html.P(say("no_numbers", language))
    parts = [_parts(sentence) for sentence in sentences]
    following = [*(scope for _, scope in parts[1:]), ""]
    return html.Ul(
        [html.Li(_scoped(text, "" if scope == after else scope)) for (text, scope), after in zip(parts, following, strict=True)],
        className="explorer-sentences",
    )


def _parts(sentence: str) -> tuple[str, str]:
    """Return a sentence and the scope that ends it: « [programme, date ; poids] »; empty when it names none."""
    text, bracket, scope = sentence.rpartition(" [")
    return (text, f"[{scope}") if bracket else (sentence, "")


def _scoped(text: str, scope: str) -> list[Component | str]:
    """Set the scope in small type; it is said once, after the last of the sentences that share it."""
    return [text, html.Small(scope, className="explorer-scope")] if scope else [text]
