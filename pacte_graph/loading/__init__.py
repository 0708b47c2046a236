"""Loading: compare what a source states with the database, show the difference, apply it; who says so is kept."""

from __future__ import annotations

from pacte_graph.loading.applying import apply, apply_all
from pacte_graph.loading.loads import compare, dry_run, write
from pacte_graph.loading.origin import fact, names, provenance
from pacte_graph.loading.planning import Progress, plan, plan_all
from pacte_graph.loading.plans import Change, Conflict, Counts, Duplicate, Plan, Report, Vanished, merged
from pacte_graph.loading.registry import importer, importers
from pacte_graph.loading.runs import history, sources, unfinished_runs

__all__ = [
    "Change",
    "Conflict",
    "Counts",
    "Duplicate",
    "Plan",
    "Progress",
    "Report",
    "Vanished",
    "apply",
    "apply_all",
    "compare",
    "dry_run",
    "fact",
    "history",
    "importer",
    "importers",
    "merged",
    "names",
    "plan",
    "plan_all",
    "provenance",
    "sources",
    "unfinished_runs",
    "write",
]
