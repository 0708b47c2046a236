"""Every text of the methodology page, in French and English."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from dashapp.i18n import speaker
from pacte_graph.schema.kinds import Words

W = Words
TITLE = W("Méthodologie", "Methodology")
TEXTS: Mapping[str, Words] = MappingProxyType(
    {
        "lead": W(
            "Chaque indicateur : ce qu'il dit, comment il se calcule, ce que fait une inconnue, et ce qu'il ne faut pas y lire.",
            "Each indicator: what it says, how it is computed, what an unknown does to it, and what not to read into it.",
        ),
        "scheme": W("Indicateurs du schéma", "Indicators of the scheme"),
        "pull": W("Entraînement", "Pull"),
        "cooperation": W("Coopération", "Cooperation"),
        "contents": W("Les indicateurs", "The indicators"),
        "definition": W("Ce qu'il dit", "What it says"),
        "template": W("La phrase", "The sentence"),
        "formula": W("Formule", "Formula"),
        "network": W("Réseau lu", "Network read"),
        "unit": W("Unité", "Unit"),
        "unknowns": W("Une inconnue", "An unknown"),
        "limits": W("Limites", "Limits"),
        "parameters": W("Paramètres", "Parameters"),
        "reference": W("Sources", "Sources"),
        "complexity": W("Coût du calcul", "Cost"),
        "back": W("Retour aux indicateurs", "Back to the indicators"),
        "convention": W(
            "Partout : la ligne entraîne, la colonne est entraînée ; inconnu n'est pas zéro ; rien ne prouve une cause.",
            "Everywhere: the row pulls, the column is pulled; unknown is not zero; nothing proves a cause.",
        ),
        "default": W("par défaut {value}", "{value} by default"),
        "from_to": W("de {low} à {high}", "from {low} to {high}"),
    }
)

say = speaker(TEXTS)
