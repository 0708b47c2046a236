"""Every text of the start page, in French and English."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from dashapp.i18n import speaker
from pacte_graph.schema.kinds import Words

W = Words
TITLE = W("Accueil", "Home")

PLURALS: Mapping[str, tuple[Words, Words]] = MappingProxyType(
    {
        "projects": (W("projet", "project"), W("projets", "projects")),
        "actors": (W("acteur", "actor"), W("acteurs", "actors")),
        "people": (W("personne", "person"), W("personnes", "people")),
        "territories": (W("territoire", "territory"), W("territoires", "territories")),
        "links": (W("lien", "link"), W("liens", "links")),
    }
)

TEXTS: Mapping[str, Words] = MappingProxyType(
    {
        "lead": W(
            "Qui entraîne qui, à quelle échelle, et qui le dit : le réseau des projets, acteurs et territoires d'un pacte.",
            "Who pulls whom along, at which scale, and who says so: the network of a pact's projects, actors and territories.",
        ),
        "loaded": W("Ce qui est chargé", "What is loaded"),
        "real": W("Faits attestés", "Attested facts"),
        "invented": W("Données fictives", "Fictitious data"),
        "shown": W("affiché", "shown"),
        "dates": W("Dates de référence : {dates}", "Reference dates: {dates}"),
        "no_dates": W("Sans date de référence", "No reference date"),
        "explore": W("Explorer le réseau", "Explore the network"),
        "measure": W("Lire les indicateurs", "Read the indicators"),
        "sources": W("Sources", "Sources"),
        "source": W("Source", "Source"),
        "last_load": W("Dernier chargement", "Last load"),
        "loads": W("Chargements", "Loads"),
        "state": W("État", "State"),
        "state.complete": W("terminé", "complete"),
        "state.running": W("interrompu ou en cours", "cut off or under way"),
        "state.superseded": W("interrompu, repris depuis", "cut off, redone since"),
        "state.unknown": W("inconnu", "unknown"),
        "unfinished": W(
            "Le chargement de « {source} » commencé le {date} n'est pas terminé : relancez le même import pour le finir.",
            "The load of “{source}” started on {date} did not finish: run the same import again to finish it.",
        ),
        "questions": W("Questions que l'on peut poser", "Questions that can be asked"),
        "indicators": W("Ce que disent les indicateurs", "What the indicators say"),
        "empty": W("La base est vide.", "The database is empty."),
        "empty_what": W(
            "Chargez un programme depuis un terminal, puis rechargez cette page :",
            "Load a programme from a terminal, then reload this page:",
        ),
        "empty_demo": W(
            "les deux cas fournis : le schéma toulousain attesté par ses sources, et un schéma fictif complet",
            "the two cases that come with it: the Toulouse scheme as its sources attest it, and a complete fictitious scheme",
        ),
        "empty_import": W("votre feuille de route, au format texte", "your own road-map sheet, as text"),
        "empty_tables": W(
            "un dossier de tableaux CSV ; « pacte schema » en donne les colonnes",
            "a folder of CSV tables; “pacte schema” gives their columns",
        ),
        "file": W("FICHIER", "FILE"),
        "folder": W("DOSSIER", "FOLDER"),
        "ask.pull": W(
            "Quels projets et quels acteurs entraînent les autres, et lesquels sont entraînés ?",
            "Which projects and actors pull the others along, and which are pulled?",
        ),
        "ask.declination": W(
            "Un tiers au moins des projets est-il décliné sur les territoires ?",
            "Is at least one third of the projects declined in the territories?",
        ),
        "ask.nesting": W(
            "Les projets s'emboîtent-ils comme des poupées russes, de la métropole à la région ?",
            "Do projects nest like Russian dolls, from the metropolis to the region?",
        ),
        "ask.kinds": W(
            "Qui entraîne les universités, les chambres, les pôles, les entreprises ?",
            "Who pulls universities, chambers, clusters and companies along?",
        ),
    }
)

say = speaker(TEXTS)
