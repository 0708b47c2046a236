"""E7: who receives the pull of all (Katz), and where one arrives by following cooperation from one node (PageRank)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from scipy import sparse

from pacte_graph.errors import UnknownName, UsageError
from pacte_graph.metrics import words
from pacte_graph.metrics.column import Column, Sentence
from pacte_graph.metrics.model import Metric, MetricResult, Parameter
from pacte_graph.metrics.pull.effects import Vector, received
from pacte_graph.metrics.pull.influence import KAPPA, THETA, influence, normalised, refuse_divergence, spectral_radius
from pacte_graph.metrics.pull.linkages import PROJECTS_AND_ACTORS, weight_words
from pacte_graph.network.model import Network, Node
from pacte_graph.network.views import incidence, participations, remembered
from pacte_graph.schema.kinds import Choice, Words

SETTLED = 1e-13
LOOKED = 8
"""Rounds of a walk between two looks at whether it has settled: a look costs as much as half a round."""
UNTOLD = 1e-200
"""The share of what is reached and has one too small to tell: more than 0."""
ALPHA = Parameter(
    "alpha",
    "float",
    0.0,
    Words("Facteur α figé", "Frozen factor α"),
    Words(
        "0 : α = θ/ρ, calculé sur le réseau vu. Un α figé permet de comparer deux dates ou deux filtres ; il est "
        "refusé au-delà de 1/ρ.",
        "0: α = θ/ρ, from the network seen. A frozen α lets two dates or filters be compared; it is refused beyond 1/ρ.",
    ),
    minimum=0.0,
    maximum=1_000.0,
)
START = Parameter(
    "start",
    "node",
    None,
    Words("Point de départ", "Starting point"),
    Words(
        "Projet ou acteur d'où part la marche ; par défaut le projet qui a le plus de participants.",
        "Project or actor the walk starts from; by default the project with the most participants.",
    ),
)
DAMPING = Parameter(
    "damping",
    "float",
    0.85,
    Words("Poursuite d", "Continuation d"),
    Words(
        "Probabilité de continuer la marche plutôt que de revenir au départ.",
        "Probability of walking on rather than going back to the start.",
    ),
    minimum=0.0,
    maximum=0.99,
)
ROLE_WEIGHT = Parameter(
    "weight",
    "choice",
    "one",
    Words("Poids d'une participation", "Weight of a participation"),
    Words("Toutes égales, ou selon le rôle.", "All alike, or by role."),
    choices=(
        Choice("one", Words("1 par participation", "1 a participation")),
        Choice("role", Words("Rôle (porteur 3 … associé 1)", "Role (lead 3 … associate 1)")),
    ),
)


def attenuation(matrix: sparse.csr_array, theta: float) -> tuple[float, float]:
    """Return (α, ρ): α = θ/ρ(W), so that the series converges; θ over the greatest row sum when W has no cycle (ρ = 0)."""
    radius = spectral_radius(matrix)[0]
    scale = radius if radius > 0 else float(matrix.sum(axis=1).max(initial=0.0))
    return (theta / scale if scale > 0 else 0.0), radius


def katz(matrix: sparse.csr_array, alpha: float, names: tuple[str, ...] = (), *, radius: float | None = None) -> Vector:
    """Return Katz reception, c = αWᵀc + 1: the column sums of T = (I − αW)⁻¹; at least 1 each, 1 for an isolate.

    ``matrix`` is W (n × n, row pulls). Raises MetricUndefined from α = 1/ρ(W) on, where a solver still returns numbers;
    ``radius`` spares the search for ρ where it is known. Source: Katz 1953.
    """
    coefficients = sparse.csr_array(matrix * alpha)
    if radius is None or alpha * radius >= 1 - 1e-9:
        refuse_divergence(coefficients, names or tuple(map(str, range(matrix.shape[0]))))
    return received(coefficients)


def personalised_pagerank(matrix: sparse.csr_array, seed: int, damping: float = 0.85, *, symmetric: bool = False) -> Vector:
    """Return the share of time spent on each node by a walk that restarts from ``seed`` with probability 1 − ``damping``.

    ``matrix`` (n × n, ≥ 0): steps go from row to column in proportion. The mass of a node without a way out returns to
    the seed. Shares sum to 1, right to 1e-12; what the seed does not reach is exactly 0; ``damping`` 0 is the seed alone.
    ``symmetric`` says that the matrix is: the walk then starts from where it ends, found by conjugate gradients.
    Source: Page, Brin, Motwani & Winograd 1999; Haveliwala 2002.
    """
    size = matrix.shape[0]
    out = np.asarray(matrix.sum(axis=1)).ravel()
    ends = np.flatnonzero(out <= 0)
    steps = sparse.csr_array(normalised(matrix, "emitted", damping).T)
    share = np.zeros(size)
    share[seed] = 1.0
    if damping == 0:
        return share
    if symmetric and out[seed] > 0:
        share = _settled(matrix, out, seed, damping)
    rounds = int(np.ceil(np.log(SETTLED) / np.log(damping))) + 1  # each round brings two walks closer by the factor d
    for number in range(rounds):
        after = steps @ share
        after[seed] += 1 - damping + damping * float(share[ends].sum())
        settled = number % LOOKED == 0 and float(np.abs(after - share).sum()) < SETTLED
        share = after
        if settled:
            break
    return np.asarray(share / share.sum())


def _settled(matrix: sparse.csr_array, out: Vector, seed: int, damping: float) -> Vector:
    """Return nearly where a walk on a symmetric matrix settles: D^½ (I − d D^-½ W D^-½)⁻¹ D^-½ (1 − d) e, which is definite."""
    scaled = normalised(matrix, "symmetric", damping)
    start = np.zeros(len(out))
    start[seed] = (1 - damping) / np.sqrt(out[seed])
    walk = sparse.linalg.LinearOperator(matrix.shape, matvec=lambda x: x - scaled @ x, dtype=float)
    found, _ = sparse.linalg.cg(walk, start, rtol=SETTLED, atol=0.0, maxiter=1_000)
    _, parts = sparse.csgraph.connected_components(matrix, directed=True, connection="weak")
    least = np.where(parts == parts[seed], UNTOLD, 0.0)
    return np.asarray(np.maximum(found * np.sqrt(out), least))


def _katz(network: Network, parameters: Mapping[str, Any]) -> MetricResult:
    found = influence(network, kappa=parameters["kappa"])
    unit, radius = remembered(network, ("attenuation", parameters["kappa"]), lambda: attenuation(found.matrix, 1.0))
    alpha = parameters["alpha"] or parameters["theta"] * unit
    scores = katz(found.matrix, alpha, tuple(network.by_id[name].caption for name in found.ids), radius=radius)
    weight = weight_words({**parameters, "normalisation": "global"})
    if parameters["alpha"]:
        fixed = words.number(alpha, 4)
        weight = Words(
            f"poids : rôles et intensités, α figé à {fixed.fr}", f"weights: roles and intensities, α frozen at {fixed.en}"
        )
    nodes = tuple(network.by_id[name] for name in found.ids)
    pulled = np.diff(found.matrix.tocsc().indptr)

    def sentence(place: int) -> Words:
        named, shown = words.quoted(nodes[place]), words.number(float(scores[place]) - 1)
        if not pulled[place]:
            return Words(
                f"Personne n'entraîne {named.fr} : il ne reçoit rien, sa réception se réduit à sa propre unité.",
                f"Nobody pulls {named.en}: it receives nothing, its reception is its own unit alone.",
            )
        return Words(
            f"Si chacun s'engage pour 1 unité, {named.fr} en reçoit {shown.fr} des liens, rebonds compris, en plus de la sienne.",
            f"If each commits 1 unit, {named.en} receives {shown.en} through the links, rebounds included, besides its own.",
        )

    values = Column(nodes, scores, sentence, words.scope(network, weight))
    details = {"alpha": alpha, "rho": radius, "bound": 1 / radius if radius > 0 else None}
    return MetricResult("katz", network.scope, parameters, values, weight.fr, found.unknown, details)


def two_mode(network: Network, weight: str) -> tuple[tuple[Node, ...], sparse.csr_array]:
    """Return projects and actors (sorted by id) and who takes part in what, both ways, by 1 or by role weight."""
    return remembered(network, ("two_mode", weight), lambda: _two_mode(network, weight))


def _two_mode(network: Network, weight: str) -> tuple[tuple[Node, ...], sparse.csr_array]:
    nodes = tuple(node for node in network.nodes if node.label in {"Project", "Actor"})
    place = {node.id: at for at, node in enumerate(nodes)}
    pairs = participations(network)
    projects, actors = ([place[pair[side]] for pair in pairs] for side in (0, 1))
    strengths = np.array([1.0 if weight == "one" else role for role, _ in pairs.values()], dtype=float)
    oneway = sparse.csr_array((strengths, (projects, actors)), shape=(len(nodes), len(nodes)))
    return nodes, sparse.csr_array(oneway + oneway.T)


def _seed(network: Network, start: str | None) -> str | None:
    if start is None:
        found = incidence(network)
        if not found.projects:
            return None
        return found.projects[int(np.argmax(np.asarray(found.matrix.sum(axis=1)).ravel()))]
    if start not in network.by_id:
        raise UnknownName(f"There is no node {start} in this network.", hint="Give the identifier of a project or an actor.")
    if network.by_id[start].label not in {"Project", "Actor"}:
        raise UsageError(f"The walk can't start from {start}: a project or an actor is expected.")
    return start


def _proximity(network: Network, parameters: Mapping[str, Any]) -> MetricResult:
    nodes, matrix = two_mode(network, parameters["weight"])
    start, given = _seed(network, parameters["start"]), dict(parameters)
    label = next(choice.label for choice in ROLE_WEIGHT.choices if choice.value == parameters["weight"])
    far = words.number(parameters["damping"])
    weight = Words(
        f"poids : {label.fr[:1].lower()}{label.fr[1:]}, d = {far.fr}",
        f"weights: {label.en[:1].lower()}{label.en[1:]}, d = {far.en}",
    )
    ending, details = words.scope(network, weight), dict[str, Any]()
    if start is None:
        shares, sentence = np.full(len(nodes), np.nan), _nowhere(nodes)
    else:
        seed = next(at for at, node in enumerate(nodes) if node.id == start)
        shares, given["start"] = personalised_pagerank(matrix, seed, parameters["damping"], symmetric=True), start
        sentence = _arrivals(nodes, nodes[seed], shares)
        order = np.lexsort((np.arange(len(nodes)), -np.round(shares, 10)))
        nearest = [at for at in order.tolist() if nodes[at].label == "Actor" and at != seed and shares[at] > 0][:10]
        rows = [{"id": nodes[at].id, "label": nodes[at].caption, "share": float(shares[at])} for at in nearest]
        details = {"start": start, "nearest_actors": rows, "out_of_reach": int((shares == 0).sum())}
    values = Column(nodes, shares, sentence, ending)
    return MetricResult("proximity", network.scope, given, values, weight.fr, {}, details)


def _nowhere(nodes: tuple[Node, ...]) -> Sentence:
    def sentence(place: int) -> Words:
        named = words.quoted(nodes[place])
        return Words(
            f"{named.fr} : non défini, car le réseau n'a aucun projet d'où partir ; choisissez un acteur.",
            f"{named.en}: undefined, for the network has no project to start from; choose an actor.",
        )

    return sentence


def _arrivals(nodes: tuple[Node, ...], seed: Node, shares: Vector) -> Sentence:
    origin = words.quoted(seed)

    def sentence(place: int) -> Words:
        named, share = words.quoted(nodes[place]), float(shares[place])
        if nodes[place].id == seed.id:
            shown = words.percent(share)
            return Words(
                f"{named.fr} est le départ de la marche : elle y passe {shown.fr} de son temps.",
                f"{named.en} is where the walk starts: it spends {shown.en} of its time there.",
            )
        if share == 0:
            return Words(
                f"En suivant les coopérations à partir de {origin.fr}, on n'arrive jamais chez {named.fr}.",
                f"By following cooperation from {origin.en}, one never arrives at {named.en}.",
            )
        times = words.number(max(2, round(1 / share))) if share <= 0.5 else None
        often = (
            Words("plus d'une fois sur deux", "more than once in two")
            if times is None
            else Words(f"environ 1 fois sur {times.fr}", f"about once in {times.en}")
        )
        return Words(
            f"Si l'on suit au hasard les coopérations à partir de {origin.fr}, on arrive {often.fr} chez {named.fr}.",
            f"By following cooperation at random from {origin.en}, one arrives {often.en} at {named.en}.",
        )

    return sentence


KATZ = Metric(
    "katz",
    "E7",
    Words("Réception de Katz", "Katz reception"),
    Words(
        "Ce que chacun reçoit de l'engagement de tous, directement et par rebonds, avec un seul facteur "
        "d'affaiblissement α = θ/ρ.",
        "What each receives of everybody's commitment, directly and by rebounds, with one damping factor α = θ/ρ.",
    ),
    r"c = \alpha W^{\top} c + \mathbf{1},\quad \alpha = \theta / \rho(W)",
    "Katz 1953",
    PROJECTS_AND_ACTORS,
    Words("unités d'engagement reçues, la sienne comprise", "units of commitment received, its own included"),
    Words(
        "Un lien sans sens compte à moitié dans les deux sens ; un rôle inconnu pèse 1 ; les deux sont comptés.",
        "A link without direction counts half both ways; an unknown role weighs 1; both are counted.",
    ),
    "O(rounds · m)",
    Words(
        "Si chacun s'engage pour 1 unité, « … » en reçoit … des liens, rebonds compris, en plus de la sienne.",
        "If each commits 1 unit, “…” receives … through the links, rebounds included, besides its own.",
    ),
    Words(
        "α dépend de tout le réseau : ne compare pas deux dates ou deux filtres sans α figé. Entraînement possible, pas prouvé.",
        "α depends on the whole network: does not compare two dates or filters unless α is frozen. A possible pull, "
        "not a proven one.",
    ),
    _katz,
    (THETA, KAPPA, ALPHA),
)
PROXIMITY = Metric(
    "proximity",
    "E7b",
    Words("Proximité à partir d'un projet ou d'un acteur", "Proximity from a project or an actor"),
    Words(
        "Où l'on arrive, et combien souvent, en suivant au hasard les participations à partir d'un point de départ.",
        "Where one arrives, and how often, by following participations at random from a starting point.",
    ),
    r"\pi_p = (1-d) \sum_{r \ge 0} d^r (P^{\top})^r e_p",
    "Page et al. 1999; Haveliwala 2002",
    Words("participations (projets et acteurs), sans direction", "participations (projects and actors), undirected"),
    Words("part du temps de la marche (la somme vaut 1)", "share of the walk's time (the sum is 1)"),
    Words(
        "Sans objet avec des participations égales ; avec les rôles, un rôle inconnu pèse 1.",
        "None where participations are alike; by role, an unknown role weighs 1.",
    ),
    "O(rounds · m)",
    Words(
        "Si l'on suit au hasard les coopérations à partir de « … », on arrive environ 1 fois sur … chez « … ».",
        "By following cooperation at random from “…”, one arrives about once in … at “…”.",
    ),
    Words(
        "Dit vers qui mènent les coopérations, jamais combien : le total vaut 1 d'où que l'on parte.",
        "Tells towards whom cooperation leads, never how much: the total is 1 wherever one starts.",
    ),
    _proximity,
    (START, DAMPING, ROLE_WEIGHT),
)
