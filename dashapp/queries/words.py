"""Every text of the page of saved queries, in French and English."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from dashapp.i18n import speaker
from pacte_graph.schema.kinds import Words

W = Words
TITLE = W("Requêtes", "Queries")
ROWS = (W("{n} ligne", "{n} row"), W("{n} lignes", "{n} rows"))

TEXTS: Mapping[str, Words] = MappingProxyType(
    {
        "choose": W("Questions", "Questions"),
        "filter": W("Chercher une question", "Search a question"),
        "no_match": W("Aucune question ne contient ces mots.", "No question holds these words."),
        "start": W(
            "Choisissez une question : son formulaire, sa réponse et son adresse à partager s'ouvrent ici.",
            "Choose a question: its form, its answer and its address to share open here.",
        ),
        "run": W("Poser la question", "Ask"),
        "optional": W("tous", "all"),
        "pick": W("Choisir…", "Choose…"),
        "nothing_found": W("Aucun résultat", "No result"),
        "yes": W("oui", "yes"),
        "no": W("non", "no"),
        "date_format": W("AAAA-MM-JJ", "YYYY-MM-DD"),
        "missing": W("Pour poser cette question, choisissez d'abord : {names}.", "To ask this question, first choose: {names}."),
        "answer": W("Réponse", "Answer"),
        "elapsed": W("{rows} en {ms} ms.", "{rows} in {ms} ms."),
        "empty": W(
            "Aucune ligne : rien dans ce programme ne répond à cette question avec ces paramètres.",
            "No row: nothing in this programme answers this question with these parameters.",
        ),
        "truncated": W(
            "Réponse coupée à {limit} lignes : il y en a davantage. Choisissez des paramètres plus étroits.",
            "Answer cut at {limit} rows: there are more. Choose narrower parameters.",
        ),
        "unknown_sign": W("« — » : inconnu.", "“—”: unknown."),
        "on_graph": W("Voir sur le graphe", "See on the graph"),
        "download": W("Télécharger :", "Download:"),
        "csv": W("CSV", "CSV"),
        "json": W("JSON", "JSON"),
        "xlsx": W("Excel", "Excel"),
        "cypher": W("La requête en Cypher", "The query in Cypher"),
        "cypher_note": W("Lecture seule : le moteur refuse d'écrire.", "Reading only: the engine refuses to write."),
        "no_query": W(
            "Il n'y a pas de question « {name} » : choisissez-en une dans la liste.",
            "There is no question “{name}”: choose one in the list.",
        ),
        "result_table": W("Tableau de la réponse", "Table of the answer"),
    }
)

say = speaker(TEXTS)
