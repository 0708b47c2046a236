"""Workbooks drawn from the schema: a blank one to fill in, or one with all that the database holds; ``tableur`` reads both."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from pacte_graph.errors import UsageError
from pacte_graph.records import Reader
from pacte_graph.workbook import content
from pacte_graph.workbook.book import make
from pacte_graph.workbook.content import Content

__all__ = ["Content", "export_workbook", "template"]

Target = Path | BinaryIO


def template(target: Target) -> None:
    """Write a blank workbook: a sheet a type, drop-downs, explanations, one example row that readers skip.

    The same bytes every time. Raises UsageError when the file can't be written.
    """
    _put(target, make(Content(), example=True))


def export_workbook(reader: Reader, target: Target, programme: str | None = None) -> Content:
    """Write all that the database holds, or what one programme's perimeter holds, as a workbook; return what was written.

    Importing it into an empty database gives the same network, stated by the same sources. Texts stay texts: no cell is a
    formula. What isn't written: which source first said what, and the values that lost a conflict (they are counted).
    Raises UnknownName when there is no such programme, UsageError when the file can't be written, DataRefused when a table
    has more rows than a sheet.
    """
    held = content.read(reader, programme)
    _put(target, make(held, example=False))
    return held


def _put(target: Target, data: bytes) -> None:
    try:
        if isinstance(target, Path):
            target.write_bytes(data)
        else:
            target.write(data)
    except OSError as problem:
        raise UsageError(f"{target} can't be written: {problem.strerror}.", hint="Check the folder and its rights.") from problem
