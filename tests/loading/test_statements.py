from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pacte_graph.errors import DatabaseError
from pacte_graph.loading.statements import Statement, decode, decode_value, encode, encode_value, places
from pacte_graph.records import Where

TEXT = st.text(st.characters(exclude_categories=["Cs"]))
WHERE = st.builds(Where, TEXT, st.none() | st.integers(1, 10**6), st.none() | TEXT, st.none() | TEXT)
STATEMENT = st.builds(Statement, TEXT, TEXT, TEXT, st.lists(WHERE).map(tuple), st.lists(TEXT).map(tuple))


@given(STATEMENT)
def test_a_statement_survives_the_database(statement: Statement) -> None:
    assert decode(encode(statement)) == statement


@given(st.lists(WHERE), st.randoms())
def test_places_are_the_same_whatever_the_order(wheres: list[Where], random) -> None:
    shuffled = list(wheres)
    random.shuffle(shuffled)
    assert places(shuffled) == places(wheres)
    assert set(places(wheres)) == set(wheres)
    assert len(places(wheres)) == len(set(wheres))


@given(
    st.one_of(
        st.tuples(TEXT, st.just("string")),
        st.tuples(st.integers(-(2**63), 2**63 - 1), st.just("integer")),
        st.tuples(st.floats(allow_nan=False, allow_infinity=False), st.just("float")),
        st.tuples(st.booleans(), st.just("boolean")),
        st.tuples(st.dates(), st.just("date")),
        st.tuples(st.datetimes(timezones=st.just(dt.UTC)), st.just("datetime")),
        st.tuples(st.lists(TEXT), st.just("strings")),
    )
)
def test_a_value_survives_the_database(case) -> None:
    value, kind = case
    back = decode_value(encode_value(value), kind)
    assert back == value
    assert type(back) is type(value)


@pytest.mark.parametrize("text", ["", "[]", "{", '{"source": "a"}', "3"])
def test_something_else_is_refused(text: str) -> None:
    with pytest.raises(DatabaseError, match="provenance that can't be read"):
        decode(text)


def test_an_unknown_part_of_a_place_is_left_out() -> None:
    assert '"where":[{"file":"a.csv","line":3}]' in encode(Statement("s", "r", "1", (Where("a.csv", 3),), ("name",)))
