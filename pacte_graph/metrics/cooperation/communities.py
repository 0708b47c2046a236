"""C8: the families of cooperation that the network falls into, how stable they are, and whether they follow the kinds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from pacte_graph.metrics import words
from pacte_graph.metrics.column import Column, Joined
from pacte_graph.metrics.cooperation.brokerage import numbered
from pacte_graph.metrics.cooperation.families import BORDER, Families, families
from pacte_graph.metrics.cooperation.partition import adjusted_rand, nmi, variation_of_information
from pacte_graph.metrics.cooperation.passing import PROJECTION
from pacte_graph.metrics.cooperation.projection import tied
from pacte_graph.metrics.cooperation.structural_holes import NEWMAN
from pacte_graph.metrics.model import Metric, MetricResult, Parameter, Value
from pacte_graph.network.model import Network
from pacte_graph.network.views import remembered
from pacte_graph.schema.kinds import Words

RESOLUTION = Parameter(
    "resolution",
    "float",
    1.0,
    Words("Finesse γ", "Resolution γ"),
    Words("Plus elle est grande, plus les communautés sont petites.", "The greater, the smaller the communities."),
    minimum=0.1,
    maximum=10.0,
)
RUNS = Parameter(
    "runs",
    "integer",
    20,
    Words("Tirages", "Runs"),
    Words(
        "Nombre de graines comparées pour la stabilité ; au plus 3 au-delà de 100 000 liens.",
        "Seeds compared for stability; at most 3 above 100,000 ties.",
    ),
    minimum=1,
    maximum=100,
)
LARGE, FEW = 100_000, 3


def found_families(network: Network, resolution: float, runs: int) -> tuple[tuple[str, ...], Families]:
    """Return the actors and their communities; made once for a snapshot, a resolution and a number of runs."""
    names, matrix = tied(network)
    asked = min(runs, FEW) if matrix.nnz > 2 * LARGE else runs
    return names, remembered(
        network, ("families", resolution, asked), lambda: families(matrix, resolution=resolution, runs=asked)
    )


def _communities(network: Network, parameters: Mapping[str, Any]) -> MetricResult:
    names, found = found_families(network, parameters["resolution"], parameters["runs"])
    nodes = tuple(network.by_id[name] for name in names)
    ending = words.scope(network, NEWMAN)
    _, matrix = tied(network)
    strength = np.asarray(matrix.sum(axis=1)).ravel()
    heads = _heads(found, strength, names)
    title = [words.quoted(network.by_id[name]) for name in heads]
    kinds, groups = numbered([node.group for node in nodes])
    inside = found.labels >= 0

    def sentence(place: int) -> Words:
        name = words.quoted(nodes[place])
        if found.labels[place] < 0:
            return Words(
                f"{name.fr} n'a pas de partenaire : hors des communautés.", f"{name.en} has no partner: in no community."
            )
        head = title[found.labels[place]]
        border = Words("", "")
        if found.astray[place] > BORDER:
            share = words.percent(float(found.astray[place]))
            border = Words(
                f" ; à la frontière (ailleurs dans {share.fr} des tirages)", f"; on a border (elsewhere in {share.en})"
            )
        return Words(f"{name.fr} coopère autour de {head.fr}{border.fr}.", f"{name.en} cooperates around {head.en}{border.en}.")

    numbers = np.where(inside, found.labels + 1.0, np.nan)
    column = Column(nodes, numbers, sentence, ending, dimension={"measure": "community"}, whole=True, ranked=False)
    whole = (
        _value("Communautés", found.count if inside.any() else None, _whole(found), ending, "count"),
        _value("Modularité", found.modularity, _modularity(found), ending, "modularity"),
        _value("Stabilité", found.agreement_nmi, _stable(found), ending, "stability"),
        _value(
            "Communautés et familles",
            nmi(found.labels[inside], groups[inside]) if inside.any() else None,
            _followed(found, groups, inside),
            ending,
            "kinds_nmi",
        ),
    )
    details = {
        "ids": names,
        "labels": found.labels,
        "astray": found.astray,
        "heads": heads,
        "sizes": np.bincount(found.labels[inside], minlength=found.count).tolist(),
        "kinds": kinds,
        "comparison": {
            "nmi": nmi(found.labels[inside], groups[inside]),
            "adjusted_rand": adjusted_rand(found.labels[inside], groups[inside]),
            "variation_of_information": variation_of_information(found.labels[inside], groups[inside]),
        },
        "runs": found.runs,
        "library": found.library,
    }
    unknown = {"actors_without_partner": int((~inside).sum())}
    return MetricResult("communities", network.scope, parameters, Joined(whole, column), NEWMAN.fr, unknown, details)


def _heads(found: Families, strength: Any, names: tuple[str, ...]) -> list[str]:
    """Return the best connected member of each community; ties by id."""
    order = sorted(range(len(names)), key=lambda at: (-round(float(strength[at]), 10), names[at]))
    heads: dict[int, str] = {}
    for at in order:
        if found.labels[at] >= 0:
            heads.setdefault(int(found.labels[at]), names[at])
    return [heads[label] for label in range(found.count)]


def _value(label: str, number: float | None, said: Words, ending: Words, measure: str) -> Value:
    return Value(None, label, "Programme", number, words.ended(said, ending), dimension={"measure": measure})


_NONE = Words("Aucune communauté : aucun lien entre acteurs.", "No community: no tie between actors.")


def _whole(found: Families) -> Words:
    if found.modularity is None:
        return _NONE
    shown = words.count(found.count, Words("famille de coopération", "family"), Words("familles de coopération", "families"))
    stable = Words("", "")
    if found.agreement_nmi is not None:
        share = words.percent(found.agreement_nmi)
        stable = Words(f", stables à {share.fr} ({found.runs} tirages)", f", {share.en} stable ({found.runs} runs)")
    return Words(
        f"Le réseau se structure en {shown.fr}{stable.fr}.", f"The network falls into {shown.en} of cooperation{stable.en}."
    )


def _modularity(found: Families) -> Words:
    if found.modularity is None:
        return _NONE
    shown = words.number(found.modularity)
    return Words(
        f"Modularité {shown.fr} : 0 si les familles ne se distinguent pas du hasard, près de 1 si elles sont très séparées.",
        f"Modularity {shown.en}: 0 if the families are no more than chance, near 1 if they are well apart.",
    )


def _stable(found: Families) -> Words:
    if found.agreement_nmi is None:
        return Words("Stabilité non définie : un seul tirage, ou aucun lien.", "Stability undefined: one run alone, or no tie.")
    shown = words.number(found.agreement_nmi)
    many = int((found.astray > BORDER).sum())
    border = words.count(many, Words("acteur", "actor"), Words("acteurs", "actors"))
    return Words(
        f"Stabilité {shown.fr} sur {found.runs} tirages (information mutuelle normalisée) ; {border.fr} à une frontière.",
        f"Stability {shown.en} over {found.runs} runs (normalised mutual information); {border.en} on a border.",
    )


def _followed(found: Families, groups: Any, inside: Any) -> Words:
    alike = nmi(found.labels[inside], groups[inside]) if inside.any() else None
    if alike is None:
        return _NONE
    shown = words.number(alike)
    return Words(
        f"Ressemblance avec les familles d'acteurs {shown.fr} : 1 si l'on ne coopère qu'entre semblables, 0 si la famille ne dit "
        "rien de la communauté.",
        f"Likeness to the kinds of actors {shown.en}: 1 if only likes cooperate, 0 if the kind says nothing of the community.",
    )


COMMUNITIES = Metric(
    "communities",
    "C8",
    Words("Communautés de coopération", "Communities of cooperation"),
    Words(
        "Les familles de coopération où les acteurs travaillent surtout entre eux, leur stabilité, et qui est à la frontière.",
        "The families of cooperation whose actors mostly work among themselves, how stable they are, and who is on a border.",
    ),
    r"Q = \sum_c \left[ L_c / m - \gamma (k_c / 2m)^2 \right]",
    "Traag, Waltman & van Eck 2019; Newman & Girvan 2004; Meilă 2007",
    PROJECTION,
    Words("numéro de communauté (1 : la plus grande) ; indices de 0 à 1", "number of community (1: the largest); from 0 to 1"),
    Words("Un acteur sans partenaire n'est d'aucune communauté, et est compté.", "An actor without partner is in none; counted."),
    "O(runs · m)",
    Words(
        "Le réseau se structure en … familles de coopération, stables à … % (… tirages).",
        "The network falls into … families of cooperation, …% stable (… runs).",
    ),
    Words(
        "Un autre γ donne d'autres familles ; de très petites peuvent être fondues dans de grandes (limite de résolution).",
        "Another γ gives other families; very small ones may be merged into large ones (resolution limit).",
    ),
    _communities,
    (RESOLUTION, RUNS),
)
