"""C17: what changed between two days: links kept, born and died, who came and who left, whether the order changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from pacte_graph.metrics import words
from pacte_graph.metrics.change.difference import Turnover, alike, turnover
from pacte_graph.metrics.change.snapshots import AFTER, BEFORE, Pair, pair, present
from pacte_graph.metrics.cooperation.communities import found_families
from pacte_graph.metrics.cooperation.partition import adjusted_rand, nmi
from pacte_graph.metrics.cooperation.projection import TWO_MODE, tied
from pacte_graph.metrics.model import Metric, MetricResult, Value
from pacte_graph.network.model import Network
from pacte_graph.network.views import incidence, participations
from pacte_graph.schema.kinds import Words

COUNTED = Words("chaque lien compte pour un", "each tie counts for one")
WITHOUT = Words(
    "Non défini : il faut deux dates différentes (paramètres before et after, ou deux dates de référence du programme).",
    "Undefined: two different dates are needed (parameters before and after, or two reference dates of the programme).",
)
MEASURES = ("kept", "born", "died", "jaccard", "persistence")
FAMILIES_COMPARED = 20_000
"""Ties above which communities are not compared: their change between two runs would pass for a change of the network."""


def cooperation(network: Network) -> frozenset[tuple[str, str]]:
    """Return the pairs of actors that share a project, each once, in order."""
    names, matrix = tied(network, "count")
    pairs = matrix.tocoo()
    rows, columns = pairs.coords
    return frozenset((names[i], names[j]) for i, j in zip(rows.tolist(), columns.tolist(), strict=True) if i < j)


def _change(network: Network, parameters: Mapping[str, Any]) -> MetricResult:
    two = pair(network, parameters)
    if two is None:
        ending = words.scope(network, COUNTED)
        value = Value(None, "Changement", "Programme", None, words.ended(WITHOUT, ending), dimension={"measure": "jaccard"})
        return MetricResult("change", network.scope, parameters, (value,), COUNTED.fr, {}, {"rows": []})
    return _compared(network, two, parameters)


def _compared(network: Network, two: Pair, parameters: Mapping[str, Any]) -> MetricResult:
    ending = words.scope(network, Words(f"du {two.first:%d/%m/%Y} au {two.second:%d/%m/%Y}", f"from {two.first} to {two.second}"))
    there, then = present(two.before, two.first), present(two.after, two.second)
    takes = turnover(set(participations(two.before)), set(participations(two.after)))
    works = turnover(cooperation(two.before), cooperation(two.after))
    came, left = sorted(then - there), sorted(there - then)
    new = frozenset(came)
    with_new = sum(bool(new & set(one)) for one in works.born)
    values = [
        *_turned("participations", takes, _takes(takes), ending),
        *_turned("cooperation", works, _works(two, works, with_new), ending),
        _value("Arrivées", len(came), _names(network, came, came=True), ending, {"measure": "entries"}),
        _value("Départs", len(left), _names(network, left, came=False), ending, {"measure": "exits"}),
    ]
    first, second = (_activity(one) for one in (two.before, two.after))
    common = there & then
    tau, rho = alike(*({name: value for name, value in one.items() if name in common} for one in (first, second)))
    for measure, number in (("kendall", tau), ("spearman", rho)):
        values.append(_value("Ordre d'activité", number, _order(number, measure), ending, {"measure": measure}))
    families = _families(two, common)
    for measure, number in families.items():
        values.append(_value("Communautés", number, _same_families(number), ending, {"measure": measure}))
    details = {
        "before": two.first,
        "after": two.second,
        "rows": [
            {"source": one[0], "target": one[1], "what": what, "type": type_}
            for type_, found in (("TAKES_PART_IN", takes), ("COOPERATION", works))
            for what in ("kept", "born", "died")
            for one in sorted(getattr(found, what))
        ],
        "entries": came,
        "exits": left,
        "born_with_entrants": with_new,
    }
    unknown = {
        "links_without_dates": sum(not {"since", "until"} & x.properties.keys() for x in network.links_of("TAKES_PART_IN"))
    }
    return MetricResult("change", network.scope, parameters, tuple(values), COUNTED.fr, unknown, details)


def _value(label: str, number: float | None, said: Words, ending: Words, dimension: Mapping[str, str]) -> Value:
    return Value(None, label, "Programme", number, words.ended(said, ending), dimension=dict(dimension))


def _turned(which: str, found: Turnover, said: Words, ending: Words) -> list[Value]:
    numbers = (len(found.kept), len(found.born), len(found.died), found.jaccard, found.persistence)
    label = "Participations" if which == "participations" else "Coopérations"
    return [
        _value(label, number, said, ending, {"of": which, "measure": name})
        for name, number in zip(MEASURES, numbers, strict=True)
    ]


def _takes(found: Turnover) -> Words:
    first = len(found.kept) + len(found.died)
    if first + len(found.born) == 0:
        return Words("Aucune participation à l'une ou l'autre date.", "No participation on either date.")
    born = words.count(len(found.born), Words("nouvelle", "new one"), Words("nouvelles", "new ones"))
    return Words(
        f"{len(found.kept)} participations sur {first} ont duré, {len(found.died)} ont pris fin ; {born.fr}.",
        f"{len(found.kept)} of {first} participations lasted, {len(found.died)} ended; {born.en}.",
    )


def _works(two: Pair, found: Turnover, with_new: int) -> Words:
    first = len(found.kept) + len(found.died)
    if first + len(found.born) == 0:
        return Words("Aucune coopération à l'une ou l'autre date.", "No cooperation on either date.")
    born = words.count(len(found.born), Words("est nouvelle", "is new"), Words("sont nouvelles", "are new"))
    return Words(
        f"Depuis le {two.first:%d/%m/%Y}, {len(found.kept)} coopérations sur {first} ont duré ; {born.fr}, dont "
        f"{with_new} avec des entrants.",
        f"Since {two.first}, {len(found.kept)} of {first} cooperations lasted; {born.en}, {with_new} of them with newcomers.",
    )


def _names(network: Network, names: list[str], *, came: bool) -> Words:
    shown = words.count(
        len(names), Words("projet ou acteur", "project or actor"), Words("projets ou acteurs", "projects or actors")
    )
    if not names:
        return Words("Aucune arrivée.", "No entry.") if came else Words("Aucun départ.", "No exit.")
    french, english = (
        words.listed([network.by_id[name].captions.get(tongue) for name in names], tongue) for tongue in ("fr", "en")
    )
    verb = Words("entrent", "came in") if came else Words("sortent", "left")
    return Words(f"{shown.fr} {verb.fr} : {french}.", f"{shown.en} {verb.en}: {english}.")


def _activity(network: Network) -> dict[str, float]:
    found = incidence(network)
    return dict(zip(found.actors, np.asarray(found.matrix.sum(axis=0)).ravel().tolist(), strict=True))


def _order(number: float | None, measure: str) -> Words:
    if number is None:
        return Words(
            "Ordre d'activité non comparable : moins de deux acteurs présents aux deux dates, ou tous également actifs.",
            "Order of activity not comparable: fewer than two actors there on both dates, or all as active.",
        )
    shown = words.number(number)
    name = Words("τ de Kendall", "Kendall's τ") if measure == "kendall" else Words("ρ de Spearman", "Spearman's ρ")
    return Words(
        f"L'ordre des acteurs par nombre de projets : {name.fr} {shown.fr} (1 : le même, 0 : sans rapport, −1 : l'inverse).",
        f"The order of actors by number of projects: {name.en} {shown.en} (1: the same, 0: unrelated, −1: the reverse).",
    )


def _families(two: Pair, common: frozenset[str]) -> dict[str, float | None]:
    """Return how alike the communities are on the actors that have partners on both dates."""
    told: list[dict[str, int]] = []
    for network in (two.before, two.after):
        if tied(network)[1].nnz > 2 * FAMILIES_COMPARED:
            return {"communities_nmi": None, "communities_rand": None}
        names, found = found_families(network, 1.0, 20)
        told.append({name: int(label) for name, label in zip(names, found.labels, strict=True) if label >= 0 and name in common})
    both = sorted(told[0].keys() & told[1].keys())
    one, other = (np.array([labels[name] for name in both], dtype=np.int64) for labels in told)
    return {"communities_nmi": nmi(one, other), "communities_rand": adjusted_rand(one, other)}


def _same_families(number: float | None) -> Words:
    if number is None:
        return Words(
            "Communautés non comparées : personne n'a de partenaires aux deux dates, ou le réseau est trop grand.",
            "Communities not compared: nobody has partners on both dates, or the network is too large.",
        )
    shown = words.number(number)
    return Words(
        f"Les communautés des deux dates se ressemblent à {shown.fr} sur 1.",
        f"The communities of both dates are alike by {shown.en} of 1.",
    )


CHANGE = Metric(
    "change",
    "C17",
    Words("Ce qui a changé", "What changed"),
    Words(
        "Entre deux dates : les liens qui durent, naissent et finissent, qui entre, qui sort, et si l'ordre des acteurs change.",
        "Between two dates: the ties that last, are born and end, who comes and who leaves, and whether the order changes.",
    ),
    r"J = \frac{|E_0 \cap E_1|}{|E_0 \cup E_1|},\quad P = \frac{|E_0 \cap E_1|}{|E_0|}",
    "Jaccard 1901; Kendall 1938; Snijders, van de Bunt & Steglich 2010",
    TWO_MODE,
    Words("liens, nœuds ; parts ; corrélations", "ties, nodes; shares; correlations"),
    Words(
        "Un lien sans date compte aux deux dates ; ces liens sont comptés.",
        "A link without dates counts on both; such links are counted.",
    ),
    "O(m)",
    Words(
        "Depuis le …, … coopérations sur … ont duré ; … sont nouvelles, dont … avec des entrants.",
        "Since …, … of … cooperations lasted; … are new, … of them with newcomers.",
    ),
    Words(
        "Ce qui n'est pas encore saisi à la seconde date passe pour fini : vérifier la fraîcheur des fiches.",
        "What has not been entered yet on the second date passes for ended: check how fresh the sheets are.",
    ),
    _change,
    (BEFORE, AFTER),
    all_dates=True,
)
