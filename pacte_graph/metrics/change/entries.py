"""By which project each actor first came in, who of them stayed, and what they lead since: counts that anybody can check."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from pacte_graph.metrics.change.snapshots import in_force
from pacte_graph.network.model import Link, Network


@dataclass(frozen=True)
class Entries:
    """For each project: its newcomers, those of them in another project on the day, and the projects they lead since."""

    newcomers: dict[str, tuple[str, ...]]
    stayed: dict[str, tuple[str, ...]]
    chain: dict[str, tuple[str, ...]]
    several: int = 0
    """Actors who came in by several projects on one day: no project is credited."""
    undated: int = 0
    """Actors one of whose participations has no known start: their first project can't be told."""
    first: dict[str, str] = field(default_factory=dict)
    """Actor → the project it came in by."""


def start(network: Network, link: Link) -> dt.date | None:
    """Return when a participation starts: its own date, else the project's; None when neither is known."""
    own: dt.date | None = link.properties.get("since") or network.by_id[link.target].properties.get("since")
    return own


def entries(network: Network, day: dt.date) -> Entries:
    """Return the entries up to ``day`` of the network of all dates."""
    taking: dict[str, list[tuple[dt.date | None, str, Link]]] = {}
    for link in network.links_of("TAKES_PART_IN"):
        if network.by_id[link.source].label == "Actor":
            taking.setdefault(link.source, []).append((start(network, link), link.target, link))
    first: dict[str, str] = {}
    several = undated = 0
    for actor, rows in sorted(taking.items()):
        if any(when is None for when, _, _ in rows):
            undated += 1
            continue
        known = sorted((when, project) for when, project, _ in rows if when is not None and when <= day)
        projects = {project for when, project in known if when == known[0][0]}
        if len(projects) == 1:
            first[actor] = next(iter(projects))
        several += len(projects) > 1
    found: dict[str, list[list[str]]] = {node.id: [[], [], []] for node in network.nodes_of("Project")}
    for actor, project in first.items():
        lists = found[project]
        lists[0].append(actor)
        elsewhere = [link for _, other, link in taking[actor] if other != project and in_force(link.properties, day)]
        if elsewhere:
            lists[1].append(actor)
        lists[2] += [
            link.target for link in elsewhere if link.properties.get("role") == "lead" and (start(network, link) or day) <= day
        ]
    told = [{name: tuple(sorted(set(lists[at]))) for name, lists in found.items()} for at in range(3)]
    return Entries(told[0], told[1], told[2], several, undated, first)
