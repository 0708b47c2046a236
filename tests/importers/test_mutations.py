"""A small sample of the damaged files that ``python -m benchmarks mutations`` makes by the thousand."""

from __future__ import annotations

import pytest

from benchmarks.mutations import Source, damage, sources

SAMPLE = 150


@pytest.mark.parametrize("source", sources(), ids=lambda source: source.name)
def test_a_damaged_file_is_read_or_refused_and_no_row_is_lost(source: Source) -> None:
    counts = damage(source, SAMPLE, seed=2)
    assert counts["taken"] + counts["refused"] == SAMPLE
    assert counts["refused"] > 0
    assert counts["lines_lost"] == 0
