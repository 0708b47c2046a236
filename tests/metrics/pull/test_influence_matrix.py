"""E1 on any network against a slow, plain reading of its definition; what role weights, κ and normalisations must keep."""

from __future__ import annotations

import random
from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from pacte_graph import metrics
from pacte_graph.errors import MetricUndefined, UnknownName, UsageError
from pacte_graph.metrics.pull.convergence import converges, refuse_divergence, spectral_radius
from pacte_graph.metrics.pull.effects import emitted, emitted_for, received, total_effects
from pacte_graph.metrics.pull.influence import ROLE_SETS, influence, normalised
from pacte_graph.metrics.pull.linkages import linkages
from pacte_graph.network import Link, Network, Node
from pacte_graph.network.views import incidence, participations

SETS = {"standard": (3, 2, 2, 1), "flat": (1, 1, 1, 1), "leader": (4, 2, 2, 1)}
NAMED = ("lead", "funder", "partner", "associate")
SCALED = ("global", "received", "emitted", "symmetric")


@st.composite
def networks(draw: st.DrawFn) -> Network:
    projects, actors = draw(st.integers(0, 4)), draw(st.integers(0, 5))
    nodes = [Node(f"p{n}", "Project", {"number": n}) for n in range(projects)]
    nodes += [Node(f"a{n}", "Actor", {"name": f"A{n}"}) for n in range(actors)] + [Node("x", "Person", {"name": "X"})]
    links: dict[Any, Any] = {}
    roles = st.sampled_from([*NAMED, "manager", None])
    amounts = st.sampled_from([None, 0.0, 5.0, -2.0])
    for actor, project, role, key, amount in draw(
        st.lists(st.tuples(st.integers(-1, 4), st.integers(0, 3), roles, st.sampled_from("ab"), amounts))
    ):
        if actor < actors and project < projects:
            told = {name: value for name, value in (("role", role), ("amount", amount)) if value is not None}
            links["TAKES_PART_IN", "x" if actor < 0 else f"a{actor}", f"p{project}", key] = told
    senses = st.sampled_from(["pulls", "depends_on", "mutual", "unspecified", None])
    for one, other, sense, size, key in draw(
        st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3), senses, st.sampled_from([None, 1, 3]), st.sampled_from("ab")))
    ):
        if one < projects and other < projects:
            told = {name: value for name, value in (("sense", sense), ("intensity", size)) if value is not None}
            links["LINKED_TO", f"p{one}", f"p{other}", key] = told
    return Network.of(nodes, [Link(*key, told) for key, told in links.items()], programme={"name": "N"})


def plain(network: Network, kappa: float, roles: str) -> dict[tuple[str, str], float]:
    """W cell by cell, as the catalogue says it."""
    cells: dict[tuple[str, str], float] = {}

    def put(one: str, other: str, weight: float) -> None:
        if one != other and weight > 0:
            cells[one, other] = max(weight, cells.get((one, other), 0.0))

    for link in network.links:
        if link.type == "LINKED_TO":
            weight, sense = float(link.properties.get("intensity") or 1), link.properties.get("sense") or "unspecified"
            half = weight / 2 if sense == "unspecified" else weight
            if sense in {"pulls", "mutual", "unspecified"}:
                put(link.source, link.target, half)
            if sense in {"depends_on", "mutual", "unspecified"}:
                put(link.target, link.source, half)
        elif link.source.startswith("a"):
            role = link.properties.get("role")
            weight = float(SETS[roles][NAMED.index(role)]) if role in NAMED else 1.0
            put(link.target, link.source, weight)
            put(link.source, link.target, kappa * weight)
    return cells


@settings(max_examples=60, deadline=None)
@given(networks(), st.sampled_from([0.0, 0.5, 1.0]), st.sampled_from(list(SETS)), st.randoms(use_true_random=False))
def test_the_matrix_cell_by_cell(network: Network, kappa: float, roles: str, chance: random.Random) -> None:
    nodes, links = list(network.nodes), list(network.links)
    chance.shuffle(nodes)
    chance.shuffle(links)
    found = influence(Network.of(nodes, links), kappa=kappa, roles=roles)
    told = found.matrix.tocoo()
    cells = {(found.ids[i], found.ids[j]): w for i, j, w in zip(*told.coords, told.data, strict=True)}
    assert cells == plain(network, kappa, roles)
    assert found.ids == tuple(sorted(node.id for node in network.nodes if node.label != "Person"))
    assert found.unknown["participations_without_role"] == sum(
        not link.properties.get("role") for link in network.links_of("TAKES_PART_IN") if link.source != "x"
    )


