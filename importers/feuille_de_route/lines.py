"""A sheet as lines: what stands on each, without its bullet, and how deep it is indented."""

from __future__ import annotations

import re
from dataclasses import dataclass

_BULLET = re.compile(r"^(?P<indent>\s*)(?P<marks>(?:(?:[-–—•‣*>►▪◦·]|\d{1,2}[.)])\s*(?=\S))*)(?P<text>.*?)\s*$")


@dataclass(frozen=True, slots=True)
class Line:
    """One line that isn't blank: its number from 1, its text without bullets, its depth, and whether a blank line precedes it."""

    number: int
    text: str
    depth: int
    bullet: bool
    apart: bool


def read(text: str) -> tuple[Line, ...]:
    """Return the lines that aren't blank. Depth is the indentation in columns (a tab is four)."""
    found: list[Line] = []
    apart = False
    for number, raw in enumerate(text.splitlines(), 1):
        match = _BULLET.match(raw.expandtabs(4))
        words = match["text"].strip() if match else ""
        marks = match["marks"].strip() if match else ""
        if not words and not marks:
            apart = True
            continue
        depth = len(match["indent"]) if match else 0
        found.append(Line(number, words or marks, depth, bool(marks), apart))
        apart = False
    return tuple(found)
