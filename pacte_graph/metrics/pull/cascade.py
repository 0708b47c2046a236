"""E8: how many a launch ends up mobilising, on average, when each link passes with its own probability."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

from pacte_graph.errors import UnknownName, UsageError
from pacte_graph.metrics import words
from pacte_graph.metrics.column import Column, Joined
from pacte_graph.metrics.model import Metric, MetricResult, Parameter, Value
from pacte_graph.metrics.pull.effects import Vector
from pacte_graph.metrics.pull.influence import KAPPA, influence
from pacte_graph.metrics.pull.linkages import PROJECTS_AND_ACTORS
from pacte_graph.metrics.pull.live_edges import activations, ends, uncertain
from pacte_graph.network.model import Network, Node
from pacte_graph.schema.kinds import Choice, Words

LADDER = ((0.0, 1.0, 2.0, 3.0), (0.0, 0.1, 0.3, 0.5))
"""Probability by strength: 1 → 0.1, 2 → 0.3, 3 and more → 0.5; straight lines in between."""
EFFORT = 30_000_000
"""Links drawn at most: beyond, fewer sets are drawn, and that is said."""
PILOT = 32
EXACT = 10
MEMBERS = 30
ENOUGH = 30
CELLS = 2_000_000
MODELS = (
    Choice("intensity", Words("Par intensité : 1 → 0,1 ; 2 → 0,3 ; 3 → 0,5", "By intensity: 1 → 0.1; 2 → 0.3; 3 → 0.5")),
    Choice("weighted", Words("Part reçue : w / total reçu", "Received share: w / total received")),
)
COUNTED = (
    Choice("actors", Words("Acteurs", "Actors")),
    Choice("members", Words("Projets et acteurs", "Projects and actors")),
)
MODEL = Parameter(
    "model",
    "choice",
    "intensity",
    Words("Probabilité d'un lien", "Probability of a link"),
    Words("Comment la force d'un lien devient une probabilité.", "How the strength of a link becomes a probability."),
    choices=MODELS,
)
WHO = Parameter(
    "counted",
    "choice",
    "actors",
    Words("Qui est compté", "Who is counted"),
    Words("Les acteurs mobilisés, ou tous les membres du réseau.", "The actors mobilised, or all members of the network."),
    choices=COUNTED,
)
SETS = Parameter(
    "sets",
    "integer",
    20_000,
    Words("Tirages", "Draws"),
    Words("Nombre d'ensembles tirés : plus il y en a, plus l'estimation est fine.", "Number of sets drawn: the more, the finer."),
    minimum=100,
    maximum=1_000_000,
)
SEED = Parameter(
    "seed",
    "integer",
    1,
    Words("Graine du hasard", "Random seed"),
    Words("La même graine redonne les mêmes nombres.", "The same seed gives the same numbers again."),
    minimum=0,
    maximum=2**31,
)
TOGETHER = Parameter(
    "together",
    "nodes",
    (),
    Words("Lancés ensemble", "Launched together"),
    Words(
        "Projets ou acteurs dont on estime aussi la cascade commune.", "Projects or actors whose joint cascade is estimated too."
    ),
)


@dataclass(frozen=True)
class Spread:
    """Expected numbers activated: ``mean`` of each node alone with its ``low`` and ``high`` (± 2 standard errors).

    ``group`` is (mean, low, high) of the nodes launched together; ``sets`` were drawn (0: computed exactly).
    ``halo``: the probability that the group activates each node (NaN for who is not counted), where enough sets were drawn.
    """

    mean: Vector
    low: Vector
    high: Vector
    sets: int
    group: tuple[float, float, float] | None = None
    halo: Vector | None = None


def probabilities(matrix: sparse.csr_array, model: str) -> sparse.csr_array:
    """Return the probability that each link passes: ``intensity`` by the ladder, ``weighted`` w_ij / Σ_i w_ij."""
    if model == "intensity":
        return sparse.csr_array((np.interp(matrix.data, *LADDER), matrix.indices, matrix.indptr), shape=matrix.shape)
    into = np.asarray(matrix.sum(axis=0)).ravel()
    return sparse.csr_array(matrix @ sparse.diags_array(np.divide(1.0, into, out=np.zeros(len(into)), where=into > 0)))


def reverse_sets(chances: sparse.csr_array, roots: Vector, chance: np.random.Generator) -> Iterator[tuple[Vector, Vector, int]]:
    """Yield, for batches of ``roots``, (set, node) pairs of the nodes that reach each root, the root left out, and links drawn.

    Each link into a reached node is drawn once a set: the live-edge view of the cascade (Kempe, Kleinberg & Tardos 2003),
    read backwards (Borgs et al. 2014).
    """
    size = chances.shape[0]
    incoming = sparse.csc_array(chances)
    starts, sources, passing = incoming.indptr.astype(np.int64), incoming.indices.astype(np.int64), incoming.data
    batch = max(1, min(len(roots), CELLS // max(size, 1)))
    seen = np.zeros(batch * size, dtype=bool)
    for first in range(0, len(roots), batch):
        chosen = roots[first : first + batch]
        frontier = np.arange(len(chosen), dtype=np.int64) * size + chosen
        seen[frontier], reached, drawn = True, [frontier], 0
        while len(frontier):
            nodes = frontier % size
            counts = starts[nodes + 1] - starts[nodes]
            total = int(counts.sum())
            at = np.arange(total) + np.repeat(starts[nodes] - np.cumsum(counts) + counts, counts)
            passed = chance.random(total) < passing[at]
            keys = np.repeat(frontier - nodes, counts)[passed] + sources[at[passed]]
            frontier = np.unique(keys[~seen[keys]])
            seen[frontier] = True
            reached.append(frontier)
            drawn += total
        seen[np.concatenate(reached)] = False
        pairs = np.concatenate(reached[1:])
        yield pairs // size + first, pairs % size, drawn


def spread(
    chances: sparse.csr_array,
    *,
    counted: Vector | None = None,
    sets: int = 20_000,
    seed: int = 1,
    together: tuple[int, ...] = (),
    effort: int = EFFORT,
    exact: int = EXACT,
) -> Spread:
    """Return how many of ``counted`` (places, all by default) each node activates on average, itself included if counted.

    ``chances`` is n × n in [0, 1], row activates column. Up to ``exact`` uncertain links: all cases are summed (``sets`` 0).
    Else σ(i) = own + N·P(i reaches a random root other than itself), from ``sets`` reverse-reachable sets, as many for each
    root where there are enough; se = N·√(q(1−q)/R), which that spreading makes an upper bound. A node never met although it
    has ways out has the upper bound of no success in R draws, 3N/R. Where the sets are so big that ``effort`` links would
    not do, fewer are drawn.
    """
    size = chances.shape[0]
    among = np.arange(size) if counted is None else np.asarray(counted, dtype=np.int64)
    own = np.zeros(size)
    own[among] = 1.0
    if not len(among) or not chances.nnz or (uncertain(chances) <= exact and ends(chances) <= MEMBERS):
        return _enumerated(chances, own, together)
    drawn = _affordable(chances, among, sets, seed, effort)
    chance = np.random.default_rng(seed)
    drawn -= drawn % len(among) if drawn >= len(among) else 0
    whole = np.repeat(among, drawn // len(among))
    roots = np.concatenate([whole, chance.permutation(among)[: drawn - len(whole)]])
    hits, met_from = np.zeros(size), np.zeros(size)
    inside = np.isin(np.arange(size), together)
    for owners, nodes, _ in reverse_sets(chances, roots, chance):
        hits += np.bincount(nodes, minlength=size)
        if together:
            met = np.unique(owners[inside[nodes]])
            met_from += np.bincount(roots[met], minlength=size)
    reach = len(among) - own  # the others that can be counted
    able = np.diff(chances.indptr) > 0
    alone = [own + np.minimum(side, reach) for side in _interval(hits, drawn, len(among), able)]
    group = None
    if together:
        base = float(own[list(together)].sum())
        sides = _interval(np.array([met_from[~inside].sum()]), drawn, len(among), np.array([able[list(together)].any()]))
        least, most, middle = (base + min(float(sides[at][0]), len(among) - base) for at in (1, 2, 0))
        group = (middle, least, most)
    return Spread(alone[0], alone[1], alone[2], drawn, group, _halo(met_from, among, inside, drawn) if together else None)


def _halo(met_from: Vector, among: Vector, inside: Vector, drawn: int) -> Vector | None:
    each = drawn // len(among)
    if each < ENOUGH:
        return None
    halo = np.full(len(met_from), np.nan)
    halo[among] = met_from[among] / each
    halo[inside] = 1.0
    return halo


def _enumerated(chances: sparse.csr_array, own: Vector, together: tuple[int, ...]) -> Spread:
    linked = np.flatnonzero(np.diff(chances.indptr) > 0) if own.any() else np.array([], dtype=int)
    groups = (*((int(place),) for place in linked), *((together,) if together else ()))
    means = activations(chances, groups) @ own if len(linked) else np.array([own[list(group)].sum() for group in groups])
    alone = own.copy()
    alone[linked] = means[: len(linked)]
    joint = float(means[-1]) if together else 0.0
    if not together:
        return Spread(alone, alone, alone, 0)
    chosen = activations(chances, (together,))[0] if len(linked) else np.isin(np.arange(len(own)), together).astype(float)
    return Spread(alone, alone, alone, 0, (joint, joint, joint), np.where((own > 0) | (chosen == 1), chosen, np.nan))


def _affordable(chances: sparse.csr_array, among: Vector, sets: int, seed: int, effort: int) -> int:
    if sets * chances.nnz <= effort:
        return sets
    chance = np.random.default_rng([seed, 1])
    roots = among[chance.integers(0, len(among), PILOT)]
    cost = sum(drawn for _, _, drawn in reverse_sets(chances, roots, chance)) / PILOT
    return min(sets, max(100, int(effort / max(cost, 1.0))))


def _interval(hits: Vector, drawn: int, count: int, able: Vector) -> tuple[Vector, Vector, Vector]:
    share = hits / drawn
    error = 2 * np.sqrt(share * (1 - share) / drawn)
    above = np.where((hits == 0) & able, 3 / drawn, share + error)
    return count * share, count * np.maximum(share - error, 0.0), count * np.minimum(above, 1.0)


def _places(network: Network, ids: tuple[str, ...], names: tuple[str, ...]) -> tuple[int, ...]:
    place = {name: at for at, name in enumerate(ids)}
    for name in names:
        if name not in network.by_id:
            raise UnknownName(f"There is no node {name} in this network.", hint="Give identifiers of projects or actors.")
        if name not in place:
            raise UsageError(f"A cascade can't start from {name}: a project or an actor is expected.")
    return tuple(place[name] for name in names)


def _cascade(network: Network, parameters: Mapping[str, Any]) -> MetricResult:
    found = influence(network, kappa=parameters["kappa"])
    nodes = tuple(network.by_id[name] for name in found.ids)
    together = _places(network, found.ids, parameters["together"])
    among = np.array(
        [at for at, node in enumerate(nodes) if parameters["counted"] == "members" or node.label == "Actor"], dtype=int
    )
    label = next(choice.label for choice in MODELS if choice.value == parameters["model"])
    chances = probabilities(found.matrix, parameters["model"])
    told = spread(chances, counted=among, sets=parameters["sets"], seed=parameters["seed"], together=together)
    kappa, draws = words.number(parameters["kappa"]), _draws(told.sets)
    weight = Words(
        f"probabilité {label.fr[:1].lower()}{label.fr[1:]}, κ = {kappa.fr}, {draws.fr}",
        f"probability {label.en[:1].lower()}{label.en[1:]}, κ = {kappa.en}, {draws.en}",
    )
    ending, plural = words.scope(network, weight), _unit(parameters["counted"])
    blank = np.full(len(nodes), np.nan)
    mean, low, high = (told.mean, told.low, told.high) if len(among) else (blank, blank, blank)

    def sentence(place: int) -> Words:
        named = words.quoted(nodes[place])
        if not len(among):
            return Words(
                f"{named.fr} : non défini, car le réseau n'a aucun acteur.", f"{named.en}: undefined, for there is no actor."
            )
        return _sentence(named, (mean[place], low[place], high[place]), plural, single=True)

    values = Joined(Column(nodes, mean, sentence, ending, bounds=(low, high)), _joint(nodes, together, told, plural, ending))
    details = {"sets": told.sets, "asked": parameters["sets"], "counted": len(among), "links": int(chances.nnz)}
    if told.halo is not None:
        sure = [(node, float(chance)) for node, chance in zip(nodes, told.halo, strict=True) if chance > 0]
        details["halo"] = [{"id": node.id, "label": node.caption, "probability": chance} for node, chance in sure]
    return MetricResult("cascade", network.scope, parameters, values, weight.fr, found.unknown, details)


def _draws(sets: int) -> Words:
    if not sets:
        return Words("calcul exact", "exact")
    return words.count(sets, Words("tirage", "draw"), Words("tirages", "draws"))


def _unit(counted: str) -> tuple[Words, Words]:
    if counted == "actors":
        return Words("acteur", "actor"), Words("acteurs", "actors")
    return Words("membre du réseau", "member of the network"), Words("membres du réseau", "members of the network")


def _joint(
    nodes: tuple[Node, ...], together: tuple[int, ...], told: Spread, unit: tuple[Words, Words], ending: Words
) -> tuple[Value, ...]:
    if told.group is None:
        return ()
    names = [words.quoted(nodes[at]) for at in together]
    named = Words(words.listed([name.fr for name in names], "fr"), words.listed([name.en for name in names], "en"))
    said = words.ended(_sentence(named, told.group, unit, single=len(together) == 1), ending)
    mean, low, high = told.group
    return (Value(None, named.fr, "", mean, said, None, low, high, {"measure": "together"}),)


def _sentence(named: Words, numbers: tuple[float, float, float], unit: tuple[Words, Words], *, single: bool) -> Words:
    digits = 0 if numbers[0] >= 100 else 1 if numbers[0] >= 10 else 2
    mean, low, high = (words.number(round(float(value), digits), digits) for value in numbers)
    french, english = (unit[0].fr if numbers[0] < 2 else unit[1].fr), (unit[0].en if numbers[0] == 1 else unit[1].en)
    between = ("", "") if numbers[1] == numbers[2] else (f" (entre {low.fr} et {high.fr})", f" (between {low.en} and {high.en})")
    verb = "finit" if single else "finissent"
    return Words(
        f"En moyenne, {'lancer ' if single else 'lancés ensemble, '}{named.fr} {verb} par mobiliser {mean.fr} "
        f"{french}{between[0]}, si chaque "
        "lien a la probabilité indiquée d'entraîner le suivant.",
        f"On average, {'launching ' if single else 'launched together, '}{named.en} end{'s' if single else ''} up "
        f"mobilising {mean.en} "
        f"{english}{between[1]}, if each link has the stated probability of passing on.",
    )


CASCADE = Metric(
    "cascade",
    "E8",
    Words("Cascade attendue", "Expected cascade"),
    Words(
        "Combien d'acteurs un lancement finit par mobiliser en moyenne, quand chaque lien passe ou non selon sa probabilité.",
        "How many actors a launch ends up mobilising on average, when each link passes or not by its own probability.",
    ),
    r"\sigma(S) = \sum_j P(S \to j),\quad \hat\sigma(i) = [i] + N \hat q_i,\ \mathrm{se} = N \sqrt{\hat q_i (1 - \hat q_i) / R}",
    "Kempe, Kleinberg & Tardos 2003; Borgs et al. 2014; Tang et al. 2015",
    PROJECTS_AND_ACTORS,
    Words(
        "acteurs (ou membres) mobilisés, soi compris s'il est compté", "actors (or members) mobilised, itself included if counted"
    ),
    Words(
        "Un lien sans sens compte à moitié dans les deux sens ; intensité ou rôle inconnus valent 1 ; les trois sont comptés.",
        "A link without direction counts half both ways; unknown intensity or role count as 1; all three are counted.",
    ),
    "O(R · links met)",
    Words(
        "En moyenne, lancer « … » finit par mobiliser … acteurs (entre … et …), si chaque lien a la probabilité "
        "indiquée d'entraîner le suivant.",
        "On average, launching “…” ends up mobilising … actors (between … and …), if each link has the stated "
        "probability of passing on.",
    ),
    Words(
        "Estimation par tirages, à ± 2 erreurs d'échantillonnage (exacte jusqu'à dix liens incertains) ; les probabilités sont "
        "une hypothèse visible, pas une mesure.",
        "Estimated by draws, within ± 2 sampling errors (exact up to ten uncertain links); the probabilities are "
        "a visible hypothesis, not a measure.",
    ),
    _cascade,
    (MODEL, KAPPA, WHO, SETS, SEED, TOGETHER),
)
