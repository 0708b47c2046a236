"""Whatever a load refuses is told in French too: no sentence of loading is written in English alone."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import pacte_graph
from pacte_graph import errors, ids
from pacte_graph.errors import DataRefused, Told

ROOT = Path(pacte_graph.__file__).parent
FILES = sorted([*(ROOT / "loading").glob("*.py"), ROOT / "ids.py"])
REFUSALS = {name for name, item in vars(errors).items() if isinstance(item, type) and issubclass(item, errors.PacteError)}


def raised(path: Path) -> Iterator[tuple[int, ast.expr]]:
    """Return every sentence given to a refusal, with its line."""
    for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in REFUSALS:
            yield from ((call.lineno, sentence) for sentence in (*call.args, *(word.value for word in call.keywords)))


def test_no_refusal_is_written_in_english_alone() -> None:
    sentences = [(path.name, line, sentence) for path in FILES for line, sentence in raised(path)]
    assert len(sentences) > 40
    plain = [(file, line) for file, line, sentence in sentences if isinstance(sentence, ast.Constant | ast.JoinedStr | ast.BinOp)]
    assert plain == []


@pytest.mark.parametrize("identifier", ["", " a", "a" * 501, "a\nb"])
def test_an_identifier_is_refused_in_both_languages(identifier: str) -> None:
    with pytest.raises(DataRefused, match=r"^Identifier ") as refused:
        ids.check(identifier)
    assert isinstance(refused.value.message, Told)
    assert refused.value.message.fr.startswith("L'identifiant ")
