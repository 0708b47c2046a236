"""The sheet that explains the workbook, in French then in English, with a way to every sheet; and the sheet of sources' words."""

from __future__ import annotations

from typing import Any

from pacte_graph.schema.sheets import SOURCES_SHEET, TABLES, TEXTS_SHEET, sheet_name
from pacte_graph.workbook.content import Content

SOURCES = (
    ("Identifiant *", "Identifier"),
    ("Nom français *", "French name"),
    ("Nom anglais", "English name"),
    ("Éditeur", "Publisher"),
    ("Adresse web", "Web address"),
    ("Licence", "Licence"),
    ("Périmètre", "Scope"),
    ("Millésime", "Vintage"),
    ("Ignoré exprès", "Ignored on purpose"),
    ("Fictif (oui, non)", "Fictitious (oui, non)"),
)
SOURCE_EXAMPLE = {
    "id": "exemple:source",
    "name_fr": "Exemple : enquête de l'agence",
    "name_en": "Example: the agency's survey",
    "publisher": "Agence",
    "licence": "Licence Ouverte 2.0",
    "vintage": "2030",
    "fictitious": "non",
}

_FRENCH = (
    "Une feuille par type : les feuilles bleues décrivent des choses (projets, acteurs, territoires…), les vertes les relient.",
    "Ligne 1 : l'intitulé (survolez-le pour l'explication). Ligne 2 : le nom pour la machine, à ne pas modifier.",
    "Les colonnes marquées * (fond brun) sont obligatoires. Une cellule vide veut dire « inconnu » : ni 0, ni « n.c. ».",
    "L'identifiant relie les feuilles : donné une fois (project:mon-schéma:1), il est repris tel quel dans les feuilles vertes.",
    "Plusieurs valeurs dans une cellule se séparent par un point-virgule : a ; b ; c.",
    "Dates : 31/12/2016. Nombres : 1 234,5. Listes : choisissez dans le menu déroulant de la cellule.",
    f"La feuille {SOURCES_SHEET} dit qui affirme tout cela ; sans elle, la source porte le nom du fichier.",
    "Vérifiez sans rien écrire : pacte import tableur FICHIER.xlsx --dry-run. Les erreurs nomment la cellule, toutes à la fois.",
)
_FRENCH_EXAMPLE = "Les lignes d'exemple (identifiant commençant par « exemple: ») sont ignorées : remplacez-les ou laissez-les."
_ENGLISH = (
    "One sheet a type: the blue sheets describe things (projects, actors, territories…), the green ones link them.",
    "Row 1: the heading (hover it for the explanation). Row 2: the name for the machine, not to be changed.",
    "Columns marked * on brown are required. An empty cell means “unknown”: write neither 0 nor “n/a”.",
    "The identifier ties the sheets together: give it once (project:my-scheme:1), then repeat it as it is in the green sheets.",
    "Several values in one cell are separated by a semicolon: a ; b ; c.",
    "Dates: 2016-12-31. Numbers: 1234.5. Lists: choose in the cell's drop-down.",
    f"The sheet {SOURCES_SHEET} says who states all this; without it, the source has the file's name.",
    "Check without writing: pacte import tableur FILE.xlsx --dry-run. Errors name the cell, all at once.",
)
_ENGLISH_EXAMPLE = "Example rows (identifier starting with “exemple:”) are skipped: replace them or leave them."


def write(sheet: Any, formats: dict[str, Any], content: Content, *, example: bool) -> None:
    """Write the sheet, in order from its first row."""
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 2, 70)
    sheet.hide_gridlines(2)
    sheet.write_string(0, 0, "Pacte Graph", formats["title"])
    line = 2
    for title, lines in (("Lisez-moi", _lines(_FRENCH, _FRENCH_EXAMPLE, content, "fr", example=example)),
                         ("Read me", _lines(_ENGLISH, _ENGLISH_EXAMPLE, content, "en", example=example))):  # fmt: skip
        sheet.write_string(line, 0, title, formats["heading"])
        for text in lines:
            line += 1
            sheet.merge_range(line, 0, line, 2, text, formats["body"])
        line += 2
    sheet.write_string(line, 0, "Feuilles / Sheets", formats["heading"])
    for kind in TABLES.values():
        line += 1
        name = sheet_name(kind)
        sheet.write_url(line, 0, f"internal:'{name}'!A3", formats["go"], name)
        sheet.write_string(line, 1, kind.description.fr, formats["body"])
        sheet.write_string(line, 2, kind.description.en, formats["body"])


def _lines(lines: tuple[str, ...], about_examples: str, content: Content, language: str, *, example: bool) -> tuple[str, ...]:
    if example:
        return (*lines, about_examples)
    texts = {
        "fr": f"Les textes trop longs pour une cellule (« pacte:texte:… ») sont dans la feuille masquée {TEXTS_SHEET}.",
        "en": f"Texts too long for a cell (“pacte:texte:…”) are in the hidden sheet {TEXTS_SHEET}.",
    }
    lost = {
        "fr": f"Valeurs écartées parce que les sources divergent, absentes de ce classeur : {content.conflicts}.",
        "en": f"Values set aside because sources disagree, not in this workbook: {content.conflicts}.",
    }
    return (*lines, texts[language], *([lost[language]] if content.conflicts else []))
