"""Identifiers: readable, stable, made from the fewest raw values a source gives, in order, separated.

An identifier is a business key: it survives a reload of the database, travels in URLs and saved views, and is
never derived from an internal id. Changing how one is made is a migration.
"""

from __future__ import annotations

import re
import unicodedata

from pacte_graph.errors import DataRefused, Told, tell

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
        raise DataRefused(
            Told("An identifier can't be made from an empty value.", "Un identifiant ne se fait pas d'une valeur vide."),
            hint=Told("Fill in the identifying column.", "Remplir la colonne qui identifie."),
        )
    return _RESERVED.sub(lambda match: f"%{ord(match.group()):02X}", text)


def make(kind: str, *values: str | int) -> str:
    """Return ``kind:part:part…``; injective in its values, so two different lists never give the same identifier.

    >>> make("project", "sdeirm", 3)
    'project:sdeirm:3'
    """
    if not values:
        raise DataRefused(
            tell(
                "An identifier of kind {kind} needs at least one value.",
                "Un identifiant de type {kind} demande au moins une valeur.",
                kind=kind,
            )
        )
    return check(":".join([part(kind), *(part(value) for value in values)]))


def check(identifier: str) -> str:
    """Return ``identifier`` if it can be one: not empty, no control character, at most 500 characters, trimmed."""
    if not identifier or identifier != identifier.strip():
        raise DataRefused(
            tell(
                "Identifier {id!r} is empty or starts or ends with a space.",
                "L'identifiant {id!r} est vide, ou commence ou finit par une espace.",
                id=identifier,
            )
        )
    if len(identifier) > MAX_LENGTH:
        raise DataRefused(
            tell(
                "Identifier {id!r}… has {n} characters; {most} are allowed.",
                "L'identifiant {id!r}… a {n} caractères ; {most} sont permis.",
                id=identifier[:40],
                n=len(identifier),
                most=MAX_LENGTH,
            )
        )
    if _CONTROLS.search(identifier):
        raise DataRefused(
            tell(
                "Identifier {id!r} holds a control character.",
                "L'identifiant {id!r} contient un caractère de contrôle.",
                id=identifier,
            )
        )
    return identifier
