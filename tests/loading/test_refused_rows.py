"""Rows refused in a load: what they are about is never taken back, and a link without an end is listed while the rest loads."""

from __future__ import annotations

import json

import pytest

from pacte_graph import loading
from pacte_graph.cli.import_text import show_reports
from pacte_graph.cli.screen import Console
from pacte_graph.errors import DataRefused, in_language
from pacte_graph.records import Batch, LinkRecord, Ref, Rejected, Where
from pacte_graph.store import Store

SCHEME = Ref("Programme", "programme:p")
A, B = Ref("Actor", "actor:p:a"), Ref("Actor", "actor:p:b")
P, Q = Ref("Project", "project:p:1"), Ref("Project", "project:p:2")
NOWHERE = Ref("Project", "project:p:9")
TYPO = Rejected("f.csv", 3, None, "31/02/2026", "This is no date.", sheet="Projets", about=(P.id,))
SILENT = Rejected("f.csv", 3, None, "31/02/2026", "This is no date.")


@pytest.fixture
def records(node, link):
    """Return a programme, two projects and two actors, each leading one."""
    nodes = [node("Programme", SCHEME.id, name="P"), node("Project", P.id, number=1), node("Project", Q.id, number=2)]
    nodes += [node("Actor", A.id, name="A"), node("Actor", B.id, name="B")]
    links = [link("PART_OF", ref, SCHEME, 9) for ref in (P, Q, A, B)]
    links += [link("TAKES_PART_IN", A, P, key="lead", role="lead"), link("TAKES_PART_IN", B, Q, key="lead", role="lead")]
    return nodes, links


def load(store: Store, batch: Batch, *rejected: Rejected, prune: bool = False, force: bool = False) -> loading.Report:
    batch.rejected.extend(rejected)
    plans = loading.compare(store, [batch], prune=prune)
    return loading.write(store, plans, prune=prune, force=force)[0]


def without(records, *gone: Ref):
    """Return the records without some nodes and their links, as an importer gives them when it refuses these rows."""
    nodes, links = records
    kept = [item for item in links if item.source not in gone and item.target not in gone]
    return [item for item in nodes if item.ref not in gone], kept


def fates(report: loading.Report) -> dict[str, str]:
    return {item["about"]: item["pruned"] for item in report.as_dict()["vanished_items"]}


def test_a_refused_row_never_deletes_what_it_is_about(store: Store, make, records, content) -> None:
    load(store, make(*records))
    before = content(store)
    report = load(store, make(*without(records, P)), TYPO, prune=True)
    assert content(store) == before
    assert fates(report) == {P.id: "doubt", f"PART_OF|{P.id}|{SCHEME.id}|": "doubt", f"TAKES_PART_IN|{A.id}|{P.id}|lead": "doubt"}
    assert (report.removed, report.plan.prunable()) == (loading.Counts(), loading.Counts())


def test_what_is_gone_beside_a_refused_row_is_pruned(store: Store, make, records) -> None:
    load(store, make(*records))
    load(store, make(*without(records, B, P)), TYPO, prune=True)
    found = store.read("MATCH (n) WHERE n:Actor OR n:Project RETURN n.id AS id ORDER BY id")
    assert [row["id"] for row in found] == [A.id, P.id, Q.id]
    assert loading.provenance(store, P.id)[0]["source"] == "source:one"


def test_the_other_end_of_a_link_in_doubt_stays_as_it_is(store: Store, make, records) -> None:
    """An actor known by its part in the project alone keeps its name and its source with it."""
    load(store, make(*records))
    report = load(store, make(*without(records, P, A)), TYPO, prune=True)
    assert fates(report)[A.id] == "doubt"
    assert loading.provenance(store, A.id)[0]["properties"] == ["name"]


def test_what_is_in_doubt_is_listed_at_every_load_until_the_row_is_right(store: Store, make, records) -> None:
    def gone(*rejected: Rejected) -> int:
        found = records if not rejected else without(records, P)
        return len(load(store, make(*found), *rejected, prune=True).plan.vanished)

    assert [gone(), gone(TYPO), gone(TYPO), gone(), gone()] == [0, 3, 3, 0, 0]


def test_a_row_in_doubt_withdraws_no_word_from_what_others_state_too(store: Store, make, node, records) -> None:
    load(store, make(*records))
    load(store, make([node("Project", P.id, number=1)], source="source:two"))
    load(store, make(*without(records, P)), TYPO, prune=True)
    assert [row["source"] for row in loading.provenance(store, P.id)] == ["source:one", "source:two"]


def test_the_table_shows_what_is_in_doubt(store: Store, make, records, capsys: pytest.CaptureFixture[str]) -> None:
    load(store, make(*records))
    show_reports(Console(), [load(store, make(*without(records, P)), TYPO, prune=True)])
    said = capsys.readouterr().out
    assert f"{P.id} (in doubt: a row about it was refused; kept)" in said
    assert "f.csv!Projets:3: '31/02/2026': This is no date." in said


