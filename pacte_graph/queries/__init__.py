"""Saved queries: one ``.cypher`` file a question, run where the engine refuses to write, answered as one value."""

from __future__ import annotations

from pacte_graph.queries.loader import catalogue, find
from pacte_graph.queries.model import CATEGORIES, Column, QueryGraph, QueryParameter, QueryResult, SavedQuery
from pacte_graph.queries.running import only_programme, run, run_query

__all__ = [
    "CATEGORIES",
    "Column",
    "QueryGraph",
    "QueryParameter",
    "QueryResult",
    "SavedQuery",
    "catalogue",
    "find",
    "only_programme",
    "run",
    "run_query",
]
