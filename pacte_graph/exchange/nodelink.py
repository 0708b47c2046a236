"""Node-link JSON, as networkx reads it (``node_link_graph``): lists stay lists, numbers numbers."""

from __future__ import annotations

import json
from typing import Any

import networkx as nx


def json_text(graph: nx.MultiDiGraph[Any]) -> bytes:
    """Return ``{directed, multigraph, graph, nodes, edges}``; a number that isn't finite can't be there."""
    return (json.dumps(nx.node_link_data(graph, edges="edges"), ensure_ascii=False, allow_nan=False, indent=1) + "\n").encode()
