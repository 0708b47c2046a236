"""Linkages and projections against published tables and other software (the folder beside the project; skipped where it is missing)."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse

from pacte_graph.errors import MetricUndefined
from pacte_graph.metrics.cooperation.projection import projection
from pacte_graph.metrics.pull.effects import emitted, received, total_effects
from pacte_graph.metrics.pull.linkages import linkages, quadrant
from pacte_graph.metrics.scheme.dolls import nodf
from pacte_graph.network.views import Incidence
from tests.metrics.oracles import load

# Miller & Blair 2009, §2.3: A and the printed L, here so that a clone alone proves the convention
MILLER_BLAIR = ([[0.15, 0.25], [0.2, 0.05]], [[1.2541, 0.3300], [0.2640, 1.1221]])
QUADRANTS = {"moteur": "driver", "cle": "relay", "autonome": "autonomous", "entraine": "driven"}


def test_printed_leontief_inverse() -> None:
    coefficients, printed = MILLER_BLAIR
    effects = total_effects(sparse.csr_array(np.array(coefficients).T))  # row pulls: the transpose of an input–output table
    assert effects.T == pytest.approx(np.array(printed), abs=5e-5)


@pytest.mark.parametrize("name", ["io_germany1995_oracle.json", "io_millerblair2_oracle.json"])
def test_input_output_tables(name: str) -> None:
    told = load(name)
    matrix = sparse.csr_array(np.array(told["A"]).T)
    found = linkages(matrix)
    for vector, key in (
        (found.drive, "rasmussen_power"),
        (found.dependence, "rasmussen_sensitivity"),
        (found.spread, "rasmussen_cv_power"),
    ):
        assert vector == pytest.approx(told[key], abs=1e-9)
    assert emitted(matrix) == pytest.approx(told["backward_total_colsum_L"], abs=1e-9)
    assert received(matrix) == pytest.approx(told["sensitivity_rowsum_L"], abs=1e-9)
    assert total_effects(matrix).T == pytest.approx(np.array(told["L"]), abs=1e-9)
    assert found.drive is not None
    assert found.dependence is not None
    read = [quadrant(mu, delta).en for mu, delta in zip(found.drive, found.dependence, strict=True)]
    wanted = [QUADRANTS[key] for key in told["key"]]
    assert all(one in {other, "middle of the pack"} for one, other in zip(read, wanted, strict=True))


def test_published_backward_linkages() -> None:
    told = load("io_germany1995_oracle.json")
    assert emitted(sparse.csr_array(np.array(told["A"]).T)) == pytest.approx(told["published_backward"], abs=5e-5)


def test_other_software_agrees() -> None:
    told, other = load("io_germany1995_oracle.json"), load("io_germany1995_ioanalysis.json")
    found = linkages(sparse.csr_array(np.array(told["A"]).T))
    assert found.drive == pytest.approx([row["BL.tot"] for row in other["linkages_normalised"]], rel=1e-9)


@pytest.mark.parametrize("weight", ["count", "newman", "resource", "jaccard"])
def test_projection_of_southern_women(weight: str) -> None:
    edges, wanted = load("davis_edges.csv"), load("davis_projection_oracle.csv")
    women, events = (tuple(sorted({row[key] for row in edges})) for key in ("woman", "event"))
    places = ([events.index(row["event"]) for row in edges], [women.index(row["woman"]) for row in edges])
    matrix = sparse.csr_array((np.ones(len(edges)), places), shape=(len(events), len(women)))
    found = projection(Incidence(events, women, matrix, {}), weight)
    assert found.nnz == 2 * len(wanted)
    for row in wanted:
        assert found[women.index(row["u"]), women.index(row["v"])] == pytest.approx(float(row[weight]), abs=1e-9)


def test_divergence_is_refused_and_names_the_component() -> None:
    """Beyond 1/ρ a solver still returns numbers (as nx.katz_centrality_numpy does): a refusal, never a wrong number."""
    matrix = sparse.csr_array(np.array([[0, 1.1, 0], [1.0, 0, 0], [0.5, 0, 0]]))
    with pytest.raises(MetricUndefined, match=r"1\.049.*Alpha, Beta"):
        linkages(matrix, names=("Alpha", "Beta", "Gamma"))


def test_rebounds_that_hardly_fade_are_refused() -> None:
    """Just below ρ = 1 the series needs more rounds than are summed: a refusal, not the part that was summed."""
    with pytest.raises(MetricUndefined, match="rounds"):
        emitted(sparse.csr_array([[0.0, 0.9999], [0.9999, 0.0]]))


@pytest.mark.parametrize("which", ["published", "perfect", "anti"])
def test_nestedness_of_published_matrices(which: str) -> None:
    told = load("nodf_oracle.json")
    one = told if which == "published" else told[which]
    found, wanted = nodf(one["M"]), one["statistic"]
    assert (found["nodf"], found["rows"], found["columns"]) == pytest.approx(
        (wanted["NODF"], wanted["N.rows"], wanted["N.columns"]), abs=1e-9
    )


def test_forward_linkages_by_ghosh_and_a_misprint() -> None:
    """Forward linkages are row sums of Ghosh's inverse. The published 1.6691 of manufacturing has two digits swapped: 1.6910."""
    told = load("io_germany1995_oracle.json")
    shares = np.array(told["Z"]) / np.array(told["output"])[:, None]  # b_ij = z_ij / x_i
    forward = emitted(sparse.csr_array(shares))
    assert forward == pytest.approx(np.array(told["forward_total_rowsum_Ghosh"]), abs=1e-9)
    assert forward / forward.mean() == pytest.approx(np.array(told["ghosh_forward_normalised"]), abs=1e-9)
    published = np.array(told["published_forward_ghosh"])
    assert published[1] == 1.6691
    assert forward[1] == pytest.approx(1.6910, abs=5e-5)
    assert np.delete(forward, 1) == pytest.approx(np.delete(published, 1), abs=5e-5)


def test_the_spread_is_taken_along_the_row() -> None:
    """Coefficient of variation of manufacturing: 1.8070 (Rasmussen); R leontief 0.4 sums along the wrong side and gives 1.6879."""
    told = load("io_germany1995_oracle.json")
    found = linkages(sparse.csr_array(np.array(told["A"]).T)).spread
    assert found is not None
    assert found[1] == pytest.approx(1.8070, abs=5e-5)
