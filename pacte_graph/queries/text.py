"""Reading Cypher text without being fooled by strings, back-ticks and comments."""

from __future__ import annotations

import re

_TOKENS = re.compile(
    r"""
      '(?:[^'\\]|\\.)*' | "(?:[^"\\]|\\.)*"          # strings
    | `(?:[^`]|``)*`                                 # quoted names
    | //[^\n]* | /\*.*?\*/                           # comments
    | \$(?P<parameter>\w+|`(?:[^`]|``)+`)            # parameters
    """,
    re.VERBOSE | re.DOTALL,
)
_WRITES = re.compile(
    r"(?<![.:$\w])(?:"
    r"(?:CREATE|MERGE|DELETE|DETACH|SET|REMOVE|DROP|ALTER|GRANT|REVOKE|DENY|FOREACH|TERMINATE|LOAD\s+CSV|(?:START|STOP)\s+DATABASE)\b"
    r"|CALL\s+(?=[A-Za-z_`]))",
    re.IGNORECASE,
)
"""Clauses that write, read files, administer or call procedures (``CALL { … }`` is a subquery and stays allowed)."""


def parameters(cypher: str) -> frozenset[str]:
    """Return the names of the parameters a query uses.

    >>> sorted(parameters("MATCH (n {a: $x, url: 'https://h/$no'}) /* $no */ RETURN n.`$no` = $`y z` // $no"))
    ['x', 'y z']
    """
    found = (match["parameter"] for match in _TOKENS.finditer(cypher))
    return frozenset(name.strip("`").replace("``", "`") for name in found if name)


def bare(cypher: str) -> str:
    """Return the query with strings, quoted names, comments and parameters blanked: what remains is clauses and names."""
    return _TOKENS.sub(" ", cypher)


def forbidden(cypher: str) -> str | None:
    """Return the first clause that a reading query may not hold (writing, files, procedures, administration), or None.

    The engine refuses these too; refusing them when the file is read names the file and the clause.

    >>> forbidden("MATCH (n:Project) SET n.name = 'x'"), forbidden("MATCH (n {set: 1}) RETURN n.set, 'CREATE'")
    ('SET', None)
    """
    text = bare(cypher)
    for match in _WRITES.finditer(text):
        after = text[match.end() :].lstrip()
        if not after.startswith(":"):  # a key of a map: {set: 1}
            return " ".join(match.group().upper().split())
    return None
