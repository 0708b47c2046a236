"""The real tables of CORDIS: what they hold, counted."""

from __future__ import annotations

import time
import tracemalloc
from collections import Counter
from pathlib import Path

import pytest

from importers.cordis import IMPORTER
from pacte_graph import loading
from pacte_graph.records import Batch, LinkRecord, NodeRecord
from pacte_graph.store import Store

DATA = Path(__file__).resolve().parents[3].parent / "shared" / "data"
ORGANIZATIONS = DATA / "cordis" / "h2020_organizations_2023-05-29.csv.gz"
TOULOUSE = DATA / "cordis" / "h2020_toulouse_subnetwork.csv.gz"
EUNETS = DATA / "cordis" / "h2020_participations_eunets_2020-12.csv.gz"
PARTS = DATA / "cordis" / "h2020_programme_parts_eunets_2020-12.csv.gz"
COMMUNES = str(DATA / "territoires" / "communes_4_epci_contours.geojson")

pytestmark = pytest.mark.skipif(not ORGANIZATIONS.exists(), reason="the real tables are not beside this checkout")


def read(*paths: Path, **options: str) -> tuple[Batch, list[NodeRecord], list[LinkRecord]]:
    (batch,) = IMPORTER.read(list(paths), **options)
    return batch, list(batch.nodes), list(batch.links)


def counts(nodes: list[NodeRecord], links: list[LinkRecord]) -> dict[str, int]:
    return dict(Counter([node.label for node in nodes] + [link.type for link in links]))


def test_organizations() -> None:
    batch, nodes, links = read(ORGANIZATIONS)
    assert counts(nodes, links) == {"Programme": 1, "Project": 602, "Actor": 3114, "PART_OF": 3716, "TAKES_PART_IN": 5153}
    assert (batch.rejected, batch.not_understood, batch.card.vintage) == ([], [], "contentUpdateDate ≤ 2023-05-04")
    taking = [link for link in links if link.type == "TAKES_PART_IN"]
    assert len({(link.source, link.target, link.key) for link in taking}) == 5153
    assert sum(link.key.endswith(":2") for link in taking) == 3
    assert sum("Contribution nette" in str(link.properties.get("note", "")) for link in taking) == 597
    assert sum("Participation terminée" in str(link.properties.get("note", "")) for link in taking) == 168
    assert sum("cost" not in link.properties for link in taking) == 4 + 70  # empty, or 0 beside a contribution
    assert Counter(link.properties["role"] for link in taking) == {"partner": 4190, "lead": 568, "associate": 395}
    assert sum("sme" in str(node.properties.get("note", "")) for node in nodes) == 13
    assert not any("aliases" in node.properties for node in nodes)


def test_toulouse() -> None:
    batch, nodes, links = read(TOULOUSE)
    assert counts(nodes, links) == {"Programme": 1, "Project": 403, "Actor": 2785, "PART_OF": 3188, "TAKES_PART_IN": 6469}
    assert (batch.rejected, batch.not_understood) == ([], [])
    assert sum("name" not in node.properties for node in nodes if node.label == "Actor") == sum(
        "town" not in node.properties for node in nodes if node.label == "Actor"
    )


def test_toulouse_placed() -> None:
    batch, nodes, links = read(TOULOUSE, territoires=COMMUNES, near="243100518")
    based = [link for link in links if link.type == "BASED_IN"]
    doubtful = [node for node in nodes if "Implantation incertaine" in str(node.properties.get("note", ""))]
    assert (len(based), len({link.target for link in based}), len(doubtful)) == (54, 9, 2)
    assert "(361 / 403)" in batch.card.scope


@pytest.mark.slow
def test_the_whole_of_eunets() -> None:
    start = time.perf_counter()
    batch, nodes, links = read(EUNETS)
    elapsed = time.perf_counter() - start
    assert counts(nodes, links) == {"Programme": 1, "Project": 31451, "Actor": 35871, "PART_OF": 67322, "TAKES_PART_IN": 144726}
    assert (batch.rejected, batch.not_understood) == ([], [])
    assert elapsed < 120  # about 4 s alone


@pytest.mark.slow
def test_records_stream() -> None:
    """The records of the whole file are never in memory together; nor is the file."""
    tracemalloc.start()
    (batch,) = IMPORTER.read([EUNETS])
    count = sum(1 for _ in batch.nodes) + sum(1 for _ in batch.links)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 1 + 31451 + 35871 + 67322 + 144726
    assert peak < 150_000_000


def test_programme_parts_join() -> None:
    _, nodes, _ = read(PARTS)
    axes = [node.properties["axis"] for node in nodes if node.label == "Project"]
    assert len(axes) == 31348
    assert sum("; " in str(axis) for axis in axes) > 5000


def test_the_real_network_loads_once(embedded_store: Store) -> None:
    options = {"territoires": COMMUNES, "near": "243100518"}
    for created in (True, False):
        (report,) = loading.apply_all(embedded_store, loading.plan_all(embedded_store, IMPORTER.read([ORGANIZATIONS], **options)))
        told = report.as_dict()
        assert bool(told["created"]["nodes"]) is created
        assert told["changed"] == told["vanished"] == {"nodes": 0, "links": 0}
        assert told["conflicts"] == []
