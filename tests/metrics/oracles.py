"""Reference values: the folder beside the project when it is there (all of them), else the core that the project carries."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

BESIDE = Path(__file__).resolve().parents[2].parent / "shared" / "oracles"
OURS = Path(__file__).resolve().parents[1] / "data" / "oracles"


def load(name: str) -> Any:
    """Return a file of reference values; the test is skipped, with the reason, when neither folder has it."""
    path = next((folder / name for folder in (BESIDE, OURS) if (folder / name).exists()), None)
    if path is None:
        pytest.skip(f"the reference values {name} are neither beside this checkout nor among its own")
    text = path.read_text(encoding="utf-8")
    return json.loads(text) if name.endswith(".json") else list(csv.DictReader(text.splitlines()))
