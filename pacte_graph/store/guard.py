"""What a reading query may not even try: administering any engine; on a server that isn't ours, reading files and addresses.

The engines we start refuse writes, files and addresses themselves; this is the second lock, and the only one that a foreign
server has against files.
"""

from __future__ import annotations

import re

from pacte_graph.errors import QueryRefused

# Strings, back-ticked names and comments are recognised together: each can hold what opens another.
_TOKENS = re.compile(r"""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|`(?:[^`]|``)*`|//[^\n]*|/\*.*?\*/""", re.DOTALL)
_UNICODE = re.compile(r"\\u+([0-9a-fA-F]{4})")
_ADMIN = re.compile(
    r"\bdbms\s*\.|\bUSE\s+system\b|\bTERMINATE\s+TRANSACTIONS?\b"
    r"|\bSHOW\s+(?:ALL\s+|CURRENT\s+|DEFAULT\s+|HOME\s+)*"
    r"(?:USERS?|ROLES?|PRIVILEGES?|SETTINGS?|TRANSACTIONS?|DATABASES?|SERVERS?|ALIAS(?:ES)?)\b"
    r"|\b(?:CREATE|ALTER|DROP|RENAME)\s+(?:OR\s+REPLACE\s+)?(?:CURRENT\s+)?(?:USER|ROLE|DATABASE|SERVER|ALIAS)\b(?!\s*[:)])"
    r"|\b(?:GRANT|DENY|REVOKE)\s+(?:ROLES?|ALL|ACCESS|MATCH|READ|WRITE|TRAVERSE|EXECUTE)\b",
    re.IGNORECASE,
)
_FILES = re.compile(
    r"\bLOAD\s+CSV\b|\bapoc\s*\.\s*(?:load|import|export|cypher|periodic|trigger|systemdb|log|nlp|vectordb|es|couchbase)\b",
    re.IGNORECASE,
)


def check(query: str, *, foreign: bool) -> None:
    """Raise QueryRefused when ``query`` administers, or, on a ``foreign`` server, loads files, outside strings and comments.

    >>> check("MATCH (n:Actor) WHERE n.name = 'LOAD CSV' RETURN n", foreign=True)
    """
    escaped = _UNICODE.sub(lambda found: chr(int(found[1], 16)), query)  # some engines read escapes before anything else
    for text in (query, escaped):
        bare = _TOKENS.sub(_bare, text)
        found = _ADMIN.search(bare) or (_FILES.search(bare) if foreign else None)
        if found:
            raise QueryRefused(
                f"The query uses “{' '.join(found.group().split())}”, which reading queries may not do.",
                hint="Saved queries may only read the graph.",
            )


def _bare(found: re.Match[str]) -> str:
    """Return a back-ticked name without its ticks (a procedure may be written so), and nothing for strings and comments."""
    text = found.group()
    return text[1:-1] if text.startswith("`") and re.fullmatch(r"`\w+`", text) else " "
