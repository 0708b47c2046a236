"""What a recipe shows of a network: layers, groups switched off, neighbourhood, additions, and what the cap leaves out."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pacte_graph.figures import style
from pacte_graph.figures.model import Recipe
from pacte_graph.network.model import Link, Network, Node


@dataclass(frozen=True, slots=True)
class Selection:
    """The nodes and links to draw, as a network; every group and line that could be on; what was left out; the path."""

    shown: Network
    candidates: tuple[Node, ...]
    """Nodes of the layers (and expansions) before groups are switched off: what the legend counts as total."""
    candidate_links: tuple[Link, ...]
    path_nodes: frozenset[str] = frozenset()
    path_links: frozenset[str] = frozenset()
    left_out: Mapping[str, int] = field(default_factory=dict)


def select(network: Network, recipe: Recipe, cap: int) -> Selection:
    """Return what ``recipe`` shows of ``network``, at most ``cap`` nodes and links together.

    Nodes that the recipe names (focus, path ends, expanded) are shown even if their layer is off, unless they are hidden.
    """
    near = _neighbours(network.links)
    named = _named(network, recipe)
    layered = {node.id for node in network.nodes if node.label in recipe.layers} | named
    if recipe.focus in network.by_id:
        layered = _around(near, str(recipe.focus), recipe.depth, layered) | named
    for name in recipe.expanded:
        layered |= {other for other in near.get(name, ()) if name in network.by_id}
    layered -= set(recipe.hidden)
    candidates = tuple(node for node in network.nodes if node.id in layered)
    on = {node.id for node in candidates if node.group not in recipe.hidden_groups or node.id in named}
    candidate_links = tuple(link for link in network.links if link.source in on and link.target in on)
    links = tuple(link for link in candidate_links if not {link.type, style.line_key(link)} & set(recipe.hidden_groups))
    path_nodes, path_links = _paths(links, recipe.path)
    kept = _capped(sorted(on), links, named | path_nodes, cap)
    drawn = tuple(link for link in links if link.source in kept and link.target in kept)
    shown = Network(network.scope, network.programme, tuple(n for n in candidates if n.id in kept), drawn, network.sources)
    return Selection(shown, candidates, candidate_links, path_nodes, path_links, _left_out(on, kept, links, drawn))


def _left_out(on: set[str], kept: set[str], links: tuple[Link, ...], drawn: tuple[Link, ...]) -> dict[str, int]:
    counts = {"nodes": len(on) - len(kept), "links": len(links) - len(drawn)}
    return {reason: count for reason, count in counts.items() if count}


def _named(network: Network, recipe: Recipe) -> set[str]:
    names = {recipe.focus, *recipe.expanded, *(recipe.path or ())} - set(recipe.hidden)
    return {name for name in names if name is not None and name in network.by_id}


def _neighbours(links: Iterable[Link]) -> dict[str, set[str]]:
    near: dict[str, set[str]] = {}
    for link in links:
        near.setdefault(link.source, set()).add(link.target)
        near.setdefault(link.target, set()).add(link.source)
    return near


def _around(near: Mapping[str, set[str]], focus: str, depth: int, allowed: set[str]) -> set[str]:
    found, edge = {focus}, {focus}
    for _ in range(depth):
        edge = {other for name in edge for other in near.get(name, ()) if other in allowed} - found
        found |= edge
    return found


def _capped(names: list[str], links: Iterable[Link], named: set[str], cap: int) -> set[str]:
    """Return the nodes to keep: named ones first, then the most linked (ties by id), while nodes and links fit the cap."""
    degree: Counter[str] = Counter()
    ends: dict[str, Counter[str]] = {}
    for link in links:
        for one, other in ((link.source, link.target), (link.target, link.source)):
            degree[one] += 1
            ends.setdefault(one, Counter())[other] += 1
    kept: set[str] = set()
    elements = 0
    for name in sorted(names, key=lambda item: (item not in named, -degree[item], item)):
        elements += 1 + sum(count for other, count in ends.get(name, Counter()).items() if other in kept)
        if elements > cap:
            break
        kept.add(name)
    return kept


def _paths(links: Iterable[Link], ends: tuple[str, str] | None) -> tuple[frozenset[str], frozenset[str]]:
    """Return the nodes and links on any shortest path between the two ends, directions ignored; empty if there is none."""
    if ends is None:
        return frozenset(), frozenset()
    drawn = list(links)
    near = _neighbours(drawn)
    start, end = ends
    before, after = _distances(near, start), _distances(near, end)
    if end not in before:
        return frozenset(), frozenset()
    length = before[end]
    on = frozenset(name for name, far in before.items() if name in after and far + after[name] == length)
    steps = frozenset(
        link.id
        for link in drawn
        if link.source in on and link.target in on and abs(before[link.source] - before[link.target]) == 1
    )
    return on, steps


def _distances(near: Mapping[str, set[str]], start: str) -> dict[str, int]:
    found, queue = {start: 0}, deque([start])
    while queue:
        name = queue.popleft()
        for other in near.get(name, ()):
            if other not in found:
                found[other] = found[name] + 1
                queue.append(other)
    return found
