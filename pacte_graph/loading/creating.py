"""What a transaction creates: few facts travel as maps, many as lists of values, which the embedded engine takes sooner.

A list says no names: they are in the query, and what is the same for all facts (their source's name, their run) travels once.
Queries then differ from one import to the next and engines prepare each anew, which only pays for many facts.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from pacte_graph.loading import cypher, rows
from pacte_graph.loading.absorbed import Absorptions
from pacte_graph.loading.comparing import Held
from pacte_graph.loading.runs import Statement
from pacte_graph.store.values import Ready

MANY = 500
"""Facts of one group from which they travel as lists."""


def creation(group: tuple[str, ...], facts: Sequence[Held], merged: Absorptions) -> Statement:
    """Return the statement that creates facts of one group: a label, or a type and the labels of both ends."""
    found = [rows.row(fact, merged) for fact in facts]
    if len(found) < MANY:
        query = cypher.create_nodes(group[0]) if len(group) == 1 else cypher.create_links(*group)
        return query, {"rows": ready(found)}
    told = [row["properties"] for row in found]
    names = list(dict.fromkeys(name for one in told for name in one))
    same = {name: told[0][name] for name in names if _alike(told, name)}
    each = [name for name in names if name not in same]
    values = ([one.get(name) for name in each] for one in told)
    if len(group) == 1:
        query, sent = cypher.create_listed_nodes(group[0], each, list(same)), list(values)
    else:
        type_, source, target = group
        query = cypher.create_listed_links(type_, source, target, each, list(same))
        sent = [[row["source"], row["target"], *own] for row, own in zip(found, values, strict=True)]
    return query, {"rows": _as_they_are(sent, (value for row in sent for value in row)), "same": same}


def ready(found: list[rows.Row]) -> list[rows.Row]:
    """Return maps to send."""
    return _as_they_are(found, (value for row in found for value in row["properties"].values()))


def _as_they_are(found: list[Any], values: Iterable[object]) -> list[Any]:
    """Return rows to send; a moment needs the store's second look (its time zone), everything else travels as it is."""
    return found if any(type(value) is dt.datetime for value in values) else Ready(found)


def _alike(told: Sequence[rows.Row], name: str) -> bool:
    """Tell whether a property is there on all, with one value of one type (1 and True are equal)."""
    first: Any = told[0].get(name)
    return first is not None and all(type(one.get(name)) is type(first) and one[name] == first for one in told)
