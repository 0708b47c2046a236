"""Network snapshot of one scope, with its views."""

from pacte_graph.network.model import Link, Network, Node, Scope

__all__ = ["Link", "Network", "Node", "Scope"]
