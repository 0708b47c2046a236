"""Every text of the page of indicators, in French and English."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from dashapp.i18n import speaker
from pacte_graph.schema.kinds import Words

W = Words
TITLE = W("Indicateurs", "Indicators")
PROJECTS = (W("{n} projet", "{n} project"), W("{n} projets", "{n} projects"))

UNKNOWNS: Mapping[str, tuple[Words, Words]] = MappingProxyType(
    {
        "links_without_direction": (
            W("{n} lien sans sens", "{n} link without direction"),
            W("{n} liens sans sens", "{n} links without direction"),
        ),
        "links_without_intensity": (
            W("{n} lien sans intensité", "{n} link without intensity"),
            W("{n} liens sans intensité", "{n} links without intensity"),
        ),
        "participations_without_role": (
            W("{n} participation sans rôle", "{n} participation without role"),
            W("{n} participations sans rôle", "{n} participations without role"),
        ),
        "projects_of_unknown_declination": (
            W("{n} projet à la déclinaison inconnue", "{n} project of unknown declination"),
            W("{n} projets à la déclinaison inconnue", "{n} projects of unknown declination"),
        ),
        "cells_unknown": (
            W("{n} case inconnue (projet × échelle)", "{n} unknown cell (project × scale)"),
            W("{n} cases inconnues (projet × échelle)", "{n} unknown cells (project × scale)"),
        ),
        "actors_of_unknown_territory": (
            W("{n} acteur au territoire inconnu", "{n} actor of unknown territory"),
            W("{n} acteurs au territoire inconnu", "{n} actors of unknown territory"),
        ),
        "participations_without_dates": (
            W("{n} participation sans aucune date", "{n} participation without any date"),
            W("{n} participations sans aucune date", "{n} participations without any date"),
        ),
        "projects_without_dates": (
            W("{n} projet sans date", "{n} project without dates"),
            W("{n} projets sans date", "{n} projects without dates"),
        ),
        "participations_without_start": (
            W("{n} participation au début inconnu", "{n} participation of unknown start"),
            W("{n} participations au début inconnu", "{n} participations of unknown start"),
        ),
        "actors_without_a_sure_first_project": (
            W("{n} acteur au premier projet incertain", "{n} actor whose first project is unsure"),
            W("{n} acteurs au premier projet incertain", "{n} actors whose first project is unsure"),
        ),
        "actors_outside_the_largest_component": (
            W("{n} acteur hors du plus grand ensemble", "{n} actor outside the largest set"),
            W("{n} acteurs hors du plus grand ensemble", "{n} actors outside the largest set"),
        ),
        "actors_without_partner": (
            W("{n} acteur sans partenaire", "{n} actor without partner"),
            W("{n} acteurs sans partenaire", "{n} actors without partner"),
        ),
        "nodes_without_participation": (
            W("{n} projet ou acteur sans participation", "{n} project or actor without participation"),
            W("{n} projets ou acteurs sans participation", "{n} projects or actors without participation"),
        ),
        "partners_of_unknown_kind": (
            W("{n} partenaire de famille inconnue", "{n} partner of unknown kind"),
            W("{n} partenaires de famille inconnue", "{n} partners of unknown kind"),
        ),
        "participations_without_amount": (
            W("{n} participation sans montant", "{n} participation without amount"),
            W("{n} participations sans montant", "{n} participations without amount"),
        ),
        "communes_of_unknown_amount": (
            W("{n} commune au montant inconnu", "{n} commune of unknown amount"),
            W("{n} communes au montant inconnu", "{n} communes of unknown amount"),
        ),
        "communes_of_unknown_population": (
            W("{n} commune à la population inconnue", "{n} commune of unknown population"),
            W("{n} communes à la population inconnue", "{n} communes of unknown population"),
        ),
        "territories_of_unknown_declination": (
            W("{n} territoire où la déclinaison est inconnue", "{n} territory of unknown declination"),
            W("{n} territoires où la déclinaison est inconnue", "{n} territories of unknown declination"),
        ),
        "projects_of_incomplete_costs": (
            W("{n} projet aux coûts incomplets", "{n} project of incomplete costs"),
            W("{n} projets aux coûts incomplets", "{n} projects of incomplete costs"),
        ),
        "projects_of_unknown_period": (
            W("{n} projet dont l'économie n'a pas de période dite", "{n} project of unstated period of saving"),
            W("{n} projets dont l'économie n'a pas de période dite", "{n} projects of unstated period of saving"),
        ),
        "projects_of_unknown_regional_part": (
            W("{n} projet à la part régionale inconnue", "{n} project of unknown regional part"),
            W("{n} projets à la part régionale inconnue", "{n} projects of unknown regional part"),
        ),
        "projects_of_unknown_total": (
            W("{n} projet au budget inconnu", "{n} project of unknown budget"),
            W("{n} projets au budget inconnu", "{n} projects of unknown budget"),
        ),
        "projects_where_the_region_exceeds_the_total": (
            W("{n} projet où la Région dépasse le total", "{n} project where the Region exceeds the whole"),
            W("{n} projets où la Région dépasse le total", "{n} projects where the Region exceeds the whole"),
        ),
        "projects_whose_amounts_are_parts_of_a_grant": (
            W("{n} projet dont les montants sont des parts de subvention", "{n} project whose amounts are parts of a grant"),
            W("{n} projets dont les montants sont des parts de subvention", "{n} projects whose amounts are parts of a grant"),
        ),
        "projects_without_any_cost": (
            W("{n} projet sans aucun coût comparé", "{n} project without any cost compared"),
            W("{n} projets sans aucun coût comparé", "{n} projects without any cost compared"),
        ),
        "projects_without_basis": (
            W("{n} projet sans origine des coûts", "{n} project without basis of costs"),
            W("{n} projets sans origine des coûts", "{n} projects without basis of costs"),
        ),
        "projects_without_sheet_date": (
            W("{n} fiche sans date", "{n} sheet without date"),
            W("{n} fiches sans date", "{n} sheets without date"),
        ),
        "projects_without_budget": (
            W("{n} projet sans budget", "{n} project without budget"),
            W("{n} projets sans budget", "{n} projects without budget"),
        ),
        "actors_of_unknown_kind": (
            W("{n} acteur de famille inconnue", "{n} actor of unknown kind"),
            W("{n} acteurs de famille inconnue", "{n} actors of unknown kind"),
        ),
    }
)

TEXTS: Mapping[str, Words] = MappingProxyType(
    {
        "contents": W("Sur cette page", "On this page"),
        "descriptive": W(
            "Ces chiffres décrivent un entraînement possible d'après la structure déclarée ; ils ne prouvent pas une cause.",
            "These figures describe potential pull from the declared structure; they do not prove a cause.",
        ),
        "pull": W("Qui entraîne, qui est entraîné", "Who pulls, who is pulled"),
        "declination": W("Déclinaison territoriale", "Territorial declination"),
        "nesting": W("Poupées russes : projets × échelles", "Russian dolls: projects × scales"),
        "kinds": W("Qui entraîne chaque famille d'acteurs", "Who pulls each kind of actor"),
        "unknown": W("Ce qui manque : {what}.", "What is missing: {what}."),
        "nothing_missing": W("Rien ne manque pour ce calcul.", "Nothing is missing for this figure."),
        "method": W("Comment c'est calculé", "How it is computed"),
        "more_method": W("Lire la méthode complète", "Read the whole method"),
        "limits": W("Limites", "Limits"),
        "definition": W("Définition", "Definition"),
        "formula": W("Formule", "Formula"),
        "reference": W("Référence", "Reference"),
        "network": W("Réseau lu", "Network read"),
        "unit": W("Unité", "Unit"),
        "unknowns": W("Ce que fait un inconnu", "What an unknown does"),
        "parameters": W("Paramètres", "Parameters"),
        "drive": W("Motricité", "Drive"),
        "dependence": W("Dépendance", "Dependence"),
        "quadrant": W("Position", "Position"),
        "name": W("Nom", "Name"),
        "type": W("Type", "Type"),
        "driver": W("Moteurs", "Drivers"),
        "relay": W("Relais", "Relays"),
        "driven": W("Entraînés", "Driven"),
        "autonomous": W("Autonomes", "Autonomous"),
        "labels": W(
            "Noms écrits là où il y a la place, les plus éloignés de la moyenne d'abord ; le tableau les donne tous.",
            "Names are written where there is room, farthest from the mean first; the table gives all of them.",
        ),
        "rank": W("Rang", "Rank"),
        "first_points": W(
            "Les {shown} les plus éloignés de la moyenne, sur {total}.", "The {shown} farthest from the mean, of {total}."
        ),
        "arrows_longest": W("Du direct au total (plus longs trajets)", "From direct to total (longest moves)"),
        "arrows_all": W("Du direct au total (tous)", "From direct to total (all)"),
        "pull_alt": W(
            "Nuage de points : dépendance en abscisse, motricité en ordonnée, moyenne à 1. Le tableau donne les mêmes valeurs.",
            "Scatter plot: dependence across, drive upwards, mean at 1. The table that follows gives the same values.",
        ),
        "pull_table": W("Motricité et dépendance, en tableau", "Drive and dependence, as a table"),
        "undefined": W(
            "Rien n'entraîne rien dans ce réseau : l'indicateur n'est pas défini.",
            "Nothing pulls anything in this network: the indicator is undefined.",
        ),
        "declination_alt": W(
            "Barres par échelle : part déclinée, inconnue (hachurée), non déclinée, avec le repère d'un tiers. Le tableau suit.",
            "Bars by scale: share declined, unknown (hatched), not declined, with the one-third mark. The table follows.",
        ),
        "declined": W("Déclinés", "Declined"),
        "state_unknown": W("Inconnu", "Unknown"),
        "not_declined": W("Non déclinés", "Not declined"),
        "third": W("un tiers", "one third"),
        "scale": W("Échelle", "Scale"),
        "total": W("Projets", "Projects"),
        "verdict": W("Objectif d'un tiers", "One-third target"),
        "verdict.met": W("atteint", "met"),
        "verdict.not_met": W("non atteint", "not met"),
        "verdict.undetermined": W("indéterminé", "undetermined"),
        "verdict.none": W("non défini", "undefined"),
        "bounds": W("Bornes", "Bounds"),
        "share": W("Part des projets", "Share of projects"),
        "figures": W("Les chiffres en tableau", "The figures as a table"),
        "project": W("Projet", "Project"),
        "own": W("décliné à cette échelle", "declined at this scale"),
        "inherited": W("visible par emboîtement", "seen through nesting"),
        "cell_unknown": W("inconnu", "unknown"),
        "cell_none": W("non décliné", "not declined"),
        "matrix": W("Projets par échelle", "Projects by scale"),
        "no_projects": W("Aucun projet dans ce périmètre.", "No project in this scope."),
        "no_actors": W("Aucun acteur dans ce périmètre.", "No actor in this scope."),
        "first_rows": W("Les {shown} premiers projets sur {total}.", "The first {shown} projects of {total}."),
        "heat": W("Entraînement total de chaque famille par chaque projet", "Total pull of each kind by each project"),
        "small": W(
            "Familles de moins de {n} acteurs : leurs noms sont donnés et leurs cases ne sont pas colorées.",
            "Kinds of fewer than {n} actors: their names are given and their cells are not coloured.",
        ),
        "leverage": W("Effet de levier des financements régionaux", "Leverage of regional funding"),
        "leverage_alt": W(
            "Cascade des financements : la Région, puis chaque famille de financeurs, et le total des projets au plan complet.",
            "Waterfall of the funding of projects with a complete plan: the Region, then each kind of funder, up to the whole.",
        ),
        "no_plan": W(
            "Aucun projet n'a à la fois un budget et une part régionale connus : rien à dessiner.",
            "No project has both a known budget and a known regional part: nothing to draw.",
        ),
        "whole": W("Total", "Total"),
        "budget": W("Budget", "Budget"),
        "regional_part": W("Part de la Région", "Region's part"),
        "plan": W("Plan de financement", "Financing plan"),
        "plan_counted": W("complet, compté", "complete, counted"),
        "plan_complete": W("complet, sans la Région", "complete, without the Region"),
        "plan_incomplete": W("incomplet", "incomplete"),
        "savings": W("Économies de la mutualisation", "Savings of pooling"),
        "savings_alt": W(
            "Cascade des coûts : chacun de son côté, ce que la mise en commun retire, la coordination, le coût ensemble.",
            "Waterfall of costs: each alone, what pooling takes off, coordination, the cost together.",
        ),
        "no_saving": W(
            "Aucune économie n'est établie : il manque des coûts ou leur origine.",
            "No saving is established: costs or their basis are missing.",
        ),
        "period.once": W("Une seule fois", "Once"),
        "period.yearly": W("Chaque année", "Every year"),
        "period.none": W("Période non dite", "Period not stated"),
        "scope": W("Périmètre : {what}.", "Scope: {what}."),
        "period": W("Période", "Period"),
        "alone": W("Chacun de son côté", "Each alone"),
        "joint": W("Coût commun", "Joint cost"),
        "pooling": W("Mise en commun", "Pooling"),
        "coordination": W("Coordination", "Coordination"),
        "together": W("Ensemble", "Together"),
        "net": W("Économie nette", "Net saving"),
        "basis": W("Origine des coûts", "Basis of costs"),
        "basis.quote": W("devis", "quote"),
        "basis.observed": W("coût constaté", "observed cost"),
        "basis.estimate": W("estimation", "estimate"),
        "basis.none": W("non dite", "not stated"),
        "not_established": W("non établie", "not established"),
        "coverage": W("Couverture des territoires", "Coverage of territories"),
        "coverage_alt": W(
            "Barres par échelle : territoires avec un projet propre, par emboîtement seulement, inconnus, sans projet.",
            "Bars by scale: territories with a project of their own, by nesting only, unknown, without any.",
        ),
        "no_territory": W("Aucun territoire dans ce périmètre.", "No territory in this scope."),
        "territory": W("Territoire", "Territory"),
        "territories": W("Les territoires en tableau", "The territories as a table"),
        "population": W("Population", "Population"),
        "own_projects": W("Projets propres", "Own projects"),
        "covered": W("Couverture", "Coverage"),
        "covered.own": W("Projet propre", "Own project"),
        "covered.inherited": W("Par emboîtement seulement", "By nesting only"),
        "covered.unknown": W("Inconnu", "Unknown"),
        "covered.none": W("Aucun projet", "No project"),
        "equity": W("Équité entre communes", "Equity among communes"),
        "equity_alt": W(
            "Courbe de Lorenz : part cumulée des montants selon la part cumulée des habitants, sous la droite d'égalité.",
            "Lorenz curve: cumulated share of amounts by cumulated share of inhabitants, under the line of equality.",
        ),
        "equal": W("Parts égales", "Equal shares"),
        "received": W("Montants reçus", "Amounts received"),
        "people_share": W("Part des habitants", "Share of inhabitants"),
        "amount_share": W("Part des montants", "Share of amounts"),
        "gaps": W("Où se jouent les écarts", "Where the gaps lie"),
        "between": W("Entre territoires", "Between territories"),
        "within": W("À l'intérieur", "Within"),
        "commune": W("Commune", "Commune"),
        "amount": W("Montant", "Amount"),
        "per_person": W("Par habitant", "Per inhabitant"),
        "yes": W("oui", "yes"),
        "no": W("non", "no"),
    }
)

say = speaker(TEXTS)
