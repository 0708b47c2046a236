"""What each dimension of a value is called: data say ``measure: orphans``, people read “actors left without project”."""

from __future__ import annotations

from collections.abc import Mapping

from pacte_graph.metrics import words
from pacte_graph.metrics.scheme.fields import FIELDS
from pacte_graph.metrics.scheme.rules import RULES
from pacte_graph.network.model import Network
from pacte_graph.schema.kinds import Words


def _table(*rows: tuple[str, str, str]) -> dict[str, Words]:
    return {name: Words(fr, en) for name, fr, en in rows}


MEASURES = _table(
    ("activity", "nombre de projets", "number of projects"),
    ("adaptive", "robustesse, ordre réévalué", "robustness, order counted anew"),
    ("additional", "levier additionnel", "additional leverage"),
    ("adjusted_rand", "Rand ajusté", "adjusted Rand"),
    ("age", "ancienneté de la fiche", "age of the sheet"),
    ("all", "ensemble", "all"),
    ("amount", "budget perdu", "budget lost"),
    ("articulation", "points d'articulation", "articulation points"),
    ("assortativity", "assortativité", "assortativity"),
    ("attack", "robustesse, les plus liés d'abord", "robustness, most tied first"),
    ("between", "part entre territoires", "share between territories"),
    ("betweenness", "carrefour", "betweenness"),
    ("blau", "diversité", "diversity"),
    ("blau_normalised", "diversité normalisée", "normalised diversity"),
    ("block", "boucle", "loop"),
    ("born", "nouvelles", "new"),
    ("born_with_entrants", "nouvelles, avec un entrant", "new, with an entrant"),
    ("break_even", "coordination au plus", "coordination at most"),
    ("chain", "projets portés par les entrés", "projects led by those who came in"),
    ("chance", "robustesse au hasard", "robustness at random"),
    ("closeness", "proximité", "closeness"),
    ("clustering", "regroupement", "clustering"),
    ("community", "communauté", "community"),
    ("components", "morceaux", "pieces"),
    ("constraint", "contrainte", "constraint"),
    ("count", "nombre", "number"),
    ("coverage", "plans complets", "complete plans"),
    ("cross_type_ties", "couples de familles différentes perdus", "pairs of different kinds lost"),
    ("density", "densité", "density"),
    ("deserted", "projets sans acteur", "projects left without actor"),
    ("died", "cessées", "ceased"),
    ("direct", "liens directs", "direct ties"),
    ("effective_size", "taille effective", "effective size"),
    ("effective_types", "familles effectives", "effective kinds"),
    ("efficiency", "efficacité", "efficiency"),
    ("eigenvector", "motif principal", "main pattern"),
    ("entered", "entrées", "entries"),
    ("fan_in", "touché par", "touched by"),
    ("fan_out", "touche", "touches"),
    ("field", "champ", "field"),
    ("first_share", "part du premier", "share of the first"),
    ("fragmentation", "fragmentation", "fragmentation"),
    ("freshness", "ancienneté des fiches", "age of the sheets"),
    ("front_budget", "front : budget", "front: budget"),
    ("front_pairs", "front : couples d'acteurs", "front: pairs of actors"),
    ("front_projects", "front : projets", "front: projects"),
    ("front_share", "front : part des liens", "front: share of ties"),
    ("gain", "apport", "gain"),
    ("giant", "plus grand morceau", "largest piece"),
    ("gini", "Gini", "Gini"),
    ("harmonic", "portée harmonique", "harmonic reach"),
    ("helix", "mondes réunis", "worlds brought together"),
    ("hhi", "concentration (HHI)", "concentration (HHI)"),
    ("hierarchy", "hiérarchie", "hierarchy"),
    ("indirect_share", "part indirecte", "indirect share"),
    ("inherited", "par emboîtement", "by nesting"),
    ("institution_pairs", "couples d'institutions éloignés", "pairs of institutions set apart"),
    ("institutions", "institutions partenaires", "partner institutions"),
    ("jaccard", "Jaccard", "Jaccard"),
    ("kendall", "τ-b de Kendall", "Kendall's τ-b"),
    ("kept", "gardés", "kept"),
    ("kinds_nmi", "ressemblance avec les familles d'acteurs", "likeness to the kinds of actors"),
    ("lead_share", "part du premier partenaire", "share of the first partner"),
    ("leaving_giant", "acteurs détachés", "actors cut off"),
    ("left", "sorties", "exits"),
    ("loss", "perte", "loss"),
    ("metric", "indicateur", "indicator"),
    ("modularity", "modularité", "modularity"),
    ("multiplier", "multiplicateur", "multiplier"),
    ("net", "économie nette", "net saving"),
    ("net_share", "part perdue par les autres", "share lost by the others"),
    ("newcomers", "acteurs entrés", "actors who came in"),
    ("nmi", "information mutuelle", "mutual information"),
    ("nodf", "NODF", "NODF"),
    ("orphans", "acteurs sans projet", "actors left without project"),
    ("over", "par rapport au hasard", "relative to chance"),
    ("part", "part de l'économie", "part of the saving"),
    ("participation", "participation", "participation"),
    ("partners", "partenaires", "partners"),
    ("people", "habitants couverts", "inhabitants covered"),
    ("per_unit", "par habitant", "per inhabitant"),
    ("persistence", "durée", "persistence"),
    ("pieces", "morceaux de plus", "more pieces"),
    ("powers", "classement indirect", "indirect ranking"),
    ("present_value", "valeur actualisée", "present value"),
    ("prior_ties", "autres projets communs", "other shared projects"),
    ("private", "levier privé", "private leverage"),
    ("project", "fiche du projet", "sheet of the project"),
    ("projects", "projets par territoire", "projects a territory"),
    ("propagation_cost", "coût de propagation", "propagation cost"),
    ("rate", "taux d'économie", "saving rate"),
    ("reach", "portée", "reach"),
    ("reached", "total touché", "total reached"),
    ("regional", "financement régional perdu", "regional funding lost"),
    ("regional_rate", "taux régional", "regional rate"),
    ("rescaled", "participation ramenée à 1", "participation rescaled"),
    ("retention", "restés", "retention"),
    ("rule", "règle", "rule"),
    ("scales", "échelles réunies", "scales brought together"),
    ("share", "part", "share"),
    ("spearman", "ρ de Spearman", "Spearman's ρ"),
    ("stability", "stabilité", "stability"),
    ("stayed", "restés", "stayed"),
    ("steered", "projets pilotés ensemble", "projects steered together"),
    ("theil", "Theil", "Theil"),
    ("ties", "liens gardés", "ties kept"),
    ("total", "levier total", "total leverage"),
    ("types", "familles réunies", "kinds brought together"),
    ("uncovered", "territoires découverts", "territories uncovered"),
    ("vertical", "intégration verticale", "vertical integration"),
    ("weight", "poids gardé", "weight kept"),
    ("within_two", "à deux pas au plus", "within two steps"),
    ("z", "écart au sein du groupe", "spread within the group"),
)
"""What the numbers of a metric that gives several are called."""
_OTHERS: Mapping[str, Mapping[str, Words]] = {
    "measure": MEASURES,
    "axis": _table(("drive", "motricité", "drive"), ("dependence", "dépendance", "dependence")),
    "order": _table(("direct", "directe", "direct"), ("indirect", "indirecte", "indirect")),
    "type": _table(
        ("Project", "projets", "projects"), ("Actor", "acteurs", "actors"), ("Territory", "territoires", "territories")
    ),
    "definition": _table(("any", "toutes échelles", "any scale"), ("beyond", "au-delà de la métropole", "beyond the metropolis")),
    "period": _table(("once", "une seule fois", "once"), ("yearly", "par an", "a year")),
    "role": _table(
        ("total", "toutes médiations", "all brokerage"),
        ("coordinator", "coordinateur", "coordinator"),
        ("itinerant", "consultant", "consultant"),
        ("boundary", "passeur vers l'extérieur", "gatekeeper"),
        ("liaison", "agent de liaison", "liaison"),
    ),
    "group": _table(("all", "tout le réseau", "whole network"), ("node", "par acteur", "by actor")),
    "links": _table(
        ("cooperations", "coopérations", "ties of cooperation"), ("participations", "participations", "participations")
    ),
    "nodes": _table(("actors", "acteurs", "actors"), ("projects", "projets", "projects")),
    "of": _table(
        ("activity", "selon le nombre de projets", "by number of projects"),
        ("strength", "selon la force des liens", "by strength of ties"),
        ("communities", "communautés", "communities"),
    ),
    "field": {field.key: field.label for field in FIELDS},
    "rule": {rule.id: rule.label for rule in RULES},
}
_NAMED = frozenset({"field", "rule", "metric"})
"""Measures that say no more than the key that goes with them."""


def about(dimension: Mapping[str, str | int], network: Network | None = None) -> Words:
    """Return what a value or a ranking is about, in words; empty where a metric has one number only.

    Nodes are named by the network where one is given; what has no name stands for itself.
    """
    told = [_said(key, value, network) for key, value in dimension.items() if not (key == "measure" and value in _NAMED)]
    return Words(", ".join(item.fr for item in told), ", ".join(item.en for item in told))


def _said(key: str, value: str | int, network: Network | None) -> Words:
    text = str(value)
    if key == "distance":
        return words.count(int(value), Words("pas", "step"), Words("pas", "steps"))
    if key == "block":
        return Words(f"n° {text}", f"no. {text}")
    if key == "metric":
        from pacte_graph.metrics.registry import REGISTRY

        return REGISTRY[text].label if text in REGISTRY else Words(text, text)
    known = _OTHERS.get(key, {}).get(text)
    if known is not None:
        return known
    node = network.by_id.get(text) if network else None
    return node.captions if node else words.kind(text)
