"""C14: which groups cooperate with which, more or less than their sizes give; scales joined by a project; two metropoles."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from pacte_graph.metrics import words
from pacte_graph.metrics.cooperation.brokerage import numbered
from pacte_graph.metrics.cooperation.front import Front, front, levels_of
from pacte_graph.metrics.cooperation.mixing_matrix import assortativity, mixing, over_representation, residuals
from pacte_graph.metrics.cooperation.passing import PROJECTION, UNWEIGHTED, tied_pairs
from pacte_graph.metrics.cooperation.reach_of_kinds import MODULE, modules
from pacte_graph.metrics.model import Metric, MetricResult, Parameter, Value
from pacte_graph.metrics.sureness.nulls import SEED, NullResult, affordable, draws_parameter, permuted
from pacte_graph.network.model import Network
from pacte_graph.network.views import incidence
from pacte_graph.schema.kinds import Words

DRAWS = draws_parameter(99)
ONE, OTHER = (
    Parameter(
        name,
        "node",
        None,
        Words(f"{nth[0]} territoire du front", f"{nth[1]} territory of the front"),
        Words(
            "Identifiant d'un territoire ; à défaut, les deux métropoles du périmètre.",
            "A territory's identifier; otherwise the two metropoles of the perimeter.",
        ),
    )
    for name, nth in (("first", ("Premier", "First")), ("second", ("Second", "Second")))
)
CLEAR = 0.05


def _mixing(network: Network, parameters: Mapping[str, Any]) -> MetricResult:
    names, found = tied_pairs(network)
    told = modules(network, names, parameters["module"])
    kinds, groups = numbered(told)
    shares, count = mixing(found, groups), len(found.first)
    r = assortativity(shares)

    def statistic(dealt: Any) -> float | None:
        return assortativity(mixing(found, dealt))

    draws = affordable(parameters["draws"], count)
    null = permuted(statistic, groups, draws=draws, seed=parameters["seed"])
    over = over_representation(shares)
    ending = words.scope(network, UNWEIGHTED)
    values = [_value("Assortativité", r, _whole(r, null, len(kinds), count), ending, {"measure": "assortativity"})]
    label = _labels(network, kinds, parameters["module"])
    for i in range(len(kinds)):
        for j in range(i, len(kinds)):
            value = None if np.isnan(over[i, j]) else float(over[i, j])
            both = Words(*(f"{label[i].get(tongue)} – {label[j].get(tongue)}" for tongue in ("fr", "en")))
            values.append(
                _value(both.fr, value, _cell(both, value), ending, {"measure": "over", "one": kinds[i], "other": kinds[j]})
            )
    vertical = _vertical(network)
    values.append(_value("Intégration verticale", vertical[0], _scales(*vertical), ending, {"measure": "vertical"}))
    joined = front(network, parameters["first"], parameters["second"])
    values += _front(network, joined, ending)
    unknown = {f"actors_of_unknown_{parameters['module']}": told.count("unknown")}
    details = {
        "groups": kinds,
        "labels": label,
        "shares": shares,
        "over": over,
        "residuals": residuals(shares, count),
        "ties": count,
        "null": null.as_dict(),
        "front": None if joined is None else joined.as_dict(),
    }
    return MetricResult("mixing", network.scope, parameters, tuple(values), UNWEIGHTED.fr, unknown, details)


def _value(label: str, number: float | None, said: Words, ending: Words, dimension: Mapping[str, str]) -> Value:
    return Value(None, label, "Programme", number, words.ended(said, ending), dimension=dict(dimension))


def _labels(network: Network, kinds: list[str], module: str) -> list[Words]:
    if module == "kind":
        return [words.kind(kind) for kind in kinds]
    blank = Words("territoire inconnu", "unknown territory")
    return [network.by_id[kind].captions if kind in network.by_id else blank for kind in kinds]


def _whole(r: float | None, null: NullResult, groups: int, ties: int) -> Words:
    if r is None:
        why = Words("aucun lien", "no tie") if not ties else Words("une seule famille a des liens", "one group alone has ties")
        return Words(f"Assortativité non définie : {why.fr}.", f"Assortativity undefined: {why.en}.")
    shown = words.number(r)
    tested = Words("", "")
    if null.p is not None:
        p = words.number(null.p, 3)
        tested = Words(f" (p = {p.fr}, {null.null.fr})", f" (p = {p.en}, {null.null.en})")
    side = Words("entre semblables plus que par hasard", "among likes more than by chance")
    if null.p is not None and null.p > CLEAR:
        side = Words("sans écart net au hasard", "much as chance would give")
    elif r < 0:
        side = Words("entre différents plus que par hasard", "among unlikes more than by chance")
    return Words(
        f"Assortativité {shown.fr} : on coopère {side.fr}{tested.fr}, sur {groups} groupes.",
        f"Assortativity {shown.en}: cooperation goes {side.en}{tested.en}, over {groups} groups.",
    )


def _cell(both: Words, value: float | None) -> Words:
    if value is None:
        return Words(f"{both.fr} : non défini, un groupe n'a aucun lien.", f"{both.en}: undefined, a group has no tie.")
    shown = words.number(value)
    return Words(
        f"{both.fr} : coopérations {shown.fr} fois aussi fréquentes que les tailles des groupes ne le donneraient.",
        f"{both.en}: cooperation {shown.en} times as frequent as the sizes of the groups would give.",
    )


def _vertical(network: Network) -> tuple[float | None, int, int]:
    """Return the share of projects whose actors sit at two scales or more, their number, and how many have a known scale."""
    at = levels_of(network)
    found = incidence(network)
    scales = [
        {level for place in found.matrix.indices[start:end] for level in at.get(found.actors[place], ())}
        for start, end in zip(found.matrix.indptr[:-1], found.matrix.indptr[1:], strict=True)
    ]
    known = [one for one in scales if one]
    several = sum(len(one) > 1 for one in known)
    return (several / len(known) if known else None), several, len(known)


def _scales(share: float | None, several: int, known: int) -> Words:
    if share is None:
        return Words(
            "Intégration verticale non définie : aucun projet n'a d'acteur implanté à une échelle connue.",
            "Vertical integration undefined: no project has an actor based at a known scale.",
        )
    projects = words.count(known, Words("projet", "project"), Words("projets", "projects"))
    verb = "réunit" if several < 2 else "réunissent"
    return Words(
        f"{several} sur {projects.fr} dont l'échelle est connue {verb} des acteurs d'au moins deux échelles.",
        f"{several} of {projects.en} of known scale bring together actors of at least two scales.",
    )


def _front(network: Network, joined: Front | None, ending: Words) -> list[Value]:
    if joined is None:
        said = Words(
            "Front entre deux métropoles : non défini, le périmètre n'en a pas deux (ou les territoires ne sont pas nommés).",
            "Front between two metropoles: undefined, the perimeter has not two of them (or no territories are named).",
        )
        return [_value("Front", None, said, ending, {"measure": "front_projects"})]
    one, other = (words.quoted(network.by_id[name]) for name in (joined.first, joined.second))
    projects = words.count(len(joined.projects), Words("projet", "project"), Words("projets", "projects"))
    pairs = words.count(joined.pairs, Words("paire", "pair"), Words("paires", "pairs"))
    money = Words("montant inconnu", "unknown amount")
    if joined.budget is not None:
        amount = words.number(joined.budget)
        known = words.count(joined.budgets, Words("budget connu", "known budget"), Words("budgets connus", "known budgets"))
        money = Words(f"{amount.fr}{words.HARD}€ pour {known.fr}", f"€{amount.en} for {known.en}")
    said = Words(
        f"Front {one.fr} – {other.fr} : {projects.fr} ({money.fr}), {pairs.fr} d'acteurs.",
        f"Front {one.en} – {other.en}: {projects.en} ({money.en}), {pairs.en} of actors.",
    )
    share = joined.share
    shown = Words("non défini, aucun lien entre territoires", "undefined, no tie between territories")
    if share is not None:
        percent = words.percent(share)
        shown = Words(f"{percent.fr} des liens entre territoires", f"{percent.en} of the ties between territories")
    part = Words(f"Front {one.fr} – {other.fr} : {shown.fr}.", f"Front {one.en} – {other.en}: {shown.en}.")
    return [
        _value("Front", float(len(joined.projects)), said, ending, {"measure": "front_projects"}),
        _value("Front", joined.budget, said, ending, {"measure": "front_budget"}),
        _value("Front", float(joined.pairs), said, ending, {"measure": "front_pairs"}),
        _value("Front", share, part, ending, {"measure": "front_share"}),
    ]


MIXING = Metric(
    "mixing",
    "C14",
    Words("Mélange des familles et des territoires", "Mixing of kinds and territories"),
    Words(
        "Quels groupes coopèrent entre eux plus ou moins que leurs tailles ne le donneraient, et le front entre deux métropoles.",
        "Which groups cooperate more or less than their sizes would give, and the front between two metropoles.",
    ),
    r"r = \frac{\sum_s e_{ss} - \sum_s a_s b_s}{1 - \sum_s a_s b_s},\quad o_{st} = e_{st} / (a_s b_t)",
    "Newman 2003",
    PROJECTION,
    Words("r au plus 1 ; rapport au hasard des tailles ; parts", "r at most 1; ratio to what sizes give; shares"),
    Words(
        "Les acteurs de groupe inconnu forment un groupe à part ; un projet sans échelle connue est hors du compte.",
        "Actors of unknown group are a group of their own; a project of no known scale is left out.",
    ),
    "O(m · draws)",
    Words(
        "… – … : coopérations … fois aussi fréquentes que les tailles des groupes ne le donneraient.",
        "… – …: cooperation … times as frequent as the sizes of the groups would give.",
    ),
    Words(
        "Les liens d'un même projet ne sont pas indépendants : les résidus colorent le tableau, ils ne prouvent rien.",
        "Ties of one project are not independent: residuals colour the table and prove nothing.",
    ),
    _mixing,
    (MODULE, ONE, OTHER, DRAWS, SEED),
)
