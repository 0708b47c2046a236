"""Financing plans: what each project costs, what the Region brings, who pays, and whether that is all known."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pacte_graph.metrics.scheme.money import refuse_negative
from pacte_graph.network.model import Network
from pacte_graph.network.views import remembered

PAYING = frozenset({"lead", "funder"})
SILENT = frozenset({"associate", "manager", "team", "follow_up"})
"""Roles that bring no money unless an amount says so."""
PUBLIC: Mapping[str, frozenset[str]] = {
    "strict": frozenset({"local_authority", "state"}),
    "wide": frozenset({"local_authority", "state", "agency", "chamber", "university", "research", "development_council"}),
}
UNDETAILED = "undetailed"


@dataclass(frozen=True, slots=True)
class Plan:
    """The financing plan of a project, in euros; None is unknown. ``amounts``: what each actor is known to bring."""

    project: str
    total: float | None
    regional: float | None
    amounts: Mapping[str, float]
    received: bool = False
    """The amounts stated are parts of a grant its partners receive: they bring none of it, and ``amounts`` is empty."""

    @property
    def complete(self) -> bool:
        """Return True when total and regional part are known and do not contradict each other."""
        return self.total is not None and self.regional is not None and self.regional <= self.total


@dataclass(frozen=True, slots=True)
class Leverage:
    """Leverage on the funded projects (complete plans with regional money): ratios of sums, None where nothing is funded."""

    funded: int
    total: float
    regional: float

    @property
    def whole(self) -> float | None:
        """Return Σ M / Σ R: all the money for one regional euro."""
        return self.total / self.regional if self.regional > 0 else None

    @property
    def additional(self) -> float | None:
        """Return Σ (M − R) / Σ R: the others' money for one regional euro."""
        return (self.total - self.regional) / self.regional if self.regional > 0 else None


def receives(told: Mapping[str, Any], amounts: float) -> bool:
    """Return True when the amounts of a project's partners, in sum, are parts of the grant it receives, not of its budget.

    Open data on grants states what each partner receives: where a project states a ``grant``, the sum says which it is, by
    being nearer to the grant than to the budget.
    """
    grant, budget = told.get("grant"), told.get("budget")
    return grant is not None and amounts > 0 and (budget is None or abs(amounts - grant) <= abs(amounts - budget))


def leverage(plans: Iterable[Plan]) -> Leverage:
    """Return the leverage of the complete plans with regional money; the others count neither above nor below."""
    pairs = [(plan.total, plan.regional) for plan in plans if plan.complete and plan.regional]
    return Leverage(len(pairs), sum(m or 0.0 for m, _ in pairs), sum(r or 0.0 for _, r in pairs))


def regional_rate(plans: Iterable[Plan]) -> tuple[float | None, float | None, float | None]:
    """Return (low, known, high) of Σ R / Σ M over the projects of known total: an unknown part lies between 0 and the total."""
    known_total = known_part = open_total = 0.0
    for plan in plans:
        if plan.total is None or (plan.regional is not None and not plan.complete):
            continue
        if plan.regional is None:
            open_total += plan.total
        else:
            known_total, known_part = known_total + plan.total, known_part + plan.regional
    everything = known_total + open_total
    known = known_part / known_total if known_total > 0 else None
    if everything <= 0:
        return None, None, None
    return known_part / everything, known, (known_part + open_total) / everything


def concentration(amounts: Mapping[str, float]) -> tuple[float | None, str | None, float | None]:
    """Return the Herfindahl–Hirschman index Σ s² of amounts, who holds the most (ties: least id), and its share."""
    everything = sum(amounts.values())
    if everything <= 0:
        return None, None, None
    first = min(amounts, key=lambda name: (-amounts[name], name))
    return sum((value / everything) ** 2 for value in amounts.values()), first, amounts[first] / everything


def region_actors(network: Network) -> frozenset[str]:
    """Return the actors that represent a territory of the level “region”."""
    return frozenset(x.source for x in network.links_of("REPRESENTS") if network.by_id[x.target].group == "region")


