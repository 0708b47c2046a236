"""How the model is laid out in tables: one table a type, its sheet's French name, its columns and what each one means.

Writers of workbooks and readers of tables both draw from here, so that what one writes the other understands.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pacte_graph.schema import BOOKKEEPING, LINKS, NODES, LinkType, NodeType, Property, Words

Kind = NodeType | LinkType

README_SHEET = "Lisez-moi"
LISTS_SHEET = "_listes"
MARK_SHEET = "_pacte"
SOURCES_SHEET = "Sources"
TEXTS_SHEET = "_textes"
HELPERS = (README_SHEET, LISTS_SHEET, MARK_SHEET, SOURCES_SHEET, TEXTS_SHEET)
"""Sheets of a workbook that are no table of the model."""

EXAMPLE = "exemple:"
"""How the identifier of an example row starts; readers skip such a row in a workbook that says it holds examples."""

TEXT_MARK = "pacte:texte:"
"""How a cell says that its text is in the sheet of texts, under the number that follows."""

CELL_LIMIT = 32_767
"""Characters a workbook's cell can hold."""

_LINK_SHEETS = {
    "perimeter": "Périmètres",
    "project_links": "Liens entre projets",
    "participations": "Participations",
    "declinations": "Déclinaisons",
    "nesting": "Emboîtements",
    "memberships": "Adhésions",
    "cooperations": "Coopérations",
    "locations": "Implantations",
    "representations": "Représentations",
    "mentions": "Mentions",
    "project_objectives": "Objectifs des projets",
    "project_milestones": "Jalons des projets",
    "project_deliverables": "Livrables des projets",
    "project_risks": "Risques des projets",
    "project_success_factors": "Facteurs de succès des projets",
    "project_work_items": "Travaux des projets",
    "project_indicators": "Indicateurs des projets",
    "indicator_observations": "Valeurs des indicateurs",
    "document_sections": "Parties des documents",
    "attestations": "Attestations",
}
_LEADING = ("number", "name", "short_name", "text")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: machine name, labels, explanation. ``property`` is None for what the layout adds (ends, identifier…)."""

    name: str
    label: Words
    description: Words
    required: bool = False
    property: Property | None = None
    spellings: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    """Labels of the nodes that its cells name, or may give as types."""


TABLES: dict[str, Kind] = {
    **{item.table: item for item in NODES.values() if item.label not in BOOKKEEPING},
    **{item.table: item for item in LINKS.values() if item.type != "ABOUT"},
}
"""The tables a source may give, nodes first, in the schema's order."""

_ATTESTED = LINKS["STATED_IN"].sources


def sheet_name(kind: Kind) -> str:
    """Return the French name of a type's sheet: at most 31 characters, one a type."""
    return kind.plural.fr if isinstance(kind, NodeType) else _LINK_SHEETS.get(kind.table, kind.table)[:31]


def columns(kind: Kind) -> tuple[Column, ...]:
    """Return a table's columns in order: what identifies first, then names, then the rest."""
    return _node_columns(kind) if isinstance(kind, NodeType) else _link_columns(kind)


def accepted(kind: Kind) -> tuple[Column, ...]:
    """Return every column a table may have: its own, and those that only some tables fill (their rows are told why not)."""
    own = columns(kind)
    extra = (_PROGRAMME, _DOCUMENT) if isinstance(kind, NodeType) else (*_TYPES, _KEY)
    names = {column.name for column in own}
    return (*own, *(column for column in extra if column.name not in names), SOURCES_COLUMN)


def types(labels: Iterable[str]) -> dict[str, Words]:
    """Return the words of node labels, by label."""
    wanted = set(labels)
    return {item.label: item.words for item in NODES.values() if item.label in wanted}


SOURCES_COLUMN = Column(
    "sources",
    Words("Affirmé par", "Stated by"),
    Words("Sources qui l'affirment (feuille Sources).", "Sources that state it (sheet Sources)."),
    spellings=("affirme par", "stated by"),
)
"""Who states a row, in a workbook that holds what several sources state."""


def _node_columns(kind: NodeType) -> tuple[Column, ...]:
    leading = [_column(item) for item in kind.properties if item.name in _LEADING]
    others = [_column(item) for item in kind.properties if item.name not in _LEADING]
    about = Words(
        f"Identifiant stable et unique, par exemple {kind.label.lower()}:mon-schéma:1.",
        f"Stable and unique identifier, for instance {kind.label.lower()}:my-scheme:1.",
    )
    found = [Column("id", Words("Identifiant", "Identifier"), about, required=True, spellings=("id", "identifiant"))]
    programmes = [_PROGRAMME] if kind.scoped else []
    documents = [_DOCUMENT] if kind.label in _ATTESTED else []
    return (*found, *leading, *programmes, *others, *documents)


_PROGRAMME = Column(
    "programme",
    Words("Programme", "Programme"),
    Words(
        "Identifiants des programmes dont il fait partie, séparés par ;",
        "Identifiers of the programmes it is part of, separated by ;",
    ),
    spellings=("programmes",),
    labels=("Programme",),
)
_DOCUMENT = Column(
    "document",
    Words("Documents", "Documents"),
    Words("Identifiants des documents qui l'attestent, séparés par ;", "Identifiers of the documents that attest it; by ;"),
    spellings=("document",),
    labels=("Document",),
)


def _link_columns(kind: LinkType) -> tuple[Column, ...]:
    ends: list[Column] = []
    for name, words, labels, spellings in (
        ("source", Words("Source", "Source"), kind.sources, ("de", "from")),
        ("target", Words("Cible", "Target"), kind.targets, ("vers", "to")),
    ):
        ends.append(_end(name, words, labels, spellings))
        if len(labels) > 1:
            ends.append(_end_type(name, words, labels))
    keyed = [_KEY] if kind.keyed else []
    return (*ends, *(_column(item) for item in kind.properties), *keyed)


_KEY = Column(
    "key",
    Words("Clé", "Key"),
    Words(
        "Distingue deux liens parallèles ; pour une participation, le rôle si elle est vide.",
        "Tells two parallel links apart; for a participation, the role when it is empty.",
    ),
    spellings=("cle",),
)


def _end(name: str, words: Words, labels: tuple[str, ...], spellings: tuple[str, ...]) -> Column:
    found = types(labels).values()
    french, english = " ou ".join(item.fr for item in found), " or ".join(item.en for item in found)
    about = Words(f"Identifiant : {french}.", f"Identifier: {english}.")
    return Column(name, words, about, required=True, spellings=spellings, labels=labels)


def _end_type(name: str, words: Words, labels: tuple[str, ...]) -> Column:
    label = Words(f"Type de {words.fr.lower()}", f"Type of {words.en.lower()}")
    about = Words(
        "Type du nœud ; peut rester vide si son identifiant est dans une feuille.",
        "Type of the node; may stay empty when its identifier is in a sheet.",
    )
    return Column(f"{name}_type", label, about, spellings=(f"type de {words.fr.lower()}",), labels=labels)


_TYPES = (_end_type("source", Words("Source", "Source"), ()), _end_type("target", Words("Cible", "Target"), ()))


def _column(item: Property) -> Column:
    return Column(item.name, item.label, item.description, required=item.required, property=item)
