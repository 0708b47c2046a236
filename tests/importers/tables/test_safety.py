"""Files that are not what they say: each is one sentence, none is a traceback, an abort or a machine without memory."""

from __future__ import annotations

import io
import random
import struct
import zipfile
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from tables_books import changed, ods_of, xlsx

from importers.tables import IMPORTER, safety, workbooks
from importers.tables.folder import open_path
from importers.tables.proposing import propose
from pacte_graph import workbook
from pacte_graph.errors import DataRefused


@pytest.fixture
def good(tmp_path: Path) -> bytes:
    return xlsx(tmp_path / "good.xlsx", Projets=[["id", "number"], ["p:1", 1]]).read_bytes()


def refused(tmp_path: Path, data: bytes, suffix: str = ".xlsx") -> str:
    path = tmp_path / f"x{suffix}"
    path.write_bytes(data)
    with pytest.raises(DataRefused) as error:
        IMPORTER.read([path])
    assert error.value.hint
    return error.value.message


def test_what_is_no_workbook(tmp_path: Path, good: bytes) -> None:
    assert "can be read" in refused(tmp_path, b"")
    assert "can be read" in refused(tmp_path, b"id;name\n")
    assert "can be read" in refused(tmp_path, good[: len(good) // 2])
    assert "neither an .xlsx nor an .ods" in refused(tmp_path, zipped(("a.xml", b"<a/>")))
    assert "can be read" in refused(
        tmp_path, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 5_000
    )  # a password makes it such a file
    (tmp_path / "bomb.xlsx").mkdir()
    with pytest.raises(DataRefused):
        IMPORTER.read([tmp_path / "bomb.xlsx"])


def zipped(*members: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return out.getvalue()


def test_bombs(tmp_path: Path, good: bytes) -> None:
    spaces = b" " * 60_000_000
    assert "60 MB" in refused(tmp_path, zipped(("xl/workbook.xml", spaces)))
    assert "too much" in refused(tmp_path, changed(good, xl__media__big_dot_bin=spaces))
    many = zipped(*((f"xl/{n}.xml", b"") for n in range(safety.MEMBERS + 1)))
    assert "10001 parts" in refused(tmp_path, many)


def test_a_member_that_lies_about_its_size(tmp_path: Path) -> None:
    """The size that is read is what the list says: what comes after it is never unpacked, by us or by the reader."""
    data = bytearray(zipped(("xl/workbook.xml", b"<a>" + b" " * 3_000_000 + b"</a>")))
    for mark, at in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        place = data.find(mark)
        data[place + at : place + at + 4] = struct.pack("<I", 10)
    assert refused(tmp_path, bytes(data))


@pytest.mark.parametrize(
    "name", ["../evil.xml", "/etc/evil.xml", "a/../../evil.xml", "..\\evil.xml", "C:/evil.xml", "XL/workbook.xml"]
)
def test_names_of_members(tmp_path: Path, good: bytes, name: str) -> None:
    out = io.BytesIO(good)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(name, b"<a/>")
    assert "a name that isn't allowed" in refused(tmp_path, out.getvalue())


LAUGHS = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;">]>'


def test_document_types_and_entities(tmp_path: Path, good: bytes) -> None:
    sheet = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData/></worksheet>'
    late = b'<?xml version="1.0"?><!--' + b"x" * 100_000 + b'--><!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>'
    for member, content in (
        ("xl__worksheets__sheet1_dot_xml", LAUGHS + sheet),
        ("xl__styles_dot_xml", LAUGHS + b"<styleSheet/>"),
        ("docProps__app_dot_xml", late),
    ):
        assert "declares entities or a document type" in refused(tmp_path, changed(good, **{member: content}))
    wide = ("<?xml version='1.0' encoding='UTF-16'?>" + LAUGHS.decode().split("?>", 1)[1] + "<a/>").encode("utf-16")
    assert "not in UTF-8" in refused(tmp_path, changed(good, xl__styles_dot_xml=wide))
    assert "damaged" in refused(tmp_path, changed(good, xl__styles_dot_xml=b"<a><b></a>"))
    assert "damaged" in refused(tmp_path, changed(good, xl__workbook_dot_xml=b"<x:a/>"))  # well-formed, without its namespace


def test_cells_at_the_end_of_the_world(tmp_path: Path) -> None:
    def far(row: int, column: int) -> bytes:
        out = io.BytesIO()
        book = xlsxwriter.Workbook(out)
        sheet = book.add_worksheet("Projets")
        sheet.write(0, 0, "id")
        sheet.write(row, column, "p:1")
        book.close()
        return out.getvalue()

    assert "row 1048576 and column 16384" in refused(tmp_path, far(1_048_575, 16_383))
    assert "column 1001" in refused(tmp_path, far(1, 1_000))
    assert "too large" in refused(tmp_path, far(1_048_575, 30))
    many = xlsx(tmp_path / "many.xlsx", **{f"S{n}": [*[[None]] * 9_999, [*[None] * 999, "x"]] for n in range(3)})
    assert "span 30000000 cells" in refused(tmp_path, many.read_bytes())
    path = tmp_path / "long.xlsx"
    path.write_bytes(far(1_048_575, 0))
    assert [node.where[0].line for node in IMPORTER.read([path])[0].nodes] == [1_048_576]


def test_formatted_cells_far_away_count_for_nothing(tmp_path: Path) -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet("Projets")
    sheet.write_row(0, 0, ("id",))
    sheet.write_row(1, 0, ("p:1",))
    sheet.write_blank(1_048_575, 16_383, None, book.add_format({"bold": True}))
    book.close()
    path = tmp_path / "x.xlsx"
    path.write_bytes(out.getvalue())
    assert [node.id for node in IMPORTER.read([path])[0].nodes] == ["p:1"]


def cells(text: str, columns: int = 1) -> str:
    repeated = f' table:number-columns-repeated="{columns}"'
    return f'<table:table-cell{repeated} office:value-type="string"><text:p>{text}</text:p></table:table-cell>'


@pytest.mark.parametrize(
    "rows",
    [
        f'<table:table-row table:number-rows-repeated="1048576">{cells("x", 16384)}</table:table-row>',
        f"<table:table-row>{cells('x', 16384)}</table:table-row>",
        f"<table:table-row>{cells('x', 999999999999)}</table:table-row>",
        f'<table:table-row table:number-rows-repeated="99999999999">{cells("x")}</table:table-row>',
        "<table:table-row>" + '<table:table-cell table:number-columns-repeated="16384"/>' * 3 + "</table:table-row>",
        f'<table:table-row table:number-rows-repeated="1048000">{cells("x", 30)}</table:table-row>',
    ],
)
def test_repeated_cells_of_an_ods(tmp_path: Path, rows: str) -> None:
    ods_of(tmp_path / "y.ods", f'<table:table table:name="Projets">{rows}</table:table>')
    assert "large" in refused(tmp_path, (tmp_path / "y.ods").read_bytes(), ".ods")


def test_a_panic_of_the_reader_is_a_refusal(tmp_path: Path, good: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    class PanicException(BaseException):
        pass

    def panic(_: object) -> None:
        raise PanicException("index out of bounds")

    monkeypatch.setattr(workbooks, "CalamineWorkbook", type("Reader", (), {"from_filelike": staticmethod(panic)}))
    assert "index out of bounds" in refused(tmp_path, good)


def attempt(path: Path) -> bool:
    """Read a file and propose a mapping for it; tell whether it was taken. Anything but a refusal fails the test."""
    try:
        IMPORTER.read([path])
        propose(open_path(path), path)
    except DataRefused:
        return False
    return True


@pytest.mark.slow
def test_200_damaged_workbooks(tmp_path: Path) -> None:
    source, luck, taken = tmp_path / "x.xlsx", random.Random(7), 0
    workbook.template(source)
    whole = source.read_bytes()
    for _ in range(100):
        data = bytearray(whole)
        for _ in range(luck.choice((1, 3, 30))):
            data[luck.randrange(len(data))] = luck.randrange(256)
        source.write_bytes(bytes(data[: luck.choice((len(data), len(data), luck.randrange(len(data)))) or 1]))
        taken += attempt(source)
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        members = [name for name in archive.namelist() if name.startswith(("xl/work", "xl/shared", "xl/styles", "xl/_rels"))]
        parts = {name: archive.read(name) for name in members}
    for _ in range(100):  # within the XML, where the zip's own sums don't see it
        name = luck.choice(members)
        text = bytearray(parts[name])
        for _ in range(luck.choice((1, 2, 5))):
            at = luck.randrange(len(text))
            text[at : at + luck.randrange(3)] = luck.choice((b"9", b"0", b"A", b"-1", b"\xff", b"<", b"", b"&#0;", b"999999"))
        source.write_bytes(changed(whole, **{name.replace("/", "__").replace(".", "_dot_"): bytes(text)}))
        taken += attempt(source)
    assert 0 < taken < 200


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400), st.sampled_from([".xlsx", ".ods", ".csv"]))
def test_any_bytes(tmp_path_factory: pytest.TempPathFactory, data: bytes, suffix: str) -> None:
    path = tmp_path_factory.mktemp("any") / f"projects{suffix}"
    path.write_bytes(data)
    attempt(path)
