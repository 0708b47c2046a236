"""All of H2020's participations, from the gzip file to a committed database and back to a ``Network``, on both engines.

The peer in the same run is Neo4j's own ``LOAD CSV … IN TRANSACTIONS`` of the bare rows: no validation, no provenance, no
perimeter, on an engine that is allowed to read one file. Beside it, what bounds our import there: the same bare rows sent by
the driver, ready made, without and with the perimeter. Needs ``../shared/data``.
"""

from __future__ import annotations

import csv
import gzip
import shutil
import statistics
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from time import perf_counter
from typing import Any
from unittest.mock import patch

import psutil

from benchmarks.measure import line, peak_megabytes
from importers.cordis import IMPORTER
from pacte_graph import loading, network
from pacte_graph.settings import Settings
from pacte_graph.store import Store, neo4j_local, open_store
from pacte_graph.store.life import stop
from pacte_graph.store.values import Ready

FILE = Path(__file__).resolve().parents[1].parent / "shared" / "data" / "cordis" / "h2020_participations_eunets_2020-12.csv.gz"
PARTICIPATIONS = 144_726
BATCH = 5_000
LOAD_CSV = (
    "LOAD CSV WITH HEADERS FROM 'file:///rows.csv.gz' AS row\n"
    "CALL (row) {\n"
    "  MERGE (p:Project {id: row.rcn})\n"
    "  MERGE (a:Actor {id: row.pic})\n"
    "  CREATE (a)-[:TAKES_PART_IN {role: row.role, amount: toFloat(row.contribution)}]->(p)\n"
    "} IN TRANSACTIONS OF 5000 ROWS"
)
NODES = "UNWIND $rows AS id\nCREATE (:`{label}` {{id: id}})"
LINKS = (
    "UNWIND $rows AS row\nMATCH (a:Actor {id: row[0]})\nMATCH (p:Project {id: row[1]})\n"
    "CREATE (a)-[:TAKES_PART_IN {role: row[2], amount: row[3]}]->(p)"
)
PERIMETER = "UNWIND $rows AS id\nMATCH (n:`{label}` {{id: id}})\nMATCH (s:Programme {{id: 'h2020'}})\nCREATE (n)-[:PART_OF]->(s)"


@dataclass(frozen=True)
class Cost:
    """Wall seconds of a piece of work, and the seconds of processor that the server spent on it."""

    wall: float
    server: float


def _cost(store: Store, work: Callable[[], Any]) -> Cost:
    state = store._state  # noqa: SLF001 - the process of the engine we started
    assert state is not None
    process = psutil.Process(state.pid)
    before, start = sum(process.cpu_times()[:2]), perf_counter()
    work()
    return Cost(perf_counter() - start, sum(process.cpu_times()[:2]) - before)


def _checked(store: Store) -> None:
    assert store.read("MATCH ()-[r:TAKES_PART_IN]->() RETURN count(r) AS n") == [{"n": PARTICIPATIONS}]


def load_csv() -> Cost:
    """Return what Neo4j takes by itself, on an engine allowed to read its own import folder (ours never is)."""
    configuration = neo4j_local._configuration  # noqa: SLF001 - the product's own engine refuses files; the peer may read one

    def allowing(folder: Path, port: int) -> str:
        return configuration(folder, port).replace("urls=false", "urls=true")

    with tempfile.TemporaryDirectory(prefix="pacte-bench-") as home, patch.object(neo4j_local, "_configuration", allowing):
        settings = Settings(home=Path(home))
        with open_store(settings, engine="neo4j") as store:
            (folder,) = [path for path in Path(home).rglob("import") if path.is_dir()]
            shutil.copy(FILE, folder / "rows.csv.gz")
            store.prepare()
            with store._session(store._writer, "WRITE") as session:  # noqa: SLF001 - it must run outside a transaction of ours
                found = _cost(store, lambda: session.run(LOAD_CSV).consume())
            _checked(store)
        stop(settings)
    return found


def _bare() -> tuple[dict[str, list[str]], list[list[Any]]]:
    """Return the identifiers of each label, and a row ``[actor, project, role, amount]`` a participation."""
    with gzip.open(FILE, "rt", encoding="utf-8", newline="") as text:
        links = [
            [row["pic"], row["rcn"], row["role"], None if row["contribution"] in ("", "NA") else float(row["contribution"])]
            for row in csv.DictReader(text)
        ]
    return {"Actor": sorted({row[0] for row in links}), "Project": sorted({row[1] for row in links})}, links


def _sent(store: Store, query: str, rows: list[Any]) -> None:
    rest = iter(rows)
    while part := list(islice(rest, BATCH)):
        store.write(query, {"rows": Ready(part)})


def driver_alone(*, perimeter: bool) -> Cost:
    """Return what the same bare rows take when the driver sends them ready made; ``perimeter`` adds one link a node."""
    nodes, links = _bare()

    def work() -> None:
        for label, found in nodes.items():
            _sent(store, NODES.format(label=label), found)
        _sent(store, LINKS, links)
        if perimeter:
            store.write("CREATE (:Programme {id: 'h2020'})")
            for label, found in nodes.items():
                _sent(store, PERIMETER.format(label=label), found)

    with tempfile.TemporaryDirectory(prefix="pacte-bench-") as home:
        settings = Settings(home=Path(home))
        with open_store(settings, engine="neo4j") as store:
            store.prepare()
            found = _cost(store, work)
            _checked(store)
        stop(settings)
    return found


def _read(store: Store) -> float:
    """Return the seconds of one reading of the whole network."""
    start = perf_counter()
    found = network.read(store, network.Scope("programme:h2020"))
    assert len(found.links) == PARTICIPATIONS
    return perf_counter() - start


def run() -> Iterator[str]:
    if not FILE.exists():
        yield "h2020: left out, ../shared/data is not beside this checkout"
        return
    peer = load_csv()
    yield line("LOAD CSV of the bare rows, neo4j", seconds=peer.wall, server_cpu_s=peer.server)
    for name, perimeter in (("bare rows", False), ("bare rows and perimeter", True)):
        alone = driver_alone(perimeter=perimeter)
        ratio = alone.wall / peer.wall
        yield line(f"the driver alone, {name}, neo4j", seconds=alone.wall, server_cpu_s=alone.server, ratio_to_load_csv=ratio)
    for engine in ("neo4j", "embedded"):
        with tempfile.TemporaryDirectory(prefix="pacte-bench-") as home:
            settings = Settings(home=Path(home))
            with open_store(settings, engine=engine) as store:
                start = perf_counter()
                plans = loading.compare(store, IMPORTER.read([FILE]))
                planned = perf_counter()
                server = _cost(store, partial(loading.write, store, plans)).server
                written = perf_counter()
                del plans
                loading.write(store, loading.compare(store, IMPORTER.read([FILE])))
                again = perf_counter()
                reads = [_read(store) for _ in range(4)]
            stop(settings)
        yield line(
            f"import of H2020, {engine}",
            plan_s=planned - start,
            write_s=written - planned,
            server_cpu_s=server,
            total_s=written - start,
            ratio_to_load_csv=(written - start) / peer.wall,
            second_s=again - written,
            second_to_first=(again - written) / (written - start),
            first_read_s=reads[0],
            read_network_s=statistics.median(reads[1:]),
            peak_mb=peak_megabytes(),
        )
