"""The network of a date, taken from the network of all dates; and who is present that day.

Three rules, used by everything that compares dates:

- a link is in force when ``since <= date < until``; a bound that is unknown is open (the rule of ``network.read``);
- a project is present between its own ``since`` and ``until``, by the same rule: without dates it is always present;
- an actor is present when it has at least one link in force: a participation in a project that is present, or a cooperation
  with somebody. Territories and people are always present.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from pacte_graph.errors import UsageError
from pacte_graph.metrics.model import Parameter
from pacte_graph.network.model import Network, Node
from pacte_graph.network.views import remembered
from pacte_graph.schema.kinds import Words

BEFORE = Parameter(
    "before",
    "date",
    None,
    Words("Date de départ", "First date"),
    Words(
        "Vide : la première date de référence du programme.",
        "Empty: the programme's first reference date.",
    ),
)
AFTER = Parameter(
    "after",
    "date",
    None,
    Words("Date d'arrivée", "Second date"),
    Words(
        "Vide : la dernière date de référence du programme.",
        "Empty: the programme's last reference date.",
    ),
)
NO_DATES = Words(
    "Non défini : le programme n'a pas deux dates de référence, et il n'en est pas donné.",
    "Undefined: the programme has no two reference dates, and none are given.",
)
ONE_DATE = Words(
    "Non défini : ce réseau est celui d'une seule date ; deux dates ne se comparent que sur le réseau de toutes les dates.",
    "Undefined: this network is that of one date; two dates are compared on the network of all dates.",
)


@dataclass(frozen=True)
class Dates:
    """The two dates compared, or ``reason`` why there are none."""

    before: dt.date | None = None
    after: dt.date | None = None
    reason: Words | None = None

    @property
    def both(self) -> tuple[dt.date, dt.date] | None:
        """Return the two dates, None where there are none."""
        return None if self.reason or self.before is None or self.after is None else (self.before, self.after)

    def parameters(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Return the parameters with the dates that were taken, as they are shown."""
        return {**given, "before": self.before, "after": self.after}


def dates(network: Network, before: dt.date | None = None, after: dt.date | None = None) -> Dates:
    """Return the dates to compare: those given, else the programme's first and last reference dates.

    Raises UsageError when the first is after the second.
    """
    known = reference_dates(network)
    first = before or (known[0] if known else None)
    last = after or (known[-1] if known else None)
    if first and last and first > last:
        raise UsageError(f"The date before ({first}) is later than the date after ({last}).", hint="Swap them.")
    if network.scope.date is not None:
        return Dates(first, last, ONE_DATE)
    if first is None or last is None or (first == last and not (before and after)):
        return Dates(first, last, NO_DATES)
    return Dates(first, last)


def reference_dates(network: Network) -> tuple[dt.date, ...]:
    """Return the programme's reference dates, sorted; they are kept as ISO texts."""
    told = network.programme.get("reference_dates") or ()
    return tuple(sorted(day if isinstance(day, dt.date) else dt.date.fromisoformat(str(day)) for day in told))


def in_force(told: Mapping[str, Any], date: dt.date) -> bool:
    """Return True when ``since <= date < until``; an unknown bound is open."""
    since, until = told.get("since"), told.get("until")
    return (since is None or since <= date) and (until is None or date < until)


def at(network: Network, date: dt.date) -> Network:
    """Return the snapshot of ``date`` from a network of all dates: what ``network.read`` gives for that date.

    Raises UsageError for a network that is already that of another date.
    """
    if network.scope.date == date:
        return network
    if network.scope.date is not None:
        raise UsageError(f"The network of {network.scope.date} says nothing of {date}.", hint="Take the network of all dates.")
    return remembered(network, ("at", date), lambda: _at(network, date))


def _at(network: Network, date: dt.date) -> Network:
    links = tuple(link for link in network.links if in_force(link.properties, date))
    named = {link.properties["document"] for link in links if "document" in link.properties}
    documents = MappingProxyType({key: name for key, name in network.documents.items() if key in named})
    return replace(network, scope=replace(network.scope, date=date), links=links, documents=documents)


def present(network: Network, date: dt.date) -> frozenset[str]:
    """Return who is there at a date (the module says by which rules)."""
    return remembered(network, ("present", date), lambda: _present(network, date))


def _present(network: Network, date: dt.date) -> frozenset[str]:
    snapshot = at(network, date)
    found = {node.id for node in network.nodes if node.label != "Actor" and (node.label != "Project" or _under_way(node, date))}
    actors = {node.id for node in network.nodes_of("Actor")}
    for link in snapshot.links_of("TAKES_PART_IN"):
        if link.source in actors and link.target in found:
            found.add(link.source)
    for link in snapshot.links_of("COOPERATES_WITH"):
        found |= {link.source, link.target} & actors if link.source != link.target else set()
    return frozenset(found)


def _under_way(project: Node, date: dt.date) -> bool:
    return in_force(project.properties, date)


def among(network: Network, ids: Collection[str]) -> Network:
    """Return the network of these nodes alone, with the links among them."""
    kept = frozenset(ids)
    return replace(
        network,
        nodes=tuple(node for node in network.nodes if node.id in kept),
        links=tuple(link for link in network.links if link.source in kept and link.target in kept),
        milestones=tuple(step for step in network.milestones if step.project in kept),
    )


def there(network: Network, date: dt.date) -> Network:
    """Return the snapshot of a date with those alone who are present."""
    return remembered(network, ("there", date), lambda: among(at(network, date), present(network, date)))


def undated(network: Network) -> dict[str, int]:
    """Return how many projects, and participations, nothing dates: they are there at every date."""
    dated = {node.id for node in network.nodes if _dated(node.properties)}
    return {
        "participations_without_dates": sum(
            link.target not in dated and not _dated(link.properties) for link in network.links_of("TAKES_PART_IN")
        ),
        "projects_without_dates": sum(node.id not in dated for node in network.nodes_of("Project")),
    }


def _dated(told: Mapping[str, Any]) -> bool:
    return told.get("since") is not None or told.get("until") is not None
