"""Passages of documents as labels: objectives, milestones, risks, indicators and their values; documents and sections."""

from __future__ import annotations

from pacte_graph.schema import choices
from pacte_graph.schema.kinds import NodeType, Property, Words
from pacte_graph.schema.shared import DATE_FROM, DATE_TEXT, DATE_TO, DOUBT, NOTE, REQUIRED_NAME, TEXT, URL, prop


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
