"""Networks that aren't: without some nodes, with projects late, with nodes and links added. Pure: the given one is unchanged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from pacte_graph.errors import UnknownName, UsageError
from pacte_graph.metrics.whatif.dates import shifted
from pacte_graph.metrics.whatif.slipping import checked, slips
from pacte_graph.network.model import Link, Milestone, Network, Node

STARTED = frozenset({"running", "late", "done", "dropped"})
"""States of a project whose start is past: only its end can move."""


@dataclass(frozen=True)
class Changes:
    """What is supposed: ``nodes``, ``links`` and ``milestones`` added, then ``removed`` taken out, then ``delays`` (months)."""

    removed: tuple[str, ...] = ()
    delays: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    nodes: tuple[Node, ...] = ()
    links: tuple[Link, ...] = ()
    milestones: tuple[Milestone, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.removed or self.delays or self.nodes or self.links or self.milestones)

    def as_dict(self) -> dict[str, Any]:
        """Return the JSON form: identifiers of what is removed, late and added."""
        return {
            "removed": sorted(self.removed),
            "delays": dict(sorted(self.delays.items())),
            "added": {
                "nodes": [{"id": node.id, "label": node.label, **node.properties} for node in self.nodes],
                "links": [
                    {"type": link.type, "source": link.source, "target": link.target, "key": link.key, **link.properties}
                    for link in self.links
                ],
                "milestones": [step.id for step in self.milestones],
            },
        }


def changed(network: Network, changes: Changes) -> Network:
    """Return the network with all changes made. A delay of a removed project has no meaning: UsageError."""
    both = sorted(set(changes.removed) & set(changes.delays))
    if both:
        raise UsageError(f"{', '.join(both)} can't be both removed and late.")
    after = added(network, changes.nodes, changes.links, changes.milestones)
    return delayed(without(after, changes.removed), changes.delays)


def without(network: Network, ids: Iterable[str]) -> Network:
    """Return the network without some nodes, their links and their milestones. Raises UnknownName for one that isn't there."""
    gone = set(ids)
    missing = sorted(gone - network.by_id.keys())
    if missing:
        raise UnknownName(f"There is no {', '.join(missing)} in this network.")
    if not gone:
        return network
    return replace(
        network,
        nodes=tuple(node for node in network.nodes if node.id not in gone),
        links=tuple(link for link in network.links if link.source not in gone and link.target not in gone),
        milestones=tuple(step for step in network.milestones if step.project not in gone),
    )


def delayed(network: Network, delays: Mapping[str, int]) -> Network:
    """Return the network with projects late by so many months: their dates, and all milestones that slip for sure.

    The start of a project that has started stays. Milestones that slip only possibly stay too (see ``slips``).
    """
    late = checked(network, delays)
    if not late:
        return network
    moved = {slip.milestone: slip for slip in slips(network, late) if slip.sure}
    nodes = [_late(node, late[node.id]) if node.id in late else node for node in network.nodes]
    steps = [
        replace(step, date_from=moved[step].date_from, date_to=moved[step].date_to, date_text="") if step in moved else step
        for step in network.milestones
    ]
    return _made(network, nodes, network.links, steps)


def _late(node: Node, months: int) -> Node:
    names = ("until",) if node.properties.get("state") in STARTED else ("since", "until")
    dates = {name: shifted(node.properties[name], months) for name in names if node.properties.get(name)}
    return replace(node, properties=MappingProxyType({**node.properties, **dates}))


def added(network: Network, nodes: Iterable[Node], links: Iterable[Link], milestones: Iterable[Milestone] = ()) -> Network:
    """Return the network with more in it. Raises UsageError for what is there already, UnknownName for an end that isn't."""
    more, ties, steps = tuple(nodes), tuple(links), tuple(milestones)
    if not (more or ties or steps):
        return network
    known = [node.id for node in (*network.nodes, *more)]
    _refuse_repeated(known)
    _refuse_repeated([link.id for link in (*network.links, *ties)])
    _refuse_repeated([f"{step.id} of {step.project}" for step in (*network.milestones, *steps)])
    there = set(known)
    ends = [name for link in ties for name in (link.source, link.target)] + [step.project for step in steps]
    missing = sorted({name for name in ends if name not in there})
    if missing:
        raise UnknownName(f"There is no {', '.join(missing)} in this network, nor among what is added.")
    return _made(network, (*network.nodes, *more), (*network.links, *ties), (*network.milestones, *steps))


def _made(network: Network, nodes: Iterable[Node], links: Iterable[Link], milestones: Iterable[Milestone]) -> Network:
    return Network.of(
        nodes,
        links,
        scope=network.scope,
        programme=network.programme,
        sources=network.sources,
        documents=network.documents,
        milestones=milestones,
    )


def _refuse_repeated(names: list[str]) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise UsageError(f"{name} is there already.", hint="Give what is added an identifier of its own.")
        seen.add(name)
