"""What an import did, as text and tables for people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.markup import escape
from rich.table import Table

from pacte_graph.cli.screen import Console
from pacte_graph.loading import Change, Report, Vanished
from pacte_graph.loading.keys import identifier
from pacte_graph.records import Where

FATES = {
    "removed": ("--prune would remove it", "removed"),
    "withdrawn": (
        "others state it; --prune would take back this source's word",
        "others state it; this source's word is taken back",
    ),
    "bare": ("--prune would leave it bare, for links of others", "left bare: links of others need it"),
    "doubt": ("in doubt: a row about it was refused; kept",) * 2,
}
"""What pruning would do to a fact, and what it did."""
SHOWN = 20
"""Lines of a list; the rest is counted (``--json`` has more)."""


def show_reports(console: Console, reports: Sequence[Report]) -> None:
    """Print each report: files, counts, then the differences and everything that needs a look."""
    for report in reports:
        _show(console, report)


def _show(console: Console, report: Report) -> None:
    plan = report.plan
    state = "dry run, nothing written" if report.dry_run else f"loaded, {report.run}"
    console.print(f"[bold]{escape(plan.card.name_en)}[/bold] ({escape(plan.card.id)}): {state}")
    for file in plan.files:
        console.print(f"  {escape(file.path)}  sha256 {file.sha256[:16]}…", highlight=False)
    console.print(_counts(report))
    if plan.changes:
        console.print(_changes(plan.changes))
    conflicts = [
        f"{identifier(item.key)}: {item.property} is {item.kept!r} ({item.kept_source}), not {item.other!r} ({item.other_source})"
        for item in plan.conflicts
    ]
    _list(console, "Sources disagree (pacte trust, pacte decide)", conflicts)
    duplicates = [
        f"{item.first} ({item.names[0]}) and {item.second} ({item.names[1]}): {item.certainty}, {item.score:.2f}"
        for item in plan.duplicates
    ]
    _list(console, "Probably the same, not merged (pacte duplicates)", duplicates)
    _list(console, "Merged as the thesaurus says", [f"{item.other} into {item.kept}" for item in report.merged])
    _list(console, _gone(report), [_vanished(item, report) for item in plan.vanished])
    _list(console, "Without --force this will be refused", report.prune_refused)
    rejected = [f"{_at(item.file, item.line, item.sheet)}: {str(item.value)!r}: {item.reason}" for item in plan.rejected]
    _list(console, "Rejected", rejected)
    _list(console, "Not understood", [f"{_at(item.file, item.line)}: {item.text}" for item in plan.not_understood])


def _counts(report: Report) -> Table:
    table = Table("", "Nodes", "Links")
    for name, counts in {**report.plan.counts, "removed": report.removed}.items():
        label = "of which with other places" if name == "restated" else name
        table.add_row(label, str(counts.nodes), str(counts.links))
    return table


def _changes(changes: Sequence[Change]) -> Table:
    rest = len(changes) - SHOWN
    table = Table(caption=f"and {rest} more" if rest > 0 else None)
    for title in ("What", "Property", "Was", "Becomes"):
        table.add_column(title, overflow="fold")
    for change in changes[:SHOWN]:
        words = (identifier(change.key), change.property, _value(change.old), _value(change.new))
        table.add_row(*(escape(word) for word in words))
    return table


def _list(console: Console, title: str, lines: Sequence[str]) -> None:
    if not lines:
        return
    console.print(f"{title}: {len(lines)}")
    for line in _short(lines):
        console.print(f"  {escape(line)}", highlight=False, soft_wrap=True)


def _short(lines: Sequence[str]) -> Iterable[str]:
    yield from lines[:SHOWN]
    if len(lines) > SHOWN:
        yield f"… and {len(lines) - SHOWN} more"


def _pruned(report: Report) -> bool:
    return not report.dry_run and bool(report.removed.nodes or report.removed.links)


def _gone(report: Report) -> str:
    return "No longer stated" if _pruned(report) else "No longer stated, kept (--prune removes what nobody states)"


def _vanished(item: Vanished, report: Report) -> str:
    changes = "".join(f"; {change.property}: {_value(change.old)} → {_value(change.new)}" for change in item.changes)
    return f"{identifier(item.key)} ({FATES[item.fate][_pruned(report)]}{changes})"


def _at(file: str, line: int | None, sheet: str | None = None) -> str:
    return str(Where(file, line, sheet))


def _value(value: object) -> str:
    return "—" if value is None else str(value)
