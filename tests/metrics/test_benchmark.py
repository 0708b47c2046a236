"""The parts of ``python -m benchmarks metrics``, on a network small enough for a test."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import beside_peers, metrics, snapshots, synthetic, views
from pacte_graph.network import Network


@pytest.fixture(scope="module")
def small() -> Network:
    return synthetic.network(30, 40, 120)


def test_the_time_grows_by_the_power_it_was_made_with() -> None:
    assert metrics.slope([10, 20, 40, 80], [7 * n**1.5 for n in (10, 20, 40, 80)]) == pytest.approx(1.5)


def test_only_the_shared_views_are_kept_from_one_repeat_to_the_next(small: Network) -> None:
    kept = views.share(small)
    metrics.REGISTRY["betweenness"].run(small)
    assert len(small.__dict__["_views"]) > len(kept)
    views.keep(small, kept)
    assert small.__dict__["_views"] == kept


def test_each_metric_has_its_time_and_says_what_it_refuses(small: Network) -> None:
    assert [name for name, taken, _ in metrics.once(small) if taken > 0] == list(metrics.REGISTRY)


def test_peers_measure_the_same_thing(small: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    works = beside_peers.common(small)
    wanted = ("projection", "constraint", "core", "articulation", "eigenvector", "harmonic", "assortativity", "katz", "steps")
    chosen = {name: works[name] for name in wanted}
    monkeypatch.setattr(beside_peers, "common", lambda network: chosen)
    rows = list(beside_peers.against_peers(small, libraries=("networkx",)))
    told = [row for row in rows if ", networkx:" in row]
    assert len(told) == len(chosen)
    assert all("told the same" in row for row in told), told
    assert f"the {len(chosen)} it can finish" in rows[-1]


def test_what_networkx_was_stopped_at_counts_as_the_limit_and_what_it_has_no_memory_for_does_not() -> None:
    whole = [(1.0, beside_peers.Taken(10.0, 5, 0.0)), (1.0, "can't finish in 60 s"), (1.0, "can't finish in 8 GB")]
    told = list(beside_peers._against_networkx(whole, 60.0))
    assert [row.rpartition("ratio ")[2] for row in told[:2]] == ["10", "35"]
    assert told[2] == "networkx over ours: 1 more have no figure from it"


def test_a_peer_that_is_stopped_is_said(small: Network, tmp_path: Path) -> None:
    views.share(small)
    beside_peers.hand_over(small, tmp_path / "network.npz")
    assert beside_peers.peer("networkx", "core", tmp_path / "network.npz", limit=0.01) == "can't finish in 0 s"
    assert "failed" in str(beside_peers.peer("networkx", "nothing of that name", tmp_path / "network.npz"))


def test_a_peer_that_is_not_installed_is_said(small: Network, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beside_peers, "PEERS", tmp_path)
    views.share(small)
    beside_peers.hand_over(small, tmp_path / "network.npz")
    assert beside_peers.peer("igraph", "core", tmp_path / "network.npz") == "left out, not installed (make bench)"


def test_the_fictitious_case_is_read_without_a_database() -> None:
    network = snapshots.fictitious()
    assert (len(network.nodes_of("Project")), len(network.nodes_of("Actor"))) == (20, 64)
    assert network.fictitious
    assert network.milestones
    assert {link.type for link in network.links} >= {"TAKES_PART_IN", "WITHIN", "LINKED_TO", "APPLIES_IN"}
