"""Leverage and savings: the mini scheme, hand-made plans, and what is refused or left undefined."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pacte_graph import metrics
from pacte_graph.errors import MetricUndefined
from pacte_graph.metrics import MetricResult
from pacte_graph.metrics.scheme.funding import Plan, concentration, leverage, plans, private, region_actors, regional_rate
from pacte_graph.metrics.scheme.pooling import Saving, present_value, pro_rata, shapley, shared
from pacte_graph.network import Link, Network, Node


def told(result: MetricResult, node: str | None = None) -> dict[str, Any]:
    return {str(v.dimension["measure"]): v for v in result.values if v.id == node}


def funded(projects: list[dict[str, Any]], paid: list[tuple[str, str, str, float | None]], kinds: dict[str, str]) -> Network:
    """Return projects p0, p1… and participations (actor, project, role, amount); actor R represents the region."""
    nodes = [Node(f"p{n}", "Project", {"name": f"P{n}", **told_}) for n, told_ in enumerate(projects)]
    nodes += [Node(name, "Actor", {"name": name, **({"kind": kind} if kind else {})}) for name, kind in kinds.items()]
    nodes.append(Node("t", "Territory", {"name": "T", "level": "region"}))
    links = [
        Link("TAKES_PART_IN", actor, project, role, {"role": role, **({} if amount is None else {"amount": amount})})
        for actor, project, role, amount in paid
    ]
    return Network.of(nodes, [*links, *([Link("REPRESENTS", "R", "t", "", {})] if "R" in kinds else [])], programme={"name": "N"})


def test_mini_leverage(mini: Network, expected: dict[str, Any]) -> None:
    wanted, found = expected["funding"], told(metrics.run("leverage", mini))
    assert found["total"].value == pytest.approx(wanted["levier_total"], abs=1e-9)
    assert found["additional"].value == pytest.approx(wanted["levier_additionnel"], abs=1e-9)
    assert found["regional_rate"].value == pytest.approx(wanted["taux_regional"], abs=1e-9)
    assert found["hhi"].value == pytest.approx(wanted["hhi_financeurs"], abs=1e-9)
    assert found["coverage"].value == wanted["projects_with_budget"]
    # computed in R, apart from this code: 3.5714 and 2.5714, where the mean of ratios would be 3.2708
    assert (found["total"].value, found["additional"].value) == pytest.approx((25 / 7, 18 / 7))
    assert found["total"].value != pytest.approx(wanted["moyenne_des_ratios_a_ne_pas_utiliser"], abs=0.1)
    rows = metrics.run("leverage", mini).details["plans"]
    assert [row["id"] for row in rows if row["funded"]] == wanted["funded_projects"]
    assert sum(row["total"] for row in rows if row["complete"]) == 1000 * wanted["total"]


def test_mini_private_leverage(mini: Network, expected: dict[str, Any]) -> None:
    kinds = {node.id: node.group for node in mini.nodes_of("Actor")}
    regions = region_actors(mini)
    assert regions == {"REG"}
    chosen = [plan for plan in plans(mini) if plan.complete and plan.regional]
    sure, unsure = private(chosen, kinds, regions, {"public"})
    assert sure / leverage(chosen).regional == pytest.approx(expected["funding"]["levier_non_public_sur_region"])
    assert unsure == 0


def test_the_waterfall_adds_up_to_the_money_of_funded_projects(mini: Network) -> None:
    details = metrics.run("leverage", mini).details
    assert details["waterfall"][0]["kind"] == "region"
    assert sum(row["amount"] for row in details["waterfall"]) == pytest.approx(2_500_000)
    assert sum(row["amount"] for row in details["flows"]) == pytest.approx(2_500_000)
    by_year = {row["key"]: row for row in details["by_year"]}
    assert by_year["unknown"]["leverage"] == pytest.approx(25 / 7)
    places = {row["key"]: row["leverage"] for row in details["by_territory"]}
    assert places["agglo"] == pytest.approx(600 / 200)  # P03 and P05: 100 + 500 for 50 + 150
    assert "C4" not in places


def test_an_incomplete_plan_leaves_both_sides() -> None:
    network = funded(
        [{"budget": 300.0, "regional_funding": 100.0}, {"regional_funding": 900.0}, {"budget": 50.0}],
        [("A", "p1", "lead", None), ("A", "p2", "lead", None)],
        {"A": "company", "R": "local_authority"},
    )
    result = metrics.run("leverage", network)
    found = told(result)
    assert (found["total"].value, found["coverage"].value) == (3.0, 1 / 3)
    assert result.unknown["projects_of_unknown_total"] == 1
    assert result.unknown["projects_of_unknown_regional_part"] == 1
    assert (found["regional_rate"].low, found["regional_rate"].value, found["regional_rate"].high) == pytest.approx(
        (100 / 350, 100 / 300, 150 / 350)
    )
    assert "1 projet financé au plan complet" in found["total"].explanation.fr


def test_the_region_is_the_sheet_else_what_its_actors_bring() -> None:
    paid = [("R", "p0", "funder", 30.0), ("A", "p0", "lead", 70.0), ("R", "p1", "funder", 30.0), ("A", "p1", "lead", 70.0)]
    paid += [("A", "p2", "lead", 70.0), ("R", "p3", "partner", None), ("A", "p3", "lead", 70.0)]
    network = funded([{"regional_funding": 50.0}, {}, {}, {}], paid, {"A": "company", "R": "local_authority"})
    assert [plan.regional for plan in plans(network)] == [50.0, 30.0, 0.0, None]
    without = funded([{}], [("A", "p0", "lead", 70.0)], {"A": "company"})
    assert plans(without)[0].regional is None  # nobody is known to speak for a region: unknown, not zero


def test_private_leverage_has_bounds_where_a_kind_or_a_payer_is_unknown() -> None:
    paid = [("R", "p0", "funder", 100.0), ("A", "p0", "lead", 50.0), ("X", "p0", "partner", 20.0)]
    network = funded([{"budget": 200.0}], paid, {"A": "company", "R": "local_authority", "X": ""})
    found = told(metrics.run("leverage", network))["private"]
    assert (found.low, found.value, found.high) == pytest.approx((0.5, 0.5, 1.0))  # 20 of unknown kind, 30 of nobody
    assert told(metrics.run("leverage", network))["additional"].value == pytest.approx(1.0)


def test_which_funders_are_public_is_a_choice() -> None:
    paid = [("R", "p0", "funder", 100.0), ("U", "p0", "lead", 50.0)]
    network = funded([{}], paid, {"U": "university", "R": "local_authority"})
    assert told(metrics.run("leverage", network))["private"].value == 0.5
    assert told(metrics.run("leverage", network, {"public": "wide"}))["private"].value == 0


@pytest.mark.parametrize("regional", [{}, {"regional_funding": 0.0}])
def test_without_regional_money_leverage_is_undefined_not_infinite(regional: dict[str, float]) -> None:
    network = funded([{"budget": 10.0, **regional}], [], {})
    found = told(metrics.run("leverage", network))
    assert found["total"].value is None
    assert found["additional"].explanation.fr.startswith("Sans objet")
    assert found["hhi"].value is None


def test_a_negative_amount_is_refused_and_a_contradiction_left_out() -> None:
    with pytest.raises(MetricUndefined, match=r"below zero.*P0"):
        metrics.run("leverage", funded([{}], [("A", "p0", "lead", -1.0)], {"A": "company"}))
    result = metrics.run("leverage", funded([{"budget": 10.0, "regional_funding": 20.0}], [], {}))
    assert result.unknown["projects_where_the_region_exceeds_the_total"] == 1
    assert told(result)["total"].value is None


def test_parts_of_a_grant_received_are_no_contributions() -> None:
    paid = [("A", "p0", "lead", 60.0), ("B", "p0", "partner", 40.0), ("A", "p1", "lead", 200.0), ("A", "p2", "lead", 90.0)]
    stated = [{"grant": 100.0, "budget": 200.0}, {"grant": 100.0, "budget": 200.0}, {"grant": 100.0}]
    network = funded(stated, paid, {"A": "company", "B": "company"})
    assert [(plan.received, dict(plan.amounts), plan.total) for plan in plans(network)] == [
        (True, {}, 200.0),
        (False, {"A": 200.0}, 200.0),
        (True, {}, None),
    ]
    result = metrics.run("leverage", network)
    assert result.unknown["projects_whose_amounts_are_parts_of_a_grant"] == 2
    assert told(result)["first_share"].value == 1
    completeness = metrics.run("completeness", network).details["rules"]
    assert next(rule for rule in completeness if rule["id"] == "funding_sum")["checked"] == 1


def test_first_funder_by_amount_then_by_id() -> None:
    assert concentration({"b": 5.0, "a": 5.0}) == (0.5, "a", 0.5)
    assert concentration({}) == (None, None, None)


MONEY = st.one_of(st.none(), st.just(0.0), st.floats(0.01, 1e6))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(MONEY, MONEY), max_size=6), st.floats(0.1, 100))
def test_leverage_is_a_ratio_of_sums_that_scale_does_not_change(rows: list[tuple[float | None, float | None]], by: float) -> None:
    every = [Plan(str(n), total, part, {}) for n, (total, part) in enumerate(rows)]
    found = leverage(every)
    kept = [(m, r) for m, r in rows if m is not None and r is not None and 0 < r <= m]
    assert found.funded == len(kept)
    if found.whole is None:
        assert sum(r for _, r in kept) == 0
        return
    assert found.additional == pytest.approx(found.whole - 1, abs=1e-6)
    scaled = leverage([Plan(str(n), m * by, r * by, {}) for n, (m, r) in enumerate(kept)])
    assert scaled.whole == pytest.approx(found.whole)
    low, known, high = regional_rate(every)
    if known is not None and low is not None and high is not None:
        assert low - 1e-9 <= known <= high + 1e-9


# savings


def pool(costs: dict[str, float | None], **stated: Any) -> Network:
    nodes = [Node("p", "Project", {"name": "P", **stated})]
    nodes += [Node(name, "Actor", {"name": name}) for name in costs]
    links = [
        Link("TAKES_PART_IN", name, "p", "", {"cost": 1.0, **({} if cost is None else {"standalone_cost": cost})})
        for name, cost in costs.items()
    ]
    return Network.of(nodes, links, programme={"name": "N"})


MINI = {"a": 40.0, "b": 50.0, "c": 30.0}
SPENT = {"joint_cost": 80.0, "coordination_cost": 10.0, "cost_basis": "quote"}


def test_mini_savings(expected: dict[str, Any]) -> None:
    wanted = expected["mutualisation"]
    assert list(MINI.values()) == wanted["standalone"]
    found = told(metrics.run("savings", pool(MINI, **SPENT)), "p")
    assert found["net"].value == wanted["net"] == 30
    assert found["rate"].value == pytest.approx(wanted["rate"]) == 0.25
    assert found["break_even"].value == wanted["break_even_coordination"] == 40
    assert "90\u00a0€, coordination comprise, au lieu de 120\u00a0€" in found["net"].explanation.fr


def test_parts_pro_rata_and_shapley() -> None:
    network = pool(MINI, **SPENT)

    def parts(key: str) -> dict[str, float]:
        values = metrics.run("savings", network, {"key": key}).values
        return {str(v.id): float(v.value or 0) for v in values if v.dimension["measure"] == "part"}

    assert parts("pro_rata") == pytest.approx({"a": 10.0, "b": 12.5, "c": 7.5})
    # by hand: the bill is 90, so v(ab) = 0, v(ac) = 0, v(bc) = 0, v(abc) = 30: equal parts
    assert parts("shapley") == pytest.approx({"a": 10.0, "b": 10.0, "c": 10.0})
    # bill 60: v(ab) = 30, v(ac) = 10, v(bc) = 20, v(abc) = 60
    assert shared(MINI, 60.0, "shapley") == pytest.approx({"a": 20.0, "b": 25.0, "c": 15.0})


def test_without_a_basis_a_saving_is_not_established() -> None:
    told_ = told(metrics.run("savings", pool(MINI, joint_cost=80.0, coordination_cost=10.0)), "p")
    assert told_["net"].value is None
    assert told_["break_even"].value is None
    assert "non établie" in told_["net"].explanation.fr
    whole = told(metrics.run("savings", pool(MINI, joint_cost=80.0, coordination_cost=10.0)))
    assert whole["net"].value is None


def test_an_unknown_coordination_cost_leaves_an_upper_bound() -> None:
    result = metrics.run("savings", pool({}, standalone_cost=120.0, joint_cost=80.0, cost_basis="observed"))
    net = told(result, "p")["net"]
    assert (net.value, net.high) == (None, 40.0)
    assert "coût de coordination" in net.explanation.fr
    assert result.unknown["projects_of_incomplete_costs"] == 1


def test_a_missing_partner_cost_gives_no_parts_but_the_total_stands() -> None:
    result = metrics.run("savings", pool({"a": 40.0, "b": None}, standalone_cost=120.0, **SPENT))
    assert told(result, "p")["net"].value == 30
    assert result.details["rows"][0]["parts"] == []
    assert "manque" in result.details["rows"][0]["no_parts_because"].fr


def test_a_loss_is_shown_as_such_and_shared_pro_rata() -> None:
    network = pool({"a": 30.0, "b": 10.0}, joint_cost=50.0, coordination_cost=10.0, cost_basis="estimate")
    values = metrics.run("savings", network, {"key": "shapley"}).values
    assert {v.id: v.value for v in values if v.dimension["measure"] == "part"} == pytest.approx({"a": -15.0, "b": -5.0})
    assert "de plus" in told(metrics.run("savings", network), "p")["net"].explanation.fr
    assert "coûte" in told(metrics.run("savings", network))["net"].explanation.fr


def test_present_value_of_yearly_and_single_savings() -> None:
    yearly = pool(MINI, **SPENT, cost_period="yearly", pooling_investment=20.0)
    found = told(metrics.run("savings", yearly, {"discount": 0.1, "years": 2}), "p")["present_value"]
    assert found.value == pytest.approx(30 / 1.1 + 30 / 1.21 - 20)
    once = pool(MINI, **SPENT, cost_period="once", pooling_investment=20.0)
    assert told(metrics.run("savings", once), "p")["present_value"].value == 10
    assert told(metrics.run("savings", pool(MINI, **SPENT, cost_period="yearly")), "p")["present_value"].value is None
    assert present_value(10.0, 3, 0.0, 5.0) == 25.0


def test_yearly_savings_and_savings_made_once_are_never_added() -> None:
    parts = [pool(MINI, **SPENT, cost_period=period) for period in ("yearly", "once")]
    nodes = [Node(f"p{n}", "Project", dict(part.by_id["p"].properties)) for n, part in enumerate(parts)]
    nodes += [parts[0].by_id[name] for name in MINI]
    links = [
        Link(x.type, x.source, f"p{n}", "", x.properties) for n, part in enumerate(parts) for x in part.links_of("TAKES_PART_IN")
    ]
    whole = [v for v in metrics.run("savings", Network.of(nodes, links, programme={"name": "N"})).values if v.id is None]
    found = {(v.dimension["measure"], v.dimension["period"]): v.value for v in whole}
    assert found == {("net", "once"): 30, ("rate", "once"): 0.25, ("net", "yearly"): 30, ("rate", "yearly"): 0.25}


def test_negative_costs_are_refused() -> None:
    with pytest.raises(MetricUndefined, match="below zero"):
        metrics.run("savings", pool({}, standalone_cost=-1.0))


def test_no_cost_at_all_is_not_a_zero() -> None:
    result = metrics.run("savings", pool({}))
    assert [value.value for value in result.values] == [None]
    assert result.unknown["projects_without_any_cost"] == 1


def test_too_many_players_are_refused() -> None:
    with pytest.raises(MetricUndefined, match="13"):
        shapley([str(n) for n in range(13)], lambda members: float(len(members)))
    assert shared({str(n): 1.0 for n in range(13)}, 0.0, "shapley") == pytest.approx({str(n): 1.0 for n in range(13)})


@settings(max_examples=40, deadline=None)
@given(st.lists(st.floats(0, 100), min_size=1, max_size=5), st.floats(0, 300))
def test_shapley_is_the_mean_over_all_orders(costs: list[float], bill: float) -> None:
    named = {f"a{n}": cost for n, cost in enumerate(costs)}

    def worth(members: frozenset[str]) -> float:
        return max(0.0, sum(named[name] for name in members) - bill)

    found = shapley(sorted(named), worth)
    orders = list(permutations(sorted(named)))
    for player in named:
        gains = [worth(frozenset(o[: o.index(player) + 1])) - worth(frozenset(o[: o.index(player)])) for o in orders]
        assert found[player] == pytest.approx(sum(gains) / len(orders), abs=1e-9)
    assert sum(found.values()) == pytest.approx(worth(frozenset(named)), abs=1e-9)
    assert sum(pro_rata(named, 10.0).values()) == pytest.approx(10.0)
    assert sum(shared(named, bill, "shapley").values()) == pytest.approx(sum(costs) - bill, abs=1e-6)


def test_unknown_costs_stay_unknown() -> None:
    assert Saving(None, 1.0, 1.0).break_even is None
    assert Saving(3.0, 1.0, None).net is None
    assert Saving(0.0, 0.0, 0.0).rate is None
