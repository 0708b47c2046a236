"""Files that attack, files that aren't graphs, files too large: one sentence each, and never another exception."""

from __future__ import annotations

import csv
import gzip
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from importers.graphe import IMPORTER, LISTS, READERS, raw
from pacte_graph import loading
from pacte_graph.errors import DataRefused, UsageError

GRAPHML = '<graphml xmlns="http://graphml.graphdrawing.org/xmlns"><graph edgedefault="directed"><node id="a"/></graph></graphml>'
LAUGHS = (
    '<!DOCTYPE lolz [<!ENTITY a "ha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1 or str()};" * 10}">' for n in range(1, 10)) + "]>"
)


def read(tmp_path: Path, name: str, content: str | bytes, **options: Any) -> Any:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return IMPORTER.read([path], **options)[0]


@pytest.mark.parametrize("suffix", [".graphml", ".gexf"])
@pytest.mark.parametrize(
    "prolog",
    [
        LAUGHS,
        "<!DOCTYPE graphml>",
        '<!DOCTYPE graphml SYSTEM "http://example.org/g.dtd">',
        '<!DOCTYPE graphml [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE graphml [<!ENTITY % p SYSTEM "http://example.org/p.dtd"> %p;]>',
    ],
)
def test_document_types_and_entities_are_refused(tmp_path: Path, suffix: str, prolog: str) -> None:
    with pytest.raises(DataRefused, match="declares a document type or an entity"):
        read(tmp_path, f"x{suffix}", f'<?xml version="1.0"?>{prolog}{GRAPHML.replace("<node", "&a9;<node")}')


def test_the_same_file_without_a_document_type_is_read(tmp_path: Path) -> None:
    assert next(node.id for node in read(tmp_path, "x.graphml", GRAPHML).nodes) == "actor:graphe:x:a"
    assert read(tmp_path, "y.graphml", GRAPHML.encode("utf-16")).nodes
    declared = '<?xml version="1.0" encoding="windows-1252"?>' + GRAPHML.replace('"a"', '"é"')
    assert read(tmp_path, "z.graphml", declared.encode("cp1252")).nodes[0].id == "actor:graphe:z:é"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("x.graphml", "<gexf/>", "not GraphML"),
        ("x.gexf", "<graphml/>", "not GEXF"),
        ("x.graphml", GRAPHML[:-20], "not well-formed"),
        ("x.graphml", "<graphml>&inconnue;</graphml>", "not well-formed"),
        ("x.graphml", "<graphml>" + "<graph>" * 100, "nested more than 64"),
        ("x.graphml", "", "not well-formed"),
        ("x.graphml", gzip.compress(GRAPHML.encode(), mtime=0), "not well-formed"),
        ("x.graphml", "<graphml><graph/></graphml>", "holds no node"),
        ("x.graphml", GRAPHML.replace('"a"', '"' + "a" * 300_000 + '"'), "has 300015 characters"),
        ("x.json", "[" * 100_000, "nested too deep"),
        ("x.json", '{"nodes":' * 60_000, "nested too deep"),
        ("x.json", "[]", "not a graph"),
        ("x.json", '{"nodes": 3}', "not a graph"),
        ("x.json", '{"nodes": [], "links": {}}', "not a list"),
        ("x.json", "{", "not JSON"),
        ("x.json", '{"nodes": [{"id": ' + "9" * 5000 + "}]}", "not JSON"),
        ("x.json", b"\x00\x01\x02", "not a text file"),
        ("x.net", "*Vertices 99999999999\n", "99,999,999,999 vertices"),
        ("x.net", "*Vertices beaucoup\n", "followed by a number"),
        ("x.net", "bonjour\n", "no \\*Vertices"),
        ("x.net", b"\x89PNG\x00", "not a text file"),
        ("x.csv", "", "holds no line"),
        ("x.csv", "a,b,c,d\n", "names no column"),
        ("x.csv", "a\nb\n", "names no column"),
        ("x.csv", "source,target\n", "holds no node"),
        ("x.csv", f'source,target\n"{"a" * 240_000}",b\n', "field larger"),
        ("x.csv", "source,target,poids,weight\na,b,1,2\n", "twice"),
        ("x.csv", "# a\n# b", "holds no line"),
        ("x.json", '{"nodes": [{"id": 1, "label": "' + "a" * 501 + '"}]}', "The name has 501"),
        ("x.docx", "", "no suffix of a graph file"),
    ],
)
def test_what_is_not_a_graph_is_refused_in_a_sentence(tmp_path: Path, name: str, content: str | bytes, said: str) -> None:
    with pytest.raises(DataRefused, match=said):
        read(tmp_path, name, content)


