"""The journey of a pull: by which paths, in how many steps, and through whom first; what adds up to a node's drive."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

from pacte_graph.errors import UnknownName, UsageError
from pacte_graph.metrics import words
from pacte_graph.metrics.pull.effects import Vector, emitted
from pacte_graph.metrics.pull.extraction_words import share_words
from pacte_graph.metrics.pull.influence import HYPOTHESES, refuse_divergence
from pacte_graph.metrics.pull.linkages import SELF, coefficients, weight_words
from pacte_graph.metrics.pull.paths import heaviest_paths
from pacte_graph.network.model import Network, Node, Scope
from pacte_graph.schema.choices import ACTOR_KINDS
from pacte_graph.schema.kinds import Words

ROUNDS = 6
PATHS = 10
NOTHING = 1e-12


@dataclass(frozen=True)
class Contribution:
    """What goes through one first step: ``amount`` = ``direct`` (what stops there) + ``beyond`` (what goes on from there)."""

    node: Node
    amount: float
    direct: float
    beyond: float
    share: float


@dataclass(frozen=True)
class Path:
    """A path with the product of the a_ij along it, and its share of the whole."""

    nodes: tuple[Node, ...]
    weight: float
    share: float


@dataclass(frozen=True)
class Journey:
    """How the pull of ``source`` travels: to ``target``, to all actors of ``kind``, or to everybody (its drive).

    ``value``: t_ij, the pull on the kind, or the drive μ (None where nothing pulls). ``contributions`` and ``own`` add up
    to it. ``rounds``: (steps, amount, share); the share that takes more steps is ``later``. ``whole`` False: the search of
    paths was cut short. Amounts of a drive are in the unit of the drive.
    """

    scope: Scope
    parameters: Mapping[str, Any]
    source: Node
    target: Node | None
    kind: str | None
    value: float | None
    own: float
    contributions: tuple[Contribution, ...]
    rounds: tuple[tuple[int, float, float], ...]
    later: float
    paths: tuple[Path, ...]
    whole: bool
    sentences: tuple[Words, ...]

    def as_dict(self) -> dict[str, Any]:
        """Return the documented JSON form (``pacte metrics journey --json``)."""
        return {
            "scope": {**self.scope.as_dict(), "parameters": dict(self.parameters)},
            "source": _told(self.source),
            "target": _told(self.target) if self.target else None,
            "kind": self.kind,
            "measure": "drive" if self.target is None and self.kind is None else "pull",
            "value": self.value,
            "own": self.own,
            "contributions": [
                {**_told(one.node), "amount": one.amount, "direct": one.direct, "beyond": one.beyond, "share": one.share}
                for one in self.contributions
            ],
            "rounds": [{"steps": steps, "amount": amount, "share": share} for steps, amount, share in self.rounds],
            "later": self.later,
            "paths": [
                {"nodes": [_told(node) for node in path.nodes], "weight": path.weight, "share": path.share} for path in self.paths
            ],
            "paths_whole": self.whole,
            "sentences": [{"fr": said.fr, "en": said.en} for said in self.sentences],
        }


def _told(node: Node) -> dict[str, str]:
    return {"id": node.id, "label": node.caption, "type": node.label, "group": node.group}


def journey(
    network: Network,
    source: str,
    target: str | None = None,
    kind: str | None = None,
    parameters: Mapping[str, Any] | None = None,
    *,
    count: int = PATHS,
) -> Journey:
    """Return how the pull of ``source`` travels, with its ``count`` heaviest paths of at most six steps.

    To ``target``: t_ij. To ``kind``: E5's pull on it (``source`` itself left out). Neither: the drive, as in E3. Paths go through
    no node twice; what they don't carry goes by other paths and by loops. Raises UnknownName, UsageError, or MetricUndefined
    where the rebounds do not fade out.
    """
    given = dict(parameters or {})
    chosen = {item.name: item.check(given.pop(item.name, None)) for item in (*HYPOTHESES, SELF)}
    if given:
        raise UnknownName(f"A journey has no parameter {', '.join(sorted(given))}; it has: {', '.join(chosen)}.")
    ids, matrix, _ = coefficients(network, chosen)
    places = {name: at for at, name in enumerate(ids)}
    _check(network, places, source, target, kind)
    refuse_divergence(matrix, tuple(network.by_id[name].caption for name in ids))
    place = places[source]
    weights = _weights(network, ids, place, places[target] if target else None, kind)
    sets = emitted(matrix, weights)
    drive = target is None and kind is None
    scale = _scale(sets, own=chosen["include_self"]) if drive else 1.0
    own = scale if drive and chosen["include_self"] and scale is not None else 0.0
    total = float(sets[place] - weights[place])
    value = None if scale is None else scale * total + own
    unit = scale or 0.0
    found = _contributions(network, ids, matrix, place, weights, sets, unit)
    rounds, later = _rounds(matrix, place, weights, total, unit)
    carried = heaviest_paths(matrix, place, weights, count)
    paths = tuple(
        Path(tuple(network.by_id[ids[at]] for at in path), weight, weight / total) for path, weight in carried.paths if total > 0
    )
    node, other = network.by_id[source], network.by_id[target] if target else None
    ending = words.scope(network, weight_words(chosen))
    said = (*_first(node, other, kind, value, found), *_more(rounds, paths))
    sentences = tuple(words.ended(one, ending) for one in said)
    return Journey(network.scope, chosen, node, other, kind, value, own, found, rounds, later, paths, carried.whole, sentences)


def _check(network: Network, places: Mapping[str, int], source: str, target: str | None, kind: str | None) -> None:
    for name in filter(None, (source, target)):
        if name not in network.by_id:
            raise UnknownName(f"There is no {name} in this network.")
        if name not in places:
            raise UsageError(f"{name} is neither a project nor an actor: it pulls nobody.")
    if target is not None and kind is not None:
        raise UsageError("A journey goes to a node or to a kind of actor, not to both.")
    if source == target:
        raise UsageError("A journey goes from one node to another.")
    known = (*(choice.value for choice in ACTOR_KINDS), "unknown")
    if kind is not None and kind not in known:
        raise UnknownName(f"There is no kind of actor {kind}; there are: {', '.join(known)}.")


def _weights(network: Network, ids: tuple[str, ...], source: int, target: int | None, kind: str | None) -> Vector:
    """Return 1 where the journey may end: on the target, on the kind (not the source), or anywhere."""
    if target is not None:
        return np.asarray(np.arange(len(ids)) == target, dtype=float)
    if kind is None:
        return np.ones(len(ids))
    nodes = (network.by_id[name] for name in ids)
    found = np.array([node.label == "Actor" and node.group == kind for node in nodes], dtype=float)
    found[source] = 0.0
    return found


def _scale(sets: Vector, *, own: bool) -> float | None:
    """Return what turns a row sum of T (less one's own impulse, unless ``own``) into a drive; None where nothing pulls."""
    rows = sets if own else sets - 1.0
    total = float(rows.sum())
    return len(rows) / total if total > NOTHING else None


def _contributions(
    network: Network, ids: tuple[str, ...], matrix: sparse.csr_array, place: int, weights: Vector, sets: Vector, unit: float
) -> tuple[Contribution, ...]:
    """Return each first step's part, greatest first: row i of T·c is c_i + Σ_j a_ij (T c)_j."""
    row = slice(matrix.indptr[place], matrix.indptr[place + 1])
    near, strength = matrix.indices[row], matrix.data[row]
    amounts, direct = strength * sets[near] * unit, strength * weights[near] * unit
    whole = float(amounts.sum())
    order = np.lexsort((near, -np.round(amounts, 12)))
    return tuple(
        Contribution(
            network.by_id[ids[near[at]]],
            float(amounts[at]),
            float(direct[at]),
            float(amounts[at] - direct[at]),
            float(amounts[at] / whole),
        )
        for at in order
        if amounts[at] > NOTHING
    )


def _rounds(
    matrix: sparse.csr_array, place: int, weights: Vector, total: float, unit: float
) -> tuple[tuple[tuple[int, float, float], ...], float]:
    """Return (steps, amount, share) for 1 to 6 steps, and the share that takes more."""
    if total <= NOTHING:
        return (), 0.0
    term, found, shares = weights, [], 0.0
    for steps in range(1, ROUNDS + 1):
        term = matrix @ term
        share = float(term[place]) / total
        found.append((steps, float(term[place]) * unit, share))
        shares += share
    return tuple(found), max(0.0, 1.0 - shares)


def _first(
    node: Node, other: Node | None, kind: str | None, value: float | None, found: tuple[Contribution, ...]
) -> tuple[Words, ...]:
    """Return what the value is, and through whom it goes first."""
    name = words.quoted(node)
    if value is None:
        return (
            Words(
                f"{name.fr} : non défini, rien n'entraîne rien dans ce réseau.",
                f"{name.en}: undefined, nothing pulls anything here.",
            ),
        )
    shown = words.number(value)
    if other is not None:
        whom = words.quoted(other)
        head = Words(
            f"Pour 1 unité d'engagement, {name.fr} en entraîne {shown.fr} chez {whom.fr}",
            f"For 1 unit of commitment, {name.en} sets {shown.en} going at {whom.en}",
        )
    elif kind is not None:
        label = words.kind(kind)
        head = Words(
            f"Pour 1 unité d'engagement, {name.fr} en entraîne {shown.fr} dans la famille « {label.fr} »",
            f"For 1 unit of commitment, {name.en} sets {shown.en} going in the kind “{label.en}”",
        )
    else:
        head = Words(f"Motricité {shown.fr} de {name.fr}", f"Drive {shown.en} of {name.en}")
    if not found:
        return (Words(f"{head.fr} : aucun chemin n'y mène.", f"{head.en}: no path leads there."),)
    parts = [(words.quoted(one.node), share_words(one.share)) for one in found]
    french, english = (
        [f"{amount.get(lang)} {by} {who.get(lang)}" for who, amount in parts] for lang, by in (("fr", "par"), ("en", "through"))
    )
    return (Words(f"{head.fr} : {words.listed(french, 'fr')}.", f"{head.en}: {words.listed(english, 'en')}."),)


def _more(rounds: tuple[tuple[int, float, float], ...], paths: tuple[Path, ...]) -> tuple[Words, ...]:
    """Return how many steps it takes, and the heaviest path."""
    if not rounds:
        return ()
    steps = [(number, share_words(share)) for number, _, share in rounds[:3] if share > 0.0005]
    rest = share_words(max(0.0, 1.0 - sum(share for _, _, share in rounds[:3])))
    french = [f"{share.fr} en {number} pas" for number, share in steps]
    english = [f"{share.en} in {number} step{'s' if number > 1 else ''}" for number, share in steps]
    said = [
        Words(
            f"{', '.join(french) or 'Rien en 3 pas'}, {rest.fr} en plus de 3 pas.",
            f"{', '.join(english) or 'Nothing in 3 steps'}, {rest.en} in more than 3 steps.",
        )
    ]
    if paths:
        best = paths[0]
        share = share_words(best.share)
        chain = [" → ".join(node.captions.get(lang) for node in best.nodes) for lang in ("fr", "en")]
        said.append(
            Words(
                f"Le chemin qui porte le plus : {chain[0]} ({share.fr} du total).",
                f"The path that carries most: {chain[1]} ({share.en} of the total).",
            )
        )
    return tuple(said)
