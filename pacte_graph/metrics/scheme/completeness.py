"""S9: how much of what the sheets should say is known, field by field, project by project and indicator by indicator."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import numpy as np

from pacte_graph.metrics import words
from pacte_graph.metrics.column import Column, Joined
from pacte_graph.metrics.model import Metric, MetricResult, Parameter, Value
from pacte_graph.metrics.scheme.fields import FIELDS, INPUTS, Filling, by_project, filling, inputs_known
from pacte_graph.metrics.scheme.rules import RULES, Checked, Rule
from pacte_graph.network.model import Network, Node
from pacte_graph.schema.kinds import Words

SHOWN = 50
"""Failing identifiers listed for each rule in the details."""
TODAY = Parameter(
    "today",
    "date",
    None,
    Words("Jour de lecture", "Day of reading"),
    Words(
        "Jour où l'on mesure l'ancienneté des fiches ; sans lui, la date du périmètre.",
        "Day at which the age of sheets is measured; without it, the date of the scope.",
    ),
)
WEIGHED = Words("champs pondérés selon leur importance", "fields weighted by their importance")


def _completeness(network: Network, parameters: Mapping[str, Any]) -> MetricResult:
    found, ending = filling(network), words.scope(network, WEIGHED)
    day = parameters["today"] or network.scope.date
    projects = network.nodes_of("Project")
    parts, ages = by_project(network), _ages(projects, day)
    checked = [(rule, rule.check(network)) for rule in RULES]
    metrics = {name: inputs_known(found, name) for name in sorted(INPUTS)}
    whole = Filling(sum(x.filled for x in found.values()), sum(x.applicable for x in found.values()))
    values = Joined(
        (_whole(whole, ending), _freshness(ages, len(projects), day, ending)),
        tuple(_field(field.key, field.label, found[field.key], ending) for field in FIELDS),
        tuple(_metric(name, part, ending) for name, part in metrics.items()),
        tuple(_rule(rule, result, ending) for rule, result in checked),
        _projects(projects, parts, ending),
        _age_column(projects, ages, day, ending),
    )
    details = {
        "fields": [
            {
                "key": field.key,
                "label": field.label,
                "weight": field.weight,
                "filled": found[field.key].filled,
                "applicable": found[field.key].applicable,
                "share": found[field.key].share,
            }
            for field in FIELDS
        ],
        "metrics": {
            name: {"share": part.share, "filled": part.filled, "applicable": part.applicable} for name, part in metrics.items()
        },
        "rules": [
            {
                "id": rule.id,
                "label": rule.label,
                "checked": result.checked,
                "failed": len(result.failed),
                "failing": list(result.failed[:SHOWN]),
            }
            for rule, result in checked
        ],
        "today": day,
    }
    unknown = {
        "cells_unknown": whole.applicable - whole.filled,
        "projects_without_sheet_date": int(np.isnan(ages).sum()) if day else len(projects),
    }
    return MetricResult("completeness", network.scope, parameters, values, WEIGHED.fr, unknown, details)


def _percent(share: float) -> Words:
    """Return a share without decimals; never 100 % while something is missing, never 0 % while something is there."""
    if 0.995 <= share < 1:
        return Words(f"plus de 99{words.HARD}%", "over 99%")
    if 0 < share < 0.005:
        return Words(f"moins de 1{words.HARD}%", "under 1%")
    return words.percent(share)


def _ages(projects: tuple[Node, ...], day: dt.date | None) -> np.ndarray[Any, Any]:
    """Return the days since each sheet; NaN without a day of reading or a sheet date, or for a sheet dated later."""
    found = np.full(len(projects), np.nan)
    for place, node in enumerate(projects):
        dated = node.properties.get("sheet_date")
        if day is not None and isinstance(dated, dt.date) and dated <= day:
            found[place] = (day - dated).days
    return found


def _whole(part: Filling, ending: Words) -> Value:
    shown = _percent(part.share or 0.0)
    said = Words(
        f"Informations attendues : {words.number(part.applicable).fr}, dont {shown.fr} renseignées.",
        f"Items expected: {words.number(part.applicable).en}, {shown.en} of them filled in.",
    )
    if part.share is None:
        said = Words("Complétude non définie : rien n'est attendu.", "Completeness undefined: nothing is expected.")
    ended = words.ended(said, ending)
    return Value(None, "Complétude", "Programme", part.share, ended, dimension={"measure": "all"})


def _freshness(ages: np.ndarray[Any, Any], projects: int, day: dt.date | None, ending: Words) -> Value:
    known = ages[~np.isnan(ages)]
    number = float(np.median(known)) if len(known) else None
    if number is None:
        why = Words("aucune fiche datée", "no sheet is dated") if day else Words("aucun jour de lecture", "no day of reading")
        said = Words(f"Ancienneté des fiches non définie : {why.fr}.", f"Age of the sheets undefined: {why.en}.")
    else:
        days = words.count(round(number), Words("jour", "day"), Words("jours", "days"))
        said = Words(
            f"La moitié des fiches datées ({len(known)} sur {projects}) a plus de {days.fr}.",
            f"Half of the dated sheets ({len(known)} of {projects}) are older than {days.en}.",
        )
    return Value(
        None, "Ancienneté des fiches", "Programme", number, words.ended(said, ending), dimension={"measure": "freshness"}
    )


def _field(key: str, label: Words, part: Filling, ending: Words) -> Value:
    said = Words(f"« {label.fr} » ne s'applique à rien ici.", f"“{label.en}” applies to nothing here.")
    if part.share is not None:
        shown, filled, out_of = _percent(part.share), words.number(part.filled), words.number(part.applicable)
        said = Words(
            f"« {label.fr} » : {shown.fr} renseignés ({filled.fr} sur {out_of.fr}).",
            f"“{label.en}”: {shown.en} filled in ({filled.en} of {out_of.en}).",
        )
    return Value(None, label.fr, "Programme", part.share, words.ended(said, ending), dimension={"measure": "field", "field": key})


def _metric(name: str, part: Filling, ending: Words) -> Value:
    said = Words(f"Indicateur {name} : rien à lire ici.", f"Indicator {name}: nothing to read here.")
    if part.share is not None:
        shown = _percent(part.share)
        said = Words(
            f"L'indicateur {name} lit {words.number(part.applicable).fr} informations, dont {shown.fr} renseignées.",
            f"The indicator {name} reads {words.number(part.applicable).en} items, {shown.en} of them filled in.",
        )
    return Value(None, name, "Programme", part.share, words.ended(said, ending), dimension={"measure": "metric", "metric": name})


def _rule(rule: Rule, result: Checked, ending: Words) -> Value:
    said = Words(f"« {rule.label.fr} » : rien à vérifier.", f"“{rule.label.en}”: nothing to check.")
    if result.kept is not None:
        kept, total = words.number(result.checked - len(result.failed)), words.number(result.checked)
        said = Words(
            f"« {rule.label.fr} » : vrai {kept.fr} fois sur {total.fr}.",
            f"“{rule.label.en}”: true {kept.en} times of {total.en}.",
        )
    ended, dimension = words.ended(said, ending), {"measure": "rule", "rule": rule.id}
    return Value(None, rule.label.fr, "Programme", result.kept, ended, dimension=dimension)


def _projects(projects: tuple[Node, ...], parts: Mapping[str, tuple[float, float]], ending: Words) -> Column:
    numbers = np.array([parts[node.id][0] / parts[node.id][1] if parts[node.id][1] else np.nan for node in projects], dtype=float)

    def sentence(place: int) -> Words:
        name, shown = words.quoted(projects[place]), _percent(float(np.nan_to_num(numbers[place])))
        return Words(f"{name.fr} : fiche renseignée à {shown.fr}.", f"{name.en}: sheet {shown.en} filled in.")

    return Column(projects, numbers, sentence, ending, dimension={"measure": "project"})


def _age_column(projects: tuple[Node, ...], ages: np.ndarray[Any, Any], day: dt.date | None, ending: Words) -> Column:
    def sentence(place: int) -> Words:
        name, age = words.quoted(projects[place]), ages[place]
        if np.isnan(age):
            why = Words("fiche non datée, ou datée d'après", "sheet undated, or dated later")
            if day is None:
                why = Words("aucun jour de lecture", "no day of reading")
            return Words(f"{name.fr} : ancienneté inconnue, {why.fr}.", f"{name.en}: age unknown, {why.en}.")
        days = words.count(int(age), Words("jour", "day"), Words("jours", "days"))
        return Words(f"{name.fr} : fiche vieille de {days.fr}.", f"{name.en}: sheet {days.en} old.")

    return Column(projects, ages, sentence, ending, dimension={"measure": "age"}, whole=True)


COMPLETENESS = Metric(
    "completeness",
    "S9",
    Words("Complétude des fiches", "Completeness of the sheets"),
    Words(
        "La part des informations attendues qui sont renseignées, les règles de cohérence tenues, et l'âge des fiches.",
        "The share of expected items that are filled in, the consistency rules kept, and the age of the sheets.",
    ),
    r"c_f = \frac{\text{filled}_f}{\text{applicable}_f},\quad c_p = \frac{\sum_f w_f\, c_{pf}}{\sum_f w_f}",
    "OECD/JRC 2008",
    Words("champs des projets, acteurs, territoires et liens", "fields of projects, actors, territories and links"),
    Words("part ; jours", "share; days"),
    Words(
        "C'est l'inconnu qu'elle mesure : un champ qui ne s'applique pas n'est ni rempli ni manquant.",
        "It measures the unknown itself: a field that does not apply is neither filled nor missing.",
    ),
    "O(n + m)",
    Words(
        "« … » : … % renseignés (… sur …) ; l'indicateur … lit … informations, dont … % renseignées.",
        "“…”: …% filled in (… of …); the indicator … reads … items, …% of them filled in.",
    ),
    Words(
        "Une fiche remplie peut être fausse : la complétude ne dit rien de l'exactitude.",
        "A sheet filled in may be wrong: completeness says nothing of accuracy.",
    ),
    _completeness,
    (TODAY,),
)
