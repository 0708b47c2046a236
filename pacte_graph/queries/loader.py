"""From the folder of ``.cypher`` files to saved queries: one file a question, its front matter checked strictly."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pacte_graph.errors import QueryRefused, UnknownName, UsageError
from pacte_graph.queries import text as cypher_text
from pacte_graph.queries.casting import cast
from pacte_graph.queries.model import Category, Column, ColumnType, ParameterType, QueryParameter, SavedQuery
from pacte_graph.schema import LINKS, NODES, Words
from pacte_graph.schema.kinds import Choice

_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class _Words(_Strict):
    fr: str = Field(min_length=1)
    en: str = Field(min_length=1)

    def words(self) -> Words:
        return Words(self.fr, self.en)


class _Choice(_Words):
    value: str = Field(min_length=1)


class _Parameter(_Strict):
    name: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    type: ParameterType
    label: _Words
    default: Any = None
    optional: bool = False
    choices: list[_Choice] = Field(default_factory=list)
    choices_of: str = ""
    node: str = ""
    suggest: str = ""


class _Column(_Strict):
    name: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    type: ColumnType
    fr: str = Field(min_length=1)
    en: str = Field(min_length=1)
    choices_of: str = ""
    unit: str = ""


class _FrontMatter(_Strict):
    title: _Words
    question: _Words
    category: Category
    parameters: list[_Parameter]
    columns: list[_Column] = Field(min_length=1)


def folder() -> Path:
    """Return where the saved queries lie: inside the installed package, else beside it in a checkout."""
    package = Path(str(files("pacte_graph")))
    inside, beside = package / "_cypher", package.parent / "cypher"
    return inside if inside.is_dir() else beside


@cache
def catalogue(where: Path | None = None) -> Mapping[str, SavedQuery]:
    """Return every saved query by name, sorted. Raises UsageError when a file is wrong or there is none at all."""
    place = where or folder()
    found = {path.stem: read(path) for path in sorted(place.glob("*.cypher"))}
    if not found:
        raise UsageError(
            f"No saved query was found in {place}.", hint="Install the package again; its folder of queries is missing."
        )
    return MappingProxyType(found)


def find(name: str, where: Path | None = None) -> SavedQuery:
    """Return one saved query; raises UnknownName with the names there are."""
    known = catalogue(where)
    if name not in known:
        raise UnknownName(f"There is no saved query {name!r}.", hint=f"There are: {', '.join(known)}.")
    return known[name]


def read(path: Path) -> SavedQuery:
    """Return the saved query in one file. Raises UsageError or QueryRefused with the file's name and what is wrong in it."""
    try:
        content = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as problem:
        raise UsageError(f"{path.name} is not UTF-8 text.") from problem
    return parse(path.stem, content)


def parse(name: str, content: str) -> SavedQuery:
    """Return the saved query that a file's text states: leading ``//`` lines hold TOML, the rest is the Cypher."""
    head, body = _split(content)
    if not _NAME.fullmatch(name):
        raise UsageError(f"{name}.cypher: file names are small letters and digits joined by hyphens.")
    try:
        front = _FrontMatter.model_validate(tomllib.loads(head))
    except tomllib.TOMLDecodeError as problem:
        raise UsageError(f"{name}.cypher: the lines after // are not TOML: {problem}.") from problem
    except ValidationError as problem:
        first = min(problem.errors(), key=lambda error: error["type"] != "extra_forbidden")
        where = ".".join(str(part) for part in first["loc"])
        raise UsageError(f"{name}.cypher: {where}: {first['msg']}.") from problem
    query = SavedQuery(
        name=name,
        title=front.title.words(),
        question=front.question.words(),
        category=front.category,
        parameters=tuple(_parameter(name, item) for item in front.parameters),
        columns=tuple(_column(name, item) for item in front.columns),
        cypher=body,
    )
    _check(query)
    return query


def _split(content: str) -> tuple[str, str]:
    lines = content.splitlines()
    end = next((place for place, line in enumerate(lines) if not line.startswith("//")), len(lines))
    head = "\n".join(line.removeprefix("//").removeprefix(" ") for line in lines[:end])
    return head, "\n".join(lines[end:]).strip()


def _parameter(query: str, item: _Parameter) -> QueryParameter:
    choices = tuple(Choice(choice.value, choice.words()) for choice in item.choices) or _choices_of(query, item.choices_of)
    if (item.type == "choice") != bool(choices):
        raise UsageError(f"{query}.cypher: parameter {item.name}: a list of choices goes with the type choice, and only with it.")
    if (item.type == "node") != bool(item.node):
        raise UsageError(f"{query}.cypher: parameter {item.name}: node names the label of a parameter of type node.")
    for label in (item.node, item.suggest):
        if label and label not in NODES:
            raise UsageError(f"{query}.cypher: parameter {item.name}: there is no label {label}.")
    parameter = QueryParameter(item.name, item.type, item.label.words(), None, item.optional, choices, item.node, item.suggest)
    if item.default is None:
        return parameter
    return QueryParameter(
        item.name, item.type, item.label.words(), cast(parameter, item.default), item.optional, choices, item.node, item.suggest
    )


def _column(query: str, item: _Column) -> Column:
    return Column(item.name, item.type, Words(item.fr, item.en), _choices_of(query, item.choices_of), item.unit)


def _choices_of(query: str, path: str) -> tuple[Choice, ...]:
    """Return the closed list of a schema property named ``Label.property`` or ``TYPE.property``; empty for no path."""
    if not path:
        return ()
    owner, _, name = path.partition(".")
    kind = NODES.get(owner) or LINKS.get(owner)
    found = kind.property(name) if kind else None
    if found is None or not found.choices:
        raise UsageError(f"{query}.cypher: choices_of: {path} is not a property of the schema with a closed list.")
    return found.choices


def _check(query: SavedQuery) -> None:
    clause = cypher_text.forbidden(query.cypher)
    if clause:
        raise QueryRefused(f"{query.name}.cypher holds {clause}: a saved query may only read.", hint="Remove the clause.")
    declared, used = {item.name for item in query.parameters}, cypher_text.parameters(query.cypher)
    if declared != used:
        gap = ", ".join(sorted(declared ^ used))
        raise UsageError(f"{query.name}.cypher: parameters declared and used differ: {gap}.")
    if "programme" not in declared:
        raise UsageError(f"{query.name}.cypher: every query takes the parameter programme.")
    for names in ([item.name for item in query.parameters], [item.name for item in query.columns]):
        if len(set(names)) != len(names):
            raise UsageError(f"{query.name}.cypher: a parameter or column is declared twice.")
