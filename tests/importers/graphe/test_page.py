"""The page about graph files names what there is."""

from __future__ import annotations

from pathlib import Path

from importers.graphe import LISTS, OPTIONS, READERS
from pacte_graph.exchange import WRITERS

PAGE = Path(__file__).resolve().parents[3] / "docs" / "importer" / "graphe.md"


def test_every_suffix_and_option_is_on_the_page() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert [suffix for suffix in (*READERS, *LISTS, *WRITERS) if f"`{suffix}`" not in text] == []
    assert [name for name in OPTIONS if f"-o {name}=" not in text] == []
