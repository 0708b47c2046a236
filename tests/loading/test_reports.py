from __future__ import annotations

from pacte_graph.loading import Counts, Plan, Report, merged
from pacte_graph.loading.comparing import Voice, create
from pacte_graph.loading.merging import Stated
from pacte_graph.loading.plans import CHANGES_SHOWN, Change
from pacte_graph.records import Card, Ref, Rejected, SourceFile, Where

KEYS = [
    "source", "run", "dry_run", "files", "created", "changed", "unchanged", "restated", "vanished", "removed", "changes",
    "changes_not_shown", "vanished_items", "conflicts", "duplicates", "merged", "rejected", "not_understood",
]  # fmt: skip


def report(source: str, created: int = 1, changes: int = 0) -> Report:
    facts = [
        create(Stated(Ref("Actor", f"actor:{number}"), {"name": "A"}, (Where("f"),)), Voice(source, "r", "1"))
        for number in range(created)
    ]
    plan = Plan(
        Card(source, "N", "N"), "tests", "1", f"run:{source}", "stamp", (SourceFile(f"{source}.csv", "0"),),
        created=tuple(facts),
        changes=tuple(Change(Ref("Actor", f"actor:{number}"), "name", "A", "B") for number in range(changes)),
        rejected=(Rejected("f", 3, None, "x", "Why."),),
    )  # fmt: skip
    return Report(plan, run=plan.run, removed=Counts(0, 2))


def test_one_source_gives_one_object() -> None:
    found = merged([report("a")])
    assert list(found) == KEYS
    assert (found["source"], found["run"], found["dry_run"]) == ("a", "run:a", False)
    assert found["files"] == [{"path": "a.csv", "sha256": "0"}]
    assert found["removed"] == {"nodes": 0, "links": 2}
    assert found["rejected"] == [
        {"file": "f", "sheet": None, "line": 3, "page": None, "value": "x", "reason": "Why.", "about": []}
    ]


def test_a_report_prints_in_one_line() -> None:
    assert str(report("a", 1)) == "a: created 1 nodes, 0 links; rejected 1 (run run:a; removed 0 nodes, 2 links)"
    assert str(Plan(Card("b", "N", "N"), "tests", "1", "r", "s", ())) == "b: nothing"


def test_several_sources_are_added_up() -> None:
    found = merged([report("a", 1), report("b", 2)])
    assert list(found) == [*KEYS, "batches"]
    assert found["source"] == ["a", "b"]
    assert found["created"] == {"nodes": 3, "links": 0}
    assert [file["path"] for file in found["files"]] == ["a.csv", "b.csv"]
    assert len(found["rejected"]) == 2
    assert [batch["source"] for batch in found["batches"]] == ["a", "b"]


def test_a_long_list_of_changes_is_cut_and_says_so() -> None:
    found = report("a", changes=CHANGES_SHOWN + 7).as_dict()
    assert len(found["changes"]) == CHANGES_SHOWN
    assert found["changes_not_shown"] == 7
