"""The labels. Each property has a label and a description in both languages; unknown is absent, never empty or 0."""

from __future__ import annotations

from pacte_graph.schema import choices
from pacte_graph.schema.kinds import Choice, NodeType, Property, PropertyType, Words


def prop(  # noqa: PLR0913 - a row of the schema
    name: str,
    kind: PropertyType,
    fr: str,
    en: str,
    about_fr: str,
    about_en: str,
    *,
    options: tuple[Choice, ...] = (),
    required: bool = False,
    unit: str = "",
    minimum: float | None = None,
) -> Property:
    """Return one property, written on few lines."""
    return Property(
        name, kind, Words(fr, en), Words(about_fr, about_en), choices=options, required=required, unit=unit, minimum=minimum
    )


NAME = prop("name", "string", "Nom", "Name", "Nom tel que la source l'écrit.", "Name as the source spells it.")
REQUIRED_NAME = prop(
    "name", "string", "Nom", "Name", "Nom tel que la source l'écrit.", "Name as the source spells it.", required=True
)
ALIASES = prop(
    "aliases", "strings", "Autres noms", "Other names", "Autres écritures attestées du nom.", "Other attested spellings."
)
URL = prop("url", "string", "Adresse web", "Web address", "Page publique de référence.", "Public reference page.")
NOTE = prop("note", "string", "Note", "Note", "Précision utile à la lecture.", "A remark that helps reading.")
TEXT = prop("text", "string", "Texte", "Text", "Texte tel que la source l'écrit.", "Text as the source writes it.", required=True)
DOUBT = prop(
    "doubt",
    "string",
    "Doute",
    "Doubt",
    "Pourquoi la lecture est incertaine ; absent quand elle ne l'est pas.",
    "Why the reading is uncertain; absent when it isn't.",
)
DATE_FROM = prop("date_from", "date", "Au plus tôt", "Earliest", "Premier jour de l'intervalle.", "First day of the interval.")
DATE_TO = prop("date_to", "date", "Au plus tard", "Latest", "Dernier jour de l'intervalle.", "Last day of the interval.")
DATE_TEXT = prop(
    "date_text", "string", "Date écrite", "Date as written", "La date telle qu'écrite (« fin 2016 »).", "The date as written."
)


def _money(name: str, fr: str, en: str, about_fr: str, about_en: str) -> Property:
    return prop(name, "float", fr, en, about_fr, about_en, unit="EUR")


PROGRAMME = NodeType(
    "Programme",
    Words("Programme", "Programme"),
    Words("Programmes", "Programmes"),
    Words("Un schéma de développement et son périmètre.", "A development scheme and its perimeter."),
    "programmes",
    (
        REQUIRED_NAME,
        prop("acronym", "string", "Sigle", "Acronym", "Sigle d'usage.", "Usual acronym."),
        ALIASES,
        prop("fictitious", "boolean", "Fictif", "Fictitious", "Vrai si tout y est inventé.", "True if all of it is invented."),
        prop("adopted_on", "date", "Adopté le", "Adopted on", "Date de la délibération.", "Date of the deliberation."),
        prop(
            "projects_stated",
            "integer",
            "Projets annoncés",
            "Projects announced",
            "Nombre de projets selon la source.",
            "Number of projects according to the source.",
            minimum=0,
        ),
        prop(
            "reference_dates",
            "strings",
            "Dates de référence",
            "Reference dates",
            "Dates (AAAA-MM-JJ) où lire le réseau.",
            "Dates (YYYY-MM-DD) at which to read the network.",
        ),
        URL,
        NOTE,
    ),
)

PROJECT = NodeType(
    "Project",
    Words("Projet", "Project"),
    Words("Projets", "Projects"),
    Words("Un projet numéroté du schéma.", "A numbered project of the scheme."),
    "projects",
    (
        prop("number", "integer", "Numéro", "Number", "Numéro du projet dans le schéma.", "Number of the project.", minimum=0),
        prop(
            "name", "string", "Titre", "Title", "Titre attesté ; absent s'il est inconnu.", "Attested title; absent if unknown."
        ),
        prop("short_name", "string", "Titre court", "Short title", "Titre pour le graphe.", "Title for the graph."),
        prop("axis", "string", "Axe", "Axis", "Axe ou programme du schéma.", "Axis of the scheme."),
        prop(
            "state", "string", "Avancement", "State", "État d'avancement.", "State of progress.", options=choices.PROJECT_STATES
        ),
        prop(
            "declination",
            "string",
            "Déclinaison territoriale",
            "Territorial declination",
            "Le projet est-il décliné sur un territoire ? Absent : inconnu.",
            "Is it declined on a territory? Absent: unknown.",
            options=choices.DECLINATION_STATES,
        ),
        _money("budget", "Budget total", "Total budget", "Montant total engagé.", "Total amount committed."),
        _money("regional_funding", "Financement régional", "Regional funding", "Part de la Région.", "The Region's part."),
        _money(
            "standalone_cost",
            "Coût séparé",
            "Standalone cost",
            "Somme des coûts si chacun agissait seul.",
            "Sum of the costs if each acted alone.",
        ),
        _money("joint_cost", "Coût commun", "Joint cost", "Coût de la réalisation commune.", "Cost of doing it together."),
        _money(
            "coordination_cost", "Coût de coordination", "Coordination cost", "Coût de la coordination.", "Cost of coordinating."
        ),
        prop(
            "financing_text",
            "string",
            "Financement (texte)",
            "Financing (text)",
            "Ce que la fiche dit du financement.",
            "What the sheet says of the financing.",
        ),
        prop(
            "sheet_version",
            "string",
            "Version de la fiche",
            "Sheet version",
            "Version de la feuille de route.",
            "Version of the road-map sheet.",
        ),
        prop("sheet_date", "date", "Date de la fiche", "Sheet date", "Mise à jour de la feuille de route.", "Date of the sheet."),
        prop("since", "date", "Depuis", "Since", "Début du projet.", "Start of the project."),
        prop("until", "date", "Jusqu'au", "Until", "Fin du projet.", "End of the project."),
        URL,
        NOTE,
    ),
    scoped=True,
)

