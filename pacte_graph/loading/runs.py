"""Runs: each load is a fact of its own, and one that was cut off says so until a later run of its source ends."""

from __future__ import annotations

import datetime as dt
import getpass
import hashlib
import json
import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from pacte_graph.loading.plans import Counts, Plan
from pacte_graph.records import Card, Reader

Statement = tuple[str, Mapping[str, Any]]
"""A query with its parameters."""

_RUN = "RETURN r.id AS run, r.source AS source, r.status AS status, r.started_at AS started_at, r.ended_at AS ended_at,"

_SUPERSEDE = (
    "MATCH (r:`ImportRun`)\nWHERE r.source = $source AND r.status = 'running' AND r.id <> $id\nSET r.status = 'superseded'"
)


def new_id() -> str:
    """Return a run's identifier: moment (UTC) and a random end, so that two are never the same."""
    return f"run:{_now():%Y%m%dT%H%M%SZ}-{secrets.token_hex(4)}"


def stamp(reader: Reader) -> str:
    """Return what tells one state of the database from another: a digest of every run, merge and order of trust."""
    runs = reader.read("MATCH (r:`ImportRun`)\nRETURN r.id AS id, r.status AS status\nORDER BY id")
    merges = reader.read("MATCH (n:`Absorbed`)\nRETURN n.id AS id, n.absorbed_into AS into\nORDER BY id")
    told = [*(list(row.values()) for row in (*runs, *merges)), *(list(item) for item in ranks(reader).items())]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def ranks(reader: Reader) -> dict[str, int]:
    """Return how much each source that has a place in the order of trust is trusted."""
    rows = reader.read("MATCH (s:`Source`)\nWHERE s.trust IS NOT NULL\nRETURN s.id AS id, s.trust AS trust\nORDER BY id")
    return {row["id"]: int(row["trust"]) for row in rows}


def begin(plan: Plan, *, known: bool) -> list[Statement]:
    """Return what starts a run: the ImportRun, running, and the Source as its card describes it (its trust stays)."""
    properties = {
        "source": plan.card.id,
        "status": "running",
        "started_at": _now(),
        "user": _user(),
        "importer": plan.importer,
        "importer_version": plan.importer_version,
        "files": [f"{item.path} sha256:{item.sha256}" for item in plan.files],
        "counts": _counts(plan.counts, plan),
    }
    source = (
        "MATCH (s:`Source` {id: $id})\nSET s += $properties" if known else "CREATE (s:`Source` {id: $id})\nSET s += $properties"
    )
    return [
        ("CREATE (r:`ImportRun` {id: $id})\nSET r += $properties", {"id": plan.run, "properties": properties}),
        (source, {"id": plan.card.id, "properties": _card(plan.card, plan.importer)}),
    ]


def finish(plan: Plan, removed: Counts) -> list[Statement]:
    """Return what ends a run: complete, and earlier runs of this source that were cut off are superseded."""
    counts = _counts({**plan.counts, "removed": removed}, plan)
    return [
        (
            "MATCH (r:`ImportRun` {id: $id})\nSET r.status = 'complete', r.ended_at = $now, r.counts = $counts",
            {"id": plan.run, "now": _now(), "counts": counts},
        ),
        (
            _SUPERSEDE,
            {"id": plan.run, "source": plan.card.id},
        ),
    ]


def leave(plans: Sequence[Plan], stamp: str, *, prune: bool) -> list[Statement]:
    """Return what notes how a load left the database, so that loading the same again needn't compare fact by fact.

    A source with disagreements, with links that could not be taken, or that no longer states facts that stay, is always
    compared: these are shown each time.
    """
    rows = [{"id": plan.card.id, "left": f"{plan.digest}/{stamp}" if _settled(plan, prune=prune) else None} for plan in plans]
    return [("UNWIND $rows AS row\nMATCH (s:`Source` {id: row.id})\nSET s.left_as = row.left", {"rows": rows})]


