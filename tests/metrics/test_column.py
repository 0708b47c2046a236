"""Values made when they are asked for: the same numbers with and without their sentences."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from pacte_graph.metrics.column import Column, Joined, bare
from pacte_graph.metrics.model import Value
from pacte_graph.network import Node
from pacte_graph.schema.kinds import Words

NODES = [Node(name, "Actor", {"name": name.upper()}) for name in ("a", "b", "c")]


def test_bare_values_lack_their_sentence_only() -> None:
    asked: list[int] = []

    def sentence(place: int) -> Words:
        asked.append(place)
        return Words(f"« {place} »", f"“{place}”")

    bounds = (np.array([1.0, 0.0, np.nan]), np.array([3.0, 2.0, np.nan]))
    column = Column(NODES, np.array([2.0, 1.0, np.nan]), sentence, Words("fin", "end"), dimension={"axis": "x"}, bounds=bounds)
    loose = (Value(None, "tout", "Programme", 4, Words("dit", "said")),)
    values = Joined(column, loose, Joined(column))
    found = list(bare(values))
    assert asked == []
    silent = Words("", "")
    assert found == [replace(value, explanation=silent) if value.id else value for value in values]
    assert [value.value for value in found] == [2.0, 1.0, None, 4, 2.0, 1.0, None]
    assert [value.rank for value in found[:3]] == [1, 2, None]
    assert list(bare(loose)) == list(loose)
    assert list(bare(Joined())) == []
