"""Ranks: highest value first, ties share the least rank; values equal to a hair's breadth are ties."""

from __future__ import annotations

from collections.abc import Mapping

DIGITS = 10


def ranks(values: Mapping[str, float | None]) -> dict[str, int]:
    """Return the rank of each defined value (1 is the highest); undefined values have none.

    >>> ranks({"a": 2.0, "b": 2.0 + 1e-15, "c": 1.0, "d": None})
    {'a': 1, 'b': 1, 'c': 3}
    """
    rounded = {key: round(value, DIGITS) for key, value in values.items() if value is not None}
    ordered = sorted(rounded.values(), reverse=True)
    first = {value: place for place, value in reversed(list(enumerate(ordered, 1)))}
    return {key: first[value] for key, value in sorted(rounded.items())}
