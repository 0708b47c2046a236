from __future__ import annotations

import pytest

from dashapp.explorer.search import find
from dashapp.explorer.wiring import results


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("universite d’eole", ["actor:x:a"]),
        ("ÉOLE", ["actor:x:a"]),
        ("ue", ["actor:x:a"]),
        ("3", ["project:x:3"]),
        ("projet 5", ["project:x:5"]),
        ("rives", ["project:x:3"]),
        ("val fictif", []),
        ("val-f", ["territory:x:t"]),
        ("  ", []),
        ("zzz", []),
    ],
)
def test_accents_case_and_numbers(text: str, found: list[str], network) -> None:
    assert [node.id for node in find(network(), text)] == found


def test_nothing_found_is_said_and_markup_stays_text(network) -> None:
    said = results(network(), "<b>zz", "fr")
    assert said[0].children == "Rien ne correspond à « <b>zz »."
    assert results(network(), " ", "fr") == []
