"""Foreign errors become ours here, once: every exception of the driver has a sentence, a class and an exit code."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from neo4j import exceptions as foreign

from pacte_graph.errors import AccessRefused, DatabaseError, EngineBusy, PacteError, QueryRefused, TimeLimit, UsageError

_TIMEOUT_CODES = ("TransactionTimedOut", "TransactionTimedOutClientConfiguration", "Timeout")
_REFUSED_CODES = ("Statement.AccessMode", "Security.Forbidden", "Request.Invalid", "ExternalResourceFailed")
_UNKNOWN_CODES = ("ProcedureNotFound", "ParameterMissing", "ArgumentError", "ProcedureCallFailed")
_UNKNOWN_TEXT = "Unknown procedure/function"  # the embedded engine has no code of its own for it
_CUT = (
    foreign.ServiceUnavailable,
    foreign.SessionExpired,
    foreign.ConnectionPoolError,
    foreign.BrokenRecordError,
    foreign.ResultFailedError,
)


def first_line(error: BaseException) -> str:
    """Return the engine's own message, one line, without the driver's decoration."""
    text = getattr(error, "message", None) or str(error)
    return " ".join(str(text).split())[:400]


def translate(error: foreign.Neo4jError | foreign.DriverError, where: str) -> PacteError:
    """Return our error for one of the driver's; ``where`` names the database in words (an address, never a password)."""
    if isinstance(error, foreign.Neo4jError):
        return _from_server(error, where)
    text = first_line(error)
    if isinstance(error, foreign.IncompleteCommit):
        return DatabaseError(
            f"The connection to {where} broke while a write was being confirmed: it may or may not be written.",
            hint="Run the same command again: it finishes what is missing and repeats nothing.",
        )
    if isinstance(error, foreign.ConfigurationError):
        return DatabaseError(f"The address {where} can't be used: {text}", hint="Check NEO4J_URI: bolt://host:7687, neo4j+s://…")
    if isinstance(error, _CUT):
        return DatabaseError(f"The database at {where} can't be reached: {text}", hint="See that it runs: pacte db status.")
    return DatabaseError(f"The database at {where} failed: {text}")


def _from_server(error: foreign.Neo4jError, where: str) -> PacteError:
    code, text = error.code or "", first_line(error)
    if isinstance(error, foreign.AuthError) or "Unauthorized" in code or "AuthenticationRateLimit" in code:
        return AccessRefused(
            f"The database at {where} refused the user name or the password.",
            hint="Check NEO4J_USERNAME and NEO4J_PASSWORD.",
        )
    if any(part in code for part in _TIMEOUT_CODES) or "imeout on iteration" in text:
        return TimeLimit(
            "The database stopped the query: it ran longer than its limit.", hint="Narrow the question or add a LIMIT."
        )
    if "No space left" in text:
        return DatabaseError(f"The disk of the database at {where} is full; this write was not done.", hint="Free some room.")
    if isinstance(error, foreign.ConstraintError):
        return DatabaseError(f"The database at {where} refused a write against a constraint: {text}")
    if isinstance(error, foreign.Forbidden) or any(part in code for part in _REFUSED_CODES):
        return QueryRefused(f"The database refused the query: {text}", hint="Saved queries may only read the graph.")
    unknown = any(part in code for part in _UNKNOWN_CODES) or text.startswith(_UNKNOWN_TEXT)
    if unknown or isinstance(error, foreign.CypherSyntaxError | foreign.CypherTypeError):
        return UsageError(f"The database does not understand the query: {text}")
    if isinstance(error, foreign.DatabaseUnavailable | foreign.NotALeader):
        return EngineBusy(f"The database at {where} can't answer now: {text}", hint="Try again in a moment.")
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
