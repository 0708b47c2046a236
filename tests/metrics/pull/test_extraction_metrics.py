"""E6a and E6b as metrics: what they say of the mini scheme, of groups, of kinds, of unknown amounts and of unknown names."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from pacte_graph import metrics
from pacte_graph.errors import MetricUndefined, UnknownName
from pacte_graph.metrics.pull import extraction as module
from pacte_graph.metrics.pull import removal
from pacte_graph.metrics.pull.influence import HYPOTHESES
from pacte_graph.metrics.pull.linkages import coefficients
from pacte_graph.network import Link, Network, Node

DEFAULTS = {item.name: item.default for item in HYPOTHESES}


def told(result: metrics.MetricResult) -> dict[tuple[str | None, str], Any]:
    return {(value.id, str(value.dimension["measure"])): value.value for value in result.values}


def bridge(**budgets: float) -> Network:
    """p1 has a1 and a2, p2 has a2 and a3; p3 has nobody; t1 is covered by p1 only, t2 by both."""
    nodes = [
        Node(f"p{n}", "Project", {"name": f"P{n}", **({"budget": budgets[f"p{n}"]} if f"p{n}" in budgets else {})})
        for n in (1, 2, 3)
    ]
    kinds = {"a1": "university", "a2": "state", "a3": "chamber"}
    nodes += [Node(name, "Actor", {"name": name.upper(), "kind": kind}) for name, kind in kinds.items()]
    nodes += [Node(name, "Territory", {"name": name.upper(), "level": "commune"}) for name in ("t1", "t2")]
    ties = (("a1", "p1"), ("a2", "p1"), ("a2", "p2"), ("a3", "p2"))
    links = [Link("TAKES_PART_IN", a, p, "", {"role": "partner"}) for a, p in ties]
    links += [Link("APPLIES_IN", p, t, "", {"status": "declined"}) for p, t in (("p1", "t1"), ("p1", "t2"), ("p2", "t2"))]
    return Network.of(nodes, links, programme={"name": "Pont"})


def test_shares_add_nothing_to_the_closed_form(mini: Network, expected: dict[str, Any]) -> None:
    wanted, result = expected["linkages"]["modes"]["sym"], metrics.run("E6a", mini)
    values = told(result)
    for name, lost in wanted["extraction_closed"].items():
        assert values[name, "loss"] == pytest.approx(lost, abs=1e-9)
        assert values[name, "share"] == pytest.approx(lost / wanted["total"], abs=1e-9)
        assert values[name, "net_share"] == pytest.approx((lost - 1) / (wanted["total"] - 1), abs=1e-9)
    assert values["ISOL", "net_share"] == 0
    assert result.details["rows"][0]["id"] == "TM"
    assert result.details["certain"] == 24
    first = next(value for value in result.values if value.id == "P03" and value.dimension == {"measure": "share"})
    assert first.explanation.fr.startswith("Sans « Pacte territorial », toutes choses égales par ailleurs, le réseau perdrait 12")


def test_a_group_loses_less_than_its_parts_apart(mini: Network) -> None:
    single = told(metrics.run("extraction", mini))
    group = told(metrics.run("extraction", mini, {"nodes": "P03,TM", "together": True}))
    assert max(single["P03", "loss"], single["TM", "loss"]) < group[None, "loss"] < single["P03", "loss"] + single["TM", "loss"]
    alone = told(metrics.run("extraction", mini, {"nodes": "P03"}))
    assert {key[0] for key in alone} == {"P03"}
    assert alone["P03", "share"] == pytest.approx(single["P03", "share"])


def test_kinds_add_up(mini: Network) -> None:
    """The losses of each kind of actor and of the projects make the whole loss."""
    rows = {row["id"]: row for row in metrics.run("extraction", mini).details["rows"]}
    actors = {kind: told(metrics.run("extraction", mini, {"kind": kind})) for kind in ("unknown", "university")}
    ids, matrix, _ = coefficients(mini, DEFAULTS)
    projects = np.array([mini.by_id[name].label == "Project" for name in ids], dtype=float)
    on_projects = removal.loss(removal.activity(matrix, weights=projects)).loss
    for place, name in enumerate(ids):
        assert sum(rows[name]["by_kind"].values()) + on_projects[place] == pytest.approx(rows[name]["loss"])
    assert {value for key, value in actors["unknown"].items() if key[1] != "loss"} == {None}  # nobody is of unknown kind


@pytest.mark.parametrize("variant", removal.VARIANTS)
def test_kinds_are_the_same_by_another_way(variant: str) -> None:
    network = bridge()
    rows = {row["id"]: row for row in metrics.run("extraction", network, {"variant": variant}).details["rows"]}
    one = told(metrics.run("extraction", network, {"variant": variant, "kind": "university"}))
    for name, row in rows.items():
        assert row["by_kind"]["university"] == pytest.approx(one[name, "loss"], abs=1e-12)


def test_variants_are_said_and_ordered(mini: Network) -> None:
    found = {variant: metrics.run("extraction", mini, {"variant": variant}) for variant in removal.VARIANTS}
    losses = {variant: told(result)["P03", "loss"] for variant, result in found.items()}
    assert losses["full"] > losses["keep_own"]
    assert losses["full"] > losses["backward"]
    said = {variant: result.values[0].explanation.fr for variant, result in found.items()}
    assert said["backward"].startswith("Si « ")
    assert "cessait d'entraîner" in said["backward"]
    assert "agissait seul" in said["keep_own"]


def test_budgets_as_impulses() -> None:
    result = metrics.run("extraction", bridge(p1=100.0), {"impulses": "budget"})
    assert result.unknown["projects_without_budget"] == 2
    assert told(result)["p3", "loss"] == 0
    assert told(result)["p1", "loss"] == pytest.approx(result.details["whole"])  # nobody else has an impulse
    assert told(result)["p1", "share"] == pytest.approx(1)
    assert "euros d'activité" in next(v for v in result.values if v.dimension["measure"] == "loss").explanation.fr
    nothing = metrics.run("extraction", bridge(), {"impulses": "budget"})
    assert {value.value for value in nothing.values if value.dimension["measure"] != "loss"} == {None}
    with pytest.raises(MetricUndefined, match="negative"):
        metrics.run("extraction", bridge(p1=-5.0), {"impulses": "budget"})


def test_the_key_group_is_told_with_its_warning(mini: Network) -> None:
    details = metrics.run("extraction", mini, {"key_group": 3}).details
    assert len(details["key_group"]) == 3
    assert details["key_group"][0]["id"] == "TM"
    shares = [row["share"] for row in details["key_group"]]
    assert shares == sorted(shares)
    assert "sans preuve" in details["key_group_warning"].fr


def test_above_three_thousand_nodes_candidates_are_said(mini: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = told(metrics.run("extraction", mini))
    monkeypatch.setattr(removal, "DENSE", 5)
    monkeypatch.setattr(removal, "CANDIDATES", 4)
    fresh = Network.of(mini.nodes, mini.links, scope=mini.scope, programme=mini.programme)
    result = metrics.run("extraction", fresh)
    assert len(result.values) == 12
    assert result.details["candidates"] == 4
    assert all(value == pytest.approx(whole[key], abs=1e-9) for key, value in told(result).items())
    assert "Calculé pour les 4 candidats à la plus forte perte sur 24" in result.values[0].explanation.fr


def test_names_that_are_not_there(mini: Network) -> None:
    for name in ("extraction", "structural_extraction"):
        with pytest.raises(UnknownName, match="P99"):
            metrics.run(name, mini, {"nodes": "P03,P99"})
    assert module.KEY_GROUP.check("3") == 3


def test_what_is_cut_off() -> None:
    result = metrics.run("E6b", bridge(p1=100.0))
    values = told(result)
    assert values["p1", "orphans"] == 1
    assert values["p1", "uncovered"] == 1
    assert values["p1", "leaving_giant"] == 1
    assert values["p1", "components"] == 3
    assert values["p1", "cross_type_ties"] == 1
    assert values["p1", "amount"] == 100
    assert values["p2", "amount"] is None
    assert values["p1", "institution_pairs"] == 2  # a1 is cut from a2 and, through it, from a3
    assert values["p3", "components"] == 1
    assert values["a2", "components"] == 3
    assert values["a1", "deserted"] == 0
    said = {(value.id, value.dimension["measure"]): value.explanation for value in result.values}
    assert said["p1", "orphans"].fr.startswith("Sans « P1 », 1 acteur n'aurait plus aucun projet : A1.")
    assert said["p1", "uncovered"].en.startswith("Without “P1”, 1 territory would not be covered any more: T1.")
    assert "inconnu" in said["p2", "amount"].fr
    row = next(row for row in result.details["rows"] if row["id"] == "p1")
    assert row["orphans"] == [{"id": "a1", "label": "A1"}]
    assert (
        row["summary"].fr == "Sans « P1 », 1 acteur n'aurait plus aucun projet : A1 ; 1 territoire ne serait plus couvert : T1."
    )
    assert row["institution_pairs"][0]["source_label"] == "A1"


def test_a_group_cut_off() -> None:
    values = told(metrics.run("E6b", bridge(), {"nodes": "p1,p2", "together": True}))
    assert values[None, "orphans"] == 3
    assert values[None, "uncovered"] == 2
    assert told(metrics.run("E6b", bridge(), {"nodes": "a2"})).keys() == {
        ("a2", "leaving_giant"), ("a2", "components"), ("a2", "deserted")
    }  # fmt: skip


@pytest.mark.parametrize("name", ["decomposition", "extraction", "structural_extraction"])
def test_degenerate_networks(name: str) -> None:
    actors = [Node(f"a{n}", "Actor", {"name": f"A{n}"}) for n in range(3)]
    projects = [Node(f"p{n}", "Project", {"number": n}) for n in range(3)]
    clique = [Link("TAKES_PART_IN", a.id, p.id, "", {}) for a in actors for p in projects]
    twice = [Link("TAKES_PART_IN", "a0", "p0", role, {"role": role}) for role in ("lead", "funder")]
    own = [Link("LINKED_TO", "p0", "p0", "", {"sense": "pulls"})]
    for nodes, links in (
        ([], []), (actors, []), (projects, []), (projects[:1], []), ([*actors, *projects], clique),
        ([*actors, *projects], [*twice, *own]), ([*actors, *projects], clique[:4]),
    ):  # fmt: skip
        for value in metrics.run(name, Network.of(nodes, links)).values:
            assert value.value is None or np.isfinite(value.value)
            assert value.explanation.fr
            assert value.explanation.en
        json.dumps(metrics.run(name, Network.of(nodes, links)).as_dict(), allow_nan=False)