ACTOR = NodeType(
    "Actor",
    Words("Acteur", "Actor"),
    Words("Acteurs", "Actors"),
    Words(
        "Une institution, ou une famille d'institutions (acteur collectif).", "An institution, or a class of them (collective)."
    ),
    "actors",
    (
        REQUIRED_NAME,
        prop("short_name", "string", "Nom court", "Short name", "Nom pour le graphe.", "Name for the graph."),
        prop(
            "kind",
            "string",
            "Famille",
            "Kind",
            "Famille d'acteurs ; absent si inconnue.",
            "Kind of actor; absent if unknown.",
            options=choices.ACTOR_KINDS,
        ),
        prop(
            "collective",
            "boolean",
            "Acteur collectif",
            "Collective actor",
            "Vrai : une famille (« universités »), pas une institution.",
            "True: a class (“universities”), not an institution.",
        ),
        prop("siren", "string", "SIREN", "SIREN", "Identifiant national.", "French national identifier."),
        ALIASES,
        URL,
        NOTE,
    ),
    scoped=True,
)

PERSON = NodeType(
    "Person",
    Words("Personne", "Person"),
    Words("Personnes", "People"),
    Words("Une personne citée dans une fonction publique.", "A person named in a public function."),
    "people",
    (
        REQUIRED_NAME,
        prop("initials", "string", "Initiales", "Initials", "Initiales utilisées dans la fiche.", "Initials used in the sheet."),
        prop("function", "string", "Fonction", "Function", "Fonction telle qu'écrite.", "Function as written."),
        NOTE,
    ),
    scoped=True,
)

TERRITORY = NodeType(
    "Territory",
    Words("Territoire", "Territory"),
    Words("Territoires", "Territories"),
    Words("Un territoire de référence, à son échelle.", "A territory of reference, at its scale."),
    "territories",
    (
        REQUIRED_NAME,
        prop("short_name", "string", "Nom court", "Short name", "Nom pour le graphe.", "Name for the graph."),
        prop(
            "level",
            "string",
            "Échelle",
            "Level",
            "Échelle du territoire.",
            "Scale of the territory.",
            options=choices.TERRITORY_LEVELS,
        ),
        prop("insee_code", "string", "Code INSEE", "INSEE code", "Code officiel géographique.", "Official geographic code."),
        prop("siren", "string", "SIREN", "SIREN", "SIREN de l'intercommunalité.", "SIREN of the intercommunality."),
        prop("population", "integer", "Population", "Population", "Habitants.", "Inhabitants.", unit="people", minimum=0),
        prop(
            "communes_stated",
            "integer",
            "Communes annoncées",
            "Communes stated",
            "Nombre de communes selon la source.",
            "Number of communes according to the source.",
            minimum=0,
        ),
        prop("latitude", "float", "Latitude", "Latitude", "Degrés WGS 84.", "Degrees, WGS 84.", unit="°"),
        prop("longitude", "float", "Longitude", "Longitude", "Degrés WGS 84.", "Degrees, WGS 84.", unit="°"),
        ALIASES,
        URL,
        NOTE,
    ),
    scoped=True,
)


def _passage(
    label: str, fr: str, en: str, plural: tuple[str, str], about: tuple[str, str], table: str, *more: Property
) -> NodeType:
    words = (Words(fr, en), Words(*plural), Words(*about))
    return NodeType(label, *words, table, (TEXT, *more, DOUBT, NOTE), caption="text")


