"""All of H2020's participations, from the gzip file to a committed database and back to a ``Network``, on both engines.

The peer in the same run is Neo4j's own ``LOAD CSV … IN TRANSACTIONS`` of the bare rows: no validation, no provenance, no
perimeter, on an
engine that is allowed to read one file. Needs ``../shared/data``.
"""

from __future__ import annotations

import shutil
import statistics
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter
from unittest.mock import patch

from benchmarks.measure import line, peak_megabytes
from importers.cordis import IMPORTER
from pacte_graph import loading, network
from pacte_graph.settings import Settings
from pacte_graph.store import Store, neo4j_local, open_store
from pacte_graph.store.life import stop

FILE = Path(__file__).resolve().parents[1].parent / "shared" / "data" / "cordis" / "h2020_participations_eunets_2020-12.csv.gz"
LOAD_CSV = (
    "LOAD CSV WITH HEADERS FROM 'file:///rows.csv.gz' AS row\n"
    "CALL (row) {\n"
    "  MERGE (p:Project {id: row.rcn})\n"
    "  MERGE (a:Actor {id: row.pic})\n"
    "  CREATE (a)-[:TAKES_PART_IN {role: row.role, amount: toFloat(row.contribution)}]->(p)\n"
    "} IN TRANSACTIONS OF 5000 ROWS"
)


def load_csv() -> float:
    """Return the seconds Neo4j takes by itself, on an engine allowed to read its own import folder (ours never is)."""
    configuration = neo4j_local._configuration  # noqa: SLF001 - the product's own engine refuses files; the peer may read one

    def allowing(folder: Path, port: int) -> str:
        return configuration(folder, port).replace("urls=false", "urls=true")

    with tempfile.TemporaryDirectory(prefix="pacte-bench-") as home, patch.object(neo4j_local, "_configuration", allowing):
        settings = Settings(home=Path(home))
        with open_store(settings, engine="neo4j") as store:
            (folder,) = [path for path in Path(home).rglob("import") if path.is_dir()]
            shutil.copy(FILE, folder / "rows.csv.gz")
            store.prepare()
            start = perf_counter()
            with store._session(store._writer, "WRITE") as session:  # noqa: SLF001 - it must run outside a transaction of ours
                session.run(LOAD_CSV).consume()
            seconds = perf_counter() - start
            assert store.read("MATCH ()-[r:TAKES_PART_IN]->() RETURN count(r) AS n") == [{"n": 144_726}]
        stop(settings)
    return seconds


def _read(store: Store) -> float:
    """Return the seconds of one reading of the whole network."""
    start = perf_counter()
    found = network.read(store, network.Scope("programme:h2020"))
    assert len(found.links) == 144_726
    return perf_counter() - start


def run() -> Iterator[str]:
    if not FILE.exists():
        yield "h2020: left out, ../shared/data is not beside this checkout"
        return
    peer = load_csv()
    yield line("LOAD CSV of the bare rows, neo4j", seconds=peer)
    for engine in ("neo4j", "embedded"):
        with tempfile.TemporaryDirectory(prefix="pacte-bench-") as home:
            settings = Settings(home=Path(home))
            with open_store(settings, engine=engine) as store:
                start = perf_counter()
                plans = loading.compare(store, IMPORTER.read([FILE]))
                planned = perf_counter()
                loading.write(store, plans)
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
            total_s=written - start,
            ratio_to_load_csv=(written - start) / peer,
            second_s=again - written,
            second_to_first=(again - written) / (written - start),
            first_read_s=reads[0],
            read_network_s=statistics.median(reads[1:]),
            peak_mb=peak_megabytes(),
        )
