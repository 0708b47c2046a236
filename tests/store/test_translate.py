"""Every exception of the driver has a sentence, a class and an exit code of ours."""

from __future__ import annotations

import pytest
from neo4j import exceptions as foreign

from pacte_graph.errors import AccessRefused, DatabaseError, EngineBusy, PacteError, QueryRefused, TimeLimit, UsageError
from pacte_graph.store.translate import translate, translated

ALL = sorted(
    (
        kind
        for kind in vars(foreign).values()
        if isinstance(kind, type) and issubclass(kind, foreign.Neo4jError | foreign.DriverError)
    ),
    key=lambda kind: kind.__name__,
)
NAMED: dict[type[Exception], type[PacteError]] = {
    foreign.AuthError: AccessRefused,
    foreign.TokenExpired: AccessRefused,
    foreign.Forbidden: QueryRefused,
    foreign.CypherSyntaxError: UsageError,
    foreign.CypherTypeError: UsageError,
    foreign.DatabaseUnavailable: EngineBusy,
    foreign.NotALeader: EngineBusy,
}
CODES = {
    "Neo.ClientError.Security.Unauthorized": AccessRefused,
    "Neo.ClientError.Security.AuthenticationRateLimit": AccessRefused,
    "Neo.ClientError.Transaction.TransactionTimedOut": TimeLimit,
    "Neo.ClientError.Transaction.TransactionTimedOutClientConfiguration": TimeLimit,
    "Neo.ClientError.Statement.AccessMode": QueryRefused,
    "Neo.ClientError.Statement.ExternalResourceFailed": QueryRefused,
    "Neo.ClientError.Security.Forbidden": QueryRefused,
    "Neo.ClientError.Statement.SyntaxError": UsageError,
    "Neo.ClientError.Procedure.ProcedureNotFound": UsageError,
    "Neo.ClientError.Schema.ConstraintValidationFailed": DatabaseError,
    "Neo.TransientError.General.DatabaseUnavailable": EngineBusy,
    "Neo.DatabaseError.General.UnknownError": DatabaseError,
}


def test_there_are_exceptions_to_map() -> None:
    assert len(ALL) > 25


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.__name__)
def test_none_is_unmapped(kind: type[Exception]) -> None:
    raised = kind(None, "what happened") if issubclass(kind, foreign.ResultError) else kind("what happened")
    with pytest.raises(PacteError) as caught, translated("bolt://somewhere:7687"):
        raise raised
    error = caught.value
    assert isinstance(error, NAMED.get(kind, DatabaseError))
    assert error.exit_code in {2, 3}
    assert error.__cause__ is raised
    assert "\n" not in error.message
    assert error.message.startswith("The ")


@pytest.mark.parametrize(("code", "ours"), CODES.items())
def test_the_codes_of_a_server(code: str, ours: type[PacteError]) -> None:
    error = foreign.Neo4jError._hydrate_neo4j(code=code, message="what happened")  # as the driver makes them
    found = translate(error, "bolt://somewhere:7687")
    assert type(found) is ours
    assert found.exit_code == (2 if issubclass(ours, UsageError) else 3)


def test_a_full_disk_is_said() -> None:
    error = foreign.Neo4jError._hydrate_neo4j(code="Neo.DatabaseError.General.UnknownError", message="No space left on device")
    assert "is full" in translate(error, "bolt://somewhere:7687").message


def test_a_commit_that_was_not_confirmed_is_not_called_lost() -> None:
    assert "may or may not" in translate(foreign.IncompleteCommit("cut"), "bolt://somewhere:7687").message


def test_a_broken_connection_is_ours_too() -> None:
    with pytest.raises(DatabaseError, match="somewhere"), translated("bolt://somewhere:7687"):
        raise ConnectionResetError("gone")


def test_our_own_errors_pass() -> None:
    with pytest.raises(QueryRefused, match="mine"), translated("bolt://somewhere:7687"):
        raise QueryRefused("mine")