def test_rows_that_name_nothing_stop_a_pruning_load(store: Store, make, records, content) -> None:
    load(store, make(*records))
    before = content(store, with_runs=True)
    with pytest.raises(DataRefused, match=r"1 refused rows that don't say what they are about, and 3 facts are gone") as refused:
        load(store, make(*without(records, P)), SILENT, prune=True)
    assert content(store, with_runs=True) == before
    assert "1 lignes refusées" in in_language(refused.value.message, "fr")
    assert "--force" in refused.value.hint
    assert load(store, make(*without(records, P)), SILENT).removed == loading.Counts()
    assert load(store, make(*without(records, P)), SILENT, prune=True, force=True).removed == loading.Counts(1, 2)


def test_rows_that_name_nothing_stop_nothing_when_nothing_is_gone(store: Store, make, records) -> None:
    load(store, make(*records), SILENT)
    assert load(store, make(*records), SILENT, prune=True).removed == loading.Counts()
    report = load(store, make(*without(records, P)), SILENT, TYPO)
    assert set(fates(report).values()) == {"doubt"}
    assert load(store, make(*without(records, P)), SILENT, TYPO, prune=True).removed == loading.Counts()


def test_a_link_without_an_end_is_listed_and_the_rest_loads(store: Store, make, records) -> None:
    nodes, links = records
    lost = LinkRecord("TAKES_PART_IN", A, NOWHERE, {"role": "lead"}, (Where("f.xlsx", 7, "Participations"),), "lead")
    report = load(store, make(nodes, [lost, *links]))
    assert report.plan.counts["created"] == loading.Counts(5, 6)
    assert report.as_dict()["rejected"] == [
        {
            "file": "f.xlsx",
            "sheet": "Participations",
            "line": 7,
            "page": None,
            "value": f"{A.id} -TAKES_PART_IN-> {NOWHERE.id} [lead]",
            "reason": f"there is no Project {NOWHERE.id}",
            "about": [A.id, NOWHERE.id],
        }
    ]
    assert report.plan.rejected[0].reason.fr == f"il n'y a pas de projet {NOWHERE.id}"  # type: ignore[attr-defined]
    assert "rejected 1" in str(report)
    assert json.loads(loading.history(store)[0]["counts"])["rejected"] == 1
    assert store.read("MATCH (:Actor)-[r:TAKES_PART_IN]->() RETURN count(r) AS n") == [{"n": 2}]


def test_a_link_without_an_end_is_listed_at_every_load_until_its_end_is_there(store: Store, make, node, link, records) -> None:
    nodes, links = records
    links = [*links, link("TAKES_PART_IN", A, NOWHERE, key="lead")]
    seen = [len(load(store, make(nodes, links)).plan.rejected) for _ in range(3)]
    assert seen == [1, 1, 1]
    report = load(store, make([*nodes, node("Project", NOWHERE.id, number=9)], links))
    assert (report.plan.rejected, report.plan.counts["created"]) == ((), loading.Counts(1, 1))


def test_a_link_to_a_mistyped_end_deletes_nothing(store: Store, make, link, records) -> None:
    nodes, links = records
    load(store, make(nodes, links))
    mistyped = [item for item in links if (item.source, item.target) != (A, P)] + [link("TAKES_PART_IN", A, NOWHERE, key="lead")]
    report = load(store, make(nodes, mistyped), prune=True)
    assert fates(report) == {f"TAKES_PART_IN|{A.id}|{P.id}|lead": "doubt"}
    assert report.removed == loading.Counts()


def test_a_contradiction_beside_a_link_without_an_end_names_both(store: Store, make, node, link) -> None:
    nodes = [node("Actor", A.id, 1, name="A"), node("Actor", A.id, 2, name="B"), node("Actor", B.id, name="B")]
    with pytest.raises(DataRefused) as refused:
        loading.plan(store, make(nodes, [link("TAKES_PART_IN", B, NOWHERE, 5)]))
    assert "name is 'A' at f.csv:1 and 'B' at f.csv:2" in refused.value.message
    assert f"{B.id} -TAKES_PART_IN-> {NOWHERE.id} at f.csv:5: there is no Project {NOWHERE.id}" in refused.value.message
    french = in_language(refused.value.message, "fr")
    assert "« Nom » vaut « A » (f.csv:1) et « B » (f.csv:2)" in french
    assert f"« {B.id} participe à {NOWHERE.id} » (f.csv:5) : il n'y a pas de projet {NOWHERE.id}" in french
    assert store.read("MATCH (n) RETURN count(n) AS n") == [{"n": 0}]
