"""Places that stay put: filtering, expanding or dragging moves nothing else, and the printed figure stands as the screen does."""

from __future__ import annotations

from dataclasses import replace

from pacte_graph.figures.model import Recipe
from pacte_graph.figures.picture import CAP
from pacte_graph.figures.selection import select
from pacte_graph.network.layout import positions
from pacte_graph.network.model import Network

Places = dict[str, tuple[float, float]]


def settled(network: Network, recipe: Recipe) -> Recipe:
    """Return the recipe with the places it should be drawn at.

    In the network layout, places are those of the same view before anything was switched off, hidden or expanded: what
    comes back finds its place, and what is added is set around its neighbours. The other layouts are computed as a whole;
    there, places are fixed only once the reader has moved a node, and then all of them, so that only that node moves.
    """
    if recipe.layout == "force":
        return replace(recipe, positions={**_ground(network, recipe), **recipe.positions})
    if not recipe.positions:
        return recipe
    shown = select(network, replace(recipe, positions={}), CAP).shown
    places = positions(shown, recipe.layout, focus=recipe.focus, context=network)
    return replace(recipe, positions={**places, **recipe.positions})


def _ground(network: Network, recipe: Recipe) -> Places:
    bare = replace(recipe, hidden_groups=(), expanded=(), hidden=(), path=None, positions={})
    shown = select(network, bare, CAP).shown
    if not recipe.focus:
        firm = tuple(node for node in shown.nodes if node.label in {"Project", "Actor"})
        known = {node.id for node in firm} or {node.id for node in shown.nodes}
        nodes = tuple(node for node in shown.nodes if node.id in known)
        links = tuple(link for link in shown.links if link.source in known and link.target in known)
        shown = replace(shown, nodes=nodes, links=links)
    return {name: (round(x, 1), round(y, 1)) for name, (x, y) in positions(shown, "force").items()}
