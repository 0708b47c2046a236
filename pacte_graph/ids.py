"""Identifiers: readable, stable, made from the fewest raw values a source gives, in order, separated.

An identifier is a business key: it survives a reload of the database, travels in URLs and saved views, and is
never derived from an internal id. Changing how one is made is a migration.
"""

from __future__ import annotations

import re
import unicodedata

from pacte_graph.errors import DataRefused

MAX_LENGTH = 500
_RESERVED = re.compile(r"[%:\x00-\x1f\x7f]")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f]")
_SPACES = re.compile(r"\s+")


def part(value: str | int) -> str:
    """Return one raw value as an identifier part: NFC, single spaces, ``%`` ``:`` and controls percent-encoded.

    Case and accents are kept: they are the source's, and folding them would glue distinct names together.
    Raises DataRefused when nothing is left.

    >>> part("Université  de Toulouse"), part("a:b"), part(3)
    ('Université de Toulouse', 'a%3Ab', '3')
    """
    text = _SPACES.sub(" ", unicodedata.normalize("NFC", str(value))).strip()
    if not text:
        raise DataRefused("An identifier can't be made from an empty value.", hint="Fill in the identifying column.")
    return _RESERVED.sub(lambda match: f"%{ord(match.group()):02X}", text)


def make(kind: str, *values: str | int) -> str:
    """Return ``kind:part:part…``; injective in its values, so two different lists never give the same identifier.

    >>> make("project", "sdeirm", 3)
    'project:sdeirm:3'
    """
    if not values:
        raise DataRefused(f"An identifier of kind {kind} needs at least one value.")
    return check(":".join([part(kind), *(part(value) for value in values)]))


def check(identifier: str) -> str:
    """Return ``identifier`` if it can be one: not empty, no control character, at most 500 characters, trimmed."""
    if not identifier or identifier != identifier.strip():
        raise DataRefused(f"Identifier {identifier!r} is empty or starts or ends with a space.")
    if len(identifier) > MAX_LENGTH:
        raise DataRefused(f"Identifier {identifier[:40]!r}… has {len(identifier)} characters; {MAX_LENGTH} are allowed.")
    if _CONTROLS.search(identifier):
        raise DataRefused(f"Identifier {identifier!r} holds a control character.")
    return identifier