@settings(max_examples=60, deadline=None)
@given(networks())
def test_participations_one_by_one(network: Network) -> None:
    wanted: dict[tuple[str, str], tuple[float, float | None]] = {}
    for link in network.links_of("TAKES_PART_IN"):
        if link.source != "x":
            weight = {"lead": 3.0, "funder": 2.0, "partner": 2.0}.get(link.properties.get("role"), 1.0)
            before = wanted.get((link.target, link.source), (0.0, None))
            known = [value for value in (before[1], link.properties.get("amount")) if value is not None]
            wanted[link.target, link.source] = (max(before[0], weight), sum(known) if known else None)
    assert participations(network) == wanted
    assert list(participations(network)) == sorted(wanted)
    found = incidence(network)
    rows, columns = found.matrix.tocoo().coords
    assert {(found.projects[row], found.actors[column]) for row, column in zip(rows, columns, strict=True)} == set(wanted)
    assert found.matrix.sum() == len(wanted)
    assert found.amounts == {pair: amount for pair, (_, amount) in wanted.items() if amount is not None}


@settings(max_examples=40, deadline=None)
@given(
    networks(),
    st.sampled_from([0.0, 0.5, 1.0]),
    st.sampled_from(list(SETS)),
    st.sampled_from(SCALED),
    st.sampled_from([0.2, 0.8]),
)
def test_under_every_set_of_roles(network: Network, kappa: float, roles: str, how: str, theta: float) -> None:
    """Properties 1 to 4 of the catalogue, with the weights of roles free."""
    found = influence(network, kappa=kappa, roles=roles)
    matrix = normalised(found.matrix, how, theta)
    size = len(found.ids)
    if how != "global":
        assert spectral_radius(matrix)[0] <= theta + 1e-9
    if how == "symmetric" and size:
        assert np.linalg.norm(matrix.toarray(), 2) <= theta + 1e-9
    effects = total_effects(matrix)
    assert (effects >= 0).all()
    assert (effects.diagonal() >= 1 - 1e-12).all()
    told = linkages(matrix)
    if told.drive is not None and told.dependence is not None:
        assert np.mean(told.drive) == pytest.approx(1)
        assert np.mean(told.dependence) == pytest.approx(1)
    again = linkages(normalised(sparse.csr_array(found.matrix * 7.5), how, theta))
    if told.drive is not None:
        assert again.drive == pytest.approx(told.drive, abs=1e-8)
    isolate = Network.of([*network.nodes, Node("zz", "Actor", {"name": "Z"})], network.links)
    wider = influence(isolate, kappa=kappa, roles=roles)
    assert wider.ids[:size] == found.ids
    assert emitted(normalised(wider.matrix, how, theta))[:size] == pytest.approx(emitted(matrix), abs=1e-9)
    sums = np.asarray(matrix.sum(axis=1)).ravel()
    if how == "emitted" and size and (sums > 0).all():  # nobody's links end: one drive for all
        assert emitted(matrix) == pytest.approx(np.full(size, 1 / (1 - theta)), abs=1e-8)
    if how == "received" and size and (np.asarray(matrix.sum(axis=0)) > 0).all():
        assert received(matrix) == pytest.approx(np.full(size, 1 / (1 - theta)), abs=1e-8)


def test_role_sets_by_hand() -> None:
    nodes = [Node("p", "Project", {}), *(Node(name, "Actor", {"name": name}) for name in ("a1", "a2", "a3"))]
    roles = {"a1": "lead", "a2": "funder", "a3": None}
    network = Network.of(
        nodes, [Link("TAKES_PART_IN", name, "p", "", {"role": role} if role else {}) for name, role in roles.items()]
    )
    rows = {name: influence(network, kappa=0.5, roles=name).matrix.toarray()[3].tolist() for name in ROLE_SETS}
    assert rows == {"standard": [3, 2, 1, 0], "flat": [1, 1, 1, 0], "leader": [4, 2, 1, 0]}
    back = influence(network, kappa=0.5, roles="leader").matrix.toarray()[:, 3]
    assert back.tolist() == [2, 1, 0.5, 0]
    assert influence(network, kappa=0.0).matrix.nnz == 3  # no cell of zero is kept


def test_roles_are_a_hypothesis_one_can_see(mini: Network) -> None:
    for name in ("E1", "E2", "E3", "E5"):
        roles = next(item for item in metrics.show(name).parameters if item.name == "roles")
        assert [choice.value for choice in roles.choices] == ["standard", "flat", "leader"]
        standard, flat = (metrics.run(name, mini, {"roles": told}) for told in ("standard", "flat"))
        assert [value.value for value in standard.values] != [value.value for value in flat.values]
        assert "poids : rôles et intensités" in standard.values[0].explanation.fr
        assert "poids : rôles à égalité et intensités" in flat.values[0].explanation.fr
        assert metrics.run(name, mini).values[0] == standard.values[0]
    with pytest.raises(UsageError, match="standard, flat, leader"):
        metrics.run("E3", mini, {"roles": "mine"})
    with pytest.raises(UnknownName, match="mine"):
        influence(mini, roles="mine")


