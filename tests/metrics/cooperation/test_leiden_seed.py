"""A seed gives one partition, however often it is asked for and whatever was drawn before (rule 10)."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse

from pacte_graph.metrics.cooperation.families import leiden


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_a_seed_gives_one_answer(seed: int) -> None:
    chance = np.random.default_rng(seed)
    half = np.triu(chance.random((60, 60)) < 0.15, 1) * chance.random((60, 60))
    matrix = sparse.csr_array(half + half.T)
    first = leiden(matrix, seed=seed).tolist()
    assert all(leiden(matrix, seed=seed).tolist() == first for _ in range(20) if leiden(matrix, seed=seed + 1).size)
