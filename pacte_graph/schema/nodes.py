"""The labels. Each property has a label and a description in both languages; unknown is absent, never empty or 0."""

from __future__ import annotations

from pacte_graph.schema import choices
from pacte_graph.schema.bookkeeping import ABSORBED, IMPORT_RUN, SOURCE, STATEMENT, VIEW
from pacte_graph.schema.kinds import NodeType, Property, Words
from pacte_graph.schema.passages import (
    DELIVERABLE,
    DOCUMENT,
    INDICATOR,
    MILESTONE,
    OBJECTIVE,
    OBSERVATION,
    RISK,
    SECTION,
    SUCCESS_FACTOR,
    WORK_ITEM,
)
from pacte_graph.schema.shared import ALIASES, NOTE, REQUIRED_NAME, URL, prop


def _money(name: str, fr: str, en: str, about_fr: str, about_en: str) -> Property:
    return prop(name, "float", fr, en, about_fr, about_en, unit="EUR", minimum=0)


LATITUDE = prop("latitude", "float", "Latitude", "Latitude", "Degrés WGS 84.", "Degrees, WGS 84.", unit="°")
LONGITUDE = prop("longitude", "float", "Longitude", "Longitude", "Degrés WGS 84.", "Degrees, WGS 84.", unit="°")

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
        prop("acronym", "string", "Sigle", "Acronym", "Sigle du projet.", "Acronym of the project."),
        prop("call", "string", "Appel", "Call", "Appel à projets ou action.", "Call or action that funds it."),
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
        _money("grant", "Subvention", "Grant", "Aide accordée par le financeur du programme.", "Aid granted by the funder."),
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
        _money(
            "pooling_investment",
            "Dépense de départ",
            "Initial outlay",
            "Dépense faite une fois pour mettre en commun.",
            "What was spent once in order to pool.",
        ),
        prop(
            "cost_basis",
            "string",
            "Origine des coûts",
            "Basis of the costs",
            "D'où viennent les coûts comparés ; absent : l'économie n'est pas établie.",
            "Where the costs compared come from; absent: the saving is not established.",
            options=choices.COST_BASES,
        ),
        prop(
            "cost_period",
            "string",
            "Périodicité des coûts",
            "Period of the costs",
            "Les coûts comparés sont-ils ceux d'une seule fois ou d'une année ?",
            "Are the costs compared those of a single time or of a year?",
            options=choices.COST_PERIODS,
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
        prop(
            "name",
            "string",
            "Nom",
            "Name",
            "Nom tel que la source l'écrit ; absent si elle ne donne qu'un identifiant.",
            "Name as the source spells it; absent when it gives an identifier only.",
        ),
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
        prop(
            "kind_stated",
            "string",
            "Famille écrite",
            "Kind as written",
            "Catégorie telle que la source l'écrit.",
            "Category as the source writes it.",
        ),
        prop("siren", "string", "SIREN", "SIREN", "Identifiant national.", "French national identifier."),
        prop("vat", "string", "TVA", "VAT number", "Numéro de TVA intracommunautaire.", "European VAT number."),
        prop("sme", "boolean", "PME", "SME", "Petite ou moyenne entreprise.", "Small or medium-sized enterprise."),
        prop(
            "country", "string", "Pays", "Country", "Code du pays tel que la source l'écrit.", "Country as the source codes it."
        ),
        prop("town", "string", "Ville", "Town", "Ville de l'adresse.", "Town of the address."),
        prop("nuts", "string", "Code NUTS", "NUTS code", "Région statistique européenne.", "European statistical region."),
        LATITUDE,
        LONGITUDE,
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
        prop("legal_form", "string", "Forme juridique", "Legal form", "Catégorie de l'établissement.", "Category of the body."),
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
        LATITUDE,
        LONGITUDE,
        prop(
            "former_codes",
            "strings",
            "Anciens codes",
            "Former codes",
            "Codes INSEE des communes fusionnées dans celle-ci.",
            "INSEE codes of the communes merged into this one.",
        ),
        prop(
            "contour",
            "string",
            "Contour",
            "Contour",
            "Limite du territoire (géométrie GeoJSON, WGS 84).",
            "Boundary of the territory (GeoJSON geometry, WGS 84).",
        ),
        ALIASES,
        URL,
        NOTE,
    ),
    scoped=True,
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
    ABSORBED,
    VIEW,
)
