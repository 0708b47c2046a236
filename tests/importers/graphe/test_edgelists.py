"""Edge lists as networkx writes them, and quotations that never close."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from importers.graphe import IMPORTER
from pacte_graph.errors import DataRefused, in_language
from pacte_graph.records import Batch

TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=30).map(str.strip).filter(bool)


def read(folder: Path, text: str, name: str = "liens.edgelist") -> Batch:
    (folder / name).write_text(text, encoding="utf-8")
    return IMPORTER.read([folder / name])[0]


def told(batch: Batch) -> list[dict[str, Any]]:
    return [dict(link.properties) for link in batch.links if link.type == "COOPERATES_WITH"]


def strange(batch: Batch) -> list[str]:
    return [item.text for item in batch.not_understood]


@given(frame=TEXTS, weight=st.integers(1, 1000) | st.floats(0.001, 1e9))
@example(frame="L'accord", weight=2)
@example(frame='dit "Le Pôle" d\'Oc', weight=2)
@example(frame="{'weight': 3}", weight=2)
@example(frame="a\\b } {", weight=0.5)
def test_any_text_that_networkx_writes_comes_back(frame: str, weight: float) -> None:
    graph = nx.Graph()
    graph.add_edge("a", "b", frame=frame, weight=weight)
    with tempfile.TemporaryDirectory() as folder:
        nx.write_edgelist(graph, Path(folder) / "liens.edgelist")
        (batch,) = IMPORTER.read([Path(folder) / "liens.edgelist"])
    assert told(batch) == [{"frame": frame, "weight": float(weight)}]
    assert (batch.rejected, batch.not_understood) == ([], [])


@pytest.mark.parametrize(
    ("cell", "properties", "listed"),
    [
        ("{'weight': 2, 'note': {'x': 1}}", {"weight": 2.0}, ["The nested value of “note” is not read"]),
        ("{'weight': 2, 'note': (1, 2)}", {"weight": 2.0}, ["The nested value of “note” is not read"]),
        ("{'weight': 2, 'frame': None}", {"weight": 2.0}, []),
        ("{'weight': np.float64(2.5)}", {"weight": 2.5}, []),
        ("{'weight': 2, 'since': datetime.date(2016, 1, 29)}", {"weight": 2.0}, ["The nested value of “since” is not read"]),
        ("{'weight': 2, 'frame': __import__('os')}", {"weight": 2.0}, ["The nested value of “frame” is not read"]),
        ("{'weight': 2, **other}", {"weight": 2.0}, ["Data between braces that isn't {'name': value} is not read"]),
        ("{'frame': 'L'accord', 'weight': 2}", {}, ["Data between braces that isn't {'name': value} is not read"]),
        ("{'frame': 'stray \\d backslash'}", {"frame": "stray \\d backslash"}, []),
        ("{1, 2}", {}, ["Data between braces that isn't {'name': value} is not read"]),
        ("{" * 5_000 + "}", {}, ["Data between braces that isn't {'name': value} is not read"]),
        ("{'weight': " + "9" * 5_000 + "}", {}, ["Data between braces that isn't {'name': value} is not read"]),
        ("{}", {}, []),
    ],
)
def test_what_is_not_understood_between_braces_is_listed(
    tmp_path: Path, cell: str, properties: dict[str, Any], listed: list[str]
) -> None:
    batch = read(tmp_path, f"a b {cell}\n")
    assert told(batch) == [properties]
    assert strange(batch) == listed
    assert batch.rejected == []


def test_a_weight_that_is_no_number_leaves_the_rest_of_the_line(tmp_path: Path) -> None:
    batch = read(tmp_path, "a b {'weight': nan, 'frame': \"L'accord\"}\n")
    assert told(batch) == [{"frame": "L'accord"}]
    assert [item.reason for item in batch.rejected] == [
        "Column weight: “nan” is not a number (1 234,5). The rest of the row is taken."
    ]


@pytest.mark.parametrize(
    ("sign", "first"), [("\t", "Ville d'Albi"), (",", "Ville d'Albi"), (";", "Albi, ville"), (" ", "Albi,ville")]
)
def test_whatever_separates_what_networkx_writes(tmp_path: Path, sign: str, first: str) -> None:
    graph = nx.Graph()
    graph.add_edge(first, "b", frame="L'accord, {signé}", weight=2)
    graph.add_edge("c", "d")
    nx.write_edgelist(graph, tmp_path / "liens.csv", delimiter=sign)
    batch = IMPORTER.read([tmp_path / "liens.csv"])[0]
    names = [node.properties["name"] for node in batch.nodes if node.label == "Actor"]
    assert names == [first, "b", "c", "d"]
    assert told(batch) == [{"frame": "L'accord, {signé}", "weight": 2.0}, {}]
    assert (batch.rejected, batch.not_understood) == ([], [])


def test_braces_between_quotation_marks_are_text(tmp_path: Path) -> None:
    assert told(read(tmp_path, 'a,b,"{x}"\n', "liens.csv")) == [{}]
    batch = read(tmp_path, 'source,target,frame\na,b,"l\'été {2016}"\n', "liens.csv")
    assert told(batch) == [{"frame": "l'été {2016}"}]


def test_a_line_that_declares_the_separator_is_no_link(tmp_path: Path) -> None:
    batch = read(tmp_path, "sep=;\nsource;target;frame\na;b;x, y\n", "liens.csv")
    assert told(batch) == [{"frame": "x, y"}]
    assert [link.where[0].line for link in batch.links if link.key] == [3]


def test_names_may_hold_braces(tmp_path: Path) -> None:
    batch = read(tmp_path, "a{b {c} {'weight': 2}\nx{ y\n1 2{'weight': 3}\n")
    ends = [(link.source.id.rpartition(":")[2], link.target.id.rpartition(":")[2]) for link in batch.links if link.key]
    assert ends == [("a{b", "{c}"), ("x{", "y"), ("1", "2")]
    assert told(batch) == [{"weight": 2.0}, {}, {"weight": 3.0}]


def test_a_text_between_braces_is_bounded(tmp_path: Path) -> None:
    with pytest.raises(DataRefused, match="longer than 200,000"):
        read(tmp_path, "a b {'note': '" + "e" * 200_001 + "'}\n")


def test_a_quotation_that_never_closes_is_refused_where_it_opens(tmp_path: Path) -> None:
    with pytest.raises(DataRefused, match=r"liens\.csv, line 3: a quotation mark is opened") as refused:
        read(tmp_path, 'source,target,note\na,b,x\nb,"c,y\nc,d,z\nd,e,z\n', "liens.csv")
    assert "liens.csv, ligne 3 : un guillemet" in in_language(refused.value.message, "fr")
    closed = read(tmp_path, 'source,target,frame\na,b,"x\ny"\nb,c,z\n', "liens.csv")
    assert told(closed) == [{"frame": "x\ny"}, {"frame": "z"}]
    assert [link.where[0].line for link in closed.links if link.type == "COOPERATES_WITH"] == [2, 4]
