"""The links of one node, grouped by type and direction, each neighbour a button: the walk without a mouse."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component

from dashapp.explorer.controls import button
from dashapp.explorer.naming import caption, detail, verb
from dashapp.explorer.words import say
from pacte_graph.network.model import Link, Network, Node
from pacte_graph.schema import LINKS

SYMMETRIC = ("LINKED_TO", "COOPERATES_WITH")
OPEN_UP_TO = 12


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A link seen from one of its ends, and the node at the other."""

    link: Link
    node: Node
    backwards: bool


def neighbours(network: Network, node: str) -> tuple[Neighbour, ...]:
    """Return every link of ``node`` with its other end, sorted by type, direction and neighbour; loops once."""
    found = []
    for link in network.links:
        if link.source == node:
            found.append(Neighbour(link, network.by_id[link.target], backwards=False))
        elif link.target == node:
            found.append(Neighbour(link, network.by_id[link.source], backwards=link.type not in SYMMETRIC))
    order = {name: rank for rank, name in enumerate(LINKS)}
    return tuple(sorted(found, key=lambda item: (order.get(item.link.type, 99), item.backwards, item.node.id, item.link.id)))


def groups(found: tuple[Neighbour, ...], language: str) -> dict[str, list[Neighbour]]:
    """Return neighbours by heading (« participe à », « a pour participant »), in the schema's order."""
    table: dict[str, list[Neighbour]] = defaultdict(list)
    for item in found:
        table[verb(item.link.type, language, backwards=item.backwards)].append(item)
    return dict(table)


def links_view(found: tuple[Neighbour, ...], shown: Collection[str], language: str) -> list[Component]:
    """Return one foldable list per group; long lists start folded, the number always shows."""
    if not found:
        return [html.P(say("no_links", language))]
    return [_group(title, items, shown, language) for title, items in groups(found, language).items()]


def _group(title: str, items: list[Neighbour], shown: Collection[str], language: str) -> Component:
    items = sorted(items, key=lambda item: (caption(item.node, language).casefold(), item.link.id))
    summary = html.Summary([html.Span(title), html.Span(str(len(items)), className="explorer-count")])
    rows = html.Ul([_row(item, shown, language) for item in items], className="explorer-rows")
    return html.Details([summary, rows], open=len(items) <= OPEN_UP_TO, className="explorer-group")


def _row(item: Neighbour, shown: Collection[str], language: str) -> Component:
    parts: list[Component | str] = [button(caption(item.node, language), "select", item.node.id, className="explorer-link")]
    more = detail(item.link, language)
    parts.append(
        button(
            more or say("plain_link", language),
            "select-link",
            item.link.id,
            className="explorer-detail",
            **{"aria-label": f"{say('link_card', language)}{more and f' ({more})'}, {caption(item.node, language)}"},
        )
    )
    if item.node.id not in shown:
        parts.append(html.Span(say("not_shown", language), className="explorer-absent"))
    return html.Li(parts)
