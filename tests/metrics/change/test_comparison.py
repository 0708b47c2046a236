"""Any metric at two dates: values as each date gives them, the split of a change, what may not be compared as it is."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pytest

from pacte_graph import metrics
from pacte_graph.errors import UsageError
from pacte_graph.metrics.change.comparison import Comparison, Row, compare
from pacte_graph.metrics.change.snapshots import among, at, present
from pacte_graph.metrics.pull.influence import influence, spectral_radius
from pacte_graph.network import Link, Network, Node

BEFORE, MIDDLE, AFTER = dt.date(2030, 1, 1), dt.date(2030, 6, 1), dt.date(2031, 1, 1)
SINGLE = [name for name, metric in metrics.REGISTRY.items() if not metric.all_dates]


def link(actor: str, project: str, role: str = "partner", **told: Any) -> Link:
    return Link("TAKES_PART_IN", actor, project, role, {"role": role, **told})


def scheme() -> Network:
    """Return p (a leads, b leaves, c comes), q that starts in between (c leads, d, undated), both declined or not."""
    nodes = [
        Node("p", "Project", {"name": "P", "declination": "declined"}),
        Node("q", "Project", {"name": "Q", "since": MIDDLE, "declination": "not_declined"}),
        *(
            Node(name, "Actor", {"name": name.upper(), "kind": kind})
            for name, kind in zip("abcd", ("company", "state") * 2, strict=True)
        ),
    ]
    links = [
        link("a", "p", "lead"),
        link("b", "p", until=MIDDLE),
        link("c", "p", since=MIDDLE),
        link("c", "q", "lead"),
        link("d", "q"),
    ]
    links.append(Link("LINKED_TO", "p", "q", "", {"sense": "pulls", "intensity": 2, "since": MIDDLE}))
    return Network.of(nodes, links, programme={"name": "N", "reference_dates": ["2030-01-01", "2031-01-01"]})


def row(found: Comparison, identifier: str | None, **dimension: str | int) -> Row:
    return next(one for one in found.rows if one.id == identifier and dict(one.dimension) == dimension)


@pytest.mark.parametrize("name", [name for name in SINGLE if name != "linkages"])
def test_values_are_those_of_each_date_and_parts_add_up(name: str) -> None:
    network = scheme()
    found = compare(name, network)
    assert found.undefined is None
    for day, side in ((BEFORE, "before"), (AFTER, "after")):
        wanted = {
            (v.id, v.label, v.type, str(sorted(v.dimension.items()))): v.value for v in metrics.run(name, at(network, day)).values
        }
        got = {(r.id, r.label, r.type, str(sorted(r.dimension.items()))): getattr(r, side) for r in found.rows}
        assert {key: told for key, told in got.items() if told is not None} == {k: v for k, v in wanted.items() if v is not None}
    common = present(network, BEFORE) & present(network, AFTER)
    sides = [
        {
            (v.label, str(sorted(v.dimension.items()))): v.value
            for v in metrics.run(name, among(at(network, day), common)).values
            if v.id is None
        }
        for day in (BEFORE, AFTER)
    ]
    for one in found.rows:
        said = found.explanation(one)
        assert "[N, toutes dates confondues ; du 01/01/2030 au 01/01/2031]" in said.fr
        if one.rewiring is not None:
            key = (one.label, str(sorted(one.dimension.items())))
            assert one.rewiring == pytest.approx(sides[1][key] - sides[0][key])
            assert one.composition + one.rewiring == pytest.approx(one.difference)
            assert one.id is None


def test_who_is_new_and_who_is_tied_anew() -> None:
    found = compare("cohesion", scheme())
    assert [node.id for node in found.entered] == ["q", "c", "d"]
    assert [node.id for node in found.left] == ["b"]
    assert found.sentence.fr.startswith("Depuis 2030, 0 coopération sur 1 a duré, 2 sont nouvelles dont 2 avec des entrants. [N")
    told = found.as_dict()
    assert told["links"]["cooperations"] == {"kept": 0, "born": 2, "died": 1}
    assert (told["before"], told["after"], told["stayed"]) == ("2030-01-01", "2031-01-01", 2)
    assert {"fr", "en"} == set(told["rows"][0]["explanation"])


def test_a_share_that_changes_by_entrants_alone() -> None:
    every, there = (compare("declination", scheme(), present_only=only) for only in (False, True))
    assert row(every, None, definition="any").difference == 0
    # P alone is there before: 1 of 1; P and Q after: 1 of 2; among those that stay nothing moves
    one = row(there, None, definition="any")
    assert (one.before, one.after, one.rewiring, one.composition) == (1, 0.5, 0, -0.5)
    assert "dont −0,50 par les entrées et sorties et 0 entre ceux qui sont restés" in there.explanation(one).fr


def test_undated_participations_are_said() -> None:
    # c and d are in q at all dates by their own dates, though q has not begun
    found = compare("degree", scheme())
    assert (row(found, "q").before, row(found, "q").after) == (2, 2)
    assert any("2 participations sans date comptent" in note.fr for note in found.notes)
    there = compare("degree", scheme(), present_only=True)
    assert (row(there, "q").before, row(there, "q").after) == (None, 2)
    assert row(there, "q").difference is None
    assert there.notes == ()


def test_drive_is_compared_by_plain_sums() -> None:
    network = scheme()
    found = compare("linkages", network)
    totals = compare("total_effect", network)
    assert "rapportées à la moyenne" in found.notes[0].fr
    for name in "pqabcd":
        one, other = row(found, name, axis="drive"), row(totals, name)
        assert (one.before, one.after) == (pytest.approx(other.before), pytest.approx(other.after))
    relative = {v.id: v.value for v in metrics.run("linkages", at(network, BEFORE)).values if v.dimension["axis"] == "drive"}
    assert relative["a"] != pytest.approx(row(found, "a", axis="drive").before)


@pytest.mark.parametrize("name", ["influence", "total_effect", "linkages"])
def test_the_constant_of_the_first_date_is_frozen(name: str) -> None:
    network = scheme()
    found = compare(name, network, parameters={"normalisation": "global"})
    assert any("première date" in note.fr for note in found.notes)
    first, last = (influence(at(network, day)) for day in (BEFORE, AFTER))
    alpha = 0.5 / spectral_radius(first.matrix)[0]
    matrix = alpha * last.matrix.toarray()
    sums = matrix.sum(axis=1) if name == "influence" else np.linalg.inv(np.eye(len(matrix)) - matrix).sum(axis=1) - 1
    told = {"axis": "drive"} if name == "linkages" else {}
    got = [row(found, identifier, **told).after for identifier in last.ids]
    assert got == pytest.approx(sums.tolist())
    naive = {
        v.id: v.value
        for v in metrics.run(name, at(network, AFTER), {"normalisation": "global"}).values
        if dict(v.dimension) == told
    }
    assert [naive[identifier] for identifier in last.ids] != pytest.approx(sums.tolist())


def test_numbers_of_communities_are_not_subtracted() -> None:
    found = compare("communities", scheme())
    numbers = [one for one in found.rows if one.dimension.get("measure") == "community"]
    assert numbers
    assert {one.difference for one in numbers} == {None}
    both = [one for one in numbers if one.before is not None and one.after is not None]
    assert all("ne se comparent pas" in found.explanation(one).fr for one in both)
    assert any("numérotées" in note.fr for note in found.notes)


@pytest.mark.parametrize("name", SINGLE)
def test_a_date_against_itself_changes_nothing(name: str) -> None:
    found = compare(name, scheme(), AFTER, AFTER, present_only=True)
    assert {one.difference for one in found.rows} <= {0, None}
    assert {one.rewiring for one in found.rows} <= {0, None}
    assert found.entered == found.left == ()


def test_refusals() -> None:
    with pytest.raises(UsageError, match="already compares"):
        compare("change", scheme())
    with pytest.raises(UsageError, match="no two reference dates"):
        compare("degree", Network.of([], []))
    with pytest.raises(UsageError, match="that of one date"):
        compare("degree", at(scheme(), BEFORE), BEFORE, AFTER)
    with pytest.raises(UsageError, match="theta"):
        compare("linkages", scheme(), parameters={"theta": 7})


def test_a_metric_without_meaning_says_so() -> None:
    network = scheme()
    strong = [Link("LINKED_TO", one, other, "", {"sense": "pulls", "intensity": 3}) for one, other in (("p", "q"), ("q", "p"))]
    found = compare("linkages", Network.of(network.nodes, [*network.links[1:], *strong], programme=network.programme), parameters={"normalisation": "none"})  # fmt: skip
    assert found.rows == ()
    assert found.undefined is not None
    assert "Non défini" in found.undefined.fr


def test_an_empty_network() -> None:
    found = compare("degree", Network.of([], []), BEFORE, AFTER)
    assert found.rows == ()
    assert found.sentence.fr.startswith("Depuis 2030, aucune coopération n'existait alors, aucune n'est nouvelle.")
