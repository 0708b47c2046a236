"""Import of 10,000 projects, 15,000 actors and 40,000 participations on both engines, by the product's own path.

The peer in the same run is the driver alone: the same rows by ``UNWIND … CREATE`` without plan, checks or provenance.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

from benchmarks import synthetic
from benchmarks.measure import line, peak_megabytes
from pacte_graph import loading
from pacte_graph.settings import Settings
from pacte_graph.store import Store, open_store
from pacte_graph.store.life import stop

SIZE = (10_000, 15_000, 40_000)


def _bare(store: Store, size: int = 5_000) -> float:
    """Return the seconds the driver takes for the same nodes and links without anything of ours."""
    batch = synthetic.batch(*SIZE)
    nodes = [{"label": n.label, "id": n.id} | dict(n.properties) for n in batch.nodes]
    links = [{"type": x.type, "a": x.source.id, "b": x.target.id} for x in batch.links]
    start = perf_counter()
    for label in ("Programme", "Project", "Actor"):
        rows = [row for row in nodes if row["label"] == label]
        for at in range(0, len(rows), size):
            store.write(f"UNWIND $rows AS row CREATE (n:{label}) SET n = row", {"rows": rows[at : at + size]})
    for kind, ends in {
        "PART_OF": (("Project", "Programme"), ("Actor", "Programme")),
        "TAKES_PART_IN": (("Actor", "Project"),),
    }.items():
        for source, target in ends:
            rows = [row for row in links if row["type"] == kind and row["a"].startswith(source.lower())]
            query = (
                f"UNWIND $rows AS row MATCH (a:{source} {{id: row.a}}) MATCH (b:{target} {{id: row.b}}) CREATE (a)-[:{kind}]->(b)"
            )
            for at in range(0, len(rows), size):
                store.write(query, {"rows": rows[at : at + size]})
    return perf_counter() - start


def _ours(store: Store) -> tuple[float, float, float]:
    start = perf_counter()
    plan = loading.plan(store, synthetic.batch(*SIZE))
    planned = perf_counter()
    loading.apply(store, plan)
    applied = perf_counter()
    loading.plan(store, synthetic.batch(*SIZE))
    return planned - start, applied - planned, perf_counter() - applied


def run() -> Iterator[str]:
    rows = 1 + SIZE[0] + SIZE[1] + SIZE[0] + SIZE[1] + SIZE[2]
    for engine in ("embedded", "neo4j"):
        with tempfile.TemporaryDirectory(prefix="pacte-bench-") as home:
            settings = Settings(home=Path(home))
            with open_store(settings, engine=engine) as store:
                store.prepare()
                planned, applied, again = _ours(store)
                store.write("MATCH ()-[r]->() DELETE r")
                store.write("MATCH (n) DETACH DELETE n")
                bare = _bare(store)
            stop(settings)
        total = planned + applied
        yield line(
            f"import {engine}, {rows} records",
            plan_s=planned,
            apply_s=applied,
            rows_per_s=rows / total,
            second_plan_s=again,
            bare_driver_s=bare,
            ratio_to_bare=total / bare,
            peak_mb=peak_megabytes(),
        )