OBJECTIVE = _passage(
    "Objective",
    "Objectif",
    "Objective",
    ("Objectifs", "Objectives"),
    ("Ce que le projet vise, avec sa cible chiffrée s'il y en a une.", "What the project aims at, with its target if any."),
    "objectives",
    prop(
        "target_numerator",
        "integer",
        "Cible (numérateur)",
        "Target (numerator)",
        "Cible en fraction exacte.",
        "Target as an exact fraction.",
    ),
    prop(
        "target_denominator",
        "integer",
        "Cible (dénominateur)",
        "Target (denominator)",
        "Cible en fraction exacte.",
        "Target as an exact fraction.",
        minimum=1,
    ),
)
MILESTONE = _passage(
    "Milestone",
    "Jalon",
    "Milestone",
    ("Jalons", "Milestones"),
    ("Une étape datée.", "A dated step."),
    "milestones",
    DATE_FROM,
    DATE_TO,
    DATE_TEXT,
)
DELIVERABLE = _passage(
    "Deliverable",
    "Livrable",
    "Deliverable",
    ("Livrables", "Deliverables"),
    ("Une production attendue.", "An expected output."),
    "deliverables",
    DATE_FROM,
    DATE_TO,
    DATE_TEXT,
)
RISK = _passage("Risk", "Risque", "Risk", ("Risques", "Risks"), ("Un risque identifié.", "An identified risk."), "risks")
SUCCESS_FACTOR = _passage(
    "SuccessFactor",
    "Facteur de succès",
    "Success factor",
    ("Facteurs de succès", "Success factors"),
    ("Une condition de réussite.", "A condition of success."),
    "success_factors",
)
WORK_ITEM = _passage(
    "WorkItem",
    "Travail à conduire",
    "Work item",
    ("Travaux à conduire", "Work items"),
    ("Un travail prévu.", "Planned work."),
    "work_items",
)
INDICATOR = _passage(
    "Indicator",
    "Indicateur",
    "Indicator",
    ("Indicateurs", "Indicators"),
    ("Un critère d'impact.", "An impact criterion."),
    "indicators",
    prop(
        "family",
        "string",
        "Famille",
        "Family",
        "Qualitatif ou quantitatif.",
        "Qualitative or quantitative.",
        options=choices.INDICATOR_FAMILIES,
    ),
    prop("examples", "strings", "Exemples", "Examples", "Exemples cités.", "Examples given."),
)
OBSERVATION = NodeType(
    "Observation",
    Words("Observation", "Observation"),
    Words("Observations", "Observations"),
    Words("Une valeur datée d'un indicateur.", "A dated value of an indicator."),
    "observations",
    (
        prop("value", "float", "Valeur", "Value", "Valeur observée.", "Observed value.", required=True),
        prop("unit", "string", "Unité", "Unit", "Unité de la valeur.", "Unit of the value."),
        prop("observed_on", "date", "Observé le", "Observed on", "Date de l'observation.", "Date of the observation."),
        NOTE,
    ),
    caption="value",
)
DOCUMENT = NodeType(
    "Document",
    Words("Document", "Document"),
    Words("Documents", "Documents"),
    Words("Un document ou un article qui atteste des faits.", "A document or an article that attests facts."),
    "documents",
    (
        REQUIRED_NAME,
        prop("publisher", "string", "Éditeur", "Publisher", "Qui publie.", "Who publishes."),
        prop("published_on", "date", "Publié le", "Published on", "Date de publication.", "Date of publication."),
        prop("version", "string", "Version", "Version", "Version écrite.", "Version as written."),
        URL,
        NOTE,
    ),
)
SECTION = NodeType(
    "Section",
    Words("Section", "Section"),
    Words("Sections", "Sections"),
    Words("Le texte brut d'une partie de document.", "The raw text of a part of a document."),
    "sections",
    (
        REQUIRED_NAME,
        TEXT,
        prop("order", "integer", "Rang", "Order", "Rang dans le document.", "Rank in the document.", minimum=0),
        prop("line_from", "integer", "Première ligne", "First line", "Première ligne du fichier.", "First line.", minimum=1),
        prop("line_to", "integer", "Dernière ligne", "Last line", "Dernière ligne du fichier.", "Last line.", minimum=1),
    ),
)
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
VIEW = NodeType(
    "View",
    Words("Vue", "View"),
    Words("Vues", "Views"),
    Words("Une vue enregistrée.", "A saved view."),
    "views",
    (REQUIRED_NAME, prop("state", "string", "État", "State", "État de la vue, en JSON.", "State of the view, as JSON.")),
)

NODE_TYPES = (
    PROGRAMME,
    PROJECT,
    ACTOR,
    PERSON,
    TERRITORY,
    OBJECTIVE,
    MILESTONE,
    DELIVERABLE,
    RISK,
    SUCCESS_FACTOR,
    WORK_ITEM,
    INDICATOR,
    OBSERVATION,
    DOCUMENT,
    SECTION,
    SOURCE,
    IMPORT_RUN,
    STATEMENT,
    VIEW,
)
