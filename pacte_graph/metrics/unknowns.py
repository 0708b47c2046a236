"""What was missing for a figure, in words: what a result counts in ``unknown``."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from pacte_graph.metrics import words
from pacte_graph.schema.kinds import Words

UNKNOWNS: Mapping[str, tuple[Words, Words]] = MappingProxyType(
    {
        "links_without_direction": (
            Words("lien sans sens", "link without direction"),
            Words("liens sans sens", "links without direction"),
        ),
        "links_without_intensity": (
            Words("lien sans intensité", "link without intensity"),
            Words("liens sans intensité", "links without intensity"),
        ),
        "participations_without_role": (
            Words("participation sans rôle", "participation without role"),
            Words("participations sans rôle", "participations without role"),
        ),
        "projects_of_unknown_declination": (
            Words("projet à la déclinaison inconnue", "project of unknown declination"),
            Words("projets à la déclinaison inconnue", "projects of unknown declination"),
        ),
        "cells_unknown": (
            Words("case inconnue (projet × échelle)", "unknown cell (project × scale)"),
            Words("cases inconnues (projet × échelle)", "unknown cells (project × scale)"),
        ),
        "actors_of_unknown_territory": (
            Words("acteur au territoire inconnu", "actor of unknown territory"),
            Words("acteurs au territoire inconnu", "actors of unknown territory"),
        ),
        "participations_without_dates": (
            Words("participation sans aucune date", "participation without any date"),
            Words("participations sans aucune date", "participations without any date"),
        ),
        "projects_without_dates": (
            Words("projet sans date", "project without dates"),
            Words("projets sans date", "projects without dates"),
        ),
        "participations_without_start": (
            Words("participation au début inconnu", "participation of unknown start"),
            Words("participations au début inconnu", "participations of unknown start"),
        ),
        "actors_without_a_sure_first_project": (
            Words("acteur au premier projet incertain", "actor whose first project is unsure"),
            Words("acteurs au premier projet incertain", "actors whose first project is unsure"),
        ),
        "actors_outside_the_largest_component": (
            Words("acteur hors du plus grand ensemble", "actor outside the largest set"),
            Words("acteurs hors du plus grand ensemble", "actors outside the largest set"),
        ),
        "actors_without_partner": (
            Words("acteur sans partenaire", "actor without partner"),
            Words("acteurs sans partenaire", "actors without partner"),
        ),
        "nodes_without_participation": (
            Words("projet ou acteur sans participation", "project or actor without participation"),
            Words("projets ou acteurs sans participation", "projects or actors without participation"),
        ),
        "partners_of_unknown_kind": (
            Words("partenaire de famille inconnue", "partner of unknown kind"),
            Words("partenaires de famille inconnue", "partners of unknown kind"),
        ),
        "participations_without_amount": (
            Words("participation sans montant", "participation without amount"),
            Words("participations sans montant", "participations without amount"),
        ),
        "communes_of_unknown_amount": (
            Words("commune au montant inconnu", "commune of unknown amount"),
            Words("communes au montant inconnu", "communes of unknown amount"),
        ),
        "communes_of_unknown_population": (
            Words("commune à la population inconnue", "commune of unknown population"),
            Words("communes à la population inconnue", "communes of unknown population"),
        ),
        "territories_of_unknown_declination": (
            Words("territoire où la déclinaison est inconnue", "territory of unknown declination"),
            Words("territoires où la déclinaison est inconnue", "territories of unknown declination"),
        ),
        "projects_of_incomplete_costs": (
            Words("projet aux coûts incomplets", "project of incomplete costs"),
            Words("projets aux coûts incomplets", "projects of incomplete costs"),
        ),
        "projects_of_unknown_period": (
            Words("projet dont l'économie n'a pas de période dite", "project of unstated period of saving"),
            Words("projets dont l'économie n'a pas de période dite", "projects of unstated period of saving"),
        ),
        "projects_of_unknown_regional_part": (
            Words("projet à la part régionale inconnue", "project of unknown regional part"),
            Words("projets à la part régionale inconnue", "projects of unknown regional part"),
        ),
        "projects_of_unknown_total": (
            Words("projet au budget inconnu", "project of unknown budget"),
            Words("projets au budget inconnu", "projects of unknown budget"),
        ),
        "projects_where_the_region_exceeds_the_total": (
            Words("projet où la Région dépasse le total", "project where the Region exceeds the whole"),
            Words("projets où la Région dépasse le total", "projects where the Region exceeds the whole"),
        ),
        "projects_whose_amounts_are_parts_of_a_grant": (
            Words("projet dont les montants sont des parts de subvention", "project whose amounts are parts of a grant"),
            Words("projets dont les montants sont des parts de subvention", "projects whose amounts are parts of a grant"),
        ),
        "projects_without_any_cost": (
            Words("projet sans aucun coût comparé", "project without any cost compared"),
            Words("projets sans aucun coût comparé", "projects without any cost compared"),
        ),
        "projects_without_basis": (
            Words("projet sans origine des coûts", "project without basis of costs"),
            Words("projets sans origine des coûts", "projects without basis of costs"),
        ),
        "projects_without_sheet_date": (
            Words("fiche sans date", "sheet without date"),
            Words("fiches sans date", "sheets without date"),
        ),
        "projects_without_budget": (
            Words("projet sans budget", "project without budget"),
            Words("projets sans budget", "projects without budget"),
        ),
        "projects_without_regional_funding": (
            Words("projet au financement régional inconnu", "project of unknown regional funding"),
            Words("projets au financement régional inconnu", "projects of unknown regional funding"),
        ),
        "nodes_without_direct_pull": (
            Words("projet ou acteur sans entraînement direct", "project or actor without direct pull"),
            Words("projets ou acteurs sans entraînement direct", "projects or actors without direct pull"),
        ),
        "influences_without_mark": (
            Words("influence sans note", "influence without mark"),
            Words("influences sans note", "influences without mark"),
        ),
        "influences_out_of_scale": (
            Words("influence à la note hors de l'échelle", "influence with a mark out of scale"),
            Words("influences à la note hors de l'échelle", "influences with a mark out of scale"),
        ),
        "actors_of_unknown_kind": (
            Words("acteur de famille inconnue", "actor of unknown kind"),
            Words("acteurs de famille inconnue", "actors of unknown kind"),
        ),
    }
)
"""Each kind of unknown, for one and for several."""


def missing(unknown: Mapping[str, int]) -> Words:
    """Return how many facts were missing, by kind; empty when none was."""
    told = [words.count(amount, *UNKNOWNS.get(key, (Words(key, key),) * 2)) for key, amount in unknown.items() if amount]
    return Words(", ".join(item.fr for item in told), ", ".join(item.en for item in told))
