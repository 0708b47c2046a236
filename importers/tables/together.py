"""Several checks one after the other, whose refusals are told together: one try tells all that is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from pacte_graph.errors import DataRefused, join

Item = TypeVar("Item")
Found = TypeVar("Found")


def each(items: Iterable[Item], check: Callable[[Item], Found]) -> list[Found]:
    """Return what ``check`` makes of each item. Raises DataRefused with the refusals of all that it refuses."""
    return together(*((lambda item=item: check(item)) for item in items))


def together(*checks: Callable[[], Any]) -> list[Any]:
    """Return what each check gives. Raises DataRefused with all their refusals, a line each with what is accepted."""
    found: list[Any] = []
    refused: list[DataRefused] = []
    for check in checks:
        try:
            found.append(check())
        except DataRefused as refusal:
            refused.append(refusal)
    if len(refused) == 1:
        raise refused[0]
    if refused:
        raise DataRefused(join("\n", [_line(refusal) for refusal in refused]))
    return found


def _line(refusal: DataRefused) -> str:
    return join(" ", [refusal.message, refusal.hint]) if refusal.hint else refusal.message
