"""Addresses: what a query string says, and links that keep the scope."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashapp.address import day, decode, href, query_string


@pytest.mark.parametrize(
    ("search", "lang"), [("", "fr"), ("?lang=en", "en"), ("?lang=de", "fr"), ("?lang=", "fr"), ("?lang=fr&lang=en", "en")]
)
def test_the_language_is_always_one_of_the_two(search: str, lang: str) -> None:
    assert decode(search)["lang"] == lang


@pytest.mark.parametrize("wrong", ["2024-13-01", "yesterday", "2024", "'; DROP"])
def test_a_date_that_is_none_is_dropped(wrong: str) -> None:
    state = decode(query_string({"date": wrong, "programme": "programme:x"}))
    assert "date" not in state
    assert state["programme"] == "programme:x"


def test_a_date_is_kept() -> None:
    assert str(day(decode("?date=2030-01-01"))) == "2030-01-01"


def test_links_keep_the_scope_and_nothing_else() -> None:
    state = {"programme": "programme:x", "date": "2030-01-01", "lang": "en", "select": "project:x:1", "q": "old"}
    link = urlsplit(href("/requetes", state, q="new", empty=""))
    assert link.path == "/requetes"
    assert dict(parse_qsl(link.query)) == {"programme": "programme:x", "date": "2030-01-01", "lang": "en", "q": "new"}


@given(st.dictionaries(st.text(min_size=1).filter(lambda key: key not in ("lang", "date")), st.text(min_size=1), max_size=6))
def test_what_is_written_is_read_again(state: dict[str, str]) -> None:
    readable = {key.encode("utf-8", "ignore").decode(): value.encode("utf-8", "ignore").decode() for key, value in state.items()}
    kept = {key: value for key, value in readable.items() if key and value}
    assert decode(query_string(kept)) == {**kept, "lang": "fr"}
