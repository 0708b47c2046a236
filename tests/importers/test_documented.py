"""The pages on open-data importers name every option, and what is ignored by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from importers.anr import IMPORTER as ANR
from importers.anr.options import ACCEPTED as ANR_OPTIONS
from importers.cordis import IMPORTER as CORDIS
from importers.cordis.columns import IGNORED_TABLES
from importers.cordis.options import ACCEPTED as CORDIS_OPTIONS
from pacte_graph import loading

DOCS = Path(__file__).resolve().parents[2] / "docs" / "importer"


@pytest.mark.parametrize(("name", "options"), [("cordis", CORDIS_OPTIONS), ("anr", ANR_OPTIONS)])
def test_every_option_has_its_line(name: str, options: tuple[str, ...]) -> None:
    page = (DOCS / f"{name}.md").read_text(encoding="utf-8")
    assert [option for option in options if f"| `{option}=" not in page] == []


def test_ignored_tables_are_named() -> None:
    page = (DOCS / "cordis.md").read_text(encoding="utf-8")
    assert [table for table in IGNORED_TABLES if f"`{table}`" not in page] == []


def test_both_are_installed_under_their_names() -> None:
    assert loading.importers()["cordis"] is CORDIS
    assert loading.importers()["anr"] is ANR
