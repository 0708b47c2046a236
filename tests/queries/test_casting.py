from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pacte_graph.errors import UnknownName, UsageError
from pacte_graph.queries import SavedQuery, find
from pacte_graph.queries.casting import cast, values
from pacte_graph.queries.model import QueryParameter
from pacte_graph.schema.kinds import Words

QUERY: SavedQuery = find("projects-by-territory")


def parameter(kind: Any) -> QueryParameter:
    return QueryParameter("x", kind, Words("x", "x"))


@pytest.mark.parametrize(
    ("kind", "raw", "value"),
    [
        ("integer", "12", 12),
        ("integer", "-3", -3),
        ("number", "1,5", 1.5),
        ("number", "2", 2.0),
        ("date", "2016-03-01", dt.date(2016, 3, 1)),
        ("date", dt.date(2016, 3, 1), dt.date(2016, 3, 1)),
        ("boolean", "oui", True),
        ("boolean", "False", False),
        ("text", "  Été ", "Été"),
        ("node", "project:x:1", "project:x:1"),
    ],
)
def test_texts_become_values_of_their_type(kind: str, raw: Any, value: Any) -> None:
    assert cast(parameter(kind), raw) == value


@pytest.mark.parametrize(
    ("kind", "raw"),
    [
        ("integer", "1.5"),
        ("integer", "douze"),
        ("integer", True),
        ("integer", "9" * 30),
        ("number", "nan"),
        ("number", "1e999"),
        ("date", "01/03/2016"),
        ("date", "2016-02-30"),
        ("boolean", "peut-être"),
        ("text", "  "),
        ("text", "a\0b"),
        ("text", 3),
    ],
)
def test_what_cannot_be_read_is_refused_naming_parameter_found_and_accepted(kind: str, raw: Any) -> None:
    with pytest.raises(UsageError, match=r"Parameter x can't be .* is expected"):
        cast(parameter(kind), raw)


@given(st.integers(-(10**17), 10**17))
def test_integers_survive(number: int) -> None:
    assert cast(parameter("integer"), str(number)) == number


def test_absent_parameters_take_their_default_and_optional_ones_are_null() -> None:
    assert values(QUERY, {"programme": "programme:x"}) == {
        "programme": "programme:x",
        "level": None,
        "status": None,
        "limit": 500,
    }


def test_a_missing_parameter_is_named() -> None:
    with pytest.raises(UsageError, match="needs the parameter programme"):
        values(QUERY, {})


def test_a_parameter_it_does_not_have_is_named_with_those_it_has() -> None:
    with pytest.raises(UnknownName, match="no parameter scale; it has: programme, level, status, limit"):
        values(QUERY, {"programme": "p", "scale": "region"})


def test_a_choice_outside_its_list_is_refused_with_the_list() -> None:
    with pytest.raises(UsageError, match="one of commune, intercommunality"):
        values(QUERY, {"programme": "p", "level": "Région"})
