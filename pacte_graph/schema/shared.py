"""What several types share: a property on few lines, and the properties found on many types."""

from __future__ import annotations

from pacte_graph.schema.kinds import Choice, Property, PropertyType, Words


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
