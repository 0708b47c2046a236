"""A sheet as lines: what stands on each, without its bullet, and how deep it is indented."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

_ENDS = re.compile(r"\r\n|\r|\n")
_BULLET = re.compile(r"(?:(?:[-–—•‣*>►▪◦·]|\d{1,2}[.)](?!\S))\s*(?=\S))+")
_GAPS = re.compile(r"\s{2,}|[\t\x0b\x0c\x1c-\x1f\x85\u2028\u2029]")


BODY = 0
"""Level of a line that the document sets as no heading, whatever it looks like: the cell of a table."""
FAINT = 10
"""From this level on, only the look (bold, size) sets a line as a heading; below, a style does: 1 is the highest."""
MARGIN = -1
"""Level of a line of a page's header or footer: it belongs to no section."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line that isn't blank: its number from 1, its text without bullets, its depth, and whether a blank line precedes it.

    ``level`` is that of the heading the document sets it as (or BODY, or MARGIN), None when the document doesn't tell.
    """

    number: int
    text: str
    depth: int
    bullet: bool
    apart: bool
    level: int | None = None


def split(text: str) -> list[str]:
    """Return the raw lines as editors count them: only CR, LF and CR LF end one (a form feed doesn't)."""
    return _ENDS.split(text)


def read(text: str, levels: Mapping[int, int] | None = None) -> tuple[Line, ...]:
    """Return the lines that aren't blank. Depth is the indentation in columns (a tab is four); gaps become one space."""
    set_ = levels or {}
    found: list[Line] = []
    apart = False
    for number, raw in enumerate(split(text), 1):
        words = raw.strip()
        if not words:
            apart = True
            continue
        marks = _BULLET.match(words)
        bare = words[marks.end() :] if marks else words
        depth = len(raw[: len(raw) - len(raw.lstrip())].expandtabs(4))
        found.append(Line(number, _GAPS.sub(" ", bare), depth, marks is not None, apart, set_.get(number)))
        apart = False
    return tuple(found)
