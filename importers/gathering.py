"""Rows that speak of the same thing, gathered: which value is kept, and what else was written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

Place = tuple[int, int]
"""A table's number, and a line of it."""


class Kept(NamedTuple):
    """What several rows say of one thing: for each column the text kept and the other texts; the places of what is kept."""

    values: tuple[str, ...]
    others: tuple[tuple[str, ...], ...]
    places: tuple[Place, ...]


class Gathered:
    """Distinct rows by identifier. The text of the row updated last is kept, then of the last row; an empty cell says nothing."""

    def __init__(self) -> None:
        self._rows: dict[str, dict[tuple[str, ...], tuple[str, Place]]] = {}

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __contains__(self, identifier: str) -> bool:
        return identifier in self._rows

    def add(self, identifier: str, row: tuple[str, ...], stamp: str, place: Place) -> None:
        """Take one row; ``stamp`` says when it was updated (ISO text, or ``""``)."""
        held = self._rows.get(identifier)
        if held is None:
            self._rows[identifier] = {row: (stamp, place)}
        elif row not in held or held[row][0] <= stamp:
            held[row] = (stamp, place)

    def kept(self, identifier: str) -> Kept:
        """Return what is kept of one thing."""
        held = self._rows[identifier]
        if len(held) == 1:
            ((row, (_, place)),) = held.items()
            return Kept(row, ((),) * len(row), (place,))
        ordered = sorted(held.items(), key=lambda item: item[1])
        values: list[str] = []
        others: list[tuple[str, ...]] = []
        places: set[Place] = set()
        for column in range(len(ordered[0][0])):
            told = [(row[column], place) for row, (_, place) in ordered if row[column].strip()]
            value = told[-1][0] if told else ""
            values.append(value)
            others.append(tuple(dict.fromkeys(text for text, _ in told if text != value)))
            places.update(place for _, place in told[-1:])
        return Kept(tuple(values), tuple(others), tuple(sorted(places)) or (ordered[-1][1][1],))
