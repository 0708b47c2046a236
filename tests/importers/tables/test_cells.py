"""Cells of any type into values, and back: what is taken is of the property's type, what isn't says what is accepted."""

from __future__ import annotations

import datetime as dt
import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importers.decoding import folded
from importers.tables.cells import Exact, Unfit, empty, text, value
from importers.tables.records import identifiers
from pacte_graph.loading.checking import check
from pacte_graph.loading.merging import Stated
from pacte_graph.records import Ref, Where
from pacte_graph.schema import NODES, PYTHON_TYPES, Property, Words
from pacte_graph.schema.sheets import TABLES
from pacte_graph.workbook.values import cell, fits, listed, pieces

RAW = st.one_of(
    st.text(max_size=40),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
)
PROPERTIES = [item for kind in TABLES.values() for item in kind.properties]


def prop(kind: str) -> Property:
    return Property("x", kind, Words("x", "x"), Words("x", "x"))


@given(RAW, st.sampled_from(PROPERTIES))
def test_a_cell_is_taken_or_says_what_is_accepted(raw, item: Property) -> None:
    try:
        found = value(item, raw)
    except Unfit as unfit:
        told = (unfit.accepted, unfit.why)
    else:
        told = ()
    if told:
        assert all(told)
        return
    assert isinstance(found, PYTHON_TYPES[item.type])
    if item.type in ("float", "integer"):
        assert math.isfinite(found)


@given(RAW, st.sampled_from([(kind, item) for kind in NODES.values() for item in kind.properties if kind.table in TABLES]))
def test_what_is_taken_may_be_loaded(raw, declared) -> None:
    kind, item = declared
    try:
        found = value(item, raw)
    except Unfit:
        return
    if found not in ("", []):
        assert check(Stated(Ref(kind.label, "x:1"), {item.name: found}, (Where("f", 1),))) == []


@pytest.mark.parametrize(
    ("kind", "raw", "found"),
    [
        ("string", 31555.0, "31555"),
        ("string", 31555, "31555"),
        ("string", 1.5, "1.5"),
        ("string", True, "oui"),
        ("string", dt.datetime.combine(dt.date(2016, 12, 31), dt.time()), "2016-12-31"),
        ("string", dt.time(9, 30), "09:30:00"),
        ("string", "=1+1", "=1+1"),
        ("integer", 3.0, 3),
        ("integer", "9007199254740993", 9007199254740993),
        ("integer", "1 000", 1000),
        ("float", "1\u202f234,5 €", 1234.5),
        ("boolean", 1.0, True),
        ("boolean", "VRAI", True),
        ("boolean", False, False),
        ("date", dt.datetime.combine(dt.date(2016, 12, 31), dt.time(10)), dt.date(2016, 12, 31)),
        ("date", "1/2/2016", dt.date(2016, 2, 1)),
        ("strings", "a ; b", ["a", "b"]),
        ("strings", "a;b | c", ["a;b", "c"]),
        ("strings", '["a|b;c", " d"]', ["a|b;c", " d"]),
        ("strings", 12.0, ["12"]),
    ],
)
def test_typed_cells(kind: str, raw, found) -> None:
    assert value(prop(kind), raw) == found
    assert type(value(prop(kind), raw)) is type(found)


@pytest.mark.parametrize(
    ("kind", "raw"),
    [
        ("integer", 3.5), ("integer", True), ("integer", "1e999"), ("integer", float("inf")), ("integer", 2**63), ("integer", dt.date(2016, 1, 1)),
        ("float", float("nan")), ("float", "1e999"), ("float", False), ("float", dt.timedelta(1)),
        ("boolean", 2.0), ("date", 42370.0), ("date", "31/02/2016"), ("strings", '["a", 1]'), ("strings", '["a'), ("string", "a\x00b"),
        ("strings", '["\\ud800"]'), ("datetime", "2016-01-01"),
    ],
)  # fmt: skip
def test_cells_that_are_refused(kind: str, raw) -> None:
    with pytest.raises(Unfit):
        value(prop(kind), raw)


def test_labels_of_closed_lists_name_one_value_each() -> None:
    for item in PROPERTIES:
        seen: dict[str, str] = {}
        for choice in item.choices:
            for word in (choice.value, choice.label.fr, choice.label.en):
                assert seen.setdefault(folded(word), choice.value) == choice.value, (item.name, word)


TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=60)


@given(st.lists(TEXTS.filter(bool), min_size=1, max_size=5))
def test_lists_come_back(items: list[str]) -> None:
    assert value(prop("strings"), Exact(listed(items, bar=True))) == items
    assert identifiers(listed(items)) == items


@given(st.one_of(TEXTS, st.text('_x0041 \n"\\', max_size=50)), st.integers(1, 3))
def test_long_texts_come_back(told: str, times: int) -> None:
    assert json.loads("".join(pieces(told * times * 400))) == told * times * 400
    assert all(len(piece) <= 16_000 for piece in pieces(told * times * 400))


@given(st.one_of(st.integers(-(2**63), 2**63 - 1), st.floats(allow_nan=False, allow_infinity=False), st.dates(), st.booleans()))
def test_values_come_back(told) -> None:
    from pacte_graph.schema.sheets import Column

    kind = {int: "integer", float: "float", bool: "boolean", dt.date: "date"}[type(told)]
    item = prop(kind)
    written = cell(Column("x", item.label, item.description, property=item), told)
    if isinstance(written, float | int) and not isinstance(written, bool):
        written = float(f"{written:.16G}")  # what the file holds
    assert value(item, written) == told


@given(TEXTS)
def test_texts_that_fit_come_back(told: str) -> None:
    if fits(told):
        assert text(told) == told
        assert not empty(told)
    else:
        assert text(Exact(told)) == told
