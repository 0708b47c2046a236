"""Network snapshot of one scope, with its views."""

from pacte_graph.network.model import Link, Milestone, Network, Node, Scope
from pacte_graph.network.read import ProgrammeInfo, contours, programmes, read

__all__ = ["Link", "Milestone", "Network", "Node", "ProgrammeInfo", "Scope", "contours", "programmes", "read"]
