"""The methodology: every metric has its page, every page is what the registry says, every worked example is recomputed."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path
from typing import Any

import pytest

from pacte_graph.metrics import REGISTRY

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs" / "methodologie"


def script() -> Any:
    spec = importlib.util.spec_from_file_location("make_methodology", ROOT / "scripts" / "make_methodology.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


MAKE = script()


@pytest.mark.parametrize("name", list(REGISTRY))
def test_the_worked_example_is_right(name: str) -> None:
    found = MAKE.sheet(name)
    result = REGISTRY[name].run(found.network, found.parameters)
    told = {(value.id or "", frozenset(value.dimension.items())): value.value for value in result.values}
    assert len(found.expected) >= 2
    for row in found.expected:
        key = (row.get("id", ""), frozenset(row.get("dimension", {}).items()))
        assert key in told, f"the metric has no value {key}"
        if "value" not in row:
            assert told[key] is None
        else:
            assert told[key] == pytest.approx(row["value"], abs=max(1e-9, _precision(row["value"])))


def _precision(value: float) -> float:
    """Return half a unit of the last decimal that is written: 1.25 stands for 1.245 to 1.255, and a whole number for itself."""
    text = repr(float(value))
    decimals = len(text.partition(".")[2]) if "e" not in text else 9
    return 0.0 if float(value).is_integer() else min(5e-3, 0.51 * 10**-decimals)


@pytest.mark.parametrize("name", ["README", *REGISTRY])
def test_the_page_is_what_the_registry_and_its_sheet_say(name: str) -> None:
    assert (FOLDER / f"{name}.md").read_text(encoding="utf-8") == MAKE.pages()[f"{name}.md"], "run scripts/make_methodology.py"


def test_no_page_or_sheet_is_left_of_a_metric_that_is_gone() -> None:
    kept = {"README", "conventions", "incertitude", *REGISTRY}
    assert {path.stem for path in FOLDER.glob("*.md")} == kept
    assert {path.stem for path in (FOLDER / "fiches").glob("*.md")} == set(REGISTRY)


def test_links_between_pages_lead_somewhere() -> None:
    for path in FOLDER.glob("*.md"):
        for target in re.findall(r"\]\(([^)#:]+)\)", path.read_text(encoding="utf-8")):
            assert (path.parent / target).exists(), f"{path.name} links to {target}"


@pytest.mark.parametrize("name", list(REGISTRY))
def test_formulas_are_closed(name: str) -> None:
    formula = REGISTRY[name].formula
    assert formula.count("{") - formula.count(r"\{") == formula.count("}") - formula.count(r"\}")
    assert formula.count(r"\left") == formula.count(r"\right")
    assert "$" not in formula
