"""Bounds by worst and best case, and metrics computed again with the unknown off and on."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pacte_graph import metrics
from pacte_graph.errors import MetricUndefined
from pacte_graph.metrics import Metric, MetricResult
from pacte_graph.metrics.sureness.bounds import Interval, bounded, count, ratio, unknown_links, variants
from pacte_graph.network import Link, Network, Node

SENSES = st.sampled_from(["pulls", "mutual", "unspecified", None])
ROLES = st.sampled_from(["lead", "partner", None])


def network(links: dict[tuple[int, int], str | None], roles: dict[tuple[int, int], str | None]) -> Network:
    nodes = [Node(f"p{n}", "Project", {"name": f"P{n}"}) for n in range(3)]
    nodes += [Node(f"a{n}", "Actor", {"name": f"A{n}", "kind": "state"}) for n in range(3)]
    made = [
        Link("LINKED_TO", f"p{a}", f"p{b}", "", {"intensity": 2, **({"sense": sense} if sense else {})})
        for (a, b), sense in links.items()
    ]
    made += [Link("TAKES_PART_IN", f"a{a}", f"p{p}", "", {"role": role} if role else {}) for (a, p), role in roles.items()]
    return Network.of(nodes, made, programme={"name": "N"})


PAIRS = st.tuples(st.integers(0, 2), st.integers(0, 2))


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 20), st.integers(0, 20), st.integers(0, 20), st.fractions(0, 1))
def test_ratio_bounds_hold_and_verdicts_never_flip(yes: int, unknown: int, no: int, target: Any) -> None:
    total = yes + unknown + no
    found = ratio(yes, unknown, total)
    if not total:
        assert found == Interval(None, None, None)
        assert found.verdict(0.5) is None
        return
    assert found.low is not None
    assert found.high is not None
    if found.known is not None:
        assert found.low <= found.known <= found.high
    assert found.sure == (unknown == 0)
    for turned in range(unknown + 1):
        after = ratio(yes + turned, 0, total)
        assert found.low <= (after.known or 0) <= found.high
        assert found.verdict(float(target)) in {None, after.verdict(float(target))}
    assert count(yes, unknown) == Interval(yes, yes, yes + unknown)


@settings(max_examples=15, deadline=None)
@given(st.dictionaries(PAIRS, SENSES, max_size=4), st.dictionaries(PAIRS, ROLES, max_size=4))
@pytest.mark.parametrize("name", ["influence", "linkages", "degree", "pull_by_type", "dialogue"])
def test_forks_hold_the_value_and_close_when_all_is_known(
    name: str, links: dict[tuple[int, int], str | None], roles: dict[tuple[int, int], str | None]
) -> None:
    given_ = network(links, roles)
    before, found = metrics.run(name, given_), bounded(metrics.show(name), given_)
    nothing = not any(unknown_links(given_).as_dict().values())
    assert len(found.values) == len(before.values)
    for first, value in zip(before.values, found.values, strict=True):
        assert (first.id, first.dimension, first.value) == (value.id, value.dimension, value.value)
        if isinstance(value.value, float | int):
            assert value.low is not None
            assert value.high is not None
            assert value.low <= value.value <= value.high
            if nothing and first.low is None:
                assert value.low == value.high == value.value


def test_unknown_links_are_those_that_leave_something_open() -> None:
    given_ = network({(0, 1): "pulls", (1, 2): None, (2, 0): "unspecified"}, {(0, 0): None, (1, 1): "lead"})
    assert unknown_links(given_).as_dict() == {
        "links_without_direction": 2,
        "links_without_intensity": 0,
        "participations_without_role": 1,
    }
    assert len(list(variants(given_))) == 4


def test_a_link_of_unknown_direction_off_and_on() -> None:
    given_ = network({(0, 1): None}, {})
    raw = {"normalisation": "none", "theta": 0.5}
    values = {value.id: value for value in bounded(metrics.show("influence"), given_, raw).values}
    # as it is: half of 2 both ways, times θ; off: 0; on: 2 both ways
    assert (values["p0"].low, values["p0"].value, values["p0"].high) == (0.0, 0.5, 1.0)
    assert (values["p1"].low, values["p1"].value, values["p1"].high) == (0.0, 0.5, 1.0)
    assert (values["p2"].low, values["p2"].high) == (0.0, 0.0)


def test_a_role_unknown_changes_size_from_none_to_one() -> None:
    given_ = network({}, {(0, 0): None, (1, 0): "lead"})
    values = {value.id: value for value in bounded(metrics.show("degree"), given_).values}
    assert (values["p0"].low, values["p0"].value, values["p0"].high) == (1, 2, 2)
    assert (values["a1"].low, values["a1"].high) == (1, 1)


def test_a_refused_variant_is_counted_not_hidden() -> None:
    given_ = network({(0, 1): None, (1, 0): None}, {})

    def refuse(one: Network, parameters: Any) -> MetricResult:
        if not one.links_of("LINKED_TO"):
            raise MetricUndefined("no link")
        return metrics.run("degree", one, parameters)

    known = metrics.show("degree")
    fragile = Metric(**{name: getattr(known, name) for name in known.__slots__} | {"function": refuse})
    found = bounded(fragile, given_)
    assert (found.details["refused"], found.details["variants"]) == (1, 1)
    assert found.unknown["links_without_direction"] == 2
