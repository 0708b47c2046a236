from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pacte_graph.loading.merging import merge, same
from pacte_graph.records import LinkRecord, NodeRecord, Ref, Where

A, B = Ref("Actor", "actor:a"), Ref("Project", "project:b")


def node(line: int | None, **properties) -> NodeRecord:
    return NodeRecord("Actor", "actor:a", properties, (Where("f.csv", line),))


def test_places_are_united_and_sorted() -> None:
    problems: list[str] = []
    (fact,) = merge([node(7, name="A"), node(2, name="A", kind="state"), node(7, name="A"), node(None)], problems).values()
    assert fact.properties == {"kind": "state", "name": "A"}
    assert fact.where == (Where("f.csv"), Where("f.csv", 2), Where("f.csv", 7))
    assert problems == []


def test_two_values_of_one_property_name_both_places() -> None:
    problems: list[str] = []
    merge([node(9, name="B"), node(4, name="A")], problems)
    assert problems == ["Actor actor:a: name is 'A' at f.csv:4 and 'B' at f.csv:9"]


def test_lists_are_united_in_the_order_of_the_file() -> None:
    problems: list[str] = []
    (fact,) = merge([node(9, aliases=["c", "a"]), node(4, aliases=["b", "a"])], problems).values()
    assert fact.properties["aliases"] == ["b", "a", "c"]
    assert problems == []


def test_parallel_links_are_told_apart_by_key_type_and_ends() -> None:
    def link(type_="TAKES_PART_IN", source=A, target=B, key=""):
        return LinkRecord(type_, source, target, {}, (Where("f", 1),), key)

    links = [link(), link(key="lead"), link("MENTIONS"), link(target=Ref("Project", "project:c")), link(key="lead")]
    assert len(merge(links, [])) == 4


def test_what_equals_and_what_does_not() -> None:
    assert same(1, 1.0)
    assert same(None, None)
    assert not same(1, True)
    assert not same(None, "")
    assert not same("1", 1)
    assert not same(["a", "b"], ["b", "a"])


NAMES = st.sampled_from(["name", "kind", "note"])
VALUES = st.sampled_from(["x", "y", ["p"], ["q", "p"], 1, 1.0, True])
RECORDS = st.lists(
    st.builds(
        lambda id_, line, properties: NodeRecord("Actor", id_, properties, (Where("f", line),)),
        st.sampled_from(["actor:a", "actor:b"]),
        st.none() | st.integers(1, 4),
        st.dictionaries(NAMES, VALUES),
    ),
    max_size=8,
)


@given(RECORDS, st.randoms())
def test_the_order_of_the_records_changes_nothing(records: list[NodeRecord], random) -> None:
    shuffled = list(records)
    random.shuffle(shuffled)
    ours: list[str] = []
    theirs: list[str] = []
    assert list(merge(records, ours).items()) == list(merge(shuffled, theirs).items())
    assert ours == theirs


@given(RECORDS)
def test_merging_loses_nothing(records: list[NodeRecord]) -> None:
    problems: list[str] = []
    merged = merge(records, problems)
    assert set(merged) == {record.ref for record in records}
    for record in records:
        fact = merged[record.ref]
        assert set(record.where) <= set(fact.where)
        assert set(record.properties) <= set(fact.properties)
        for name, value in record.properties.items():
            if isinstance(value, list) and isinstance(fact.properties[name], list):
                assert set(value) <= set(fact.properties[name])
            elif not problems:
                assert same(value, fact.properties[name])
