"""Completeness: what is filled among what applies, the rules, the age of sheets."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from pacte_graph import metrics
from pacte_graph.metrics import MetricResult, Value
from pacte_graph.metrics.scheme.fields import FIELDS, INPUTS, by_project, filling
from pacte_graph.metrics.scheme.rules import RULES
from pacte_graph.network import Link, Network, Node, Scope

DAY = dt.date(2030, 1, 31)


def value(result: MetricResult, node: str | None = None, **dimension: str) -> Value:
    return next(v for v in result.values if v.id == node and dict(v.dimension) == dimension)


def sheets(**more: Any) -> Network:
    """Return two projects, one full and one nearly empty, their links and territories."""
    full = {"name": "P0", "axis": "A", "state": "running", "declination": "declined", "budget": 100.0, "regional_funding": 0.0}
    full |= {"since": dt.date(2029, 1, 1), "sheet_date": dt.date(2030, 1, 1)}
    nodes = [Node("p0", "Project", full), Node("p1", "Project", {"number": 1, "declination": "unknown", **more})]
    nodes += [Node("a", "Actor", {"name": "A", "kind": "company"}), Node("b", "Actor", {"name": "B"})]
    nodes += [
        Node("c", "Territory", {"name": "C", "level": "commune", "population": 5}),
        Node("r", "Territory", {"level": "region"}),
    ]
    nodes.append(Node("x", "Person", {"name": "X"}))
    links = [
        Link("TAKES_PART_IN", "a", "p0", "", {"role": "lead", "amount": 100.0}),
        Link("TAKES_PART_IN", "b", "p1", "", {}),
        Link("TAKES_PART_IN", "x", "p1", "", {}),
        Link("LINKED_TO", "p0", "p1", "", {"sense": "unspecified", "declared_by": "p0"}),
        Link("APPLIES_IN", "p0", "c", "", {"status": "declined"}),
    ]
    return Network.of(nodes, links, programme={"name": "N"})


def test_filled_among_applicable() -> None:
    found = filling(sheets())
    assert (found["Project.budget"].filled, found["Project.budget"].applicable) == (1, 2)
    assert found["Project.declination"].share == 0.5  # “unknown” is not an answer
    assert found["Project.cost_basis"].share is None  # nothing is pooled: it applies to nothing
    assert (found["TAKES_PART_IN.role"].filled, found["TAKES_PART_IN.role"].applicable) == (
        1,
        2,
    )  # people have their own functions
    assert (found["TAKES_PART_IN.amount"].filled, found["TAKES_PART_IN.amount"].applicable) == (1, 1)  # the lead pays
    assert found["LINKED_TO.sense"].share == 0  # “unspecified” is not an answer
    assert found["APPLIES_IN.amount"].share == 0


def test_zero_is_an_answer_and_pooling_asks_more() -> None:
    found = filling(sheets(joint_cost=0.0))
    assert found["Project.regional_funding"].filled == 1
    assert (found["Project.joint_cost"].filled, found["Project.joint_cost"].applicable) == (1, 1)
    assert found["Project.cost_basis"].share == 0


def test_a_project_is_weighted_field_by_field() -> None:
    filled, applicable = by_project(sheets())["p0"]
    own = sum(field.weight for field in FIELDS if field.on == "Project" and not field.name.endswith(("cost", "basis")))
    assert applicable == own + 2 + 1 + 1 + 0.5 + 2 + 0.5
    assert filled == own + 2 + 1 + 0 + 0 + 2 + 0  # role and amount of its lead, status; not sense, intensity nor amount there
    result = metrics.run("completeness", sheets())
    assert value(result, "p0", measure="project").value == pytest.approx(filled / applicable)
    assert value(result, "p1", measure="project").value == 0


def test_each_indicator_knows_how_much_of_its_inputs_is_known() -> None:
    result = metrics.run("completeness", sheets())
    assert value(result, measure="metric", metric="leverage").value == pytest.approx(3 / 5)
    assert value(result, measure="metric", metric="savings").value is None
    assert result.details["metrics"]["declination"]["share"] == pytest.approx(2 / 3)


def test_the_map_of_inputs_names_metrics_and_fields_that_exist() -> None:
    assert set(INPUTS) <= set(metrics.REGISTRY)
    assert {key for keys in INPUTS.values() for key in keys} <= {field.key for field in FIELDS}
    assert all(field.label.fr and field.label.en for field in FIELDS)


def test_a_share_is_never_rounded_to_all_or_nothing() -> None:
    nodes = [Node(f"a{n}", "Actor", {"name": "A", **({"kind": "company"} if n else {})}) for n in range(300)]
    said = value(metrics.run("completeness", Network.of(nodes, [])), measure="field", field="Actor.kind").explanation
    assert "plus de 99" in said.fr
    assert "over 99%" in said.en


def test_rules() -> None:
    found = {rule.id: rule.check(sheets()) for rule in RULES}
    assert (found["funding_sum"].checked, found["funding_sum"].failed) == (1, ())
    assert found["role_present"].failed == ("TAKES_PART_IN|b|p1|",)
    assert found["reciprocity"].failed == ("p0 – p1",)
    assert found["chain_closed"].failed == ("c",)
    assert found["dates_ordered"].kept is None


def test_rules_that_can_fail_and_be_kept() -> None:
    base = sheets(since=dt.date(2030, 2, 1), until=dt.date(2030, 1, 1))
    links = [link for link in base.links if link.id != "TAKES_PART_IN|a|p0|"]
    links += [Link("TAKES_PART_IN", "a", "p0", "", {"role": "lead", "amount": 98.9}), Link("WITHIN", "c", "r", "", {})]
    links += [Link("LINKED_TO", "p1", "p0", "", {"declared_by": "p1"})]
    found = {rule.id: rule.check(Network.of(base.nodes, links)) for rule in RULES}
    assert found["funding_sum"].failed == ("p0",)  # 1.1 % short
    assert found["dates_ordered"].failed == ("p1",)
    assert found["chain_closed"].kept == 1
    assert found["reciprocity"].kept == 1
    links[-3] = Link("TAKES_PART_IN", "a", "p0", "", {"role": "lead", "amount": 99.1})
    assert RULES[0].check(Network.of(base.nodes, links)).failed == ()


def test_the_age_of_sheets_needs_a_day_and_never_reads_the_clock() -> None:
    silent = metrics.run("completeness", sheets())
    assert value(silent, measure="freshness").value is None
    assert "aucun jour de lecture" in value(silent, "p0", measure="age").explanation.fr
    dated = metrics.run("completeness", sheets(), {"today": DAY.isoformat()})
    assert value(dated, measure="freshness").value == 30
    assert (value(dated, "p0", measure="age").value, value(dated, "p1", measure="age").value) == (30, None)
    assert dated.unknown["projects_without_sheet_date"] == 1
    base = sheets()
    scoped = Network.of(base.nodes, base.links, scope=Scope("programme:test", DAY), programme={"name": "N"})
    assert value(metrics.run("completeness", scoped), measure="freshness").value == 30
    early = metrics.run("completeness", scoped, {"today": "2029-12-31"})
    assert value(early, "p0", measure="age").value is None  # a sheet dated later has no age
