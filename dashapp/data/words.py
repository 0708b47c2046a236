"""Every text of the page of data, in French and English."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from dashapp.i18n import speaker
from pacte_graph.errors import Told
from pacte_graph.schema.kinds import Words

W = Words
TITLE = W("Données", "Data")

TEXTS: Mapping[str, Words] = MappingProxyType(
    {
        "lead": W(
            "Ce qui a été chargé, d'où cela vient et de quand cela date. Rien n'est écrit avant que vous ayez vu ce qui va "
            "changer.",
            "What was loaded, where it comes from and how fresh it is. Nothing is written before you have seen what will change.",
        ),
        "read_only": W(
            "Consultation seule : sur cette installation, on ne charge ni ne fusionne rien depuis l'écran.",
            "Read-only: on this installation nothing is loaded or merged from the screen.",
        ),
        "sources": W("Sources chargées", "Sources loaded"),
        "no_sources": W("Rien n'est encore chargé.", "Nothing is loaded yet."),
        "source": W("Source", "Source"),
        "publisher": W("Éditeur", "Publisher"),
        "licence": W("Licence", "Licence"),
        "vintage": W("Millésime", "Vintage"),
        "loaded_on": W("Dernier chargement", "Last load"),
        "files": W("Fichiers", "Files"),
        "trust": W("Confiance", "Trust"),
        "invented": W("fictif", "fictitious"),
        "unfinished": W("interrompu : chargez la source à nouveau", "cut off: load the source again"),
        "runs": W("Historique des chargements", "History of loads"),
        "when": W("Quand", "When"),
        "by": W("Par", "By"),
        "outcome": W("Résultat", "Outcome"),
        "status.complete": W("terminé", "complete"),
        "status.running": W("interrompu ou en cours", "cut off or under way"),
        "status.superseded": W("interrompu, repris ensuite", "cut off, finished later"),
        "counts": W(
            "{created} ajoutés, {changed} modifiés, {unchanged} inchangés, {removed} retirés",
            "{created} added, {changed} changed, {unchanged} unchanged, {removed} removed",
        ),
        "unknown": W("—", "—"),
        "load": W("Charger des fichiers", "Load files"),
        "importer": W("Type de fichiers", "Kind of files"),
        "options": W("Options (clé=valeur, une par ligne)", "Options (key=value, one a line)"),
        "mapping": W(
            "Fichier de correspondance (seulement pour un tableau qui n'a pas nos colonnes)",
            "Mapping file (only for a table that doesn't have our columns)",
        ),
        "propose": W("Proposer une correspondance", "Propose a mapping"),
        "drop": W("Déposez vos fichiers ici, ou cliquez pour les choisir", "Drop your files here, or click to choose them"),
        "limit": W("{size} Mo au plus en tout.", "At most {size} MB in all."),
        "chosen": W("Fichiers choisis : {names}", "Files chosen: {names}"),
        "source_name": W("Nom de la source", "Name of the source"),
        "source_help": W(
            "Ces tables ont des noms imposés, qui ne disent pas de qui elles viennent. Donnez un nom à l'ensemble, le même à "
            "chaque mise à jour ; un autre jeu de tables prend un autre nom. Laissé vide : le nom proposé.",
            "These tables have imposed names, which don't say whose they are. Name them as a whole, the same at each update; "
            "another set of tables takes another name. Left empty: the name proposed.",
        ),
        "unnamed": W(
            "Sans nom donné, cette source s'appelle « {name} », d'après ses tables. D'autres tables des mêmes noms prendraient "
            "sa place : pour les distinguer, donnez un « Nom de la source ».",
            "With no name given, this source is called “{name}”, after its tables. Other tables of the same names would take its "
            "place: to tell them apart, give a “Name of the source”.",
        ),
        "changed_since": W(
            "Les fichiers ou les réglages ont changé depuis cette comparaison : rien n'a été chargé. Regardez à nouveau ce "
            "qui va changer.",
            "The files or the settings changed since this comparison: nothing was loaded. See again what will change.",
        ),
        "compare": W("Voir ce qui va changer", "See what will change"),
        "too_large": W(
            "Pas pris, trop grand pour l'écran ({size} Mo au plus) : {names}. Chargez-le avec la commande « pacte import ».",
            "Not taken, too large for the screen ({size} MB at most): {names}. Load it by the command “pacte import”.",
        ),
        "template": W("Classeur vierge (.xlsx)", "Blank workbook (.xlsx)"),
        "working.read": W("Lecture des fichiers…", "Reading the files…"),
        "working.compare": W("Comparaison avec la base : {done} / {total}", "Comparing with the database: {done} / {total}"),
        "working.write": W("Écriture : {done} / {total}", "Writing: {done} / {total}"),
        "starting.read": W("Lecture des fichiers…", "Reading the files…"),
        "starting.compare": W("Comparaison avec la base…", "Comparing with the database…"),
        "starting.write": W("Écriture…", "Writing…"),
        "finishing": W("Vérification finale…", "Last checks…"),
        "difference": W("Ce qui va changer", "What will change"),
        "nothing_changes": W(
            "Rien ne changera : la base dit déjà tout cela.", "Nothing will change: the database says all this already."
        ),
        "result": W("Chargé", "Loaded"),
        "did": W("Ce qui a changé", "What changed"),
        "unread": W("Ce fichier n'a pas pu être lu", "This file couldn't be read"),
        "unread_several": W("Ces fichiers n'ont pas pu être lus", "These files couldn't be read"),
        "nothing_loaded": W("Rien n'a été chargé", "Nothing was loaded"),
        "not_written": W("Le chargement a échoué", "The load failed"),
        "advice.map": W(
            "Si ce tableau a ses propres colonnes, ouvrez « Fichier de correspondance » ci-dessus, puis « Proposer une "
            "correspondance ». S'il vient d'ailleurs, choisissez son type de fichiers : {kinds}.",
            "If this table has columns of its own, open “Mapping file” above, then “Propose a mapping”. If it comes from "
            "elsewhere, choose its kind of files: {kinds}.",
        ),
        "advice.kind": W(
            "Vérifiez aussi que le type de fichiers choisi est le bon ; il y a encore : {kinds}.",
            "Check too that the right kind of files is chosen; there are also: {kinds}.",
        ),
        "result_text": W("Le chargement est terminé : {told}.", "The load is complete: {told}."),
        "nodes": W("Fiches", "Records"),
        "links": W("Liens", "Links"),
        "created": W("Ajoutés", "Added"),
        "changed": W("Modifiés", "Changed"),
        "unchanged": W("Inchangés", "Unchanged"),
        "vanished": W("Plus affirmés", "No longer stated"),
        "removed": W("Retirés", "Removed"),
        "changes": W("Valeurs modifiées", "Values changed"),
        "what": W("Fiche ou lien", "Record or link"),
        "property": W("Propriété", "Property"),
        "old": W("Avant", "Before"),
        "new": W("Après", "After"),
        "added": W("Ajouts", "Added"),
        "echoed": W(
            "Parmi les fiches et les liens modifiés, déjà connus et affirmés maintenant par une source de plus : {n}.",
            "Among the records and links changed, known already and now stated by one more source: {n}.",
        ),
        "doubted": W("Gardés dans le doute", "Kept in doubt"),
        "fate.removed": W("serait retiré", "would be removed"),
        "fate.withdrawn": W("reste : d'autres sources l'affirment", "stays: other sources state it"),
        "fate.bare": W("reste : des liens en ont besoin", "stays: links need it"),
        "fate.doubt": W("gardé : une ligne qui en parle est refusée", "kept: a row about it is refused"),
        "fate.removed.done": W("retiré", "removed"),
        "fate.left": W("resté", "stayed"),
        "conflicts": W("Désaccords entre sources", "Disagreements between sources"),
        "kept": W("Valeur retenue", "Value kept"),
        "other": W("Autre valeur", "Other value"),
        "duplicates": W("Doublons probables", "Probable duplicates"),
        "rejected": W("Lignes refusées", "Rows refused"),
        "rejected_file": W("Télécharger la liste (CSV)", "Download the list (CSV)"),
        "not_understood": W("Passages non compris", "Passages not understood"),
        "place": W("Endroit", "Place"),
        "file": W("Fichier", "File"),
        "sheet": W("Feuille", "Sheet"),
        "line": W("Ligne", "Line"),
        "page": W("Page", "Page"),
        "reason": W("Raison", "Reason"),
        "value": W("Contenu", "Content"),
        "pairs_shown": W("Paires {first} à {last} sur {total}", "Pairs {first} to {last} of {total}"),
        "next_pairs": W("Voir les suivantes", "See the next ones"),
        "previous_pairs": W("Voir les précédentes", "See the previous ones"),
        "more": W("… et {n} de plus", "… and {n} more"),
        "prune": W(
            "Retirer aussi ce que cette source n'affirme plus ({n} fiches et liens)",
            "Also remove what this source no longer states ({n} records and links)",
        ),
        "force": W("Même si plus de la moitié disparaît", "Even if more than half is gone"),
        "confirm": W("Charger", "Load"),
        "cancel": W("Abandonner", "Cancel"),
        "again": W("Charger d'autres fichiers", "Load other files"),
        "see": W("Voir dans l'explorateur", "See in the explorer"),
        "gone": W(
            "Ce chargement n'est plus gardé : choisissez les fichiers à nouveau.",
            "This upload is no longer kept: choose the files again.",
        ),
        "bad_option": W("« {text} » n'est pas de la forme clé=valeur.", "“{text}” isn't of the form key=value."),
        "no_writing": W(
            "Cette installation est en consultation seule : rien ne peut être écrit.",
            "This app runs read-only: nothing can be written.",
        ),
        "no_writing_hint": W("Démarrez-la sans --read-only.", "Start it without --read-only."),
        "review": W("Doublons à examiner", "Duplicates to review"),
        "review_lead": W(
            "Chaque décision est gardée dans le thésaurus : les chargements suivants lui obéissent. Au clavier : flèches pour "
            "passer de l'un "
            "à l'autre, G garde la fiche de gauche, D celle de droite, X les laisse séparées. La "
            "fiche gardée conserve ses propres valeurs ; celles que seule l'autre connaît ne sont plus montrées, et reviennent "
            "si la fusion est annulée.",
            "Each decision is kept in the thesaurus: later loads obey it. By keyboard: arrows go from one to the other, G "
            "keeps the left "
            "record, D the right one, X leaves them apart. The record kept keeps its own values; those that only the other one "
            "knows are no longer shown, and come back when the merge is undone.",
        ),
        "looking": W("Recherche des doublons…", "Looking for duplicates…"),
        "no_review": W("Aucun doublon à examiner.", "No duplicate to review."),
        "certain": W("presque certain", "nearly certain"),
        "probable": W("probable", "probable"),
        "keep_left": W("Garder celle de gauche (G)", "Keep the left one (G)"),
        "keep_right": W("Garder celle de droite (D)", "Keep the right one (D)"),
        "apart": W("Pas les mêmes (X)", "Not the same (X)"),
        "name": W("Nom à afficher (facultatif)", "Name to show (optional)"),
        "only_here": W("Connu de cette fiche seulement : {names}.", "Known to this record only: {names}."),
        "told_apart": W("Paires déclarées distinctes", "Pairs told apart"),
        "apart_row": W("{first} et {second}", "{first} and {second}"),
        "propose_again": W("Proposer à nouveau", "Propose again"),
        "proposed_again": W("La paire est proposée à nouveau.", "The pair is proposed again."),
        "merged": W("Fusions décidées", "Merges decided"),
        "merged_row": W("{other} est fusionnée dans {kept}", "{other} is merged into {kept}"),
        "undo": W("Annuler la fusion", "Undo the merge"),
        "thesaurus": W("Télécharger le thésaurus", "Download the thesaurus"),
        "deciding": W("Un instant…", "One moment…"),
        "decided": W("Décision gardée.", "Decision kept."),
        "undone": W("Fusion annulée.", "Merge undone."),
        "reasons": W("Pourquoi", "Why"),
        "card": W("Ce que lit chaque importeur", "What each importer reads"),
        "ignored": W("Ignoré exprès : {names}", "Ignored on purpose: {names}"),
    }
)

say = speaker(TEXTS)


def told(key: str, **values: object) -> Told:
    """Return a text in both languages, as errors carry it."""
    return Told(say(key, "en", **values), say(key, "fr", **values))
