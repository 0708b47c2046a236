"""Consistency rules of the data: each says how many it checked and which fail; a rule that checks nothing says nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pacte_graph.metrics.scheme.funding import receives
from pacte_graph.network.model import Network
from pacte_graph.schema.choices import TERRITORY_LEVELS
from pacte_graph.schema.kinds import Words

TOLERANCE = 0.01


@dataclass(frozen=True, slots=True)
class Checked:
    """What a rule found: how many were checked, and the identifiers that fail, sorted."""

    checked: int
    failed: tuple[str, ...]

    @property
    def kept(self) -> float | None:
        """Return the share that keeps the rule; None when nothing could be checked."""
        return 1 - len(self.failed) / self.checked if self.checked else None


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: what it asks, and the function that checks it on a network."""

    id: str
    label: Words
    check: Callable[[Network], Checked]


def _funding(network: Network) -> Checked:
    """Check that the amounts of a project's partners make its budget within 1 %, where its leads and funders all have one.

    Parts of a grant received make no budget: they aren't checked.
    """
    sums: dict[str, float] = {}
    silent: set[str] = set()
    for link in network.links_of("TAKES_PART_IN"):
        amount = link.properties.get("amount")
        if amount is not None:
            sums[link.target] = sums.get(link.target, 0.0) + amount
        elif link.properties.get("role") in {"lead", "funder"}:
            silent.add(link.target)
    asked = [
        node
        for node in network.nodes_of("Project")
        if node.properties.get("budget")
        and node.id in sums
        and node.id not in silent
        and not receives(node.properties, sums[node.id])
    ]
    wrong = [node.id for node in asked if abs(sums[node.id] - node.properties["budget"]) > TOLERANCE * node.properties["budget"]]
    return Checked(len(asked), tuple(wrong))


def _dates(network: Network) -> Checked:
    """Check that what has a start and an end does not end before it starts."""
    items: list[tuple[str, Mapping[str, Any]]] = [(node.id, node.properties) for node in network.nodes]
    items += [(link.id, link.properties) for link in network.links]
    asked = [(name, told) for name, told in items if told.get("since") and told.get("until")]
    return Checked(len(asked), tuple(sorted(name for name, told in asked if told["until"] < told["since"])))


def _chain(network: Network) -> Checked:
    """Check that every territory below the widest level of the network lies within another."""
    order = [level.value for level in TERRITORY_LEVELS]
    placed = [node for node in network.nodes_of("Territory") if node.group in order]
    top = max((order.index(node.group) for node in placed), default=0)
    within = {link.source for link in network.links_of("WITHIN")}
    asked = [node.id for node in placed if order.index(node.group) < top]
    return Checked(len(asked), tuple(name for name in asked if name not in within))


def _roles(network: Network) -> Checked:
    """Check that every participation of an actor says its role."""
    asked = [x for x in network.links_of("TAKES_PART_IN") if network.by_id[x.source].label == "Actor"]
    return Checked(len(asked), tuple(link.id for link in asked if link.properties.get("role") is None))


def _reciprocity(network: Network) -> Checked:
    """Check that the sheets of both projects declare their link; links that don't say who declares them aren't checked."""
    by: dict[tuple[str, str], set[str]] = {}
    for link in network.links_of("LINKED_TO"):
        declared = link.properties.get("declared_by")
        if declared is not None and link.source != link.target:
            pair = (min(link.source, link.target), max(link.source, link.target))
            by.setdefault(pair, set()).add(str(declared))
    return Checked(len(by), tuple(f"{a} – {b}" for (a, b), sheets in sorted(by.items()) if not {a, b} <= sheets))


RULES = (
    Rule("funding_sum", Words("Les apports font le budget (± 1 %)", "Contributions make the budget (± 1%)"), _funding),
    Rule("dates_ordered", Words("Rien ne finit avant d'avoir commencé", "Nothing ends before it starts"), _dates),
    Rule(
        "chain_closed",
        Words("Chaque territoire est situé dans un plus large", "Every territory lies within a wider one"),
        _chain,
    ),
    Rule("role_present", Words("Chaque participation dit son rôle", "Every participation says its role"), _roles),
    Rule(
        "reciprocity",
        Words("Un lien entre projets est déclaré par les deux fiches", "A link between projects is declared by both sheets"),
        _reciprocity,
    ),
)
