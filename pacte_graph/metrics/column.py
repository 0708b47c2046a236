"""Values in columns: the numbers of many nodes at once, each ``Value`` and its sentence made when it is asked for.

A sentence in two languages costs more than most numbers: at 67,000 nodes they are made for the nodes that are shown.
"""

from __future__ import annotations

from abc import abstractmethod
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate, chain
from typing import Any, Generic, TypeVar, overload

import numpy as np

from pacte_graph.metrics import words
from pacte_graph.metrics.model import Value
from pacte_graph.metrics.ranking import placed
from pacte_graph.network.model import Node
from pacte_graph.schema.kinds import Words

Item = TypeVar("Item")
Vector = np.ndarray[Any, Any]
Sentence = Callable[[int], Words]
"""The sentence of the node at a place, without its scope."""
_UNSAID = Words("", "")


class Lazy(Sequence[Value]):
    """Values of which each is made when it is asked for, by ``made``."""

    @overload
    def __getitem__(self, place: int) -> Value: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Value]: ...
    def __getitem__(self, place: int | slice) -> Value | Sequence[Value]:
        if isinstance(place, slice):
            return tuple(self.made(at) for at in range(*place.indices(len(self))))
        return self.made(range(len(self))[place])

    @abstractmethod
    def made(self, at: int) -> Value:
        """Return the value at a place, from 0 to one less than the length."""


class Column(Lazy):
    """The values of ``nodes`` along one ``dimension``. NaN is undefined (value None, no rank).

    ``whole`` gives integers. ``ranked`` False leaves ranks out. ``bounds`` are the least and
    the greatest each value can be where something is unknown.
    """

    def __init__(
        self,
        nodes: Sequence[Node],
        numbers: Vector,
        sentence: Sentence,
        ending: Words,
        *,
        dimension: Mapping[str, str | int] | None = None,
        whole: bool = False,
        ranked: bool = True,
        bounds: tuple[Vector, Vector] | None = None,
    ) -> None:
        if len(nodes) != len(numbers):
            raise ValueError(f"{len(nodes)} nodes have {len(numbers)} numbers")
        self.nodes, self.numbers, self.dimension = nodes, np.asarray(numbers, dtype=float), dict(dimension or {})
        self._sentence, self._ending, self._whole, self._ranked = sentence, ending, whole, ranked
        self._low: Vector | None = bounds[0] if bounds else None
        self._high: Vector | None = bounds[1] if bounds else None

    def __len__(self) -> int:
        return len(self.nodes)

    @cached_property
    def ranks(self) -> Vector:
        """Ranks, 1 the highest; 0 where undefined."""
        return placed(self.numbers)

    @cached_property
    def place(self) -> Mapping[str, int]:
        """Where each node is."""
        return {node.id: at for at, node in enumerate(self.nodes)}

    def made(self, at: int) -> Value:
        """Return the value at a place."""
        return self._value(at, words.ended(self._sentence(at), self._ending))

    def bare(self) -> Iterator[Value]:
        """Yield the values in order, with no sentence."""
        return (self._value(at, _UNSAID) for at in range(len(self)))

    def _value(self, at: int, sentence: Words) -> Value:
        node, rank = self.nodes[at], int(self.ranks[at]) if self._ranked else 0
        return Value(
            node.id,
            node.caption,
            node.label,
            self._number(self.numbers, at),
            sentence,
            rank or None,
            self._number(self._low, at),
            self._number(self._high, at),
            self.dimension,
        )

    def _number(self, numbers: Vector | None, at: int) -> float | int | None:
        if numbers is None or np.isnan(numbers[at]):
            return None
        return int(numbers[at]) if self._whole else float(numbers[at])


class Joined(Lazy):
    """Several sequences of values, one behind the other, none of them made before it is asked for."""

    def __init__(self, *parts: Sequence[Value]) -> None:
        self.parts = tuple(part for part in parts if len(part))
        self._ends = list(accumulate(len(part) for part in self.parts))

    def __len__(self) -> int:
        return self._ends[-1] if self._ends else 0

    def made(self, at: int) -> Value:
        """Return the value at a place."""
        part = bisect_right(self._ends, at)
        return self.parts[part][at - (self._ends[part - 1] if part else 0)]


def bare(values: Sequence[Value]) -> Iterator[Value]:
    """Yield the values, those of columns with no sentence: for who reads the numbers of many, many times."""
    if isinstance(values, Joined):
        return chain.from_iterable(bare(part) for part in values.parts)
    return values.bare() if isinstance(values, Column) else iter(values)


class Rows(Sequence[Item], Generic[Item]):
    """Rows of a table of details, each made when it is asked for."""

    def __init__(self, length: int, make: Callable[[int], Item]) -> None:
        self._length, self._make = length, make

    def __len__(self) -> int:
        return self._length

    @overload
    def __getitem__(self, place: int) -> Item: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Item]: ...
    def __getitem__(self, place: int | slice) -> Item | Sequence[Item]:
        if isinstance(place, slice):
            return tuple(self._make(at) for at in range(*place.indices(self._length)))
        return self._make(range(self._length)[place])


def places_of(values: Sequence[Value], identifier: str) -> list[int]:
    """Return where the values of a node are, without making the others where they lie in columns.

    What wraps values shows them as ``inner``, in the same order.
    """
    inner = getattr(values, "inner", None)
    if inner is not None:
        return places_of(inner, identifier)
    if isinstance(values, Column):
        return [values.place[identifier]] if identifier in values.place else []
    if isinstance(values, Joined):
        found, start = [], 0
        for part in values.parts:
            found += [start + at for at in places_of(part, identifier)]
            start += len(part)
        return found
    return [at for at, value in enumerate(values) if value.id == identifier]
