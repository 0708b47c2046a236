"""The model, declared once: labels, relationship types and properties, described in French and English.

Constraints, checks, the docs page, the legend and the tables' columns are all drawn from here.
"""

from __future__ import annotations

from pacte_graph.schema.choices import REFERENCE_SCALES
from pacte_graph.schema.kinds import PYTHON_TYPES, Choice, LinkType, NodeType, Property, PropertyType, Words
from pacte_graph.schema.links import LINK_TYPES
from pacte_graph.schema.nodes import NODE_TYPES

NODES: dict[str, NodeType] = {item.label: item for item in NODE_TYPES}
LINKS: dict[str, LinkType] = {item.type: item for item in LINK_TYPES}

MOVED = ("as_source", "as_target")
"""On a link of a merged node: the identifier its sources give that end."""

PROVENANCE = ("sources", "statements", "first_run", "last_run", "importer_version", *MOVED)
"""Properties that loading keeps on every node and link; no source may state them."""

BOOKKEEPING = ("Source", "ImportRun", "Statement", "Absorbed", "View")
"""Labels the house writes for itself; no source may state them."""

__all__ = [
    "BOOKKEEPING",
    "LINKS",
    "MOVED",
    "NODES",
    "PROVENANCE",
    "PYTHON_TYPES",
    "REFERENCE_SCALES",
    "Choice",
    "LinkType",
    "NodeType",
    "Property",
    "PropertyType",
    "Words",
]
