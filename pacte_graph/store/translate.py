"""Foreign errors become ours here, once: every exception of the driver has a sentence, a class and an exit code."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from neo4j import exceptions as foreign

from pacte_graph.errors import AccessRefused, DatabaseError, PacteError, QueryRefused, TimeLimit, UsageError

_TIMEOUT_CODES = ("TransactionTimedOut", "TransactionTimedOutClientConfiguration", "Timeout")
_WRITE_CODES = ("Statement.AccessMode", "Security.Forbidden", "Request.Invalid")


def first_line(error: BaseException) -> str:
    """Return the engine's own message, one line, without the driver's decoration."""
    text = getattr(error, "message", None) or str(error)
    return " ".join(str(text).split())[:400]


def translate(error: foreign.Neo4jError | foreign.DriverError, where: str) -> PacteError:
    """Return our error for one of the driver's; ``where`` names the database in words (an address, never a password)."""
    code = getattr(error, "code", None) or ""
    text = first_line(error)
    if isinstance(error, foreign.AuthError) or "Unauthorized" in code or "AuthenticationRateLimit" in code:
        return AccessRefused(
            f"The database at {where} refused the user name or the password.",
            hint="Check NEO4J_USERNAME and NEO4J_PASSWORD.",
        )
    if any(part in code for part in _TIMEOUT_CODES) or "imeout on iteration" in text:
        return TimeLimit(
            "The database stopped the query: it ran longer than its limit.", hint="Narrow the question or add a LIMIT."
        )
    if isinstance(error, foreign.Forbidden) or any(part in code for part in _WRITE_CODES) or "in read access mode" in text:
        return QueryRefused(f"The database refused the query: {text}", hint="Saved queries may only read the graph.")
    if isinstance(error, foreign.ConstraintError):
        return DatabaseError(f"The database at {where} refused a write against a constraint: {text}")
    if isinstance(error, foreign.CypherSyntaxError | foreign.CypherTypeError):
        return UsageError(f"The database does not understand the query: {text}")
    if isinstance(error, foreign.ServiceUnavailable | foreign.SessionExpired | foreign.ConfigurationError):
        return DatabaseError(f"The database at {where} can't be reached: {text}", hint="See that it runs: pacte db status.")
    return DatabaseError(f"The database at {where} failed: {text}")


@contextmanager
def translated(where: str) -> Iterator[None]:
    """Raise our errors for the driver's, with ``from``."""
    try:
        yield
    except (foreign.Neo4jError, foreign.DriverError) as error:
        raise translate(error, where) from error
    except OSError as error:
        raise DatabaseError(f"The database at {where} can't be reached: {first_line(error)}") from error
