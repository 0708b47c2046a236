"""How our model is written in graph files that other software reads: the names of columns, and texts that come back exactly.

Writers (``pacte export``) and the reader (importer ``graphe``) share these, so that what one writes the other reads.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

CAPTION = "label"
"""What other software shows (Gephi's own column): the name of a node, the words of a link's type. Never read back as ours."""
LABEL = "pacte_label"
TYPE = "pacte_type"
KEY = "pacte_key"
SOURCE_LABEL = "pacte_source_label"
TARGET_LABEL = "pacte_target_label"
PROGRAMME = "pacte_programme"
PROGRAMME_NAME = "pacte_programme_name"
FICTITIOUS = "pacte_fictitious"
SCOPE = "pacte_scope"
SOURCES = "pacte_sources"
PROGRAMME_PREFIX = "programme."
"""Starts the names of graph attributes that are properties of the programme, where a format has graph attributes."""
LIST_SUFFIX = "[]"
"""Ends the name of an attribute whose text is a list, its items joined by `` | ``."""

_SEPARATOR = " | "
_FORMULA = re.compile(r"'*[=+\-@\t\r\n]")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_PERCENT = re.compile(r'[%"\\\x00-\x1f\x7f\x85\u2028\u2029]')
_PERCENT_CODE = re.compile(r"%([0-9A-F]{2}|u[0-9A-F]{4})")


def joined(items: Iterable[str]) -> str:
    r"""Return a list as one text: items joined by `` | ``; ``|`` and ``\`` inside an item are preceded by ``\``.

    >>> joined(["CCI", "a|b"])
    'CCI | a\\|b'
    """
    return _SEPARATOR.join(item.replace("\\", "\\\\").replace("|", "\\|") for item in items)


def split(text: str) -> list[str]:
    """Return the items of a text made by :func:`joined`."""
    return [_ESCAPED.sub(r"\1", item) for item in text.split(_SEPARATOR)]


def disarmed(text: str) -> str:
    """Return a cell no spreadsheet takes for a formula: an apostrophe before ``=``, ``+``, ``-``, ``@``, tab or line end."""
    return f"'{text}" if _FORMULA.match(text) else text


def rearmed(text: str) -> str:
    """Return the text that :func:`disarmed` was given."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


def quotable(text: str) -> str:
    """Return a text that fits between double quotes on one line, as Pajek wants: ``%``, quotes and controls percent-encoded.

    >>> quotable('Pôle "Mer"')
    'Pôle %22Mer%22'
    """
    return _PERCENT.sub(lambda found: _code(ord(found.group())), text)


def unquoted(text: str) -> str:
    """Return the text that :func:`quotable` was given."""
    return _PERCENT_CODE.sub(lambda found: chr(int(found.group(1).removeprefix("u"), 16)), text)


def _code(point: int) -> str:
    return f"%{point:02X}" if point < 256 else f"%u{point:04X}"