def _settled(plan: Plan, *, prune: bool) -> bool:
    listed = plan.vanished if not prune else [item for item in plan.vanished if item.fate == "doubt"]
    return bool(plan.digest) and not plan.conflicts and not listed


def left_as(reader: Reader, source: str, digest: str, stamp: str) -> bool:
    """Tell whether the database is as the last load of ``source`` left it, and that load stated the same."""
    rows = reader.read("MATCH (s:`Source` {id: $id})\nRETURN s.left_as AS left", {"id": source})
    return bool(rows) and rows[0]["left"] == f"{digest}/{stamp}"


def source_known(reader: Reader, source: str) -> bool:
    """Tell whether a source was ever loaded, even in part."""
    return bool(reader.read("MATCH (s:`Source` {id: $source})\nRETURN s.id AS id", {"source": source}))


def unfinished_runs(reader: Reader) -> list[dict[str, Any]]:
    """Return the runs that were cut off or are still under way, oldest first: run, source, user, started_at, files.

    Loading the same source again finishes it.
    """
    query = (
        f"MATCH (r:`ImportRun`)\nWHERE r.status = 'running'\n{_RUN} r.user AS user, r.files AS files\nORDER BY started_at, run"
    )
    return reader.read(query)


def history(reader: Reader, limit: int = 50) -> list[dict[str, Any]]:
    """Return the last runs, newest first: run, source, status, started_at, ended_at, user, files, counts (JSON)."""
    query = (
        f"MATCH (r:`ImportRun`)\n{_RUN} r.user AS user, r.files AS files, r.counts AS counts\n"
        "ORDER BY started_at DESC, run\nLIMIT $limit"
    )
    return reader.read(query, {"limit": limit})


def sources(reader: Reader) -> list[dict[str, Any]]:
    """Return what was loaded, by source: id, name, importer, fictitious, runs, last run with its status, unfinished runs."""
    found = reader.read(
        "MATCH (s:`Source`)\n"
        "RETURN s.id AS source, s.name AS name, s.name_en AS name_en, s.importer AS importer, s.fictitious AS fictitious,\n"
        "s.publisher AS publisher, s.url AS url, s.licence AS licence, s.scope AS scope, s.vintage AS vintage, s.trust AS trust\n"
        "ORDER BY source"
    )
    by_source: dict[str, list[dict[str, Any]]] = {}
    for run in reader.read(f"MATCH (r:`ImportRun`)\n{_RUN} r.user AS user, r.files AS files\nORDER BY started_at, run"):
        by_source.setdefault(run["source"], []).append(run)
    return [_described(row, by_source.get(row["source"], [])) for row in found]


def _described(row: dict[str, Any], runs: list[dict[str, Any]]) -> dict[str, Any]:
    last = runs[-1] if runs else {}
    unfinished = [run["run"] for run in runs if run["status"] == "running"]
    row["fictitious"] = bool(row["fictitious"])
    about = {name: last.get(name) for name in ("run", "status", "started_at", "ended_at", "user", "files")}
    return {**row, "runs": len(runs), "last_run": about, "unfinished": unfinished}


def _card(card: Card, importer: str) -> dict[str, Any]:
    texts = {
        "name": card.name_fr,
        "name_en": card.name_en,
        "publisher": card.publisher,
        "url": card.url,
        "licence": card.licence,
        "scope": card.scope,
        "vintage": card.vintage,
        "importer": importer,
    }
    found: dict[str, Any] = {name: text or None for name, text in texts.items()}
    found["ignored"] = list(card.ignored) or None
    return {"id": card.id, **found, "fictitious": card.fictitious}


def _counts(counts: Mapping[str, Counts], plan: Plan) -> str:
    """Return the counts as JSON; what was refused or not understood is counted too."""
    heard = {"conflicts": plan.conflicts, "rejected": plan.rejected, "not_understood": plan.not_understood}
    found: dict[str, Any] = {name: value.as_dict() for name, value in counts.items()}
    return json.dumps({**found, **{name: len(items) for name, items in heard.items()}})


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def _user() -> str:
    """Return the account's name; a container may have none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"
