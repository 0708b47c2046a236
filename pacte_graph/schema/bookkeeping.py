"""Labels the house writes for itself: sources, import runs, statements on which sources disagree, saved views."""

from __future__ import annotations

from pacte_graph.schema import choices
from pacte_graph.schema.kinds import NodeType, Words
from pacte_graph.schema.shared import REQUIRED_NAME, URL, prop

SOURCE = NodeType(
    "Source",
    Words("Source", "Source"),
    Words("Sources", "Sources"),
    Words("Qui affirme.", "Who states."),
    "sources",
    (
        REQUIRED_NAME,
        prop("name_en", "string", "Nom anglais", "English name", "Nom en anglais.", "Name in English."),
        prop("publisher", "string", "Éditeur", "Publisher", "Qui publie.", "Who publishes."),
        prop("licence", "string", "Licence", "Licence", "Licence de réutilisation.", "Licence."),
        prop("scope", "string", "Périmètre", "Scope", "Ce que la source couvre.", "What the source covers."),
        prop("vintage", "string", "Millésime", "Vintage", "Date ou version des données.", "Date or version of the data."),
        prop("ignored", "strings", "Ignoré exprès", "Ignored on purpose", "Ce qui n'est pas lu.", "What isn't read."),
        prop("fictitious", "boolean", "Fictif", "Fictitious", "Vrai si tout y est inventé.", "True if invented."),
        prop("importer", "string", "Importeur", "Importer", "Importeur utilisé.", "Importer used."),
        prop(
            "trust",
            "integer",
            "Confiance",
            "Trust",
            "Rang quand les sources divergent : la plus haute l'emporte (0 sans choix).",
            "Rank when sources disagree: the highest wins (0 when nobody chose).",
        ),
        prop(
            "left_as",
            "string",
            "Empreinte",
            "Digest",
            "Empreinte de la source et de la base au dernier chargement.",
            "Digest of the source and of the database at the last load.",
        ),
        URL,
    ),
)
IMPORT_RUN = NodeType(
    "ImportRun",
    Words("Import", "Import run"),
    Words("Imports", "Import runs"),
    Words("Un chargement.", "One load."),
    "import_runs",
    (
        prop("source", "string", "Source", "Source", "Source chargée.", "Source loaded.", required=True),
        prop(
            "status", "string", "État", "Status", "Terminé, ou interrompu.", "Complete, or cut off.", options=choices.RUN_STATES
        ),
        prop("started_at", "datetime", "Début", "Started", "Début (UTC).", "Start (UTC)."),
        prop("ended_at", "datetime", "Fin", "Ended", "Fin (UTC).", "End (UTC)."),
        prop("user", "string", "Par", "By", "Compte de la machine.", "Account on the machine."),
        prop("importer", "string", "Importeur", "Importer", "Importeur utilisé.", "Importer used."),
        prop("importer_version", "string", "Version", "Version", "Version de l'importeur.", "Version of the importer."),
        prop("files", "strings", "Fichiers", "Files", "Fichiers lus, avec leur empreinte SHA-256.", "Files read, with SHA-256."),
        prop("counts", "string", "Décomptes", "Counts", "Décomptes en JSON.", "Counts, as JSON."),
    ),
    caption="source",
)
STATEMENT = NodeType(
    "Statement",
    Words("Affirmation", "Statement"),
    Words("Affirmations", "Statements"),
    Words("Ce qu'une source dit d'une propriété où les sources divergent.", "What one source says where sources disagree."),
    "statements",
    (
        prop("about", "string", "Au sujet de", "About", "Identifiant concerné.", "Identifier concerned.", required=True),
        prop("property", "string", "Propriété", "Property", "Propriété concernée.", "Property concerned.", required=True),
        prop("value", "string", "Valeur", "Value", "Valeur affirmée, en JSON.", "Value stated, as JSON.", required=True),
        prop("source", "string", "Source", "Source", "Qui l'affirme.", "Who states it.", required=True),
        prop("kept", "boolean", "Retenue", "Kept", "Vrai si c'est la valeur retenue.", "True if it is the value kept."),
        prop("place", "string", "Endroit", "Where", "Fichier et ligne.", "File and line."),
    ),
    caption="value",
)
ABSORBED = NodeType(
    "Absorbed",
    Words("Fiche fusionnée", "Merged record"),
    Words("Fiches fusionnées", "Merged records"),
    Words(
        "Un nœud fusionné dans un autre : ce que ses sources en disent est gardé, la fusion peut être défaite.",
        "A node merged into another: what its sources say of it is kept, the merge can be undone.",
    ),
    "merged",
    (
        prop("absorbed_label", "string", "Type", "Type", "Type du nœud fusionné.", "Label of the merged node.", required=True),
        prop("absorbed_into", "string", "Fusionné dans", "Merged into", "Nœud qui reste.", "Node that stays.", required=True),
        prop(
            "absorbed_parent",
            "string",
            "Fusionné directement dans",
            "Merged directly into",
            "Fiche que nomme la décision ; elle-même fusionnée depuis, peut-être.",
            "Record that the decision names; perhaps merged itself since.",
        ),
        prop("absorbed_by", "string", "Par", "By", "Qui l'a décidé.", "Who decided it."),
        prop("absorbed_at", "datetime", "Le", "On", "Quand.", "When."),
    ),
    caption="id",
)
VIEW = NodeType(
    "View",
    Words("Vue", "View"),
    Words("Vues", "Views"),
    Words("Une vue enregistrée.", "A saved view."),
    "views",
    (REQUIRED_NAME, prop("state", "string", "État", "State", "État de la vue, en JSON.", "State of the view, as JSON.")),
)
