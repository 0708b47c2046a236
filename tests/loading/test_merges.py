"""Merging records: reversible to the last property, obeyed by later imports, and shown as one actor everywhere."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pacte_graph import loading, network
from pacte_graph.errors import DataRefused, UnknownName, in_language
from pacte_graph.loading import review, thesaurus
from pacte_graph.loading.absorbed import absorb, restore
from pacte_graph.loading.thesaurus import Verdict
from pacte_graph.network import Scope
from pacte_graph.records import Ref
from pacte_graph.settings import Settings
from pacte_graph.store import Store

A, B, C = (Ref("Actor", f"actor:p:{name}") for name in "abc")
P, Q = (Ref("Project", f"project:p:{number}") for number in (1, 2))
SCHEME = Ref("Programme", "programme:p")


@pytest.fixture
def records(node, link):
    """Return a programme, two projects and three actors with parallel and hub-like links."""
    nodes = [node("Programme", SCHEME.id, name="P")]
    nodes += [node("Project", ref.id, 2, number=place) for place, ref in enumerate((P, Q))]
    nodes += [
        node("Actor", A.id, 3, name="Université T"),
        node("Actor", B.id, 4, name="Univ. T", siren="1"),
        node("Actor", C.id, 5, name="C"),
    ]
    links = [link("PART_OF", ref, SCHEME, 9) for ref in (A, B, C, P, Q)]
    links += [link("TAKES_PART_IN", A, P, 10, key="lead", role="lead", amount=10.0)]
    links += [
        link("TAKES_PART_IN", B, P, 11, key="lead", role="lead", amount=5.0),
        link("TAKES_PART_IN", B, Q, 12, key="partner"),
    ]
    links += [link("COOPERATES_WITH", A, B, 13), link("COOPERATES_WITH", C, B, 14)]
    return nodes, links


@pytest.fixture(autouse=True)
def _no_thesaurus_left(settings: Settings) -> Iterator[None]:
    """Leave no decision to the tests that follow: their loads would obey it."""
    yield
    settings.thesaurus_file.unlink(missing_ok=True)


def load(store: Store, batch, *, prune: bool = False):
    return loading.write(store, loading.compare(store, [batch], prune=prune), prune=prune)[0]


def seen(store: Store) -> network.Network:
    return network.read(store, Scope(SCHEME.id))


def test_a_merge_shows_one_actor_with_the_links_of_both(store: Store, content, make, records) -> None:
    load(store, make(*records))
    absorb(store, A, B, by="me")
    shown = seen(store)
    assert [node.id for node in shown.nodes if node.label == "Actor"] == [A.id, C.id]
    parts = [(link.source, link.target, link.properties.get("amount")) for link in shown.links if link.type == "TAKES_PART_IN"]
    assert sorted(parts, key=str) == [(A.id, P.id, 10.0), (A.id, P.id, 5.0), (A.id, Q.id, None)]  # each once
    assert [(link.source, link.target) for link in shown.links if link.type == "COOPERATES_WITH"] == [(C.id, A.id)]
    assert store.read("MATCH (n:Actor) RETURN count(n) AS n") == [{"n": 2}]


def test_undoing_a_merge_gives_back_exactly_what_was(store: Store, content, make, records) -> None:
    load(store, make(*records))
    load(store, make([records[0][4], records[0][1]], [records[1][6]], source="source:two"))
    before = content(store)
    absorb(store, A, B)
    assert content(store) != before
    assert restore(store, B.id) == B
    assert content(store) == before


def test_a_second_import_after_a_merge_changes_nothing_and_keeps_it(store: Store, content, make, records) -> None:
    load(store, make(*records))
    absorb(store, A, B)
    before = content(store)
    report = load(store, make(*records))
    assert report.plan.empty
    assert report.plan.vanished == ()
    assert content(store) == before


def test_what_a_source_says_of_a_merged_node_is_still_heard(store: Store, content, make, node, link, records) -> None:
    load(store, make(*records))
    absorb(store, A, B)
    nodes, links = records
    nodes[4] = node("Actor", B.id, 4, name="Univ. de T", siren="1")
    links = [
        *(item for item in links if item.source != B or item.target != Q),
        link("TAKES_PART_IN", B, P, 15, key="funder", role="funder"),
    ]
    report = load(store, make(nodes, links), prune=True)
    assert [(change.property, change.new) for change in report.plan.changes] == [("name", "Univ. de T")]
    assert report.removed.links == 1
    assert {link.target for link in seen(store).links if link.type == "TAKES_PART_IN"} == {P.id}
    restore(store, B.id)
    shown = {item.id: item for item in seen(store).nodes}
    assert shown[B.id].properties["name"] == "Univ. de T"
    assert {(item.source, item.key) for item in seen(store).links if item.type == "TAKES_PART_IN"} == {
        (A.id, "lead"), (B.id, "lead"), (B.id, "funder"),
    }  # fmt: skip


def test_pruning_a_merged_node_removes_its_record_and_links_only(store: Store, content, make, records) -> None:
    load(store, make(*records))
    absorb(store, A, B)
    nodes, links = records
    kept = [item for item in links if B not in (item.source, item.target)]
    load(store, make([item for item in nodes if item.id != B.id], kept), prune=True)
    assert store.read("MATCH (n:Absorbed) RETURN count(n) AS n") == [{"n": 0}]
    assert {(link.source, link.target) for link in seen(store).links if link.type == "TAKES_PART_IN"} == {(A.id, P.id)}


def test_what_others_are_merged_into_is_never_pruned(store: Store, content, make, records) -> None:
    load(store, make(*records))
    absorb(store, A, B)
    nodes, links = records
    kept = [item for item in links if A not in (item.source, item.target)]
    report = load(store, make([item for item in nodes if item.id != A.id], kept), prune=True)
    assert {str(item.key): item.fate for item in report.plan.vanished}[str(A)] == "bare"
    assert [item.captions.fr for item in seen(store).nodes if item.id == A.id] == ["Université T"]


def test_merges_follow_one_another(store: Store, content, make, records) -> None:
    load(store, make(*records))
    before = content(store)
    absorb(store, A, B)
    absorb(store, C, A)
    assert [node.id for node in seen(store).nodes if node.label == "Actor"] == [C.id]
    restore(store, A.id)
    restore(store, B.id)
    assert content(store) == before


@pytest.mark.parametrize(("kept", "other"), [(A, A), (A, P), (A, Ref("Actor", "actor:p:none"))])
def test_a_merge_that_means_nothing_is_refused(embedded_store: Store, content, make, records, kept: Ref, other: Ref) -> None:
    load(embedded_store, make(*records))
    before = content(embedded_store)
    with pytest.raises((DataRefused, UnknownName)):
        absorb(embedded_store, kept, other)
    assert content(embedded_store) == before


@pytest.mark.parametrize("pair", [(A, B), (B, A), (B, C), (A, C)])
def test_what_is_merged_can_t_be_told_apart(embedded_store: Store, make, records, tmp_path: Path, pair: tuple[Ref, Ref]) -> None:
    """One tab merges, the other one says that they differ: the second is told, and the thesaurus keeps the merge."""
    load(embedded_store, make(*records))
    path = tmp_path / "t.toml"
    review.merge(embedded_store, path, A.id, B.id)
    review.merge(embedded_store, path, A.id, C.id)
    before = thesaurus.load(path)
    with pytest.raises(DataRefused, match="are merged") as refused:
        review.refuse(embedded_store, path, pair[0].id, pair[1].id)
    assert refused.value.hint.startswith("Undo the merge first: `pacte duplicates --undo actor:p:")
    assert in_language(refused.value.message, "fr").endswith("ne peuvent pas être dits différents.")
    assert thesaurus.load(path) == before
    for other in (B, C):
        review.undo(embedded_store, path, other.id)
    assert review.refuse(embedded_store, path, pair[0].id, pair[1].id).verdict == "different"


def test_a_record_is_not_told_apart_from_itself(embedded_store: Store, make, records, tmp_path: Path) -> None:
    load(embedded_store, make(*records))
    with pytest.raises(DataRefused, match="is one record"):
        review.refuse(embedded_store, tmp_path / "t.toml", A.id, A.id)


def test_a_decision_is_written_down_and_obeyed_elsewhere(embedded_store: Store, content, make, records, tmp_path: Path) -> None:
    load(embedded_store, make(*records))
    path = tmp_path / "t.toml"
    review.merge(embedded_store, path, A.id, B.id, name="Université de T", by="me")
    assert loading.fact(embedded_store, A.id)["properties"]["name"] == "Université de T"
    assert loading.fact(embedded_store, B.id)["merged_into"] == A.id
    (verdict,) = thesaurus.load(path)
    assert (verdict.verdict, verdict.kept, verdict.other, verdict.name, verdict.by) == (
        "same",
        A.id,
        B.id,
        "Université de T",
        "me",
    )
    review.undo(embedded_store, path, B.id)
    assert thesaurus.load(path) == []
    assert loading.fact(embedded_store, A.id)["properties"]["name"] == "Université T"
    thesaurus.save(embedded_store.settings.thesaurus_file, [verdict])
    report = load(embedded_store, make(*records))
    assert [item.other for item in report.merged] == [B.id]
    assert loading.fact(embedded_store, A.id)["properties"]["name"] == "Université de T"
    assert load(embedded_store, make(*records)).merged == ()


def test_the_thesaurus_survives_a_round_trip(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "t.toml"
    verdicts = [
        Verdict("different", "Actor", "a", 'b"\\\n\x7f=cmd', note="é 🙂"),
        Verdict("same", "Territory", "c", "d", name="N", by="me", on="2026-11-23"),
    ]
    thesaurus.save(path, verdicts[::-1])
    with pytest.raises(DataRefused, match="control character"):
        thesaurus.load(path)
    verdicts[0] = Verdict("different", "Actor", "a", 'b"\\=cmd', note="é 🙂\n\x7f")
    thesaurus.save(path, verdicts[::-1])
    assert thesaurus.load(path) == verdicts


@pytest.mark.parametrize(
    "text",
    ["[[decision]]\nverdict='same'\nlabel='Actor'\nkept='a'\nother='a'", "[[decision]]\nverdict='maybe'\nlabel='Actor'\nkept='a'\nother='b'",
     "[[decision]]\nverdict='same'\nlabel='Source'\nkept='a'\nother='b'", "[[decision]]\nkept='a'", "x = 1", "[[decision]]\ncolour='red'", "[",
     "[[decision]]\nverdict='same'\nlabel='Actor'\nkept='a'\nother='b'\n[[decision]]\nverdict='different'\nlabel='Actor'\nkept='b'\nother='a'"],
)  # fmt: skip
def test_a_thesaurus_that_can_t_be_obeyed_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "t.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataRefused, match=r"t\.toml|identifier|Identifier"):
        thesaurus.load(path)


def test_what_was_merged_into_a_record_follows_it_back(store: Store, content, make, records) -> None:
    load(store, make(*records))
    before = content(store)
    absorb(store, B, C)
    chained = content(store)
    absorb(store, A, B)
    assert [node.id for node in seen(store).nodes if node.label == "Actor"] == [A.id]
    restore(store, B.id)
    assert content(store) == chained
    restore(store, C.id)
    assert content(store) == before


@pytest.mark.parametrize("order", [[B, C], [C, B]])
def test_undoing_a_chain_is_not_forgotten_by_the_next_import(embedded_store: Store, make, records, order) -> None:
    load(embedded_store, make(*records))
    path = embedded_store.settings.thesaurus_file
    review.merge(embedded_store, path, B.id, C.id, name="Choisi")
    review.merge(embedded_store, path, A.id, B.id, name="Final")
    for ref in order:
        review.undo(embedded_store, path, ref.id)
    assert thesaurus.load(path) == []
    assert load(embedded_store, make(*records)).merged == ()
    found = [loading.fact(embedded_store, ref.id) for ref in (A, B, C)]
    assert [item["properties"]["name"] for item in found] == ["Université T", "Univ. T", "C"]
    assert not any(item["merged_into"] or item["merged"] for item in found)


def test_a_decision_is_obeyed_when_what_it_keeps_is_itself_merged(embedded_store: Store, make, records) -> None:
    """The records of a chain come back one by one; the result is that of the database where it was decided."""
    nodes, links = records
    load(embedded_store, make(nodes, links))
    path = embedded_store.settings.thesaurus_file
    review.merge(embedded_store, path, B.id, C.id, name="Choisi")
    review.merge(embedded_store, path, A.id, B.id, name="Final")
    without = [item for item in nodes if item.id != C.id], [item for item in links if C not in (item.source, item.target)]
    load(embedded_store, make(*without), prune=True)
    report = load(embedded_store, make(nodes, links))
    assert [(item.kept, item.other) for item in report.merged] == [(B.id, C.id)]
    assert loading.fact(embedded_store, C.id)["merged_into"] == A.id
    assert loading.fact(embedded_store, A.id)["properties"]["name"] == "Final"
    review.undo(embedded_store, path, B.id)
    assert loading.fact(embedded_store, C.id)["merged_into"] == B.id


def test_the_same_thesaurus_gives_the_same_names_elsewhere(embedded_store: Store, make, records) -> None:
    decided = [Verdict("same", "Actor", A.id, B.id, name="Final"), Verdict("same", "Actor", B.id, C.id, name="Choisi")]
    thesaurus.save(embedded_store.settings.thesaurus_file, decided)
    report = load(embedded_store, make(*records))
    assert [item.other for item in report.merged] == [B.id, C.id]
    assert report.plan.duplicates == ()
    assert loading.fact(embedded_store, A.id)["properties"]["name"] == "Final"
    assert {loading.fact(embedded_store, ref.id)["merged_into"] for ref in (B, C)} == {A.id}


def test_what_was_told_apart_is_not_made_one_by_a_third(embedded_store: Store, make, records, tmp_path: Path) -> None:
    load(embedded_store, make(*records))
    path = tmp_path / "t.toml"
    review.refuse(embedded_store, path, A.id, C.id)
    review.merge(embedded_store, path, B.id, C.id)
    with pytest.raises(DataRefused, match="were told apart") as refused:
        review.merge(embedded_store, path, A.id, B.id)
    assert f"--reopen {A.id} {C.id}" in refused.value.hint
    assert "ont été dites différentes" in in_language(refused.value.message, "fr")
    review.undo(embedded_store, path, C.id)
    verdicts = [*thesaurus.load(path), Verdict("same", "Actor", A.id, B.id), Verdict("same", "Actor", B.id, C.id)]
    assert [item.other for item in review.obey(embedded_store, verdicts)] == [B.id]
    review.reopen(path, C.id, A.id)
    with pytest.raises(UnknownName, match="were not told apart"):
        review.reopen(path, C.id, A.id)
    assert [item.other for item in review.obey(embedded_store, verdicts[1:])] == [C.id]


def test_what_follows_from_decisions_is_settled() -> None:
    same, apart = Verdict("same", "Actor", "a", "b"), Verdict("different", "Actor", "c", "d")
    found = thesaurus.settled([same, Verdict("same", "Actor", "b", "c"), apart])
    assert {"".join(sorted(pair)) for pair in found} == {"ab", "bc", "ac", "cd", "ad", "bd"}
    assert thesaurus.settled([]) == set()
