"""The address of a page: what its query string says, and links that keep the scope.

Every address carries ``programme``, ``date`` (absent: all dates) and ``lang``; the other keys belong to the page.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from urllib.parse import parse_qsl, quote, urlencode

from dashapp.i18n import LANGUAGES

SCOPE = ("programme", "date", "lang")
"""Keys that go from page to page."""
MAX_LENGTH = 60_000
"""Longest query string read: positions of hundreds of nodes fit, a mistake doesn't."""


def decode(search: str) -> dict[str, str]:
    """Return the query string as a dictionary; of a key given twice the last counts.

    ``lang`` is always there; a ``date`` that is no date is dropped.
    """
    state = dict(parse_qsl(search[:MAX_LENGTH].removeprefix("?"), keep_blank_values=False))
    state["lang"] = language(state)
    if "date" in state and day(state) is None:
        del state["date"]
    return state


def language(state: Mapping[str, str]) -> str:
    """Return ``fr`` or ``en``; French when nothing else is said."""
    asked = state.get("lang", "")
    return asked if asked in LANGUAGES else LANGUAGES[0]


def day(state: Mapping[str, str]) -> dt.date | None:
    """Return the reference date of an address; None for all dates."""
    try:
        return dt.date.fromisoformat(state.get("date", ""))
    except ValueError:
        return None


def href(path: str, state: Mapping[str, str], **page_state: str) -> str:
    """Return the address of ``path`` in the same scope as ``state``, with what the page needs; empty values are left out.

    >>> href("/requetes", {"programme": "programme:x", "lang": "fr", "select": "a"}, q="who says")
    '/requetes?programme=programme%3Ax&lang=fr&q=who%20says'
    """
    kept = {key: state[key] for key in SCOPE if state.get(key)}
    return path + query_string({**kept, **page_state})


def query_string(state: Mapping[str, str]) -> str:
    """Return a query string with its question mark; empty when there is nothing to say."""
    given = {key: value for key, value in state.items() if value}
    return "?" + urlencode(given, quote_via=quote, safe="") if given else ""
