"""networkit (the extra ``fast``), where it is installed: on one thread and from a seed, so that a seed gives one answer."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
from scipy import sparse

Vector = np.ndarray[Any, Any]
_ONE_AT_A_TIME = threading.Lock()  # its threads and its seed are those of the whole process


def installed() -> bool:
    """Return True where networkit can be imported."""
    try:
        import networkit  # noqa: F401
    except ImportError:
        return False
    return True


@contextmanager
def networkit(seed: int) -> Iterator[Any]:
    """Yield the module, seeded and on one thread. Raises ImportError where it is not installed."""
    import networkit as module

    with _ONE_AT_A_TIME:
        before = module.getMaxNumberOfThreads()
        module.setNumberOfThreads(1)  # with several, the same seed gives other answers
        try:
            module.setSeed(seed, False)
            yield module
        finally:
            module.setNumberOfThreads(before)


def graph_of(module: Any, size: int, first: Vector, second: Vector, weights: Vector | None = None) -> Any:
    """Return ties, each given once by its two ends in any order, as networkit's own graph."""
    numbers = np.ones(len(first)) if weights is None else weights.astype(float)
    # with directed=False it adds to each tie given the one that comes back: a symmetric matrix would be counted twice
    matrix = sparse.csr_matrix((numbers, (first, second)), shape=(size, size))
    return module.GraphFromCsr(matrix, directed=False, weighted=weights is not None)
