"""A sheet as lines: what stands on each, without its bullet, and how deep it is indented."""

from __future__ import annotations

import re
from dataclasses import dataclass

_ENDS = re.compile(r"\r\n|\r|\n")
_BULLET = re.compile(r"(?:(?:[-–—•‣*>►▪◦·]|\d{1,2}[.)](?!\S))\s*(?=\S))+")
_GAPS = re.compile(r"\s{2,}|[\t\x0b\x0c\x1c-\x1f\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Line:
    """One line that isn't blank: its number from 1, its text without bullets, its depth, and whether a blank line precedes it."""

    number: int
    text: str
    depth: int
    bullet: bool
    apart: bool


def split(text: str) -> list[str]:
    """Return the raw lines as editors count them: only CR, LF and CR LF end one (a form feed doesn't)."""
    return _ENDS.split(text)


def read(text: str) -> tuple[Line, ...]:
    """Return the lines that aren't blank. Depth is the indentation in columns (a tab is four); gaps become one space."""
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
        found.append(Line(number, _GAPS.sub(" ", bare), depth, marks is not None, apart))
        apart = False
    return tuple(found)