@st.composite
def strengths(draw: st.DrawFn) -> sparse.csr_array:
    size = draw(st.integers(1, 8))
    cells = draw(st.lists(st.sampled_from([0.0, 0.0, 0.0, 0.3, 0.9, 1.0, 1.4]), min_size=size * size, max_size=size * size))
    return sparse.csr_array(np.array(cells).reshape(size, size))


@settings(max_examples=80, deadline=None)
@given(strengths())
def test_spectral_radius_and_its_cheap_proof(matrix: sparse.csr_array) -> None:
    dense, graph = matrix.toarray(), nx.from_scipy_sparse_array(matrix, create_using=nx.DiGraph)
    blocks = [sorted(component) for component in nx.strongly_connected_components(graph)]
    wanted = max(float(np.abs(np.linalg.eigvals(dense[np.ix_(block, block)])).max()) for block in blocks)
    radius, members = spectral_radius(matrix)
    assert radius == pytest.approx(wanted, abs=1e-9)
    if len(members):
        block = matrix.toarray()[np.ix_(members, members)]
        assert np.abs(np.linalg.eigvals(block)).max() == pytest.approx(radius, abs=1e-9)
    if converges(matrix):
        assert wanted < 1
    if wanted < 0.9:
        assert converges(matrix)
    if radius >= 1:
        with pytest.raises(MetricUndefined):
            refuse_divergence(matrix, tuple(map(str, range(matrix.shape[0]))))


def test_a_loop_on_one_node_is_seen() -> None:
    with pytest.raises(MetricUndefined, match=r"1\.200.*Two"):
        refuse_divergence(sparse.csr_array([[0.0, 0.5], [0.0, 1.2]]), ("One", "Two"))


def test_names_are_read_only_to_refuse() -> None:
    class Unread(tuple[str, ...]):
        __slots__ = ()

        def __getitem__(self, place: Any) -> Any:
            raise AssertionError(place)

    refuse_divergence(sparse.csr_array([[0.0, 1.5], [0.1, 0.0]]), Unread(("a", "b")))


@settings(max_examples=40, deadline=None)
@given(
    strengths(),
    st.sampled_from(["received", "emitted", "symmetric"]),
    st.lists(st.sampled_from([0.0, 0.2, 0.5, 0.8, 0.95]), min_size=1),
)
def test_several_rates_at_once(matrix: sparse.csr_array, how: str, thetas: list[float]) -> None:
    base = normalised(matrix, how, 1.0)
    weights = np.arange(2 * matrix.shape[0], dtype=float).reshape(-1, 2)
    for given_, found in ((None, emitted_for(base, thetas)), (weights, emitted_for(base, thetas, weights))):
        for place, theta in enumerate(thetas):
            assert found[place] == pytest.approx(emitted(normalised(matrix, how, theta), given_), abs=1e-9)


def test_several_rates_that_do_not_fade_are_refused() -> None:
    with pytest.raises(MetricUndefined, match="rounds"):
        emitted_for(sparse.csr_array([[0.0, 1.0], [1.0, 0.0]]), [0.5, 0.99999])


def test_kappa_cancels_out_where_projects_declare_no_link() -> None:
    """Under N3 a two-mode network has the same shares for any κ > 0: κ multiplies a tie and both of its totals."""
    nodes = [Node(name, "Project", {}) for name in ("p1", "p2")] + [Node(name, "Actor", {"name": name}) for name in ("a1", "a2")]
    ties = [("a1", "p1", "lead"), ("a2", "p1", "associate"), ("a1", "p2", "partner")]
    alone = Network.of(nodes, [Link("TAKES_PART_IN", one, other, "", {"role": role}) for one, other, role in ties])
    half, full = (normalised(influence(alone, kappa=kappa).matrix, "symmetric", 0.5).toarray() for kappa in (0.5, 1.0))
    assert half == pytest.approx(full)
    linked = Network.of(nodes, [*alone.links, Link("LINKED_TO", "p1", "p2", "", {"sense": "pulls"})])
    half, full = (normalised(influence(linked, kappa=kappa).matrix, "symmetric", 0.5).toarray() for kappa in (0.5, 1.0))
    assert half != pytest.approx(full)
