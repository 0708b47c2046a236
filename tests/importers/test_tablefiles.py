"""Tables as people download them: the same rows whatever the packing, and nothing unsafe, whole or silent."""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import hashlib
import io
import stat
import tracemalloc
import zipfile
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import example, given
from hypothesis import strategies as st

from importers import csvfiles
from importers.tablefiles import Table, open_tables
from pacte_graph.errors import DataRefused
from pacte_graph.records import Rejected

TEXT = 'code;nom\r\n1;Été\r\n2;"deux; lignes\nd\'un « coup »"\r\n\r\n3;Œuvre\r\n'
ROWS = [(2, ("1", "Été")), (3, ("2", "deux; lignes\nd'un « coup »")), (6, ("3", "Œuvre"))]
CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\x00\r", exclude_categories=["Cs"]), max_size=12)


def rows(table: Table, rejected: list[Rejected] | None = None) -> list[tuple[int, tuple[str, ...]]]:
    return list(table.rows(table.header, rejected))


def one(path: Path) -> Table:
    (table,) = open_tables([path]).tables
    return table


def zipped(path: Path, **members: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "/"), data)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("packing", ["plain", "gz", "zip", "folder"])
def test_the_same_rows_whatever_the_packing(tmp_path: Path, encoding: str, packing: str) -> None:
    data = TEXT.encode(encoding)
    path = tmp_path / "project.csv"
    if packing == "gz":
        path = tmp_path / "project.csv.gz"
        data = gzip.compress(data)
    if packing == "zip":
        path = zipped(tmp_path / "set.zip", **{"project.csv": data})
    else:
        path.write_bytes(data)
    opened = open_tables([tmp_path if packing == "folder" else path])
    (table,) = opened.tables
    assert (table.header, rows(table), table.name) == (("code", "nom"), ROWS, "project")
    assert rows(table) == ROWS  # anew at each call
    assert [(file.path, file.sha256) for file in opened.files] == [(path.name, hashlib.sha256(path.read_bytes()).hexdigest())]
    assert str(table.where(2)) == ("set.zip!project.csv:2" if packing == "zip" else f"{path.name}:2")


@given(
    st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=8),
    st.sampled_from(",;\t"),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
@example([("", "", " ")], ",", "utf-8")
@example([("\x0c", "", "x"), ("", "\u3000", "")], ";", "utf-16")
def test_what_is_written_is_read(
    tmp_path_factory: pytest.TempPathFactory, lines: list[tuple[str, ...]], separator: str, encoding: str
) -> None:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=separator, quoting=csv.QUOTE_ALL)
    writer.writerows([("a", "b", "c"), *lines])
    path = tmp_path_factory.mktemp("t") / "t.csv"
    path.write_bytes(buffer.getvalue().encode(encoding))
    rejected: list[Rejected] = []
    assert [row for _, row in rows(one(path), rejected)] == [line for line in lines if any(map(str.strip, line))]
    assert rejected == []


