"""Coverage and equity: the mini scheme, published inequality values, bounds and degenerate networks."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pacte_graph import metrics
from pacte_graph.errors import MetricUndefined
from pacte_graph.metrics import MetricResult, Value
from pacte_graph.metrics.scheme.inequality import gini, herfindahl, lorenz, theil
from pacte_graph.network import Link, Network, Node
from tests.metrics.oracles import load

# example of R's ineq::Gini, with the weights and groups given to laeken::gini and to the Theil decomposition in base R
X = [541, 1463, 2445, 3438, 4437, 5401, 6392, 8304, 11904, 22261]
W = [10, 20, 15, 5, 5, 30, 40, 10, 5, 60]
GROUPS = ["A", "A", "A", "B", "B", "B", "C", "C", "C", "C"]


def value(result: MetricResult, **dimension: str) -> Value:
    return next(v for v in result.values if v.id is None and dict(v.dimension) == dimension)


def communes(people: list[int | None], rows: list[tuple[int, int, str, float | None]], **stated: Any) -> Network:
    """Return communes c0, c1… in the metropolis m, three projects, and declinations (project, commune, status, amount)."""
    nodes = [Node(f"p{n}", "Project", {"name": f"P{n}", "declination": "not_declined"}) for n in range(3)]
    nodes += [
        Node(f"c{n}", "Territory", {"name": f"C{n}", "level": "commune", **({} if size is None else {"population": size})})
        for n, size in enumerate(people)
    ]
    nodes.append(Node("m", "Territory", {"name": "M", "level": "metropolis", **stated}))
    links = [Link("WITHIN", f"c{n}", "m", "", {}) for n in range(len(people))]
    links += [
        Link("APPLIES_IN", f"p{p}", f"c{c}", "", {"status": status, **({} if amount is None else {"amount": amount})})
        for p, c, status, amount in rows
    ]
    return Network.of(nodes, links, programme={"name": "N"})


# equity


def test_published_inequality() -> None:
    assert gini(X) == pytest.approx(0.4620911, abs=1e-7)
    assert gini(X, W) == pytest.approx(0.4362181, abs=1e-7)
    assert herfindahl(X) == pytest.approx(0.184081230915485, abs=1e-12)
    plain, weighted = theil(X, None, GROUPS), theil(X, W, GROUPS)
    assert plain is not None
    assert weighted is not None
    assert (plain.total, plain.between, plain.within) == pytest.approx(
        (0.362341242343895, 0.263447140473338, 0.0988941018705567), abs=1e-12
    )
    assert (weighted.total, weighted.between, weighted.within) == pytest.approx(
        (0.340291326760898, 0.217131491353164, 0.123159835407734), abs=1e-12
    )


def test_the_copied_values_are_those_of_the_reference() -> None:
    told = load("inequality_oracle.json")
    assert (told["x"], told["weights"], told["groups"]) == (X, W, GROUPS)
    assert gini(X) == pytest.approx(told["gini_laeken"], abs=1e-12)
    assert gini(X, W) == pytest.approx(told["gini_weighted_laeken"], abs=1e-12)
    assert 1 / (herfindahl(X) or 1) == pytest.approx(told["numbers_equivalent"], abs=1e-12)
    assert gini([0] * 9 + [1]) == pytest.approx(told["edge"]["one_holds_all_n10"])


def test_mini_equity(mini: Network, expected: dict[str, Any]) -> None:
    wanted, result = expected["equity"], metrics.run("equity", mini)
    assert value(result, measure="gini").value == pytest.approx(wanted["gini_pop_weighted"], abs=1e-9)
    assert value(result, measure="theil").value == pytest.approx(wanted["theil_pop_weighted"], abs=1e-9)
    assert value(result, measure="hhi").value == pytest.approx(wanted["hhi_amount"], abs=1e-9)
    assert [row["per_unit"] for row in result.details["rows"]] == pytest.approx(wanted["per_capita"], abs=1e-9)
    assert value(result, measure="between").value == 0  # one metropolis holds them all
    assert result.details["lorenz"]["people"][0] == result.details["lorenz"]["amount"][0] == 0
    assert result.details["lorenz"]["amount"][-1] == 1


def test_the_choice_of_denominator_changes_the_answer(mini: Network) -> None:
    by_commune = metrics.run("equity", mini, {"denominator": "commune"})
    # 1420, 180, 100 and 0 for four communes that count the same: 1 − Σ (L_c + L_{c−1}) / 4
    assert value(by_commune, measure="gini").value == pytest.approx(1 - (100 + 380 + 1980) / 1700 / 4)


def test_gaps_between_and_within_territories() -> None:
    nodes = [Node(f"c{n}", "Territory", {"name": f"C{n}", "level": "commune", "population": 10}) for n in range(4)]
    nodes += [Node(name, "Territory", {"name": name, "level": "intercommunality"}) for name in ("e1", "e2")]
    nodes.append(Node("p", "Project", {"name": "P", "declination": "declined"}))
    links = [Link("WITHIN", f"c{n}", "e1" if n < 2 else "e2", "", {}) for n in range(3)]  # c3 lies outside both
    links += [
        Link("APPLIES_IN", "p", f"c{n}", "", {"status": "declined", "amount": amount})
        for n, amount in enumerate([10.0, 10.0, 40.0, 40.0])
    ]
    result = metrics.run("equity", Network.of(nodes, links, programme={"name": "N"}))
    assert value(result, measure="between").value == pytest.approx(1)
    assert [row["id"] for row in result.details["decomposition"]["groups"]] == ["e1", "e2", "outside"]


def test_an_unknown_amount_or_population_leaves_the_computation() -> None:
    rows = [(0, 0, "declined", 10.0), (1, 0, "declined", None), (0, 1, "declined", 10.0), (0, 2, "not_declined", 99.0)]
    result = metrics.run("equity", communes([10, 10, 10, None], rows))
    assert [row["id"] for row in result.details["rows"]] == ["c1", "c2"]
    assert result.unknown == {"communes_of_unknown_population": 1, "communes_of_unknown_amount": 1}
    assert value(result, measure="gini").value == pytest.approx(0.5)
    assert result.details["left_out"] == ["C0", "C3"]


def test_equity_where_it_has_no_meaning() -> None:
    nothing = metrics.run("equity", communes([10, 10], []))
    assert value(nothing, measure="gini").value is None
    assert "localisé" in value(nothing, measure="gini").explanation.fr
    assert [v.value for v in nothing.values if v.id] == [None, None]
    stated = metrics.run("equity", communes([10, 10], [(0, 0, "declined", 0.0)]))
    assert [v.value for v in stated.values if v.id] == [0, 0]
    zero = metrics.run("equity", communes([10, 10], [(0, 0, "declined", 0.0)]))
    assert value(zero, measure="theil").value is None
    one = metrics.run("equity", communes([10], [(0, 0, "declined", 5.0)]))
    assert (value(one, measure="gini").value, value(one, measure="theil").value) == (0, 0)
    assert value(one, measure="between").value is None
    assert "commune" in value(metrics.run("equity", Network.of([], [])), measure="gini").explanation.fr
    with pytest.raises(MetricUndefined, match="below zero"):
        metrics.run("equity", communes([10], [(0, 0, "declined", -5.0)]))
    with pytest.raises(MetricUndefined, match="below zero"):
        gini([-1.0, 2.0])


AMOUNTS = st.lists(st.floats(0, 1e4).map(lambda x: round(x, 2)), min_size=1, max_size=8)


@settings(max_examples=40, deadline=None)
@given(AMOUNTS, st.floats(0.01, 100), st.data())
def test_inequality_properties(x: list[float], factor: float, data: st.DataObject) -> None:
    w = data.draw(st.lists(st.integers(1, 1000), min_size=len(x), max_size=len(x)))
    groups = data.draw(st.lists(st.sampled_from("ABC"), min_size=len(x), max_size=len(x)))
    found, split = gini(x, w), theil(x, w, groups)
    if sum(x) == 0:
        assert (found, split, lorenz(x, w)) == (None, None, None)
        return
    assert found is not None
    assert split is not None
    assert split.total == pytest.approx(split.between + split.within, abs=1e-12)
    assert -1e-12 <= split.between
    assert gini([v * factor for v in x], w) == pytest.approx(found, abs=1e-9)
    pairs = sum(a * b * abs(p - q) for a, p in zip(w, x, strict=True) for b, q in zip(w, x, strict=True))
    mean = np.average(x, weights=w)
    assert found == pytest.approx(pairs / (2 * sum(w) ** 2 * mean), abs=1e-9)  # half the mean gap over the mean, another formula
    repeated = [value for value, times in zip(x, w, strict=True) for _ in range(times)]
    assert gini(repeated) == pytest.approx(found, abs=1e-8)  # a weight is so many equal inhabitants


@pytest.mark.parametrize("size", [1, 2, 10])
def test_the_two_ends_of_inequality(size: int) -> None:
    assert gini([3.0] * size) == pytest.approx(0, abs=1e-12)
    assert gini([0.0] * (size - 1) + [5.0]) == pytest.approx(1 - 1 / size)
    found = theil([0.0] * (size - 1) + [5.0])
    assert found is not None
    assert found.total == pytest.approx(np.log(size))


# coverage


def test_mini_coverage(mini: Network, expected: dict[str, Any]) -> None:
    wanted, result = expected["equity"], metrics.run("coverage", mini)
    share, people = (value(result, scale="commune", measure=name) for name in ("share", "people"))
    assert (share.value, people.value) == (wanted["coverage_count"], pytest.approx(wanted["coverage_population"]))
    assert (share.value, people.value) == (0.75, pytest.approx(0.9))
    assert (share.low, share.high) == (0.75, 1.0)  # two projects whose declination nobody states
    assert [row["id"] for row in result.details["uncovered"]] == ["C4"]
    assert value(result, scale="commune", measure="projects").value == pytest.approx(6 / 4)
    assert value(result, scale="region", measure="share").value == 1


def test_inherited_coverage_is_apart() -> None:
    rows = [(0, 0, "declined", None)]
    result = metrics.run("coverage", communes([10, 10], rows))
    metropolis = {v.dimension["measure"]: v.value for v in result.values if v.dimension["scale"] == "metropolis"}
    assert (metropolis["share"], metropolis["inherited"]) == (0, 1)
    assert [(row["id"], row["level"]) for row in result.details["uncovered"]] == [("c1", "commune"), ("m", "metropolis")]
    states = {row["id"]: row["state"] for row in result.details["rows"]}
    assert states == {"c0": "own", "c1": "none", "m": "inherited"}


def test_unknown_statuses_and_populations_give_bounds() -> None:
    rows = [(0, 0, "declined", None), (1, 1, "unknown", None)]
    result = metrics.run("coverage", communes([50, 30, 20], rows))
    share, people = (value(result, scale="commune", measure=name) for name in ("share", "people"))
    assert (share.low, share.value, share.high) == pytest.approx((1 / 3, 1 / 3, 2 / 3))
    sure = [*rows, (1, 0, "declined", None)]
    again = value(metrics.run("coverage", communes([50, 30, 20], sure)), scale="commune", measure="people")
    assert (again.low, again.value, again.high) == pytest.approx((0.5, 0.5, 0.8))
    assert people.value == 0.5


def test_an_unknown_population_is_bounded_by_the_territory_around() -> None:
    rows = [(0, 0, "declined", None)]
    people = value(metrics.run("coverage", communes([50, 30, None], rows, population=100)), scale="commune", measure="people")
    assert (people.low, people.value, people.high) == pytest.approx((0.5, 50 / 80, 50 / 80))
    free = value(metrics.run("coverage", communes([50, 30, None], rows)), scale="commune", measure="people")
    assert (free.low, free.value) == (0.0, 50 / 80)  # no limit is known
    covered = value(metrics.run("coverage", communes([None, 30], rows, population=100)), scale="commune", measure="people")
    assert (covered.low, covered.value, covered.high) == pytest.approx((0.0, 0.0, 0.7))


def test_coverage_nobody_states_is_unknown_not_zero() -> None:
    base = communes([10, 10], [])
    nodes = [replace(node, properties={"name": "P"}) if node.label == "Project" else node for node in base.nodes]
    for network in (Network.of(nodes, base.links), Network.of([n for n in nodes if n.label != "Project"], base.links)):
        share = value(metrics.run("coverage", network), scale="commune", measure="share")
        assert share.value is None
        assert "aucune fiche ne dit" in share.explanation.fr
    told = value(metrics.run("coverage", Network.of(nodes, base.links)), scale="commune", measure="share")
    assert (told.low, told.high) == (0.0, 1.0)
    assert value(metrics.run("coverage", base), scale="commune", measure="share").value == 0  # all say that they are not declined


def test_no_commune_has_no_coverage() -> None:
    result = metrics.run("coverage", communes([], []))
    share = value(result, scale="commune", measure="share")
    assert share.value is None
    assert "aucun territoire" in share.explanation.fr


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.one_of(st.none(), st.integers(0, 100)), min_size=1, max_size=4),
    st.lists(
        st.tuples(st.integers(0, 2), st.integers(0, 3), st.sampled_from(["declined", "not_declined", "unknown"])), max_size=6
    ),
)
def test_coverage_bounds_hold_and_hold_when_the_unknown_is_told(
    people: list[int | None], rows: list[tuple[int, int, str]]
) -> None:
    told = {(p, c): status for p, c, status in rows if c < len(people)}
    asked = [(p, c, status, None) for (p, c), status in told.items()]
    share, inhabitants = (
        value(metrics.run("coverage", communes(people, asked)), scale="commune", measure=name) for name in ("share", "people")
    )
    for found in (share, inhabitants):
        if found.value is not None:
            assert found.low is not None
            assert found.high is not None
            assert found.low - 1e-12 <= found.value <= found.high + 1e-12
    for turned in ("declined", "not_declined"):
        known = [(p, c, turned if status == "unknown" else status, None) for p, c, status, _ in asked]
        filled = [50 if size is None else size for size in people]
        after = [value(metrics.run("coverage", communes(filled, known)), scale="commune", measure=n) for n in ("share", "people")]
        for before, now in zip((share, inhabitants), after, strict=True):
            if now.value is not None and before.low is not None and before.high is not None:
                assert before.low - 1e-12 <= now.value <= before.high + 1e-12
