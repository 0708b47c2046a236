"""Running a saved query where the engine itself refuses to write, and finding the graph inside the answer."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from pacte_graph.errors import UsageError
from pacte_graph.queries import casting
from pacte_graph.queries.loader import find
from pacte_graph.queries.model import QueryGraph, QueryResult, SavedQuery
from pacte_graph.settings import Settings
from pacte_graph.store.values import LinkValue, NodeValue, PathValue

LIMIT = "limit"
"""The parameter that bounds the rows of a query, in every file that has one."""

if TYPE_CHECKING:
    from pacte_graph.store import Store


def run(store: Store, name: str, parameters: Mapping[str, Any], settings: Settings) -> QueryResult:
    """Return the answer of the saved query ``name``; see ``run_query``. Raises UnknownName when there is none of that name."""
    return run_query(store, find(name), parameters, settings)


def run_query(store: Store, query: SavedQuery, parameters: Mapping[str, Any], settings: Settings) -> QueryResult:
    """Return the answer of ``query``, at most ``settings.query_rows`` rows, stopped after ``settings.query_seconds``.

    Raises UsageError for a parameter that is missing or can't be read, QueryRefused when the engine refuses, TimeLimit.
    """
    checked = casting.values(query, parameters)
    limit = min(_limit(query, checked), settings.query_rows)
    sent = {**checked, **({LIMIT: limit + 1} if LIMIT in checked else {})}
    answer = store.read_guarded(query.cypher, sent, seconds=settings.query_seconds, rows=settings.query_rows)
    declared = [column.name for column in query.columns]
    if answer.rows and list(answer.columns) != declared:
        raise UsageError(f"{query.name}.cypher returns {', '.join(answer.columns)} but declares {', '.join(declared)}.")
    rows = answer.rows[:limit]
    return QueryResult(
        query=query,
        parameters=checked,
        columns=query.columns,
        rows=rows,
        graph=graph(value for row in rows for value in row),
        truncated=answer.truncated or len(answer.rows) > limit,
        limit=limit,
        elapsed_ms=answer.elapsed_ms,
    )


def _limit(query: SavedQuery, checked: Mapping[str, Any]) -> int:
    """Return how many rows the reader asked for; one more is fetched, so that a cut is always known and said."""
    limit = checked.get(LIMIT, sys.maxsize)
    if limit < 1:
        raise UsageError(f"Parameter {LIMIT} of {query.name} can't be {limit}: a whole number from 1 is expected.")
    return int(limit)


def only_programme(store: Store) -> str:
    """Return the one programme that is loaded; raises UsageError when there is none or several to choose from."""
    found = [str(row["id"]) for row in store.read("MATCH (p:Programme)\nRETURN p.id AS id\nORDER BY id")]
    if not found:
        raise UsageError("Nothing is loaded yet: there is no programme.", hint="Run: pacte demo, or pacte import.")
    if len(found) > 1:
        raise UsageError(f"Several programmes are loaded: {', '.join(found)}.", hint="Choose one with --programme.")
    return found[0]


def graph(values: Iterable[Any]) -> QueryGraph:
    """Return the identifiers of every node and link found in ``values``, inside paths and lists too, sorted."""
    nodes: set[str] = set()
    links: set[str] = set()
    for value in values:
        _collect(value, nodes, links)
    return QueryGraph(tuple(sorted(nodes)), tuple(sorted(links)))


def link_id(link: LinkValue) -> str:
    """Return the identifier a Network gives the same link."""
    return f"{link.type}|{link.source}|{link.target}|{link.key}"


def _collect(value: Any, nodes: set[str], links: set[str]) -> None:
    if isinstance(value, NodeValue):
        nodes.add(value.id)
    elif isinstance(value, LinkValue):
        nodes.update(end for end in (value.source, value.target) if end)
        if value.source and value.target:  # an engine hides the ends that the row doesn't hold
            links.add(link_id(value))
    elif isinstance(value, PathValue):
        for part in (*value.nodes, *value.links):
            _collect(part, nodes, links)
    elif isinstance(value, Mapping):
        for item in value.values():
            _collect(item, nodes, links)
    elif isinstance(value, list | tuple):
        for item in value:
            _collect(item, nodes, links)
