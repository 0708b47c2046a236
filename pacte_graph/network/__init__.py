"""Network snapshot of one scope, with its views."""

from pacte_graph.network.model import Link, Network, Node, Scope
from pacte_graph.network.read import ProgrammeInfo, contours, programmes, read

__all__ = ["Link", "Network", "Node", "ProgrammeInfo", "Scope", "contours", "programmes", "read"]
