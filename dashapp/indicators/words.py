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
        "yes": W("oui", "yes"),
        "no": W("non", "no"),
    }
)

say = speaker(TEXTS)
