"""The values that travel from a source to the database: who states what, and where exactly.

Importers return a :class:`Batch`; ``loading.plan`` compares it with the database; nothing here touches either.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple, Protocol

Value = str | int | float | bool | dt.date | dt.datetime | list[str] | list[int] | list[float]
"""What a property may hold. Unknown is absent: never ``None``, ``""`` or 0."""

Properties = Mapping[str, Value]


class Ref(NamedTuple):
    """A node as a link names it: its label and its identifier."""

    label: str
    id: str


@dataclass(frozen=True, slots=True, order=True)
class Where:
    """The place of one statement: file (name, not path), sheet or page, line (from 1), column or cell."""

    file: str
    line: int | None = None
    sheet: str | None = None
    column: str | None = None

    def __str__(self) -> str:
        """Return ``file!sheet, line n``-like text for tables and panels."""
        text = self.file if self.sheet is None else f"{self.file}!{self.sheet}"
        if self.line is not None:
            text += f":{self.line}"
        return text if self.column is None else f"{text} ({self.column})"


@dataclass(frozen=True, slots=True)
class NodeRecord:
    """One node as a source states it. ``where`` holds every place that states it (at least one)."""

    label: str
    id: str
    properties: Properties
    where: tuple[Where, ...]

    @property
    def ref(self) -> Ref:
        """Return label and identifier."""
        return Ref(self.label, self.id)


@dataclass(frozen=True, slots=True)
class LinkRecord:
    """One link as a source states it. ``key`` tells parallel links of one type between two nodes apart."""

    type: str
    source: Ref
    target: Ref
    properties: Properties
    where: tuple[Where, ...]
    key: str = ""


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row or passage that was understood and refused, with the reason (a sentence, see ``errors.Told``).

    ``sheet`` is the sheet of a workbook; ``about`` names the nodes the row is about, where they are known: what a source said
    of them before isn't taken back by a row that can't be read now.
    """

    file: str
    line: int | None
    page: int | None
    value: str
    reason: str
    sheet: str | None = None
    about: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """A passage no rule understood; it is listed so that nothing a source says is dropped silently."""

    file: str
    line: int | None
    page: int | None
    text: str


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that was read: its name and the SHA-256 of its bytes."""

    path: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Card:
    """What a source is: publisher, address, licence, scope, vintage, and what is ignored on purpose."""

    id: str
    name_fr: str
    name_en: str
    publisher: str = ""
    url: str = ""
    licence: str = ""
    scope: str = ""
    vintage: str = ""
    ignored: tuple[str, ...] = ()
    fictitious: bool = False


@dataclass(slots=True)
class Batch:
    """What one source states, streamed: ``rejected`` and ``not_understood`` are whole once the iterables are spent.

    The same node or link may come several times (stated in several places): loading merges equal identities, keeps
    every ``where``, and refuses two different values of one property inside one source.
    """

    card: Card
    importer: str
    importer_version: str
    files: tuple[SourceFile, ...]
    nodes: Iterable[NodeRecord]
    links: Iterable[LinkRecord]
    rejected: list[Rejected] = field(default_factory=list)
    not_understood: list[NotUnderstood] = field(default_factory=list)


class Importer(Protocol):
    """What an importer package offers under its entry point ``pacte_graph.importers``.

    ``read`` returns one batch a source: several sheets given together are several batches, in the order given.
    It raises DataRefused before anything is written when a file can't be taken at all.
    """

    name: str
    version: str
    card: Card

    def read(self, paths: list[Path], **options: Any) -> list[Batch]:
        """Return the batches the paths state. Unknown options raise UsageError."""
        ...


class Reader(Protocol):
    """What ``network.read`` needs of a store: rows of a Cypher query, fully fetched, parameters never interpolated."""

    def read(self, query: str, parameters: Mapping[str, Any] | None = None) -> list[dict[str, Any]]:
        """Return one dict a row; temporal values as ``datetime`` types."""
        ...
