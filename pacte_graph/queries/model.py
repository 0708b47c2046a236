"""What a saved query and its answer are: values checked when they are made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pacte_graph.schema import Words
from pacte_graph.schema.kinds import Choice

ParameterType = Literal["text", "integer", "number", "date", "boolean", "choice", "node"]
ColumnType = Literal["text", "integer", "number", "date", "datetime", "boolean", "list", "node", "link", "path"]
Category = Literal["projects", "actors", "territories", "money", "data"]

CATEGORIES: dict[Category, Words] = {
    "projects": Words("Projets", "Projects"),
    "actors": Words("Acteurs", "Actors"),
    "territories": Words("Territoires", "Territories"),
    "money": Words("Financements", "Funding"),
    "data": Words("Qualité des données", "Data quality"),
}


@dataclass(frozen=True, slots=True)
class QueryParameter:
    """A parameter of a saved query. ``optional`` without default: absent means « all » and reaches the query as null.

    ``node`` is the label whose identifier a ``node`` parameter takes; ``suggest`` the label whose names help filling a text.
    """

    name: str
    type: ParameterType
    label: Words
    default: Any = None
    optional: bool = False
    choices: tuple[Choice, ...] = ()
    node: str = ""
    suggest: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name in Cypher, its heading, its type. ``choices`` name the values of a closed list; ``unit`` is ``EUR``."""

    name: str
    type: ColumnType
    label: Words
    choices: tuple[Choice, ...] = ()
    unit: str = ""


@dataclass(frozen=True, slots=True)
class SavedQuery:
    """One question: its words, its parameters and columns, and the Cypher that answers it (without the front matter)."""

    name: str
    title: Words
    question: Words
    category: Category
    parameters: tuple[QueryParameter, ...]
    columns: tuple[Column, ...]
    cypher: str

    def as_dict(self) -> dict[str, Any]:
        """Return the JSON form of ``query list``."""
        return {
            "name": self.name,
            "category": self.category,
            "title": _both(self.title),
            "question": _both(self.question),
            "parameters": [
                {
                    "name": item.name,
                    "type": item.type,
                    "label": _both(item.label),
                    "default": item.default,
                    "optional": item.optional,
                    "choices": [choice.value for choice in item.choices],
                    "node": item.node or None,
                    "suggest": item.suggest or None,
                }
                for item in self.parameters
            ],
            "columns": [{"name": column.name, "type": column.type, "label": _both(column.label)} for column in self.columns],
        }


@dataclass(frozen=True, slots=True)
class QueryGraph:
    """The nodes and links an answer speaks of: identifiers as in a Network (``type|source|target|key`` for links), sorted."""

    nodes: tuple[str, ...]
    links: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QueryResult:
    """The answer to a saved query.

    ``rows`` hold plain values and NodeValue, LinkValue, PathValue; ``truncated`` says that ``limit`` rows cut the answer.
    """

    query: SavedQuery
    parameters: Mapping[str, Any]
    columns: tuple[Column, ...]
    rows: tuple[tuple[Any, ...], ...]
    graph: QueryGraph
    truncated: bool
    limit: int
    elapsed_ms: float


def _both(words: Words) -> dict[str, str]:
    return {"fr": words.fr, "en": words.en}
