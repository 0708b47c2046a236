"""Awkward contents written and read back, cell by cell, without a database: the same facts, stated by the same sources."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from importers.tables import IMPORTER
from pacte_graph.errors import DataRefused
from pacte_graph.schema import Property
from pacte_graph.schema.sheets import TABLES
from pacte_graph.workbook import book, export_workbook


class Held:
    """Answers as a store does, from nodes and links given by label and type."""

    def __init__(self, nodes: dict[str, list[dict[str, Any]]], links: dict[tuple[str, str], list[dict[str, Any]]]) -> None:
        self.nodes = nodes
        self.links = links

    def read(self, query: str, parameters: object = None) -> list[dict[str, Any]]:
        first = query.partition("\n")[0]
        for label, rows in self.nodes.items():
            if first == f"MATCH (n:`{label}`)":
                return [{"nodes": rows}]
        for (label, type_), rows in self.links.items():
            if first == f"MATCH (a:`{label}`)-[r:`{type_}`]->(b)":
                return [{"links": rows}]
        if "`Source`" in first:
            return [{"id": name, "told": {"name": name, "fictitious": False}} for name in ("s:1", "s:2")]
        return [] if "`Statement`" in first else [{"nodes": [], "links": []}]


def node(id_: str, sources: tuple[str, ...] = ("s:1",), **properties: Any) -> dict[str, Any]:
    return {"id": id_, "sources": list(sources), "statements": ["{}"], "first_run": "run:1", **properties}


def link(source: str, target: str, label: str, sources: tuple[str, ...] = ("s:1",), **told: Any) -> dict[str, Any]:
    return {"source": source, "target": target, "labels": [label], "told": {"sources": list(sources), **told}}


def back(held: Held, path: Path) -> tuple[dict[str, dict[str, Any]], list[tuple[Any, ...]]]:
    export_workbook(held, path)
    batches = IMPORTER.read([path])
    assert [item for batch in batches for item in (*batch.rejected, *batch.not_understood)] == []
    nodes = {record.id: dict(record.properties) for batch in batches for record in batch.nodes}
    links = [
        (batch.card.id, record.type, tuple(record.source), tuple(record.target), record.key, dict(record.properties))
        for batch in batches
        for record in batch.links
    ]
    return nodes, sorted(links, key=repr)


AWKWARD = [
    "=1+1", "+33 5 61", "@x", "-1", '=HYPERLINK("http://x")', "http://x", "  spaces  ", "\ttab\n", "a\r\nb", "\x01\x1f", "_x0041_", "_x005F_",
    "pacte:texte:1", "exemple:x", "031555", "1e5", "31/12/2016", "oui", "x" * 32_767, "x" * 32_768, "é😀" * 20_000, " " * 40_000, "'quoted", "\u00a0",
]  # fmt: skip


@pytest.mark.parametrize("told", AWKWARD, ids=lambda told: repr(told[:12]) + str(len(told)))
def test_awkward_texts(tmp_path: Path, told: str) -> None:
    nodes, _ = back(Held({"Project": [node("exemple:1", note=told, axis="x")]}, {}), tmp_path / "x.xlsx")
    assert nodes == {"exemple:1": {"note": told, "axis": "x"}}
    with zipfile.ZipFile(tmp_path / "x.xlsx") as archive:
        assert not [
            name for name in archive.namelist() if name.startswith("xl/worksheets/sheet") and b"<f>" in archive.read(name)
        ]


def strategy(item: Property) -> st.SearchStrategy[Any]:
    if item.choices:
        return st.sampled_from([choice.value for choice in item.choices])
    texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00\r"), min_size=1, max_size=12)
    low = int(item.minimum) if item.minimum is not None else -(2**63)
    return {
        "string": texts,
        "integer": st.integers(low, 2**63 - 1),
        "float": st.floats(item.minimum, allow_nan=False, allow_infinity=False).map(lambda number: number + 0.0),
        "boolean": st.booleans(),
        "date": st.dates(),
        "strings": st.lists(texts, min_size=1, max_size=3, unique=True),
    }[item.type]


PROJECT = {item.name: strategy(item) for item in TABLES["projects"].properties}
TERRITORY = {item.name: strategy(item) for item in TABLES["territories"].properties}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.fixed_dictionaries({}, optional=PROJECT),
    st.fixed_dictionaries(
        {"name": TERRITORY["name"]}, optional={name: item for name, item in TERRITORY.items() if name != "name"}
    ),
)
def test_any_value_comes_back(tmp_path: Path, project: dict[str, Any], territory: dict[str, Any]) -> None:
    held = Held({"Project": [node("p:1", **project)], "Territory": [node("t:1", **territory)]}, {})
    assert back(held, tmp_path / "x.xlsx")[0] == {"p:1": project, "t:1": territory}


def test_keys_types_perimeters_and_sources(tmp_path: Path) -> None:
    held = Held(
        {
            "Programme": [node("g;1", name="G"), node("g:2", ("s:2",), name="H")],
            "Project": [node("p:1", ("s:1", "s:2"))],
            "Actor": [node("a:1")],
            "Person": [node("h:1", name="H")],
            "Document": [node("d:1", name="D")],
        },
        {
            ("Project", "PART_OF"): [
                link("p:1", "g;1", "Programme", ("s:1", "s:2")),
                link("p:1", "g:2", "Programme", ("s:2",)),
            ],
            ("Actor", "PART_OF"): [link("a:1", "g;1", "Programme", note="attesté")],
            ("Actor", "STATED_IN"): [link("a:1", "d:1", "Document")],
            ("Actor", "TAKES_PART_IN"): [
                link("a:1", "p:1", "Project", role="lead", key="lead", since=dt.date(1899, 12, 31)),
                link("a:1", "p:1", "Project", role="partner", key="other", amount=0.1 + 0.2),
                link("a:1", "p:1", "Project", role="funder"),
                link("a:1", "p:1", "Project", key="exact"),
            ],
            ("Person", "TAKES_PART_IN"): [link("h:1", "p:1", "Project", ("s:2",), role="team", key="team")],
        },
    )
    nodes, links = back(held, tmp_path / "x.xlsx")
    assert nodes == {"g;1": {"name": "G"}, "g:2": {"name": "H"}, "p:1": {}, "a:1": {}, "h:1": {"name": "H"}, "d:1": {"name": "D"}}
    lead = ("TAKES_PART_IN", ("Actor", "a:1"), ("Project", "p:1"))
    expected = [
        ("s:1", "PART_OF", ("Project", "p:1"), ("Programme", "g;1"), "", {}),
        ("s:2", "PART_OF", ("Project", "p:1"), ("Programme", "g;1"), "", {}),
        ("s:2", "PART_OF", ("Project", "p:1"), ("Programme", "g:2"), "", {}),
        ("s:1", "PART_OF", ("Actor", "a:1"), ("Programme", "g;1"), "", {"note": "attesté"}),
        ("s:1", "STATED_IN", ("Actor", "a:1"), ("Document", "d:1"), "", {}),
        ("s:1", *lead, "lead", {"role": "lead", "since": dt.date(1899, 12, 31)}),
        ("s:1", *lead, "other", {"role": "partner", "amount": 0.1 + 0.2}),
        ("s:1", *lead, "", {"role": "funder"}),
        ("s:1", *lead, "exact", {}),
        ("s:2", "TAKES_PART_IN", ("Person", "h:1"), ("Project", "p:1"), "team", {"role": "team"}),
    ]
    assert links == sorted(expected, key=repr)


def test_a_sheet_that_is_full_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(book, "ROWS", 4)
    held = Held({"Project": [node(f"p:{n}") for n in range(5)]}, {})
    with pytest.raises(DataRefused, match="A table has 5 rows; a sheet can hold 4"):
        export_workbook(held, io.BytesIO())
