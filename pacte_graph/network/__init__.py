"""Network snapshot of one scope, with its views."""

from pacte_graph.network.model import Link, Network, Node, Scope
from pacte_graph.network.read import ProgrammeInfo, programmes, read

__all__ = ["Link", "Network", "Node", "ProgrammeInfo", "Scope", "programmes", "read"]
