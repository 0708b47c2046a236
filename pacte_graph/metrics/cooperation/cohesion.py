"""C15: does the network hold together: pieces, pairs within reach, density."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pacte_graph.metrics import words
from pacte_graph.metrics.cooperation.connection import component_sizes, fragmentation, two_mode_clustering, within_two
from pacte_graph.metrics.cooperation.passing import PROJECTION, UNWEIGHTED
from pacte_graph.metrics.cooperation.projection import tied
from pacte_graph.metrics.model import Metric, MetricResult, Value
from pacte_graph.network.model import Network
from pacte_graph.network.views import adjacency, incidence
from pacte_graph.schema.kinds import Words

_TOO_FEW = Words("non défini, il faut au moins deux acteurs", "undefined, two actors are needed")


def _cohesion(network: Network, parameters: Mapping[str, Any]) -> MetricResult:
    found, (names, matrix) = incidence(network), tied(network, "count")
    sizes, size = component_sizes(adjacency(network), len(found.projects)), len(names)
    giant = float(sizes[0]) / size if size else None
    direct = matrix.nnz / (size * (size - 1)) if size > 1 else None
    near = within_two(matrix)
    cells = len(found.projects) * size
    density = float(found.matrix.nnz) / cells if cells else None
    clustering = two_mode_clustering(found.matrix, matrix)
    ending = words.scope(network, UNWEIGHTED)

    def value(measure: str, number: float | None, said: Words, bounds: tuple[float, float] | None = None) -> Value:
        low, high = bounds or (None, None)
        label = LABELS[measure].fr
        return Value(None, label, "Programme", number, words.ended(said, ending), None, low, high, dimension={"measure": measure})

    two = None if near is None else near.share
    bounds = None
    if near is not None and near.error is not None:
        bounds = (max(0.0, near.share - near.error), min(1.0, near.share + near.error))
    values = (
        value("components", len(sizes) if size else None, _components(sizes, size)),
        value("giant", giant, _giant(giant, sizes)),
        value("fragmentation", fragmentation(sizes), _apart(fragmentation(sizes))),
        value("direct", direct, _pairs(direct, Words("directement", "directly"))),
        value("within_two", two, _within(two, near.sample if near else None), bounds),
        value("density", density, _density(density)),
        value("clustering", clustering, _clustering(clustering)),
    )
    unknown = {"actors_without_partner": int((sizes == 1).sum())}
    details = {"sizes": sizes.tolist()[:50], "estimated": bool(near and near.error is not None)}
    return MetricResult("cohesion", network.scope, parameters, values, UNWEIGHTED.fr, unknown, details)


def _components(sizes: Any, size: int) -> Words:
    if not size:
        return Words("Aucun acteur.", "No actor.")
    pieces = words.count(len(sizes), Words("morceau", "piece"), Words("morceaux", "pieces"))
    alone = int((sizes == 1).sum())
    lone = words.count(alone, Words("acteur isolé", "isolated actor"), Words("acteurs isolés", "isolated actors"))
    return Words(f"Le réseau est en {pieces.fr}, dont {lone.fr}.", f"The network is in {pieces.en}, {lone.en} among them.")


def _giant(share: float | None, sizes: Any) -> Words:
    if share is None:
        return Words("Aucun acteur.", "No actor.")
    shown = words.percent(share)
    return Words(
        f"Le plus grand morceau réunit {shown.fr} des acteurs ({int(sizes[0])}).",
        f"The largest piece holds {shown.en} of the actors ({int(sizes[0])}).",
    )


def _apart(share: float | None) -> Words:
    if share is None:
        return Words(f"Fragmentation : {_TOO_FEW.fr}.", f"Fragmentation: {_TOO_FEW.en}.")
    shown = words.percent(share)
    return Words(
        f"{shown.fr} des paires d'acteurs ne peuvent se joindre par aucun chemin.", f"{shown.en} of pairs of actors have no path."
    )


def _pairs(share: float | None, how: Words) -> Words:
    if share is None:
        return Words(f"Liens directs : {_TOO_FEW.fr}.", f"Direct ties: {_TOO_FEW.en}.")
    shown = words.percent(share)
    return Words(
        f"{shown.fr} des paires d'acteurs travaillent ensemble {how.fr}.", f"{shown.en} of pairs work together {how.en}."
    )


def _within(share: float | None, sample: int | None) -> Words:
    if share is None:
        return Words(f"À deux pas : {_TOO_FEW.fr}.", f"Within two steps: {_TOO_FEW.en}.")
    shown = words.percent(share)
    how = Words("", "")
    if sample:
        how = Words(f" (estimation sur {sample} acteurs)", f" (estimate from {sample} actors)")
    return Words(
        f"{shown.fr} des paires d'acteurs peuvent se joindre par un intermédiaire au plus{how.fr}.",
        f"{shown.en} of pairs of actors can meet through one other at most{how.en}.",
    )


def _density(share: float | None) -> Words:
    if share is None:
        return Words(
            "Densité non définie : il faut un projet et un acteur.", "Density undefined: a project and an actor are needed."
        )
    shown = words.number(100 * share, 1)
    return Words(
        f"{shown.fr}\u00a0% des participations possibles existent.", f"{shown.en}% of the participations that could be are there."
    )


def _clustering(share: float | None) -> Words:
    if share is None:
        return Words(
            "Regroupement non défini : aucun acteur de deux projets à plusieurs.", "Clustering undefined: no path of three steps."
        )
    shown = words.percent(share)
    return Words(
        f"Qui partage un projet en partage un second dans {shown.fr} des cas possibles.",
        f"Those who share a project share a second one in {shown.en} of possible cases.",
    )


LABELS = {
    "components": Words("Morceaux", "Pieces"),
    "giant": Words("Plus grand morceau", "Largest piece"),
    "fragmentation": Words("Fragmentation", "Fragmentation"),
    "direct": Words("Paires liées directement", "Pairs tied directly"),
    "within_two": Words("Paires à deux pas au plus", "Pairs within two steps"),
    "density": Words("Densité", "Density"),
    "clustering": Words("Regroupement", "Clustering"),
}
COHESION = Metric(
    "cohesion",
    "C15",
    Words("Cohésion", "Cohesion"),
    Words(
        "Si le réseau tient d'un seul morceau, et quelle part des acteurs peut se joindre en un intermédiaire au plus.",
        "Whether the network holds in one piece, and what share of actors can meet through one other at most.",
    ),
    r"F = 1 - \frac{\sum_k s_k (s_k - 1)}{n (n - 1)}",
    "Borgatti 2003; Robins & Alexander 2004",
    PROJECTION,
    Words("morceaux ; parts des paires", "pieces; shares of pairs"),
    Words("Un acteur sans partenaire est un morceau à lui seul, et est compté.", "An actor without partner is a piece; counted."),
    "O(m) ; à deux pas O(Σ d²), estimé au-delà de 3000 acteurs",
    Words(
        "… % des paires d'acteurs peuvent se joindre par un intermédiaire au plus.",
        "…% of pairs of actors can meet through one other at most.",
    ),
    words.STRUCTURE,
    _cohesion,
)
