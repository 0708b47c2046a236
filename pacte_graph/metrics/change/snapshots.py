"""The network as it was on a day, from the network of all dates; and who is present in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from pacte_graph.metrics.model import Parameter
from pacte_graph.network.model import Link, Network
from pacte_graph.schema.kinds import Words

BEFORE, AFTER = (
    Parameter(
        name,
        "date",
        None,
        Words(*label),
        Words(
            f"AAAA-MM-JJ ; à défaut, la {which[0]} date de référence du programme.",
            f"YYYY-MM-DD; otherwise the programme's {which[1]} reference date.",
        ),
    )
    for name, label, which in (
        ("before", ("Date de départ", "First date"), ("première", "first")),
        ("after", ("Date d'arrivée", "Second date"), ("dernière", "last")),
    )
)


@dataclass(frozen=True)
class Pair:
    """Two days and the network on each; ``before`` is the earlier."""

    first: dt.date
    second: dt.date
    before: Network
    after: Network


def in_force(properties: Mapping[str, Any], day: dt.date) -> bool:
    """Return True from ``since`` on and before ``until``; an unknown bound is open."""
    since, until = properties.get("since"), properties.get("until")
    return (since is None or since <= day) and (until is None or day < until)


def at(network: Network, day: dt.date) -> Network:
    """Return the snapshot of a day: all nodes of the perimeter, the links in force; what reading the database that day gives."""
    links = [link for link in network.links if in_force(link.properties, day)]
    return replace(network, scope=replace(network.scope, date=day), links=tuple(links))


def restricted(network: Network, kept: Iterable[str]) -> Network:
    """Return the network without the projects and actors that are not ``kept``; territories and people stay."""
    chosen = set(kept)
    nodes = tuple(node for node in network.nodes if node.label not in {"Project", "Actor"} or node.id in chosen)
    there = {node.id for node in nodes}
    return replace(network, nodes=nodes, links=tuple(x for x in network.links if x.source in there and x.target in there))


def present(network: Network, day: dt.date) -> frozenset[str]:
    """Return the projects and actors that are there on a day, from its snapshot.

    An actor by a participation or a cooperation in force; a project by its own dates (unknown: open) or a participation.
    """
    tied: set[str] = set()
    for link in (*network.links_of("TAKES_PART_IN"), *network.links_of("COOPERATES_WITH")):
        if _counts(network, link):
            tied |= {link.source, link.target}
    projects = {node.id for node in network.nodes_of("Project") if in_force(node.properties, day)}
    return frozenset(projects | {name for name in tied if network.by_id[name].label in {"Project", "Actor"}})


def _counts(network: Network, link: Link) -> bool:
    return network.by_id[link.source].label == "Actor"


def pair(network: Network, parameters: Mapping[str, Any]) -> Pair | None:
    """Return the two snapshots that the parameters or the programme's reference dates ask for; None without two days.

    Days given in the wrong order are put right.
    """
    told = sorted(_day(item) for item in network.programme.get("reference_dates") or ())
    first = parameters.get("before") or (told[0] if told else None)
    second = parameters.get("after") or (told[-1] if told else None)
    if first is None or second is None or first == second:
        return None
    first, second = sorted((first, second))
    return Pair(first, second, at(network, first), at(network, second))


def _day(item: Any) -> dt.date:
    return item if isinstance(item, dt.date) else dt.date.fromisoformat(str(item))