def test_long_texts_many_attributes_and_large_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    long = (
        '<graphml><key id="k" attr.name="note"/><graph><node id="a"><data key="k">'
        + "é" * 200_001
        + "</data></node></graph></graphml>"
    )
    with pytest.raises(DataRefused, match="longer than 200,000"):
        read(tmp_path, "x.graphml", long)
    with pytest.raises(DataRefused, match="longer than 200,000"):
        read(tmp_path, "x.json", '{"nodes": [{"id": 1, "note": "' + "e" * 200_001 + '"}]}')
    many = ", ".join(f'"a{number}": 1' for number in range(10_001))
    with pytest.raises(DataRefused, match="more than 10,000 attributes"):
        read(tmp_path, "x.json", '{"nodes": [{"id": 1, ' + many + "}]}")
    monkeypatch.setattr("importers.graphe.MAX_BYTES", 10)
    with pytest.raises(DataRefused, match="larger than"):
        read(tmp_path, "x.graphml", GRAPHML)


@pytest.mark.parametrize("before", [1_000, 10_000_000])
def test_the_limit_of_a_cell_is_ours_whatever_another_reader_set(tmp_path: Path, before: int) -> None:
    found = csv.field_size_limit(before)
    try:
        batch = read(tmp_path, "x.csv", f"source,target,note\na,b,{'e' * 150_000}\n")
        assert "COOPERATES_WITH" in {link.type for link in batch.links}
        with pytest.raises(DataRefused, match="field larger"):
            read(tmp_path, "x.csv", f"source,target,note\na,b,{'e' * 240_000}\n")
    finally:
        csv.field_size_limit(found)


def test_characters_that_no_database_holds_are_rejected_by_row(tmp_path: Path) -> None:
    batch = read(
        tmp_path, "x.json", r'{"nodes": [{"id": "a\ud800"}, {"id": "b", "note": "\u0000"}, {"id": "c\u0000"}], "edges": []}'
    )
    assert [node.id for node in batch.nodes if node.label == "Actor"] == ["actor:graphe:x:b"]
    assert len(batch.rejected) == 3


def test_options_and_files(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("a,b\n")
    (tmp_path / "a.net").write_text("*Vertices 1\n")
    for options in ({"mode": "trois"}, {"noeuds": "Person"}, {"couleur": "x"}, {"entete": "1"}):
        with pytest.raises(UsageError):
            IMPORTER.read([tmp_path / "a.csv"], **options)
    with pytest.raises(UsageError, match="no name"):
        IMPORTER.read([tmp_path / "a.csv"], programme=" ")
    with pytest.raises(UsageError, match="Give the graph files"):
        IMPORTER.read([])
    with pytest.raises(DataRefused, match="is a folder"):
        IMPORTER.read([tmp_path])
    with pytest.raises(DataRefused, match="would be one source"):
        IMPORTER.read([tmp_path / "a.csv", tmp_path / "a.net"])
    assert len(IMPORTER.read([tmp_path / "a.csv", tmp_path / "a.csv"])) == 1
    assert loading.importer("graphe") is IMPORTER


WORDS = st.sampled_from([
    "*Vertices 3\n", "*Vertices 3 1\n", "*Arcs\n", "*Edges\n", "*Arcslist\n", "*Matrix\n", "*Partition p\n", "*Vector\n", "*\n",
    "*Network [2-Mode]\n", '1 "a"', " 2", " 1", "\n", '"', " [1", "x", "{", "}", "{'weight': 1}", ",", ";", "\t", "source,target\n",
    "<gexf>", "</gexf>", "<graph>", "</graph>", "<nodes>", "</nodes>", '<node id="a">', "</node>", '<edge source="a" target="a"/>',
    "<graphml>", "</graphml>", '<key id="k"/>', '<data key="k">', "</data>", "<default>", "</default>", '<attvalue for="k" value="1"/>',
    '{"nodes": [', '{"id": 1}', "]", '{"elements": [', '{"data": {"id": null}}', '"links": []', '"edges": [{"source": [], "target": 1}]',
    "pacte_type", "pacte_label", "é", "\u2028", "\x85",
])  # fmt: skip


@given(
    content=st.lists(WORDS, max_size=14).map("".join).map(str.encode) | st.binary(max_size=60),
    suffix=st.sampled_from([*READERS, *LISTS]),
)
@example(content=b"*Vertices 1\n1\n*Partition\n*Vertices 1\n", suffix=".net")
@settings(max_examples=600, deadline=None)
def test_whatever_a_file_holds_it_is_read_or_refused(content: bytes, suffix: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"f{suffix}"
        path.write_bytes(content)
        try:
            (batch,) = IMPORTER.read([path])
        except DataRefused:
            return
    assert batch.nodes or batch.links
    for link in batch.links:
        assert link.where


def test_the_limit_of_a_file_is_said() -> None:
    assert raw.MAX_BYTES == 200_000_000
