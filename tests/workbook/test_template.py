"""The blank workbook: complete, the same bytes every time, and nothing in it that an import would load or refuse."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from importers.tables import IMPORTER
from importers.tables.folder import open_path, tables
from importers.tables.records import Rows
from pacte_graph import workbook
from pacte_graph.errors import UsageError
from pacte_graph.records import Card
from pacte_graph.schema import LinkType
from pacte_graph.schema.sheets import HELPERS, TABLES, columns, sheet_name


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("blank") / "réseau.xlsx"
    workbook.template(path)
    return path


def test_it_states_nothing_and_is_understood(blank: Path) -> None:
    (batch,) = IMPORTER.read([blank])
    assert (batch.nodes, batch.links, batch.rejected, batch.not_understood) == ([], [], [], [])
    assert batch.card == Card("source:tableur:réseau", "Classeur « réseau »", "Workbook “réseau”")


def test_the_same_bytes_every_time(blank: Path) -> None:
    out = io.BytesIO()
    workbook.template(out)
    assert out.getvalue() == blank.read_bytes()


def test_a_sheet_a_type_with_all_its_columns(blank: Path) -> None:
    book = CalamineWorkbook.from_path(blank)
    assert book.sheet_names[0] == "Lisez-moi"
    assert set(book.sheet_names) == {*HELPERS, *(sheet_name(kind) for kind in TABLES.values())}
    for table, kind in TABLES.items():
        french, machine, example = book.get_sheet_by_name(sheet_name(kind)).to_python()[:3]
        assert machine[0] == f"{table}.{columns(kind)[0].name}"
        assert machine[1:] == [column.name for column in columns(kind)[1:]]
        assert french == [column.label.fr + " *" * column.required for column in columns(kind)]
        assert example[0].startswith("exemple:")


def test_sheets_have_names_of_their_own() -> None:
    names = [sheet_name(kind) for kind in TABLES.values()]
    assert len({name.casefold() for name in (*names, *HELPERS)}) == len(names) + len(HELPERS)
    assert all(len(name) <= 31 and not re.search(r"[\[\]:*?/\\]", name) for name in names)
    assert not [name for name in names if "_" in name], "a link type has no French sheet name"


def test_the_example_rows_would_be_taken(blank: Path) -> None:
    opened = open_path(blank)
    opened.sheets = [type(sheet)(sheet.file, sheet.name, sheet.rows, sheet.errors, example=False) for sheet in opened.sheets]
    rows = Rows(tables(opened, blank), [])
    assert rows.rejected == []
    assert {node.label for node in rows.nodes} | {link.type for link in rows.links} == {
        kind.type if isinstance(kind, LinkType) else kind.label for kind in TABLES.values()
    }
    known = {node.ref for node in rows.nodes}
    assert [link for link in rows.links if not {link.source, link.target} <= known] == []


def member(path: Path, name: str) -> str:
    with zipfile.ZipFile(path) as archive:
        return archive.read(name).decode()


def test_drop_downs_comments_and_no_formula(blank: Path) -> None:
    lists = [text for row in CalamineWorkbook.from_path(blank).get_sheet_by_name("_listes").to_python() for text in row if text]
    assert {"Porteur", "Chambre consulaire (CCI, CMA…)", "oui"} <= set(lists)
    with zipfile.ZipFile(blank) as archive:
        sheets = [archive.read(name).decode() for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
        notes = "".join(archive.read(name).decode() for name in archive.namelist() if name.startswith("xl/comments"))
    assert not [text for text in sheets if "<f>" in text]
    rules = [rule for text in sheets for rule in re.findall(r"<formula1>(.*?)</formula1>", text)]
    assert len(rules) > 40
    assert all(re.fullmatch(r"'[^']+'!\$[A-Z]+\$\d+:\$[A-Z]+\$\d+", rule.replace("&apos;", "'")) for rule in rules)
    assert sum('topLeftCell="B3"' in text for text in sheets) >= len(TABLES)
    for kind in TABLES.values():
        for column in columns(kind):
            assert column.description.en.split("&")[0][:20] in notes or "<" in column.description.en
    assert 'state="hidden"' in member(blank, "xl/workbook.xml")


def test_a_target_that_cant_be_written(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="can't be written"):
        workbook.template(tmp_path / "missing" / "x.xlsx")
