"""E10b: the balance of power between actors, from influences an expert has marked (MACTOR, Godet)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from pacte_graph.errors import UsageError
from pacte_graph.metrics import words
from pacte_graph.metrics.column import Column
from pacte_graph.metrics.model import Metric, MetricResult
from pacte_graph.network.model import Network
from pacte_graph.schema.kinds import Words

Vector = np.ndarray[Any, Any]
FRAME = "influence"
GREATEST = 4
LARGEST = 500
WEIGHT = Words("influences notées de 0 à 4 par un expert", "influences marked 0 to 4 by an expert")
EVEN = 0.05


@dataclass(frozen=True)
class Balance:
    """MACTOR's numbers: direct and indirect influences ``midi``, influence M, dependence D, and the balance of power.

    ``relation`` is r* (mean 1 over all actors; None where nobody influences anybody): NaN for who neither influences nor
    depends.
    """

    midi: Vector
    influence: Vector
    dependence: Vector
    relation: Vector | None


def mactor(matrix: Vector) -> Balance:
    """Return the balance of power of a square matrix of direct influences (row influences column, marks ≥ 0).

    MIDI_ij = MID_ij + Σ_k min(MID_ik, MID_kj); M_i = Σ_{j≠i} MIDI_ij; D_i = Σ_{j≠i} MIDI_ji;
    r_i = (M_i − MIDI_ii)/ΣM · M_i/(M_i + D_i); r* = n·r/Σr. The diagonal given is dropped. O(n³).
    Raises UsageError for a matrix that is not square, or holds a negative or undefined mark. Source: Godet 2001.
    """
    marks = np.array(matrix, dtype=float)
    if marks.ndim != 2 or marks.shape[0] != marks.shape[1]:
        raise UsageError("A matrix of influences is square: one row and one column for each actor.")
    if not (np.isfinite(marks) & (marks >= 0)).all():
        raise UsageError("Every mark of a matrix of influences is a number from 0 upwards.")
    np.fill_diagonal(marks, 0.0)
    midi = marks.copy()
    for through in range(len(marks)):
        midi += np.minimum.outer(marks[:, through], marks[through])
    own = np.diagonal(midi)
    rows, columns = midi.sum(axis=1) - own, midi.sum(axis=0) - own
    if rows.sum() <= 0:
        return Balance(midi, rows, columns, None)
    both = rows + columns
    share = np.divide(rows, both, out=np.full(len(marks), np.nan), where=both > 0)
    ratio = (rows - own) / rows.sum() * share
    whole = float(np.nansum(ratio))
    return Balance(midi, rows, columns, len(marks) * ratio / whole if whole > 0 else None)


def _mactor(network: Network, parameters: Mapping[str, Any]) -> MetricResult:
    links = [
        link for link in network.links_of("COOPERATES_WITH") if str(link.properties.get("frame") or "").strip().lower() == FRAME
    ]
    links = [link for link in links if link.source != link.target]
    ids = tuple(sorted({name for link in links for name in (link.source, link.target)}))
    missing = sum(link.properties.get("weight") is None for link in links)
    wrong = sum(not _is_mark(link.properties["weight"]) for link in links if link.properties.get("weight") is not None)
    why = _why(len(ids), missing, wrong)
    place = {name: at for at, name in enumerate(ids)}
    found = None
    if why is None:
        marks = np.zeros((len(ids), len(ids)))
        for link in links:
            cell = place[link.source], place[link.target]
            marks[cell] = max(marks[cell], float(link.properties["weight"]))
        found = mactor(marks)
    nodes = network.nodes_of("Actor")
    numbers = np.full(len(nodes), np.nan)
    if found is not None and found.relation is not None:
        for at, node in enumerate(nodes):
            if node.id in place:
                numbers[at] = found.relation[place[node.id]]

    def sentence(at: int) -> Words:
        return _sentence(words.quoted(nodes[at]), float(numbers[at]), why, marked=nodes[at].id in place)

    values = Column(nodes, numbers, sentence, words.scope(network, WEIGHT))
    details: dict[str, Any] = {"actors": ids, "rows": []}
    if found is not None:
        details["midi"] = found.midi
        details["rows"] = [
            {
                "id": name,
                "label": network.by_id[name].caption,
                "influence": float(found.influence[at]),
                "dependence": float(found.dependence[at]),
                "relation": None if found.relation is None or np.isnan(found.relation[at]) else float(found.relation[at]),
            }
            for at, name in enumerate(ids)
        ]
    counts = {"influences_without_mark": missing, "influences_out_of_scale": wrong}
    return MetricResult("mactor", network.scope, parameters, values, WEIGHT.fr, counts, details)


def _is_mark(weight: Any) -> bool:
    return float(weight) in {0.0, 1.0, 2.0, 3.0, 4.0}


def _why(actors: int, missing: int, wrong: int) -> Words | None:
    if not actors:
        return Words(
            "aucune influence entre acteurs n'a été notée par un expert", "no influence between actors was marked by an expert"
        )
    if missing:
        shown = words.count(
            missing,
            Words("influence n'est pas notée", "influence has no mark"),
            Words("influences ne sont pas notées", "influences have no mark"),
        )
        return Words(f"{shown.fr} : la matrice est à compléter", f"{shown.en}: the matrix is to be completed")
    if wrong:
        shown = words.count(
            wrong,
            Words("note n'est pas un entier", "mark is not a whole number"),
            Words("notes ne sont pas des entiers", "marks are not whole numbers"),
        )
        return Words(f"{shown.fr} de 0 à 4", f"{shown.en} from 0 to 4")
    if actors > LARGEST:
        return Words(f"la matrice dépasse {LARGEST} acteurs", f"the matrix exceeds {LARGEST} actors")
    return None


def _sentence(named: Words, value: float, why: Words | None, *, marked: bool) -> Words:
    if why is not None:
        return Words(f"{named.fr} : non défini, car {why.fr}.", f"{named.en}: undefined, for {why.en}.")
    if not marked:
        return Words(
            f"{named.fr} : non défini, car il n'est pas dans la matrice des influences notées.",
            f"{named.en}: undefined, for it is not in the matrix of marked influences.",
        )
    if np.isnan(value):
        return Words(
            f"{named.fr} : non défini, car il n'influence personne et personne ne l'influence.",
            f"{named.en}: undefined, for it influences nobody and nobody influences it.",
        )
    shown = words.number(value)
    if abs(value - 1) <= EVEN:
        return Words(
            f"Rapport de force {shown.fr} : {named.fr} est dans la moyenne des acteurs notés.",
            f"Balance of power {shown.en}: {named.en} is about the average of the actors marked.",
        )
    french, english = ("plus", "more") if value > 1 else ("moins", "less")
    return Words(
        f"Rapport de force {shown.fr} : {named.fr} pèse {french} que l'acteur moyen, influences reçues déduites.",
        f"Balance of power {shown.en}: {named.en} weighs {english} than the average actor, influences received allowed for.",
    )


MACTOR = Metric(
    "mactor",
    "E10b",
    Words("Rapports de force entre acteurs (MACTOR)", "Balance of power between actors (MACTOR)"),
    Words(
        "Qui pèse plus qu'il ne subit, d'après des influences entre acteurs notées de 0 à 4 par un expert : des liens "
        "de coopération (table "
        "des coopérations) de cadre « influence », du plus influent vers l'influencé, la note en poids. Jamais déduit "
        "des participations.",
        "Who weighs more than they undergo, from influences between actors marked 0 to 4 by an expert: cooperation "
        "links (table of "
        "cooperations) of frame “influence”, from who influences to who is influenced, the mark as weight. Never "
        "derived from participations.",
    ),
    r"r_i = \frac{M_i - MIDI_{ii}}{\sum M} \cdot \frac{M_i}{M_i + D_i},\quad r^*_i = n\, r_i / \sum r",
    "Godet 2001",
    Words(
        "influences entre acteurs notées par un expert (ligne : qui influence)",
        "influences between actors marked by an expert (row: who influences)",
    ),
    Words("rapport à la moyenne des acteurs notés", "ratio to the mean of the actors marked"),
    Words(
        "Un couple sans lien vaut 0 (pas d'influence) ; un lien sans note, ou hors de l'échelle, rend toute la matrice "
        "non définie.",
        "A pair without a link is 0 (no influence); a link without a mark, or off the scale, makes the whole matrix undefined.",
    ),
    "O(n³)",
    Words(
        "Rapport de force … : « … » pèse plus que l'acteur moyen, influences reçues déduites.",
        "Balance of power …: “…” weighs more than the average actor, influences received allowed for.",
    ),
    Words(
        "Vaut ce que valent les notes de l'expert ; la formule est celle de Godet, sans valeur publiée pour la vérifier.",
        "Is worth what the expert's marks are worth; the formula is Godet's, with no published value to check it against.",
    ),
    _mactor,
)