def test_columns_are_given_in_the_order_asked_for(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("Nom,CODE\nÀ,1\n", encoding="utf-8")
    table = one(tmp_path / "t.csv")
    assert list(table.rows(("code", "absent", "nom"))) == [(2, ("1", "", "À"))]
    assert [item.text for item in table.unknown(("code",))] == ["Column “Nom” is not one this importer knows."]


def test_a_row_that_does_not_fit_the_header_is_rejected(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("a,b\n1,2\n3\n4,5,6\n,\n", encoding="utf-8")
    rejected: list[Rejected] = []
    assert rows(one(tmp_path / "t.csv"), rejected) == [(2, ("1", "2"))]
    assert [(item.line, item.value, item.reason) for item in rejected] == [
        (3, "3", "The row has 1 cells and the header 2."),
        (4, "4 | 5 | 6", "The row has 3 cells and the header 2."),
    ]


def test_a_bomb_is_refused_by_counting(tmp_path: Path) -> None:
    data = b"a,b\n" + b"1,2\n" * 500_000
    for path in (zipped(tmp_path / "b.zip", **{"b.csv": data}), tmp_path / "b.csv.gz"):
        if path.suffix == ".gz":
            path.write_bytes(gzip.compress(data))
        assert path.stat().st_size < 20_000
        with pytest.raises(DataRefused, match="more than can be taken"):
            open_tables([path], limit=1_000_000)
    assert len(open_tables([tmp_path / "b.zip"], limit=2_100_000).tables) == 1


def test_the_limit_is_for_all_files_together(tmp_path: Path) -> None:
    for name in "cd":
        (tmp_path / f"{name}.csv").write_text("a,b\n" + "1,2\n" * 1000, encoding="utf-8")
    with pytest.raises(DataRefused, match="more than can be taken"):
        open_tables([tmp_path], limit=6000)


@pytest.mark.parametrize("name", ["../out.csv", "a/../../out.csv", "/etc/out.csv", "c:out.csv"])
def test_a_member_that_leaves_the_archive_is_refused(tmp_path: Path, name: str) -> None:
    with zipfile.ZipFile(tmp_path / "z.zip", "w") as archive:
        archive.writestr(zipfile.ZipInfo(name), "a,b\n1,2\n")
    with pytest.raises(DataRefused, match="leaves the archive"):
        open_tables([tmp_path / "z.zip"])


def test_links_and_locked_members_are_refused(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("x.csv")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "z.zip", "w") as archive:
        archive.writestr(link, "/etc/passwd")
    with pytest.raises(DataRefused, match="is a link"):
        open_tables([tmp_path / "z.zip"])
    data = bytearray(zipped(tmp_path / "l.zip", **{"x.csv": b"a,b\n"}).read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "l.zip").write_bytes(bytes(data))
    with pytest.raises(DataRefused, match="locked by a password"):
        open_tables([tmp_path / "l.zip"])


def test_what_is_no_table_is_said(tmp_path: Path) -> None:
    zipped(tmp_path / "set.zip", **{"a.csv": b"a,b\n1,2\n", "csv__b.csv": b"a,b\n", "readme.pdf": b"%PDF", "empty.csv": b""})
    (tmp_path / "notes.txt").write_text("x", encoding="utf-8")
    opened = open_tables([tmp_path])
    assert [table.shown for table in opened.tables] == ["set.zip!a.csv"]
    assert {(item.file, item.text) for item in opened.strange} == {
        ("notes.txt", "Not a table."),
        ("set.zip!csv/b.csv", "It is in a folder of the archive."),
        ("set.zip!readme.pdf", "Not a CSV file."),
        ("set.zip!empty.csv", "The file is empty."),
    }


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"a,b\n1,\x00\n", "not a text file"),
        (b"a,b\n1,\xff\x81\n", "not text in a known encoding"),
        (b"\xff\xfea\x00,", "not text in a known encoding"),
        (b"a,a\n1,2\n", "has the column “a” twice"),
        (b"a,b\n1," + b"x" * 200_001 + b"\n", "field larger than field limit"),
        (",".join(f"c{number}" for number in range(1001)).encode(), "has 1001 columns"),
        (gzip.compress(b"a,b\n" + b"1,2\n" * 9000, mtime=0)[:-30], "damaged or cut off"),
        (b"\x1f\x8b\x08\x00garbage", "damaged or cut off"),
    ],
)
def test_what_cannot_be_read_is_refused(tmp_path: Path, data: bytes, words: str) -> None:
    (tmp_path / "t.csv").write_bytes(data)
    with pytest.raises(DataRefused, match=words):
        rows(one(tmp_path / "t.csv"))


def test_a_damaged_archive_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "z.zip", **{"a.csv": b"a,b\n" + bytes(range(48, 58)) * 500})
    data = bytearray(path.read_bytes())
    data[45] ^= 0xFF
    path.write_bytes(bytes(data))
    with pytest.raises(DataRefused, match="damaged or cut off"):
        open_tables([path])


def test_a_line_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csvfiles, "LINE", 100)
    (tmp_path / "t.csv").write_text("a,b\n" + "1," * 60 + "\n", encoding="utf-8")
    with pytest.raises(DataRefused, match="line of more than 100 characters"):
        rows(one(tmp_path / "t.csv"))


def test_two_files_of_one_name_are_refused(tmp_path: Path) -> None:
    for name in "xy":
        (tmp_path / name).mkdir()
        (tmp_path / name / "t.csv").write_text("a,b\n", encoding="utf-8")
    with pytest.raises(DataRefused, match=r"Two files are called t\.csv"):
        open_tables([tmp_path / "x", tmp_path / "y"])


def test_a_missing_file_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(DataRefused, match=r"nowhere\.csv can't be read"):
        open_tables([tmp_path / "nowhere.csv"])


def test_rows_stream(tmp_path: Path) -> None:
    with gzip.open(tmp_path / "t.csv.gz", "wt", encoding="utf-8") as file:
        file.write("a,b\n" + "un peu de texte,et encore\n" * 400_000)
    table = one(tmp_path / "t.csv.gz")
    tracemalloc.start()
    count = sum(1 for _ in table.rows(("b", "a")))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 400_000
    assert peak < 5_000_000  # the text has 10 MB


def test_the_first_sheet_of_a_workbook(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet, moment = book.add_worksheet("Projets"), book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        sheet.write_row(0, 0, ["code", "aide", "début", "oui"])
        sheet.write_row(1, 0, ["A-1", 12000000, None, True])
        sheet.write_datetime(1, 2, dt.datetime(2021, 5, 1), moment)  # noqa: DTZ001
        sheet.write_row(3, 0, ["A-2", 1.5, "", False])
        book.add_worksheet("Notes").write(0, 0, "x")
    opened = open_tables([path])
    (table,) = opened.tables
    assert rows(table) == [
        (2, ("A-1", "12000000", "2021-05-01", "True")),
        (4, ("A-2", "1.5", "", "False")),
    ]
    assert str(table.where(2)) == "t.xlsx!Projets:2"
    assert [(item.file, item.text) for item in opened.strange] == [("t.xlsx!Notes", "Only the first sheet is read.")]
    (tmp_path / "no.xlsx").write_bytes(b"PK nothing")
    with pytest.raises(DataRefused, match="not a workbook"):
        open_tables([tmp_path / "no.xlsx"])
    with pytest.raises(DataRefused, match="more than can be taken"):
        open_tables([path], limit=1000)
