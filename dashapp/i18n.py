"""Every text of the shell in French and English, and the one way to say a text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from pacte_graph.schema.kinds import Words

LANGUAGES = ("fr", "en")
Say = Callable[..., str]

W = Words


def speaker(texts: Mapping[str, Words]) -> Say:
    """Return ``say(key, language, **values)`` for a vocabulary. It raises KeyError on an unknown key: no text is made up."""

    def say(key: str, language: str, **values: object) -> str:
        text = texts[key].get(language)
        return text.format(**values) if values else text

    return say


def plural(one: Words, many: Words, amount: int, language: str, shown: str | None = None) -> str:
    """Return « 1 projet », « 2 projets »; ``shown`` writes the number. French: 0 is singular; English: 0 is plural."""
    single = amount == 1 or (amount == 0 and language == "fr")
    return (one if single else many).get(language).format(n=shown if shown is not None else amount)


TEXTS: Mapping[str, Words] = MappingProxyType(
    {
        "product": W("Pacte Graph", "Pacte Graph"),
        "tagline": W("Explorateur de partenariats territoriaux", "Explorer of territorial partnerships"),
        "skip": W("Aller au contenu", "Skip to content"),
        "navigation": W("Pages", "Pages"),
        "scope": W("Périmètre", "Scope"),
        "programme": W("Programme", "Programme"),
        "date": W("Date de référence", "Reference date"),
        "all_dates": W("Toutes dates", "All dates"),
        "language": W("Langue", "Language"),
        "language_fr": W("Français", "French"),
        "language_en": W("Anglais", "English"),
        "fictitious": W(
            "Données fictives : ce programme est inventé pour montrer l'outil, aucun de ses noms ni de ses chiffres n'est réel.",
            "Fictitious data: this programme was invented to show the tool; none of its names or figures is real.",
        ),
        "loading": W("Chargement…", "Loading…"),
        "no_script": W(
            "Pacte Graph a besoin de JavaScript pour dessiner le réseau. Activez-le pour cette adresse.",
            "Pacte Graph needs JavaScript to draw the network. Switch it on for this address.",
        ),
        "not_found": W("Page introuvable", "Page not found"),
        "not_found_text": W(
            "Aucune page n'a l'adresse « {path} » : choisissez une page dans le menu.",
            "No page has the address “{path}”: choose a page in the menu.",
        ),
        "problem": W("Impossible d'afficher cette page", "This page can't be shown"),
        "technical": W("Détail technique", "Technical detail"),
        "nothing_loaded": W(
            "La base est vide : chargez des données, la page d'accueil dit comment.",
            "The database is empty: load data, the start page says how.",
        ),
        "go_home": W("Aller à l'accueil", "Go to the start page"),
        "no_programme": W(
            "Le programme « {id} » n'est pas dans cette base : choisissez-en un autre dans l'en-tête.",
            "There is no programme “{id}” in this database: choose another in the header.",
        ),
        "choose_programme": W("Choisir un programme", "Choose a programme"),
        "error.database": W(
            "La base de données ne répond pas : vérifiez-la avec « pacte db status », puis rechargez la page.",
            "The database doesn't answer: check it with “pacte db status”, then reload the page.",
        ),
        "error.engine_busy": W(
            "Un autre moteur tient les données ou le port : arrêtez-le avec « pacte db stop », puis rechargez la page.",
            "Another engine holds the data or the port: stop it with “pacte db stop”, then reload the page.",
        ),
        "error.access_refused": W(
            "La base refuse l'accès : vérifiez le mot de passe et les droits sur le dossier de données.",
            "The database refuses access: check the password and the rights on the data folder.",
        ),
        "error.time_limit": W(
            "Le moteur a arrêté le calcul, trop long : choisissez des paramètres plus étroits.",
            "The engine stopped the work, which took too long: choose narrower parameters.",
        ),
        "error.unknown_name": W(
            "Ce qui est demandé n'existe pas dans cette base : vérifiez l'adresse ou choisissez dans les listes.",
            "What is asked for doesn't exist in this database: check the address or choose from the lists.",
        ),
        "error.query_refused": W(
            "La requête tente plus que lire : elle a été refusée et rien n'a changé.",
            "The query tries more than reading: it was refused and nothing changed.",
        ),
        "error.data_refused": W(
            "Les données ont été refusées et rien n'a été écrit : le détail dit où et pourquoi.",
            "The data was refused and nothing was written: the detail says where and why.",
        ),
        "error.metric_undefined": W(
            "Cet indicateur n'a pas de sens sur ce réseau avec ces paramètres : le détail dit pourquoi.",
            "This indicator has no meaning on this network with these parameters: the detail says why.",
        ),
        "error.usage": W(
            "Une valeur demandée ne convient pas : corrigez-la, le détail dit laquelle.",
            "A value asked for doesn't fit: correct it, the detail says which.",
        ),
        "error.error": W(
            "L'opération a échoué : le détail dit pourquoi.",
            "The operation failed: the detail says why.",
        ),
    }
)

say = speaker(TEXTS)
