"""What a reading query may not even try on a server that isn't ours: reading files, loading from addresses, administering."""

from __future__ import annotations

import re

from pacte_graph.errors import QueryRefused

_QUIET = re.compile(
    r"""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|//[^\n]*|/\*.*?\*/""",
    re.DOTALL,
)
_BARE_NAMES = re.compile(r"`([^`]*)`")
_FORBIDDEN = re.compile(
    r"\bLOAD\s+CSV\b|\bapoc\s*\.\s*(?:load|import|export|cypher|periodic|trigger)\b|\bdbms\s*\.|\bUSE\s+system\b", re.IGNORECASE
)


def check(query: str) -> None:
    """Raise QueryRefused when ``query`` holds a forbidden call outside strings and comments.

    >>> check("MATCH (n:Actor) WHERE n.name = 'LOAD CSV' RETURN n")
    """
    bare = _BARE_NAMES.sub(r"\1", _QUIET.sub(" ", query))
    found = _FORBIDDEN.search(bare)
    if found:
        raise QueryRefused(
            f"The query uses “{' '.join(found.group().split())}”, which reading queries may not do.",
            hint="Saved queries may only read the graph.",
        )
