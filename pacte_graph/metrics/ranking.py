"""Ranks: highest value first, ties share the least rank; values equal to a hair's breadth are ties."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

DIGITS = 10
Vector = np.ndarray[Any, Any]


def ranks(values: Mapping[str, float | None]) -> dict[str, int]:
    """Return the rank of each defined value (1 is the highest); undefined values have none.

    >>> ranks({"a": 2.0, "b": 2.0 + 1e-15, "c": 1.0, "d": None})
    {'a': 1, 'b': 1, 'c': 3}
    """
    rounded = {key: round(value, DIGITS) for key, value in values.items() if value is not None}
    ordered = sorted(rounded.values(), reverse=True)
    first = {value: place for place, value in reversed(list(enumerate(ordered, 1)))}
    return {key: first[value] for key, value in sorted(rounded.items())}


def placed(values: Vector) -> Vector:
    """Return the rank of each of an array (1 is the highest, ties share the least rank); 0 where the value is NaN.

    >>> placed(np.array([2.0, np.nan, 3.0, 2.0])).tolist()
    [2, 0, 1, 2]
    """
    rounded = np.round(np.asarray(values, dtype=float), DIGITS)
    known = rounded[~np.isnan(rounded)]
    ordered = np.sort(known)
    found = len(known) - np.searchsorted(ordered, rounded, side="right") + 1
    return np.where(np.isnan(rounded), 0, found)
