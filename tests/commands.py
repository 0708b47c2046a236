"""The command line as a test calls it: in this process, so that what it prints can be read."""

from __future__ import annotations

import pytest

from pacte_graph import cli


def pacte(*words: str) -> int:
    """Run ``pacte`` with these words and return its exit code."""
    with pytest.raises(SystemExit) as stopped:
        cli.main(list(words))
    return int(stopped.value.code or 0)