def plans(network: Network) -> tuple[Plan, ...]:
    """Return the plan of each project, sorted by id. Raises MetricUndefined on an amount below zero.

    Total: the project's ``budget``; else the sum of the amounts, when all its leads and funders have one. Region: the project's
    ``regional_funding``; else the amounts of the actors that represent a region; else 0 when no such actor takes part in a plan
    whose leads and funders all have an amount; else unknown. Parts of a grant received are no contributions (``receives``).
    """
    return remembered(network, "financing plans", lambda: _plans(network))


def _plans(network: Network) -> tuple[Plan, ...]:
    taking: dict[str, dict[str, tuple[set[str], float | None]]] = {}
    for link in network.links_of("TAKES_PART_IN"):
        if network.by_id[link.source].label != "Actor":
            continue
        roles, before = taking.setdefault(link.target, {}).get(link.source, (set(), None))
        amount = link.properties.get("amount")
        known = [value for value in (before, amount) if value is not None]
        taking[link.target][link.source] = (roles | {str(link.properties.get("role"))}, sum(known) if known else None)
    regions = region_actors(network)
    refuse_negative(network, _stated(network, taking))
    return tuple(_plan(node.id, node.properties, taking.get(node.id, {}), regions) for node in network.nodes_of("Project"))


def _stated(network: Network, taking: Mapping[str, Mapping[str, tuple[set[str], float | None]]]) -> Iterable[tuple[str, float]]:
    for node in network.nodes_of("Project"):
        stated = [node.properties.get("budget"), node.properties.get("regional_funding")]
        stated += [amount for _, amount in taking.get(node.id, {}).values()]
        yield from ((node.id, value) for value in stated if value is not None)


def _plan(
    project: str,
    told: Mapping[str, Any],
    people: Mapping[str, tuple[set[str], float | None]],
    regions: Collection[str],
) -> Plan:
    amounts = {actor: amount for actor, (_, amount) in sorted(people.items()) if amount is not None}
    if receives(told, sum(amounts.values())):
        return Plan(project, told.get("budget"), told.get("regional_funding"), {}, received=True)
    payers = [actor for actor, (roles, _) in people.items() if roles & PAYING]
    detailed = bool(payers) and all(actor in amounts for actor in payers)
    total, regional = told.get("budget"), told.get("regional_funding")
    if total is None and detailed:
        total = sum(amounts.values())
    if regional is None:
        present = [actor for actor, (roles, _) in people.items() if actor in regions and not (roles <= SILENT)]
        given = [amounts[actor] for actor in regions if actor in amounts]
        if given:
            regional = sum(given) if all(actor in amounts for actor in present) else None
        elif regions and detailed and not present:
            regional = 0.0
    return Plan(project, total, regional, amounts)


def private(
    chosen: Iterable[Plan], kinds: Mapping[str, str], regions: Collection[str], public: Collection[str]
) -> tuple[float, float]:
    """Return what non-public funders bring: what is sure, and what is open (unknown kind, or a budget nobody is named for)."""
    sure = unsure = 0.0
    for plan in chosen:
        others = {actor: amount for actor, amount in plan.amounts.items() if actor not in regions}
        sure += sum(amount for actor, amount in others.items() if kinds[actor] not in {*public, "unknown"})
        unsure += sum(amount for actor, amount in others.items() if kinds[actor] == "unknown")
        unsure += max((plan.total or 0.0) - (plan.regional or 0.0) - sum(others.values()), 0.0)
    return sure, unsure


def flows(chosen: Iterable[Plan], kinds: Mapping[str, str], regions: Collection[str]) -> list[dict[str, Any]]:
    """Return (kind of funder → project, amount): the Region apart, and what no funder is named for as ``undetailed``."""
    found: list[dict[str, Any]] = []
    for plan in chosen:
        by_kind: dict[str, float] = {"region": plan.regional or 0.0}
        for actor, amount in plan.amounts.items():
            if actor not in regions:
                by_kind[kinds[actor]] = by_kind.get(kinds[actor], 0.0) + amount
        by_kind[UNDETAILED] = (plan.total or 0.0) - sum(by_kind.values())
        found += [{"kind": kind, "project": plan.project, "amount": x} for kind, x in sorted(by_kind.items()) if abs(x) > 1e-6]
    return found
