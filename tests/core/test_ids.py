"""Identifiers: injective, stable, bounded."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pacte_graph import ids
from pacte_graph.errors import DataRefused

VALUES = st.lists(
    st.text(min_size=1, max_size=20).filter(lambda text: text.strip() and ids._SPACES.sub("", text)), min_size=1, max_size=4
)


def flat(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


@given(VALUES, VALUES)
def test_different_values_give_different_identifiers(first: list[str], second: list[str]) -> None:
    same = [ids.part(text) for text in first] == [ids.part(text) for text in second]
    assert (ids.make("k", *first) == ids.make("k", *second)) == same


@given(VALUES)
def test_an_identifier_is_one_and_makes_itself_again(values: list[str]) -> None:
    made = ids.make("k", *values)
    assert ids.check(made) == made
    assert made.count(":") == len(values)


def test_order_and_separation_count() -> None:
    assert ids.make("k", "a", "b") != ids.make("k", "b", "a")
    assert ids.make("k", "a:b") != ids.make("k", "a", "b")
    assert ids.make("project", "sdeirm", 3) == "project:sdeirm:3"


@pytest.mark.parametrize("bad", ["", " ", "a\x00", "x" * 501, " a"])
def test_what_can_not_be_an_identifier(bad: str) -> None:
    with pytest.raises(DataRefused):
        ids.check(bad)


def test_empty_parts_are_refused() -> None:
    with pytest.raises(DataRefused, match="empty value"):
        ids.part("  ")
    with pytest.raises(DataRefused, match="at least one"):
        ids.make("k")
