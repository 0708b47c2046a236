"""Every visible text is there in both languages, with the same blanks, and pages say no text that isn't one of them."""

from __future__ import annotations

import importlib
import pkgutil
import string
from collections.abc import Iterator
from typing import Any

import pytest

import dashapp
from dashapp.i18n import TEXTS, plural, say, speaker
from pacte_graph.schema.kinds import Words

MODULES = [item.name for item in pkgutil.walk_packages(dashapp.__path__, "dashapp.")]


def words_of(value: Any) -> Iterator[Words]:
    if isinstance(value, Words):
        yield value
    elif isinstance(value, dict) or hasattr(value, "items"):
        for item in value.values():
            yield from words_of(item)
    elif isinstance(value, tuple | list):
        for item in value:
            yield from words_of(item)


def all_words() -> list[Words]:
    found = []
    for name in MODULES:
        module = importlib.import_module(name)
        held = {key: value for key, value in vars(module).items() if key.isupper() or (key.startswith("_") and key[1:].isupper())}
        found += list(words_of(held))
    return found


def blanks(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_the_walk_finds_the_texts_of_every_page() -> None:
    found = {item.fr for item in all_words()}
    assert {"Accueil", "Indicateurs", "Requêtes", "Explorateur", "Toutes dates"} <= found
    assert len(found) > 200


@pytest.mark.parametrize("text", sorted({(item.fr, item.en) for item in all_words()}))
def test_both_languages_leave_the_same_blanks(text: tuple[str, str]) -> None:
    french, english = text
    assert french.strip()
    assert english.strip()
    assert blanks(french) == blanks(english)


def test_an_unknown_key_is_an_error_not_a_text() -> None:
    with pytest.raises(KeyError):
        say("no such key", "fr")
    assert speaker({"a": Words("{n} fois", "{n} times")})("a", "en", n=3) == "3 times"


@pytest.mark.parametrize(
    ("amount", "french", "english"), [(0, "0 ligne", "0 rows"), (1, "1 ligne", "1 row"), (2, "2 lignes", "2 rows")]
)
def test_zero_is_singular_in_french_alone(amount: int, french: str, english: str) -> None:
    rows = (Words("{n} ligne", "{n} row"), Words("{n} lignes", "{n} rows"))
    assert (plural(*rows, amount, "fr"), plural(*rows, amount, "en")) == (french, english)


def test_every_error_code_has_its_sentence() -> None:
    from pacte_graph import errors

    codes = {kind.code for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, errors.PacteError)}
    assert len(codes) > 8
    assert {f"error.{code}" for code in codes} <= TEXTS.keys()
