"""Every metric on the mini scheme, against values computed elsewhere (tests/data/README.md)."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from pacte_graph import metrics
from pacte_graph.metrics.pull.effects import rounds
from pacte_graph.metrics.pull.influence import influence, normalised, spectral_radius
from pacte_graph.metrics.pull.linkages import linkages
from pacte_graph.metrics.scheme.declination import rate, states
from pacte_graph.metrics.scheme.dolls import closure, nodf
from pacte_graph.network import Network
from pacte_graph.network.views import nesting

SCALES = {
    "metropole": "metropolis",
    "agglo": "agglomeration",
    "reseau_villes": "city_network",
    "bimetropole": "bimetropolitan",
    "region": "region",
}
MODES = {"global": "global", "recus": "received", "emis": "emitted", "sym": "symmetric"}
VERDICTS = {"atteint": "met", "non_atteint": "not_met", "indetermine": "undetermined"}


@pytest.mark.parametrize("scale", SCALES)
def test_declination_at_each_scale(mini: Network, expected: dict[str, Any], scale: str) -> None:
    found, wanted = rate(states(mini), SCALES[scale]), expected["declination"]["per_scale"][scale]
    assert (found.declined, found.total, found.verdict) == (wanted["k"], wanted["N"], VERDICTS[wanted["verdict"]])
    assert [float(x) for x in (found.low, found.known, found.high)] == [wanted["low"], wanted["known"], wanted["high"]]


@pytest.mark.parametrize(("key", "name"), [("any", "all"), ("beyond", "beyond_metropole")])
def test_declination_of_the_scheme(mini: Network, expected: dict[str, Any], key: str, name: str) -> None:
    found, wanted = rate(states(mini), key), expected["declination"][name]
    assert [float(x) for x in (found.low, found.known, found.high)] == [wanted["low"], wanted["known"], wanted["high"]]
    assert found.verdict == "met"


def test_nestedness(mini: Network) -> None:
    told = metrics.run("nesting", mini).details["nodf"]
    assert told == pytest.approx({"nodf": 70.0, "rows": 70.0, "columns": 70.0})


def test_published_nestedness() -> None:
    """Almeida-Neto et al. 2008: the perfect triangle is 100, the anti-diagonal 0."""
    assert nodf([[1, 1, 1], [1, 1, 0], [1, 0, 0]])["nodf"] == 100
    assert nodf([[0, 1], [1, 0]])["nodf"] == 0
    assert nodf([[1, 1]])["nodf"] is None


def test_closure(mini: Network, expected: dict[str, Any]) -> None:
    above, wanted = closure(nesting(mini)), expected["territory_closure"]
    for child, row in zip(wanted["order"], wanted["reach"], strict=True):
        assert above[child] == {parent for parent, inside in zip(wanted["order"], row, strict=True) if inside}


def test_influence_matrix(mini: Network, expected: dict[str, Any]) -> None:
    found, wanted = influence(mini), expected["linkages"]
    places = [found.ids.index(name) for name in wanted["ids"]]
    assert found.matrix.toarray()[np.ix_(places, places)].tolist() == wanted["W"]


@pytest.mark.parametrize("mode", MODES)
def test_linkages(mini: Network, expected: dict[str, Any], mode: str) -> None:
    w, wanted = influence(mini), expected["linkages"]["modes"][mode]
    matrix = normalised(w.matrix, MODES[mode], 0.5)
    found = linkages(matrix)
    assert spectral_radius(matrix)[0] == pytest.approx(wanted["rho"], abs=1e-9)
    for vector, name in ((found.drive, "motricite"), (found.dependence, "dependance"), (found.spread, "cv_motricite")):
        assert vector is not None
        assert dict(zip(w.ids, vector.tolist(), strict=True)) == pytest.approx(wanted[name], abs=1e-9)
    assert rounds(matrix) == pytest.approx(wanted["rounds"], abs=1e-9)


@pytest.mark.parametrize("mode", MODES)
def test_pull_by_type(mini: Network, expected: dict[str, Any], mode: str) -> None:
    wanted = expected["linkages"]["modes"][mode]
    told = metrics.run("pull_by_type", mini, {"normalisation": MODES[mode]}).details["rows"]
    found = {(row["id"], row["kind"]): (row["total"], row["direct"]) for row in told}
    for total, direct in zip(wanted["total_on_types"], wanted["direct_on_types"], strict=True):
        for kind in total.keys() - {"_row"}:
            assert found[total["_row"], kind] == pytest.approx((total[kind], direct[kind]), abs=1e-9)


def test_shares_flatten_one_axis(mini: Network) -> None:
    """Emitted shares give every non-isolated node one drive, received shares one dependence: the trap of both normalisations."""
    w = influence(mini).matrix
    connected = np.asarray(w.sum(axis=1)).ravel() > 0
    emitted, received = (linkages(normalised(w, name, 0.5)) for name in ("emitted", "received"))
    assert emitted.drive is not None
    assert received.dependence is not None
    assert emitted.drive[connected] == pytest.approx(1.021277, abs=1e-6)
    assert received.dependence[connected] == pytest.approx(1.021277, abs=1e-6)
