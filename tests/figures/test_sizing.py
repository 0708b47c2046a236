from __future__ import annotations

import pytest

from pacte_graph.errors import DataRefused
from pacte_graph.figures import sizing
from pacte_graph.metrics.model import MetricResult, Value
from pacte_graph.network.model import Scope
from pacte_graph.schema import Words

SAID = Words("x", "x")


def run(name: str) -> MetricResult:
    rows = [
        Value("a", "A", "Actor", 2.0, SAID, dimension={"axis": "drive"}),
        Value("a", "A", "Actor", 3.0, SAID, dimension={"axis": "dependence"}),
        Value("b", "B", "Actor", None, SAID, dimension={"axis": "drive"}),
        Value(None, "", "Programme", 9.0, SAID),
    ]
    return MetricResult(name, Scope("p"), {}, tuple(rows), "w")


def test_one_of_several_values_is_named() -> None:
    assert sizing.values(run, "linkages:drive") == {"a": 2.0}
    assert sizing.values(run, "linkages:dependence") == {"a": 3.0}


def test_links_shown_need_no_metric() -> None:
    assert sizing.values(run, "degree") is None


@pytest.mark.parametrize("size_by", ["linkages", "linkages:nothing"])
def test_what_cannot_size_is_refused(size_by: str) -> None:
    with pytest.raises(DataRefused, match=r"size the nodes|no value"):
        sizing.values(run, size_by)


def test_every_size_has_a_name() -> None:
    assert sizing.words("linkages:drive").fr == "motricité"
    assert sizing.words("reach").en != "reach"
    assert sizing.words("odd").fr == "odd"
