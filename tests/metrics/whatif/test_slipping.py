"""Delays along declared links: who slips for sure, who might, by how much, and who doesn't."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pacte_graph.errors import UnknownName, UsageError
from pacte_graph.metrics.whatif import Slip, delayed, slips
from pacte_graph.metrics.whatif.dates import period, shifted
from pacte_graph.network import Link, Milestone, Network, Node, Scope

D = dt.date


def network(*links: tuple[str, str, str | None], states: dict[str, str] | None = None, day: dt.date | None = None) -> Network:
    """Four projects, each with a milestone in March, June, September and December 2030 of its own month."""
    nodes = [
        Node(name, "Project", {"name": name.upper(), "since": D(2029, 1, 1), "until": D(2031, 1, 31),
                               **({"state": states[name]} if states and name in states else {})})
        for name in ("a", "b", "c", "d")
    ]  # fmt: skip
    ends = {"a": (3, 31), "b": (6, 30), "c": (9, 30), "d": (12, 31)}
    steps = [
        Milestone(f"m{name}", name, f"Step of {name}", D(2030, month, 1), D(2030, month, last))
        for name, (month, last) in ends.items()
    ]
    ties = [Link("LINKED_TO", source, target, "", {"sense": sense} if sense else {}) for source, target, sense in links]
    return Network.of(nodes, ties, milestones=steps, scope=Scope("programme:x", day))


def told(found: tuple[Slip, ...]) -> dict[str, tuple[int, bool, tuple[str, ...]]]:
    assert len({(slip.milestone.id, slip.sure) for slip in found}) == len(found)
    return {slip.milestone.id: (slip.months, slip.sure, slip.via) for slip in found}


def test_senses() -> None:
    found = told(slips(network(("a", "b", "pulls"), ("c", "b", "depends_on"), ("d", "c", "mutual")), {"a": 2}))
    assert found == {
        "ma": (2, True, ("a",)), "mb": (2, True, ("a", "b")), "mc": (2, True, ("a", "b", "c")), "md": (2, True, ("a", "b", "c", "d")),
    }  # fmt: skip
    against = slips(network(("b", "a", "pulls"), ("a", "c", "depends_on")), {"a": 2})
    assert told(against) == {"ma": (2, True, ("a",))}


@pytest.mark.parametrize("sense", [None, "unspecified"])
def test_a_direction_nobody_stated_is_only_possible(sense: str | None) -> None:
    found = slips(network(("b", "a", sense), ("b", "c", "pulls")), {"a": 6})
    assert told(found) == {"ma": (6, True, ("a",)), "mb": (6, False, ("a", "b")), "mc": (6, False, ("a", "b", "c"))}
    assert "pourrait glisser" in found[1].explanation.fr
    assert "le sens d'un lien n'est pas précisé" in found[1].explanation.fr
    assert "might slip" in found[1].explanation.en


def test_new_dates_keep_their_precision() -> None:
    (first, second) = slips(network(("a", "b", "pulls")), {"a": 2})
    assert (first.date_from, first.date_to) == (D(2030, 5, 1), D(2030, 5, 31))
    assert first.as_dict()["after"] == {"from": "2030-05-01", "to": "2030-05-31", "fr": "mai 2030", "en": "May 2030"}
    assert second.as_dict()["before"]["fr"] == "juin 2030"
    assert "juin 2030 → août 2030, 2 mois plus tard) par « A » → « B »" in second.explanation.fr


def test_what_is_over_before_the_delay_begins_stays() -> None:
    found = slips(network(("c", "b", "pulls"), ("c", "d", "pulls")), {"c": 1})
    assert told(found).keys() == {"mc", "md"}  # June is over when September slips
    later = slips(network(("c", "d", "pulls"), ("a", "b", "pulls"), day=D(2030, 7, 1)), {"a": 1, "c": 1})
    assert told(later).keys() == {"mc", "md"}  # March and June are past


def test_done_and_dropped_projects_stop_it() -> None:
    links = (("a", "b", "pulls"), ("b", "c", "pulls"))
    assert told(slips(network(*links, states={"b": "done"}), {"a": 3})).keys() == {"ma"}
    assert told(slips(network(*links, states={"b": "planned"}), {"a": 3})).keys() == {"ma", "mb", "mc"}


def test_the_longest_delay_counts_and_a_longer_possible_one_is_told_apart() -> None:
    links = (("a", "c", "pulls"), ("b", "c", "pulls"))
    assert told(slips(network(*links), {"a": 2, "b": 5}))["mc"] == (5, True, ("b", "c"))
    both = [slip for slip in slips(network(("a", "c", "pulls"), ("b", "c", None)), {"a": 2, "b": 5}) if slip.milestone.id == "mc"]
    assert [(slip.months, slip.sure) for slip in both] == [(2, True), (5, False)]


def test_a_cycle_ends() -> None:
    assert len(slips(network(("a", "b", "mutual"), ("b", "c", "mutual"), ("c", "a", "mutual")), {"b": 1})) == 2


def test_undated_milestones() -> None:
    base = network(("a", "b", "pulls"))
    undated = Network.of(
        base.nodes, base.links, milestones=[*base.milestones, Milestone("m?", "b", "Some day", date_text="un jour")]
    )
    found = {slip.milestone.id: slip for slip in slips(undated, {"a": 4})}
    assert found["mb"].sure
    assert not found["m?"].sure
    assert (found["m?"].date_from, found["m?"].date_to) == (None, None)
    assert "le jalon n'a pas de date" in found["m?"].explanation.fr


def test_delayed_moves_dates_and_sure_milestones_only() -> None:
    base = network(("a", "b", "pulls"), ("a", "c", None), states={"a": "running"})
    after = delayed(base, {"a": 2})
    assert after.by_id["a"].properties["until"] == D(2031, 3, 31)
    assert after.by_id["a"].properties["since"] == D(2029, 1, 1)  # it has started
    assert {step.id: step.date_from for step in after.milestones if step.id != "md"} == {
        "ma": D(2030, 5, 1), "mb": D(2030, 8, 1), "mc": D(2030, 9, 1),
    }  # fmt: skip
    assert base.by_id["a"].properties["until"] == D(2031, 1, 31)
    planned = delayed(network(states={"a": "planned"}), {"a": 12})
    assert planned.by_id["a"].properties["since"] == D(2030, 1, 1)
    assert delayed(base, {}) is base


@pytest.mark.parametrize("months", [0, -3, 601, 2.5, True])
def test_what_is_no_delay(months: int) -> None:
    with pytest.raises(UsageError, match="whole number from 1"):
        slips(network(), {"a": months})


def test_names() -> None:
    with pytest.raises(UnknownName, match="nobody"):
        slips(network(), {"nobody": 1})
    actor = Network.of([Node("x", "Actor", {"name": "X"})], [])
    with pytest.raises(UsageError, match="not a project"):
        delayed(actor, {"x": 1})


@settings(max_examples=40, deadline=None)
@given(st.dates(D(1990, 1, 1), D(2090, 1, 1)), st.integers(1, 600), st.integers(1, 600))
def test_months_add_up(day: dt.date, first: int, second: int) -> None:
    after = shifted(day, first)
    assert after > day
    assert (after.year * 12 + after.month) - (day.year * 12 + day.month) == first
    if day.day <= 27:
        assert after.day == day.day
        assert shifted(after, second) == shifted(day, first + second)


@pytest.mark.parametrize(
    ("first", "last", "french"),
    [
        (D(2030, 1, 1), D(2030, 12, 31), "2030"),
        (D(2030, 1, 1), D(2031, 12, 31), "2030–2031"),
        (D(2028, 2, 1), D(2028, 2, 29), "février 2028"),
        (D(2030, 10, 1), D(2030, 12, 31), "octobre–décembre 2030"),
        (D(2030, 12, 1), D(2031, 2, 28), "décembre 2030 – février 2031"),
        (D(2030, 6, 21), D(2030, 9, 22), "du 21/06/2030 au 22/09/2030"),
        (D(2030, 6, 21), D(2030, 6, 21), "21/06/2030"),
        (D(2030, 6, 21), None, "à partir du 21/06/2030"),
        (None, D(2030, 6, 21), "au plus tard le 21/06/2030"),
        (None, None, "date inconnue"),
    ],
)
def test_periods(first: dt.date | None, last: dt.date | None, french: str) -> None:
    assert period(first, last).fr == french
