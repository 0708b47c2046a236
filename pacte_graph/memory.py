"""Memory while millions of small values are made: none of them is part of a cycle, so looking for cycles only costs time."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Put off the search for cycles until the end of the block; reference counting frees values as ever."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@contextmanager
def set_aside() -> Iterator[None]:
    """Leave what is in memory now out of the search for cycles until the end of the block; what comes after is searched."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
